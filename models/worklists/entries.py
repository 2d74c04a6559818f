"""The entries of a working list, with what the register says of whom they are; and the lists on which a person stands."""

from collections.abc import Iterable
from typing import Any

from models.engine import database
from models.lists import selection
from models.lists.listings import Selection
from models.records.worklist import BOXES, DAYS, FIELD_OF, SEPARATOR, WRITTEN, Worklist, WorklistEntry
from models.values.columns import Column, column_of
from models.values.region_index import RegionIndex
from models.worklists.lists import WorklistHead

#: The name, among the fields of a row, of the entry's own uid.
ENTRY = "entry"
Row = dict[str, Any]


def columns(head: WorklistHead) -> list[Column]:
    """The columns of a list: those of its people, unions or employers, then its boxes, days and note."""
    return [*selection.listed_columns(head.rows), *head.columns]


def marks(head: WorklistHead) -> dict[str, Row]:
    """What stands beside each record (uid) of a list, in the order in which they were put on it; its entry under ``entry``."""
    names = ("id", FIELD_OF[head.rows], "uid", *WRITTEN)
    rows = sorted(database.fetch_in(WorklistEntry, "worklist", [head.uid], names))
    return {row[1]: {ENTRY: row[2], **dict(zip(WRITTEN, row[3:], strict=True))} for row in rows if row[1]}


def rows(head: WorklistHead, index: RegionIndex) -> list[Row]:
    """The entries in their order: what is listed of each record (``uid``), its marks, and ``entry``."""
    beside = marks(head)
    listed = selection.rows(Selection(head.rows, uids=frozenset(beside)), index)
    found = {row["uid"]: row for row in listed}
    return [found[uid] | told for uid, told in beside.items() if uid in found]


def listed_on(people: Iterable[str]) -> list[str]:
    """The working lists on which one of these people (uids) stands, each in a line with what was ticked and written."""
    names = ("id", "worklist", *WRITTEN)
    found = sorted(database.fetch_in(WorklistEntry, "worker", list(people), names))
    heads = {row.uid: row for row in Worklist.select().where(Worklist.uid.in_([row[1] for row in found]))}
    return [_line(heads[row[1]], dict(zip(WRITTEN, row[2:], strict=True))) for row in found]


def _line(head: Any, marked: Row) -> str:
    parts = [head.name, head.date]
    boxes, days = ((text or "").split(SEPARATOR) for text in (head.boxes, head.days))
    for name, label in [*zip(BOXES, boxes, strict=False), *zip(DAYS, days, strict=False)]:
        if marked[name] is not None:
            parts.append(f"{label} {column_of(WorklistEntry, name).kind.show(marked[name])}")
    return " · ".join(str(part) for part in (*parts, marked["list_note"]) if part)
