"""What the page of the drive works out, and what it writes, on the worker thread."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from models.drive.case_list import organizers
from models.drive.list import Drive, drive
from models.drive.places import DrivePlace, by_place
from models.lists import selection
from models.lists.listings import Selection
from models.records.setting import setting
from models.values.region_index import Area, RegionIndex
from reports import handout, xlsx
from reports.drive_list import drive_report
from reports.handing_over import WrittenFile

#: The kinds of record that the drive is worked out from.
SHOWS = frozenset({
    "employer", "union", "coverage", "head_count", "drive_case", "contact", "setting", "region", "region_parent",
    "distinct_pair",
})  # fmt: skip


#: In place of a region's uid: employers without a region.
NOWHERE = "-"


class DriveState(NamedTuple):
    """The drive, whose it is (a place or the office), its funnel by place, and everybody who looks after a case.

    ``held``: there is any employer at all, wherever.
    """

    drive: Drive
    where: str
    places: list[DrivePlace]
    organizers: list[str]
    held: bool


def current_drive(index: RegionIndex, area: Area) -> tuple[Drive, str]:
    """The drive with the register's threshold below a region or several ("" for all), and the name of the place or office."""
    state = drive(setting("threshold"), index, area or None)
    return state, index.called(area) if area else str(setting("organization"))


def drive_state(index: RegionIndex, area: Area) -> DriveState:
    """What the page shows, below a region or several (uids, "" for all)."""
    state, where = current_drive(index, area)
    held = bool(state.rows or state.excluded or selection.ids(Selection("employers", limit=1)))
    return DriveState(state, where, by_place(state.rows, index, state.threshold), organizers(), held)


def write_shown(path: Path, titles: Sequence[str], rows: Sequence[Sequence[Any]]) -> Path:
    """Write a shown list as .xlsx and return its path."""
    xlsx.write_table(path, titles, rows, overwrite=True)
    return path


def write_list(path: Path, drive: Drive, index: RegionIndex, where: str, day: str) -> WrittenFile:
    """Write the list of employers as a PDF; ``where``: the place or office it is of, ``day``: ISO."""
    return handout.write(drive_report(drive, index, where, day), path, "pdf")
