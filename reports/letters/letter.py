"""A written paper as plain data: paragraphs and tables, as they stand in a Word document. Knows neither Qt nor Word."""

from dataclasses import dataclass

from reports.report import Align


@dataclass(frozen=True, slots=True)
class LetterParagraph:
    """A paragraph: its text, the size of its letters in points, where it stands, the indent of its first line in ems.

    ``leading`` is the height of a line in sizes; ``before`` and ``after`` are points.
    """

    text: str
    size: float
    align: Align = "left"
    bold: bool = False
    indent: float = 0
    leading: float = 1.5
    before: float = 0
    after: float = 0


@dataclass(frozen=True, slots=True)
class LetterCell:
    """A cell of a table, over ``span`` columns, its lines as they are broken by hand."""

    lines: tuple[str, ...]
    size: float
    align: Align = "left"
    span: int = 1


@dataclass(frozen=True, slots=True)
class LetterTable:
    """A table: the widths of its columns in parts, and its rows, each with its least height in millimetres."""

    widths: tuple[float, ...]
    rows: tuple[tuple[float, tuple[LetterCell, ...]], ...]


@dataclass(frozen=True, slots=True)
class Letter:
    """A whole paper, ready to be laid out. ``watermark`` is written across every page."""

    title: str
    parts: tuple[LetterParagraph | LetterTable, ...]
    watermark: str = ""
