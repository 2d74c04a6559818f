"""The accidents of spreadsheets undone, the same for every kind of value: what a cell says, as plain as possible.

Numbers stay numbers: only a kind of value knows whether 45000 is a day, a count or a damaged identity number.
"""

import re
from typing import Final

from models.values.columns import Plain
from models.values.problems import Problem, problem

#: Invisible characters that survive copying from web pages and PDF files, control characters, and lone surrogates.
_INVISIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff\ud800-\udfff]")
#: What most texts never hold; one search decides for them.
_ODD = re.compile(_INVISIBLE.pattern[:-1] + "\xa0\u3000]")
_ERRORS: Final = frozenset({"#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#DIV/0!", "#SPILL!", "#CALC!"})
_BIG = 10**15


def plain(value: Plain) -> Plain:
    """The cell's value without invisible characters and outer spaces; whole floats below 10¹⁵ as whole numbers."""
    if isinstance(value, str):
        if value.isascii() and value.isalnum():
            return value
        if _ODD.search(value):
            value = _INVISIBLE.sub("", value).replace("\xa0", " ").replace("\u3000", " ")
        return value.strip() or None
    if isinstance(value, float) and value.is_integer() and abs(value) < _BIG:
        return int(value)
    return value


def error_of(value: Plain) -> Problem | None:
    """The problem of a cell that holds a formula's error instead of a value; None for all other cells."""
    if isinstance(value, str) and value.startswith("#") and value in _ERRORS:
        return problem("formula-error", written=value)
    return None
