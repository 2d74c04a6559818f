"""The whole trail as it is read: the chained entries, and the notes of disclosures that the journal held before there was one."""

import json
from collections.abc import Iterator
from itertools import chain
from typing import Any

from models.journal.log import Batch
from models.trail.reading import EntryFilter, PastEntry, entries

_VERBS = {"print": "print", "export": "export", "report": "export"}


def trail(asked: EntryFilter) -> list[PastEntry]:
    """What is asked for of the trail, the newest first; the older notes, which nothing chains, come last."""
    return list(chain(entries(asked), filter(asked.takes, _notes())))


def _notes() -> Iterator[PastEntry]:
    for row in Batch.select().where(Batch.kind == "disclosure").order_by(Batch.id.desc()).iterator():
        source = json.loads(row.source)
        told: dict[str, Any] = source if isinstance(source, dict) else {}
        rows, act = told.get("rows"), _VERBS.get(str(told.get("verb")), "export" if told.get("file") else "unmask")
        yield PastEntry(
            number=0, at=row.at, person=row.person, device=row.device, act=act,
            what=str(told.get("kind") or told.get("name") or ""), rows=rows if isinstance(rows, int) else None,
            full=not told.get("masked"), recipient=str(told.get("recipient") or ""), purpose=str(told.get("purpose") or ""),
            file=str(told.get("file") or ""), sha256="", batch=None, records=(),
        )  # fmt: skip
