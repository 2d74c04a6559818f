"""What working lists are for (慰问, 体检 …): the boxes and days that a new list begins with, and how it is printed, as data.

Those that come with the program are in ``data/kinds.json``; a register's own are kept among its saved filters, so that they
are journaled, can be undone, and come along with a copy.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib import resources
from typing import Any

from models.errors import UserError
from models.journal.saved_filters import remove_filter, save_filter, saved_filters
from models.journal.writer import Author
from models.language import N_, _
from models.lists.print_forms import FormColumn, read_columns
from models.records.worklist import BOXES, DAYS, FIELD_OF, SEPARATOR
from models.values.codes import fold

_PAGE = "worklists"
#: What the entries of a list are, in words.
OF = {"workers": N_("人"), "unions": N_("工会"), "employers": N_("单位")}
#: A label of a box or a day is the title of a column: no longer than so many characters.
_LONGEST = 12
#: The words of the data beside this file, for whoever translates.
_WORDS = (
    N_("慰问"), N_("体检"), N_("活动报名"), N_("开会通知"), N_("其他"), N_("已通知"), N_("已领"), N_("已检"), N_("报告已取"),
    N_("已报名"), N_("已到"), N_("能到"), N_("已办"), N_("发放日期"), N_("体检日期"), N_("通知日期"), N_("办理日期"),
)  # fmt: skip


@dataclass(frozen=True)
class WorklistKind:
    """What a list is for: the labels of its boxes and days, and of each kind of entry the columns that are printed before them.

    ``after``: columns that are printed after them, mostly empty ones to sign in; ``signatures``: places at the foot of the
    paper. ``uid``: of one of the register's own, "" for ours.
    """

    name: str
    boxes: tuple[str, ...] = ()
    days: tuple[str, ...] = ()
    columns: Mapping[str, tuple[FormColumn, ...]] = field(default_factory=dict)
    after: tuple[FormColumn, ...] = ()
    signatures: tuple[str, ...] = ()
    uid: str = ""

    @property
    def shown(self) -> str:
        """What it is called on the screen."""
        return self.name if self.uid else _(self.name)


def ready_kinds() -> list[WorklistKind]:
    """The kinds that come with the program."""
    text = (resources.files("models.worklists") / "data" / "kinds.json").read_text("utf-8")
    return [_read(each["name"], each) for each in json.loads(text)]


def worklist_kinds() -> list[WorklistKind]:
    """The kinds that a list can be of: ours, then those that the register keeps, by name."""
    own = (_read(each.name, json.loads(str(each.parts["kind"])), each.uid) for each in saved_filters(_PAGE))
    return [*ready_kinds(), *own]


def find_kind(text: str) -> WorklistKind:
    """The kind of a name. UserError that names them all when there is none."""
    held = worklist_kinds()
    found = next((each for each in held if fold(text) in (fold(each.name), fold(each.shown))), None)
    if found is None:
        names = _("、").join(each.shown for each in held)
        raise UserError(_("没有用途“{name}”，可以用：{names}。").format(name=text, names=names))
    return found


def keep_kind(name: str, boxes: Sequence[str], days: Sequence[str], author: Author) -> int | None:
    """Keep a kind of the register's own; one of the same name is replaced. Returns the batch's number, None for no change.

    UserError without a name, for the name of one of ours, and as :func:`labels`.
    """
    name = " ".join(name.split())
    if not name:
        raise UserError(_("请给这个用途起个名字。"))
    if any(fold(each.name) == fold(name) for each in ready_kinds()):
        raise UserError(_("“{name}”是程序自带的用途，请换一个名字。").format(name=name))
    told = {"boxes": list(labels(boxes, len(BOXES))), "days": list(labels(days, len(DAYS)))}
    return save_filter(_PAGE, name, {"kind": json.dumps(told, ensure_ascii=False)}, author)


def forget_kind(kind: WorklistKind, author: Author) -> int | None:
    """Forget a kind of the register's own; lists of it stay. Returns the batch's number. UserError for one of ours."""
    if not kind.uid:
        raise UserError(_("“{name}”是程序自带的用途，不能删除。").format(name=kind.shown))
    return remove_filter(kind.uid, author)


def labels(texts: Sequence[str], most: int) -> tuple[str, ...]:
    """The labels of boxes or days as a person wrote them, each once. UserError for too many, or one that is too long."""
    found = tuple(dict.fromkeys(" ".join(each.split()) for text in texts for each in _parts(text) if each.strip()))
    if len(found) > most:
        raise UserError(_("最多 {most} 栏：{names}。").format(most=most, names=SEPARATOR.join(found)))
    for each in found:
        if len(each) > _LONGEST:
            raise UserError(_("“{name}”太长了，栏目的名称最多 {most} 个字。").format(name=each, most=_LONGEST))
    return found


def _parts(text: str) -> list[str]:
    for sign in "，,;；\n":
        text = text.replace(sign, SEPARATOR)
    return text.split(SEPARATOR)


def _read(name: str, given: Mapping[str, Any], uid: str = "") -> WorklistKind:
    columns = {rows: read_columns(given.get("columns", {}).get(rows, ())) for rows in FIELD_OF}
    return WorklistKind(
        name, tuple(given.get("boxes", ())), tuple(given.get("days", ())), columns, read_columns(given.get("after", ())),
        tuple(given.get("signatures", ())), uid,
    )  # fmt: skip
