"""Backups: whole, verified, and never at the cost of the last good one.

A backup is one file (``.jhbak``): a zip, stored, of the encrypted register, its wrapped key and a manifest. It is opened
and counted before it takes its name; the older ones are thinned only afterwards.
"""

import datetime as dt
import hashlib
import json
import shutil
import zipfile
from dataclasses import dataclass
from pathlib import Path

from peewee import DatabaseError
from playhouse.sqlcipher_ext import SqlCipherDatabase

from models import database, keys, laptop
from models.errors import DamagedRegister, UserError
from models.journal import last_number
from models.language import _
from models.register import FILE, KEY, SIDECARS, Register, schema_number

KEEP = 10
SUFFIX = ".jhbak"
MANIFEST = "manifest.json"


def back_up(register: Register, target: Path | None = None) -> Path:
    """Write a verified backup of the open register and return its path.

    ``target``: a file, or a folder to put it in; None for the register's own ``backups`` folder, where the last ten are
    kept. Raises UserError when there is no room, or the copy does not verify; then nothing is left behind.
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
        database.copy_to(copy, register.key_hex)
        count = _verify(copy, register.key_hex)
        if count != last_number():
            raise UserError(_("备份与登记册对不上，没有保留。请再试一次。"))
        _pack(part, copy, register.folder / KEY, count)
        part.replace(final)
    except OSError as error:
        raise UserError(
            _("备份写不到“{folder}”：{why}。原有的备份没有改动。").format(folder=folder, why=error.strerror)
        ) from error
    finally:
        copy.unlink(missing_ok=True)
        part.unlink(missing_ok=True)
    if target is None:
        _thin(own)
    return final


def back_up_if_changed(register: Register) -> Path | None:
    """An automatic backup, unless the newest one already holds everything."""
    newest = max((register.folder / "backups").glob("*" + SUFFIX), key=_counter, default=None)
    if newest is not None and _manifest(newest).get("changes") == last_number():
        return None
    return back_up(register)


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


def _verify(copy: Path, key_hex: str) -> int:
    """Open a copy by itself, check it and return the number of its last change. DamagedRegister when it is not sound."""
    other = SqlCipherDatabase(str(copy), passphrase=f"x'{key_hex}'", pragmas=[("cipher_log_level", "NONE")])
    try:
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


def _pack(part: Path, copy: Path, key: Path, count: int) -> None:
    with copy.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    made = dt.datetime.now(dt.UTC).astimezone().isoformat(timespec="seconds")
    manifest = {"format": 1, "made": made, "schema": schema_number(), "changes": count, "sha256": digest}
    with zipfile.ZipFile(part, "w", zipfile.ZIP_STORED) as archive:
        archive.write(copy, FILE)
        archive.write(key, KEY)
        archive.writestr(MANIFEST, json.dumps(manifest))


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
