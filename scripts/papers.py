r"""Make the templates of the papers (文书): ``reports/letters/templates/*.docx`` from the texts in ``scripts/paper_texts/``.

A line of a text is a paragraph: ``#`` the title, ``^`` in the middle, ``=`` without indent, ``>`` at the right, ``-`` small, any
other one indented by two characters. ``|a|b|`` is a row of a table, ``<`` joined with the cell at its left; ``!9:`` before the
first cell gives it and the rows below it so many millimetres; ``|:1,3,2`` the widths of the columns that follow; ``\n`` breaks a
line. A ``{% for … %}`` around rows stands on a line of its own. Places to be filled are written ``{{ 名称 }}``.

``python scripts/papers.py`` writes the templates anew; with ``--check`` it tells which do not say what the texts say.
"""

import datetime as dt
import io
import sys
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

ROOT = Path(__file__).resolve().parent.parent
TEXTS, TEMPLATES = ROOT / "scripts" / "paper_texts", ROOT / "reports" / "letters" / "templates"
#: Of a page of A4, between its margins.
_WIDTH_MM = 160
_FONTS = {"title": "方正小标宋简体", "text": "仿宋"}
_ALIGNED = {"#": WD_ALIGN_PARAGRAPH.CENTER, "^": WD_ALIGN_PARAGRAPH.CENTER, ">": WD_ALIGN_PARAGRAPH.RIGHT}
#: Sizes in points: 二号 of the title, 三号 of the text, 小四 of a table, 五号 of what stands small.
_TITLE, _TEXT, _CELL, _SMALL = 22, 16, 12, 10.5
_MADE = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


@dataclass
class _Table:
    """Rows of cells with the height of each in millimetres, and the widths of the columns in parts."""

    widths: Sequence[int] = ()
    rows: list[tuple[float, list[str]]] = field(default_factory=list)


def blocks(text: str) -> Iterator[str | _Table]:
    """The paragraphs of a text, each with its sign, and its tables."""
    table: _Table | None = None
    height = 8.0
    widths: tuple[int, ...] = ()
    for line in text.splitlines():
        if line.startswith("|:"):
            widths = tuple(map(int, line[2:].split(",")))
            table = None
        elif line.startswith(("|", "{%")):
            if table is None:
                table = _Table(widths)
                yield table
            cells = [line] if line.startswith("{%") else line.removeprefix("|").removesuffix("|").split("|")
            if cells[0].startswith("!"):
                told, cells[0] = cells[0][1:].split(":", 1)
                height = float(told)
            table.rows.append((height, cells))
        elif line.strip():
            table, height, widths = None, 8.0, ()
            yield line


def made(text: str) -> bytes:
    """A text as a .docx; the same text always gives the same bytes."""
    book: Any = Document()
    page = book.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(25)
    page.top_margin, page.bottom_margin = Mm(25), Mm(20)
    book.core_properties.author, book.core_properties.created = "", _MADE
    book.core_properties.modified, book.core_properties.title = _MADE, ""
    for block in list(blocks(text)):
        if isinstance(block, str):
            _paragraph(book.add_paragraph(), block)
        else:
            _table(book, block)
    content = io.BytesIO()
    book.save(content)
    return _steady(content.getvalue())


def _paragraph(paragraph: Any, line: str) -> None:
    sign = line[0] if line[0] in "#^=>-" else ""
    size = {"#": _TITLE, "-": _SMALL}.get(sign, _TEXT)
    form = paragraph.paragraph_format
    form.space_before, form.space_after = Pt(18 if sign == "-" else 0), Pt(16 if sign == "#" else 0)
    form.line_spacing = 1.2 if sign in ("#", "-") else 1.5
    form.alignment = _ALIGNED.get(sign)
    if not sign:
        form.first_line_indent = Pt(2 * size)
    _run(paragraph, line[len(sign) :], size, bold=sign == "#", font=_FONTS["title" if sign == "#" else "text"])


def _run(paragraph: Any, text: str, size: float, *, bold: bool = False, font: str = _FONTS["text"]) -> None:
    run = paragraph.add_run(text)
    run.font.size, run.font.bold, run.font.name = Pt(size), bold, font
    run._element.rPr.rFonts.set(qn("w:eastAsia"), font)


def _table(book: Any, given: _Table) -> None:
    count = max(len(cells) for _height, cells in given.rows)
    parts = list(given.widths) + [3] * (count - len(given.widths))
    table = book.add_table(rows=0, cols=count)
    table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    for height, cells in given.rows:
        row = table.add_row()
        row.height = Mm(height)
        for place, cell in enumerate(row.cells):
            cell.width = Mm(_WIDTH_MM * parts[place] / sum(parts[:count]))
        if cells[0].startswith("{%"):
            _run(row.cells[0].paragraphs[0], cells[0].replace("{%", "{%tr"), _CELL)
            continue
        _fill(row.cells, cells)


def _fill(cells: Sequence[Any], texts: Sequence[str]) -> None:
    place = 0
    while place < len(texts):
        after = place + 1
        while after < len(texts) and texts[after] == "<":
            after += 1
        cell = cells[place].merge(cells[after - 1]) if after - place > 1 else cells[place]
        _middle(cell)
        for number, line in enumerate(texts[place].split("\\n")):
            paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
            wide = after - place > 1 or "（盖章）" in texts[place]  # people write there; what names a field stands in the middle
            paragraph.paragraph_format.alignment = None if wide and place else WD_ALIGN_PARAGRAPH.CENTER
            paragraph.paragraph_format.space_after = Pt(0)
            _run(paragraph, line, _CELL)
        place = after


def _middle(cell: Any) -> None:
    told = OxmlElement("w:vAlign")
    told.set(qn("w:val"), "center")
    cell._tc.get_or_add_tcPr().append(told)


def _steady(content: bytes) -> bytes:
    """The same package with one moment for all its parts."""
    found = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda each: (each != "[Content_Types].xml", each)):
            part = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
            part.compress_type, part.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            new.writestr(part, old.read(name))
    return found.getvalue()


def differing() -> list[str]:
    """The names of the templates that do not say what their texts say, or have none."""
    wanted = {path.stem: made(path.read_text("utf-8")) for path in sorted(TEXTS.glob("*.txt"))}
    held = {path.stem: path.read_bytes() for path in sorted(TEMPLATES.glob("*.docx"))}
    return [name for name in sorted({*wanted, *held}) if _said(wanted.get(name)) != _said(held.get(name))]


def _said(content: bytes | None) -> bytes | None:
    """What a .docx says: its document, whatever its packing."""
    if content is None:
        return None
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return book.read("word/document.xml")


def main(arguments: Iterable[str]) -> int:
    """Write the templates, or with ``--check`` tell which differ; returns the exit code."""
    if "--check" in arguments:
        found = differing()
        print("\n".join(found) or "all templates say what their texts say")
        return 1 if found else 0
    TEMPLATES.mkdir(exist_ok=True)
    for path in sorted(TEXTS.glob("*.txt")):
        (TEMPLATES / f"{path.stem}.docx").write_bytes(made(path.read_text("utf-8")))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
