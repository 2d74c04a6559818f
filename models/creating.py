"""A new register, made whole before it takes its name: whatever interrupts that leaves nothing, or the register."""

import os
from collections.abc import Callable
from pathlib import Path

from models import database, group, ledger_kinds, region
from models.files.private import FILE_MODE, private_folder
from models.files.replacing import flush, move, write_whole
from models.ledger import LedgerKind
from models.traces import FILE, KEY, SIDECARS, UNFINISHED, key_files


def make(folder: Path, key_hex: str, side_file: str, fill: Callable[[], None]) -> None:
    """Make the file and its key in ``folder``, which holds no register; what an unfinished creation left is replaced.

    ``fill()`` makes and fills the tables of the open, empty file. As long as the unfinished file is there, a key beside it
    belongs to no register. Raises OSError or UserError, and then nothing is left but what is replaced the next time.
    """
    part = folder / UNFINISHED
    private_folder(folder)
    if part.exists():
        for leftover in (*key_files(folder), *(Path(str(part) + tail) for tail in SIDECARS), part):
            leftover.unlink(missing_ok=True)
    os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE))
    database.connect(part, key_hex)
    try:
        with database.transaction():
            fill()
        database.fold()
    finally:
        database.close()
    flush(part)
    write_whole(folder / KEY, side_file)
    move(part, folder / FILE)


def seed_places() -> None:
    """Fill the tables of regions of a new register."""
    regions, parents = region.seed_rows()
    database.insert_rows(region.Region, regions)
    database.insert_rows(region.RegionParent, parents)


def seed_tables() -> None:
    """Fill the tables that each district keeps for itself: occupation groups, kinds of work."""
    database.insert_rows(group.OccupationGroup, group.seed_rows())
    database.insert_rows(LedgerKind, ledger_kinds.seed_rows())
