"""The field in which a text is typed that a list is to be narrowed to."""

from PySide6.QtWidgets import QLineEdit


class FindField(QLineEdit):
    """A line with a cross that empties it, and a hint that says where the text is looked for."""

    def __init__(self, hint: str, name: str = "") -> None:
        """``name`` is what a screen reader says, the hint unless given."""
        super().__init__()
        self.setPlaceholderText(hint)
        self.setAccessibleName(name or hint)
        self.setClearButtonEnabled(True)
