"""The parts of the drive's page: what becomes a sheet, what narrows which of them."""

from pathlib import Path

import openpyxl
from pytestqt.qtbot import QtBot

from models.journal.writer import Author
from models.records.drive_case import DriveCase
from tests.aids.case_world import case_of, edit
from tests.aids.waiting import wait_for_jobs
from tests.ui.drive.test_drive import MOON, STAR, page_of, three
from ui.kit.context import Context

__all__ = ["three"]


def test_the_part_that_is_looked_at_becomes_the_sheet(
    qtbot: QtBot, context: Context, author: Author, three: dict[str, str], tmp_path: Path
) -> None:
    edit(author, DriveCase, case_of(three[STAR])["uid"], next_action="送达意见书", next_action_date="2026-11-20")
    page = page_of(qtbot, context)
    written = {}
    for part in (page.places, page.due, page.sources):
        page.tabs.setCurrentWidget(part)
        wait_for_jobs(qtbot, context)
        assert (page.export.isEnabled(), page.paper.isEnabled()) == (True, False)
        path = tmp_path / f"{page.tabs.tabText(page.tabs.currentIndex())}.xlsx"
        page.export_to(path)
        wait_for_jobs(qtbot, context)
        written[path.stem] = list(openpyxl.load_workbook(path).active.values)
    assert [row[:3] for row in written["按区县镇街"]] == [
        ("区县、镇街、村社区", "非公单位", "应建未建"), ("渝中区", 1, 1), ("　　大坪街道", 1, 1), ("沙坪坝区", 2, 1),
        ("　　小龙坎街道", 2, 1),
    ]  # fmt: skip
    assert [row[:4] for row in written["本周要办"][1:]] == [(STAR, "2026-11-20", 2, "送达意见书")]
    assert written["摸排比对"][0] == ("单位", "所在区划", "哪些来源有它")
    page.tabs.setCurrentWidget(page.list)
    assert page.paper.isEnabled()


def test_what_narrows_only_the_list_leads_to_it(
    qtbot: QtBot, context: Context, author: Author, three: dict[str, str]
) -> None:
    edit(author, DriveCase, case_of(three[STAR])["uid"], organizer="陈示例", next_action_date="2026-11-20")
    edit(author, DriveCase, case_of(three[MOON])["uid"], organizer="周示例", next_action_date="2026-11-21")
    page = page_of(qtbot, context)
    page.tabs.setCurrentWidget(page.due)
    wait_for_jobs(qtbot, context)
    assert [row.name for row in page.due.model.items] == [STAR, MOON]
    page.filters.organizer.setCurrentIndex(page.filters.organizer.findData("陈示例"))
    wait_for_jobs(qtbot, context)
    assert page.tabs.currentWidget() is page.due
    assert [row.name for row in page.due.model.items] == [STAR]
    page.filters.overdue.click()
    assert page.tabs.currentWidget() is page.list
    assert [row.name for row in page.model.items] == [STAR]
    page.tabs.setCurrentWidget(page.places)
    page.search(STAR)
    assert page.tabs.currentWidget() is page.list
    page.tabs.setCurrentWidget(page.board)
    page.filters.overdue.click()
    assert page.tabs.currentWidget() is page.board
