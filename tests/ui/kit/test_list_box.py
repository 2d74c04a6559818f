"""Fields find what they offer by any part, pinyin and initials; lists of more than eight entries can be typed into."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QObject, QStringListModel, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QLineEdit,
    QPushButton,
    QStyle,
    QStyleOptionComboBox,
    QWidget,
)
from pytestqt.qtbot import QtBot

from models.lists.search import catch_up
from models.values import codes
from models.values.columns import Column
from models.values.kinds import Text
from models.values.pinyin import found_by
from tests.aids.record_pages import UNION
from tests.aids.typing import strike, type_text
from ui.kit import theme
from ui.kit.context import Context
from ui.kit.editors import ChoiceEditor
from ui.kit.line_editor import LineEditor
from ui.kit.lines import across
from ui.kit.list_box import FEW, FindingCompleter, ListBox
from ui.kit.picker import RecordPicker
from ui.kit.search_combo import SearchCombo


@pytest.mark.parametrize(
    ("typed", "text", "found"),
    [
        ("配送", "外卖配送员", True), ("wmpsy", "外卖配送员", True), ("psy", "外卖配送员", True), ("peisong", "外卖配送员", True),
        ("waimai", "外卖配送员", True), ("aimai", "外卖配送员", False), ("kdy", "外卖配送员", False), ("", "外卖配送员", True),
    ],
)  # fmt: skip
def test_an_entry_is_found_by_a_part_its_pinyin_or_its_initials(typed: str, text: str, found: bool) -> None:
    assert found_by(typed, text) is found


def offered(field: QLineEdit) -> list[str]:
    completer = field.completer()
    assert isinstance(completer, FindingCompleter)
    model = completer.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def box_of(qtbot: QtBot, labels: tuple[str, ...]) -> ListBox:
    box = ListBox()
    qtbot.addWidget(box)
    box.addItems(labels)
    box.show()
    return box


def test_what_is_found_keeps_qts_rules_of_models(qtbot: QtBot) -> None:
    box = box_of(qtbot, codes.OCCUPATION_GROUP.labels)
    field = box.lineEdit()
    assert field is not None
    QAbstractItemModelTester(field.completer().model(), QAbstractItemModelTester.FailureReportingMode.Warning)
    field.setFocus()
    field.selectAll()
    type_text(qtbot, field, "配送")
    assert len(offered(field)) == 1


@pytest.mark.parametrize("typed", ["wmpsy", "配送", "waimaipei"])
def test_a_long_list_is_typed_into_and_tells_what_was_found(qtbot: QtBot, typed: str) -> None:
    box, told = box_of(qtbot, codes.OCCUPATION_GROUP.labels), []
    box.activated.connect(lambda place: told.append(box.itemText(place)))
    field = box.lineEdit()
    assert field is not None
    field.setFocus()
    field.selectAll()
    type_text(qtbot, field, typed)
    assert offered(field) == ["外卖配送员"]
    strike(box, Qt.Key.Key_Return)
    assert (box.currentText(), told) == ("外卖配送员", ["外卖配送员"])


def test_what_finds_nothing_leaves_what_was_chosen(qtbot: QtBot) -> None:
    told: list[int] = []
    box = box_of(qtbot, codes.OCCUPATION_GROUP.labels)
    box.activated.connect(told.append)
    field = box.lineEdit()
    assert field is not None
    field.selectAll()
    type_text(qtbot, field, "没有这个")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert (box.currentText(), told) == (codes.OCCUPATION_GROUP.labels[0], [])


def test_a_short_list_stays_a_list(qtbot: QtBot) -> None:
    box = box_of(qtbot, ("甲", "乙"))
    assert not box.finds
    box.addItems([str(number) for number in range(FEW)])
    assert box.finds


def test_places_and_searched_lists_are_found_by_initials(qtbot: QtBot) -> None:
    places = LineEditor("区划", QStringListModel(["重庆市渝中区", "重庆市沙坪坝区"]))
    qtbot.addWidget(places)
    type_text(qtbot, places.line, "spb")
    assert offered(places.line) == ["重庆市沙坪坝区"]
    combo = SearchCombo("工会", "全部")
    qtbot.addWidget(combo)
    combo.offer([("a", "重庆甲示例有限公司工会"), ("b", "沙坪坝区总工会")])
    field = combo.lineEdit()
    assert field is not None
    field.selectAll()
    type_text(qtbot, field, "spbq")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert combo.uid == "b"


@pytest.mark.parametrize("offered_anew", [["万州区", "涪陵区"], ["万州区", "涪陵区", "渝中区"]])
def test_what_is_being_typed_stays_when_the_entries_are_offered_anew(qtbot: QtBot, offered_anew: list[str]) -> None:
    combo = SearchCombo("所在区县", "不指定")
    qtbot.addWidget(combo)
    combo.offer([(name, name) for name in ("万州区", "涪陵区")])
    combo.choose("涪陵区")
    combo.show()
    field = combo.lineEdit()
    assert field is not None
    field.setFocus()
    field.selectAll()
    type_text(qtbot, field, "wz")
    combo.offer([(name, name) for name in offered_anew])
    assert (field.text(), combo.uid, combo.count()) == ("wz", "涪陵区", len(offered_anew) + 1)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert combo.uid == "万州区"


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("typed", ["甲示例", "cqjsl", "chongqingjia"])
def test_a_record_is_picked_by_any_part_pinyin_or_initials(qtbot: QtBot, context: Context, typed: str) -> None:
    catch_up()
    picker = RecordPicker("union", "工会")
    qtbot.addWidget(picker)
    picker.show()
    type_text(qtbot, picker, typed)
    picker.look()
    assert UNION in picker._found


class Enters(QObject):
    """Counts the Enter keys that a field gets."""

    def __init__(self, field: QWidget) -> None:
        super().__init__(field)
        self.count = 0
        field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 — Qt spells it so
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Return:
            self.count += 1
        return super().eventFilter(watched, event)


OFFERED = [f"{name}区" for name in ("万州", "涪陵", "渝中", "大渡口", "江北", "沙坪坝", "九龙坡", "南岸", "北碚", "綦江")]


def a_list_box() -> tuple[QWidget, Callable[[], str]]:
    box = ListBox()
    box.addItems(OFFERED)
    return box, box.currentText


def a_choice() -> tuple[QWidget, Callable[[], str]]:
    editor = ChoiceEditor(Column("区县", Text(), name="district"), [(name, name) for name in OFFERED])
    return editor, editor.text


def a_searched_list() -> tuple[QWidget, Callable[[], str]]:
    box = SearchCombo("区县", "全部")
    box.offer([(name, name) for name in OFFERED])
    return box, lambda: box.uid


def a_line() -> tuple[QWidget, Callable[[], str]]:
    editor = LineEditor("区划", QStringListModel(OFFERED))
    return editor, editor.text


def a_picker() -> tuple[QWidget, Callable[[], str]]:
    picker = RecordPicker("union", "工会")
    return picker, picker.text


def type_until_offered(qtbot: QtBot, field: QWidget, text: str) -> None:
    """Type over what stands in a field, until entries are offered below it."""
    field.setFocus()
    line = field.lineEdit() if isinstance(field, QComboBox) else field
    assert isinstance(line, QLineEdit)
    line.selectAll()
    type_text(qtbot, field, text)
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Tab])
@pytest.mark.parametrize(
    ("kind", "typed", "becomes"),
    [
        (a_list_box, "spb", "沙坪坝区"), (a_choice, "spb", "沙坪坝区"), (a_choice, "b", "b"), (a_searched_list, "spb", "沙坪坝区"),
        (a_line, "spb", "沙坪坝区"), (a_line, "沙坪", "沙坪"), (a_line, "b", "b"), (a_picker, "cqjsl", UNION),
    ],
)  # fmt: skip
def test_a_field_hears_the_first_enter_though_entries_are_offered_below_it(
    qtbot: QtBot, kind: Callable[[], tuple[QWidget, Callable[[], str]]], typed: str, becomes: str, key: Qt.Key
) -> None:
    catch_up()
    part, text = kind()
    other, window = QLineEdit(), QWidget()
    qtbot.addWidget(window)
    across(part, other, on=window)
    with qtbot.waitActive(window):
        window.show()
    field = part.focusProxy() or part
    heard = Enters(field)
    type_until_offered(qtbot, field, typed)
    strike(window, key)
    assert QApplication.activePopupWidget() is None
    if key == Qt.Key.Key_Return:
        assert heard.count == 1
        assert text() == becomes
    else:
        assert other.hasFocus()
        assert text() == (typed if kind is a_picker else becomes)


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize(
    ("kind", "typed", "becomes"),
    [(a_list_box, "spb", "沙坪坝区"), (a_choice, "spb", "沙坪坝区"), (a_searched_list, "spb", "沙坪坝区"), (a_picker, "cqjsl", UNION)],
)
def test_in_a_dialog_the_first_enter_takes_what_was_found_and_the_second_agrees(
    qtbot: QtBot, kind: Callable[[], tuple[QWidget, Callable[[], str]]], typed: str, becomes: str
) -> None:
    catch_up()
    part, text = kind()
    dialog = QDialog()
    qtbot.addWidget(dialog)
    go = QPushButton("好")
    go.setDefault(True)
    go.clicked.connect(dialog.accept)
    across(part, go, on=dialog)
    with qtbot.waitActive(dialog):
        dialog.show()
    field = part.focusProxy() or part
    type_until_offered(qtbot, field, typed)
    strike(dialog, Qt.Key.Key_Return)
    assert (dialog.isVisible(), text()) == (True, becomes)
    strike(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.result() == QDialog.DialogCode.Accepted)


def test_a_text_that_was_stored_and_names_no_entry_stays_when_the_field_is_only_passed(qtbot: QtBot) -> None:
    editor = ChoiceEditor(Column("区县", Text(), name="district"), [(name, name) for name in OFFERED])
    qtbot.addWidget(editor)
    editor.show_text("沙坪")
    editor.show()
    editor.setFocus()
    strike(editor, Qt.Key.Key_Return)
    assert (editor.text(), editor.combo.currentText()) == ("沙坪", "沙坪")


@pytest.mark.parametrize("searched", [False, True])
def test_a_click_opens_all_entries_and_what_is_typed_takes_the_place_of_the_text(qtbot: QtBot, searched: bool) -> None:
    box: QComboBox = SearchCombo("所在区县", "不指定") if searched else ListBox()
    qtbot.addWidget(box)
    names = ["万州区", "涪陵区", "渝中区", "大渡口区", "江北区", "沙坪坝区", "九龙坡区", "南岸区", "北碚区", "綦江区"]
    if isinstance(box, SearchCombo):
        box.offer([(name, name) for name in names])
    else:
        box.addItems(["不指定", *names])
    box.show()
    field = box.lineEdit()
    assert field is not None
    qtbot.mouseClick(field, Qt.MouseButton.LeftButton)
    completer = box.completer()
    assert completer is not None
    qtbot.waitUntil(lambda: completer.popup().isVisible())
    assert len(offered(field)) == 11
    assert field.selectedText() == "不指定"
    qtbot.keyClicks(field, "spb")
    assert (field.text(), offered(field)) == ("spb", ["沙坪坝区"])
    strike(box, Qt.Key.Key_Return)
    assert box.currentText() == "沙坪坝区"


def test_all_lists_that_drop_down_look_alike(qtbot: QtBot, qapp: QApplication) -> None:
    theme.use_theme(qapp, "light")
    few, many = ListBox(), ListBox()
    written = ChoiceEditor(Column("学历", Text(), name="education"), [(f"学历{place}", f"学历{place}") for place in range(12)])
    for filled, count in ((few, 3), (many, 20)):
        filled.addItems([f"第{place}项" for place in range(count)])
    window = QWidget()
    qtbot.addWidget(window)
    across(few, many, written, on=window)
    window.show()
    looks = set()
    boxes: list[QComboBox] = [few, many, written.combo]
    for box in boxes:
        option = QStyleOptionComboBox()
        box.initStyleOption(option)
        assert not box.style().styleHint(QStyle.StyleHint.SH_ComboBox_Popup, option, box), "a list below, no menu over the field"
        box.showPopup()
        view = box.view()
        looks.add((view.sizeHintForRow(1), view.palette().base().color().name(), view.palette().highlight().color().name()))
        box.hidePopup()
    completer = many.completer()
    assert completer is not None
    completer.splitPath("")
    completer.complete()
    popup = completer.popup()
    looks.add((popup.sizeHintForRow(1), popup.palette().base().color().name(), popup.palette().highlight().color().name()))
    popup.hide()
    assert len(looks) == 1
