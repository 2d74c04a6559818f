"""Records with their facts as the log has them, very many in little room: those in bundles stay packed until looked at."""

from bisect import bisect_left
from collections.abc import Iterator, MutableMapping
from operator import attrgetter

from models.engine.record import Record
from models.journal.bundles import HeldBundle
from models.journal.log import Whole
from models.records.catalogue import RECORDS, kind_of


class Wholes(MutableMapping[str, Whole]):
    """Main record (uid) → the record with its facts, in the order in which they came.

    Of the bundles that hold them one is unpacked at a time: going through them in their order costs little, jumping much.
    """

    def __init__(self) -> None:
        """Nothing is held yet."""
        #: A record of its own, or its place in the log.
        self._held: dict[str, Whole | int] = {}
        self._bundles: list[HeldBundle] = []
        self._near: HeldBundle | None = None
        self._open: HeldBundle | None = None

    def add(self, bundle: HeldBundle) -> None:
        """Take all that a bundle holds; it comes later in the log than those before it."""
        self._bundles.append(bundle)
        for place, uid in enumerate(bundle.uids, bundle.start):
            self._held[uid] = place
        bundle.forget()

    def __getitem__(self, uid: str) -> Whole:
        """The record and its facts: of a packed one a copy."""
        held = self._held[uid]
        if not isinstance(held, int):
            return held
        bundle = self._opened(held)
        return [(RECORDS[kind], values) for kind, values in bundle.unpacked.whole(held - bundle.start)]

    def __setitem__(self, uid: str, whole: Whole) -> None:
        """Hold a record in the place of what was held of it."""
        self._held[uid] = whole

    def __delitem__(self, uid: str) -> None:
        """Hold a record no longer."""
        del self._held[uid]

    def __iter__(self) -> Iterator[str]:
        """The main records."""
        return iter(self._held)

    def __len__(self) -> int:
        """How many main records there are."""
        return len(self._held)

    def kind(self, uid: str) -> str:
        """The kind of a main record; nothing is unpacked for it."""
        held = self._held[uid]
        return self._of(held).kind if isinstance(held, int) else kind_of(held[0][0])

    def drop(self, uid: str) -> str:
        """Hold a record no longer; its kind."""
        kind = self.kind(uid)
        del self._held[uid]
        return kind

    def by_record(self) -> dict[type[Record], list[str]]:
        """The main records (uids) by their class; nothing is unpacked for it."""
        found: dict[type[Record], list[str]] = {}
        for uid in self._held:
            found.setdefault(RECORDS[self.kind(uid)], []).append(uid)
        return found

    def members(self) -> Iterator[tuple[str, str, str]]:
        """Each main record and each fact, as (uid of the main record, kind, uid)."""
        for uid, held in self._held.items():
            if not isinstance(held, int):
                yield from ((uid, kind_of(record), values["uid"]) for record, values in held)
                continue
            bundle = self._opened(held)
            yield from ((uid, kind, each) for kind, each in bundle.unpacked.uids_at(held - bundle.start))

    def _of(self, place: int) -> HeldBundle:
        """The bundle that holds an entry; most often that of the entry before."""
        if self._near is None or not self._near.start <= place <= self._near.id:
            self._near = self._bundles[bisect_left(self._bundles, place, key=attrgetter("id"))]
        return self._near

    def _opened(self, place: int) -> HeldBundle:
        """The same, unpacked from now on; the one that was unpacked before is packed again."""
        bundle = self._of(place)
        if self._open is not bundle:
            if self._open is not None:
                self._open.forget()
            self._open = bundle
        return bundle
