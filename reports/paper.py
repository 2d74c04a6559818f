"""Paper: one painter for PDF, printer and preview. The only place among the reports that knows Qt.

The pages come from ``reports/layout.py``; here they are measured with a real font and drawn.
"""

import os
import sys
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

from PySide6.QtCore import QBuffer, QCoreApplication, QIODevice, QLineF, QMarginsF, QPointF, QRectF, Qt
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
)

from models.errors import UserError
from models.language import _
from models.progress import OnProgress
from reports.fitting import POINT, Measure
from reports.layout import Layout
from reports.layout import lay_out as lay_out_with
from reports.paper_page import Paper, PaperPage, TextLine
from reports.report import Report
from reports.saving import check_target, save

#: Units of the layout in an inch; a PDF of this resolution needs no scaling.
UNITS_PER_INCH = 72 * POINT
#: Best first. With Noto CJK, Qt writes 页 工 女 into a PDF as radicals, which nobody can search for.
FAMILIES = (
    "WenQuanYi Zen Hei",
    "Microsoft YaHei",
    "SimSun",
    "SimHei",
    "DengXian",
    "PingFang SC",
    "WenQuanYi Micro Hei",
    "Source Han Sans SC",
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Droid Sans Fallback",
)
_PAGE_SIZES: dict[Paper, QPageSize.PageSizeId] = {"A4": QPageSize.PageSizeId.A4, "A3": QPageSize.PageSizeId.A3}
_HAIRLINE = 8
_METRICS_SIZE = 1000


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


def write_pdf(
    report: Report, path: Path, printed: str = "", overwrite: bool = False, progress: OnProgress | None = None
) -> int:
    """Write the report as a PDF, whole or not at all; returns the number of pages.

    ``progress(done, total)`` counts pages, and may raise to stop. Raises UserError when the file cannot be saved.
    """
    check_target(path, overwrite)
    layout = lay_out(report, printed)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(UNITS_PER_INCH)
    writer.setTitle(report.title)
    writer.setCreator(_("建会通"))
    paint(layout, writer, progress=progress)
    save(path, bytes(buffer.data().data()), overwrite)
    return len(layout.pages)


def paint(
    layout: Layout, device: QPagedPaintDevice, numbers: Sequence[int] = (), progress: OnProgress | None = None
) -> None:
    """Paint the pages on a PDF writer or a printer, which is set to their paper first.

    ``numbers`` (from 1) chooses pages; none means all. ``progress(done, total)`` counts pages, and may raise to stop: a
    printer is told so. Raises UserError when the device refuses.
    """
    chosen = [layout.pages[number - 1] for number in numbers] if numbers else layout.pages
    device.setPageLayout(_page_layout(layout))
    painter = QPainter()
    if not painter.begin(device):
        raise UserError(_("打印机没有响应，请检查打印机是否开机、是否连接，再打印一次"))
    try:
        for done, page in enumerate(chosen, start=1):
            if done > 1 and not device.newPage():
                raise UserError(_("打印机在第 {number} 页停下了，请检查纸张后再打印").format(number=done))
            _paint_page(painter, page, layout)
            if progress is not None:
                progress(done, len(chosen))
    except BaseException:
        stop = getattr(device, "abort", None)  # a printer's: what it has not been sent stays away
        if stop is not None:
            stop()
        raise
    finally:
        painter.end()


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
    for tint in page.tints:
        filled = QColor(tint.colour) if tint.colour else _grey(tint.grey)
        painter.fillRect(QRectF(tint.x, tint.y, tint.width, tint.height), filled)
    if layout.watermark:
        _paint_watermark(painter, layout)
    painter.setPen(QPen(Qt.GlobalColor.black, _HAIRLINE))
    painter.drawLines([QLineF(*rule) for rule in page.rules])
    painter.restore()
    # Texts are not scaled: a font without a bold cut is emboldened at its true size only.
    style: tuple[int, bool] | None = None
    for text in page.texts:
        if style != (text.size, text.bold):
            style = text.size, text.bold
            font = _font(*style)
            font.setPointSizeF(text.size / POINT)
            painter.setFont(font)
        if text.turned:
            _write_turned(painter, text, scale)
        else:
            painter.drawText(QPointF(text.x * scale, text.baseline * scale), text.text)


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
    path.addText(0, 0, _font(40 * POINT, False), layout.watermark)
    box = path.boundingRect()
    fit = min(1.0, 0.8 * width / box.width()) if box.width() else 1.0
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


def _font(size: int, bold: bool) -> QFont:
    font = QFont()
    font.setFamilies(list(_families()))
    font.setPixelSize(size)
    font.setBold(bold)
    # Hinting would make widths depend on the device, and lines break elsewhere on the screen than on paper.
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


@cache
def _families() -> tuple[str, ...]:
    installed = QFontDatabase.families()
    known = [family for family in FAMILIES if family in installed]
    found = known or QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese)
    if not found:
        raise UserError(_("这台电脑没有中文字体，打印出来会是方块，请先安装一种（如 fonts-wqy-zenhei）"))
    return tuple(found)


def _measure(text: str, bold: bool) -> float:
    """Width in ems, character by character: Han texts have no kerning, and so each character is measured once."""
    return sum(_advance(character, bold) for character in text)


@cache
def _advance(character: str, bold: bool) -> float:
    # Only the number is kept: a font that one thread has opened must not be touched by another once the first is gone.
    return QFontMetricsF(_font(_METRICS_SIZE, bold)).horizontalAdvance(character) / _METRICS_SIZE


def lay_out_by(make: Callable[[Measure], Layout]) -> Layout:
    """What ``make`` lays out with the fonts of this computer. Raises UserError when no Chinese font is installed."""
    ensure_application()
    return make(_measure)


def layout_as_pdf(layout: Layout) -> bytes:
    """A laid out paper as a PDF."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(UNITS_PER_INCH)
    writer.setTitle(layout.title)
    writer.setCreator(_("建会通"))
    paint(layout, writer)
    return bytes(buffer.data().data())
