"""A report as a Word document: every row once, real fields, the paper's widths, and what is written by hand left free."""

import datetime as dt
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.enum.section import WD_ORIENT

from models.errors import UserError
from reports.docx_file import write_docx
from reports.report import Bar, Report, ReportColumn, Section

WIDE = "一二三四五六七八九十" * 6
#: A character outside the BMP, the signs of XML, one that no document can hold.
HARD = "𫖯𬭊 <b>&\x07"


def report(rows: list[list[str]], **more: Any) -> Report:
    columns = [ReportColumn("序号", 3, "center"), ReportColumn("姓名", 6), ReportColumn("人数", 5, "right")]
    told: dict[str, Any] = {"title": "名单", "organization": "某区总工会", "day": "2026-11-22", "columns": columns}
    return Report(**told | {"sections": [Section("", rows)], "signatures": ("负责人（签字）",), "mark": "已脱敏"} | more)


def written(made: Report, path: Path) -> Any:
    write_docx(made, path, "2026-11-22 09:00")
    return docx.Document(str(path))


def xml(path: Path, part: str) -> str:
    return zipfile.ZipFile(path).read(part).decode()


def _text(cell: Any) -> str:
    """What stands in a cell; much quicker than asking the document for it."""
    return "".join(node.text or "" for node in cell.iter() if node.tag.endswith("}t"))


@pytest.mark.parametrize("count", [0, 1, 25, 10_000])
def test_no_row_is_lost_or_doubled(tmp_path: Path, count: int) -> None:
    rows = [[str(number), f"某{number}", f"{number:,}"] for number in range(1, count + 1)]
    document = written(report(rows), tmp_path / "a.docx")
    lines = document.tables[0]._tbl.tr_lst
    texts = [[_text(cell) for cell in line.tc_lst] for line in lines]
    assert texts == [["序号", "姓名", "人数"], *(rows or [["没有符合条件的记录"]])]


def test_what_is_hard_to_write_is_written(tmp_path: Path) -> None:
    document = written(report([["1", WIDE, "3"], ["2", HARD, "4"]], title=HARD, watermark='草"稿'), tmp_path / "a.docx")
    assert [row.cells[1].text for row in document.tables[0].rows][1:] == [WIDE, "𫖯𬭊 <b>&"]
    assert document.paragraphs[0].text == "𫖯𬭊 <b>&"
    assert "草&quot;稿" in xml(tmp_path / "a.docx", "word/header1.xml") + xml(tmp_path / "a.docx", "word/header2.xml")


def test_the_header_is_repeated_and_pages_are_numbered_by_fields(tmp_path: Path) -> None:
    written(report([["1", "王五", "3"]]), tmp_path / "a.docx")
    body = xml(tmp_path / "a.docx", "word/document.xml")
    assert body.count("<w:tblHeader/>") == 1
    feet = "".join(xml(tmp_path / "a.docx", f"word/footer{number}.xml") for number in (1, 2))
    assert (feet.count('w:instr=" PAGE "'), feet.count('w:instr=" NUMPAGES "'), feet.count("已脱敏")) == (2, 2, 2)
    assert "打印时间 2026-11-22 09:00" in feet


@pytest.mark.parametrize(
    ("paper", "landscape", "wide"), [("A4", True, 297), ("A4", False, 210), ("A3", True, 420), ("A3", False, 297)]
)
def test_the_paper_is_the_reports(tmp_path: Path, paper: Any, landscape: bool, wide: int) -> None:
    section = written(report([["1", "王五", "3"]], paper=paper, landscape=landscape), tmp_path / "a.docx").sections[0]
    assert round(section.page_width.mm) == wide
    assert section.orientation == (WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT)


def test_groups_and_their_sums_stand_in_one_table_and_the_total_closes_it(tmp_path: Path) -> None:
    parts = [Section(name, [["1", "王五", "3"]], sums=["小计", "1 人", "3"]) for name in ("甲工会", "乙工会")]
    document = written(report([], sections=parts, sums=["合计", "2 人", "6"]), tmp_path / "a.docx")
    lines = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    group = [["1", "王五", "3"], ["小计", "1 人", "3"]]
    assert lines == [["序号", "姓名", "人数"], ["甲工会"] * 3, *group, ["乙工会"] * 3, *group, ["合计", "2 人", "6"]]


def test_what_is_apart_begins_a_page_with_its_own_title(tmp_path: Path) -> None:
    parts = [Section(name, [["1", "王五", "3"]], sums=["小计", "1 人", "3"]) for name in ("甲工会", "乙工会")]
    document = written(report([], sections=parts, apart=True), tmp_path / "a.docx")
    assert [each.text for each in document.paragraphs].count("名单") == 2
    assert xml(tmp_path / "a.docx", "word/document.xml").count("<w:pageBreakBefore/>") == 1


def test_a_table_of_its_own_columns_has_its_heading_above_them_and_a_chart_its_bars(tmp_path: Path) -> None:
    own = Section("材料", [["批复", "1号"]], columns=[ReportColumn("名称", 8), ReportColumn("文号", 8)])
    chart = Section("各镇街", [], bars=[Bar("甲镇", 4, "4 家"), Bar("乙镇", 2, "2 家")])
    document = written(report([], columns=[], sections=[own, chart]), tmp_path / "a.docx")
    assert [row.cells[0].text for row in document.tables[0].rows] == ["材料", "名称", "批复"]
    bars = [row.cells[1].text for row in document.tables[1].rows][1:]
    assert len(bars[0]) == 2 * len(bars[1]) > 0


def test_an_existing_file_stays_and_too_much_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(b"old")
    with pytest.raises(UserError, match="已有同名文件"):
        write_docx(report([]), tmp_path / "a.docx")
    long = replace(report([]), sections=[Section("", [["1", "王五", "3"]] * 30_001)])
    with pytest.raises(UserError, match="放不下"):
        write_docx(long, tmp_path / "b.docx")
    assert (tmp_path / "a.docx").read_bytes() == b"old"
    assert dt.date.fromisoformat(long.day)
