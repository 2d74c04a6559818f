"""The conditions behind the filters of the lists (``filters.py``): a written value and today, as a query's expression."""

import datetime as dt
from functools import reduce
from operator import or_
from typing import Any

from peewee import fn

from models.engine import sql
from models.records.checks import PAST
from models.records.drive_case import DriveCase
from models.records.employer import Coverage, Employer
from models.records.forms import FORMS
from models.records.key_employer import KeyEmployer
from models.records.region import load_index
from models.records.union import Union
from models.records.worker import Worker
from models.standing.as_of import in_being
from models.standing.counts import first_day, newest
from models.standing.officers import officers_on
from models.standing.terms import TERM_STATES, elects, end_of_term, later_election, months_later, state_of_term
from models.standing.union_class import class_column
from models.values.columns import Kind
from models.values.own_kinds import PARTS

_UNKNOWN, _YES, _SEPARATOR = "未填", "是", "|"
#: Besides those of PAST: the day of an entry, and since and until when a post is held or a thing stands.
_HAPPENED = ("date", "since", "until")
#: Nobody is older, and the calendar reaches that far back.
_OLDEST = 150


def field(kind: str, name: str) -> Any:
    """A field of the record that a form's rows are counted by."""
    return getattr(FORMS[kind].main, name)


def one_of(field: Any, value: str, _today: dt.date) -> Any:
    """That a field holds one of the labels of ``value``, 未填 for nothing."""
    labels = value.split(_SEPARATOR)
    known = field.in_([label for label in labels if label != _UNKNOWN])
    return known | field.is_null() if _UNKNOWN in labels else known


def yes_no(field: Any, value: str, _today: dt.date) -> Any:
    """That a field is 是, 否 or 未填."""
    return field.is_null() if value == _UNKNOWN else field == int(value == _YES)


def blank(field: Any, _value: str, _today: dt.date) -> Any:
    """That nothing is known of a field."""
    return field.is_null()


def type_open(_value: str, _today: dt.date) -> Any:
    """That a union's type is not written, and its name says that it is no ordinary one: nothing counts it until it is."""
    return class_column().is_null()


def days_of(kind: str) -> list[Any]:
    """The fields of a list's records that are days of something that happens; none for places."""
    record = FORMS[kind].main
    return [getattr(record, name) for name in (*PAST, *_HAPPENED) if name in record._meta.fields]


def in_future(kind: str, _value: str, today: dt.date) -> Any:
    """That a day of something that happens lies after today: nothing of it holds yet."""
    return reduce(or_, (day > today.isoformat() for day in days_of(kind)))


def holds(field: Any, value: str, _today: dt.date) -> Any:
    """That a text stands in a field."""
    return field.is_null() if value == _UNKNOWN else sql.stands_in(value, field)


def holds_or_is(field: Any, value: str, today: dt.date) -> Any:
    """That a text stands in a field, or with = before it: that the field is one of these texts and nothing else."""
    return one_of(field, value[1:], today) if value.startswith("=") else holds(field, value, today)


def named(record: Any, field: Any, value: str, today: dt.date) -> Any:
    """That a field refers to a record whose name is so, as in :func:`holds_or_is`; 未填 for none."""
    condition = field.in_(record.select(record.uid).where(holds_or_is(record.name, value, today)))
    return condition | field.is_null() if _UNKNOWN in value.removeprefix("=").split(_SEPARATOR) else condition


def in_place(field: Any, value: str, _today: dt.date) -> Any:
    """That a field refers to a region whose whole name has a text in it, or with = before it: is one of these; 未填 for none."""
    exact, texts = value.startswith("="), value.removeprefix("=").split(_SEPARATOR)
    index = load_index(dt.date.today())
    paths = {uid: index.path(uid) for uid in index.entries}
    uids = [uid for uid, path in paths.items() if (path in texts if exact else value in path)]
    condition = field.in_(sql.given(uids))
    return condition | field.is_null() if _UNKNOWN in texts else condition


def shown_as(field: Any, kind: Kind, value: str, _today: dt.date) -> Any:
    """That a covered number is shown with a text in it, or with = before it: exactly so; 未填 for none.

    What is covered is never looked at: the condition holds of all numbers that look alike in the list.
    """
    exact, texts = value.startswith("="), [each for each in value.removeprefix("=").split(_SEPARATOR) if each]
    wanted = [each for each in texts if each != _UNKNOWN]
    record: Any = field.model
    found: list[str] = []
    if wanted:
        shaped = reduce(or_, (sql.shaped(each, field) for each in wanted))
        rows = record.select(field).where(shaped).distinct().tuples()
        shown = ((str(held), kind.show(held, masked=True, beside_birth=True)) for (held,) in rows)
        found = [held for held, text in shown if (text in wanted if exact else any(each in text for each in wanted))]
    condition = field.in_(sql.given(found))
    return condition | field.is_null() if _UNKNOWN in texts else condition


def in_range(field: Any, value: str, _today: dt.date) -> Any:
    """That a number lies between both ends, which count too; what is not known lies nowhere."""
    least, most = value.split("-")
    condition = field.is_null(False)
    if least:
        condition &= field >= int(least)
    return condition & (field <= int(most)) if most else condition


def in_scaled_range(field: Any, value: str, _today: dt.date) -> Any:
    """The same for a number that is kept in parts of one."""
    least, most = (f"{int(end) * PARTS}" if end else "" for end in value.split("-"))
    return in_range(field, f"{least}-{most}", _today)


def in_days(field: Any, value: str, _today: dt.date) -> Any:
    """That a day lies between both ends; a month or a year counts from its first day, and ends with its last."""
    least, most = value.split("..")
    condition = field.is_null(False)
    if least:
        condition &= first_day(field) >= f"{least}-01-01"[:10]
    # no day of the month has a larger number, and text is compared
    return condition & (first_day(field) <= most + "-12-31"[len(most) - 4 :]) if most else condition


def of_age(value: str, today: dt.date) -> Any:
    """That a person has so many full years; a month or a year of birth counts from its first day."""
    least, most = (min(int(end), _OLDEST) if end else None for end in value.split("-"))
    condition = Worker.birth_date.is_null(False)
    if most is not None:
        condition &= first_day(Worker.birth_date) > months_later(today, -12 * (most + 1)).isoformat()
    return condition & (first_day(Worker.birth_date) <= months_later(today, -12 * (least or 0)).isoformat())


def joined_this_year(_value: str, today: dt.date) -> Any:
    """That a person joined since the first of January."""
    return first_day(Worker.join_date).between(f"{today.year}-01-01", f"{today.year}-12-31")


def of_size(count: Any, value: str, _today: dt.date) -> Any:
    """That the newest known count of a unit or a union lies between both ends."""
    counted = newest(count).alias("sized")
    least, most = value.split("-")
    within = counted.c.value >= int(least or 0)
    if most:
        within &= counted.c.value <= int(most)
    record = Employer if count.name == "staff_count" else Union
    return record.uid.in_(counted.select_from(counted.c.subject).where(within))


def covered(value: str, _today: dt.date) -> Any:
    """That a union covers an employer now, or none does; 未填 is the same as 否, for the register then knows of none."""
    open_ones = Coverage.select(Coverage.employer).where(Coverage.until.is_null(), Coverage.employer.is_null(False))
    return Employer.uid.in_(open_ones) if value == _YES else Employer.uid.not_in(open_ones)


def on_key_list(value: str, today: dt.date) -> Any:
    """That an employer stands on a list of key employers that counts this year; 未填 is the same as 否."""
    year, key = today.year, KeyEmployer
    counts = key.year.is_null() | ((key.year <= year) & (fn.COALESCE(key.last_year, key.year) >= year))
    listed = key.select(key.employer).where(counts, key.employer.is_null(False))
    return Employer.uid.in_(listed) if value == _YES else Employer.uid.not_in(listed)


def of_case_choice(field: Any, value: str, today: dt.date) -> Any:
    """That an employer's drive case holds one of these labels; 未填 also for one without a case."""
    return _of_case(field, one_of(field, value, today), _UNKNOWN in value.split(_SEPARATOR))


def of_case_text(field: Any, value: str, today: dt.date) -> Any:
    """That a text stands in a field of an employer's drive case; 未填 also for one without a case."""
    return _of_case(field, holds(field, value, today), value == _UNKNOWN)


def _of_case(field: Any, condition: Any, or_none: bool) -> Any:
    """Of an employer's case; ``or_none``: also employers without any, for an outer join would make both the same."""
    fitting = Employer.uid.in_(DriveCase.select(DriveCase.employer).where(condition & DriveCase.employer.is_null(False)))
    cases = DriveCase.select(DriveCase.employer).where(DriveCase.employer.is_null(False) & field.is_null(False))
    return Employer.uid.not_in(cases) | fitting if or_none else fitting


def of_term(value: str, today: dt.date) -> Any:
    """That a union's term stands as one of the labels of ``value`` say, on ``today``, as ``models.standing.terms`` counts."""
    wanted = value.split(_SEPARATOR)
    names = (Union.uid, Union.union_type, Union.org_form, Union.term_start, Union.term_years)
    uids, officers = [], officers_on(today)
    for union in Union.select(*names).where(in_being(today)):
        elected = officers[union.uid].elected if union.uid in officers else None
        end = end_of_term(later_election(union.term_start, elected), union.term_years)
        state = TERM_STATES[state_of_term((end - today).days if end else None)]
        if elects(union) and (state in wanted or (state == TERM_STATES["unknown"] and _UNKNOWN in wanted)):
            uids.append(union.uid)
    return Union.uid.in_(sql.given(uids))
