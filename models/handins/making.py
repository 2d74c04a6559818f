"""The rows of an export template: what stands in each cell, which rows their importer would refuse and what is to be mended.

A row that would be refused is left out, for one bad row makes their importer refuse the whole file.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from models.engine import database
from models.engine.one_state import one_state
from models.handins.cells import problem_of, written
from models.handins.fields import BESIDE, column_at, split_field
from models.handins.leavers import LEFT, left_behind
from models.handins.submitted import HandedBefore, handed_before
from models.handins.templates import NUMBER, HandInTemplate, RefusalRule
from models.language import _
from models.lists import selection
from models.lists.listings import Selection
from models.records.drive_case import DriveCase
from models.records.employer import Employer
from models.records.region import Region
from models.records.union import Union
from models.records.worker import Worker
from models.standing.covered_counts import covered_counts
from models.values.kinds import Place, Reference
from models.values.region_index import RegionIndex
from models.values.union_kinds import BASIC, class_of

#: Of each column in which nothing may stand twice: the text, and whose it is (uid and name).
Seen = dict[int, dict[str, tuple[str, str]]]
#: Rows that are looked at together.
_BLOCK = 2_000


@dataclass(frozen=True, slots=True)
class HandInRow:
    """A row: the record (uid), what it is called, its cells without the running number, a digest of them."""

    uid: str
    called: str
    cells: tuple[str, ...]
    digest: str


@dataclass(frozen=True, slots=True)
class Refused:
    """What their importer would refuse of a record (uid): the column, what is wrong, what to do.

    ``column`` is its title in the sheet, ``field`` what fills it, ``title`` what the window calls that.
    """

    uid: str
    called: str
    column: str
    field: str
    title: str
    why: str


@dataclass
class HandInMade:
    """What is to be handed up: the rows, and what is left out.

    ``since``: the day of the last time, None for the first; ``fresh`` are the records (uids) that were not handed up before,
    ``altered`` those that say something else now, ``gone`` those that were handed up and are no rows any more. ``same`` counts
    those that were left out as unchanged.
    """

    template: HandInTemplate
    rows: list[HandInRow] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    since: str | None = None
    fresh: set[str] = field(default_factory=set)
    altered: set[str] = field(default_factory=set)
    same: int = 0
    gone: list[str] = field(default_factory=list)

    @property
    def new(self) -> int:
        """How many rows were not handed up before."""
        return len(self.fresh)

    @property
    def changed(self) -> int:
        """How many rows say something else than the last time."""
        return len(self.altered)

    @property
    def refused_records(self) -> int:
        """How many records have something to be mended."""
        return len({each.uid for each in self.refused})


@dataclass(frozen=True)
class HandInChoice:
    """Of what: a union (uid) or regions (uids, none is all). ``since_last``: only what differs from what was handed up before.

    ``masked``: numbers are covered, to look at the sheet alone. ``refused_too``: rows that would be refused stand in it as well.
    """

    today: dt.date
    union: str = ""
    regions: frozenset[str] = frozenset()
    since_last: bool = False
    masked: bool = False
    refused_too: bool = False


def make(template: HandInTemplate, choice: HandInChoice, index: RegionIndex) -> HandInMade:
    """The rows of a template, each checked as their importer does."""
    before = handed_before(template.key)
    made = HandInMade(template, since=before.last)
    seen: Seen = {place: {} for place, each in enumerate(template.columns) if each.unique}
    with one_state():
        here: set[str] = set()
        for row in _rows(template, choice, index, before):
            here.add(row["uid"])
            _take(made, row, choice, before, seen)
    if not choice.union and not choice.regions:
        made.gone = sorted(set(before.digests) - here)
    return made


def _take(
    made: HandInMade, row: Mapping[str, Any], choice: HandInChoice, before: HandedBefore, seen: Seen
) -> None:
    """Put a row where it belongs: handed up, refused, or left out as unchanged."""
    template = made.template
    full = tuple(written(template, each, row, masked=False) for each in template.columns if each.field != NUMBER)
    digest = _digest(row["uid"], full)
    known = before.digests.get(row["uid"])
    if choice.since_last and known == digest:
        made.same += 1
        return
    problems = list(_problems(template, row, seen))
    made.refused += problems
    if problems and not choice.refused_too:
        return
    if known is None:
        made.fresh.add(row["uid"])
    elif known != digest:
        made.altered.add(row["uid"])
    shown = [each for each in template.columns if each.field != NUMBER]
    cells = full if not choice.masked else tuple(written(template, each, row, masked=True) for each in shown)
    made.rows.append(HandInRow(row["uid"], row["called"], cells, digest))


def _problems(template: HandInTemplate, row: Mapping[str, Any], seen: Seen) -> Iterator[Refused]:
    uid, called = row["uid"], row["called"]
    for place, each in enumerate(template.columns):
        if each.field in ("", NUMBER):
            continue
        text = written(template, each, row, masked=False)
        why = problem_of(template, each, text, row)
        if not why and place in seen and text:
            first, name = seen[place].setdefault(text, (uid, called))
            why = _("和“{other}”的一样，对方会说重复，请先核对或合并").format(other=name) if first != uid else ""
        if why:
            shown = column_at(template.rows, each.field).title
            yield Refused(uid, called, " ".join(each.title.split()), each.field, shown, why)
    for rule in template.refuse:
        if _applies(rule, row):
            title = next((each.title for each in template.columns if each.field == rule.column), rule.column)
            yield Refused(uid, called, title, rule.column, column_at(template.rows, rule.column).title, rule.say)


def _applies(rule: RefusalRule, row: Mapping[str, Any]) -> bool:
    return all(row.get(name) in values for name, values in rule.when)


def _digest(uid: str, cells: Sequence[str]) -> str:
    """What a row comes to: the same record saying the same has the same one; the uid keeps it from being guessed by trial."""
    text = json.dumps([uid, *cells], ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


# the records


def _rows(template: HandInTemplate, choice: HandInChoice, index: RegionIndex, before: HandedBefore) -> Iterator[dict[str, Any]]:
    """The records that a template is about, each with its fields, those beside it as ``record.name``, and ``called``."""
    numbers = selection.ids(_choice(template, choice, before))
    if template.rows == "workers" and choice.since_last and (choice.union or choice.regions):
        left = left_behind(before.digests, choice.union, choice.regions)
        also = selection.ids(Selection("workers", uids=left, order="name", today=choice.today)) if left else []
        numbers = list(dict.fromkeys((*numbers, *also)))
    for start in range(0, len(numbers), _BLOCK):
        some = selection.rows_of(template.rows, numbers[start : start + _BLOCK], index)
        found = [row for row in some if _wanted(template, row, before)]
        _add_beside(template, found, choice.today, index)
        for row in found:
            if not template.alone or row["employer.uid"]:
                yield row | {"called": str(row["name"] or "")}


def _choice(template: HandInTemplate, choice: HandInChoice, before: HandedBefore) -> Selection:
    states = template.states
    if template.rows == "workers":
        states = (*states, *LEFT) if states and before.digests and choice.since_last else states
        return Selection(
            "workers", union=choice.union, regions=choice.regions, states=frozenset(states), order="name", today=choice.today
        )
    if template.rows == "unions":
        only = frozenset({choice.union}) if choice.union else None
        return Selection("unions", regions=choice.regions, uids=only, order="name", today=choice.today)
    stages = frozenset(template.stages)
    return Selection("employers", regions=choice.regions, union=choice.union, states=stages, order="name", today=choice.today)


def _wanted(template: HandInTemplate, row: Mapping[str, Any], before: HandedBefore) -> bool:
    """True for a member, or one who left after having been handed up; a basic union in being; any employer that was chosen."""
    if template.rows == "workers":
        state = row["membership_state"]
        return state not in LEFT or (row["uid"] in before.digests)
    if template.rows == "unions":
        in_being = row["dissolved_on"] is None and row["state"] in (None, "正常")
        kind = class_of(row["union_type"], str(row["name"] or ""))
        return in_being and (kind is None or kind in BASIC)
    return True


def _add_beside(template: HandInTemplate, rows: list[dict[str, Any]], today: dt.date, index: RegionIndex) -> None:
    """Put the fields of the records beside each row into it."""
    for record in BESIDE[template.rows]:
        names = {name for each in template.columns for of, name in [split_field(each.field)] if of == record}
        if not names and not (record == "employer" and template.alone):
            continue
        of_row = _LOOKS[template.rows, record]([row["uid"] for row in rows], today)
        kind = BESIDE[template.rows][record]
        wanted = ("uid", *sorted(names - {"uid"}))
        held = {
            values[0]: dict(zip(wanted, values, strict=True))
            for values in database.fetch_in(kind, "uid", sorted(set(of_row.values())), wanted)
        }
        called = _called(template, record, names, held.values(), index)
        for row in rows:
            values = held.get(of_row.get(row["uid"], ""), {})
            for name in (*names, "uid"):
                value = values.get(name)
                row[f"{record}.{name}"] = called.get(str(value), value) if name != "uid" else value


def _called(
    template: HandInTemplate, record: str, names: Iterable[str], held: Iterable[Mapping[str, Any]], index: RegionIndex
) -> dict[str, str]:
    """What the records that these refer to are called, by uid."""
    found: dict[str, str] = {}
    rows = list(held)
    for name in names:
        kind = column_at(template.rows, f"{record}.{name}").kind
        uids = {str(row[name]) for row in rows if row.get(name)}
        if isinstance(kind, Place):
            found |= {uid: index.path(uid) for uid in uids if uid in index.entries}
        elif isinstance(kind, Reference):
            of: Any = {"union": Union, "employer": Employer, "region": Region}[kind.record]
            found |= {str(uid): str(called or "") for uid, called in database.fetch_in(of, "uid", sorted(uids), ("uid", "name"))}
    return found


def _referred(record: Any, name: str, uids: list[str]) -> dict[str, str]:
    return {uid: other for uid, other in database.fetch_in(record, "uid", uids, ("uid", name)) if other}


def _only_employers(uids: list[str], today: dt.date) -> dict[str, str]:
    """Of each union the employer that it covers, where it is one."""
    covered = covered_counts(uids, today)
    return {uid: next(iter(each.employers)) for uid, each in covered.items() if len(each.employers) == 1}


def _cases(uids: list[str], _today: dt.date) -> dict[str, str]:
    return {employer: case for case, employer in database.fetch_in(DriveCase, "employer", uids, ("uid", "employer"))}


_LOOKS = {
    ("workers", "employer"): lambda uids, _today: _referred(Worker, "employer", uids),
    ("workers", "union"): lambda uids, _today: _referred(Worker, "union", uids),
    ("unions", "employer"): _only_employers,
    ("employers", "case"): _cases,
}
