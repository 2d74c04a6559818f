"""What was done: the batches of the register, newest first, and the imports among them by the files they read."""

import datetime as dt
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from models.engine import database
from models.journal.log import Batch


@dataclass(frozen=True, slots=True)
class PastBatch:
    """One batch as a person sees it.

    ``sheets``: for an import, one entry per sheet with file, sha256, sheet, kind, shape and counts. ``decisions``: what was
    decided in it, as text. ``undoes``: the number of the batch that it took back, if any; ``restores``: of the one that stands
    again because of it, where that was an undo itself. ``undone_by``: the number of the undo that holds now; None where
    there is none, and where that undo was taken back itself.
    """

    number: int
    kind: str
    person: str
    at: str
    sheets: list[dict[str, Any]]
    decisions: str
    undoes: int | None
    undone_by: int | None
    restores: int | None = None

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
    undone = in_force(rows)
    by_uid = {row.uid: row for row in rows}
    since = day.isoformat() if day else ""
    return [
        _past(row, numbers, undone, by_uid)
        for row in rows
        if (not kind or row.kind == kind) and row.at.startswith(since) and (not person or row.person == person)
    ]


def in_force(rows: Iterable[Batch]) -> dict[str, int]:
    """Which batches (uid) are undone now, and by which undo (number) that was not taken back itself. ``rows``: newest first."""
    undone: dict[str, int] = {}
    for row in rows:
        if row.undoes and row.uid not in undone:
            undone.setdefault(row.undoes, int(row.id))
    return undone


class Root(NamedTuple):
    """What stands because of a batch: ``uid`` and ``kind`` of the batch that did it.

    ``files``: those that an import read; ``rows``: how many rows of them it took in.
    """

    uid: str
    kind: str
    files: tuple[str, ...]
    rows: int = 0


def roots(numbers: Collection[int]) -> dict[int, Root]:
    """What stands because of the batches with these numbers; those that there are not are left out."""
    rows = list(Batch.select().where(Batch.id.in_(list(numbers))))
    return {int(row.id): _root(root_of(row)) for row in rows}


def _root(row: Batch) -> Root:
    source = json.loads(row.source)
    sheets = source.get("sheets", []) if isinstance(source, dict) and row.kind == "import" else []
    rows = sum(int(sheet.get(action) or 0) for sheet in sheets for action in ("new", "updated"))
    return Root(str(row.uid), str(row.kind), tuple(dict.fromkeys(str(sheet["file"]) for sheet in sheets)), rows)


def root_of(batch: Batch) -> Batch:
    """The batch that holds again because of this one: of the undo of an undo what was undone first; else the batch itself."""
    undo = Batch.get_or_none(Batch.uid == batch.undoes) if batch.undoes else None
    first = Batch.get_or_none(Batch.uid == undo.undoes) if undo is not None and undo.undoes else None
    return batch if first is None else root_of(first)


def _restored(row: Batch, by_uid: Mapping[str, Batch]) -> Batch | None:
    """The same among batches that were read already; None for a batch that restores nothing."""
    undo = by_uid.get(row.undoes or "")
    first = by_uid.get(undo.undoes or "") if undo is not None else None
    return None if first is None else _restored(first, by_uid) or first


def _past(row: Batch, numbers: dict[str, int], undone: dict[str, int], by_uid: Mapping[str, Batch]) -> PastBatch:
    restored = _restored(row, by_uid)
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
        restores=None if restored is None else int(restored.id),
    )


def imports_in_force() -> list[PastBatch]:
    """The imports that were not undone since, newest first."""
    return [past for past in history("import") if past.undone_by is None]


def imports_of(digest: str) -> list[PastBatch]:
    """The imports, not undone since, that read a file with this SHA-256: the same file was here before."""
    return [past for past in imports_in_force() if any(sheet.get("sha256") == digest for sheet in past.sheets)]


class BatchNote(NamedTuple):
    """A batch: its number here, what kind it is, who wrote it, on which device, when by its clock."""

    number: int
    kind: str
    device: str
    person: str
    at: str


def batch_notes(uids: Collection[str]) -> dict[str, BatchNote]:
    """Of each of these batches (uids) who wrote it."""
    rows = database.fetch_in(Batch, "uid", sorted(uids), ("uid", "id", *BatchNote._fields[1:]))
    return {uid: BatchNote(*told) for uid, *told in rows}
