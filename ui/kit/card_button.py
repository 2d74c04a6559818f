"""A large button whose face is a layout of labels."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QLayout, QPushButton, QSizePolicy


class CardButton(QPushButton):
    """As large as what stands on it; the labels let the pointer through."""

    def __init__(self, face: QLayout) -> None:
        """``face`` holds labels only."""
        super().__init__()
        self.setProperty("card", True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._face = face
        self.setLayout(face)
        for label in self.findChildren(QLabel):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        return self._face.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return self._face.minimumSize()
