"""What an indicator (指标) is: a number of the year with its name, unit, source, scopes and how it counts."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from models.figures.facts import IndicatorFacts, Inquiry, ScopeLevel

#: Every scope, and those of what belongs to no union.
ALL: tuple[ScopeLevel, ...] = ("city", "district", "town", "community", "union", "person")
PLACES = ALL[:4]
#: Those of employers, whose drive cases have an organizer.
OF_EMPLOYERS: tuple[ScopeLevel, ...] = (*PLACES, "person")


@dataclass(frozen=True)
class Indicator:
    """One indicator. ``kind``: a flow counts what happened in a period, a stock what is on its last day, a rate a part of it.

    ``note`` says how it counts. ``scale``: the facts weigh so many times the unit (fen to the yuan).
    """

    key: str
    name: str
    unit: str
    kind: Literal["flow", "stock", "rate"]
    note: str
    facts: Callable[[Inquiry], IndicatorFacts]
    source: Literal["register", "ledger"] = "register"
    scopes: tuple[ScopeLevel, ...] = ALL
    scale: int = 1
