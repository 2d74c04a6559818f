"""A number is shown whole or not at all: "6…1" says neither how many nor that anything is missing.

A cell without room for its number shows ####, as a spreadsheet does, and the number in its tip; a line of text that is
shortened in its middle loses whole numbers and no digits of one.
"""

import re
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFontMetrics, QHelpEvent
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QToolTip

from ui.kit.plain import tip

_Index = QModelIndex | QPersistentModelIndex

#: In the place of a number for which there is no room.
HASH = "#"
_MORE = "…"
#: Digits with what stands in numbers, days, codes and covered numbers; one word before and a unit behind at most.
_NUMBER = re.compile(r"[约至少•\s]{0,4}[^\u3400-\u9fff]*\d[^\u3400-\u9fff]*[\u3400-\u9fff]{0,2}")
_LONGEST = 40
#: Two words of another language are a sentence, whatever number stands in it.
_SENTENCE = re.compile(r"[A-Za-z]{3,}[^A-Za-z]+[A-Za-z]{3,}")
_DIGITS = frozenset("0123456789,.*")
#: More pixels than any style leaves free around a text: with so many to spare it need not be asked how many.
_AROUND = 48
#: What stands beside the text in a cell and takes of its room.
_BESIDE = QStyleOptionViewItem.ViewItemFeature.HasDecoration | QStyleOptionViewItem.ViewItemFeature.HasCheckIndicator


def is_number(text: str) -> bool:
    """True for a text that is a number, a day or a code, alone or with its unit."""
    return len(text) <= _LONGEST and _NUMBER.fullmatch(text) is not None and not _SENTENCE.search(text)


def elided(metrics: QFontMetrics, text: str, room: int) -> str:
    """A text shortened in its middle to so many pixels, of whose numbers none is cut."""
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, room)
    if shown == text or _MORE not in shown:
        return shown
    head, _more, tail = shown.partition(_MORE)
    while head and head[-1] in _DIGITS and text[len(head)] in _DIGITS:
        head = head[:-1]
    while tail and tail[0] in _DIGITS and text[len(text) - len(tail) - 1] in _DIGITS:
        tail = tail[1:]
    return head + _MORE + tail


class WholeNumbers(QStyledItemDelegate):
    """Paints the cells of a table as anywhere, but numbers whole or as ####. What is not whole is told in the cell's tip."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: _Index) -> None:
        """What Qt asks for before it paints a cell: its text, which is another one where a number has no room."""
        super().initStyleOption(option, index)
        told: Any = option  # its fields are missing in PySide's stubs
        if told.rect.isEmpty() or not (told.text and is_number(told.text)):
            return  # without a place it is asked how much room the whole text wants
        wanted = told.fontMetrics.horizontalAdvance(told.text)
        if wanted + _AROUND <= told.rect.width() and not told.features & _BESIDE:
            return  # most numbers, and the style takes its time to say how much room there is
        room = _room(told)
        if wanted > room:
            told.text = HASH * max(1, min(len(told.text), room // max(1, told.fontMetrics.horizontalAdvance(HASH))))
            told.textElideMode = Qt.TextElideMode.ElideNone

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: _Index) -> bool:
        """The cell's tip: the model's own, else the whole text."""
        if index.isValid() and not index.data(Qt.ItemDataRole.ToolTipRole):
            QToolTip.showText(event.globalPos(), tip(str(index.data() or "")), view)
            return True
        return super().helpEvent(event, view, option, index)


def _room(option: Any) -> int:
    """How many pixels a cell has for its text."""
    style = option.widget.style() if option.widget is not None else None
    if style is None:
        return int(option.rect.width())
    text = style.subElementRect(QStyle.SubElement.SE_ItemViewItemText, option, option.widget)
    margin: int = style.pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin, option, option.widget) + 1
    return max(0, int(text.width()) - 2 * margin)
