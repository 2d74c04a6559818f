"""What keeps this process's memory to itself: no core file, no other program of the same user looking in."""

import ctypes
import os
import sys
from contextlib import suppress

#: prctl's PR_SET_DUMPABLE: 0 is neither dumped by the kernel nor opened by a debugger of the same user.
_PR_SET_DUMPABLE = 4
#: Windows: no box and no report for a crash (SEM_FAILCRITICALERRORS, SEM_NOGPFAULTERRORBOX), and no heap in a report that is
#: made all the same.
_NO_REPORT, _NO_HEAP = 0x0001 | 0x0002, 1

#: Texts of one character and the like are shared by the whole program.
_SHORTEST = 8
#: What an object of bytes is larger than what it holds; so many blocks of each size are written over.
_BYTES_OBJECT, _BLOCKS = 33, 128


def keep_memory() -> None:
    """From now on a crash of this process leaves no picture of its memory on the disk. What the system lacks is left out."""
    if sys.platform == "win32":
        with suppress(OSError, AttributeError):
            ctypes.windll.kernel32.SetErrorMode(_NO_REPORT)
            ctypes.windll.kernel32.WerSetFlags(_NO_HEAP)
        return
    import resource

    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def secret_from(variable: str) -> str | None:
    """A secret from the environment's ``variable``, which is taken out of it: no program started from here gets it."""
    return os.environ.pop(variable, None)


def wipe(text: str | bytes) -> None:
    """Write over a text that holds a secret, once nobody uses it any more; it must be of the caller's own making.

    Python has no means for it: the object's own memory is written to. A character is at most four bytes, and what stands
    before the text is left alone, so the object can still be freed.
    """
    if sys.implementation.name != "cpython" or len(text) < _SHORTEST:
        return
    if isinstance(text, str) and not text.isascii():
        return  # laid out otherwise, and perhaps with a second copy
    size = len(text)
    ctypes.memset(id(text) + sys.getsizeof(text) - size - 1, 0, size)


def scrub() -> None:
    """Take and give back memory of the sizes in which the engine and Python just held a key, so that it is written over."""
    for size in range(64, 257, 16):
        kept = [bytes(size - _BYTES_OBJECT) for _block in range(_BLOCKS)]
        del kept
        buffers = [ctypes.create_string_buffer(size - 8) for _block in range(_BLOCKS // 4)]
        del buffers
