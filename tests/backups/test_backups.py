"""Backups: whole, read back, alone at it, stopped or killed in the middle; never at the cost of an older one."""

import json
import os
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from models.backups import archive, listing
from models.backups.alone import alone
from models.backups.counting import Counts
from models.backups.due import due
from models.backups.listing import State, backups, newest_good
from models.backups.making import back_up, back_up_before, back_up_if_due
from models.backups.reasons import Reason
from models.engine import database
from models.errors import Stopped, UserError
from models.journal.writer import Author, batch
from models.records.worker import Worker
from models.register.register import Register
from models.uid import new_uid
from tests.register.test_register import NAME, named

ROOT = str(Path(__file__).resolve().parent.parent.parent)


def names_in(register: Register) -> list[str]:
    return sorted(path.name for path in (register.folder / "backups").iterdir())


def harmed(path: Path) -> None:
    """Flip one bit in the middle of a file."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def test_a_backup_says_what_it_holds_and_why_it_was_made(register: Register, author: Author) -> None:
    named(author, "甲公司", "乙公司")
    with batch("edit", author) as writer:
        writer.create(Worker, {"uid": new_uid(), "name": "王五"})
    back_up(register, Reason.IMPORT)
    [made] = backups(register.folder)
    assert (made.number, made.reason, made.state, made.good) == (1, Reason.IMPORT, State.MADE, True)
    assert made.counts is not None
    held = made.counts
    assert (held.people, held.members, held.unions, held.employers, held.changes) == (1, 0, 0, 2, 3)
    with zipfile.ZipFile(made.path) as found:
        about = json.loads(found.read("manifest.json"))
    assert {"format", "made", "schema", "changes", "sha256"} <= set(about), "programs before it read these"


@pytest.mark.parametrize("packed", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_backup_of_an_earlier_program_is_listed_without_what_it_does_not_say(
    register: Register, author: Author, packed: int
) -> None:
    named(author, NAME)
    made = back_up(register).path
    with zipfile.ZipFile(made) as found:
        parts = {name: found.read(name) for name in found.namelist()}
    about = json.loads(parts["manifest.json"])
    said = {name: about[name] for name in ("format", "made", "schema", "changes", "sha256")}
    parts["manifest.json"] = json.dumps(said).encode()
    with zipfile.ZipFile(made, "w", packed) as older:
        for name, content in parts.items():
            older.writestr(name, content)
    [listed] = backups(register.folder)
    assert (listed.number, listed.reason, listed.counts, listed.good) == (1, None, None, True)
    archive.check(made)
    assert due(register, Reason.CLOSING), "whether it holds everything is not known"


@pytest.mark.parametrize("stage", [1, 45, 69, 84, 99])
def test_a_backup_that_is_stopped_leaves_the_older_ones_and_nothing_else(
    register: Register, author: Author, stage: int
) -> None:
    named(author, *(f"{NAME}{number}" for number in range(3_000)))
    older = back_up(register).path
    named(author, "乙公司")
    told: list[int] = []

    def stop(done: int, total: int) -> None:
        assert 0 <= done <= total == 100
        told.append(done)
        if done >= stage:
            raise Stopped

    with pytest.raises(Stopped):
        back_up(register, progress=stop)
    assert told == sorted(told)
    assert names_in(register) == [older.name]
    archive.check(older)
    assert due(register, Reason.CLOSING)
    assert back_up_if_due(register, Reason.CLOSING) is not None
    assert not due(register, Reason.CLOSING)
    assert back_up_if_due(register, Reason.CLOSING) is None


def test_a_program_that_dies_in_a_backup_harms_none_and_what_it_left_goes_with_the_next(
    register: Register, author: Author
) -> None:
    named(author, *(f"{NAME}{number}" for number in range(3_000)))
    older = back_up(register).path
    content = older.read_bytes()
    script = (
        "import os, sys; sys.path.insert(0, sys.argv[3])\n"
        "from pathlib import Path; from models.engine import database; from models.register.register import Register\n"
        "from models.backups.making import back_up\n"
        "register = Register(Path(sys.argv[1]), sys.argv[2])\n"
        "database.connect(register.file, register.key_hex)\n"
        "def die(done, total):\n    if done >= int(sys.argv[4]): os._exit(9)\n"
        "back_up(register, progress=die)"
    )
    for stage in ("10", "60", "90"):
        command = [sys.executable, "-c", script, str(register.folder), register.key_hex, ROOT, stage]
        assert subprocess.run(command, check=False).returncode == 9
        assert older.read_bytes() == content
        assert [each.path for each in backups(register.folder)] == [older]
        assert len(names_in(register)) > 1
    named(author, "乙公司")
    newer = back_up(register).path
    assert names_in(register) == sorted([older.name, newer.name])
    archive.check(newer)


def test_unfinished_files_of_earlier_programs_go_once_they_are_old(register: Register) -> None:
    own = register.folder / "backups"
    own.mkdir()
    for name, age in (("old.copy", 2 * 86_400), ("young.copy", 60)):
        (own / name).write_bytes(b"x")
        os.utime(own / name, (time.time() - age,) * 2)
    back_up(register)
    assert [name for name in names_in(register) if name.endswith(".copy")] == ["young.copy"]


LOOP = (
    "import sys; sys.path.insert(0, sys.argv[3])\n"
    "from pathlib import Path; from models.engine import database; from models.register.register import Register\n"
    "from models.backups.making import back_up\n"
    "register = Register(Path(sys.argv[1]), sys.argv[2])\n"
    "database.connect(register.file, register.key_hex)\n"
    "for _each in range(3): print(back_up(register).path.name)"
)


def test_three_that_back_up_at_once_beside_a_writer_make_nothing_but_sound_ones(
    register: Register, author: Author
) -> None:
    command = [sys.executable, "-c", LOOP, str(register.folder), register.key_hex, ROOT]
    programs = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _each in range(2)]
    made: list[str] = []
    number = 0
    while len(made) < 3 or any(each.poll() is None for each in programs):
        named(author, f"{NAME}{number}")
        number += 1
        if len(made) < 3:
            made.append(back_up(register).path.name)
    for each in programs:
        out, err = each.communicate()
        assert (each.returncode, err) == (0, "")
        made += out.split()
    assert len(set(made)) == 9, "no two have one name"
    found = backups(register.folder)
    assert {each.path.name for each in found} == set(made)
    assert names_in(register) == sorted(made), "and nothing else is left"
    for backup in found:
        archive.check(backup.path)
    held = [each.counts.changes if each.counts is not None else None for each in reversed(found)]
    assert held == sorted(held, key=lambda changes: changes or 0)


def test_whoever_waits_too_long_for_another_backup_is_told(register: Register) -> None:
    with alone(register.folder), pytest.raises(UserError, match="另一个建会通正在备份"), alone(register.folder, wait=0.3):
        raise AssertionError


def test_a_backup_that_has_no_folder_to_go_to_is_told(register: Register, author: Author) -> None:
    (register.folder / "backups").write_text("in the way", "utf-8")
    with pytest.raises(UserError, match="原有的备份没有改动"):
        back_up(register)
    named(author, NAME)
    with pytest.raises(UserError, match="什么都没有改动"):
        back_up_before(register, Reason.IMPORT)


def test_the_number_goes_up_though_the_newest_was_deleted(register: Register, author: Author) -> None:
    for number in range(3):
        named(author, f"{NAME}{number}")
        back_up(register)
    newest = backups(register.folder)[0]
    assert newest.number == 3
    listing.remove(register.folder, newest.path)
    assert listing.number_of(back_up(register).path) == 4


def test_a_copy_elsewhere_takes_the_name_of_none_that_is_there(register: Register, tmp_path: Path) -> None:
    (tmp_path / "stick").mkdir()
    made = [back_up(register, target=tmp_path / "stick").path for _time in range(2)]
    assert len(set(made)) == 2
    assert back_up(register, target=tmp_path / "stick" / "保存").path.name == "保存.jhbak"
    for each in (tmp_path / "stick").iterdir():
        archive.check(each)


def test_a_rotten_one_is_found_remembered_and_no_longer_offered(register: Register, author: Author) -> None:
    named(author, NAME)
    older = back_up(register).path
    named(author, "乙公司")
    newer = back_up(register).path
    harmed(newer)
    found = backups(register.folder)
    assert [each.good for each in found] == [True, True], "nobody has looked yet"
    [told] = listing.check_all(register.folder)
    assert newer.name in told
    found = backups(register.folder)
    assert [each.state for each in found] == [State.ROTTEN, State.CHECKED]
    best = newest_good(found)
    assert best is not None
    assert best.path == older
    with pytest.raises(UserError, match="唯一完好"):
        listing.remove(register.folder, older)
    assert due(register, Reason.CLOSING), "a rotten one holds nothing"


@pytest.mark.parametrize("content", [b"", b"hello", b"PK\x05\x06" + b"\0" * 18])
def test_what_is_no_backup_is_listed_as_unreadable(register: Register, content: bytes) -> None:
    (register.folder / "backups").mkdir()
    (register.folder / "backups" / "jianhui-20260101-00007.jhbak").write_bytes(content)
    [found] = backups(register.folder)
    assert (found.number, found.state) == (7, State.UNREADABLE)
    with pytest.raises(UserError):
        listing.check(register.folder, found.path)


def test_a_backup_of_the_same_length_from_another_branch_does_not_hold_everything(register: Register, author: Author) -> None:
    """After a restore the log counts on from an earlier number, and may stand at the same one with another content."""
    named(author, NAME)
    back_up(register)
    [made] = backups(register.folder)
    assert made.counts is not None
    assert not due(register, Reason.CLOSING)
    database.db.execute_sql("UPDATE batch SET uid = 'another' WHERE uid = ?", (made.counts.newest,))
    assert due(register, Reason.CLOSING)


def test_counts_of_a_backup_are_told_without_the_uid_of_the_batch() -> None:
    assert Counts(1, 1, 1, 1, 9, "2026-11-30", "uid").told() == {
        "people": 1, "members": 1, "unions": 1, "employers": 1, "changes": 9, "day": "2026-11-30",
    }  # fmt: skip
