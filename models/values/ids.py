"""Identity numbers and unified social credit codes: their algorithms, as pure functions on text.

The area part of an identity number is never checked: people keep the codes of counties abolished long ago.
"""

import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal
from operator import mul
from typing import Any

from models.patterns import pattern
from models.values.columns import Plain

#: Weights 2^(17-i) mod 11 of ISO 7064 MOD 11-2, as GB 11643 applies it to the first 17 digits.
_ID_WEIGHTS = tuple(pow(2, 17 - i, 11) for i in range(17))
_ID_ZERO = sum(_ID_WEIGHTS) * ord("0")
_ID_CHECKS = "10X98765432"

#: The alphabet of GB 32100 leaves out I, O, S, V and Z; weights are 3^i mod 31.
CODE_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CODE_VALUES = {character: value for value, character in enumerate(CODE_ALPHABET)}
_CODE_WEIGHTS = tuple(pow(3, i, 31) for i in range(17))

_DAYS_OF_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_MONTH_DAYS = frozenset(
    f"{month:02}{day:02}" for month, days in enumerate(_DAYS_OF_MONTH, 1) for day in range(1, days + 1)
)
_CENTURIES = frozenset({"18", "19", "20"})

#: Numbers of the right shape, a line each.
_RIGHT_SHAPES = pattern(r"(?:[1-9]\d{16}[\dX]\n)*", re.ASCII)
_PLACES = 18
#: Parts of numbers whose sums are remembered at most, of each kind.
_REMEMBERED = 50_000

_SCIENTIFIC = pattern(r"([1-9])(?:\.(\d*))?E\+?(\d{1,2})")
_IGNORED = pattern(
    r"[\s\x00-\x1f\x7f-\xa0\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ud800-\udfff"
    r"'\"`´‘’“”′()\[\]\-‐‑‒–—―−_]"
)
#: Signs and letters of other alphabets that people type for the last X.
_LIKE_X = str.maketrans("×✕✖ХΧ", "XXXXX")


def clean_number(text: str) -> str:
    """A written number in one form: half-width, upper case, × as X, without spaces, quotes, hyphens and brackets."""
    if text.isascii() and text.isalnum():
        return text.upper()
    for _attempt in range(4):
        folded = unicodedata.normalize("NFKC", _IGNORED.sub("", text)).upper().translate(_LIKE_X)
        if folded == text:
            break
        text = folded
    return text


def digits_of(number: float) -> str:
    """The decimal digits a numeric cell shows, by ``repr``: ``int(5.00112198507123e17)`` would invent the last ones.

    Empty for what is not a whole number from 0 to below 10^30.
    """
    if not 0 <= number < 1e30 or number != number // 1:
        return ""
    return str(int(Decimal(repr(number))))


def check_digit(first17: str) -> str:
    """The last character of an 18-digit identity number, from its first 17 ASCII digits."""
    return _ID_CHECKS[(sum(map(mul, _ID_WEIGHTS, first17.encode("ascii"))) - _ID_ZERO) % 11]


class _AreaSums(dict[str, int]):
    """The first six digits of identity numbers → their part of the weighted sum."""

    def __missing__(self, digits: str) -> int:
        _make_room(self)
        found = self[digits] = sum(map(mul, _ID_WEIGHTS, map(int, digits)))
        return found


class _BirthSums(dict[str, int | None]):
    """The eight digits of births → their part of the weighted sum; None where there is no such day."""

    def __missing__(self, digits: str) -> int | None:
        _make_room(self)
        right = is_day_shape(digits)
        found = self[digits] = sum(map(mul, _ID_WEIGHTS[6:], map(int, digits))) if right else None
        return found


class _TailSums(dict[str, int]):
    """The last four characters → their part of the weighted sum, the check character's included."""

    def __missing__(self, tail: str) -> int:
        _make_room(self)
        last = 10 if tail[3] == "X" else int(tail[3])
        found: int = sum(map(mul, _ID_WEIGHTS[14:], map(int, tail[:3]))) + last
        self[tail] = found
        return found


def _make_room(held: dict[str, Any]) -> None:
    if len(held) > _REMEMBERED:
        held.clear()


_AREAS, _BIRTHS, _TAILS = _AreaSums(), _BirthSums(), _TailSums()


def all_right_numbers(texts: Sequence[str]) -> bool:
    """True when all of these are identity numbers of 18 places, as stored, with existing births and the right check digits."""
    if not _RIGHT_SHAPES.fullmatch("\n".join((*texts, ""))):
        return False
    births = [_BIRTHS[text[6:14]] for text in texts]
    if None in births:
        return False
    return not any(
        (_AREAS[text[:6]] + birth + _TAILS[text[14:]] - 1) % 11  # type: ignore[operator]
        for text, birth in zip(texts, births, strict=True)
    )


def is_id_shape(text: str) -> bool:
    """True for 17 digits (the first not 0) and a digit or X: 1–8 citizens and residence permits, 9 foreigners."""
    return (
        len(text) == 18
        and text.isascii()
        and text[:17].isdigit()
        and (text[17] == "X" or text[17].isdigit())
        and text[0] != "0"
    )


def is_day_shape(text: str) -> bool:
    """True when eight digits YYYYMMDD name a day of the calendar between 1800 and 2099."""
    if text[:2] not in _CENTURIES or text[4:] not in _MONTH_DAYS:
        return False
    year = int(text[:4])
    return text[4:] != "0229" or (year % 4 == 0 and (year % 100 != 0 or year % 400 == 0))


def from15(number: str) -> str:
    """The 18-digit form of an old 15-digit citizen number: the century 19 put in, the check digit put behind."""
    first17 = f"{number[:6]}19{number[6:]}"
    return first17 + check_digit(first17)


def _sex(number: str) -> str:
    return "男" if number[16] in "13579" else "女"


def birth_of(number: str) -> str | None:
    """The birth date in an 18-digit number, as ISO text; None for any other number or a day that does not exist."""
    if not is_id_shape(number) or not is_day_shape(number[6:14]):
        return None
    return f"{number[6:10]}-{number[10:12]}-{number[12:14]}"


def birth_and_sex(number: str) -> tuple[str, str] | None:
    """Both that an 18-digit number says of its holder, the day and 男 or 女; None without a birth date."""
    birth = birth_of(number)
    return None if birth is None else (birth, _sex(number))


class _Births(dict[str, str | None]):
    """Eight digits → the day as ISO text; None where there is no such day."""

    def __missing__(self, digits: str) -> str | None:
        _make_room(self)
        found = self[digits] = f"{digits[:4]}-{digits[4:6]}-{digits[6:]}" if is_day_shape(digits) else None
        return found


_KNOWN_BIRTHS = _Births()
_SEXES = {digit: "男" if digit in "13579" else "女" for digit in "0123456789"}


def birth_and_sex_known(number: object) -> tuple[str, str] | None:
    """As :func:`birth_and_sex`, of a stored number, and quick; None also where that takes a closer look."""
    if type(number) is not str or len(number) != _PLACES or not number.isascii() or not number[6:17].isdigit():
        return None
    birth = _KNOWN_BIRTHS[number[6:14]]
    return None if birth is None else (birth, "男" if number[16] in "13579" else "女")


def births_and_sexes(numbers: Sequence[object]) -> tuple[Sequence[str], Sequence[str]] | None:
    """What many stored numbers say, as :func:`birth_and_sex` of each; None unless all of them say it at a quick look."""
    try:
        together = "\n".join((*numbers, ""))  # type: ignore[arg-type]
    except TypeError:  # one of them is missing
        return None
    if not _RIGHT_SHAPES.fullmatch(together):
        return None
    births = [_KNOWN_BIRTHS[number[6:14]] for number in numbers]  # type: ignore[index]
    return None if None in births else (births, [_SEXES[number[16]] for number in numbers])  # type: ignore[index, return-value]


def is_scientific(text: str) -> bool:
    """True for what Excel shows of an 18-digit number, such as 5.00112E+17; the digits behind are lost."""
    found = _SCIENTIFIC.fullmatch(text)
    return found is not None and 15 <= int(found[3]) <= 18


def ends_truncated(text: str) -> bool:
    """True for 18 digits ending in 000 with a wrong check digit: what Excel cut and someone made text again."""
    return is_id_shape(text) and text.endswith("000") and check_digit(text[:17]) != "0"


def first15(plain: Plain) -> str | None:
    """The 15 digits that survive in an identity number truncated by Excel; None for anything else.

    Area, birth date and the first digit of the sequence are among them: enough to look a person up for a suggestion,
    never enough to know the number (100 candidates stay). A number that another program rounded to a whole thousand
    looks like one cut by Excel, so a suggestion must still be confirmed.
    """
    if isinstance(plain, bool) or not isinstance(plain, (str, int, float)):
        return None
    if isinstance(plain, str):
        text = clean_number(plain)
        scientific = _SCIENTIFIC.fullmatch(text)
        if scientific:
            digits = scientific[1] + (scientific[2] or "")
            return digits[:15] if len(digits) >= 15 and scientific[3] == "17" else None
        return text[:15] if ends_truncated(text) else None
    digits = digits_of(plain)
    if len(digits) != 18:
        return None
    if digits.endswith("000") or isinstance(plain, int):
        return digits[:15]
    # Not cut by Excel but rounded to a binary float, whose neighbours at this size are 64 or 128 apart.
    lowest, highest = str(int(digits) - 64), str(int(digits) + 64)
    return digits[:15] if lowest[:15] == highest[:15] else None


def code_check_character(first17: str) -> str:
    """The last character of a credit code (GB 32100-2015) from its first 17; KeyError for one outside the alphabet."""
    total = sum(map(mul, _CODE_WEIGHTS, map(_CODE_VALUES.__getitem__, first17)))
    return CODE_ALPHABET[-total % 31]


def is_right_code(code: str) -> bool:
    """True for 18 characters of the GB 32100 alphabet with the right check character."""
    return len(code) == 18 and all(map(_CODE_VALUES.__contains__, code)) and code_check_character(code[:17]) == code[17]
