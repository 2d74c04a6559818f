"""Who gave what and when, and who took it: kept in the register beside the log, for each laptop by itself.

What another laptop knew when it gave is how far the next package for it need not go back.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from peewee import AutoField, TextField

from models.engine.record import Stored
from models.trail.entry import now


class Crossing(Stored):
    """A package that was given or taken. ``way``: give or take; ``device`` and ``person``: who gave it.

    ``known``: the log as the giver knew it, by device; ``told``: what the taker was told; ``batch``: of the taking (uid).
    """

    id = AutoField()
    way = TextField()
    at = TextField()
    package = TextField()
    device = TextField()
    person = TextField()
    file = TextField()
    known = TextField()
    told = TextField()
    batch = TextField(null=True)


@dataclass(frozen=True)
class PastCrossing:
    """A package that was given or taken, for whoever looks: see :class:`Crossing`. ``batch`` is the batch's uid."""

    way: str
    at: str
    package: str
    device: str
    person: str
    file: str
    told: dict[str, Any]
    batch: str | None


@dataclass(frozen=True)
class Peer:
    """Another laptop: its device, the person there, when it last gave, and how far its log went then."""

    device: str
    person: str
    at: str
    known: dict[str, int]

    def lacks(self, own: Mapping[str, int]) -> int:
        """How many entries of a log that goes as far as ``own`` it did not have then."""
        return sum(max(0, last - self.known.get(device, 0)) for device, last in own.items())


def note(
    way: str, package: str, who: tuple[str, str], file: str, known: Mapping[str, int], told: Mapping[str, Any],
    batch: str | None = None,
) -> None:
    """Keep that a package was given or taken; ``who``: the device and the person that gave it."""
    device, person = who
    Crossing.insert(
        way=way, at=now(), package=package, device=device, person=person, file=file, known=json.dumps(dict(known)),
        told=json.dumps(dict(told), ensure_ascii=False), batch=batch,
    ).execute()  # fmt: skip


def crossings() -> list[PastCrossing]:
    """All packages that were given and taken, the newest first."""
    rows = Crossing.select().order_by(Crossing.id.desc())
    return [
        PastCrossing(row.way, row.at, row.package, row.device, row.person, row.file, json.loads(row.told), row.batch)
        for row in rows
    ]


def peers(own: str) -> list[Peer]:
    """The other laptops that ever gave, by how they were last known; ``own``: the device that asks."""
    found: dict[str, Peer] = {}
    for row in Crossing.select().where(Crossing.way == "take", Crossing.device != own).order_by(Crossing.id):
        known = json.loads(row.known)
        held = found.get(row.device)
        if held is None or all(known.get(device, 0) >= number for device, number in held.known.items()):
            found[row.device] = Peer(row.device, row.person, row.at, known)
    return list(found.values())
