"""Replace a file so that it is the old one or the new one, whatever happens in between.

Everything that the program writes beside the register goes through here: the content goes to a new file with a name that
nobody else has, is flushed to the disk, looked at again where that matters, takes its name in one step, and the folder is
flushed, so that a power cut can neither leave an empty file nor bring back the old one after the new one was promised.
"""

import hashlib
import io
import os
import secrets
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO, cast

from models.files.private import FILE_MODE, make_private_file

#: What the name of a file that is being written begins and ends with; no name of ours is longer than the one it replaces by much.
PREFIX, SUFFIX = "jianhui-", ".part"
#: A virus scanner holds a new file for a moment (Windows errors 5 and 32): so many tries, so many seconds apart at first.
_TRIES, _PAUSE = 10, 0.02
_HELD = (5, 32)
_AT_ONCE = 4 << 20

Check = Callable[[Path], None]


def unfinished(folder: Path) -> Path:
    """A name in ``folder`` for a file that is being written; nobody else has it."""
    return folder / f"{PREFIX}{secrets.token_hex(8)}{SUFFIX}"


def clear_unfinished(folder: Path) -> None:
    """Remove what programs that were killed left half written in ``folder``, where nobody else is writing."""
    for left in folder.glob(f"{PREFIX}*{SUFFIX}"):
        with suppress(OSError):
            left.unlink()


@contextmanager
def replacing(path: Path, check: Check | None = None) -> Iterator[BinaryIO]:
    """A stream for the new content of ``path``, which is there, whole and on the disk, once the block has ended.

    ``check`` gets the finished file before it takes its name; what it raises leaves the old file as it was, as does anything
    raised in the block. Raises OSError when it cannot be written.
    """
    with replacing_by_path(path, check) as part, part.open("wb") as stream:
        yield stream


@contextmanager
def replacing_by_path(path: Path, check: Check | None = None) -> Iterator[Path]:
    """As :func:`replacing`, for what writes to a path by itself: an empty file, which only its owner may read."""
    final = path.resolve() if path.is_symlink() else path
    part = unfinished(final.parent)
    make_private_file(part)
    try:
        yield part
        flush(part)
        if check is not None:
            check(part)
        move(part, final)
    finally:
        with suppress(OSError):  # what went wrong is being told already
            part.unlink()


@contextmanager
def replacing_as_it_comes(path: Path) -> Iterator[BinaryIO]:
    """As :func:`replacing`, for content too large to be held: written from its beginning to its end, and read back then."""
    written = _Summed()

    def same(part: Path) -> None:
        with part.open("rb") as stream:
            if hashlib.file_digest(stream, "sha256").digest() != written.sum.digest():
                raise OSError(5, "what was written reads back differently", str(path))  # EIO: the disk lies

    with replacing(path, same) as stream:
        written.stream = stream
        yield cast(BinaryIO, written)


class _Summed(io.RawIOBase):
    """A stream that only goes on, and knows the SHA-256 of all that went through it."""

    stream: BinaryIO

    def __init__(self) -> None:
        super().__init__()
        self.sum = hashlib.sha256()

    def writable(self) -> bool:
        return True

    def write(self, content: Any) -> int:
        self.sum.update(content)
        return self.stream.write(content)


def write_whole(path: Path, content: bytes | str) -> None:
    """Replace ``path`` by ``content`` (text as UTF-8), and read it back before it takes its name. OSError when it cannot be."""
    wanted = content.encode() if isinstance(content, str) else content

    def same(part: Path) -> None:
        if part.read_bytes() != wanted:
            raise OSError(5, "what was written reads back differently", str(path))  # EIO: the disk lies

    with replacing(path, same) as stream:
        stream.write(wanted)


def copy_whole(
    source: Path, target: Path, check: Check | None = None, look: Callable[[], object] | None = None
) -> None:
    """Replace ``target`` by the content of ``source``; ``check`` as for :func:`replacing`. OSError when it cannot be.

    ``look()`` is called every few megabytes; what it raises ends the copying, and the old file stays.
    """
    with source.open("rb") as content, replacing(target, check) as stream:
        while block := content.read(_AT_ONCE):
            stream.write(block)
            if look is not None:
                look()


def append(path: Path, text: str) -> None:
    """Add a text to a file that only its owner may read, made where there is none: a log. OSError when it cannot be."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, FILE_MODE), "ab") as stream:
        stream.write(text.encode())


def move(source: Path, target: Path) -> None:
    """Give ``source`` the name ``target``, in one step and for good: both folders are flushed. OSError when it cannot be."""
    for left in reversed(range(_TRIES)):
        try:
            source.replace(target)
            break
        except PermissionError as error:
            if not left or getattr(error, "winerror", None) not in _HELD:
                raise
            time.sleep(_PAUSE * (_TRIES - left))
    for folder in {source.parent, target.parent}:
        flush_folder(folder)


def flush(path: Path) -> None:
    """Wait until the content of a file is on the disk."""
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())


def flush_folder(folder: Path) -> None:
    """Wait until the names in a folder are on the disk, where the system can (Windows does it by itself)."""
    if sys.platform == "win32":
        return
    held = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # some file systems (FAT, network drives) flush no folders
            os.fsync(held)
    finally:
        os.close(held)
