"""Things that stand: entered, corrected and removed by hand, listed, and counted by kind."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from peewee import JOIN, Expression, ModelSelect, Value, fn

from models.engine import sql
from models.engine.record import Values
from models.errors import UnreadField, UserError
from models.journal.typed import happened
from models.journal.writer import Author, batch
from models.language import _
from models.ledger.entries import find_region, find_union
from models.records.catalogue import stored_names
from models.records.site import Site, SiteKind
from models.records.union import Union
from models.sites.kinds import find_kind
from models.sites.standing import quantity, since_then, state_on
from models.uid import new_uid
from models.values.columns import Plain, column_of, columns_of
from models.values.region_index import RegionIndex


@dataclass(frozen=True)
class SiteChoice:
    """Which things: of a kind (uid), standing on a day (None: all, gone ones too), of regions, of a union (uid), with a text.

    What has no region of its own lies where its union does.
    """

    kind: str = ""
    day: dt.date | None = None
    regions: frozenset[str] = frozenset()
    union: str = ""
    search: str = ""


@dataclass(frozen=True)
class SiteTotal:
    """How many of a kind (uid) stand: ``rows`` of the list, ``quantity`` that they stand for.

    ``undated``: of these, how many do not say since when; ``unknown`` have ended, and nobody knows when.
    """

    kind: str
    name: str
    unit: str
    rows: int
    quantity: int
    undated: int
    unknown: int


def read(texts: Mapping[str, Plain], index: RegionIndex, home: str | None = None) -> Values:
    """The values of a thing from what a person wrote for its fields, blank ones included as None.

    ``home``: the region in which bare town names are meant. UserError that says which field cannot be read and why.
    """
    values: Values = {}
    for name, written in texts.items():
        column = column_of(Site, name)
        parsed = column.kind.parse(written)
        if parsed.unread and parsed.problem is not None:
            said = parsed.problem.text.rstrip("。.")
            raise UnreadField(name, _("{what}：{said}。").format(what=column.title, said=said))
        values[name] = parsed.value
    meant: dict[str, Callable[[str], str]] = {
        "site_kind": lambda text: find_kind(text).uid, "region": lambda text: find_region(text, index, home), "union": find_union,
    }  # fmt: skip
    for name in [each for each in meant if values.get(each)]:
        try:
            values[name] = meant[name](str(values[name]))
        except UserError as error:
            raise UnreadField(name, str(error)) from error
    return values


def add(values: Values, author: Author) -> str:
    """Enter a thing; returns its uid. ``values`` as :func:`read` gives them. UserError without a kind or a name."""
    _check(values)
    site = {"uid": new_uid()} | {name: values.get(name) for name in stored_names(Site)}
    with batch("edit", author, {"site": site["uid"]}) as writer:
        writer.create(Site, site)
    return str(site["uid"])


def change(uid: str, values: Values, author: Author) -> None:
    """Correct the fields of ``values``; others stay. UserError when it is gone, or would lose its kind or name."""
    found = corrected(_held(uid), values)
    with batch("edit", author, {"site": uid}) as writer:
        if found:
            writer.update(Site, uid, found)


def corrected(held: Values, values: Values) -> dict[str, tuple[Any, Any]]:
    """What correcting a thing as it is ``held`` changes, as field → (before, after). UserError as :func:`change`."""
    _check(held | values)
    return {name: (held[name], value) for name, value in values.items() if held[name] != value}


def remove(uid: str, author: Author) -> None:
    """Remove a thing that was entered by mistake; an undo brings it back. UserError when it is gone already."""
    held = _held(uid)
    with batch("edit", author, {"site": uid}) as writer:
        writer.remove([(Site, held)])


def _held(uid: str) -> Values:
    row = Site.get_or_none(Site.uid == uid)
    if row is None:
        raise UserError(_("这个阵地已经不在了，请刷新后再试。"))
    return {name: getattr(row, name) for name in ("uid", *stored_names(Site))}


def _check(values: Values) -> None:
    for column in columns_of(Site):
        if (column.required or column.name == "site_kind") and values.get(column.name) is None:
            raise UserError(_("请填写“{field}”。").format(field=column.title))
    since, until = values.get("since"), values.get("until")
    if since and until and until < since[: len(until)]:
        raise UserError(_("停用日期早于启用日期，请核对。"))
    for name in ("since", "until"):
        happened(Site, name, values.get(name), dt.date.today())


def sites(chosen: SiteChoice, index: RegionIndex) -> list[Values]:
    """The chosen things with their ``uid``, the newest first: kind and union by name, the region as its path.

    ``standing``: 1, 0, or None where it is not known, on the chosen day or today.
    """
    day = chosen.day or dt.date.today()
    query = Site.select(
        Site.uid, *(getattr(Site, name) for name in stored_names(Site)), SiteKind.name.alias("kind_name"),
        Union.name.alias("union_name"), state_on(day).alias("standing"),
    )  # fmt: skip
    rows: list[Values] = list(_where(query, chosen).order_by(Site.since.desc(nulls="LAST"), Site.id).dicts())
    for row in rows:
        row["site_kind"], row["union"] = row.pop("kind_name"), row.pop("union_name")
        row["region"] = index.path(row["region"]) if row["region"] else None
    return rows


def totals(chosen: SiteChoice) -> list[SiteTotal]:
    """How many of the chosen things stand, by kind in the kinds' order; kinds of which there is none are left out."""
    day = chosen.day or dt.date.today()
    stands = (state_on(day) == 1) & since_then(day)
    query = SiteKind.select(
        SiteKind.uid, SiteKind.name, fn.COALESCE(SiteKind.unit, ""), fn.COUNT(Site.id).filter(stands),
        fn.COALESCE(fn.SUM(quantity()).filter(stands), 0),
        fn.COALESCE(fn.SUM(quantity()).filter(stands & Site.since.is_null()), 0),
        fn.COUNT(Site.id).filter(state_on(day).is_null()),
    ).join(Site, on=(Site.site_kind == SiteKind.uid)).join(Union, JOIN.LEFT_OUTER, on=(Site.union == Union.uid))  # fmt: skip
    for condition in _conditions(SiteChoice(chosen.kind, None, chosen.regions, chosen.union, chosen.search)):
        query = query.where(condition)
    rows: Any = query.group_by(SiteKind.id).order_by(SiteKind.place, SiteKind.id).tuples()
    return [SiteTotal(*row) for row in rows]


def _where(query: "ModelSelect[Any]", chosen: SiteChoice) -> "ModelSelect[Any]":
    query = (
        query.join(SiteKind, on=(Site.site_kind == SiteKind.uid))
        .switch(Site)
        .join(Union, JOIN.LEFT_OUTER, on=(Site.union == Union.uid))
    )
    for condition in _conditions(chosen):
        query = query.where(condition)
    return query


def _conditions(chosen: SiteChoice) -> list[Expression]:
    found: list[Any] = []
    if chosen.kind:
        found.append(Site.site_kind == chosen.kind)
    if chosen.day is not None:
        state: Any = fn.COALESCE(state_on(chosen.day), 1)
        found += [since_then(chosen.day), state == Value(1)]
    if chosen.regions:
        found.append(fn.COALESCE(Site.region, Union.region).in_(list(chosen.regions)))
    if chosen.union:
        found.append(Site.union == chosen.union)
    text = chosen.search.strip()
    if text:
        texts = (Site.name, Site.address, Site.contact, Site.source, Site.note, SiteKind.name, Union.name)
        anywhere: Any = sql.stands_in(text, texts[0])
        for each in texts[1:]:
            anywhere = anywhere | sql.stands_in(text, each)
        found.append(anywhere)
    return found
