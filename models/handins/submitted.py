"""What was handed up: kept as a batch, asked for by the next time, and what their system answered put beside it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from peewee import fn

from models.engine import database
from models.journal.merged import merged_into
from models.journal.stored import stored
from models.journal.writer import Author, batch, number_of
from models.language import _
from models.lists.called import called
from models.records.submission import Submission, SubmittedRow
from models.uid import new_uid
from models.values.codes import fold
from models.values.drive_codes import SUBMITTED

#: A row that their system took, and one that it did not.
TAKEN, FAILED = SUBMITTED.given.labels


@dataclass(frozen=True)
class HandedBefore:
    """What was handed up by a template before: the digest of each record's (uid) last row, without those that were refused.

    ``last``: the day of the newest submission, None where there is none.
    """

    digests: Mapping[str, str] = field(default_factory=dict)
    last: str | None = None


class PastSubmission(NamedTuple):
    """A submission as it is told; ``taken`` and ``failed`` count what their system answered so far."""

    uid: str
    template: str
    date: str
    scope: str
    rows: int
    file: str
    taken: int
    failed: int


class PastRow(NamedTuple):
    """A row of a submission: the record, what it is called now ("" for one that is gone), what was answered."""

    uid: str
    kind: str
    record: str
    called: str
    result: str
    reason: str


def handed_before(template: str) -> HandedBefore:
    """What was handed up by a template (its key). A record that was merged into another one stands for it."""
    held: Any = Submission.select(Submission.uid, Submission.date).where(Submission.template == template).order_by(Submission.id)
    rows = list(held)
    if not rows:
        return HandedBefore()
    into = merged_into()
    digests: dict[str, str] = {}
    query: Any = (
        SubmittedRow.select(SubmittedRow.record, SubmittedRow.digest, SubmittedRow.result)
        .join(Submission, on=(SubmittedRow.submission == Submission.uid))
        .where(Submission.template == template)
        .order_by(Submission.id)
    )
    for record, digest, result in query.tuples():
        uid = record
        while uid in into:
            uid = into[uid]
        if result == FAILED:
            digests.pop(uid, None)
        else:
            digests[uid] = digest
    return HandedBefore(digests, max(str(row.date) for row in rows))


def keep_submission(
    template: str, date: str, scope: str, file: str, kind: str, rows: Iterable[tuple[str, str]], author: Author
) -> tuple[str, int | None]:
    """Keep what was handed up, as one batch: its rows as (record's uid, digest). Returns its uid and the batch's number."""
    listed = list(rows)
    uid = new_uid()
    with batch("edit", author, {"submission": template, "rows": len(listed)}) as writer:
        writer.expect({SubmittedRow: len(listed)})
        about = {"template": template, "date": date, "scope": scope, "rows": len(listed), "file": file}
        writer.create(Submission, {"uid": uid} | about)
        for record, digest in listed:
            told = {"kind": kind, "record": record, "digest": digest, "result": None, "reason": None}
            writer.create(SubmittedRow, {"uid": new_uid(), "submission": uid} | told)
    return uid, number_of(writer)


def submissions(template: str = "") -> list[PastSubmission]:
    """What was handed up, the newest first; ``template``: by this one only (its key)."""
    counts: dict[str, dict[str, int]] = {}
    answered: Any = SubmittedRow.select(SubmittedRow.submission, SubmittedRow.result, fn.COUNT(SubmittedRow.id))
    query = answered.where(SubmittedRow.result.is_null(False)).group_by(SubmittedRow.submission, SubmittedRow.result)
    for submission, result, count in query.tuples():
        counts.setdefault(submission, {})[result] = int(count)
    held: Any = Submission.select().order_by(Submission.id.desc())
    return [
        PastSubmission(
            row.uid, row.template, row.date or "", row.scope or "", row.rows or 0, row.file or "",
            counts.get(row.uid, {}).get(TAKEN, 0), counts.get(row.uid, {}).get(FAILED, 0),
        )
        for row in held
        if template in ("", row.template)
    ]  # fmt: skip


def rows_of(submission: str, result: str = "") -> list[PastRow]:
    """The rows of a submission (uid); ``result``: only those that were answered so."""
    held: Any = SubmittedRow.select().where(SubmittedRow.submission == submission).order_by(SubmittedRow.id)
    rows = [row for row in held if result in ("", row.result)]
    names = called({kind: {row.record for row in rows if row.kind == kind} for kind in {row.kind for row in rows}})
    return [
        PastRow(row.uid, row.kind, row.record, names.get(row.record, ""), row.result or "", row.reason or "") for row in rows
    ]


class RowAnswer(NamedTuple):
    """What their system said of a record (uid): whether it was taken, and why not."""

    record: str
    taken: bool
    reason: str


def keep_answers(submission: str, answers: Sequence[RowAnswer], author: Author) -> int | None:
    """Put their answers beside the rows of a submission (uid); returns the batch's number, None for no change.

    UserError when the submission is not there.
    """
    held = stored(Submission, submission, _("登记册里没有这次上报（可能已经撤销）。"))
    names = ("uid", "record", "result", "reason")
    rows = {row[1]: row for row in database.fetch_in(SubmittedRow, "submission", [submission], names)}
    with batch("edit", author, {"submission": held["template"], "answers": len(answers)}) as writer:
        for each in answers:
            uid, _record, result, reason = rows[each.record]
            wanted = {"result": TAKEN if each.taken else FAILED, "reason": each.reason or None}
            now = {"result": result, "reason": reason}
            changes = {name: (now[name], value) for name, value in wanted.items() if now[name] != value}
            if changes:
                writer.update(SubmittedRow, uid, changes)
    return number_of(writer)


def is_taken(text: str) -> bool | None:
    """Whether a written answer says that a row was taken; None for a text that says neither."""
    label = SUBMITTED.find(text) if fold(text) else None
    return None if label is None else label == TAKEN
