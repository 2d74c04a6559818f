"""Who creates a register at the command line: init, an import after saying so, and nobody else."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.aids.speaking import LI, WANG, workbook
from tests.aids.terminal import Commands

ROSTER: list[list[Any]] = [
    ["姓名", "身份证号", "所属工会", "入会日期"],
    ["王五", WANG, "示例工会", "2024-05-06"],
    ["李四", LI, "示例工会", "2024-06"],
]
NEW = "新的口令 2027"


def code_in(said: str) -> str:
    """The recovery code that was shown."""
    (shown,) = [line.removeprefix("恢复码：") for line in said.splitlines() if line.startswith("恢复码")]
    return shown


@pytest.mark.parametrize(
    "verb",
    [
        ("list", "workers"), ("check",), ("figures",), ("undo", 1), ("backup",), ("passphrase",), ("import", "a.xlsx", "--plan"),
        ("ledger", "add", "--date", "2026-01-01", "--kind", "劳动争议调解"), ("ledger", "import", "a.xlsx"), ("drive",),
    ],
)  # fmt: skip
def test_a_verb_that_finds_no_register_makes_none(run: Commands, tmp_path: Path, verb: tuple[str | int, ...]) -> None:
    for folder, there in ((tmp_path / "typo", "没有这个文件夹"), (tmp_path / "empty", "文件夹是空的")):
        if folder.name == "empty":
            folder.mkdir(exist_ok=True)
        told = run.refused(*verb, "--data", folder)
        assert there in told
        assert "init" in told
        assert not folder.exists() or list(folder.iterdir()) == []


def test_init_creates_a_register_and_shows_its_recovery_code_once(
    run: Commands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = tmp_path / "new" / "deeper"
    code, out, err = run("init", "--data", new)
    assert (code, out) == (0, "")
    assert "已经有一个登记册" in run.refused("init", "--data", new)
    monkeypatch.setenv("JIANHUI_PASSPHRASE", code_in(err).lower())
    assert run.told("figures", "--data", new)["members"] == 0
    monkeypatch.setenv("JIANHUI_PASSPHRASE", NEW)
    made = run.told("init", "--data", tmp_path / "other")
    assert made["folder"] == str(tmp_path / "other")
    monkeypatch.setenv("JIANHUI_PASSPHRASE", made["recovery_code"])
    assert run.told("check", "--data", tmp_path / "other")["sound"]


def test_an_import_creates_the_register_after_saying_so(run: Commands, tmp_path: Path) -> None:
    code, out, err = run("import", workbook(tmp_path / "a.xlsx", {"名单": ROSTER}), "--data", tmp_path / "new", "--json")
    assert (code, json.loads(out)["batch"]) == (0, 1)
    assert err.index("还没有登记册，现在建立") < err.index("恢复码")
    assert len(run.told("list", "workers", "--data", tmp_path / "new")["workers"]) == 2


def test_a_short_passphrase_makes_no_register(run: Commands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIANHUI_PASSPHRASE", "1234567")
    assert "至少要 8 个字符" in run.refused("init", "--data", tmp_path / "new", "--json")
    assert not (tmp_path / "new").exists()
    monkeypatch.setenv("JIANHUI_PASSPHRASE", "ｋｉｔｃｈｅｎ　ｌａｍｐ　７")
    assert run("init", "--data", tmp_path / "new")[0] == 0
    monkeypatch.setenv("JIANHUI_PASSPHRASE", "kitchen lamp 7")
    assert run("figures", "--data", tmp_path / "new")[0] == 0


def test_an_interrupted_creation_is_replaced(run: Commands, tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "register.key").write_text("half")
    (tmp_path / "new" / "register.db.part").write_bytes(b"half")
    assert "建立登记册时中断过" in run.refused("check", "--data", tmp_path / "new")
    assert "恢复码" in run("init", "--data", tmp_path / "new")[2]
    assert run.told("check", "--data", tmp_path / "new")["sound"]
