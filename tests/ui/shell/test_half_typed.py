"""What is half typed anywhere in the window stays when others write: every field of every page, pane and tab."""

from pathlib import Path

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from models.register.register import Register
from tests.aids.whole_window import closed, own_copy, shown_window, wait, walk
from ui.kit.context import EVERYTHING

TYPED = "半句"


def fields(part: QWidget) -> list[QLineEdit | QPlainTextEdit]:
    """Where a person can type in a part, as it is seen: fields, and lists in which an entry is looked for by typing."""
    found: list[QLineEdit | QPlainTextEdit] = list(part.findChildren(QLineEdit))
    found += part.findChildren(QPlainTextEdit)
    return [each for each in found if each.isVisible() and each.isEnabled() and not each.isReadOnly()]


def put(field: QLineEdit | QPlainTextEdit, text: str) -> bool:
    """Type a text in place of what stands there; False where the field takes only numbers, or a day."""
    if isinstance(field, QPlainTextEdit):
        field.setPlainText(text)
        return True
    field.setText(text)
    if field.text() != text:
        return False
    field.textEdited.emit(text)
    return True


def text_of(field: QLineEdit | QPlainTextEdit) -> str:
    """What stands there."""
    return field.text() if isinstance(field, QLineEdit) else field.toPlainText()


def stays(field: QLineEdit | QPlainTextEdit) -> bool:
    """True when what was typed stands there, with the cursor behind it."""
    behind = not isinstance(field, QLineEdit) or field.cursorPosition() == len(TYPED)
    return text_of(field) == TYPED and behind


def _called(field: QWidget) -> str:
    """What a field is called, or what it stands in."""
    above = field.parentWidget()
    return field.accessibleName() or f"{type(above).__name__} {above.accessibleName() if above is not None else ''}"


def test_what_is_half_typed_stays_when_others_write(qtbot: QtBot, sample_register: Register, tmp_path: Path) -> None:
    lost: list[str] = []
    with own_copy(sample_register, tmp_path) as register:
        window = shown_window(register)
        for name, part in walk(window, tmp_path):
            before = {field: text_of(field) for field in fields(part)}
            typed = [field for field in before if isValid(field) and put(field, TYPED)]
            wait(window)
            kept = [field for field in typed if isValid(field) and field.isVisible() and stays(field)]
            called = {field: _called(field) for field in kept}
            window.context.changes.tell_of_others(EVERYTHING)
            wait(window)
            lost += [f"{name}: {called[field]}" for field in kept if not isValid(field) or not stays(field)]
            for field in typed:
                if isValid(field):
                    put(field, before[field])
            wait(window)
        closed(window)
    assert lost == []
