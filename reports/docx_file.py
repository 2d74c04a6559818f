"""A report as a Word document: the same title, table, widths and notes as on paper, to be worked on before it is printed.

The table is written as the document's own markup, a row at a time: python-docx looks at a whole table for each cell that it
is given. Lengths are in twentieths of a point, which are Word's own.
"""

import io
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from models.errors import UserError
from models.language import _, official
from models.own_files import WRITTEN
from reports.fitting import Fitted, fit_columns
from reports.flow import BAR_HEIGHT, ROW_HEIGHT, SMALL
from reports.layout import HEADER_GREY, HEADING_GREY, MARGIN, TITLE_SIZE, parts_of
from reports.paper_page import MM, SIDES
from reports.report import Align, Report, ReportColumn, Section, group_runs, printable
from reports.saving import check_target, save

#: A longer table makes Word stand still.
_MOST_ROWS = 30_000
#: What Word looks for on the machine: of a title, of headings, of all else.
TITLE_FONT, HEADING_FONT, TEXT_FONT = "方正小标宋简体", "黑体", "仿宋"
#: A half of a point in twentieths, in which Word counts letters.
_HALF_POINT = 10
_SIGNATURES = 14 * MM
#: So many last rows stay on a page with the signatures.
_ROWS_WITH_SIGNATURES = 2
_BARS = 20
_FOOT = 9 * MM
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_JC: dict[Align, str] = {"left": "left", "center": "center", "right": "right"}
#: What stands across every page, as Word draws it.
_WATERMARK = (
    '<w:p {spaces} xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"><w:r><w:pict>'
    '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" path="m@7,l@8,m@5,21600l@6,21600e">'
    '<v:path textpathok="t" o:connecttype="custom"/><v:textpath on="t" fitshape="t"/></v:shapetype>'
    '<v:shape id="watermark" type="#_x0000_t136" style="position:absolute;width:420pt;height:{height}pt;rotation:332;z-index:-1;'
    "mso-position-horizontal:center;mso-position-horizontal-relative:margin;mso-position-vertical:center;"
    'mso-position-vertical-relative:margin" fillcolor="#e5e5e5" stroked="f"><v:textpath style="font-family:&quot;{font}&quot;" '
    'string="{text}"/></v:shape></w:pict></w:r></w:p>'
)


@official()
def write_docx(report: Report, path: Path, printed: str = "", overwrite: bool = False) -> None:
    """Write the report as a Word document, whole or not at all. Its page numbers are fields that Word counts.

    ``printed`` is the time shown in the page foot. Raises UserError when the file cannot be saved, or for more rows than Word
    can hold.
    """
    import docx  # a library that most commands never need

    check_target(path, overwrite)
    rows = sum(len(section.rows) for section in report.sections)
    if rows > _MOST_ROWS:
        raise UserError(_("Word 文档放不下 {count:,} 行，请存成 PDF 或表格").format(count=rows))
    document = docx.Document()
    document.core_properties.title, document.core_properties.author = printable(report.title)[:200], _("建会通")
    document.core_properties.category = WRITTEN["list" if report.read_back == "all" else "paper"]
    _page(document, report)
    for number, part in enumerate(parts_of(report)):
        for text in _part(part, number > 0):
            _append(document, text)
    _head_and_foot(document.sections[0], report, printed)
    content = io.BytesIO()
    document.save(content)
    save(path, content.getvalue(), overwrite)


def plain_width(text: str, _bold: bool) -> float:
    """Width of a text in ems as any Chinese font has it: a Han character one, others a half."""
    return sum(1.0 if ord(each) > 0x2E7F or each in "“”‘’…—" else 0.5 for each in text)


def _page(document: Any, report: Report) -> None:
    from docx.enum.section import WD_ORIENT
    from docx.oxml.ns import qn
    from docx.shared import Twips

    section, (short, long) = document.sections[0], SIDES[report.paper]
    wide, high = (long, short) if report.landscape else (short, long)
    section.orientation = WD_ORIENT.LANDSCAPE if report.landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Twips(round(wide)), Twips(round(high))
    for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
        setattr(section, side, Twips(round(MARGIN)))
    section.header_distance, section.footer_distance = Twips(round(MARGIN - 6 * MM)), Twips(round(_FOOT - 3 * MM))
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = TEXT_FONT, Twips(SMALL)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), TEXT_FONT)
    normal.paragraph_format.space_before = normal.paragraph_format.space_after = Twips(0)
    normal.paragraph_format.line_spacing = 1.0


def _append(document: Any, text: str) -> None:
    """Put a paragraph or a table, as markup, at the end of the document."""
    from docx.oxml import parse_xml

    document.element.body.insert_element_before(parse_xml(text), "w:sectPr")


# text


def _run(text: str, size: float, bold: bool = False, font: str = "") -> str:
    lines = "<w:br/>".join(
        f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in printable(text).replace("\t", " ").split("\n")
    )
    fonts = f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}"/>' if font else ""
    return f'<w:r><w:rPr>{fonts}{"<w:b/>" if bold else ""}<w:sz w:val="{round(size / _HALF_POINT)}"/></w:rPr>{lines}</w:r>'


def _paragraph(runs: str, align: Align = "left", more: str = "", spaces: bool = True) -> str:
    named = f' xmlns:w="{_WORD}"' if spaces else ""
    return f'<w:p{named}><w:pPr>{more}<w:jc w:val="{_JC[align]}"/></w:pPr>{runs}</w:p>'


def _gap(turn: bool = False) -> str:
    """A line of no height: two tables that touch would become one. ``turn``: the next one begins a page."""
    more = ("<w:pageBreakBefore/>" if turn else "<w:keepNext/>") + '<w:spacing w:line="20" w:lineRule="exact"/>'
    return _paragraph("", more=more)


# tables


def _cell(text: str, width: float, size: float, align: Align = "left", bold: bool = False, grey: int = 0,
          span: int = 1, merge: str = "", keep: bool = False) -> str:  # fmt: skip
    level = round(255 * (100 - grey) / 100)
    parts = [
        f'<w:tcW w:w="{round(width)}" w:type="dxa"/>',
        f'<w:gridSpan w:val="{span}"/>' if span > 1 else "",
        merge,
        f'<w:shd w:val="clear" w:color="auto" w:fill="{level:02X}{level:02X}{level:02X}"/>' if grey else "",
        '<w:vAlign w:val="center"/>',
    ]
    runs = _run(text, size, bold, HEADING_FONT if bold else "") if text else ""
    inside = _paragraph(runs, align, "<w:keepNext/>" if keep else "", spaces=False)
    return f"<w:tc><w:tcPr>{''.join(parts)}</w:tcPr>{inside}</w:tc>"


def _row(cells: Sequence[str], height: float, header: bool = False) -> str:
    told = f'<w:cantSplit/><w:trHeight w:val="{round(height)}" w:hRule="atLeast"/>{"<w:tblHeader/>" if header else ""}'
    return f"<w:tr><w:trPr>{told}</w:trPr>{''.join(cells)}</w:tr>"


def _table(widths: Sequence[float], rows: Iterator[str], lines: bool = True) -> str:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    kind = "single" if lines else "nil"
    borders = "".join(f'<w:{side} w:val="{kind}" w:sz="4" w:space="0" w:color="000000"/>' for side in sides)
    edges = "".join(f'<w:{side} w:w="60" w:type="dxa"/>' for side in ("left", "right"))
    grid = "".join(f'<w:gridCol w:w="{round(width)}"/>' for width in widths)
    return (
        f'<w:tbl xmlns:w="{_WORD}"><w:tblPr><w:tblW w:w="{round(sum(widths))}" w:type="dxa"/>'
        f'<w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar>{edges}</w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def _header(columns: Sequence[ReportColumn], widths: Sequence[float], size: float) -> Iterator[str]:
    """The header of one or two levels, repeated on each page."""
    if any(column.group for column in columns):
        upper = []
        for first, after, group in group_runs(columns):
            width = sum(widths[first:after])
            begun = "" if group else '<w:vMerge w:val="restart"/>'
            upper.append(_cell(group or columns[first].title, width, size, "center", True, HEADER_GREY, after - first, begun))
        yield _row(upper, ROW_HEIGHT, header=True)
    lower = [
        _cell(column.title if column.group or not any(each.group for each in columns) else "", width, size, "center", True,
              HEADER_GREY, merge="" if column.group or not any(each.group for each in columns) else "<w:vMerge/>")
        for column, width in zip(columns, widths, strict=True)
    ]  # fmt: skip
    yield _row(lower, ROW_HEIGHT, header=True)


def _line(texts: Sequence[str], columns: Sequence[ReportColumn], widths: Sequence[float], size: float, height: float,
          bold: bool = False, keep: bool = False) -> str:  # fmt: skip
    cells = [
        _cell(text, width, size, column.align, bold, HEADER_GREY if column.label else 0, keep=keep)
        for text, column, width in zip(texts, columns, widths, strict=True)
    ]
    return _row(cells, height)


def _whole(text: str, widths: Sequence[float], size: float, grey: int = 0) -> str:
    return _row([_cell(text, sum(widths), size, bold=True, grey=grey, span=len(widths), keep=bool(grey))], ROW_HEIGHT)


def _rows(report: Report, sections: Sequence[Section], widths: Sequence[float], size: float, last: bool) -> Iterator[str]:
    """Sections that share their columns, one below the other; below the ``last`` one the sums of all."""
    columns = report.columns_of(sections[0])
    header = list(_header(columns, widths, size)) if any(column.title for column in columns) else []
    if not sections[0].columns:
        yield from header
    for section in sections:
        if section.heading or section.totals:
            told = "　　".join(part for part in (section.heading, section.totals) if part)
            yield _whole(told, widths, size, HEADING_GREY)
        if section.columns and section.rows:
            yield from header
        tied = len(section.rows) - _ROWS_WITH_SIGNATURES if last and section is sections[-1] else len(section.rows)
        for number, row in enumerate(section.rows):
            yield _line(row, columns, widths, size, report.row_height * MM, keep=number >= tied)
        if section.sums:
            yield _line(section.sums, columns, widths, size, ROW_HEIGHT, bold=True, keep=last)
    if last and report.sums:
        yield _line(report.sums, columns, widths, size, ROW_HEIGHT, bold=True, keep=True)


def _bars(section: Section, width: float, size: float) -> str:
    """A chart: a line for each bar, as long as it is beside the others."""
    longest = max((abs(bar.value) for bar in section.bars), default=0) or 1
    widths = (width * 0.28, width * 0.54, width * 0.18)
    lines = (
        _row([
            _cell(bar.label, widths[0], size, "right"),
            _cell("█" * max(0, round(_BARS * bar.value / longest)), widths[1], size),
            _cell(bar.text, widths[2], size),
        ], BAR_HEIGHT)
        for bar in section.bars
    )  # fmt: skip
    told = [_whole(section.heading, widths, size, HEADING_GREY)] if section.heading else []
    return _table(widths, iter([*told, *lines]))


# the whole


def _part(report: Report, turn: bool) -> Iterator[str]:
    """One paper: title, the line below it, its tables, what closes it."""
    short, long = SIDES[report.paper]
    width = (long if report.landscape else short) - 2 * MARGIN
    fitted = fit_columns(report, width, plain_width)
    size = fitted.size
    more = "<w:pageBreakBefore/>" if turn else ""
    yield _paragraph(_run(report.title, TITLE_SIZE, True, TITLE_FONT), "center", more)
    yield _below_title(report, width, size)
    yield from _tables(report, fitted, width)
    if report.totals:
        yield _gap()
        yield _table((width,), iter([_whole(report.totals, (width,), size)]))
    if report.signatures:
        step = width / len(report.signatures)
        cells = [_cell(label + _("："), step, size) for label in report.signatures]
        yield _gap()
        yield _table([step] * len(cells), iter([_row(cells, _SIGNATURES)]), lines=False)
    for number, note in enumerate(report.footnotes, start=1):
        ordinal = f"{number}. " if len(report.footnotes) > 1 else ""
        yield _paragraph(_run((_("填表说明：") if number == 1 else "") + ordinal + note, SMALL))


def _below_title(report: Report, width: float, size: float) -> str:
    name = _("填报单位：{name}").format(name=report.organization) if report.organization else ""
    day = _("填报日期：{day}").format(day=report.day) if report.day else ""
    told = "　　".join(part for part in (name, report.scope) if part)
    tab = f'<w:tabs><w:tab w:val="right" w:pos="{round(width)}"/></w:tabs>'
    space = '<w:spacing w:before="80" w:after="80"/>'
    return _paragraph(_run(told, size) + "<w:r><w:tab/></w:r>" + _run(day, size), more=tab + space)


def _tables(report: Report, fitted: Fitted, width: float) -> Iterator[str]:
    """The tables of a paper: one of the sections that share their columns, one for each that has its own, one for a chart."""
    size, begun = fitted.size, False
    key: Callable[[tuple[int, Section]], Any] = lambda each: (  # noqa: E731
        each[0] if each[1].columns or each[1].bars or report.sections_start_pages else -1
    )
    runs = [list(group) for _key, group in groupby(enumerate(report.sections), key)]
    if not any(section.rows or section.bars for section in report.sections):
        none = [_whole(_("没有符合条件的记录"), fitted.shared, size)]
        head = list(_header(report.columns, fitted.shared, size)) if report.columns else []
        yield _table(fitted.shared, iter([*head, *none]))
        runs, begun = [], True
    for run in runs:
        sections = [section for _number, section in run]
        if begun:
            yield _gap(report.sections_start_pages)
        begun = True
        if sections[0].bars:
            yield _bars(sections[0], width, size)
        else:
            widths = fitted.of(run[0][0])
            yield _table(widths, _rows(report, sections, widths, size, run is runs[-1]))


def _head_and_foot(section: Any, report: Report, printed: str) -> None:
    """On every page the foot with its number, from the second on what the page belongs to, across each the watermark."""
    from docx.oxml import parse_xml

    section.different_first_page_header_footer = True
    words = "　".join(part for part in (report.title, report.organization, report.scope) if part and "____" not in part)
    foot = _foot(report, printed, section.page_width.twips - 2 * MARGIN)
    for head, text in ((section.first_page_header, ""), (section.header, words)):
        _fill(head, _paragraph(_run(text, SMALL)))
        if report.watermark:
            height = max(40, 420 // max(4, len(report.watermark)))
            quoted = escape(printable(report.watermark), {'"': "&quot;"})
            mark = _WATERMARK.format(spaces=f'xmlns:w="{_WORD}"', text=quoted, height=height, font=HEADING_FONT)
            head._element.append(parse_xml(mark))
    for each in (section.first_page_footer, section.footer):
        _fill(each, foot)


def _fill(part: Any, text: str) -> None:
    """Put one paragraph in the place of all that a head or foot holds."""
    from docx.oxml import parse_xml

    part.is_linked_to_previous = False
    for paragraph in part.paragraphs:
        paragraph._element.getparent().remove(paragraph._element)
    part._element.append(parse_xml(text))


def _foot(report: Report, printed: str, width: float) -> str:
    when = _("打印时间 {time}").format(time=printed) if printed else ""
    before, between, after = _("第 {number} 页 共 {count} 页").replace("{count}", "{number}").split("{number}")
    small = f'<w:rPr><w:sz w:val="{round(SMALL / _HALF_POINT)}"/></w:rPr>'
    number, count = (
        f'<w:fldSimple w:instr=" {name} "><w:r>{small}<w:t>1</w:t></w:r></w:fldSimple>' for name in ("PAGE", "NUMPAGES")
    )
    tabs = "".join(f'<w:tab w:val="{kind}" w:pos="{round(at)}"/>' for kind, at in (("center", width / 2), ("right", width)))
    runs = [_run(when, SMALL), "<w:r><w:tab/></w:r>", _run(before, SMALL), number,
            _run(between, SMALL), count, _run(after, SMALL), "<w:r><w:tab/></w:r>", _run(report.mark, SMALL)]  # fmt: skip
    return _paragraph("".join(runs), more=f"<w:tabs>{tabs}</w:tabs>")

