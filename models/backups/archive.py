"""The form of a backup (``.jhbak``): a zip, stored, of the encrypted register, its wrapped key, and a manifest."""

import datetime as dt
import hashlib
import json
import os
import struct
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from models.backups.counting import Counts, counts_from
from models.backups.reasons import Reason, reason_of
from models.errors import UserError
from models.files.failures import told as failure_told
from models.files.from_disk import bytes_on_disk
from models.files.given import NotAFile, open_file
from models.files.private import FILE_MODE
from models.files.replacing import replacing
from models.language import _
from models.register.traces import FILE, KEY

SUFFIX = ".jhbak"
MANIFEST = "manifest.json"
FORMAT = 1
#: Bytes read or written between two reports of progress, and those that are summed up and written while they are at hand.
AT_ONCE, _BLOCK = 4 << 20, 256 << 10
#: What a zip says before the bytes of each file: its signature, and how long its name is and what follows it.
_LOCAL, _LOCAL_SIGNATURE = struct.Struct("<4s22x2H"), b"PK\x03\x04"
#: That a file in a zip is sealed with a password, as ours never are.
_SEALED = 1
#: A key file is some hundred bytes, a manifest too: what says that it is larger is not unpacked.
_LARGEST_SMALL = 1 << 20

Told = Callable[[int, int], None]


class DamagedBackup(UserError):
    """A backup's file is not what it was when it was made, or it never was one."""


@dataclass(frozen=True)
class Manifest:
    """What was noted when a backup was made. ``made`` is ISO text; ``reason`` and ``counts`` are None in those of 0.3."""

    made: str
    schema: int
    sha256: str
    number: int = 0
    reason: Reason | None = None
    counts: Counts | None = None


def manifest_of(path: Path) -> Manifest | None:
    """What a backup says of itself; None when it is none, or cannot be read."""
    try:
        with open_file(path) as file, zipfile.ZipFile(file) as archive:
            found = json.loads(_small(archive, MANIFEST))
            archive.getinfo(FILE), archive.getinfo(KEY)
    except (OSError, NotAFile, zipfile.BadZipFile, KeyError, ValueError, NotImplementedError, RuntimeError):
        return None
    if not (isinstance(found, dict) and isinstance(found.get("sha256"), str)):
        return None
    schema, number = (each if isinstance(each := found.get(name), int) else 0 for name in ("schema", "number"))
    reason, counts = reason_of(found.get("reason")), counts_from(found.get("counts"))
    return Manifest(str(found.get("made") or ""), schema, found["sha256"], number, reason, counts)


def _small(archive: zipfile.ZipFile, name: str) -> bytes:
    if archive.getinfo(name).file_size > _LARGEST_SMALL:
        raise ValueError(name)
    return archive.read(name)


def pack(part: Path, source: BinaryIO, key: str, about: Mapping[str, Any], told: Told) -> None:
    """Write a backup's file: the register's bytes are read once, for their checksum and for their place in the file alike.

    ``key``: the text of the wrapped key; ``about``: the manifest without its checksum. May raise OSError.
    """
    digest, size, done = hashlib.sha256(), os.fstat(source.fileno()).st_size, 0
    member = zipfile.ZipInfo(FILE, dt.datetime.now().timetuple()[:6])
    member.external_attr = FILE_MODE << 16
    with part.open("r+b") as stream, zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        with archive.open(member, "w", force_zip64=True) as target:
            while content := source.read(_BLOCK):
                digest.update(content)
                target.write(content)
                done += len(content)
                if done % AT_ONCE == 0 or done >= size:
                    told(done, size)
        archive.writestr(KEY, key)
        archive.writestr(MANIFEST, json.dumps({"format": FORMAT, **about, "sha256": digest.hexdigest()}))


def check(path: Path, progress: Told | None = None) -> Manifest:
    """Read a backup whole, from the disk, and compare it with what was noted. UserError when it is not as it was made."""
    try:
        with _opened(path) as archive:
            manifest = manifest_of(path)
            if manifest is None:
                raise zipfile.BadZipFile
            digest, size, done = hashlib.sha256(), archive.getinfo(FILE).file_size, 0
            for content in _on_disk(path, archive):
                digest.update(content)
                done += len(content)
                if progress is not None:
                    progress(done, size)
            _small(archive, KEY)
    except OSError as error:
        raise failure_told(error, _("备份文件“{name}”读不了").format(name=path.name)) from error
    if digest.hexdigest() != manifest.sha256:
        raise _rotten(path)
    return manifest


def key_of(path: Path) -> str:
    """The text of the wrapped key in a backup. UserError when it cannot be read."""
    with _opened(path) as archive:
        return _small(archive, KEY).decode("utf-8")


def unpack(path: Path, folder: Path, told: Told | None = None) -> Manifest:
    """Write register and key of a backup into ``folder``, and return its manifest.

    Raises UserError when the backup is not as it was made; OSError when ``folder`` cannot be written.
    """
    manifest = manifest_of(path)
    digest, done = hashlib.sha256(), 0
    with _opened(path) as archive:
        if manifest is None:
            raise zipfile.BadZipFile
        size = archive.getinfo(FILE).file_size
        key = _small(archive, KEY)
        with replacing(folder / KEY) as target:
            target.write(key)
        with replacing(folder / FILE) as target:
            for content in _blocks(archive):
                digest.update(content)
                target.write(content)
                done += len(content)
                if told is not None:
                    told(done, size)
    if digest.hexdigest() != manifest.sha256:
        raise _rotten(path)
    return manifest


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    """A backup for reading: whatever is wrong with it is told as UserError; what is wrong elsewhere stays an OSError."""
    try:
        file = open_file(path)
    except FileNotFoundError as error:
        raise UserError(_("找不到备份文件“{name}”。").format(name=path.name)) from error
    except OSError as error:
        raise failure_told(error, _("备份文件“{name}”读不了").format(name=path.name)) from error
    with file:
        try:
            with zipfile.ZipFile(file) as archive:
                yield archive
        except (zipfile.BadZipFile, KeyError, ValueError, EOFError, NotImplementedError, RuntimeError) as error:
            raise _no_backup(path) from error


def _blocks(archive: zipfile.ZipFile) -> Iterator[bytes]:
    with archive.open(FILE) as stream:
        while content := stream.read(AT_ONCE):
            yield content


def _on_disk(path: Path, archive: zipfile.ZipFile) -> Iterator[bytes | memoryview]:
    """The register's bytes as the disk has them. They lie in one piece, but in what programs packed that made them smaller."""
    found, file = archive.getinfo(FILE), archive.fp
    if found.compress_type != zipfile.ZIP_STORED or found.flag_bits & _SEALED or file is None:
        yield from _blocks(archive)
        return
    file.seek(found.header_offset)
    signature, name, more = _LOCAL.unpack(file.read(_LOCAL.size))
    if signature != _LOCAL_SIGNATURE:
        raise zipfile.BadZipFile
    start = found.header_offset + _LOCAL.size + name + more
    end, at = start + found.file_size, 0
    for part in bytes_on_disk(path):
        inside = part[max(0, start - at) : max(0, end - at)]
        at += len(part)
        if inside:
            yield inside


def _no_backup(path: Path) -> DamagedBackup:
    return DamagedBackup(_("“{name}”不是建会通的备份文件，或者已经损坏。").format(name=path.name))


def _rotten(path: Path) -> DamagedBackup:
    return DamagedBackup(_("备份文件“{name}”已损坏（校验不符）。").format(name=path.name))
