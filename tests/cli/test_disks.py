"""Full disks, read-only folders and what else cannot be written: reading still works, and what was stored is said first."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from models.engine import database
from models.journal.writer import batch
from models.opening import opening
from models.records.union import Union
from models.register import laptop
from models.register import register as room
from models.register.register import Register
from models.uid import new_uid
from tests.aids.small_disk import fill_up, read_only, small_disk
from tests.aids.speaking import LI, PASSPHRASE, WANG, workbook
from tests.aids.terminal import Commands, commands, program, stocked

ROSTER: list[list[Any]] = [
    ["姓名", "身份证号", "所属工会", "入会日期"],
    ["王五", WANG, "示例工会", "2024-05-06"],
    ["李四", LI, "示例工会", "2024-06"],
]
#: A row that is refused: its file gets a returned workbook.
WRONG = [*ROSTER, ["赵六", "500106198503079999", "示例工会", "2024-06"]]
READING: list[tuple[str | Path, ...]] = [
    ("list", "workers"), ("list", "workers", "--search", "王"), ("figures",), ("check",), ("check", "--deep", "--backups"),
    ("batches",), ("drive",), ("rules",), ("targets",), ("ledger",), ("duplicates", "workers"),
]  # fmt: skip
WRITING: list[tuple[str | Path, ...]] = [
    ("undo", "1"), ("passphrase",), ("targets", "set", "members", "5"),
    ("ledger", "add", "--date", "2026-01-01", "--kind", "劳动争议调解"), ("groups", "--add", "示例群体"),
]  # fmt: skip


@pytest.fixture(scope="module")
def stock(tmp_path_factory: pytest.TempPathFactory, empty_register: Register) -> Register:
    """Two members."""
    return stocked(empty_register, tmp_path_factory.mktemp("stock"), {"a": {"名单": ROSTER}})


@pytest.fixture
def run(
    tmp_path: Path, stock: Register, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Commands:
    """Commands over a register with two members."""
    made = commands(tmp_path / "disk" / "data", stock, monkeypatch, capfd)
    monkeypatch.setenv("JIANHUI_DATA", str(tmp_path / "disk" / "data"))
    monkeypatch.setenv("JIANHUI_NEW_PASSPHRASE", "新的口令 2027")
    return made


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def names(run: Commands, kind: str) -> list[str]:
    """Who is listed; that it could not be kept in the trail is said beside the answer."""
    return [each["name"] for each in json.loads(run("list", kind, "--data", run.folder, "--json")[1])[kind]]


def reads(run: Commands, tmp_path: Path, kept: bool = False) -> None:
    """Every reading verb answers as ever, and hands out to elsewhere; unless it is ``kept`` in the trail that is said."""
    for verb in READING:
        code, out, err = run(*verb, "--data", run.folder)
        assert (code, err.count("\n"), err.startswith("这一步没有记入操作留痕：")) == (0, not kept, not kept), verb
        assert out
    assert names(run, "workers") == ["王五", "李四"]
    (tmp_path / "out").mkdir()
    for verb in (("list", "workers"), ("report", "roster")):
        made = tmp_path / "out" / f"{verb[0]}.xlsx"
        assert run(*verb, "--data", run.folder, "--out", made)[0] == 0
        assert made.stat().st_size > 0


def refuses_to_write(run: Commands, why: str) -> None:
    """Every writing verb says so in a sentence, and nobody is told to restore a backup."""
    for verb in WRITING:
        said = run.refused(*verb, "--data", run.folder)
        assert why in said, verb
        assert "恢复" not in said
        assert "损坏" not in said


def left_by_a_killed_program(folder: Path) -> None:
    """Let a log with one more union lie beside the file, as a program that was killed leaves it."""
    register = opening.open_register(folder, PASSPHRASE)
    with batch("edit", laptop.author(folder)) as writer:
        writer.create(Union, {"uid": new_uid(), "name": "日志里的工会"})
    shutil.copytree(register.folder, folder.with_name("killed"))
    room.close_register()
    shutil.rmtree(folder)
    folder.with_name("killed").rename(folder)
    assert (folder / "register.db-wal").stat().st_size > 0


@pytest.mark.parametrize("killed", [False, True])
def test_a_read_only_folder_is_read(run: Commands, tmp_path: Path, killed: bool) -> None:
    if killed:
        left_by_a_killed_program(run.folder)
    before = contents(run.folder)
    with read_only(tmp_path / "disk"):
        reads(run, tmp_path)
        assert names(run, "unions")[1:] == ["日志里的工会"] * killed
        for verb in WRITING:
            assert "用不了登记册的文件夹" in run.refused(*verb)
        assert contents(run.folder) == before
    assert database.refused() != ""


@pytest.mark.parametrize("killed", [False, True])
def test_on_a_full_disk_reading_works_and_writing_is_a_sentence(run: Commands, tmp_path: Path, killed: bool) -> None:
    if killed:
        left_by_a_killed_program(run.folder)
    before = contents(run.folder)
    with small_disk(tmp_path / "disk"):
        fill_up(tmp_path / "disk")
        reads(run, tmp_path)
        refuses_to_write(run, "磁盘空间不足")
        assert contents(run.folder).items() >= {name: before[name] for name in ("register.db", "register.key")}.items()
        (tmp_path / "disk" / "ballast").unlink()
        assert run.told("check", "--deep")["sound"]


@pytest.mark.parametrize("left", [8_192, 65_536, 262_144, 1_000_000, 2_500_000, 4_000_000])
def test_with_little_room_an_import_is_stored_or_not_and_says_which(run: Commands, tmp_path: Path, left: int) -> None:
    path = workbook(tmp_path / "b.xlsx", {"名单": [ROSTER[0], *([f"某{n}", None, "示例工会", "2024-05"] for n in range(300))]})
    with small_disk(tmp_path / "disk"):
        fill_up(tmp_path / "disk", leaving=left)
        code, out, err = run("import", path, "--json")
        stored = json.loads(out)["batch"] if out else None
        assert (code == 0) is bool(stored)
        assert err == "" if code == 0 and "backup_failed" not in json.loads(out) else err.splitlines()[-1].startswith(
            "上面的内容已经写入登记册" if stored else ("磁盘空间不足", "登记册打不开：磁盘空间不足", "先要备份", "用不了")
        ), err
        assert "损坏" not in err
        (tmp_path / "disk" / "ballast").unlink()
        assert len(run.told("list", "workers")["workers"]) == (302 if stored else 2)
        assert run.told("check", "--deep")["sound"]


def test_a_returned_sheet_or_a_backup_that_fails_does_not_hide_the_batch(run: Commands, tmp_path: Path) -> None:
    run.told("backup")
    given = tmp_path / "given"
    given.mkdir()
    path = workbook(given / "b.xlsx", {"名单": [*WRONG, ["孙七", None, "示例工会", "2024-07"]]})
    with read_only(given), read_only(run.folder / "backups"):
        code, out, err = run("import", path, "--json")
        told = json.loads(out)
        assert (code, told["batch"]) == (1, 2)
        assert told["files"][0]["sheets"][0]["new"] == 1
        assert "没有写成" in err
        assert len(err.splitlines()) == 1 + ("backup_failed" in told)
        code, out, err = run("undo", "2")
        assert code == 1
        assert "已撤销批次 2" in out or "什么都没有" in err or "备份" in err
    assert run.told("check")["sound"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
def test_an_answer_that_cannot_be_printed_does_not_hide_what_was_stored(run: Commands, tmp_path: Path) -> None:
    path = workbook(tmp_path / "b.xlsx", {"名单": [*ROSTER, ["孙七", None, "示例工会", "2024-07"]]})
    environment = os.environ | {"JIANHUI_PASSPHRASE": PASSPHRASE}
    for flags in ((), ("--json",)):
        with open("/dev/full", "w") as full, program(  # noqa: PTH123
            "import", path, "--data", run.folder, *flags, stdout=full, env=environment
        ) as running:  # fmt: skip
            err = running.communicate()[1]
        assert running.returncode == 1
        assert "没有做完：磁盘空间不足" in err
        assert ("批次 2" in err) is not bool(flags)  # the second time there was nothing new
    assert len(run.told("list", "workers")["workers"]) == 3


@pytest.mark.skipif(sys.platform == "win32", reason="closed streams of a shell")
def test_without_anywhere_to_print_an_import_is_stored_and_told(run: Commands, tmp_path: Path) -> None:
    path = workbook(tmp_path / "b.xlsx", {"名单": [*ROSTER, ["孙七", None, "示例工会", "2024-07"]]})
    environment = os.environ | {"JIANHUI_PASSPHRASE": PASSPHRASE}
    main = Path(__file__).resolve().parent.parent.parent / "main.py"
    command = f'"{sys.executable}" "{main}" import "{path}" --data "{run.folder}" --json >&-'
    done = subprocess.run(["sh", "-c", command], check=False, capture_output=True, text=True, env=environment)
    assert done.returncode == 1
    assert "批次 2" in done.stderr
    assert "标准输出" in done.stderr


def test_without_a_home_everything_is_read_and_written(
    run: Commands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("JIANHUI_LAPTOP", str(tmp_path / "file" / "laptop.json"))
    reads(run, tmp_path, kept=True)
    for verb in WRITING:
        if verb[0] != "passphrase":  # the next verb would need the new one
            code, _out, err = run(*verb)
            assert code == 0, (verb, err)
    assert run.told("check")["sound"]


def test_a_verb_over_a_damaged_register_answers_with_a_warning_or_refuses(run: Commands) -> None:
    file = run.folder / "register.db"
    content = bytearray(file.read_bytes())
    content[-2000] ^= 1
    file.write_bytes(content)
    before = contents(run.folder)
    code, out, err = run("list", "workers")
    assert code == 0
    assert "王五" in out
    assert "rescue" in err
    for verb in WRITING:
        assert "rescue" in run.refused(*verb)
    assert {name: held for name, held in contents(run.folder).items() if name in before} == before


def test_what_several_options_change_is_changed_all_or_not_at_all(run: Commands) -> None:
    before = run.told("groups")
    assert "名称=内容" in run.refused("groups", "--add", "示例群体", "--alias", "没有等号")
    uid = run.told("ledger", "add", "--date", "2026-01-01", "--kind", "劳动争议调解")["uid"]
    assert run("ledger", "remove", uid, "no-such-uid")[0] == 1
    assert len(run.told("ledger")["ledger"]) == 1
    assert run.told("groups") == before


def test_check_looks_at_key_files_log_and_backups(run: Commands) -> None:
    backup = run.told("backup")["backup"]
    Path(backup).write_bytes(b"rotten")
    code, out, _err = run("check", "--backups", "--json")
    assert (code, json.loads(out)["sound"], len(json.loads(out)["backups"])) == (1, True, 1)
    register = opening.open_register(run.folder, PASSPHRASE)
    database.db.execute_sql('DELETE FROM "change" WHERE id = 2')
    room.close_register()
    (register.folder / "register.key.copy").write_text("rotten")
    code, out, err = run("check", "--json")
    told = json.loads(out)
    # what was wrong with a key file is put right when the register is opened alone, and told
    assert (code, told["sound"], told["damage"], len(told["log"]), told["keys"]) == (1, False, [], 1, [])
    assert "副本损坏了，已重新写好" in err
    code, out, _err = run("check")
    assert (code, "restore" in out) == (1, True)
