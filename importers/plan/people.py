"""The people of the register whom an import speaks of: packed as they were read, and unpacked for whoever asks for one.

A dict of a person takes a kilobyte and longer to be made than to be read; a roster that says nothing new asks for none.
"""

from collections.abc import Iterable, Iterator, MutableMapping, Sequence
from itertools import islice
from operator import itemgetter
from typing import Any

from models.engine.record import Values

#: Field → where it stands in a row, from 1 on; what stands first in a row is this itself.
_Places = dict[str, int]
#: Rows that are packed together.
TOGETHER = 2_000


def _unpacked(held: Values | tuple[Any, ...]) -> Values:
    if isinstance(held, dict):
        return held
    return {name: value for name, value in zip(held[0], islice(held, 1, None), strict=True) if value is not None}


class HeldPeople(MutableMapping[str, Values]):
    """uid → what is known of a person, empty fields left out."""

    def __init__(self) -> None:
        """Nobody."""
        self._held: dict[str, Values | tuple[Any, ...]] = {}
        self._places: dict[tuple[str, ...], _Places] = {}

    def take(self, names: Sequence[str], columns: Sequence[Sequence[Any]], left_out: Iterable[int]) -> None:
        """Some people as columns, the uid first; those at the places ``left_out`` aside."""
        full = [(name, column) for name, column in zip(names, columns, strict=True) if column.count(None) < len(column)]
        said = tuple(name for name, _column in full)
        places = self._places.setdefault(said, {name: place for place, name in enumerate(said, 1)})
        rows = zip([places] * len(columns[0]), *(column for _name, column in full), strict=True)
        wanted = dict(zip(columns[0], rows, strict=True))
        for place in left_out:
            wanted.pop(columns[0][place], None)
        self._held |= wanted

    def columns(self, uids: Iterable[str], names: Iterable[str]) -> dict[str, list[Any]]:
        """What is known of each of some people, by field; None of somebody who is not here."""
        held: list[Any] = list(map(self._held.get, uids))
        places = held[0][0] if held and type(held[0]) is tuple else None
        if places is not None and all(type(each) is tuple and each[0] is places for each in held):
            blank = [None] * len(held)
            return {name: list(map(itemgetter(places[name]), held)) if name in places else blank for name in names}
        found = [dict[str, Any]() if each is None else _unpacked(each) for each in held]
        return {name: [each.get(name) for each in found] for name in names}

    def __contains__(self, uid: object) -> bool:
        """True for whom it knows; nobody is unpacked."""
        return uid in self._held

    def __getitem__(self, uid: str) -> Values:
        """All that is known of a person; whoever changes it changes what is known."""
        held = self._held[uid]
        if isinstance(held, tuple):
            held = self._held[uid] = _unpacked(held)
        return held

    def __setitem__(self, uid: str, values: Values) -> None:
        """Take a person in, or what is known now."""
        self._held[uid] = values

    def __delitem__(self, uid: str) -> None:
        """Know somebody no more."""
        del self._held[uid]

    def __iter__(self) -> Iterator[str]:
        """The uids, in the order in which they became known."""
        return iter(self._held)

    def __len__(self) -> int:
        """How many they are."""
        return len(self._held)
