"""A small window of another program from which files are dragged: ``parcel.py X Y FILE…``. For one drop.

Prints "ready" when it can be pressed, then "taken" or "refused". Stays, out of sight, for whoever still has to fetch the files.
"""

import sys

from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtWidgets import QApplication, QLabel

#: The title of the window.
PARCEL = "parcel"


class Parcel(QLabel):
    """The files, to be pulled out with the mouse."""

    def __init__(self, files: list[str]) -> None:
        """Stays above other windows, without a frame."""
        super().__init__(f"{len(files)} 个文件")
        self._files = files
        self.setWindowFlags(Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint | Qt.WindowType.Tool)
        self.setWindowTitle(PARCEL)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.resize(110, 40)

    def mouseMoveEvent(self, _event: QMouseEvent) -> None:  # noqa: N802  # as Qt spells it
        carried = QMimeData()
        carried.setUrls([QUrl.fromLocalFile(each) for each in self._files])
        drag = QDrag(self)
        drag.setMimeData(carried)
        taken = drag.exec(Qt.DropAction.CopyAction)
        print("refused" if taken == Qt.DropAction.IgnoreAction else "taken", flush=True)
        self.hide()


def run(x: int, y: int, files: list[str]) -> int:
    """Show the window until its files were dropped somewhere; whoever started it ends it."""
    app = QApplication([PARCEL])
    app.setQuitOnLastWindowClosed(False)
    parcel = Parcel(files)
    parcel.move(x, y)
    parcel.show()
    print("ready", flush=True)
    return app.exec()


if __name__ == "__main__":
    sys.exit(run(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]))
