"""How far a year is: each target with what is reached, the plan for the day, and what the present pace leads to."""

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from models.figures.counts import by_regions, counts
from models.figures.facts import WHOLE_REGISTER, Asked, Level, Number, Period, Scope, level_of, year_until
from models.figures.indicator import Indicator
from models.figures.indicators import indicators
from models.figures.targets import targets
from models.records.setting import setting
from models.records.target import Target

State = Literal["ahead", "on", "behind"]


@dataclass(frozen=True, slots=True)
class Progress:
    """One indicator against its target; without a target only ``actual`` is told.

    ``share``: percent of the target that is reached, cut to one decimal. ``plan``: where the year should stand on the day,
    by the days that have passed, whole people and things cut down; a rate is to be kept all year. ``lag``: how much is
    missing to the plan, ``gap`` to the
    target, 0 when it is reached. ``forecast``: where the present pace leads until the year's end; a rate is taken to stay.
    What was entered without a date is no pace: it stands in a stock, and the forecast adds nothing for it.
    """

    indicator: Indicator
    actual: Number
    target: int | None = None
    share: float | None = None
    plan: float | None = None
    lag: float | None = None
    gap: float | None = None
    forecast: float | None = None
    state: State | None = None
    uid: str | None = None
    source: str | None = None


def progress(year: int, today: dt.date, scope: Scope = WHOLE_REGISTER) -> list[Progress]:
    """The targets of a year in one scope, as they stand on ``today`` (of a year that is over: on its last day).

    UserError for a year that has not begun.
    """
    period = year_until(year, today)
    known = indicators()
    held = [each for each in targets(year, scope) if each.indicator in known]
    wanted = [known[each.indicator] for each in held]
    now = counts(wanted, scope, period)
    stocks = [each for each in wanted if each.kind == "stock"]
    opening = dict(zip((each.key for each in stocks), counts(stocks, scope, _before(period)), strict=True))
    return [
        compared(indicator, number, target, period, opening.get(indicator.key))
        for indicator, number, target in zip(wanted, now, held, strict=True)
    ]


def progress_by(year: int, today: dt.date, level: Level, scope: Scope = WHOLE_REGISTER) -> dict[str, list[Progress]]:
    """How far the year is in each region of a level (uid; ELSEWHERE for what lies in none): every indicator with a target.

    An indicator that has a target for another region only stands there with what is reached, and no target.
    """
    period = year_until(year, today)
    asked, before = Asked(period), Asked(_before(period))
    known = indicators()
    own = {(each.indicator, (each.union if level == "union" else each.region) or ""): each for each in targets(year)}
    wanted = [known[key] for key in dict.fromkeys(key for key, _place in own) if key in known]
    if level == "union":
        wanted = [each for each in wanted if "union" in each.scopes]
    found: dict[str, list[Progress]] = {}
    now = _divided(wanted, level, scope, asked)
    opening = _divided([each for each in wanted if each.kind == "stock"], level, scope, before)
    below = asked.index.below(scope.region) if scope.region else None
    targeted = [place for _key, place in own if place and (below is None or place in below) and level != "union"]
    for place in dict.fromkeys(
        [*(place for each in now.values() for place in each), *_of_level(targeted, level, asked)]
    ):
        for each in wanted:
            number = now[each.key].get(place, _nothing(each))
            start = opening.get(each.key, {}).get(place, _nothing(each))
            found.setdefault(place, []).append(
                compared(each, number, own.get((each.key, place)) if place else None, period, start)
            )
    return found


def _divided(wanted: list[Indicator], level: Level, scope: Scope, asked: Asked) -> dict[str, dict[str, Number]]:
    found = by_regions(wanted, level, scope, asked.period, asked)
    return {each.key: numbers for each, numbers in zip(wanted, found, strict=True)}


def _of_level(places: list[str], level: Level, asked: Asked) -> list[str]:
    return [place for place in places if level_of(place, asked.index) == level]


def _before(period: Period) -> Period:
    day = period.start - dt.timedelta(days=1)
    return Period(day, day)


def _nothing(indicator: Indicator) -> Number:
    return Number(None if indicator.kind == "rate" else 0)


def compared(
    indicator: Indicator, actual: Number, target: Target | None, period: Period, opening: Number | None = None
) -> Progress:
    """What is reached in a part of a year against a target. ``opening``: what a stock came to before the year."""
    if target is None or target.value is None:
        return Progress(indicator, actual)
    goal = Fraction(target.value)
    reached = _exact(indicator, actual)
    done, days = (period.end - period.start).days + 1, (dt.date(period.end.year + 1, 1, 1) - period.start).days
    passed = Fraction(done, days)
    start = _exact(indicator, opening) if indicator.kind == "stock" and opening else Fraction(0)
    known = reached if reached is not None else Fraction(0)
    plan = goal if indicator.kind == "rate" else (start or 0) + (goal - (start or 0)) * passed
    entered = _entered(actual, opening) if indicator.kind == "stock" else 0
    forecast = known if indicator.kind == "rate" else (start or 0) + entered + (known - entered - (start or 0)) / passed
    told = reached is not None
    counted = indicator.kind != "rate" and indicator.scale == 1  # nobody sees two tenths of a person
    plan_told, forecast_told = (_whole(each) if counted else _cut(each) for each in (plan, forecast))
    lag = max(Fraction(plan_told) - known, Fraction(0)) if counted else max(plan - known, Fraction(0))
    return Progress(
        indicator, actual, target.value,
        share=_cut(known * 100 / goal) if goal and told else None,
        plan=plan_told, lag=_cut(lag) if told else None,
        gap=_cut(max(goal - known, Fraction(0))) if told else None, forecast=forecast_told if told else None,
        state=_state(known, plan, goal, over=done == days) if told else None, uid=target.uid or None, source=target.source,
    )  # fmt: skip


def _entered(actual: Number, opening: Number | None) -> int:
    """How much of a stock's growth was only entered in the year, its facts saying not since when they hold."""
    return max(0, actual.marked - (opening.marked if opening else 0))


def _exact(indicator: Indicator, number: Number) -> Fraction | None:
    """What a number is to the last digit: a rate in percent, a sum of money in yuan."""
    if indicator.kind != "rate":
        return Fraction(number.part, indicator.scale)
    return Fraction(number.part * 100, number.whole) if number.whole else None


def _whole(exact: Fraction) -> int:
    return exact.numerator // exact.denominator


def _cut(exact: Fraction) -> float:
    tenths = exact.numerator * 10 // exact.denominator
    return tenths // 10 if tenths % 10 == 0 else tenths / 10


def _state(known: Fraction, plan: Fraction, goal: Fraction, over: bool) -> State:
    """Behind when more than the tolerance is missing to the plan; a kept level and a finished year know no tolerance."""
    slack = plan * Fraction(int(setting("plan_tolerance")), 100)
    if known < plan - (Fraction(0) if over or plan == goal else slack):
        return "behind"
    return "ahead" if known > plan + slack else "on"
