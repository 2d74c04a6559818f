"""The page of the year's numbers: targets typed in place, by region, the rows behind; what moved between two days."""

import datetime as dt
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from models.figures.facts import FactRow, Scope
from models.figures.targets import set_target, targets
from models.figures.year_course import course
from models.journal.writer import Author
from models.records.region import load_index
from tests.aids.speaking import TODAY
from tests.aids.typing import type_day
from tests.aids.waiting import shown_page, wait_for_jobs
from tests.figures.test_indicators import TOWN, employer, person, place, union
from ui.kit.context import Context
from ui.targets.facts import parts_of, period_table, rows_of
from ui.targets.models import TargetsModel, moved_model, parts_model, rows_model
from ui.targets.moved_view import last_report
from ui.targets.page import TargetsPage
from ui.targets.rows import RowsView

OTHER = "渝中区大坪街道"


def page_of(qtbot: QtBot, context: Context) -> TargetsPage:
    return shown_page(qtbot, context, TargetsPage(context), (1198, 700))


def aim(author: Author, indicator: str, value: int, region: str | None = None) -> None:
    scope = Scope(region=place(region)) if region else None
    set_target(2026, indicator, value, author, load_index(TODAY), scope)


def two_unions(author: Author) -> None:
    """Two unions of this year, one in each of two towns, with three new members in all."""
    here, there = union(author, "甲工会", "2026-02-01"), union(author, "乙工会", "2026-08-01", OTHER)
    for name, at, day in (("王一", here, "2026-02-02"), ("王二", here, "2026-03-02"), ("王三", there, "2026-09-02")):
        person(author, ("入会", at, day), name=name)


def line(page: TargetsPage, name: str) -> list[str]:
    """What stands in the row of an indicator."""
    row = [each.indicator.name for each in page.model.items].index(name)
    return [page.model.index(row, column).data() for column in range(page.model.columnCount())]


def choose(page: TargetsPage, name: str, column: int = 0) -> int:
    row = [each.indicator.name for each in page.model.items].index(name)
    page.table.setCurrentIndex(page.model.index(row, column))
    return row


def type_target(qtbot: QtBot, page: TargetsPage, name: str, text: str, source: bool = False) -> None:
    """Choose a target's cell (or that of its source), press F2, type, press Enter."""
    choose(page, name, page.model.source_column if source else page.model.target_column)
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_F2)
    editor = page.table.viewport().findChildren(QLineEdit)[-1]
    editor.setText(text)
    with qtbot.waitSignal(page.model.sourced if source else page.model.aimed):
        qtbot.keyClick(editor, Qt.Key.Key_Return)



def test_a_whole_that_is_not_the_sum_of_its_districts_is_told(qtbot: QtBot, context: Context) -> None:
    author = context.author
    for value, region in ((500, None), (200, "沙坪坝区"), (400, "渝中区")):
        aim(author, "new_unions", value, region)
    page = page_of(qtbot, context)
    assert page.sums.isVisible()
    assert page.sums.text() == "“新建工会”全区的目标是 500，下面 2 个区县的目标合计 600，相差 100。"
    aim(author, "new_unions", 600)
    page.refresh()
    wait_for_jobs(qtbot, context)
    assert not page.sums.isVisible()

def test_the_models_keep_qts_rules(context: Context, author: Author, qtmodeltester: ModelTester, qtbot: QtBot) -> None:
    two_unions(author)
    aim(author, "new_unions", 4)
    page = page_of(qtbot, context)
    models: list[tuple[Any, Any]] = [(TargetsModel(page), period_table(2026, TODAY, Scope(), everything=True))]
    models.append((parts_model(page), parts_of("new_members", 2026, TODAY, "town", Scope())))
    models.append((rows_model(page), rows_of("new_members", 2026, TODAY, Scope())))
    for model, items in models:
        model.show_items(items)
        assert model.rowCount() == len(items) > 0
        qtmodeltester.check(model)
    page.moved.refresh()
    wait_for_jobs(qtbot, context)
    assert page.moved.model.rowCount() > 8
    qtmodeltester.check(page.moved.model)
    qtmodeltester.check(moved_model(page))


def test_the_targets_stand_with_what_is_reached_and_their_state_in_words(
    qtbot: QtBot, context: Context, author: Author
) -> None:
    two_unions(author)
    aim(author, "new_unions", 2)
    aim(author, "new_members", 150)
    page = page_of(qtbot, context)
    assert not page.everything.isChecked()
    # 326 of 365 days have passed
    assert line(page, "新建工会")[2:9] == ["2", "2", "100 %", "1", "0", "2", "超前"]
    assert line(page, "新入会")[2:9] == ["3", "150", "2 %", "133", "147", "3", "落后"]
    assert page.told.text().startswith("2 个目标，1 个落后")


def test_a_register_without_targets_offers_every_indicator(qtbot: QtBot, context: Context) -> None:
    page = page_of(qtbot, context)
    assert page.everything.isChecked()
    assert page.model.rowCount() > 40
    assert "在“目标”一列双击" in page.told.text()


def test_a_target_is_typed_in_place_and_taken_back_with_undo(qtbot: QtBot, context: Context) -> None:
    page = page_of(qtbot, context)
    type_target(qtbot, page, "新建工会", "500")
    wait_for_jobs(qtbot, context)
    assert [(each.indicator, each.value) for each in targets(2026)] == [("new_unions", 500)]
    assert context.notices.text == "2026 年“新建工会”的目标是 500 个。"
    assert line(page, "新建工会")[3] == "500"
    context.undoing.undo_last()
    wait_for_jobs(qtbot, context)
    assert targets(2026) == []
    assert line(page, "新建工会")[3] == ""


def test_where_a_target_is_written_is_typed_beside_it(qtbot: QtBot, context: Context, author: Author) -> None:
    aim(author, "new_unions", 500)
    page = page_of(qtbot, context)
    type_target(qtbot, page, "新建工会", "渝工发〔2026〕3 号，2026-01-15", source=True)
    wait_for_jobs(qtbot, context)
    assert [(each.value, each.source) for each in targets(2026)] == [(500, "渝工发〔2026〕3 号，2026-01-15")]
    assert line(page, "新建工会")[-1] == "渝工发〔2026〕3 号，2026-01-15"
    type_target(qtbot, page, "新建工会", "", source=True)
    wait_for_jobs(qtbot, context)
    assert targets(2026)[0].source is None
    context.undoing.undo_last()
    wait_for_jobs(qtbot, context)
    assert line(page, "新建工会")[-1] == "渝工发〔2026〕3 号，2026-01-15"
    page.everything.click()
    wait_for_jobs(qtbot, context)
    row = choose(page, "新入会", page.model.source_column)
    assert not page.model.flags(page.model.index(row, page.model.source_column)) & Qt.ItemFlag.ItemIsEditable, "no target"


def test_what_is_no_number_is_told_and_an_emptied_target_is_removed(
    qtbot: QtBot, context: Context, author: Author
) -> None:
    aim(author, "new_unions", 7)
    page = page_of(qtbot, context)
    type_target(qtbot, page, "新建工会", "很多")
    assert context.notices.text == "“很多”不是数值。“新建工会”的目标请写整数，例如 500。"
    type_target(qtbot, page, "新建工会", "9" * 5_000)
    assert "“新建工会”的目标不能是" in context.notices.text
    assert "可以是 0 到 10000000000" in context.notices.text
    assert [each.value for each in targets(2026)] == [7]
    type_target(qtbot, page, "新建工会", "")
    wait_for_jobs(qtbot, context)
    assert targets(2026) == []


def test_an_indicator_is_divided_by_town_each_with_its_own_target(
    qtbot: QtBot, context: Context, author: Author
) -> None:
    two_unions(author)
    union(author, "丙工会", "2026-05-01", TOWN)
    aim(author, "new_unions", 5)
    aim(author, "new_unions", 1, OTHER)
    page = page_of(qtbot, context)
    choose(page, "新建工会")
    wait_for_jobs(qtbot, context)
    shown = [(part.name, part.progress.actual.value, part.progress.target) for part in page.parts.items]
    assert shown == [(TOWN, 2, None), (OTHER, 1, 1)]
    page.levels.setCurrentIndex(0)
    page.levels.activated.emit(0)
    wait_for_jobs(qtbot, context)
    assert [(part.name, part.progress.actual.value) for part in page.parts.items] == [("沙坪坝区", 2), ("渝中区", 1)]


def test_a_number_opens_its_rows_and_a_row_its_record(qtbot: QtBot, context: Context, author: Author) -> None:
    two_unions(author)
    aim(author, "new_members", 5)
    page = page_of(qtbot, context)
    choose(page, "新入会")
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    wait_for_jobs(qtbot, context)
    assert {row.name for row in page.rows.model.items} == {"王一", "王二", "王三"}
    assert page.rows.table.hasFocus()
    with qtbot.waitSignal(page.opens) as opened:
        qtbot.keyClick(page.rows.table, Qt.Key.Key_Return)
    assert opened.args == ["worker", page.rows.model.items[0].uid]
    page.places.opened.emit([part.name for part in page.parts.items].index(OTHER))
    wait_for_jobs(qtbot, context)
    assert [row.name for row in page.rows.model.items] == ["王三"]


def test_what_lies_in_no_town_has_its_rows_too(qtbot: QtBot, context: Context, author: Author) -> None:
    two_unions(author)
    union(author, "丁工会", "2026-05-01", "渝中区")
    aim(author, "new_unions", 5)
    page = page_of(qtbot, context)
    choose(page, "新建工会")
    wait_for_jobs(qtbot, context)
    assert page.parts.items[-1].name == ""
    page.places.opened.emit(len(page.parts.items) - 1)
    wait_for_jobs(qtbot, context)
    assert [row.name for row in page.rows.model.items] == ["丁工会"]


def test_the_page_follows_the_chosen_region(qtbot: QtBot, context: Context, author: Author) -> None:
    two_unions(author)
    aim(author, "new_unions", 1, "沙坪坝区")
    page = page_of(qtbot, context)
    page.everything.setChecked(False)
    page.regions.setCurrentIndex(page.regions.findData(place("沙坪坝区")))
    wait_for_jobs(qtbot, context)
    assert [(each.indicator.key, each.actual.value, each.target) for each in page.model.items] == [("new_unions", 1, 1)]


def test_the_targets_of_next_year_can_be_written_before_it_begins(qtbot: QtBot, context: Context) -> None:
    page = page_of(qtbot, context)
    page.periods.which.setCurrentIndex(0)
    page.periods.which.activated.emit(0)
    wait_for_jobs(qtbot, context)
    type_target(qtbot, page, "新入会", "160000")
    wait_for_jobs(qtbot, context)
    assert [(each.year, each.value) for each in targets(2027)] == [(2027, 160_000)]
    assert line(page, "新入会")[2:4] == ["—", "160,000"]


def test_the_shown_table_is_written_to_a_workbook(
    qtbot: QtBot, context: Context, author: Author, tmp_path: Path
) -> None:
    two_unions(author)
    aim(author, "new_unions", 4)
    page = page_of(qtbot, context)
    page.export_to(tmp_path / "指标.xlsx")
    wait_for_jobs(qtbot, context)
    rows = list(openpyxl.load_workbook(tmp_path / "指标.xlsx").active.values)
    assert rows[0][:4] == ("指标", "单位", "实际", "目标")
    assert rows[1][:5] == ("新建工会", "个", 2, 4, 50)


def test_what_moved_since_the_last_report_with_the_rows_that_came_and_went(
    qtbot: QtBot, context: Context, author: Author, tmp_path: Path
) -> None:
    two_unions(author)
    person(author, ("入会", union(author), "2025-01-01"), ("退会", None, "2026-10-01"), name="李走")
    page = page_of(qtbot, context)
    page.tabs.setCurrentWidget(page.moved)
    wait_for_jobs(qtbot, context)
    view = page.moved
    assert view.since.date == dt.date(2026, 6, 30)
    rows = {each.indicator.name: row for row, each in enumerate(view.model.items)}
    row = rows["会员（在册）"]
    assert [view.model.index(row, column).data() for column in range(6)] == ["会员（在册）", "3", "3", "0", "1", "1"]
    view.table.selectRow(row)
    assert [(each.name, each.why) for each in view.rows.model.items] == [("王三", "增加：入会"), ("李走", "减少：退会")]
    view.export_to(tmp_path / "变化.xlsx")
    wait_for_jobs(qtbot, context)
    assert list(openpyxl.load_workbook(tmp_path / "变化.xlsx").active.values)[row + 1][:4] == ("会员（在册）", 3, 3, 0)


def test_what_moved_is_named_in_full_on_the_smallest_screen(qtbot: QtBot, context: Context, author: Author) -> None:
    two_unions(author)
    page = page_of(qtbot, context)
    page.resize(1100, 600)
    page.tabs.setCurrentWidget(page.moved)
    wait_for_jobs(qtbot, context)
    table = page.moved.table
    names = [each.indicator.name for each in page.moved.model.items]
    assert max(map(table.fontMetrics().horizontalAdvance, names)) + 12 <= table.columnWidth(0)
    page.resize(700, 600)
    assert max(map(table.fontMetrics().horizontalAdvance, names)) + 12 <= table.columnWidth(0)


@pytest.mark.parametrize(
    ("today", "day"),
    [((2026, 11, 22), (2026, 6, 30)), ((2026, 7, 1), (2026, 6, 30)), ((2026, 6, 30), (2025, 12, 31))],
)
def test_the_last_report_was_at_the_end_of_the_half_year_before(
    today: tuple[int, int, int], day: tuple[int, int, int]
) -> None:
    assert last_report(dt.date(*today)) == dt.date(*day)


def test_days_in_the_wrong_order_are_told(qtbot: QtBot, context: Context) -> None:
    page = page_of(qtbot, context)
    told: list[str] = []
    context.jobs.refused.connect(lambda error: told.append(str(error)))
    type_day(qtbot, page.moved.until, "2026-01-01")
    page.moved.refresh()
    wait_for_jobs(qtbot, context)
    assert told == ["结束日期 2026-01-01 早于开始日期 2026-06-30。"]


def test_the_course_of_a_year_counts_each_month(register: object, author: Author) -> None:
    two_unions(author)
    employer(author, 30)
    aim(author, "new_members", 12)
    found = course(2026, dt.date(2026, 9, 15))
    assert [(each.month, each.members, each.unions) for each in found.months] == [
        (1, 0, 0), (2, 1, 1), (3, 2, 0), (4, 2, 0), (5, 2, 0), (6, 2, 0), (7, 2, 0), (8, 2, 1), (9, 3, 0),
    ]  # fmt: skip
    assert (found.target, found.months[-1].until) == (12, dt.date(2026, 9, 15))
    assert [(name, number.part, number.whole) for _uid, name, number in found.districts] == [("沙坪坝区", 0, 1)]


def test_who_joins_twice_in_a_year_is_one_new_member_in_its_course(register: object, author: Author) -> None:
    at = union(author)
    person(author, ("入会", at, "2026-01-05"), ("退会", None, "2026-02-05"), ("入会", at, "2026-04-05"))
    assert [each.members for each in course(2026, dt.date(2026, 4, 30)).months] == [1, 1, 1, 1]


def test_a_name_keeps_its_room_when_other_columns_come_to_stand_beside_it(qtbot: QtBot, context: Context) -> None:
    view = RowsView(context)
    qtbot.addWidget(view)
    view.resize(380, 300)
    view.show()
    rows = [FactRow("union", "u1", "重庆示例信息技术有限公司工会", None, TOWN, None, why="增加", undated=True)]
    view.show_rows("基层工会", rows)
    assert view.table.columnWidth(0) >= view.table.least > 100
