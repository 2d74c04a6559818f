"""A line to type into, a number, a decimal, each in one call."""

from typing import TypeVar

from PySide6.QtWidgets import QAbstractSpinBox, QDoubleSpinBox, QLineEdit, QSpinBox

_Number = TypeVar("_Number", QSpinBox, QDoubleSpinBox)


def line_field(name: str, hint: str = "", text: str = "") -> QLineEdit:
    """A line to type into: ``name`` is what a screen reader says, ``hint`` stands in it while it is empty."""
    field = QLineEdit(text)
    field.setAccessibleName(name)
    field.setPlaceholderText(hint)
    return field


def number_field(name: str, least: int, most: int, unit: str = "") -> QSpinBox:
    """A whole number, ``unit`` behind it. Its arrows would be too small to be met; the wheel and the arrow keys do the same."""
    return _dressed(QSpinBox(), name, least, most, unit)


def decimal_field(name: str, least: float, most: float, unit: str = "") -> QDoubleSpinBox:
    """A number with one decimal, else as :func:`number_field`; the arrow keys go by halves."""
    field = QDoubleSpinBox()
    field.setDecimals(1)
    field.setSingleStep(0.5)
    return _dressed(field, name, least, most, unit)


def _dressed(field: _Number, name: str, least: float, most: float, unit: str) -> _Number:
    field.setRange(least, most)  # type: ignore[arg-type]  # of a whole number they are whole
    field.setSuffix(unit)
    field.setAccessibleName(name)
    field.setButtonSymbols(QAbstractSpinBox.ButtonSymbols.NoButtons)
    return field
