"""Export templates (上报模板): which columns in which order, what stands above and below, what is allowed, as data.

Those that come with the program are files beside this one (``data/``); a register's own are kept among its saved filters, so
that they are journaled, can be undone, and come along with a copy.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any, Literal, get_args

from models.errors import UserError
from models.handins.fields import column_at
from models.journal.saved_filters import remove_filter, save_filter, saved_filters
from models.journal.writer import Author
from models.language import N_, _
from models.values.codes import fold
from models.values.kinds import Day

#: What a row of a template is about.
Rows = Literal["workers", "unions", "employers"]
#: What is checked of a cell besides what is allowed in it: 18 places of an identity number or a credit code, a phone.
Check = Literal["", "id18", "credit18", "mobile", "phone"]
#: How days are written: yyyy, MM and dd in any order, with what stands between them.
DAY_FORMATS = ("yyyy/MM/dd", "yyyy-MM-dd", "yyyyMMdd", "yyyy.MM.dd", "yyyy年MM月dd日")
#: The column of the running number, which holds no field.
NUMBER = "#"
#: Columns of one sheet at most: a longer one is a mistake in what was given.
MOST_COLUMNS = 200
_PAGE = "handins"


@dataclass(frozen=True, slots=True)
class HandInColumn:
    """A column: its title as their importer reads it, and the field that fills it (``#`` counts, "" stays empty).

    ``group``: the header it shares. ``format``: of days; ``partial``: a month or a year alone may stand too. ``allowed``:
    the texts that may stand in it, ``written``: what stands in the place of ours. ``number``: a number and not a text.
    ``otherwise``: the field that fills it where the first one is empty.
    """

    title: str
    field: str = ""
    group: str = ""
    required: bool = False
    unique: bool = False
    number: bool = False
    partial: bool = False
    format: str = ""
    check: Check = ""
    allowed: tuple[str, ...] = ()
    written: tuple[tuple[str, str], ...] = ()
    width: int = 0
    otherwise: str = ""


@dataclass(frozen=True, slots=True)
class RefusalRule:
    """Values that their importer refuses together: field → values, the column that is to be mended, and what to say."""

    when: tuple[tuple[str, tuple[str, ...]], ...]
    column: str
    say: str


@dataclass(frozen=True)
class HandInTemplate:
    """An export template. ``title`` and ``above`` are lines above the header, ``footer`` is the last row (填表说明).

    ``states``: of members, ``stages``: of employers whose case stands there; ``alone``: only unions of one employer. ``result``
    are the columns that their answer adds: whether it was taken, and why not. ``uid``: of an own one, "" for ours.
    """

    key: str
    name: str
    about: str
    rows: Rows
    columns: tuple[HandInColumn, ...]
    sheet: str = ""
    title: tuple[str, ...] = ()
    above: tuple[str, ...] = ()
    footer: str = ""
    protect: bool = False
    states: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    alone: bool = False
    refuse: tuple[RefusalRule, ...] = ()
    result: tuple[str, str] = ("是否成功", "错误原因")
    basis: str = ""
    uid: str = ""

    @property
    def shown(self) -> str:
        """What it is called on the screen; its name is Chinese in every language, as what is handed up is."""
        return self.name if self.uid else _(self.name)

    @property
    def private(self) -> bool:
        """True when a column holds what is masked elsewhere: identity numbers, phones."""
        return any(each.field not in ("", NUMBER) and column_at(self.rows, each.field).private for each in self.columns)


#: The ready-made ones: the name of the file, what it is called, what it is for.
_READY: tuple[tuple[str, str, str], ...] = (
    ("members-2017", N_("会员信息采集表"), N_("2017 年会员实名制的栏目，20 列")),
    ("unions-2017", N_("工会组织信息采集表"), N_("2017 年工会组织的栏目，两层表头")),
    ("members-24", N_("会员导入表"), N_("另一种会员导入表，正好 24 列")),
    ("units-13", N_("单位导入表"), N_("和 24 列的会员导入表配套，13 列，一个单位一行")),
    ("founding-statistics", N_("建会统计"), N_("已建会的工会逐个列出：单位、人数、建会日期、批复文号")),
    ("preparing-employers", N_("筹备期企业月名单"), N_("正在筹建、还没有成立工会的单位，给收取筹备金的部门")),
)  # fmt: skip


def ready_templates() -> list[HandInTemplate]:
    """The templates that come with the program."""
    folder = resources.files("models.handins") / "data"
    found = []
    for key, name, about in _READY:
        given = json.loads((folder / f"{key}.json").read_text("utf-8"))
        found.append(read_template(name, given, key=key, about=about))
    return found


def templates() -> list[HandInTemplate]:
    """The program's own templates, then those that the register keeps, by name."""
    own = [
        read_template(each.name, json.loads(str(each.parts["template"])), key=each.name, uid=each.uid)
        for each in saved_filters(_PAGE)
    ]
    return ready_templates() + own


def find_template(text: str) -> HandInTemplate:
    """The template of a key or a name. UserError that names them all when there is none."""
    held = templates()
    found = next((each for each in held if fold(text) in (fold(each.key), fold(each.name), fold(each.shown))), None)
    if found is None:
        names = _("、").join(each.shown for each in held)
        raise UserError(_("没有上报模板“{name}”，可以用：{names}。").format(name=text, names=names))
    return found


def keep_template(name: str, given: Any, author: Author) -> int | None:
    """Keep an own template (as JSON gives it) under a name; one of the same name is replaced. Returns the batch's number.

    UserError for what is no template, without a name, and for the name of a ready-made one.
    """
    name = " ".join(name.split())
    if not name:
        raise UserError(_("请给这个上报模板起个名字。"))
    if any(fold(name) in (fold(each.name), fold(each.key)) for each in ready_templates()):
        raise UserError(_("“{name}”是程序自带的上报模板，请换一个名字。").format(name=name))
    template = read_template(name, given)
    return save_filter(_PAGE, name, {"template": json.dumps(plain(template), ensure_ascii=False, sort_keys=True)}, author)


def forget_template(template: HandInTemplate, author: Author) -> int | None:
    """Forget an own template; returns the batch's number. UserError for a ready-made one."""
    if not template.uid:
        raise UserError(_("“{name}”是程序自带的上报模板，不能删除。").format(name=template.shown))
    return remove_filter(template.uid, author)


def plain(template: HandInTemplate) -> dict[str, Any]:
    """A template as JSON holds it, without what is not said: the same that :func:`read_template` reads."""
    bare_column = HandInColumn("")
    columns = [
        _said(bare_column, each) | ({"written": dict(each.written)} if each.written else {}) for each in template.columns
    ]
    rules = [{"when": {k: list(v) for k, v in each.when}, "column": each.column, "say": each.say} for each in template.refuse]
    bare = HandInTemplate("", "", "", template.rows, ())
    told = _said(bare, template)
    for name in ("key", "name", "about", "uid", "columns", "refuse"):
        told.pop(name, None)
    return told | {"rows": template.rows, "columns": columns} | ({"refuse": rules} if rules else {})


def _said(bare: Any, held: Any) -> dict[str, Any]:
    """The fields of a value that differ from a bare one, tuples as lists."""
    names = type(held).__dataclass_fields__
    pairs = {name: getattr(held, name) for name in names if getattr(held, name) != getattr(bare, name)}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in pairs.items()}


def read_template(name: str, given: Any, key: str = "", about: str = "", uid: str = "") -> HandInTemplate:
    """A template from JSON. UserError that says what is wrong: no rows, no columns, a field that there is not."""
    if not isinstance(given, Mapping) or given.get("rows") not in get_args(Rows):
        kinds = _("、").join(get_args(Rows))
        raise UserError(_("上报模板要写明 rows 是哪一种记录：{kinds}。").format(kinds=kinds))
    rows: Rows = given["rows"]
    listed = given.get("columns")
    if not isinstance(listed, list) or not 0 < len(listed) <= MOST_COLUMNS:
        raise UserError(_("上报模板要有栏目（columns），最多 {most} 列。").format(most=MOST_COLUMNS))
    columns = tuple(_column(rows, each) for each in listed)
    titles = [(each.group, each.title) for each in columns]
    twice = next((title for place, (group, title) in enumerate(titles) if (group, title) in titles[:place]), None)
    if twice is not None:
        raise UserError(_("上报模板里有两栏都叫“{title}”。").format(title=twice))
    result = _texts(given.get("result")) or ("是否成功", "错误原因")
    if len(result) != len(("taken", "why")):
        raise UserError(_("上报模板的 result 要写两栏：是否成功、错误原因。"))
    return HandInTemplate(
        key=key or name, name=name, about=about, rows=rows, columns=columns, sheet=str(given.get("sheet", "")),
        title=_texts(given.get("title")), above=_texts(given.get("above")), footer=_footer(given.get("footer")),
        protect=bool(given.get("protect")), states=_texts(given.get("states")), stages=_texts(given.get("stages")),
        alone=bool(given.get("alone")), refuse=tuple(_rule(rows, each) for each in given.get("refuse", ())),
        result=(result[0], result[1]), basis=str(given.get("basis", "")), uid=uid,
    )  # fmt: skip


def _texts(given: Any) -> tuple[str, ...]:
    return tuple(map(str, given)) if isinstance(given, list | tuple) else ()


def _footer(given: Any) -> str:
    """The last row, without which their importer would take the last person for it."""
    text = str(given or "").strip()
    if not text.startswith("填表说明"):
        raise UserError(_("上报模板要有 footer，以“填表说明”开头：对方的导入程序只读到倒数第二行，没有它最后一个人会丢。"))
    return text


def _column(rows: Rows, given: Any) -> HandInColumn:
    title = str(given.get("title", "")).strip() if isinstance(given, Mapping) else ""
    if not title:
        raise UserError(_("上报模板的每一栏都要有 title。"))
    field, form, check = str(given.get("field", "")), str(given.get("format", "")), given.get("check", "")
    if field not in ("", NUMBER):
        column = column_at(rows, field)
        if isinstance(column.kind, Day) and form not in DAY_FORMATS:
            raise UserError(_("“{title}”是日期，format 要写成：{known}。").format(title=title, known=_("、").join(DAY_FORMATS)))
    if check not in get_args(Check):
        raise UserError(_("“{title}”的 check 只能是：{known}。").format(title=title, known=_("、").join(get_args(Check)[1:])))
    written = given.get("written")
    if given.get("otherwise"):
        column_at(rows, str(given["otherwise"]))
    return HandInColumn(
        title, field, str(given.get("group", "")), bool(given.get("required")), bool(given.get("unique")),
        bool(given.get("number")), bool(given.get("partial")), form, check, _texts(given.get("allowed")),
        tuple((str(ours), str(theirs)) for ours, theirs in written.items()) if isinstance(written, Mapping) else (),
        int(given.get("width") or 0), str(given.get("otherwise", "")),
    )  # fmt: skip


def _rule(rows: Rows, given: Mapping[str, Any]) -> RefusalRule:
    when = given.get("when") if isinstance(given, Mapping) else None
    if not isinstance(when, Mapping) or not given.get("say"):
        raise UserError(_("上报模板的 refuse 要写 when（栏目和值）和 say（说什么）。"))
    for field in (*when, given.get("column", "")):
        column_at(rows, str(field))
    values = tuple((str(name), _texts(texts)) for name, texts in when.items())
    return RefusalRule(values, str(given["column"]), str(given["say"]))
