"""The second place for backups: named once, known again by its marker, never an obstacle."""

import datetime as dt
import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import time_machine

from models.backups import archive
from models.backups.listing import backups
from models.backups.making import back_up
from models.backups.second_place import MARKER, forget_second_place, is_there, name_second_place, second_place
from models.errors import Stopped, UserError
from models.journal.writer import Author
from models.register.register import Register
from tests.register.test_register import NAME, named

DAY = dt.timedelta(days=1)


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """A USB stick that is plugged in."""
    (tmp_path / "优盘").mkdir()
    return tmp_path / "优盘"


def copies(stick: Path) -> list[str]:
    return sorted(path.name for path in stick.glob("*/*.jhbak"))


def test_each_new_backup_is_copied_there_and_the_newest_at_once(register: Register, author: Author, stick: Path) -> None:
    named(author, NAME)
    first = back_up(register).path
    home = name_second_place(register, stick)
    assert copies(stick) == [first.name]
    named(author, "乙公司")
    made = back_up(register)
    assert made.note == ""
    assert copies(stick) == [first.name, made.path.name]
    for path in home.glob("*.jhbak"):
        archive.check(path)
        assert path.stat().st_mode & 0o077 == 0
    forget_second_place(register.folder)
    back_up(register)
    assert len(copies(stick)) == 2, "what lies there stays, nothing is added"


def test_another_stick_at_the_same_place_is_not_written_to(
    register: Register, author: Author, stick: Path, tmp_path: Path
) -> None:
    name_second_place(register, stick)
    stick.rename(tmp_path / "抽屉里")
    for content in ([], ["别人的文件.txt"]):
        stick.mkdir()
        for name in content:
            (stick / name).write_text("x")
        named(author, NAME + str(len(content)))
        back_up(register)
        assert sorted(path.name for path in stick.iterdir()) == content
        shutil.rmtree(stick)
    # a copy of the first stick's folder has its marker changed: also another one
    shutil.copytree(tmp_path / "抽屉里", stick)
    [marker] = stick.glob(f"*/{MARKER}")
    marker.write_text('{"mark": "another"}')
    back_up(register)
    assert copies(stick) == []
    shutil.rmtree(stick)
    (tmp_path / "抽屉里").rename(stick)
    back_up(register)
    assert len(copies(stick)) == 1


def test_two_registers_share_a_stick_without_meeting(register: Register, author: Author, stick: Path) -> None:
    other = Register(register.folder, "ab" * 32)
    assert name_second_place(register, stick) != name_second_place(other, stick)


def test_that_it_is_missing_is_told_once_in_a_while(register: Register, author: Author, stick: Path) -> None:
    name_second_place(register, stick)
    shutil.rmtree(stick)
    start = dt.datetime.now(dt.UTC)
    told = []
    for day in range(17):
        with time_machine.travel(start + day * DAY):
            named(author, f"{NAME}{day}")
            told.append(back_up(register).note)
    assert [day for day, note in enumerate(told) if note] == [7, 14]
    assert str(stick) in told[7]
    assert len(backups(register.folder)) >= 14, "it keeps no backup from being made"


def test_it_is_kept_thin_there_too(register: Register, author: Author, stick: Path) -> None:
    name_second_place(register, stick)
    start = dt.datetime.now(dt.UTC)
    for day in range(30):
        with time_machine.travel(start + day * DAY):
            named(author, f"{NAME}{day}")
            back_up(register)
    assert copies(stick) == sorted(each.path.name for each in backups(register.folder))
    assert len(copies(stick)) < 20


@contextmanager
def no_file_larger_than(size: int) -> Iterator[None]:
    """As on FAT32, where the limit is four gigabytes."""
    import resource  # there is none on Windows

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.skipif(os.name == "nt", reason="limits of Linux")
def test_a_file_too_large_for_the_stick_is_told_for_what_it_is(register: Register, stick: Path) -> None:
    back_up(register)
    with no_file_larger_than(100_000), pytest.raises(UserError, match="FAT32"):
        name_second_place(register, stick)
    assert second_place(register.folder) is None
    assert copies(stick) == []


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="asks Linux which file is flushed")
def test_a_full_stick_is_told_and_the_backup_beside_the_register_is_good(
    register: Register, author: Author, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name_second_place(register, stick)
    fsync, free = os.fsync, shutil.disk_usage(stick)

    def full(number: int) -> None:
        if str(stick) in str(Path(f"/proc/self/fd/{number}").readlink()):
            raise OSError(errno.ENOSPC, "full")
        fsync(number)

    monkeypatch.setattr(os, "fsync", full)
    for left, said in ((100, "磁盘空间不足"), (free.total, "FAT32")):  # Windows calls a file that is too large a full disk
        on_stick = free._replace(free=left)
        monkeypatch.setattr(
            shutil, "disk_usage", lambda path, there=on_stick: there if stick.name in str(path) else free
        )
        made = back_up(register)
        assert said in made.note
        assert "登记册旁边的那一份是好的" in made.note
        archive.check(made.path)
        assert copies(stick) == []
        assert [path.name for path in stick.glob("*/*")] == [MARKER]


def test_a_slow_stick_can_be_left_alone_and_the_backup_is_there(register: Register, author: Author, stick: Path) -> None:
    name_second_place(register, stick)
    named(author, *(f"{NAME}{number}" for number in range(3_000)))
    ended: list[int] = []

    def stop(done: int, _total: int) -> None:
        if ended and done == 100:  # the second time: it is read back, and now copied
            raise Stopped
        ended.extend([done] * (done == 100))

    with pytest.raises(Stopped):
        back_up(register, progress=stop)
    assert copies(stick) == []
    assert [path.name for path in stick.glob("*/*")] == [MARKER]
    [made] = backups(register.folder)
    archive.check(made.path)


def test_what_cannot_be_a_second_place_is_told(register: Register, tmp_path: Path) -> None:
    for place, said in ((tmp_path / "没插", "优盘要先插好"), (register.folder / "backups", "换一个地方")):
        if place.parent == register.folder:
            place.mkdir()
        with pytest.raises(UserError, match=said):
            name_second_place(register, place)
    assert second_place(register.folder) is None


def test_the_same_stick_named_again_is_known(register: Register, stick: Path) -> None:
    name_second_place(register, stick)
    before = second_place(register.folder)
    forget_second_place(register.folder)
    name_second_place(register, stick)
    assert second_place(register.folder) == before
    assert before is not None
    assert is_there(register, before)
