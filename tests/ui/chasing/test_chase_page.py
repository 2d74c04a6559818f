"""The page of what is due: empty, listed, narrowed, a person's word and its undoing, a rule made by the form, what leaves it."""

from pathlib import Path

import openpyxl
import pytest
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from models.chasing.rules import add_rule, load_rules, read
from models.journal.writer import Author
from models.records.chasing import HandIn
from models.records.headcount import HeadCount
from models.records.region import load_index
from models.records.union import Union
from models.standing.standing import Standing
from reports.catalogue import report_kinds
from reports.choices import ReportChoices
from tests.aids.speaking import TODAY, made
from tests.aids.waiting import wait_for_jobs
from tests.figures.test_indicators import place
from ui.chasing.page import ChasePage
from ui.home.facts import Asked, home_agenda
from ui.kit.context import Context


def page_of(qtbot: QtBot, context: Context) -> ChasePage:
    page = ChasePage(context)
    qtbot.addWidget(page)
    page.resize(1198, 700)
    page.show()
    wait_for_jobs(qtbot, context)
    return page


@pytest.fixture
def unions(author: Author) -> list[str]:
    """Two unions that owe October's count."""
    found = [
        made(
            author, Union, name=name, union_type="单独基层工会", region=place(f"沙坪坝区{town}"), founding_date="2020", chair="周示例",
            phone="19900000021",
        )
        for name, town in (("甲公司工会", "小龙坎街道"), ("乙公司工会", "西永街道"))
    ]  # fmt: skip
    values = read({"sheet": "人数", "every": "每月", "days": "10", "since": "2026-10"}, load_index(TODAY))
    add_rule(values, author, TODAY)
    return found


def names(page: ChasePage) -> list[str]:
    return [each.union.name for each in page.model.items]


def test_an_empty_page_leads_to_the_first_rule_which_the_form_makes(qtbot: QtBot, context: Context) -> None:
    page = page_of(qtbot, context)
    assert "定一项" in page.nothing.label.text()
    page.nothing.button.click()
    assert page.tabs.currentIndex() == 1
    view = page.rules_view
    view.save.click()
    wait_for_jobs(qtbot, context)
    assert load_rules() == []
    for name, text in {"sheet": "会员名单", "every": "每半年", "days": "15"}.items():
        view.fields.editors[name].show_text(text)
    view.classes["联合基层工会"].setChecked(True)
    assert view.dirty
    view.save.click()
    wait_for_jobs(qtbot, context)
    wait_for_jobs(qtbot, context)
    (rule,) = load_rules()
    assert (rule.name, rule.length, rule.days, rule.classes) == ("每半年会员名单", "half", 15, ("joint",))
    assert not page.dirty
    page.refresh()
    wait_for_jobs(qtbot, context)
    view.table.selectRow(0)
    view.fields.editors["days"].show_text("999")
    view.save.click()
    wait_for_jobs(qtbot, context)
    assert "0 到 366" in view.fields.wrong.text()
    view.retire.click()
    wait_for_jobs(qtbot, context)
    assert [each.active for each in load_rules()] == [False]
    page.refresh()
    wait_for_jobs(qtbot, context)
    view.table.selectRow(0)
    view.remove.click()
    wait_for_jobs(qtbot, context)
    assert not load_rules()


def test_who_owes_is_listed_and_a_count_takes_them_off(
    qtbot: QtBot, context: Context, author: Author, unions: list[str], qtmodeltester: ModelTester
) -> None:
    page = page_of(qtbot, context)
    assert sorted(names(page)) == ["乙公司工会", "甲公司工会"]
    assert page.shown.text().startswith("到期应交 2 份：已交 0，免交 0，逾期没交 2")
    qtmodeltester.check(page.model)
    page.finding.setText("甲公司")
    assert names(page) == ["甲公司工会"]
    page.finding.clear()
    made(author, HeadCount, subject=unions[0], subject_kind="工会", as_of="2026-10", member_count=3)
    page.refresh()
    wait_for_jobs(qtbot, context)
    assert names(page) == ["乙公司工会"]
    page.states.setCurrentIndex(2)
    page.states.activated.emit(2)
    assert names(page) == ["甲公司工会"]
    page.table.selectRow(0)
    assert not page.close_them.isVisible(), "what a count says is not said twice"
    assert "由登记册里的人数" in page.shown.text()


@pytest.mark.usefixtures("unions")
def test_a_word_needs_a_reason_and_can_be_taken_back_and_undone(qtbot: QtBot, context: Context) -> None:
    page = page_of(qtbot, context)
    page.table.selectRow(0)
    assert page.close_them.isVisible()
    assert not page.close_them.isEnabled()
    page.reason.setText("纸质交来")
    page.close_them.click()
    wait_for_jobs(qtbot, context)
    page.refresh()
    wait_for_jobs(qtbot, context)
    assert len(names(page)) == 1
    page.table.selectRow(0)
    page.reason.setText("停产")
    page.excuse.click()
    wait_for_jobs(qtbot, context)
    assert sorted(row.state for row in HandIn.select()) == ["免交", "已交"]
    context.undoing.undo_last()
    wait_for_jobs(qtbot, context)
    assert [row.reason for row in HandIn.select()] == ["纸质交来"]
    page.states.setCurrentIndex(2)
    page.refresh()
    wait_for_jobs(qtbot, context)
    page.table.selectRow(0)
    page.reopen.click()
    wait_for_jobs(qtbot, context)
    assert HandIn.select().count() == 0


@pytest.mark.usefixtures("unions")
def test_the_list_leaves_with_covered_phones_and_the_paper_tells_all(qtbot: QtBot, context: Context, tmp_path: Path) -> None:
    page = page_of(qtbot, context)
    out = tmp_path / "催报.xlsx"
    page.export_to(out)
    wait_for_jobs(qtbot, context)
    sheet = openpyxl.load_workbook(out).worksheets[0]
    assert "199****0021" in [cell.value for cell in sheet[2]]
    with qtbot.waitSignal(page.prints) as asked:
        page.paper.click()
    assert asked.args is not None
    assert asked.args[0] == "chase"
    paper = report_kinds()["chase"].compose(load_index(TODAY), ReportChoices(TODAY, TODAY))
    assert [section.heading for section in paper.sections] == ["沙坪坝区小龙坎街道", "沙坪坝区西永街道"]
    assert paper.sections[0].rows[0][1:9] == [
        "甲公司工会", "周示例", "199****0021", "每月人数", "1", "2026 年 10 月", "2026-11-10", "逾期 12 天",
    ]  # fmt: skip
    assert paper.totals == page.shown.text() == (
        "到期应交 2 份：已交 0，免交 0，逾期没交 2（2 个工会）；未到期 0 份，其中 0 份已交或免交"
    )


@pytest.mark.usefixtures("unions")
def test_the_first_page_counts_what_is_overdue() -> None:
    assert home_agenda(Asked(Standing(TODAY), "", "某人")).overdue == 2
    assert home_agenda(Asked(Standing(TODAY), place("沙坪坝区西永街道"), "某人")).overdue == 1
