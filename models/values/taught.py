"""What an open register teaches the program: one value that never changes, held in one place.

Code lists with the register's own labels and wordings, its groups, how much of a number is left to see. A kind of value asks
:func:`taught`; ``models/journal/learning.py`` alone puts another value in its place, when a register opens or closes and when
what teaches was written. With no register open it is what the program itself knows.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any


@dataclass(frozen=True, slots=True)
class Wordings:
    """The labels that a list offers, its synonyms (synonym → label), and every wording that is read, as written and folded."""

    labels: tuple[str, ...]
    synonyms: Mapping[str, str]
    index: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Taught:
    """What a register taught: the lists by their names in which it differs from the program, and the rest.

    ``new_form``: the groups that count as new employment forms, None for those that the program knows. ``id_shown``,
    ``phone_shown``: how many first and last digits of an identity number and a mobile number are left to see. ``erased``:
    whether anybody's data may have been erased; of a register that nobody has looked into it may. ``count_sources``:
    the sources of head counts from the best on, empty for the program's own order. ``own``: table → the
    columns of the own fields of its records; ``own_told``: the rows that say so, another one whenever they are others.
    """

    lists: Mapping[str, Wordings] = field(default_factory=lambda: MappingProxyType({}))
    new_form: frozenset[str] | None = None
    id_shown: tuple[int, int] = (3, 4)
    phone_shown: tuple[int, int] = (3, 4)
    erased: bool = True
    count_sources: tuple[str, ...] = ()
    own: Mapping[str, tuple[Any, ...]] = field(default_factory=lambda: MappingProxyType({}))
    own_told: tuple[tuple[Any, ...], ...] = ()


#: What is known without a register.
UNTAUGHT = Taught()


class _Held:
    """The one place: what the open register taught. It is replaced as a whole, so no thread sees a half of it."""

    now: Taught = UNTAUGHT


def taught() -> Taught:
    """What the open register taught, or UNTAUGHT."""
    return _Held.now


def hold(known: Taught) -> None:
    """Put what is taught into the place of what was. Only ``models/journal/learning.py`` calls it."""
    _Held.now = known
