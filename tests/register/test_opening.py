"""What is looked at before a register is opened: whether there is one, whose log lies beside it, whether it is sound."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from models.backups.making import back_up
from models.engine import database
from models.engine.ways import OpeningWay
from models.errors import DamagedRegister, Unwritable, UserError
from models.journal.writer import Author
from models.opening import opening
from models.records.region import Region
from models.register import old_log, soundness, traces
from models.register import register as room
from models.register.header import PAGE
from models.register.register import Register
from tests.aids.sizes import every
from tests.aids.small_disk import fill_up, small_disk
from tests.aids.speaking import PASSPHRASE
from tests.aids.terminal import ROOT
from tests.register.test_register import named, names

#: Makes a register in each of many folders and is killed some steps later each time: before the file that it touches next.
KILLED = """
import os, sys
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from models.engine import database
from models.register import keys, laptop, register, strength
keys.COST = keys.COST | {"n": 2**4}
strength.weakness_of("loaded once for all children")
root, passphrase, every = Path(sys.argv[2]), sys.argv[3], int(sys.argv[4])
touches = {"open", "os.rename", "os.remove", "os.mkdir", "os.chmod", "os.truncate", "shutil.rmtree", "tempfile.mkstemp"}

def made(folder, last):
    seen = [0]
    def look(event, arguments):
        if event in touches and any(str(root) in str(each) for each in arguments):
            seen[0] += 1
            if seen[0] == last:
                os._exit(9)
    sys.addaudithook(look)
    register.create(folder, passphrase)
    register.close_register()
    os._exit(0)

step, status, tried = 1 - every, 9, []
while status == 9:
    step += every
    tried.append(step)
    folder = root / str(step)
    child = os.fork()
    if not child:
        made(folder, step)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
print(*tried, status)
"""


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.skipif(sys.platform == "win32", reason="processes of Linux")
def test_a_creation_killed_at_any_step_is_done_or_can_be_done_again(tmp_path: Path) -> None:
    command = [sys.executable, "-c", KILLED, str(ROOT), str(tmp_path), PASSPHRASE, str(every(3))]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    *steps, status = map(int, told)
    assert status == 0
    assert steps[-1] > 6, "every file that is touched is a step"
    done = [traces.standing(tmp_path / str(step)) for step in steps]
    assert traces.FolderState.REMAINS not in done
    assert traces.FolderState.UNFINISHED in done
    for step, standing in zip(steps, done, strict=True):
        if standing is not traces.FolderState.REGISTER:
            room.create(tmp_path / str(step), PASSPHRASE)
            room.close_register()
        opening.open_register(tmp_path / str(step), PASSPHRASE)
        assert database.damage() == []
        room.close_register()
        assert sorted(path.name for path in (tmp_path / str(step)).iterdir()) == [
            "register.db", "register.key", "register.key.copy",
        ]  # fmt: skip


@pytest.mark.parametrize(
    ("left", "told"),
    [
        ("register.key", "只剩密钥文件"),
        ("backups/jianhui-20260101-00001.jhbak", "备份还在"),
        ("before-restore-1/register.db", "before-restore-1"),
        ("restoring.json", "restoring"),
        ("register-before-5.db", "register-before-5"),
        ("set-aside-1/register.db-wal", "set-aside-1"),
    ],
)
def test_a_folder_with_any_trace_of_a_register_never_gets_a_new_one(tmp_path: Path, left: str, told: str) -> None:
    (tmp_path / left).parent.mkdir(exist_ok=True)
    (tmp_path / left).write_bytes(b"something")
    before = files(tmp_path)
    for attempt in (room.create, opening.open_register):
        with pytest.raises(DamagedRegister, match=told):
            attempt(tmp_path, PASSPHRASE)
    assert files(tmp_path) == before


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"SQLite format 3\0" + bytes(PAGE), "没有加密的数据库"), (b"PK\x03\x04" + bytes(PAGE), "压缩包"),
        (b"%PDF-1.7" + bytes(PAGE), "PDF"), (bytes(PAGE), "全是零"), (b"short", "只剩 5 字节"), (b"", "0 字节"),
        (b"hello" * PAGE, "不是配套的密钥"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_register_is_told_for_what_it_is(register: Register, content: bytes, told: str) -> None:
    room.close_register()
    register.file.write_bytes(content)
    before = files(register.folder)
    with pytest.raises(DamagedRegister, match=told):
        opening.open_register(register.folder, PASSPHRASE)
    assert files(register.folder) == before


@pytest.fixture
def elsewhere(register: Register, author: Author, tmp_path: Path) -> Callable[[str], Path]:
    """A copy of the register and of its log, as a program that was killed would have left them, in the named folder."""
    named(author, "甲")

    def copy(name: str) -> Path:
        shutil.copytree(register.folder, tmp_path / name)
        return tmp_path / name

    return copy


def test_the_log_of_a_program_that_was_killed_is_folded_in(elsewhere: Callable[[str], Path]) -> None:
    killed = elsewhere("killed")
    assert (killed / "register.db-wal").stat().st_size > 0
    opening.open_register(killed, PASSPHRASE)
    assert (names(), database.refused()) == (["甲"], "")
    room.close_register()
    assert sorted(path.name for path in killed.iterdir() if path.is_dir()) == []


@pytest.mark.parametrize("way", [OpeningWay.ALONE, OpeningWay.READING])
def test_a_log_can_be_read_along_without_being_folded_in(
    register: Register, elsewhere: Callable[[str], Path], way: OpeningWay
) -> None:
    killed = elsewhere("killed")
    room.close_register()
    database.connect(killed / "register.db", register.key_hex, OpeningWay.STILL)
    assert names() == [], "the file alone does not know it"
    database.leave()
    before = {name: held for name, held in files(killed).items() if not name.endswith("-shm")}
    database.connect(killed / "register.db", register.key_hex, way)
    assert names() == ["甲"]
    with pytest.raises(Unwritable):
        named(Author("d", "某"), "乙")
    database.close()
    assert {name: held for name, held in files(killed).items() if not name.endswith("-shm")} == before


@pytest.mark.parametrize("whose", ["older", "another"])
def test_a_log_that_does_not_belong_to_the_file_is_set_aside(
    register: Register, author: Author, elsewhere: Callable[[str], Path], tmp_path: Path, whose: str
) -> None:
    stale = elsewhere("older") / "register.db-wal"
    named(author, "乙", "丙")
    room.close_register()
    if whose == "another":
        room.create(tmp_path / "another", PASSPHRASE)
        named(author, "丁")
        stale = Path(shutil.copy(tmp_path / "another" / "register.db-wal", tmp_path))
        room.close_register()
    shutil.copy(stale, register.folder / "register.db-wal")
    content = register.file.read_bytes()
    opened = opening.open_register(register.folder, PASSPHRASE)
    assert "set-aside-1" in opened.told
    assert names() == ["甲", "乙", "丙"]
    assert database.damage(deep=True) == []
    room.close_register()
    assert register.file.read_bytes() == content
    assert (register.folder / "set-aside-1" / "register.db-wal").read_bytes() == stale.read_bytes()


def test_a_log_with_a_hole_in_its_middle_is_kept_as_it_was(register: Register, author: Author, tmp_path: Path) -> None:
    for number in range(6):
        named(author, f"单位{number}")
    killed = tmp_path / "killed"
    shutil.copytree(register.folder, killed)
    wal = killed / "register.db-wal"
    content = bytearray(wal.read_bytes())
    content[len(content) // 2] ^= 1
    wal.write_bytes(content)
    opened = opening.open_register(killed, PASSPHRASE)
    assert "日志中间坏了一段" in opened.told
    assert database.damage() == []
    assert names() == [f"单位{number}" for number in range(len(names()))]
    assert len(names()) < 6
    assert (killed / "set-aside-1" / "register.db-wal").read_bytes() == bytes(content)
    room.close_register()


def flip(file: Path, page: int) -> bytes:
    content = bytearray(file.read_bytes())
    content[page * PAGE + 2000] ^= 1
    file.write_bytes(content)
    return bytes(content)


def test_a_damaged_register_is_never_written_over(register: Register, author: Author) -> None:
    named(author, *(f"单位{number}" for number in range(50)))
    room.close_register()
    pages = register.file.stat().st_size // PAGE
    whole, read = register.file.read_bytes(), 0
    for page in range(3, pages, pages // 20):
        content = flip(register.file, page)
        try:
            opening.open_register(register.folder, PASSPHRASE)
        except DamagedRegister as error:
            assert "rescue" in str(error)  # noqa: PT017  # either is right, as the page is needed for opening or not
        else:
            read += 1
            assert "rescue" in database.refused()
            with pytest.raises(UserError, match="不再写入"):
                named(author, "新的")
            room.close_register()
        assert register.file.read_bytes() == content
        register.file.write_bytes(whole)
    assert read > 10, "most pages are not needed for opening"


def test_damage_that_is_met_while_working_forbids_writing(register: Register, author: Author) -> None:
    named(author, *(f"单位{number}" for number in range(3_000)))
    room.close_register()
    database.connect(register.file, register.key_hex)
    content = bytearray(register.file.read_bytes())
    for page in range(221, len(content) // PAGE):  # all that has come to the empty register
        content[page * PAGE + 2000] ^= 1
    register.file.write_bytes(content)
    with pytest.raises(DamagedRegister), database.damage_told():
        list(database.db.execute_sql('SELECT * FROM "change"'))
    assert database.damaged()
    with pytest.raises(Unwritable):
        named(author, "新的")


def test_a_very_large_register_is_looked_through_before_much_is_written(
    register: Register, author: Author, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(soundness, "AT_ONCE", 1000)
    named(author, "甲")
    room.close_register()
    opened = opening.open_register(register.folder, PASSPHRASE)
    soundness.before_writing(opened, much=False)
    assert (register.folder / soundness.NOTE).exists()
    room.close_register()
    flip(register.file, register.file.stat().st_size // PAGE - 1)
    opened = opening.open_register(register.folder, PASSPHRASE)
    soundness.before_writing(opened, much=False)  # it was looked through this week
    with pytest.raises(DamagedRegister, match="rescue"):
        soundness.before_writing(opened, much=True)
    room.close_register()
    opening.open_register(register.folder, PASSPHRASE)
    assert database.damaged(), "what was found once is looked for at every opening"
    room.close_register()


def test_what_is_damaged_is_not_backed_up_over_good_backups(register: Register, author: Author) -> None:
    named(author, "甲")
    back_up(register)
    room.close_register()
    flip(register.file, register.file.stat().st_size // PAGE - 1)
    opened = opening.open_register(register.folder, PASSPHRASE)
    assert database.damaged()
    with pytest.raises(UserError):
        back_up(opened)
    assert len(list((register.folder / "backups").glob("*.jhbak"))) == 1


def test_what_a_killed_look_left_is_cleared_away(register: Register) -> None:
    room.close_register()
    left = register.folder / "jianhui-look-x"
    left.mkdir()
    (left / "register.db").write_bytes(b"x")
    old_log.settle(register.file, register.key_hex)
    assert not left.exists()


def test_a_log_that_a_reader_emptied_meanwhile_is_not_broken(tmp_path: Path) -> None:
    for name, content in (("none", b""), ("begun", bytes(31))):
        (tmp_path / name).write_bytes(content)
        assert not old_log._broken_in_the_middle(tmp_path / name, 3)


def test_with_little_room_a_register_is_made_or_a_sentence_says_why_not(tmp_path: Path) -> None:
    refused: list[str] = []
    for left in range(400_000, 3_200_000, 100_000):
        with small_disk(tmp_path / str(left)) as disk:
            fill_up(disk, leaving=left)
            try:
                room.create(disk / "data", PASSPHRASE)
            except UserError as error:
                refused.append(str(error))
            else:
                assert Region.select().count() > 1_000
            room.close_register()
    assert 0 < len(refused) < 28
    assert [said for said in refused if "磁盘空间不足" not in said] == []
