"""Going in at the door: the writer's lock, then the register; and where nothing can be written, the register without it."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from models.errors import Unwritable
from models.files.failures import told
from models.language import _
from models.register.lock import writing

if TYPE_CHECKING:
    from models.register.register import Register

#: Seconds to wait for another window or command: it will not end while we look.
WAIT = 0.5


@contextmanager
def waiting() -> Iterator[None]:
    """Show the wait cursor: opening takes a third of a second by design."""
    QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
    try:
        yield
    finally:
        QGuiApplication.restoreOverrideCursor()


def entered(
    folder: Path, held: ExitStack, action: "Callable[[], Register]", reading: "Callable[[str], Register] | None" = None
) -> "Register":  # fmt: skip
    """What ``action`` opens or creates under the lock, which ``held`` keeps; no lock is kept when that fails.

    ``reading(why)`` opens, without a lock, what can be read and not be written. Raises UserError.
    """
    try:
        with waiting(), ExitStack() as lock:
            lock.enter_context(writing(folder, _("窗口开着"), wait=WAIT))
            opened = action()
            held.push(lock.pop_all())
            return opened
    except (OSError, Unwritable) as error:
        why = error if isinstance(error, Unwritable) else told(error, _("登记册现在只能读"))
        if reading is None:
            raise why from error
        with waiting():
            return reading(str(why))
