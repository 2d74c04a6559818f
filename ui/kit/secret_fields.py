"""Fields for passphrases: hidden, told how easily they are guessed as they are typed, and forgotten with what undo would know."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QLineEdit, QPushButton

from ui.kit.buttons import push_button
from ui.kit.plain import Label

_MODES = QLineEdit.EchoMode


def secret_field(label: Label | None = None) -> QLineEdit:
    """A field that hides what is typed; ``label`` stands before it."""
    field = QLineEdit()
    field.setEchoMode(_MODES.Password)
    if label is not None:
        label.setBuddy(field)
        field.setAccessibleName(label.text())
    return field


def show_box(text: str, *fields: QLineEdit) -> QCheckBox:
    """A box that shows what stands in the fields while it is ticked."""
    box = QCheckBox(text)

    def show(shown: bool) -> None:
        for field in fields:
            field.setEchoMode(_MODES.Normal if shown else _MODES.Password)

    box.toggled.connect(show)
    return box


def wrong_line(*fields: QLineEdit) -> Label:
    """Where a sentence stands about what was refused; typing in one of ``fields`` takes it away."""
    label = Label(wrap=True)
    label.setProperty("role", "wrong")
    for field in fields:
        field.textEdited.connect(label.clear)
    return label


def hint_line(field: QLineEdit, folder: Path) -> Label:
    """Tells beside ``field`` how easily the new passphrase in it is guessed, for the register in ``folder``."""
    label = Label(wrap=True)
    label.setProperty("role", "secondary")

    def tell(typed: str) -> None:
        from models.register.strength import (
            hint,  # with its dictionaries: only whoever makes a passphrase waits for them
        )

        label.setText(hint(typed, folder))
        label.setVisible(bool(typed))

    field.textChanged.connect(tell)
    label.hide()
    return label


def primary(text: str, action: Callable[[], object]) -> QPushButton:
    """A page's main button. It takes the Enter key only while the page that is shown makes it the default."""
    button = push_button(text, primary=True)
    button.setAutoDefault(False)
    button.clicked.connect(action)
    return button


def again(field: QLineEdit) -> None:
    """After a refusal: the keyboard in the field, what is typed next takes the place of what was refused."""
    field.setFocus()
    field.selectAll()


def forget(*fields: QLineEdit) -> None:
    """Empty fields so that undo brings nothing back: ``clear`` would keep what it takes away."""
    for field in fields:
        field.setText("")
