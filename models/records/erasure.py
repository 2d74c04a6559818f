"""Sealed tombstones: that the data of a person was erased at request, when, by whom and why; nothing of whose they were.

What stays of the person, and for what, is said in ``models/journal/skeleton.py``.
"""

from collections.abc import Iterable
from typing import Any

from models.engine import database, sql
from models.engine.record import Record
from models.values.columns import declare
from models.values.kinds import Text
from models.values.taught import taught


class Erasure(Record):
    """One erased person: ``person`` is the uid that the figures still count, and that no list shows any more.

    A record that was merged into the person has a tombstone of its own. ``erased`` counts what went, as JSON.
    """

    person = declare(Text(), "被删除的人", index=True)
    erased_at = declare(Text(), "删除时间")
    erased_by = declare(Text(), "经办人")
    reason = declare(Text(), "删除原因")
    erased = declare(Text(), "删去的内容")


def sealed_among(uids: Iterable[str]) -> set[str]:
    """Those of the records (uids) whose data was erased."""
    return {uid for (uid,) in database.fetch_in(Erasure, "person", uids, ("person",))}


def sealed() -> set[str]:
    """Everybody (uid) whose data was erased."""
    return {row.person for row in Erasure.select(Erasure.person)}


def tombstones() -> list[Erasure]:
    """Every tombstone, the newest first: what shows later that a request was met."""
    return list(Erasure.select().order_by(Erasure.id.desc()))


def any_sealed() -> bool:
    """Whether anybody's data was erased in the open register."""
    return bool(Erasure.select(Erasure.id).limit(1).exists())


def not_sealed(worker: Any) -> Any:
    """The condition that a worker (the class or an alias) is nobody whose data was erased; None while nobody was.

    Lists of a million people need not look each time: the register taught whether there is any.

    By row number, which every index of the table has; the few tombstones are walked, and each person is looked up.
    """
    if not taught().erased:
        return None
    erased = 'SELECT w.id FROM "erasure" e CROSS JOIN "worker" w WHERE w.uid = e.person'
    return sql.none_of(worker.id, erased)
