"""Working lists: made, changed, closed, removed; who is put on them and taken off."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from peewee import fn

from models.engine import database
from models.engine.record import Values
from models.errors import UserError
from models.journal import entries
from models.journal.stored import stored
from models.journal.typed import typed
from models.journal.writer import Author, Writer, batch
from models.language import _
from models.records.catalogue import stored_names
from models.records.erasure import sealed, sealed_among
from models.records.forms import FORMS
from models.records.worklist import BOXES, DAYS, FIELD_OF, SEPARATOR, WRITTEN, Worklist, WorklistEntry
from models.uid import keyed_uid, new_uid
from models.values.codes import fold
from models.values.columns import Column, Plain, column_of
from models.worklists.kinds import find_kind, labels

#: A list of more entries is a mistake in what was chosen: nobody works through it by hand.
MOST = 50_000


@dataclass(frozen=True)
class WorklistHead:
    """A list as it is told: its fields, how many entries it has, how many of them each box is ticked of."""

    uid: str
    name: str
    kind: str
    rows: str
    date: str
    boxes: tuple[str, ...]
    days: tuple[str, ...]
    note: str
    closed: bool
    count: int = 0
    ticked: tuple[int, ...] = ()

    @property
    def done(self) -> int:
        """How many entries have the last box ticked, with which the work is done."""
        return self.ticked[-1] if self.ticked else 0

    @property
    def columns(self) -> tuple[Column, ...]:
        """What stands beside each entry: boxes, days, a note, under the list's own labels."""
        named = [*zip(BOXES, self.boxes, strict=False), *zip(DAYS, self.days, strict=False)]
        own = (replace(column_of(WorklistEntry, name), label=label) for name, label in named)
        return (*own, column_of(WorklistEntry, "list_note"))


@dataclass(frozen=True, slots=True)
class Added:
    """Who was put on a list: how many are new on it, how many were there already."""

    new: int
    there: int


def worklists(rows: str = "", *, closed: bool = True) -> list[WorklistHead]:
    """All lists, the open ones first, the newest first; ``rows``: only those of workers, unions or employers."""
    query: Any = Worklist.select().order_by(fn.COALESCE(Worklist.closed, 0), Worklist.id.desc())
    counts = _counts()
    found = [_head(row, counts.get(row.uid, (0,))) for row in query if rows in ("", row.rows)]
    return [each for each in found if closed or not each.closed]


def _counts() -> dict[str, tuple[int, ...]]:
    """Entries and ticks by list (uid); whoever was erased is on none."""
    ticks = [fn.SUM(fn.COALESCE(getattr(WorklistEntry, name), 0)) for name in BOXES]
    query: Any = WorklistEntry.select(WorklistEntry.worklist, fn.COUNT(WorklistEntry.id), *ticks)
    gone = sealed()
    if gone:
        query = query.where(WorklistEntry.worker.is_null() | WorklistEntry.worker.not_in(sorted(gone)))
    return {row[0]: tuple(map(int, row[1:])) for row in query.group_by(WorklistEntry.worklist).tuples()}


def _head(row: Any, counts: Sequence[int]) -> WorklistHead:
    boxes = tuple(filter(None, (row.boxes or "").split(SEPARATOR)))
    days = tuple(filter(None, (row.days or "").split(SEPARATOR)))
    return WorklistHead(
        row.uid, row.name or "", row.kind or "", row.rows or "workers", row.date or "", boxes, days, row.note or "",
        bool(row.closed), counts[0], tuple(counts[1 : 1 + len(boxes)]) or (0,) * len(boxes),
    )  # fmt: skip


def find_worklist(text: str) -> WorklistHead:
    """The list of a uid or a name. UserError that names the open ones when there is none, or when several are called so."""
    held = worklists()
    named = [each for each in held if text == each.uid] or [each for each in held if fold(text) == fold(each.name)]
    if len(named) == 1:
        return named[0]
    if named:
        raise UserError(_("有 {count} 份工作名单都叫“{name}”，请写记录标识。").format(count=len(named), name=text))
    names = _("、").join(each.name for each in held if not each.closed) or _("（没有）")
    raise UserError(_("没有工作名单“{name}”，现有：{names}。").format(name=text, names=names))


def make_worklist(
    name: str, kind: str, rows: str, author: Author, records: Sequence[str] = (), **given: Any
) -> tuple[str, Added]:
    """Make a list of ``rows`` (workers, unions, employers) and put ``records`` (uids) on it, as one batch; its uid.

    ``given``: ``date`` and ``note`` as typed, ``boxes`` and ``days`` as sequences of labels in the place of the kind's.
    UserError without a name, for one that another open list has, a kind that there is not, a day that cannot be read.
    """
    model = find_kind(kind)
    if rows not in FIELD_OF:
        raise UserError(_("工作名单里可以是：{rows}。").format(rows=_("、").join(FIELD_OF)))
    boxes, days = given.pop("boxes", None), given.pop("days", None)
    values: Values = {"uid": new_uid()} | dict.fromkeys(stored_names(Worklist))
    values |= {
        "name": _free_name(name), "kind": model.name, "rows": rows,
        "boxes": SEPARATOR.join(model.boxes if boxes is None else labels(boxes, len(BOXES))) or None,
        "days": SEPARATOR.join(model.days if days is None else labels(days, len(DAYS))) or None,
        **typed(Worklist, given, ("date", "note")),
    }  # fmt: skip
    _check_labels(values)
    with batch("edit", author, {"worklist": values["name"]}) as writer:
        writer.create(Worklist, values)
        added = _put(values["uid"], rows, records, writer)
    return str(values["uid"]), added


def _free_name(name: str, own: str = "") -> str:
    name = " ".join(name.split())
    if not name:
        raise UserError(_("请给这份工作名单起个名字。"))
    if any(fold(each.name) == fold(name) and each.uid != own and not each.closed for each in worklists()):
        raise UserError(_("已经有一份工作名单叫“{name}”了，请换一个名字。").format(name=name))
    return name


def _check_labels(values: Mapping[str, Any]) -> None:
    """A box and a day of one name could not be told apart in a sheet; nor could one and a column of the people themselves."""
    told = [each for name in ("boxes", "days") for each in (values[name] or "").split(SEPARATOR) if each]
    taken = {fold(field.column.label) for field in FORMS[values["rows"]].fields} | {
        fold(WorklistEntry.list_note.declared.label)
    }
    for place, each in enumerate(told):
        if fold(each) in taken or each in told[:place]:
            raise UserError(_("“{name}”已经是别的一栏，请换一个名称。").format(name=each))


def change_worklist(uid: str, author: Author, **given: Any) -> None:
    """Change a list (uid): ``name``, ``date``, ``note``, ``closed``; ``boxes`` and ``days``, whose places keep what was ticked.

    UserError as :func:`make_worklist`, and when the list is gone.
    """
    held = _held(uid)
    wanted: Values = {}
    if "name" in given:
        wanted["name"] = _free_name(given["name"], uid)
    for name, most in (("boxes", len(BOXES)), ("days", len(DAYS))):
        if given.get(name) is not None:
            wanted[name] = SEPARATOR.join(labels(given[name], most)) or None
            _check_places(uid, held[name], wanted[name], BOXES if name == "boxes" else DAYS)
    if "closed" in given:
        wanted["closed"] = 1 if given["closed"] else None
    wanted |= typed(Worklist, {name: given[name] for name in ("date", "note") if name in given}, ("date", "note"))
    _check_labels(held | wanted)
    found = {name: (held[name], value) for name, value in wanted.items() if held[name] != value}
    with batch("edit", author, {"worklist": held["name"]}) as writer:
        if found:
            writer.update(Worklist, uid, found)


def _check_places(uid: str, before: str | None, after: str | None, names: Sequence[str]) -> None:
    """A column goes only where nothing was written in it."""
    was, now = ((text or "").split(SEPARATOR) if text else [] for text in (before, after))
    for name, label in list(zip(names, was, strict=False))[len(now) :]:
        field = getattr(WorklistEntry, name)
        if WorklistEntry.select().where(WorklistEntry.worklist == uid, field.is_null(False)).exists():
            raise UserError(_("“{name}”一栏已经有人勾过或写过，不能去掉，可以改名。").format(name=label))


def remove_worklist(uid: str, author: Author) -> None:
    """Remove a list (uid) with all its entries, as one batch; an undo brings them back. UserError when it is gone."""
    held = _held(uid)
    names = ("uid", *stored_names(WorklistEntry))
    rows = list(database.fetch_in(WorklistEntry, "worklist", [uid], names))
    with batch("edit", author, {"worklist": held["name"]}) as writer:
        for row in rows:  # each by itself: who is erased later does not keep the others from coming back
            writer.remove([(WorklistEntry, dict(zip(names, row, strict=True)))])
        writer.remove([(Worklist, held)])


def add_entries(uid: str, records: Sequence[str], author: Author) -> Added:
    """Put records (uids) on a list (uid), each once, as one batch. UserError for a list that is gone or too long."""
    held = _held(uid)
    with batch("edit", author, {"worklist": held["name"]}) as writer:
        return _put(uid, held["rows"], records, writer)


def _put(
    uid: str, rows: str, records: Sequence[str], writer: Writer, values: Mapping[str, Values] = MappingProxyType({})
) -> Added:
    """Create an entry for each record that is none of the list's yet, with its ``values``; on every laptop it is the same one."""
    field = FIELD_OF[rows]
    held = {record for (record,) in database.fetch_in(WorklistEntry, "worklist", [uid], (field,))}
    wanted = list(dict.fromkeys(records))
    here = {each for (each,) in database.fetch_in(FORMS[rows].main, "uid", wanted, ("uid",))} - sealed_among(wanted)
    if len(here) < len(wanted):
        raise UserError(_("要加的记录有的已经不在了（可能已经合并或撤销），请刷新名单后重新选择。"))
    new = [each for each in wanted if each not in held]
    if len(held) + len(new) > MOST:
        raise UserError(_("一份工作名单最多 {most:,} 条，请先筛选。").format(most=MOST))
    keyed = {each: keyed_uid("worklist_entry", uid, each) for each in new}
    used = {record for (record,) in entries.of_records(list(keyed.values()), ("record",))} if new else set()
    writer.expect({WorklistEntry: len(new)})
    for each in new:
        own = new_uid() if keyed[each] in used else keyed[each]
        # what is not said stays unsaid: another laptop may have ticked the line that it made for the same one
        writer.create(WorklistEntry, {"uid": own, "worklist": uid, field: each} | values.get(each, {}))
    return Added(len(new), len(wanted) - len(new))


def take_out(entry_uids: Collection[str], author: Author) -> int:
    """Take entries (uids) off their lists, as one batch; returns how many. UserError when one of them is gone already."""
    names = ("uid", *stored_names(WorklistEntry))
    rows = [dict(zip(names, row, strict=True)) for row in database.fetch_in(WorklistEntry, "uid", entry_uids, names)]
    if len(rows) < len(set(entry_uids)):
        raise UserError(_("选中的有的已经不在名单上了，请刷新后再试。"))
    with batch("edit", author, {"entries": len(rows)}) as writer:
        for row in rows:
            writer.remove([(WorklistEntry, row)])
    return len(rows)


def write_entries(entry_uids: Collection[str], given: Mapping[str, Plain], author: Author) -> int:
    """Tick, date or annotate entries (uids) alike, as one batch: field → as typed. Returns how many entries changed.

    UserError for a field that is not written by hand or a value that cannot be read, and when an entry is gone.
    """
    values = typed(WorklistEntry, given, WRITTEN)
    return write_each(dict.fromkeys(entry_uids, values), author)


def write_each(
    wanted: Mapping[str, Values], author: Author, adding: Mapping[str, Values] = MappingProxyType({}), to: str = ""
) -> int:
    """Write stored values into entries, entry (uid) → field → value, as one batch. Returns how many entries changed or came.

    ``adding``: records (uid) that are put on the list ``to`` (uid) with these values in the same batch.
    """
    names = ("uid", *WRITTEN)
    held = {
        row[0]: dict(zip(names, row, strict=True)) for row in database.fetch_in(WorklistEntry, "uid", wanted, names)
    }
    if len(held) < len(wanted):
        raise UserError(_("选中的有的已经不在名单上了，请刷新后再试。"))
    changed = 0
    with batch("edit", author, {"entries": len(held)}) as writer:
        for uid, values in wanted.items():
            found = {name: (held[uid][name], value) for name, value in values.items() if held[uid][name] != value}
            if found:
                changed += 1
                writer.update(WorklistEntry, uid, found)
        if adding:
            changed += _put(to, _held(to)["rows"], list(adding), writer, adding).new
    return changed


def _held(uid: str) -> Values:
    return stored(Worklist, uid, _("这份工作名单已经不在了，请刷新后再试。"))
