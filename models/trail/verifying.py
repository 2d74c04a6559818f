"""Whether the trail is still what was written: every hash, every link, nothing missing."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from models import roles
from models.engine import database, open_file
from models.language import _
from models.trail import chain
from models.trail.entry import FIELDS, TrailEntry

#: Entries between two reports of progress.
_REPORT_EVERY = 1_000


@dataclass(frozen=True, slots=True)
class Verdict:
    """``entries``: how many there are; ``last``: the newest one's hash; ``wrong``: from which number on it is not as written."""

    entries: int
    last: str
    wrong: int | None = None
    why: str = ""

    @property
    def text(self) -> str:
        """The verdict as a sentence."""
        if self.wrong is None:
            told = _("操作留痕 {count:,} 条，逐条核对无误。") if self.entries else _("还没有操作留痕。")
            return told.format(count=self.entries)
        return _("操作留痕从第 {number} 条起与原来不符：{why}。").format(number=self.wrong, why=self.why)


def verify(progress: Callable[[int, int], None] | None = None) -> Verdict:
    """Walk the whole trail. ``progress(done, total)`` counts entries and may raise Stopped.

    Who sees the own entries of it alone cannot tell whether any is missing: these are counted.
    """
    if not roles.sees_all():
        return Verdict(TrailEntry.select().count(), "")
    total = database.newest_id(TrailEntry)
    heads: dict[str, tuple[int, str]] = {}
    seen, expected, last = {""}, 1, ""
    wrong: tuple[int, str] | None = None
    for row in TrailEntry.select().order_by(TrailEntry.id).iterator():
        if wrong is None:
            wrong = _fault(row, expected, heads, seen)
        heads[row.device] = (row.number, row.hash)
        seen.add(row.hash)
        expected, last = row.id + 1, row.hash
        if progress is not None and row.id % _REPORT_EVERY == 0:
            progress(row.id, total)
    if wrong is None and expected <= (remembered := open_file.last_given(TrailEntry)):
        wrong = (expected, _("末尾的 {count} 条不见了").format(count=remembered - expected + 1))
    count = TrailEntry.select().count()
    return Verdict(count, last, *wrong) if wrong else Verdict(count, last)


def _fault(row: TrailEntry, expected: int, heads: dict[str, tuple[int, str]], seen: set[str]) -> tuple[int, str] | None:
    """What is wrong with an entry that should be number ``expected``, as (number, reason); None when nothing is."""
    if row.id != expected:
        return expected, _("这一条不见了")
    if not holds(row):
        return expected, _("内容被改过")
    number, previous = heads.get(row.device, (0, ""))
    if row.place != expected or row.number != number + 1:
        # of two that were written under one number, one was put in: nobody can say which
        return min(expected, row.place), _("少了、多了或者换了次序")
    linked = row.previous == previous if number else row.previous in seen
    return None if linked else (expected, _("与前一条接不上"))


def holds(row: TrailEntry) -> bool:
    """True when an entry's hash is that of what it says."""
    return row.hash == chain.fingerprint([getattr(row, name) for name in FIELDS])


def last_holds(device: str) -> bool:
    """True when a device's newest entry is as it was written and follows the one before: asked on opening, for it is quick."""
    last = TrailEntry.select().where(TrailEntry.device == device).order_by(TrailEntry.number.desc()).limit(2)
    rows: list[TrailEntry] = list(last)
    linked = all(before.hash == each.previous for each, before in pairwise(rows))
    return linked and all(map(holds, rows[:1]))
