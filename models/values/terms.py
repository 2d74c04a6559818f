"""Terms of office as people write them: 5, 五年, 2023-2028, 2023年5月至2028年5月. A union's term is three or five years (工会法第十六条)."""

import unicodedata
from typing import NamedTuple

from models.patterns import pattern
from models.values.columns import Parsed, Plain
from models.values.days import read_day
from models.values.kinds import Count
from models.values.masking import quote
from models.values.problems import problem

#: No term of office is longer (工会法第十六条: 三年或者五年).
LONGEST = 5
_BETWEEN = pattern(
    r"\s*(?:至|到|~|—+|–|--+|->)\s*|(?<=[年月日])\s*-\s*|(?<=\d{4})\s*-\s*(?=\d{4}(?!\d))"
    r"|(?<=\d)\s*-\s*(?=(?:19|20)\d\d)"
)


class Term(NamedTuple):
    """The first day of a term (ISO, cut to what is known) and its length in whole years."""

    start: str
    years: int


def read_term(written: Plain) -> Term | None:
    """The term that a text gives by its two ends; None for anything else, and for one of no year or beyond the longest."""
    if not isinstance(written, str):
        return None
    text = unicodedata.normalize("NFKC", written).strip().strip("()（）")
    parts = _BETWEEN.split(text)
    if len(parts) != 2:
        return None
    start, end = (read_day(part.strip()).day for part in parts)
    if start is None or end is None:
        return None
    months = 12 * (int(end[:4]) - int(start[:4]))
    if len(start) > 4 and len(end) > 4:
        months += int(end[5:7]) - int(start[5:7])
    # a term to April that began in May is one of whole years
    years = round(months / 12)
    return Term(start, years) if 0 < years <= LONGEST and abs(months - 12 * years) <= 1 else None


class TermYears(Count):
    """How many years a term lasts: 1 to 5; a written range gives its length, and is told."""

    def read(self, plain: Plain) -> Parsed:
        """Read a number of years or a range of two days; a year alone is no length."""
        term = read_term(plain)
        if term is not None:
            return Parsed(term.years, problem("term-range", start=term.start, years=term.years))
        parsed = super().read(plain)
        if isinstance(parsed.value, int) and 0 < parsed.value <= LONGEST and parsed.problem is None:
            return parsed
        return Parsed(None, problem("term-unreadable", written=quote(plain)))
