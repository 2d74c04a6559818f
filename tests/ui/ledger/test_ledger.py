"""The page of the work ledger: entries narrowed and added up, written by a form, kinds changed, led to after an import."""

from pathlib import Path

import openpyxl
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from models.journal.writer import Author
from models.ledger import entries as ledger_entries
from models.ledger.entries import EntryChoice
from models.ledger.kinds import load_kinds
from models.records.ledger import OWN_FIELDS
from models.records.region import load_index
from tests.aids.speaking import TODAY, WANG, imported_rows, workbook
from tests.aids.waiting import shown_page, wait_for_jobs
from tests.figures.test_indicators import TOWN, union
from tests.ui.shell.test_window import dropped
from ui.kit.context import Context
from ui.kit.editors import ChoiceEditor, ReferenceEditor
from ui.kit.parts import holds_focus
from ui.ledger.page import LedgerPage

ENTRIES = [
    ["劳动争议调解台账"],
    ["日期", "事项", "数量", "其中办结", "人次", "金额", "所在镇街"],
    ["2026-07-08", "工资争议", 3, 2, None, None, TOWN],
    ["2026-11-02", "工伤争议", None, None, None, None, "渝中区大坪街道"],
    ["2025-03-02", "去年的争议", 9, 9, None, None, TOWN],
]


def page_of(qtbot: QtBot, context: Context) -> LedgerPage:
    return shown_page(qtbot, context, LedgerPage(context), (1198, 700))


def titles(page: LedgerPage) -> list[str]:
    return [each["title"] for each in page.model.items]


def held() -> list[tuple[str, str, int | None]]:
    """Every entry of the register: kind, title, quantity."""
    rows = ledger_entries.entries(EntryChoice(), load_index(TODAY))
    return sorted((row["ledger_kind"], row["title"], row["quantity"]) for row in rows)


def write(page: LedgerPage, **texts: str) -> None:
    for name, text in texts.items():
        page.form.editors[name].show_text(text)


def choose(page: LedgerPage, kind: str) -> None:
    editor = page.form.editors["ledger_kind"]
    assert isinstance(editor, ChoiceEditor)
    editor.combo.setEditText(kind)


def test_the_models_keep_qts_rules(
    qtbot: QtBot, context: Context, author: Author, tmp_path: Path, qtmodeltester: ModelTester
) -> None:
    imported_rows(author, tmp_path, ENTRIES, "调解")
    page = page_of(qtbot, context)
    for model in (page.model, page.kinds_view.model):
        assert model.rowCount() > 0
        qtmodeltester.check(model)


def test_this_years_entries_are_listed_and_added_up(
    qtbot: QtBot, context: Context, author: Author, tmp_path: Path
) -> None:
    imported_rows(author, tmp_path, ENTRIES, "调解")
    page = page_of(qtbot, context)
    assert titles(page) == ["工伤争议", "工资争议"]
    assert page.totals.text() == "共 2 条　劳动争议调解 4 件（办结 2）"


def test_entries_are_narrowed_by_period_region_kind_and_text(
    qtbot: QtBot, context: Context, author: Author, tmp_path: Path
) -> None:
    imported_rows(author, tmp_path, ENTRIES, "调解")
    page = page_of(qtbot, context)
    page.narrowing.setCurrentIndex(2)
    page.refresh()
    wait_for_jobs(qtbot, context)
    assert titles(page) == ["工伤争议"]
    page.show_all()
    wait_for_jobs(qtbot, context)
    assert len(titles(page)) == 3
    page.regions.setCurrentIndex(page.regions.findText("沙坪坝区"))
    wait_for_jobs(qtbot, context)
    assert titles(page) == ["工资争议", "去年的争议"]
    page.finding.setText("去年")
    qtbot.waitUntil(lambda: titles(page) == ["去年的争议"])
    page.show_all()
    wait_for_jobs(qtbot, context)
    page.kinds.setCurrentIndex(page.kinds.findText("走访"))
    page.refresh()
    wait_for_jobs(qtbot, context)
    assert titles(page) == []
    assert page.nothing.isVisible()
    assert "没有符合的台账" in page.nothing.label.text()


def test_an_entry_is_written_by_the_form_and_taken_back(qtbot: QtBot, context: Context, author: Author) -> None:
    at = union(author, "示例联合工会")
    page = page_of(qtbot, context)
    assert page.nothing.button.isVisible()
    qtbot.mouseClick(page.new, Qt.MouseButton.LeftButton)
    assert page.form.editors["date"].text() == TODAY.isoformat()
    write(page, ledger_kind="劳动争议调解", title="工资争议", quantity="3件", region=TOWN)
    page.form.editors["union"].show_text("示例联合工会", at)
    qtbot.mouseClick(page.form.save, Qt.MouseButton.LeftButton)
    wait_for_jobs(qtbot, context)
    assert held() == [("劳动争议调解", "工资争议", 3)]
    (row,) = ledger_entries.entries(EntryChoice(union=at), load_index(TODAY))
    assert (row["date"], row["union"], row["region"]) == (TODAY.isoformat(), "示例联合工会", TOWN)
    assert titles(page) == ["工资争议"]
    assert context.notices.text == "已登记一条台账。"
    assert page.form.isVisible()
    assert not page.form.dirty
    context.undoing.undo_last()
    wait_for_jobs(qtbot, context)
    assert held() == []


def test_what_cannot_be_read_is_told_and_stays_in_the_form(qtbot: QtBot, context: Context) -> None:
    page = page_of(qtbot, context)
    page.new_entry()
    write(page, ledger_kind="走访", date="某天", title="入企")
    page.form.save.click()
    wait_for_jobs(qtbot, context)
    assert held() == []
    assert context.notices.text.startswith("日期：")
    assert page.form.editors["title"].text() == "入企"
    write(page, date="2026-10-08")
    page.form.save.click()
    wait_for_jobs(qtbot, context)
    assert held() == [("走访", "入企", None)]


def test_what_is_lacking_has_the_keyboard_after_saving(qtbot: QtBot, context: Context) -> None:
    page = page_of(qtbot, context)
    context.notices.setParent(page)  # as in the window: a window of its own would take the keyboard
    page.new_entry()
    page.form.save.setFocus()
    page.form.save.click()
    wait_for_jobs(qtbot, context)
    assert context.notices.text == "请填写“台账类别”。"
    assert holds_focus(page.form.editors["ledger_kind"])
    context.notices.setParent(None)


def test_the_subject_keeps_its_room_beside_the_form(qtbot: QtBot, context: Context, author: Author, tmp_path: Path) -> None:
    imported_rows(author, tmp_path, ENTRIES, "调解")
    page = page_of(qtbot, context)
    for width in (900, 700):
        page.resize(width, 600)
        page.new_entry()
        assert page.table.columnWidth(2) >= page.table.fontMetrics().horizontalAdvance("国") * 12
    for table in (page.table, page.kinds_view.table):
        shown = [each for each in range(table.model().columnCount()) if not table.isColumnHidden(each)]
        assert all(table.columnWidth(column) > 30 for column in shown)


def test_an_entry_is_corrected_and_removed(qtbot: QtBot, context: Context, author: Author, tmp_path: Path) -> None:
    imported_rows(author, tmp_path, ENTRIES, "调解")
    page = page_of(qtbot, context)
    page.table.selectRow(1)
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert page.form.editors["title"].text() == "工资争议"
    assert page.form.written() == {}
    write(page, quantity="5")
    page.form.save.click()
    wait_for_jobs(qtbot, context)
    assert ("劳动争议调解", "工资争议", 5) in held()
    page.table.opened.emit(titles(page).index("工伤争议"))
    page.form.remove.click()
    wait_for_jobs(qtbot, context)
    assert [title for _kind, title, _quantity in held()] == ["去年的争议", "工资争议"]
    context.undoing.undo_last()
    wait_for_jobs(qtbot, context)
    assert len(held()) == 3


def test_unsaved_typing_is_asked_about_in_the_banner(
    qtbot: QtBot, context: Context, author: Author, tmp_path: Path
) -> None:
    imported_rows(author, tmp_path, ENTRIES, "调解")
    page = page_of(qtbot, context)
    page.table.opened.emit(0)
    write(page, note="要紧")
    page.table.opened.emit(1)
    assert context.notices.text == "这条台账有没保存的修改。"
    assert page.form.editors["title"].text() == "工伤争议"
    context.notices.buttons[0].click()
    assert page.form.editors["title"].text() == "工资争议"


def test_a_kind_is_added_renamed_and_retired(qtbot: QtBot, context: Context) -> None:
    page = page_of(qtbot, context)
    view = page.kinds_view
    view.new.click()
    view.name.setText("读书活动")
    view.unit.setText("场")
    view.measures["people"].setChecked(True)
    view.save.click()
    wait_for_jobs(qtbot, context)
    kind = load_kinds().find("读书活动")
    assert kind is not None
    assert (kind.unit, kind.measures, kind.active) == ("场", ("people",), True)
    view.table.selectRow([each.name for each in view.model.items].index("读书活动"))
    view.name.setText("职工读书")
    view.save.click()
    wait_for_jobs(qtbot, context)
    found = load_kinds().by_uid[kind.uid]
    assert (found.name, found.aliases) == ("职工读书", ("读书活动",))
    assert view.title.text() == "职工读书"
    view.retire.click()
    wait_for_jobs(qtbot, context)
    assert not load_kinds().by_uid[kind.uid].active
    offered = page.form.editors["ledger_kind"]
    assert isinstance(offered, ChoiceEditor)
    assert offered.combo.findText("走访") > 0
    assert offered.combo.findText("职工读书") == -1
    view.remove.click()
    wait_for_jobs(qtbot, context)
    assert kind.uid not in load_kinds().by_uid
    context.undoing.undo_last()
    wait_for_jobs(qtbot, context)
    assert kind.uid in load_kinds().by_uid


def test_a_wording_of_another_kind_is_refused_in_a_sentence(qtbot: QtBot, context: Context) -> None:
    page = page_of(qtbot, context)
    page.kinds_view.name.setText("慰问")
    page.kinds_view.save.click()
    wait_for_jobs(qtbot, context)
    assert context.notices.text == "“慰问”已经是“送温暖送清凉”的叫法，一个叫法只能指一个类别。"


def test_the_listed_entries_are_written_to_a_workbook(
    qtbot: QtBot, context: Context, author: Author, tmp_path: Path
) -> None:
    imported_rows(author, tmp_path, ENTRIES, "调解")
    page = page_of(qtbot, context)
    page.export_to(tmp_path / "台账.xlsx")
    wait_for_jobs(qtbot, context)
    rows = list(openpyxl.load_workbook(tmp_path / "台账.xlsx").active.values)
    assert rows[0][:4] == ("日期", "台账类别", "事项", "数量")
    assert rows[2][:4] == ("2026-07-08", "劳动争议调解", "工资争议", 3)


def test_after_a_ledger_was_imported_the_window_leads_to_its_entries_of_all_years(
    qtbot: QtBot, opened: object, tmp_path: Path
) -> None:
    window = opened()  # type: ignore[operator]  # the fixture gives a function
    dropped(window, workbook(tmp_path / "调解.xlsx", {"Sheet1": ENTRIES}))
    for _step in ("columns", "plan"):
        qtbot.waitUntil(window.pages.importing.primary.isEnabled, timeout=20_000)
        wait_for_jobs(qtbot, window)
        window.pages.importing.primary.click()
        wait_for_jobs(qtbot, window)
    window.pages.importing.result.look.click()
    wait_for_jobs(qtbot, window)
    assert window.page_name == "ledger"
    page = window.pages["ledger"]
    assert titles(page) == ["工伤争议", "工资争议", "去年的争议"]
    window.open_page("history")
    wait_for_jobs(qtbot, window)
    window.pages["history"].look.click()
    assert window.page_name == "ledger"
    wait_for_jobs(qtbot, window)


def test_a_kind_shows_its_own_fields_in_the_form_and_in_the_list(
    qtbot: QtBot, context: Context, author: Author, tmp_path: Path
) -> None:
    imported_rows(author, tmp_path, ENTRIES, "调解")
    page = page_of(qtbot, context)
    assert page.left_out == frozenset(OWN_FIELDS), "nothing stands in any of them"
    page.new_entry()
    choose(page, "12351热线")
    assert [name for name in OWN_FIELDS if page.form.editors[name].isVisible()] == ["matter", "due", "closed_on", "satisfied"]
    write(page, title="欠薪", due="2026-11-20", closed_on="2026-11-18", satisfied="满意")
    page.form.save.click()
    wait_for_jobs(qtbot, context)
    page.kinds.setCurrentIndex(page.kinds.findText("12351热线"))
    page.refresh()
    wait_for_jobs(qtbot, context)
    assert [(each["due"], each["closed_on"], each["satisfied"]) for each in page.model.items] == [("2026-11-20", "2026-11-18", 1)]
    shown = [each.name for place, each in enumerate(page.model.columns) if not page.table.isColumnHidden(place)]
    assert [name for name in shown if name in OWN_FIELDS] == ["matter", "due", "closed_on", "satisfied"]
    out = tmp_path / "热线.xlsx"
    page.export_to(out)
    wait_for_jobs(qtbot, context)
    header = [cell.value for cell in openpyxl.load_workbook(out).worksheets[0][1]]
    assert "办理期限" in header
    assert "物资" not in header


def test_a_person_of_the_register_is_chosen_in_the_form(
    qtbot: QtBot, context: Context, author: Author, tmp_path: Path
) -> None:
    imported_rows(author, tmp_path, [["姓名", "身份证号"], ["王砚舟", WANG]], "职工花名册", kind="workers")
    page = page_of(qtbot, context)
    page.new_entry()
    choose(page, "送温暖送清凉")
    write(page, goods="毛巾")
    editor = page.form.editors["worker"]
    assert isinstance(editor, ReferenceEditor)
    editor.picker.setFocus()
    editor.picker.setText("王砚舟")
    editor.picker.textEdited.emit("王砚舟")
    editor.picker.editingFinished.emit()
    page.form.save.click()
    wait_for_jobs(qtbot, context)
    ((name, goods, uid),) = [(row["worker"], row["goods"], row["worker_uid"]) for row in ledger_entries.entries(EntryChoice(),
        load_index(TODAY))]
    assert (name, goods) == ("王砚舟", "毛巾")
    page.refresh()
    wait_for_jobs(qtbot, context)
    page.table.selectRow(0)
    page.table.opened.emit(0)
    assert editor.picker.uid == uid
    write(page, goods="毛巾两条")
    page.form.save.click()
    wait_for_jobs(qtbot, context)
    rows = ledger_entries.entries(EntryChoice(), load_index(TODAY))
    assert [(row["worker_uid"], row["goods"]) for row in rows] == [(uid, "毛巾两条")]


def test_a_word_that_is_no_kind_offers_the_near_ones_and_to_be_one(qtbot: QtBot, context: Context) -> None:
    page = page_of(qtbot, context)
    page.new_entry()
    write(page, ledger_kind="争议调节", title="欠薪")
    page.form.save.click()
    wait_for_jobs(qtbot, context)
    offered = [button.text() for button in page.form.proposals.buttons]
    assert offered[0] == "劳动争议调解"
    assert offered[-1] == "新增类别“争议调节”"
    page.form.proposals.buttons[0].click()
    assert page.form.editors["ledger_kind"].text() == "劳动争议调解"
    assert page.form.proposals.isHidden()
    write(page, ledger_kind="阅读推广")
    page.form.save.click()
    wait_for_jobs(qtbot, context)
    page.form.proposals.buttons[-1].click()
    wait_for_jobs(qtbot, context)
    assert "阅读推广" in {kind.name for kind in load_kinds().kinds}
    assert page.form.wrong.isHidden()
    assert page.form.editors["title"].text() == "欠薪"
    page.form.save.click()
    wait_for_jobs(qtbot, context)
    assert held() == [("阅读推广", "欠薪", None)]
