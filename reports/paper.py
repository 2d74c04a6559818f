"""Paper: one painter for PDF, printer and preview. The only place among the reports that knows Qt.

The pages come from ``reports/layout.py``; here they are measured with a real font and drawn.
"""

import io
import os
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import BinaryIO, NamedTuple

from PySide6.QtCore import QBuffer, QByteArray, QCoreApplication, QIODevice, QLineF, QMarginsF, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QFontMetricsF,
    QGuiApplication,
    QImage,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPainterPath,
    QPdfWriter,
    QPen,
    QPolygonF,
    QRawFont,
)

from models.errors import UserError
from models.files.replacing import write_whole
from models.language import _
from models.progress import OnProgress
from reports.faces import FACES, PLAIN, Face, FaceFamily
from reports.fitting import POINT, Measure
from reports.layout import Layout
from reports.layout import lay_out as lay_out_with
from reports.paper_page import Paper, PaperPage, TextLine
from reports.pdf_text import Meant, appendix, mended
from reports.report import Report
from reports.saving import saving

#: Units of the layout in an inch; a PDF of this resolution needs no scaling.
UNITS_PER_INCH = 72 * POINT
_PAGE_SIZES: dict[Paper, QPageSize.PageSizeId] = {"A4": QPageSize.PageSizeId.A4, "A3": QPageSize.PageSizeId.A3}
_HAIRLINE, _LARGEST_MARK = 8, 4.0
_METRICS_SIZE = 1000
#: Characters that are joined to their neighbours: marks above letters, scripts that are written connected, signs of several.
#: The last character of the basic plane; the signs of radicals, whose glyphs are those of whole characters in some fonts.
_JOINED = re.compile(
    "[\u0300-\u1fff\u200c-\u200f"
    "\ufb1d-\ufdff\ufe00-\ufe2f\ufe70-\ufefc\U0001f000-\U0001faff\U000e0100-\U000e01ef]"
)
_BASIC, _RADICALS = "\uffff", ("\u2e80", "\u2fdf")


class Lines(NamedTuple):
    """How lines are drawn: the colours of rules, of a course and of a goal, their widths, and the radius of a dot."""

    rule: QColor
    line: QColor
    goal: QColor
    thin: float
    thick: float
    dot: float


#: On paper: hairlines, and lines that are seen in black and white.
_PRINTED = Lines(QColor(Qt.GlobalColor.black), QColor(Qt.GlobalColor.black), QColor("#7f7f7f"), _HAIRLINE, 20, 30)
#: The characters that were drawn in each face, in the order in which each came first.
Drawn = dict[Face, dict[str, None]]


def ensure_application() -> QCoreApplication:
    """The running Qt application, or a new one without a screen: fonts need one. Call it from the main thread."""
    running = QGuiApplication.instance()
    return running if running is not None else _application()


@cache
def _application() -> QCoreApplication:
    # Widgets, because a command may paint a window after a paper, and a plain QGuiApplication cannot be exchanged.
    from PySide6.QtWidgets import QApplication

    screenless = sys.platform.startswith("linux") and "QT_QPA_PLATFORM" not in os.environ
    return QApplication(["jianhui", "-platform", "offscreen"] if screenless else ["jianhui"])


def lay_out(report: Report, printed: str = "") -> Layout:
    """Lay the report out with the fonts of this computer; ``len(.pages)`` is the number of pages.

    ``printed`` is the time shown in the page foot. Raises UserError when no Chinese font is installed.
    """
    ensure_application()
    return lay_out_with(report, printed, _measure)


def save_pdf(layout: Layout, path: Path, overwrite: bool = False, progress: OnProgress | None = None) -> str:
    """Write laid out pages as a PDF, whole or not at all; returns the sentence about what is printed as boxes, "" for none.

    A page goes into the file when it is painted, and is forgotten. ``progress(done, total)`` counts pages, and may raise to
    stop. Raises UserError when the file cannot be saved.
    """
    with saving(path, overwrite) as stream:
        drawn = _write(layout, _Poured(stream), progress)
    return _boxes_told(_without_glyph(drawn))


def paint(
    layout: Layout, device: QPagedPaintDevice, numbers: Sequence[int] = (), progress: OnProgress | None = None
) -> Drawn:
    """Paint the pages on a PDF writer or a printer, which is set to their paper first; returns what was drawn.

    ``numbers`` (from 1) chooses pages; none means all. ``progress(done, total)`` counts pages, and may raise to stop: a
    printer is told so. Raises UserError when the device refuses.
    """
    count = len(numbers) or len(layout.pages)
    chosen = (layout.pages[number - 1] for number in numbers) if numbers else iter(layout.pages)
    drawn: Drawn = {}
    device.setPageLayout(_page_layout(layout))
    painter = QPainter()
    if not painter.begin(device):
        raise UserError(_("打印机没有响应，请检查打印机是否开机、是否连接，再打印一次"))
    try:
        for done, page in enumerate(chosen, start=1):
            if done > 1 and not device.newPage():
                raise UserError(_("打印机在第 {number} 页停下了，请检查纸张后再打印").format(number=done))
            _paint_page(painter, page, layout)
            _note_drawn(page, drawn)
            if progress is not None:
                progress(done, count)
    except BaseException:
        stop = getattr(device, "abort", None)  # a printer's: what it has not been sent stays away
        if stop is not None:
            stop()
        raise
    finally:
        painter.end()
    file = getattr(device, "outputFileName", str)()  # of a printer that prints into a PDF
    if file:
        path = Path(file)
        write_whole(path, mended(path.read_bytes(), _meant(drawn), _beyond(drawn)))
    return drawn


def page_image(layout: Layout, number: int, dpi: float) -> QImage:
    """One page (from 1) as a picture for a preview."""
    scale = dpi / UNITS_PER_INCH
    width, height = layout.paper
    image = QImage(round(width * scale), round(height * scale), QImage.Format.Format_RGB32)
    image.setDotsPerMeterX(round(dpi / 0.0254))
    image.setDotsPerMeterY(round(dpi / 0.0254))
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    _paint_page(painter, layout.pages[number - 1], layout)
    painter.end()
    return image


def _page_layout(layout: Layout) -> QPageLayout:
    # Full page: the layout has its own margins, and a printer's differ from one to the next.
    orientation = QPageLayout.Orientation.Landscape if layout.landscape else QPageLayout.Orientation.Portrait
    page = QPageLayout(QPageSize(_PAGE_SIZES[layout.sheet]), orientation, QMarginsF())
    page.setMode(QPageLayout.Mode.FullPageMode)
    return page


def _paint_page(painter: QPainter, page: PaperPage, layout: Layout) -> None:
    scale = painter.device().logicalDpiX() / UNITS_PER_INCH
    painter.save()
    painter.scale(scale, scale)
    paint_tints(painter, page)
    if layout.watermark:
        _paint_watermark(painter, layout)
    paint_lines(painter, page, _PRINTED)
    painter.restore()
    # Texts are not scaled: a font without a bold cut is emboldened at its true size only.
    style: tuple[int, Face, bool] | None = None
    for text in page.texts:
        joined = _JOINED.search(text.text) is not None
        if style != (text.size, text.face, joined):
            style = text.size, text.face, joined
            font = _font(text.size, text.face)
            font.setPointSizeF(text.size / POINT)
            if not joined:
                # each character by itself, as it was measured: with others beside it some fonts take a glyph without a text
                font.setStyleStrategy(QFont.StyleStrategy.PreferNoShaping)
            painter.setFont(font)
        if text.turned:
            _write_turned(painter, text, scale)
            continue
        x = (layout.paper[0] - _title_width(text.text) * text.size) / 2 if text.title else text.x
        painter.drawText(QPointF(x * scale, text.baseline * scale), text.text)


def paint_tints(painter: QPainter, page: PaperPage, colour: QColor | None = None) -> None:
    """Fill the tints of a page, in their greys and colours or all in one ``colour``, as a chart on the screen has it."""
    for tint in page.tints:
        filled = colour or (QColor(tint.colour) if tint.colour else _grey(tint.grey))
        painter.fillRect(QRectF(tint.x, tint.y, tint.width, tint.height), filled)


def paint_lines(painter: QPainter, page: PaperPage, look: Lines) -> None:
    """Draw the rules of a page, and its strokes with their dots."""
    painter.setPen(QPen(look.rule, look.thin))
    painter.drawLines([QLineF(*rule) for rule in page.rules])
    for stroke in page.strokes:
        points = [QPointF(*each) for each in stroke.points]
        style = Qt.PenStyle.DashLine if stroke.dashed else Qt.PenStyle.SolidLine
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(look.goal if stroke.dashed else look.line, look.thick, style))
        painter.drawPolyline(QPolygonF(points))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.line)
        for point in () if stroke.dashed else points:
            painter.drawEllipse(point, look.dot, look.dot)


def _write_turned(painter: QPainter, text: TextLine, scale: float) -> None:
    """A line that stands on its head: from where it begins it runs to the left."""
    painter.save()
    painter.translate(text.x * scale, text.baseline * scale)
    painter.rotate(180)
    painter.drawText(QPointF(0, 0), text.text)
    painter.restore()


def _paint_watermark(painter: QPainter, layout: Layout) -> None:
    """Across the page, as an outline: as text it would turn up in every search of the PDF."""
    width, height = layout.paper
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    path.addText(0, 0, _font(40 * POINT, "text"), layout.watermark)
    box = path.boundingRect()
    fit = min(_LARGEST_MARK, 0.7 * width / box.width()) if box.width() else 1.0  # a short one stands large
    painter.save()
    painter.translate(width / 2, height / 2)
    painter.rotate(-28)
    painter.scale(fit, fit)
    painter.translate(-box.center())
    painter.fillPath(path, _grey(10))
    painter.restore()


def _grey(per_cent: int) -> QColor:
    level = round(255 * (100 - per_cent) / 100)
    return QColor(level, level, level)


def _font(size: int, face: Face) -> QFont:
    families = _families(face)
    font = _font_of(families[0], size)
    font.setFamilies([each.family for each in families])
    return font


def _font_of(family: FaceFamily, size: int) -> QFont:
    font = QFont()
    font.setFamilies([family.family])
    font.setPixelSize(size)
    font.setBold(family.bold)
    # Hinting would make widths depend on the device, and lines break elsewhere on the screen than on paper.
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


@cache
def _families(face: Face) -> tuple[FaceFamily, ...]:
    """What this computer has for a face, the best first; behind that what has the characters that the best one lacks."""
    installed = frozenset(QFontDatabase.families())
    plain = [each for each in PLAIN if each in installed]
    plain = plain or QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese)
    if not plain:
        raise UserError(_("这台电脑没有中文字体，打印出来会是方块，请先安装一种（如 fonts-wqy-zenhei）"))
    own = [each for each in FACES[face] if each.family in installed]
    return (*own, *(FaceFamily(each, face != "text") for each in plain if each not in {one.family for one in own}))


class _Advances(dict[str, float]):
    """How wide each character is, in ems; measured when it is first asked for."""

    def __init__(self, face: Face) -> None:
        super().__init__()
        self._face = face

    def __missing__(self, character: str) -> float:
        # Only the number is kept: a font that one thread has opened must not be touched by another once the first is gone.
        metrics = QFontMetricsF(_font(_METRICS_SIZE, self._face))
        self[character] = advance = metrics.horizontalAdvance(character) / _METRICS_SIZE
        return advance


_PLAIN_ADVANCES, _BOLD_ADVANCES = _Advances("text"), _Advances("heading")


def _measure(text: str, bold: bool) -> float:
    """Width in ems, character by character: Han texts have no kerning, and so each character is measured once."""
    return sum(map((_BOLD_ADVANCES if bold else _PLAIN_ADVANCES).__getitem__, text))


def _title_width(title: str) -> float:
    return QFontMetricsF(_font(_METRICS_SIZE, "title")).horizontalAdvance(title) / _METRICS_SIZE


def lay_out_by(make: Callable[[Measure], Layout]) -> Layout:
    """What ``make`` lays out with the fonts of this computer. Raises UserError when no Chinese font is installed."""
    ensure_application()
    return make(_measure)


def layout_as_pdf(layout: Layout) -> bytes:
    """A laid out paper as a PDF; its texts read back are those that were drawn."""
    stream = io.BytesIO()
    _write(layout, _Poured(stream), None)
    return stream.getvalue()


class _Poured:
    """A device that a PDF is written on (``buffer``), poured into a stream page by page, so that only its end is ever held.

    What comes after the last pouring, the last page and all fonts with their tables, is held to the end: there the texts of the
    file are looked at.
    """

    def __init__(self, stream: BinaryIO) -> None:
        """``stream`` gets everything, from its beginning to its end."""
        self._stream, self._held, self._before = stream, QByteArray(), 0
        self.buffer = QBuffer(self._held)
        self.buffer.open(QIODevice.OpenModeFlag.WriteOnly)

    def pour(self) -> None:
        """Hand on what was written so far. OSError as the stream."""
        self._stream.write(self._held.data())
        self._before += self._held.size()
        self._held.clear()
        self.buffer.seek(0)

    def finish(self, appendix: Callable[[bytes, int], bytes]) -> None:
        """Hand on the rest; ``appendix`` says, of the end of the file and how much came before it, what follows it."""
        end, before = bytes(self._held.data()), self._before
        self.pour()
        self._stream.write(appendix(end, before))


def _write(layout: Layout, device: _Poured, progress: OnProgress | None) -> Drawn:
    """Write a PDF whose texts are those that were drawn, which are returned."""
    writer = QPdfWriter(device.buffer)
    writer.setResolution(UNITS_PER_INCH)
    writer.setTitle(layout.title)
    writer.setCreator(_("建会通"))

    def told(done: int, total: int) -> None:
        device.pour()
        if progress is not None:
            progress(done, total)

    drawn = paint(layout, writer, progress=told)
    device.finish(lambda end, before: appendix(end, before, _meant(drawn), _beyond(drawn)))
    return drawn


def _note_drawn(page: PaperPage, drawn: Drawn) -> None:
    for text in page.texts:
        drawn.setdefault(text.face, {}).update(dict.fromkeys(text.text))


def _meant(drawn: Drawn) -> Meant:
    """Which drawn character has the glyph that a font calls by another: asked of the fonts themselves."""
    characters = sorted({each for told in drawn.values() for each in told if each <= _BASIC})
    known = frozenset(characters)
    fonts = [QRawFont.fromFont(_font_of(each, _METRICS_SIZE)) for each in _all_families(drawn)]
    glyphs = [dict(zip(font.glyphIndexesForString("".join(characters)), characters, strict=False)) for font in fonts]

    @cache
    def meant(called: str) -> str:
        if called in known and not _RADICALS[0] <= called <= _RADICALS[1]:
            return called
        found = (each.get(font.glyphIndexesForString(called)[0]) for font, each in zip(fonts, glyphs, strict=True)
            if font.supportsCharacter(ord(called)))
        return next(filter(None, found), called)

    return meant


def _beyond(drawn: Drawn) -> list[list[str]]:
    """For each family the characters outside of the basic plane that it was the first to have."""
    found: dict[str, dict[str, None]] = {}
    for face, characters in drawn.items():
        fonts = [(each.family, QRawFont.fromFont(_font_of(each, _METRICS_SIZE))) for each in _families(face)]
        for character in characters:
            if character > _BASIC:
                family = next((name for name, font in fonts if font.supportsCharacter(ord(character))), "")
                found.setdefault(family, {})[character] = None
    found.pop("", None)
    return [list(each) for each in found.values()]


def _all_families(faces: Iterable[Face]) -> list[FaceFamily]:
    return list(dict.fromkeys(each for face in faces for each in _families(face)))


def _boxes_told(missing: str) -> str:
    told = _("这台电脑的字体里没有“{characters}”，印出来是方框，请手写补上，或者装一种字全的字体（如思源宋体）。")
    return told.format(characters=_("、").join(missing)) if missing else ""


def characters_without_glyph(layout: Layout) -> str:
    """The characters of a paper that no font of this computer has: they would be printed as boxes."""
    drawn: Drawn = {}
    for page in layout.pages:
        _note_drawn(page, drawn)
    return _without_glyph(drawn)


def _without_glyph(drawn: Drawn) -> str:
    known = [QRawFont.fromFont(_font_of(each, _METRICS_SIZE)) for each in _all_families(FACES)]
    seen = {each for characters in drawn.values() for each in characters if not each.isspace()}
    return "".join(sorted(each for each in seen if not any(font.supportsCharacter(ord(each)) for font in known)))
