"""Safety at the command line: passphrases, the lock, damage, backups, and nobody's numbers where they do not belong."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import openpyxl
import pypdf
import pytest
from rich.cells import cell_len

from tests.aids.broken_files import zipped
from tests.aids.speaking import LI, WANG, workbook
from tests.aids.terminal import PHONES, ROOT, ROSTER, Commands, at_terminal, names, program
from tests.faults.place import CHILD

NEW = "新的口令 2027"

posix_only = pytest.mark.skipif(os.name == "nt", reason="terminals and signals of Linux")


def test_a_wrong_passphrase_is_a_sentence(run: Commands, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIANHUI_PASSPHRASE", "别的口令 2026")
    assert "口令不对" in run.refused("list", "workers", "--json")


@pytest.mark.parametrize("flags", [(), ("--json",)])
def test_without_a_terminal_nothing_asks_for_a_passphrase(
    run: Commands, monkeypatch: pytest.MonkeyPatch, flags: tuple[str, ...]
) -> None:
    monkeypatch.delenv("JIANHUI_PASSPHRASE")
    for verb in (("list", "workers"), ("undo", "1"), ("check",), ("backup",), ("restore", "a.jhbak"), ("passphrase",)):
        assert "JIANHUI_PASSPHRASE" in run.refused(*verb, *flags)


def test_a_short_or_common_passphrase_makes_no_register(run: Commands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIANHUI_PASSPHRASE", "1234567")
    assert "至少要 8 个字符" in run.refused("init", "--data", tmp_path / "new", "--json")
    monkeypatch.setenv("JIANHUI_PASSPHRASE", "１２３４５６７８")
    assert "太常见" in run.refused("init", "--data", tmp_path / "new", "--json")
    monkeypatch.setenv("JIANHUI_PASSPHRASE", "ｋｉｔｃｈｅｎ　ｌａｍｐ　７")
    assert run("init", "--data", tmp_path / "new")[0] == 0
    monkeypatch.setenv("JIANHUI_PASSPHRASE", "kitchen lamp 7")
    assert run("figures", "--data", tmp_path / "new")[0] == 0


def test_the_passphrase_is_changed(run: Commands, members: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIANHUI_NEW_PASSPHRASE", "kurz")
    assert "至少要 8 个字符" in run.refused("passphrase")
    monkeypatch.setenv("JIANHUI_NEW_PASSPHRASE", NEW)
    run.told("passphrase")
    assert "口令不对" in run.refused("list", "workers")
    monkeypatch.setenv("JIANHUI_PASSPHRASE", NEW)
    assert names(run) == ["王五", "李四"]


@posix_only
def test_at_a_terminal_a_new_passphrase_is_asked_twice_and_a_known_one_once(
    run: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("JIANHUI_PASSPHRASE")
    new = run.folder.with_name("new")
    assert at_terminal("init", "--data", new, typed="短")[0] == 1
    code, shown = at_terminal("init", "--data", new, typed=f"{NEW}\n别的口令 2026")
    assert (code, "两次输入的口令不一样" in shown, new.exists()) == (1, True, False)
    code, shown = at_terminal("init", "--data", new, typed=f"{NEW}\n{NEW}")
    assert (code, "恢复码" in shown, NEW in shown) == (0, True, False)
    code, shown = at_terminal("figures", "--data", new, typed=NEW)
    assert (code, "再输一遍" in shown, "基层工会" in shown) == (0, False, True)
    code, shown = at_terminal("figures", "--data", new, "--json")
    assert (code, "JIANHUI_PASSPHRASE" in shown) == (1, True)


@posix_only
def test_at_a_narrow_terminal_names_are_folded_and_numbers_are_not(run: Commands, members: None) -> None:
    code, shown = at_terminal("list", "workers", "--data", run.folder, columns=100)
    lines = shown.splitlines()
    assert (code, "500***********9012" in shown, "199****0001" in shown) == (0, True, True)
    assert max(map(cell_len, lines)) <= 100
    assert len(lines) > 5


@contextmanager
def somebody_writing(folder: Path) -> Iterator[int]:
    """Another program holds the register meanwhile; its process id."""
    script = (
        "import sys; from pathlib import Path; from models.register import lock\n"
        "with lock.writing(Path(sys.argv[1]), '导入'):\n    print(flush=True); sys.stdin.read()\n"
    )
    command = [sys.executable, "-c", script, str(folder)]
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, cwd=ROOT, **pipes) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        try:
            yield holder.pid
        finally:
            holder.kill()


def test_while_somebody_writes_reading_works_and_writing_waits_and_says_who(run: Commands, members: None) -> None:
    with somebody_writing(run.folder) as other:
        assert names(run) == ["王五", "李四"]
        assert run.told("figures")["members"] == 2
        assert run.told("check")["sound"] is True
        started = time.monotonic()
        assert f"导入，进程 {other}" in run.refused("undo", 1)
        assert 5 <= time.monotonic() - started < 30
    assert run.told("undo", 1)["removed"] > 0


def han(number: int) -> str:
    """The invented name of one of many people."""
    return "示" + "".join("零一二三四五六七八九"[int(digit)] for digit in f"{number:05}")


def met(run: Commands, path: Path, signal_: int, moment: str) -> "subprocess.CompletedProcess[str]":
    """An import during which the program gets a signal, at the first moment of that name (``tests/faults/child.py``)."""
    fault = {"JIANHUI_FAULT": json.dumps({"at": moment, "signal": signal_})}
    command = [sys.executable, str(CHILD), "import", str(path), "--data", str(run.folder)]
    return subprocess.run(command, env=os.environ | fault, capture_output=True, text=True, check=False)


#: Before the first row is written, and after the last one, before they stand.
MOMENTS = ('sql INSERT INTO "batch"', "sql SAVEPOINT")


@posix_only
@pytest.mark.parametrize("moment", MOMENTS)
def test_an_import_stopped_by_its_person_is_no_bug(run: Commands, members: None, tmp_path: Path, moment: str) -> None:
    rows = [["姓名", "手机"], *([han(n), f"1990{n:07}"] for n in range(2000))]
    done = met(run, workbook(tmp_path / "b.xlsx", {"名单": rows}), signal.SIGINT, moment)
    assert (done.returncode, "已停止" in done.stderr, "Traceback" in done.stderr) == (1, True, False)
    assert names(run) == ["王五", "李四"]


@posix_only
@pytest.mark.parametrize("moment", MOMENTS)
def test_an_import_killed_while_it_writes_leaves_the_register_as_it_was(
    run: Commands, members: None, tmp_path: Path, moment: str
) -> None:
    rows = [["姓名", "手机", "所属工会"], *([han(n), f"1990{n:07}", "示例工会"] for n in range(2000))]
    done = met(run, workbook(tmp_path / "b.xlsx", {"名单": rows}), signal.SIGKILL, moment)
    assert done.returncode == -signal.SIGKILL
    assert names(run) == ["王五", "李四"]
    assert len(run.told("batches")["batches"]) == 1
    assert run.told("check", "--deep")["sound"]
    assert run.told("undo", 1)["removed"] > 0


def test_a_folder_that_cannot_be_one_is_a_sentence(run: Commands, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for verb in (("figures",), ("import", "a.xlsx"), ("restore", "a.jhbak")):
        assert "--data" in run.refused(*verb, "--data", tmp_path / "file" / "data")


def test_files_that_are_no_workbooks_each_get_a_sentence(run: Commands, tmp_path: Path) -> None:
    word = zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": "<document/>"})
    blank = workbook(tmp_path / "leer.xlsx", {"Sheet1": []}).read_bytes()
    contents = {"text.xlsx": "只是文字".encode(), "word.docx": word, "nothing.xlsx": b"", "blank.xlsx": blank}
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    code, out, err = run("import", *(tmp_path / name for name in contents), "--json")
    assert (code, json.loads(out)["batch"], len(err.splitlines())) == (1, None, 4)
    for name, line in zip(contents, err.splitlines(), strict=True):
        assert f"“{name}”" in line


def anybodys(text: str) -> list[str]:
    """The identity numbers and phones of the test's people that stand in a text."""
    return [number for number in (WANG, LI, *PHONES) if number in text]


def texts_of(path: Path) -> str:
    """All that can be read in a file that was handed out."""
    if path.suffix == ".pdf":
        return "".join(page.extract_text() for page in pypdf.PdfReader(path).pages)
    if path.suffix == ".csv":
        return path.read_text("utf-8-sig")
    return str([row for sheet in openpyxl.load_workbook(path) for row in sheet.values])


def test_no_verb_says_anybodys_number_by_itself(run: Commands, members: None, tmp_path: Path) -> None:
    wrong = [
        *ROSTER[:2],
        ["赵六", WANG[:-1] + "9", PHONES[0], None, None, None],
        ["王武", WANG, "12", None, None, None],
    ]
    said = [run("import", workbook(tmp_path / "b.xlsx", {"名单": wrong}), *flags) for flags in ((), ("--json",))]
    for verb in (("list", "workers"), ("list", "employers"), ("drive",), ("batches",), ("figures",), ("undo", 1)):
        said += [run(*verb), run(*verb, "--json")]
    assert anybodys(str(said)) == []
    assert "李四" in str(said)


@pytest.mark.parametrize("name", ["list.xlsx", "list.csv", "roster.pdf", "roster.xlsx"])
def test_files_are_masked_unless_full_numbers_are_asked_for_and_that_is_kept(
    run: Commands, members: None, tmp_path: Path, name: str
) -> None:
    verb = ("list", "workers") if name.startswith("list") else ("report", "roster")
    out = tmp_path / name
    assert run.told(*verb, "--out", out)["masked"] is True
    text = texts_of(out)
    assert (anybodys(text), "500106************" in text, "199****0001" in text) == ([], True, True)
    assert run.told(*verb, "--full", "--out", out)["masked"] is False
    assert anybodys(texts_of(out)) == [WANG, LI, *PHONES]
    handed = run.told("trail", "--act", "export", "--search", out.name)["trail"]
    assert [(each["file"], each["rows"], each["full"]) for each in handed] == [(name, 2, True), (name, 2, False)]


def test_full_numbers_on_the_screen_are_kept_in_the_trail_too(run: Commands, members: None) -> None:
    full = run.told("list", "workers", "--full")["workers"][0]
    assert (full["id_number"], full["phone"]) == (WANG, PHONES[0])
    assert WANG in run("list", "workers", "--full")[1]
    assert [each["rows"] for each in run.told("trail", "--act", "unmask")["trail"]] == [2, 2]
    assert "显示完整号码" in run("trail")[1]


def test_a_number_keeps_its_end_only_where_no_birth_date_stands_beside_it(run: Commands, members: None) -> None:
    listed = run.told("list", "workers")["workers"][0]
    assert (listed["birth_date"], listed["id_number"]) == ("1985-03-07", "500106************")
    shown = run("list", "workers")[1]
    assert ("1985-03-07" in shown, "500***********9012" in shown) == (False, True)


def test_what_was_decided_about_people_is_not_told_with_the_batches(run: Commands, tmp_path: Path) -> None:
    rows = [*ROSTER[:2], ["王五", WANG[:-1] + "9", PHONES[0], None, None, None]]
    decided = {"sheets": [{"file": "b.xlsx", "sheet": "名单", "cells": {"3": {"id_number": WANG}}}]}
    (tmp_path / "d.json").write_text(json.dumps(decided), "utf-8")
    run.told("import", workbook(tmp_path / "b.xlsx", {"名单": rows}), "--decisions", tmp_path / "d.json")
    assert run.told("list", "workers", "--search", WANG)["workers"][0]["name"] == "王五"
    assert anybodys(run("batches", "--json")[1]) == []


def test_a_bug_is_told_without_anybodys_numbers(run: Commands, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_arguments: object) -> None:
        raise RuntimeError(f"cannot handle {WANG} {PHONES[0]}")

    monkeypatch.setattr("cli.figures.counts", broken)
    code, out, err = run("figures", "--json")
    assert (code, out, anybodys(err)) == (2, "", [])
    assert "RuntimeError: cannot handle *** ***" in err
    assert "程序的问题" in err


@posix_only
def test_whoever_stops_reading_gets_no_complaint(run: Commands, members: None) -> None:
    with program("list", "workers", "--data", run.folder) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        assert running.stderr.read() == ""
    assert running.returncode == 1


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a screen")
def test_without_a_screen_the_window_is_a_sentence(run: Commands, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert "没有显示器" in run.refused()
    assert "没有显示器" in run.refused("--data", run.folder)
