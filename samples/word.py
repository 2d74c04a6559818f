"""Writing paragraphs and tables into a .docx, the same bytes on every run, and only what a Word document needs."""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from samples.containers import MADE_AT

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


@dataclass(frozen=True)
class Cell:
    """A table's cell: its text (a line for each paragraph), how many columns it has, and "restart" or "continue" downwards.

    ``inside`` is XML put after the text, such as another table.
    """

    text: str = ""
    span: int = 1
    down: str = ""
    inside: str = ""


Row = Sequence[str | Cell]


def paragraph(text: str) -> str:
    """A paragraph's XML."""
    return f'<w:p><w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def table(rows: Sequence[Row]) -> str:
    """A table's XML."""
    return f"<w:tbl><w:tblPr/>{''.join(map(_row, rows))}</w:tbl>"


def _row(row: Row) -> str:
    cells = (each if isinstance(each, Cell) else Cell(each) for each in row)
    return f"<w:tr>{''.join(map(_cell, cells))}</w:tr>"


def _cell(cell: Cell) -> str:
    span = f'<w:gridSpan w:val="{cell.span}"/>' if cell.span > 1 else ""
    down = '<w:vMerge w:val="restart"/>' if cell.down == "restart" else "<w:vMerge/>" if cell.down else ""
    text = "".join(map(paragraph, cell.text.split("\n")))
    return f"<w:tc><w:tcPr>{span}{down}</w:tcPr>{text if not cell.inside else text + cell.inside + '<w:p/>'}</w:tc>"


def document(*parts: str, more: dict[str, str | bytes] | None = None) -> bytes:
    """A .docx of the given paragraphs and tables; ``more`` adds or replaces parts of its package."""
    body = f'<w:document xmlns:w="{W}"><w:body>{"".join(parts)}<w:sectPr/></w:body></w:document>'
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    content: dict[str, str | bytes] = {
        "[Content_Types].xml": (
            f'{head}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{_MAIN}"/></Types>'
        ),
        "_rels/.rels": (
            f'{head}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
            f'Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>'
        ),
        "word/document.xml": head + body,
    }
    return zipped(content | (more or {}))


def zipped(parts: dict[str, str | bytes], stored: bool = False) -> bytes:
    """A zip of the given entries, each of the same moment."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, MADE_AT.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            archive.writestr(entry, content)
    return out.getvalue()
