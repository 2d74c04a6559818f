"""How easily a new passphrase is guessed: common ones, dates, keyboards, repeats, and the names that lie nearest.

zxcvbn counts how many guesses what was typed from the usual pieces would take; this adds what it does not know: Chinese
characters, the habits of passwords here, the places of Chongqing and the laptop's own names, in characters and in pinyin.
Only new passphrases are looked at, never those that open what is there.
"""

import csv
from collections.abc import Iterable, Sequence
from enum import Enum, auto
from functools import lru_cache
from pathlib import Path
from typing import Any

from models.errors import UserError
from models.language import N_, _
from models.patterns import pattern
from models.register.keys import MIN_LENGTH, check_passphrase
from models.register.laptop import person_name
from models.values.pinyin import is_han, organization_readings

#: Powers of ten of guesses from which on a passphrase is taken, and from which on it is a good one. A guess costs a third of
#: a second and 128 MB: 10⁸ of them keep ten processors busy for a month.
ENOUGH, GOOD = 8.0, 11.0
#: zxcvbn looks at no more.
_LONGEST = 72
#: What one character of Chinese adds, as a power of ten: two of them make a word, of which people know some ten thousand.
_CHARACTER = 1.7
#: What one name, word or phrase out of our own list adds.
_KNOWN = 3.0
#: Digits and signs behind a name that make it no better: a year, a day, 123456.
_BEHIND_NAMES = 8
_DATA = Path(__file__).resolve().parent.parent / "records" / "data"
_PLACES = _DATA / "regions.csv"
#: What people here type who are asked for a password, one a line; zxcvbn's own lists come from elsewhere.
_COMMON_FILE = _DATA / "common_passphrases.txt"
#: What the names of places end in, and people leave out.
_ENDING = pattern(r"(街道|地区|自治县|新区|[区县镇乡市])$")
_PHONE = pattern(r"(?:\+?86)?1[3-9]\d{9}")
_IDENTITY = pattern(r"\d{15}|\d{17}[\dXx]")
_DIGITS = pattern(r"\d+")


class Weakness(Enum):
    """Why a passphrase is easily guessed."""

    COMMON = auto()
    DATE = auto()
    NUMBER = auto()
    PATTERN = auto()
    NAME = auto()
    SIMPLE = auto()


_WHY = {
    Weakness.COMMON: N_("这个口令太常见，人人都会先试它"),
    Weakness.DATE: N_("这个口令主要是日期，一试就中"),
    Weakness.NUMBER: N_("这个口令主要是电话或证件号，知道的人不少"),
    Weakness.PATTERN: N_("这个口令是重复的字，或者键盘上挨着的键"),
    Weakness.NAME: N_("这个口令主要是地名、姓名或本程序的名称，容易猜到"),
    Weakness.SIMPLE: N_("这个口令太短或太简单，容易猜到"),
}


def check(passphrase: str, folder: Path) -> str:
    """A new passphrase for the register in ``folder``, in the form that is used. UserError when it is easily guessed."""
    normal = check_passphrase(passphrase)
    weakness = weakness_of(normal, own_names(folder))
    if weakness is not None:
        raise UserError(_("{why}。{advice}").format(why=_(_WHY[weakness]), advice=advice()))
    return normal


def advice() -> str:
    """What makes a good passphrase, as a sentence."""
    return _("好的口令：三四个不相干的词连起来，或者十几个字符，不用生日、电话、地名。")


def hint(passphrase: str, folder: Path) -> str:
    """What to say of a passphrase while it is typed; "" for none."""
    if not passphrase:
        return ""
    try:
        normal = check_passphrase(passphrase)
    except UserError:
        return _("还太短：至少 {count} 个字符。").format(count=MIN_LENGTH)
    names = own_names(folder)
    weakness = weakness_of(normal, names)
    if weakness is not None:
        return _("{why}。{advice}").format(why=_(_WHY[weakness]), advice=advice())
    return _("强度：好。") if _powers(normal, names)[0] >= GOOD else _("强度：可以。再加一个不相干的词更好。")


def own_names(folder: Path) -> list[str]:
    """The names that lie nearest to whoever guesses: of the person, and of the folders that the register lies in."""
    return [name for name in (person_name(), *folder.parts[-3:]) if len(name) > 1]


def weakness_of(passphrase: str, names: Sequence[str] = ()) -> Weakness | None:
    """Why a passphrase (in the form that is used) is easily guessed; None when it is not. ``names``: more that are tried."""
    if _PHONE.fullmatch(bare := passphrase.replace("-", "").replace(" ", "")) or _IDENTITY.fullmatch(bare):
        return Weakness.NUMBER
    powers, sequence = _powers(passphrase, names)
    found = _names_alone(passphrase, names, sequence)
    if found:
        return Weakness.COMMON if found <= _common().keys() else Weakness.NAME
    return None if powers >= ENOUGH else _why(passphrase, sequence)


def _names_alone(passphrase: str, names: Sequence[str], sequence: list[dict[str, Any]]) -> set[str]:
    """The names and phrases that a passphrase consists of, with what people put behind them: a year, a few digits, a sign.

    Empty when there is more in it.
    """
    rest, known = passphrase.casefold(), [*_known_names()[0], *(name.casefold() for name in names)]
    found = set(_found_in(rest, known))
    found |= {each["matched_word"] for each in sequence if each.get("dictionary_name") == "user_inputs"}
    for name in sorted(found, key=len, reverse=True):
        rest = rest.replace(name, "")
    return found if len(rest) <= _BEHIND_NAMES and not any(map(str.isalpha, rest)) else set()


def _powers(passphrase: str, names: Sequence[str]) -> tuple[float, list[dict[str, Any]]]:
    """As what power of ten of guesses a passphrase counts, and the pieces that zxcvbn found in it."""
    from zxcvbn import zxcvbn  # a megabyte of words: only where a new passphrase is given

    known, readings = _known_names()
    habits = [each for each in _common() if not is_han(each[0])]
    own = [each for name in names for each in (name, *_readings(name))]
    rest, powers = _without_chinese(passphrase.casefold(), [*known, *(name.casefold() for name in names)])
    if not rest:
        return powers, []
    found = zxcvbn(rest[:_LONGEST], user_inputs=[*habits, *own, *readings])
    numbers = _PHONE.sub("", rest) == "" or not _DIGITS.sub("", rest)
    worth = float(found["guesses_log10"])
    return powers + (min(worth, 5.0) if numbers and len(rest) < 12 else worth), list(found["sequence"])


def _without_chinese(text: str, known: Sequence[str]) -> tuple[str, float]:
    """What else there is in a text, and what its Chinese counts: names and phrases as one each, a character twice as once."""
    powers = 0.0
    for name in _found_in(text, known):
        text, powers = text.replace(name, ""), powers + _KNOWN
    powers += _CHARACTER * len({each for each in text if is_han(each)})
    return "".join(each for each in text if not is_han(each)), powers


def _found_in(text: str, known: Iterable[str]) -> list[str]:
    """The names in a text, the longest first, each only where no longer one covers it."""
    found = []
    written = {name for name in known if name and is_han(name[0]) and name in text}
    for name in sorted(written, key=lambda name: (-len(name), name)):
        if name in text:
            found.append(name)
            text = text.replace(name, " ")
    return found


def _why(passphrase: str, sequence: list[dict[str, Any]]) -> Weakness:
    """The piece that most of a weak passphrase consists of."""
    if not sequence:
        return Weakness.NAME if any(name in passphrase for name in _known_names()[0]) else Weakness.SIMPLE
    longest = max(sequence, key=lambda piece: len(piece["token"]))
    if len(longest["token"]) * 2 < len(passphrase):
        return Weakness.NAME if any(name in passphrase for name in _known_names()[0]) else Weakness.SIMPLE
    if longest["pattern"] == "dictionary":
        own = longest["dictionary_name"] == "user_inputs" and longest["matched_word"] not in _common()
        return Weakness.NAME if own else Weakness.COMMON
    by_pattern = {
        "date": Weakness.DATE, "regex": Weakness.DATE, "repeat": Weakness.PATTERN, "sequence": Weakness.PATTERN,
        "spatial": Weakness.PATTERN,
    }  # fmt: skip
    return by_pattern.get(longest["pattern"], Weakness.SIMPLE)


def _readings(name: str) -> list[str]:
    """A name's pinyin as it is typed: whole, and by its first letters where they are many enough to be one."""
    found = ["".join(reading) for reading in organization_readings(name)] if any(map(is_han, name)) else [name.casefold()]
    return [each for each in found if len(each) > 2]


@lru_cache(maxsize=1)
def _common() -> dict[str, None]:
    """What is tried first, in the file's order: the first the most often."""
    return dict.fromkeys(_COMMON_FILE.read_text("utf-8").split())


@lru_cache(maxsize=1)
def _known_names() -> tuple[frozenset[str], tuple[str, ...]]:
    """The places of Chongqing and common phrases, as they are written and as pinyin; without what every town's name ends in."""
    with _PLACES.open(encoding="utf-8", newline="") as lines:
        places = [row["name"] for row in csv.DictReader(lines)]
    short = [_ENDING.sub("", place) for place in places]
    phrases = [each for each in _common() if is_han(each[0])]
    names = frozenset(name for name in (*phrases, *places, *short) if len(name) > 1)
    return names, tuple(dict.fromkeys(each for name in sorted(names) for each in _readings(name)))
