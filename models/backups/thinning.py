"""Which backups are kept: all of the last two days, then one a day, a week, a month; by number and by clock.

What counts is how many days (weeks, months) have a backup, never how long ago they were: whoever comes back from a year's
leave, or whose clock is a year ahead, loses none for that. Backups dated in the future are thinned among themselves, from
the latest of them on, and decide nothing about the others.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from models.backups.counting import moment
from models.backups.listing import Backup, backups, newest_good
from models.backups.reasons import Reason
from models.language import _

#: The newest by number are kept whatever the clock says.
RECENT = 10
ALL_FOR = dt.timedelta(days=2)
DAYS, WEEKS, MONTHS = 12, 10, 12
#: A clock that is so far ahead of another one is not wrong: time zones, summer time.
_TOLERANCE = dt.timedelta(days=1)
#: The last backup made for one of these stays: it is how to get back from an upgrade or a restore that went wrong.
_MILESTONES = (Reason.MIGRATION, Reason.RESTORE, Reason.ERASE)

Bucket = Callable[[dt.date], object]


def kept_told() -> str:
    """Which backups are kept, in one sentence: in the settings, and letter by letter in the guide."""
    said = _("最近 {days} 天的备份全部留着，再往前 {daily} 天每天一份、{weeks} 周每周一份、{months} 个月每月一份。")
    return said.format(days=ALL_FOR.days, daily=DAYS, weeks=WEEKS, months=MONTHS)


def kept(found: Sequence[Backup], now: dt.datetime, *, tight: bool = False) -> set[Path]:
    """Those of ``found`` (the newest first) that are kept. ``tight``: of the last two days too only one a day.

    What cannot be read is nobody's backup and stays where it is, for a person to look at.
    """
    good = [each for each in found if each.good]
    staying = {each.path for each in found if not each.good} | {each.path for each in good[:RECENT]}
    firsts = (next((each for each in good if each.reason is reason), None) for reason in _MILESTONES)
    staying |= {each.path for each in firsts if each is not None}
    dated = [(each, made) for each in good if (made := moment(each.made)) is not None]
    staying |= {each.path for each in good if moment(each.made) is None}
    future = [(each, made) for each, made in dated if made > now + _TOLERANCE]
    past = [(each, made) for each, made in dated if made <= now + _TOLERANCE]
    staying |= _spread(past, now, tight)
    if future:
        staying |= _spread(future, max(made for _each, made in future), tight)
    return staying


def _spread(dated: Iterable[tuple[Backup, dt.datetime]], now: dt.datetime, tight: bool) -> set[Path]:
    """All of the last days, then the newest of each day, week and month that has one, so many of each."""
    rest = sorted(dated, key=lambda pair: pair[1], reverse=True)
    staying = set() if tight else {each.path for each, made in rest if made > now - ALL_FOR}
    rest = [pair for pair in rest if pair[0].path not in staying]
    levels: tuple[tuple[int, Bucket], ...] = (
        (DAYS, lambda day: day),
        (WEEKS, lambda day: day.isocalendar()[:2]),
        (MONTHS, lambda day: (day.year, day.month)),
    )
    for count, bucket in levels:
        seen: set[object] = set()
        left = []
        for each, made in rest:
            name = bucket(made.date())
            if name not in seen and len(seen) < count:
                seen.add(name)
                staying.add(each.path)
            elif len(seen) == count and name not in seen:
                left.append((each, made))
        rest = left
    return staying


def thin(folder: Path, now: dt.datetime, *, tight: bool = False) -> list[Path]:
    """Delete those of the register's own backups that are not kept, by whoever holds the lock; returns them.

    None is deleted while no good one would be left. One that cannot be deleted stays, and is tried again next time.
    """
    found = backups(folder)
    staying = kept(found, now, tight=tight)
    if newest_good([each for each in found if each.path in staying]) is None:
        return []
    gone = []
    for each in found:
        if each.path not in staying:
            with suppress(OSError):
                each.path.unlink(missing_ok=True)
                gone.append(each.path)
    return gone
