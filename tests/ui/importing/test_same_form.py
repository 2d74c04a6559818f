"""A form that came before needs no second step; and what the second step says of columns that are not sure."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from importers.rows.decisions import Decisions
from models.journal.history import history
from models.journal.undo import undo
from models.journal.writer import Author
from tests.aids.speaking import LI, WANG, ZHAO, imported_rows, listed, workbook
from tests.ui.importing.import_walk import HEADER, ROSTER, opened, press, settle, shown
from ui.importing.page import CHECK, COLUMNS, ImportPage
from ui.kit import theme

#: The same form a month later: other people, another title.
NEXT: list[list[Any]] = [
    ["重庆砚屿软件技术有限公司工会会员花名册（6月）"],
    ROSTER[1],
    HEADER,
    [1, "赵七", ZHAO, "19900000003", "2024-06-06", ""],
]


def came(qtbot: QtBot, page: ImportPage, path: Path) -> None:
    """Drop a file on the page, and wait."""
    page.open_files([path])
    settle(qtbot, page)


def test_a_form_that_came_before_goes_straight_to_the_plan(
    qtbot: QtBot, page: ImportPage, author: Author, tmp_path: Path
) -> None:
    imported_rows(author, tmp_path, ROSTER)
    came(qtbot, page, workbook(tmp_path / "六月.xlsx", {"6月": NEXT}))
    assert page.steps.step == CHECK
    number = history("import")[0].number
    assert page.alike.isVisible()
    assert page.alike.said.text().startswith(f"表的样子和批次 {number} 导入的《")
    press(qtbot, page, page.primary)
    assert ("赵七", "重庆砚屿软件技术有限公司工会") in listed("workers", "name", "union")


def test_the_columns_can_be_looked_at_all_the_same(qtbot: QtBot, page: ImportPage, author: Author, tmp_path: Path) -> None:
    imported_rows(author, tmp_path, ROSTER)
    came(qtbot, page, workbook(tmp_path / "六月.xlsx", {"6月": NEXT}))
    press(qtbot, page, page.alike.columns)
    assert (page.steps.step, page.alike.isVisible()) == (COLUMNS, False)
    page.mapping.grid.field_chosen.emit(3, None)
    settle(qtbot, page)
    assert page.steps.step == COLUMNS
    press(qtbot, page, page.primary)
    press(qtbot, page, page.primary)
    assert ("赵七", None) in listed("workers", "name", "phone")


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ([*NEXT[:2], [*HEADER, "岗位"], [*NEXT[3], "骑手"]], "a column more"),
        ([*NEXT[:2], ["序号", "姓名", "证件号码", "手机号码", "入党日期", "爱好"], NEXT[3]], "another column"),
        ([*NEXT[:2], HEADER[2:], NEXT[3][2:]], "the name is missing"),
    ],
)
def test_another_form_stops_at_the_columns(
    qtbot: QtBot, page: ImportPage, author: Author, tmp_path: Path, rows: list[list[Any]], why: str
) -> None:
    imported_rows(author, tmp_path, ROSTER)
    came(qtbot, page, workbook(tmp_path / "六月.xlsx", {"6月": rows}))
    assert page.steps.step == COLUMNS, why


def test_beside_a_sheet_that_never_came_all_stop_at_the_columns(
    qtbot: QtBot, page: ImportPage, author: Author, tmp_path: Path
) -> None:
    imported_rows(author, tmp_path, ROSTER)
    came(qtbot, page, workbook(tmp_path / "六月.xlsx", {"6月": NEXT, "说明": [["请各单位在月底前报送"], ["联系人：王五"]]}))
    assert page.steps.step == COLUMNS


def test_an_import_that_was_undone_is_no_example(qtbot: QtBot, page: ImportPage, author: Author, tmp_path: Path) -> None:
    imported_rows(author, tmp_path, ROSTER)
    undo(history("import")[0].number, author)
    came(qtbot, page, workbook(tmp_path / "六月.xlsx", {"6月": NEXT}))
    assert page.steps.step == COLUMNS


def test_what_was_given_for_a_missing_column_is_given_again(qtbot: QtBot, page: ImportPage, tmp_path: Path) -> None:
    opened(qtbot, page, workbook(tmp_path / "五月.xlsx", {"5月": ROSTER}))
    page._decide(("五月.xlsx", "5月"), Decisions(defaults={("五月.xlsx", "5月"): {"education": "本科"}}))
    settle(qtbot, page)
    press(qtbot, page, page.primary)
    press(qtbot, page, page.primary)
    came(qtbot, page, workbook(tmp_path / "六月.xlsx", {"6月": NEXT}))
    assert page.steps.step == CHECK
    press(qtbot, page, page.primary)
    assert ("赵七", "本科") in listed("workers", "name", "education")


#: A column that would make members, spelled nearly so; one that is nothing of ours; one that only its content tells.
DOUBTFUL: list[list[Any]] = [
    ["姓名", "批准的入会时间", "爱好", "号码"],
    ["王五", "2024-05-06", "篮球", WANG],
    ["李六", "2024-05-06", "", LI],
    ["赵七", "2024-05-06", "羽毛球", ZHAO],
]


def test_what_is_not_sure_stands_first_and_glows(qtbot: QtBot, page: ImportPage, tmp_path: Path) -> None:
    opened(qtbot, page, workbook(tmp_path / "名单.xlsx", {"名单": [["六月名单"], *DOUBTFUL]}))
    grid = page.mapping.grid.grid
    doubtful = [match.letter for match in page.mapping.current.mapping.doubtful]  # type: ignore[union-attr]
    assert doubtful
    headers = [str(grid.headerData(column, Qt.Orientation.Horizontal)) for column in range(grid.columnCount())]
    assert [each[0] for each in headers][: len(doubtful)] == doubtful
    assert sorted(each[0] for each in headers) == ["A", "B", "C", "D"]
    assert shown(grid)[0][0] == "六月名单"
    row = next(row for row in range(grid.rowCount()) if grid.is_table(row) and not grid.is_header(row))
    glowing = [
        column
        for column in range(grid.columnCount())
        if grid.data(grid.index(row, column), Qt.ItemDataRole.BackgroundRole) == QColor(theme.colour("warn_soft"))
    ]
    assert glowing == list(range(len(doubtful)))
    assert page.mapping.doubts.isVisible()
    assert page.mapping.doubts.text().startswith("没有把握的列排在最前面，请看看对应得对不对：")


def test_a_column_that_was_decided_stays_where_it_is(qtbot: QtBot, page: ImportPage, tmp_path: Path) -> None:
    opened(qtbot, page, workbook(tmp_path / "名单.xlsx", {"名单": DOUBTFUL}))
    grid = page.mapping.grid
    first = grid.grid.place(0)
    grid.fields.open(0)
    place = grid.fields.box.findData("note")
    grid.fields.box.setCurrentIndex(place)
    grid.fields.box.activated.emit(place)
    settle(qtbot, page)
    assert grid.grid.place(0) == first
    assert grid.grid.found(0).field == "note"  # type: ignore[union-attr]
    assert f"{'ABCD'[first]} “" not in page.mapping.doubts.text()


def test_why_is_said_of_the_column_where_the_person_is(qtbot: QtBot, page: ImportPage, tmp_path: Path) -> None:
    opened(qtbot, page, workbook(tmp_path / "名单.xlsx", {"名单": DOUBTFUL}))
    mapping = page.mapping
    mapping.look_at(1)
    assert mapping.why.isVisible()
    assert mapping.why.text().startswith("为什么 B 列不导入：入会日期：＋ 表头写法相近（")
    assert "，＋ 看了 3 格，3 格读得成，－ 它关系到会籍" in mapping.why.text()
    qtbot.keyClick(mapping.grid, Qt.Key.Key_Right)
    assert mapping.why.text() != ""
    mapping.look_at(2)
    assert mapping.why.text() == "为什么 C 列不导入：表头不是已知的写法，内容也看不出是哪一项"


def test_a_name_of_a_column_leads_to_it(qtbot: QtBot, page: ImportPage, tmp_path: Path) -> None:
    opened(qtbot, page, workbook(tmp_path / "名单.xlsx", {"名单": DOUBTFUL}))
    doubts = page.mapping.doubts
    width = doubts.fontMetrics().horizontalAdvance("没有把握的列排在最前面，请看看对应得对不对：")
    qtbot.mouseClick(doubts, Qt.MouseButton.LeftButton, pos=QPoint(width + 12, doubts.height() // 2))
    assert page.mapping.grid.currentIndex().column() == 0
    assert page.mapping.why.text().startswith("为什么 ")


def test_a_sheet_of_which_all_is_sure_asks_for_nothing(qtbot: QtBot, page: ImportPage, tmp_path: Path) -> None:
    opened(qtbot, page, workbook(tmp_path / "会员.xlsx", {"花名册": ROSTER}))
    assert not page.mapping.doubts.isVisible()
    assert [page.mapping.grid.grid.place(column) for column in range(6)] == list(range(6))
