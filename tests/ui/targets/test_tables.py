"""The tab of statistics tables and the choice of a period, with real events."""

from pathlib import Path

from openpyxl import load_workbook
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from models.figures.facts import Scope
from models.figures.indicators import indicators
from models.figures.periods import key_of, read_period
from models.figures.table_forms import form_of, table_forms
from models.figures.targets import set_target, targets
from models.journal.writer import Author
from models.records.region import load_index
from tests.aids.speaking import TODAY
from tests.aids.typing import type_day
from tests.aids.waiting import wait_for_jobs
from tests.figures.test_indicators import place, union
from tests.ui.targets.test_targets import OTHER, choose, page_of, two_unions, type_target
from ui.kit.context import Context
from ui.kit.entry_lists import entries
from ui.kit.period_box import PeriodBox
from ui.targets.page import TargetsPage
from ui.targets.table_dialog import TableDialog
from ui.targets.tables_view import TablesView


def tab_of(qtbot: QtBot, context: Context) -> TablesView:
    """The tab of the tables, counted."""
    page = page_of(qtbot, context)
    page.tabs.setCurrentWidget(page.tables)
    wait_for_jobs(qtbot, context)
    return page.tables


def shown(view: TablesView) -> list[list[str]]:
    """What the table shows, row by row."""
    assert view.table is not None
    model = view.table.model()
    return [[model.index(row, column).data() for column in range(model.columnCount())] for row in range(model.rowCount())]


def test_a_ready_table_of_a_half_year_with_rows_folded(context: Context, author: Author, qtbot: QtBot) -> None:
    two_unions(author)
    set_target(read_period("2026-H2"), "new_unions", 4, author, load_index(TODAY), Scope(region=place(OTHER)))
    view = tab_of(qtbot, context)
    assert (view.forms.currentText(), key_of(view.periods.period)) == ("新建工会", "2026-H2")
    assert [row[:5] for row in shown(view)] == [
        [OTHER, "1", "4", "25%", "1"], ["沙坪坝区小龙坎街道", "0", "", "", ""], ["合计", "1", "", "", ""],
    ]  # fmt: skip
    assert "行没有数字，没有列出" in view.told.text()
    view.everything.click()
    assert len(shown(view)) > 1000
    assert shown(view)[-1][0] == "合计"
    assert view.table is not None
    view.table.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    assert shown(view)[-1][0] == "合计"


def test_another_period_and_other_rows(context: Context, author: Author, qtbot: QtBot) -> None:
    two_unions(author)
    view = tab_of(qtbot, context)
    view.periods.lengths.setCurrentIndex(view.periods.lengths.findData("month"))
    view.periods.lengths.activated.emit(0)
    view.periods.which.setCurrentIndex(view.periods.which.findData("2026-02"))
    view.periods.which.activated.emit(0)
    view.rows.setCurrentIndex(view.rows.findData("district"))
    view.rows.activated.emit(0)
    wait_for_jobs(qtbot, context)
    assert [row[:2] for row in shown(view)] == [["沙坪坝区", "1"], ["合计", "1"]]
    view.rows.setCurrentIndex(view.rows.findData("own"))
    view.rows.activated.emit(0)
    wait_for_jobs(qtbot, context)
    assert view.table is None
    assert "还没有设“我的镇街”" in view.nothing.label.text()
    assert not view.sheet.isEnabled()


def test_a_table_of_one_s_own_is_kept_shown_exported_and_forgotten(
    context: Context, author: Author, qtbot: QtBot, tmp_path: Path
) -> None:
    two_unions(author)
    view = tab_of(qtbot, context)
    view.keep(form_of("月报", ["new_members", "members"], "district", ["last_year"]))
    wait_for_jobs(qtbot, context)
    assert [each.name for each in table_forms() if each.uid] == ["月报"]
    assert view.forms.currentText() == "月报"
    wait_for_jobs(qtbot, context)
    view.export_to(tmp_path / "月报.xlsx")
    wait_for_jobs(qtbot, context)
    sheet = load_workbook(tmp_path / "月报.xlsx").active
    assert any(str(cell.value).startswith("=SUM(") for row in sheet.iter_rows() for cell in row)
    assert view.forget.isVisibleTo(view)
    view.forget.click()
    wait_for_jobs(qtbot, context)
    assert [each.name for each in table_forms() if each.uid] == []
    assert view.forms.currentText() == "新建工会"


def test_the_dialog_wants_a_name_and_an_indicator(context: Context, qtbot: QtBot) -> None:
    dialog = TableDialog(indicators().values(), form_of("", ["unions"]))
    qtbot.addWidget(dialog)
    save = dialog.buttons.buttons()[0]
    assert not save.isEnabled()
    dialog.name.setText("月报")
    assert save.isEnabled()
    dialog.search.setText("基层工会")
    visible = [item for item in entries(dialog.indicators) if not item.isHidden()]
    assert {item.text() for item in visible} == {"基层工会", "单独基层工会", "联合基层工会"}
    for item in entries(dialog.indicators):
        item.setCheckState(Qt.CheckState.Unchecked)
    assert not save.isEnabled()
    visible[0].setCheckState(Qt.CheckState.Checked)
    assert (dialog.form.name, dialog.form.indicators) == ("月报", ("unions",))


def test_targets_of_a_half_year_are_typed_in_place(context: Context, author: Author, qtbot: QtBot) -> None:
    union(author, "甲工会", "2026-08-01")
    page: TargetsPage = page_of(qtbot, context)
    page.periods.choose(read_period("2026-H2"))
    page.periods.chosen.emit()
    wait_for_jobs(qtbot, context)
    choose(page, "新建工会")
    type_target(qtbot, page, "新建工会", "8")
    wait_for_jobs(qtbot, context)
    assert [each.value for each in targets(read_period("2026-H2"))] == [8]
    assert targets(2026) == []


def test_any_two_days_and_several_years(context: Context, qtbot: QtBot) -> None:
    box = PeriodBox(TODAY)
    qtbot.addWidget(box)
    assert key_of(box.period) == "2026"
    box.lengths.setCurrentIndex(box.lengths.findData("plan"))
    box.lengths.activated.emit(0)
    assert key_of(box.period) == "2024-2026"
    box.choose(read_period("2026-01-05..2026-03-09"))
    assert box.since.isVisibleTo(box)
    with qtbot.waitSignal(box.chosen):
        type_day(qtbot, box.since, box.since.date.replace(year=box.since.date.year + 1).isoformat())
    assert key_of(box.period) == "2027-01-05..2027-01-05"
    box.choose(read_period("2019-Q3"))
    assert key_of(box.period) == "2019-Q3"
