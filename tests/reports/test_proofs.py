"""Every paper with nothing in it, one row, exactly one page, very many rows, long names, rare names, thirty columns: no row is
lost or doubled, and what it adds up to is what stands on it. Its rows are put into the shape that the report itself has.
"""

import re
import tracemalloc
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from models.editing.own_fields import NewField, add_own_fields
from models.journal.writer import Author
from models.lists.listings import Selection
from models.lists.print_forms import FormColumn, plain_form
from models.records.employer import Employer
from models.records.region import load_index
from models.records.union import Union
from models.records.worker import Worker
from models.register.register import Register
from reports.catalogue import report_kinds
from reports.choices import ReportChoices
from reports.layout import Layout, lay_out
from reports.listing.listed import ListPaper, list_report
from reports.packed_rows import PackedRows
from reports.paper import lay_out as lay_out_really
from reports.paper import layout_as_pdf
from reports.report import Report, ReportColumn, Section
from tests.aids.case_world import edit
from tests.aids.speaking import TODAY
from tests.aids.whole_window import made_once, own_copy
from tests.reports.test_report import plain_measure
from tests.reports.test_report_kinds import PAPERS, fill

#: Marks a row: found once on the pages, or it was lost or doubled.
MARK = re.compile(r"行\d+号")
LONG = "重庆两江新区" + "渝中区大坪街道石油路社区" * 4 + "有限责任公司"
RARE = "𠮷䶮"


@pytest.fixture(scope="module")
def shapes(tmp_path_factory: pytest.TempPathFactory, empty_register: Register) -> dict[str, Report]:
    """Each report as it is made of a small register."""
    folder = tmp_path_factory.mktemp("filled")
    found = {}
    with own_copy(made_once(empty_register, folder, fill), folder / "own"):
        uids = {str(row.name): str(row.uid) for record in (Employer, Union) for row in record.select()}
        index = load_index(TODAY)
        for name, chosen, *_words in PAPERS:
            choices = {field: uids.get(value, value) for field, value in chosen.items()}
            found[name] = report_kinds()[name].compose(index, ReportChoices(TODAY, TODAY, **choices))
    return found


def main_section(report: Report) -> int:
    """The section that a report is about: the one with the most rows."""
    return max(range(len(report.sections)), key=lambda place: len(report.sections[place].rows))


def stretched(report: Report, rows: Iterable[str]) -> Report:
    """The report with these rows in the place of those of its main section, each a text in the widest column."""
    report = report if report.sections else replace(report, sections=[Section("", [])])
    place = main_section(report)
    columns = report.columns_of(report.sections[place])
    widest = max(range(len(columns)), key=lambda each: columns[each].width)
    lines = PackedRows([text if each == widest else "" for each in range(len(columns))] for text in rows)
    sections = [replace(each, rows=lines if number == place else each.rows, formulas={})
        for number, each in enumerate(report.sections)]
    return replace(report, sections=sections, sheet=None, one_page=False)


def marks(count: int, after: str = "") -> list[str]:
    return [f"行{number}号{after}" for number in range(1, count + 1)]


def said(layout: Layout) -> str:
    """All texts of a layout, line after line."""
    return "\n".join(text.text for page in layout.pages for text in page.texts)


def found_marks(text: str) -> Counter[str]:
    return Counter(MARK.findall(text.replace("\n", "").replace("\r", "")))


def laid(report: Report) -> Layout:
    return lay_out(report, "2026-11-22 09:00", plain_measure)


def assert_numbered(layout: Layout) -> None:
    """Each page says which of how many it is; nothing stands below its foot or beside the paper."""
    width, height = layout.paper
    for number, page in enumerate(layout.pages, 1):
        assert f"第 {number} 页 共 {len(layout.pages)} 页" in [text.text for text in page.texts]
        assert all(0 <= text.x < width and 0 < text.baseline < height for text in page.texts)
        within = (min(rule) >= 0 and max(rule[0::2]) <= width + 1 and max(rule[1::2]) <= height for rule in page.rules)
        assert all(within)


def exactly_one_page(report: Report) -> int:
    """How many rows fill a page and no more."""
    count = 1
    while len(laid(stretched(report, marks(count + 1))).pages) == len(laid(stretched(report, marks(1))).pages):
        count += 1
    return count


#: Papers of rows; those that draw themselves are proved in test_cards.py and test_drawn.py.
NAMES = [name for name, *_rest in PAPERS if name not in ("cards", "labels", "tree", "town")]


@pytest.mark.parametrize("name", NAMES)
def test_no_row_is_lost_or_doubled_however_many_there_are(name: str, shapes: dict[str, Report]) -> None:
    report = shapes[name]
    full = exactly_one_page(report)
    pages = []
    for count in (0, 1, full, full + 1, 1_000):
        layout = laid(stretched(report, marks(count)))
        assert_numbered(layout)
        assert found_marks(said(layout)) == Counter(marks(count)), count
        pages.append(len(layout.pages))
    assert pages[0] <= pages[1] == pages[2] == pages[3] - 1 < pages[4]


@pytest.mark.parametrize("name", NAMES)
def test_a_long_name_and_a_rare_one_stand_whole_on_every_paper(name: str, shapes: dict[str, Report]) -> None:
    assert len(LONG) == 60
    report = shapes[name]
    layout = laid(stretched(report, [*marks(3, LONG), *marks(6, RARE)[3:]]))
    assert_numbered(layout)
    text = said(layout).replace("\n", "")
    assert found_marks(text) == Counter(marks(6))
    assert text.count(RARE) == 3
    assert text.count(LONG) == 3 or "…" in text  # what has no room ends in a sign that says so


@pytest.mark.parametrize("name", NAMES)
def test_the_pdf_says_each_row_once(name: str, shapes: dict[str, Report]) -> None:
    layout = lay_out_really(stretched(shapes[name], marks(60)), "2026-11-22 09:00")
    document = pypdfium2.PdfDocument(layout_as_pdf(layout))
    assert len(document) == len(layout.pages)
    text = "".join(page.get_textpage().get_text_range() for page in document)
    assert found_marks(text) == Counter(marks(60))


@pytest.mark.parametrize("name", NAMES)
def test_thirty_columns_stand_on_the_paper(name: str, shapes: dict[str, Report]) -> None:
    report = shapes[name]
    columns = [ReportColumn(f"栏{number}", 4) for number in range(30)]
    rows = [[f"行{row * 30 + place}号" for place in range(30)] for row in range(40)]
    layout = laid(replace(report, columns=columns, sections=[Section("", rows)], sums=(), sheet=None, one_page=False))
    assert_numbered(layout)
    assert found_marks(said(layout)) == Counter(each for row in rows for each in row)


def test_ten_thousand_rows_are_all_there_in_little_room(shapes: dict[str, Report]) -> None:
    report = stretched(shapes["roster"], marks(10_000))
    tracemalloc.start()
    try:
        layout = laid(report)
        room = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert found_marks(said(layout)) == Counter(marks(10_000))
    assert room < 16 * 2**20, "the pages of ten thousand rows"


def test_own_fields_stand_on_the_paper_and_add_up(empty_register: Register, tmp_path: Path) -> None:
    with own_copy(empty_register, tmp_path / "own"):
        author = Author("tests", "陈示例")
        fill(author, tmp_path)
        served = NewField("worker", "工龄", "number")
        add_own_fields([served], author)
        people = [str(row.uid) for row in Worker.select().order_by(Worker.id)]
        for number, uid in enumerate(people, 1):
            edit(author, Worker, uid, **{served.field: number * 10_000})
        report = list_report(
            Selection("workers", today=TODAY), replace(plain_form("workers"), columns=(FormColumn("name"), FormColumn("工龄"))),
            ListPaper("某区总工会", TODAY.isoformat()), load_index(TODAY),
        )  # fmt: skip
    assert [column.title for column in report.columns] == ["序号", "姓名", "工龄"]
    rows = [row for section in report.sections for row in section.rows]
    assert len(rows) == len(people)
    assert report.sums[2] == f"{separately(rows, 2):,}"


def separately(rows: Sequence[Sequence[str]], place: int) -> int:
    """What a column adds up to, counted anew from what is printed."""
    return sum(int(found[0].replace(",", "")) for row in rows if (found := re.search(r"[\d,]+", row[place])))


def test_totals_are_what_stands_on_the_paper(shapes: dict[str, Report]) -> None:
    drive = shapes["drive"]
    staff = [column.title for column in drive.columns].index("职工人数")
    rows = [row for section in drive.sections for row in section.rows]
    assert drive.totals.startswith(f"共 {len(rows)} 家，职工 {separately(rows, staff):,} 人。")
    for section in drive.sections:
        assert section.totals == f"{len(section.rows)} 家，职工 {separately(section.rows, staff):,} 人"
    ledger = shapes["ledger"]
    people = [column.title for column in ledger.columns].index("人次")
    assert f"人次 {separately([row for each in ledger.sections for row in each.rows], people)}" in str(
        [ledger.totals, *(each.totals for each in ledger.sections)]
    )
    roster = shapes["roster"]
    assert roster.totals.startswith(f"共 {sum(len(each.rows) for each in roster.sections)} 人")


