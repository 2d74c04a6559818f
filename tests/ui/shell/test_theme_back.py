"""From light to dark and back nothing keeps the other theme's colours, on any page."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from models.register import laptop
from models.register.register import Register
from tests.aids.whole_window import closed, own_copy, shown_window, wait
from ui.kit.commands import pages
from ui.shell.application import dress
from ui.shell.window import Window


@pytest.fixture(scope="module")
def window(sample_register: Register, tmp_path_factory: pytest.TempPathFactory, qapp: QApplication) -> Iterator[Window]:
    """The window over the samples, in the light."""
    with own_copy(sample_register, tmp_path_factory.mktemp("themes"), theme="light") as register:
        dress()
        shown = shown_window(register)
        yield shown
        closed(shown)


def seen(window: Window) -> dict[str, set[int]]:
    """The colours of each page as it is seen."""
    found: dict[str, set[int]] = {}
    for page in pages():
        window.open_page(page.name)
        wait(window)
        image = window.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
        found[page.name] = set(memoryview(image.constBits()).cast("I"))
    return found


def put_on(window: Window, theme: str) -> None:
    """Choose a theme as the settings do."""
    laptop.write_laptop(laptop.read_laptop() | {"theme": theme})
    dress()
    window._dress_anew()
    wait(window)


def test_light_again_keeps_no_colour_of_the_dark(window: Window) -> None:
    window.context.notices.dismiss()
    light = seen(window)
    put_on(window, "dark")
    dark = seen(window)
    put_on(window, "light")
    again = seen(window)
    assert {name: left for name in light if (left := (again[name] & dark[name]) - light[name])} == {}
    assert all(len(dark[name] - light[name]) > 20 for name in light)  # the dark was seen
