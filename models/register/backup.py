"""Backups: whole, verified, and never at the cost of the last good one.

A backup is one file (``.jhbak``): a zip, stored, of the encrypted register, its wrapped key and a manifest. It is opened
and counted before it takes its name; the older ones are thinned only afterwards.
"""

import datetime as dt
import hashlib
import json
import os
import shutil
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from peewee import DatabaseError
from playhouse.sqlcipher_ext import SqlCipherDatabase

from models.engine import database
from models.errors import DamagedRegister, Stopped, UserError
from models.journal.writer import last_number
from models.language import N_, _
from models.register import keys, laptop, trailing
from models.register.register import FILE, KEY, SIDECARS, Register, schema_number
from models.trail import keeping
from models.trail.entry import Act

KEEP = 10
SUFFIX = ".jhbak"
MANIFEST = "manifest.json"
#: The suffixes of what a backup is made from: left behind only when the computer, or the program, went out in the middle.
_UNFINISHED = (".copy", ".part", *(".copy" + tail for tail in SIDECARS))
#: How far, in per cent, a backup is once it is copied, checked and packed.
_COPIED, _CHECKED, _PACKED = 45, 80, 100
#: Bytes packed between two reports of progress.
_PACKED_AT_ONCE = 4 << 20
#: Steps of the engine between two reports of a check. It takes one for each page, and then some for what stands on it, about
#: so many; the first step, which reads the page, takes as long as so many others.
_LOOK_EVERY, _STEPS_A_PAGE, _READ_AS_LONG_AS = 1_000, 200, 160

Progress = Callable[[int, int], None]


def back_up(register: Register, target: Path | None = None, progress: Progress | None = None) -> Path:
    """Write a verified backup of the open register and return its path.

    ``target``: a file, or a folder to put it in; None for the register's own ``backups`` folder, where the last ten are
    kept. ``progress(per cent, 100)`` may raise Stopped. Raises UserError when there is no room, or the copy does not verify.
    Whatever is raised, nothing is left behind, and the backups that were there stay.
    """
    own = register.folder / "backups"
    folder = own if target is None else (target if target.is_dir() else target.parent)
    final = target if target is not None and not target.is_dir() else folder / _next_name(folder)
    if final.suffix != SUFFIX:
        final = final.with_name(final.name + SUFFIX)
    copy, part = final.with_suffix(".copy"), final.with_suffix(".part")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _need_room(folder, 2 * register.file.stat().st_size)
        copy.unlink(missing_ok=True)
        if target is None:
            _clear(own)
        database.copy_to(copy, register.key_hex, partial(_tell, progress, 0, _COPIED), passing=True)
        count = _verify(copy, register.key_hex, partial(_tell, progress, _COPIED, _CHECKED))
        if count != last_number():
            raise UserError(_("备份与登记册对不上，没有保留。请再试一次。"))
        digest = _pack(part, copy, register.folder / KEY, count, partial(_tell, progress, _CHECKED, _PACKED))
        part.replace(final)
    except OSError as error:
        raise UserError(
            _("备份写不到“{folder}”：{why}。原有的备份没有改动。").format(folder=folder, why=error.strerror)
        ) from error
    finally:
        for path in (copy, part):
            with suppress(OSError):  # what went wrong is told already, and the next backup clears it away
                path.unlink()
    # one that could not be kept in the trail is a backup all the same
    trailing.keep(register.folder, Act("backup", file=final.name, sha256=digest))
    if target is None:
        _thin(own)
    return final


def _tell(progress: Progress | None, start: int, end: int, done: int, total: int) -> None:
    """Report how far a part of the work is that takes from ``start`` to ``end`` per cent of the whole."""
    if progress is not None:
        progress(start + (end - start) * min(done, total) // max(total, 1), _PACKED)


def _clear(folder: Path) -> None:
    """Remove what a backup that was cut off left behind: it is as large as a backup and worth nothing."""
    for suffix in _UNFINISHED:
        for path in folder.glob("*" + suffix):
            with suppress(OSError):  # another program is just making one
                path.unlink()


def is_due(register: Register) -> bool:
    """True unless the newest of the register's own backups already holds everything."""
    newest = max((register.folder / "backups").glob("*" + SUFFIX), key=_counter, default=None)
    return newest is None or _manifest(newest).get("changes") != last_number()


def back_up_if_changed(register: Register, progress: Progress | None = None) -> Path | None:
    """An automatic backup where :func:`is_due`; ``progress`` and what is raised as in :func:`back_up`."""
    return back_up(register, progress=progress) if is_due(register) else None


@dataclass(frozen=True)
class Backup:
    """A backup that lies in a register's own folder. ``made`` is ISO text, "" when it cannot be read; ``size`` in bytes."""

    path: Path
    made: str
    size: int
    changes: int


def backups(register: Register) -> list[Backup]:
    """The backups in the register's own folder, the newest first."""
    found = []
    for path in sorted((register.folder / "backups").glob("*" + SUFFIX), key=_counter, reverse=True):
        told = _manifest(path)
        changes = told.get("changes")
        size = path.stat().st_size
        found.append(Backup(path, str(told.get("made") or ""), size, changes if isinstance(changes, int) else 0))
    return found


def check(path: Path) -> None:
    """Compare a backup with what was noted when it was made. UserError when it is not whole."""
    try:
        digest = hashlib.sha256()
        with zipfile.ZipFile(path) as archive, archive.open(FILE) as stream:
            while part := stream.read(1 << 20):
                digest.update(part)
        whole = digest.hexdigest() == _manifest(path)["sha256"]
    except (OSError, zipfile.BadZipFile, KeyError) as error:
        raise UserError(_("“{name}”打不开，已经损坏。").format(name=path.name)) from error
    if not whole:
        raise UserError(_("“{name}”已损坏（校验不符）。").format(name=path.name))


def remove(register: Register, path: Path) -> None:
    """Delete one of the register's own backups. UserError for the only one, or when it cannot be deleted."""
    if [each.path for each in backups(register)] == [path]:
        raise UserError(_("这是唯一的一份备份，不能删去。请先备份一次。"))
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise UserError(_("删不了“{name}”：{why}。").format(name=path.name, why=error.strerror)) from error


def thin(register: Register) -> None:
    """Keep only the newest of the register's own backups, :data:`KEEP` of them."""
    _thin(register.folder / "backups")


def _counter(path: Path) -> int:
    digits = path.stem.rsplit("-", 1)[-1]
    return int(digits) if digits.isdigit() else 0


def _next_name(folder: Path) -> str:
    """Names carry a counter besides the day, for a laptop's clock may be wrong."""
    last = max((_counter(path) for path in folder.glob("*" + SUFFIX)), default=0)
    return f"jianhui-{dt.date.today():%Y%m%d}-{last + 1:05d}{SUFFIX}"


def _need_room(folder: Path, size: int) -> None:
    if shutil.disk_usage(folder).free < size:
        needed = max(1, size // 1_000_000)
        raise UserError(_("“{folder}”所在磁盘的空间不够备份，需要约 {size} MB。").format(folder=folder, size=needed))


def _verify(copy: Path, key_hex: str, told: Progress | None = None) -> int:
    """Open a copy by itself, check it and return the number of its last change. DamagedRegister when it is not sound.

    ``told(done, total)`` is called now and then with how far the check is; it may raise Stopped.
    """
    other = SqlCipherDatabase(str(copy), passphrase=f"x'{key_hex}'", pragmas=[("cipher_log_level", "NONE")])
    try:
        with _telling(other, told):
            sound = other.execute_sql("PRAGMA quick_check").fetchone()[0] == "ok"
        ours = other.execute_sql("PRAGMA application_id").fetchone()[0] == database.APPLICATION_ID
        newest = int(other.execute_sql("PRAGMA user_version").fetchone()[0])
        if not (sound and ours):
            raise DamagedRegister(_("备份文件已损坏，没有采用。"))
        if newest > schema_number():
            raise UserError(_("这个备份是更新版本的建会通做的，请升级程序后再恢复。"))
        return int(other.execute_sql("SELECT coalesce(max(id), 0) FROM change").fetchone()[0])
    except DatabaseError as error:
        raise DamagedRegister(_("备份文件打不开，没有采用。")) from error
    finally:
        other.close()


@contextmanager
def _telling(other: SqlCipherDatabase, told: Progress | None) -> Iterator[None]:
    """Inside, ``told`` hears how far a check of ``other`` is, about, and breaks it off when it raises Stopped."""
    if told is None:
        yield
        return
    pages = int(other.execute_sql("PRAGMA page_count").fetchone()[0])
    steps, stopped = 0, False

    def look() -> bool:
        nonlocal steps, stopped
        steps += _LOOK_EVERY
        try:
            told(_READ_AS_LONG_AS * min(steps, pages) + max(0, steps - pages), (_READ_AS_LONG_AS + _STEPS_A_PAGE) * pages)
        except Stopped:
            stopped = True
        return stopped

    other.connection().set_progress_handler(look, _LOOK_EVERY)
    try:
        yield
    except DatabaseError as error:
        if stopped:
            raise Stopped from error
        raise
    finally:
        other.connection().set_progress_handler(None, 0)


def _pack(part: Path, copy: Path, key: Path, count: int, told: Progress) -> str:
    """Write the backup's file to the disk: read once, for its checksum, which is returned, and for its place in the file."""
    digest, size, done = hashlib.sha256(), copy.stat().st_size, 0
    with part.open("wb") as stream:
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
            with copy.open("rb") as source, archive.open(zipfile.ZipInfo.from_file(copy, FILE), "w") as target:
                while content := source.read(_PACKED_AT_ONCE):
                    digest.update(content)
                    target.write(content)
                    done += len(content)
                    told(done, size)
            archive.write(key, KEY)
            made = dt.datetime.now(dt.UTC).astimezone().isoformat(timespec="seconds")
            manifest = {
                "format": 1, "made": made, "schema": schema_number(), "changes": count, "sha256": digest.hexdigest(),
            }  # fmt: skip
            archive.writestr(MANIFEST, json.dumps(manifest))
        stream.flush()
        os.fsync(stream.fileno())  # a file must not have its name before it has its content
    return digest.hexdigest()


def _manifest(path: Path) -> dict[str, object]:
    try:
        with zipfile.ZipFile(path) as archive:
            found = json.loads(archive.read(MANIFEST))
    except (OSError, zipfile.BadZipFile, KeyError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _thin(folder: Path) -> None:
    for path in sorted(folder.glob("*" + SUFFIX), key=_counter)[:-KEEP]:
        path.unlink(missing_ok=True)


def restore(folder: Path, source: Path, secret: str) -> Path | None:
    """Put the register of a backup in place of the one in ``folder``, which must be closed and locked by the caller.

    What was there is moved to ``before-restore-…`` beside it, and that folder is returned (None when there was nothing).
    Raises UserError or WrongPassphrase, and then nothing has changed.
    """
    incoming = folder / "restoring"
    try:
        incoming.mkdir(parents=True, exist_ok=True)
        _unpack(source, incoming)
        with trailing.tries_noted(folder, N_("恢复备份")):
            key = keys.unwrap(keys.read_side_file(incoming / KEY), secret)
        _verify(incoming / FILE, key.hex())
        aside = _move_aside(folder)
        (incoming / KEY).replace(folder / KEY)
        (incoming / FILE).replace(folder / FILE)
    except OSError as error:
        raise UserError(_("恢复没有完成：{why}。登记册没有改动。").format(why=error.strerror or error)) from error
    finally:
        shutil.rmtree(incoming, ignore_errors=True)
    laptop.forget_device(folder)
    keeping.put(folder, Act("restore", file=source.name), laptop.person_name())
    return aside


def _unpack(source: Path, incoming: Path) -> None:
    try:
        with zipfile.ZipFile(source) as archive:
            digest = _manifest(source)["sha256"]
            for name in (FILE, KEY):
                with archive.open(name) as stream, (incoming / name).open("wb") as target:
                    shutil.copyfileobj(stream, target)
    except FileNotFoundError as error:
        raise UserError(_("找不到备份文件“{name}”。").format(name=source.name)) from error
    except (zipfile.BadZipFile, KeyError) as error:
        raise UserError(_("“{name}”不是建会通的备份文件，或者已经损坏。").format(name=source.name)) from error
    with (incoming / FILE).open("rb") as stream:
        if hashlib.file_digest(stream, "sha256").hexdigest() != digest:
            raise UserError(_("备份文件“{name}”已损坏（校验不符），没有采用。").format(name=source.name))


def _move_aside(folder: Path) -> Path | None:
    """Move the present register with its sidecars: an old log beside a restored file would corrupt it."""
    names = [FILE, KEY, *(FILE + tail for tail in SIDECARS)]
    present = [folder / name for name in names if (folder / name).exists()]
    if not present:
        return None
    number = 1
    while (aside := folder / f"before-restore-{number}").exists():
        number += 1
    aside.mkdir()
    for path in present:
        path.replace(aside / path.name)
    return aside
