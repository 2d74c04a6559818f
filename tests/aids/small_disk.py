"""Disks that are full or may only be read, as far as whoever runs the tests can make them."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest


@contextmanager
def small_disk(folder: Path, megabytes: int = 16) -> Iterator[Path]:
    """A disk of its own at ``folder``, with what lies there already. Only root can make one: a word, and the test is skipped."""
    if os.name == "nt" or os.geteuid() != 0:
        pytest.skip("only root can mount a small disk")
    kept = folder.with_name(folder.name + "-before")
    if folder.exists():
        folder.rename(kept)
    folder.mkdir()
    if _mount("-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)):
        pytest.skip("no disk can be mounted here")
    if kept.exists():
        shutil.copytree(kept, folder, dirs_exist_ok=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def fill_up(folder: Path, leaving: int = 0) -> Path:
    """Fill the disk that ``folder`` lies on to the last byte, or but for so many; returns the ballast."""
    ballast = folder / "ballast"
    with ballast.open("wb", buffering=0) as stream, suppress(OSError):
        stream.write(bytes(shutil.disk_usage(folder).free))
        while True:
            stream.write(bytes(4096))
    if leaving:
        os.truncate(ballast, ballast.stat().st_size - leaving)
    return ballast


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Inside, nothing below ``folder`` can be written: a read-only disk for root, whom rights do not stop, else rights."""
    if os.name == "nt":
        pytest.skip("rights of Linux")
    if os.geteuid() == 0:
        with small_disk(folder):
            if _mount("-o", "remount,ro", str(folder)):
                pytest.skip("no disk can be made read-only here")
            yield
        return
    changed = [folder, *folder.rglob("*")]
    for path in changed:
        path.chmod(0o500 if path.is_dir() else 0o400)
    try:
        yield
    finally:
        for path in changed:
            path.chmod(0o700)


def _mount(*arguments: str) -> int:
    return subprocess.run(["mount", *arguments], check=False, capture_output=True).returncode
