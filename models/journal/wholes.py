"""Records with their facts as the log has them, very many in little room: those in bundles stay packed until looked at."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, MutableMapping, Sequence
from itertools import accumulate
from typing import Any, NamedTuple

from models.engine.record import Record
from models.journal.bundles import HeldBundle
from models.journal.log import Whole
from models.journal.packing import Kinds, place_of
from models.records.catalogue import RECORDS, kind_of


class Run(NamedTuple):
    """Records of one shape that stand one after the other in a bundle, from one place to before another, as columns."""

    start: int
    end: int
    kinds: Kinds


class Packed:
    """The records of a bundle that are held: all but those at the places ``gone``; those at ``alone`` as they stand there."""

    def __init__(self, bundle: HeldBundle) -> None:
        """Hold all of them; their uids alone are read."""
        self.bundle = bundle
        self.gone: set[int] = set()
        self.alone: dict[int, Whole] = {}
        bundle.fold()

    def __len__(self) -> int:
        """How many are held."""
        return self.bundle.count - len(self.gone)

    @property
    def kind(self) -> str:
        """The kind of all of them."""
        return self.bundle.kind

    def place(self, uid: str) -> int:
        """Where a record stands; -1 where it is not held."""
        place = place_of(self.bundle.records, uid)
        return -1 if place in self.gone else place

    def uids(self) -> list[str]:
        """The uids of those that are held, in the order of the log."""
        every = self.bundle.uids
        return [uid for place, uid in enumerate(every) if place not in self.gone] if self.gone else every

    def whole(self, place: int) -> Whole:
        """The record at a place and its facts, a copy of what is packed."""
        if place in self.alone:
            return self.alone[place]
        return [(RECORDS[kind], values) for kind, values in self.bundle.unpacked.whole(place)]

    def members(self) -> Iterator[tuple[str, Sequence[str], Sequence[str]]]:
        """Kind, uids and the uids of their main records, of the records and of all facts that are held."""
        own = self.bundle.uids
        left = self.gone | self.alone.keys()
        for whole in self.alone.values():
            for record, values in whole:
                yield kind_of(record), [values["uid"]], [str(whole[0][1]["uid"])]
        for places, kinds in self.bundle.unpacked.shapes():
            mains = [own[place] for place in places]
            for kind, columns in kinds:
                if left:
                    at = [number for number, place in enumerate(places) if place not in left]
                    yield kind, [columns["uid"][each] for each in at], [mains[each] for each in at]
                else:
                    yield kind, columns["uid"], mains

    def runs(self, besides: Iterable[int] = ()) -> Iterator[Run | Whole]:
        """In the order of the log: those of one shape as columns, by itself what stands alone or at the places ``besides``."""
        start = 0
        for end in [*sorted(self.gone | self.alone.keys() | set(besides)), self.bundle.count]:
            yield from (Run(*piece) for piece in self.bundle.unpacked.pieces(start, end))
            if end < self.bundle.count and end not in self.gone:
                yield self.whole(end)
            start = end + 1


class Wholes(MutableMapping[str, Whole]):
    """Main record (uid) → the record with its facts, in the order in which they came.

    Most are looked at part by part: a bundle, or some that stand by themselves. Of bundles one is unpacked at a time: going
    through them in their order costs little, jumping much.
    """

    def __init__(self) -> None:
        """Nothing is held yet."""
        self._parts: list[Packed | dict[str, Whole]] = []
        #: Those that stand by themselves, in which part.
        self._loose: dict[str, dict[str, Whole]] = {}
        self._open: Packed | None = None
        self._ranks: tuple[list[str], list[str], list[Packed]] | None = None

    def add(self, bundle: HeldBundle) -> None:
        """Take all that a bundle holds; it comes later in the log than those before it."""
        self._parts.append(Packed(bundle))
        self._ranks = None

    def parts(self) -> Iterator[Packed | dict[str, Whole]]:
        """What is held, part by part; a bundle that is unpacked meanwhile is folded again when the next one comes."""
        for part in self._parts:
            if isinstance(part, Packed):
                self._opened(part)
            if part:
                yield part

    def __getitem__(self, uid: str) -> Whole:
        """The record and its facts: of a packed one a copy."""
        if uid in self._loose:
            return self._loose[uid][uid]
        part, place = self._found(uid)
        return self._opened(part).whole(place)

    def __setitem__(self, uid: str, whole: Whole) -> None:
        """Hold a record in the place of what was held of it."""
        if uid not in self._loose:
            if uid in self:
                part, place = self._found(uid)
                part.alone[place] = whole
                return
            if not self._parts or isinstance(self._parts[-1], Packed):
                self._parts.append({})
            last = self._parts[-1]
            assert isinstance(last, dict)
            self._loose[uid] = last
        self._loose[uid][uid] = whole

    def __delitem__(self, uid: str) -> None:
        """Hold a record no longer."""
        if uid in self._loose:
            del self._loose.pop(uid)[uid]
            return
        part, place = self._found(uid)
        part.gone.add(place)
        part.alone.pop(place, None)

    def __contains__(self, uid: object) -> bool:
        """True for a main record that is held; nothing is unpacked for it."""
        return uid in self._loose or (isinstance(uid, str) and self._place(uid) is not None)

    def __iter__(self) -> Iterator[str]:
        """The main records."""
        for part in self._parts:
            yield from part.uids() if isinstance(part, Packed) else list(part)

    def __len__(self) -> int:
        """How many main records there are."""
        return sum(map(len, self._parts))

    def kind(self, uid: str) -> str:
        """The kind of a main record; nothing is unpacked for it."""
        if uid in self._loose:
            return kind_of(self._loose[uid][uid][0][0])
        return self._found(uid)[0].kind

    def drop(self, uid: str) -> str:
        """Hold a record no longer; its kind."""
        kind = self.kind(uid)
        del self[uid]
        return kind

    def of_record(self, record: type[Record]) -> list[str]:
        """The main records (uids) of a class; nothing is unpacked for it."""
        kind = kind_of(record)
        return [uid for each, uids in self.by_kind(kind) if each == kind for uid in uids]

    def by_kind(self, only: str = "") -> Iterator[tuple[str, list[str]]]:
        """The main records (uids) with their kind, as many at a time as stand together; nothing is unpacked for it.

        ``only``: bundles of other kinds are left out.
        """
        for part in self._parts:
            if isinstance(part, Packed):
                if only in ("", part.kind):
                    yield part.kind, part.uids()
                    part.bundle.fold()
                continue
            found: dict[str, list[str]] = {}
            for uid, whole in part.items():
                found.setdefault(kind_of(whole[0][0]), []).append(uid)
            yield from found.items()

    def members(self) -> Iterator[tuple[str, Sequence[str], Sequence[str]]]:
        """Kind, uids and the uids of their main records: of the main records and the facts, many at a time."""
        for part in self.parts():
            if isinstance(part, Packed):
                yield from part.members()
                continue
            for uid, whole in part.items():
                for record, values in whole:
                    yield kind_of(record), [values["uid"]], [uid]

    def _found(self, uid: str) -> tuple[Packed, int]:
        found = self._place(uid)
        if found is None:
            raise KeyError(uid)
        return found

    def _place(self, uid: str) -> tuple[Packed, int] | None:
        """The bundle that holds a record, and where."""
        lows, highs, parts = self._ranked()
        at = bisect_right(lows, uid) - 1
        while at >= 0 and highs[at] >= uid:
            place = parts[at].place(uid)
            if place >= 0:
                return parts[at], place
            at -= 1
        return None

    def _ranked(self) -> tuple[list[str], list[str], list[Packed]]:
        """The bundles by their least uids; with these, and the greatest uid of each and of all before it."""
        if self._ranks is None:
            parts = [part for part in self._parts if isinstance(part, Packed)]
            parts.sort(key=lambda part: str(part.bundle.values["low"]))
            bounds: list[Any] = [part.bundle.values for part in parts]
            self._ranks = [each["low"] for each in bounds], list(accumulate((each["high"] for each in bounds), max)), parts
        return self._ranks

    def _opened(self, part: Packed) -> Packed:
        """The same; the one that was unpacked before is folded again."""
        if self._open is not None and self._open is not part:
            self._open.bundle.fold()
        self._open = part
        return part
