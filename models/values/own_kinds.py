"""The kinds of value that own fields (自有字段) can have besides those of the declared ones."""

import re
import unicodedata
from decimal import Decimal, InvalidOperation

from models.values.columns import Kind, Parsed, Plain, Stored
from models.values.kinds import Text
from models.values.masking import mask_text, quote
from models.values.problems import problem

#: Numbers are kept in so many parts of one: whole numbers sort and compare, and text would not.
PARTS = 10_000
#: More than this is a number of something in the wrong column.
LARGEST = 10**12
_WRITTEN = re.compile(r"[-+]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d*)?")
#: A number that was handed out covered.
_COVERED = re.compile(r"\d{3}\*{2,}\d{2}")


class OwnText(Text):
    """A text of which the register knows nothing: long numbers in it may be somebody's, and are covered."""

    def covers(self, value: Stored) -> bool:
        """True for a text with a number that is covered."""
        return isinstance(value, str) and mask_text(value) != value

    def read(self, plain: Plain) -> Parsed:
        """Clean the text; one that was handed out covered would take the numbers away."""
        parsed = super().read(plain)
        if isinstance(parsed.value, str) and _COVERED.search(parsed.value):
            return Parsed(None, problem("text-masked"))
        return parsed

    def show(self, value: Stored, masked: bool = True, beside_birth: bool = False) -> str:
        """The text, its long numbers covered."""
        return mask_text(str(value)) if masked and value is not None else super().show(value, masked)

    def export(self, value: Stored, masked: bool = False, beside_birth: bool = False) -> Stored:
        """The same for a sheet."""
        return mask_text(value) if masked and isinstance(value, str) else value


class OwnNumber(Kind):
    """Any number with up to four decimals, stored in ten-thousandths; no unit is read, for 3.5万 may be yuan or people."""

    storage = "INTEGER"
    align = "right"

    def read(self, plain: Plain) -> Parsed:
        """Read a number; its thousands may be grouped. With more decimals or a unit it is told, and left out."""
        refused = Parsed(None, problem("number-unreadable", written=quote(plain)))
        if isinstance(plain, bool) or not isinstance(plain, (str, int, float)):
            return refused
        if isinstance(plain, int) and abs(plain) > LARGEST:  # with very many digits it cannot even be written out
            return refused
        text = "".join(unicodedata.normalize("NFKC", plain).split()) if isinstance(plain, str) else repr(plain)
        try:
            number = Decimal(text.replace(",", "")) if not isinstance(plain, str) or _WRITTEN.fullmatch(text) else None
        except InvalidOperation:
            return refused
        if number is None or not number.is_finite() or abs(number) > LARGEST:
            return refused
        parts = number * PARTS
        return Parsed(int(parts)) if parts == int(parts) else refused

    def show(self, value: Stored, masked: bool = True, beside_birth: bool = False) -> str:
        """The number, its thousands grouped, without zeros at its end."""
        return _text(value, ",") if isinstance(value, int) else super().show(value, masked)

    def export(self, value: Stored, masked: bool = False, beside_birth: bool = False) -> Stored:
        """A whole number as one, others as text: reading either again gives the same number."""
        if not isinstance(value, int):
            return value
        return _text(value) if value % PARTS else value // PARTS


def _text(value: int, grouped: str = "") -> str:
    whole, parts = divmod(abs(value), PARTS)
    decimals = f".{parts:04}".rstrip("0") if parts else ""
    return f"{'-' if value < 0 else ''}{whole:{grouped}}{decimals}"
