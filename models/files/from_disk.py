"""A file as the disk has it, past what the system keeps of it in memory: a stick that only says that it wrote is found out."""

import errno
import io
import mmap
import os
from collections.abc import Iterator
from pathlib import Path

#: Bytes that are read at once; of whole pages of memory and of the disk, as reading past the system's memory asks for.
_AT_ONCE = 4 << 20
_READING = os.O_RDONLY | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
#: What is said by a system, or by a disk, that knows no way past the memory.
_UNKNOWN = frozenset({errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP})


def bytes_on_disk(path: Path) -> Iterator[memoryview]:
    """The bytes of a file in their order; each part of them holds until the next is asked for. May raise OSError.

    Where there is no way past the system's memory it is told to forget the file, and read as any other.
    """
    room = memoryview(mmap.mmap(-1, _AT_ONCE))  # given back once nobody looks at it
    stream, count = _first(path, room)
    with stream:
        left = os.fstat(stream.fileno()).st_size
        while count:
            yield room[:count]
            left -= count
            # behind the end, at no beginning of a part of the disk, a disk may refuse to be asked
            count = stream.readinto(room) if left > 0 else 0


def _first(path: Path, room: memoryview) -> tuple[io.FileIO, int]:
    """The file, open, and how many of its first bytes are in ``room``."""
    past = getattr(os, "O_DIRECT", 0)
    try:
        return _read(path, _READING | past, room)
    except OSError as error:
        if not past or error.errno not in _UNKNOWN:
            raise
    return _read(path, _READING, room)


def _read(path: Path, flags: int, room: memoryview) -> tuple[io.FileIO, int]:
    stream = io.FileIO(os.open(path, flags))
    try:
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(stream.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        return stream, stream.readinto(room)
    except BaseException:
        stream.close()
        raise
