"""The numbers on the first page: six of the indicators, as of a day."""

import datetime as dt
from dataclasses import dataclass

from models.figures.counts import counts
from models.figures.facts import WHOLE_REGISTER, Inquiry, Period, Scope
from models.standing.standing import Standing

_STOCKS = ("unions", "members", "new_form_members", "on_list")
_FLOWS = ("new_unions", "new_members")


@dataclass(frozen=True, slots=True)
class Figures:
    """The four numbers: unions in being, members, members in new forms of employment, employers on the list.

    ``new_unions`` were founded, ``new_members`` joined in ``year``; a date of a year or a month alone counts too. The
    ``undated_`` ones were entered in it, their date unknown: they are in no year's new ones.
    """

    year: int
    unions: int
    members: int
    new_form_members: int
    on_list: int
    new_unions: int
    new_members: int
    undated_unions: int = 0
    undated_members: int = 0


def figures(year: int, day: dt.date, scope: Scope = WHOLE_REGISTER, standing: Standing | None = None) -> Figures:
    """Count as of ``day``, see the indicators of the same names; a retained member is not counted. ``year``: up to the day.

    ``standing``: what stands on the day, if that is at hand.
    """
    return figures_of(Period(dt.date(year, 1, 1), min(day, dt.date(year, 12, 31))), day, scope, standing)


def figures_of(
    period: Period, day: dt.date, scope: Scope = WHOLE_REGISTER, standing: Standing | None = None
) -> Figures:
    """The same with the new ones of any period; ``year`` is the one in which it ends."""
    asked = Inquiry(Period(day, day), given=standing)
    stocks = counts(_STOCKS, scope, asked.period, asked)
    flows = counts(_FLOWS, scope, period, Inquiry(period, given=asked.standing))
    numbers = {key: each.part for key, each in zip((*_STOCKS, *_FLOWS), (*stocks, *flows), strict=True)}
    undated = {f"undated_{key.removeprefix('new_')}": each.undated for key, each in zip(_FLOWS, flows, strict=True)}
    return Figures(year=period.end.year, **numbers, **undated)
