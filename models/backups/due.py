"""When a backup is made: one function decides for every place that asks."""

import datetime as dt

from models.backups.counting import Counts, end_of_log, moment
from models.backups.listing import Backup, backups, newest_good
from models.backups.reasons import ALWAYS, Reason
from models.language import _
from models.register.register import Register

#: After a small piece of work: not sooner than so long after the last backup …
EVERY = dt.timedelta(minutes=30)
#: … unless so many entries of the log, or so many per cent of it but at least a few, came since.
CHANGES, PER_CENT, FEW = 1_000, 1, 50


def when_told() -> str:
    """When the program backs up by itself, in one sentence: in the settings, and letter by letter in the guide."""
    names = _("、").join(each.label for each in Reason if each in ALWAYS and each is not Reason.HAND)
    said = _("自动备份：{names}，只要有改动就备；平时离上一次备份满 {minutes} 分钟或者改动较多也备。备好都从磁盘上读回来核对。")
    return said.format(names=names, minutes=EVERY // dt.timedelta(minutes=1))


def due(register: Register, reason: Reason, now: dt.datetime | None = None) -> bool:
    """True when a backup is to be made of the open register for ``reason``.

    Never when the newest good one holds everything. Otherwise always before an import, an undo, an upgrade, a restore or an
    erasure, and when the window closes; once before a run of merges; after a piece of work when enough time or change has passed.
    """
    if register.on_server:  # the server's own backups are its administrator's
        return False
    last, held = newest_good(backups(register.folder)), end_of_log()
    if last is not None and _holds(last, held):
        return False
    one_of_a_run = last is not None and reason is last.reason is Reason.MERGE  # fifty pairs one after the other
    if last is None or (reason in ALWAYS and not one_of_a_run):
        return True
    return _enough(last, held, now or dt.datetime.now(dt.UTC))


def _holds(last: Backup, held: Counts) -> bool:
    """True when nothing was written since: the same last entry of the same last batch.

    The number alone would not do: after a restore the log counts on from an earlier one. Backups of 0.3 name no batch.
    """
    there = last.counts
    return there is not None and (there.changes, there.newest) == (held.changes, held.newest)


def _enough(last: Backup, held: Counts, now: dt.datetime) -> bool:
    made = moment(last.made)
    if made is None or not dt.timedelta() <= now - made < EVERY:
        return True  # long ago; or dated in the future, which says nothing of how long ago
    before = last.counts.changes if last.counts is not None else None
    if before is None or held.changes is None or held.changes < before:
        return True
    return held.changes - before >= min(CHANGES, max(FEW, held.changes * PER_CENT // 100))
