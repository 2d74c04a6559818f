"""What the first page asks the register for: the numbers at once, then what is to be done."""

import datetime as dt
from typing import NamedTuple

from models.case_list import Due, due
from models.drive import Drive
from models.figures import Figures, figures
from models.history import Past, history
from models.progress import Progress, progress
from models.region import RegionIndex
from models.rules import Severity, findings
from models.terms import TermState, term_counts, terms
from ui.drive.state import current_drive

#: So many imports are shown.
_IMPORTS = 4


class HomeState(NamedTuple):
    """The numbers and the funnel."""

    figures: Figures
    drive: Drive


class Agenda(NamedTuple):
    """Whom to see this week, how many terms are in each state, the last imports."""

    due: list[Due]
    terms: dict[TermState, int]
    imports: list[Past]


class Faults(NamedTuple):
    """How many findings of each weight there are; ``gaps``: what cannot be checked because an entry is missing."""

    findings: dict[Severity, int]
    gaps: int


def home_state(index: RegionIndex, today: dt.date) -> HomeState:
    """The numbers and the funnel as of today."""
    return HomeState(figures(today.year, today), current_drive(index, "")[0])


def home_targets(_index: RegionIndex, today: dt.date) -> list[Progress]:
    """The year's targets as of today."""
    return progress(today.year, today)


def home_agenda(index: RegionIndex, today: dt.date) -> Agenda:
    """What is due as of today."""
    return Agenda(due(today, index), term_counts(terms(today, index)), history("import")[:_IMPORTS])


def home_faults(index: RegionIndex, today: dt.date) -> Faults:
    """What the rules find as of today; what a person set aside is left out."""
    found = [each for each in findings(today, index) if not each.aside]
    weights: dict[Severity, int] = {"error": 0, "warning": 0}
    for each in found:
        if each.severity in weights and not each.unknown:
            weights[each.severity] += 1
    return Faults(weights, sum(1 for each in found if each.unknown))


#: What is to be done, asked for one after the other, so that other pages need not wait for all of it.
WORK = (home_targets, home_agenda, home_faults)
