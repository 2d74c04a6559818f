"""Both themes, measured in pictures of each page: what is written stands out from what it stands on, at least 4.5 to 1.

From light to dark and back nothing keeps the other theme's colours.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

import pytest
from PySide6.QtCore import QRect
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

from models.register import laptop
from models.register.register import Register
from tests.aids.whole_window import closed, own_copy, shown_window, wait
from ui.kit.commands import pages
from ui.shell.application import dress
from ui.shell.window import Window

_LEAST = 4.5


@dataclass
class Look:
    """One theme on all pages: the colours of each as it opens, and by page how much each text on it stands out."""

    colours: dict[str, set[int]] = field(default_factory=dict)
    contrasts: dict[str, set[tuple[str, float]]] = field(default_factory=dict)


@cache
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


def place_in(window: Window, widget: QWidget) -> QRect:
    """Where a part stands in its window."""
    return widget.rect().translated(widget.mapTo(window, widget.rect().topLeft()))


def seen(window: Window, widget: QWidget) -> QImage:
    """A part of the window as it is painted, with what lies behind it."""
    return window.grab(place_in(window, widget)).toImage()


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


def look(window: Window, *, measured: bool = True) -> Look:
    """Lead the window through its pages; ``measured``: the contrasts are too."""
    found = Look()
    for each in pages():
        window.open_page(each.name)
        wait(window)
        image = window.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
        found.colours[each.name] = set(memoryview(image.constBits()).cast("I"))
        page = window.pages[each.name]
        for _part in parts(window, page) if measured else ():
            shown = window.grab().toImage()
            for text, part in written(page):
                contrast = round(stands_out(shown.copy(place_in(window, part))), 2)
                found.contrasts.setdefault(each.name, set()).add((text, contrast))
    return found


def put_on(window: Window, theme: str) -> None:
    """Choose a theme as the settings do."""
    laptop.write_laptop(laptop.read_laptop() | {"theme": theme})
    dress()
    window._dress_anew()
    wait(window)


@pytest.fixture(scope="module")
def looks(
    sample_register: Register, tmp_path_factory: pytest.TempPathFactory, qapp: QApplication
) -> Iterator[tuple[Look, Look, Look]]:
    """The window over all samples in the light, in the dark, and in the light again."""
    with own_copy(sample_register, tmp_path_factory.mktemp("themes"), theme="light") as register:
        dress()
        window = shown_window(register)
        window.context.notices.dismiss()
        light = look(window)
        put_on(window, "dark")
        dark = look(window)
        put_on(window, "light")
        yield light, dark, look(window, measured=False)
        closed(window)


def test_everything_that_is_written_can_be_read(looks: tuple[Look, Look, Look]) -> None:
    for each in looks[:2]:
        weak = {name: [one for one in found if one[1] < _LEAST] for name, found in each.contrasts.items()}
        assert {name: found for name, found in weak.items() if found} == {}
        assert list(each.contrasts) == [page.name for page in pages()]


def test_light_again_keeps_no_colour_of_the_dark(looks: tuple[Look, Look, Look]) -> None:
    light, dark, again = (each.colours for each in looks)
    assert {name: left for name in light if (left := (again[name] & dark[name]) - light[name])} == {}
    assert all(len(dark[name] - light[name]) > 20 for name in light)  # the dark was seen
