"""The page of things that stand: listed, counted, entered by a form, their kinds, a list that is handed out."""

from pathlib import Path

import openpyxl
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from models.journal.settings import change_setting
from models.journal.writer import Author
from models.records.region import load_index
from models.records.site import Site
from models.sites.kinds import load_kinds
from reports.catalogue import report_kinds
from reports.choices import ReportChoices
from tests.aids.speaking import TODAY, imported_rows
from tests.aids.waiting import wait_for_jobs
from tests.sites.test_sites import LIST
from ui.kit.context import Context
from ui.sites.page import SitesPage


def page_of(qtbot: QtBot, context: Context) -> SitesPage:
    page = SitesPage(context)
    qtbot.addWidget(page)
    page.resize(1198, 700)
    page.show()
    wait_for_jobs(qtbot, context)
    return page


def filled(author: Author, folder: Path) -> None:
    change_setting("home_district", "沙坪坝区", author)
    imported_rows(author, folder, LIST)


def names(page: SitesPage) -> list[str]:
    return sorted(each["name"] for each in page.model.items)


def test_an_empty_page_tells_how_to_begin(qtbot: QtBot, context: Context) -> None:
    page = page_of(qtbot, context)
    assert "一个镇街写一行数量" in page.nothing.label.text()
    with qtbot.waitSignal(page.wants_import):
        page.nothing.button.click()


def test_what_stands_is_listed_and_counted_and_gone_ones_on_demand(
    qtbot: QtBot, context: Context, author: Author, tmp_path: Path, qtmodeltester: ModelTester
) -> None:
    filled(author, tmp_path)
    page = page_of(qtbot, context)
    assert names(page) == ["三峡广场驿站", "小龙坎商圈驿站", "拆了的站", "西永园区驿站"]
    assert page.totals.text() == "工会驿站 3 个（启用日期不明 1，停用日期不明 1 条）"
    qtmodeltester.check(page.model)
    page.show_all()
    wait_for_jobs(qtbot, context)
    assert len(names(page)) == 5
    page.search("商圈")
    wait_for_jobs(qtbot, context)
    assert names(page) == ["小龙坎商圈驿站"]
    out = tmp_path / "驿站.xlsx"
    page.export_to(out)
    wait_for_jobs(qtbot, context)
    sheet = openpyxl.load_workbook(out).worksheets[0]
    assert "199****0021" in [cell.value for cell in sheet[2]], "numbers stay covered"


def test_one_is_entered_by_the_form_corrected_and_removed(qtbot: QtBot, context: Context) -> None:
    page = page_of(qtbot, context)
    page.new_entry()
    for name, text in {"site_kind": "工会驿站", "name": "甲站", "region": "沙坪坝区小龙坎街道", "since": "2026-05"}.items():
        page.form.editors[name].show_text(text)
    page.form.save.click()
    wait_for_jobs(qtbot, context)
    page.refresh()
    wait_for_jobs(qtbot, context)
    assert names(page) == ["甲站"]
    page.table.selectRow(0)
    page.table.opened.emit(0)
    page.form.editors["until"].show_text("2026-04")
    page.form.save.click()
    wait_for_jobs(qtbot, context)
    assert Site.get().until is None, "it cannot end before it began"
    page.form.editors["until"].show_text("2026-10-01")
    page.form.save.click()
    wait_for_jobs(qtbot, context)
    assert Site.get().until == "2026-10-01"
    page.show_all()
    wait_for_jobs(qtbot, context)
    page.table.opened.emit(0)
    page.form.remove.click()
    wait_for_jobs(qtbot, context)
    assert Site.select().count() == 0


def test_a_word_that_is_no_kind_can_become_one(qtbot: QtBot, context: Context) -> None:
    page = page_of(qtbot, context)
    page.new_entry()
    for name, text in {"site_kind": "暖心长廊", "name": "甲廊"}.items():
        page.form.editors[name].show_text(text)
    page.form.save.click()
    wait_for_jobs(qtbot, context)
    page.form.proposals.buttons[-1].click()
    wait_for_jobs(qtbot, context)
    page.form.save.click()
    wait_for_jobs(qtbot, context)
    assert "暖心长廊" in {kind.name for kind in load_kinds().kinds}
    assert Site.get().name == "甲廊"
    page.kinds_view.show_kinds(load_kinds())
    assert page.kinds_view.table.model().rowCount() == len(load_kinds().kinds)
    assert not page.kinds_view.measures


def test_the_paper_lists_what_stood_on_a_day_by_kind(author: Author, tmp_path: Path) -> None:
    filled(author, tmp_path)
    made = report_kinds()["sites"].compose(load_index(TODAY), ReportChoices(TODAY, TODAY))
    assert [section.heading for section in made.sections] == ["工会驿站"]
    assert len(made.sections[0].rows) == 4
    assert "合计 3 个" in str(made.sections[0])
    assert "199****0021" in str(made.sections[0].rows)
