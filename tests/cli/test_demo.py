"""The demo tells the whole story without a screen, a question or a trace outside its folder."""

import json
import time
from pathlib import Path

import openpyxl
import pypdf
import pytest

from cli.demo import PASSPHRASE
from main import main
from models.opening import opening
from models.records.worker import Worker
from models.register import lock, register
from models.trail.entry import TrailEntry
from tests.aids.trailed import kept

Capture = pytest.CaptureFixture[str]


def test_the_demo_leaves_its_papers_and_touches_nothing_else(
    tmp_path: Path, capfd: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JIANHUI_PASSPHRASE", "kurz")
    out, started = tmp_path / "演示", time.monotonic()
    assert main(["demo", "--out", str(out)]) == 0
    assert time.monotonic() - started < 60
    said = capfd.readouterr()
    assert f"口令 {PASSPHRASE}" in said.out
    assert f"--data {out / 'data'}" in said.out
    assert said.err == ""
    assert not (tmp_path / "data").exists()
    left = {path.name for path in out.iterdir()}
    assert {"会员花名册.pdf", "应建未建单位清单.xlsx", "总览.png", "收到的表", "data"} <= left
    pages = pypdf.PdfReader(out / "会员花名册.pdf").pages
    assert "工会会员花名册" in pages[0].extract_text()
    rows = list(openpyxl.load_workbook(out / "应建未建单位清单.xlsx").active.values)
    assert any("重庆澜沱电子有限公司" in row for row in rows)
    assert len(list((out / "收到的表").glob("*_退回.xlsx"))) == 11
    assert (out / "总览.png").read_bytes().startswith(b"\x89PNG")


def test_the_demo_again_replaces_its_register_and_keeps_other_files(tmp_path: Path, capfd: Capture) -> None:
    out = tmp_path / "demo"
    assert main(["demo", "--out", str(out), "--json"]) == 0
    first = json.loads(capfd.readouterr().out)
    (out / "我的笔记.txt").write_text("keep")
    assert main(["demo", "--out", str(out), "--json"]) == 0
    said = capfd.readouterr()
    second = json.loads(said.out)
    assert said.err == ""
    assert (second["batch"], second["counts"], second["passphrase"]) == (1, first["counts"], PASSPHRASE)
    assert all(Path(each).stat().st_size > 2000 for each in second["files"])
    assert (out / "我的笔记.txt").read_text() == "keep"
    people = people_of(out / "data")
    kept_of_it = trail_of(out / "data")
    assert [row.act for row in kept_of_it] == ["import", *["export"] * (11 + 5), "backup", "open", "close"]
    assert not any(text in str(row.__data__) for text in people if len(text) > 2 for row in kept_of_it)
    contents = [path.read_bytes() for path in (out / "data").rglob("*") if path.is_file()]
    assert len(people) > 300
    # four bytes, a name of two characters in UTF-16, stand somewhere in megabytes of cipher text by chance
    written = [code for text in people for code in (text.encode(), text.encode("utf-16-le")) if len(code) >= 6]
    assert not [code for code in written if any(code in content for content in contents)]


def trail_of(data: Path) -> list[TrailEntry]:
    """What the trail of the demo's register holds."""
    opening.open_register(data, PASSPHRASE)
    found = kept()
    register.close_register()
    return found


def people_of(data: Path) -> set[str]:
    """The names and numbers of everybody in the demo's register, which lie in its files encrypted."""
    opening.open_register(data, PASSPHRASE)
    people = {text for row in Worker.select() for text in (row.name, row.id_number, row.phone) if text}
    register.close_register()
    return people


def test_the_demo_does_not_empty_somebodys_folder(tmp_path: Path, capfd: Capture) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "重要.txt").write_text("keep")
    assert main(["demo", "--out", str(tmp_path / "mine")]) == 1
    assert "不是空文件夹" in capfd.readouterr().err
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["重要.txt"]
    assert main(["demo", "--out", str(tmp_path / "mine" / "重要.txt")]) == 1
    assert "--out 换一个" in capfd.readouterr().err


def test_the_demo_does_not_take_a_register_away_under_an_open_window(
    tmp_path: Path, capfd: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path / "demo" / "data"
    data.mkdir(parents=True)
    (tmp_path / "demo" / ".jianhui-demo").touch()
    (data / "register.db").write_bytes(b"in use")
    with lock.writing(data, "窗口"):
        assert main(["demo", "--out", str(tmp_path / "demo")]) == 1
    assert "窗口" in capfd.readouterr().err
    assert (data / "register.db").read_bytes() == b"in use"
