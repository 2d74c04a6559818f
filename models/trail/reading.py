"""Reading the trail: which entries, newest first, as plain values."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any, NamedTuple

from models.language import _
from models.trail.entry import TrailEntry
from models.trail.words import HANDED_OUT, word

#: How many entries are looked at for what was said before, and how much of it is offered.
_LOOKED_AT, _OFFERED = 400, 12


@dataclass(frozen=True, slots=True)
class EntryFilter:
    """Which entries: from one day until another (both included), of one act, by one person, with a text in them.

    ``handed_out``: only what left the register; ``full``: only with numbers in full, or only masked, None is both.
    """

    since: dt.date | None = None
    until: dt.date | None = None
    act: str = ""
    person: str = ""
    text: str = ""
    handed_out: bool = False
    full: bool | None = None

    def takes(self, each: "PastEntry") -> bool:
        """True for an entry that is asked for."""
        day, wanted = each.at[:10], self.text.strip().casefold()
        return (
            (self.since is None or day >= self.since.isoformat())
            and (self.until is None or day <= self.until.isoformat())
            and (not self.act or each.act == self.act)
            and (not self.handed_out or each.act in HANDED_OUT)
            and (self.full is None or each.full == self.full)
            and (not self.person or self.person.strip() in each.person)
            and (not wanted or any(wanted in said.casefold() for said in each.said))
        )


@dataclass(frozen=True, slots=True)
class PastEntry:
    """An entry as it is told. ``number`` is 0 for a note of before the trail, which is not chained; ``late``: noted later."""

    number: int
    at: str
    person: str
    device: str
    act: str
    what: str
    rows: int | None
    full: bool
    recipient: str
    purpose: str
    file: str
    sha256: str
    batch: int | None
    records: tuple[str, ...]
    late: bool = False

    @property
    def when(self) -> str:
        """The local time, to the minute."""
        return self.at[:16].replace("T", " ")

    @property
    def about(self) -> str:
        """What it was done with: the thing, the batch, what came later."""
        what = _(self.what) if self.what else ""
        batch = _("批次 {number}").format(number=self.batch) if self.batch else ""
        parts = [what, batch, _("补记") if self.late else ""]
        return _("，").join(filter(None, parts))

    @property
    def given(self) -> str:
        """To whom and what for."""
        return _("，").join(filter(None, (self.recipient, self.purpose)))

    @property
    def numbers(self) -> str:
        """Whether numbers were in full, "" where nothing was seen or handed out."""
        if self.act != "unmask" and self.act not in HANDED_OUT:
            return ""
        return _("完整") if self.full else _("脱敏", "numbers")

    @property
    def said(self) -> tuple[str, ...]:
        """The texts in which a text is looked for."""
        return word(self.act), self.about, self.person, self.recipient, self.purpose, self.file, *self.records

    def plain(self) -> dict[str, Any]:
        """The entry as JSON values."""
        return asdict(self) | {"records": list(self.records), "chained": bool(self.number)}


def entries(asked: EntryFilter) -> Iterator[PastEntry]:
    """The chained entries that are asked for, the newest first."""
    for row in TrailEntry.select().order_by(TrailEntry.id.desc()).iterator():
        found = PastEntry(
            number=row.id, at=row.at, person=row.person, device=row.device, act=row.act, what=row.what, rows=row.rows,
            full=bool(row.full), recipient=row.recipient, purpose=row.purpose, file=row.file, sha256=row.sha256,
            batch=row.batch, records=tuple(row.records.split()), late=bool(row.waited),
        )  # fmt: skip
        if asked.takes(found):
            yield found


class SaidBefore(NamedTuple):
    """To whom and what for things went out before, the newest first, each once."""

    recipients: tuple[str, ...] = ()
    purposes: tuple[str, ...] = ()


def said_before() -> SaidBefore:
    """What the newest entries say of recipients and purposes, to be offered again."""
    return SaidBefore(_said_last(TrailEntry.recipient), _said_last(TrailEntry.purpose))


def _said_last(field: Any) -> tuple[str, ...]:
    newest: Any = TrailEntry.select(field).where(field != "").order_by(TrailEntry.id.desc()).limit(_LOOKED_AT).tuples()
    return tuple(dict.fromkeys(str(said) for (said,) in newest))[:_OFFERED]


@dataclass(frozen=True, slots=True)
class HandedOutTotals:
    """What a print log adds up to: how many times, of how many rows in all, how often in full, how often nobody said to whom.

    ``uncounted``: how many of the times do not say their rows.
    """

    times: int
    rows: int
    uncounted: int
    full: int
    unsaid: int

    @property
    def text(self) -> str:
        """As a sentence."""
        told = _("共 {times:,} 次，{rows:,} 行；完整号码 {full:,} 次；没有写明交给谁 {unsaid:,} 次").format(
            times=self.times, rows=self.rows, full=self.full, unsaid=self.unsaid
        )
        return told + (_("；没有记下行数 {count:,} 次").format(count=self.uncounted) if self.uncounted else "")


def totals_of(found: Sequence[PastEntry]) -> HandedOutTotals:
    """Add up a print log."""
    return HandedOutTotals(
        len(found), sum(each.rows or 0 for each in found), sum(each.rows is None for each in found),
        sum(each.full for each in found), sum(not each.recipient for each in found),
    )  # fmt: skip
