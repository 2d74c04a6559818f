"""Tells, while somebody is being entered, who is in the register already and may be the same."""

from html import escape

from PySide6.QtWidgets import QLabel, QWidget

from models.editing.namesakes import Namesake
from models.language import _

#: So many are named.
_NAMED = 3


class KnownAlready(QLabel):
    """The line above the form; hidden while there is nobody to tell of. ``linkActivated(str)`` names the one to open."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Nobody."""
        super().__init__(parent)
        self.setWordWrap(True)
        self.setProperty("role", "wrong")
        self.hide()

    def show_namesakes(self, same: list[Namesake]) -> None:
        """Tell of these records."""
        self.setText("<br>".join(map(_line, same[:_NAMED])))
        self.setVisible(bool(same))


def _line(each: Namesake) -> str:
    detail = _("，").join(part for part in (each.why, each.detail) if part)
    said = _("可能已经登记过：{name}（{detail}）").format(name=each.name, detail=detail)
    return f'{escape(said)} <a href="{each.uid}">{_("打开")}</a>'
