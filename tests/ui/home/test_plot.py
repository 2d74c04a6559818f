"""What the charts of the first page draw: scales, marks, boxes; and what lies under the mouse."""

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from reports.chart import Drawing, bars, columns, line, marks
from ui.home.plot import Plot
from ui.kit import theme


@pytest.mark.parametrize(
    ("most", "told"),
    [
        (1, ["0", "1"]),
        (3, ["0", "1", "2", "3"]),
        (10, ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10"]),
        (11, ["0", "5", "10"]),
        (100, ["0", "20", "40", "60", "80", "100"]),
        (150_000, ["0", "50,000", "100,000", "150,000"]),
    ],
)
def test_a_scale_names_each_number_where_they_are_few_and_round_ones_where_not(most: int, told: list[str]) -> None:
    assert [text for _at, text in marks(most)] == told


def test_a_month_without_anything_has_no_column_and_no_number() -> None:
    drawn = columns([0, 3, 0, 1])
    assert [(box[0], box[1], box[3]) for box in drawn.boxes] == [(1.7, 2.3, 3), (3.7, 4.3, 1)]
    assert drawn.texts == [(2, 3, "3"), (4, 1, "1")]


def test_no_numbers_at_all_are_a_drawing_too(qtbot: QtBot) -> None:
    for drawn in (line([], [], None), columns([0] * 12), bars([], [], [], 100), Drawing()):
        shown = Plot()
        qtbot.addWidget(shown)
        shown.resize(300, 200)
        shown.show_drawing(drawn)
        assert not shown.grab().isNull()


@pytest.mark.parametrize(
    "drawn",
    [line([1, 2, 3], [1, 5, 9], 100), columns([1, 0, 5]), bars(["甲区", "乙区"], [50, 70], ["50 %", "70 %"], 100)],
)
def test_a_point_of_the_widget_and_its_place_on_the_scales_are_one(qtbot: QtBot, drawn: Drawing) -> None:
    shown = Plot()
    qtbot.addWidget(shown)
    shown.resize(400, 300)
    shown.show_drawing(drawn)
    for x, y in ((0.7, 0.1), (2.5, 0.5)):
        assert shown.scales().place(*shown.scales().point(x, y)) == pytest.approx((x, y))


def test_a_bar_is_painted_where_it_can_be_pressed_and_what_is_beside_the_scales_is_nothing(qtbot: QtBot) -> None:
    shown = Plot()
    qtbot.addWidget(shown)
    shown.resize(400, 300)
    shown.show_drawing(bars(["甲区", "乙区"], [100, 20], ["", ""], 100))
    shown.show()
    picture = shown.grab().toImage()
    inside, outside = (QPointF(*shown.scales().point(60, row)) for row in (0, -1))
    assert picture.pixelColor(inside.toPoint()) == QColor(theme.colour("neutral_1"))
    assert picture.pixelColor(outside.toPoint()) != QColor(theme.colour("neutral_1"))
    pressed: list[tuple[int, int]] = []
    shown.pressed.connect(lambda x, y: pressed.append((round(x), round(y))))
    for at in (inside, QPointF(2, 2), outside):
        qtbot.mouseClick(shown, Qt.MouseButton.LeftButton, pos=at.toPoint())
    assert pressed == [(60, 0), (60, -1)]
