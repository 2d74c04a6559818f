"""Head counts entered, put right and taken back by hand, at the employer or union that they count.

All counts are kept side by side, whatever their source; which one counts is told by ``models.standing.counts``. A wrong one is
put right or taken back.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from models.editing.editing import Understood
from models.engine import database
from models.engine.record import Values
from models.errors import UnreadField, UserError
from models.journal.stored import stored
from models.journal.writer import Author, batch, number_of
from models.language import _
from models.records.catalogue import stored_names
from models.records.checks import CHECKS
from models.records.headcount import COUNTS, UPPER, HeadCount, counted_text, exactness
from models.standing.counts import believed, ranks, why_counts
from models.uid import new_uid
from models.values.columns import Column, Plain, column_of
from models.values.problems import Problem

Subject = Literal["employer", "union"]
#: What is typed of a count, in the order of the form.
TYPED = ("as_of", "source", *COUNTS)
#: What says how exact the numbers are.
_EXACTNESS = frozenset({"approximate", *UPPER.values()})
_LABELS: dict[Subject, str] = {"employer": "单位", "union": "工会"}


@dataclass(frozen=True, slots=True)
class Counted:
    """One head count: its values by field name, which of its numbers are the ones that count, and why each of these does."""

    uid: str
    values: Values
    counting: frozenset[str]
    why: Mapping[str, str] = field(default_factory=dict)


def typed_counts() -> list[Column]:
    """The fields of a count that a person types."""
    return [column_of(HeadCount, name) for name in TYPED]


def counts_of(subject: str) -> list[Counted]:
    """The head counts of an employer or a union (uid), the best believed first, see ``models.standing.counts``.

    A number counts when no count before it knows its field; one of a day after today does not count yet.
    """
    names, order, today = ("uid", *stored_names(HeadCount)), ranks(), dt.date.today().isoformat()
    rows = [dict(zip(names, row, strict=True)) for row in database.fetch_in(HeadCount, "subject", [subject], names)]
    rows.sort(key=lambda row: believed(row, order), reverse=True)
    told: set[str] = set()
    found = []
    for place, row in enumerate(rows):
        known = {name for name in COUNTS if row[name] is not None and (row["as_of"] or "") <= today}
        why = {
            name: why_counts([each for each in rows[place:] if each[name] is not None], order) for name in known - told
        }
        found.append(Counted(row["uid"], row, frozenset(known - told), why))
        told |= known
    return found


def subject_of(uid: str) -> tuple[Subject, str]:
    """Whom a count (uid) counts: the kind of record and its uid. UserError when the count is gone."""
    held = _held(uid)
    return ("union" if held["subject_kind"] == _LABELS["union"] else "employer"), str(held["subject"])


def understand_count(written: Mapping[str, Plain], today: dt.date) -> Understood:
    """Read what was typed of a count by field name, all fields of it; what must be told is beside it."""
    values: Values = {}
    problems: list[Problem] = []
    for name in TYPED:
        parsed = column_of(HeadCount, name).kind.parse(written.get(name))
        values[name] = parsed.value
        if parsed.problem is not None:
            problems.append(parsed.problem.at(name))
    values |= exactness(problems, COUNTS)
    return Understood(values, CHECKS["headcounts"](values, dict(written), problems, today))


def as_written(values: Mapping[str, Any], name: str) -> str:
    """A typed field of a count (by name) as a person would write it: "20–30" for a range, "约 35"; read again it is the same."""
    if name in COUNTS:
        return counted_text(values[name], values[UPPER[name]], values["approximate"])
    exported = column_of(HeadCount, name).kind.export(values[name])
    return "" if exported is None else str(exported)


def enter_count(kind: Subject, subject: str, written: Mapping[str, Plain], author: Author, today: dt.date) -> int:
    """Keep one more count of an employer or a union (uid), as one batch; returns its number. UserError for what is wrong.

    Without a date it is one: a count that carries a date is believed before it.
    """
    values = _sound(written, today)
    given = {name: value for name, value in values.items() if value is not None}
    with batch("edit", author, {"count": subject}) as writer:
        writer.create(HeadCount, {"uid": new_uid(), "subject": subject, "subject_kind": _LABELS[kind]} | given)
    return _number(number_of(writer))


def correct_count(uid: str, written: Mapping[str, Plain], author: Author, today: dt.date) -> int | None:
    """Put a count (uid) right; returns the batch's number, None for no change. UserError for what is wrong, or gone."""
    values, held = _sound(written, today), _held(uid)
    changes = {name: (held[name], value) for name, value in values.items() if held[name] != value}
    if not any(name in changes for name in COUNTS):
        changes = {name: each for name, each in changes.items() if name not in _EXACTNESS}  # they are as exact as before
    with batch("edit", author, {"count": uid}) as writer:
        if changes:
            writer.update(HeadCount, uid, changes)
    return number_of(writer)


def remove_count(uid: str, author: Author) -> int:
    """Take back a count (uid) that was wrong; returns the batch's number. UserError when it is gone already."""
    held = _held(uid)
    with batch("edit", author, {"count": uid, "removed": True}) as writer:
        writer.remove([(HeadCount, held)])
    return _number(number_of(writer))


def _sound(written: Mapping[str, Plain], today: dt.date) -> Values:
    understood = understand_count(written, today)
    wrong = (each for each in understood.problems if each.column in TYPED and understood.values[each.column] is None)
    unread = next(wrong, None)
    if unread is not None:
        title = column_of(HeadCount, unread.column).title
        sentence = _("“{title}”：{problem}。").format(title=title, problem=unread.text.rstrip("。."))
        raise UnreadField(unread.column, sentence)
    if any(each.code == "counts-missing" for each in understood.problems):
        raise UserError(_("请至少填一个人数。"))
    return understood.values


def _held(uid: str) -> Values:
    return stored(HeadCount, uid, _("这条人数已经不在了。请刷新后再看。"))


def _number(number: int | None) -> int:
    assert number is not None  # something was written
    return number
