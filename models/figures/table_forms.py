"""Statistics tables (统计表) by name: what their rows are, which indicators they hold, what stands beside each number.

Those that come with the program are ready for any period. A person's own are kept in the register among the saved filters,
so that they are journaled, can be undone, and come along with a copy.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, get_args

from models.errors import UserError
from models.figures.indicators import find_indicator, indicators
from models.journal.saved_filters import remove_filter, save_filter, saved_filters
from models.journal.writer import Author
from models.language import N_, _
from models.values.codes import fold

#: What the rows are: regions of a level, districts each with its towns, one's own towns, kinds of place, unions, organizers.
Rows = Literal["district", "town", "community", "tree", "own", "grade", "union", "person"]
ROWS: tuple[Rows, ...] = get_args(Rows)
#: What can stand beside each number: the plan and the share of it, the place in the order, the same period a year before.
Part = Literal["plan", "rank", "last_year"]
PARTS: tuple[Part, ...] = get_args(Part)
#: The page among the saved filters under which the named tables are kept.
_PAGE = "tables"
_BETWEEN = "\n"


@dataclass(frozen=True, slots=True)
class TableForm:
    """A statistics table without numbers. ``indicators``: keys; ``uid``: of a kept one, "" for one of the program's own.

    The names of the program's own are Chinese in every language, as what is handed out is; :attr:`title` is what is shown.
    """

    name: str
    indicators: tuple[str, ...]
    rows: Rows = "town"
    parts: tuple[Part, ...] = PARTS
    uid: str = ""

    @property
    def title(self) -> str:
        """What it is called on the screen."""
        return self.name if self.uid else _(self.name)


def rows_word(rows: Rows) -> str:
    """What the rows of a table are called."""
    return {
        "district": _("区县"), "town": _("镇街"), "community": _("村社区"), "tree": _("区县和镇街"), "own": _("我的镇街"),
        "grade": _("级别（镇街、社区、园区、楼宇）"),
        "union": _("工会"), "person": _("负责人"),
    }[rows]  # fmt: skip


def part_word(part: Part) -> str:
    """What stands beside a number, in words."""
    return {"plan": _("计划和完成"), "rank": _("位次"), "last_year": _("上年同期")}[part]


def ready_forms() -> list[TableForm]:
    """The tables that come with the program, for a month, a quarter, a half-year or any other period."""
    return [
        TableForm(N_("新建工会"), ("new_unions", "new_new_form_unions", "unions", "unions_single", "unions_joint")),
        TableForm(N_("会员发展"), ("new_members", "new_migrant_members", "members", "migrant_members", "retained_members")),
        TableForm(
            N_("新就业形态"),
            ("new_new_form_unions", "new_form_unions", "new_new_form_members", "new_form_members", "members_of_new_form_unions"),
        ),
        TableForm(N_("25 人以上攻坚"), ("coverage_employers", "coverage_people", "covered", "on_list")),
        TableForm(N_("职代会与厂务公开"), ("congress", "open_affairs", "above_scale_congress")),
        TableForm(N_("小三级"), ("small_three", "coverage_employers", "covered", "on_list", "members"), "grade"),
        TableForm(N_("非公三年行动"), ("coverage_employers", "covered", "on_list", "new_unions", "new_members")),
    ]


def table_forms() -> list[TableForm]:
    """The program's own tables, then those that the register keeps, by name."""
    return ready_forms() + [
        _form(each.uid, each.name, {key: str(value) for key, value in each.parts.items()}) for each in saved_filters(_PAGE)
    ]


def _form(uid: str, name: str, parts: dict[str, str]) -> TableForm:
    """A kept form; what a later program may have written and this one does not know is left out."""
    known = indicators()
    keys = tuple(key for key in parts.get("indicators", "").split(_BETWEEN) if key in known)
    rows: Rows = next((each for each in ROWS if each == parts.get("rows")), "town")
    beside = tuple(each for each in PARTS if each in parts.get("parts", "").split(_BETWEEN))
    return TableForm(name, keys, rows, beside, uid)


def find_form(name: str) -> TableForm:
    """The table of a name. UserError that names them all when there is none."""
    held = table_forms()
    found = next((each for each in held if fold(name) in (fold(each.name), fold(each.title))), None)
    if found is None:
        names = _("、").join(each.title for each in held)
        raise UserError(_("没有统计表“{name}”，可以用：{names}。").format(name=name, names=names))
    return found


def form_of(
    name: str, indicators_: Iterable[str], rows: str = "town", parts: Iterable[str] = PARTS, uid: str = ""
) -> TableForm:
    """A form from what a person typed; an indicator by its key or name. UserError for what there is not."""
    keys = tuple(dict.fromkeys(find_indicator(each).key for each in indicators_))
    if not keys:
        raise UserError(_("请至少选一个指标。"))
    known_rows = next((each for each in ROWS if each == rows), None)
    if known_rows is None:
        raise UserError(_("统计表的行不能是“{rows}”，可以是：{known}。").format(rows=rows, known=_("、").join(ROWS)))
    wrong = [each for each in parts if each not in PARTS]
    if wrong:
        raise UserError(_("统计表没有“{part}”一栏，可以用：{known}。").format(part=wrong[0], known=_("、").join(PARTS)))
    return TableForm(name, keys, known_rows, tuple(each for each in PARTS if each in set(parts)), uid)


def keep_form(form: TableForm, author: Author) -> int | None:
    """Keep a table under its name; one of the same name is replaced. Returns the batch's number, None for no change.

    UserError without a name, or with one that a table of the program's own has.
    """
    name = " ".join(form.name.split())
    if not name:
        raise UserError(_("请给这张统计表起个名字。"))
    if any(fold(each.name) == fold(name) for each in ready_forms()):
        raise UserError(_("“{name}”是程序自带的统计表，请换一个名字。").format(name=name))
    parts = {"indicators": _BETWEEN.join(form.indicators), "rows": form.rows, "parts": _BETWEEN.join(form.parts)}
    return save_filter(_PAGE, name, parts, author)


def forget_form(form: TableForm, author: Author) -> int | None:
    """Forget a kept table; returns the batch's number. UserError for one of the program's own."""
    if not form.uid:
        raise UserError(_("“{name}”是程序自带的统计表，不能删除。").format(name=form.name))
    return remove_filter(form.uid, author)
