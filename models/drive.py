"""The drive (建会攻坚): which non-public employers of 25 and more people have no union yet, by district and town.

The line counts people *employed* (the plan of the year 2024: 25人以上非公组织), not members. Unknown is a value of its own:
only a known "no" takes an employer off the list, and what is not known for sure is marked 待核实.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

from peewee import JOIN, fn
from rapidfuzz import fuzz, process

from models import codes
from models.counts import newest
from models.drive_case import DriveCase
from models.employer import Coverage, Employer
from models.names import employer_of_union, normal_name
from models.region import RegionIndex
from models.union import Union

Group = Literal["on_list", "own_union", "joint_union", "below", "unknown"]
#: The groups of the funnel; together they are all non-public, operating employers.
GROUPS: tuple[Group, ...] = ("on_list", "own_union", "joint_union", "below", "unknown")
#: A union's name this near (0–100) to an employer's is offered as a candidate, never joined by itself.
NEAR = 88
#: Stages that say a union was founded; without a union in the register they are only a hint.
BUILT = frozenset({"已建会", "规范运行"})


@dataclass(frozen=True, slots=True)
class DriveRow:
    """One employer of the drive. ``group`` says where in the funnel it stands; ``notes`` why it needs a look."""

    uid: str
    name: str
    credit_code: str | None
    staff_count: int | None
    as_of: str | None
    source: str | None
    approximate: bool
    region_uid: str | None
    region: str
    stage: str | None
    next_action: str | None
    next_action_date: str | None
    group: Group
    union: str | None
    to_verify: bool
    suspected: bool
    candidates: tuple[str, ...]


@dataclass(frozen=True)
class Drive:
    """The drive's state: threshold, the funnel as a whole and by region, and every employer in it."""

    threshold: int
    rows: list[DriveRow]
    excluded: int
    by_region: list[dict[str, Any]] = field(default_factory=list)

    @property
    def on_list(self) -> list[DriveRow]:
        """The employers that should found a union and have none."""
        return [row for row in self.rows if row.group == "on_list"]

    @property
    def summary(self) -> dict[str, int]:
        """The funnel: employers in all, then each group, those to verify among the listed, and those left out."""
        return _funnel(self.rows) | {"excluded": self.excluded}


def _funnel(rows: Iterable[DriveRow]) -> dict[str, int]:
    rows = list(rows)
    groups = Counter(row.group for row in rows)
    marked = sum(1 for row in rows if row.group == "on_list" and (row.to_verify or row.suspected))
    return {"employers": len(rows), **{group: groups[group] for group in GROUPS}, "to_verify": marked}


def drive(threshold: int, index: RegionIndex, region: str | None = None) -> Drive:
    """Work out the drive, with ``threshold`` people as the line, for the whole register or below one region (uid)."""
    below = index.below(region) if region else None
    facts = [row for row in _facts() if below is None or row["region"] in below]
    left_out = [row for row in facts if row["non_public"] == 0 or row["operating"] == 0]
    unions = _unmatched_unions()
    kept = (row for row in facts if row["non_public"] != 0 and row["operating"] != 0)
    rows = [_row(row, threshold, index, unions) for row in kept]
    rows.sort(key=lambda row: (row.region, -(row.staff_count or 0), row.name))
    return Drive(threshold, rows, len(left_out), _by_region(rows, index))


def _facts() -> list[dict[str, Any]]:
    counts = newest().alias("counts")
    cover, union = Coverage.alias(), Union.alias()
    others = cover.select(fn.COUNT(cover.id)).where((cover.union == Coverage.union) & cover.until.is_null())
    query = (
        Employer.select(
            Employer.uid, Employer.name, Employer.credit_code, Employer.region, Employer.nature, Employer.non_public,
            Employer.operating, counts.c.value.alias("staff_count"), counts.c.as_of, counts.c.source, counts.c.approximate,
            union.name.alias("union"), union.verified.alias("union_verified"), union.state.alias("union_state"),
            union.union_type.alias("union_type"), others.alias("covered"), DriveCase.stage, DriveCase.next_action,
            DriveCase.next_action_date,
        )
        .join(counts, JOIN.LEFT_OUTER, on=(counts.c.subject == Employer.uid))
        .switch(Employer)
        .join(Coverage, JOIN.LEFT_OUTER, on=((Coverage.employer == Employer.uid) & Coverage.until.is_null()))
        .join(union, JOIN.LEFT_OUTER, on=(Coverage.union == union.uid))
        .switch(Employer)
        .join(DriveCase, JOIN.LEFT_OUTER, on=(DriveCase.employer == Employer.uid))
    )  # fmt: skip
    rows: list[dict[str, Any]] = list(query.dicts())  # type: ignore[arg-type]  # the stubs keep the model's type
    for row in rows:
        if row["non_public"] is None:
            row["non_public"] = codes.non_public_by_nature(row["nature"]) if row["nature"] else None
    return rows


def _unmatched_unions() -> dict[str, str]:
    """Unions that cover no employer: normalised name of the employer in the union's name → the union's name."""
    covering = Coverage.select(Coverage.union).where(Coverage.until.is_null())
    names = [row.name for row in Union.select(Union.name).where(Union.uid.not_in(covering))]
    return {normal_name(employer_of_union(name)): name for name in names}


def _row(row: dict[str, Any], threshold: int, index: RegionIndex, unions: dict[str, str]) -> DriveRow:
    active = row["union"] is not None and row["union_state"] in (None, "正常") and row["union_verified"] != 0
    joint = codes.is_joint(row["union_type"]) if row["union_type"] else (row["covered"] or 0) > 1
    staff = row["staff_count"]
    group: Group
    if active:
        group = "joint_union" if joint else "own_union"
    elif staff is None:
        group = "unknown"
    else:
        group = "on_list" if staff >= threshold else "below"
    unsure = row["non_public"] is None or row["operating"] is None
    return DriveRow(
        row["uid"], row["name"], row["credit_code"], staff, row["as_of"], row["source"], bool(row["approximate"]),
        row["region"], index.path(row["region"]) if row["region"] else "", row["stage"], row["next_action"],
        row["next_action_date"], group, row["union"], unsure, not active and (row["union"] is not None or row["stage"] in BUILT),
        _near(row["name"], unions) if group == "on_list" else (),
    )  # fmt: skip


def _near(name: str, unions: dict[str, str]) -> tuple[str, ...]:
    found = process.extract(normal_name(name), unions.keys(), scorer=fuzz.ratio, score_cutoff=NEAR, limit=3)
    return tuple(unions[match] for match, _score, _place in found)


def _by_region(rows: list[DriveRow], index: RegionIndex) -> list[dict[str, Any]]:
    """The funnel of each district, each followed by its towns; employers without a region last."""
    groups: dict[tuple[str, str], list[DriveRow]] = {}
    for row in rows:
        district = index.district_of(row.region_uid) if row.region_uid else None
        town = index.town_of(row.region_uid) if row.region_uid else None
        groups.setdefault((index.name(district) if district else "", ""), []).append(row)
        if town:
            groups.setdefault((index.name(district) if district else "", index.name(town)), []).append(row)
    ordered = sorted(groups.items(), key=lambda item: (item[0][0] == "", item[0]))
    return [{"district": district, "town": town} | _funnel(each) for (district, town), each in ordered]
