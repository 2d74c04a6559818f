"""The log that a program which did not close the register left beside it: looked at before it is folded into the file.

A log knows nothing of the file that it belongs to: one of an older copy, or of another register, would be written over a
newer file by the mere opening. So the file is first read with and without it, in a private place, and left as it is.
"""

import os
import shutil
import struct
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from models.engine import sql
from models.engine.single import EngineError, asked, single
from models.engine.ways import OpeningWay
from models.files.private import private_folder
from models.files.replacing import copy_whole
from models.journal.entries import newest_by
from models.language import _

#: A log's header and the head of each of its pages, in bytes.
_HEADER, _FRAME = 32, 24
#: What the name of a private folder begins with.
_LOOK = "jianhui-look-"
#: Looked at so many times, when others open the file, write and close it meanwhile.
TRIES = 5
#: The bytes that the engine locks for as long as a file is open, from where and how many; a file never reaches so far.
_LOCKED_FROM, _LOCKED_BYTES = 0x40000002, 510


@dataclass(frozen=True)
class Log:
    """What was found. ``unclean``: there is a log to fold in. ``broken``: not even with it is the file sound.

    ``told``: what was set aside, for a person.
    """

    unclean: bool = False
    broken: bool = False
    told: str = ""


@dataclass(frozen=True)
class _Seen:
    """A file as it reads: sound in its structure, its newest entry of the log, pages of the engine's log that count."""

    sound: bool
    newest: int = 0
    pages: int = -1


@dataclass(frozen=True)
class _Found:
    """A file as it reads with the log beside it and alone; ``gap``: the log is broken in the middle."""

    both: _Seen
    alone: _Seen
    gap: bool


def settle(file: Path, key_hex: str) -> Log:
    """Look at what lies beside ``file``; what does not belong to it is set aside, never applied.

    The caller holds the right to write and has the file not open. Those who only read may have it open, and keep in the trail
    that they have read: a log that is in use is theirs and is left alone.

    Raises OSError where there is no room to look.
    """
    for left in file.parent.glob(_LOOK + "*"):  # by a program that was killed here
        shutil.rmtree(left, ignore_errors=True)
    journal, wal = Path(f"{file}-journal"), Path(f"{file}-wal")
    told = _set_aside(file, journal) if journal.exists() else ""
    if not wal.exists() or wal.stat().st_size == 0:
        return Log(told=told)
    for _try in range(TRIES):
        if in_use(file):  # whoever has it open looked before us, and the log is theirs
            break
        stood = stamps(file, wal)
        with suppress(FileNotFoundError):  # whoever only read was the last to close meanwhile, and has folded the log in
            found = _found(file, wal, key_hex)
            if stamps(file, wal) == stood and not in_use(file):
                return _settled(file, wal, found, told)
        if not wal.exists():
            break
    return Log(told=told)


def in_use(file: Path) -> bool:
    """True when another program has the file open in the engine, which then holds a lock on bytes that are no part of it.

    For whoever has it open in no other way: on POSIX the system drops all of a program's locks on a file that it closes.
    Windows lets nobody move what another has open, and need not be asked.
    """
    if sys.platform == "win32":
        return False
    import fcntl

    with file.open("rb+") as stream:
        try:
            fcntl.lockf(stream, fcntl.LOCK_EX | fcntl.LOCK_NB, _LOCKED_BYTES, _LOCKED_FROM)
        except OSError:
            return True
    return False


def stamps(*paths: Path) -> list[tuple[int, int, int]]:
    """Of each file what changes when somebody writes into it, and when it is another one; (0, 0, 0) for one that is gone."""
    stats = [path.stat() if path.exists() else None for path in paths]
    return [(each.st_ino, each.st_size, each.st_mtime_ns) if each else (0, 0, 0) for each in stats]


def _found(file: Path, wal: Path, key_hex: str) -> _Found:
    with private_copy(file, file.parent) as copy:
        both = _look(copy, key_hex, OpeningWay.READING)
        # the copy's: whoever opens it beside us adds to the log itself, and what came later is no gap
        gap = both.sound and _broken_in_the_middle(Path(f"{copy}-wal"), both.pages)
    return _Found(both, _look(file, key_hex, OpeningWay.STILL), gap)


def _settled(file: Path, wal: Path, found: _Found, told: str) -> Log:
    both, alone = found.both, found.alone
    if alone.sound and (not both.sound or both.newest < alone.newest):
        return Log(told=_set_aside(file, wal, Path(f"{file}-shm")))
    if found.gap:
        folder = _new_folder(file.parent)
        copy_whole(wal, folder / wal.name)
        sentence = _("登记册的日志中间坏了一段，后面的几次改动读不出来；日志的原样放在“{path}”里。")
        told = sentence.format(path=folder)
    return Log(unclean=True, broken=not both.sound, told=told)


@contextmanager
def private_copy(file: Path, folder: Path) -> Iterator[Path]:
    """The file and its log in a new folder inside ``folder``, gone at the end; on the same disk the file takes no room."""
    place = Path(tempfile.mkdtemp(prefix=_LOOK, dir=folder))
    try:
        copy = place / file.name
        try:
            os.link(file, copy)
        except OSError:  # another disk, or one that knows no second names
            shutil.copyfile(file, copy)
        wal = Path(f"{file}-wal")
        if wal.exists():
            shutil.copyfile(wal, f"{copy}-wal")
        yield copy
    finally:
        shutil.rmtree(place, ignore_errors=True)


def belongs(copy: Path, key_hex: str) -> bool:
    """True when the log beside a private copy of a file belongs to it, as :func:`settle` judges."""
    both, alone = _look(copy, key_hex, OpeningWay.READING), _look(copy, key_hex, OpeningWay.STILL)
    return not alone.sound or (both.sound and both.newest >= alone.newest)


def _look(path: Path, key_hex: str, way: OpeningWay) -> _Seen:
    try:
        with single(path, key_hex, way) as held:
            pages = asked_pages(held) if way is OpeningWay.READING else -1
            if asked(held, sql.STRUCTURE) != "ok":
                return _Seen(sound=False)
            return _Seen(True, newest_by(held.execute), pages)
    except EngineError:
        return _Seen(sound=False)


def asked_pages(held: object) -> int:
    """How many pages of the log the engine takes for whole; -1 when it does not say."""
    with suppress(EngineError):
        row = held.execute(sql.LOG_STATE).fetchone()  # type: ignore[attr-defined]
        return int(row[1])
    return -1


def _broken_in_the_middle(wal: Path, pages: int) -> bool:
    """True when changes that were on the disk for good follow a page that is not whole.

    The last change may be half there after a power cut. The one after it is only begun when it is on the disk: two ends of
    changes behind the first page that is not whole mean that it was whole once.
    """
    if pages < 0 or not wal.exists():
        return False
    ends = 0
    with wal.open("rb") as stream:
        header = stream.read(_HEADER)
        if len(header) < _HEADER:
            return False  # whoever only read was the last to close meanwhile, which folds the log in and empties it
        size, salts = struct.unpack(">I", header[8:12])[0], header[16:24]
        stream.seek(_HEADER + pages * (_FRAME + size))
        while len(head := stream.read(_FRAME)) == _FRAME:
            ends += head[8:16] == salts and head[4:8] != bytes(4)
            stream.seek(size, os.SEEK_CUR)
    return ends >= 2


def _set_aside(file: Path, *paths: Path) -> str:
    folder = _new_folder(file.parent)
    for path in paths:
        if path.exists():
            path.replace(folder / path.name)
    sentence = _("登记册旁边有一份不属于它的旧日志，没有采用，移到了“{path}”里。")
    return sentence.format(path=folder)


def _new_folder(parent: Path) -> Path:
    number = 1
    while (folder := parent / f"set-aside-{number}").exists():
        number += 1
    private_folder(folder)
    return folder
