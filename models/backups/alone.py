"""One at a time: whoever makes, thins or notes backups of a register holds a lock of its own in the register's folder.

It is not the writer's lock: a backup is made beside an open window, and by it.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from models.errors import UserError
from models.files.private import FILE_MODE, private_folder
from models.language import _

LOCK = "backup.lock"
#: Seconds to wait for another backup: that of a register of a million people takes half of it.
WAIT = 60.0
#: Seconds between two looks whether a person still wants to wait.
_LOOK_EVERY = 0.2


@contextmanager
def alone(folder: Path, look: Callable[[], object] | None = None, wait: float = WAIT) -> Iterator[None]:
    """Hold the right to make backups of the register in ``folder``. ``look()`` is called while waiting and may raise.

    UserError when another program is at it for longer than ``wait`` seconds. A killed holder frees the lock. May raise
    OSError.
    """
    private_folder(folder)
    lock = FileLock(folder / LOCK, mode=FILE_MODE, thread_local=False)
    until = time.monotonic() + wait
    while True:
        try:
            lock.acquire(timeout=min(_LOOK_EVERY, wait))
            break
        except Timeout as error:
            if time.monotonic() >= until:
                raise UserError(_("另一个建会通正在备份这个登记册，等了很久还没有完。请稍后再试。")) from error
            if look is not None:
                look()
    try:
        yield
    finally:
        lock.release()
