"""The banner: what was done with its way back, what went wrong until it is read."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ui.kit import notices
from ui.kit.notices import Action, Notices


def shown(qtbot: QtBot) -> Notices:
    banner = Notices()
    qtbot.addWidget(banner)
    return banner


def test_only_the_newest_is_shown(qtbot: QtBot) -> None:
    banner = shown(qtbot)
    pressed: list[str] = []
    banner.tell("已导入 3 人", Action("撤销", lambda: pressed.append("undo")))
    banner.tell("已导出")
    assert banner.text == "已导出"
    assert banner.buttons == []
    assert pressed == []


def test_an_action_closes_the_banner_before_it_acts(qtbot: QtBot) -> None:
    banner = shown(qtbot)
    banner.tell("已导入 3 人", Action("查看", banner.hide), Action("撤销", lambda: banner.tell("已撤销")))
    assert [button.text() for button in banner.buttons] == ["查看", "撤销"]
    qtbot.mouseClick(banner.buttons[1], Qt.MouseButton.LeftButton)
    assert banner.text == "已撤销"


def test_a_done_banner_goes_by_itself_and_an_error_stays(qtbot: QtBot) -> None:
    banner = shown(qtbot)
    assert notices.SHOWN_FOR_MS == 8000
    banner._timer.setInterval(20)
    banner.error("读不了《花名册.xlsx》。")
    qtbot.wait(60)
    assert banner.text == "读不了《花名册.xlsx》。"
    banner.tell("已导出")
    qtbot.waitUntil(lambda: banner.text == "")
