"""Where the keyboard is stands out at least 3 to 1 from what is seen there without it, in both themes, and is no error's colour."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QTabBar, QWidget

from models.register.register import Register
from tests.aids.whole_window import closed, own_copy, shown_window, wait
from tests.ui.shell.test_contrast import ratio, seen
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
    with own_copy(sample_register, tmp_path_factory.mktemp("focus"), theme=request.param) as register:
        shown = shown_window(register)
        theme.use_theme(qapp, request.param)
        shown._dress_anew()
        yield shown
        closed(shown)
        theme.use_theme(qapp, "light")


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
