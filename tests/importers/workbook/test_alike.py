"""Rows read by their shape are those that the libraries read, cell by cell, whatever a sheet holds; or they are not read so."""

import datetime as dt
import io
import random
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
import pytest
import xlsxwriter

from importers.workbook import native, xlsx, zip_gate
from importers.workbook.opened import OpenSheet
from importers.workbook.refusals import Refusal
from importers.workbook.sheet import ReadLimits
from importers.workbook.xlsx_package import readable, sheet_parts
from tests.aids.broken_files import package

SAMPLES = sorted((Path(__file__).resolve().parents[3] / "samples").glob("*.xlsx"))
#: Styles: 0 a number, 1 a day, 2 a span of time, 3 a moment.
STYLES = (
    '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="1">'
    '<numFmt numFmtId="164" formatCode="yyyy/m/d h:mm"/></numFmts><cellXfs count="4"><xf numFmtId="0"/><xf numFmtId="14"/>'
    '<xf numFmtId="46"/><xf numFmtId="164"/></cellXfs></styleSheet>'
)
TEXTS = (
    '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>张三</t></si>'
    '<si><t xml:space="preserve"> 李四 </t></si><si><t> 王五 </t></si><si><t>a&amp;b&#38468;_x000D_c</t></si>'
    '<si><r><t>赵</t></r><r><rPr><b/></rPr><t xml:space="preserve"> 六</t></r><rPh sb="0" eb="1"><t>zhao</t></rPh>'
    '<phoneticPr fontId="1"/></si><si><t></t></si></sst>'
)


class Told(NamedTuple):
    """What a way of reading tells of a sheet: rows as (number, values, hidden), and what else."""

    rows: Any
    merged: list[Any]
    notes: list[Any]
    unsaved: Any


def both(data: bytes) -> list[tuple[Told | None, Told]]:
    """Each sheet as it is read by its shape, None where it has none, and as the libraries read it."""
    with zip_gate.open_zip(data) as archive:
        zip_gate.check(archive, len(data))
        data = readable(data, archive)
    with zip_gate.open_zip(data) as archive:
        book = xlsx.OpenPackage(data, archive, sheet_parts(archive))
        seen = xlsx.looked_at(book)
        found: list[tuple[Told | None, Told]] = []
        for index, meta in enumerate(seen.sheets):
            alike, other = OpenSheet(meta.name, index), OpenSheet(meta.name, index)
            alike.columns = xlsx.by_shape(alike, book, seen, ReadLimits())
            by_shape = _told(alike)
            xlsx.by_library(book, other, ReadLimits())
            found.append((None if alike.again else by_shape, _told(other)))
    return found


def _told(sheet: OpenSheet) -> Told:
    try:
        rows: Any = [(row.number, row.values, row.hidden) for part in sheet.parts() for row in part.rows()]
    except Refusal as refusal:  # a library sees late that a sheet is damaged
        rows = refusal.told
    return Told(sheet.refused or rows, sorted(sheet.merged), sorted(sheet.notes, key=str), sheet.unsaved)


def agree(data: bytes) -> int:
    """How many sheets were read by their shape; all of them as the libraries read them, types included."""
    found = [(by_shape, other) for by_shape, other in both(data) if by_shape is not None]
    for by_shape, other in found:
        assert repr(by_shape) == repr(other)
    return len(found)


def sheet(cells: str, row: str = ' r="1"') -> bytes:
    """A package with one row."""
    return package(f"<row{row}>{cells}</row>", parts={"xl/styles.xml": STYLES, "xl/sharedStrings.xml": TEXTS})


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_every_sample_has_a_shape(path: Path) -> None:
    assert agree(path.read_bytes()) == len(openpyxl.load_workbook(path, read_only=True).worksheets)


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="A1"><v>45418</v></c>', '<c r="A1"><v>1985.7</v></c>', '<c r="A1"><v>-3</v></c>', '<c r="A1"><v>1E+3</v></c>',
        '<c r="A1"><v>5.00112199001011E+17</v></c>', '<c r="A1"><v>1234567890123456</v></c>', '<c r="A1" s="9"><v>7</v></c>',
        '<c r="A1" s="1"><v>45418</v></c>', '<c r="A1" s="3"><v>45418.9999999</v></c>', '<c r="A1" s="1"><v>0.4375</v></c>',
        '<c r="A1" s="2"><v>1.25347</v></c>', '<c r="A1" t="b"><v>1</v></c>', '<c r="A1" t="e"><v>#N/A</v></c>',
        '<c r="A1" t="s"><v>0</v></c>', '<c r="A1" t="s"><v>1</v></c>', '<c r="A1" t="s"><v>2</v></c>',
        '<c r="A1" t="s"><v>3</v></c>', '<c r="A1" t="s"><v>4</v></c>', '<c r="A1" t="s"><v>5</v></c>',
        '<c r="A1" t="str"><v> x&lt;y </v></c>', '<c r="A1" t="str"><f>B1</f><v></v></c>', '<c r="A1"><f>B1</f></c>',
        '<c r="A1"><f>B1&amp;C1</f><v>3</v></c>', '<c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c>',
        '<c r="A1" t="inlineStr"><is><t>  张三\n</t></is></c>',
        '<c r="A1" t="inlineStr"><is><t xml:space="preserve"> 张 </t></is></c>',
        '<c r="A1"><v></v></c>', '<c r="A1"><v/></c>', '<c r="A1" s="1"/>', '<c r="A1" s="1"></c>',
    ],
)  # fmt: skip
def test_a_cell_is_what_the_native_reader_says(cell: str) -> None:
    assert agree(sheet(cell + '<c r="C1"><v>1</v></c>')) == 1


@pytest.mark.parametrize(
    "cells",
    [
        '<c r="A1"><v>abc</v></c>', '<c r="A1"><v> 1 </v></c>', '<c r="A1" s="1"><v>60</v></c>',
        '<c r="A1" t="d"><v>2024-05-06</v></c>',
        '<c r="A1" t="s"><v>99</v></c>', '<c r="A1" t="zz"><v>1</v></c>', '<c r="A1" t="str"><v>&bogus;</v></c>',
        '<c r="A1" t="inlineStr"><is><r><t>a</t></r></is></c>', '<c r="B1"><v>1</v></c><c r="A1"><v>2</v></c>',
        '<c r="A2"><v>1</v></c>', "<c><v>1</v></c>", '<c r="A1"><v>1</v><v>2</v></c>',
        '<c r="A1" t="str"><v><![CDATA[x]]></v></c>',
        '<c r="GS1"><v>1</v></c>', '<!-- x --><c r="A1"><v>1</v></c>', '<c r="A1" t="str"><v>a\r\nb</v></c>',
    ],
)  # fmt: skip
def test_what_is_written_in_an_unknown_way_is_left_to_the_libraries(cells: str) -> None:
    assert agree(sheet(cells)) == 0


@pytest.mark.parametrize("row", ["", ' r="0"', ' r="1048577"', ' spans="1:2" r="1"'])
def test_a_row_without_its_place_has_no_shape(row: str) -> None:
    assert agree(sheet('<c r="A1"><v>1</v></c>', row)) == 0


def test_rows_of_many_shapes_and_hidden_ones_keep_their_places() -> None:
    rows = [
        '<row r="2"><c r="A2" t="s"><v>0</v></c><c r="C2"><v>7</v></c></row>',
        '<row r="3" hidden="1"><c r="B3" s="1"><v>45000</v></c></row>',
        '<row r="5"/>', '<row r="6"></row>', '<row r="7"><c r="A7" s="1"/></row>',
        *(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c><c r="C{n}"><v>{n}</v></c></row>' for n in range(8, 3000)),
        '<row r="3000"><c r="A3000" t="b"><v>0</v></c><c r="C3000" t="e"><v>#N/A</v></c></row>',
        *(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c><c r="C{n}"><v>{n}</v></c></row>' for n in range(3001, 3100)),
    ]  # fmt: skip
    parts = {"xl/styles.xml": STYLES, "xl/sharedStrings.xml": TEXTS}
    assert agree(package("".join(rows), parts=parts)) == 1


def test_a_sheet_that_changes_its_ways_for_ever_is_still_read() -> None:
    cells = ['<c r="{at}"><v>{n}</v></c>', '<c r="{at}" t="str"><v>文{n}</v></c>', '<c r="{at}" s="{n}"><v>{n}</v></c>', ""]
    rows = [
        f'<row r="{n}">' + "".join(cells[(n >> 2 * c) % 4].format(at=f"{letter}{n}", n=n) for c, letter in enumerate("ABCDE"))
        + "</row>"
        for n in range(1, 700)
    ]  # fmt: skip
    assert agree(package("".join(rows))) == 1


@pytest.mark.parametrize(
    "broken",
    [
        lambda xml: xml.replace(b"</worksheet>", b""), lambda xml: xml[:-40], lambda xml: xml.replace(b"<worksheet ", b"<sheet "),
        lambda xml: xml.replace(b"</sheetData>", b"</sheetData><mergeCells><mergeCell"),
        lambda xml: xml.replace(b"<sheetData>", b""),
    ],
    ids=["no end", "cut", "other root", "broken behind", "no data"],
)  # fmt: skip
def test_a_sheet_that_is_not_whole_has_no_shape(broken: Callable[[bytes], bytes]) -> None:
    whole = package('<row r="1"><c r="A1"><v>1</v></c></row>')
    assert agree(whole) == 1
    assert agree(_with_sheet(whole, broken)) == 0


@pytest.mark.parametrize("seed", range(40))
def test_generated_sheets_are_read_alike(seed: int) -> None:
    chance = random.Random(seed)
    data = _written(chance, chance.choice((_by_xlsxwriter, _by_openpyxl)))
    assert agree(data) in (0, 1)


def test_most_generated_sheets_have_a_shape() -> None:
    found = [agree(_written(random.Random(seed), _by_xlsxwriter)) for seed in range(20)]
    assert sum(found) >= 14


@pytest.mark.parametrize("seed", range(150))
def test_damaged_sheets_are_read_alike_or_not_by_their_shape(seed: int) -> None:
    chance = random.Random(seed)
    data = _written(chance, chance.choice((_by_xlsxwriter, _by_openpyxl)))
    try:
        assert agree(_with_sheet(data, lambda xml: _damaged(xml, chance))) in (0, 1)
    except native.NativeError:
        return  # no reader opens it


_STRANGE = ("a&b", "<x>", " 前", "后 ", "\n换\n", "_x000D_", "制\t表", "　全角　", "😀", '"引"', "#N/A", "TRUE", "1")
_PIECES = (
    b"<v/>", b"<v></v>", b"<!-- x -->", b'<c r="Z9"/>', b"&#65;", b"&bad;", b" ", b"\r\n", b't="s"', b't="e"', b't="b"',
    b' s="1"', b"<f>1</f>", b"</row>", b"<is><t>x</t></is>", b"<v>1e5</v>", b"<v>#N/A</v>", b' xml:space="preserve"', b"_x000D_",
    b'hidden="1"', b"-", b".5", b"<r>",
)  # fmt: skip


def _value(chance: random.Random) -> Any:
    return chance.choice((
        None, True, False, chance.choice(_STRANGE), chance.randrange(10 ** chance.randrange(1, 18)), chance.uniform(-9, 1e6),
        dt.datetime(2000, 1, 1) + dt.timedelta(days=chance.randrange(-20_000, 9_000), seconds=chance.choice((0, 40_000, 86_399))),
        dt.time(chance.randrange(24), 5), dt.timedelta(hours=chance.randrange(90)),
    ))  # fmt: skip


def _written(chance: random.Random, write: Callable[[random.Random, list[list[Any]]], bytes]) -> bytes:
    """A sheet whose columns are mostly of one kind, with something strange here and there."""
    kinds = [chance.randrange(5) for _column in range(chance.randrange(1, 8))]

    def cell(kind: int) -> Any:
        if chance.random() < 0.05:
            return _value(chance)
        plain = (
            f"名{chr(0x4E00 + chance.randrange(300))}", chance.randrange(10**9), chance.choice((None, "是", "否")),
            dt.datetime(2020, 1, 1) + dt.timedelta(days=chance.randrange(2_000)), str(chance.randrange(10**17, 10**18)),
        )  # fmt: skip
        return plain[kind]

    return write(chance, [[cell(kind) for kind in kinds] for _row in range(chance.choice((3, 20, 60)))])


def _by_xlsxwriter(chance: random.Random, rows: Sequence[Sequence[Any]]) -> bytes:
    out = io.BytesIO()
    look = chance.choice(("yyyy-mm-dd", "yyyy/m/d h:mm", "[h]:mm", "m月d日"))
    options = {"in_memory": True, "default_date_format": look, "constant_memory": chance.random() < 0.5}
    book = xlsxwriter.Workbook(out, options | {"date_1904": chance.random() < 0.2})
    made, bold = book.add_worksheet("表"), book.add_format({"bold": True})
    for line, row in enumerate(rows):
        for column, value in enumerate(row):
            if isinstance(value, str) and chance.random() < 0.02:
                made.write_rich_string(line, column, "头", bold, value)
            elif isinstance(value, str):
                made.write_string(line, column, value)
            elif isinstance(value, int) and chance.random() < 0.02:
                made.write_formula(line, column, "=1+1", None, chance.choice((value, "", "文", "#N/A")))
            else:
                made.write(line, column, value, bold if value is None and chance.random() < 0.3 else None)
        if chance.random() < 0.03:
            made.set_row(line, None, None, {"hidden": True})
    book.close()
    return out.getvalue()


def _by_openpyxl(chance: random.Random, rows: Sequence[Sequence[Any]]) -> bytes:
    out = io.BytesIO()
    book = openpyxl.Workbook()
    made = book.worksheets[0]
    for row in rows:
        made.append(list(row))
    if chance.random() < 0.3:
        made["A2"] = "=B2"
        made.row_dimensions[2].hidden = True
    if chance.random() < 0.3:
        made.merge_cells("A1:B1")
    book.save(out)
    return out.getvalue()


def _damaged(xml: bytes, chance: random.Random) -> bytes:
    for _time in range(chance.randrange(1, 4)):
        at = chance.randrange(max(xml.find(b"<sheetData"), 0), len(xml))
        if chance.random() < 0.5:
            at = xml.find(b">", at) + 1
        taken = chance.choice((0, 0, 1, chance.randrange(12)))
        xml = xml[:at] + chance.choice((b"", *_PIECES, bytes([chance.randrange(32, 127)]))) + xml[at + taken :]
    return xml


def _with_sheet(data: bytes, change: Callable[[bytes], bytes]) -> bytes:
    """The package with another first sheet."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(content) if name.endswith("sheet1.xml") else content)
    return out.getvalue()
