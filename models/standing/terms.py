"""Terms of office (任期): when each union's committee must be elected anew (工会法 16, 重庆市工会条例 10).

A term ends so many years after the election of the present committee: the day that is written at the union, or the one that
most of its committee share among the officers (``models.standing.officers``), whichever is later. An election whose day is not
known is unknown: the founding does not stand in for it, for an old union has elected several times since.
"""

import datetime as dt
from calendar import monthrange
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, cast

from models.language import N_
from models.records.union import Union
from models.standing.as_of import in_being
from models.standing.officers import officers_on
from models.values.days import LAST_YEAR, first_day
from models.values.name_order import place_of
from models.values.region_index import Area, RegionIndex

TermState = Literal["overdue", "due30", "due90", "due180", "running", "unknown"]
#: The states of a term, the most pressing first, with the words for them.
TERM_STATES: dict[TermState, str] = {
    "overdue": N_("已届满"), "due30": N_("30 天内届满"), "due90": N_("90 天内届满"), "due180": N_("180 天内届满"), "running": N_("任期内"),
    "unknown": N_("届期不明"),
}  # fmt: skip
_DUE: tuple[tuple[int, TermState], ...] = ((-1, "overdue"), (30, "due30"), (90, "due90"), (180, "due180"))

#: What elects no committee of its own: groups and organizers, and what a higher union sends out.
_WITHOUT_TYPES = frozenset({"工会小组", "工会工作委员会", "工会办事处"})
_WITHOUT_FORMS = frozenset({"组织员", "小组", "工会工作委员会"})


@dataclass(frozen=True, slots=True)
class PresentTerm:
    """The present term of one union (``uid``). ``start`` is ISO text cut to its precision, ``end`` a whole day.

    ``days_left`` is negative after the end. ``approved_extension``: the higher union agreed to a later election.
    """

    uid: str
    name: str
    region: str
    start: str | None
    years: int | None
    end: str | None
    days_left: int | None
    state: TermState
    approved_extension: bool


def terms(today: dt.date, index: RegionIndex, region: Area | None = None) -> list[PresentTerm]:
    """The terms of all unions in being on ``today`` that elect a committee, or of those in a region (uid) or several.

    What is longest overdue comes first, what is unknown last.
    """
    below = index.below(region) if region else None
    fields = (
        Union.uid, Union.name, Union.region, Union.union_type, Union.org_form, Union.term_start, Union.term_years,
        Union.extension_number,
    )  # fmt: skip
    elected = {union: each.elected for union, each in officers_on(today).items()}
    found = [
        _term(union, later_election(union.term_start, elected.get(union.uid)), today, index)
        for union in cast(Iterable[Union], Union.select(*fields).where(in_being(today)).namedtuples())
        if elects(union) and (below is None or union.region in below)
    ]
    return sorted(
        found, key=lambda term: (term.days_left is None, term.days_left or 0, place_of(term.region), place_of(term.name))
    )


def later_election(written: str | None, elected: str | None) -> str | None:
    """The later of two days of election (ISO, any precision): that of the union's own record and that of its officers."""
    if written is None or elected is None:
        return written or elected
    return elected if first_day(elected) > first_day(written) else written


def _term(union: Union, start: str | None, today: dt.date, index: RegionIndex) -> PresentTerm:
    end = end_of_term(start, union.term_years)
    left = (end - today).days if end else None
    return PresentTerm(
        union.uid, union.name, index.path(union.region) if union.region else "", start, union.term_years,
        end.isoformat() if end else None, left, state_of_term(left), bool(union.extension_number),
    )  # fmt: skip


def term_counts(found: Iterable[PresentTerm]) -> dict[TermState, int]:
    """How many terms are in each state, in the order of TERM_STATES."""
    counted = Counter(term.state for term in found)
    return {state: counted[state] for state in TERM_STATES}


def elects(union: Union) -> bool:
    """True for a union with a committee of its own; False for groups, organizers and what a higher union sends out."""
    return union.union_type not in _WITHOUT_TYPES and union.org_form not in _WITHOUT_FORMS


def end_of_term(start: str | None, years: int | None) -> dt.date | None:
    """The day on which a term ends that began on ``start`` (ISO, any precision); None when it cannot be told."""
    if not start or not years or first_day(start).year + years > LAST_YEAR:
        return None
    return months_later(first_day(start), 12 * years)


def state_of_term(days_left: int | None) -> TermState:
    """The state of a term of which so many days are left; it is over from the day after its last."""
    if days_left is None:
        return "unknown"
    return next((state for most, state in _DUE if days_left <= most), "running")


def months_later(day: dt.date, months: int) -> dt.date:
    """The same day so many months later, or that month's last day where it has no such day (民法典 202)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return day.replace(year=year, month=month + 1, day=min(day.day, monthrange(year, month + 1)[1]))
