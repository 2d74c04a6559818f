"""Cases that follow the list by themselves while the window is open: told once, undone for good, never in a circle."""


import pytest
from pytestqt.qtbot import QtBot

from models.journal.log import Batch
from models.journal.writer import Author
from models.records.drive_case import DriveCase
from models.records.headcount import HeadCount
from tests.aids.case_world import case_of, count, employer, reconciled
from tests.aids.speaking import last_batch
from tests.aids.waiting import wait_for_jobs
from ui.drive.reconciling import Reconciling
from ui.history.page import HistoryPage
from ui.kit.context import Context
from ui.kit.notices import Action

MOON, SMALL = "重庆山示例公司", "重庆小示例公司"


@pytest.fixture
def small(author: Author) -> str:
    """An employer below the line, beside one on the list that has its case."""
    employer(author, MOON, 126)
    made = employer(author, SMALL, 8)
    reconciled(author)
    return made


def test_a_case_opens_and_closes_by_itself_when_a_count_changes(
    qtbot: QtBot, context: Context, author: Author, small: str
) -> None:
    Reconciling(context, context.jobs)
    wait_for_jobs(qtbot, context)
    before = last_batch()
    context.changes.changed.emit({"head_count"})
    wait_for_jobs(qtbot, context)
    assert (last_batch(), context.notices.text) == (before, "")
    count(author, small, 40, "2026-11-01")
    context.changes.changed.emit({"head_count"})
    wait_for_jobs(qtbot, context)
    assert context.notices.text == "建会台账：新增 1 家。"
    assert case_of(small)["closed_on"] is None
    count(author, small, 9, "2026-11-02")
    context.changes.changed.emit({"head_count"})
    wait_for_jobs(qtbot, context)
    assert case_of(small)["closed_because"] == "不足人数"
    assert [row.kind for row in Batch.select().order_by(Batch.id.desc()).limit(2)] == ["cases", "edit"]


def test_what_was_told_before_stays_beside_what_the_cases_did(
    qtbot: QtBot, context: Context, author: Author, small: str
) -> None:
    Reconciling(context, context.jobs)
    wait_for_jobs(qtbot, context)
    context.notices.tell("已保存。")
    count(author, small, 40, "2026-11-01")
    context.changes.changed.emit({"head_count"})
    wait_for_jobs(qtbot, context)
    assert context.notices.text == "已保存。 建会台账：新增 1 家。"
    assert [button.text() for button in context.notices.buttons] == ["撤销台账变动"]


def test_cases_that_a_person_took_back_do_not_come_again_by_themselves(
    qtbot: QtBot, context: Context, author: Author
) -> None:
    uid = employer(author, MOON, 126)
    Reconciling(context, context.jobs)
    wait_for_jobs(qtbot, context)
    assert context.notices.text == "建会台账：新增 1 家。"
    context.notices.buttons[0].click()
    wait_for_jobs(qtbot, context)
    assert DriveCase.select().count() == 0
    assert Batch.select().order_by(Batch.id.desc()).get().kind == "undo"
    count(author, uid, 127, "2026-11-02")
    context.changes.changed.emit({"head_count"})
    wait_for_jobs(qtbot, context)
    assert DriveCase.select().count() == 1


def test_undoing_what_brought_an_employer_takes_its_case_along(qtbot: QtBot, context: Context, author: Author) -> None:
    employer(author, MOON, 126)
    counting, creating = last_batch(), last_batch() - 1
    Reconciling(context, context.jobs)
    wait_for_jobs(qtbot, context)
    assert DriveCase.select().count() == 1
    for number in (counting, creating):
        context.undoing.undo(number)
        wait_for_jobs(qtbot, context)
    assert (HeadCount.select().count(), DriveCase.select().count()) == (0, 0)


def test_a_question_that_waits_is_not_lost_when_a_case_opens(
    qtbot: QtBot, context: Context, author: Author, small: str
) -> None:
    Reconciling(context, context.jobs)
    wait_for_jobs(qtbot, context)
    answers: list[str] = []
    context.notices.ask("跳过吗？", Action("跳过", lambda: answers.append("跳过")))
    count(author, small, 40, "2026-11-01")
    context.changes.changed.emit({"head_count"})
    wait_for_jobs(qtbot, context)
    assert [button.text() for button in context.notices.buttons] == ["跳过", "撤销台账变动"]
    context.notices.buttons[0].click()
    assert answers == ["跳过"]


def test_the_history_names_what_cases_did(qtbot: QtBot, context: Context, small: str) -> None:
    page = HistoryPage(context)
    qtbot.addWidget(page)
    page.show()
    wait_for_jobs(qtbot, context)
    shown = [page.past.index(row, 3).data() for row in range(page.past.rowCount())]
    assert shown[0] == "建会台账：与名单对齐"
    assert set(shown[1:]) == {"登记、修改"}
    assert page.past.index(0, 4).data() == "—"
    assert (page.look.isEnabled(), page.undo_button.isEnabled()) == (False, True)
