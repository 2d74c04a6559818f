"""What the reports page runs on the worker thread: choosing, composing and writing a report."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from models import journal, selection
from models.journal import Author
from models.region import RegionIndex
from reports import handout, paper
from reports.layout import Layout
from reports.report import Report
from reports.roster import membership_roster

#: Unions whose members are counted to choose the first one shown.
_COUNTED = 100


@dataclass(frozen=True, slots=True)
class RosterChoice:
    """Of whom a roster is made: the uid of a union or else of a region; its day (ISO), and whether numbers are masked."""

    union: str
    region: str
    day: str
    masked: bool = True


@dataclass(frozen=True, slots=True)
class Offered:
    """What a report can be about: unions as (uid, name), the regions they lie in, and the union with the most members."""

    unions: list[tuple[str, str]]
    regions: set[str]
    largest: str


def offered(index: RegionIndex) -> Offered:
    """Ask the register which unions and regions there are."""
    unions = selection.rows(selection.Choice("unions", order="name"), index)
    members = {row["uid"]: selection.count(selection.Choice("workers", union=row["uid"])) for row in unions[:_COUNTED]}
    places = {index.resolve(row["region"]).uid for row in unions if row["region"]}
    return Offered(
        [(row["uid"], str(row["name"])) for row in unions],
        {place for place in places if place is not None},
        max(members, key=lambda uid: members[uid], default=""),
    )


def compose(index: RegionIndex, choice: RosterChoice) -> tuple[Report, Layout]:
    """The roster and its pages. UserError when there is nobody to print."""
    report = membership_roster(
        index, choice.day, union=choice.union or None, region=choice.region or None, masked=choice.masked
    )
    return report, paper.lay_out(report, f"{dt.datetime.now():%Y-%m-%d %H:%M}")


def write(report: Report, path: Path, author: Author | None, progress: Callable[[int, int], None] | None = None) -> None:
    """Write a report as PDF or workbook by the path's ending. ``author``: who discloses full numbers, which is noted."""
    handout.write(report, path, path.suffix.lower().removeprefix("."), progress)
    if author is not None:
        note_disclosure(author, "report", report)


def note_disclosure(author: Author, verb: str, report: Report) -> None:
    """Note in the log that full numbers of people were handed out, and how many."""
    rows = sum(len(section.rows) for section in report.sections)
    journal.note("disclosure", author, {"verb": verb, "kind": report.title, "rows": rows})
