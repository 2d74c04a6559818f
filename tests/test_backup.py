"""Backups: whole, verified, stopped in the middle, restored; never at the cost of an older one."""

import subprocess
import sys
from pathlib import Path

import pytest

from models.errors import Stopped, UserError, WrongPassphrase
from models.journal.writer import Author
from models.register import backup, laptop
from models.register import register as room
from models.register.register import Register
from tests.speaking import PASSPHRASE
from tests.test_register import NAME, named, names


def test_a_backup_holds_everything_and_restores_it(register: Register, author: Author) -> None:
    named(author, "甲公司")
    saved = backup.back_up(register)
    named(author, "乙公司")
    room.close_register()
    aside = backup.restore(register.folder, saved, PASSPHRASE)
    room.open_register(register.folder, PASSPHRASE)
    assert names() == ["甲公司"]
    assert aside is not None
    assert (aside / room.FILE).exists()
    assert laptop.author(register.folder).device != author.device


def test_a_backup_that_is_not_needed_is_not_made(register: Register, author: Author) -> None:
    named(author, "甲公司")
    assert backup.back_up_if_changed(register) is not None
    assert backup.back_up_if_changed(register) is None


def test_the_last_ten_backups_are_kept(register: Register, author: Author) -> None:
    for number in range(12):
        named(author, f"第{number}公司")
        backup.back_up_if_changed(register)
    kept = sorted(path.name[-12:-6] for path in (register.folder / "backups").iterdir())
    assert kept == [f"-{number:05d}" for number in range(3, 13)]


@pytest.mark.parametrize("stage", [1, 50, 79, 99])
def test_a_backup_that_is_stopped_leaves_the_older_ones_and_nothing_else(
    register: Register, author: Author, stage: int
) -> None:
    named(author, *(f"{NAME}{number}" for number in range(3_000)))
    older = backup.back_up(register)
    named(author, "乙公司")
    told: list[int] = []

    def stop(done: int, total: int) -> None:
        assert 0 <= done <= total == 100
        told.append(done)
        if done >= stage:
            raise Stopped

    with pytest.raises(Stopped):
        backup.back_up(register, progress=stop)
    assert told == sorted(told)
    assert list((register.folder / "backups").iterdir()) == [older]
    backup.check(older)
    assert backup.is_due(register)
    assert backup.back_up_if_changed(register) is not None
    assert not backup.is_due(register)


def test_a_program_that_dies_in_a_backup_harms_none_and_what_it_left_goes_with_the_next(
    register: Register, author: Author
) -> None:
    named(author, *(f"{NAME}{number}" for number in range(3_000)))
    older = backup.back_up(register)
    content = older.read_bytes()
    script = (
        "import os, sys; sys.path.insert(0, sys.argv[3])\n"
        "from pathlib import Path; from models.engine import database\n"
        "from models.register import backup; from models.register.register import Register\n"
        "register = Register(Path(sys.argv[1]), sys.argv[2])\n"
        "database.connect(register.file, register.key_hex)\n"
        "def die(done, total):\n    if done >= int(sys.argv[4]): os._exit(9)\n"
        "backup.back_up(register, progress=die)"
    )
    root = str(Path(__file__).resolve().parent.parent)
    for stage in ("10", "60", "90"):
        command = [sys.executable, "-c", script, str(register.folder), register.key_hex, root, stage]
        assert subprocess.run(command, check=False).returncode == 9
        assert older.read_bytes() == content
        assert [each.path for each in backup.backups(register)] == [older]
        assert len(list(older.parent.iterdir())) > 1
    named(author, "乙公司")
    newer = backup.back_up(register)
    assert sorted(older.parent.iterdir()) == sorted([older, newer])
    backup.check(newer)


def test_a_backup_that_has_no_folder_to_go_to_is_told(register: Register) -> None:
    (register.folder / "backups").write_text("in the way", "utf-8")
    with pytest.raises(UserError, match="原有的备份没有改动"):
        backup.back_up(register)


@pytest.mark.parametrize("harm", ["truncate", "flip", "other", "absent"])
def test_a_bad_backup_changes_nothing(register: Register, author: Author, tmp_path: Path, harm: str) -> None:
    named(author, NAME)
    saved = backup.back_up(register, tmp_path / "out.jhbak")
    room.close_register()
    content = bytearray(saved.read_bytes())
    if harm == "truncate":
        saved.write_bytes(content[:-3000])
    elif harm == "flip":
        content[len(content) // 2] ^= 1
        saved.write_bytes(content)
    elif harm == "other":
        saved.write_bytes(b"hello")
    else:
        saved.unlink()
    before = register.file.read_bytes()
    with pytest.raises(UserError, match=r"out\.jhbak|备份"):
        backup.restore(register.folder, saved, PASSPHRASE)
    assert register.file.read_bytes() == before
    assert not (register.folder / "restoring").exists()


def test_restoring_with_a_wrong_passphrase_changes_nothing(register: Register, author: Author, tmp_path: Path) -> None:
    named(author, NAME)
    saved = backup.back_up(register, tmp_path)
    room.close_register()
    with pytest.raises(WrongPassphrase):
        backup.restore(register.folder, saved, "别的口令 2026")
    room.open_register(register.folder, PASSPHRASE)
    assert names() == [NAME]
