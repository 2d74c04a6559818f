"""A plan carried out: one transaction, one batch."""

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from importers import meanwhile
from importers.plan.afresh import Afresh
from importers.plan.steps import Create, Plan, Run, Update
from models.engine import aside
from models.engine.record import Record
from models.errors import StalePlan
from models.journal.writer import Author, Writer, batch, number_of
from models.language import _
from models.progress import OnProgress

#: Rows between two words about how far it is.
_TOLD = 500


def apply(
    plan: Plan, author: Author, source: Any, progress: OnProgress | None = None, afresh: Afresh | None = None
) -> int | None:  # fmt: skip
    """Write what the plan says and return the batch's number; None when it changes nothing.

    ``source``: JSON-able, what the batch came from. ``progress(done, total)`` counts rows; when it raises Stopped nothing
    is written. When the register changed after the plan was made it is made ``afresh``, while nobody else writes; StalePlan
    when that would do something else, or nobody said how it is made. Where others may write meanwhile that is so only when
    what they wrote concerns the plan.
    """
    try:
        return _applied(plan, author, source, progress, afresh, beside=aside.others_may_write())
    except StalePlan:
        if afresh is None or afresh.plan is not None or not aside.others_may_write():
            raise
    return _applied(plan, author, source, progress, afresh, beside=False)


def _applied(
    plan: Plan, author: Author, source: Any, progress: OnProgress | None, afresh: Afresh | None, *, beside: bool
) -> int | None:  # fmt: skip
    with batch("import", author, source, much=beside) as writer:
        if not beside and writer.place != plan.based_on:
            if afresh is None:
                raise StalePlan(_("登记册在核对之后有了改动，请重新核对一次再导入。什么都没有写入。"))
            plan = afresh.instead_of(plan)
        runs = [run for sheet in plan.in_turn() for run in sheet.steps.runs()]
        counts = plan.counts()
        total = counts["new"] + counts["updated"]
        writer.expect(_creations(runs))
        for founder in plan.founding():
            _write(founder, writer)
        done = 0
        if progress is not None:
            progress(done, total)
        for count in _carry_out(runs, writer):
            before, done = done, done + count
            if progress is not None and before // _TOLD < done // _TOLD:
                progress(done - done % _TOLD, total)
        for write in plan.handed:
            _write(write, writer)
        writer.settle(partial(meanwhile.check, plan))
    return number_of(writer)


def _carry_out(runs: Iterable[Run], writer: Writer) -> Iterator[int]:
    """Write what each step does, packed ones by column; how many rows were carried out each time."""
    for run in runs:
        if isinstance(run, list):
            for step in run:
                for write in step.writes if step.applies else ():
                    _write(write, writer)
                yield step.applies
        else:
            for stretch in run.packed.stretches(run.start, run.end):
                writer.create_many(stretch)
                yield len(stretch)


def _creations(runs: Iterable[Run]) -> Counter[type[Record]]:
    """How many records of each kind the steps create."""
    created = Counter[type[Record]]()
    for run in runs:
        if not isinstance(run, list):
            created.update(run.packed.creates(run.start, run.end))
            continue
        for write in (write for step in run if step.applies for write in step.writes):
            if isinstance(write, Create):
                created[write.record] += 1
                for record, _values in write.kept_facts:
                    created[record] += 1
    return created


def _write(write: Create | Update, writer: Writer) -> None:
    if isinstance(write, Create):
        writer.create(write.record, write.values, write.facts)
    else:
        writer.update(write.record, write.uid, write.changes)
