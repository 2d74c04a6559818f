"""Head counts and Chinese numerals as people write them, read into whole numbers. Pure functions, no records."""


from decimal import Decimal
from typing import NamedTuple

from models.patterns import pattern

#: More people than this is never one employer or union: it is a code or a date in the wrong column.
LARGEST_COUNT = 99_999_999

_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2, "兩": 2}
#: The characters of Chinese numerals below ten thousand.
NUMERAL = "零〇○一二两兩三四五六七八九十百千"
_SPOKEN = pattern(
    "(?:([一二两兩三四五六七八九])千)?(零)?(?:([一二两兩三四五六七八九])?(百))?(零)?"
    "(?:([一二三四五六七八九])?(十))?(零)?([一二两兩三四五六七八九])?"
)
_DIGIT_TABLE = str.maketrans({digit: str(value) for digit, value in _DIGITS.items()})

_NUMBER = rf"(?:\d{{1,3}}(?:,\d{{3}})+|\d{{1,9}}(?:\.\d{{1,4}})?|[{NUMERAL}]+)"
_UNIT = "(?:个人|人次|人|名|个|位|户|家|年)?"
_ABOUT_BEFORE = "(?P<before>大约|约|大概|估计|至少|不少于|不低于|超过|超|逾|≥|>=|>|~|≈)?"
_ABOUT = r"左右|上下|余|多|来|几|\+|及以上|以上"
_ONE = pattern(
    f"{_ABOUT_BEFORE}(?P<low>{_NUMBER})(?P<myriad>万)?{_UNIT}(?P<after>{_ABOUT})?{_UNIT}(?P<last>{_ABOUT})?"
)
_RANGE = pattern(f"(?:大约|约|大概)?(?P<low>{_NUMBER}){_UNIT}(?:-|~|至|到)(?P<high>{_NUMBER}){_UNIT}(?:左右|上下)?")
#: Words that say that there are so many at least, and words that say that there are some more.
_OPEN = frozenset({"至少", "不少于", "不低于", "超过", "超", "逾", "≥", ">=", ">", "+", "及以上", "以上"})
_SOME_MORE = frozenset({"余", "多", "来", "几"})
#: 30 20 is two numbers, 1 204 is one.
_TWO_NUMBERS = pattern(r"\d\s+\d")
_GROUPED = pattern(r"(?<![\d.,])\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+(?!\d)")
_DASHES = pattern("-{1,2}|[‐‑‒–—―−]{1,2}")


#: In place of an upper bound: "20 人以上" has none.
OPEN_ENDED = LARGEST_COUNT + 1


class CountReading(NamedTuple):
    """A number of people, and whether it was written as a range or an "about" (then it is the lower bound).

    ``upper``: the upper bound where one was written ("20-30", "20多"), OPEN_ENDED for "20以上", None for a plain number and
    for an "about", which says nothing of how far it may be off.
    """

    value: int
    approximate: bool
    upper: int | None = None


def chinese_number(text: str) -> int | None:
    """Whole number below ten thousand of a spoken numeral ("一百零五" → 105); None if it is none or has two readings.

    "一百二" is refused: people mean 120 by it, the grammar says 102.
    """
    found = _SPOKEN.fullmatch(text)
    if not found or not text:
        return 0 if text in {"零", "〇", "○"} else None
    thousands, zero1, hundreds, hundred, zero2, tens, ten, zero3, ones = found.groups()
    colloquial = ones and (thousands or hundred) and not ten and not (zero1 or zero2 or zero3)
    if colloquial or text.endswith("零") or (hundred and not hundreds and thousands):
        return 0 if text == "零" else None
    value = _DIGITS[thousands] * 1000 if thousands else 0
    value += (_DIGITS[hundreds] if hundreds else 1) * 100 if hundred else 0
    value += (_DIGITS[tens] if tens else 1) * 10 if ten else 0
    return value + (_DIGITS[ones] if ones else 0)


def arabic(text: str) -> str:
    """A run of Chinese numerals in Arabic digits: "二〇二四" → "2024", "三十一" → "31"; as it is when it is neither."""
    if any(unit in text for unit in "十百千"):
        value = chinese_number(text)
        return text if value is None else str(value)
    return text.translate(_DIGIT_TABLE)


def _value(text: str, factor: int = 1) -> int | None:
    """Whole number written in digits (grouped or not) or in Chinese numerals, times ``factor``; None if not whole."""
    if text[0].isdigit():
        number = Decimal(text.replace(",", "")) * factor
        return int(number) if number == int(number) else None
    spoken = chinese_number(text)
    return None if spoken is None else spoken * factor


def read_count(text: str) -> CountReading | None:
    """A head count from text in NFKC form: "25人", "约30", "30余人", "100-299人", "1,204", "二十五", "1.2万".

    A range or an "about" counts by its lower bound. None for what has no lower bound ("近百", "不足25") or is no count.
    """
    if _TWO_NUMBERS.search(_GROUPED.sub("", text)):
        return None
    text = _DASHES.sub("-", "".join(text.split())).rstrip("。.;")
    upper = None
    found = _ONE.fullmatch(text)
    if found:
        value = _value(found["low"], 10_000 if found["myriad"] else 1)
        approximate = any(found[part] for part in ("before", "after", "last", "myriad"))
        upper = None if value is None else _upper(value, {found[part] for part in ("before", "after", "last")})
    else:
        found = _RANGE.fullmatch(text)
        if not found:
            return None
        value, high = _value(found["low"]), _value(found["high"])
        approximate, upper = True, high
        if value is None or high is None or not value <= high <= LARGEST_COUNT:
            return None
    if value is None or value > LARGEST_COUNT:
        return None
    return CountReading(value, approximate, None if upper == value else upper)


def _upper(value: int, words: set[str | None]) -> int | None:
    """Up to how many a number with such words beside it goes: "二十多" up to 29, "20以上" without an end, "约20" is not known."""
    if words & _OPEN:
        return OPEN_ENDED
    if not words & _SOME_MORE or value < 10:
        return None
    step = 10
    while value % (step * 10) == 0:
        step *= 10
    return value + step - 1 if value % 10 == 0 else None


class RangedCount(int):
    """A count as it stands in a list: its lower end, which is the number, and its ``upper`` end beside it."""

    upper: int

    @classmethod
    def of(cls, value: int, upper: int) -> "RangedCount":
        """The count from ``value`` to ``upper``."""
        made = cls(value)
        made.upper = upper
        return made


def told_count(value: int, upper: int | None) -> str:
    """A count as it is shown: "1,204", "20–30" for a range, "≥20" for one without an end."""
    if upper is None:
        return f"{value:,}"
    return f"≥{value:,}" if upper >= OPEN_ENDED else f"{value:,}–{upper:,}"
