"""Many people brought into unions at once: for each the union that is proposed first, the employer's, the trade's, the nearest.

Whoever is a member already, or for whom no union is found, is left alone and told.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from models.editing.joining import JoinableUnion, candidates, taking_in
from models.engine import database
from models.errors import UserError
from models.journal.writer import Author, batch, number_of
from models.language import _
from models.records.membership import HOLDING, MembershipEvent
from models.records.worker import Worker
from models.uid import new_uid
from models.values.kinds import Day
from models.values.name_order import place_of
from models.values.region_index import RegionIndex


@dataclass(frozen=True)
class Placing:
    """A union, why it is proposed (a label of 入会归属依据), and the people (uids) for whom it is."""

    candidate: JoinableUnion
    workers: tuple[str, ...]


@dataclass(frozen=True)
class Proposal:
    """The unions for many people, those with most people first; the others by why they were left."""

    placings: list[Placing] = field(default_factory=list)
    members: int = 0
    without: int = 0

    @property
    def placed(self) -> int:
        """How many people a union was found for."""
        return sum(len(placing.workers) for placing in self.placings)


@dataclass(frozen=True)
class Joined:
    """What came of it: the batch's number, None when nobody joined, and how many did."""

    batch: int | None
    joined: int


def propose(
    workers: Sequence[str], index: RegionIndex, today: dt.date, progress: Callable[[int, int], None] | None = None
) -> Proposal:
    """The union that each of these people (uids) could join; people of one kind are looked up once."""
    parts = ("uid", "membership_state", "employer", "occupation_group", "residence_region")
    people = list(database.fetch_in(Worker, "uid", workers, parts))
    unions = taking_in(today)
    known: dict[tuple[str | None, str | None, str | None], JoinableUnion | None] = {}
    found: dict[JoinableUnion, list[str]] = {}
    members = without = 0
    for done, (uid, state, employer, group, residence) in enumerate(people):
        if progress is not None:
            progress(done, len(people))
        if state in HOLDING:
            members += 1
            continue
        key = (employer, group, residence)
        if key not in known:
            known[key] = next(iter(candidates(employer, group, residence, unions, index)), None)
        candidate = known[key]
        if candidate is None:
            without += 1
        else:
            found.setdefault(candidate, []).append(uid)
    placings = [Placing(candidate, tuple(uids)) for candidate, uids in found.items()]
    placings.sort(key=lambda placing: (-len(placing.workers), place_of(placing.candidate.name)))
    return Proposal(placings, members, without)


def join(
    placings: Sequence[Placing], day: str, author: Author, progress: Callable[[int, int], None] | None = None
) -> Joined:
    """Enter the joining of everybody in these placings on a day (as written, "" for unknown), as one batch.

    Why somebody joined there is noted where nothing is yet. UserError for a day that cannot be read.
    """
    parsed = Day().parse(day)
    if parsed.problem is not None:
        raise UserError(_("“入会日期”：{problem}。").format(problem=parsed.problem.text.rstrip("。.")))
    total = sum(len(placing.workers) for placing in placings)
    joined = 0
    with batch("edit", author, {"event": "入会", "records": total}) as writer:
        for placing in placings:
            names = ("uid", "membership_state", "join_basis")
            for uid, state, basis in list(database.fetch_in(Worker, "uid", placing.workers, names)):
                if progress is not None:
                    progress(joined, total)
                if state in HOLDING:
                    continue
                joined += 1
                event = {"uid": new_uid(), "worker": uid, "union": placing.candidate.union, "type": "入会"}
                writer.create(MembershipEvent, event | ({"date": parsed.value} if parsed.value else {}))
                if basis is None:
                    writer.update(Worker, uid, {"join_basis": (None, placing.candidate.basis)})
    return Joined(number_of(writer), joined)
