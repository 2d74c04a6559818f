"""Which union covers which employer, changed by hand: one union takes over an employer, or nobody covers it any more."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from models.engine import database
from models.errors import UserError
from models.journal.typed import past_day
from models.journal.writer import Author, Writer, batch, number_of
from models.language import _
from models.records.employer import Coverage, Employer
from models.records.union import Union
from models.uid import new_uid
from models.values.columns import Plain

_FIELDS = ("uid", "union", "employer", "since", "until")


@dataclass(frozen=True, slots=True)
class CoverageLine:
    """That a union covers an employer: both by uid and name, ISO days or parts of them, None for unknown or still so."""

    uid: str
    union: str
    union_name: str
    employer: str
    employer_name: str
    since: str | None
    until: str | None


def coverages_of(uid: str) -> list[CoverageLine]:
    """The coverages of a union or an employer (uid), those that still hold first, then the newest."""
    rows = {row[0]: row for name in ("union", "employer") for row in database.fetch_in(Coverage, name, [uid], _FIELDS)}
    unions = dict(database.fetch_in(Union, "uid", [row[1] for row in rows.values()], ("uid", "name")))
    employers = dict(database.fetch_in(Employer, "uid", [row[2] for row in rows.values()], ("uid", "name")))
    found = [
        CoverageLine(own, union, str(unions.get(union) or ""), employer, str(employers.get(employer) or ""), since, until)
        for own, union, employer, since, until in rows.values()
    ]
    return sorted(
        sorted(found, key=lambda each: each.since or "", reverse=True), key=lambda each: each.until is not None
    )


def cover(
    union: str, employers: Sequence[str], since: Plain, author: Author, today: dt.date,
    progress: Callable[[int, int], None] | None = None,
) -> int | None:  # fmt: skip
    """Let a union cover employers (uids) from a day on (as typed), as one batch; what covered them before ends that day.

    Returns the batch's number, None when the union covers them all already. UserError when the union is not there, and
    for a day that is missing, cannot be read, or lies after today.
    """
    day = past_day(Coverage, "since", since, today)
    if not list(database.fetch_in(Union, "uid", [union], ["uid"])):
        raise UserError(_("登记册里没有这个工会（可能已经撤销或合并）。请刷新后重新选择。"))
    rows = database.fetch_in(Coverage, "employer", employers, ("employer", "union", "until"))
    already = {employer for employer, covering, until in rows if until is None and covering == union}
    wanted = [employer for employer in dict.fromkeys(employers) if employer not in already]
    with batch("edit", author, {"coverage": union, "records": len(wanted)}) as writer:
        end_open(writer, wanted, day)
        for done, employer in enumerate(wanted):
            if progress is not None:
                progress(done, len(wanted))
            values = {"uid": new_uid(), "union": union, "employer": employer, "since": day}
            writer.create(Coverage, values)
    return number_of(writer)


def uncover(employers: Sequence[str], until: dt.date, author: Author) -> int | None:
    """End what covers employers (uids) on a day, as one batch; returns its number, None when nothing covered them."""
    with batch("edit", author, {"coverage": "", "records": len(employers)}) as writer:
        end_open(writer, employers, until.isoformat())
    return number_of(writer)


def end_open(writer: Writer, employers: Sequence[str], until: str) -> None:
    """Within a batch: end the coverages of employers (uids) that still hold, on a day (ISO, of any precision)."""
    for uid, ended in database.fetch_in(Coverage, "employer", employers, ("uid", "until")):
        if ended is None:
            writer.update(Coverage, uid, {"until": (None, until)})
