"""Disks of the harness's own, for which one must be root: an ext4 file system in a file, and one in memory that gets full."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

#: Bytes of a disk in a file: enough for a register, its copies and what a restore sets aside.
_SIZE = 48 << 20
#: Seconds that a disk may stay busy with what a killed program left behind.
_BUSY = 10


@cache
def missing() -> str:
    """Why there can be no disks here; "" when there can."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return "only root may mount disks"
    if not all(map(shutil.which, ("mkfs.ext4", "mount", "umount", "sync"))):
        return "mkfs.ext4, mount, umount or sync is missing"
    with TemporaryDirectory() as folder:
        try:
            make(Path(folder, "image"))
            with mounted(Path(folder, "image"), Path(folder, "disk")), in_memory(Path(folder, "memory"), 1 << 20):
                return ""
        except subprocess.CalledProcessError as error:
            return f"no disk can be mounted: {error.stderr.decode(errors='replace').strip()[-80:]}"


def _do(*command: str | Path) -> None:
    subprocess.run([str(each) for each in command], check=True, capture_output=True)


def make(image: Path) -> None:
    """An empty ext4 file system with the options that everybody has."""
    with image.open("wb") as stream:
        stream.truncate(_SIZE)
    _do("mkfs.ext4", "-q", "-F", image)


def copy(image: Path, to: Path) -> None:
    """Copy a disk as it is at this moment: what has been written to it, and nothing that still waits in memory."""
    _do("cp", "--sparse=always", image, to)


@contextmanager
def mounted(image: Path, at: Path) -> Iterator[Path]:
    """The file system of an image; mounting plays back its journal as after a power cut."""
    at.mkdir(exist_ok=True)
    _do("mount", "-o", "loop", image, at)
    try:
        yield at
    finally:
        _unmount(at)


@contextmanager
def in_memory(at: Path, size: int) -> Iterator[Path]:
    """A file system of so many bytes that lies in memory."""
    at.mkdir(exist_ok=True)
    _do("mount", "-t", "tmpfs", "-o", f"size={size}", "none", at)
    try:
        yield at
    finally:
        _unmount(at)


def _unmount(at: Path) -> None:
    end = time.monotonic() + _BUSY
    while True:
        try:
            _do("umount", at)
        except subprocess.CalledProcessError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)
        else:
            return


def leave_free(folder: Path, wanted: int) -> Path:
    """Fill the disk below ``folder`` until so many bytes are free; returns the ballast, to be deleted afterwards."""
    ballast = folder / "ballast"
    found = os.statvfs(folder)
    size = max(0, found.f_bavail * found.f_frsize - wanted)
    with ballast.open("wb") as stream:
        if size:
            os.posix_fallocate(stream.fileno(), 0, size)
    return ballast


def write_back(folder: Path) -> None:
    """Let another program flush a file of its own: the journal's commit takes along what else was done to folders."""
    path = folder / "another program's"
    path.write_bytes(b"x")
    _do("sync", path)  # a program of its own: in the suite this one does not wait for disks
