"""The day of the counts of a sheet that has no column for it: from its lines, its title, its own name and its file's."""

import datetime as dt
from dataclasses import dataclass
from pathlib import PurePath

from importers.columns.header import Header
from importers.columns.header_lines import foot_day
from importers.columns.period import HeaderPeriod, latest_year, read_period
from importers.plan.steps import Create, SheetPlan, Update
from importers.rows.rows import Row
from importers.rows.understanding import SheetView
from models.files.given import is_pasted
from models.records.headcount import COUNTS, HeadCount
from models.values.days import first_day
from models.values.problems import Problem, problem

#: Rows at the end of a sheet among which the day of filing may stand.
FOOT_ROWS = 8
#: The kinds of sheet whose rows count people.
COUNTING = ("headcounts", "unions", "employers")


@dataclass(frozen=True, slots=True)
class CountDay:
    """``day``: ISO text cut to what is known, "" where nothing says it; ``told``: what a person must hear of how it was found."""

    day: str = ""
    told: Problem | None = None


def count_day(view: SheetView, header: Header, today: dt.date) -> CountDay:
    """The day of a sheet: what is written as its day first; for counts also the time that its names speak of.

    A month without a year is that of the year, of its name's or of the newest that is past, which is told; a sheet's name
    that says another month than its title is a question. A year alone counts as said when it is past or called 年度.
    A time that has not come yet is no day of counts.
    """
    found = _count_day(view, header, today)
    return CountDay() if found.day and found.told is None and first_day(found.day) > today else found


def _count_day(view: SheetView, header: Header, today: dt.date) -> CountDay:
    written = header.day or foot_day(view.source.rows[-FOOT_ROWS:] if view.source else [])
    if view.kind not in COUNTING:
        return CountDay(written)
    file = "" if is_pasted(view.file) else PurePath(view.file).stem
    sheet = HeaderPeriod() if view.sheet == file else read_period(view.sheet)
    if len(written) > 4 and not header.day_of_counts and (over := _named(written, read_period(header.title), sheet)):
        return CountDay(over)
    if len(written) > 4:
        return CountDay(written, _contradiction(written, view.sheet, sheet))
    title, of_file = read_period(header.title), read_period(file)
    year = next((each for each in (int(written or 0), title.year, sheet.year, of_file.year) if each), 0)
    named = ((header.title, title), (view.sheet, sheet), (file, of_file))
    text, found = next(((text, each) for text, each in named if each.rest), ("", HeaderPeriod()))
    if written and found.year and found.year != year:
        return CountDay(written)  # a column of another year than the one that the title speaks of
    if found.rest:
        if found is title and sheet.rest and sheet.rest[:3] != title.rest[:3]:
            return CountDay(title.day, _contradiction(title.day or title.rest, view.sheet, sheet))
        if year or found.year:
            return CountDay(f"{found.year or year:04}{found.rest}")
        day = f"{latest_year(found.rest, today):04}{found.rest}"
        return CountDay(day, problem("count-day-assumed", "as_of", written=text[:30], day=day))
    if written or title.year or sheet.year:
        said = next((each for each in (title, sheet) if each.year == year), HeaderPeriod(year, "", bool(written)))
        return CountDay(str(year)) if said.whole or year < today.year else CountDay()
    return CountDay(str(year)) if of_file.whole else CountDay()


def _named(filed: str, *periods: HeaderPeriod) -> str:
    """The time that a sheet is called by, where that was over on the day on which it was filled in; else ""."""
    said = next((each for each in periods if each.year or each.rest), HeaderPeriod())
    year = said.year or int(filed[:4]) - (said.rest[:3] > filed[4:7])
    day = f"{year:04}{said.rest}"
    return day if (said.rest or said.year) and day < filed[: len(day)] else ""


def _contradiction(day: str, name: str, sheet: HeaderPeriod) -> Problem | None:
    """The question which of two months is meant, when a sheet's name says another than its title."""
    month = day[4:7] if day[:1] != "-" else day[:3]
    other_year = sheet.year and day[:1] != "-" and str(sheet.year) != day[:4]
    if not sheet.rest or (month in ("", sheet.rest[:3]) and not other_year):
        return None
    return problem("count-day-contradicts", "as_of", day=day, written=name[:30], other=sheet.day or sheet.rest[1:])


def asked(kind: str, row: Row, found: Problem | None) -> Problem | None:
    """The question about the day of a row's counts, when its sheet has one and the row does not say its day itself."""
    if found is None or found.level != "question" or kind not in COUNTING or row.value("as_of") is not None:
        return None
    return found if any(row.value(name) is not None for name in COUNTS) else None


def tell(sheet: SheetPlan, found: CountDay, today: dt.date) -> None:
    """Tell of the counts whose day nobody wrote, or whose year was found out: each row of counts, and the sheet."""
    if sheet.kind not in COUNTING or (found.day and found.told is None):
        return
    counted = [step for step in sheet.steps if step.row.value("as_of") is None and any(map(_counts, step.writes))]
    if not counted:
        return
    told = found.told or problem("count-day-missing", "as_of")
    sheet.notes.append(told.text)
    if sheet.kind == "headcounts" or found.told is not None:
        for step in counted:
            step.problems.append(told)


def _counts(write: Create | Update) -> bool:
    return write.record is HeadCount
