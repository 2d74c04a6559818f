"""Reading through the child: what arrives, and the sentence for everything that can go wrong."""

import datetime as dt
import io
import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from importers.reader.process import child_command, read, read_all
from importers.workbook.refusals import PasswordNeeded
from importers.workbook.sheet import Columns, ReadLimits, SheetHead, SheetRow
from models.errors import Stopped, UserError
from models.values.columns import Plain
from tests.aids.broken_files import ole, package, saved, xls, xlsx

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("true_reader")]

#: Writes a file of this name and says where it is.
Put = Callable[[str, bytes], Path]

ROSTER: list[list[Plain]] = [["姓名", "入会日期"], ["张三", dt.date(2024, 5, 6)]]


@pytest.fixture
def put(tmp_path: Path) -> Put:
    def write(name: str, data: bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return write


def many_rows(count: int = 300_000) -> bytes:
    return "姓名,单位,电话,备注\n".encode() + "张三,重庆甲厂,无,这里是一些备注文字\n".encode() * count


def children() -> set[int]:
    """The processes that this one has started to read with and that still live."""
    found = set()
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                state, parent = entry.joinpath("stat").read_text().rpartition(")")[2].split()[:2]
                command = entry.joinpath("cmdline").read_bytes()
            except OSError:
                continue
            if int(parent) == os.getpid() and state != "Z" and b"quick_reader" not in command:
                found.add(int(entry.name))
    return found


def told(path: Path, **options: Any) -> str:
    with pytest.raises(UserError) as error:
        read_all(path, **options)
    sentence = str(error.value)
    assert path.name in sentence
    return sentence


def test_a_workbook_arrives_as_heads_and_rows(put: Put) -> None:
    path = put("名 册.xlsx", xlsx(ROSTER))
    head, rows = read(path)
    assert head == SheetHead("名 册.xlsx", "花名册", 0, False, "xlsx")
    assert isinstance(rows, Columns)
    assert list(rows.rows()) == [SheetRow(1, ["姓名", "入会日期"]), SheetRow(2, ["张三", dt.date(2024, 5, 6)])]


def test_moments_and_long_numbers_and_rare_characters_survive_the_way(put: Put) -> None:
    row: list[Plain] = ["䶮𠮷", dt.datetime(2024, 5, 6, 7, 8, 9), 5.00112199001011e17, 0.1, True, "a\nb", -3]
    [sheet] = read_all(put("a.xlsx", xlsx([row])))
    assert sheet.rows[0].values == row
    assert type(sheet.rows[0].values[2]) is float


def test_rows_come_in_chunks_and_progress_counts_them(put: Put) -> None:
    seen: list[tuple[int, int]] = []
    path = put("a.xlsx", xlsx([["张三", number] for number in range(5_000)]))
    _head, *parts = read(path, progress=lambda done, total: seen.append((done, total)))
    assert [len(part.numbers) for part in parts if isinstance(part, Columns)] == [2_000, 2_000, 1_000]
    assert seen[0] == (0, 0)
    assert seen[-1] == (5_000, 5_000)
    assert sorted(seen) == seen


def test_all_sheets_of_a_workbook_arrive_and_a_refused_one_says_why(put: Put) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["甲"])
    book.create_sheet("太宽").append(list(range(300)))
    hidden = book.create_sheet("字典")
    hidden.append(["男"])
    hidden.sheet_state = "veryHidden"
    path = put("a.xlsx", saved(book))
    first, wide, dictionary = read_all(path)
    assert (len(first.rows), len(wide.rows), len(dictionary.rows)) == (1, 0, 0)
    assert wide.head.refused == "“a.xlsx”的工作表“太宽”有内容的列超过 200 列，没有读取，请删去多余的列"
    assert dictionary.head.hidden
    assert len(read_all(path, hidden_sheets=True)[2].rows) == 1


def test_each_file_that_is_no_workbook_gets_a_sentence(put: Put, tmp_path: Path) -> None:
    assert "找不到文件" in told(tmp_path / "没有.xlsx")
    assert "文件夹" in told(tmp_path)
    assert "空文件" in told(put("空.xlsx", b""))
    assert "没有内容" in told(put("白.xlsx", xlsx([])))
    assert "Word/WPS 文档" in told(put("w.xls", ole("WordDocument")))
    assert "PDF" in told(put("p.xlsx", b"%PDF-1.4\n"))
    assert "文本文件" in told(put("t.xlsx", "各位同事：\n".encode()))
    assert "文件损坏或恶意" in told(put("half.xlsx", xlsx(ROSTER)[:1_500]))
    assert "文件损坏或恶意" in told(put("half.xls", xls(ROSTER)[:1_500]))


def test_a_workbook_with_hidden_sheets_only_names_them(put: Put) -> None:
    book = openpyxl.Workbook()
    hidden = book.create_sheet("旧名册")
    hidden.append(["张三"])
    hidden.sheet_state = "hidden"
    assert "旧名册" in told(put("a.xlsx", saved(book)))


def test_a_password_is_asked_for_checked_and_used(put: Put) -> None:
    encrypted = io.BytesIO()
    OOXMLFile(io.BytesIO(xlsx(ROSTER))).encrypt("会员2024", encrypted)
    path = put("密.xlsx", encrypted.getvalue())
    for password, words in ((None, "请输入密码"), ("错的", "密码不对")):
        with pytest.raises(PasswordNeeded, match=words):
            read_all(path, password=password)
    assert [row.values[0] for row in read_all(path, password="会员2024")[0].rows] == ["姓名", "张三"]


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="4294967295"><c r="A4294967295"><v>2</v></c></row>',
    ],
)
def test_a_cell_at_the_end_of_the_world_takes_the_native_reader_down_but_not_us(put: Put, rows: str) -> None:
    assert "工作表“花名册”" in told(put("a.xlsx", package(rows)))


def test_what_the_native_reader_dies_of_is_read_by_the_patient_one(put: Put) -> None:
    far = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="GR1048576"><v>2</v></c></row>'
    [sheet] = read_all(put("a.xlsx", package(far)))
    assert [(row.number, len(row.values)) for row in sheet.rows] == [(1, 1), (1_048_576, 200)]


def test_a_million_styled_empty_rows_are_no_rows(put: Put) -> None:
    styled = "".join(f'<row r="{number}"><c r="A{number}" s="0"/></row>' for number in range(2, 1_048_577))
    [sheet] = read_all(put("a.xlsx", package('<row r="1"><c r="A1"><v>1</v></c></row>' + styled)))
    assert list(sheet.rows) == [SheetRow(1, [1])]


def test_too_little_memory_is_a_sentence(put: Put) -> None:
    page = "<table>" + "<tr><td>甲</td><td>乙</td></tr>" * 100_000 + "</table>"
    path = put("a.xls", page.encode())
    assert "内存太多" in told(path, limits=ReadLimits(memory_bytes=100 << 20))
    assert len(read_all(path)[0].rows) == 100_000


def test_too_little_time_is_a_sentence_and_leaves_no_child(put: Put) -> None:
    path = put("a.csv", many_rows())
    assert "时间太长" in told(path, limits=ReadLimits(seconds=0.001))
    assert children() == set()


def test_a_killed_child_is_a_sentence(put: Put) -> None:
    before = children()
    parts = read(put("a.csv", many_rows()))
    assert isinstance(next(parts), SheetHead)
    next(parts)
    [child] = children() - before
    os.kill(child, signal.SIGKILL)
    with pytest.raises(UserError, match=r"读取“a\.csv”时程序中断"):
        list(parts)


def test_a_person_who_stops_ends_the_child_at_once(put: Put) -> None:
    path = put("a.csv", many_rows())

    def stop_after_some(done: int, total: int) -> None:
        if done:
            raise Stopped

    started = time.monotonic()
    with pytest.raises(Stopped):
        read_all(path, progress=stop_after_some)
    assert children() == set()
    assert time.monotonic() - started < 20  # it would go on for minutes


def test_a_caller_who_loses_interest_ends_the_child(put: Put) -> None:
    parts = read(put("a.csv", many_rows()))
    next(parts)
    assert children()
    parts.close()
    assert children() == set()


def test_a_slow_caller_is_not_a_slow_child(put: Put) -> None:
    path = put("a.csv", many_rows(14_000))
    rows, waited = 0, 0.0
    for part in read(path, limits=ReadLimits(seconds=3, total_seconds=3)):
        time.sleep(0.5)
        waited += 0.5
        rows += len(part.numbers) if isinstance(part, Columns) else 0
    assert rows == 14_001
    assert waited > 3


def test_the_child_writes_no_file(put: Put, tmp_path: Path) -> None:
    encrypted = io.BytesIO()
    OOXMLFile(io.BytesIO(xlsx(ROSTER))).encrypt("x", encrypted)
    path = put("a.xlsx", encrypted.getvalue())
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("TMPDIR", str(temporary))
        read_all(path, password="x")
    assert list(temporary.iterdir()) == []
    assert sorted(tmp_path.iterdir()) == [path, temporary]


def test_the_child_can_be_started_from_anywhere_and_answers_garbage_by_ending(tmp_path: Path) -> None:
    child = subprocess.run(child_command(), input=b"nonsense", capture_output=True, cwd=tmp_path, check=False)
    assert child.returncode != 0
    assert child.stdout == b""
