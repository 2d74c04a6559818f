"""What was done: the batches of the register, newest first, and the imports among them by the files they read."""

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any

from models.journal.log import Batch


@dataclass(frozen=True, slots=True)
class PastBatch:
    """One batch as a person sees it.

    ``sheets``: for an import, one entry per sheet with file, sha256, sheet, kind, shape and counts. ``decisions``: what was
    decided in it, as text. ``undoes`` and ``undone_by``: numbers of batches, if any.
    """

    number: int
    kind: str
    person: str
    at: str
    sheets: list[dict[str, Any]]
    decisions: str
    undoes: int | None
    undone_by: int | None

    @property
    def files(self) -> list[str]:
        """The names of the files that an import read, each once."""
        return list(dict.fromkeys(str(sheet["file"]) for sheet in self.sheets))

    def total(self, action: str) -> int:
        """How many rows of all sheets did ``action`` ("new", "updated" …)."""
        return sum(int(sheet.get(action, 0)) for sheet in self.sheets)


def sources(kind: str) -> list[tuple[str, str | None]]:
    """Each batch of a kind (uid) and what it came of, as JSON: for an import its files and sheets."""
    return [(row.uid, row.source) for row in Batch.select(Batch.uid, Batch.source).where(Batch.kind == kind)]


def last_batch() -> str | None:
    """The newest batch (uid), for whether anything was written since; None where nothing was."""
    newest = Batch.select(Batch.uid).order_by(Batch.id.desc()).first()
    return str(newest.uid) if newest else None


def history(kind: str = "", day: dt.date | None = None, person: str = "") -> list[PastBatch]:
    """All batches, newest first; ``kind`` such as "import" leaves the others out, as do a day and a person's name."""
    rows = list(Batch.select().order_by(Batch.id.desc()))
    numbers = {row.uid: int(row.id) for row in rows}
    undone = {row.undoes: int(row.id) for row in reversed(rows) if row.undoes}
    since = day.isoformat() if day else ""
    return [
        _past(row, numbers, undone)
        for row in rows
        if (not kind or row.kind == kind) and row.at.startswith(since) and (not person or row.person == person)
    ]


def _past(row: Batch, numbers: dict[str, int], undone: dict[str, int]) -> PastBatch:
    source = json.loads(row.source)
    imported = source if isinstance(source, dict) and row.kind == "import" else {}
    return PastBatch(
        number=int(row.id),
        kind=row.kind,
        person=row.person,
        at=row.at,
        sheets=imported.get("sheets", []),
        decisions=imported.get("decisions", ""),
        undoes=numbers.get(row.undoes) if row.undoes else None,
        undone_by=undone.get(row.uid),
    )


def imports_in_force() -> list[PastBatch]:
    """The imports that were not undone since, newest first."""
    return [past for past in history("import") if past.undone_by is None]


def imports_of(digest: str) -> list[PastBatch]:
    """The imports, not undone since, that read a file with this SHA-256: the same file was here before."""
    return [past for past in imports_in_force() if any(sheet.get("sha256") == digest for sheet in past.sheets)]
