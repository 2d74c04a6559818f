"""In which order names stand, wherever people look them up: by pinyin as in a dictionary, or by the strokes of the surname.

One key for each name and order; keys are compared as bytes (``COLLATE "C"``), the same in Python, in a file and on a server:

- by pinyin, character by character: syllable (lu, lü, luan …), tone, strokes, order of the strokes, character. So all 张 stand
  together, before all 章. Surnames of people are read as surnames (单 Shàn), phrases in what units are called as phrases (重庆).
- by strokes: of a person the surname by the number of its strokes, then by their order (横 竖 撇 点 折) where that is known, then by
  Unicode; names of one character before those of two; then the characters of the name in the same way. Of anything else
  character by character.

Signs come first, then digits, letters (a–z without regard to case, full width as half), then Chinese characters; those of which
nothing is known and other scripts come after them, no name at all last. Spaces and the dot between names do not count.
What the order is made of is data: ``models/values/data/README.md``. Pure functions, no records.
"""

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal, TypeVar

from models.values.surnames import COMPOUND, PLAIN_COMPOUND, SURNAMES

_Thing = TypeVar("_Thing")
#: By pinyin, or by the number of strokes.
Way = Literal["pinyin", "strokes"]
PINYIN: Way = "pinyin"
STROKES: Way = "strokes"

#: The key of no name: after all others.
LAST = "\uf8ff"
#: Before what nothing is known of.
_UNKNOWN = "\ue000"
#: Where characters begin whose place is known. What stands below is its own key: digits and letters.
_FIRST = 0x2000
#: The way that is usual on this laptop.
_usual: list[Way] = [PINYIN]
_DATA = Path(__file__).parent / "data" / "name_order.txt"
#: Between the parts of a foreign name: then there is no surname of ours.
_DOTS = "·•・‧∙．"


class _Places(dict[int, str | None]):
    """Character → its part of a key, for ``str.translate``; what is missing is worked out once."""

    def __missing__(self, code: int) -> str | None:
        char = chr(code)
        plain = unicodedata.normalize("NFKC", char)
        if plain != char:
            found: str | None = plain.translate(self) or None
        elif char.isspace() or char in _DOTS or unicodedata.category(char) in ("Cc", "Cf", "Mn"):
            found = None
        elif char.isalnum():
            found = (char if code < _FIRST else _UNKNOWN + char) if char == char.casefold() else char.casefold().translate(self)
        else:
            found = "!"
        self[code] = found
        return found


class _Order:
    """What is read of the data file, once."""

    def __init__(self) -> None:
        self.pinyin, self.strokes = _Places({10: "\n"}), _Places({10: "\n"})
        #: First characters of surnames with a reading of their own.
        self.told_surnames = frozenset({*SURNAMES, *(name[0] for name in COMPOUND)})
        #: (character, reading) → its part of a key.
        self.read_as: dict[tuple[str, str], str] = {}
        #: First character → (phrase, its key), the longest first.
        self.phrases: dict[str, list[tuple[str, str]]] = {}
        part, place = "", _FIRST
        phrases: list[tuple[str, str]] = []
        with _DATA.open(encoding="utf-8") as lines:
            for line in lines:
                if line.startswith("# "):
                    part, place = line[2:].strip(), _FIRST
                    continue
                first, told, *others = line.rstrip("\n").split("\t")
                if part == "strokes":
                    self.strokes.update(zip(map(ord, told), map(chr, range(place, place + len(told))), strict=True))
                elif part == "pinyin":
                    self._take(first, told, others[0] if others else "", place)
                else:
                    phrases.append((first, told))
                place += len(told)
        for phrase, readings in sorted(phrases, key=lambda each: -len(each[0])):
            pairs = zip(phrase, readings.split(), strict=True)
            key = "".join(self.read_as.get(pair) or pair[0].translate(self.pinyin) for pair in pairs)
            self.phrases.setdefault(phrase[0], []).append((phrase, key))

    def _take(self, reading: str, chars: str, others: str, place: int) -> None:
        keys = dict(zip(chars, map(chr, range(place, place + len(chars))), strict=True))
        for char in others:
            self.read_as[char, reading] = keys.pop(char)
        self.pinyin.update((ord(char), key) for char, key in keys.items())

    @cache  # noqa: B019  # there is one, for as long as the program runs
    def surname(self, begin: str) -> tuple[int, str]:
        """How many of the first two characters of a name are a surname with a reading of its own, and their key; (0, "")."""
        for length, readings in ((2, COMPOUND.get(begin)), (1, (SURNAMES[begin[0]],) if begin[0] in SURNAMES else None)):
            if readings:
                pairs = zip(begin, readings, strict=False)
                return length, "".join(self.read_as.get(pair) or pair[0].translate(self.pinyin) for pair in pairs)
        return 0, ""


@cache
def _order() -> _Order:
    return _Order()


def person_keys(names: Sequence[str | None]) -> list[str]:
    """Where people's names stand by pinyin, many at once: of a column it takes a third of the time."""
    order, keys = _order(), _translated(names, _order().pinyin)
    for place, name in enumerate(names):
        if name and name[0] in order.told_surnames and not any(dot in name for dot in _DOTS):
            length, surname = order.surname(name[:2])
            if length:
                keys[place] = surname + name[length:].translate(order.pinyin).replace("\n", "")
    return keys


def organization_keys(names: Sequence[str | None]) -> list[str]:
    """Where units, unions, places and other texts stand by pinyin."""
    phrases = _order().phrases.keys()
    keys = _translated(names, _order().pinyin)
    for place, name in enumerate(names):
        if name and not phrases.isdisjoint(name):
            keys[place] = _phrased(name) or LAST
    return keys


def person_strokes(names: Sequence[str | None]) -> list[str]:
    """Where people's names stand by the strokes of their surnames."""
    return [
        key if key == LAST else f"{key[0]}{_length(name or '', key)}{key[1:]}"
        for name, key in zip(names, _translated(names, _order().strokes), strict=True)
    ]


def organization_strokes(names: Sequence[str | None]) -> list[str]:
    """Where units, unions, places and other texts stand by strokes, character by character."""
    return _translated(names, _order().strokes)


def _translated(names: Sequence[str | None], places: _Places) -> list[str]:
    keys = "\n".join([name or "" for name in names]).translate(places).split("\n")
    if len(keys) != len(names):  # one of them has lines of its own
        keys = [(name or "").replace("\n", "").translate(places) for name in names]
    return [key or LAST for key in keys]


def _phrased(name: str) -> str:
    """The key of a text in which there may be phrases, the longest at each place."""
    order = _order()
    parts, plain, at = [], 0, 0
    while at < len(name):
        for phrase, key in order.phrases.get(name[at], ()):
            if name.startswith(phrase, at):
                parts += [name[plain:at].translate(order.pinyin), key]
                at = plain = at + len(phrase)
                break
        else:
            at += 1
    return ("".join(parts) + name[plain:].translate(order.pinyin)).replace("\n", "")


def _length(name: str, key: str) -> str:
    """After the surname: those with one character more come before those with two; then surnames of two characters."""
    compound = name[:2] in COMPOUND or name[:2] in PLAIN_COMPOUND
    return chr(0x20 if compound else min(len(key), 0x1F))


#: What gives the keys of many names.
Keys = Callable[[Sequence[str | None]], list[str]]


def keys_of(person: bool, way: Way = PINYIN) -> Keys:
    """What gives the keys of names: of people or of anything else, in an order."""
    if way == STROKES:
        return person_strokes if person else organization_strokes
    return person_keys if person else organization_keys


def usual() -> Way:
    """In which order names stand on this laptop where nobody asked for another."""
    return _usual[0]


def use(way: str) -> None:
    """Let names stand in this order from now on; what is no order is pinyin."""
    _usual[0] = STROKES if way == STROKES else PINYIN


@lru_cache(maxsize=100_000)
def _place(name: str | None, person: bool, way: Way) -> str:
    return keys_of(person, way)([name])[0]


def place_of(name: str | None, person: bool = False) -> str:
    """Where one name stands in the usual order: what lists of some thousands are sorted by, alone or with other things."""
    return _place(name, person, usual())


def in_order(
    things: Iterable[_Thing], called: Callable[[_Thing], str | None], person: bool = False, way: Way | Literal[""] = ""
) -> list[_Thing]:
    """Things in the order of their names; those of the same place stay in the order in which they came."""
    held = list(things)
    keys = keys_of(person, way or usual())([called(each) for each in held])
    return [held[place] for place in sorted(range(len(held)), key=keys.__getitem__)]
