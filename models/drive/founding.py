"""A union founded from a case: the union, its coverage, its parent link and the case's end, in one batch.

Approval by the next higher union is a duty (工会法 12), but its number often comes later: without one there is a warning.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from models.drive.moves import case_values, change, reached, steps_of, surely_before, turned_on, write_move
from models.engine import database
from models.engine.record import Values
from models.errors import UserError
from models.journal.stored import stored
from models.journal.typed import typed
from models.journal.writer import Author, Writer, batch, number_of
from models.language import _
from models.law import stages
from models.records.catalogue import stored_names
from models.records.drive_case import DriveCase
from models.records.employer import Coverage, Employer
from models.records.union import Union
from models.standing.as_of import covering
from models.uid import new_uid
from models.values import codes
from models.values.cleaning import normal_name
from models.values.columns import Plain
from models.values.name_order import place_of
from models.values.region_index import RegionIndex

#: What the founding itself decides; everything else of a union may be written with it.
FOUNDING_FIELDS = tuple(
    name for name in stored_names(Union) if name not in ("state", "verified", "dissolved_on", "former_names")
)
SINGLE, JOINT = "单独基层工会", "联合基层工会"
#: Types of unions that stand above those of the enterprises in a town or park, the nearest first.
_PARENT_TYPES = ("村（社区）工会", "园区（开发区）工会", "乡镇（街道）工会", "总工会")


@dataclass(frozen=True, slots=True)
class Founded:
    """What founding or joining did: the union (uid), the batch's number, and what a person should still see to."""

    union: str
    batch: int
    warnings: list[str]


@dataclass(frozen=True, slots=True)
class _Entering:
    """An employer that comes under a union: its case with the steps so far, and the coverage that ends, if any."""

    case: Values
    steps: list[Values]
    employer: Values
    coverage: Values | None


def proposed(case_uids: Sequence[str], index: RegionIndex) -> Values:
    """The fields of a new union as far as the cases tell: name, type, region, parent (uids where it refers)."""
    employers = [each.employer for each in _entering(case_uids)]
    places = {each["region"] for each in employers}
    region = places.pop() if len(places) == 1 else None
    values: Values = {"union_type": SINGLE if len(employers) == 1 else JOINT, "region": region}
    if len(employers) == 1:
        values["name"] = f"{employers[0]['name']}工会委员会"
    return values | {"parent": _parent_of(region, index) if region else None}


def _parent_of(region: str, index: RegionIndex) -> str | None:
    """The union that stands above those of a region: of the region itself, or of the nearest one around it."""
    line = index.line(region)
    names = ("uid", "region", "union_type", "state", "verified")
    rows = list(database.fetch_in(Union, "region", line, names))
    found = [
        (line.index(place), _PARENT_TYPES.index(kind), uid)
        for uid, place, kind, state, verified in rows
        if kind in _PARENT_TYPES and state in (None, "正常") and verified != 0
    ]
    return min(found)[2] if found else None


def found_union(case_uid: str, given: Mapping[str, Plain], author: Author, today: dt.date) -> Founded:
    """Found the employer's own union. ``given`` by FOUNDING_FIELDS; ``parent`` and ``region`` are uids.

    UserError without name or day of founding, for a day after today, a name that another union has, a parent that is not
    there, and an employer that has a union of its own.
    """
    return _found([case_uid], {"union_type": SINGLE, **given}, author, today)


def found_joint(case_uids: Sequence[str], given: Mapping[str, Plain], author: Author, today: dt.date) -> Founded:
    """Found one union for several employers; as :func:`found_union` otherwise. UserError for fewer than two."""
    if len(set(case_uids)) < 2:
        raise UserError(_("联合工会至少要覆盖两个单位。"))
    return _found(case_uids, {"union_type": JOINT, **given}, author, today)


def _found(case_uids: Sequence[str], given: Mapping[str, Plain], author: Author, today: dt.date) -> Founded:
    values = _checked(typed(Union, given, FOUNDING_FIELDS), today)
    entering = _entering(case_uids)
    _refuse_covered(entering)
    union = new_uid()
    employer = entering[0].employer
    whole: Values = {
        "region": employer["region"] if len(entering) == 1 else None,
        "term_start": values["founding_date"],
    }
    whole |= {name: value for name, value in values.items() if value is not None}
    with batch("founding", author, {"union": union, "cases": list(case_uids)}) as writer:
        writer.create(Union, {"uid": union, **whole, "state": "正常", "verified": 1})
        for each in entering:
            _enter(writer, each, union, str(values["founding_date"]), today)
    number = number_of(writer)
    assert number is not None  # a union is always created
    return Founded(union, number, _warnings(whole))


def _checked(values: Values, today: dt.date) -> Values:
    if not values.get("name"):
        raise UserError(_("请写明工会名称。"))
    if not values.get("founding_date"):
        raise UserError(_("请写明建会日期（上级工会批复的日期）。"))
    if values["founding_date"] > today.isoformat():
        raise UserError(_("建会日期在今天之后，请核对。"))
    taken = [row.name for row in Union.select(Union.name) if normal_name(row.name) == normal_name(values["name"])]
    if taken:
        sentence = _("登记册里已经有“{name}”。如果就是它，请用“加入已有工会”；不是的话请换一个名称。")
        raise UserError(sentence.format(name=taken[0]))
    if values.get("parent") and not Union.select().where(Union.uid == values["parent"]).exists():
        raise UserError(_("登记册里没有这个上级工会，请先登记它。"))
    return values


def _warnings(values: Values) -> list[str]:
    found = []
    if not values.get("approval_number"):
        found.append(_("没有批复文号。成立工会要报上一级工会批准（工会法第十二条），请尽快补上。"))
    if not values.get("parent"):
        found.append(_("没有写上级工会。"))
    if not values.get("chair"):
        found.append(_("没有写工会主席。"))
    return found


def join_existing(case_uid: str, union_uid: str, date: Plain, author: Author, today: dt.date) -> Founded:
    """Bring the employer of a case under a union that exists, from ``date`` on.

    An unverified union is thereby confirmed. UserError when the union is not there, dissolved, or covers the employer
    already, when the date is missing, in the future or before the union's founding, and for an employer with its own union.
    """
    since = typed(Coverage, {"since": date})["since"]
    union = stored(Union, union_uid, _("登记册里没有这个工会，请刷新后重新选择。"))
    _check_joining(union, since, today)
    entering = _entering([case_uid])
    _refuse_covered(entering)
    open_one = entering[0].coverage
    if open_one is not None and open_one["union"] == union_uid and union["verified"] != 0:
        raise UserError(_("“{name}”已经覆盖这个单位。").format(name=union["name"]))
    with batch("founding", author, {"union": union_uid, "cases": [case_uid]}) as writer:
        if union["verified"] == 0:
            writer.update(Union, union_uid, {"verified": (0, 1)})
        _enter(writer, entering[0], union_uid, str(since), today)
    number = number_of(writer)
    assert number is not None  # a coverage is always created
    return Founded(union_uid, number, [])


def _check_joining(union: Values, since: Any, today: dt.date) -> None:
    if union["state"] not in (None, "正常") or union["dissolved_on"]:
        raise UserError(_("“{name}”不是正常的工会（筹备或撤销），不能加入。").format(name=union["name"]))
    if since is None:
        raise UserError(_("请写明加入的日期。"))
    if since > today.isoformat():
        raise UserError(_("加入的日期在今天之后，请核对。"))
    if union["founding_date"] and surely_before(since, union["founding_date"]):
        sentence = _("加入的日期早于这个工会的建会日期 {date}，请核对。")
        raise UserError(sentence.format(date=union["founding_date"]))


def _entering(case_uids: Iterable[str]) -> list[_Entering]:
    cases = [case_values(uid) for uid in dict.fromkeys(case_uids)]
    names = ("uid", "name", "region")
    employers = {
        row[0]: dict(zip(names, row, strict=True))
        for row in database.fetch_in(Employer, "uid", (each["employer"] for each in cases), names)
    }
    held = ("uid", *stored_names(Coverage))
    open_ones: dict[str, Values] = {}
    for row in database.fetch_in(Coverage, "employer", employers, held):
        coverage = dict(zip(held, row, strict=True))
        if coverage["until"] is None:
            open_ones[coverage["employer"]] = coverage
    steps = steps_of(each["uid"] for each in cases)
    return [
        _Entering(each, steps.get(each["uid"], []), employers[each["employer"]], open_ones.get(each["employer"]))
        for each in cases
    ]


def _refuse_covered(entering: Iterable[_Entering]) -> None:
    for each in entering:
        if each.coverage is not None and is_own(each.coverage["union"]):
            name = Union.select(Union.name).where(Union.uid == each.coverage["union"]).scalar()
            sentence = _("“{employer}”已经有自己的工会“{union}”，不用再建。")
            raise UserError(sentence.format(employer=each.employer["name"], union=name))


def is_own(union_uid: str) -> bool:
    """True for a union (uid) in being that is the employer's own; a joint one gives way to it, and so does a mere mention."""
    union = Union.get(Union.uid == union_uid)
    if union.state not in (None, "正常") or union.verified == 0:
        return False
    if union.union_type:
        return not codes.is_joint(union.union_type)
    return Coverage.select().where(Coverage.union == union_uid, Coverage.until.is_null()).count() < 2


def _enter(writer: Writer, entering: _Entering, union: str, since: str, today: dt.date) -> None:
    """Cover the employer, end what covered it before, and close its case as built."""
    cover(writer, entering.employer["uid"], union, since, entering.coverage, today)
    case = entering.case
    if case["stage"] not in (stages.BUILT, stages.ORDERLY):
        come = reached(case, entering.steps) or stages.FIRST
        write_move(writer, case, entering.steps, stages.BUILT, since, stages.between(come, stages.BUILT))
    if case["closed_because"] != stages.BUILT:
        ended = turned_on(case, (), since, today.isoformat())
        change(writer, case, {"closed_on": ended, "closed_because": stages.BUILT})


def cover(
    writer: Writer,
    employer: str,
    union: str,
    since: str | None,
    open_one: Values | None,
    today: dt.date,
    reason: str = "",
) -> None:
    """Make a union cover an employer within a batch; what covered it until now ends on that day, or today if it began later."""
    if open_one is not None:
        if open_one["union"] == union:
            if open_one["since"] is None and since:
                writer.update(Coverage, open_one["uid"], {"since": (None, since)})
            return
        began = open_one["since"]
        until = since if since and not (began and since < began) else today.isoformat()
        writer.update(Coverage, open_one["uid"], {"until": (None, until)})
    values: Values = {"uid": new_uid(), "union": union, "employer": employer, "since": since, "until": None}
    writer.create(Coverage, values | {"reason": reason or None})


@dataclass(frozen=True, slots=True)
class CoveredEmployer:
    """An employer that a union covers: since when, and until when it did."""

    employer: str
    name: str
    region: str
    since: str | None
    until: str | None
    drive_case: str | None


def covered(union_uid: str, as_of: dt.date, index: RegionIndex) -> list[CoveredEmployer]:
    """The employers (涵盖单位) that a union covered on a day, by name."""
    chosen = Coverage.select(Coverage.employer, Coverage.since, Coverage.until)
    rows: list[Values] = list(chosen.where(Coverage.union == union_uid, covering(as_of)).dicts())  # type: ignore[arg-type]
    employers = database.fetch_in(Employer, "uid", (row["employer"] for row in rows), ("uid", "name", "region"))
    held = {uid: (name, place) for uid, name, place in employers}
    cases = dict(database.fetch_in(DriveCase, "employer", held, ("employer", "uid")))
    found = [
        CoveredEmployer(
            row["employer"], held[row["employer"]][0], index.path(place) if (place := held[row["employer"]][1]) else "",
            row["since"], row["until"], cases.get(row["employer"]),
        )
        for row in rows
    ]  # fmt: skip
    return sorted(found, key=lambda each: (place_of(each.name), each.employer))
