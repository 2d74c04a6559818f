"""Every page, pane, step and dialog: each control has a name, shows its focus and is on the way of Tab; nothing is clipped.

Every long list can be typed into, and every field takes what an input method composes. Led through once with the large font
for all of this, once with texts that are 40 % longer, as they are in other languages.
"""

import gettext
import re
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QAccessible, QImage, QPixmap
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QCheckBox,
    QComboBox,
    QDateEdit,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QTabBar,
    QTabWidget,
    QTextEdit,
    QWidget,
)

from models import language
from models.records.catalogue import RECORDS
from models.register.register import Register
from models.values.columns import columns_of
from models.values.pinyin import initials, organization_readings
from tests.aids.composing import COMPOSED, composed
from tests.aids.numbers_seen import covered_numbers, cut_numbers
from tests.aids.whole_window import closed, models_of_the_program, own_copy, shown_models, shown_window, wait, walk
from tests.house.seen_texts import seen as texts_seen
from ui.importing.missing_view import MissingModel
from ui.kit.list_box import FEW, FindingCompleter, FoundItems
from ui.kit.preview import ThumbnailModel

CONTROLS = (QLineEdit, QComboBox, QAbstractButton, QAbstractItemView, QAbstractSpinBox, QPlainTextEdit, QTextEdit)
Found = dict[str, set[str]]
#: What places its parts itself: they may lie over each other.
_HELD_OTHERWISE = (QAbstractScrollArea, QComboBox, QAbstractSpinBox, QLineEdit, QTabWidget)
#: The properties by which the style sheet tells one button or table from another.
DRESSES = ("primary", "flat", "card", "line", "legend", "bare")


def told(control: QWidget) -> str:
    """Which control it is, for whoever has to mend it."""
    above: QWidget | None = control
    names: list[str] = []
    while above is not None and len(names) < 5:
        names.append(type(above).__name__)
        above = above.parentWidget()
    text = getattr(control, "text", str)()
    return " < ".join(names) + (f" “{text[:24]}”" if text else "")


def inside_another(control: QWidget) -> bool:
    """True for what Qt puts inside a control that has the name: a combo's field, a header, a list that drops down."""
    above = control.parentWidget()
    while above is not None:
        if isinstance(above, QComboBox | QAbstractSpinBox | QTabBar | QLineEdit):
            return True
        above = above.parentWidget() if not above.isWindow() else None
    corner = isinstance(control, QAbstractButton) and isinstance(control.parentWidget(), QAbstractItemView)
    return isinstance(control, QHeaderView) or corner


def seen(part: QWidget, *kinds: type[QWidget]) -> Iterator[QWidget]:
    """The visible widgets of some kinds in a part."""
    for each in [part, *part.findChildren(QWidget)]:
        if isinstance(each, kinds) and each.isVisible():
            yield each


def nameless(part: QWidget) -> Iterator[QWidget]:
    """The controls without anything that a screen reader could say."""
    buddies = {each.buddy() for each in part.window().findChildren(QLabel) if each.text().strip()}
    for control in seen(part, *CONTROLS):
        text = control.text() if isinstance(control, QAbstractButton) else ""
        if not (control.accessibleName().strip() or text.strip() or control in buddies or inside_another(control)):
            yield control


def roleless(part: QWidget) -> Iterator[QWidget]:
    """What the keyboard comes to, of whatever class, of which a screen reader would not know what it is or how it is called."""
    buddies = {each.buddy() for each in part.window().findChildren(QLabel) if each.text().strip()}
    for each in seen(part, QWidget):
        stops = each.focusPolicy() & Qt.FocusPolicy.TabFocus and each.isEnabled() and each.focusProxy() is None
        if not stops or inside_another(each):
            continue
        told_as = QAccessible.queryAccessibleInterface(each)
        named = told_as.text(QAccessible.Text.Name).strip() or each in buddies
        plain = told_as.role() == QAccessible.Role.Client and not isinstance(each, QScrollArea)  # Qt has no other role for those
        if told_as.role() == QAccessible.Role.NoRole or plain or not named:
            yield each


def untold(part: QWidget) -> Iterator[QWidget]:
    """The buttons that are only a sign, without a tool tip."""
    for button in seen(part, QAbstractButton):
        assert isinstance(button, QAbstractButton)
        sign = not button.icon().isNull() and not button.text().strip()
        if sign and not button.toolTip() and not inside_another(button):
            yield button


def clipped(part: QWidget) -> Iterator[str]:
    """The texts that are wider or higher than their place, but for those that have a tool tip with the whole."""
    for each in seen(part, QLabel, QPushButton, QCheckBox, QRadioButton):
        if each.toolTip() and isinstance(each, QLabel):
            continue
        wanted = each.sizeHint()
        if isinstance(each, QLabel) and each.wordWrap():
            if each.text() and each.heightForWidth(each.width()) > each.height() + 1:
                yield f"{told(each)} {each.heightForWidth(each.width())} > {each.height()} high"
        elif wanted.width() > each.width() + 1 or wanted.height() > each.height() + 4:  # some padding may go
            yield f"{told(each)} {wanted.toTuple()} > {each.size().toTuple()}"
    for bar in seen(part, QTabBar):
        assert isinstance(bar, QTabBar)
        arrows = part.window().width() < 1366 and bar.usesScrollButtons()  # on the smallest laptops they lead to the other tabs
        if bar.sizeHint().width() > bar.width() + 1 and not arrows:
            yield f"{told(bar)} {bar.sizeHint().width()} > {bar.width()}"
    for head in seen(part, QHeaderView):
        assert isinstance(head, QHeaderView)
        yield from cut_titles(head)


def squeezed(part: QWidget) -> Iterator[str]:
    """What lies over its neighbour or reaches out of what holds it, and a page that needs more room than the window has."""
    for box in [part, *part.findChildren(QWidget)]:
        if not box.isVisible() or inside_another(box) or isinstance(box, _HELD_OTHERWISE):
            continue
        held = [each for each in box.children() if isinstance(each, QWidget) and each.isVisible() and not each.isWindow()]
        held = [each for each in held if not each.size().isEmpty()]
        over = () if isinstance(box, QSplitter | QStackedWidget) else combinations(held, 2)
        yield from (
            f"{told(one)} {one.accessibleName()} and {told(other)} {other.accessibleName()}"
            for one, other in over if _is_seen(one.geometry() & other.geometry())
        )  # fmt: skip
        if not isinstance(box.parentWidget(), QAbstractScrollArea):
            room = box.rect().adjusted(-2, -2, 2, 2)
            out = [each for each in held if not room.contains(each.geometry())]
            yield from (f"{told(each)} {each.accessibleName()} reaches out" for each in out)


def _is_seen(common: QRect) -> bool:
    return common.width() > 2 and common.height() > 2


def cut_titles(head: QHeaderView) -> Iterator[str]:
    """The titles of columns that do not fit into their sections."""
    model = head.model()
    if head.orientation() == Qt.Orientation.Vertical or model is None:
        return
    for place in range(head.count()):
        title = str(model.headerData(place, Qt.Orientation.Horizontal) or "")
        tip = model.headerData(place, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
        needed = head.fontMetrics().horizontalAdvance(title) + 17  # padding and line of a section
        if title and not head.isSectionHidden(place) and not tip and needed > head.sectionSize(place):
            yield f"{told(head)} “{title}” {needed} > {head.sectionSize(place)}"


def numbers_held() -> frozenset[str]:
    """The numbers of persons and phones that the register holds."""
    found: set[str] = set()
    for record in RECORDS.values():
        fields = [getattr(record, column.name) for column in columns_of(record) if column.private]
        rows: Any = record.select(*fields).tuples() if fields else ()
        found |= {each for row in rows for value in row if value for each in str(value).split("、")}
    return frozenset(found)


def uncovered(part: QWidget, numbers: frozenset[str]) -> Iterator[str]:
    """The numbers that stand in full in a part although nobody asked for them; as they are covered, for the report."""
    for where, text in texts_seen(part):
        for each in re.findall(r"[\dX-]{7,}", text):
            if each in numbers:
                yield f"{where}: {each[:3]}…{each[-2:]}"


class Finding:
    """Types into each long list, the first time that it is seen: some of its entries, each in every way to find it."""

    def __init__(self) -> None:
        self.tried: set[QComboBox] = set()

    def lost(self, part: QWidget) -> Iterator[str]:
        """The lists of more than eight entries that cannot be typed into, and what is typed into one and does not find."""
        for box in part.findChildren(QComboBox):
            if box.count() <= FEW or box in self.tried:
                continue
            self.tried.add(box)
            completer = box.completer()
            if not isinstance(completer, FindingCompleter):
                yield f"{box.accessibleName()} has nothing that finds"
                continue
            for place in range(1, box.count(), max(1, box.count() // 12)):
                text = box.itemText(place).strip()
                missed = (typed for typed in ways(text) if not finds(completer, typed, text))
                yield from (f"{box.accessibleName()}: {typed} for {text}" for typed in missed)


def ways(text: str) -> list[str]:
    """What somebody may type for an entry: a part in its middle, the letters of its pinyin, and their initials."""
    (syllables,) = organization_readings(text) or [[]]
    letters = "".join(syllables)
    spoken = [letters, initials(syllables)] if letters.isascii() and letters.isalnum() else []
    return [text[1:-1] or text, *(each for each in spoken if each)]


def finds(completer: FindingCompleter, typed: str, text: str) -> bool:
    """True when an entry is among those that are offered for what was typed."""
    completer.splitPath(typed)
    model = completer.model()
    return text in {str(model.index(row, 0).data()).strip() for row in range(model.rowCount())}


class Composing:
    """Composes a text in each kind of field, the first time that one of its kind is seen."""

    def __init__(self) -> None:
        self.tried: set[str] = set()

    def wrong(self, part: QWidget) -> Iterator[str]:
        """The fields of a part that do not take composed input, or take it twice; what stood in them stands there again."""
        fields: list[QLineEdit | QPlainTextEdit] = [*part.findChildren(QLineEdit), *part.findChildren(QPlainTextEdit)]
        for field in fields:
            above = field.parentWidget()
            kind = f"{type(field).__name__} in {type(above).__name__}"
            if kind in self.tried or not field.isVisible() or not field.isEnabled() or field.isReadOnly():
                continue
            if isinstance(above, QAbstractSpinBox) or not field.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled):
                continue  # numbers and dates; passphrases
            self.tried.add(kind)
            before = text_of(field)
            field.blockSignals(True)
            composed(field, COMPOSED)
            if text_of(field).count(COMPOSED) != before.count(COMPOSED) + 1 or "chongqing" in text_of(field):
                yield f"{kind} has {text_of(field)}"
            (field.setPlainText if isinstance(field, QPlainTextEdit) else field.setText)(before)
            field.blockSignals(False)


def text_of(field: QLineEdit | QPlainTextEdit) -> str:
    """What stands in a field."""
    return field.toPlainText() if isinstance(field, QPlainTextEdit) else field.text()


class Tabbing:
    """Goes round with Tab, and looks at each kind of control once with the focus and once without."""

    def __init__(self) -> None:
        self._looked_at: set[str] = set()

    def round(self, part: QWidget) -> Iterator[str]:
        """The controls of a part that Tab does not come to, that keep it, or that do not show the focus."""
        controls = [each for each in seen(part, *CONTROLS) if each.isEnabled() and not inside_another(each)]
        controls = [each for each in controls if each.focusPolicy() & Qt.FocusPolicy.TabFocus]
        if not controls:
            return
        part.window().activateWindow()
        QApplication.processEvents()
        controls[0].setFocus(Qt.FocusReason.TabFocusReason)
        first = now = QApplication.focusWidget()
        reached = set()
        while now is not None and now not in reached:
            reached.add(now)
            picture = self._picture(now)
            for _part in range(3 if isinstance(now, QDateEdit) else 1):  # year, month and day one after the other
                QTest.keyClick(now, Qt.Key.Key_Tab)
            if QApplication.focusWidget() is now:
                yield f"{told(now)} keeps the focus"
            if picture is not None and self._with_frame(now).toImage() == picture:
                yield f"{told(now)} does not show the focus"
            now = QApplication.focusWidget()
        if now is not first:
            yield f"{told(now or part)} is where Tab goes round without coming back"
        for each in controls:
            group = each.group() if isinstance(each, QAbstractButton) else None
            if each not in reached and each.focusProxy() not in reached and not (group and {*group.buttons()} & reached):
                yield f"{told(each)} is not reached"

    def _picture(self, control: QWidget) -> QImage | None:
        """The control as it looks with the focus, the first time that one of its kind has it."""
        kind = f"{type(control).__name__} {[control.property(each) for each in DRESSES]}"
        if kind in self._looked_at:
            return None
        self._looked_at.add(kind)
        return self._with_frame(control).toImage()

    def _with_frame(self, control: QWidget) -> QPixmap:
        window = control.window()
        return window.grab(QRect(control.mapTo(window, QPoint(-2, -2)), control.size() + QSize(4, 4)))


class Eyes:
    """What is looked for besides what has no name and what is clipped."""

    def __init__(self, tried: set[type]) -> None:
        self.tabbing, self.composing, self.finding, self.tried = Tabbing(), Composing(), Finding(), tried

    def look(self, part: QWidget) -> Iterator[tuple[str, str]]:
        """(a kind of fault, what has it) of a part."""
        yield from (("dumb", each) for each in self.finding.lost(part))
        yield from (("composed", each) for each in self.composing.wrong(part))
        yield from (("unreached", each) for each in self.tabbing.round(part))
        for model in shown_models(part):
            if type(model).__module__.startswith("ui.") and model.rowCount() and type(model) not in self.tried:
                QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
                self.tried |= set(type(model).__mro__)


def walked(held: Register, folder: Path, eyes: Eyes | None, size: tuple[int, int] = (1366, 768), **kept: str) -> Found:
    """What is wrong in a window of a size; ``kept`` is what the laptop keeps, as its font or language."""
    kinds = (
        "squeezed", "nameless", "roleless", "untold", "clipped", "uncovered", "unreached", "dumb", "composed", "cut", "covered",
    )  # fmt: skip
    found: Found = {name: set() for name in kinds}
    with own_copy(held, folder, **kept) as register:
        window, numbers = shown_window(register), numbers_held()
        window.resize(*size)
        wait(window)
        for name, part in walk(window, folder):
            found["nameless"] |= {f"{name}: {told(each)}" for each in nameless(part)}
            found["roleless"] |= {f"{name}: {told(each)}" for each in roleless(part)}
            found["uncovered"] |= {f"{name}: {each}" for each in uncovered(part, numbers)}
            found["untold"] |= {f"{name}: {told(each)}" for each in untold(part)}
            found["clipped"] |= {f"{name}: {each}" for each in clipped(part)}
            found["squeezed"] |= {f"{name}: {each}" for each in squeezed(part)}
            found["cut"] |= {f"{name}: {each}" for each in cut_numbers(part)}
            found["covered"] |= {f"{name}: {each}" for each in covered_numbers(part)}
            for fault, each in eyes.look(part) if eyes is not None else ():
                found[fault].add(f"{name}: {each}")
            if window.size().toTuple() != size:
                found["clipped"].add(f"{name}: the window is {window.size().toTuple()}")
                window.resize(*size)
        closed(window)
    return found


@pytest.fixture(scope="module")
def eyes() -> Eyes:
    """What was looked at with the large font.

    The classes of item models are tried by Qt's own rules; a breach is a Qt warning, which fails the test.
    """
    # have tests of their own: who a whole roster lacks, what is found while one types, small pages
    return Eyes({MissingModel, FoundItems, ThumbnailModel})


@pytest.fixture(scope="module")
def large(sample_register: Register, tmp_path_factory: pytest.TempPathFactory, qapp: QApplication, eyes: Eyes) -> Found:
    """What is wrong with the large font."""
    return walked(sample_register, tmp_path_factory.mktemp("large"), eyes, font="large")


class Stretched(gettext.NullTranslations):
    """Every text 40 % longer; what is put into braces stays what it is."""

    def gettext(self, message: str) -> str:
        plain = re.sub(r"\{[^}]*\}", "", message).strip()
        return message + (plain * 2)[: max(1, round(len(plain) * 0.4))] if plain else message


@pytest.fixture(scope="module")
def stretched(sample_register: Register, tmp_path_factory: pytest.TempPathFactory, qapp: QApplication) -> Iterator[Found]:
    """What is wrong with longer texts."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(language, "_catalogue", Stretched())
        yield walked(sample_register, tmp_path_factory.mktemp("stretched"), None)


def test_every_control_has_a_name(large: Found) -> None:
    assert sorted(large["nameless"]) == []


def test_no_number_is_cut_in_any_list_however_narrow_its_column(large: Found, stretched: Found) -> None:
    assert sorted(large["cut"] | stretched["cut"]) == []


def test_what_the_keyboard_comes_to_has_a_role_and_a_name(large: Found) -> None:
    assert sorted(large["roleless"]) == []


def test_no_number_stands_in_full_where_nobody_asked_for_it(large: Found) -> None:
    assert sorted(large["uncovered"]) == []


def test_a_sign_without_words_has_a_tool_tip(large: Found) -> None:
    assert sorted(large["untold"]) == []


def test_tab_comes_to_every_control_and_each_shows_it(large: Found) -> None:
    assert sorted(large["unreached"]) == []


def test_every_item_model_was_tried_by_qts_rules(large: Found, eyes: Eyes) -> None:
    assert models_of_the_program() - eyes.tried == set()


def test_every_list_of_more_than_eight_entries_finds_by_a_part_pinyin_and_initials(large: Found, eyes: Eyes) -> None:
    assert sorted(large["dumb"]) == []
    assert len(eyes.finding.tried) > 20


def test_every_text_field_takes_composed_input_once(large: Found, eyes: Eyes) -> None:
    assert sorted(large["composed"]) == []
    assert len(eyes.composing.tried) >= 6


def test_nothing_lies_over_its_neighbour(large: Found, stretched: Found) -> None:
    assert sorted(large["squeezed"] | stretched["squeezed"]) == []


def test_nothing_is_clipped_with_the_large_font(large: Found) -> None:
    assert sorted(large["clipped"]) == []


def test_nothing_is_clipped_when_texts_are_longer(stretched: Found) -> None:
    assert sorted(stretched["clipped"]) == []
