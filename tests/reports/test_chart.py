"""Charts as data: what is put where is the same on paper and on the screen, whatever their units are."""

import pytest
from PySide6.QtGui import QColor, QImage, QPainter

from reports import paper
from reports.chart import BAR_GREY, Drawing, Lettering, Room, bars, columns, line, put_chart, scales_of
from reports.layout import lay_out
from reports.paper_page import PaperPage
from reports.report import Bar, Report, ReportColumn, Section
from tests.reports.test_report import plain_measure

DRAWINGS = [
    line([1, 2, 3.5], [1, 5, 9], 100), columns([1, 0, 5, 12]), bars(["甲区", "乙区"], [50, 70], ["50 %", "70 %"], 100),
]  # fmt: skip


def put(drawing: Drawing, times: float = 1) -> PaperPage:
    """A chart of 400 by 240 units of a size."""
    page = PaperPage()
    letters = Lettering(9 * times, 3 * times, lambda text: plain_measure(text, False) * 12 * times)
    put_chart(page, drawing, Room(0, 0, 400 * times, 240 * times, 6 * times, 8 * times), letters)
    return page


@pytest.mark.parametrize("drawing", DRAWINGS)
def test_a_chart_twenty_times_as_large_is_the_same_chart(drawing: Drawing) -> None:
    small, large = put(drawing), put(drawing, 20)
    assert [text.text for text in large.texts] == [text.text for text in small.texts]
    assert [text.x for text in large.texts] == pytest.approx([20 * text.x for text in small.texts])
    for one, other in zip(small.tints, large.tints, strict=True):
        assert (other.x, other.y, other.width, other.height) == pytest.approx(
            (20 * one.x, 20 * one.y, 20 * one.width, 20 * one.height)
        )
    assert [len(each.points) for each in large.strokes] == [len(each.points) for each in small.strokes]


@pytest.mark.parametrize("drawing", DRAWINGS)
def test_all_of_a_chart_stands_in_its_room(drawing: Drawing) -> None:
    page = put(drawing)
    scales = scales_of(drawing, Room(0, 0, 400, 240, 6, 8), Lettering(9, 3, lambda text: plain_measure(text, False) * 12))
    assert all(scales.holds(*point) for stroke in page.strokes for point in stroke.points)
    for text in page.texts:
        assert 0 <= text.x <= text.x + plain_measure(text.text, False) * 12 <= 400
        assert 9 <= text.baseline <= 240


def test_the_painter_draws_a_chart_in_the_colours_that_it_is_given() -> None:
    paper.ensure_application()
    page = put(bars(["甲区"], [100], ["100"], 100, rows=1))
    image = QImage(400, 240, QImage.Format.Format_RGB32)
    for colour, seen in ((None, QColor(140, 140, 140)), (QColor("#204060"), QColor("#204060"))):
        image.fill(QColor("white"))
        painter = QPainter(image)
        paper.paint_tints(painter, page, colour)
        painter.end()
        (tint,) = page.tints
        assert image.pixelColor(round(tint.x + tint.width / 2), round(tint.y + tint.height / 2)) == seen


def test_the_chart_of_a_paper_is_put_there_by_the_same_function_and_as_long_as_its_numbers() -> None:
    chart = Section("各镇街", [], bars=[Bar("甲镇", 4, "4 家"), Bar("乙镇", 2, "2 家"), Bar("丙镇", 0, "0 家")])
    report = Report("半年", "某区总工会", "2026-11-22", [ReportColumn("指标", 8)], [chart])
    (page,) = lay_out(report, "", plain_measure).pages
    lengths = [tint.width for tint in page.tints if tint.grey == BAR_GREY]
    assert lengths == pytest.approx([lengths[0], lengths[0] / 2])
    said = {text.text: text for text in page.texts}
    (first, _second) = [tint for tint in page.tints if tint.grey == BAR_GREY]
    assert said["甲镇"].x < first.x < first.x + first.width < said["4 家"].x
    assert said["丙镇"].baseline > said["乙镇"].baseline > said["甲镇"].baseline
