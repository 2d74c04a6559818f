"""Days for what carries none (日期不明): what could tell the day of a founding or a joining, and writing it for many at once.

Nothing is dated by itself. The year in an approval number is that of the approval; a term may have begun long after the
founding, and a sheet been filled in long after a joining: which of them is believed is a person's decision.
"""

import datetime as dt
import json
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from models.engine import database
from models.errors import UserError
from models.files.given import is_pasted
from models.journal import entries
from models.journal.history import sources
from models.journal.log import WHOLE
from models.journal.typed import past_day
from models.journal.writer import Author, batch, number_of
from models.language import _
from models.records.membership import MembershipEvent
from models.records.union import Union
from models.records.worker import Worker
from models.uid import day_of
from models.values.columns import Plain
from models.values.days import read_day

#: What can say a day: the year of the approval number, the present term's beginning, the name of the file that it came in.
Way = Literal["number", "term", "file"]
WAYS: tuple[Way, ...] = ("number", "term", "file")
#: Unions lack the day of their founding, members that of their joining.
Kind = Literal["union", "worker"]

_NUMBER_YEAR = re.compile(r"[〔\[［(（【]\s*((?:19|20)\d{2})\s*[〕\]］)）】]")
_NAME_DAY = re.compile(r"((?:19|20)\d{2})(?:[-._年]?(0?[1-9]|1[0-2])(?:[-._月]?(0?[1-9]|[12]\d|3[01])(?!\d))?(?!\d))?")


@dataclass(frozen=True, slots=True)
class Undated:
    """A union whose founding, or a person whose joining, carries no date; ``days``: what each way says, ISO and as precise.

    ``fact`` is the record that lacks it (uid): the union, or the membership event. ``entered``: when the register learned it.
    """

    fact: str
    uid: str
    name: str
    region: str | None
    entered: str
    days: Mapping[Way, str] = field(default_factory=dict)


def undated_facts(kind: Kind, today: dt.date, uids: Collection[str] | None = None) -> list[Undated]:
    """All that carry no date; ``uids``: only these unions or people. What lies after ``today`` is no proposal."""
    found = _unions() if kind == "union" else _joinings()
    found = found if uids is None else [each for each in found if each.uid in uids]
    # a person is made by a line that holds the joining as well
    files = _days_of_files({uid for each in found for uid in (each.fact, each.uid)})
    return [
        Undated(each.fact, each.uid, each.name, each.region, each.entered, _known(each, files, today)) for each in found
    ]


def _known(each: Undated, files: Mapping[str, str], today: dt.date) -> dict[Way, str]:
    named = files.get(each.fact) or files.get(each.uid)
    days = dict(each.days) | ({"file": named} if named else {})
    return {way: days[way] for way in WAYS if way in days and days[way] <= today.isoformat()}


def _unions() -> list[Undated]:
    parts = (Union.uid, Union.name, Union.region, Union.approval_number, Union.term_start)
    query: Any = Union.select(*parts).where(Union.founding_date.is_null())
    found = []
    for uid, name, region, number, term in query.tuples():
        days: dict[Way, str] = {"term": term} if term else {}
        if year := year_of_number(number or ""):
            days["number"] = year
        found.append(Undated(uid, uid, name, region, day_of(uid), days))
    return found


def year_of_number(number: str) -> str:
    """The year that an approval number carries between brackets (沙工发〔2016〕98号), "" without one."""
    found = _NUMBER_YEAR.search(number)
    return found[1] if found else ""


def _joinings() -> list[Undated]:
    event = MembershipEvent
    query = (
        event.select(event.uid, event.worker, Worker.name, Union.region)
        .join(Worker, on=(event.worker == Worker.uid))
        .switch(event)
        .join(Union, on=(event.union == Union.uid))
        .where(event.type == "入会", event.date.is_null())
    )
    rows: Any = query.tuples()
    return [Undated(uid, worker, name or "", region, day_of(uid)) for uid, worker, name, region in rows]


def _days_of_files(uids: Collection[str]) -> dict[str, str]:
    """For each of these records that came in by a file with a day in its name: that day. Several files name none."""
    days = {
        uid: day
        for uid, source in sources("import")
        if (day := _day_of_files(source))
    }
    if not days:
        return {}
    rows = entries.of_records(uids, ("record", "field", "batch"))
    return {record: days[made] for record, name, made in rows if name == WHOLE and made in days}


def _day_of_files(source: str | None) -> str:
    told = json.loads(source) if source else None
    sheets = told.get("sheets", []) if isinstance(told, dict) else []
    names = {str(each.get("file", "")) for each in sheets}
    found = {"" if is_pasted(name) else day_of_name(name) for name in names}
    return found.pop() if len(found) == 1 else ""


def day_of_name(name: str) -> str:
    """The day, month or year that a file's name tells (会员名册2019年6月.xlsx), "" without one."""
    for found in _NAME_DAY.finditer(name):
        day = read_day("-".join(part for part in found.groups() if part)).day
        if day is not None:
            return day
    return ""


def date_by(
    kind: Kind, found: Iterable[Undated], way: Way | None, by_hand: Plain, author: Author, today: dt.date,
    progress: Callable[[int, int], None] | None = None,
) -> "Dated":  # fmt: skip
    """Write the day that ``way`` says to each of these facts, or with None the day given ``by_hand``, as one batch.

    What the way says nothing of, and what has a date by now, is left. UserError for a day that cannot be read or lies
    after today.
    """
    record, name = (Union, "founding_date") if kind == "union" else (MembershipEvent, "date")
    day = past_day(record, name, by_hand, today) if way is None else ""
    wanted = {each.fact: each.days.get(way, "") if way else day for each in found}
    lacking = {uid for uid, held in database.fetch_in(record, "uid", wanted, ("uid", name)) if held is None}
    dated = [(uid, told) for uid, told in wanted.items() if told and uid in lacking]
    with batch("edit", author, {"kind": kind, "field": name, "records": len(dated)}) as writer:
        for done, (uid, told) in enumerate(dated):
            if progress is not None:
                progress(done, len(dated))
            writer.update(record, uid, {name: (None, told)})
    return Dated(number_of(writer), len(dated), len(wanted) - len(dated))


@dataclass(frozen=True, slots=True)
class Dated:
    """What came of dating: the batch's number (None when nothing was), how many have a day now, how many were left."""

    batch: int | None
    dated: int
    left: int


def way_word(way: Way) -> str:
    """What a way is called."""
    return {"number": _("批复文号的年份"), "term": _("本届任期的开始"), "file": _("文件名里的日期")}[way]


def way_of(text: str) -> Way:
    """The way of its name as it stands on the command line. UserError for another."""
    for way in WAYS:
        if way == text:
            return way
    raise UserError(_("没有“{text}”这种依据，可以写：{ways}。").format(text=text, ways=_("、").join(WAYS)))
