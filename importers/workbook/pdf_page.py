"""What stands on a page of a PDF: its characters with their boxes, and the straight lines that are drawn there.

The only file that speaks to PDFium, the reader of a web browser, through its plain C functions: a page of a roster has some
thousand characters, and each as an object would cost more than finding the table. Nothing of a document is run: forms and
their scripts are never begun.
"""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

import pypdfium2
import pypdfium2.raw as pdfium

from importers.workbook.box_font import box_font
from importers.workbook.refusals import Refusal

#: A drawing of more pieces is a map or a picture, no table.
_MOST_SEGMENTS = 200_000
#: Forms inside forms; an honest page has two or three.
_DEEPEST = 8
#: A line may lie so far off the level, in points; what is shorter than a hair is no line.
_LEVEL = 1.0
_BLANK = frozenset((0x20, 0xA0, 0x3000, 0xFEFF))
_Matrix = tuple[float, float, float, float, float, float]
_SAME: _Matrix = (1, 0, 0, 1, 0, 0)


@dataclass(frozen=True, slots=True)
class Char:
    """A character and its box in points; y grows downwards from the top of the page."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> tuple[float, float]:
        """The middle of the box."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    @property
    def size(self) -> float:
        """The height of the box, which is the font's."""
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Stroke:
    """A level or upright line: ``at`` is where it lies across its direction, from ``start`` to ``end`` along it."""

    at: float
    start: float
    end: float


@dataclass(slots=True)
class PdfPage:
    """A page upright. ``unreadable``: characters whose font does not say what they are; ``pictures``: how many."""

    number: int
    chars: list[Char] = field(default_factory=list)
    level: list[Stroke] = field(default_factory=list)
    upright: list[Stroke] = field(default_factory=list)
    unreadable: int = 0
    pictures: int = 0


def pages(data: bytes, password: str | None, most: int) -> Iterator[PdfPage]:
    """The pages of a document, one at a time. Refusal where it cannot be opened, or has more than ``most`` pages."""
    document = _opened(data, password)
    try:
        if len(document) > most:
            raise Refusal("pdf-long", limit=most)
        for number in range(len(document)):
            try:
                page = document[number]
            except pypdfium2.PdfiumError as error:
                raise Refusal("pdf-damaged") from error
            yield _page(page, number + 1)
            page.close()
    finally:
        document.close()


@cache
def _fonts() -> tuple[object, ...]:
    """Let documents that bring no fonts be measured by :func:`box_font`, whatever the machine has; what PDFium holds on to."""
    font = box_font()

    def give(_info: object, _font: object, table: int, into: int | None, size: int) -> int:
        if table:
            return 0
        if into and size >= len(font):
            ctypes.memmove(into, font, len(font))
        return len(font)

    answers = {
        "Release": lambda *_given: None, "EnumFonts": lambda *_given: None, "MapFont": lambda *_given: 1,
        "GetFont": lambda *_given: 1,
        "GetFontData": give, "GetFaceName": lambda *_given: 0, "GetFontCharset": lambda *_given: 0,
        "DeleteFont": lambda *_given: None,
    }  # fmt: skip
    info = pdfium.FPDF_SYSFONTINFO(version=1)
    called = dict(pdfium.FPDF_SYSFONTINFO._fields_)
    for name, answer in answers.items():
        setattr(info, name, called[name](answer))
    pdfium.FPDF_SetSystemFontInfo(ctypes.byref(info))
    return info, font


def _opened(data: bytes, password: str | None) -> pypdfium2.PdfDocument:
    _fonts()
    try:
        return pypdfium2.PdfDocument(data, password=password)
    except pypdfium2.PdfiumError as error:
        if error.err_code == pdfium.FPDF_ERR_PASSWORD:
            raise Refusal("password-wrong" if password else "password-needed") from error
        raise Refusal("pdf-locked" if error.err_code == pdfium.FPDF_ERR_SECURITY else "pdf-damaged") from error


def _page(page: pypdfium2.PdfPage, number: int) -> PdfPage:
    found = PdfPage(number)
    turn = _turn(page)
    _take_chars(page, turn, found)
    left = [_MOST_SEGMENTS]
    for each in range(pdfium.FPDFPage_CountObjects(page)):
        _take_object(pdfium.FPDFPage_GetObject(page, each), turn, found, left, 0)
    return found


def _turn(page: pypdfium2.PdfPage) -> _Matrix:
    """What brings a point of the page to where it is seen, counted from the top left corner."""
    left, bottom, right, top = page.get_cropbox()
    match page.get_rotation():
        case 90:
            return 0, 1, 1, 0, -bottom, -left
        case 180:
            return -1, 0, 0, 1, right, -bottom
        case 270:
            return 0, -1, -1, 0, top, right
        case _:
            return 1, 0, 0, -1, -left, top


def _moved(x: float, y: float, by: _Matrix) -> tuple[float, float]:
    return by[0] * x + by[2] * y + by[4], by[1] * x + by[3] * y + by[5]


def _after(first: _Matrix, then: _Matrix) -> _Matrix:
    """One matrix that does what two do after each other."""
    a, b, c, d, e, f = first
    return (
        a * then[0] + b * then[2], a * then[1] + b * then[3], c * then[0] + d * then[2], c * then[1] + d * then[3],
        e * then[0] + f * then[2] + then[4], e * then[1] + f * then[3] + then[5],
    )  # fmt: skip


def _take_chars(page: pypdfium2.PdfPage, turn: _Matrix, found: PdfPage) -> None:
    text = page.get_textpage()
    box = pdfium.FS_RECTF()
    high = 0
    for index in range(max(pdfium.FPDFText_CountChars(text), 0)):
        code = pdfium.FPDFText_GetUnicode(text, index)
        if 0xD800 <= code < 0xDC00:
            high = code  # a rare character comes in two halves
            continue
        if high and 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00
        high = 0
        if pdfium.FPDFText_IsGenerated(text, index) == 1 or code in _BLANK or code < 0x20:
            continue
        if pdfium.FPDFText_HasUnicodeMapError(text, index) == 1 or not _is_character(code):
            found.unreadable += 1
        elif pdfium.FPDFText_GetLooseCharBox(text, index, ctypes.byref(box)):
            (x, y), (other_x, other_y) = _moved(box.left, box.top, turn), _moved(box.right, box.bottom, turn)
            found.chars.append(Char(chr(code), min(x, other_x), min(y, other_y), max(x, other_x), max(y, other_y)))
    text.close()


def _is_character(code: int) -> bool:
    """False for half characters and for those that only one font has."""
    return not (0xD800 <= code < 0xF900 or code in (0xFFFD, 0xFFFE, 0xFFFF) or code > 0x10FFFF)


def _take_object(thing: object, by: _Matrix, found: PdfPage, left: list[int], depth: int) -> None:
    kind = pdfium.FPDFPageObj_GetType(thing)
    if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
        found.pictures += 1
    elif kind == pdfium.FPDF_PAGEOBJ_PATH:
        _take_path(thing, _after(_matrix(thing), by), found, left)
    elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
        inner = _after(_matrix(thing), by)
        for each in range(max(pdfium.FPDFFormObj_CountObjects(thing), 0)):
            _take_object(pdfium.FPDFFormObj_GetObject(thing, each), inner, found, left, depth + 1)


def _matrix(thing: object) -> _Matrix:
    held = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(thing, ctypes.byref(held)):
        return _SAME
    return held.a, held.b, held.c, held.d, held.e, held.f


def _take_path(path: object, by: _Matrix, found: PdfPage, left: list[int]) -> None:
    """The straight pieces of a path, which may be lines, or the edges of a filled box."""
    count = max(pdfium.FPDFPath_CountSegments(path), 0)
    left[0] -= count
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if left[0] < 0 or not pdfium.FPDFPath_GetDrawMode(path, ctypes.byref(fill), ctypes.byref(stroke)):
        return
    if not fill.value and not stroke.value:
        return  # it only cuts out what is drawn after it
    x, y = ctypes.c_float(), ctypes.c_float()
    begun = last = (0.0, 0.0)
    for index in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(path, index)
        if not pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y)):
            continue
        point = _moved(x.value, y.value, by)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            begun = point
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            _take_line(last, point, found)
        last = point
        if pdfium.FPDFPathSegment_GetClose(segment):
            _take_line(last, begun, found)
            last = begun


def _take_line(start: tuple[float, float], end: tuple[float, float], found: PdfPage) -> None:
    (x, y), (other_x, other_y) = start, end
    if abs(y - other_y) <= _LEVEL < abs(x - other_x):
        found.level.append(Stroke((y + other_y) / 2, min(x, other_x), max(x, other_x)))
    elif abs(x - other_x) <= _LEVEL < abs(y - other_y):
        found.upright.append(Stroke((x + other_x) / 2, min(y, other_y), max(y, other_y)))
