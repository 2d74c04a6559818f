"""Another file begins at the beginning; what was chosen for the one before is not dropped without a question."""

from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from models.values.ids import check_digit
from tests.aids.speaking import workbook
from tests.ui.importing.import_walk import HEADER, opened, press, settle
from ui.importing.page import CHECK, COLUMNS, FILES, ImportPage
from ui.kit.context import Context


def people(count: int) -> list[list[object]]:
    """Invented people, more than fit on the page."""
    bodies = [f"50010619850307{number:03d}" for number in range(count)]
    names = [f"孙砚{chr(0x4E00 + place)}" for place in range(count)]
    return [
        [place, name, body + check_digit(body), "", "2024-05-06", "篮球"]
        for place, (name, body) in enumerate(zip(names, bodies, strict=True))
    ]


def test_a_new_file_opens_on_its_first_sheet_at_the_first_tab_and_at_the_top(
    qtbot: QtBot, page: ImportPage, tmp_path: Path
) -> None:
    sheets = {"一车间": [HEADER, *people(60)], "二车间": [HEADER, *people(60)]}
    opened(qtbot, page, workbook(tmp_path / "名单.xlsx", sheets))
    page.mapping.sheets.setCurrentRow(1)
    page.mapping.parts.setCurrentIndex(3)
    page.mapping.parts.setCurrentIndex(0)
    page.mapping.grid.scrollToBottom()
    page.mapping.grid.horizontalScrollBar().setValue(40)
    page.mapping.parts.setCurrentIndex(2)
    press(qtbot, page, page.primary)
    assert page.steps.step == CHECK
    page.checking.tabs.setCurrentIndex(3)
    page.checking.table.scrollToBottom()
    opened(qtbot, page, workbook(tmp_path / "名单.xlsx", sheets))
    assert (page.mapping.sheets.currentRow(), page.mapping.parts.currentIndex()) == (0, 0)
    bars = page.mapping.grid.verticalScrollBar(), page.mapping.grid.horizontalScrollBar()
    assert [bar.value() for bar in bars] == [0, 0]
    press(qtbot, page, page.primary)
    assert page.checking.tabs.currentIndex() == 0
    assert page.checking.table.verticalScrollBar().value() == 0
    assert page.checking.table.currentIndex().row() == 0


def test_alt_left_asks_before_it_drops_what_was_chosen(qtbot: QtBot, page: ImportPage, context: Context, tmp_path: Path) -> None:
    opened(qtbot, page, workbook(tmp_path / "名单.xlsx", {"一车间": [HEADER, *people(3)]}))
    page.activateWindow()
    page._decide(page.views[0].key, page.decisions.with_mapping(page.views[0].key, 5, "note"))
    settle(qtbot, page)
    chosen = page.decisions
    page.mapping.sheets.setFocus()
    qtbot.keyClick(page.mapping.sheets, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert (page.steps.step, page.decisions) == (COLUMNS, chosen)
    assert context.notices.text == "这次选定的对应和答复还没有导入，重新选文件就不要了。"
    qtbot.mouseClick(context.notices.buttons[0], Qt.MouseButton.LeftButton)
    assert page.steps.step == FILES


def test_alt_left_from_the_plan_keeps_columns_and_answers(qtbot: QtBot, page: ImportPage, tmp_path: Path) -> None:
    opened(qtbot, page, workbook(tmp_path / "名单.xlsx", {"一车间": [HEADER, *people(3)]}))
    page.activateWindow()
    press(qtbot, page, page.primary)
    page.checking.table.selectRow(0)
    press(qtbot, page, page.checking.answers.buttons["skip"])
    answered = page.decisions
    qtbot.keyClick(page.checking.table, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert (page.steps.step, page.decisions) == (COLUMNS, answered)


def test_alt_left_without_anything_chosen_asks_nothing(qtbot: QtBot, page: ImportPage, context: Context, tmp_path: Path) -> None:
    opened(qtbot, page, workbook(tmp_path / "名单.xlsx", {"一车间": [HEADER, *people(3)]}))
    page.activateWindow()
    page.mapping.sheets.setFocus()
    qtbot.keyClick(page.mapping.sheets, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert (page.steps.step, context.notices.text) == (FILES, "")
