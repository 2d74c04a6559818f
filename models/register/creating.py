"""A new register, made whole before it takes its name: whatever interrupts that leaves nothing, or the register."""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from models.engine import database
from models.engine.record import Record
from models.files.private import FILE_MODE, private_folder
from models.files.replacing import clear_unfinished, flush, move
from models.ledger import kinds as ledger_kinds
from models.records import group, region
from models.records.group import OccupationGroup
from models.records.ledger import LedgerKind
from models.records.site import SiteKind
from models.register import key_file
from models.register.traces import FILE, SIDECARS, UNFINISHED, key_files
from models.sites import kinds as site_kinds


def make(folder: Path, key_hex: str, side_file: str, fill: Callable[[], None]) -> None:
    """Make the file and its key in ``folder``, which holds no register; what an unfinished creation left is replaced.

    ``fill()`` makes and fills the tables of the open, empty file. As long as the unfinished file is there, a key beside it
    belongs to no register. Whatever ``fill`` raises is raised, OSError and UserError besides: then nothing is left, or what
    is replaced the next time.
    """
    part = folder / UNFINISHED
    private_folder(folder)
    _clear(folder, part)
    clear_unfinished(folder)
    os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE))
    try:
        database.connect(part, key_hex)
        try:
            with database.transaction():
                fill()
            database.fold()
        finally:
            database.close()
        flush(part)
        key_file.write(folder, side_file)
        move(part, folder / FILE)
    except BaseException:
        with suppress(OSError):  # the next creation clears away what is still there
            _clear(folder, part)
        raise


def _clear(folder: Path, part: Path) -> None:
    """Remove an unfinished file, and before it the key that belongs to it."""
    if part.exists():
        for leftover in (*key_files(folder), *(Path(str(part) + tail) for tail in SIDECARS), part):
            leftover.unlink(missing_ok=True)


def seeds() -> dict[type[Record], list[dict[str, Any]]]:
    """The rows that a register begins with: places, occupation groups, kinds of work and of things that stand."""
    regions, parents = region.seed_rows()
    tables = {OccupationGroup: group.seed_rows(), LedgerKind: ledger_kinds.seed_rows(), SiteKind: site_kinds.seed_rows()}
    return {region.Region: regions, region.RegionParent: parents, **tables}


def seed(*records: type[Record]) -> None:
    """Fill the tables of these kinds of record as they are in a new register."""
    rows = seeds()
    for record in records:
        database.insert_rows(record, rows[record])
