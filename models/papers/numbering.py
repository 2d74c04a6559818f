"""The numbers of our papers (文号), as 渝工发〔2026〕12号: prefix, year, running number. A number is never given twice."""

import json
import re
from collections.abc import Iterator
from typing import Any

from models.engine import database
from models.errors import UserError
from models.journal import entries
from models.journal.settings import change_setting
from models.journal.writer import Author
from models.language import _
from models.records.drive_case import CasePaper, DriveCase
from models.records.setting import setting
from models.records.submission import IssuedPaper
from models.records.union import Union

#: Numbers that a missing one is looked for among; more gaps than this are not told one by one.
_TOLD = 10
_LONGEST_PREFIX = 20
_NUMBER = re.compile(r"(.+?)\s*[〔\[［(（【]\s*(\d{4})\s*[〕\]］)）】]\s*(\d{1,5})\s*号?")


def prefix() -> str:
    """The register's prefix (渝工发), "" while nobody has said it: then papers have a line for their number."""
    return str(setting("paper_numbers").get("prefix", ""))


def set_rule(text: str, first: int, author: Author) -> None:
    """Set the prefix, and the number from which on ours begin: those before it were given elsewhere. UserError for an odd one."""
    text = "".join(text.split())
    if len(text) > _LONGEST_PREFIX or any(sign in text for sign in "〔〕[]号"):
        raise UserError(_("文号的前缀写机关代字就行，例如 渝工发；年份和序号会自己加上。"))
    if not 1 <= first <= 99_999:
        raise UserError(_("序号从 1 到 99999。"))
    change_setting("paper_numbers", {"prefix": text, "first": first}, author)


def written(number: int, year: int) -> str:
    """A number as it stands on a paper."""
    return f"{prefix()}〔{year}〕{number}号"


def used(year: int) -> dict[int, str]:
    """The running numbers of a year that were ever given with our prefix, and how each was written; undone ones count too."""
    found: dict[int, str] = {}
    for text in _texts():
        told = _NUMBER.fullmatch(text.strip())
        if told and told[1] == prefix() and int(told[2]) == year:
            found[int(told[3])] = text
    return found


def _texts() -> Iterator[str]:
    places: tuple[tuple[Any, str], ...] = (
        (IssuedPaper, "number"), (CasePaper, "number"), (DriveCase, "preparation_number"), (Union, "approval_number"),
    )  # fmt: skip
    for record, name in places:
        field = getattr(record, name)
        query: Any = record.select(field).where(field.is_null(False)).tuples()
        yield from (text for (text,) in query)
    uids: Any = IssuedPaper.select(IssuedPaper.uid).tuples()
    held = {uid for (uid,) in uids}
    gone = [uid for uid in entries.records_ever("issued_paper") if uid not in held]
    for before, after in entries.of_records(gone, ("before", "after")):
        for text in (before, after):
            yield from (str(values["number"]) for values in _wholes(text) if values.get("number"))


def _wholes(text: str | None) -> Iterator[dict[str, object]]:
    found = json.loads(text or "null")
    if isinstance(found, list):
        yield from (values for _kind, values in found)


def next_number(year: int) -> str:
    """The next number of a year as it is written; "" while there is no prefix. It is given only by issuing a paper."""
    if not prefix():
        return ""
    first = int(setting("paper_numbers").get("first", 1))
    return written(max([first - 1, *used(year)]) + 1, year)


def gaps(year: int) -> list[int]:
    """The numbers between those that were given which nobody has: to be looked for, or explained."""
    taken = used(year)
    first = min([int(setting("paper_numbers").get("first", 1)), *taken])
    return [number for number in range(first, max(taken, default=0)) if number not in taken][:_TOLD]


def check_free(number: str) -> None:
    """UserError when a number is on a paper already."""
    if number and any(database.fetch_in(IssuedPaper, "number", [number], ("uid",))):
        raise UserError(_("文号“{number}”已经用过了，一个文号不能用两次。").format(number=number))
