"""Sums of money as people write them: kept in whole fen, shown in yuan."""

import unicodedata
from decimal import Decimal, InvalidOperation

from models.patterns import pattern
from models.values.columns import Kind, Parsed, Plain, Stored
from models.values.masking import quote
from models.values.problems import problem

#: More than this (ten thousand million yuan, in fen) is a code in the wrong column.
LARGEST = 10**12
_SCALES = {"": 1, "千": 1_000, "万": 10_000, "百万": 1_000_000, "千万": 10_000_000, "亿": 100_000_000}
_WRITTEN = pattern(r"(?:人民币|￥|¥)?\s*(-?[\d,]+(?:\.\d+)?)\s*(千万|百万|千|万|亿|)\s*(?:元整|元|块|圆)?(?:人民币)?")


class Money(Kind):
    """A sum in fen: "1.7亿", "12.5万元" and 1700.5 (yuan) are read."""

    storage = "INTEGER"
    align = "right"

    def read(self, plain: Plain) -> Parsed:
        """Read a sum written in yuan, also in thousands or hundreds of millions of them; fractions of a fen are refused."""
        if isinstance(plain, bool) or (isinstance(plain, int) and abs(plain) > LARGEST):
            return Parsed(None, problem("money-unreadable", written=quote(plain)))
        text = repr(plain) if isinstance(plain, float) else unicodedata.normalize("NFKC", str(plain)).strip()
        found = _WRITTEN.fullmatch(text)
        try:
            fen = Decimal(found[1].replace(",", "")) * _SCALES[found[2]] * 100 if found else None
        except InvalidOperation:
            fen = None
        if fen is None or fen != int(fen) or not 0 <= fen <= LARGEST:
            return Parsed(None, problem("money-unreadable", written=quote(plain)))
        return Parsed(int(fen))

    def show(self, value: Stored, masked: bool = True, beside_birth: bool = False) -> str:
        """Yuan, thousands grouped; fen only where there are any."""
        if not isinstance(value, int):
            return super().show(value, masked)
        yuan, fen = divmod(value, 100)
        return f"{yuan:,}.{fen:02}" if fen else f"{yuan:,}"

    def export(self, value: Stored, masked: bool = False, beside_birth: bool = False) -> Stored:
        """Whole yuan as a number, others as text with their fen: reading either again gives the same sum."""
        if not isinstance(value, int):
            return value
        yuan, fen = divmod(value, 100)
        return f"{yuan}.{fen:02}" if fen else yuan
