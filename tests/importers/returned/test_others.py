"""What a returned workbook must not carry: the texts of people whose rows were taken out, or rows of another file."""

import html
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from importers import session
from importers.rows.decisions import Decisions
from importers.session import ImportOptions
from models.journal.writer import Author
from tests.aids.speaking import LI, TODAY, imported, workbook
from tests.importers.returned.returned_books import (
    HEADER,
    PEOPLE,
    came_back,
    in_place,
    looked_through,
    parts,
    roster,
    table,
    with_parts,
)

#: Names and numbers of the three whose rows are right.
OTHERS = [str(PEOPLE[row][column]) for row in (0, 2, 4) for column in (1, 3, 4)]


def everything(path: Path) -> str:
    """All parts of a package as one text."""
    return html.unescape("\n".join(part.decode(errors="replace") for part in parts(path).values()))


def test_the_texts_of_the_good_rows_do_not_travel(author: Author, tmp_path: Path) -> None:
    source = roster(tmp_path / "名册.xlsx")
    assert all(text in everything(source) for text in OTHERS)
    path = came_back(imported(author, source))
    assert in_place(source, path)
    assert [text for text in OTHERS if text in everything(path)] == []
    assert [row[:4] for row in table(openpyxl.load_workbook(path).active)[2:]] == [
        [*PEOPLE[1][:3], LI[:-1] + "1"], PEOPLE[3][:4],
    ]  # fmt: skip


def test_texts_that_another_sheet_still_speaks_of_stay(author: Author, tmp_path: Path) -> None:
    path = tmp_path / "名册.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet, lists = book.add_worksheet("花名册"), book.add_worksheet("字典")
        for number, row in enumerate([HEADER, *PEOPLE]):
            sheet.write_row(number, 0, row)
        lists.write_column(0, 0, ["性别", "男", "女", PEOPLE[0][1]])
    back = came_back(imported(author, path))
    assert in_place(path, back)
    book_back = openpyxl.load_workbook(back)
    assert [row[0] for row in table(book_back["字典"])] == ["性别", "男", "女", PEOPLE[0][1]]
    assert PEOPLE[2][1] not in everything(back)


def test_a_sheet_that_was_imported_in_full_leaves_none_of_its_texts(author: Author, tmp_path: Path) -> None:
    good = [HEADER, PEOPLE[0], PEOPLE[2]]
    source = workbook(tmp_path / "表.xlsx", {"甲": [HEADER, PEOPLE[1]], "乙": good})
    path = came_back(imported(author, source))
    assert [text for text in OTHERS if text in everything(path)] == []


@pytest.mark.parametrize("part", ["xl/pivotCache/pivotCacheRecords1.xml", "xl/revisions/revisionLog1.xml"])
def test_a_workbook_with_copies_of_its_rows_is_written_anew(author: Author, tmp_path: Path, part: str) -> None:
    source = with_parts(roster(tmp_path / "名册.xlsx"), {part: "<copies/>"})
    path = came_back(imported(author, source))
    assert not in_place(source, path)
    assert [text for text in OTHERS if text in everything(path)] == []


def test_a_file_that_was_changed_since_it_was_read_is_told_and_its_rows_come_back_as_read(
    author: Author, tmp_path: Path
) -> None:
    source = roster(tmp_path / "名册.xlsx")
    files = session.read([source], ImportOptions())
    views = session.understand(files, ImportOptions(), Decisions(), TODAY)
    plan = session.make_plan(files, views, ImportOptions(), TODAY)
    roster(source, lambda _book, sheet: sheet.cell(4, 2, "别人"))
    outcome = session.apply(plan, files, author)
    assert outcome.problems == {"名册.xlsx": "“名册.xlsx”在读取以后被改过或移走，退回的表按读到的内容另写了一份；改过的内容请重新导入。"}
    (path,) = outcome.returned.values()
    looked_through(path)
    assert table(openpyxl.load_workbook(path).active)[2][1] == PEOPLE[1][1]
