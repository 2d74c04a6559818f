"""The quick form of a visit, and the board by keys and with many cards."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from models.drive.contacts import contacts_of
from models.journal.writer import Author, batch
from models.records.drive_case import DriveCase
from models.records.employer import Employer
from models.records.headcount import HeadCount
from models.uid import new_uid
from tests.aids.case_world import case_of, edit, reconciled
from tests.aids.speaking import TODAY
from tests.aids.typing import strike
from tests.aids.waiting import wait_for_jobs
from tests.ui.drive.test_drive import MOON, SMALL, STAR, cards, page_of, three
from ui.drive.cards import SHOWN
from ui.kit.context import Context

__all__ = ["three"]


def write(field: QWidget, text: str) -> None:
    """Type as an input method does: a key that carries the text."""
    keys = Qt.KeyboardModifier.NoModifier
    for sign in text:
        QApplication.sendEvent(field, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_unknown, keys, sign))


def test_keys_lead_through_the_board_and_move_a_card(
    qtbot: QtBot, context: Context, author: Author, three: dict[str, str]
) -> None:
    edit(author, DriveCase, case_of(three[STAR])["uid"], stage="已请示")
    page = page_of(qtbot, context)
    page.tabs.setCurrentWidget(page.board)
    first, second, third = (page.board.columns[stage] for stage in ("待筹建", "已接触", "已请示"))
    first.setFocus()
    first.setCurrentIndex(first.cards.index(0))
    qtbot.keyClick(first, Qt.Key.Key_Right)
    assert third.hasFocus()
    assert third.currentIndex().row() == 0
    qtbot.keyClick(third, Qt.Key.Key_Left)
    assert first.hasFocus()
    qtbot.keyClick(first, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    wait_for_jobs(qtbot, context)
    assert cards(page) == {"已接触": [MOON], "已请示": [STAR]}
    assert page.focusWidget() is second
    assert second.cards.item(second.currentIndex()).name == MOON
    qtbot.keyClick(second, Qt.Key.Key_Return)
    wait_for_jobs(qtbot, context)
    assert page.pane.uid == three[MOON]


def test_the_board_begins_with_a_card_for_the_keys_and_comes_back_to_it(
    qtbot: QtBot, context: Context, author: Author, three: dict[str, str]
) -> None:
    for name in (MOON, STAR):
        edit(author, DriveCase, case_of(three[name])["uid"], stage="已接触")
    page = page_of(qtbot, context)
    page.table.setFocus()
    page.tabs.setCurrentWidget(page.board)
    column = page.board.columns["已接触"]
    assert page.focusWidget() is column
    assert column.currentIndex().row() == 0
    qtbot.keyClick(column, Qt.Key.Key_Down)
    qtbot.keyClick(column, Qt.Key.Key_Return)
    wait_for_jobs(qtbot, context)
    page.pane.closed.emit()
    assert page.focusWidget() is column
    assert column.currentIndex().row() == 1


def test_closing_a_file_goes_back_to_the_list_it_was_opened_from(
    qtbot: QtBot, context: Context, three: dict[str, str]
) -> None:
    page = page_of(qtbot, context)
    for part, keys in ((page.list, page.table), (page.places, page.places), (page.due, page.due.table),
                       (page.sources, page.sources.table)):  # fmt: skip
        page.tabs.setCurrentWidget(part)
        wait_for_jobs(qtbot, context)
        page.open_case(three[MOON])
        wait_for_jobs(qtbot, context)
        page.pane.closed.emit()
        assert page.focusWidget() is keys


def test_a_list_that_holds_nobody_says_what_to_do(qtbot: QtBot, context: Context, three: dict[str, str]) -> None:
    page = page_of(qtbot, context)
    assert not page.list.nothing.isVisible()
    page.search("没有这一家")
    assert page.list.nothing.isVisible()
    assert "放宽上面的条件" in page.list.nothing.label.text()
    page.search("")
    assert page.table.isVisible()


def test_a_field_for_a_day_shows_a_whole_date_as_its_hint(qtbot: QtBot, context: Context, three: dict[str, str]) -> None:
    page = page_of(qtbot, context)
    page.start_visit()
    day = page.visit.following.editors["next_action_date"]
    for width, hint in ((130, "2024-05-06"), (180, "例如 2024-05-06"), (330, "例如 2024-05-06、2024-05、昨天")):
        day.resize(width, day.height())
        field = day.focusProxy()
        assert isinstance(field, QLineEdit)
        assert field.placeholderText() == hint


def test_a_card_says_that_a_number_is_about_right(
    qtbot: QtBot, context: Context, author: Author, three: dict[str, str]
) -> None:
    with batch("edit", author) as writer:
        count = {"subject": three[MOON], "subject_kind": "单位", "as_of": "2026-11-01", "source": "街道摸排"}
        writer.create(HeadCount, {"uid": new_uid(), **count, "staff_count": 90, "approximate": 1})
    page = page_of(qtbot, context)
    page.tabs.setCurrentWidget(page.board)
    column = page.board.columns["待筹建"]
    said = [column.cards.index(row).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(column.cards.rowCount())]
    assert any("约 90 人" in card for card in said)


def test_a_long_column_shows_its_first_cards_and_more_on_demand(
    qtbot: QtBot, context: Context, author: Author, qtmodeltester: ModelTester
) -> None:
    with batch("edit", author) as writer:
        for number in range(SHOWN + 30):
            uid = new_uid()
            known = {"nature": "私营企业", "non_public": 1, "operating": 1}
            writer.create(Employer, {"uid": uid, "name": f"重庆示例{number:03d}有限公司", **known})
            count = {"subject": uid, "subject_kind": "单位", "as_of": "2026-06-30", "source": "税务", "staff_count": 30}
            writer.create(HeadCount, {"uid": new_uid(), **count})
    reconciled(author)
    page = page_of(qtbot, context)
    page.tabs.setCurrentWidget(page.board)
    column, more = page.board.columns["待筹建"], page.board.more["待筹建"]
    assert page.board.titles["待筹建"].text() == f"待筹建  {SHOWN + 30}"
    assert (column.cards.rowCount(), more.text()) == (SHOWN, "还有 30 家")
    more.click()
    assert column.cards.rowCount() == SHOWN + 30
    assert not more.isVisible()
    qtmodeltester.check(column.cards)


def test_a_visit_is_kept_in_one_walk_of_the_enter_key(qtbot: QtBot, context: Context, three: dict[str, str]) -> None:
    page = page_of(qtbot, context)
    page.visiting.click()
    form = page.visit
    assert form.employer.hasFocus()
    write(form.employer, STAR)
    strike(page, Qt.Key.Key_Return)
    fields = {**form.fields.editors, **form.following.editors}
    typed = {
        "date": "", "way": "dianhua", "person_met": "周示例", "attitude": "观望", "outcome": "答应先摸清人数",
        "next_action": "再去一次", "next_action_date": "2026-12-01",
    }  # fmt: skip
    for name, text in typed.items():
        field = fields[name].focusProxy()
        assert field is not None
        qtbot.waitUntil(field.hasFocus)
        write(field, text)
        if name == "attitude":  # an entry that the arrow keys went to leads on with the same Enter
            strike(page, Qt.Key.Key_Down)
        strike(page, Qt.Key.Key_Return)
    wait_for_jobs(qtbot, context)
    case = case_of(three[STAR])
    (contact,) = contacts_of(case["uid"])
    told = [contact[name] for name in ("date", "way", "person_met", "attitude", "outcome", "organizer")]
    assert told == [TODAY.isoformat(), "电话", "周示例", "观望", "答应先摸清人数", context.author.person]
    assert (case["next_action"], case["next_action_date"], case["attitude"]) == ("再去一次", "2026-12-01", "观望")
    assert form.told.text() == f"刚记下：{STAR}"
    assert page.focusWidget() is form.employer
    assert not form.dirty
    context.notices.buttons[0].click()
    wait_for_jobs(qtbot, context)
    assert contacts_of(case["uid"]) == []


def test_another_day_is_typed_over_the_one_that_is_proposed(
    qtbot: QtBot, context: Context, three: dict[str, str]
) -> None:
    page = page_of(qtbot, context)
    page.table.selectRow([row.name for row in page.model.items].index(MOON))
    page.start_visit()
    day = page.visit.fields.editors["date"].focusProxy()
    assert day is not None
    qtbot.waitUntil(day.hasFocus)
    write(day, "2026-11-20")
    assert page.visit.fields.texts()["date"] == "2026-11-20"


def test_what_a_visit_lacks_is_told_and_the_form_stays(qtbot: QtBot, context: Context, three: dict[str, str]) -> None:
    page = page_of(qtbot, context)
    page.table.selectRow([row.name for row in page.model.items].index(MOON))
    page.start_visit()
    form = page.visit
    assert form.employer.uid == three[MOON]
    form.employer.choose("", "")
    form.keep.click()
    assert "请先选一个单位" in context.notices.text
    form.employer.choose(three[SMALL], SMALL)
    form.fields.propose({"way": "电话"})
    with qtbot.waitSignal(context.jobs.refused) as refused:
        form.keep.click()
    assert "没有建会台账" in str(refused.args[0])
    assert form.fields.texts()["way"] == "电话"
    form.close_button.click()
    assert not page.file.isHidden()
    context.notices.buttons[0].click()
    assert page.file.isHidden()


def test_a_visit_kept_without_opening_the_file_stands_in_its_timeline(
    qtbot: QtBot, context: Context, three: dict[str, str]
) -> None:
    page, uid = page_of(qtbot, context), three[MOON]
    page.open_case(uid, "contacts")
    wait_for_jobs(qtbot, context)
    page.start_visit()
    assert page.file.currentWidget() is page.visit
    page.visit.employer.choose(uid, MOON)
    page.visit.fields.propose({"way": "实地走访", "attitude": "同意", "outcome": "下周报请示"})
    page.visit.write()
    wait_for_jobs(qtbot, context)
    assert [button.text() for button in context.notices.buttons] == ["撤销", "转到“已接触”"]
    context.notices.buttons[1].click()
    wait_for_jobs(qtbot, context)
    assert case_of(uid)["stage"] == "已接触"
    page.open_case(uid, "contacts")
    wait_for_jobs(qtbot, context)
    assert page.pane.contacts.list.item(0).text().startswith(f"{TODAY.isoformat()}　实地走访")
    assert "下周报请示" in page.pane.contacts.list.item(0).text()
