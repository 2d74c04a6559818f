"""What drawn pages have in common: title and what is told above, the foot; lengths in twentieths of a point, A4 landscape."""

from dataclasses import replace

from models.language import _
from reports.boxed import BoxedText, text_lines
from reports.fitting import Measure
from reports.layout import MARGIN
from reports.paper_page import LONG_SIDE, MM, SHORT_SIDE, PaperPage
from reports.report import Report

LEFT, RIGHT, BOTTOM = MARGIN, LONG_SIDE - MARGIN, SHORT_SIDE - MARGIN
_TITLE, _LINE = 10 * MM, 6 * MM


def heading(page: PaperPage, report: Report, measure: Measure, title: str = "", told: str = "") -> float:
    """Draw the title (the report's, unless another is given) and the line below it; returns where the page begins."""
    y = MARGIN + _TITLE
    lines = text_lines(title or report.title, (LEFT, MARGIN, RIGHT, y), BoxedText(18, bold=True, align="center"), measure)
    page.texts += [replace(line, title=True) for line in lines]  # in the face of every other paper's title
    name = _("填报单位：{name}").format(name=report.organization) if report.organization else ""
    said = "　　".join(part for part in (name, told or report.totals) if part)
    day = _("填报日期：{day}").format(day=report.day)
    page.texts += text_lines(said, (LEFT, y, RIGHT - 45 * MM, y + _LINE), BoxedText(9), measure)
    page.texts += text_lines(day, (RIGHT - 45 * MM, y, RIGHT, y + _LINE), BoxedText(9, align="right"), measure)
    return y + _LINE + 2 * MM


def foot(
    page: PaperPage, report: Report, printed: str, of: tuple[int, int], measure: Measure, *, joined: bool = False
) -> None:
    """Draw the foot: when it was printed, which page of how many (``joined``: they are one drawing), what the numbers are."""
    box = (LEFT, BOTTOM + 3 * MM, RIGHT, BOTTOM + 7 * MM)
    number, count = of
    when = _("打印时间 {time}").format(time=printed) if printed else ""
    pages = _("第 {number} 页 共 {count} 页").format(number=number, count=count)
    if joined and number < count:
        pages += _("，接第 {number} 页").format(number=number + 1)
    page.texts += text_lines(when, box, BoxedText(8), measure)
    page.texts += text_lines(pages, box, BoxedText(8, align="center"), measure)
    page.texts += text_lines(report.mark, box, BoxedText(8, align="right"), measure)
    for place, note in enumerate(report.footnotes):
        below = (LEFT, BOTTOM + (7 + 3.5 * place) * MM, RIGHT, BOTTOM + (10.5 + 3.5 * place) * MM)
        page.texts += text_lines(note, below, BoxedText(7), measure)
