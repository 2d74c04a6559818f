"""Whether anything opened a file, told by the kernel: what Qt opens, Python does not see."""

import ctypes
import os
import struct
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

#: ``IN_OPEN`` of inotify(7), and the size of an event without a name behind it.
_OPEN, _EVENT = 0x20, struct.calcsize("iIII")

CAN_WATCH = sys.platform == "linux"


class Watch:
    """Counts how often one file was opened."""

    def __init__(self, number: int) -> None:
        self._number = number
        self.count = 0

    def look(self) -> int:
        """How often it was opened since the watch began."""
        with suppress(BlockingIOError):  # nothing new
            self.count += len(os.read(self._number, 1 << 16)) // _EVENT
        return self.count


@contextmanager
def watched(path: Path) -> Iterator[Watch]:
    """Watch a file, only where :data:`CAN_WATCH`."""
    kernel = ctypes.CDLL(None, use_errno=True)
    number = kernel.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
    if number < 0 or kernel.inotify_add_watch(number, os.fsencode(path), _OPEN) < 0:
        raise OSError(ctypes.get_errno(), "inotify")
    try:
        yield Watch(number)
    finally:
        os.close(number)
