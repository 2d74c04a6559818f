"""The third step of an import answered: rows decided, cells repaired, changes confirmed, warnings ticked."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from models.journal.writer import Author
from models.records.worker import Worker
from models.values.ids import check_digit
from tests.aids.speaking import LI, WANG, imported_rows, listed, workbook
from tests.ui.importing.import_walk import HEADER, ROSTER, opened, press, settle, shown, tabs
from ui.importing.missing_view import MissingModel
from ui.importing.page import CHECK, ImportPage

#: A person whose check digit is wrong.
WRONG = WANG[:-1] + "0"


def checked(qtbot: QtBot, page: ImportPage, path: Path) -> None:
    """Open a file and go on to the plan."""
    opened(qtbot, page, path)
    press(qtbot, page, page.primary)
    assert page.steps.step == CHECK


def offered(page: ImportPage) -> list[str]:
    """The answers that can be given to the selected rows."""
    return [button.text() for button in page.checking.answers.buttons.values() if button.isVisible()]


def elsewhere(*people: list[Any]) -> list[list[Any]]:
    """The roster of another union."""
    return [["会员花名册"], ["填报单位：重庆禾榉食品有限公司工会"], ROSTER[2], *people]


def test_a_person_of_another_union_is_transferred_with_one_press(
    qtbot: QtBot, page: ImportPage, author: Author, tmp_path: Path
) -> None:
    imported_rows(author, tmp_path, ROSTER)
    checked(qtbot, page, workbook(tmp_path / "别家.xlsx", {"花名册": elsewhere(*ROSTER[3:5])}))
    assert tabs(page)[3] == "需处理 2"
    assert offered(page) == ["转会", "只更新资料，不动会籍", "跳过"]
    page.checking.table.selectAll()
    assert offered(page)[0] == "转会（2 行）"
    press(qtbot, page, page.checking.answers.buttons["transfer"])
    assert tabs(page)[1] == "将更新 2"
    assert page.primary.text() == "导入 2 行"
    press(qtbot, page, page.primary)
    assert {union for (union,) in listed("workers", "union")} == {"重庆禾榉食品有限公司工会"}


def test_the_menu_of_the_rows_offers_the_same_answers(
    qtbot: QtBot, page: ImportPage, author: Author, tmp_path: Path
) -> None:
    imported_rows(author, tmp_path, ROSTER)
    checked(qtbot, page, workbook(tmp_path / "别家.xlsx", {"花名册": elsewhere(ROSTER[3])}))
    menu = {action.text(): action for action in page.checking.table.actions() if action.isVisible()}
    assert "转会" in menu
    assert "按新的登记" not in menu
    menu["只更新资料，不动会籍"].trigger()
    settle(qtbot, page)
    assert tabs(page)[:3] == ["将新增 0", "将更新 0", "不变 1"]


def test_a_row_that_was_skipped_can_be_taken_back(qtbot: QtBot, page: ImportPage, tmp_path: Path) -> None:
    checked(qtbot, page, workbook(tmp_path / "会员.xlsx", {"花名册": ROSTER}))
    page.checking.table.selectRow(1)
    press(qtbot, page, page.checking.answers.buttons["skip"])
    assert tabs(page) == ["将新增 1", "将更新 0", "不变 0", "需处理 0", "已跳过 1"]
    page.checking.tabs.setCurrentIndex(4)
    assert shown(page.checking.steps)[0][1:4] == ["5", "李六", "跳过"]
    press(qtbot, page, page.checking.answers.buttons["back"])
    assert tabs(page)[0] == "将新增 2"


def test_a_wrong_number_is_taken_as_doubtful(qtbot: QtBot, page: ImportPage, tmp_path: Path) -> None:
    wrong = [*ROSTER[:3], [1, "王五", WRONG, "19900000001", "2024-05-06", ""]]
    checked(qtbot, page, workbook(tmp_path / "会员.xlsx", {"花名册": wrong}))
    assert offered(page) == ["证件号照收（标为存疑）", "跳过"]
    press(qtbot, page, page.checking.answers.buttons["accept"])
    assert not page.primary.isEnabled()
    assert page.primary.text() == "导入 1 行（先确认上面 1 条）"
    page.checking.impact.ticks["seen id-doubtful-accepted id_number"].click()
    assert page.primary.isEnabled()
    press(qtbot, page, page.primary)
    assert listed("workers", "name", "id_number") == [("王五", WRONG)]


def test_a_truncated_number_is_led_to_the_person_it_probably_means(
    qtbot: QtBot, page: ImportPage, author: Author, tmp_path: Path
) -> None:
    imported_rows(author, tmp_path, ROSTER)
    cut = [*ROSTER[:3], [1, "王五", float(WANG[:15] + "000"), None, "2024-05-06", ""]]
    checked(qtbot, page, workbook(tmp_path / "会员.xlsx", {"花名册": cut}))
    assert offered(page) == ["更新到登记册里的这个人", "跳过"]
    press(qtbot, page, page.checking.answers.buttons["update"])
    assert tabs(page)[2:] == ["不变 1", "需处理 1"]
    assert page.checking.steps.lines[0].step.action == "same"


def test_the_union_that_a_row_means_is_chosen_among_namesakes(
    qtbot: QtBot, page: ImportPage, author: Author, tmp_path: Path
) -> None:
    union = "重庆禾榉食品有限公司工会"
    unions = [["工会名称", "所在区划", "工会主席"], [union, "沙坪坝区", "王砚舟"], [union, "万州区", "李芷汐"]]
    imported_rows(author, tmp_path, unions, kind="unions")
    checked(qtbot, page, workbook(tmp_path / "会员.xlsx", {"花名册": elsewhere(*ROSTER[3:5])}))
    page.checking.table.selectAll()
    answers = page.checking.answers
    assert offered(page) == ["跳过（2 行）"]
    assert answers.which.isVisible()
    choices = {choice.text(): choice for choice in answers.which.menu().actions()}
    assert sorted(choices) == [f"{union} · 万州区", f"{union} · 沙坪坝区"]
    choices[f"{union} · 万州区"].trigger()
    settle(qtbot, page)
    assert tabs(page)[0] == "将新增 2"
    press(qtbot, page, page.primary)
    places = dict(listed("unions", "uid", "region"))
    assert [places[row.union] for row in Worker.select()] == ["万州区", "万州区"]


def test_a_cell_is_repaired_in_place_and_checked_again(qtbot: QtBot, page: ImportPage, tmp_path: Path) -> None:
    rows = [*ROSTER[:3], [1, "王五", WRONG, "19900000001", "2024-05-06", ""], [2, "李六", LI, "12", "2024-05-06", ""]]
    checked(qtbot, page, workbook(tmp_path / "会员.xlsx", {"花名册": rows}))
    steps, table = page.checking.steps, page.checking.table
    titles = [steps.headerData(column, Qt.Orientation.Horizontal) for column in range(steps.columnCount())]
    assert titles == ["工作表", "行", "名称", "处理", "证件号码", "移动电话", "内容"]
    assert WRONG not in str(shown(steps))
    cell = steps.index(0, 4)
    table.setCurrentIndex(cell)
    table.edit(cell)
    editor = table.findChild(QLineEdit)
    assert isinstance(editor, QLineEdit)
    assert editor.text() == WRONG
    editor.setText(WANG)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: tabs(page) == ["将新增 2", "将更新 0", "不变 0", "需处理 1"])
    steps.setData(steps.index(0, 4), "123")
    settle(qtbot, page)
    assert tabs(page)[3] == "需处理 1"
    page.checking.tabs.setCurrentIndex(0)
    page.checking.table.selectRow(0)
    press(qtbot, page, page.checking.answers.buttons["back"])
    assert tabs(page)[3] == "需处理 2"


def test_cells_of_other_columns_cannot_be_written(qtbot: QtBot, page: ImportPage, tmp_path: Path) -> None:
    rows = [*ROSTER[:3], [1, "王五", WRONG, "19900000001", "2024-05-06", ""]]
    checked(qtbot, page, workbook(tmp_path / "会员.xlsx", {"花名册": rows}))
    steps = page.checking.steps
    editable = [bool(steps.index(0, c).flags() & Qt.ItemFlag.ItemIsEditable) for c in range(steps.columnCount())]
    assert editable == [False, False, False, False, True, False]
    assert not steps.setData(steps.index(0, 4), WRONG)


def many(count: int, phone: int) -> list[list[Any]]:
    """A roster of many people with new phones."""
    people = []
    for number in range(count):
        first = f"500106198503{7:02}{number:03}"
        name = f"王{chr(0x4E00 + number)}"
        people.append([number + 1, name, first + check_digit(first), f"199{phone + number:08}", "2024-05-06", ""])
    return [*ROSTER[:3], *people]


def test_a_column_that_changes_everywhere_waits_until_it_is_meant_or_left(
    qtbot: QtBot, page: ImportPage, author: Author, tmp_path: Path
) -> None:
    imported_rows(author, tmp_path, many(40, 0))
    rows = many(40, 500)
    rows.append([41, "李六", LI, "19900009999", "2024-05-06", ""])
    checked(qtbot, page, workbook(tmp_path / "改.xlsx", {"花名册": rows}))
    ticks = page.checking.impact.ticks
    assert page.primary.text().startswith("导入 1 行（先确认上面 1 条）")
    assert not page.primary.isEnabled()
    ticks["left phone"].click()
    assert page.primary.isEnabled()
    page.checking.impact.ticks["meant phone"].click()
    settle(qtbot, page)
    assert page.primary.text() == "导入 41 行"
    assert list(page.checking.impact.counts) == ["移动电话 改 40"]
    page.checking.impact.ticks["meant phone"].click()
    settle(qtbot, page)
    assert page.primary.text().startswith("导入 1 行（先确认")


def test_a_count_opens_the_rows_behind_it(qtbot: QtBot, page: ImportPage, author: Author, tmp_path: Path) -> None:
    first = [*ROSTER[:3], ROSTER[3], [2, "李六", LI, "", "2024-05-06", ""]]
    imported_rows(author, tmp_path, first)
    changed = [*ROSTER[:3], [1, "王五", WANG, "19900000009", "2024-05-06", ""], ROSTER[4]]
    checked(qtbot, page, workbook(tmp_path / "改.xlsx", {"花名册": changed}))
    assert sorted(page.checking.impact.counts) == ["移动电话 改 1", "移动电话 首次填 1"]
    press(qtbot, page, page.checking.impact.counts["移动电话 首次填 1"])
    assert [line.step.label for line in page.checking.steps.lines] == ["李六"]
    assert page.checking.only.text() == "只看：移动电话 首次填 1"
    press(qtbot, page, page.checking.everything)
    assert [line.step.label for line in page.checking.steps.lines] == ["王五", "李六"]


def test_every_warning_of_an_applied_row_is_ticked_once_for_its_kind(
    qtbot: QtBot, page: ImportPage, tmp_path: Path
) -> None:
    rows = [*ROSTER[:3], [1, "王五", WANG, "12", "2024-05-06", ""], [2, "李六", LI, "34", "2024-05-06", ""]]
    checked(qtbot, page, workbook(tmp_path / "会员.xlsx", {"花名册": rows}))
    (name, tick), *others = page.checking.impact.ticks.items()
    assert (name, others) == ("seen phone-shape phone", [])
    assert tick.accessibleName() == "移动电话：电话不是 11 位手机号，也不是固定电话，未采用"
    assert not page.primary.isEnabled()
    tick.click()
    assert page.primary.text() == "导入 2 行"
    page.checking.table.selectRow(0)
    press(qtbot, page, page.checking.answers.buttons["skip"])
    assert page.primary.isEnabled()


def test_the_list_of_missing_members_keeps_qts_rules(qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(MissingModel())


def test_a_skipped_row_is_told_in_the_result(qtbot: QtBot, page: ImportPage, tmp_path: Path) -> None:
    checked(qtbot, page, workbook(tmp_path / "会员.xlsx", {"花名册": ROSTER}))
    page.checking.table.selectRow(0)
    press(qtbot, page, page.checking.answers.buttons["skip"])
    press(qtbot, page, page.primary)
    assert page.result.counts.text() == "新增 1 行；1 行按你的选择跳过"


def test_long_names_have_room_and_a_tab_without_rows_shows_no_empty_table(
    qtbot: QtBot, page: ImportPage, tmp_path: Path
) -> None:
    employers = [["单位名称", "职工人数", "所在区划"], ["重庆砚屿软件技术有限公司", "三十来人", "沙坪坝区小龙坎街道"]]
    checked(qtbot, page, workbook(tmp_path / "单位.xlsx", {"名单": employers}))
    view = page.checking
    name = str(view.steps.index(0, 2).data())
    assert view.table.fontMetrics().horizontalAdvance(name) + 12 <= view.table.columnWidth(2)
    assert view.row.diff.isVisible()
    view.tabs.setCurrentIndex(1)
    assert tabs(page)[1] == "将更新 0"
    assert not view.row.diff.isVisible()


def test_a_warning_about_wordings_says_where_they_are_explained(qtbot: QtBot, page: ImportPage, tmp_path: Path) -> None:
    rows = [*ROSTER[:2], [*HEADER, "学历"], [1, "王五", WANG, "19900000001", "2024-05-06", "", "没上过"]]
    checked(qtbot, page, workbook(tmp_path / "会员.xlsx", {"花名册": rows}))
    said = [tick.accessibleName() for tick in page.checking.impact.ticks.values()]
    assert said == ["学历：有选项里没有的写法，未采用。点“上一步”，在“认不出的值”里选定它们的意思"]


def test_a_note_on_several_rows_is_one_line_above_them(qtbot: QtBot, page: ImportPage, tmp_path: Path) -> None:
    rows = [["姓名", "身份证号", "入会日期"], ["王五", WANG, "2024-05"], ["李六", LI, "2024-06"]]
    checked(qtbot, page, workbook(tmp_path / "会员.xlsx", {"花名册": rows}))
    (name,) = page.checking.impact.counts
    assert name == "不知道是哪个工会的会员，记为“待落会籍” 2 行"
    press(qtbot, page, page.checking.impact.counts[name])
    assert [line.step.label for line in page.checking.steps.lines] == ["王五", "李六"]
    assert page.primary.text() == "导入 2 行"
