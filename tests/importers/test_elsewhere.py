"""Sheets that another page reads are told from lists: a working list that comes back, their answers to what was handed up."""

from pathlib import Path

import openpyxl
import pytest

from importers import session
from importers.elsewhere import elsewhere
from importers.session import ImportOptions
from models.handins.making import HandInChoice, make
from models.handins.templates import find_template
from models.journal.writer import Author
from models.records.region import load_index
from models.records.worker import Worker
from models.worklists.lists import find_worklist, make_worklist
from reports.handin_file import hand_up
from reports.listing.worklists import write_worklist
from tests.aids.speaking import TODAY, imported_rows, workbook
from tests.handins.test_handins import world

HEAD = ["姓名", "身份证号", "手机", "所属工会", "入会日期"]
PEOPLE = [["王五", "500106198503079012", "19900000001", "甲公司工会", "2024-05-06"]]
NAME = "2027年春节慰问"


@pytest.fixture
def listed(author: Author, tmp_path: Path) -> str:
    imported_rows(author, tmp_path, [HEAD, *PEOPLE])
    uid, _added = make_worklist(NAME, "慰问", "workers", author, [str(row.uid) for row in Worker.select()])
    return uid


def read(path: Path) -> list[session.SourceFile]:
    return session.read([path], ImportOptions(), today=TODAY)


@pytest.mark.usefixtures("register")
@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_a_working_list_that_comes_back_is_read_on_its_page(listed: str, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"勾好的.{ending}"
    write_worklist(find_worklist(NAME), True, load_index(TODAY), path)
    found = elsewhere(read(path))
    assert found is not None
    assert (found.what, found.key, found.name) == ("worklist", listed, NAME)
    assert found.said.startswith(f"《勾好的.{ending}》是工作名单“{NAME}”的表")


@pytest.mark.usefixtures("register", "listed")
def test_a_roster_is_a_list_though_it_has_a_note(tmp_path: Path) -> None:
    path = workbook(tmp_path / "花名册.xlsx", {"会员": [[*HEAD, "备注"], [*PEOPLE[0], "困难"]]})
    assert elsewhere(read(path)) is None


@pytest.mark.usefixtures("register")
def test_what_their_system_answered_is_read_where_it_was_handed_up(author: Author, tmp_path: Path) -> None:
    world(author)
    template = find_template("unions-2017")
    path = tmp_path / "上报.xlsx"
    handed = make(template, HandInChoice(TODAY, refused_too=True), load_index(TODAY))
    hand_up(path, handed, TODAY, author)
    assert elsewhere(read(path)) is None, "what was handed up is no answer yet"
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    header = next(row for row in sheet.iter_rows() if any(str(cell.value or "") == template.columns[0].title for cell in row))
    last = sheet.max_column
    for place, title in enumerate(template.result, start=1):
        sheet.cell(header[0].row, last + place, title)
    sheet.cell(header[0].row + 1, last + 1, "否")
    book.save(path)
    found = elsewhere(read(path))
    assert found is not None
    assert (found.what, found.key) == ("handin", template.key)
