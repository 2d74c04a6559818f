"""The second step of an import: the live grid, and what a person may correct on it."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from models.journal.writer import Author
from tests.aids.speaking import LI, WANG, ZHAO, imported_rows, listed, workbook
from tests.ui.importing.import_walk import HEADER, ROSTER, opened, press, settle, shown, tabs
from ui.importing.mapping_model import FACTS_ROLE, GridModel
from ui.importing.page import ImportPage
from ui.importing.plan_tables import DetailModel, StepsModel
from ui.importing.plan_view import MISSING


def test_the_grid_shows_the_sheet_with_its_own_row_numbers_and_masks_persons(
    qtbot: QtBot, page: ImportPage, tmp_path: Path
) -> None:
    opened(qtbot, page, workbook(tmp_path / "会员.xlsx", {"花名册": [[], *ROSTER]}))
    grid = page.mapping.grid.grid
    assert [grid.headerData(row, Qt.Orientation.Vertical) for row in range(grid.rowCount())] == [2, 3, 4, 5, 6, 7]
    assert [grid.is_header(row) for row in range(grid.rowCount())] == [False, False, True, False, False, False]
    assert shown(grid)[3] == ["1", "王五", "500106************", "199****0001", "2024-05-06", "篮球"]
    assert WANG not in str(shown(grid))
    fields = [grid.found(column) for column in range(grid.columnCount())]
    assert [match.field if match else None for match in fields] == [None, "name", "id_number", "phone", "join_date", None]
    tip = grid.headerData(2, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
    assert tip.split("\n")[:3] == ["C · 证件号码", "对应：证件号码", "识别依据：表头是已知的写法"]
    assert WANG not in tip


def test_a_column_sent_nowhere_is_not_imported_and_that_is_remembered(
    qtbot: QtBot, page: ImportPage, tmp_path: Path
) -> None:
    opened(qtbot, page, workbook(tmp_path / "会员.xlsx", {"花名册": ROSTER}))
    page.mapping.grid.fields.open(3)
    box = page.mapping.grid.fields.box
    assert box.currentText() == "移动电话"
    assert "姓名*（现在是 B 列）" in [box.itemText(place) for place in range(box.count())]
    box.setCurrentIndex(0)
    box.activated.emit(0)
    settle(qtbot, page)
    assert page.mapping.grid.grid.found(3).field is None  # type: ignore[union-attr]
    press(qtbot, page, page.primary)
    press(qtbot, page, page.primary)
    assert sorted(listed("workers", "name", "phone")) == [("李六", None), ("王五", None)]

    opened(qtbot, page, workbook(tmp_path / "下月.xlsx", {"花名册": ROSTER}))
    match = page.mapping.grid.grid.found(3)
    assert match is not None
    assert (match.field, match.because) == (None, "remembered")


def test_a_field_can_be_chosen_by_keyboard(qtbot: QtBot, page: ImportPage, tmp_path: Path) -> None:
    opened(qtbot, page, workbook(tmp_path / "会员.xlsx", {"花名册": ROSTER}))
    grid = page.mapping.grid
    grid.setCurrentIndex(grid.grid.index(3, 5))
    qtbot.keyClick(grid, Qt.Key.Key_F2)
    assert grid.fields.box.isVisible()
    assert grid.fields.box.currentText() == "不导入"
    place = grid.fields.box.findData("note")
    grid.fields.box.setCurrentIndex(place)
    grid.fields.box.activated.emit(place)
    settle(qtbot, page)
    assert grid.grid.found(5).field == "note"  # type: ignore[union-attr]


def test_two_corrections_made_at_once_are_both_kept(qtbot: QtBot, page: ImportPage, tmp_path: Path) -> None:
    opened(qtbot, page, workbook(tmp_path / "会员.xlsx", {"花名册": ROSTER}))
    page.mapping.grid.field_chosen.emit(3, None)
    page.mapping.grid.field_chosen.emit(5, "note")
    settle(qtbot, page)
    grid = page.mapping.grid.grid
    fields = [grid.found(column).field for column in (3, 5)]  # type: ignore[union-attr]
    assert fields == [None, "note"]


def test_a_row_can_be_made_the_header(qtbot: QtBot, page: ImportPage, tmp_path: Path) -> None:
    rows = [["甲", "乙"], ["姓名", "证件号码"], ["王五", WANG], ["姓名", "查验过的号码"], ["李六", LI]]
    opened(qtbot, page, workbook(tmp_path / "名单.xlsx", {"名单": rows}))
    menu = page.mapping.grid.header_menu(3)
    choices = {action.text(): action.data() for action in menu.actions() if action.text()}
    assert choices["第 4 行设为表头"] == (4,)
    assert choices["自动识别表头"] == ()
    page.mapping.grid.header_chosen.emit((4,))
    settle(qtbot, page)
    assert page.mapping.current is not None
    assert page.mapping.current.header is not None
    assert page.mapping.current.header.rows == (4,)
    assert page.primary.text() == "核对 1 行"


def test_a_sheet_can_be_left_out(qtbot: QtBot, page: ImportPage, tmp_path: Path) -> None:
    second = [HEADER, [1, "赵七", ZHAO, "19900000003", "2024-05-06", ""]]
    opened(qtbot, page, workbook(tmp_path / "会员.xlsx", {"一部": ROSTER, "二部": second}))
    assert page.primary.text() == "核对 3 行"
    page.mapping.sheets.setCurrentRow(1)
    page.mapping.kind.setCurrentIndex(page.mapping.kind.findText("不导入"))
    page.mapping.kind.activated.emit(page.mapping.kind.currentIndex())
    settle(qtbot, page)
    assert page.primary.text() == "核对 2 行"
    assert page.mapping.sheets.currentRow() == 1
    assert page.mapping.sheets.item(1).text() == "二部\n不导入"


def test_a_missing_required_column_is_named(qtbot: QtBot, page: ImportPage, tmp_path: Path) -> None:
    rows = [["证件号码", "手机号码", "入会日期"], [WANG, "19900000001", "2024-05-06"]]
    opened(qtbot, page, workbook(tmp_path / "会员.xlsx", {"会员": rows}))
    assert page.mapping.missing.isVisible()
    assert "缺少必需的列：姓名" in page.mapping.missing.text()
    assert "缺必需的列" in page.mapping.sheets.item(0).text()


def test_people_without_a_union_go_to_the_one_chosen(
    qtbot: QtBot, page: ImportPage, author: Author, tmp_path: Path
) -> None:
    imported_rows(author, tmp_path, ROSTER)
    rows = [["新会员"], HEADER, [1, "赵七", ZHAO, "19900000003", "2024-05-06", ""]]
    opened(qtbot, page, workbook(tmp_path / "新.xlsx", {"会员": rows}))
    union = page.mapping.union
    union.setCurrentIndex(union.findText("重庆砚屿软件技术有限公司工会"))
    press(qtbot, page, page.primary)
    press(qtbot, page, page.primary)
    assert ("赵七", "重庆砚屿软件技术有限公司工会") in listed("workers", "name", "union")
    press(qtbot, page, page.result.again)
    assert (page.mapping.union.uid, page.options.union) == ("", "")


def test_each_column_tells_its_different_values_and_its_blanks(qtbot: QtBot, page: ImportPage, tmp_path: Path) -> None:
    opened(qtbot, page, workbook(tmp_path / "会员.xlsx", {"花名册": ROSTER}))
    grid = page.mapping.grid.grid
    told = [grid.headerData(column, Qt.Orientation.Horizontal, FACTS_ROLE) for column in range(grid.columnCount())]
    assert told == ["2 种", "2 种", "2 种", "2 种", "1 种", "1 种 · 空 1"]


def test_a_column_whose_blanks_clear_says_how_many_values_go(
    qtbot: QtBot, page: ImportPage, author: Author, tmp_path: Path
) -> None:
    imported_rows(author, tmp_path, ROSTER)
    blank = [*ROSTER[:3], [1, "王五", WANG, "", "2024-05-06", ""], ROSTER[4]]
    opened(qtbot, page, workbook(tmp_path / "会员.xlsx", {"花名册": blank}))
    box = page.mapping.blanks.boxes["phone"]
    assert isinstance(box, QComboBox)
    box.setCurrentIndex(box.findData("clear"))
    box.activated.emit(box.currentIndex())
    settle(qtbot, page)
    assert "将清空 1 个值" in texts(page.mapping.blanks)
    press(qtbot, page, page.primary)
    press(qtbot, page, page.primary)
    assert sorted(listed("workers", "name", "phone"), key=str) == [("李六", "19900000002"), ("王五", None)]


def test_what_a_sheet_lacks_is_filled_in_for_all_of_its_rows(qtbot: QtBot, page: ImportPage, tmp_path: Path) -> None:
    opened(qtbot, page, workbook(tmp_path / "会员.xlsx", {"花名册": ROSTER}))
    assert not {"name", "id_number", "phone"} & page.mapping.defaults.boxes.keys()
    group = page.mapping.defaults.boxes["occupation_group"]
    assert isinstance(group, QComboBox)
    group.setCurrentIndex(group.findData("快递员"))
    group.activated.emit(group.currentIndex())
    settle(qtbot, page)
    union = page.mapping.defaults.boxes["union"]
    assert isinstance(union, QLineEdit)
    union.setText("重庆禾榉食品有限公司工会")
    union.editingFinished.emit()
    settle(qtbot, page)
    press(qtbot, page, page.primary)
    press(qtbot, page, page.primary)
    assert listed("workers", "occupation_group", "union") == [("快递员", "重庆禾榉食品有限公司工会")] * 2


def test_unknown_values_are_read_as_proposed_and_remembered(qtbot: QtBot, page: ImportPage, tmp_path: Path) -> None:
    rows = [["会员花名册"], ["姓名", "证件号码", "学历"], ["王五", WANG, "大学本科生"], ["李六", LI, "没上过"]]
    path = workbook(tmp_path / "会员.xlsx", {"花名册": rows})
    opened(qtbot, page, path)
    assert page.mapping.parts.tabText(1) == "认不出的值 2"
    assert page.mapping.values.hint.text().startswith("这些写法不在选项里")
    assert "可能是“本科”（把握" in texts(page.mapping.values)
    box = page.mapping.values.boxes["education 没上过"]
    assert isinstance(box, QComboBox)
    box.setCurrentIndex(box.findText("不采用"))
    box.activated.emit(box.currentIndex())
    settle(qtbot, page)
    assert page.mapping.parts.tabText(1) == "认不出的值 1"
    assert page.mapping.values.all is not None
    page.mapping.values.all.click()
    settle(qtbot, page)
    assert page.mapping.parts.tabText(1) == "认不出的值"
    press(qtbot, page, page.primary)
    press(qtbot, page, page.primary)
    assert sorted(listed("workers", "name", "education"), key=str) == [("李六", None), ("王五", "本科")]
    opened(qtbot, page, path)
    assert page.mapping.parts.tabText(1) == "认不出的值"
    assert page.mapping.values.hint.text() == "这张表里没有认不出的写法。"


def test_the_first_sheet_that_is_looked_at_is_one_that_is_imported(qtbot: QtBot, page: ImportPage, tmp_path: Path) -> None:
    sheets = {"说明": [["Key", "English"], ["1", "Hello"]], "花名册": ROSTER}
    opened(qtbot, page, workbook(tmp_path / "杂.xlsx", sheets))
    assert page.mapping.current is not None
    assert page.mapping.current.sheet == "花名册"


def test_a_sheet_without_a_table_says_what_to_press(qtbot: QtBot, page: ImportPage, tmp_path: Path) -> None:
    opened(qtbot, page, workbook(tmp_path / "杂.xlsx", {"杂": [["Key", "English"], ["1", "Hello"]]}))
    assert page.mapping.said.text().endswith("请点表头那一行左边的行号，把它设为表头。")


def test_columns_have_room_before_and_after_a_header_is_chosen(qtbot: QtBot, page: ImportPage, tmp_path: Path) -> None:
    opened(qtbot, page, workbook(tmp_path / "杂.xlsx", {"杂": [["Key", "English"], ["1", "Hello, spreadsheet"]]}))
    grid = page.mapping.grid
    assert grid.columnWidth(1) >= grid.fontMetrics().horizontalAdvance("Hello, spreadsheet") + 12
    before = grid.columnWidth(0)
    grid.header_chosen.emit((1,))
    settle(qtbot, page)
    page.mapping.kind.setCurrentIndex(0)
    page.mapping.kind.activated.emit(0)
    settle(qtbot, page)
    assert page.mapping.current is not None
    assert page.mapping.current.kind is not None
    assert grid.columnWidth(0) > before


def test_a_full_roster_tells_who_is_missing_and_many_are_answered_at_once(
    qtbot: QtBot, page: ImportPage, author: Author, tmp_path: Path
) -> None:
    more = [*ROSTER[:5], [3, "赵七", ZHAO, "19900000003", "2024-05-06", ""]]
    imported_rows(author, tmp_path, more)
    opened(qtbot, page, workbook(tmp_path / "会员.xlsx", {"花名册": ROSTER[:4]}))
    page.mapping.full.click()
    press(qtbot, page, page.primary)
    assert tabs(page)[-1] == "名册里没有 2"
    page.checking.tabs.setCurrentIndex(MISSING)
    missing = page.checking.missing
    assert shown(missing.model) == [
        ["李六", "500103************", "199****0002", "—", "2024-05-06", "名册里没有", "不处理", "花名册"],
        ["赵七", "510202************", "199****0003", "—", "2024-05-06", "名册里没有", "不处理", "花名册"],
    ]
    missing.table.selectAll()
    press(qtbot, page, missing.buttons["退会"])
    assert [(row[0], row[6]) for row in shown(missing.model)] == [("李六", "退会"), ("赵七", "退会")]
    assert page.primary.text() == "导入 2 行"
    missing.table.selectRow(0)
    press(qtbot, page, missing.buttons[""])
    press(qtbot, page, page.primary)
    states = {"王五": "在册", "李六": "在册", "赵七": "退会"}
    assert dict(listed("workers", "name", "membership_state")) == states
    opened(qtbot, page, workbook(tmp_path / "回来.xlsx", {"花名册": more}))
    page.mapping.full.click()
    press(qtbot, page, page.primary)
    assert [(row[0], *row[5:7]) for row in shown(missing.model)] == [("赵七", "又出现（登记册里：退会）", "—")]
    page.checking.tabs.setCurrentIndex(MISSING)
    missing.table.selectAll()
    assert not any(button.isEnabled() for button in missing.buttons.values())


def texts(widget: QWidget) -> str:
    """All that stands in the labels of a widget."""
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def test_the_models_keep_qts_rules(
    qtbot: QtBot, page: ImportPage, qtmodeltester: ModelTester, tmp_path: Path
) -> None:
    for model in (GridModel(), StepsModel(), DetailModel()):
        qtmodeltester.check(model)
    opened(qtbot, page, workbook(tmp_path / "会员.xlsx", {"花名册": ROSTER}))
    qtmodeltester.check(page.mapping.grid.grid)
    press(qtbot, page, page.primary)
    qtmodeltester.check(page.checking.steps)
    qtmodeltester.check(page.checking.row.fields)


def test_a_heading_of_two_hundred_characters_and_a_code_leave_the_page_as_it_is(
    qtbot: QtBot, page: ImportPage, tmp_path: Path
) -> None:
    code, wrong, long = "91500106MA0EXAMP00", "91500106MA0EXAMP1", "单位职工基本情况以及其他需要说明的事项" * 11
    rows = [["单位名称", "统一社会信用代码", long], ["甲示例有限公司", code, "甲" * 200], ["乙示例有限公司", wrong, "乙"]]
    page.resize(1100, 650)
    page.show()
    least = page.minimumSizeHint().width()
    opened(qtbot, page, workbook(tmp_path / "单位.xlsx", {"单位": rows}))
    grid = page.mapping.grid
    for step in ("mapping", "plan"):
        assert page.width() == 1100, step
        assert page.minimumSizeHint().width() <= max(least, 1100), step
        if step == "mapping":
            assert all(grid.columnWidth(column) <= grid.viewport().width() for column in range(grid.grid.columnCount()))
            tip = str(grid.grid.headerData(2, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole))
            assert long in tip.replace("\n", "")
            assert wrong in str(shown(grid.grid))  # what is to be checked is read
            press(qtbot, page, page.primary)
    assert wrong in str(shown(page.checking.steps))
