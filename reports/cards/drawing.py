"""Sheets of cards: what stands where on each page, made when the page is looked at; and the page that tests the printer."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from models.language import _
from models.lists.card_forms import CardForm, filled
from reports.boxed import Box, BoxedText, text_lines
from reports.cards.qr import QUIET, qr_code
from reports.fitting import POINT, Measure
from reports.paper_page import MM, SIDES, PagesWhenSeen, PaperPage, TextLine, Tint
from reports.report import Report

#: What a card says, by the names of its layout.
Card = Mapping[str, str]
_BLACK = 100
#: The marks of the page that tests the printer: every so many millimetres, of these every so many longer.
_MARK, _LONG_MARK = 5, 10


@dataclass(frozen=True)
class CardSheets:
    """Cards in a layout, moved by the printer's ``offset``."""

    form: CardForm
    cards: Sequence[Card]
    offset: tuple[float, float]

    def pages(self, _report: Report, _printed: str, measure: Callable[[str, bool], float]) -> Sequence[PaperPage]:
        """The pages, each made when it is asked for."""
        form, cards = self.form, self.cards

        def draw(place: int) -> PaperPage:
            page = PaperPage()
            of_page = cards[place * form.a_sheet : (place + 1) * form.a_sheet]
            for (x, y), card in zip(corners(form, self.offset), of_page, strict=False):
                _draw(page, form, card, x, y, measure)
            return page

        return PagesWhenSeen(-(-len(cards) // form.a_sheet), draw)


@dataclass(frozen=True)
class PrinterTest:
    """The page that tests where the printer prints: the frames of a layout, and rulers along the edges of the sheet."""

    form: CardForm
    offset: tuple[float, float]

    def pages(self, _report: Report, _printed: str, measure: Callable[[str, bool], float]) -> Sequence[PaperPage]:
        """The one page."""
        page, form = PaperPage(), self.form
        for number, (x, y) in enumerate(corners(form, self.offset), start=1):
            _frame(page, x, y, form)
            _cross(page, x, y)
            if number == 1:
                box = (x + 2 * MM, y + 2 * MM, x + form.width * MM - 2 * MM, y + form.height * MM - 2 * MM)
                page.texts += text_lines(self._told(), box, BoxedText(10, 6), measure)
        _rulers(page, form, self.offset)
        return [page]

    def _told(self) -> str:
        form, (right, below) = self.form, self.offset
        told = _(
            "{name}：用尺子量这一格的左上角，离纸的左边应是 {left:g} 毫米，离上边应是 {top:g} 毫米。印得偏左、偏上几毫米，"
            "就在“偏移”里加几毫米；偏右、偏下就减。现在的偏移：向右 {right:g}，向下 {below:g}。"
        )
        return told.format(name=form.shown, left=form.left, top=form.top, right=right, below=below)


def corners(form: CardForm, offset: tuple[float, float]) -> Iterator[tuple[float, float]]:
    """The upper left corners of the cards of a sheet, row by row, in twentieths of a point."""
    for row in range(form.down):
        for column in range(form.across):
            x = form.left + offset[0] + column * (form.width + form.gap_x)
            y = form.top + offset[1] + row * (form.height + form.gap_y)
            yield x * MM, y * MM


def _draw(page: PaperPage, form: CardForm, card: Card, x: float, y: float, measure: Measure) -> None:
    if form.frame:
        _frame(page, x, y, form)
    for part in form.parts:
        left, top = x + part.x * MM, y + part.y * MM
        box = (left, top, left + part.width * MM, top + part.height * MM)
        if part.rule:
            page.rules.append(box)
        elif part.qr:
            _code(page, filled(part.qr, card).strip(), box)
        else:
            how = BoxedText(part.size, part.lines, part.bold, part.align, part.turned, part.upright)
            page.texts += text_lines(filled(part.text, card), box, how, measure)


def _frame(page: PaperPage, x: float, y: float, form: CardForm) -> None:
    right, bottom = x + form.width * MM, y + form.height * MM
    page.rules += [(x, y, right, y), (x, bottom, right, bottom), (x, y, x, bottom), (right, y, right, bottom)]


def _cross(page: PaperPage, x: float, y: float) -> None:
    page.rules += [(x - 3 * MM, y, x + 3 * MM, y), (x, y - 3 * MM, x, y + 3 * MM)]


def _code(page: PaperPage, text: str, box: Box) -> None:
    """A QR code with its quiet zone in a box; nothing where there is nothing to tell."""
    if not text:
        return
    modules, runs = qr_code(text)
    left, top, right, bottom = box
    module = min(right - left, bottom - top) / (modules + 2 * QUIET)
    for row, column, count in runs:
        page.tints.append(
            Tint(left + (column + QUIET) * module, top + (row + QUIET) * module, count * module, module, _BLACK)
        )


def _rulers(page: PaperPage, form: CardForm, offset: tuple[float, float]) -> None:
    """Marks from the sheet's corner along its upper and left edge, moved as everything is."""
    short, long = SIDES[form.paper]
    wide, high = (long, short) if form.landscape else (short, long)
    size = 6 * POINT
    for at in range(_MARK, int(wide / MM), _MARK):
        x, length = (at + offset[0]) * MM, (4 if at % _LONG_MARK == 0 else 2) * MM
        page.rules.append((x, (4 + offset[1]) * MM, x, (4 + offset[1]) * MM + length))
        if at % _LONG_MARK == 0:
            page.texts.append(TextLine(x + 0.5 * MM, (9.5 + offset[1]) * MM, str(at), size))
    for at in range(_MARK, int(high / MM), _MARK):
        y, length = (at + offset[1]) * MM, (4 if at % _LONG_MARK == 0 else 2) * MM
        page.rules.append(((4 + offset[0]) * MM, y, (4 + offset[0]) * MM + length, y))
        if at % _LONG_MARK == 0:
            page.texts.append(TextLine((8.5 + offset[0]) * MM, y + 0.8 * MM, str(at), size))
