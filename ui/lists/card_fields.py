"""Fields of a layout of cards in rows: millimetres, numbers, ticks, choices and texts, with what is wrong said below the row."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QLineEdit,
    QSpinBox,
    QWidget,
)

from models.language import _
from ui.kit.lines import NONE, across, in_columns
from ui.kit.plain import Label
from ui.kit.plain_fields import decimal_field, number_field

#: The longest side of the largest sheet, in millimetres.
_LONGEST = 420.0
#: A row: its title, and the fields in it by their names.
FieldRow = tuple[str, Sequence[tuple[str, QWidget]]]


def millimetres(title: str) -> QDoubleSpinBox:
    """A field for a length in millimetres, to a tenth."""
    return decimal_field(title, 0, _LONGEST, _(" 毫米"))


def whole_number(title: str, most: int, unit: str) -> QSpinBox:
    """A field for a number from 1, with its unit."""
    return number_field(title, 1, most, f" {unit}")


class CardFields(QWidget):
    """``edited()`` when a person changed a field."""

    edited = Signal()

    def __init__(self, rows: Sequence[FieldRow]) -> None:
        """All rows are shown; :meth:`show_rows` leaves some out."""
        super().__init__()
        self.fields: dict[str, QWidget] = {}
        self._rows: dict[str, int] = {}
        self._parts: list[list[QWidget]] = []
        self.wrong = Label(role="wrong", wrap=True)
        self._grid = grid = in_columns(1, on=self, margins=NONE)
        for number, (title, fields) in enumerate(rows):
            label = Label(title, "secondary")
            widgets = [field for _name, field in fields]
            grid.addWidget(label, 2 * number, 0)
            grid.addLayout(across(*((field, 1) for field in widgets)), 2 * number, 1)
            self._parts.append([label, *widgets])
            for name, field in fields:
                self.fields[name], self._rows[name] = field, number
                _change_of(field).connect(self.edited)
        self.settle()

    def show_rows(self, names: Iterable[str]) -> None:
        """Show only the rows in which fields of these names stand."""
        wanted = {self._rows[name] for name in names}
        for number, parts in enumerate(self._parts):
            for part in parts:
                part.setVisible(number in wanted)

    def show_values(self, values: Mapping[str, Any]) -> None:
        """Show values by the fields' names, without telling."""
        for name, value in values.items():
            field = self.fields[name]
            with QSignalBlocker(field):
                _show(field, value)
        self.settle()

    def values(self) -> dict[str, Any]:
        """What stands in the fields, by their names."""
        return {name: _read(field) for name, field in self.fields.items()}

    def refuse(self, name: str, sentence: str) -> None:
        """Say below a field why what stands in it is not taken."""
        self.wrong.setText(sentence)
        self._grid.addWidget(self.wrong, 2 * self._rows[name] + 1, 0, 1, 2)
        self.wrong.show()

    def settle(self) -> None:
        """Nothing is wrong with what stands in the fields."""
        self.wrong.hide()


def _change_of(field: QWidget) -> Any:
    if isinstance(field, QCheckBox):
        return field.toggled
    if isinstance(field, QComboBox):
        return field.currentIndexChanged
    return field.textChanged if isinstance(field, QLineEdit) else field.valueChanged  # type: ignore[attr-defined]


def _show(field: QWidget, value: Any) -> None:
    if isinstance(field, QCheckBox):
        field.setChecked(bool(value))
    elif isinstance(field, QComboBox):
        field.setCurrentIndex(max(0, field.findData(value)))
    elif isinstance(field, QLineEdit):
        field.setText(str(value))
    elif isinstance(field, QDoubleSpinBox):
        field.setValue(float(value))
    elif isinstance(field, QSpinBox):
        field.setValue(int(value))


def _read(field: QWidget) -> Any:
    if isinstance(field, QCheckBox):
        return field.isChecked()
    if isinstance(field, QComboBox):
        return field.currentData()
    return field.text() if isinstance(field, QLineEdit) else field.value()  # type: ignore[attr-defined]
