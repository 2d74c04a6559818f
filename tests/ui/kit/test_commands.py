"""Commands: one table for all, no key twice, every one reachable by key and by its name in the search box."""

import ast
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QKeySequence, QTextDocument
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from models.language import LANGUAGES, use_language
from models.register.register import Register
from tests.aids.waiting import focused
from tests.aids.whole_window import closed, own_copy, shown_window, wait
from tests.house.test_architecture import ROOT
from ui.kit.acting import CommandAction, told
from ui.kit.commands import command, commands, pages, scopes
from ui.lists.page import RecordsPage
from ui.shell.about import version
from ui.shell.command_search import fits
from ui.shell.guide import GUIDES, Guide, GuideView
from ui.shell.help_dialog import HelpDialog
from ui.shell.window import Window


@pytest.fixture(scope="module")
def window(sample_register: Register, tmp_path_factory: pytest.TempPathFactory, qapp: QApplication) -> Iterator[Window]:
    with own_copy(sample_register, tmp_path_factory.mktemp("commands")) as register:
        shown = shown_window(register)
        yield shown
        closed(shown)


def within(scope: str) -> list[str]:
    """A scope and all those in which it lies."""
    found = [scope]
    outer = {each.name: each.within for each in scopes()}
    while outer[found[-1]]:
        found.append(outer[found[-1]])
    return found


def test_no_key_stands_for_two_things_in_one_place() -> None:
    for scope in scopes():
        places = {*within(scope.name), *(["table"] if scope.within else [])}
        keys = [QKeySequence(each.shortcut).toString() for each in commands() if each.scope in places and each.shortcut]
        assert "" not in keys
        assert [key for key, count in Counter(keys).items() if count > 1] == []


def test_every_command_has_a_name_of_its_own_a_scope_a_label_and_a_tip() -> None:
    every = commands()
    assert len({each.name for each in every}) == len(every) > 70
    assert {each.scope for each in every} == {scope.name for scope in scopes()}
    assert [each.name for each in every if not each.label or not each.tip] == []
    assert [each.name for each in every if command(each.name) != each] == []


def test_no_other_file_spells_a_shortcut() -> None:
    spelled = []
    for path in sorted((ROOT / "ui").rglob("*.py")):
        if path.name in ("commands.py", "acting.py", "field_undo.py"):  # asks the system for its keys
            continue
        tree = ast.parse(path.read_text("utf-8"))
        told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}  # docstrings
        for node in ast.walk(tree):
            if not isinstance(node, ast.expr):
                continue
            named = isinstance(node, ast.Name) and node.id in ("QKeySequence", "QShortcut")
            called = isinstance(node, ast.Attribute) and node.attr in ("setShortcut", "setShortcuts", "setShortcutContext")
            text = node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told else ""
            if named or called or any(key in text for key in ("Ctrl+", "Alt+", "（F", "（Esc")):
                spelled.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert spelled == []


def test_every_command_that_is_not_fixed_has_an_action_on_its_page(qtbot: QtBot, window: Window) -> None:
    for page in pages():
        window.open_page(page.name)
        wait(window)
    workers = window.pages["workers"]
    assert isinstance(workers, RecordsPage)
    workers.open_record(next(iter(workers.model.uids([0]))))
    window.show_help()
    made = {each.command.name for each in window.findChildren(CommandAction)}
    assert {each.name for each in commands() if not each.fixed} - made == set()
    workers._close_pane()


def test_a_button_says_what_its_command_does_and_by_which_key(window: Window) -> None:
    workers = window.pages["workers"]
    assert isinstance(workers, RecordsPage)
    assert workers.export.text().strip() == command("list.export").label
    assert workers.export.toolTip() == told(command("list.export"))
    assert "Ctrl+E" in workers.export.toolTip()


def test_a_key_presses_its_button_and_not_while_it_cannot_be_pressed(qtbot: QtBot, window: Window) -> None:
    window.activateWindow()
    window.open_page("workers")
    workers = window.pages["workers"]
    assert isinstance(workers, RecordsPage)
    workers.search("没有这个人")
    wait(window)
    exporting = next(each for each in workers.findChildren(CommandAction) if each.command.name == "list.export")
    without_rows = exporting.possible
    workers.search("")
    wait(window)
    assert (without_rows, exporting.possible) == (False, True)
    qtbot.keyClick(window.side.buttons["workers"], Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert workers.bar.finding.hasFocus()
    qtbot.keyClick(
        workers.table, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    assert workers.people.hasFocus()


def test_the_next_record_opens_by_its_key(qtbot: QtBot, window: Window) -> None:
    window.activateWindow()
    window.open_page("workers")
    workers = window.pages["workers"]
    assert isinstance(workers, RecordsPage)
    first, second = workers.model.uids([0, 1])
    workers.open_record(first)
    assert workers.pane is not None
    qtbot.keyClick(workers.table, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert workers.pane.uid == second
    qtbot.keyClick(workers.pane, Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    assert workers.pane.uid == first
    qtbot.keyClick(workers.pane, Qt.Key.Key_Escape)
    assert not workers.pane.isVisible()


@pytest.mark.parametrize("typed", ["存为", "cwbg", "cunweibiaoge", "CWB"])
def test_a_command_is_meant_by_its_name_its_pinyin_or_its_initials(typed: str) -> None:
    assert fits(typed, "存为表格…")
    assert not fits(typed, "打印…")


def test_the_search_box_offers_commands_after_the_records_and_does_the_chosen_one(qtbot: QtBot, window: Window) -> None:
    window.activateWindow()
    window.open_page("home")
    window.go_to_search()
    qtbot.keyClicks(window.search, "dkrwzb")  # 打开“任务指标”
    qtbot.waitUntil(window.search.results.isVisible)
    rows = [window.search.results.item(row).text() for row in range(window.search.results.count())]
    assert rows[-2:] == ["命令", "打开“任务指标”"]
    qtbot.keyClick(window.search, Qt.Key.Key_Return)
    wait(window)
    assert window.page_name == "targets"
    assert window.search.text() == ""


def test_a_command_of_another_page_is_not_offered(window: Window) -> None:
    window.open_page("home")
    assert not [each for each in window.possible_commands() if each.command.scope == "list"]
    window.open_page("workers")
    assert [each for each in window.possible_commands() if each.command.name == "list.new"]


def test_f6_goes_round_side_bar_search_page_and_pane_and_back(qtbot: QtBot, window: Window) -> None:
    window.activateWindow()
    window.open_page("workers")
    workers = window.pages["workers"]
    assert isinstance(workers, RecordsPage)
    workers.open_record(next(iter(workers.model.uids([0]))))
    wait(window)
    assert workers.pane is not None
    window.context.notices.dismiss()
    workers.table.setFocus()
    seen = []
    for _step in range(5):
        qtbot.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_F6)
        seen.append(focused())
    assert workers.pane.isAncestorOf(seen[0])
    assert window.side.isAncestorOf(seen[1])
    assert seen[2] is window.search
    assert workers.isAncestorOf(seen[3])
    assert not workers.split.isAncestorOf(seen[3])
    assert seen[4] is workers.table
    qtbot.keyClick(workers.table, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert QApplication.focusWidget() is window.search
    workers._close_pane()


def test_the_help_tells_every_key(qtbot: QtBot, window: Window) -> None:
    window.show_help()
    assert isinstance(window._help, HelpDialog)
    keys = window._help.keys
    assert keys.shown() == [each.label for scope in scopes() for each in commands(scope.name)]
    keys.finding.setText("cwbg")
    assert set(keys.shown()) == {"存为表格…", "要改的存为表格…"}
    keys.finding.setText("Ctrl+Shift+F")
    assert keys.shown() == ["转到筛选"]
    window._help.close()


def test_f1_opens_the_guide_where_it_tells_of_the_page(qtbot: QtBot, window: Window) -> None:
    for page in pages():
        window.open_page(page.name)
        window.show_help()
        assert window._help is not None
        text = window._help.guide.text
        assert GUIDES["zh"].places[page.name] in text.textCursor().block().text()
    assert window._help is not None
    assert window._help.guide.contents.count() > 10
    window._help.close()


def test_the_guide_of_every_language_tells_of_every_page_in_the_same_section(qtbot: QtBot) -> None:
    assert set(GUIDES) == set(LANGUAGES)
    sections: dict[str, dict[str, int]] = {}
    for code, guide in GUIDES.items():
        view = GuideView(guide)
        qtbot.addWidget(view)
        assert [page.name for page in pages() if not view.show_page(page.name)] == []
        starts = [block.position() for block in view.text.headings()]
        sections[code] = {}
        for page in pages():
            view.show_page(page.name)
            sections[code][page.name] = bisect_right(starts, view.text.textCursor().position())
    assert sections["en"] == sections["zh"]


def test_the_guide_is_in_the_language_of_the_window(qtbot: QtBot) -> None:
    use_language("en")
    try:
        view = GuideView()
    finally:
        use_language("zh")
    qtbot.addWidget(view)
    assert view.text.toPlainText().startswith("Jianhuitong User Guide")
    assert view.show_page("history")


def test_the_guide_is_searched_and_its_pictures_fit(qtbot: QtBot, window: Window) -> None:
    window.show_help()
    assert window._help is not None
    qtbot.waitUntil(window._help.isActiveWindow)
    guide = window._help.guide
    qtbot.keyClick(guide.text, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert guide.finding.hasFocus()
    guide.finding.setText("恢复码")
    guide.finding.textEdited.emit("恢复码")
    first = guide.text.textCursor().selectionStart()
    assert guide.text.textCursor().selectedText() == "恢复码"
    qtbot.keyClick(guide.finding, Qt.Key.Key_Return)
    assert guide.text.textCursor().selectionStart() > first
    qtbot.keyClicks(guide.finding, "xyz")
    assert guide.told.text() == "没有找到"
    guide.finding.clear()
    for width in (960, 700):
        window._help.resize(width, 660)
        picture = guide.text.document().resource(QTextDocument.ResourceType.ImageResource.value, QUrl("pictures/home.png"))
        assert 0.8 * guide.text.viewport().width() < picture.width() <= guide.text.viewport().width()
    window._help.close()


def test_the_contents_mark_the_chapter_that_is_read(qtbot: QtBot) -> None:
    view = GuideView()
    qtbot.addWidget(view)
    view.resize(900, 500)
    view.show()
    assert view.show_page("settings")
    shown = view.contents.currentItem()
    assert shown is not None
    assert "备份" in shown.text()
    view.text.verticalScrollBar().setValue(0)
    assert view.contents.currentRow() <= 0


def test_a_missing_guide_says_so(qtbot: QtBot, tmp_path: Path) -> None:
    view = GuideView(Guide(tmp_path / "没有.md", {}))
    qtbot.addWidget(view)
    assert view.text.toPlainText().startswith("找不到使用指南")


def test_about_tells_version_libraries_and_places_to_copy(qtbot: QtBot, window: Window) -> None:
    window.show_help()
    assert window._help is not None
    window._help.about.copy.click()
    copied = QApplication.clipboard().text()
    assert version()
    assert version() in copied
    assert "PySide6-Essentials 6" in copied
    assert str(window.context.register.folder) in copied
    window._help.close()
