"""Binary workbooks (.xlsb): read by what they are, whatever their name."""

import datetime as dt
from pathlib import Path
from typing import Any

from benchmarks.fuzz_xlsb import xlsb
from importers import session
from importers.session import ImportOptions
from models.journal.writer import Author
from tests.aids.speaking import LI, TODAY, WANG, imported, listed

UNION = "重庆砚屿软件技术有限公司工会"
ROSTER: list[list[Any]] = [
    [f"{UNION}会员花名册"],
    ["序号", "姓名", "身份证号", "手机号", "入会日期", "所属工会"],
    [1, "王五", WANG, "19900000001", dt.date(2024, 5, 6), UNION],
    [2, "李六", LI, "19900000002", "2024年6月", UNION],
]


def test_a_binary_workbook_is_imported_texts_numbers_and_days(author: Author, tmp_path: Path) -> None:
    path = tmp_path / "名册.xlsb"
    path.write_bytes(xlsb({"花名册": ROSTER}))
    done = imported(author, path)
    assert done.counts == {"new": 2}
    assert sorted(listed("workers", "name", "id_number", "phone", "join_date", "union"), key=str) == [
        ("李六", LI, "19900000002", "2024-06", UNION), ("王五", WANG, "19900000001", "2024-05-06", UNION),
    ]  # fmt: skip
    assert imported(author, path).counts == {"same": 2}


def test_a_binary_workbook_named_otherwise_is_known_by_what_it_holds(author: Author, tmp_path: Path) -> None:
    path = tmp_path / "名册.xlsx"
    path.write_bytes(xlsb({"花名册": ROSTER}))
    assert imported(author, path, apply=False).counts == {"new": 2}


def test_hidden_sheets_of_a_binary_workbook_are_left_out_until_wanted(tmp_path: Path) -> None:
    path = tmp_path / "名册.xlsb"
    path.write_bytes(xlsb({"花名册": ROSTER, "旧的": ROSTER}, hidden=["旧的"]))
    for hidden, rows in ((False, [4, 0]), (True, [4, 4])):
        (file,) = session.read([path], ImportOptions(hidden_sheets=hidden), today=TODAY)
        assert [(sheet.head.sheet, sheet.head.hidden) for sheet in file.sheets] == [("花名册", False), ("旧的", True)]
        assert [len(sheet.rows) for sheet in file.sheets] == rows


def test_a_damaged_binary_workbook_is_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "名册.xlsb"
    whole = xlsb({"花名册": ROSTER})
    for data in (whole[: len(whole) // 2], whole.replace(b"xl/worksheets/sheet1.bin", b"xl/worksheets/sheet9.bin", 1)):
        path.write_bytes(data)
        (file,) = session.read([path], ImportOptions(), today=TODAY)
        assert "名册.xlsb" in file.error or any(sheet.head.refused for sheet in file.sheets)


def test_a_faulty_row_of_a_binary_workbook_comes_back_in_a_new_one(author: Author, tmp_path: Path) -> None:
    path = tmp_path / "名册.xlsb"
    path.write_bytes(xlsb({"花名册": [*ROSTER, [3, "赵七", WANG[:-1] + "3", "19900000003", None, UNION]]}))
    done = imported(author, path)
    assert done.counts == {"new": 2, "refused": 1}
    assert [each.name for each in done.outcome.returned.values()] == ["名册_退回.xlsx"]
