"""A few declared fields to fill in, two beside each other: for contacts, papers, plans, a union to be founded."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QGridLayout, QWidget

from models.values.columns import Column
from models.values.kinds import Place, Reference, Text
from ui.kit import theme
from ui.kit.editors import editor_for
from ui.kit.line_editor import Editor
from ui.kit.lines import NONE, in_columns
from ui.kit.plain import Label

#: Characters that a label has room for, and a field at least.
_LABEL, _FIELD = 6, 5
#: So many fields stand side by side.
_ACROSS = 2


class Fields(QWidget):
    """``edited()`` when anything was typed. What is shown and read are texts, as a person writes them."""

    edited = Signal()

    def __init__(self, columns: Sequence[Column], places: QStringListModel, lines: Sequence[str] = ()) -> None:
        """``lines`` names the fields that have a line of their own, as places, other records and long texts have anyway."""
        super().__init__()
        self.columns = {column.name: column for column in columns}
        self.editors: dict[str, Editor] = {}
        self._shown: dict[str, str] = {}
        self.wrong = Label(role="wrong", wrap=True)
        self.wrong.hide()
        self.edited.connect(self.wrong.hide)
        grid = self._grid = in_columns(*range(1, 2 * _ACROSS, 2), on=self, margins=NONE)
        row = place = 0
        for column in columns:
            wide = column.name in lines or isinstance(column.kind, Place | Reference) or _long(column)
            if place and (wide or place == _ACROSS):
                row, place = row + 1, 0
            self._add(grid, column, 2 * row, 2 * place, 2 * _ACROSS - 1 if wide else 1, places)
            place = _ACROSS if wide else place + 1
        self.show_texts({})

    def _add(self, grid: QGridLayout, column: Column, row: int, left: int, span: int, places: QStringListModel) -> None:
        label, editor = Label(column.title, "secondary", wrap=True), editor_for(column, places)
        label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        small = QFontMetrics(theme.font(-1.5))  # as secondary labels are written
        label.setFixedWidth(small.horizontalAdvance("国") * _LABEL + 2)
        label.setBuddy(editor)
        editor.setMinimumWidth(
            self.fontMetrics().horizontalAdvance("国") * _FIELD
        )  # a list may be narrower than its texts
        editor.edited.connect(self.edited)
        grid.addWidget(label, row, left)
        grid.addWidget(editor, row, left + 1, 1, span)
        self.editors[column.name] = editor

    def refuse(self, name: str, sentence: str) -> bool:
        """Tell below a field why what was typed into it was not taken, and go there. False when nothing was typed there."""
        if name not in self.written():
            return False
        editor = self.editors[name]
        row = self._grid.getItemPosition(self._grid.indexOf(editor))[0]  # type: ignore[index]  # the stubs say object
        self.wrong.setText(sentence)
        self._grid.addWidget(self.wrong, row + 1, 0, 1, 2 * _ACROSS)
        self.wrong.show()
        editor.setFocus()
        return True

    def show_texts(self, texts: Mapping[str, str], uids: Mapping[str, str] | None = None) -> None:
        """Show texts by field name, the other fields empty; ``uids`` of the records that texts name."""
        for name, editor in self.editors.items():
            editor.show_text(texts.get(name, ""), (uids or {}).get(name, ""))
            self._shown[name] = editor.text()
        self.wrong.hide()

    def show_values(self, values: Mapping[str, Any]) -> None:
        """Show stored values by field name, of fields that name no region."""
        exported = {name: column.kind.export(values.get(name)) for name, column in self.columns.items()}
        self.show_texts({name: str(value) for name, value in exported.items() if value is not None})

    def propose(self, texts: Mapping[str, str]) -> None:
        """Put texts into fields as if a person had typed them."""
        for name, text in texts.items():
            self.editors[name].show_text(text)

    def texts(self) -> dict[str, str]:
        """What stands in the fields, empty ones left out."""
        return {name: text for name, editor in self.editors.items() if (text := editor.text())}

    def written(self) -> dict[str, str]:
        """The fields that were changed: by name, as they were typed; "" for an emptied one."""
        return {name: editor.text() for name, editor in self.editors.items() if editor.text() != self._shown[name]}

    def accept(self) -> None:
        """What stands in the fields is kept now: nothing counts as changed."""
        self._shown = {name: editor.text() for name, editor in self.editors.items()}


def _long(column: Column) -> bool:
    return isinstance(column.kind, Text) and column.kind.long
