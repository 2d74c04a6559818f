"""The drive (建会攻坚): which non-public employers of 25 and more people have no union yet, by district and town.

The line counts people *employed* (the plan of the year 2024: 25人以上非公组织), not members. Unknown is a value of its own:
only a known "no" takes an employer off the list, and what is not known for sure is marked 待核实.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from rapidfuzz import fuzz, process

from models.language import _
from models.records.distinct import DistinctPair
from models.records.employer import Coverage
from models.records.union import Union
from models.standing.counts import straddles
from models.standing.standing import Standing
from models.values.cleaning import normal_name
from models.values.name_order import place_of
from models.values.names import employer_of_union
from models.values.numbers import told_count
from models.values.region_index import Area, RegionIndex

Group = Literal["on_list", "possible", "own_union", "joint_union", "below", "unknown"]
#: The groups of the funnel; together they are all non-public, operating employers. ``possible``: the count is a range that
#: begins below the line and ends at it or above.
GROUPS: tuple[Group, ...] = ("on_list", "possible", "own_union", "joint_union", "below", "unknown")
#: A union's name this near (0–100) to an employer's is offered as a candidate, never joined by itself.
NEAR = 88
#: The kind of the pairs of an employer and a union that a person said do not belong together.
EMPLOYER_UNION = "employer union"
#: Stages that say a union was founded; without a union in the register they are only a hint.
BUILT = frozenset({"已建会", "规范运行"})


@dataclass(frozen=True, slots=True)
class DriveRow:
    """One employer of the drive.

    ``group`` says where in the funnel it stands; ``candidates`` are the names of unions that may be its own.
    """

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
    drive_case: str | None = None
    attitude: str | None = None
    organizer: str | None = None
    opened_on: str | None = None
    staff_upper: int | None = None


@dataclass(frozen=True, slots=True)
class NearUnion:
    """A union that covers nobody and is called nearly as an employer; ``score`` is how near, 0 to 100."""

    uid: str
    name: str
    score: int


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
    def possible(self) -> list[DriveRow]:
        """The employers that may be large enough: their count is a range with the line inside."""
        return [row for row in self.rows if row.group == "possible"]

    @property
    def summary(self) -> dict[str, int]:
        """The funnel: employers in all, then each group, those to verify among the listed, and those left out."""
        return _funnel(self.rows) | {"excluded": self.excluded}


def _funnel(rows: Iterable[DriveRow]) -> dict[str, int]:
    rows = list(rows)
    groups = Counter(row.group for row in rows)
    marked = sum(1 for row in rows if row.group == "on_list" and (row.to_verify or row.suspected))
    return {"employers": len(rows), **{group: groups[group] for group in GROUPS}, "to_verify": marked}


def drive(threshold: int, index: RegionIndex, region: Area | None = None, as_of: dt.date | None = None) -> Drive:
    """Work out the drive, with ``threshold`` people as the line, for the whole register or below a region (uid) or several.

    ``as_of``: as it stood on that day by the dates of the facts; then ``index`` should be that day's.
    """
    return drive_of(Standing(as_of or dt.date.today(), index), region, threshold)


def drive_of(standing: Standing, region: Area | None = None, threshold: int | None = None) -> Drive:
    """Work out the drive of a day from what stands then; ``threshold``: the register's own unless another is given."""
    index, line = standing.index, int(standing.setting("threshold")) if threshold is None else threshold
    below = index.below(region) if region else None
    inside = [row for row in standing.employers if below is None or row["region"] in below]
    unions = unmatched_unions()
    rows = [_row(row, line, index, unions) for row in inside if not row["left_out"]]
    rows.sort(key=lambda row: (place_of(row.region), -(row.staff_count or 0), place_of(row.name)))
    return Drive(line, rows, len(inside) - len(rows), _by_region(rows, index))


def listed(standing: Standing) -> list[dict[str, Any]]:
    """The employers on the drive's list, as ``drive_facts.facts`` has them."""
    line = int(standing.setting("threshold"))
    return [row for row in standing.employers if not row["left_out"] and group_of(row, line) == "on_list"]


def group_of(row: dict[str, Any], threshold: int) -> Group:
    """Where an employer's facts (``drive_facts.facts``) put it in the funnel."""
    if row["active"]:
        return "joint_union" if row["joint"] else "own_union"
    if row["staff_count"] is None:
        return "unknown"
    if row["staff_count"] >= threshold:
        return "on_list"
    return "possible" if straddles(row["staff_count"], row["staff_upper"], threshold) else "below"


def why(row: DriveRow, threshold: int) -> str:
    """Why an employer is on the list, in a sentence: the count with its source and day, and the line."""
    known = {name: getattr(row, name) for name in ("source", "as_of", "staff_count", "staff_upper", "approximate")}
    return told(known, threshold, maybe() if row.group == "possible" else "")


def maybe() -> str:
    """The sentence of :func:`told` about an employer whose count is a range with the line inside."""
    return _("{source}{day}：{people}，可能达到 {threshold} 人，待核实")


def told(count: Mapping[str, Any], threshold: int, sentence: str = "") -> str:
    """A count beside the line in words. ``sentence`` with {source}{day}, {people} and {threshold}; else why it is listed."""
    ranged = count["staff_upper"] is not None
    about = _("约 {count} 人") if count["approximate"] and not ranged else _("{count} 人")
    return (sentence or _("{source}{day}：{people}，达到 {threshold} 人，没有工会覆盖")).format(
        source=_(count["source"] or "") or _("来源不详"), day=f" {count['as_of']}" if count["as_of"] else "",
        people=about.format(count=told_count(count["staff_count"], count["staff_upper"])), threshold=threshold,
    )  # fmt: skip


class _Compared:
    """What comparing with the last names of unions gave: thousands with thousands take over a second, and they seldom change."""

    names: tuple[str, ...] = ()
    found: dict[tuple[str, int], list[tuple[str, float]]] | None = None


def _compared(names: tuple[str, ...]) -> dict[tuple[str, int], list[tuple[str, float]]]:
    """What is known of these names: (an employer's name, how many at most) → the nearest with their scores."""
    if _Compared.found is None or names != _Compared.names:
        _Compared.names, _Compared.found = names, {}
    return _Compared.found


class Unmatched:
    """Unions that cover no employer, found by the employer's name in theirs; pairs that a person rejected are left out."""

    def __init__(self, unions: Iterable[tuple[str, str]], rejected: Iterable[tuple[str, str]]) -> None:
        """``unions`` are (uid, name), ``rejected`` (employer uid, union uid)."""
        self._by_name: dict[str, list[tuple[str, str]]] = {}
        for uid, name in unions:
            self._by_name.setdefault(normal_name(employer_of_union(name)), []).append((uid, name))
        self._known = _compared(tuple(self._by_name))
        self._rejected: dict[str, set[str]] = {}
        for employer, union in rejected:
            self._rejected.setdefault(employer, set()).add(union)

    def near(self, employer: str, name: str) -> list[NearUnion]:
        """The unions whose name is near to that of an employer (uid and name), the nearest first, at most three."""
        rejected = self._rejected.get(employer, set())
        most = 3 + len(rejected)
        asked = (normal_name(name), most)
        if asked not in self._known:
            found = process.extract(asked[0], self._by_name.keys(), scorer=fuzz.ratio, score_cutoff=NEAR, limit=most)
            self._known[asked] = [(match, score) for match, score, _place in found]
        near = [
            NearUnion(uid, union, int(score))
            for match, score in self._known[asked]
            for uid, union in self._by_name[match]
            if uid not in rejected
        ]
        return near[:3]


def unmatched_unions() -> Unmatched:
    """The unions in being that cover no employer now, and what a person has rejected so far."""
    covering = Coverage.select(Coverage.union).where(Coverage.until.is_null())
    there = Union.dissolved_on.is_null() & (Union.state.is_null() | (Union.state != "撤销"))
    unions = Union.select(Union.uid, Union.name).where(Union.uid.not_in(covering), there).order_by(Union.id)
    pairs = DistinctPair.select(DistinctPair.left, DistinctPair.right).where(DistinctPair.kind == EMPLOYER_UNION)
    return Unmatched(list(unions.tuples()), list(pairs.tuples()))  # type: ignore[arg-type]  # the stubs keep the model


def _row(row: dict[str, Any], threshold: int, index: RegionIndex, unions: Unmatched) -> DriveRow:
    group = group_of(row, threshold)
    unsure = row["non_public"] is None or row["operating"] is None
    suspected = not row["active"] and (row["union"] is not None or row["stage"] in BUILT)
    near = unions.near(row["uid"], row["name"]) if group == "on_list" else []
    return DriveRow(
        row["uid"], row["name"], row["credit_code"], row["staff_count"], row["as_of"], row["source"],
        bool(row["approximate"]), row["region"], index.path(row["region"]) if row["region"] else "", row["stage"],
        row["next_action"], row["next_action_date"], group, row["union"], unsure, suspected,
        tuple(each.name for each in near), row["drive_case"], row["attitude"], row["organizer"], row["opened_on"],
        row["staff_upper"],
    )  # fmt: skip


def _by_region(rows: list[DriveRow], index: RegionIndex) -> list[dict[str, Any]]:
    """The funnel of each district, each followed by its towns, in the order of the regions; those without a region last."""
    groups: dict[tuple[str, str], list[DriveRow]] = {}
    for row in rows:
        district = (index.district_of(row.region_uid) if row.region_uid else None) or ""
        town = index.town_of(row.region_uid) if row.region_uid else None
        groups.setdefault((district, ""), []).append(row)
        if town:
            groups.setdefault((district, town), []).append(row)
    order = {uid: number for number, uid in enumerate(index.entries)}
    placed = sorted(groups, key=lambda place: (order.get(place[0], len(order)), order.get(place[1], -1)))
    names = {uid: index.name(uid) if uid else "" for place in placed for uid in place}
    return [{"district": names[district], "town": names[town]} | _funnel(groups[district, town]) for district, town in placed]
