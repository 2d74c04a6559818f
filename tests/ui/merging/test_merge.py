"""Records that may be one: listed with the reason, compared field by field, merged, taken apart again, or told apart."""

from typing import Any

import pytest
from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from models.journal.writer import Author
from models.records.distinct import DistinctPair
from models.records.employer import Coverage, Employer
from models.records.membership import MembershipEvent
from models.records.union import Union
from models.records.worker import Worker
from tests.aids.merge_cases import contents, every, member
from tests.aids.speaking import LI, TODAY, WANG, listed, made
from tests.aids.waiting import wait_for_jobs
from ui.kit.context import Context
from ui.lists.kinds import listings
from ui.lists.page import RecordsPage
from ui.merging.page import MergePage
from ui.merging.pane import MergePane

SELECT_ROWS = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows


def shown(qtbot: QtBot, context: Context, kind: Any = "worker") -> MergePage:
    page = MergePage(context)
    qtbot.addWidget(page)
    page.resize(1100, 640)
    page.show_kind(kind)
    page.show()
    wait_for_jobs(qtbot, context)
    return page


def pairs(page: MergePage) -> list[tuple[str, ...]]:
    return [
        tuple(str(page.model.index(row, column).data()) for column in range(3)) for row in range(page.model.rowCount())
    ]


@pytest.fixture
def twins(author: Author) -> tuple[str, str]:
    """One person twice: with a number, and without but in a union."""
    union = made(author, Union, name="重庆甲示例有限公司工会")
    one = made(author, Worker, name="王砚舟", id_number=WANG, phone="19900000001", birth_date="1985-03-07")
    other = member(author, union, "王砚舟", phone="19900000001", birth_date="1985-03")
    return one, other


def test_people_that_may_be_one_are_listed_with_the_reason_and_masked_numbers(
    qtbot: QtBot, context: Context, twins: tuple[str, str], qtmodeltester: ModelTester
) -> None:
    page = shown(qtbot, context)
    [(reason, left, right)] = pairs(page)
    assert reason == "姓名和电话都相同"
    assert left.startswith("王砚舟 · 500106**")
    assert WANG not in left
    assert right.startswith("王砚舟 · 199****0001")
    assert page.pane.reason.text() == "可能是同一个：姓名和电话都相同"
    qtmodeltester.check(page.model)


def test_the_value_that_is_chosen_stays_and_the_membership_moves(
    qtbot: QtBot, context: Context, twins: tuple[str, str]
) -> None:
    one, _other = twins
    page = shown(qtbot, context)
    assert list(page.pane.fields.choices) == ["birth_date"]
    assert page.pane.moves.text() == "随之改挂：会籍变动 1。"
    page.pane.fields.choices["birth_date"][1].click()
    wait_for_jobs(qtbot, context)
    page.pane.merge_button.click()
    wait_for_jobs(qtbot, context)
    assert every(Worker, "uid", "birth_date", "membership_state") == [(one, "1985-03", "在册")]
    assert every(MembershipEvent, "worker") == [(one,)]
    assert pairs(page) == []
    assert page.nothing.isVisible()
    assert context.notices.text == "已合并“王砚舟”的两条记录。"


def test_a_merge_is_taken_back_from_the_banner_and_the_pair_is_listed_again(
    qtbot: QtBot, context: Context, twins: tuple[str, str]
) -> None:
    before = contents()
    page = shown(qtbot, context)
    page.pane.merge_button.click()
    wait_for_jobs(qtbot, context)
    context.notices.buttons[0].click()
    wait_for_jobs(qtbot, context)
    assert contents() == before
    assert len(pairs(page)) == 1


def test_swapped_the_right_record_is_the_one_that_stays(qtbot: QtBot, context: Context, twins: tuple[str, str]) -> None:
    page = shown(qtbot, context)
    page.pane.swap.click()
    wait_for_jobs(qtbot, context)
    assert page.pane.fields.heads[0].text() == "保留：王砚舟\n在册 · 重庆甲示例有限公司工会"
    page.pane.merge_button.click()
    wait_for_jobs(qtbot, context)
    assert every(Worker, "uid", "id_number", "birth_date") == [(twins[1], WANG, "1985-03")]


def test_two_that_are_told_apart_are_never_proposed_again_until_that_is_undone(
    qtbot: QtBot, context: Context, twins: tuple[str, str]
) -> None:
    page = shown(qtbot, context)
    page.pane.part_button.click()
    wait_for_jobs(qtbot, context)
    assert every(DistinctPair, "left", "right", "reason") == [(*sorted(twins), "name-phone")]
    page.refresh()
    wait_for_jobs(qtbot, context)
    assert pairs(page) == []
    context.undoing.undo_last()
    wait_for_jobs(qtbot, context)
    assert len(pairs(page)) == 1


def test_skipping_leaves_both_and_shows_the_next_pair(qtbot: QtBot, context: Context, author: Author) -> None:
    for name, phone in (("王砚舟", "19900000001"), ("李砚舟", "19900000002")):
        for _time in range(2):
            made(author, Worker, name=name, phone=phone)
    page = shown(qtbot, context)
    names = []
    for _pair in range(3):
        names.append(page.pane.fields.heads[0].text().splitlines()[0])
        page.pane.pass_button.click()
        wait_for_jobs(qtbot, context)
    assert names == ["保留：王砚舟", "保留：李砚舟", "保留：王砚舟"]
    assert len(listed("workers", "name")) == 4


def test_three_of_one_are_merged_one_after_the_other(qtbot: QtBot, context: Context, author: Author) -> None:
    for _time in range(3):
        made(author, Employer, name="重庆甲示例有限公司")
    page = shown(qtbot, context, "employer")
    assert len(pairs(page)) == 2
    for left in (1, 0):
        page.pane.merge_button.click()
        wait_for_jobs(qtbot, context)
        assert len(pairs(page)) == left
    assert len(every(Employer, "uid")) == 1


def test_an_employers_union_can_be_chosen_and_the_other_coverage_ends(
    qtbot: QtBot, context: Context, author: Author
) -> None:
    firms = [made(author, Employer, name="重庆甲示例有限公司") for _time in range(2)]
    unions = [made(author, Union, name=name) for name in ("甲联合工会", "乙联合工会")]
    for firm, union in zip(firms, unions, strict=True):
        made(author, Coverage, employer=firm, union=union, since="2024-05-06")
    page = shown(qtbot, context, "employer")
    assert page.pane.fields.values["union"] == ("甲联合工会", "乙联合工会")
    page.pane.fields.choices["union"][1].click()
    wait_for_jobs(qtbot, context)
    page.pane.merge_button.click()
    wait_for_jobs(qtbot, context)
    found = set(every(Coverage, "union", "employer", "until"))
    assert found == {(unions[0], firms[0], TODAY.isoformat()), (unions[1], firms[0], None)}


def test_two_that_lie_in_different_places_are_not_merged_and_it_is_said_why(
    qtbot: QtBot, context: Context, author: Author
) -> None:
    places = [context.index.resolve(name).uid for name in ("沙坪坝区", "渝中区")]
    one, other = (made(author, Employer, name="重庆甲示例有限公司", region=place) for place in places)
    pane = MergePane(context)
    qtbot.addWidget(pane)
    pane.show()
    pane.open("employer", one, other)
    wait_for_jobs(qtbot, context)
    assert pane.moves.text().startswith("两条记录的区划不同（沙坪坝区、渝中区）")
    assert not pane.merge_button.isEnabled()
    assert pane.part_button.isEnabled()


def test_numbers_that_differ_can_be_seen_in_full_after_saying_so(
    qtbot: QtBot, context: Context, author: Author
) -> None:
    one, other = (made(author, Worker, name="王砚舟", id_number=number) for number in (WANG, LI))
    pane = MergePane(context)
    qtbot.addWidget(pane)
    pane.show()
    pane.open("worker", one, other)
    wait_for_jobs(qtbot, context)
    assert not {WANG, LI} & set(pane.fields.values["id_number"])
    pane.unmask.click()
    context.notices.buttons[0].click()
    wait_for_jobs(qtbot, context)
    assert pane.fields.values["id_number"] == (WANG, LI)


def test_enter_in_the_list_goes_to_the_merge_button(qtbot: QtBot, context: Context, twins: tuple[str, str]) -> None:
    page = shown(qtbot, context)
    page.activateWindow()
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert page.focusWidget() is page.pane.merge_button


def test_pair_after_pair_is_settled_with_the_keyboard(
    qtbot: QtBot, context: Context, author: Author, twins: tuple[str, str]
) -> None:
    made(author, Worker, name="王砚舟", phone="19900000001")
    page = shown(qtbot, context)
    context.notices.setParent(page)  # as in the window: a window of its own would take the keyboard
    page.activateWindow()
    count = page.model.rowCount()
    assert count > 1
    page.table.setFocus()
    for _step in range(2):
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Space):
            qtbot.keyClick(page.focusWidget(), key)
            wait_for_jobs(qtbot, context)
        if page.model.rowCount():
            assert page.table.hasFocus()
        else:
            assert page.kinds["worker"].hasFocus()
            break
    assert page.model.rowCount() < count
    context.notices.setParent(None)


def test_the_page_opens_on_the_kind_that_has_something_to_look_at(qtbot: QtBot, context: Context, author: Author) -> None:
    for name in ("重庆砚屿机械有限公司", "重庆砚屿机械有限责任公司"):
        made(author, Employer, name=name)
    page = MergePage(context)
    qtbot.addWidget(page)
    page.show()
    wait_for_jobs(qtbot, context)
    assert (page.kind, page.kinds["employer"].isChecked(), page.model.rowCount()) == ("employer", True, 1)
    qtbot.mouseClick(page.kinds["worker"], Qt.MouseButton.LeftButton)
    wait_for_jobs(qtbot, context)
    assert (page.kind, page.model.rowCount()) == ("worker", 0)  # who chose an empty one sees that it is empty
    page.refresh()
    wait_for_jobs(qtbot, context)
    assert page.kind == "worker"


def test_two_that_a_person_selects_in_a_list_are_compared_before_all_others(
    qtbot: QtBot, context: Context, author: Author, twins: tuple[str, str]
) -> None:
    third = made(author, Worker, name="王舟")
    page = MergePage(context)
    qtbot.addWidget(page)
    page.show_pair("worker", twins[0], third)
    page.show()
    wait_for_jobs(qtbot, context)
    assert [pair[0] for pair in pairs(page)] == ["选中的两条", "姓名和电话都相同"]
    page.pane.fields.choices["name"][1].click()
    wait_for_jobs(qtbot, context)
    page.pane.merge_button.click()
    wait_for_jobs(qtbot, context)
    assert set(every(Worker, "name")) == {("王舟",), ("王砚舟",)}
    assert [pair[0] for pair in pairs(page)] == ["姓名和电话都相同"]


def test_two_rows_of_a_list_go_to_the_merge_and_three_do_not(qtbot: QtBot, context: Context, author: Author) -> None:
    made_ones = [made(author, Worker, name=name) for name in ("王一", "王二", "王三")]
    page = RecordsPage(context, listings()["workers"])
    qtbot.addWidget(page)
    page.show()
    wait_for_jobs(qtbot, context)
    assert page.bulk is not None
    page.table.selectAll()
    page.bar.wants_merge.emit()
    assert context.notices.text == "请正好选中两条记录，再合并。"
    page.table.clearSelection()
    rows = QItemSelection(page.model.index(0, 0), page.model.index(1, 0))
    page.table.selectionModel().select(rows, SELECT_ROWS)
    with qtbot.waitSignal(page.bulk.merging) as heard:
        page.bar.wants_merge.emit()
    assert heard.args == ["worker", made_ones[0], made_ones[1]]


def test_an_empty_register_says_when_to_come_back(qtbot: QtBot, context: Context) -> None:
    page = shown(qtbot, context, "union")
    assert page.nothing.label.text() == "“工会”里没有可能重复的记录。导入新的表格以后再来看。"
