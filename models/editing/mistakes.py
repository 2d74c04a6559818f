"""A person, employer or union that was entered by mistake: taken out of the register, when nothing else speaks of it.

Whoever really was a member is not removed but leaves (退会, 去世); a unit that ends is closed. The log keeps what was removed,
and undoing the batch brings it back.
"""

from collections import Counter
from typing import Any

from models.editing.editing import CLASSES, Kind, held
from models.engine import database
from models.engine.record import Record
from models.errors import UserError
from models.journal.brought_along import bare_entries
from models.journal.log import Whole
from models.journal.writer import Author, batch, number_of
from models.language import _
from models.records.catalogue import kind_of, references, referred_kinds, stored_names
from models.records.drive_case import DriveCase
from models.records.employer import Coverage
from models.records.headcount import HeadCount
from models.records.key_employer import KeyEmployer
from models.records.membership import MembershipEvent

#: What belongs to a record and goes with it: (record class, the field that names whose it is).
_OWN: dict[Kind, tuple[tuple[type[Record], str], ...]] = {
    "worker": ((MembershipEvent, "worker"),),
    "employer": ((HeadCount, "subject"), (Coverage, "employer"), (DriveCase, "employer"), (KeyEmployer, "employer")),
    "union": ((HeadCount, "subject"), (Coverage, "union")),
}


def hindrances(kind: Kind, uid: str) -> dict[str, int]:
    """What else refers to a record (uid), by kind of record and how many; nothing stands in the way when it is empty.

    Its own events, counts and coverage go with it; so does a drive case in which nothing was done yet, and a line of a
    working list in which nothing was ticked or written.
    """
    own = {values["uid"] for _record, values in _own(kind, uid)}
    wanted = {uid: kind} | {values["uid"]: kind_of(record) for record, values in _own(kind, uid)}
    found: Counter[str] = Counter()
    for record, name in references():
        targets = [each for each, of in wanted.items() if of in referred_kinds(record, name)]
        for referrer, _target in database.fetch_in(record, name, targets, ("uid", name)):
            found[kind_of(record)] += referrer not in own
    return dict(+found)


def remove_mistake(kind: Kind, uid: str, author: Author) -> int:
    """Remove a record (uid) that was entered by mistake, with what belongs to it, as one batch; returns its number.

    UserError when something else refers to it, or when it is gone.
    """
    known = held(kind, uid)
    standing = hindrances(kind, uid)
    if standing:
        count = sum(standing.values())
        said = _("“{name}”不能删除：还有 {count} 条别的记录用到它。请改用合并，或者登记它的结束。")
        raise UserError(said.format(name=known["name"], count=count))
    main = (CLASSES[kind], {"uid": uid} | {name: known[name] for name in stored_names(CLASSES[kind])})
    with batch("edit", author, {"kind": kind, "record": uid, "mistake": True}) as writer:
        writer.remove([main, *_own(kind, uid)])
    number = number_of(writer)
    assert number is not None  # the record was there
    return number


def _own(kind: Kind, uid: str) -> Whole:
    found: list[tuple[type[Record], dict[str, Any]]] = []
    for record, name in _OWN[kind]:
        names = ("uid", *stored_names(record))
        found += [(record, dict(zip(names, row, strict=True))) for row in database.fetch_in(record, name, [uid], names)]
    return [*found, *(each for whole in bare_entries({CLASSES[kind]: [uid]}).values() for each in whole)]
