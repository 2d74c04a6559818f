"""体检 on the screen: rules with their counts, findings that are filtered, set aside, opened and exported; terms; lines."""

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from models.journal.settings import change_setting
from models.journal.writer import Author
from models.records.region import load_index
from models.records.setting import setting
from models.register.register import Register
from models.rules.rules import RULES, SEVERITIES, set_aside
from tests.aids.sound_union import employer, member, union
from tests.aids.speaking import TODAY
from tests.aids.waiting import shown_page, wait_for_jobs
from ui.health.page import HealthPage
from ui.health.tables import findings_model
from ui.kit.context import Context
from ui.record.findings_box import FindingsBox
from ui.settings.page import SettingsPage
from ui.shell.application import application
from ui.shell.unlocked import make_context
from ui.shell.window import Window


def page_of(qtbot: QtBot, context: Context) -> HealthPage:
    return shown_page(qtbot, context, HealthPage(context), (1200, 700))


def place(name: str) -> str | None:
    return load_index(TODAY).resolve(name).uid


def three_unions(author: Author) -> list[str]:
    """One over its term and without an audit committee, one of whose chair nobody wrote anything, one that is sound."""
    return [
        union(author, name="甲工会", region=place("沙坪坝区小龙坎街道"), term_start="2020-05-06", audit_committee=0),
        union(author, name="乙工会", region=place("渝中区大坪街道"), chair=None),
        union(author, name="丙工会"),
    ]


def listed(page: HealthPage, *names: str) -> list[tuple[str, ...]]:
    """What the table shows in the named columns."""
    model = page.findings.model
    places = [[column.name for column in model.columns].index(name) for name in names]
    return [tuple(model.index(row, at).data() for at in places) for row in range(model.rowCount())]


def counts(page: HealthPage) -> dict[str, tuple[int, int, int]]:
    """The rules that say anything: found, missing entries, put aside."""
    rows = [(row.id, (row.found, row.unknown, row.aside)) for row in page.findings.rules.items]
    return {name: numbers for name, numbers in rows if any(numbers)}


def test_rules_stand_with_their_counts_and_what_is_not_filled_in_apart(
    qtbot: QtBot, context: Context, author: Author
) -> None:
    three_unions(author)
    page = page_of(qtbot, context)
    by_weight = sorted(RULES, key=lambda rule: (list(SEVERITIES).index(rule.severity), rule.id))
    assert [row.id for row in page.findings.rules.items] == ["", *(rule.id for rule in by_weight)]
    assert counts(page) == {"": (2, 1, 0), "R07": (1, 0, 0), "R09": (1, 0, 0), "R10": (0, 1, 0)}
    assert listed(page, "name", "standing", "rule") == [
        ("甲工会", "● 需要处理", "R07"), ("甲工会", "● 需要处理", "R09"), ("乙工会", "? 未填", "R10"),
    ]  # fmt: skip
    assert page.findings.detail.isHidden()


def test_choosing_a_rule_lists_what_it_found_with_its_basis_and_advice(
    qtbot: QtBot, context: Context, author: Author
) -> None:
    three_unions(author)
    page = page_of(qtbot, context)
    rows = [row.id for row in page.findings.rules.items]
    page.findings.choice.selectRow(rows.index("R09"))
    assert listed(page, "name", "text") == [("甲工会", "任期 2025-05-06 届满，已超过 565 天")]
    assert page.findings.detail.basis.text() == "依据：《工会法》第十六条；《重庆市工会条例》第十条"
    assert page.findings.detail.advice.text().startswith("怎么办：准备换届请示")
    assert page.findings.detail.actions_row.isHidden()
    page.findings.choice.selectRow(rows.index("R04"))
    assert listed(page, "name") == []
    assert page.findings.nothing.label.text() == "没有发现问题。"
    assert not page.export.isEnabled()


def test_findings_are_filtered_by_standing_by_text_and_by_region(
    qtbot: QtBot, context: Context, author: Author
) -> None:
    three_unions(author)
    page = page_of(qtbot, context)
    buttons = page.findings.standings.buttons
    assert [buttons[name].text() for name in ("", "error", "warning", "unknown")] == [
        "全部 3", "必须改正 0", "需要处理 2", "未填 1",
    ]  # fmt: skip
    buttons["unknown"].click()
    assert listed(page, "name") == [("乙工会",)]
    buttons["error"].click()
    assert page.findings.nothing.label.text() == "没有符合的发现，可以放宽上面的筛选。"
    buttons[""].click()
    page.finding.insert("小龙坎")
    assert listed(page, "name", "rule") == [("甲工会", "R07"), ("甲工会", "R09")]
    page.finding.clear()
    page.regions.setCurrentIndex(page.regions.findData(place("渝中区")))
    wait_for_jobs(qtbot, context)
    assert listed(page, "name") == [("乙工会",)]
    assert counts(page) == {"": (0, 1, 0), "R10": (0, 1, 0)}


def test_a_finding_is_set_aside_with_a_reason_taken_up_again_and_both_can_be_undone(
    qtbot: QtBot, context: Context, author: Author
) -> None:
    first = three_unions(author)[0]
    page = page_of(qtbot, context)
    page.findings.table.selectRow(1)
    detail = page.findings.detail
    assert not detail.put.isEnabled()
    detail.reason.insert(" 已约定 3 月换届 ")
    detail.put.click()
    wait_for_jobs(qtbot, context)
    assert setting("set_aside") == {f"R09 {first}": "已约定 3 月换届"}
    assert listed(page, "rule", "standing") == [("R07", "● 需要处理"), ("R10", "? 未填"), ("R09", "– 已搁置")]
    assert counts(page)["R09"] == (0, 0, 1)
    assert "已搁置：已约定 3 月换届" in detail.about.text()
    assert detail.put.isHidden()
    detail.take.click()
    wait_for_jobs(qtbot, context)
    assert setting("set_aside") == {}
    assert context.notices.text == "“甲工会”的这一条不再搁置。"
    context.notices.buttons[0].click()
    wait_for_jobs(qtbot, context)
    assert counts(page)["R09"] == (0, 0, 1)
    context.undoing.undo_last()
    wait_for_jobs(qtbot, context)
    assert counts(page)["R09"] == (1, 0, 0)


@pytest.fixture
def window(qtbot: QtBot, register: Register) -> Iterator[Window]:
    """The whole window, which takes the banner into it."""
    application()
    made = Window(make_context(register, TODAY))
    qtbot.addWidget(made)
    yield made
    made.context.jobs.close()


def test_a_finding_opens_its_record_in_the_window(qtbot: QtBot, window: Window, author: Author) -> None:
    three_unions(author)
    window.show()
    window.open_page("health")
    wait_for_jobs(qtbot, window.context)
    page = window.pages["health"]
    assert isinstance(page, HealthPage)
    page.findings.table.selectRow(2)
    page.findings.detail.open.click()
    assert window.page_name == "unions"
    assert window.pages["unions"].pane.title.text() == "乙工会"  # type: ignore[attr-defined]  # a page of records
    page.terms.table.opened.emit(0)
    assert window.pages["unions"].pane.title.text() == "甲工会"  # type: ignore[attr-defined]  # a page of records
    wait_for_jobs(qtbot, window.context)


def test_what_is_shown_is_exported_and_nothing_else(
    qtbot: QtBot, context: Context, author: Author, tmp_path: Path
) -> None:
    three_unions(author)
    page = page_of(qtbot, context)
    page.findings.standings.buttons["unknown"].click()
    page.export_to(tmp_path / "体检.xlsx")
    wait_for_jobs(qtbot, context)
    rows = list(openpyxl.load_workbook(tmp_path / "体检.xlsx").active.values)
    assert rows[0][:5] == ("规则", "内容", "轻重", "对象", "名称")
    assert [(row[0], row[2], row[4], row[9]) for row in rows[1:]] == [("R10", "提示", "乙工会", "是")]
    page.show_part("terms")
    page.terms.states.buttons["overdue"].click()
    page.export_to(tmp_path / "换届.xlsx")
    wait_for_jobs(qtbot, context)
    rows = list(openpyxl.load_workbook(tmp_path / "换届.xlsx").active.values)
    assert rows[1:] == [("甲工会", "沙坪坝区小龙坎街道", "2020-05-06", 5, "2025-05-06", -565, "已届满", None)]


def test_terms_stand_by_state_with_the_days_that_are_left(qtbot: QtBot, context: Context, author: Author) -> None:
    for name, start, years in (("甲", "2020-05-06", 5), ("乙", "2023-12-22", 3), ("丙", "2025-05", 5), ("丁", None, 3)):
        union(author, name=f"{name}工会", term_start=start, term_years=years)
    page = page_of(qtbot, context)
    model = page.terms.model
    assert [[model.index(row, at).data() for at in (0, 1, 2, 3)] for row in range(model.rowCount())] == [
        ["甲工会", "已届满", "超过 565 天", "2025-05-06"], ["乙工会", "30 天内届满", "30", "2026-12-22"],
        ["丙工会", "任期内", "1,256", "2030-05-01"], ["丁工会", "届期不明", "—", "—"],
    ]  # fmt: skip
    page.terms.states.buttons["due30"].click()
    assert [term.name for term in model.items] == ["乙工会"]
    assert page.terms.states.buttons["due90"].text() == "90 天内届满 0"
    page.search("没有这个")
    assert page.terms.table.isHidden()


def test_a_term_that_ended_years_ago_has_room_for_its_days(qtbot: QtBot, context: Context, author: Author) -> None:
    union(author, name="甲工会", term_start="2015-05-06", term_years=3)
    table = page_of(qtbot, context).terms.table
    said = str(table.model().index(0, 2).data())
    assert said == "超过 3,122 天"
    assert table.fontMetrics().horizontalAdvance(said) + 12 <= table.columnWidth(2)


def test_the_page_follows_what_changes_and_an_empty_register_gets_a_hint(
    qtbot: QtBot, context: Context, author: Author
) -> None:
    page = page_of(qtbot, context)
    assert not page.tabs.isVisible()
    with qtbot.waitSignal(page.wants_import):
        page._whole.currentWidget().button.click()  # type: ignore[attr-defined]  # the empty state's
    employer(author, 30, name="重庆霁蓝虚构印务有限公司")
    context.changes.changed.emit({"employer", "head_count"})
    wait_for_jobs(qtbot, context)
    assert page.tabs.isVisible()
    assert counts(page)["R02"] == (1, 0, 0)


def test_the_findings_model_keeps_qts_rules(
    qtbot: QtBot, context: Context, author: Author, qtmodeltester: ModelTester
) -> None:
    three_unions(author)
    page = page_of(qtbot, context)
    model = findings_model(page)
    model.show_items(page.findings.model.items)
    qtmodeltester.check(model)
    qtmodeltester.check(page.findings.rules)
    model.sort(1, Qt.SortOrder.DescendingOrder)
    assert [each.rule for each in model.items] == ["R10", "R07", "R09"]


def test_the_box_of_one_record_tells_its_findings_with_advice(qtbot: QtBot, context: Context, author: Author) -> None:
    first, second, third = three_unions(author)
    set_aside("R07", first, "已报区总工会", author)
    box = FindingsBox(context)
    qtbot.addWidget(box)
    counted: list[int] = []
    box.counted.connect(counted.append)
    box.show_record("union", first)
    assert not context.jobs.busy
    box.show()
    wait_for_jobs(qtbot, context)
    assert [each.rule for each in box.found] == ["R09", "R07"]
    texts = [label.text() for label in box.widget().findChildren(type(context.notices.label))]
    assert "● 需要处理　R09 任期已满或快满，应当按时换届" in texts
    assert "没有经费审查委员会，也没有经审委员（已搁置：已报区总工会）" in texts
    box.show_record("union", second)
    box.show_record("union", third)
    wait_for_jobs(qtbot, context)
    assert box.found == []
    assert counted == [1, 0]


def test_the_box_of_a_worker_and_of_an_employer_speak_of_them(qtbot: QtBot, context: Context, author: Author) -> None:
    of = union(author)
    worker = member(author, "王示例", ("入会", "2024-05-06", of), ("保留", "2025-05-06", of), delegate=1)
    unit = employer(author, 30, name="重庆无会示例有限公司")
    box = FindingsBox(context)
    qtbot.addWidget(box)
    box.show()
    box.show_record("worker", worker)
    wait_for_jobs(qtbot, context)
    assert [(each.rule, each.uid) for each in box.found] == [("R16", worker)]
    box.show_record("employer", unit)
    wait_for_jobs(qtbot, context)
    assert [(each.rule, each.uid) for each in box.found] == [("R02", unit)]


def test_a_line_of_the_rules_is_set_in_the_settings_and_can_be_undone(
    qtbot: QtBot, context: Context, author: Author
) -> None:
    union(author, {"staff_count": 150}, full_time_staff=0)
    settings = SettingsPage(context)
    qtbot.addWidget(settings)
    settings.show()
    page = page_of(qtbot, context)
    assert counts(page) == {}
    field = settings.rules.fields["full_time_staff"]
    field.selectAll()
    qtbot.keyClicks(field, "150")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    wait_for_jobs(qtbot, context)
    assert setting("full_time_staff") == 150
    assert counts(page)["R04"] == (1, 0, 0)
    context.notices.buttons[0].click()
    wait_for_jobs(qtbot, context)
    assert (setting("full_time_staff"), field.value()) == (200, 200)


def test_the_table_of_committee_sizes_is_chosen_and_a_districts_own_is_kept(
    qtbot: QtBot, context: Context, author: Author
) -> None:
    own = [[1, 1, 5], [100, 5, 9]]
    change_setting("committee_sizes", own, author)
    settings = SettingsPage(context)
    qtbot.addWidget(settings)
    sizes = settings.rules.sizes
    assert (sizes.currentText(), sizes.count()) == ("自定的表", 4)
    sizes.setCurrentIndex(sizes.findData("graded"))
    sizes.activated.emit(sizes.currentIndex())
    wait_for_jobs(qtbot, context)
    assert setting("committee_sizes") == "graded"
    assert sizes.count() == 3
    context.notices.buttons[0].click()
    wait_for_jobs(qtbot, context)
    assert setting("committee_sizes") == own
    assert sizes.currentText() == "自定的表"
