"""The files that the fuzz run damages: one list of invented people in every container that the reader knows."""

import datetime as dt
import io
import re
import struct
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Literal

import openpyxl
import xlsxwriter
import xlwt
from msoffcrypto.method.ecma376_agile import ECMA376Agile
from xlwt.CompoundDoc import XlsDoc

from benchmarks.fuzz_xlsb import xlsb

Family = Literal["zip", "ole", "text", "locked"]
Value = str | float | dt.date
Rows = Sequence[Sequence[Value]]

PEOPLE = 24
PASSWORD = "会员2024"  # noqa: S105 - of a file that holds nobody
HEADER = ("编号", "姓名", "证件号码", "手机号码", "入会日期", "人数", "备注")
_NAMES = "王砚舟 李嘉树 张芷汐 刘䶮 陈岩泽 杨棠苒 黄𠮷 周锋远".split()
_ODF = "urn:oasis:names:tc:opendocument:xmlns"
_SPREADSHEETML = "urn:schemas-microsoft-com:office:spreadsheet"


@dataclass(frozen=True)
class Sample:
    """A sound file; ``encoding`` is a text's, ``width`` the bytes of one of its ASCII characters."""

    name: str
    data: bytes
    family: Family
    encoding: str = "utf-8"
    width: int = 1


def people(start: int = 0) -> list[list[Value]]:
    """Rows without the header. The first, third and fourth cell of each stand nowhere else: they prove that a row came."""
    return [
        [
            f"R{number:04}", _NAMES[number % len(_NAMES)], f"5001061990{number:04}{number * 37 % 10_000:04}",
            f"1990{number:07}", dt.date(2024, 1 + number % 12, 1 + number % 28), number % 40, "转入" if number % 3 else "A&B",
        ]
        for number in range(start, start + PEOPLE)
    ]  # fmt: skip


def proofs(row: Sequence[object]) -> list[str]:
    """The cells of a row that stand in no other row."""
    return [str(row[0]), str(row[2]), str(row[3])]


def samples() -> list[Sample]:
    """All of them, the same bytes each time but for the password-protected one."""
    rows: list[Sequence[Value]] = [HEADER, *people()]
    texts = [[str(value) for value in row] for row in rows]
    shared = _xlsxwriter()
    return [
        Sample("共享文本.xlsx", shared, "zip"),
        Sample("另一写法.xlsx", _openpyxl(), "zip"),
        Sample("无行号.xlsx", _inline(shared, rows), "zip"),
        Sample("带宏.xlsm", _with_parts(shared, {"xl/vbaProject.bin": b"\0" * 600}), "zip"),
        Sample("二进制.xlsb", xlsb({"花名册": rows}), "zip"),
        Sample("开放格式.ods", _ods(rows), "zip"),
        Sample("二进制.xls", _xls(), "ole"),
        Sample("金山.et", _xls(), "ole"),
        Sample("九五版.xls", biff5(texts), "ole", "gbk"),
        Sample("三十年前.xls", _biff2(texts), "ole", "gbk"),
        Sample("网页.xls", _html(texts).encode(), "text"),
        Sample("国标网页.xls", _html(texts).encode("gb18030"), "text", "gb18030"),
        Sample("表格语言.xls", _spreadsheetml(rows).encode(), "text"),
        Sample("逗号.csv", _delimited(texts, ",").encode(), "text"),
        Sample("带标记.csv", _delimited(texts, ",").encode("utf-8-sig"), "text"),
        Sample("国标.csv", _delimited(texts, ",").encode("gb18030"), "text", "gb18030"),
        Sample("分号.csv", _delimited(texts, ";").encode("gb18030"), "text", "gb18030"),
        Sample("双字节.csv", _delimited(texts, ",").encode("utf-16"), "text", "utf-16-le", 2),
        Sample("双字节大端.txt", b"\xfe\xff" + _delimited(texts, "\t").encode("utf-16-be"), "text", "utf-16-be", 2),
        Sample("制表符.txt", _delimited(texts, "\t").encode("gb18030"), "text", "gb18030"),
        Sample("有密码.xlsx", _encrypted(shared), "locked"),
    ]


def unpacked(data: bytes) -> dict[str, bytes]:
    """The parts of a zip by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: dict[str, bytes], stored: bool = False) -> bytes:
    """A zip of the given parts, in their order."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 7, 6, 9, 0, 0)), content, archive.compression)
    return out.getvalue()


def _with_parts(data: bytes, parts: dict[str, bytes]) -> bytes:
    return packed(unpacked(data) | parts)


def _xlsxwriter() -> bytes:
    """Two sheets; the first has a merged title-like last cell, the second a hidden row and a hidden column's width."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"created": dt.datetime(2026, 7, 6)})
        day = book.add_format({"num_format": "yyyy/m/d"})
        for name, start in (("花名册", 0), ("第二组", 500)):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, HEADER)
            for number, row in enumerate(people(start), 1):
                for column, value in enumerate(row):
                    sheet.write(number, column, value, day if isinstance(value, dt.date) else None)
        sheet.set_row(5, None, None, {"hidden": True})
    return out.getvalue()


def _openpyxl() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (HEADER, *people()):
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _inline(data: bytes, rows: Rows) -> bytes:
    """The texts in the sheet itself, and no cell or row with its address: what some web systems write."""
    parts = {name: part for name, part in unpacked(data).items() if name != "xl/sharedStrings.xml"}
    for number in (1, 2):
        parts[f"xl/worksheets/sheet{number}.xml"] = (
            '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
            + "".join("<row>" + "".join(map(_inline_cell, row)) + "</row>" for row in (rows if number == 1 else ()))
            + "</sheetData></worksheet>"
        ).encode()
    types = "[Content_Types].xml"
    parts[types] = re.sub(rb"<Override[^>]*sharedStrings[^>]*/>", b"", parts[types])
    links = parts["xl/_rels/workbook.xml.rels"]
    start = links.index(b"<Relationship Id", links.index(b"styles.xml"))
    parts["xl/_rels/workbook.xml.rels"] = links[:start] + b"</Relationships>"
    return packed(parts)


def _inline_cell(value: Value) -> str:
    if isinstance(value, dt.date):
        return f'<c s="1"><v>{(value - dt.date(1899, 12, 30)).days}</v></c>'
    if isinstance(value, str):
        return f'<c t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    return f"<c><v>{value}</v></c>"


def _ods(rows: Rows) -> bytes:
    cells = {str: "string", int: "float", dt.date: "date"}

    def cell(value: Value) -> str:
        kind = cells[type(value)]
        stored = {"string": "", "float": f' office:value="{value}"', "date": f' office:date-value="{value}"'}[kind]
        return f'<table:table-cell office:value-type="{kind}"{stored}><text:p>{escape(str(value))}</text:p></table:table-cell>'

    table = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
    content = (
        f'<office:document-content xmlns:office="{_ODF}:office:1.0" xmlns:table="{_ODF}:table:1.0" '
        f'xmlns:text="{_ODF}:text:1.0"><office:body><office:spreadsheet><table:table table:name="花名册">{table}'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    manifest = f'<m:manifest xmlns:m="{_ODF}:manifest:1.0"/>'.encode()
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    return packed({"mimetype": kind, "META-INF/manifest.xml": manifest, "content.xml": content.encode()})


def _xls() -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    day = xlwt.easyxf(num_format_str="yyyy/m/d")
    plain = xlwt.easyxf()
    for name, start in (("花名册", 0), ("第二组", 500)):
        sheet = book.add_sheet(name)
        for number, row in enumerate((HEADER, *people(start))):
            for column, value in enumerate(row):
                sheet.write(number, column, value, day if isinstance(value, dt.date) else plain)
        sheet.row(6).hidden = True
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def biff5(texts: Sequence[Sequence[str]], title: str = "花名册") -> bytes:
    """A workbook of Excel 95 ([MS-XLS] and its older siblings): texts in the code page of China, in an OLE file."""
    name = title.encode("gbk")
    begin = _record(0x0809, struct.pack("<HHHH", 0x0500, 0x0005, 4_000, 1995)) + _record(0x0042, struct.pack("<H", 936))
    place = len(begin) + 4 + 7 + len(name) + 4
    head = begin + _record(0x0085, struct.pack("<IHB", place, 0, len(name)) + name) + _record(0x000A, b"")
    sheet = [_record(0x0809, struct.pack("<HHHH", 0x0500, 0x0010, 4_000, 1995))]
    sheet.append(_record(0x0200, struct.pack("<HHHHH", 0, len(texts), 0, max(map(len, texts)), 0)))
    for number, row in enumerate(texts):
        for column, text in enumerate(row):
            written = text.encode("gbk", "replace")
            sheet.append(_record(0x0204, struct.pack("<HHHH", number, column, 0, len(written)) + written))
    out = io.BytesIO()
    XlsDoc().save(out, head + b"".join(sheet) + _record(0x000A, b""))
    named = "Workbook".encode("utf-16-le").ljust(64, b"\0") + struct.pack("<H", 18)
    return out.getvalue().replace(named, "Book".encode("utf-16-le").ljust(64, b"\0") + struct.pack("<H", 10))


def _biff2(texts: Sequence[Sequence[str]]) -> bytes:
    """A worksheet of Excel 2, which needs no wrapping at all."""

    def records() -> Iterator[bytes]:
        yield _record(0x0009, struct.pack("<HH", 2, 0x10)) + _record(0x0042, struct.pack("<H", 936))
        for number, row in enumerate(texts):
            for column, text in enumerate(row):
                written = text.encode("gbk", "replace")
                yield _record(0x0004, struct.pack("<HH3xB", number, column, len(written)) + written)
        yield _record(0x000A, b"")

    return b"".join(records())


def _html(texts: Sequence[Sequence[str]]) -> str:
    rows = "\n".join("<tr>" + "".join(f"<td>{escape(text)}</td>" for text in row) + "</tr>" for row in texts)
    return f"<html><head><title>导出</title></head><body>\n<table border=1>\n{rows}\n</table></body></html>"


def _spreadsheetml(rows: Rows) -> str:
    def cell(value: Value) -> str:
        if isinstance(value, dt.date):
            return f'<Cell><Data ss:Type="DateTime">{value}T00:00:00.000</Data></Cell>'
        kind = "String" if isinstance(value, str) else "Number"
        return f'<Cell><Data ss:Type="{kind}">{escape(str(value))}</Data></Cell>'

    table = "\n".join(f"<Row>{''.join(map(cell, row))}</Row>" for row in rows)
    return (
        f'<?xml version="1.0"?>\n<Workbook xmlns="{_SPREADSHEETML}" xmlns:ss="{_SPREADSHEETML}">'
        f'<Worksheet ss:Name="花名册"><Table>\n{table}\n</Table></Worksheet></Workbook>'
    )


def _delimited(texts: Sequence[Sequence[str]], delimiter: str) -> str:
    return "".join(delimiter.join(row) + "\r\n" for row in texts)


def _encrypted(data: bytes) -> bytes:
    # a hundredth of what Office takes to make a key of a password: damage is what is tried here, not patience
    return bytes(ECMA376Agile.encrypt(PASSWORD, io.BytesIO(data), spin_count=1_000))
