"""Whoever left after having been handed up: where they had been, for they have no union any more."""

from collections.abc import Collection
from typing import Any

from models.engine import database
from models.records.membership import MembershipEvent
from models.records.union import Union
from models.records.worker import Worker
from models.values.codes import MEMBERSHIP_STATE

#: States of people who were members: what became of them is handed up where they had been.
LEFT = tuple(label for label in MEMBERSHIP_STATE.labels if label in ("转出", "退会", "除名", "去世"))


def left_behind(handed: Collection[str], union: str, regions: Collection[str]) -> frozenset[str]:
    """Those of the people (uids) who have left, and whose last union is this one, or lies in these regions."""
    states = database.fetch_in(Worker, "uid", sorted(handed), ("uid", "membership_state"))
    gone = [str(uid) for uid, state in states if state in LEFT]
    last = _last_unions(gone)
    if union:
        return frozenset(uid for uid, of in last.items() if of == union)
    places = dict(database.fetch_in(Union, "uid", sorted(set(last.values())), ("uid", "region")))
    return frozenset(uid for uid, of in last.items() if places.get(of) in regions)


def _last_unions(people: Collection[str]) -> dict[str, str]:
    """The union that each of these people (uids) was at last, by their events; nobody who was at none."""
    found: dict[str, tuple[Any, str]] = {}
    events = database.fetch_in(MembershipEvent, "worker", people, ("worker", "union", "effective", "id"))
    for worker, of, effective, number in events:
        order = (str(effective or ""), int(number))
        if of and order >= found.get(worker, (("", -1), ""))[0]:
            found[worker] = order, of
    return {worker: of for worker, (_order, of) in found.items()}
