"""Tells, while somebody is being entered, who is in the register already and may be the same."""


from models.editing.namesakes import Namesake
from models.language import _
from ui.kit.plain import LinkLabel

#: So many are named.
_NAMED = 3


class KnownAlready(LinkLabel):
    """The line above the form; hidden while there is nobody to tell of. ``linkActivated(str)`` names the one to open."""

    def __init__(self) -> None:
        """Nobody."""
        super().__init__("wrong")
        self.hide()

    def show_namesakes(self, same: list[Namesake]) -> None:
        """Tell of these records."""
        self.show_parts(part for each in same[:_NAMED] for part in ((_line(each), ""), (_("打开"), each.uid), ("\n", "")))
        self.setVisible(bool(same))


def _line(each: Namesake) -> str:
    detail = _("，").join(part for part in (each.why, each.detail) if part)
    return _("可能已经登记过：{name}（{detail}）").format(name=each.name, detail=detail) + " "
