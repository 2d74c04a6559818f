"""What the pages of the numbers ask for: a period's targets with what is reached, one of them by region, the rows behind it."""

import datetime as dt
from dataclasses import dataclass

from models.figures.counts import by_regions, counts, names_of_places, rows
from models.figures.facts import WHOLE_REGISTER, FactRow, Inquiry, Level, Number, Period, Scope, level_of
from models.figures.indicators import find_indicator, indicators
from models.figures.periods import until, whole
from models.figures.progress import Progress, compared, own_targets, progress
from models.figures.sums import ELSEWHERE
from models.figures.targets import sums_beside, targets
from models.standing.standing import Standing
from models.values.name_order import place_of
from models.values.region_index import RegionIndex


@dataclass(frozen=True, slots=True)
class Part:
    """One indicator in one region, union or of one person.

    Its uid (ELSEWHERE for what lies in none), its path, how far it is there.
    """

    uid: str
    name: str
    progress: Progress


def period_table(of: int | Period, today: dt.date, scope: Scope, everything: bool) -> list[Progress]:
    """The targets of a period with what is reached; ``everything``: also each indicator without a target.

    Of a period that has not begun only the targets are known.
    """
    standing = Standing(min(today, whole(of).end))
    known = standing.once(indicators)
    if today < whole(of).start:
        nothing = Number(None)
        aims = {each.indicator: each for each in targets(of, scope, known)}
        held = {
            key: Progress(known[key], nothing, each.value, uid=each.uid, source=each.source)
            for key, each in aims.items()
            if key in known
        }
        return [held.get(key) or Progress(known[key], nothing) for key in known if key in held or everything]
    found = {each.indicator.key: each for each in progress(of, today, scope, standing)}
    if everything:
        asked = Inquiry(until(whole(of), today), given=standing)
        level = scope.level(asked.index)
        others = [each for each in known.values() if level in each.scopes and each.key not in found]
        numbers = counts(others, scope, asked.period, asked)
        found |= {each.key: Progress(each, number) for each, number in zip(others, numbers, strict=True)}
    return [found[key] for key in known if key in found]


def sums_told(of: int | Period, scope: Scope, index: RegionIndex) -> str:
    """Where the targets of a period are not what those come to into which they are broken down, in words; "" for a part alone."""
    if scope != WHOLE_REGISTER:
        return ""
    return "\n".join(each.text for each in sums_beside(of, index))


def parts_of(key: str, of: int | Period, today: dt.date, level: Level, scope: Scope) -> list[Part]:
    """One indicator in each region of a level, or union, or person, each with its own target of the period."""
    period = until(whole(of), today)
    asked = Inquiry(period)
    indicator = find_indicator(key, asked.standing.once(indicators))
    day = period.start - dt.timedelta(days=1)
    (found,) = by_regions([indicator], level, scope, period, asked)
    opening: dict[str, Number] = {}
    if indicator.kind == "stock":
        (opening,) = by_regions([indicator], level, scope, Period(day, day))
    held = targets(of, known=asked.standing.once(indicators))
    aims = {part: each for (name, part), each in own_targets(held, level).items() if name == key}
    if level in ("union", "person"):
        found |= {part: Number(None if indicator.kind == "rate" else 0) for part in aims if part not in found}
    names = names_of_places(level, found, asked.index)
    parts = [
        Part(uid, names[uid], compared(indicator, number, aims.get(uid), period, opening.get(uid), of=whole(of)))
        for uid, number in found.items()
    ]
    return sorted(parts, key=lambda part: (part.uid == ELSEWHERE, place_of(part.name)))


def rows_of(key: str, of: int | Period, today: dt.date, scope: Scope, elsewhere: Level | None = None) -> list[FactRow]:
    """The rows behind a number of a period; ``elsewhere``: only those in no region of this level."""
    period = until(whole(of), today)
    found = rows(key, scope, period)
    if elsewhere is None:
        return found
    index = Inquiry(period).index
    return [row for row in found if not _inside(row.region, elsewhere, index)]


def _inside(region: str | None, level: Level, index: RegionIndex) -> bool:
    line = index.line(region) if region else ()
    return any(index.level(each) != "city" and level_of(each, index) == level for each in line)
