"""One employer, one file: what stands in it, a visit told, papers, the plan, a union founded or joined, all of it undone."""


import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from models.drive.contacts import contacts_of
from models.drive.founding import found_union
from models.drive.ladder import NO_FINE, READINGS
from models.drive.moves import move
from models.journal.writer import Author
from models.records.drive_case import CasePaper
from models.records.employer import Coverage
from models.records.union import Union
from tests.aids.case_world import case_of, count, employer, file, reconciled, union
from tests.aids.speaking import TODAY, last_batch
from tests.aids.waiting import shown_page, wait_for_jobs
from ui.drive.case_pane import CasePane
from ui.drive.page import DrivePage
from ui.kit.context import Context

COMPANY, OTHER = "重庆山示例公司", "重庆星示例公司"


@pytest.fixture
def uid(author: Author) -> str:
    """An employer on the list, with its case, and another one."""
    made = employer(author, COMPANY, 126, "沙坪坝区小龙坎街道", founding_date="2020-05-06", phone="19900000001")
    employer(author, OTHER, 30, "沙坪坝区小龙坎街道")
    reconciled(author)
    return made


@pytest.fixture
def page(qtbot: QtBot, context: Context, uid: str) -> DrivePage:
    return shown_page(qtbot, context, DrivePage(context), (1180, 640))


def opened(qtbot: QtBot, page: DrivePage, uid: str, part: str = "") -> CasePane:
    page.open_case(uid, part)
    wait_for_jobs(qtbot, page._context)
    return page.pane


def told(pane: CasePane) -> str:
    """Everything that one reads in the pane."""
    return "\n".join(label.text() for label in pane.findChildren(QLabel) if not label.isHidden())


def undone(qtbot: QtBot, page: DrivePage) -> None:
    page._context.undoing.undo_last()
    wait_for_jobs(qtbot, page._context)


def test_the_file_tells_what_is_known_of_an_employer(qtbot: QtBot, page: DrivePage, author: Author, uid: str) -> None:
    count(author, uid, 131, "2026-09", "社保", member_count=0)
    pane = opened(qtbot, page, uid)
    text = told(pane)
    assert pane.title.text() == COMPANY
    for part in ("沙坪坝区小龙坎街道", "社保 2026-09：131 人，达到 25 人，没有工会覆盖", "126", "131", "R03", "依据："):
        assert part in text
    assert "19900000001" not in text
    assert "199****0001" in text


def test_a_row_opens_its_file_and_esc_closes_it(qtbot: QtBot, page: DrivePage, uid: str) -> None:
    row = [item.uid for item in page.model.items].index(uid)
    page.table.opened.emit(row)
    wait_for_jobs(qtbot, page._context)
    assert page.file.isVisible()
    page.pane.leave()
    assert not page.file.isVisible()


def test_a_visit_is_told_with_attitude_paper_and_next_step(qtbot: QtBot, page: DrivePage, uid: str) -> None:
    pane = opened(qtbot, page, uid, "contacts")
    view = pane.contacts
    assert view.fields.texts()["date"] == TODAY.isoformat()
    view.fields.propose({
        "way": "实地走访", "person_met": "周示例", "post": "人事经理", "attitude": "观望", "outcome": "要问总部",
        "paper": "建会宣传函", "paper_number": "沙工函 3 号", "receipt": "是", "promise_date": "2026-12-01",
    })  # fmt: skip
    view.following.propose({"next_action": "再次上门", "next_action_date": "2026-12-02"})
    view.keep.click()
    wait_for_jobs(qtbot, page._context)
    case = case_of(uid)
    (kept,) = contacts_of(case["uid"])
    assert (kept["person_met"], kept["receipt"], kept["promise_date"]) == ("周示例", 1, "2026-12-01")
    assert (case["attitude"], case["next_action"], case["next_action_date"]) == ("观望", "再次上门", "2026-12-02")
    shown = view.list.item(0).text()
    for part in ("实地走访", "周示例（人事经理）", "态度：观望", "要问总部", "沙工函 3 号", "有回执", "2026-12-01"):
        assert part in shown
    assert not view.dirty
    assert [button.text() for button in page._context.notices.buttons] == ["撤销", "转到“已接触”"]
    page._context.notices.buttons[1].click()
    wait_for_jobs(qtbot, page._context)
    assert case_of(uid)["stage"] == "已接触"
    undone(qtbot, page)
    undone(qtbot, page)
    assert (case_of(uid)["attitude"], view.list.count()) == (None, 0)


def test_a_contact_that_cannot_be_read_stays_in_the_form(qtbot: QtBot, page: DrivePage, uid: str) -> None:
    view = opened(qtbot, page, uid, "contacts").contacts
    view.fields.propose({"date": "某天", "outcome": "要问总部"})
    with qtbot.waitSignal(page._context.jobs.refused) as refused:
        view.keep.click()
    assert "日期" in str(refused.args[0])
    assert view.fields.texts()["outcome"] == "要问总部"
    assert contacts_of(case_of(uid)["uid"]) == []


def test_a_contact_is_corrected_and_removed(qtbot: QtBot, page: DrivePage, uid: str) -> None:
    view = opened(qtbot, page, uid, "contacts").contacts
    view.fields.propose({"attitude": "拒绝"})
    view.keep.click()
    wait_for_jobs(qtbot, page._context)
    view.correct.click()
    view.fields.propose({"attitude": "观望"})
    view.keep.click()
    wait_for_jobs(qtbot, page._context)
    assert case_of(uid)["attitude"] == "观望"
    view.remove.click()
    wait_for_jobs(qtbot, page._context)
    assert (case_of(uid)["attitude"], view.list.count()) == (None, 0)


def test_an_attitude_that_ends_the_case_offers_to_close_it(qtbot: QtBot, page: DrivePage, uid: str) -> None:
    view = opened(qtbot, page, uid, "contacts").contacts
    view.fields.propose({"attitude": "搬迁"})
    view.keep.click()
    wait_for_jobs(qtbot, page._context)
    page._context.notices.buttons[1].click()
    assert (page._doing.asking.reason, case_of(uid)["closed_on"]) == ("搬迁", None)
    page._doing.asking.go.click()
    wait_for_jobs(qtbot, page._context)
    assert case_of(uid)["closed_because"] == "搬迁"
    assert page.pane.reopen.isVisible()
    assert not page.pane.end.isVisible()
    page.pane.reopen.trigger()
    wait_for_jobs(qtbot, page._context)
    assert (case_of(uid)["closed_on"], case_of(uid)["stage"]) == (None, "待筹建")


def test_the_plan_is_edited_in_place(qtbot: QtBot, page: DrivePage, uid: str) -> None:
    facts = opened(qtbot, page, uid).facts
    assert not facts.save.isEnabled()
    facts.plan.propose({"organizer": "陈示例", "next_action": "送意见书"})
    facts.plan.edited.emit()
    facts.save.click()
    wait_for_jobs(qtbot, page._context)
    case = case_of(uid)
    assert (case["organizer"], case["next_action"]) == ("陈示例", "送意见书")
    assert not facts.dirty
    undone(qtbot, page)
    assert case_of(uid)["organizer"] is None
    assert facts.plan.texts() == {}


def test_unsaved_typing_is_asked_about_before_another_file_opens(qtbot: QtBot, page: DrivePage, uid: str) -> None:
    pane = opened(qtbot, page, uid)
    pane.facts.plan.propose({"organizer": "陈示例"})
    other = next(item.uid for item in page.model.items if item.uid != uid)
    page.open_case(other)
    wait_for_jobs(qtbot, page._context)
    assert pane.title.text() == COMPANY
    assert page._context.notices.text == f"“{COMPANY}”有没保存的内容。"
    page._context.notices.buttons[0].click()
    wait_for_jobs(qtbot, page._context)
    assert (pane.title.text(), case_of(uid)["organizer"]) == (OTHER, None)


def test_the_way_is_walked_and_a_step_taken_back(qtbot: QtBot, page: DrivePage, uid: str) -> None:
    view = opened(qtbot, page, uid).facts.stages
    assert not view.back.isEnabled()
    assert view.stage.currentData() == "已接触"
    view.move_button.click()
    wait_for_jobs(qtbot, page._context)
    assert case_of(uid)["stage"] == "已接触"
    assert view.back.isEnabled()
    view.back.click()
    wait_for_jobs(qtbot, page._context)
    assert case_of(uid)["stage"] == "待筹建"


def test_a_union_that_runs_well_is_moved_on_after_its_case_is_closed(
    qtbot: QtBot, page: DrivePage, author: Author, uid: str
) -> None:
    found_union(case_of(uid)["uid"], {"name": "某公司工会", "founding_date": "2026-11-02"}, author, TODAY)
    view = opened(qtbot, page, uid).facts.stages
    assert [view.stage.itemData(place) for place in range(view.stage.count())] == ["规范运行"]
    assert not view.back.isVisible()
    view.move_button.click()
    wait_for_jobs(qtbot, page._context)
    assert (case_of(uid)["stage"], view.stage.isVisible()) == ("规范运行", False)


def test_missing_papers_are_seen_and_kept_with_number_and_place(
    qtbot: QtBot, page: DrivePage, author: Author, uid: str
) -> None:
    case = case_of(uid)["uid"]
    move(case, "已接触", "2026-11-22", author)
    view = opened(qtbot, page, uid, "papers").papers
    assert view.missing.text() == "还缺 3 份材料。"
    names = [paper.name for paper in view.papers]
    view.table.setCurrentCell(names.index("走访记录"), 0)
    view.fields.propose({"number": "2026-7", "date": "2026-11-20", "place": "二楼档案柜"})
    view.keep.click()
    wait_for_jobs(qtbot, page._context)
    (kept,) = CasePaper.select()
    assert (kept.name, kept.stage, kept.number, kept.place) == ("走访记录", "已接触", "2026-7", "二楼档案柜")
    assert view.missing.text() == "还缺 2 份材料。"
    view.table.setCurrentCell([paper.uid for paper in view.papers].index(kept.uid), 0)
    view.fields.propose({"place": ""})
    view.keep.click()
    wait_for_jobs(qtbot, page._context)
    assert CasePaper.get().place is None
    view.table.setCurrentCell([paper.uid for paper in view.papers].index(kept.uid), 0)
    view.remove.click()
    wait_for_jobs(qtbot, page._context)
    assert CasePaper.select().count() == 0


def test_the_ladder_says_what_is_next_on_what_basis_and_what_not_to_say(
    qtbot: QtBot, page: DrivePage, uid: str
) -> None:
    pane = opened(qtbot, page, uid, "ladder")
    text = "\n".join(label.text() for label in pane.ladder.findChildren(QLabel))
    for part in (NO_FINE, READINGS[0].text, READINGS[1].text, "依据：工会法第三条", "《建立工会意见书》"):
        assert part in text
    assert pane.ladder.hand_over is not None
    pane.ladder.hand_over.click()
    assert pane.tabs.currentWidget() is pane.contacts
    assert pane.contacts.fields.texts()["paper"] == "宣传函"


def test_a_union_is_founded_with_the_proposed_values_and_undone(
    qtbot: QtBot, page: DrivePage, author: Author, uid: str
) -> None:
    above = union(
        author, "小龙坎街道总工会", union_type="乡镇（街道）工会", region=file(uid).employer["region"]
    )  # fmt: skip
    form = opened(qtbot, page, uid, "founding").founding
    proposed = form.fields.texts()
    assert (proposed["name"], proposed["region"]) == (f"{COMPANY}工会委员会", "沙坪坝区小龙坎街道")
    form.fields.propose({"approval_number": "沙工组〔2026〕9 号", "chair": "周示例"})
    form.found.click()
    wait_for_jobs(qtbot, page._context)
    made = Union.get(Union.name == f"{COMPANY}工会委员会")
    assert (made.parent, made.chair, made.founding_date) == (above, "周示例", TODAY.isoformat())
    assert Coverage.get(Coverage.employer == uid).union == made.uid
    assert case_of(uid)["closed_because"] == "已建会"
    assert [item.name for item in page.model.items] == [OTHER]
    undone(qtbot, page)
    assert (Union.select().where(Union.uid == made.uid).count(), case_of(uid)["closed_on"]) == (0, None)
    assert len(page.model.items) == 2


def test_a_union_is_joined(qtbot: QtBot, page: DrivePage, author: Author, uid: str) -> None:
    joint = union(author, "某园区联合工会", union_type="联合基层工会")
    form = opened(qtbot, page, uid, "founding").founding
    form.join.click()
    assert "请先选择要加入的工会" in page._context.notices.text
    form.picker.choose(joint, "某园区联合工会")
    form.join.click()
    wait_for_jobs(qtbot, page._context)
    assert Coverage.get(Coverage.employer == uid).union == joint


def test_several_employers_found_a_joint_union(qtbot: QtBot, page: DrivePage, uid: str) -> None:
    page.table.selectAll()
    page.list.join.click()
    wait_for_jobs(qtbot, page._context)
    assert page.joint.title.text() == "2 家单位成立联合工会"
    assert not page.joint.form.joining.isVisible()
    page.joint.form.fields.propose({"name": "小龙坎联合工会委员会"})
    page.joint.form.found.click()
    wait_for_jobs(qtbot, page._context)
    made = Union.get(Union.name == "小龙坎联合工会委员会")
    assert Coverage.select().where(Coverage.union == made.uid).count() == 2
    assert page.model.items == []


def test_a_candidate_is_confirmed_in_the_file(qtbot: QtBot, page: DrivePage, author: Author, uid: str) -> None:
    near = union(author, f"{COMPANY}工会")
    facts = opened(qtbot, page, uid).facts
    ((confirm, _reject),) = facts.confirming
    confirm.click()
    wait_for_jobs(qtbot, page._context)
    assert Coverage.get(Coverage.employer == uid).union == near
    assert facts.confirming == []


def test_an_employer_below_the_line_has_a_file_without_a_case(qtbot: QtBot, page: DrivePage, author: Author) -> None:
    small = employer(author, "重庆小示例公司", 8)
    pane = opened(qtbot, page, small)
    assert not pane.facts.stages.isVisible()
    assert [pane.tabs.isTabVisible(place) for place in range(pane.tabs.count())] == [True, False, False, False, False]
    assert "不足 25 人" in pane.told.text()


def test_a_file_whose_employer_is_undone_closes(
    qtbot: QtBot, page: DrivePage, author: Author, context: Context
) -> None:
    small = employer(author, "重庆小示例公司", None)
    opened(qtbot, page, small)
    context.undoing.undo(last_batch())
    wait_for_jobs(qtbot, page._context)
    assert not page.file.isVisible()
