"""Records of which two laptops wrote without knowing of each other: several entries of the log stand beside each other.

Taking what another laptop gave notes them (``models/exchange``); what stands of them is worked out by ``heads.py``. All others
have one line of entries, of which the last one stands.
"""

from collections.abc import Iterable

from peewee import AutoField, TextField

from models.engine import database
from models.engine.record import Stored


class Fork(Stored):
    """A record that has, or had, more than one entry that nothing replaces."""

    id = AutoField()
    uid = TextField(unique=True)
    kind = TextField()


def among(uids: Iterable[str]) -> dict[str, str]:
    """Those of the records (uids) that were noted, with their kinds."""
    return dict(database.fetch_in(Fork, "uid", uids, ("uid", "kind")))


def every() -> dict[str, str]:
    """All of them: uid → kind, in the order in which they were noted."""
    return {row.uid: row.kind for row in Fork.select().order_by(Fork.id)}


def note(forked: Iterable[tuple[str, str]]) -> None:
    """Note records, given as (uid, kind), those that were not yet. Part of the transaction that is open."""
    wanted = dict(forked)
    known = among(wanted)
    database.insert_rows(Fork, [{"uid": uid, "kind": kind} for uid, kind in wanted.items() if uid not in known])


def settle(uids: Iterable[str]) -> None:
    """These records (uids) have one line again. Part of the transaction that is open."""
    database.delete_rows(Fork, list(uids))
