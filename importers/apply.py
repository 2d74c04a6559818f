"""A plan carried out: one transaction, one batch."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from importers.plan.steps import Create, Plan, Step, Update
from models.engine.record import Record
from models.errors import StalePlan
from models.journal.writer import Author, Writer, batch, last_number, number_of
from models.language import _
from models.progress import OnProgress


def apply(plan: Plan, author: Author, source: Any, progress: OnProgress | None = None) -> int | None:
    """Write what the plan says and return the batch's number; None when it changes nothing.

    ``source``: JSON-able, what the batch came from. ``progress(done, total)`` counts rows; when it raises Stopped nothing
    is written. Raises StalePlan when the register changed after the plan was made.
    """
    if last_number() != plan.based_on:
        raise StalePlan(_("登记册在核对之后有了改动，请重新核对一次再导入。什么都没有写入。"))
    steps = [step for sheet in plan.in_turn() for step in sheet.steps if step.applies]
    with batch("import", author, source) as writer:
        writer.expect(_creations(steps))
        _found(plan, steps, writer)
        for done, step in enumerate(steps):
            for write in step.writes:
                _write(write, writer)
            if progress is not None and done % 500 == 0:
                progress(done, len(steps))
        for write in plan.handed:
            _write(write, writer)
    return number_of(writer)


def _creations(steps: Iterable[Step]) -> Counter[type[Record]]:
    """How many records of each kind the steps create."""
    created = Counter[type[Record]]()
    for step in steps:
        for write in step.writes:
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


def _found(plan: Plan, steps: Iterable[Step], writer: Writer) -> None:
    """Create the named but unknown units that applied rows use."""
    unknown, used = plan.founders.keys(), set[str]()
    for step in steps if unknown else ():
        for write in step.writes:
            if isinstance(write, Update):
                used |= unknown & {after for _before, after in write.changes.values()}
            else:
                used.update(filter(unknown.__contains__, write.refers_to()))
    for uid, founder in plan.founders.items():
        if uid in used:
            writer.create(founder.record, founder.values, founder.facts)
