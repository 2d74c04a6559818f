"""What the page of the drive works out, and what it writes, on the worker thread."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from models.case_list import organizers
from models.drive import Drive, drive
from models.drive_places import DrivePlace, by_place
from models.region import RegionIndex
from models.setting import setting
from reports import handout, xlsx
from reports.report import Report

#: The kinds of record that the drive is worked out from.
SHOWS = frozenset({
    "employer", "union", "coverage", "head_count", "drive_case", "contact", "setting", "region", "region_parent",
    "distinct_pair",
})  # fmt: skip


class DriveState(NamedTuple):
    """The drive, whose it is (a place or the office), its funnel by place, and everybody who looks after a case."""

    drive: Drive
    where: str
    places: list[DrivePlace]
    organizers: list[str]


def current_drive(index: RegionIndex, region: str) -> tuple[Drive, str]:
    """The drive with the register's threshold below a region (uid, "" for all), and the name of the place or office."""
    state = drive(setting("threshold"), index, region or None)
    return state, index.path(region) if region else str(setting("organization"))


def drive_state(index: RegionIndex, region: str) -> DriveState:
    """What the page shows, below a region (uid, "" for all)."""
    state, where = current_drive(index, region)
    return DriveState(state, where, by_place(state.rows, index), organizers())


def write_shown(path: Path, titles: Sequence[str], rows: Sequence[Sequence[Any]]) -> Path:
    """Write a shown list as .xlsx and return its path."""
    xlsx.write_table(path, titles, rows, overwrite=True)
    return path


def write_list(path: Path, report: Report) -> Path:
    """Write the list of employers as a PDF and return its path."""
    handout.write(report, path, "pdf")
    return path
