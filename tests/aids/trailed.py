"""What the tests read of the trail of the open register."""

from models.trail.entry import TrailEntry


def kept(*acts: str) -> list[TrailEntry]:
    """The entries, the oldest first; with ``acts`` only those of these."""
    return [row for row in TrailEntry.select().order_by(TrailEntry.id) if not acts or row.act in acts]


def acts() -> list[str]:
    """What was done, in order."""
    return [row.act for row in kept()]
