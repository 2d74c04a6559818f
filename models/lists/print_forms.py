"""Named layouts (版式) of lists on paper: which columns in which order and width, groups, paper, what is left to be filled in.

Those that come with the program are ready for any list of their kind. A person's own are kept in the register among the saved
filters, so that they are journaled, can be undone, and come along with a copy.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Literal, get_args

from models.errors import UserError
from models.journal.saved_filters import Parts, remove_filter, save_filter, saved_filters
from models.journal.writer import Author
from models.language import N_, _
from models.records.forms import FORMS
from models.values.codes import fold
from models.values.name_order import Way

Sheet = Literal["A4", "A3"]
#: What can be printed: the lists, and the membership changes of the people of one.
EVENTS = "events"
#: The page among the saved filters under which the layouts of a kind are kept.
_PAGE = "print:{}"
_BETWEEN = "\n"
#: A column that is left empty, to be written in by hand, begins with this; a width follows the other sign.
BLANK, WIDTH = "=", ":"
MOST_COPIES, MOST_COLUMNS = 99, 60
#: The sizes of letters in points, 0 is what fits; the least heights of a row in millimetres.
SIZES = (0.0, 7.5, 9.0, 10.5, 12.0, 14.0)
ROW_HEIGHTS = (6.0, 7.0, 8.0, 10.0, 12.0, 15.0)
WIDEST = 60.0


@dataclass(frozen=True, slots=True)
class FormColumn:
    """One column of a layout: a field's name, or a title where it is left ``blank``; ``width`` in characters, 0 is the usual."""

    name: str
    blank: bool = False
    width: float = 0

    @property
    def text(self) -> str:
        """As it is written and kept: ``name``, ``=签名``, ``=签名:8``."""
        width = f"{WIDTH}{self.width:g}" if self.width else ""
        return (BLANK if self.blank else "") + self.name + width


@dataclass(frozen=True, slots=True)
class PrintForm:
    """A layout of a list of ``kind``. ``columns``: in their order, none is those of the list; ``uid``: of a kept one.

    ``group_by``: a field whose values part the rows, each with its subtotals; ``apart``: each group is a paper of its own, of
    which ``copies`` are printed. ``size`` in points and ``row_height`` in millimetres, 0 is what fits; ``one_wide``: never wider
    than a page. ``masked_names``: of a name the first and the last character are shown. ``states``, ``new_form``: whom the
    paper is about, whatever the list shows. ``watermark``: what stands across each page. ``names``: the rows stand in the order
    of their names, by pinyin or by strokes; "" in that of the list.
    """

    name: str
    kind: str
    columns: tuple[FormColumn, ...] = ()
    title: str = ""
    group_by: str = ""
    apart: bool = False
    copies: int = 1
    paper: Sheet = "A4"
    landscape: bool = True
    size: float = 0.0
    row_height: float = 7.0
    one_wide: bool = True
    masked_names: bool = False
    states: tuple[str, ...] = ()
    new_form: bool = False
    notes: tuple[str, ...] = ()
    signatures: tuple[str, ...] = ()
    watermark: str = ""
    names: Way | Literal[""] = ""
    duplex: bool = False
    uid: str = ""

    @property
    def called(self) -> str:
        """What it is called on the screen."""
        return self.name if self.uid else _(self.name)


def read_columns(texts: Sequence[str]) -> tuple[FormColumn, ...]:
    """Columns as a person writes them. UserError for one without a name, with a width that is none, or for too many."""
    found = [_read_column(text) for text in texts if text.strip()]
    if len(found) > MOST_COLUMNS:
        raise UserError(_("一张表最多 {most} 栏。").format(most=MOST_COLUMNS))
    return tuple(found)


def _read_column(text: str) -> FormColumn:
    plain = text.strip().replace("：", WIDTH).replace("＝", BLANK)
    name, sign, width = plain.rpartition(WIDTH)
    if not sign:
        name, width = plain, "0"
    blank, name = name.startswith(BLANK), name.removeprefix(BLANK).strip()
    try:
        wide = float(width)
    except ValueError:
        wide = -1
    if not name or not 0 <= wide <= WIDEST:
        raise UserError(_("“{text}”不是一栏。请写字段的名称，空白的栏写 =签名，宽度写在冒号后面，例如 =签名:8。").format(text=text))
    return FormColumn(name, blank, wide)


def _form(name: str, kind: str, columns: str, **more: Any) -> PrintForm:
    return PrintForm(name, kind, read_columns(columns.split()), **more)


def ready_forms() -> list[PrintForm]:
    """The layouts that come with the program. Their texts are Chinese in every language, as what is handed out is."""
    giving = (N_("发放人（签字）"), N_("经办人（签字）"), N_("负责人（签字）"))
    return [
        _form(
            N_("慰问品签领表"), "workers", "name:6 employer:14 phone:8 =慰问品:8 =数量:4 =签名:9 =备注:7", landscape=False,
            row_height=10.0, states=("在册", "保留"), signatures=giving,
        ),
        _form(
            N_("公示名单"), "workers", "name:8 sex:4 employer:18 union:18", landscape=False, masked_names=True,
            notes=(N_("以上名单予以公示。如有异议，请在公示期内向本工会反映。公示期：______年____月____日至____月____日。联系电话：____________。"),),
            signatures=(N_("公示单位（盖章）"), N_("公示日期")),
        ),
        _form(
            N_("选民名单"), "workers", "name:6 sex:4 birth_date:8 employer:16 join_date:8 =备注:8", landscape=False, states=("在册",),
            names="strokes",
            notes=(N_("会员有选举权、被选举权和表决权，保留会籍的除外（《工会基层组织选举工作条例》第四条），所以不列入。"),),
            signatures=(N_("选举委员会或筹备组（盖章）"), N_("负责人（签字）")),
        ),
        _form(
            N_("新就业形态劳动者入会花名册"), "workers",
            "name sex:4 id_number occupation_group phone platform residence_region union join_date join_way =备注:6", new_form=True,
            states=("在册", "保留"), signatures=(N_("填表单位（盖章）"), N_("单位负责人（签字）"), N_("信息采集人（签字）")),
        ),
        _form(
            N_("会籍变动表"), EVENTS, "date:7 type name:6 sex:4 id_number employer:14 union:14 reason", group_by="type",
            signatures=(N_("填表单位（盖章）"), N_("填表人（签字）")),
        ),
        _form(N_("委员名单"), "officers", "name:6 body:10 post:8 since:8 until:8 =备注:8", landscape=False, group_by="union",
              names="strokes"),
        _form(N_("通讯录"), "workers", "name:6 phone:9 employer:16 union:16", landscape=False, group_by="union"),
        _form(N_("通讯录"), "unions", "name:20 chair:6 phone:9 union_type:9 parent:16 region:12", group_by="region"),
        _form(N_("通讯录"), "employers", "name:18 contact:6 phone:9 address:18 union:14", group_by="region"),
    ]  # fmt: skip


def own_forms(kind: str) -> list[PrintForm]:
    """The layouts that the register keeps for a kind of list, by name."""
    return [_kept(each.uid, each.name, kind, each.parts) for each in saved_filters(_PAGE.format(kind))]


def print_forms(kind: str) -> list[PrintForm]:
    """The layouts of a list of ``kind``: the program's own, those of its people's changes among them, then those kept."""
    kinds = (kind, EVENTS) if kind == "workers" else (kind,)
    ready = [each for each in ready_forms() if each.kind in kinds]
    return [*ready, *(each for each_kind in kinds for each in own_forms(each_kind))]


def find_print_form(kind: str, name: str) -> PrintForm:
    """The layout of a name. UserError that names those there are, when there is none."""
    held = print_forms(kind)
    found = next((each for each in reversed(held) if fold(name) in (fold(each.name), fold(each.called))), None)
    if found is None:
        names = _("、").join(dict.fromkeys(each.called for each in held)) or _("（没有）")
        raise UserError(_("没有版式“{name}”，可以用：{names}。").format(name=name, names=names))
    return found


def plain_form(kind: str) -> PrintForm:
    """The list as it is, without a name."""
    return PrintForm("", kind)


def keep_print_form(form: PrintForm, name: str, author: Author) -> int | None:
    """Keep a layout under a name; one of the same name is replaced. Returns the batch's number, None for no change.

    UserError without a name, or with one that a layout of the program's own has.
    """
    name = " ".join(name.split())
    if not name:
        raise UserError(_("请给这个版式起个名字。"))
    if any(fold(each.name) == fold(name) and each.kind == form.kind for each in ready_forms()):
        raise UserError(_("“{name}”是程序自带的版式，请换一个名字。").format(name=name))
    return save_filter(_PAGE.format(form.kind), name, _parts(form), author)


def forget_print_form(form: PrintForm, author: Author) -> int | None:
    """Forget a kept layout; returns the batch's number. UserError for one of the program's own."""
    if not form.uid:
        raise UserError(_("“{name}”是程序自带的版式，不能删除。").format(name=form.called))
    return remove_filter(form.uid, author)


def checked(form: PrintForm) -> PrintForm:
    """The layout, or UserError where a number of it is out of its range."""
    if form.names not in ("", *get_args(Way)):
        raise UserError(_("姓名的次序是 pinyin（拼音）或 strokes（姓氏笔画）。"))
    if form.paper not in get_args(Sheet) or not 1 <= form.copies <= MOST_COPIES or not 0 <= form.size <= 36:
        raise UserError(_("版式里的纸张、份数或字号不对：纸张是 A4 或 A3，份数从 1 到 {most}。").format(most=MOST_COPIES))
    return replace(form, row_height=min(max(form.row_height, 5), 40))


def _parts(form: PrintForm) -> dict[str, str | bool]:
    told: dict[str, str | bool] = {"columns": _BETWEEN.join(each.text for each in form.columns)}
    for each in fields(form):
        value = getattr(form, each.name)
        if each.name in ("name", "kind", "columns", "uid") or value == each.default:
            continue
        told[each.name] = value if isinstance(value, bool) else _BETWEEN.join(value) if isinstance(value, tuple) else str(value)
    return told


def _kept(uid: str, name: str, kind: str, parts: Parts) -> PrintForm:
    """A kept layout; what a later program may have written and this one does not know is left out."""
    bare = PrintForm(name, kind, uid=uid)
    found: dict[str, Any] = {}
    for each in fields(bare):
        text, usual = parts.get(each.name), getattr(bare, each.name)
        if text is None or each.name in ("name", "kind", "uid"):
            continue
        try:
            found[each.name] = _read_part(each.name, text, usual)
        except (ValueError, UserError):
            continue
    try:
        return checked(replace(bare, **found))
    except UserError:
        return bare


def _read_part(name: str, text: str | bool, usual: Any) -> Any:
    if name == "columns":
        return read_columns(str(text).split(_BETWEEN))
    if isinstance(usual, bool):
        return bool(text)
    if isinstance(usual, tuple):
        return tuple(part for part in str(text).split(_BETWEEN) if part)
    return type(usual)(text)


def kind_label(kind: str) -> str:
    """What a list of a kind is called."""
    if kind == EVENTS:
        return _("会籍变动")
    known: dict[str, Any] = dict(FORMS)
    return _(known[kind].label)
