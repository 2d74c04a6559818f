"""Quantities of work as people write them, with or without the measure word behind the number."""


from models.patterns import pattern
from models.values.columns import Parsed, Plain
from models.values.kinds import Count
from models.values.masking import quote
from models.values.problems import problem

#: What stands behind the number of a quantity: 3件, 5 场次, 12个.
_MEASURE_WORD = pattern(
    r"(?<=[\d万])\s*(?:个人|人次|场次|件次|例次|[件个场次家项例批期台座本份篇户处起条支节门])\s*$"
)


class Quantity(Count):
    """How much was done: whole and not negative; "3件" and "5 场次" are read, a range counts by its lower bound."""

    def read(self, plain: Plain) -> Parsed:
        """Read a quantity, its measure word left aside."""
        parsed = super().read(_MEASURE_WORD.sub("", plain) if isinstance(plain, str) else plain)
        if parsed.problem is not None and parsed.value is None:
            return Parsed(None, problem("quantity-unreadable", written=quote(plain)))
        return parsed
