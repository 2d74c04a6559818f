"""What is written stands out from what it stands on: at least 4.5 to 1 in both themes, measured in pictures of the window."""

from collections import Counter
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QTabBar,
    QTableView,
    QTabWidget,
    QWidget,
)

from models.register.register import Register
from tests.aids.whole_window import closed, own_copy, shown_window, wait
from ui.kit import theme
from ui.kit.commands import pages
from ui.shell.window import Window

_LEAST, _LEAST_FRAME = 4.5, 3.0
#: The properties by which the style sheet tells one button or table from another.
DRESSES = ("primary", "flat", "card", "line", "legend", "bare", "roomy")


@pytest.fixture(scope="module", params=["light", "dark"])
def window(
    request: pytest.FixtureRequest, sample_register: Register, tmp_path_factory: pytest.TempPathFactory, qapp: QApplication
) -> Iterator[Window]:
    """The window over all samples in one theme."""
    with own_copy(sample_register, tmp_path_factory.mktemp("contrast"), theme=request.param) as register:
        shown = shown_window(register)
        theme.use_theme(qapp, request.param)
        shown._dress_anew()
        yield shown
        closed(shown)
        theme.use_theme(qapp, "light")


def luminance(colour: int) -> float:
    """Relative luminance of an RGB value (WCAG 2)."""
    parts = [(colour >> shift & 255) / 255 for shift in (16, 8, 0)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one: int, other: int) -> float:
    """How much one colour stands out from another, 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def stands_out(picture: QImage) -> float:
    """How much the strongest colour of a picture stands out from its commonest one."""
    plain = picture.convertToFormat(QImage.Format.Format_RGB32)
    found = Counter(memoryview(plain.constBits()).cast("I"))
    counts = [colour & 0xFFFFFF for colour, _count in found.most_common()]
    ground = counts[0]
    return max(ratio(colour, ground) for colour in counts)


def seen(window: Window, widget: QWidget) -> QImage:
    """A part of the window as it is painted, with what lies behind it."""
    return window.grab(widget.rect().translated(widget.mapTo(window, widget.rect().topLeft()))).toImage()


def written(page: QWidget) -> Iterator[tuple[str, QWidget]]:
    """The parts of a page on which something is written and that can be used."""
    for part in page.findChildren(QWidget):
        large = part.width() > 8 and part.height() > 8
        inside = isinstance(part.parentWidget(), QComboBox)
        if large and not inside and part.isVisible() and part.isEnabled() and not part.visibleRegion().isEmpty():
            if isinstance(part, QLabel | QPushButton) and any(map(str.isalnum, part.text())):
                yield part.text(), part
            elif isinstance(part, QTableView) and part.model() is not None and part.model().rowCount():
                yield part.accessibleName(), part.viewport()
                if part.horizontalHeader().isVisible():
                    yield f"{part.accessibleName()}: titles", part.horizontalHeader().viewport()
            elif isinstance(part, QCheckBox | QRadioButton) or (isinstance(part, QTabBar) and part.count()):
                yield part.accessibleName() or type(part).__name__, part
            elif isinstance(part, QLineEdit | QComboBox) and (shown := _text_of(part)):
                yield shown, part


def _framed(part: QWidget) -> bool:
    """False for what has a frame around a part of it only: the tab that is chosen."""
    return not isinstance(part, QTabBar)


def stops(page: QWidget, known: set[str]) -> Iterator[QWidget]:
    """The parts of a page to which the keyboard comes, one of each kind and dress that was not seen before."""
    for part in page.findChildren(QWidget):
        tab = part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.focusProxy() is None
        if not (tab and part.isVisible() and part.isEnabled() and part.width() > 8) or part.visibleRegion().isEmpty():
            continue
        kind = f"{type(part).__name__} {part.objectName()} {[part.property(each) for each in DRESSES]}"
        if kind not in known:
            known.add(kind)
            yield part


def changed(before: QImage, after: QImage, edge: int) -> list[tuple[int, int]]:
    """The colours before and after of the points that differ; with ``edge`` only those so near to the border."""
    found = []
    for y in range(before.height()):
        for x in range(before.width()):
            inside = edge and edge <= x < before.width() - edge and edge <= y < before.height() - edge
            one, other = before.pixel(x, y) & 0xFFFFFF, after.pixel(x, y) & 0xFFFFFF
            if one != other and not inside:
                found.append((one, other))
    return found


def _text_of(field: QLineEdit | QComboBox) -> str:
    """What stands in a field, a hint too."""
    return field.currentText() if isinstance(field, QComboBox) else field.text() or field.placeholderText()


def parts(window: Window, page: QWidget) -> Iterator[None]:
    """The page as it opens, and with each of its tabs."""
    yield
    for tabs in [each for each in page.findChildren(QTabWidget) if each.isVisible()]:
        for place in range(1, tabs.count()):
            tabs.setCurrentIndex(place)
            wait(window)
            yield
        tabs.setCurrentIndex(0)


@pytest.fixture(scope="module")
def known(window: Window) -> set[str]:
    """The kinds of parts that were seen with the keyboard in them, in one theme."""
    return set()


@pytest.mark.parametrize("name", [page.name for page in pages()])
def test_where_the_keyboard_is_stands_out_and_is_never_told_in_the_colour_of_errors(
    window: Window, name: str, known: set[str]
) -> None:
    window.open_page(name)
    wait(window)
    window.activateWindow()
    faint: list[str] = []
    red = int(theme.colour("accent")[1:], 16)
    for part in stops(window, known):
        ratio_of = round(focus_stands_out(window, part, red, faint), 2)
        if ratio_of < _LEAST_FRAME:
            faint.append(f"{type(part).__name__} {part.accessibleName()} {ratio_of}")
    assert faint == []


def focus_stands_out(window: Window, part: QWidget, red: int, faint: list[str]) -> float:
    """How much the place of the keyboard stands out from what is seen there without it."""
    window.setFocus()
    QApplication.processEvents()
    before = seen(window, part).convertToFormat(QImage.Format.Format_RGB32)
    part.setFocus(Qt.FocusReason.TabFocusReason)
    QApplication.processEvents()
    if not part.isVisible():
        return _LEAST_FRAME  # a notice that has gone meanwhile
    points = changed(before, seen(window, part).convertToFormat(QImage.Format.Format_RGB32), 4 if _framed(part) else 0)
    if any(after == red for _before, after in points):
        faint.append(f"{type(part).__name__} {part.accessibleName()} in the colour of errors")
    return max((ratio(*each) for each in points), default=0.0)


@pytest.mark.parametrize("ground", ["paper", "ground", "field", "accent_soft"])
def test_errors_can_be_read_on_whatever_they_stand(window: Window, ground: str) -> None:
    wrong, focus, below = (int(theme.colour(each)[1:], 16) for each in ("accent", "focus", ground))
    assert ratio(wrong, below) >= _LEAST
    assert ratio(focus, below) >= _LEAST_FRAME
    assert wrong != focus


@pytest.mark.parametrize("name", [page.name for page in pages()])
def test_everything_that_is_written_can_be_read(window: Window, name: str) -> None:
    window.open_page(name)
    wait(window)
    page = window.pages[name]
    found = {
        (text, round(stands_out(seen(window, part)), 2)) for _part in parts(window, page) for text, part in written(page)
    }
    assert [each for each in found if each[1] < _LEAST] == []
    assert found
