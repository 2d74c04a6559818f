"""What a list on paper is read from: its columns, and its rows a block at a time; the membership changes of its people."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

from models.engine import database
from models.errors import UserError
from models.language import _
from models.lists import selection
from models.lists.listings import Selection
from models.lists.print_forms import EVENTS, PrintForm
from models.records.membership import MembershipEvent
from models.records.union import Union
from models.records.worker import Worker
from models.values.columns import Column, column_of
from models.values.name_order import Way, in_order
from models.values.region_index import RegionIndex

#: The fields of a change, and those of the person that stand beside them.
_OF_EVENT, _OF_PERSON = ("date", "type", "reason", "union"), ("name", "sex", "id_number", "phone", "employer", "birth_date")

Row = dict[str, Any]


class Span(NamedTuple):
    """The days between which a change is listed; None is open."""

    since: dt.date | None = None
    until: dt.date | None = None


class BesideRows(NamedTuple):
    """What stands beside the records of a list, as the boxes of a working list do.

    ``columns``, and by record (uid) the values of their fields; the records come in the order of these.
    """

    columns: Sequence[Column] = ()
    values: Mapping[str, Row] = MappingProxyType({})


#: Any day, and none.
ALWAYS = Span()
NOTHING_BESIDE = BesideRows()


def columns_of_kind(kind: str, beside: BesideRows = NOTHING_BESIDE) -> list[Column]:
    """The columns that a list of ``kind`` can be printed with."""
    if kind != EVENTS:
        return [*selection.listed_columns(kind), *beside.columns]
    return [
        *(column_of(MembershipEvent, name) for name in _OF_EVENT), *(column_of(Worker, name) for name in _OF_PERSON),
    ]  # fmt: skip


def find_column(kind: str, text: str, beside: BesideRows = NOTHING_BESIDE) -> Column:
    """The column of a name or a title. UserError that names them all when there is none."""
    columns = columns_of_kind(kind, beside)
    found = next((each for each in columns if text in (each.name, each.label, each.title)), None)
    if found is None:
        names = _("、").join(f"{each.name} {each.title}" for each in columns)
        raise UserError(_("这张名单没有“{text}”一栏，可以用：{names}。").format(text=text, names=names))
    return found


def blocks_of(
    choice: Selection, form: PrintForm, span: Span, index: RegionIndex, beside: BesideRows = NOTHING_BESIDE
) -> Iterator[list[Row]]:
    """The rows of a choice for a layout, a block at a time; the caller holds one state of the register."""
    if form.kind != EVENTS:
        blocks = selection.blocks(choice, index)[1]
        if not beside.columns:
            return blocks
        rows = [row for block in blocks for row in block]
        return iter([[row | beside.values[row["uid"]] for row in rows] if form.names else _ordered(rows, beside)])
    # who has left a union is not among its people, but the leaving is one of its changes
    _count, blocks = selection.blocks(replace(choice, union="", states=frozenset()), index)
    return iter([changes_of([row for block in blocks for row in block], span, choice.union, form.names)])


def _ordered(rows: Sequence[Row], beside: BesideRows) -> list[Row]:
    found = {row["uid"]: row for row in rows}
    return [found[uid] | values for uid, values in beside.values.items() if uid in found]


def changes_of(people: Sequence[Row], span: Span, of_union: str = "", way: Way | Literal[""] = "") -> list[Row]:
    """The membership changes of some people between two days, by day; those without a day where no day is asked for.

    ``of_union``: only those that have to do with this union (uid).
    """
    by_uid = {row["uid"]: row for row in people}
    unions: dict[str, str] = {row.uid: row.name for row in Union.select(Union.uid, Union.name)}
    names = ("worker", *_OF_EVENT)
    found = []
    for worker, date, type_, reason, union in database.fetch_in(MembershipEvent, "worker", by_uid, names):
        if _within(date, span) and of_union in ("", union):
            person = by_uid[worker]
            own = {name: person.get(name) for name in _OF_PERSON}
            found.append(own | {"uid": worker, "date": date, "type": type_, "reason": reason, "union": unions.get(union)})
    return sorted(in_order(found, lambda row: row["name"], True, way), key=lambda row: row["date"] or "")


def _within(date: str | None, span: Span) -> bool:
    """A month or a year counts where it begins before the last day and ends after the first; no date only where none is asked."""
    if not (span.since or span.until):
        return True
    if not date:
        return False
    first, last = span.since, span.until
    return (first is None or date >= first.isoformat()[: len(date)]) and (last is None or date <= last.isoformat()[: len(date)])


def kind_of_list(form: PrintForm) -> str:
    """The kind of list that a layout reads."""
    return "workers" if form.kind == EVENTS else form.kind
