"""A new .xlsx for people to fill in or correct: written whole or not at all, its texts harmless, its numbers unharmed."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from models.files.failures import told
from models.files.replacing import replacing_by_path
from models.language import _
from models.values.columns import Kind, Plain
from models.values.id_kinds import CreditCode, IdNumber, Phone
from models.values.kinds import Text

#: Fills of faulty cells, and of header cells.
RED, AMBER, GREY = "#FFC7CE", "#FFE699", "#E7E6E6"
#: A spreadsheet keeps 15 digits of a number; longer ones must be texts.
_LONG = 10**15
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_LONGEST_SHEET_NAME = 31


@contextmanager
def new_workbook(path: Path) -> Iterator[Any]:
    """An xlsxwriter workbook that replaces ``path`` when the block ends, and leaves nothing behind when it fails.

    Rows must be written from top to bottom: each is put on the disk as the next begins, so that memory stays flat.
    UserError when the disk refuses.
    """
    with replacing(path) as part, TemporaryDirectory(prefix=".~", dir=path.parent, ignore_cleanup_errors=True) as folder:
        options = {
            "constant_memory": True,
            "tmpdir": folder,  # where the content goes anyway, and not among the system's temporary files
            "strings_to_formulas": False,
            "strings_to_urls": False,
        }
        book = xlsxwriter.Workbook(str(part), options)
        yield book
        book.close()


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A place to write a file that becomes ``path`` when the block ends: whole, and readable by its owner only.

    UserError when the disk refuses.
    """
    try:
        with replacing_by_path(path) as part:
            yield part
    except (OSError, FileCreateError) as failure:
        sentence = _("《{name}》没有写成，它要放在“{folder}”").format(name=path.name, folder=path.parent)
        raise told(_cause(failure), sentence) from failure


def _cause(failure: OSError | FileCreateError) -> BaseException:
    """What the disk said: xlsxwriter passes it on as an argument."""
    return failure.args[0] if isinstance(failure, FileCreateError) and isinstance(failure.args[0], OSError) else failure


def holds_text(kind: Kind) -> bool:
    """True for a kind of value whose digits a spreadsheet must not take for a number: its cells are formatted as text."""
    return isinstance(kind, (IdNumber, CreditCode, Phone)) or type(kind) is Text


def harmless(text: str) -> str:
    """Text as a cell can hold it: no control characters, and not what xlsxwriter passes through as raw XML."""
    text = legal(text)
    return text + " " if text.startswith("<r>") and text.endswith("</r>") else text


def legal(text: str) -> str:
    """Text without the control characters and half characters that XML does not allow."""
    return text if text.isprintable() else _NOT_XML.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def digits(number: float) -> str:
    """A number as the text that its cell shows: all digits, by ``repr``, for ``int(5.00106e17)`` would invent some."""
    exact = Decimal(repr(number))
    if not exact.is_finite():
        return str(number)
    return f"{exact:f}".rstrip("0").rstrip(".") if "." in f"{exact:f}" else f"{exact:f}"


def put(sheet: Any, row: int, column: int, value: Plain, styles: Mapping[str, Any], as_text: bool = False) -> None:
    """Write a value into a cell, places from 0. ``styles``: "text", "day", "moment" and "plain".

    Texts become texts, also when they look like formulas; numbers too where ``as_text`` says so, or when they are too
    long for a spreadsheet; days are real dates. None leaves a cell that is only styled.
    """
    if type(value) is str:
        sheet.write_string(row, column, harmless(value), styles["text"])
    elif value is None:
        sheet.write_blank(row, column, None, styles["text" if as_text else "plain"])
    elif isinstance(value, bool):
        sheet.write_boolean(row, column, value, styles["plain"])
    elif isinstance(value, (int, float)):
        if as_text or not abs(value) < _LONG:
            sheet.write_string(row, column, digits(value), styles["text"])
        else:
            sheet.write_number(row, column, value, styles["plain"])
    elif isinstance(value, dt.date) and value.year > 1900:
        # also true for a datetime; the spreadsheet's first year is a leap year for it alone
        whole = not isinstance(value, dt.datetime) or value.time() == dt.time.min
        sheet.write_datetime(row, column, value, styles["day" if whole else "moment"])
    else:
        sheet.write_string(row, column, harmless(str(value)), styles["text"])


def styles_of(book: Any, **look: object) -> dict[str, Any]:
    """The formats that :func:`put` needs, all with the same look (xlsxwriter's properties, such as ``bg_color``)."""
    numbers = {"text": "@", "day": "yyyy-mm-dd", "moment": "yyyy-mm-dd hh:mm", "plain": "General"}
    return {name: book.add_format({"num_format": shown, **look}) for name, shown in numbers.items()}


def sheet_name(wanted: str, taken: set[str]) -> str:
    """A sheet's name as a workbook allows it, not yet in ``taken`` (names in lower case), to which it is added."""
    name = _short(harmless(_NOT_IN_SHEET_NAMES.sub(" ", wanted)).strip(" '"), _LONGEST_SHEET_NAME) or "Sheet"
    shortened, number = name, 1
    while shortened.casefold() in taken or shortened.casefold() == "history":
        number += 1
        shortened = f"{_short(name, _LONGEST_SHEET_NAME - 5)}({number})"
    taken.add(shortened.casefold())
    return shortened


def _short(name: str, units: int) -> str:
    """The start of a name as a workbook counts: a rare character or an emoji is two."""
    return name.encode("utf-16-le")[: 2 * units].decode("utf-16-le", errors="ignore").strip(" '")


def units(text: str) -> int:
    """The width of a text's widest line in a sheet's units: a Han character counts two."""
    return max((sum(2 if ord(sign) > 0x2E7F else 1 for sign in line) for line in text.split("\n")), default=0)
