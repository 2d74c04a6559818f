"""What the indicators count of employers, regions, terms, drive cases and the work ledger; facts as in indicator_queries."""

from typing import Any

from peewee import JOIN, Value, fn

from models.figures.facts import Asked, Fact, Facts
from models.figures.queries import begun_since, selected
from models.ledger.kinds import Kind
from models.records.drive_case import CaseStep
from models.records.employer import Employer
from models.records.ledger import LedgerEntry, LedgerKind
from models.records.region import Region
from models.records.union import Union
from models.standing import as_of
from models.standing.terms import terms

#: Where the small three levels (小三级) want a union: towns and streets, communities and villages, parks, buildings.
SMALL_LEVELS = ("town", "community", "park", "building")
#: The union types that make such a level covered: the net of 区域(行业)工会, 乡镇(街道)和园区工会, 社区(村)工会.
SMALL_TYPES = frozenset(
    {"行业性工会联合会", "区域性工会联合会", "工会联合会", "乡镇（街道）工会", "园区（开发区）工会", "村（社区）工会"}
)
#: In a park or a building the many small employers usually share one joint union: there it counts too.
_JOINT_LEVELS, _JOINT_TYPE = ("park", "building"), "联合基层工会"


def coverage(asked: Asked, people: bool = False) -> Facts:
    """Non-public operating employers of the threshold and more: covered by a union in being, or not.

    Whose head count is not known is unknown. ``people``: each weighs as much as it employs.
    """
    line = int(asked.standing.setting("threshold"))
    facts = []
    for row in asked.employers:
        staff = row["staff_count"]
        if row["left_out"] or (staff is not None and staff < line):
            continue
        state = None if staff is None else int(row["active"])
        facts.append(_employer(row, state, staff if people and staff is not None else 1))
    return Facts("employer", listed=tuple(facts))


def covered(asked: Asked) -> Facts:
    """Those of the threshold and more that a union in being covers."""
    return Facts("employer", listed=tuple(each for each in coverage(asked).listed if each.state == 1))


def on_list(asked: Asked) -> Facts:
    """Those of the threshold and more without a union: the drive's list. Without a head count it is not known."""
    facts = coverage(asked).listed
    waiting = [each._replace(state=1, marked=0) for each in facts if each.state == 0]
    return Facts("employer", listed=(*waiting, *(each for each in facts if each.state is None)))


def _employer(row: dict[str, Any], state: int | None, weight: int = 1) -> Fact:
    inside = bool(state)
    date = row["covered_since"] if inside else row["as_of"]
    marked = int(inside and row["covered_since"] is None)
    why = row["union"] if inside else row["source"]
    return Fact(row["uid"], row["name"], row["region"], row["union_uid"], date, marked, state, weight, why)


def above_scale(asked: Asked) -> Facts:
    """Above-scale non-public operating enterprises under a union in being: has it a congress."""
    large = {row.uid for row in Employer.select(Employer.uid).where(Employer.above_scale == 1)}
    congress: dict[str, int | None] = dict(Union.select(Union.uid, Union.congress).tuples())  # type: ignore[arg-type]
    held = [row for row in asked.employers if row["uid"] in large and row["active"] and not row["left_out"]]
    return Facts("employer", listed=tuple(_employer(row, 1)._replace(state=congress[row["union_uid"]]) for row in held))


def small_three(asked: Asked) -> Facts:
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
    return Facts(
        "region",
        listed=tuple(Fact(uid, name, uid, reached.get(uid), state=int(uid in reached)) for uid, name in dense.tuples()),
    )


def terms_over(asked: Asked) -> Facts:
    """Unions in being whose term is over on the last day; where the term cannot be told it is unknown."""
    regions: dict[str, str | None] = dict(Union.select(Union.uid, Union.region).tuples())  # type: ignore[arg-type]
    states = {"overdue": 1, "unknown": None}
    return Facts(
        "union",
        listed=tuple(
            Fact(each.uid, each.name, regions[each.uid], each.uid, each.end, state=states.get(each.state, 0))
            for each in terms(asked.period.end, asked.index)
        ),
    )


def at_stage(asked: Asked, stage: str) -> Facts:
    """The drive cases that stand at a stage on the last day, since when; cases whose stage carries no date are marked."""
    steps: Any = (
        CaseStep.select(CaseStep.drive_case, CaseStep.date).where(CaseStep.stage == stage).order_by(CaseStep.uid)
    )
    dated = {
        case: date for case, date in steps.tuples() if date and (date + "-01-01")[:10] <= asked.period.end.isoformat()
    }
    return Facts(
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


def ledger(asked: Asked, kind: Kind, measure: str) -> Facts:
    """The entries of a kind in the period, each weighing its measure; an entry without a quantity counts as 1.

    An entry belongs to its own region, else to its union's; one without a date is told apart in the period of its entry.
    """
    entry, period = LedgerEntry, asked.period
    weight = fn.COALESCE(getattr(entry, measure), 1 if measure == "quantity" else 0)
    chosen = selected(
        entry.uid, fn.COALESCE(entry.title, entry.organization, LedgerKind.name), fn.COALESCE(entry.region, Union.region),
        entry.union, date=entry.date, marked=entry.date.is_null(), weight=weight, why=Value(kind.name),
    )  # fmt: skip
    query = (
        entry.select(*chosen, entry.person)
        .join(LedgerKind, on=(entry.ledger_kind == LedgerKind.uid))
        .switch(entry)
        .join(Union, JOIN.LEFT_OUTER, on=(entry.union == Union.uid))
        .where(entry.ledger_kind == kind.uid, as_of.begun(entry, entry.date, period.end))
    )
    return Facts("ledger_entry", query.where(begun_since(entry, entry.date, period)), flow=True, person="person")
