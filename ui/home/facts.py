"""What the first page asks the register for: the numbers at once, then what is to be done; the rows behind a number."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from models.chasing.due import overdue
from models.drive.case_list import DueCase, due
from models.drive.list import Drive, drive_of
from models.editing.editing import Kind
from models.figures.counts import count, uids_behind
from models.figures.facts import WHOLE_REGISTER, Period, Scope
from models.figures.figures import Figures, figures
from models.figures.progress import Progress, progress
from models.journal.day_work import day_work
from models.journal.history import PastBatch, history
from models.lists import selection
from models.lists.doubts import Doubts, doubts, likenesses
from models.lists.listings import Selection
from models.rules.rules import Severity, tally
from models.standing.standing import Standing
from models.standing.terms import TermState, term_counts, terms
from models.values.region_index import Area, RegionIndex
from ui.kit.people_box import parts as people

#: So many imports are shown.
_IMPORTS = 4
#: The rule that compares declared with listed members (申报与实名差), and how its findings stand.
GAP_RULE, GAP_STANDING = "R18", "note"
#: The part of the people's list that is counted as an indicator is, where no event lies in the future.
_PARTS = {"members": "members", "new_form_members": "new_form"}


@dataclass(frozen=True, slots=True)
class Asked:
    """Of whom the page tells: what stands today, the places that are looked at ("" for everything), and who works here."""

    standing: Standing
    area: Area
    person: str

    @property
    def index(self) -> RegionIndex:
        """The regions with today's tree."""
        return self.standing.index

    @property
    def today(self) -> dt.date:
        """The day that is told of."""
        return self.standing.day

    @property
    def scope(self) -> Scope:
        """The places as indicators are asked for them."""
        return Scope(region=self.area or None)


class HomeState(NamedTuple):
    """The numbers and the funnel; ``held``: there is anything at all in the register, wherever."""

    figures: Figures
    drive: Drive
    held: bool


class Aims(NamedTuple):
    """The year's targets; ``whole``: they are the whole register's, because the places looked at have none of their own."""

    found: list[Progress]
    whole: bool


class Agenda(NamedTuple):
    """Whom to see this week, how many terms are in each state, the last imports, what this person did today.

    ``overdue``: so many sheets are due from unions and have not come.
    """

    due: list[DueCase]
    terms: dict[TermState, int]
    imports: list[PastBatch]
    done: list[str]
    overdue: int = 0


class Faults(NamedTuple):
    """How many findings of each weight there are; ``gaps``: what cannot be checked because an entry is missing.

    ``declared``: the unions whose declared members are not those listed; ``doubts``: what is to be verified.
    """

    findings: dict[Severity, int]
    gaps: int
    declared: int
    doubts: Doubts


class Alike(NamedTuple):
    """How many pairs of each kind may be one and the same, None where it was not counted."""

    pairs: dict[Kind, int | None]


class Behind(NamedTuple):
    """What a number of the page opens: a page, and either a part of it or the records with what they are called."""

    page: str
    part: str
    uids: frozenset[str]
    said: str


def home_state(asked: Asked) -> HomeState:
    """The numbers and the funnel as of today."""
    drive = drive_of(asked.standing, asked.area or None)
    kinds = ("workers", "employers", "unions")
    held = any(bool(selection.ids(Selection(kind, limit=1))) for kind in kinds)
    return HomeState(figures(asked.today.year, asked.today, asked.scope, asked.standing), drive, held)


def home_targets(asked: Asked) -> Aims:
    """The year's targets as of today; the whole register's where the places have none of their own."""
    found = progress(asked.today.year, asked.today, asked.scope, asked.standing)
    if found or not asked.area:
        return Aims(found, False)
    whole = progress(asked.today.year, asked.today, WHOLE_REGISTER, asked.standing)
    return Aims(whole, bool(whole))


def home_agenda(asked: Asked) -> Agenda:
    """What is due as of today, and what was done."""
    area = asked.area or None
    below = asked.index.below(asked.area) if asked.area else frozenset()
    return Agenda(
        due(asked.today, asked.index, region=area), term_counts(terms(asked.today, asked.index, area)),
        history("import")[:_IMPORTS], day_work(asked.today, asked.person), overdue(asked.today, asked.index, below),
    )  # fmt: skip


def home_faults(asked: Asked) -> Faults:
    """What the rules find as of today, what a person set aside left out; what is in doubt."""
    weights: dict[Severity, int] = {"error": 0, "warning": 0}
    gaps = declared = 0
    for each, times in tally(asked.standing, asked.area or None).items():
        if each.aside:
            continue
        if each.unknown:
            gaps += times
        elif each.severity in weights:
            weights[each.severity] += times
        elif (each.rule, each.severity) == (GAP_RULE, GAP_STANDING):
            declared += times
    return Faults(weights, gaps, declared, doubts(asked.index, asked.area))


def home_alike(asked: Asked) -> Alike:
    """What may be there twice, in the whole register: the same person is often entered in two places."""
    return Alike(likenesses(asked.index))


#: What is to be done, asked for one after the other, so that other pages need not wait for all of it.
WORK: tuple[Callable[[Asked], Any], ...] = (home_targets, home_agenda, home_faults, home_alike)


def behind(asked: Asked, key: str, period: Period, said: str, undated: bool = False) -> Behind:
    """What an indicator's number of a period opens: exactly the records that it counts, called ``said``.

    ``undated``: those that it leaves out for want of a date. People are listed as a part of all people where that lists as
    many; else, as of all others, the records themselves.
    """
    part = next((each for each in people() if each.name == _PARTS.get(key)), None)
    if part is not None:
        regions = asked.index.below(asked.area) if asked.area else frozenset()
        choice = Selection("workers", states=part.states, new_form=part.new_form, regions=regions)
        if selection.count(choice) == count(key, asked.scope, period).part:
            return Behind("workers", part.name, frozenset(), "")
    uids = uids_behind(key, asked.scope, period, undated)
    return Behind("unions" if key.endswith("unions") else "workers", "", uids, said)
