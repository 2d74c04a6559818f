"""How personal values are covered on screens, papers and in sentences: the rules in one place."""

import datetime as dt
from collections.abc import Callable, Sequence
from functools import partial

from models.language import _
from models.patterns import pattern
from models.values.columns import Column, Plain, Stored
from models.values.ids import birth_of, is_right_code
from models.values.taught import UNTAUGHT, taught

#: The field whose presence in a table changes how identity numbers beside it are covered.
BIRTH_FIELD = "birth_date"

_MOBILE = pattern(r"1\d{10}")
_LANDLINE = pattern(r"(.*?)(\d{4})(-\d+)?")
_DATE_LIKE = pattern(r"(?:1[89]|20)\d\d\D?\d{1,2}\D?\d{1,2}\D?(?:[ T]\d{1,2}:[\d:.]*)?")
_DIGIT = pattern(r"\d")
_LONG_NUMBER = pattern(r"\d{7,}[Xx]?")
#: The shape of a unit's code, a character more or less where it was mistyped; it begins with who registered the unit.
_UNIT_CODE = pattern(r"[1-9AGJNY][0-9A-Z]{15,18}")
_CODE_OR_NUMBER = pattern(r"(?<![0-9A-Za-z])[1-9AGJNY][0-9A-Z]{15,18}(?![0-9A-Za-z])|\d{7,}[Xx]?")
_SOLE_TRADER = "92"
_LONGEST_QUOTE = 20
_LONGEST_NUMBER = 10**19


#: How many of the first and the last digits can be left to see: of an identity number, of a mobile number.
ID_SHOWN = {"3+4": (3, 4), "6+4": (6, 4), "6+0": (6, 0), "0+4": (0, 4)}
PHONE_SHOWN = {"3+4": (3, 4), "3+0": (3, 0), "0+4": (0, 4)}


def widths(id_shown: str, phone_shown: str) -> tuple[tuple[int, int], tuple[int, int]]:
    """How much is left to see, by keys of ID_SHOWN and PHONE_SHOWN; one that is unknown is the usual one."""
    return ID_SHOWN.get(id_shown, UNTAUGHT.id_shown), PHONE_SHOWN.get(phone_shown, UNTAUGHT.phone_shown)


def mask_id(value: str, beside_birth: bool = False) -> str:
    """Cover an identity number.

    With the birth date printed beside it, the first 6 stay and the rest is starred: the usual 6+8*+4 hides nothing but
    the birth date, so both together give the whole number away, and even 3+4 leaves only the area to guess. Without the
    birth date, the first 3 and the last 4 stay, or what the register's setting says. Short numbers (passports and the like)
    keep less.
    """
    length = len(value)
    if length >= 15:
        if beside_birth:
            head, tail = 6 if length == 18 else 3, 0
        else:
            head, tail = taught().id_shown
    else:
        head, tail = (2, 2) if length >= 8 else (int(length > 1), 0)
    return value[:head] + "*" * (length - head - tail) + (value[-tail:] if tail else "")


def mask_phone(value: str) -> str:
    """Cover each number of a phone field: 138****5678, or as the register's setting says.

    Of a landline the last four digits and the extension are covered.
    """
    return "、".join(_mask_one_phone(number) for number in value.split("、"))


def _mask_one_phone(number: str) -> str:
    if _MOBILE.fullmatch(number):
        head, tail = taught().phone_shown
        return number[:head] + "*" * (11 - head - tail) + number[11 - tail :]
    landline = _LANDLINE.fullmatch(number)
    if not landline:
        return "*" * len(number)
    return landline[1] + "****" + ("-***" if landline[3] else "")


def mask_text(text: str) -> str:
    """Cover the numbers in a free text that may be somebody's: of seven digits and more the first three and last two stay.

    The code of a unit stays: it is printed on its seal and has to be compared.
    """
    return _CODE_OR_NUMBER.sub(lambda found: found[0] if names_a_unit(found[0]) else _covered_in(found[0]), text)


def _covered_in(text: str) -> str:
    return _LONG_NUMBER.sub(lambda found: found[0][:3] + "*" * (len(found[0]) - 5) + found[0][-2:], text)


def names_a_unit(text: str) -> bool:
    """True for what can only be the credit code of a unit, right or mistyped, and no person's number.

    Codes of sole traders (92…) are not told here: a sole trader is a person.
    """
    if not _UNIT_CODE.fullmatch(text) or text.startswith(_SOLE_TRADER):
        return False
    lettered = any(each.isalpha() for each in text[:-1])  # at the end of a person's number there may be an X
    return lettered or (is_right_code(text) and birth_of(text) is None)


def told_apart(shown: tuple[str, str], values: tuple[Stored, Stored]) -> tuple[str, str]:
    """Two covered values that stand side by side. Where they look alike and are not, it is said at which places they differ.

    What stands there is not shown: whoever has to read it looks at the numbers in full, which is kept in the trail.
    """
    one, other = map(str, values)
    if shown[0] != shown[1] or one == other or None in values:
        return shown
    places = [str(place) for place, pair in enumerate(zip(one, other, strict=False), start=1) if pair[0] != pair[1]]
    said = _("（位数不同）") if len(one) != len(other) else _("（第 {places} 位不同）").format(places=_("、").join(places))
    return shown[0] + said, shown[1] + said


def is_cover(text: str, value: str) -> bool:
    """True for a text that shows a part of a number and stars for the rest, in whichever way it was covered."""
    return "**" in text and len(text) == len(value) and all(shown in ("*", one) for shown, one in zip(text, value, strict=True))


def quote(plain: Plain) -> str:
    """A value as a problem's sentence may repeat it: short, and without a person's number.

    Any value may stand in the wrong column, so more than six digits are starred that are no date and no unit's code.
    """
    if isinstance(plain, (dt.date, dt.datetime)):
        return plain.isoformat()
    if isinstance(plain, (int, float)) and not abs(plain) < 1e15:
        return "*" * (len(f"{abs(plain):.0f}") if abs(plain) <= _LONGEST_NUMBER else _LONGEST_QUOTE)
    if isinstance(plain, float) and plain.is_integer():
        plain = int(plain)
    text = " ".join(str(plain).split())
    if len(_DIGIT.findall(text)) > 6 and not names_a_unit(text) and not _DATE_LIKE.fullmatch(text):
        text = _DIGIT.sub("*", text)
    return text if len(text) <= _LONGEST_QUOTE else text[: _LONGEST_QUOTE - 1] + "…"


def showers(
    columns: Sequence[Column], masked: bool = True, beside_birth: bool | None = None
) -> list[Callable[[Stored], str]]:
    """For columns printed together, how each shows its values: an identity number knows if a birth date is beside.

    ``beside_birth``: say so where not all of the columns are seen.
    """
    if beside_birth is None:
        beside_birth = any(column.name == BIRTH_FIELD for column in columns)
    return [partial(column.kind.show, masked=masked, beside_birth=beside_birth) for column in columns]
