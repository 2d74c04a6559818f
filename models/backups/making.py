"""Making a backup: the register's file as it lies, packed, checked, read back from the disk, and only then given its name.

It never costs the last good one, nor the work of another program: names of unfinished files are nobody else's, and what a
program that died has left is cleared away by the next one that holds the lock for backups.
"""

import datetime as dt
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from peewee import DatabaseError
from sqlcipher3 import dbapi2

from models.backups import archive, second_place
from models.backups.alone import alone
from models.backups.archive import SUFFIX
from models.backups.counting import Counts, counts_now, counts_of, end_of_log
from models.backups.due import due
from models.backups.listing import next_name, own_folder
from models.backups.noted import note_last
from models.backups.reasons import Reason
from models.backups.thinning import thin
from models.engine import copying, database, marking, sql
from models.engine.keyed import KeyedDatabase
from models.engine.still import still_file
from models.errors import DamagedRegister, Stopped, UserError
from models.files.failures import told as failure_told
from models.files.private import make_private_file, private_folder
from models.files.replacing import flush, move, unfinished
from models.language import _
from models.progress import OnProgress
from models.register import key_file, office, trailing
from models.register.register import Register, schema_number
from models.register.traces import SIDECARS
from models.trail.entry import Act

#: Unfinished files lie in a folder of their own, which whoever holds the lock may clear.
_WORK = "making"
#: What programs before 0.4 left among the backups when they were cut off; they know nothing of the lock.
_FORMER, _DAY = (".copy", ".part", *(".copy" + tail for tail in SIDECARS)), dt.timedelta(days=1)
#: How far, in per cent, a backup is once it is copied and checked, where that has to be, packed, and read back.
_COPIED, _CHECKED, _PACKED, _READ_BACK = 40, 70, 85, 100
#: Steps of the engine between two reports of a check. It takes one for each page, and then some for what stands on it, about
#: so many; the first step, which reads the page, takes as long as so many others.
_LOOK_EVERY, _STEPS_A_PAGE, _READ_AS_LONG_AS = 1_000, 200, 160


class MadeBackup(NamedTuple):
    """A new backup, and what a person should know besides: "" or a sentence about the second place."""

    path: Path
    note: str = ""


def back_up(
    register: Register, reason: Reason = Reason.HAND, target: Path | None = None, progress: OnProgress | None = None
) -> MadeBackup:
    """Write a verified backup of the open register.

    ``target``: a file, or a folder to put it in; None for the register's own ``backups`` folder, where the older ones are
    thinned, and for the second place where one was named. ``progress(per cent, 100)`` may raise Stopped. Raises UserError when
    there is no room, another program is at it for too long, or the copy does not verify. Whatever is raised, nothing is left
    behind, and the backups that were there stay.
    """
    office.need_file(register.folder)
    made = _made(register, reason, target, progress, only_when_due=False)
    assert made is not None
    return made


def back_up_if_due(register: Register, reason: Reason, progress: OnProgress | None = None) -> MadeBackup | None:
    """A backup of its own where :func:`due` says so, asked once more after waiting for another program's; else None."""
    if not due(register, reason):
        return None
    return _made(register, reason, None, progress, only_when_due=True)


def back_up_before(register: Register, reason: Reason, progress: OnProgress | None = None) -> MadeBackup | None:
    """As :func:`back_up_if_due`, before something is done; the sentence of a failure says that it was not done."""
    try:
        return back_up_if_due(register, reason, progress)
    except UserError as error:
        raise UserError(_("先要备份，没有备成，所以什么都没有改动。{why}").format(why=error)) from error


def _made(
    register: Register, reason: Reason, target: Path | None, progress: OnProgress | None, *, only_when_due: bool
) -> MadeBackup | None:
    own = own_folder(register.folder)
    folder = own if target is None else (target if target.is_dir() else target.parent)
    with _failures_told(folder):
        if target is not None:
            number, name = next_name(register.folder, folder)
            final = folder / name if target.is_dir() else target
            final = final if final.suffix == SUFFIX else final.with_name(final.name + SUFFIX)
            private_folder(folder)
            _need_room(folder, register)
            return MadeBackup(_write(register, reason, number, final, folder, progress))
        private_folder(own)
        with alone(register.folder, partial(_tell, progress, 0, 0, 0, 1)):
            if only_when_due and not due(register, reason):
                return None  # another program has just made it
            path = _write_own(register, reason, own, progress)
            thin(register.folder, dt.datetime.now(dt.UTC))
    return MadeBackup(path, second_place.take(register, path, partial(_tell, progress, _READ_BACK, _READ_BACK, 1, 1)))


def _write_own(register: Register, reason: Reason, own: Path, progress: OnProgress | None) -> Path:
    work = own / _WORK
    _clear(own)
    private_folder(work)
    try:
        number, name = next_name(register.folder)
        if not _has_room(own, register):
            thin(register.folder, dt.datetime.now(dt.UTC), tight=True)
        _need_room(own, register)
        path = _write(register, reason, number, own / name, work, progress)
        with suppress(OSError):  # it is a backup all the same
            note_last(register.folder, number)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return path


def _write(
    register: Register, reason: Reason, number: int, final: Path, work: Path, progress: OnProgress | None
) -> Path:
    """Make the backup ``final`` through unfinished files in ``work``, on the same disk."""
    part, about = unfinished(work), {"number": number, "reason": reason.value}
    try:
        make_private_file(part)
        if not _pack_file(register, part, about, progress):
            _pack_copy(register, part, about, work, progress)
        flush(part)  # a file must not have its name before it has its content
        try:
            manifest = archive.check(part, partial(_tell, progress, _PACKED, _READ_BACK))
        except archive.DamagedBackup as error:
            raise UserError(_("备份与登记册对不上，没有保留。请再试一次。")) from error
        move(part, final)
    finally:
        with suppress(OSError):  # what went wrong is told already, and the next backup clears it away
            part.unlink()
    # one that could not be kept in the trail is a backup all the same
    trailing.keep(register.folder, Act("backup", file=final.name, sha256=manifest.sha256))
    return final


def _pack_file(register: Register, part: Path, about: Mapping[str, Any], progress: OnProgress | None) -> bool:
    """Pack the register's file as it lies on the disk, and check that very state; False where it does not stand still.

    Raises DamagedRegister when it is not sound: the signature of each page is looked at. Its structure is looked at when it
    is opened after a crash, and when the backup is gone back to.
    """
    with still_file() as source:
        if source is None:
            return False
        key, state = key_file.sound_text(register.folder), _about(counts_now(), marking.mark()[1])
        archive.pack(part, source, key, {**about, **state}, partial(_tell, progress, 0, _PACKED))
        _tell(progress, _PACKED, _PACKED, 1, 1)
        if database.bad_pages():
            raise DamagedRegister(_("备份里的登记册已损坏，没有采用。"))
    return True


def _pack_copy(
    register: Register, part: Path, about: Mapping[str, Any], work: Path, progress: OnProgress | None
) -> None:
    """Pack a copy that the engine makes, checked by itself: where others read for long, or the register is only read."""
    copy = unfinished(work)
    try:
        make_private_file(copy)
        before = end_of_log().changes or 0
        copying.copy_to(copy, register.key_hex, partial(_tell, progress, 0, _COPIED), passing=True)
        counts, schema = verify(copy, register.key_hex, partial(_tell, progress, _COPIED, _CHECKED))
        if (counts.changes or 0) < before:
            raise UserError(_("备份与登记册对不上，没有保留。请再试一次。"))
        key = key_file.sound_text(register.folder)
        with copy.open("rb") as source:
            archive.pack(part, source, key, {**about, **_about(counts, schema)}, partial(_tell, progress, _CHECKED, _PACKED))
    finally:
        with suppress(OSError):
            copy.unlink()


def _about(counts: Counts, schema: int) -> dict[str, Any]:
    made = dt.datetime.now(dt.UTC).astimezone().isoformat(timespec="seconds")
    held = counts.told() | {"newest": counts.newest}
    return {"made": made, "schema": schema, "changes": counts.changes, "counts": held}


def _tell(progress: OnProgress | None, start: int, end: int, done: int, total: int) -> None:
    """Report how far a part of the work is that takes from ``start`` to ``end`` per cent of the whole."""
    if progress is not None:
        progress(start + (end - start) * min(done, total) // max(total, 1), _READ_BACK)


@contextmanager
def _failures_told(folder: Path) -> Iterator[None]:
    """Whatever the disk or the engine refuses is one sentence; nobody's work is reported as a fault of the program."""
    try:
        yield
    except (OSError, DatabaseError, dbapi2.Error) as error:
        raise failure_told(error, _("备份写不到“{folder}”，原有的备份没有改动").format(folder=folder)) from error


def _clear(own: Path) -> None:
    """Remove what backups that were cut off left behind: as large as a backup and worth nothing."""
    shutil.rmtree(own / _WORK, ignore_errors=True)
    now = dt.datetime.now(dt.UTC).timestamp()
    for path in (each for suffix in _FORMER for each in own.glob("*" + suffix)):
        with suppress(OSError):
            if abs(now - path.stat().st_mtime) > _DAY.total_seconds():
                path.unlink()


def _has_room(folder: Path, register: Register) -> bool:
    return shutil.disk_usage(folder).free >= 2 * register.file.stat().st_size


def _need_room(folder: Path, register: Register) -> None:
    if not _has_room(folder, register):
        needed = max(1, 2 * register.file.stat().st_size // 1_000_000)
        raise UserError(_("“{folder}”所在磁盘的空间不够备份，需要约 {size} MB。").format(folder=folder, size=needed))


def verify(copy: Path, key_hex: str, told: OnProgress | None = None) -> tuple[Counts, int]:
    """Open a register's file by itself, check it, and return what it holds and its schema.

    ``told(done, total)`` is called now and then with how far the check is; it may raise Stopped. Raises DamagedRegister when it
    is not sound, UserError when a newer program made it.
    """
    other = KeyedDatabase(str(copy), passphrase=f"x'{key_hex}'", pragmas=[("cipher_log_level", "NONE")])
    try:
        with _telling(other, told):
            sound = other.execute_sql(sql.STRUCTURE).fetchone()[0] == "ok"
        sound = sound and not other.execute_sql(sql.BAD_PAGES).fetchall()
        ours = other.execute_sql(sql.OWNER).fetchone()[0] == marking.APPLICATION_ID
        schema = int(other.execute_sql(sql.SCHEMA).fetchone()[0])
        if not (sound and ours):
            raise DamagedRegister(_("备份里的登记册已损坏，没有采用。"))
        if schema > schema_number():
            raise UserError(_("这个备份是更新版本的建会通做的，请升级程序后再恢复。"))
        return counts_of(other.execute_sql), schema
    except (DatabaseError, dbapi2.Error) as error:
        raise DamagedRegister(_("备份里的登记册打不开，没有采用。")) from error
    finally:
        other.close()
        other.forget()


@contextmanager
def _telling(other: KeyedDatabase, told: OnProgress | None) -> Iterator[None]:
    """Inside, ``told`` hears how far a check of ``other`` is, about, and breaks it off when it raises Stopped."""
    if told is None:
        yield
        return
    pages = int(other.execute_sql(sql.PAGES).fetchone()[0])
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
