"""Going back to a backup: looked at first, all or nothing, whatever cuts it off."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from models.backups import restoring
from models.backups.listing import State, backups
from models.backups.making import back_up
from models.errors import UserError, WrongPassphrase
from models.files.replacing import write_whole
from models.journal.writer import Author
from models.opening import opening
from models.register import laptop, lock, swapping
from models.register import register as room
from models.register.register import Register
from tests.aids.sizes import every
from tests.aids.speaking import PASSPHRASE
from tests.backups.test_backups import harmed
from tests.register.test_register import NAME, named, names

STEPS = Path(__file__).with_name("restore_steps.py")
#: One of so many steps is cut off.
STRIDE = every(3)


def files(folder: Path) -> dict[str, bytes]:
    """The register's files in a folder and their content; not the locks, notes and backups."""
    return {path.name: path.read_bytes() for path in folder.glob("register.[dk]*")}


@pytest.fixture
def older(register: Register, author: Author, tmp_path: Path) -> Path:
    """A backup with one employer; the register has had another one since and is closed."""
    named(author, "甲公司")
    saved = back_up(register, target=tmp_path / "out.jhbak").path
    named(author, "乙公司")
    room.close_register()
    return saved


def test_a_backup_comes_back_whole_and_what_was_there_is_kept(register: Register, author: Author, older: Path) -> None:
    before = files(register.folder)
    aside = restoring.restore(register.folder, older, PASSPHRASE)
    assert aside is not None
    assert files(aside) == before
    opening.open_register(register.folder, PASSPHRASE)
    assert names() == ["甲公司"]
    assert laptop.author(register.folder).device != author.device


def test_every_file_of_the_key_goes_with_it(register: Register, older: Path) -> None:
    shutil.copy(register.folder / "register.key", register.folder / "register.key.copy")
    aside = restoring.restore(register.folder, older, PASSPHRASE)
    assert aside is not None
    assert {"register.db", "register.key", "register.key.copy"} <= set(files(aside))
    assert set(files(register.folder)) == {"register.db", "register.key"}


def test_an_empty_folder_gets_the_register_and_nothing_is_kept_beside_it(older: Path, tmp_path: Path) -> None:
    assert restoring.restore(tmp_path / "new", older, PASSPHRASE) is None
    opening.open_register(tmp_path / "new", PASSPHRASE)
    assert names() == ["甲公司"]


@pytest.mark.parametrize("harm", ["truncate", "flip", "other", "absent", "passphrase"])
def test_a_bad_backup_or_a_wrong_passphrase_changes_nothing(register: Register, older: Path, harm: str) -> None:
    if harm == "truncate":
        older.write_bytes(older.read_bytes()[:-3000])
    elif harm == "flip":
        harmed(older)
    elif harm == "other":
        older.write_bytes(b"hello")
    elif harm == "absent":
        older.unlink()
    before, device = files(register.folder), laptop.read_laptop()
    secret = "别的口令 2026" if harm == "passphrase" else PASSPHRASE
    for attempt in (restoring.look, restoring.restore):
        with pytest.raises(WrongPassphrase if harm == "passphrase" else UserError, match=r"out\.jhbak|备份|口令不对"):
            attempt(register.folder, older, secret)
        assert files(register.folder) == before
        assert list(register.folder.glob("restoring*")) == []
        assert laptop.read_laptop()["devices"] == device["devices"]


def test_a_look_at_a_backup_tells_what_is_in_it_beside_the_open_register(
    register: Register, author: Author, tmp_path: Path
) -> None:
    named(author, "甲公司", "乙公司")
    saved = back_up(register, target=tmp_path).path
    named(author, "丙公司")
    told: list[int] = []
    seen = restoring.look(register.folder, saved, PASSPHRASE, lambda done, _total: told.append(done))
    assert seen.counts.employers == 2
    assert told[-1] == 100
    assert names() == ["甲公司", "乙公司", "丙公司"], "still open"
    assert not (tmp_path / "elsewhere").exists()
    restoring.look(tmp_path / "elsewhere", saved, PASSPHRASE)
    assert not (tmp_path / "elsewhere").exists(), "a look makes nothing"


def test_a_rotten_one_among_its_own_is_remembered(register: Register, author: Author) -> None:
    named(author, NAME)
    saved = back_up(register).path
    harmed(saved)
    with pytest.raises(UserError, match="损坏"):
        restoring.look(register.folder, saved, PASSPHRASE)
    assert backups(register.folder)[0].state is State.ROTTEN


def cut_off(register: Register, older: Path, tmp_path: Path, how: str) -> list[dict[str, Any]]:
    """What each cut has left, by the program beside this file."""
    whole = tmp_path / "whole"
    whole.mkdir()
    for path in register.folder.glob("register.[dk]*"):
        shutil.copy(path, whole)
    shutil.copy(whole / "register.key", whole / "register.key.copy")
    command = [sys.executable, str(STEPS), str(whole), str(older), PASSPHRASE, how, str(STRIDE)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ | {"LANGUAGE": "zh"})
    assert done.stderr == ""
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="cuts off children of itself")
@pytest.mark.parametrize("how", ["kill", "fail"])
def test_cut_off_at_any_step_a_restore_leaves_the_old_register_or_the_new_one(
    register: Register, older: Path, tmp_path: Path, how: str
) -> None:
    steps = cut_off(register, older, tmp_path, how)
    assert len(steps) > 25 // STRIDE, "every file that is opened, moved or removed"
    old, new = "乙公司,甲公司", "甲公司"
    for each in steps:
        assert each["found"] in (old, new), each
        assert each["code"] in ((9, 0) if how == "kill" else (0,)), each
        if "没有改动" in each["said"]:
            assert (each["found"], each["kept"]) == (old, []), each
        if not each["said"] and each["code"] == 0:
            assert (each["found"], each["kept"]) == (new, ["before-restore-1"]), each
    assert {each["found"] for each in steps} == {old, new}
    assert steps[-1]["through"]


def test_while_a_restore_is_under_way_nobody_opens_or_makes_anything(register: Register, older: Path) -> None:
    room.close_register()
    write_whole(register.folder / swapping.JOURNAL, json.dumps({"aside": "before-restore-1"}))
    with lock.writing(register.folder, "导入"):  # whoever gets the lock has ended it
        assert not swapping.underway(register.folder)
        write_whole(register.folder / swapping.JOURNAL, json.dumps({"aside": "before-restore-1"}))
        with pytest.raises(UserError, match="正在恢复备份"):
            lock.settle(register.folder)
    lock.settle(register.folder)
    opening.open_register(register.folder, PASSPHRASE)
    assert names() == ["甲公司", "乙公司"]


def test_a_journal_that_cannot_be_read_is_told_and_nothing_is_guessed(register: Register, older: Path) -> None:
    before = files(register.folder)
    (register.folder / swapping.JOURNAL).write_bytes(b"\0")
    with pytest.raises(UserError, match=r"restoring\.json”坏了.*再删去这个文件") as told:
        lock.settle(register.folder)
    assert "line 1" not in str(told.value), "no words of a library"
    assert files(register.folder) == before
