"""Packages that would harm a library are stopped before any library sees them."""

import io
import struct
import zipfile

import pytest
import xlsxwriter

from importers.workbook import zip_gate
from importers.workbook.refusals import SENTENCES, Refusal
from importers.workbook.text import encoding_of
from tests.aids.broken_files import opened, package, xlsx

CELL = '<row r="1"><c r="A1"><v>1</v></c></row>'


def refusal_of(data: bytes) -> str:
    with pytest.raises(Refusal) as refusal:
        opened(data)
    assert refusal.value.told[0] in SENTENCES
    return refusal.value.told[0]


def test_a_truncated_package_is_damaged() -> None:
    data = xlsx([["姓名"]] * 100)
    assert {refusal_of(data[:size]) for size in (100, 2_000, len(data) - 10)} == {"damaged"}


def test_entities_in_any_part_are_refused() -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><sst><si><t>&b;</t></si></sst>'
    assert refusal_of(package(CELL, parts={"xl/sharedStrings.xml": bomb})) == "entities"
    assert refusal_of(package(CELL, parts={"xl/sharedStrings.xml": bomb.encode("utf-16")})) == "entities"


def test_a_part_that_unpacks_beyond_all_proportion_is_refused() -> None:
    assert refusal_of(package(CELL, parts={"xl/media/a.bin": b"\0" * (20 << 20)})) == "zip-ratio"


def test_too_many_and_duplicate_and_climbing_parts_are_refused() -> None:
    assert refusal_of(package(CELL, parts={f"x/{number}.txt": "" for number in range(5_001)})) == "zip-entries"
    assert refusal_of(package(CELL, parts={"../../evil.xml": ""})) == "zip-names"
    assert refusal_of(package(CELL, parts={"C:/evil.xml": ""})) == "zip-names"
    assert refusal_of(package(CELL, parts={"XL\\workbook.xml": ""})) == "zip-names"


def test_an_encrypted_part_is_refused() -> None:
    data = bytearray(package(CELL))
    flags = data.rfind(b"PK\x01\x02") + 8
    data[flags] |= 1
    assert refusal_of(bytes(data)) == "zip-encrypted"


def test_a_declared_size_beyond_a_gigabyte_is_refused() -> None:
    data = bytearray(package(CELL))
    struct.pack_into("<I", data, data.rfind(b"PK\x01\x02") + 24, 2 << 30)
    assert refusal_of(bytes(data)) == "zip-size"


def test_an_honest_workbook_passes_the_gate() -> None:
    data = xlsx([["姓名", number] for number in range(20_000)])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        zip_gate.check(archive, len(data))


def test_an_absurd_count_of_shared_strings_is_left_to_the_patient_reader() -> None:
    book = io.BytesIO()
    with xlsxwriter.Workbook(book) as workbook:
        workbook.add_worksheet().write_row(0, 0, ["姓名", "张三"])
    with zipfile.ZipFile(book) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    shared = parts["xl/sharedStrings.xml"]
    assert b"uniqueCount=" in shared
    parts["xl/sharedStrings.xml"] = shared.replace(b'uniqueCount="2"', b'uniqueCount="4294967295"')
    [(_sheet, rows)] = opened(package(CELL, parts=parts))
    assert [row.values for row in rows] == [["姓名", "张三"]]


def test_one_flipped_bit_in_a_sheet_is_no_other_number() -> None:
    rows = "".join(f'<row r="{number}"><c r="A{number}"><v>13800000001</v></c></row>' for number in range(1, 500))
    data = bytearray(package(rows, stored=True))
    place = data.rfind(b"13800000001")
    data[place] ^= 1
    sheet, read = opened(bytes(data))[0]
    assert (sheet.refused, read) == (("sheet-damaged", {"sheet": "花名册"}), [])


def test_random_bytes_are_no_text() -> None:
    noise = bytes((number * 7919 + number // 3) % 255 + 1 for number in range(20_000))
    with pytest.raises(Refusal):
        encoding_of(noise)
