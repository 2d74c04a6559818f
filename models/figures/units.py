"""What the indicators count of employers, regions, terms, drive cases and the work ledger; facts as in indicator_queries."""

from typing import Any

from peewee import fn

from models.engine import sql
from models.figures.facts import Fact, IndicatorFacts, Inquiry
from models.records.drive_case import CaseStep
from models.records.employer import Employer
from models.records.key_employer import KeyEmployer
from models.records.region import Region
from models.records.union import Union
from models.standing import as_of
from models.standing.counts import straddles
from models.standing.terms import terms
from models.uid import last_of

#: Where the small three levels (小三级) want a union: towns and streets, communities and villages, parks, buildings.
SMALL_LEVELS = ("town", "community", "park", "building")
#: The union types that make such a level covered: the net of 区域(行业)工会, 乡镇(街道)和园区工会, 社区(村)工会.
SMALL_TYPES = frozenset(
    {"行业性工会联合会", "区域性工会联合会", "工会联合会", "乡镇（街道）工会", "园区（开发区）工会", "村（社区）工会"}
)
#: In a park or a building the many small employers usually share one joint union: there it counts too.
_JOINT_LEVELS, _JOINT_TYPE = ("park", "building"), "联合基层工会"


def coverage(asked: Inquiry, people: bool = False) -> IndicatorFacts:
    """Non-public operating employers of the threshold and more: covered by a union in being, or not.

    Whose head count is not known is unknown, and whose count is a range with the threshold inside. ``people``: each weighs
    as much as it employs, by the lower end of a range.
    """
    facts = []
    for row, reaches in reaching(asked):
        weight = row["staff_count"] if people and reaches else 1
        facts.append(_employer(row, int(row["active"]) if reaches else None, weight))
    return IndicatorFacts("employer", listed=tuple(facts))


def reaching(asked: Inquiry) -> list[tuple[dict[str, Any], bool]]:
    """The non-public operating employers that reach the threshold, and (False) those of which that is not known."""
    line = int(asked.standing.setting("threshold"))
    found = []
    for row in asked.employers:
        staff = row["staff_count"]
        maybe = staff is None or straddles(staff, row["staff_upper"], line)
        if not row["left_out"] and (maybe or staff >= line):
            found.append((row, not maybe))
    return found


def covered(asked: Inquiry) -> IndicatorFacts:
    """Those of the threshold and more that a union in being covers."""
    return IndicatorFacts("employer", listed=tuple(each for each in coverage(asked).listed if each.state == 1))


def on_list(asked: Inquiry) -> IndicatorFacts:
    """Those of the threshold and more without a union: the drive's list.

    Without a head count, or with a range that has the threshold inside, it is not known; a covered one is not on the list,
    however many it employs.
    """
    waiting = [(row, reaches) for row, reaches in reaching(asked) if not row["active"]]
    facts = [_employer(row, 0 if reaches else None) for row, reaches in waiting]
    listed = tuple(each._replace(state=1, marked=0) if each.state == 0 else each for each in facts)
    return IndicatorFacts("employer", listed=listed)


def _employer(row: dict[str, Any], state: int | None, weight: int = 1) -> Fact:
    inside = bool(state)
    date = row["covered_since"] if inside else row["as_of"]
    marked = int(inside and row["covered_since"] is None)
    why = row["union"] if inside else row["source"]
    return Fact(row["uid"], row["name"], row["region"], row["union_uid"], date, marked, state, weight, why)


def key_employers(asked: Inquiry, covered: bool = False) -> IndicatorFacts:
    """Employers on a list of key employers that counts in the year of the last day; ``covered``: is there a union in being.

    A list counts from its year to that of its target, one without a target in its year alone; one without a year from the
    day on which it was entered.
    """
    year, key = asked.period.end.year, KeyEmployer
    undated = key.year.is_null() & (key.uid <= last_of(asked.period.end))
    dated = (key.year <= year) & (fn.COALESCE(key.last_year, key.year) >= year)
    held: dict[str, int] = {}
    rows: Any = key.select(key.employer, sql.as_number(key.year.is_null())).where(undated | dated).tuples()
    for uid, unknown in rows:
        held[uid] = min(held.get(uid, 1), int(unknown))
    return IndicatorFacts(
        "employer",
        listed=tuple(
            _employer(row, int(row["active"]) if covered else 1)._replace(marked=held[row["uid"]], date=None, why=row["union"])
            for row in asked.employers
            if row["uid"] in held
        ),
    )


def above_scale(asked: Inquiry) -> IndicatorFacts:
    """Above-scale non-public operating enterprises under a union in being: has it a congress."""
    large = {row.uid for row in Employer.select(Employer.uid).where(Employer.above_scale == 1)}
    congress: dict[str, int | None] = dict(Union.select(Union.uid, Union.congress).tuples())  # type: ignore[arg-type]
    held = [row for row in asked.employers if row["uid"] in large and row["active"] and not row["left_out"]]
    return IndicatorFacts("employer", listed=tuple(_employer(row, 1)._replace(state=congress[row["union_uid"]]) for row in held))


def small_three(asked: Inquiry) -> IndicatorFacts:
    """Regions of dense employment of the small three levels: is there a union of SMALL_TYPES in it or below it.

    Whether a region is one of dense employment carries no date and counts as it stands.
    """
    index = asked.index
    types = [*SMALL_TYPES, _JOINT_TYPE]
    held: Any = Union.select(Union.region, Union.union_type, Union.uid).where(as_of.in_being(asked.period.end))
    reached: dict[str, str] = {}
    for region, kind, uid in held.where(Union.region.is_null(False), Union.union_type.in_(types)).tuples():
        for place in index.line(region):
            if kind in SMALL_TYPES or index.level(place) in _JOINT_LEVELS:
                reached.setdefault(place, uid)
    dense: Any = Region.select(Region.uid, Region.name).where(Region.dense == 1, Region.level.in_(SMALL_LEVELS))
    return IndicatorFacts(
        "region",
        listed=tuple(Fact(uid, name, uid, reached.get(uid), state=int(uid in reached)) for uid, name in dense.tuples()),
    )


def terms_over(asked: Inquiry) -> IndicatorFacts:
    """Unions in being whose term is over on the last day; where the term cannot be told it is unknown."""
    regions: dict[str, str | None] = dict(Union.select(Union.uid, Union.region).tuples())  # type: ignore[arg-type]
    states = {"overdue": 1, "unknown": None}
    return IndicatorFacts(
        "union",
        listed=tuple(
            Fact(each.uid, each.name, regions[each.uid], each.uid, each.end, state=states.get(each.state, 0))
            for each in terms(asked.period.end, asked.index)
        ),
    )


def _steps() -> list[tuple[str, str, str | None]]:
    """The stage, the case and the day of every step, as they were learned."""
    rows: Any = CaseStep.select(CaseStep.stage, CaseStep.drive_case, CaseStep.date).order_by(CaseStep.uid).tuples()
    return list(rows)


def at_stage(asked: Inquiry, stage: str) -> IndicatorFacts:
    """The drive cases that stand at a stage on the last day, since when; cases whose stage carries no date are marked."""
    last = asked.period.end.isoformat()
    steps = [(case, date) for of, case, date in asked.standing.once(_steps) if of == stage]
    dated = {case: date for case, date in steps if date and (date + "-01-01")[:10] <= last}
    return IndicatorFacts(
        "drive_case",
        listed=tuple(
            Fact(
                row["drive_case"], row["name"], row["region"], date=dated.get(row["drive_case"]),
                marked=int(row["drive_case"] not in dated), why=stage,
            )
            for row in asked.employers
            if row["drive_case"] and row["stage"] == stage
        ),
    )  # fmt: skip
