"""Everything that the program writes is its owner's alone, and is written by one place: whole, flushed, then named."""

import ast
import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from models.engine import database
from models.register import laptop, lock
from models.register import register as room
from models.register.register import Register
from tests.aids.speaking import LI, PASSPHRASE, WANG, workbook
from tests.aids.terminal import Commands
from tests.house.test_architecture import Module, assert_none, source
from ui.shell.crash import log_file, write_log
from ui.shell.picture import screenshot_home

ROSTER = [
    ["会员花名册"],
    ["姓名", "身份证号", "所属工会", "入会日期"],
    ["王五", WANG, "甲公司工会", "2024-05-06"],
    ["李四", LI[:-1] + ("0" if LI[-1] != "0" else "1"), "甲公司工会", "2024-06"],
]


@pytest.fixture
def usual_umask() -> Iterator[None]:
    """As most systems set it: what a program does not say otherwise is readable by everybody."""
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.fixture
def run(usual_umask: None, run: Commands) -> Commands:
    """Commands under the usual umask."""
    return run


def open_to_others(folder: Path, *given: Path) -> list[str]:
    """What others could read in a folder, the files aside that the test itself has put there."""
    seen = [path for path in (folder, *folder.rglob("*")) if path not in given]
    return sorted(str(path.relative_to(folder)) for path in seen if stat.S_IMODE(path.stat().st_mode) & 0o077)


@pytest.mark.skipif(os.name == "nt", reason="modes of Unix")
def test_whatever_a_verb_writes_is_its_owners_alone(run: Commands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out, sheets = tmp_path / "out", tmp_path / "sheets"
    for folder in (out, sheets):
        folder.mkdir(mode=0o700)
    monkeypatch.setenv("JIANHUI_LAPTOP", str(out / "settings" / "laptop.json"))
    given = workbook(sheets / "名单.xlsx", {"名单": ROSTER})
    assert run("import", given)[0] == 0
    assert run("import", workbook(sheets / "又.xlsx", {"名单": ROSTER}), "--returned", out / "returned")[0] == 0
    for name in ("list.xlsx", "list.csv"):
        run.told("list", "workers", "--full", "--out", out / name)
    for name in ("roster.pdf", "roster.xlsx"):
        run.told("report", "roster", "--out", out / name)
    run.told("drive", "--out", out / "drive.pdf")
    run.told("rules", "--out", out / "rules.xlsx")
    run.told("ledger", "--out", out / "ledger.xlsx")
    run.told("template", "workers", out / "template.xlsx")
    run.told("ledger", "add", "--kind", "劳动争议调解", "--date", "2026-11-20")
    run.told("backup", out / "out.jhbak")
    run.told("backup")
    (out / "stick").mkdir(mode=0o700)
    run.told("backup", "--second", out / "stick")
    monkeypatch.setenv("JIANHUI_NEW_PASSPHRASE", PASSPHRASE)
    run.told("passphrase")
    run.told("restore", out / "out.jhbak")
    code, _out, err = run("import", given, "--data", out / "new" / "folder")
    assert code == 0, err
    screenshot_home(run.folder, PASSPHRASE, out / "home.png")
    for _time in range(2):
        write_log("details")
    assert log_file().read_text("utf-8").count("details") == 2
    assert len(list(out.rglob("*.*"))) >= 14
    assert open_to_others(out) == []
    assert open_to_others(run.folder) == []
    assert [each for each in open_to_others(sheets) if "_退回" in each] == []


@pytest.mark.skipif(os.name == "nt", reason="modes of Unix")
def test_the_log_beside_the_open_register_is_its_owners_too(register: Register, usual_umask: None) -> None:
    database.db.execute_sql("CREATE TABLE x (y)")
    beside = [Path(str(register.file) + tail) for tail in ("-wal", "-shm")]
    assert [stat.S_IMODE(path.stat().st_mode) for path in (register.file, *beside)] == [0o600] * 3


@pytest.mark.skipif(os.name == "nt", reason="modes of Unix")
def test_an_older_folder_is_tightened_when_it_is_opened_for_writing_and_what_is_not_ours_is_left(
    register: Register, tmp_path: Path
) -> None:
    room.close_register()
    (register.folder / "backups").mkdir()
    (register.folder / "backups" / "jianhui-20260101-00001.jhbak").write_bytes(b"")
    (register.folder / "照片.jpg").write_bytes(b"")
    (tmp_path / "elsewhere").write_text("x")
    (register.folder / "register.link").symlink_to(tmp_path / "elsewhere")
    for path in (tmp_path / "elsewhere", register.folder, *register.folder.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    with lock.writing(register.folder, "打开"):
        pass
    assert open_to_others(register.folder) == ["register.link", "照片.jpg"]
    assert stat.S_IMODE((tmp_path / "elsewhere").stat().st_mode) == 0o644, "a link is not followed"


@pytest.mark.skipif(os.name == "nt", reason="modes of Unix")
def test_a_folder_that_all_may_write_to_stays_so(tmp_path: Path) -> None:
    (tmp_path / "tmp").mkdir()
    (tmp_path / "tmp").chmod(0o1777)
    with lock.writing(tmp_path / "tmp", "打开"):
        pass
    assert stat.S_IMODE((tmp_path / "tmp").stat().st_mode) == 0o1777


def test_a_new_laptop_file_is_its_owners(usual_umask: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIANHUI_LAPTOP", str(tmp_path / "config" / "laptop.json"))
    laptop.write_laptop({"person": "裴霁"})
    assert open_to_others(tmp_path / "config") == []


# who writes

#: What writes a file, by the last part of its name.
WRITERS = {"write_text", "write_bytes", "touch", "copy", "copy2", "copyfile", "copytree", "save", "symlink_to"}
#: Those may: the one place; and who writes into a file that it was lent by it, or into no file at all.
ALLOWED = {
    "models/files/replacing.py": "the one place",
    "models/files/private.py": "makes the empty file",
    "models/register/reading_only.py": "copies into a private folder that is gone at the end",
    "models/rescue/rescuing.py": "copies into a private folder that is gone at the end",
    "models/register/old_log.py": "copies into a private folder that is gone at the end",
    "models/backups/archive.py": "packs into a file that is not yet named",
    "importers/workbook/repacking.py": "packs into a file that is not yet named",
    "importers/workbook/xlsx_package.py": "packs into memory",
    "importers/workbook/looks.py": "packs into memory",
    "reports/sheet_rows.py": "packs into a stream that it is given",
    "reports/docx_file.py": "packs into memory",
    "reports/letters/word.py": "packs into memory",
    "importers/workbook/xls.py": "opens the null device",
    "importers/reader/child.py": "opens a pipe",
    "models/engine/postgres.py": "copies rows to a server",
    "models/engine/postgres_aside.py": "copies rows to a server",
    "models/engine/postgres_tables.py": "copies rows to a server",
    "ui/shell/picture.py": "saves a picture into memory",
}


def opens_for_writing(call: ast.Call, *places: int) -> bool:
    """True when an argument at one of the places, or the one called ``mode``, is a mode of writing."""
    given = [each.value for each in call.keywords if each.arg == "mode"]
    given += [call.args[place] for place in places if place < len(call.args)]
    texts = [each.value for each in given if isinstance(each, ast.Constant) and isinstance(each.value, str)]
    return any(re.fullmatch(r"[rwxabt+]{1,4}", text) and set(text) & set("wax+") for text in texts)


def written_files(module: Module) -> Iterator[str]:
    """The places of a module that open a file for writing, or have it written, by themselves."""
    for node in module.nodes:
        if not isinstance(node, ast.Call):
            continue
        name = ast.unparse(node.func)
        last = name.rsplit(".", 1)[-1]
        if last == "open":
            opened = opens_for_writing(node, *((0, 1) if "." in name else (1,)))  # path.open(mode), archive.open(name, mode)
        elif last == "ZipFile":
            opened = opens_for_writing(node, 1)
        else:
            # a painter and a form save without saying where; copy.copy copies no file; an edit is saved in the register
            named = "." in name and name not in {"copy.copy", "editing.save"}
            opened = last in WRITERS and named and (bool(node.args) or last == "touch")
        if opened:
            yield f"{module.path}:{node.lineno}: {name} writes by itself; use models/files/replacing.py"


def test_nobody_but_one_place_writes_files() -> None:
    assert_none(fault for module in source(rooms_only=True) if module.path not in ALLOWED for fault in written_files(module))


@pytest.mark.parametrize(
    "text",
    [
        "path.open('w')", "open(path, 'ab')", "path.open(mode='r+b')", "path.write_text('x')", "zipfile.ZipFile(path, 'w')",
        "shutil.copy(a, b)", "pixmap.save(str(out), 'PNG')", "path.touch(exist_ok=True)", "book.save(path)",
    ],
)  # fmt: skip
def test_a_place_that_writes_by_itself_is_told(text: str) -> None:
    assert len(list(written_files(Module("ui/a.py", text)))) == 1


@pytest.mark.parametrize("text", ["path.open('rb')", "open(path)", "archive.open('name')", "self.save()", "painter.save()"])
def test_whoever_reads_is_not_told(text: str) -> None:
    assert list(written_files(Module("ui/a.py", text))) == []
