"""That a paper was issued: kept with its number and its day, and among the papers of the employer's case."""

import datetime as dt
from collections.abc import Mapping
from typing import NamedTuple

from models.engine import database
from models.engine.record import Values
from models.errors import UserError
from models.journal.writer import Author, Writer, batch, number_of
from models.language import _
from models.papers.catalogue import FoundingPaper
from models.papers.numbering import check_free, next_number
from models.records.drive_case import CasePaper, DriveCase
from models.records.submission import IssuedPaper
from models.uid import new_uid

#: The field that says of whom a paper is.
FIELD = {"employer": "employer", "union": "union", "person": "worker"}


class Issued(NamedTuple):
    """A paper that was issued; ``number`` is "" for one that has none."""

    uid: str
    paper: str
    number: str
    date: str


def issued(subject: str, uid: str) -> list[Issued]:
    """The papers that were issued of a record, the newest first."""
    names = ("uid", "paper", "number", "date")
    rows = database.fetch_in(IssuedPaper, FIELD[subject], [uid], names)
    return [Issued(*(each or "" for each in row)) for row in reversed(list(rows))]


def number_for(paper: FoundingPaper, subject: str, uid: str, day: dt.date) -> str:
    """The number that a paper bears: the one it was issued under, else the next one; "" for one that we do not number."""
    if not paper.numbered:
        return ""
    held = next((each.number for each in issued(subject, uid) if each.paper == paper.key), "")
    return held or next_number(day.year)


def issue(paper: FoundingPaper, subject: str, uid: str, number: str, day: dt.date, author: Author) -> int | None:
    """Note that a paper was printed or saved; returns the batch's number, None when it was noted with this number before.

    It stands among the papers of the employer's case as well. UserError for a number that another paper has.
    """
    held = next((each for each in issued(subject, uid) if each.paper == paper.key and each.number == number), None)
    if held is not None:
        return None
    check_free(number)
    with batch("edit", author, {"paper": paper.key}) as writer:
        made: Values = {"uid": new_uid(), "paper": paper.key, "number": number or None, "date": day.isoformat()}
        own = FIELD[subject]
        writer.create(IssuedPaper, made | {name: uid if name == own else None for name in FIELD.values()})
        if subject == "employer" and paper.material:
            _into_case(writer, paper, uid, number, day)
    return number_of(writer)


def _into_case(writer: Writer, paper: FoundingPaper, employer: str, number: str, day: dt.date) -> None:
    case = next((each for (each,) in database.fetch_in(DriveCase, "employer", [employer], ("uid",))), None)
    if case is None:
        return
    names = ("uid", "name", "number", "date")
    rows = database.fetch_in(CasePaper, "drive_case", [case], names)
    held = next((row for row in rows if row[1] == paper.material and row[2] in (None, number)), None)
    wanted = {"number": number or None, "date": day.isoformat()}
    if held is None:
        about = {"drive_case": case, "stage": paper.stage, "name": paper.material, "place": None}
        writer.create(CasePaper, {"uid": new_uid()} | about | wanted)
        return
    now = dict(zip(names, held, strict=True))
    changes = {name: (now[name], value) for name, value in wanted.items() if now[name] is None and value is not None}
    if changes:
        writer.update(CasePaper, held[0], changes)


def changed(values: Mapping[str, object], given: Mapping[str, str]) -> dict[str, object]:
    """What a paper says, with what a person wrote in the place of some of it. UserError for a name that it does not have."""
    for name in given:
        if name not in values or not isinstance(values[name], str):
            known = _("、").join(each for each, value in values.items() if isinstance(value, str))
            raise UserError(_("这份文书里没有“{name}”，可以改的有：{names}。").format(name=name, names=known))
    return {**values, **given}
