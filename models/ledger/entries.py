"""Entries of the work ledger: entered, corrected and removed by hand, listed, and added up.

An entry without a quantity counts as 1; what else it counts where no number is written is in ``measures``. A date of a
month or a year counts from its first day.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from peewee import JOIN, Expression, ModelSelect, fn

from models.engine import database, sql
from models.engine.record import Values
from models.errors import UnreadField, UserError
from models.journal.typed import happened
from models.journal.writer import Author, batch
from models.language import _
from models.ledger.kinds import find_kind, load_kinds
from models.ledger.measures import weight
from models.records.catalogue import stored_names
from models.records.ledger import LedgerEntry, LedgerKind
from models.records.union import Union
from models.records.worker import Worker
from models.standing.counts import first_day
from models.uid import new_uid
from models.values.cleaning import normal_name
from models.values.columns import Plain, column_of, columns_of
from models.values.ids import clean_number
from models.values.region_index import RegionIndex


@dataclass(frozen=True)
class EntryChoice:
    """Which entries: of a kind (uid), dated from ``since`` until ``until``, of regions, of a union (uid), with a text.

    An entry without a region of its own belongs to its union's region.
    """

    kind: str = ""
    since: dt.date | None = None
    until: dt.date | None = None
    regions: frozenset[str] = frozenset()
    union: str = ""
    search: str = ""


@dataclass(frozen=True)
class WorkTotal:
    """What the entries of one kind add up to. The rows behind it: the same choice with ``kind``. ``amount`` is in fen."""

    kind: str
    name: str
    unit: str
    entries: int
    quantity: int
    done: int
    people: int
    amount: int


def read(texts: Mapping[str, Plain], index: RegionIndex, home: str | None = None) -> Values:
    """The values of an entry from what a person wrote for its fields, blank ones included as None.

    ``home``: the region in which bare town names are meant. UserError that says which field cannot be read and why.
    """
    values: Values = {}
    for name, written in texts.items():
        column = column_of(LedgerEntry, name)
        parsed = column.kind.parse(written)
        if parsed.unread and parsed.problem is not None:
            said = parsed.problem.text.rstrip("。.")
            raise UnreadField(name, _("{what}：{said}。").format(what=column.title, said=said))
        values[name] = parsed.value
    meant = {"ledger_kind": lambda text: find_kind(text).uid, "region": lambda text: find_region(text, index, home),
        "union": find_union, "worker": _worker}
    for name in [each for each in meant if values.get(each)]:
        try:
            values[name] = meant[name](str(values[name]))
        except UserError as error:
            raise UnreadField(name, str(error)) from error
    return values


def find_region(name: str, index: RegionIndex, home: str | None) -> str:
    """The uid of the region that a person wrote. UserError when there is none, or several are meant."""
    found = index.resolve(name, home).uid
    if found is None:
        raise UserError(_("找不到区划“{name}”，请写全称，例如“沙坪坝区小龙坎街道”。").format(name=name))
    return found


def find_union(name: str) -> str:
    """The uid of the union of that name. UserError when there is none, or there are several."""
    wanted = normal_name(name)
    unions = Union.select(Union.uid, Union.name).where(Union.name.is_null(False))
    found = [row.uid for row in unions if normal_name(row.name) == wanted]
    if not found:
        raise UserError(_("登记册里没有工会“{name}”。请核对名称，或者先导入工会名单。").format(name=name))
    if len(found) > 1:
        raise UserError(_("登记册里有几个工会都叫“{name}”，请在窗口里选一个。").format(name=name))
    return str(found[0])


def _worker(text: str) -> str:
    """The uid of a person by uid, by the whole number of a document, or by a name that one person alone has."""
    for name, wanted in (("uid", text), ("id_number", clean_number(text)), ("name", text)):
        found = [uid for (uid,) in database.fetch_in(Worker, name, [wanted], ["uid"])]
        if len(found) > 1:
            raise UserError(_("登记册里有几个人都叫“{name}”，请写证件号码。").format(name=text) if name == "name" else _("有几条记录是这个证件号码，请先合并。"))
        if found:
            return str(found[0])
    raise UserError(_("登记册里没有这个人。只知道姓名的，写在“{field}”里。").format(field=column_of(LedgerEntry, "recipient").title))


def add(values: Values, author: Author) -> str:
    """Enter an entry; returns its uid. ``values`` as :func:`read` gives them. UserError without a kind or a date."""
    _check(values)
    values = _named_once(values)
    entry = {"uid": new_uid()} | {name: values.get(name) for name in stored_names(LedgerEntry)}
    with batch("edit", author, {"ledger_entry": entry["uid"]}) as writer:
        writer.create(LedgerEntry, entry)
    return str(entry["uid"])


def change(uid: str, values: Values, author: Author) -> None:
    """Correct the fields of ``values``; others stay. UserError when the entry is gone, or would lose its kind or date."""
    found = corrected(_held(uid), values)
    with batch("edit", author, {"ledger_entry": uid}) as writer:
        if found:
            writer.update(LedgerEntry, uid, found)


def corrected(held: Values, values: Values) -> dict[str, tuple[Any, Any]]:
    """What correcting an entry as it is ``held`` changes, as field → (before, after). UserError as :func:`change`."""
    _check(held | values)
    values = _named_once(held | values)
    return {name: (held[name], value) for name, value in values.items() if held[name] != value}


def remove(uid: str, author: Author) -> None:
    """Remove an entry; an undo brings it back. UserError when it is gone already."""
    held = _held(uid)
    with batch("edit", author, {"ledger_entry": uid}) as writer:
        writer.remove([(LedgerEntry, held)])


def _named_once(values: Values) -> Values:
    """Who is in the register is named by that record alone: a second name would be one more place to erase or correct."""
    return values | {"recipient": None} if values.get("worker") else values


def _held(uid: str) -> Values:
    row = LedgerEntry.get_or_none(LedgerEntry.uid == uid)
    if row is None:
        raise UserError(_("这条台账已经不在了，请刷新后再试。"))
    return {name: getattr(row, name) for name in ("uid", *stored_names(LedgerEntry))}


def _check(values: Values) -> None:
    for column in columns_of(LedgerEntry):
        if column.required and values.get(column.name) is None:
            raise UserError(_("请填写“{field}”。").format(field=column.title))
    for name in ("date", "closed_on"):
        happened(LedgerEntry, name, values.get(name), dt.date.today())


def entries(chosen: EntryChoice, index: RegionIndex) -> list[Values]:
    """The chosen entries with their ``uid``, newest first: kind, union and person by name, the region as its path.

    ``worker_uid`` is the person's uid.
    """
    query = LedgerEntry.select(
        LedgerEntry.uid, *(getattr(LedgerEntry, name) for name in stored_names(LedgerEntry)),
        LedgerKind.name.alias("kind_name"), Union.name.alias("union_name"), Worker.name.alias("worker_name"),
    )  # fmt: skip
    rows: list[Values] = list(
        _where(query, chosen).order_by(first_day(LedgerEntry.date).desc(), LedgerEntry.id).dicts()
    )
    for row in rows:
        row["ledger_kind"], row["union"] = row.pop("kind_name"), row.pop("union_name")
        row["worker_uid"], row["worker"] = row["worker"], row.pop("worker_name")
        row["region"] = index.path(row["region"]) if row["region"] else None
    return rows


def totals(chosen: EntryChoice) -> list[WorkTotal]:
    """What the chosen entries add up to by kind, in the kinds' order; kinds without any entry are left out."""
    with_outcome = [each.uid for each in load_kinds().kinds if "outcome" in each.fields]
    query = LedgerEntry.select(
        LedgerKind.uid, LedgerKind.name, fn.COALESCE(LedgerKind.unit, ""), fn.COUNT(LedgerEntry.id),
        *(fn.SUM(weight(name, with_outcome)) for name in ("quantity", "done", "people", "amount")),
    )  # fmt: skip
    grouped = _where(query, chosen).group_by(LedgerKind.id).order_by(LedgerKind.place, LedgerKind.id)
    return [WorkTotal(*row) for row in grouped.tuples()]


def _where(query: "ModelSelect[Any]", chosen: EntryChoice) -> "ModelSelect[Any]":
    """The query with its joins to kind and union, held to what was chosen."""
    query = (
        query.join(LedgerKind, on=(LedgerEntry.ledger_kind == LedgerKind.uid))
        .switch(LedgerEntry)
        .join(Union, JOIN.LEFT_OUTER, on=(LedgerEntry.union == Union.uid))
        .switch(LedgerEntry)
        .join(Worker, JOIN.LEFT_OUTER, on=(LedgerEntry.worker == Worker.uid))
    )
    for condition in _conditions(chosen):
        query = query.where(condition)
    return query


def _conditions(chosen: EntryChoice) -> list[Expression]:
    found: list[Expression] = []
    if chosen.kind:
        found.append(LedgerEntry.ledger_kind == chosen.kind)
    if chosen.since is not None:
        found.append(first_day(LedgerEntry.date) >= chosen.since.isoformat())
    if chosen.until is not None:
        found.append(first_day(LedgerEntry.date) <= chosen.until.isoformat())
    if chosen.regions:
        found.append(fn.COALESCE(LedgerEntry.region, Union.region).in_(list(chosen.regions)))
    if chosen.union:
        found.append(LedgerEntry.union == chosen.union)
    text = chosen.search.strip()
    if text:
        texts = (
            LedgerEntry.title,
            LedgerEntry.organization,
            LedgerEntry.person,
            LedgerEntry.note,
            LedgerKind.name,
            LedgerEntry.parties,
            LedgerEntry.matter,
            LedgerEntry.recipient,
            Worker.name,
            Union.name,
        )
        anywhere: Expression = sql.stands_in(text, texts[0])
        for each in texts[1:]:
            anywhere = anywhere | sql.stands_in(text, each)
        found.append(anywhere)
    return found
