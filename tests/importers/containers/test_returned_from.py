"""What comes back of a roster that was no workbook: an .xlsx with its rows, its numbers told, that can be imported again."""

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from importers import session
from importers.rows.decisions import Decisions
from importers.session import ImportOptions
from models.journal.history import history
from models.journal.writer import Author
from samples.paper import Page
from samples.paper import document as paper
from samples.word import document, paragraph, table
from tests.aids.speaking import LI, TODAY, WANG, imported, listed

HEAD = ["姓名", "身份证号", "手机号"]
ROWS = [HEAD, ["王砚舟", WANG[:-1] + "5", "19900000001"], ["李芷汐", LI, "19900000002"]]


def word(folder: Path) -> Path:
    path = folder / "名册.docx"
    path.write_bytes(document(paragraph("职工名册"), table(ROWS)))
    return path


def pdf(folder: Path) -> Path:
    path, page = folder / "名册.pdf", Page()
    page.text(200, 40, "职工名册")
    page.table(ROWS, (80, 140, 90))
    path.write_bytes(paper(page))
    return path


@pytest.mark.parametrize("make", [word, pdf])
def test_the_faulty_row_comes_back_and_is_right_the_second_time(make: Callable[[Path], Path], author: Author,
    tmp_path: Path) -> None:
    done = imported(author, make(tmp_path))
    assert {action: count for action, count in done.plan.counts().items() if count} == {"new": 1, "refused": 1}
    [back] = done.outcome.returned.values()
    assert back == tmp_path / "名册_退回.xlsx"
    book = openpyxl.load_workbook(back)
    [sheet] = book.worksheets
    found = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert found[0][0] == "职工名册"
    assert found[1][:6] == [*HEAD, "处理结果", "问题说明", "原行号"]
    assert [found[2][place] for place in (0, 1, 5)] == ["王砚舟", WANG[:-1] + "5", 3]
    sheet["B3"] = WANG
    book.save(back)
    assert imported(author, back).plan.counts()["new"] == 1
    assert imported(author, back).plan.counts()["same"] == 1
    assert sorted(listed("workers", "name", "id_number")) == [("李芷汐", LI), ("王砚舟", WANG)]


def test_what_was_pasted_is_an_import_with_its_moment_as_its_name(author: Author, tmp_path: Path) -> None:
    text = "\n".join("\t".join(row) for row in ROWS)
    files = session.read_pasted(
        text.encode("utf-8-sig"), tmp_path / "剪贴板 2026-05-20 1405.txt", "剪贴板 2026-05-20 14:05", ImportOptions(), today=TODAY
    )
    views = session.understand(files, ImportOptions(), Decisions(), TODAY)
    plan = session.make_plan(files, views, ImportOptions(), TODAY)
    outcome = session.apply(plan, files, author)
    assert outcome.problems == {}
    assert outcome.returned == {"剪贴板 2026-05-20 14:05": tmp_path / "剪贴板 2026-05-20 1405_退回.xlsx"}
    assert history()[0].files == ["剪贴板 2026-05-20 14:05"]
    assert [(sheet.sheet, sheet.counts()["new"]) for sheet in plan.sheets] == [("粘贴的表", 1)]


def test_the_moment_of_pasting_is_no_day_of_counts(author: Author, tmp_path: Path) -> None:
    text = "单位名称\t职工人数\t会员人数\n重庆砚屿峻岭有限公司\t31\t20"
    options = ImportOptions("headcounts")
    pasted = tmp_path / "剪贴板 2026-05-20 1405.txt"
    files = session.read_pasted(text.encode("utf-8-sig"), pasted, "剪贴板 2026-05-20 14:05", options, today=TODAY)
    views = session.understand(files, options, Decisions(), TODAY)
    plan = session.make_plan(files, views, ImportOptions("headcounts"), TODAY)
    session.apply(plan, files, author)
    assert listed("headcounts", "as_of") == [(None,)]
