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
from ui.drive_state import current_drive

#: So many imports are shown.
_IMPORTS = 4


class HomeState(NamedTuple):
    """The numbers and the funnel."""

    figures: Figures
    drive: Drive


class HomeWork(NamedTuple):
    """What is to be done: the year's targets, whom to see this week, terms by state, findings by weight, last imports.

    ``gaps`` counts what the rules do not know because an entry is missing.
    """

    targets: list[Progress]
    due: list[Due]
    terms: dict[TermState, int]
    findings: dict[Severity, int]
    gaps: int
    imports: list[Past]


def home_state(index: RegionIndex, today: dt.date) -> HomeState:
    """The numbers and the funnel as of today."""
    return HomeState(figures(today.year, today), current_drive(index, "")[0])


def home_work(index: RegionIndex, today: dt.date) -> HomeWork:
    """What is to be done as of today."""
    found = [each for each in findings(today, index) if not each.aside]
    weights: dict[Severity, int] = {"error": 0, "warning": 0}
    for each in found:
        if each.severity in weights and not each.unknown:
            weights[each.severity] += 1
    return HomeWork(
        progress(today.year, today), due(today, index), term_counts(terms(today, index)), weights,
        sum(1 for each in found if each.unknown), history("import")[:_IMPORTS],
    )  # fmt: skip
