"""The log as tests look at it: every entry, whatever table it is kept in."""

from typing import NamedTuple

from models.journal import entries


class Logged(NamedTuple):
    """One entry of the log, by the names of :data:`models.journal.entries.FIELDS`."""

    id: int
    batch: str
    device: str
    number: int
    kind: str
    record: str
    field: str
    before: str | None
    after: str | None
    replaces: str


def logged() -> list[Logged]:
    """All entries, in their order."""
    return [Logged(*row) for row in entries.between(0, entries.newest(), Logged._fields)]
