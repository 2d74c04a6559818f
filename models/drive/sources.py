"""Sources matched (摸排比对): which list names which employer, and pairs that may be one, to confirm or reject once for ever."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from models.drive import list as drive
from models.drive.founding import cover, is_own
from models.duplicates.find import duplicates, mark_distinct
from models.duplicates.merge import merge
from models.engine import database
from models.engine.record import Values
from models.errors import UserError
from models.journal.writer import Author, batch, number_of
from models.language import _
from models.records.catalogue import stored_names
from models.records.distinct import DistinctPair
from models.records.employer import Coverage, Employer
from models.records.headcount import HeadCount
from models.records.union import Union
from models.standing.counts import first_day
from models.standing.standing import Standing
from models.uid import new_uid
from models.values.name_order import in_order, place_of
from models.values.region_index import Area, RegionIndex

#: The source that names whatever a union covers, whether a count says so or not.
LEDGER = "工会登记"
#: Why an employer and a union are proposed.
NEAR_UNION = "near-union-name"


@dataclass(frozen=True, slots=True)
class Named:
    """An employer and the sources that name it: source → (day of its newest count, staff), both None without a count."""

    employer: str
    name: str
    region: str
    sources: dict[str, tuple[str | None, int | None]]


@dataclass(frozen=True, slots=True)
class SourceMatch:
    """Two records (uids) that may be one: ``kind`` "employer" (two of them) or "employer union". ``score``: 0 to 100."""

    kind: str
    left: str
    right: str
    left_name: str
    right_name: str
    reason: str
    text: str
    score: int


def named(index: RegionIndex, region: Area | None = None) -> list[Named]:
    """Each employer with the sources that name it, by name; below a region (uid) or several if given."""
    below = index.below(region) if region else None
    sources = _sources()
    chosen = Employer.select(Employer.uid, Employer.name, Employer.region).order_by(Employer.id)
    units: Any = chosen.tuples()
    rows: list[tuple[str, str, str | None]] = in_order(units, lambda row: row[1])
    return [
        Named(uid, name, index.path(place) if place else "", sources.get(uid, {}))
        for uid, name, place in rows
        if below is None or place in below
    ]


def _sources() -> dict[str, dict[str, tuple[str | None, int | None]]]:
    """By employer: each source that counted it, with its newest count; covered employers are in the union ledger."""
    counts = (
        HeadCount.select(HeadCount.subject, HeadCount.source, HeadCount.as_of, HeadCount.staff_count)
        .where(HeadCount.subject_kind == "单位", HeadCount.source.is_null(False))
        .order_by(first_day(HeadCount.as_of), HeadCount.uid)
    )
    found: dict[str, dict[str, tuple[str | None, int | None]]] = {}
    rows: Iterable[Any] = counts.tuples()
    for subject, source, day, staff in rows:
        found.setdefault(subject, {})[source] = (day, staff)
    covered: Iterable[Any] = Coverage.select(Coverage.employer).where(Coverage.until.is_null()).tuples()
    for (employer,) in covered:
        found.setdefault(employer, {}).setdefault(LEDGER, (None, None))
    return found


def missing(rows: Iterable[Named], present: str, absent: str) -> list[Named]:
    """Employers that one source names and another does not: in the tax list, but not in the union ledger."""
    return [row for row in rows if present in row.sources and absent not in row.sources]


def source_counts(rows: Iterable[Named]) -> dict[str, int]:
    """How many employers each source names, the most first; "" counts those that none names."""
    found: dict[str, int] = {}
    for row in rows:
        for source in row.sources or ("",):
            found[source] = found.get(source, 0) + 1
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))


def matches(index: RegionIndex, region: Area | None = None) -> list[SourceMatch]:
    """Pairs for a person to look at, the surest first; rejected ones are left out. ``region``: a uid, or several.

    Employers on the list with unions that cover nobody, and employers alike that different sources name.
    """
    below = index.below(region) if region else None
    found = [*_with_unions(below, index), *_with_employers(index, below)]
    return sorted(found, key=lambda each: (-each.score, place_of(each.left_name), place_of(each.right_name)))


def _with_unions(below: frozenset[str] | None, index: RegionIndex) -> list[SourceMatch]:
    unions = drive.unmatched_unions()
    found = []
    for row in drive.listed(Standing(dt.date.today(), index)):
        if below is None or row["region"] in below:
            for each in unions.near(row["uid"], row["name"]):
                text = _("名称相近的工会，还没有覆盖任何单位")
                found.append(
                    SourceMatch(
                        drive.EMPLOYER_UNION, row["uid"], each.uid, row["name"], each.name, NEAR_UNION, text, each.score
                    )
                )
    return found


#: How sure the reasons of ``models/duplicates/find.py`` are beside a union's near name.
_SURE = {"credit-code": 100, "same-name": 100, "former-name": 96, "near-name": 90}


def _with_employers(index: RegionIndex, below: frozenset[str] | None) -> list[SourceMatch]:
    sources = _sources()
    pairs = [
        each
        for each in duplicates("employer", index)
        if set(sources.get(each.left, {})) != set(sources.get(each.right, {}))
    ]
    uids = {uid for each in pairs for uid in (each.left, each.right)}
    held = {
        uid: (name, place) for uid, name, place in database.fetch_in(Employer, "uid", uids, ("uid", "name", "region"))
    }
    return [
        SourceMatch(
            "employer",
            each.left,
            each.right,
            held[each.left][0],
            held[each.right][0],
            each.code,
            each.reason,
            _SURE[each.code],
        )
        for each in pairs
        if below is None or held[each.left][1] in below or held[each.right][1] in below
    ]


def confirm(match: SourceMatch, author: Author, today: dt.date, index: RegionIndex) -> int:
    """Say that a pair belongs together; returns the batch's number.

    A union covers the employer from its founding, or from today where that is not known, and counts as confirmed; two
    employers are merged, the one named first stays. UserError when the pair is no longer as it was proposed.
    """
    if match.kind == "employer":
        return merge(match.left, match.right, {}, author, index, today)
    union = Union.get_or_none(Union.uid == match.right)
    if union is None or not Employer.select().where(Employer.uid == match.left).exists():
        raise UserError(_("这一对里有一个已经不在登记册里。请刷新后重新选择。"))
    if Coverage.select().where(Coverage.union == match.right, Coverage.until.is_null()).exists():
        raise UserError(_("“{name}”现在已经覆盖别的单位，请刷新后再看。").format(name=union.name))
    open_one = _open_coverage(match.left)
    if open_one is not None and is_own(open_one["union"]):
        raise UserError(_("“{name}”已经有自己的工会，请刷新后再看。").format(name=match.left_name))
    with batch("match", author, {"employer": match.left, "union": match.right}) as writer:
        if union.verified == 0:
            writer.update(Union, union.uid, {"verified": (0, 1)})
        reason = _("比对确认") if union.founding_date else _("比对确认，建会日期不详")
        cover(writer, match.left, union.uid, union.founding_date or today.isoformat(), open_one, today, reason)
    number = number_of(writer)
    assert number is not None  # a coverage is always created
    return number


def _open_coverage(employer: str) -> Values | None:
    names = ("uid", *stored_names(Coverage))
    rows = [dict(zip(names, row, strict=True)) for row in database.fetch_in(Coverage, "employer", [employer], names)]
    return next((row for row in rows if row["until"] is None), None)


def reject(match: SourceMatch, author: Author) -> None:
    """Say once for ever that a pair does not belong together: it is not proposed again, here or on the drive's list."""
    if match.kind == "employer":
        mark_distinct(match.left, match.right, author, match.reason)
        return
    pair = {"kind": match.kind, "left": match.left, "right": match.right}
    if DistinctPair.select().where(*(getattr(DistinctPair, name) == value for name, value in pair.items())).exists():
        return
    with batch("distinct", author) as writer:
        writer.create(DistinctPair, {"uid": new_uid(), **pair, "reason": match.reason})
