"""What a workbook brings along: document types wherever they stand, numbers of any size; and its password, which nobody sees."""

import io
import json
import os
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import msoffcrypto
import olefile
import pytest

from importers.reader.process import read
from importers.workbook.refusals import Refusal
from importers.workbook.sheet import ReadLimits
from tests.aids.broken_files import opened, package, xlsx, zipped
from tests.aids.speaking import Rows
from tests.aids.terminal import Commands, at_terminal
from tests.importers.workbook.test_traps import ods, spreadsheetml
from tests.importers.workbook.trap_files import ROSTER

PASSWORD = "会员 2026"
CELL = '<row r="1"><c r="A1" t="str"><v>&b;</v></c></row>'
DTD = '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
FAR = "<!--" + "x" * 20_000 + "-->"  # beyond what is looked at first
FARTHER = "<!--" + "x" * 200_000 + "-->"

posix_only = pytest.mark.skipif(os.name == "nt", reason="terminals and the list of processes of Linux")


def refusal_of(data: bytes, name: str = "a.xlsx") -> str:
    with pytest.raises(Refusal) as refusal:
        opened(data, name)
    return refusal.value.told[0]


def in_utf_7(text: str, before: bytes = b"") -> bytes:
    """A part whose declared encoding hides what it says."""
    hidden = b"+ADwAIQ-" + DTD.removeprefix("<!").encode()
    return b'<?xml version="1.0" encoding="UTF-7"?>' + before + hidden + (b"<!-- -->" if before else b"") + text.encode("utf-7")


PROLOGS: dict[str, Callable[[str], bytes]] = {
    "at once": lambda text: (DTD + text).encode(),
    "after a declaration and white space": lambda text: ('<?xml version="1.0"?>' + "\n" * 30_000 + DTD + text).encode(),
    "far away": lambda text: (FAR + DTD + text).encode(),
    "farther away": lambda text: (FARTHER + DTD + text).encode(),
    "behind instructions": lambda text: ("<?a b?>" * 5_000 + DTD + text).encode(),
    "in UTF-16": lambda text: (FAR + DTD + text).encode("utf-16"),
    "in UTF-16 without a mark": lambda text: (FAR + DTD + text).encode("utf-16-le"),
    "in UTF-16, whose bytes look like the end of a comment": lambda text: (
        "<!--" + "\u2d2d\u003e\u3e3c\u613c" * 3_000 + "-->" + DTD + text
    ).encode("utf-16-be"),
    "in UTF-7": in_utf_7,
    "in UTF-7, behind the end of a comment": lambda text: in_utf_7(text, b"<!--+AC0ALQA+-"),
}
#: Texts in these are no XML as soon as they are read as what they say they are not.
BROKEN = {place for place in PROLOGS if "UTF-7" in place}


@pytest.mark.parametrize("place", PROLOGS)
@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml", "xl/styles.xml"])
def test_a_document_type_is_refused_wherever_it_stands_in_a_package(part: str, place: str) -> None:
    with zipfile.ZipFile(io.BytesIO(package(CELL))) as archive:
        text = archive.read(part).decode() if part in archive.namelist() else "<sst/>"
    assert refusal_of(package(CELL, parts={part: PROLOGS[place](text)})) == "entities"


@pytest.mark.parametrize("place", PROLOGS)
def test_a_document_type_is_refused_wherever_it_stands_in_other_xml(place: str) -> None:
    allowed = {"entities", "damaged"} if place in BROKEN else {"entities"}
    with zipfile.ZipFile(io.BytesIO(ods())) as archive:
        kept = {name: archive.read(name) for name in archive.namelist()}
    content = PROLOGS[place](kept["content.xml"].decode().replace("王五", "&b;"))
    assert refusal_of(zipped(kept | {"content.xml": content}), "a.ods") in allowed
    flat = spreadsheetml().decode().replace('<?xml version="1.0"?>', "").replace("王五", "&b;")
    if "farther" not in place:  # so far from its beginning nothing tells what the file is
        assert refusal_of(PROLOGS[place](flat), "a.xls") in allowed


def test_a_document_type_in_the_middle_is_nothing_that_is_read() -> None:
    sheet = f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{DTD}<sheetData>{CELL}</sheetData></worksheet>'
    sheets = opened(package(CELL, parts={"xl/worksheets/sheet1.xml": sheet}))
    assert [row.values for _sheet, rows in sheets for row in rows] == []


def test_the_word_in_a_cell_is_no_document_type() -> None:
    rows = '<row r="1"><c r="A1" t="inlineStr"><is><t><![CDATA[<!DOCTYPE html>]]></t></is></c></row>'
    assert [row.values for row in opened(package(rows))[0][1]] == [["<!DOCTYPE html>"]]


def test_a_page_defines_no_entities() -> None:
    page = "<!DOCTYPE html [<!ENTITY b 'haha'>]><html><table><tr><td>&b;</td><td>x</td></tr></table></html>"
    assert "haha" not in str([row.values for _sheet, rows in opened(page.encode(), "a.html") for row in rows])


def test_how_a_locked_workbook_is_encrypted_is_xml_as_well() -> None:
    locked = io.BytesIO()
    msoffcrypto.format.ooxml.OOXMLFile(io.BytesIO(xlsx(ROSTER))).encrypt(PASSWORD, locked)
    with olefile.OleFileIO(locked, write_mode=True) as ole:
        told = ole.openstream("EncryptionInfo").read()
        start = told.index(b"?>") + 2 if b"?>" in told[:200] else 8
        bomb = told[:start] + DTD.encode() + told[start:]
        ole.write_stream("EncryptionInfo", bomb[: len(told)])
    assert refusal_of(locked.getvalue()) == "entities"


GIANT = ("9" * 400, "-" + "9" * 400, "1e308", "1e400", "9" * 5_000, "99999999999999999999", "NaN", "1e-400")


def cells(number: str) -> dict[str, bytes]:
    """A roster with one number in every column after the name, in containers that say what a number is."""
    heads = ("姓名", "身份证号", "手机", "出生日期", "入会日期", "年龄", "性别", "是否农民工", "所属工会")
    xml = "".join(f'<c t="inlineStr"><is><t>{head}</t></is></c>' for head in heads)
    numbers = "".join(f"<c><v>{number}</v></c>" for _head in heads[1:])
    name = '<c t="inlineStr"><is><t>王五</t></is></c>'
    flat = "".join(f'<Cell><Data ss:Type="String">{head}</Data></Cell>' for head in heads)
    flat_numbers = "".join(f'<Cell><Data ss:Type="Number">{number}</Data></Cell>' for _head in heads[1:])
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    return {
        "数.xlsx": package(f'<row r="1">{xml}</row><row r="2">{name}{numbers}</row>'),
        "数.csv": "\n".join([",".join(heads), ",".join(["王五", *[number] * (len(heads) - 1)])]).encode(),
        "数.xml": (
            f'<?xml version="1.0"?><Workbook xmlns="{space}" xmlns:ss="{space}"><Worksheet ss:Name="名"><Table><Row>{flat}</Row>'
            f'<Row><Cell><Data ss:Type="String">王五</Data></Cell>{flat_numbers}</Row></Table></Worksheet></Workbook>'
        ).encode(),
    }


@pytest.mark.parametrize("number", GIANT)
def test_a_number_of_any_size_in_a_cell_is_no_bug(run: Commands, tmp_path: Path, number: str) -> None:
    for name, data in cells(number).items():
        (tmp_path / name).write_bytes(data)
        code, _out, err = run("import", tmp_path / name, "--as", "workers", "--json")
        assert (code in {0, 1}, "Traceback" in err) == (True, False), (name, err[-600:])


def under_password(path: Path, rows: Rows) -> Path:
    with path.open("wb") as file:
        msoffcrypto.format.ooxml.OOXMLFile(io.BytesIO(xlsx(rows))).encrypt(PASSWORD, file)
    return path


@pytest.fixture
def locked(tmp_path: Path) -> Path:
    """A roster under a password."""
    return under_password(tmp_path / "密.xlsx", ROSTER)


def test_a_workbooks_password_comes_from_the_environment_or_by_input(
    run: Commands, locked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = ("import", locked, "--plan", "--json")
    assert "请输入密码" in run(*plan)[2]
    code, out, err = run(*plan, "--password", PASSWORD)
    assert (code, bool(json.loads(out)["files"][0]["sheets"])) == (0, True)
    assert ("进程列表" in err, "JIANHUI_WORKBOOK_PASSWORD" in err, PASSWORD in err) == (True, True, False)
    monkeypatch.setattr(sys, "stdin", io.StringIO(PASSWORD + "\n"))
    assert run(*plan, "--password", "-")[0] == 0
    monkeypatch.setenv("JIANHUI_WORKBOOK_PASSWORD", PASSWORD)
    assert run(*plan)[::2] == (0, "")


@posix_only
def test_at_a_terminal_the_password_of_a_workbook_is_asked_for(run: Commands, locked: Path) -> None:
    code, shown = at_terminal("import", locked, "--plan", "--data", run.folder, typed=PASSWORD)
    assert (code, "请输入密码" in shown, PASSWORD in shown, "以上是预览" in shown) == (0, True, False, True)


def started() -> set[str]:
    """The processes that this one has started and that still live."""
    return {pid for each in Path("/proc/self/task").glob("*/children") for pid in each.read_text().split()}


@posix_only
@pytest.mark.usefixtures("true_reader")
def test_the_reading_child_gets_the_password_neither_as_an_argument_nor_in_its_environment(tmp_path: Path) -> None:
    many = under_password(tmp_path / "密.xlsx", [[f"某{number}", number] for number in range(30_000)])
    before = started()
    reading = read(many, password=PASSWORD, limits=ReadLimits())
    next(reading)
    # its rows are many: until they are taken it waits
    children = started() - before
    for pid in children:
        for what in ("cmdline", "environ"):
            assert PASSWORD.encode() not in Path("/proc", pid, what).read_bytes()
    assert children
    reading.close()
