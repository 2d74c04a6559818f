"""Lists of key employers (重点企业) on which an employer stands: put on one, put right and taken off by hand."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from models.engine import database
from models.engine.record import Values
from models.errors import UserError
from models.journal.typed import typed
from models.journal.writer import Author, batch
from models.language import _
from models.records.catalogue import stored_names
from models.records.employer import Employer
from models.records.key_employer import KeyEmployer
from models.uid import new_uid
from models.values.columns import Plain

#: What is typed of a list, in the order of the form.
TYPED = ("source", "year", "last_year")
#: Years that a list can be of; outside of them a number is a slip of the pen.
YEARS = range(2000, 2100)


@dataclass(frozen=True, slots=True)
class KeyListing:
    """That an employer stands on a list; ``counts``: whether the list does in the year that was asked."""

    uid: str
    year: int | None
    last_year: int | None
    source: str | None
    counts: bool


def lists_of(employer: str, today: dt.date) -> list[KeyListing]:
    """The lists on which an employer (uid) stands, the newest first; ``counts``: those that count this year."""
    rows = database.fetch_in(KeyEmployer, "employer", [employer], ("uid", "year", "last_year", "source"))
    found = [KeyListing(uid, year, last, source, _counts(year, last, today.year)) for uid, year, last, source in rows]
    return sorted(found, key=lambda each: (-(each.year or 0), each.source or "", each.uid))


def _counts(year: int | None, last: int | None, now: int) -> bool:
    return year is None or year <= now <= (year if last is None else last)


def put_on_list(employer: str, written: Mapping[str, Plain], author: Author) -> str:
    """Put an employer (uid) on a list, from what was typed; returns the record's uid.

    UserError without a year, with years that cannot be, for a list it stands on already, and for one that is gone.
    """
    values = _read(written, {})
    if not Employer.select().where(Employer.uid == employer).exists():
        raise UserError(_("这个单位已经不在了，请刷新后再试。"))
    _check(employer, values, "")
    uid = new_uid()
    with batch("edit", author, {"key_employer": employer}) as writer:
        writer.create(KeyEmployer, {"uid": uid, "employer": employer, **values})
    return uid


def correct_list(uid: str, written: Mapping[str, Plain], author: Author) -> None:
    """Put right what is known of a list (uid). UserError as for :func:`put_on_list`."""
    held = _held(uid)
    values = _read(written, held)
    _check(str(held["employer"]), values, uid)
    found = {name: (held[name], value) for name, value in values.items() if held[name] != value}
    with batch("edit", author, {"key_employer": str(held["employer"])}) as writer:
        if found:
            writer.update(KeyEmployer, uid, found)


def take_off_list(uid: str, author: Author) -> None:
    """Take an employer off a list (uid). UserError when it is gone already."""
    held = _held(uid)
    with batch("edit", author, {"key_employer": str(held["employer"])}) as writer:
        writer.remove([(KeyEmployer, held)])


def _held(uid: str) -> Values:
    names = ("uid", *stored_names(KeyEmployer))
    found = database.fetch_in(KeyEmployer, "uid", [uid], names)
    for row in found:
        return dict(zip(names, row, strict=True))
    raise UserError(_("这一条已经不在了，请刷新后再试。"))


def _read(written: Mapping[str, Plain], held: Values) -> Values:
    values: Values = {name: held.get(name) for name in TYPED} | typed(KeyEmployer, written, TYPED)
    if values["year"] is None:
        raise UserError(_("请写明是哪一年的名单。"))
    years = [int(str(values[name])) for name in ("year", "last_year") if values[name] is not None]
    if any(year not in YEARS for year in years):
        raise UserError(_("年度请写 {first} 到 {last} 的年份。").format(first=YEARS[0], last=YEARS[-1]))
    if len(years) > 1 and years[1] < years[0]:
        raise UserError(_("目标年度早于列入的年度，请核对。"))
    return values


def _check(employer: str, values: Values, own: str) -> None:
    rows = database.fetch_in(KeyEmployer, "employer", [employer], ("uid", "year", "source"))
    if any(uid != own and (year, source) == (values["year"], values["source"]) for uid, year, source in rows):
        raise UserError(_("这个单位已经在这份名单上。"))
