"""Circular garbage, looked for in the window's thread only.

Python looks for it in whichever thread happens to make objects, and frees what it finds there. A closed page and its
parts are such circles: freed on the worker thread, while the window's thread paints, they take the program down.
"""

import gc

from PySide6.QtCore import QCoreApplication, QObject, QTimer

from models.memory import collector_welcome

#: Milliseconds between two looks.
EVERY_MS = 1_000


class Garbage(QObject):
    """Owned by the application; from its making on, Python itself no longer looks for circles."""

    def __init__(self, application: QCoreApplication) -> None:
        """Take the search over from Python."""
        super().__init__(application)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Free what can be freed: the oldest generation that is due, by Python's own measure."""
        if not collector_welcome():
            return
        due = zip(reversed(gc.get_count()), reversed(gc.get_threshold()), (2, 1, 0), strict=True)
        for count, threshold, generation in due:
            if count > threshold > 0:
                gc.collect(generation)
                return


def collect_here() -> None:
    """Let the running application do the search from now on, in this thread, which must be the window's."""
    application = QCoreApplication.instance()
    if application is not None and application.findChild(Garbage) is None:
        Garbage(application)
