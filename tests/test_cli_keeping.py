"""Damage, backups and restores at the command line."""

import json
from pathlib import Path

import pytest

from models.register.register import Register
from tests.speaking import LI, WANG, workbook
from tests.terminal import Commands, commands

ROSTER = [
    ["会员花名册"],
    ["姓名", "身份证号", "所属工会", "入会日期"],
    ["王五", WANG, "甲公司工会", "2024-05-06"],
    ["李四", LI, "甲公司工会", "2024-06"],
]


@pytest.fixture
def run(
    tmp_path: Path, empty_register: Register, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Commands:
    """Commands over an empty register in the test's folder."""
    return commands(tmp_path / "data", empty_register, monkeypatch, capfd)


@pytest.fixture
def members(run: Commands, tmp_path: Path) -> None:
    """Two members in the register."""
    run.told("import", workbook(tmp_path / "a.xlsx", {"名单": ROSTER}))


def names(run: Commands) -> list[str]:
    return [row["name"] for row in run.told("list", "workers")["workers"]]


@pytest.mark.parametrize("page", [0, 1, 2, 7, 40, -1])
def test_a_flipped_bit_is_found_and_never_taken_for_a_bug(
    run: Commands, members: None, page: int, tmp_path: Path
) -> None:
    file = run.folder / "register.db"
    content = bytearray(file.read_bytes())
    content[page * 4096 + 2000 if page >= 0 else -2000] ^= 1
    file.write_bytes(content)
    code, out, _err = run("check", "--json")
    assert (code, json.loads(out)["sound"]) == (1, False)
    assert "restore" in run("check")[1]
    for verb in (("list", "workers"), ("figures",), ("report", "roster", "--out", tmp_path / "r.xlsx"), ("undo", 1)):
        assert run(*verb)[0] in (0, 1)


def test_a_file_that_is_no_register_is_told(run: Commands) -> None:
    (run.folder / "register.db").write_bytes(b"hello" * 2000)
    assert "恢复备份" in run.refused("figures")
    code, out, err = run("check")
    assert (code, "已损坏" in out, err) == (1, True, "")


def test_every_import_and_every_undo_is_backed_up(run: Commands, members: None) -> None:
    kept = run.folder / "backups"
    assert len(list(kept.iterdir())) == 2, "before the import, and on closing"
    run.told("undo", 1)
    assert len(list(kept.iterdir())) == 3, "the one of closing held everything"
    run.told("list", "workers")
    assert len(list(kept.iterdir())) == 3, "nothing has changed"


def test_a_backup_is_restored_into_an_empty_folder(run: Commands, members: None, tmp_path: Path) -> None:
    saved = run.told("backup", tmp_path / "保存.jhbak")["backup"]
    assert run.told("restore", saved, "--data", tmp_path / "elsewhere") == {"restored": saved, "previous": None}
    assert len(run.told("list", "workers", "--data", tmp_path / "elsewhere")["workers"]) == 2


def test_a_restore_keeps_what_was_there_beside_it(run: Commands, members: None, tmp_path: Path) -> None:
    saved = Path(run.told("backup")["backup"])
    assert saved.parent == run.folder / "backups"
    run.told("undo", 1)
    assert names(run) == []
    previous = run.told("restore", saved)["previous"]
    assert (Path(previous) / "register.db").exists()
    assert names(run) == ["王五", "李四"]


def test_what_is_no_backup_changes_nothing(run: Commands, members: None, tmp_path: Path) -> None:
    (tmp_path / "x.jhbak").write_text("hello")
    assert "x.jhbak" in run.refused("restore", tmp_path / "x.jhbak")
    assert "none.jhbak" in run.refused("restore", tmp_path / "none.jhbak")
    assert names(run) == ["王五", "李四"]
