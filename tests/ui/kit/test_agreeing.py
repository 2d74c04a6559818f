"""The buttons below a question: Enter presses the one that does it, again after it was pressed in vain."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLineEdit
from pytestqt.qtbot import QtBot

from tests.aids.typing import strike
from ui.kit.agreeing import Agreeing
from ui.kit.lines import down


def test_enter_presses_the_button_again_after_it_was_pressed_in_vain(qtbot: QtBot) -> None:
    dialog, field, pressed = QDialog(), QLineEdit(), list[str]()
    qtbot.addWidget(dialog)

    def tried() -> None:
        """What is looked at meanwhile cannot be asked for again; then something is wrong, and the field is gone to."""
        pressed.append(field.text())
        buttons.go.setEnabled(False)
        buttons.go.setEnabled(True)
        field.setFocus()

    buttons = Agreeing("恢复", dialog, tried)
    down(field, buttons, on=dialog)
    with qtbot.waitActive(dialog):
        dialog.show()
    field.setFocus()
    strike(dialog, Qt.Key.Key_Return)
    qtbot.mouseClick(buttons.go, Qt.MouseButton.LeftButton)
    strike(dialog, Qt.Key.Key_Return)
    assert len(pressed) == 3
