"""Only the newest question is answered; a page asks when it is seen, and a form that holds something asks before it is left."""

import threading

from pytestqt.qtbot import QtBot

from ui.kit.asking import Asking
from ui.kit.context import Context
from ui.kit.page import Page
from ui.kit.unsaved import Unsaved


def same(number: int) -> int:
    return number


class Counting(Page):
    """Shows the answers that it was given."""

    SHOWS = frozenset({"worker"})

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.asked = 0
        self.shown: list[int] = []

    def refresh(self) -> None:
        self.asked += 1
        self.ask(same, self.asked, done=self.shown.append)


def test_an_answer_that_nobody_waits_for_any_more_is_dropped(qtbot: QtBot, context: Context) -> None:
    asking, begun = Asking(context.jobs), threading.Event()
    answers: list[object] = []
    context.jobs.run(begun.wait)  # so that both questions wait for their turn
    for number in (1, 2):
        asking.ask(same, number, done=answers.append)
    with qtbot.waitSignal(context.jobs.idle):
        begun.set()
    assert answers == [2]


def test_a_dropped_question_is_not_answered_at_all(qtbot: QtBot, context: Context) -> None:
    asking = Asking(context.jobs)
    answers: list[object] = []
    with qtbot.waitSignal(context.jobs.idle):
        asking.ask(same, 1, done=answers.append, failed=answers.append)
        asking.drop()
    assert answers == []


def test_a_page_asks_when_it_is_seen_and_when_what_it_shows_changed(qtbot: QtBot, context: Context) -> None:
    page = Counting(context)
    qtbot.addWidget(page)
    context.changes.changed.emit({"worker"})
    assert page.asked == 0
    with qtbot.waitSignal(context.jobs.idle):
        page.show()
    assert page.shown == [1]
    context.changes.changed.emit({"union"})
    assert page.asked == 1
    with qtbot.waitSignal(context.jobs.idle):
        context.changes.changed.emit({"worker"})
    assert page.shown == [1, 2]


def test_a_form_with_nothing_in_it_is_left_at_once(context: Context) -> None:
    left: list[str] = []
    unsaved = Unsaved(context, context.jobs, lambda: False, lambda: left.append("dropped"))
    assert not unsaved.asks_first("还没有保存。", lambda: left.append("left"))
    assert (left, context.notices.text) == ([], "")


def test_what_was_typed_is_dropped_only_when_a_person_says_so(context: Context) -> None:
    left: list[str] = []
    unsaved = Unsaved(context, context.jobs, lambda: True, lambda: left.append("dropped"))
    context.notices.show()
    assert unsaved.asks_first("还没有保存。", lambda: left.append("left"))
    assert (left, context.notices.text) == ([], "还没有保存。")
    assert [button.text() for button in context.notices.buttons] == ["放弃修改"]
    context.notices.buttons[-1].click()
    assert left == ["dropped", "left"]
