"""A second place for backups, such as a USB stick, named once: each new backup is copied there while it is there.

In it the register has a folder of its own with a small marker file. By the marker the stick is known again: another one that
is plugged in at the same place is not written to. Where the second place is, is the matter of the laptop, not of the register.
"""

import datetime as dt
import errno
import hashlib
import json
import secrets
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from models import roles
from models.backups import archive
from models.backups.archive import SUFFIX
from models.backups.listing import Backup, State, backups, newest_good, number_of
from models.backups.thinning import kept
from models.errors import UserError
from models.files.failures import TABLE, Failure, failure_of, told
from models.files.private import private_folder
from models.files.replacing import PREFIX, copy_whole, write_whole
from models.files.replacing import SUFFIX as UNFINISHED
from models.language import _
from models.register import laptop
from models.register.register import Register

MARKER = "jianhui-second.json"
_SETTING = "second_places"
#: It is told that the second place is not there when it was last seen so long ago, and then only once in so long a time.
_REMIND_AFTER = dt.timedelta(days=7)
_DAY = dt.timedelta(days=1)


Look = Callable[[], None]


@dataclass(frozen=True)
class Second:
    """``folder``: as the person named it; ``mark``: what its marker file says; ``seen``, ``told``: ISO days, "" for never."""

    folder: str
    mark: str
    seen: str = ""
    told: str = ""


def second_place(folder: Path) -> Second | None:
    """The second place that was named for the register in ``folder``; None when there is none."""
    found = laptop.read_laptop().get(_SETTING, {})
    try:
        return Second(**found[_key(folder)])
    except (KeyError, TypeError):
        return None


def name_second_place(register: Register, place: Path) -> Path:
    """From now on copy each new backup to the folder ``place``, and the newest good one at once; returns where they lie.

    UserError for who may only look, when it is no folder, lies within the register's own, or cannot be written; then nothing
    has changed.
    """
    roles.need_write()
    if not place.is_dir():
        raise UserError(_("没有“{folder}”这个文件夹。优盘要先插好。").format(folder=place))
    if place.resolve().is_relative_to(register.folder.resolve()):
        raise UserError(_("“{folder}”就在登记册的文件夹里，丢了就一起丢了。请换一个地方，最好是优盘。").format(folder=place))
    home = home_of(register, place)
    mark = _mark_in(home) or secrets.token_hex(8)
    try:
        private_folder(home)
        if not (home / MARKER).exists():
            write_whole(home / MARKER, json.dumps({"mark": mark}))
        newest = newest_good(backups(register.folder))
        if newest is not None:
            _copy(newest.path, home)
    except OSError as error:
        raise _refused(error, place) from error
    _remember(register.folder, Second(str(place), mark, seen=dt.date.today().isoformat()))
    return home


def forget_second_place(folder: Path) -> None:
    """Copy no more backups to the second place; what lies there stays. UserError for who may only look."""
    roles.need_write()
    _remember(folder, None)


def home_of(register: Register, place: Path) -> Path:
    """The register's own folder within a second place: registers that share a stick do not meet."""
    fingerprint = hashlib.sha256(b"second place of " + bytes.fromhex(register.key_hex)).hexdigest()
    return place / f"jianhui-{fingerprint[:12]}"


def is_there(register: Register, second: Second) -> bool:
    """True when the very stick that was named is plugged in."""
    return _mark_in(home_of(register, Path(second.folder))) == second.mark


def take(register: Register, path: Path, look: Look = lambda: None) -> str:
    """Copy a new backup to the second place, read it back there, and thin what lies there; ``look()`` may raise Stopped.

    Returns what a person must know, or "": that it did not work and why, or once in a while that the place was not there.
    """
    second = second_place(register.folder)
    if second is None:
        return ""
    today, home = dt.date.today(), home_of(register, Path(second.folder))
    if not is_there(register, second):
        return _missing(register.folder, second, today)
    try:
        _copy(path, home, look)
        if second.seen != today.isoformat():
            _remember(register.folder, replace(second, seen=today.isoformat(), told=""))
    except UserError as error:
        return str(error)
    except OSError as error:
        return str(_refused(error, Path(second.folder)))
    return ""


def _copy(path: Path, home: Path, look: Look = lambda: None) -> None:
    """Copy, read back from the stick itself, and only then thin the older ones there. May raise UserError and OSError."""
    _clear(home)
    size = path.stat().st_size
    if shutil.disk_usage(home).free < size:
        _thin(home, tight=True)
    try:
        copy_whole(path, home / path.name, lambda part: _same(path, part, look), look)
    except OSError as error:
        if failure_of(error) is Failure.FULL and shutil.disk_usage(home).free > size:
            raise OSError(errno.EFBIG, "the disk has room, but not for so large a file") from error  # FAT32 under Windows
        raise
    _thin(home, tight=False)


def _same(path: Path, part: Path, look: Look) -> None:
    wanted, found = archive.manifest_of(path), archive.check(part, lambda _done, _total: look())
    if wanted is None or wanted.sha256 != found.sha256:
        raise OSError(errno.EIO, "what was written reads back differently")


def _clear(home: Path) -> None:
    """Remove what copies that were cut off left there a day ago or longer; a younger one may still be written."""
    now = dt.datetime.now(dt.UTC).timestamp()
    for path in home.glob(f"{PREFIX}*{UNFINISHED}"):
        if abs(now - path.stat().st_mtime) > _DAY.total_seconds():
            path.unlink(missing_ok=True)


def _thin(home: Path, *, tight: bool) -> None:
    """As among the register's own, by number and clock; never the newest, which was just read back or will be missed."""
    paths = sorted(home.glob("*" + SUFFIX), key=number_of, reverse=True)
    found = [
        Backup(path, number_of(path), about.made, 0, about.reason, about.counts, State.MADE)
        for path in paths
        if (about := archive.manifest_of(path)) is not None
    ]
    staying = kept(found, dt.datetime.now(dt.UTC), tight=tight)
    for each in found[1:]:
        if each.path not in staying:
            each.path.unlink(missing_ok=True)


def _missing(folder: Path, second: Second, today: dt.date) -> str:
    """A sentence once in a while, "" otherwise."""
    days = [day for day in map(_day, (second.seen, second.told)) if day is not None and day <= today]
    if days and today - max(days) < _REMIND_AFTER:
        return ""
    with suppress(UserError):  # then it is told once more next time
        _remember(folder, replace(second, told=today.isoformat()))
    return _("备份还没有存到“{folder}”：它不在，或者插的是另一个优盘。方便时请插上。").format(folder=second.folder)


def _refused(error: OSError, place: Path) -> UserError:
    sentence = _("备份没有存到“{folder}”（登记册旁边的那一份是好的）").format(folder=place)
    if failure_of(error) is Failure.FULL:
        why = _(TABLE[Failure.FULL][0])
        return UserError(_("{what}：{why}。请删去那里不用的文件，或者换一个优盘。").format(what=sentence, why=why))
    return told(error, sentence)


def _mark_in(home: Path) -> str:
    try:
        found = json.loads((home / MARKER).read_text("utf-8"))
    except (OSError, ValueError):
        return ""
    return str(found.get("mark") or "") if isinstance(found, dict) else ""


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def _key(folder: Path) -> str:
    return str(folder.resolve())


def _remember(folder: Path, second: Second | None) -> None:
    values = laptop.read_laptop()
    places = values.setdefault(_SETTING, {})
    places.pop(_key(folder), None)
    if second is not None:
        places[_key(folder)] = asdict(second)
    laptop.write_laptop(values)
