"""Reading the trail: which entries, newest first, as plain values."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from models.language import _
from models.trail.entry import TrailEntry
from models.trail.words import word


@dataclass(frozen=True, slots=True)
class EntryFilter:
    """Which entries: from one day until another (both included), of one act, by one person, with a text in them."""

    since: dt.date | None = None
    until: dt.date | None = None
    act: str = ""
    person: str = ""
    text: str = ""

    def takes(self, each: "PastEntry") -> bool:
        """True for an entry that is asked for."""
        day, wanted = each.at[:10], self.text.strip().casefold()
        return (
            (self.since is None or day >= self.since.isoformat())
            and (self.until is None or day <= self.until.isoformat())
            and (not self.act or each.act == self.act)
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
        if self.act not in ("unmask", "export", "print"):
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
