"""What a report is: plain data, before it becomes paper or a sheet. Knows neither Qt nor workbooks.

The makers of single reports (rosters, lists, ledgers) turn register rows into a :class:`Report`; ``reports/paper.py``
paints it and ``reports/xlsx.py`` writes it.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from models.language import _
from reports.paper_page import Paper, PaperPage

Align = Literal["left", "center", "right"]

#: Control characters, lone surrogates and non-characters: neither paper nor XML can hold them. Tab and line feed stay.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class ReportColumn:
    """One column: header text, wished width in Chinese characters, and the header it shares with its neighbours.

    ``blank``: it is left empty, to be written in by hand, and never becomes narrower than wished. ``label``: it names what
    stands beside it, grey as a header. ``most``: lines of a cell before it is cut with an ellipsis.
    """

    title: str
    width: float
    align: Align = "left"
    group: str = ""
    blank: bool = False
    label: bool = False
    most: int = 3


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart: what it is, how long it is beside the others, and what is written after it."""

    label: str
    value: float
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    """Rows that belong together, such as the members of one union.

    ``heading`` and ``totals`` share a line above the rows (none when both are empty); each row has one text per column.
    ``columns``: those of a table of its own, in the place of the report's; without titles it has no header. ``formulas``: in
    a sheet the cell (row, column) goes on counting; other cells of the section stand in it as R0C0.
    ``bars``: a chart in the place of rows, drawn plainly; in a sheet they are rows. ``sums``: the row that closes the section,
    a text for each column; in a sheet what stands in it at the right goes on adding up.
    """

    heading: str
    rows: Sequence[Sequence[str]]
    totals: str = ""
    columns: Sequence[ReportColumn] = ()
    formulas: Mapping[tuple[int, int], str] = field(default_factory=dict)
    bars: Sequence[Bar] = ()
    sums: Sequence[str] = ()


class Drawn(Protocol):
    """What draws its pages itself, and is no table on paper: cards, a tree, tiles."""

    def pages(self, report: "Report", printed: str, measure: Callable[[str, bool], float]) -> Sequence[PaperPage]:
        """The pages; ``printed``: when, ``measure``: the width of a text in ems, bold or not."""


@dataclass(frozen=True)
class Report:
    """A whole report, ready to be painted or written.

    ``scope`` says beside the organization what was chosen; ``day`` is ISO text; ``mark`` says whether numbers are masked
    ("已脱敏" or "完整信息"); ``signatures`` are the labels of the places for signatures and the seal; ``footnotes`` are the
    填表说明; ``sections_start_pages`` puts each section on its own page; ``watermark`` is written across every page;
    ``row_height`` is the least height of a row in millimetres, more where people write by hand. ``sheet``: the one table
    of its workbook, with its columns, where paper has it in parts because it is too wide. ``sums``: the row that closes the
    table, as a section's; ``below``: in a sheet, too, the places for signatures stand below the table. ``paper`` and ``size``,
    that of the letters in twentieths of a point (0: what fits). ``apart``: each section is a paper of its own, with its own
    pages; of each ``copies`` are printed. ``duplex``: each paper begins on a sheet of its own where both sides are printed.
    ``drawn``: what draws the pages; then the rows are what a sheet or a Word document has of it.
    ``one_page``: its letters and rows become smaller where it then stands on one page.
    ``read_back``: what of it our importer reads as records: nothing (it is paper), its sheet alone, its Word document too.
    """

    title: str
    organization: str
    day: str
    columns: Sequence[ReportColumn]
    sections: Sequence[Section]
    totals: str = ""
    signatures: Sequence[str] = ()
    footnotes: Sequence[str] = ()
    mark: str = ""
    landscape: bool = True
    sections_start_pages: bool = False
    watermark: str = ""
    scope: str = ""
    row_height: float = 7
    sheet: Section | None = None
    sums: Sequence[str] = ()
    below: bool = False
    paper: Paper = "A4"
    size: int = 0
    apart: bool = False
    copies: int = 1
    duplex: bool = False
    drawn: Drawn | None = None
    one_page: bool = False
    read_back: Literal["", "sheet", "all"] = ""

    def __post_init__(self) -> None:
        """Refuse (ValueError) a row whose number of texts is not the number of columns: a bug of the report's maker."""
        for section in (*self.sections, *([self.sheet] if self.sheet else ())):
            count = len(self.columns_of(section))
            for row in (*section.rows, *([section.sums] if section.sums else ())):
                if len(row) != count:
                    raise ValueError(f"a row of {len(row)} texts in a report of {count} columns")

    def columns_of(self, section: Section) -> Sequence[ReportColumn]:
        """The columns of a section: its own, else those that the sections share."""
        return section.columns or self.columns

    @property
    def records(self) -> int:
        """How many records it lists; one where it is all about one, in tables of different columns."""
        if self.sheet:
            return len(self.sheet.rows)
        return sum(len(section.rows) for section in self.sections) if self.columns else 1

    @property
    def subject(self) -> str:
        """What its file is named after: the one record that it is all about, else whose it is; "" for neither."""
        return self.organization.strip("_") if self.columns or self.sheet else self.scope

    @property
    def grouped(self) -> bool:
        """True when the header has two levels."""
        return any(column.group for column in self.columns)


def folded(columns: Sequence[ReportColumn], rows: Iterable[Sequence[str]]) -> tuple[list[ReportColumn], list[int]]:
    """The columns in which some row says something, and their places; all of them where there is no row.

    A column that is empty from top to bottom says nothing and takes the room of the others.
    """
    empty, row = set(range(len(columns))), None
    for row in rows:
        empty -= {place for place in empty if row[place]}
        if not empty:
            break
    kept = [place for place in range(len(columns)) if row is None or place not in empty]
    return [columns[place] for place in kept], kept


def folded_away(columns: Sequence[ReportColumn], kept: Sequence[int]) -> tuple[str, ...]:
    """The footnote that names the columns that were left out, none where there were none."""
    away = [column.title for place, column in enumerate(columns) if place not in set(kept)]
    return (_("一行也没有填、没有列出的栏：{columns}。").format(columns=_("、").join(away)),) if away else ()


def roster_signatures() -> tuple[str, ...]:
    """The places for seal and signatures that membership forms ask for."""
    return _("填表单位（盖章）"), _("单位负责人（签字）"), _("信息采集人（签字）")


def people_total(people: int, women: int) -> str:
    """The closing line of a list of people: how many, and how many of them women."""
    return _("共 {people} 人，其中女 {women} 人").format(people=people, women=women)


def printable(text: str) -> str:
    """``text`` without control characters and broken halves of characters; line feeds and tabs stay."""
    if text.isprintable():  # most are, and it is much quicker
        return text
    return _UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def group_runs(columns: Sequence[ReportColumn]) -> Iterator[tuple[int, int, str]]:
    """Neighbouring columns under one header group: (first, after the last, group), each ungrouped column by itself."""
    first = 0
    while first < len(columns):
        group, after = columns[first].group, first + 1
        while group and after < len(columns) and columns[after].group == group:
            after += 1
        yield first, after, group
        first = after
