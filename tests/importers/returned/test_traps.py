import io
import random
import struct
import time
import zipfile
import zlib
from collections.abc import Callable
from html import escape, unescape
from pathlib import Path

import msoffcrypto.format.ooxml
import openpyxl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from importers import returned, session
from importers.plan.steps import SheetPlan
from importers.returned.moves import LAST_ROW, Moves
from importers.returned.xml import attribute, taken_apart, with_attribute
from importers.rows.decisions import Decisions
from importers.session import ImportOptions
from importers.workbook.sheet import Sheet
from models.journal.writer import Author
from tests.aids.speaking import LI, TODAY, imported, workbook
from tests.importers.returned.returned_books import (
    COMPANY,
    HEADER,
    PEOPLE,
    SHEET,
    WRONG,
    came_back,
    in_place,
    parts,
    replaced,
    roster,
    table,
    with_parts,
)

TOLD = [[*PEOPLE[1][:3], LI[:-1] + "1"], [*PEOPLE[3][:3], WRONG]]


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def written(path: Path, write: Callable[[xlsxwriter.Workbook, xlsxwriter.worksheet.Worksheet], None], **options: object) -> Path:
    """The roster of the other tests, written by another program."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(str(path), options) as book:
        sheet = book.add_worksheet("花名册")
        for number, row in enumerate([["职工花名册"], HEADER, *PEOPLE]):
            for column, value in enumerate(row):
                sheet.write(number, column, value)
        write(book, sheet)
    return path


def rewritten(path: Path, rewrite: Callable[[str], str]) -> Path:
    """The roster with the XML of its sheet changed as a text."""
    return with_parts(roster(path), {SHEET: rewrite})


def test_shared_texts_with_several_fonts_stay(author: Author, tmp_path: Path) -> None:
    def write(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        bold = book.add_format({"bold": True})
        sheet.write_rich_string("B4", bold, "李", "示", bold, "例")

    source = written(tmp_path / "名册.xlsx", write)
    path = came_back(imported(author, source))
    assert in_place(source, path)
    assert [row[:4] for row in table(openpyxl.load_workbook(path).active)[2:]] == TOLD
    assert parts(path)["xl/sharedStrings.xml"].count(b"<r>") == parts(source)["xl/sharedStrings.xml"].count(b"<r>") == 3


def test_texts_within_the_rows_stay(author: Author, tmp_path: Path) -> None:
    source = written(tmp_path / "名册.xlsx", lambda _book, _sheet: None, constant_memory=True)
    path = came_back(imported(author, source))
    assert in_place(source, path)
    assert [row[:4] for row in table(openpyxl.load_workbook(path).active)[2:]] == TOLD


def test_pictures_beside_rows_that_go_go_with_them(author: Author, tmp_path: Path) -> None:
    def write(_book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        for row in (0, 2, 3, 5):
            sheet.insert_image(row, 7, "photo.png", {"image_data": io.BytesIO(png())})

    path = came_back(imported(author, written(tmp_path / "名册.xlsx", write)))
    drawing = parts(path)["xl/drawings/drawing1.xml"].decode()
    assert [part.partition("<")[0] for part in drawing.split("<xdr:from><xdr:col>7</xdr:col>")[1:]] == [""] * 3
    assert [int(part.split("<xdr:row>")[1].partition("<")[0]) for part in drawing.split("<xdr:from>")[1:]] == [0, 2, 3]


def png() -> bytes:
    """A picture of one pixel."""
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")


def test_shared_formulas_become_the_formulas_of_their_rows(author: Author, tmp_path: Path) -> None:
    def with_formulas(text: str) -> str:
        for number in range(3, 8):
            once = '<f t="shared" ref="G3:G7" si="0">LEN(D3)</f>' if number == 3 else '<f t="shared" si="0"/>'
            array = f'<c r="H{number}" cm="1"><f t="array" ref="H{number}">SUM(A$3:A{number})</f><v>{number}</v></c>'
            row = text[text.index(f'<row r="{number}"') :]
            row = row[: row.index("</row>")]
            text = text.replace(row, f'{row}<c r="G{number}">{once}<v>18</v></c>{array}')
        return text

    source = rewritten(tmp_path / "名册.xlsx", with_formulas)
    path = came_back(imported(author, source))
    assert in_place(source, path)
    sheet = parts(path)[SHEET].decode()
    assert '<c r="G3"><f>LEN(D3)</f><v>18</v></c><c r="H3"><v>4</v></c>' in sheet
    assert '<c r="G4"><f>LEN(D4)</f><v>18</v></c><c r="H4"><v>6</v></c>' in sheet


def test_cells_and_rows_without_references_are_counted(author: Author, tmp_path: Path) -> None:
    def without(text: str) -> str:
        for number in range(1, 8):
            for letter in "ABCDEF":
                text = text.replace(f'<c r="{letter}{number}"', "<c").replace(f'<row r="{number}"', "<row")
        return text

    source = rewritten(tmp_path / "名册.xlsx", without)
    path = came_back(imported(author, source))
    assert in_place(source, path)
    assert [row[:4] for row in table(openpyxl.load_workbook(path).active)[2:]] == TOLD


def test_rows_with_gaps_and_blank_styled_cells_keep_their_columns(author: Author, tmp_path: Path) -> None:
    def lay_out(_book: Workbook, sheet: Worksheet) -> None:
        sheet["D4"] = None
        sheet["B6"] = None
        for column in range(7, 12):
            sheet.cell(6, column).number_format = "@"

    path = came_back(imported(author, roster(tmp_path / "名册.xlsx", lay_out)))
    sheet = openpyxl.load_workbook(path).active
    (row,) = table(sheet)[2:]
    assert row[:7] == [4, None, "女", WRONG, "19900000004", COMPANY, "未导入"]
    assert (sheet["B3"].fill.fgColor.rgb, sheet["J3"].value) == ("FFFFC7CE", None)


def test_a_hundred_thousand_blank_styled_rows_below_are_left_out(author: Author, tmp_path: Path) -> None:
    blank = "".join(f'<row r="{number}"><c r="A{number}" s="0"/></row>' for number in range(8, 100_000))
    source = rewritten(tmp_path / "名册.xlsx", lambda text: text.replace("</sheetData>", blank + "</sheetData>"))
    path = came_back(imported(author, source))
    assert in_place(source, path)
    assert openpyxl.load_workbook(path).active.max_row == 4


def test_the_order_of_calculation_is_left_out(author: Author, tmp_path: Path) -> None:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/calcChain"
    link = f'<Relationship Id="rId77" Type="{kind}" Target="calcChain.xml"/>'
    type_of = "application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml"
    override = f'<Override PartName="/xl/calcChain.xml" ContentType="{type_of}"/>'
    source = with_parts(
        roster(tmp_path / "名册.xlsx"),
        {
            "xl/calcChain.xml": f'<calcChain xmlns="{MAIN}"><c r="G7" i="1"/></calcChain>',
            "xl/_rels/workbook.xml.rels": replaced("</Relationships>", link + "</Relationships>"),
            "[Content_Types].xml": replaced("</Types>", override + "</Types>"),
        },
    )
    path = came_back(imported(author, source))
    assert in_place(source, path)
    assert "xl/calcChain.xml" not in parts(path)


def prefixed(text: str) -> str:
    """The sheet in the spelling of some export programs: every element of it with a prefix."""
    text = text.replace("</", "</x:").replace("<", "<x:").replace("<x:/x:", "</x:")
    return text.replace("xmlns=", "xmlns:x=")


def strict(text: str) -> str:
    return text.replace("schemas.openxmlformats.org/spreadsheetml/2006/main", "purl.oclc.org/ooxml/spreadsheetml/main")


ODD: dict[str, tuple[str, Callable[[str], str]]] = {
    "elements with a prefix": (SHEET, prefixed),
    "the strict dialect": (SHEET, strict),
    "a remark in the XML": (SHEET, lambda text: text.replace("<sheetData>", "<sheetData><!-- made by hand -->")),
    "single quotes": (SHEET, lambda text: text.replace('<row r="3"', "<row r='3'")),
    "a style that is not there": (SHEET, lambda text: text.replace('<c r="D4"', '<c s="99" r="D4"')),
    "no styles at all": ("xl/styles.xml", lambda _text: f'<styleSheet xmlns="{MAIN}"/>'),
}


@pytest.mark.parametrize("oddity", ODD)
def test_what_is_too_odd_is_written_anew_without_a_word(author: Author, tmp_path: Path, oddity: str) -> None:
    part, change = ODD[oddity]
    source = with_parts(roster(tmp_path / "名册.xlsx"), {part: change})
    path = came_back(imported(author, source))
    assert not in_place(source, path)
    assert [row[:4] for row in table(openpyxl.load_workbook(path).active)[2:]] == TOLD


def test_a_signed_workbook_is_written_anew(author: Author, tmp_path: Path) -> None:
    source = with_parts(roster(tmp_path / "名册.xlsx"), {"_xmlsignatures/origin.xml": "<signature/>"})
    assert not in_place(source, came_back(imported(author, source)))


def test_a_workbook_with_a_password_is_written_anew(author: Author, tmp_path: Path) -> None:
    plain = roster(tmp_path / "明文" / "名册.xlsx")
    source = tmp_path / "名册.xlsx"
    with plain.open("rb") as file, source.open("wb") as locked:
        msoffcrypto.format.ooxml.OOXMLFile(file).encrypt("密码 2026", locked)
    path = came_back(imported(author, source, password="密码 2026"))
    assert [row[:4] for row in table(openpyxl.load_workbook(path).active)[2:]] == TOLD


def planned(source: Path) -> tuple[list[Sheet], list[SheetPlan]]:
    """The workbook as read, and its plan."""
    files = session.read([source], ImportOptions())
    views = session.understand(files, ImportOptions(), Decisions(), TODAY)
    return files[0].sheets, session.make_plan(files, views, ImportOptions(), TODAY).sheets


def test_a_file_that_is_gone_or_another_by_now_is_written_anew(author: Author, tmp_path: Path) -> None:
    source = roster(tmp_path / "名册.xlsx")
    sheets, plans = planned(source)
    for content in (None, b"", source.read_bytes()[:2000], parts(source)[SHEET]):
        if content is None:
            source.unlink()
        else:
            source.write_bytes(content)
        path = returned.write(source, sheets, plans, tmp_path)
        assert [row[:4] for row in table(openpyxl.load_workbook(path).active)[2:]] == TOLD


def test_rows_that_were_moved_since_it_was_read_are_not_mixed_up(author: Author, tmp_path: Path) -> None:
    source = roster(tmp_path / "名册.xlsx")
    sheets, plans = planned(source)
    roster(source, lambda _book, sheet: sheet.delete_rows(5, 3))
    path = returned.write(source, sheets, plans, tmp_path)
    assert [row[:4] for row in table(openpyxl.load_workbook(path).active)[2:]] == TOLD


@given(
    first=st.integers(1, 6),
    length=st.integers(0, 8),
    choice=st.sets(st.integers(0, 8)),
    top=st.integers(1, 20),
    height=st.integers(0, 9),
)
def test_a_range_keeps_exactly_its_rows_that_are_left(first: int, length: int, choice: set[int], top: int, height: int) -> None:
    last = first + length - 1
    kept = sorted(first + each for each in choice if each < length)
    moves = Moves(first, last, kept)
    left = [row for row in range(1, 40) if not first <= row <= last or row in kept]
    assert [moves.row(row) for row in left] == list(range(1, len(left) + 1)), "one below the other, without gaps"
    inside = [left.index(row) + 1 for row in range(top, top + height + 1) if row in left]
    assert moves.rows(top, top + height) == ((inside[0], inside[-1]) if inside else None)
    below = moves.rows(top, 39)
    assert moves.area(f"B{top}:C{LAST_ROW}") == f"B{below[0] if below else 1}:C{LAST_ROW}"


@pytest.mark.parametrize(
    ("formula", "moved"),
    [
        ("A4+$B$6", "A3+$B$4"),
        ("SUM(A3:A7)", "SUM(A3:A4)"),
        ("A5", None),
        ("SUM(A5:A5)", None),
        ("VLOOKUP(B6,字典!$A$3:$B$7,2,0)", "VLOOKUP(B4,字典!$A$3:$B$7,2,0)"),
        ("VLOOKUP(B6,'表 1'!A5:B5,2)&[1]Sheet1!A5", "VLOOKUP(B4,'表 1'!A5:B5,2)&[1]Sheet1!A5"),
        ('LOG10(A6)&"A5"&IF(A:A>0,D8,"""A5")', 'LOG10(A4)&"A5"&IF(A:A>0,D5,"""A5")'),
        ("SUM(3:7)", None),
        ("_xlfn.XLOOKUP(A6,名单[姓名],名单[电话])", "_xlfn.XLOOKUP(A4,名单[姓名],名单[电话])"),
        ("RATE2020+AB12CD", "RATE2020+AB12CD"),
    ],
)
def test_a_formula_follows_the_rows_it_speaks_of(formula: str, moved: str | None) -> None:
    found = Moves(3, 7, [4, 6]).formula(escape(formula).encode())
    assert (None if found is None else unescape(found.decode())) == moved


def test_an_element_is_taken_apart_and_put_together_again() -> None:
    xml = b'<?xml version="1.0"?>\n<a b="x>y"><c/> <d e=\'"\'><d/></d><f></f></a>'
    element = taken_apart(xml)
    assert [(child.name, child.xml) for child in element.children] == [
        (b"c", b"<c/>"), (b"d", b"<d e='\"'><d/></d>"), (b"f", b"<f></f>"),
    ]  # fmt: skip
    assert element.joined() == xml.replace(b"/> <d", b"/><d")
    assert attribute(element.opening, b"b") == b"x>y"
    assert with_attribute(b'<a b="1" c="2"/>', b"b", b"3") == b'<a c="2" b="3"/>'
    assert with_attribute(b'<a b="1" c="2">', b"b", None) == b'<a c="2">'


def han(number: int) -> str:
    """An invented name of one of many people."""
    return "示" + "".join("零一二三四五六七八九"[int(digit)] for digit in f"{number:03}")


def test_each_answer_stands_beside_its_own_row(author: Author, tmp_path: Path) -> None:
    chance = random.Random(7)
    people: list[list[object]] = []
    for number in range(300):
        wrong, blank = chance.random() < 0.3, chance.random() < 0.1
        person = [number, han(number), "男", WRONG if wrong else None, f"1990000{number:04}", COMPANY]
        people.append([] if blank else person)
    source = workbook(tmp_path / "名册.xlsx", {"花名册": [[], ["名册"], HEADER, *people, ["填表人：张会计"]]})
    path = came_back(imported(author, source))
    assert in_place(source, path)
    _blank, _title, _header, *rows, foot = table(openpyxl.load_workbook(path).active)
    expected = [(row[1], row[3], place) for place, row in enumerate(people, start=4) if row and row[3]]
    assert [(row[1], row[3], row[8]) for row in rows] == expected
    assert foot[0] == "填表人：张会计"


def test_a_large_faulty_workbook_comes_back_quickly(author: Author, tmp_path: Path) -> None:
    source = tmp_path / "名册.xlsx"
    with xlsxwriter.Workbook(str(source), {"constant_memory": True}) as book:
        sheet = book.add_worksheet("花名册")
        for number, row in enumerate([HEADER, *([number, "王示例", "男", WRONG, "12", COMPANY] for number in range(5_000))]):
            sheet.write_row(number, 0, row)
    done = imported(author, source)
    begun = time.perf_counter()
    path = came_back(done)
    print(f"looked through in {time.perf_counter() - begun:.1f} s")
    with zipfile.ZipFile(path) as archive:
        assert archive.read(SHEET).count("未导入".encode()) == 5_000
        assert archive.read("xl/returnedComments_sheet1.xml").count(b"<comment ") == 2_000
