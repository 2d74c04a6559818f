"""A long paper is laid out where it is looked at, and painted page by page: nothing of it is held but where its pages end."""

import tracemalloc
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader

from reports.layout import Layout, lay_out
from reports.packed_rows import PackedRows
from reports.paper import lay_out as lay_out_here
from reports.paper import layout_as_pdf, save_pdf
from reports.report import Report, Section
from tests.reports.test_report import plain_measure, roster


def long_roster(count: int) -> Report:
    rows = PackedRows([str(number), f"王小{number}", "重庆云栈智能制造有限公司"] for number in range(1, count + 1))
    return roster(Section("甲公司工会", rows, sums=("合计", f"{count} 人", "")))


class Counted:
    """A measure that counts how many characters it was asked for."""

    def __init__(self) -> None:
        self.characters = 0

    def __call__(self, text: str, bold: bool) -> float:
        self.characters += len(text)
        return plain_measure(text, bold)


def names(layout: Layout) -> list[str]:
    return [text.text for page in layout.pages for text in page.texts if text.text.startswith("王小")]


def test_a_page_of_ten_thousand_rows_is_laid_out_alone() -> None:
    """What a preview waits for is the work of one page, whichever it is: about thirty rows, never ten thousand."""
    measure = Counted()
    layout = lay_out(long_roster(10_000), "2026-11-22 16:00", measure)
    whole, count = measure.characters, len(layout.pages)
    for number in (1, count // 2, count):
        measure.characters = 0
        page = layout.pages[number - 1]
        assert f"第 {number} 页 共 {count} 页" in [text.text for text in page.texts]
        assert 0 < measure.characters < 2_500
        assert measure.characters < whole / 100
    assert layout.pages[count // 2] == layout.pages[count // 2]
    assert layout.pages[count // 2] is not layout.pages[count // 2]


@pytest.mark.parametrize("count", [0, 1, 21, 22, 23, 24, 25, 60])
def test_pages_that_are_looked_at_in_any_order_are_the_same(count: int) -> None:
    report = long_roster(count)
    there, back = lay_out(report, "", plain_measure), lay_out(report, "", plain_measure)
    assert list(reversed(back.pages)) == list(there.pages)[::-1]
    assert names(there) == [f"王小{number}" for number in range(1, count + 1)]
    assert there.pages[-1] == there.pages[len(there.pages) - 1]
    assert there.pages[:1] == [there.pages[0]]
    with pytest.raises(IndexError):
        there.pages[len(there.pages)]


def test_copies_and_blank_backs_come_in_their_turn() -> None:
    """Two unions of one and two pages, twice each for two-sided printing: an empty back fills a sheet up, not the last one."""
    sections = [Section("甲公司工会", long_roster(3).sections[0].rows), Section("乙公司工会", long_roster(30).sections[0].rows)]
    pages = lay_out(replace(roster(*sections), apart=True, copies=2, duplex=True), "", plain_measure).pages
    told = ["".join(text.text for text in page.texts) for page in pages]
    assert [("甲公司工会" in each, bool(each)) for each in told[:4]] == [(True, True), (False, False)] * 2
    assert ["第 1 页 共 2 页" in each for each in told[4:]] == [True, False] * 2
    alone = lay_out(replace(roster(*sections[:1]), copies=3, duplex=True), "", plain_measure).pages
    assert [bool(page.texts) for page in alone] == [True, False, True, False, True]


def used(count: int) -> int:
    """How many bytes laying out and looking at all pages takes at most, beside the rows themselves."""
    report = long_roster(count)
    tracemalloc.start()
    try:
        for page in lay_out(report, "", plain_measure).pages:
            assert page.texts
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_four_times_the_rows_take_no_more_memory() -> None:
    few, many = used(1_500), used(6_000)
    assert many < few + 400_000, "pages that were held would take 18 MB more"


def test_a_page_goes_into_the_file_when_it_is_painted(tmp_path: Path) -> None:
    layout = lay_out_here(long_roster(1_000))
    seen: list[int] = []

    def look(_done: int, _total: int) -> None:
        seen.append(sum(each.stat().st_size for each in tmp_path.iterdir()))

    assert save_pdf(layout, tmp_path / "花名册.pdf", progress=look) == ""
    whole = (tmp_path / "花名册.pdf").stat().st_size
    assert whole / 4 < seen[-1] < whole, "all but the last page and the fonts is in the file"
    assert seen == sorted(seen)
    read = [page.extract_text() for page in PdfReader(tmp_path / "花名册.pdf").pages]
    assert [number for number in range(1, 1_001) if f"王小{number}" not in "".join(read)] == []
    assert len(read) == len(layout.pages)
    assert layout_as_pdf(layout)[:9] == (tmp_path / "花名册.pdf").read_bytes()[:9]
