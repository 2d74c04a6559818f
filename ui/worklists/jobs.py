"""What the page of working lists runs on the worker thread."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from importers.worklist_sheet import WorklistReading, keep_reading, read_worklist
from models.journal.writer import Author
from models.values.columns import Column
from models.values.region_index import RegionIndex
from models.worklists import entries
from models.worklists.lists import WorklistHead, worklists


class FoundWorklists(NamedTuple):
    """What the page shows: the lists, the one that is chosen (None where there is none), its columns and its rows."""

    heads: list[WorklistHead]
    head: WorklistHead | None
    columns: list[Column]
    rows: list[dict[str, Any]]


def look_up(uid: str, index: RegionIndex) -> FoundWorklists:
    """Ask for the lists, and for the entries of one (uid); of the first one where that is not there."""
    heads = worklists()
    head = next((each for each in heads if each.uid == uid), heads[0] if heads else None)
    if head is None:
        return FoundWorklists(heads, None, [], [])
    return FoundWorklists(heads, head, entries.columns(head), entries.rows(head, index))


def read_file(path: Path, uid: str) -> WorklistReading:
    """What a sheet says of a list (uid). UserError as ``read_worklist``."""
    return read_worklist(path, uid)


def keep_read(reading: WorklistReading, answers: Mapping[int, str], author: Author) -> int:
    """Write what a sheet says; returns how many entries changed or came."""
    return keep_reading(reading, author, answers)
