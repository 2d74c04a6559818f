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
    """Where a person can type in a part, as it is seen."""
    found = [*part.findChildren(QLineEdit), *part.findChildren(QPlainTextEdit)]
    return [each for each in found if each.isVisible() and each.isEnabled() and not each.isReadOnly()]


def test_what_is_half_typed_stays_when_others_write(qtbot: QtBot, sample_register: Register, tmp_path: Path) -> None:
    lost: list[str] = []
    with own_copy(sample_register, tmp_path) as register:
        window = shown_window(register)
        for name, part in walk(window, tmp_path):
            for field in fields(part):
                if not isValid(field) or not field.isVisible() or field.property("qt_spinbox_lineedit"):
                    continue
                before = field.text() if isinstance(field, QLineEdit) else field.toPlainText()
                if isinstance(field, QLineEdit):
                    field.setText(TYPED)
                    if field.text() != TYPED:  # only numbers, or a day
                        continue
                    field.textEdited.emit(TYPED)
                else:
                    field.setPlainText(TYPED)
                wait(window)
                window.context.changes.tell_of_others(EVERYTHING)
                wait(window)
                where = f"{name}: {field.accessibleName() or field.objectName() or type(field.parentWidget()).__name__}"
                if not isValid(field):
                    lost.append(f"{where} is gone")
                    continue
                now = field.text() if isinstance(field, QLineEdit) else field.toPlainText()
                if now != TYPED:
                    lost.append(f"{where}: {now!r}")
                if isinstance(field, QLineEdit):
                    field.setText(before)
                    field.textEdited.emit(before)
                else:
                    field.setPlainText(before)
        closed(window)
    print(*lost, sep="\n")
    assert lost == []
