"""What the work ledger says of one person of the register: help received, training, grades."""

from collections.abc import Iterable

from models.engine import database
from models.ledger.kinds import load_kinds
from models.records.ledger import LedgerEntry
from models.values.columns import column_of

_SAID = ("title", "amount", "goods", "signed", "education", "level_before", "level_after", "note")


def served(people: Iterable[str]) -> list[str]:
    """The entries that name one of these people (uids), each in a line with its day and kind, the oldest first."""
    names = ("date", "ledger_kind", *_SAID)
    kinds = load_kinds().by_uid
    lines = []
    for date, kind, *values in sorted(database.fetch_in(LedgerEntry, "worker", people, names), key=lambda row: row[0] or ""):
        told = [
            f"{column.title} {column.kind.show(value)}"
            for column, value in zip((column_of(LedgerEntry, name) for name in _SAID), values, strict=True)
            if value is not None
        ]
        lines.append(" · ".join([date or "", kinds[kind].name if kind in kinds else "", *told]))
    return lines
