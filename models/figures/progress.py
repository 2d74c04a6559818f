"""How far a period is: each target with what is reached, the plan for the day, and what the present pace leads to."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from models.figures.counts import by_regions, counts
from models.figures.facts import WHOLE_REGISTER, Inquiry, Level, Number, Period, Scope, level_of
from models.figures.indicator import Indicator
from models.figures.indicators import indicators
from models.figures.periods import until, whole
from models.figures.targets import targets
from models.records.setting import setting
from models.records.target import Target
from models.standing.standing import Standing

State = Literal["ahead", "on", "behind"]


@dataclass(frozen=True, slots=True)
class Progress:
    """One indicator against its target; without a target only ``actual`` is told.

    ``share``: percent of the target that is reached, cut to one decimal. ``plan``: where the period should stand on the day,
    by the days that have passed, whole people and things cut down; a rate is to be kept all year. ``lag``: how much is
    missing to the plan, ``gap`` to the
    target, 0 when it is reached. ``forecast``: where the present pace leads until the period's end; a rate is taken to stay.
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


def progress(
    of: int | Period, today: dt.date, scope: Scope = WHOLE_REGISTER, standing: Standing | None = None
) -> list[Progress]:
    """The targets of a period (or a year) in one scope, as they stand on ``today``; of one that is over: on its last day.

    ``standing``: what stands on that day, if it is at hand. UserError for one that has not begun.
    """
    period = until(whole(of), today)
    asked = Inquiry(period, given=standing)
    known = asked.standing.once(indicators)
    held = [each for each in targets(of, scope, known) if each.indicator in known]
    wanted = [known[each.indicator] for each in held]
    now = counts(wanted, scope, period, asked)
    stocks = [each for each in wanted if each.kind == "stock"]
    opening = dict(zip((each.key for each in stocks), counts(stocks, scope, _before(period)), strict=True))
    slack = int(asked.standing.setting("plan_tolerance"))
    return [
        compared(indicator, number, target, period, opening.get(indicator.key), slack, whole(of))
        for indicator, number, target in zip(wanted, now, held, strict=True)
    ]


def progress_by(
    of: int | Period, today: dt.date, level: Level, scope: Scope = WHOLE_REGISTER, standing: Standing | None = None
) -> dict[str, list[Progress]]:
    """How far a period is in each part of a level (uid; ELSEWHERE for what lies in none): every indicator with a target.

    An indicator that has a target for another part only stands there with what is reached, and no target. ``standing``:
    what stands on the last day, if it is at hand.
    """
    period = until(whole(of), today)
    asked, before = Inquiry(period, given=standing), Inquiry(_before(period))
    known, slack = asked.standing.once(indicators), int(asked.standing.setting("plan_tolerance"))
    held = targets(of, known=known)
    own = own_targets(held, level)
    wanted = [known[key] for key in dict.fromkeys(each.indicator for each in held) if key in known]
    wanted = [each for each in wanted if level in each.scopes]
    found: dict[str, list[Progress]] = {}
    now = _divided(wanted, level, scope, asked)
    opening = _divided([each for each in wanted if each.kind == "stock"], level, scope, before)
    below = asked.index.below(scope.region) if scope.region else None
    targeted = [
        place for _key, place in own
        if level in ("union", "person") or (_is_of(place, level, asked) and (below is None or place in below))
    ]  # fmt: skip
    for place in dict.fromkeys([*(place for each in now.values() for place in each), *targeted]):
        for each in wanted:
            number = now[each.key].get(place, _nothing(each))
            start = opening.get(each.key, {}).get(place, _nothing(each))
            found.setdefault(place, []).append(
                compared(each, number, own.get((each.key, place)) if place else None, period, start, slack, whole(of))
            )
    return found


def own_targets(held: Iterable[Target], level: Level) -> dict[tuple[str, str], Target]:
    """The targets of the parts of a level, by the indicator's key and the part, which is named as in ``by_region``."""
    found: dict[tuple[str, str], Target] = {}
    if level == "grade":
        return found  # nobody plans for all buildings together
    for each in held:
        if level == "person":
            part = each.person
        elif level == "union":
            part = each.union
        else:
            part = each.region if each.union is None and not each.person else None
        if part:
            found[each.indicator, part] = each
    return found


def _divided(wanted: list[Indicator], level: Level, scope: Scope, asked: Inquiry) -> dict[str, dict[str, Number]]:
    found = by_regions(wanted, level, scope, asked.period, asked)
    return {each.key: numbers for each, numbers in zip(wanted, found, strict=True)}


def _is_of(place: str, level: Level, asked: Inquiry) -> bool:
    return asked.index.level(place) != "city" and level_of(place, asked.index) == level


def _before(period: Period) -> Period:
    day = period.start - dt.timedelta(days=1)
    return Period(day, day)


def _nothing(indicator: Indicator) -> Number:
    return Number(None if indicator.kind == "rate" else 0)


def compared(
    indicator: Indicator, actual: Number, target: Target | None, period: Period, opening: Number | None = None,
    slack: int | None = None, of: Period | None = None,
) -> Progress:  # fmt: skip
    """What is reached in a part of a period against its target. ``opening``: what a stock came to before it.

    ``slack``: so many percent of the plan may be missing, or there too many; the register's own unless it is given.
    ``of``: the whole period, of which ``period`` has passed; the year unless it is given.
    """
    if target is None or target.value is None:
        return Progress(indicator, actual)
    goal = Fraction(target.value)
    reached = _exact(indicator, actual)
    last = of.end if of else dt.date(period.end.year, 12, 31)
    done, days = (period.end - period.start).days + 1, (last - period.start).days + 1
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
        state=_state(known, plan, goal, _tolerance(slack), over=done == days) if told else None,
        uid=target.uid or None, source=target.source,
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


def _tolerance(percent: int | None) -> Fraction:
    return Fraction(int(setting("plan_tolerance")) if percent is None else percent, 100)


def _state(known: Fraction, plan: Fraction, goal: Fraction, tolerance: Fraction, over: bool) -> State:
    """Behind when more than the tolerance is missing to the plan; a kept level and a finished year know no tolerance."""
    slack = plan * tolerance
    if known < plan - (Fraction(0) if over or plan == goal else slack):
        return "behind"
    return "ahead" if known > plan + slack else "on"
