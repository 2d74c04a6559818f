"""The history page: what was imported, what undoing would do, and an import again with the same settings."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from models.journal.undo import undo
from models.journal.writer import Author, batch
from models.records.worker import Worker
from tests.aids.speaking import WANG, ZHAO, imported, imported_rows, listed, workbook
from tests.ui.importing.import_walk import ROSTER, opened, page_of, press, settle, shown
from ui.history.model import PastModel, sheets_model
from ui.history.page import HistoryPage
from ui.importing.page import COLUMNS, ImportPage
from ui.kit.context import Context
from ui.kit.tables import alignment
from ui.lists.kinds import listings
from ui.lists.page import RecordsPage


@pytest.fixture
def page(qtbot: QtBot, context: Context) -> HistoryPage:
    made = HistoryPage(context)
    qtbot.addWidget(made)
    made.resize(1100, 640)
    return made


def seen(qtbot: QtBot, page: HistoryPage) -> None:
    """Show the page and wait."""
    page.show()
    wait(qtbot, page)


def wait(qtbot: QtBot, page: HistoryPage) -> None:
    """Wait until nothing runs any more."""
    qtbot.waitUntil(lambda: not page._context.jobs.busy)


def test_an_empty_history_says_where_to_begin(qtbot: QtBot, page: HistoryPage) -> None:
    seen(qtbot, page)
    assert page.nothing.isVisible()
    with qtbot.waitSignal(page.wants_import):
        page.nothing.button.click()


def test_imports_are_listed_newest_first_with_their_sheets(
    qtbot: QtBot, page: HistoryPage, author: Author, tmp_path: Path
) -> None:
    imported_rows(author, tmp_path, ROSTER, "九月")
    more = [[3, "赵七", ZHAO, "19900000003", "2024-05-06", ""], [4, "钱八", WANG[:-1] + "0", "", "", ""]]
    imported(author, workbook(tmp_path / "十月.xlsx", {"花名册": [*ROSTER[:4], *more], "空白": [["姓名", "证件号码"]]}))
    seen(qtbot, page)
    assert [[row[0], *row[3:]] for row in shown(page.past)] == [
        ["2", "十月.xlsx", "1", "0", "1", "可撤销"], ["1", "九月.xlsx", "2", "0", "0", "可撤销"],
    ]  # fmt: skip
    assert shown(page.sheets) == [
        ["十月.xlsx", "花名册", "会员与职工名册", "1", "0", "1", "0", "1", "0"],
        ["十月.xlsx", "空白", "没有导入", *["—"] * 6],
    ]
    page.table.selectRow(1)
    assert shown(page.sheets) == [["九月.xlsx", "Sheet1", "会员与职工名册", "2", "0", "0", "0", "0", "0"]]
    how, across = Qt.ItemDataRole.TextAlignmentRole, Qt.Orientation.Horizontal
    for column in range(3, page.sheets.columnCount()):
        assert page.sheets.headerData(column, across, how) == page.sheets.index(0, column).data(how) == alignment("right")


def test_undoing_tells_first_what_it_would_do_and_what_it_would_keep(
    qtbot: QtBot, page: HistoryPage, author: Author, tmp_path: Path
) -> None:
    imported_rows(author, tmp_path, ROSTER)
    wang = Worker.get(Worker.name == "王五")
    with batch("edit", author) as writer:
        writer.update(Worker, wang.uid, {"phone": (wang.phone, "19900000077")})
    seen(qtbot, page)
    page.undo_button.click()
    wait(qtbot, page)
    lines = page.told.text().split("\n")
    assert lines[0] == "恢复 0 处修改"
    assert lines[1].startswith("移除 ")
    assert lines[1].endswith("条新登记的记录：李六")
    assert "　会员与职工：之后又改过：移动电话（1 处）：王五" in lines
    assert sorted(listed("workers", "name")) == [("李六",), ("王五",)]
    page.leave.click()
    assert not page.asking.isVisible()
    page.undo_button.click()
    wait(qtbot, page)
    page.confirm.click()
    wait(qtbot, page)
    wait(qtbot, page)
    assert listed("workers", "name") == [("王五",)]
    assert shown(page.past)[0][-1] == "已撤销（批次 3）"
    assert page.undo_button.text() == " 恢复这一批…"


def test_what_was_taken_back_is_brought_back_whenever_it_is_wanted(
    qtbot: QtBot, page: HistoryPage, author: Author, tmp_path: Path
) -> None:
    imported_rows(author, tmp_path, ROSTER)
    undo(1, author)
    seen(qtbot, page)
    assert shown(page.past)[0][-1] == "已撤销（批次 2）"
    page.undo_button.click()
    wait(qtbot, page)
    assert page.told.text().startswith("恢复 3 处修改：重庆砚屿软件技术有限公司工会、王五、李六")
    assert page.confirm.text() == "恢复批次 1"
    page.confirm.click()
    wait(qtbot, page)
    wait(qtbot, page)
    assert sorted(listed("workers", "name")) == [("李六",), ("王五",)]
    assert shown(page.past)[0][-1] == "可撤销"
    assert page.undo_button.text() == " 撤销…"
    page.others.click()
    wait(qtbot, page)
    assert [row[3] for row in shown(page.past)] == ["恢复批次 1", "撤销批次 1", "表.xlsx"]


def test_undoing_an_update_names_those_whose_old_values_come_back(
    qtbot: QtBot, page: HistoryPage, author: Author, tmp_path: Path
) -> None:
    imported_rows(author, tmp_path, ROSTER)
    changed = [*ROSTER[:3], *([*person[:3], f"1990000009{n}", "2024-05-07"] for n, person in enumerate(ROSTER[3:5]))]
    imported_rows(author, tmp_path, changed)
    seen(qtbot, page)
    page.undo_button.click()
    wait(qtbot, page)
    assert page.told.text().split("\n")[0] == "恢复 4 处修改：王五、李六"


def test_what_cannot_be_undone_any_more_is_told(qtbot: QtBot, page: HistoryPage, author: Author, tmp_path: Path) -> None:
    imported_rows(author, tmp_path, ROSTER)
    seen(qtbot, page)
    changed = [*ROSTER[:3], *([*person[:3], f"1990000009{n}", *person[4:]] for n, person in enumerate(ROSTER[3:5]))]
    imported_rows(author, tmp_path, changed)
    page.undo_button.click()
    wait(qtbot, page)
    assert page.asking.isVisible()
    assert "没有可以撤销的内容" in page.told.text()
    assert not page.confirm.isVisible()


def test_the_records_of_an_import_are_listed_apart(
    qtbot: QtBot, page: HistoryPage, context: Context, author: Author, tmp_path: Path
) -> None:
    imported_rows(author, tmp_path, ROSTER[:4])
    imported_rows(author, tmp_path, ROSTER)
    seen(qtbot, page)
    with qtbot.waitSignal(page.looking) as asked:
        page.look.click()
    assert asked.args == ["workers", 2]
    workers = RecordsPage(context, listings()["workers"])
    qtbot.addWidget(workers)
    workers.show()
    workers.show_batch(2)
    assert [workers.model.record(row)["name"] for row in range(workers.model.rowCount())] == ["李六"]
    assert workers.of_batch.isVisible()
    workers.of_batch.click()
    assert workers.model.rowCount() == 2


@pytest.fixture
def importing(qtbot: QtBot, context: Context) -> ImportPage:
    return page_of(qtbot, context)


def test_the_same_file_is_recognised_and_its_settings_come_back(
    qtbot: QtBot, importing: ImportPage, tmp_path: Path
) -> None:
    path = workbook(tmp_path / "会员.xlsx", {"花名册": ROSTER})
    opened(qtbot, importing, path)
    assert not importing.known.isVisible()
    importing.mapping.grid.field_chosen.emit(5, "note")
    settle(qtbot, importing)
    press(qtbot, importing, importing.primary)
    importing.checking.table.selectRow(1)
    press(qtbot, importing, importing.checking.answers.buttons["skip"])
    press(qtbot, importing, importing.primary)
    opened(qtbot, importing, path)
    assert importing.steps.step == COLUMNS
    assert importing.known.isVisible()
    assert "《会员.xlsx》在批次 1 导入过" in importing.known.said.text()
    assert importing.decisions.mappings == {}
    press(qtbot, importing, importing.known.again)
    key = ("会员.xlsx", "花名册")
    assert importing.decisions.mappings == {key: {5: "note"}}
    assert importing.decisions.rows == {key: {5: "skip"}}
    assert not importing.known.isVisible()


def test_another_file_takes_the_settings_but_not_the_answers_about_rows(
    qtbot: QtBot, page: HistoryPage, importing: ImportPage, tmp_path: Path
) -> None:
    opened(qtbot, importing, workbook(tmp_path / "九月.xlsx", {"花名册": ROSTER}))
    importing.mapping.grid.field_chosen.emit(5, "note")
    settle(qtbot, importing)
    press(qtbot, importing, importing.primary)
    importing.checking.table.selectRow(1)
    press(qtbot, importing, importing.checking.answers.buttons["skip"])
    press(qtbot, importing, importing.primary)
    seen(qtbot, page)
    page.repeating.connect(importing.open_files)
    new = [*ROSTER[:3], [1, "王五", WANG, "19900000009", "2024-05-06", "下棋"]]
    page.repeat([workbook(tmp_path / "十月.xlsx", {"花名册": new})])
    settle(qtbot, importing)
    assert importing.decisions.mappings == {("十月.xlsx", "花名册"): {5: "note"}}
    assert importing.decisions.rows == {}


def test_the_models_keep_qts_rules(
    qtbot: QtBot, page: HistoryPage, author: Author, qtmodeltester: ModelTester, tmp_path: Path
) -> None:
    for model in (PastModel(), sheets_model()):
        qtmodeltester.check(model)
    imported_rows(author, tmp_path, ROSTER)
    seen(qtbot, page)
    qtmodeltester.check(page.past)
    qtmodeltester.check(page.sheets)


def test_an_undoing_names_the_batch_that_it_took_back_and_has_no_empty_table(
    qtbot: QtBot, page: HistoryPage, author: Author, tmp_path: Path
) -> None:
    imported_rows(author, tmp_path, ROSTER)
    undo(1, author)
    page.others.setChecked(True)
    seen(qtbot, page)
    assert shown(page.past)[0][3] == "撤销批次 1"
    assert not page.detail.isVisible()
    assert page.no_files.text().startswith("这一批不是导入")
    page.table.selectRow(1)
    assert page.detail.isVisible()
    assert not page.no_files.isVisible()


def test_the_keyboard_goes_to_the_question_and_back_to_the_list(
    qtbot: QtBot, page: HistoryPage, author: Author, tmp_path: Path
) -> None:
    imported_rows(author, tmp_path, ROSTER)
    seen(qtbot, page)
    page.undo_button.setFocus()
    page.ask_undo()
    wait(qtbot, page)
    assert page.focusWidget() is page.confirm
    page.leave.click()
    assert page.focusWidget() is page.table
