"""The ways in which a register's file can be opened: for writing, or for reading where nothing can be written."""

import sys
from enum import Enum
from pathlib import Path

#: How long, in milliseconds, another program's writing is waited for.
BUSY_MS = 5_000
#: The engine's way to the disk without any locks: none can be taken on a file that is opened for reading alone.
_UNLOCKED = "win32-none" if sys.platform == "win32" else "unix-none"


class OpeningWay(Enum):
    """How a file is opened. All but the first leave it and what lies beside it as they are.

    ``READING``: beside others, who may be writing; the folder must take the small file that they share.
    ``ALONE``: nobody else may have it open; its log is read along, and no file is needed beside it.
    ``STILL``: nobody may be writing, and what lies in a log beside it is not seen; needs nothing but the file.
    """

    WRITING = ""
    READING = "mode=ro"
    ALONE = f"mode=ro&vfs={_UNLOCKED}"
    STILL = "immutable=1"


#: Kilobytes of pages that a connection keeps, at least and at most, and the part of a file that is: about the indexes in which a
#: text is looked for. Walked through again and again, they are decrypted anew each time unless all of them are kept.
_CACHE, _LARGEST_CACHE, _PART = 65_536, 131_072, 12


def target(path: Path, way: OpeningWay) -> str:
    """What the engine is told to open."""
    return str(path) if way is OpeningWay.WRITING else f"{path.resolve().as_uri()}?{way.value}"


def cache_of(path: Path) -> int:
    """The kilobytes of pages that a connection to a file keeps."""
    try:
        size = path.stat().st_size
    except OSError:  # whoever opens it is told why
        size = 0
    return min(max(size // 1024 // _PART, _CACHE), _LARGEST_CACHE)


def pragmas(way: OpeningWay, path: Path) -> list[tuple[str, str | int]]:
    """What is set before the first query."""
    cache = -cache_of(path)
    common: list[tuple[str, str | int]] = [("cipher_log_level", "NONE"), ("mmap_size", 0), ("busy_timeout", BUSY_MS)]
    if way is OpeningWay.WRITING:
        return [*common, ("journal_mode", "wal"), ("synchronous", "full"), ("foreign_keys", 1), ("cache_size", cache)]
    locking: list[tuple[str, str | int]] = [("locking_mode", "exclusive")] if way is OpeningWay.ALONE else []
    return [*common, *locking, ("cache_size", cache), ("query_only", 1)]
