"""Pinyin of names: how people type a name they only hear. Pure functions, no records.

The library's dictionaries take longer to load than the rest of the program: they are loaded with the first reading, not at
the start, which most commands never ask for.
"""

from collections.abc import Iterator
from functools import cache

from models.values.surnames import SURNAMES

#: Readings that a surname with a reading of its own also has in people's mouths. All of them are found.
_ALSO = {"翟": "di", "乐": "le", "覃": "tan", "谌": "shen", "隗": "kui", "朴": "pu", "区": "qu", "柏": "bo", "尉": "yu",
         "澹": "tan", "长": "zhang"}  # fmt: skip


def is_han(character: str) -> bool:
    """True for a Chinese character, rare ones included."""
    return "\u3400" <= character <= "\u9fff" or "\U00020000" <= character <= "\U0003ffff" or character == "〇"


@cache
def _reading(character: str) -> str:
    from pypinyin import Style, lazy_pinyin

    return str(lazy_pinyin(character, style=Style.NORMAL, errors="ignore", v_to_u=False)[0]) if is_han(character) else ""


def person_readings(name: str) -> list[list[str]]:
    """The readings of a person's name, syllable by syllable; a second and third one where the surname has several."""
    syllables = [_reading(character) or character.casefold() for character in name if character.isalnum()]
    if not syllables or not name:
        return []
    first = name[0]
    own = SURNAMES[first].rstrip("12345") if first in SURNAMES else syllables[0]
    firsts = dict.fromkeys((own, _ALSO.get(first, syllables[0]), syllables[0]))
    return [[reading, *syllables[1:]] for reading in firsts if reading]


def organization_readings(name: str) -> list[list[str]]:
    """The reading of an organization's name, by its words: 重庆 is chongqing here. One entry, as for people."""
    from pypinyin import Style, lazy_pinyin

    kept = "".join(character for character in name if character.isalnum())
    found: list[str] = []
    for part in lazy_pinyin(kept, style=Style.NORMAL, v_to_u=False):
        found += [str(part).casefold()]
    return [found] if found else []


def initials(syllables: list[str]) -> str:
    """The first letters: zhang wei → zw."""
    return "".join(syllable[0] for syllable in syllables)


@cache
def _read_whole(text: str) -> tuple[str, tuple[str, ...]]:
    """The initials of a text, and the letters of its reading from each of its syllables on."""
    syllables = next(iter(organization_readings(text)), [])
    ends = tuple("".join(syllables[place:]) for place in range(len(syllables)))
    return initials([each for each in syllables if each]), ends


def found_by(typed: str, text: str) -> bool:
    """True when ``text`` may be meant by what was typed: a part of it, of its initials, or of its reading from a syllable on."""
    wanted = typed.strip().casefold()
    if wanted in text.casefold():
        return True
    letters = wanted.replace(" ", "")
    if not (letters.isascii() and letters.isalnum()):
        return False
    first, ends = _read_whole(text)
    return letters in first or any(end.startswith(letters) for end in ends)


@cache
def _syllables() -> frozenset[str]:
    """Every syllable there is, without tones; ü as v."""
    from pypinyin import Style
    from pypinyin.constants import PINYIN_DICT
    from pypinyin.style import convert

    found = set()
    for code, readings in PINYIN_DICT.items():
        if code < 0x9FFF:
            found |= {convert(each, Style.NORMAL, strict=False, default=each).replace("ü", "v") for each in readings.split(",")}
    return frozenset(each for each in found if each.isascii() and each.isalpha())


@cache
def _beginnings() -> frozenset[str]:
    return frozenset(each[:length] for each in _syllables() for length in range(1, len(each) + 1))


def segmentations(letters: str) -> Iterator[list[str]]:
    """The ways to read typed letters as syllables, the last one perhaps unfinished: xian → [xian], [xi, an]."""
    if letters in _beginnings():
        yield [letters]
    for length in range(min(6, len(letters) - 1), 0, -1):
        if letters[:length] in _syllables():
            for rest in segmentations(letters[length:]):
                yield [letters[:length], *rest]

