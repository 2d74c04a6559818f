"""The one door into all containers: bytes in, sheets out, chosen by what the bytes are."""

from collections.abc import Iterator
from pathlib import Path

from importers.workbook import biff
from importers.workbook.opened import OpenSheet, ReadOptions
from importers.workbook.refusals import Refusal
from importers.workbook.sniff import ARCHIVES, Container, sniff
from importers.workbook.zip_gate import MAX_FILE
from models.files.given import NotAFile, open_file, read_most

# each reader is imported only when its container turns up: most of the child's start would be libraries it never uses


def read_bytes(path: Path) -> bytes:
    """A file's bytes, no more than tell that it is too large. Refusal "not-a-file"; OSError as ``open`` raises it."""
    try:
        with open_file(path) as stream:
            return read_most(stream, MAX_FILE)
    except NotAFile as error:
        raise Refusal("not-a-file") from error


def open_sheets(data: bytes, name: str, options: ReadOptions) -> tuple[Container, Iterator[OpenSheet]]:
    """The container's name and its sheets, read as they are asked for; ``name`` is the file's base name.

    Raises Refusal at once or while reading.
    """
    if not data:
        raise Refusal("empty-file")
    if len(data) > MAX_FILE:
        raise Refusal("too-large", limit=MAX_FILE >> 20)
    container = sniff(data, name)
    if container in ARCHIVES:
        raise Refusal("archive")  # whoever can read what lies inside asked for its contents before
    if container == "encrypted" or (container == "xls" and biff.is_encrypted(biff.workbook_stream(data))):
        from importers.workbook.password import decrypt

        data = decrypt(data, options.password)
        container = sniff(data, name)
        if container == "encrypted":
            raise Refusal("password-unsupported")
    return container, _sheets(container, data, name, options)


def _sheets(container: Container, data: bytes, name: str, options: ReadOptions) -> Iterator[OpenSheet]:
    match container:
        case "xlsx" | "xlsm":
            from importers.workbook.xlsx import read_xlsx

            return read_xlsx(data, options, macros=container == "xlsm")
        case "ods":
            from importers.workbook.ods import read_ods

            return read_ods(data, options)
        case "xlsb":
            from importers.workbook.native import read_native

            return read_native(data, options)
        case "xls":
            from importers.workbook.xls import read_xls

            return read_xls(data, options)
        case "biff":
            from importers.workbook.xls import read_with_xlrd

            return read_with_xlrd(data, options, [])
        case "spreadsheetml":
            from importers.workbook.spreadsheetml import read_spreadsheetml

            return read_spreadsheetml(data, options)
        case "html" | "mhtml":
            from importers.workbook.html import read_html, read_mhtml

            return (read_html if container == "html" else read_mhtml)(data, options)
        case "pdf":
            from importers.workbook.pdf import read_pdf

            return read_pdf(data, name, options)
        case "docx":
            from importers.workbook.docx import read_docx

            return read_docx(data, name, options)
        case _:
            from importers.workbook.text import read_text

            return read_text(data, name, options)
