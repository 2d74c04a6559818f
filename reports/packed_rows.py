"""Rows of texts that wait for their paper or sheet packed: a roster of a whole district is longer than a laptop's memory."""

import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import overload

#: Rows that are packed together.
_BLOCK = 1_000

Row = Sequence[str]


class PackedRows(Sequence[Row]):
    """Rows, read one after another as often as wished; a tenth of the room that they would take."""

    def __init__(self, rows: Iterable[Row]) -> None:
        """``rows`` are taken as they come."""
        coming = iter(rows)
        self._blocks: list[bytes] = []
        self._count = 0
        #: The block that was looked at last, and its rows: whoever turns pages looks at it again.
        self._last: tuple[int, list[Row]] = (-1, [])
        while some := list(islice(coming, _BLOCK)):
            self._count += len(some)
            self._blocks.append(zlib.compress(json.dumps(some, ensure_ascii=False).encode("utf-8", "surrogatepass"), 1))

    def __len__(self) -> int:
        """How many rows."""
        return self._count

    def __eq__(self, other: object) -> bool:
        """Equal to the same rows, packed or not."""
        return isinstance(other, Sequence) and len(self) == len(other) and all(a == b for a, b in zip(self, other, strict=True))

    __hash__ = None  # type: ignore[assignment]

    def __iter__(self) -> Iterator[Row]:
        """All rows, a block of them unpacked at a time."""
        for block in self._blocks:
            yield from _unpacked(block)

    @overload
    def __getitem__(self, place: int) -> Row: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[Row]: ...

    def __getitem__(self, place: int | slice) -> Row | Sequence[Row]:
        """One row, or some. IndexError for one that there is not."""
        if isinstance(place, slice):
            return [self[each] for each in range(*place.indices(self._count))]
        at = place + self._count if place < 0 else place
        if not 0 <= at < self._count:
            raise IndexError(place)
        number, rows = self._last
        if number != at // _BLOCK:
            number = at // _BLOCK
            rows = _unpacked(self._blocks[number])
            self._last = number, rows
        return rows[at % _BLOCK]


def _unpacked(block: bytes) -> list[Row]:
    rows: list[Row] = json.loads(zlib.decompress(block).decode("utf-8", "surrogatepass"))
    return rows
