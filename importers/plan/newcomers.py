"""People whom a roster brings and of whom nothing must be asked: packed, a part of the sheet at a time.

Each has the row, the uids and a frame that very many share (employer, union, kind of change). A step is made for whoever looks;
applying goes by column.
"""

from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate, groupby, repeat
from typing import Any, ClassVar, NamedTuple

from importers.plan.steps import Action, Step
from importers.plan.workers import RowFrame, Told, created, is_said, wanted_of
from importers.rows.parts import RowPart
from models.engine.record import Record
from models.journal.packing import NOTHING
from models.journal.stretch import ByField, Stretch
from models.records.membership import DERIVED, SPAN, Event, MembershipEvent, spans_learned, standing
from models.records.worker import Worker
from models.uid import day_of, new_uids
from models.values.columns import Stored
from models.values.problems import Problem

#: What a membership event says, in the order of a frame's events.
_EVENT = ("union", "type", "date", "reason")
#: Characters of a uid.
_UID = 36


class _Follows(NamedTuple):
    """What follows from a row's days: those of its events, what the person's record says, and from when until when each holds."""

    days: tuple[str | None, ...]
    person: tuple[str | None, ...]
    spans: Sequence[tuple[str, str | None]]


@lru_cache(maxsize=20_000)
def _follows(events: Told, joined: Any, changed: Any, learned: str) -> _Follows:
    """Asked for the days of very many people, of whom few differ; a union may be called by any text."""
    days = {"join_date": joined, "change_date": changed, None: None}
    told = [Event(union, kind, days[day], reason) for union, kind, day, reason in events]
    dates = tuple(each.date for each in told)
    return _Follows(dates, tuple(standing(told).values()), spans_learned([(learned, date) for date in dates]))


@dataclass
class Newcomers:
    """``places``: of the rows in their part; ``frames``: what they share; ``of``: the frame of each; ``alone``: those looked at.

    ``uids``: of each person and then of the person's events, as one text; ``starts``: where each person's begin among them.
    """

    part: RowPart
    places: "array[int]" = field(default_factory=lambda: array("L"))
    frames: list[RowFrame] = field(default_factory=list)
    of: "array[int]" = field(default_factory=lambda: array("L"))
    alone: dict[int, Step] = field(default_factory=dict)
    uids: str = ""
    starts: "array[int]" = field(default_factory=lambda: array("L", [0]))
    _open: dict[str, list[Stored]] | None = field(default=None, repr=False)

    action: ClassVar[Action] = "new"

    def add(self, place: int, frame: int) -> None:
        """One more; they get their uids together, by :meth:`named`."""
        self.places.append(place)
        self.of.append(frame)

    def named(self) -> None:
        """Give all of them the uids that they need."""
        counts = [1 + len(frame.events) for frame in self.frames]
        self.starts = array("L", accumulate(map(counts.__getitem__, self.of), initial=0))
        self.uids = "".join(new_uids(self.starts[-1]))

    def __len__(self) -> int:
        """How many they are."""
        return len(self.places)

    def _uids_of(self, start: int, end: int) -> list[str]:
        return [self.uids[at : at + _UID] for at in range(_UID * self.starts[start], _UID * self.starts[end], _UID)]

    def step(self, place: int) -> Step:
        """What the row of one of them does."""
        if place in self.alone:
            return self.alone[place]
        row, frame = self.part.row(self.places[place]), self.frames[self.of[place]]
        values = row.values
        events = [
            dict(zip(_EVENT, (union, kind, values[day] if day else None, reason), strict=True))
            for union, kind, day, reason in frame.events
        ]
        uids = self._uids_of(place, place + 1)
        newcomer = created(uids, wanted_of(values, frame.employer, frame.residence), events)
        return Step(row, "new", str(values.get("name") or ""), uids[0], [newcomer], list(frame.notes))

    def stand_alone(self, place: int) -> Step:
        """The same, kept from now on: a later row speaks of this person."""
        step = self.alone[place] = self.step(place)
        return step

    def notes(self, place: int) -> Sequence[Problem]:
        """What is told of a row."""
        return self.alone[place].problems if place in self.alone else self.frames[self.of[place]].notes

    def numbers(self) -> list[int]:
        """The spreadsheet's own numbers of the rows."""
        return [self.part.numbers[place] for place in self.places]

    def said(self, name: str) -> list[Stored]:
        """What they say in a field."""
        column = self.part.column(name)
        return [column[place] for place in self.places]

    def uid(self, place: int) -> str:
        """The uid of one person."""
        return self.uids[_UID * self.starts[place] : _UID * (self.starts[place] + 1)]

    def unions(self) -> Counter[str]:
        """How many of them become known at each union (uid)."""
        found = Counter[str]()
        for frame, count in Counter(self.of).items():
            events = self.frames[frame].events
            if events and events[-1][0] is not None:
                found[events[-1][0]] += count
        return found

    def creates(self, start: int, end: int) -> Counter[type[Record]]:
        """How many records of each kind those from one place to before another are."""
        return Counter({Worker: end - start, MembershipEvent: self.starts[end] - self.starts[start] - (end - start)})

    def refers_to(self) -> set[str | None]:
        """The uids of other records that theirs name."""
        used = [self.frames[each] for each in set(self.of)]
        return {uid for each in used for uid in (each.employer, each.residence, *(event[0] for event in each.events))}

    def noted(self) -> bool:
        """True when something is told of any of them."""
        return bool(self.alone) or any(each.notes for each in self.frames)

    def forget(self) -> None:
        """Keep nothing unpacked."""
        self.part.forget()
        self._open = None

    def stretches(self, start: int, end: int) -> Iterator[Stretch]:
        """Those from one place to before another as columns: some that follow each other with as many events."""
        counts = [self.starts[place + 1] - self.starts[place] for place in range(start, end)]
        for count, run in groupby(range(start, end), key=lambda place: counts[place - start]):
            places = list(run)
            yield self._stretch(places[0], places[-1] + 1, count)
        if end == len(self):  # nobody asks for more: what was unpacked of all parts would take more room than all else
            self._open = None

    def _stretch(self, start: int, end: int, count: int) -> Stretch:
        if self._open is None:
            names = ["join_date", "change_date", *filter(is_said, self.part.kept)]
            self._open = {name: self.said(name) for name in names}
        columns = {name: column[start:end] for name, column in self._open.items()}
        all_uids = self._uids_of(start, end)
        uids = [all_uids[at::count] for at in range(count)]
        first, last = day_of(all_uids[0]), day_of(all_uids[-1])
        learned = repeat(first, end - start) if first == last else map(day_of, uids[0])
        said = zip(self.of[start:end], columns.pop("join_date"), columns.pop("change_date"), learned, strict=True)
        without = [_without_unions(each) for each in self.frames]
        told = [_follows(without[frame], joined, changed, day) for frame, joined, changed, day in said]
        frames = [self.frames[number] for number in self.of[start:end]]
        columns |= {"employer": [each.employer for each in frames], "residence_region": [each.residence for each in frames]}
        person = {name: column for name, column in columns.items() if column.count(None) < len(column)}
        return _joined(person, uids, frames, told)


def _without_unions(frame: RowFrame) -> Told:
    """A frame's events, their unions called by their turn: what follows from them is the same for all unions."""
    called = {union: str(turn) for turn, (union, *_rest) in enumerate(frame.events) if union is not None}
    return tuple((None if union is None else called[union], *rest) for union, *rest in frame.events)  # type: ignore[misc]


def _joined(
    said: dict[str, list[Stored]], uids: Sequence[list[str]], frames: Sequence[RowFrame], told: Sequence[_Follows]
) -> Stretch:
    """People and their events as columns, for the log and for the tables. ``uids``: the people's, then those of their events."""
    person: dict[str, Sequence[Any]] = {"uid": uids[0], **said}
    log: list[tuple[str, ByField]] = [("worker", {name: _heard(column) for name, column in person.items()})]
    columns = zip(*(each.person for each in told), strict=True)
    derived: dict[str, Sequence[Any]] = dict(zip(DERIVED, columns, strict=True))
    derived["union"] = [turn and frame.events[int(turn)][0] for turn, frame in zip(derived["union"], frames, strict=True)]
    rows: list[tuple[type[Record], ByField]] = [(Worker, person | derived)]
    for number, own in enumerate(uids[1:]):
        event: dict[str, Sequence[Any]] = {"uid": own, "worker": uids[0]}
        event |= dict(zip(_EVENT, zip(*(frame.events[number] for frame in frames), strict=True), strict=True))
        event["date"] = [each.days[number] for each in told]
        log.append(("membership_event", event))
        span = zip(*(each.spans[number] for each in told), strict=True)
        rows.append((MembershipEvent, event | dict(zip(SPAN, span, strict=True))))
    return Stretch("worker", uids[0], log, rows)


def _heard(column: Sequence[Any]) -> Sequence[Any]:
    """A column for the log, which tells of a person only what was said."""
    return [NOTHING if each is None else each for each in column] if None in column else column

