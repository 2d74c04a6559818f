"""What an imported sheet closes: the sheets that were due from the unions of which it speaks."""

import datetime as dt
from collections.abc import Iterator, Mapping

from models.chasing.due import Known, of_period, periods, within
from models.chasing.rules import SheetRule, load_rules
from models.engine.record import Values
from models.figures.facts import Period
from models.figures.periods import key_of, of_length
from models.uid import new_uid
from models.values.region_index import RegionIndex

#: The kinds of imported sheet of which it is kept that they came, and what rules call them. Counts and work say it themselves.
SHEETS: Mapping[str, str] = {"workers": "会员名单", "officers": "委员名单", "unions": "工会情况", "sites": "阵地名单"}


def asked_for() -> frozenset[str]:
    """The kinds of sheet that a rule in use asks for, of those in :data:`SHEETS`."""
    wanted = {each.sheet for each in load_rules(active=True)}
    return frozenset(kind for kind, label in SHEETS.items() if label in wanted)


def handed_in(kind: str, unions: Mapping[str, int], day: str, today: dt.date, index: RegionIndex) -> list[Values]:
    """The values of the hand-ins that a sheet of ``kind`` brings; ``unions``: of how many of its rows each (uid) is told.

    ``day``: of what the sheet speaks (ISO, as precise as it says), "" where it does not: then it is the sheet of the last
    period that is over, if that is still to come, else that of the running one. Nothing where no rule asks, or it came.
    """
    known = Known(today, index, (), frozenset(unions))
    found = []
    for rule in load_rules(active=True):
        if rule.sheet != SHEETS.get(kind):
            continue
        for union, period in _meant(rule, day, today, known):
            found.append({
                "uid": new_uid(), "due_rule": rule.uid, "union": union, "period": key_of(period), "state": "已交",
                "date": today.isoformat(), "rows": unions[union], "reason": None,
            })  # fmt: skip
    return found


def _meant(rule: SheetRule, day: str, today: dt.date, known: Known) -> Iterator[tuple[str, Period]]:
    """Of each union the period whose sheet it is, where that one is still to come."""
    past, running = periods(rule, today), of_length(rule.length, today)
    every = [*past, *([running] if running not in past else [])]
    dated = [each for each in every if day and within(day, each)]
    seen: set[str] = set()
    for period in dated or every[-2:]:
        for item in of_period(rule, period, known):
            if item.open and item.union.uid not in seen:
                seen.add(item.union.uid)
                yield item.union.uid, period
