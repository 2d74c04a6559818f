"""A file's bytes as the disk has them: all of them, in their order, with and without a way past the system's memory."""

import errno
import os
from pathlib import Path
from typing import Any

import pytest

from models.files.from_disk import bytes_on_disk

#: Nothing, less than a part of a disk, whole parts of what is read at once, and some more.
SIZES = (0, 1, 4_096, 4_097, (4 << 20) - 1, 4 << 20, (8 << 20) + 777)


def read(path: Path) -> bytes:
    return b"".join(map(bytes, bytes_on_disk(path)))


@pytest.mark.parametrize("size", SIZES)
def test_all_of_it_is_read(tmp_path: Path, size: int) -> None:
    path = tmp_path / "file"
    path.write_bytes(os.urandom(size))
    assert read(path) == path.read_bytes()


@pytest.mark.parametrize("size", SIZES)
def test_a_disk_without_such_a_way_is_read_as_any_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    past, opened, asked = 1 << 40, os.open, []

    def refuse(path: Any, flags: int) -> int:
        asked.append(bool(flags & past))
        if flags & past:
            raise OSError(errno.EINVAL, "Invalid argument")
        return opened(path, flags)

    monkeypatch.setattr(os, "O_DIRECT", past, raising=False)
    monkeypatch.setattr(os, "open", refuse)
    path = tmp_path / "file"
    path.write_bytes(os.urandom(size))
    asked.clear()
    assert read(path) == path.read_bytes()
    assert asked[:2] == [True, False]


def test_what_cannot_be_read_is_no_other_way_to_read(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read(tmp_path / "none")
    with pytest.raises(IsADirectoryError):
        read(tmp_path)
