"""A roster planned a part at a time: who is plainly new, or plainly said as known, is packed; every other row is judged alone."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from importers.plan.context import SheetContext
from importers.plan.newcomers import Newcomers
from importers.plan.steps import Step, Steps
from importers.plan.unchanged import Unchanged
from importers.plan.workers import OPENING, OUTSIDE, SHARED, RowFrame, days_said, frame_of, is_said
from importers.plan.world import World
from importers.rows.parts import RowPart
from importers.rows.rows import Row
from models.values.columns import Stored

#: What rows with the same frame have in common.
_Key = tuple[Stored, ...]
_ALONE, _NEW, _KNOWN = range(3)
_STATE = SHARED.index("membership_state")


class _Known(NamedTuple):
    """The rows of a part: whom they speak of ("" for nobody known), what is held of those, and the days that are said.

    ``agree``: whether each says of its person's own fields just what was held; ``spoken``: people whom rows of this part that
    were judged alone may have changed since.
    """

    people: Sequence[str]
    held: Mapping[str, Sequence[Stored]]
    days: Mapping[str, Sequence[Stored]]
    agree: bytearray
    spoken: set[str]


@dataclass
class ByColumn:
    """The parts of one sheet in their turn. ``alone`` judges a row by itself; ``passed``: numbers that earlier sheets have.

    ``frames``: what rows that begin alike have in common, None where one must be looked at; it holds until a unit is founded.
    A frame is only asked for once a row like it has been judged by itself: that one founds the units which nobody knew.
    """

    world: World
    context: SheetContext
    alone: Callable[[Row], Step]
    passed: Mapping[object, object]
    frames: dict[_Key, RowFrame | None] = field(default_factory=dict)
    begun: set[_Key] = field(default_factory=set)
    founded: int = 0

    def judge(self, part: RowPart, steps: Steps) -> Iterator[Step | Newcomers | Unchanged]:
        """Judge the rows of a part and put their steps to the others; what was decided is given out as well."""
        new, same = Newcomers(part), Unchanged(part)
        numbers: dict[RowFrame, int] = {}
        keys, kinds = self._keys(part), self._kinds(part)
        known = self._known(part) if _KNOWN in kinds else None
        begun: tuple[Newcomers | Unchanged, int] = (new, 0)
        told: dict[_Key, int] = {}
        for place, kind in enumerate(kinds):
            if kind == _NEW and begun[0] is new and (number := told.get(keys[place])) is not None:
                new.add(place, number)
                continue
            frame = self._frame(part, place, keys[place]) if kind else None
            packed: Newcomers | Unchanged | None = None
            if frame is not None and kind == _NEW:
                packed = new
            elif frame is not None and known is not None and (uid := self._same(known, place, keys[place], frame)):
                packed = same
            if packed is not begun[0]:
                _end(begun, steps)
                begun = (packed, len(packed)) if packed is not None else (new, len(new))
            if packed is None:
                told.clear()  # it may found a unit that others name
                step = self.alone(part.row(place))
                steps.append(step)
                if known is not None:
                    known.spoken.add(step.target)
                yield step
            elif packed is new and frame is not None:
                if frame not in numbers:
                    numbers[frame] = len(new.frames)
                    new.frames.append(frame)
                told[keys[place]] = numbers[frame]
                new.add(place, numbers[frame])
            else:
                same.add(place, uid)
                self.world.spoken.add(uid)
        _end(begun, steps)
        part.forget()
        yield from self._packed(new, same)

    def _packed(self, new: Newcomers, same: Unchanged) -> Iterator[Newcomers | Unchanged]:
        if len(new):
            new.named()
            self.world.packed.append(new)
            if self.context.answers:
                self.world.unpack()
            yield new
        if len(same):
            yield same

    def _kinds(self, part: RowPart) -> bytearray:
        """For each row whether it speaks by a sound number of its own of somebody whom nobody knows, or who is known."""
        world, kinds = self.world, bytearray(len(part))
        known = 0 if self.context.blanks else _KNOWN
        for place, (number, name) in enumerate(zip(part.column("id_number"), part.column("name"), strict=True)):
            if number is None or number in self.passed:
                continue
            if str(number) in world.by_id:
                kinds[place] = known
            elif name not in world.asked and not world.namesakes.named(str(name)):
                kinds[place] = _NEW
        for place in part.loud:
            kinds[place] = _ALONE
        for place, row in enumerate(part.numbers if self.context.answers else ()):
            if row in self.context.answers:
                kinds[place] = _ALONE
        return kinds

    def _keys(self, part: RowPart) -> list[_Key]:
        days = map(days_said, part.column("join_date"), part.column("change_date"))
        return list(zip(*map(part.column, SHARED), days, strict=True))

    def _frame(self, part: RowPart, place: int, key: _Key) -> RowFrame | None:
        if key not in self.begun:
            self.begun.add(key)
            return None
        if self.founded != len(self.world.founders):
            self.frames.clear()
            self.founded = len(self.world.founders)
        if key not in self.frames:
            self.frames[key] = frame_of(part.row(place).values, self.world, self.context)
        return self.frames[key]

    def _known(self, part: RowPart) -> _Known:
        """What the rows say beside what the register holds of whoever has their numbers."""
        by_id, numbers = self.world.by_id, part.column("id_number")
        people = [by_id.get(number, "") for number in numbers]  # type: ignore[arg-type]
        agree = bytearray(b"\1" * len(part))
        names = list(filter(is_said, part.kept))
        known = self.world.workers.columns(people, {*names, "union", "employer", "residence_region"})
        for name in names:
            said, other = part.column(name), known[name]
            for place in [] if said == other else range(len(part)):
                if said[place] is not None and said[place] != other[place]:
                    agree[place] = 0
        days = {name: part.column(name) for name in ("join_date", "change_date")}
        return _Known(people, known, days, agree, set())

    def _same(self, rows: _Known, place: int, key: _Key, frame: RowFrame) -> str:
        """The uid of the person who is known and of whom a row says just what is held; "" where it may say more."""
        uid = rows.people[place]
        if not rows.agree[place] or uid in rows.spoken:
            return ""
        if len(frame.events) != 1 or frame.notes or key[_STATE] in OUTSIDE or uid not in self.world.workers:
            return ""
        events = self.world.events[uid]
        (union, kind, day, reason) = frame.events[0]
        if len(events) != 1 or kind not in OPENING or rows.held["union"][place] != union:
            return ""
        known = events[0]
        told = known["union"], known["type"], known["date"]
        if told != (union, kind, rows.days[day][place] if day else None) or reason not in (None, known["reason"]):
            return ""
        if frame.employer not in (None, rows.held["employer"][place]):
            return ""
        return uid if frame.residence in (None, rows.held["residence_region"][place]) else ""


def _end(begun: tuple[Newcomers | Unchanged, int], steps: Steps) -> None:
    """Those that are packed and follow each other go to the steps."""
    packed, start = begun
    if start < len(packed):
        steps.take(packed, start, len(packed))

