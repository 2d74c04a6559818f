"""What the register holds, as a plan needs it: asked once with all keys of the rows, and carried on row by row.

Each planned row changes this picture, so that a later row of the same import is judged against what the earlier one does.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from operator import itemgetter
from typing import Any, NamedTuple, Protocol

from importers.plan.ledger_world import Ledger
from importers.plan.namesakes import Namesakes
from importers.plan.officers_world import Officers
from importers.plan.people import TOGETHER, HeldPeople
from importers.plan.places_world import Places
from importers.plan.sites_world import Sites
from importers.plan.steps import Create, Step, Write
from importers.rows.parts import RowPart
from models.engine import database
from models.engine.own_values import field_of
from models.engine.record import Record, Values
from models.engine.rows import values_of
from models.records.catalogue import stored_names
from models.records.drive_case import DriveCase
from models.records.employer import Coverage, Employer
from models.records.erasure import sealed
from models.records.headcount import HeadCount
from models.records.key_employer import KeyEmployer
from models.records.membership import DERIVED, Event, MembershipEvent, standing
from models.records.union import Union
from models.records.worker import Worker
from models.standing.counts import ranks
from models.uid import new_uid
from models.values.cleaning import normal_name
from models.values.columns import Stored
from models.values.id_kinds import phones
from models.values.names import employer_of_union
from models.values.region_index import RegionIndex

#: Fields that hardly two records share a value of.
_OWN = frozenset({"uid", "worker", "id_number", "phone"})


@dataclass
class Units:
    """The employers, or the unions, by uid, credit code and normalised name (former names too)."""

    record: type[Record]
    index: RegionIndex
    held: dict[str, Values] = field(default_factory=dict)
    by_code: dict[str, str] = field(default_factory=dict)
    by_name: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def add(self, values: Values) -> None:
        """Take a record into the picture, or a changed one under its new keys."""
        uid = values["uid"]
        self.held[uid] = values
        if values.get("credit_code"):
            self.by_code[values["credit_code"]] = uid
        for name in [values.get("name"), *(values.get("former_names") or "").split("、")]:
            key = normal_name(name) if name else ""
            if key and uid not in self.by_name[key]:
                self.by_name[key].append(uid)

    def find(self, name: str | None, code: str | None, region: str | None = None) -> tuple[str | None, list[str]]:
        """The unit that a code or a name means: (uid, []), or (None, candidates that a person must choose from).

        A code decides. A name counts when its holder has no other code and lies in no other region.
        """
        if code and code in self.by_code:
            return self.by_code[code], []
        named = self.by_name.get(normal_name(name), []) if name else []
        fitting = [uid for uid in named if self.compatible(uid, code, region)]
        if len(fitting) == 1:
            return fitting[0], []
        return None, fitting or [uid for uid in named if code]

    def compatible(self, uid: str, code: str | None, region: str | None) -> bool:
        """False for a unit that has another code or lies in another region."""
        held = self.held[uid]
        if code and held.get("credit_code") and held["credit_code"] != code:
            return False
        other = held.get("region")
        return not region or not other or region in self.index.below(other) or other in self.index.below(region)


class Move(NamedTuple):
    """That a row of this import moved an employer from one union to another: what was open before, and what it writes."""

    before: Values
    step: Step
    writes: list[Write]


class PackedPeople(Protocol):
    """People whom rows create, packed together."""

    def __len__(self) -> int:
        """How many they are."""

    def uid(self, place: int) -> str:
        """The uid of one of them."""

    def said(self, name: str) -> list[Stored]:
        """What their rows say in a field."""

    def stand_alone(self, place: int) -> Step:
        """The step of one of them, kept from now on."""


@dataclass
class World:
    """The part of the register that the rows of an import speak of, and what the plan so far makes of it."""

    index: RegionIndex
    home: str | None
    employers: Units
    unions: Units
    covering: dict[str, Values] = field(default_factory=dict)  # employer uid → its open coverage
    covered: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))  # union uid → employers
    moves: dict[str, list[Move]] = field(default_factory=lambda: defaultdict(list))  # employer uid → its new coverages
    counts: dict[str, list[Values]] = field(default_factory=lambda: defaultdict(list))  # subject uid → head counts
    counted: dict[str, Values] = field(default_factory=dict)  # head count uid → head count
    cases: dict[str, Values] = field(default_factory=dict)  # employer uid → drive case
    keys: dict[str, list[Values]] = field(default_factory=lambda: defaultdict(list))  # employer uid → lists it stands on
    workers: HeldPeople = field(default_factory=HeldPeople)
    by_id: dict[str, str] = field(default_factory=dict)
    by_phone: dict[tuple[str, str], list[str]] = field(default_factory=lambda: defaultdict(list))
    namesakes: Namesakes = field(default_factory=Namesakes)  # those of the names that rows ask for
    asked: set[Any] = field(default_factory=set)  # names of rows that are not known by a sound number alone
    sealed: set[str] = field(default_factory=sealed)  # people whose data was erased: no sheet brings it back to them
    newcomers: dict[str, Create] = field(default_factory=dict)  # those of whom no later row has spoken yet
    packed: list[PackedPeople] = field(default_factory=list)  # those whom the sheet in hand cannot speak of once more
    unpacked: dict[str, tuple[PackedPeople, int]] = field(default_factory=dict)  # uid → where somebody is packed
    events: dict[str, list[Values]] = field(default_factory=lambda: defaultdict(list))
    ledger: Ledger = field(default_factory=Ledger)
    officers: Officers = field(default_factory=Officers)
    sites: Sites = field(default_factory=Sites)
    places: Places = field(default_factory=Places)
    spoken: set[str] = field(default_factory=set)  # the people, or entries, that the sheet in hand has spoken of
    ranks: dict[str, int] = field(default_factory=ranks)  # of the sources of counts
    meant: str = ""  # uid of the record that a person's answer to the row in hand names, until it is found
    founders: dict[str, Create] = field(default_factory=dict)
    unclaimed: dict[str, list[str]] = field(
        default_factory=lambda: defaultdict(list)
    )  # employer name → unions without one

    def add_worker(self, values: Values) -> None:
        """Take a person into the picture, or a changed one under the new keys."""
        self.workers[values["uid"]] = values
        self._add_keys(values)

    def _add_keys(self, values: Values) -> None:
        """Make a person findable: by number, and by name and phone where any row is going to ask for that name."""
        uid, name, number = values["uid"], values["name"], values.get("id_number")
        if number:
            self.by_id[number] = uid
            if name not in self.asked:
                return
        self.namesakes.add(uid, values)
        for each in phones(values["phone"]) if values.get("phone") else ():
            uids = self.by_phone[name, each]
            if uid not in uids:
                uids.append(uid)

    def begin_sheet(self) -> None:
        """The sheet in hand has spoken of nobody yet."""
        self.spoken.clear()
        self.namesakes.begin_sheet()
        self.unpack()

    def unpack(self) -> None:
        """Make those findable who are packed: by number and by uid."""
        for packed in self.packed:
            for place, number in enumerate(packed.said("id_number")):
                uid = packed.uid(place)
                self.by_id[str(number)] = uid
                self.unpacked[uid] = packed, place
        self.packed.clear()

    def welcome(self, values: Values, made: Create) -> None:
        """Take a person whom a row creates into the picture, packed as they are: most are never spoken of again."""
        self.newcomers[values["uid"]] = made
        self._add_keys(values)

    def knows(self, uid: str) -> bool:
        """True for a person of the register, or one whom an earlier row creates."""
        return uid in self.workers or uid in self.newcomers or uid in self.unpacked

    def worker(self, uid: str) -> Values:
        """All that is known of a person, derived fields and events too, to be carried on by the row in hand."""
        if uid in self.unpacked:
            packed, place = self.unpacked.pop(uid)
            (write,) = packed.stand_alone(place).writes
            assert isinstance(write, Create)
            self.newcomers[uid] = write
        made = self.newcomers.pop(uid, None)
        if made is not None:
            events = [values for record, values in made.facts if record is MembershipEvent]
            told = [Event(each["union"], each["type"], each["date"], each["reason"]) for each in events]
            self.events[uid] = events
            self.workers[uid] = made.values | standing(told)
        return self.workers[uid]

    def cover(self, coverage: Values) -> None:
        """Take an open coverage into the picture."""
        self.covering[coverage["employer"]] = coverage
        self.covered[coverage["union"]].add(coverage["employer"])

    def add_union(self, values: Values) -> None:
        """Take a union into the picture, with the employer's name that its own name speaks of."""
        self.unions.add(values)
        named = employer_of_union(values.get("name") or "")
        if named != values.get("name"):
            self.unclaimed[normal_name(named)].append(values["uid"])

    def found(self, record: type[Record], values: Values) -> str:
        """Note an employer or a union that a row names and nobody knows: created, unverified, when the row is applied."""
        uid = new_uid()
        made: Values = {"uid": uid} | values | {"verified": 0}
        self.founders[uid] = Create(record, made)
        if record is Union:
            self.add_union(made)
        else:
            self.employers.add(made)
        return uid


def _all(record: type[Record]) -> Iterable[Values]:
    fields = [field_of(record, name).alias(name) for name in ("uid", *stored_names(record))]
    return values_of(record.select(*fields).order_by(record.id))


def look(index: RegionIndex, home: str | None, parts: Sequence[RowPart], named: Iterable[str] = ()) -> World:
    """Ask the register once for everything that the rows (of all sheets of an import) may touch.

    ``named``: uids of persons whom a person's answers name.
    """
    world = World(index, home, Units(Employer, index), Units(Union, index))
    for values in _all(Employer):
        world.employers.add(values)
    for values in _all(Union):
        world.add_union(values)
    for values in _all(Coverage):
        if values["until"] is None:
            world.cover(values)
    for values in _all(HeadCount):
        world.counts[values["subject"]].append(values)
        world.counted[values["uid"]] = values
    for values in _all(KeyEmployer):
        world.keys[values["employer"]].append(values)
    for values in _all(DriveCase):
        world.cases[values["employer"]] = values
    _look_for_workers(world, parts, named)
    return world


def _look_for_workers(world: World, parts: Sequence[RowPart], named: Iterable[str]) -> None:
    """Everybody with one of the rows' ID numbers, and everybody of the same name as a row.

    To a row with a sound number only those namesakes matter who have none.
    """
    names = ["uid", *stored_names(Worker), *DERIVED]
    called = set[Any]()
    for part in parts:
        called.update(_names_of(part, world))
    texts: dict[Any, Any] = {}
    if database.newest_id(Worker):
        numbers = (number for part in parts for number in _said(part, "id_number") if number)
        for key, wanted in (("id_number", numbers), ("name", world.asked), ("uid", set(named))):
            _take(world, database.fetch_in(Worker, key, wanted, names), names, texts)
    called.discard(None)  # nobody is found by having no name, least of all who was erased
    without, at = database.fetch_without(Worker, "id_number", names), names.index("name")
    _take(world, (found for found in without if found[at] in called), names, texts)
    names = ["uid", *stored_names(MembershipEvent)]
    for columns in _columns(database.fetch_in(MembershipEvent, "worker", world.workers, names), names, texts):
        for row in zip(*columns, strict=True):
            event = dict(zip(names, row, strict=True))
            world.events[event["worker"]].append(event)
    for history in world.events.values():
        if len(history) > 1:
            history.sort(key=itemgetter("uid"))  # as the register learned them, also after an undo brought some back


def _said(part: RowPart, name: str) -> list[Any]:
    """What the rows of a part say in a field."""
    found = list(part.column(name))
    for place, row in part.loud.items():
        found[place] = row.value(name)
    return found


def _names_of(part: RowPart, world: World) -> list[Any]:
    """The names in a part; those of rows that are not known by a sound number alone are going to be asked for."""
    names, numbers = _said(part, "name"), _said(part, "id_number")
    for place, (name, number) in enumerate(zip(names, numbers, strict=True)):
        if name is not None and (not number or (place in part.loud and part.loud[place].problems)):
            world.asked.add(name)
    return names


def _take(world: World, found: Iterable[tuple[Any, ...]], names: Sequence[str], texts: dict[Any, Any]) -> None:
    """Take people into the picture: fields that hold something."""
    number, name = names.index("id_number"), names.index("name")
    for columns in _columns(found, names, texts):
        known = {place for place, uid in enumerate(columns[0]) if uid in world.workers or uid in world.sealed}
        world.workers.take(names, columns, known)
        for place, (uid, its_number, its_name) in enumerate(zip(columns[0], columns[number], columns[name], strict=True)):
            if place in known:
                continue
            if its_number and its_name not in world.asked:
                world.by_id[its_number] = uid
            else:
                world.add_worker(world.workers[uid])


def _columns(rows: Iterable[tuple[Any, ...]], names: Sequence[str], texts: dict[Any, Any]) -> Iterator[list[Sequence[Any]]]:
    """Rows as columns, some at a time, the text of several rows once. What hardly two rows share is not looked for."""
    waiting = iter(rows)
    while some := list(islice(waiting, TOGETHER)):
        yield [
            column if name in _OWN or column.count(None) == len(some) else list(map(texts.setdefault, column, column))
            for name, column in zip(names, zip(*some, strict=True), strict=True)
        ]
