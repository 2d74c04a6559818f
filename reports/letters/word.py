"""Papers in Word: templates found, checked and filled, and the text of a document for our own painter.

A template is a .docx with places such as ``{{ 单位名称 }}``; docxtpl fills them. It may come from anywhere, so it is filled in a
sandbox, is refused when it is too large, and must ask for nothing that the paper cannot say.
"""

import io
import zipfile
from collections.abc import Iterator, Mapping
from importlib import resources
from pathlib import Path
from typing import Any

from models.errors import UserError
from models.files.failures import told
from models.files.given import open_file, read_most
from models.language import _
from models.papers.catalogue import FoundingPaper
from models.papers.own_templates import own_template
from models.papers.values import BLANK, LIST, names_of
from reports.letters.letter import Letter, LetterCell, LetterParagraph, LetterTable
from reports.report import Align, printable

#: A template of more is none; so much may be in it unpacked.
MOST_BYTES, _MOST_UNPACKED = 4 << 20, 64 << 20
_BODY_SIZE, _EMU_PER_MM, _EMU_PER_POINT = 16.0, 36_000, 12_700
#: What stands for everything in the trial that tells whether a template can be filled.
_EACH = ("序号", "姓名", "性别", "出生年月", "政治面貌", "学历", "机构", "职务", "任职日期")


def template_of(paper: FoundingPaper) -> bytes:
    """The template of a paper: a person's own one, else ours."""
    own = own_template(paper)
    return own[1] if own else ours(paper)


def ours(paper: FoundingPaper) -> bytes:
    """The template that comes with the program."""
    return (resources.files("reports.letters") / "templates" / f"{paper.key}.docx").read_bytes()


def read_template(path: Path) -> bytes:
    """A template that a person names; of one that is too large so much that it shows. UserError when it cannot be read."""
    try:
        with open_file(path) as stream:
            return read_most(stream, MOST_BYTES)
    except OSError as error:
        raise told(error, _("“{name}”读不了").format(name=path.name)) from error


def check(content: bytes, paper: FoundingPaper, name: str) -> None:
    """UserError, a sentence, for what is no template of this paper: no Word document, too large, names that it cannot say."""
    if len(content) > MOST_BYTES or _unpacked(content, name) > _MOST_UNPACKED:
        raise UserError(_("《{name}》太大了，文书模板最多 {most} MB。").format(name=name, most=MOST_BYTES >> 20))
    known = {*names_of(paper), *({LIST} if "person" not in paper.of else set())}
    unknown = sorted(asked_of(content, name) - known)
    if unknown:
        sentence = _("《{name}》里有不认识的名称：{unknown}。这份文书可以用的有：{known}。")
        unknown_, known_ = _("、").join(unknown), _("、").join(sorted(known))
        raise UserError(sentence.format(name=name, unknown=unknown_, known=known_))
    trial: dict[str, Any] = dict.fromkeys(names_of(paper), BLANK)
    fill(content, trial | {LIST: [dict.fromkeys(_EACH, BLANK)]}, name)


def _unpacked(content: bytes, name: str) -> int:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            if "word/document.xml" not in book.namelist():
                raise _no_word(name)
            return sum(each.file_size for each in book.infolist())
    except zipfile.BadZipFile as error:
        raise _no_word(name) from error


def _no_word(name: str) -> UserError:
    return UserError(_("《{name}》不是 Word 文档（.docx）。请在 Word、WPS 里另存为 .docx。").format(name=name))


def asked_of(content: bytes, name: str) -> set[str]:
    """The names that a template asks for."""
    try:
        found: set[str] = _opened(content).get_undeclared_template_variables(_sandbox())
    except Exception as error:  # whatever a library raises at a document that is none
        raise _not_filled(name, error) from error
    return found


def fill(content: bytes, said: Mapping[str, Any], name: str = "") -> bytes:
    """A template with what a paper says in its places, as a .docx. UserError for one that cannot be filled."""
    book = _opened(content)
    plain = {key: _clean(value) for key, value in said.items()}
    made = io.BytesIO()
    try:
        book.render(plain, _sandbox(), autoescape=True)
        book.save(made)
    except Exception as error:  # the same
        raise _not_filled(name, error) from error
    return made.getvalue()


def _clean(value: Any) -> Any:
    if isinstance(value, list):
        return [{name: printable(text) for name, text in each.items()} for each in value]
    return printable(str(value))


def _not_filled(name: str, error: Exception) -> UserError:
    sentence = _("《{name}》里的占位符写得不对，填不进去：{why}。占位符是两层花括号里的一个名称。")
    return UserError(sentence.format(name=name or _("文书模板"), why=str(error).splitlines()[0][:80] if str(error) else ""))


def _opened(content: bytes) -> Any:
    from docxtpl import DocxTemplate  # heavy, and most commands never need it

    return DocxTemplate(io.BytesIO(content))


def _sandbox() -> Any:
    from jinja2 import StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    return SandboxedEnvironment(undefined=StrictUndefined, autoescape=True)


# a document as a letter


def letter_of(content: bytes, title: str, watermark: str = "") -> Letter:
    """The paragraphs and tables of a .docx, in their order; what is drawn in it, headers and footers are left out."""
    from docx import Document

    book = Document(io.BytesIO(content))
    parts = [_table(each) if hasattr(each, "rows") else _paragraph(each) for each in book.iter_inner_content()]
    while parts and isinstance(parts[-1], LetterParagraph) and not parts[-1].text.strip():
        parts.pop()
    return Letter(title, tuple(parts), watermark)


def _paragraph(given: Any) -> LetterParagraph:
    form = given.paragraph_format
    first = next(iter(given.runs), None)
    size = first.font.size.pt if first is not None and first.font.size else _BODY_SIZE
    indent = form.first_line_indent / _EMU_PER_POINT / size if form.first_line_indent else 0.0
    leading = form.line_spacing if isinstance(form.line_spacing, float) else 1.5
    return LetterParagraph(
        given.text, size, _align(form.alignment), bool(first is not None and first.font.bold), max(indent, 0.0), leading,
        form.space_before.pt if form.space_before else 0.0, form.space_after.pt if form.space_after else 0.0,
    )  # fmt: skip


def _align(told: Any) -> Align:
    number = None if told is None else int(told)
    return "center" if number == 1 else "right" if number == 2 else "left"


def _table(given: Any) -> LetterTable:
    widths = [column.width or 1 for column in given.columns]
    rows = tuple((_height(row), tuple(_cells(row))) for row in given.rows)
    spans = max((sum(cell.span for cell in cells) for _height_, cells in rows), default=1)
    wide = _cell_widths(given, len(widths)) or widths
    return LetterTable(tuple(float(each) for each in wide[:spans]), rows)


def _cell_widths(given: Any, count: int) -> list[float]:
    """The widths that the cells of a row without joined ones say: those of the columns are often only what Word began with."""
    for row in given.rows:
        cells = list(row._tr.tc_lst)
        if len(cells) == count and all(cell.width for cell in cells):
            return [float(cell.width) for cell in cells]
    return []


def _height(row: Any) -> float:
    return float(row.height) / _EMU_PER_MM if row.height else 8.0


def _cells(row: Any) -> Iterator[LetterCell]:
    from docx.table import _Cell

    for each in row._tr.tc_lst:
        cell = _Cell(each, row._parent)
        first = next((run for paragraph in cell.paragraphs for run in paragraph.runs), None)
        size = first.font.size.pt if first is not None and first.font.size else 12.0
        align = _align(cell.paragraphs[0].paragraph_format.alignment) if cell.paragraphs else "left"
        yield LetterCell(tuple(paragraph.text for paragraph in cell.paragraphs), size, align, each.grid_span)
