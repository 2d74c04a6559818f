"""The words of the indicators: scope, period, the facts that are counted, and the number they come to."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, NamedTuple

from models.errors import UserError
from models.language import _
from models.standing.standing import Standing
from models.values.region_index import DISTRICT_LEVELS, Area, RegionIndex

#: What numbers can be asked for: the whole register, a region of a level (a district or zone; a park or building counts as
#: a community), one union, what one organizer (负责人) is responsible for.
ScopeLevel = Literal["city", "district", "town", "community", "union", "person"]
#: The levels that a register can be divided by; ``grade`` is what kind of place it is, each with all of its kind.
Level = Literal["district", "town", "community", "grade", "union", "person"]


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose numbers: of a region (uid) or several and everything below, of a union (uid), or of the whole register.

    ``person``: of one organizer by name, see ``organizers.py``.
    """

    region: Area | None = None
    union: str | None = None
    person: str | None = None

    def level(self, index: RegionIndex) -> ScopeLevel:
        """What kind of scope it is, several regions being as towns; KeyError for an unknown region."""
        if self.union:
            return "union"
        if self.person:
            return "person"
        if isinstance(self.region, tuple):
            return "town"
        if not self.region or index.level(self.region) == "city":
            return "city"
        return level_of(self.region, index)


#: The whole register.
WHOLE_REGISTER = Scope()


def level_of(region: str, index: RegionIndex) -> Literal["district", "town", "community"]:
    """The level by which a region is counted; parks and buildings are counted as communities are."""
    held = index.level(region)
    if held in DISTRICT_LEVELS:
        return "district"
    return "town" if held == "town" else "community"


@dataclass(frozen=True, slots=True)
class Period:
    """From one day to another, both counted. What is a state and not a happening is taken as of the last day."""

    start: dt.date
    end: dt.date


def year_until(year: int, day: dt.date) -> Period:
    """The part of a year that has passed on ``day``: to its end if it is over. UserError when it has not begun."""
    if day.year < year:
        raise UserError(_("{year} 年还没有开始，没有数字。").format(year=year))
    return Period(dt.date(year, 1, 1), min(day, dt.date(year, 12, 31)))


@dataclass(frozen=True)
class Inquiry:
    """A period for which several indicators are asked; what they share is looked up once. Not to be kept over a change.

    ``known``: the regions with the tree of the last day, if they are at hand. ``given``: what stands on the last day, if
    that is at hand.
    """

    period: Period
    known: RegionIndex | None = None
    given: Standing | None = None

    @cached_property
    def standing(self) -> Standing:
        """What stands on the last day."""
        fits = self.given is not None and self.given.day == self.period.end
        return self.given if self.given and fits else Standing(self.period.end, self.known)

    @property
    def index(self) -> RegionIndex:
        """The regions with the tree of the last day."""
        return self.standing.index

    @property
    def employers(self) -> list[dict[str, Any]]:
        """The employers with their counts, unions and cases as of the last day."""
        return self.standing.employers


class Fact(NamedTuple):
    """One thing that is looked at. ``uid`` is of a record of the facts' kind; ``region`` and ``union`` place it.

    ``marked``: it carries no date and counts from the day the register learned of it. ``state``: 1 counts, 0 does not,
    None is not known. ``weight``: how much it counts. ``why``: what the number is about it, such as the event.
    """

    uid: str
    name: str | None
    region: str | None
    union: str | None = None
    date: str | None = None
    marked: int = 0
    state: int | None = 1
    weight: int = 1
    why: str | None = None


@dataclass(frozen=True)
class IndicatorFacts:
    """The facts of an indicator: a query of the fields of :class:`Fact`, or a list of them, about records of ``kind``.

    ``repeated``: one record can stand in several facts (who joined twice), and counts once; ``several``: a query of the uids of
    all that may. ``state``: makes the state of a
    fact from the alias of the query, in the place of its own. ``shared``: facts of the same name have the same query, and
    are asked together.

    ``lean`` makes a query that adds up to the same: of no more than ``uid`` and ``date`` (unless the facts are counted
    beforehand), what places them, what states are made of, ``weight``, ``marked`` and ``times``, how many facts a row
    stands for. It is told which of "worker" and "union" are looked at; ``looks_at``: what the state of these facts looks at.
    ``counted``, of repeated facts: makes one that adds up to the same, counted beforehand, but for some records (uids).

    ``flow``: they happened in a period. One that carries no date (``marked``) may have happened long before the register
    learned of it, and counts in no flow: it is told apart as undated in the period in which it was entered.

    ``kind_of``: under which kind of record a fact is opened, where that is not the same for all.
    ``person``: the column of the query that names who did it, where a fact says so itself and not by its union.
    """

    kind: str
    query: Any = None
    listed: tuple[Fact, ...] = ()
    repeated: bool = False
    state: Callable[[Any], Any] | None = None
    shared: str = ""
    lean: Callable[[frozenset[str]], Any] | None = None
    looks_at: frozenset[str] = frozenset()
    flow: bool = False
    kind_of: Callable[["Fact"], str] | None = None
    person: str = ""
    several: Any = None
    counted: Callable[[frozenset[str], Sequence[str]], Any] | None = None

    def state_of(self, alias: Any) -> Any:
        """The state of a fact of the query, given under an alias."""
        return self.state(alias) if self.state else alias.c.state


@dataclass(frozen=True, slots=True)
class Number:
    """What an indicator comes to.

    ``value`` is a whole number; of a rate its percent, cut (never rounded up) to one decimal; None when there is nothing
    to take a part of. Sums of money are in yuan. ``unknown`` facts could not be counted, ``marked`` ones were counted from
    the day the register learned of them. ``part`` of ``whole`` is what a rate is made of. ``undated``: of a flow, how many
    facts were entered in the period and say not when they happened (日期不明); the number leaves them out.
    """

    value: int | float | None
    unknown: int = 0
    marked: int = 0
    part: int = 0
    whole: int = 0
    undated: int = 0


def undated_told(number: Number) -> str:
    """What a flow leaves out for want of a date, in a few words; "" when that is nothing."""
    return _("（另有 {count:,} 条日期不明）").format(count=number.undated) if number.undated else ""


@dataclass(frozen=True, slots=True)
class FactRow:
    """One row behind a number, see :class:`Fact`. ``region`` is its uid, ``place`` its written path.

    ``counted`` is False for what is in the whole of a rate but not in its part, None for what is not known. ``undated``:
    it is in no flow for want of a date.
    """

    kind: str
    uid: str
    name: str
    region: str | None
    place: str
    date: str | None
    counted: bool | None = True
    weight: int = 1
    marked: bool = False
    why: str | None = None
    undated: bool = False
