"""A field for a single value that the register holds: it follows what others write, but never what a person is typing."""

from typing import Any

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QLineEdit, QSpinBox

_HELD = "held"


def put_back(field: QSpinBox | QLineEdit, value: Any) -> None:
    """Show what is held, whatever stands in the field: after it was refused, or when the field is shown first. Tells nobody."""
    with QSignalBlocker(field):
        if isinstance(field, QSpinBox):
            field.setValue(int(value))
        else:
            field.setText(str(value))
    field.setProperty(_HELD, field.text())


def follow(field: QSpinBox | QLineEdit, value: Any) -> None:
    """Show what is held by now, unless a person has typed something that is not kept yet: that stays. Tells nobody."""
    if field.text() == field.property(_HELD):
        put_back(field, value)
    else:
        field.setProperty(_HELD, _written(field, value))


def _written(field: QSpinBox | QLineEdit, value: Any) -> str:
    """How a value is written in a field."""
    if not isinstance(field, QSpinBox):
        return str(value)
    if int(value) == field.minimum() and field.specialValueText():
        return field.specialValueText()
    return f"{field.prefix()}{field.textFromValue(int(value))}{field.suffix()}"
