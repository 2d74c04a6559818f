"""Whatever the people and unions in a register are called: lists, reports and returned sheets stay texts, in their own folder."""

import csv
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import openpyxl
import pytest
from pypdf import PdfReader
from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from importers.workbook.writing import sheet_name
from models.figures.table_forms import TableForm, keep_form
from models.figures.targets import set_target
from models.journal.writer import Author, batch
from models.records.drive_case import DriveCase
from models.records.employer import Employer
from models.records.forms import FORMS
from models.records.membership import members_of_unions
from models.records.officer import Officer
from models.records.region import load_index
from models.records.site import Site, SiteKind
from models.records.union import Union
from models.register import laptop
from models.register.register import Register
from models.uid import new_uid
from reports import handout
from reports.catalogue import report_kinds
from reports.choices import ReportChoices
from reports.saving import file_name, save
from tests.aids.case_world import reconciled
from tests.aids.hostile_names import OTHERS, SIGNS, names, spoil
from tests.aids.speaking import PASSPHRASE, TODAY, imported
from tests.aids.terminal import Commands
from tests.aids.whole_window import own_copy
from ui.kit.context import Context
from ui.kit.exporting import Exporting

#: What a spreadsheet takes for a formula, when it opens a text file.
FORMULAS = tuple("=+-@\t\r＝＋－＠")
#: All that the sheet of a statistics table counts with: cells, numbers and five functions, no text but the empty one.
COUNTING = re.compile(r'(?:(?:SUM|SUBTOTAL|IF|INT|TRUNC|ROUND)\(|[A-Z]{1,3}[0-9]+|[0-9]+|""|[-*/=:,()])+')
#: A kept statistics table is called so.
TABLE = '=1+1<img src="/tmp/x.png">../../[*]表&表'


def officers_and_sites(author: Author) -> None:
    """What the samples do not hold: as many officers and sites, with a text in every field, as there are hostile names."""
    union, kind = str(Union.get().uid), str(SiteKind.get().uid)
    with batch("edit", author) as writer:
        for _name in names(Path("/tmp/x.png")):
            post = {"name": "赵示例", "body": "工会委员会", "post": "主席", "term": "第二届", "until_because": "调离", "number": "1号"}
            writer.create(Officer, {"uid": new_uid(), "union": union, **post, "note": "无"})
            site = {"site_kind": kind, "name": "示例驿站", "address": "示例街1号", "contact": "陈示例", "source": "台账"}
            writer.create(Site, {"uid": new_uid(), **site, "note": "无"})


@pytest.fixture(scope="module")
def spoiled(sample_register: Register, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a register in which every text is such a name; closed."""
    folder = tmp_path_factory.mktemp("spoiled")
    with own_copy(sample_register, folder) as register:
        author = laptop.author(register.folder)
        reconciled(author)
        set_target(TODAY.year, "new_members", 200, author, load_index(TODAY), source="要点")
        officers_and_sites(author)
        spoil(author, Path("/tmp/x.png"))
        keep_form(TableForm(TABLE, ("new_members", "members")), author)
    return folder / "data"


@pytest.fixture
def run(spoiled: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Commands:
    """Commands over that register."""
    monkeypatch.setenv("JIANHUI_PASSPHRASE", PASSPHRASE)
    monkeypatch.setenv("JIANHUI_DATA", str(spoiled))
    return Commands(spoiled, capsys)


@pytest.fixture
def register(sample_register: Register, spoiled: Path, tmp_path: Path) -> Iterator[Register]:
    """The same, open."""
    with own_copy(Register(spoiled, sample_register.key_hex), tmp_path) as made:
        yield made


def assert_only_texts(path: Path, counting: bool = False) -> None:
    """No cell of a workbook is a formula or a link, and every part of it is XML that can be read.

    ``counting``: there are formulas, all of them the program's own.
    """
    for sheet in openpyxl.load_workbook(path).worksheets:
        cells = [cell for row in sheet.iter_rows() for cell in row]
        assert {cell.data_type for cell in cells} - ({"f"} if counting else set()) <= {"s", "n", "d", "b", "inlineStr"}
        assert not any(cell.hyperlink for cell in cells)
    with zipfile.ZipFile(path) as book:
        for part in book.namelist():
            tree = ET.fromstring(book.read(part))
            formulas = [each.text or "" for each in tree.iter() if each.tag.endswith("}f")]
            assert [each for each in formulas if not (counting and COUNTING.fullmatch(each))] == [], part


@pytest.mark.parametrize("kind", list(FORMS))
def test_a_list_holds_only_texts(run: Commands, tmp_path: Path, kind: str) -> None:
    book, text = tmp_path / "名单.xlsx", tmp_path / "名单.csv"
    for path in (book, text):
        code, _out, err = run("list", kind, "--out", path)
        assert (code, err.count("Traceback")) == (0, 0)
    assert_only_texts(book)
    with text.open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert len(cells) > 20
    assert [cell for cell in cells if cell.startswith(FORMULAS) and not cell.lstrip("-").isdigit()] == []


@pytest.mark.parametrize("name", list(report_kinds()))
@pytest.mark.parametrize("ending", ["xlsx", "pdf"])
def test_a_report_holds_only_texts(register: Register, tmp_path: Path, name: str, ending: str) -> None:
    kind = report_kinds()[name]
    members = members_of_unions()
    chosen: dict[str, Any] = {"employer": str(DriveCase.get().employer), "union": max(members, key=lambda uid: members[uid])}
    chosen["table"] = TABLE
    wanted = {key: value for key, value in chosen.items() if key in kind.needs}
    report = kind.compose(load_index(TODAY), ReportChoices(TODAY, TODAY, everything="everything" in kind.takes, **wanted))
    path = tmp_path / f"{file_name(report.title + '_' + report.subject)}.{ending}"
    handout.write(report, path, ending)
    assert path.parent == tmp_path
    if ending == "xlsx":
        assert_only_texts(path, counting=name in {"table", "list"})
    else:
        assert len(PdfReader(path).pages) >= 1


def test_findings_drive_and_ledger_lists_hold_only_texts(run: Commands, tmp_path: Path) -> None:
    for number, arguments in enumerate((["drive"], ["rules", "--all"], ["ledger"])):
        path = tmp_path / f"{number}.xlsx"
        code, _out, err = run(*arguments, "--out", path)
        assert (code, err.count("Traceback")) == (0, 0)
        assert_only_texts(path)


def test_a_returned_sheet_holds_only_texts(author: Author, tmp_path: Path) -> None:
    given = names(Path("/tmp/x.png"))
    rows = [["姓名", "身份证号", "所属工会", "备注"]]
    rows += [[each, "123", each, each] for each in (text.translate(dict.fromkeys(range(9))) for text in given)]
    lines = ["\t".join(cell.replace("\n", " ").replace("\t", " ").replace("\r", " ") for cell in row) for row in rows]
    path = tmp_path / "=1+1_退回(1).txt"
    path.write_text("\n".join(lines), encoding="utf-8-sig")
    done = imported(author, path)
    (returned,) = done.outcome.returned.values()
    assert returned.parent == tmp_path
    assert_only_texts(returned)


def test_a_template_offers_hostile_groups_as_texts(run: Commands, tmp_path: Path) -> None:
    for kind in FORMS:
        path = tmp_path / f"{kind}.xlsx"
        code, _out, err = run("template", kind, path)
        assert (code, err) == (0, "")
        cells = [cell for sheet in openpyxl.load_workbook(path).worksheets for row in sheet.iter_rows() for cell in row]
        assert {cell.data_type for cell in cells} <= {"s", "n"}


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("重庆示例有限公司", "重庆示例有限公司"), ("甲/乙", "甲 乙"), ("../../出去", "出去"), ("..", "未命名"), ("", "未命名"),
        ("C:\\x", "C x"), ("甲:乙|丙?*", "甲 乙 丙"), ("名. . ", "名"), (".bashrc", "bashrc"), ("甲\n乙\t丙", "甲 乙 丙"),
        ("甲\x00\x07乙", "甲乙"), ("\u202efdp.exe", "fdp.exe"), ("甲\u200b乙", "甲乙"), ("CON", "_CON"), ("con.txt", "_con.txt"),
        ("NUL .x", "_NUL .x"), ("COM¹", "_COM¹"), ("CONTRACT", "CONTRACT"), ("😀𠮷", "😀𠮷"), ("<b>甲</b>", "b 甲 b"),
    ],
)  # fmt: skip
def test_a_file_is_named_after_anything_and_stays_in_its_folder(name: str, made: str) -> None:
    assert file_name(name) == made


@pytest.mark.parametrize("name", [each.format() if "{{" in each else each for each in SIGNS + OTHERS])
def test_such_a_file_can_be_saved(tmp_path: Path, name: str) -> None:
    path = tmp_path / (file_name(name) + ".xlsx")
    save(path, b"1", overwrite=False)
    assert [each.name for each in tmp_path.iterdir() if each.is_file()] == [path.name]


@pytest.mark.parametrize("name", ["长" * 400, "😀" * 400, "é" * 400])
def test_a_long_name_is_cut_between_two_characters(tmp_path: Path, name: str) -> None:
    assert file_name(name) in name
    save(tmp_path / (file_name(name) + ".xlsx"), b"1", overwrite=False)


@pytest.mark.parametrize(
    ("wanted", "named"),
    [
        ("😀" * 20, "😀" * 15),
        ("a" * 30 + "😀", "a" * 30),
        ("History", "History(2)"),
        ("'a/[b]'", "a  b"),
        ("\x07", "Sheet"),
    ],
)
def test_a_sheet_is_named_as_a_workbook_allows(wanted: str, named: str) -> None:
    assert sheet_name(wanted, set()) == named


def test_the_drive_has_spoiled_employers(register: Register) -> None:
    assert Employer.select().where(Employer.name.contains("<")).count() > 3


@pytest.mark.parametrize("name", ["../../甲", "C:\\甲", "/etc/甲", "CON", "甲\n乙"])
def test_the_window_proposes_a_file_in_the_folder_of_documents(
    context: Context, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    proposed: list[Path] = []

    def asked(_parent: QWidget, _title: str, path: str, _kinds: str) -> tuple[str, str]:
        proposed.append(Path(path))
        return "", ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", asked)
    window = QWidget()
    qtbot.addWidget(window)
    assert Exporting(context, window).ask_path(name, ".pdf") is None
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    assert (proposed[0].parent, proposed[0].name) == (Path(documents), file_name(name) + ".pdf")
