"""What kind of own field a column of no field of ours would be: judged by what is written in it, for a person to confirm."""

from collections.abc import Sequence
from typing import NamedTuple

from models.values.columns import Kind, Plain
from models.values.kinds import Day, YesNo
from models.values.own_kinds import OwnNumber

#: A choice has at most so many labels, none of which is longer; there are several cells for each.
_MOST_LABELS, _LONGEST_LABEL, _CELLS_FOR_EACH = 12, 10, 3
#: Cells that are looked at.
_LOOKED_AT = 2_000


class Likely(NamedTuple):
    """A kind (a key of ``models.records.own_field.KINDS``) and the labels of a choice."""

    kind: str
    options: tuple[str, ...] = ()


def likely(cells: Sequence[Plain]) -> Likely:
    """The kind that reads every cell; text where none does, or nothing is written."""
    looked_at = list(cells[:_LOOKED_AT])
    for name, kind in (("yes-no", YesNo()), ("number", OwnNumber()), ("day", Day())):
        if looked_at and all(_reads(kind, cell) for cell in looked_at):
            return Likely(name)
    labels = tuple(dict.fromkeys(" ".join(str(cell).split()) for cell in looked_at))
    few = 1 < len(labels) <= _MOST_LABELS and len(looked_at) >= _CELLS_FOR_EACH * len(labels)
    if few and all(0 < len(label) <= _LONGEST_LABEL and not set("、|") & set(label) for label in labels):
        return Likely("choice", labels)
    return Likely("text")


def _reads(kind: Kind, cell: Plain) -> bool:
    """True when nothing of the cell would be lost: a number with a zero before it is none, for it is an identifier."""
    if isinstance(kind, YesNo) and not isinstance(cell, (str, bool)):
        return False
    if isinstance(kind, OwnNumber) and isinstance(cell, str) and cell.strip()[:1] == "0" and cell.strip()[1:2].isdigit():
        return False
    if isinstance(kind, Day) and isinstance(cell, (int, float)):
        return False
    parsed = kind.parse(cell)
    return parsed.value is not None and parsed.problem is None
