"""A box that is ticked or not, as working lists have them: √ where it is ticked, □ on paper where that is still to be done."""

from models.values.columns import Parsed, Plain, Stored
from models.values.kinds import YesNo

#: What stands for a ticked box, for one that was crossed out, and for one that is still to be ticked.
TICKED, CROSSED, OPEN = "√", "×", "□"
_OPEN_BOXES = frozenset({OPEN, "☐"})


class TickBox(YesNo):
    """1 for a ticked box, 0 for one that a person crossed out (×, 否), None for one that is still to be ticked."""

    def read(self, plain: Plain) -> Parsed:
        """Read a tick or a cross as yes and no are read; an empty box is nothing written."""
        return Parsed(None) if isinstance(plain, str) and plain.strip() in _OPEN_BOXES else super().read(plain)

    def show(self, value: Stored, masked: bool = True, beside_birth: bool = False) -> str:
        """√ or ×, or □ for a box to tick: on paper it is there to be ticked, unlike what other kinds show of nothing."""
        return OPEN if value is None else TICKED if value else CROSSED

    def export(self, value: Stored, masked: bool = False, beside_birth: bool = False) -> Stored:
        """√ or ×, or nothing: whoever fills a sheet in ticks an empty cell."""
        return None if value is None else TICKED if value else CROSSED
