"""Secrets at the command line: where passwords of files come from, and what is said of the key file."""

from pathlib import Path

import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from models.register.register import Register
from models.register.traces import KEY
from tests.aids.speaking import workbook
from tests.aids.terminal import Commands

PASSWORD = "lentils 2026"


@pytest.fixture
def locked(tmp_path: Path) -> Path:
    """A workbook with a password."""
    rows = [["单位名称", "统一社会信用代码", "职工人数"], ["重庆甲示例有限公司", None, 30]]
    plain, path = workbook(tmp_path / "明文.xlsx", {"单位": rows}), tmp_path / "锁着.xlsx"
    with plain.open("rb") as source, path.open("wb") as target:
        OOXMLFile(source).encrypt(PASSWORD, target)
    return path


def test_the_password_of_a_file_comes_from_the_environment(
    run: Commands, locked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, _out, err = run("import", locked, "--json")
    assert (code, "请输入密码" in err) == (1, True)
    monkeypatch.setenv("JIANHUI_WORKBOOK_PASSWORD", PASSWORD)
    assert run.told("import", locked)["files"][0]["sheets"][0]["new"] == 1


def test_a_healed_key_file_is_told_once_on_stderr(run: Commands) -> None:
    (run.folder / KEY).write_bytes(b"")
    code, _out, err = run("check", "--json")
    assert (code, "已用旁边的副本修好" in err) == (0, True)
    assert run.told("check")["sound"] is True


def test_no_object_shows_the_key_when_it_is_printed(register: Register) -> None:
    assert register.key_hex not in repr(register)
