"""What the reports page remembers of choices and of what was handed out, the preview's ways to look, and printing that goes on
beside.
"""

import time
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from models.journal.writer import Author
from models.register.laptop import read_laptop
from tests.aids.agreeing import agreeing
from tests.aids.case_world import employer, union
from tests.aids.sound_union import member
from tests.aids.trailed import kept
from tests.aids.waiting import wait_for_jobs
from ui.kit.context import Context
from ui.kit.jobs import Job
from ui.kit.whom import WhomDialog
from ui.papers.page import ReportsPage

UNION, OTHER = "重庆砚屿软件技术有限公司工会", "重庆禾榉食品有限公司工会"


@pytest.fixture
def filled(author: Author) -> str:
    """Two unions, the first of two members, the other of one: the other's uid."""
    first, other = union(author, UNION), union(author, OTHER)
    for name, of in (("王五", first), ("李六", first), ("赵七", other)):
        member(author, name, ("入会", "2024-05-06", of), phone="19900000001")
    for number in range(40):
        employer(author, f"重庆{number}号示例有限公司", 30 + number, "渝中区大坪街道")
    return other


def pause() -> None:
    """Keep the worker thread from what comes next."""
    time.sleep(0.5)


def shown_page(qtbot: QtBot, context: Context) -> ReportsPage:
    page = ReportsPage(context)
    qtbot.addWidget(page)
    page.resize(1150, 680)
    page.show()
    wait_for_jobs(qtbot, context)
    return page


def choose(qtbot: QtBot, page: ReportsPage, title: str) -> None:
    (item,) = page.kinds.findItems(title, Qt.MatchFlag.MatchExactly)
    page.kinds.setCurrentItem(item)
    wait_for_jobs(qtbot, page._context)


def test_a_report_begins_as_it_was_left_and_nobody_stands_in_the_laptops_file(
    qtbot: QtBot, context: Context, filled: str
) -> None:
    page = shown_page(qtbot, context)
    page.choices.union.choose(filled)
    page.choices.changed.emit()
    choose(qtbot, page, "名单")
    page.choices.layout_of_list.setCurrentIndex(page.choices.layout_of_list.findData("workers/公示名单"))
    wait_for_jobs(qtbot, context)
    page.hide()
    again = shown_page(qtbot, context)
    assert again.choices.union.uid == filled
    choose(qtbot, again, "名单")
    assert again.choices.layout_of_list.currentData() == "workers/公示名单"
    assert again.report is not None
    assert again.report.title == "公示名单"
    told = str(read_laptop())
    assert not any(word in told for word in ("王五", "赵七", UNION, OTHER))


def test_what_is_not_in_this_register_is_not_chosen(qtbot: QtBot, context: Context, filled: str) -> None:
    page = shown_page(qtbot, context)
    page.choices.union.choose(filled)
    page.choices.changed.emit()
    wait_for_jobs(qtbot, context)
    page._chosen["roster"] = page._chosen["roster"].__class__(context.today, context.today, union="gone", level="none")
    page.hide()
    again = shown_page(qtbot, context)
    assert again.report is not None
    assert again.report.organization == UNION, "the union with the most members, as at first"


def test_what_was_handed_out_last_is_at_hand(qtbot: QtBot, context: Context, filled: str, tmp_path: Path) -> None:
    page = shown_page(qtbot, context)
    page.last.menu().aboutToShow.emit()
    assert [each.text() for each in page.last.menu().actions()] == ["还没有打印过"]
    page.choices.union.choose(filled)
    page.choices.changed.emit()
    wait_for_jobs(qtbot, context)
    page.save_to(tmp_path / "a.docx")
    choose(qtbot, page, "应建未建单位清单")
    page.save_to(tmp_path / "b.pdf")
    page.save_to(tmp_path / "c.pdf")
    wait_for_jobs(qtbot, context)
    page.last.menu().aboutToShow.emit()
    actions = page.last.menu().actions()
    assert [each.text().split("　")[0] for each in actions] == ["应建未建单位清单", "会员花名册"]
    actions[1].trigger()
    wait_for_jobs(qtbot, context)
    assert page.report is not None
    assert (page.kind.name, page.report.organization) == ("roster", OTHER)


def test_two_pages_and_all_pages_small(qtbot: QtBot, context: Context, filled: str) -> None:
    page = shown_page(qtbot, context)
    choose(qtbot, page, "应建未建单位清单")
    preview = page.preview
    pages = preview.number.maximum()
    assert pages > 1
    preview.zoom.setCurrentIndex(preview.zoom.findText("75%"))
    one = preview.page.width()
    preview.two.click()
    assert preview.page.width() > 2 * one
    preview.after.click()
    assert preview.number.value() == min(3, pages)
    preview.small.click()
    assert preview.thumbs.isVisible()
    assert preview.thumbs.model().rowCount() == pages
    QAbstractItemModelTester(preview.thumbs.model(), QAbstractItemModelTester.FailureReportingMode.Warning)
    icon = preview.thumbs.model().data(preview.thumbs.model().index(1, 0), Qt.ItemDataRole.DecorationRole)
    assert not icon.isNull()
    rect = preview.thumbs.visualRect(preview.thumbs.model().index(1, 0))
    qtbot.mouseClick(preview.thumbs.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    assert preview.number.value() == 2


def test_it_is_printed_beside_and_kept_in_the_trail_when_it_is_done(
    qtbot: QtBot, context: Context, filled: str, printer_file: Path
) -> None:
    page = shown_page(qtbot, context)
    choose(qtbot, page, "应建未建单位清单")
    page.choices.draft.click()
    wait_for_jobs(qtbot, context)
    assert page.preview.layout_shown is not None
    assert page.preview.layout_shown.watermark == "草稿"
    with agreeing(WhomDialog, lambda _dialog: context.jobs.run(pause)):
        page.print.click()
    assert [title for title in context.jobs.titles if "应建未建" in title]
    wait_for_jobs(qtbot, context)
    book = pypdfium2.PdfDocument(printer_file)
    assert len(book) == len(page.preview.layout_shown.pages)
    assert [each.act for each in kept()][-1] == "print"
    assert context.notices.text.startswith("已送到打印机：")


def test_a_print_that_is_stopped_is_not_in_the_trail(
    qtbot: QtBot, context: Context, filled: str, printer_file: Path
) -> None:
    page = shown_page(qtbot, context)
    choose(qtbot, page, "应建未建单位清单")
    jobs: list[Any] = []
    context.jobs.started.connect(jobs.append)
    with agreeing(WhomDialog, lambda _dialog: context.jobs.run(pause)):  # what is before it in the queue
        page.print.click()
    job: Job = jobs[-1]
    assert job.stoppable
    job.cancel()
    wait_for_jobs(qtbot, context)
    assert not [each for each in kept() if each.act == "print"]
    assert context.notices.text == ""
