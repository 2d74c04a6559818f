"""One entry of the trail, and the one function that writes it.

GB/T 22239 asks for an audit trail that is kept from deletion, PIPL 51 and 54 for a record of who handled personal data.
The table is append-only (triggers refuse everything else) and each entry carries the hash of the one before it on the same
device (``models/trail/chain.py``). No entry holds a number or a name of the people in the register: uids only.
"""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple, Protocol

from peewee import AutoField, BooleanField, IntegerField, Model, TextField

from models.engine import database, log_ends, open_file, unanswered
from models.trail import chain

#: What looks like an identity number or a mobile phone in what somebody typed: a file's name, a purpose.
_PERSONAL = re.compile(r"(?<!\d)(?:\d{17}[\dXx]|\d{15}|1[3-9]\d{9})(?!\d)")


class Who(Protocol):
    """Who acts: the installation's device id, and the name of the person who works on it."""

    @property
    def device(self) -> str:
        """The installation's id for this register."""

    @property
    def person(self) -> str:
        """The name that the person gave."""


class HandedTo(NamedTuple):
    """To whom something goes out and what for, as whoever hands it out said; "" where nobody did."""

    recipient: str = ""
    purpose: str = ""

    @property
    def whole(self) -> bool:
        """True when both were said."""
        return bool(self.recipient and self.purpose)


@dataclass(frozen=True, slots=True)
class Act:
    """Something that was done. ``act`` is a key of ``models/trail/words.py``; ``what`` it was done with, in official words.

    ``rows``: how many rows or people it was about, None where that means nothing. ``full``: numbers in full. ``recipient``
    and ``purpose``: to whom and what for, as far as somebody was asked. ``file``: its name alone, ``sha256`` its content's.
    ``batch``: the number of the batch in the journal. ``records``: uids, where it was about a few.
    """

    act: str
    what: str = ""
    rows: int | None = None
    full: bool = False
    recipient: str = ""
    purpose: str = ""
    file: str = ""
    sha256: str = ""
    batch: int | None = None
    records: Sequence[str] = ()

    def given_to(self, said: HandedTo) -> "Act":
        """The act with what was said of it; what it says by itself stays where nothing was said."""
        return replace(self, recipient=said.recipient or self.recipient, purpose=said.purpose or self.purpose)


class TrailEntry(Model):
    """An entry as it is kept. ``id`` is the number people see, ``place`` the one it was written under, which is hashed.

    ``number`` and ``previous``: its place in the chain of its device, and the hash of the entry before it there.
    ``records`` are uids, by spaces; ``waited`` is not empty for an act that could be noted only later (``keeping.py``).
    """

    id = AutoField()
    place = IntegerField()
    device = TextField()
    number = IntegerField()
    at = TextField()
    person = TextField()
    act = TextField()
    what = TextField()
    rows = IntegerField(null=True)
    full = BooleanField()
    recipient = TextField()
    purpose = TextField()
    file = TextField()
    sha256 = TextField()
    batch = IntegerField(null=True)
    records = TextField()
    waited = TextField()
    previous = TextField()
    hash = TextField()

    class Meta:
        """Where the trail is kept."""

        database = database.db
        table_name = "trail"


#: What an entry says, in the order in which it is hashed: all but its place in this file.
FIELDS = tuple(name for name in TrailEntry._meta.sorted_field_names if name not in ("id", "hash"))


def now() -> str:
    """The wall time with its zone, to the second: it is told, and never decides anything."""
    return dt.datetime.now(dt.UTC).astimezone().isoformat(timespec="seconds")


def write(act: Act, who: Who, at: str = "", waited: str = "") -> int:
    """Append an act to the trail and return its number; part of the transaction that is open, else one of its own.

    ``at``: when it was done, for one that waited under the uid ``waited``; now otherwise. Raises what the engine raises
    when nothing can be written, and UserError when the disk is full or another program writes.
    """
    with database.transaction():
        number, previous = _follow(who.device)
        place = open_file.last_given(TrailEntry) + 1
        values: dict[str, Any] = {
            "place": place, "device": who.device, "number": number, "at": at or now(), "person": _covered(who.person),
            "act": act.act, "what": _covered(act.what), "rows": act.rows, "full": act.full, "recipient": _covered(act.recipient),
            "purpose": _covered(act.purpose), "file": _covered(act.file), "sha256": act.sha256, "batch": act.batch,
            "records": " ".join(act.records), "waited": waited, "previous": previous,
        }  # fmt: skip
        values["hash"] = chain.fingerprint([values[name] for name in FIELDS])
        unanswered.note(TrailEntry, "hash", values["hash"])
        TrailEntry.insert(id=place, **values).execute()
    return place


def _follow(device: str) -> tuple[int, str]:
    """The next number in a device's chain, and the hash it follows: a first one is tied to the newest entry of all."""
    last = TrailEntry.select().where(TrailEntry.device == device).order_by(TrailEntry.number.desc()).first()
    if last is not None:
        return last.number + 1, last.hash
    newest = TrailEntry.select(TrailEntry.hash).order_by(TrailEntry.id.desc()).first()
    return 1, log_ends.trail_last() or (newest.hash if newest is not None else "")


def _covered(text: str) -> str:
    return _PERSONAL.sub(lambda found: "*" * len(found.group()), text)
