"""Texts shown as they are. A name in the register is never taken for HTML, for a key of a menu, or for anything else.

Qt guesses: a label or a tool tip whose text looks like HTML is laid out as HTML, and a picture named in it is opened; an
``&`` in a button or a menu becomes an underline. Data may be anything, so every text goes through here.
``tests/house/test_plain_texts.py`` sees to it that no other file of the room makes such a part by itself.
"""

from collections.abc import Iterable, Sequence
from html import escape

from PySide6 import QtGui
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtWidgets import QLabel, QMessageBox, QWidget

from ui.kit import theme

_ROLE = Qt.ItemDataRole
#: How a page says to a spreadsheet that a cell is a text, whatever it looks like.
_AS_TEXT = "style='mso-number-format:\"\\@\"'"


class Label(QLabel):
    """A label that shows its text letter by letter.

    ``role`` is how it is dressed: secondary, title, heading, huge, wrong, code.
    """

    def __init__(
        self,
        text: str = "",
        role: str = "",
        *,
        wrap: bool = False,
        centred: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """``wrap`` breaks long lines."""
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        if centred:
            self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        if role:
            self.setProperty("role", role)
        if role == "heading":
            self.setFont(theme.font(bold=True))
        self.setText(text)


def tint(label: QLabel, token: str) -> None:
    """Write in the colour of a token that the sheet of ``theme`` knows a tint for, "" for the usual one: in whichever theme."""
    if token != (label.property("tint") or ""):
        label.setProperty("tint", token)
        label.style().unpolish(label)
        label.style().polish(label)


class LinkLabel(QLabel):
    """A label with places to click, the only one laid out as HTML. ``linkActivated(str)`` brings the uid of what was clicked."""

    def __init__(self, role: str = "") -> None:
        """Nothing to click yet."""
        super().__init__()
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        if role:
            self.setProperty("role", role)

    def show_parts(self, parts: Iterable[tuple[str, str]]) -> None:
        """Show (text, uid) one behind another, those with a uid to click; each new line of a text begins a line."""
        self.setText("".join(_part(text, uid) for text, uid in parts))


def _part(text: str, uid: str) -> str:
    said = escape(text).replace("\n", "<br>")
    return f'<a href="{escape(uid)}">{said}</a>' if uid else said


def tip(text: str) -> str:
    """A text for a tool tip: one that Qt would take for HTML is wrapped so that it is read as it stands."""
    return f'<p style="white-space: pre-wrap">{escape(text)}</p>' if QtGui.Qt.mightBeRichText(text) else text


def as_shown(text: str, role: int) -> str:
    """What a model gives for the text of a cell, whether Qt asks for the cell or for its tool tip."""
    return tip(text) if role == _ROLE.ToolTipRole else text


def shortened(text: str, most: int = 24) -> str:
    """As much of a text as stands on a button or at a title; the whole of it belongs into the tip."""
    return text if len(text) <= most else text[: most - 1] + "…"


def caption(text: str) -> str:
    """A text for a button, a tick box, a menu or a tab: ``&`` stays an ``&``, and it is one line."""
    return " ".join(text.split()).replace("&", "&&")


def warn(parent: QWidget | None, title: str, text: str) -> None:
    """A box with one sentence about what did not work, to be closed. ``parent``: None where no window is left."""
    _box(QMessageBox.Icon.Warning, parent, title, text)


def inform(parent: QWidget | None, title: str, text: str) -> None:
    """A box with one sentence that a person should know, to be closed."""
    _box(QMessageBox.Icon.Information, parent, title, text)


def _box(icon: QMessageBox.Icon, parent: QWidget | None, title: str, text: str) -> None:
    box = QMessageBox(icon, title, "", QMessageBox.StandardButton.Ok, parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(text)
    box.exec()


def as_block(rows: Sequence[Sequence[str]]) -> QMimeData:
    """Rows of texts as spreadsheets take them back: as text, and as a page whose cells are texts, so that long numbers stay."""
    # a line break or a tab inside a text would begin another cell
    cells = [[" ".join(text.split()) for text in row] for row in rows]
    mime = QMimeData()
    mime.setText("\n".join("\t".join(row) for row in cells))
    lines = "".join("<tr>" + "".join(f"<td {_AS_TEXT}>{escape(text)}</td>" for text in row) + "</tr>" for row in cells)
    mime.setHtml(f'<meta charset="utf-8"><table>{lines}</table>')
    return mime
