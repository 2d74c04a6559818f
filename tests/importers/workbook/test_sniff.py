"""A file is what its bytes say it is, and what is no workbook is named as what it is."""

import pytest

from importers.workbook.refusals import Refusal
from importers.workbook.sniff import sniff
from tests.aids.broken_files import ole, values, xls, xlsx, zipped

ROSTER = [["姓名", "电话"], ["张三", "13800000001"]]


@pytest.mark.parametrize("name", ["a.xlsx", "a.xls", "a.et", "a.csv", "a.doc", "a"])
def test_the_name_of_a_workbook_does_not_matter(name: str) -> None:
    assert values(xlsx(ROSTER), name) == ROSTER
    assert values(xls(ROSTER), name) == ROSTER


@pytest.mark.parametrize(
    ("data", "name", "what"),
    [
        (ole("WordDocument"), "名单.xls", "word"),
        (ole("PowerPoint Document"), "名单.xls", "powerpoint"),
        (zipped({"[Content_Types].xml": "", "word/styles.xml": ""}), "名单.docx", "word"),
        (zipped({"[Content_Types].xml": "", "ppt/presentation.xml": ""}), "名单.xlsx", "powerpoint"),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.text"}), "名单.ods", "word"),
        (b"{\\rtf1\\ansi }", "名单.doc", "word"),
        (ole("__properties_version1.0"), "名单.eml", "outlook"),
        (b"\x89PNG\r\n\x1a\n", "名单.xlsx", "image"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "名单.xls", "image"),
        (b"Rar!\x1a\x07\0", "名单.xlsx", "archive"),
        (b"<?xml version='1.0'?><config><a/></config>", "名单.xls", "other-xml"),
        (bytes(range(256)) * 20, "名单.xls", "unknown"),
        (b"\0" * 4_000, "名单.xls", "unknown"),
    ],
)
def test_another_document_is_named_as_what_it_is(data: bytes, name: str, what: str) -> None:
    with pytest.raises(Refusal) as refusal:
        sniff(data, name)
    assert refusal.value.told[0] == what


MAIL = b"From: a\r\nSubject: b\r\n c\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n"


@pytest.mark.parametrize(
    ("data", "container"),
    [
        (zipped({"[Content_Types].xml": "", "word/document.xml": ""}), "docx"),
        (zipped({"名单.xlsx": xlsx(ROSTER)}), "zip"),
        (b"%PDF-1.7\n", "pdf"),
        (b"\r\n%PDF-1.4\n", "pdf"),
        (MAIL + b"Content-Disposition: attachment; filename=a.xlsx\r\n\r\nx", "eml"),
        (MAIL + b"Content-Type: text/html\r\n\r\n<table>", "mhtml"),
        (MAIL.replace(b"mixed", b"related"), "mhtml"),
        ("From: 某某\n姓名：张三\n".encode(), "text"),
    ],
)
def test_documents_archives_and_emails_are_told_by_their_content(data: bytes, container: str) -> None:
    assert {sniff(data, name) for name in ("名单.dat", "名单.wps")} == {container}


@pytest.mark.parametrize("name", ["名单.xlsx", "名单.et", "名单.XLSX", "名单.ods"])
def test_a_text_that_calls_itself_a_workbook_is_told_apart(name: str) -> None:
    with pytest.raises(Refusal) as refusal:
        sniff("姓名,电话\n张三,1\n".encode(), name)
    assert refusal.value.told[0] == "text-named-workbook"


def test_a_text_named_xls_is_read_when_it_is_a_table_and_refused_when_it_is_prose() -> None:
    assert values("姓名\t电话\n张三\t1\n".encode("gb18030"), "导出.xls") == [["姓名", "电话"], ["张三", "1"]]
    with pytest.raises(Refusal):
        sniff("各位同事：\n请于本周五前，将名单报来。\n".encode(), "通知.xls")
