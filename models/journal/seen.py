"""What whoever writes had seen when they began to type: what somebody else has written since is not overwritten unawares.

A form sends what was typed, and its act compares with the register as it is then: what others wrote while somebody was typing
would go without a word. So the window says which batch was the newest that was seen before anything was half typed, and the
writer looks whether another has written the same field since. Told once, a person may write it all the same.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from models.engine import database
from models.engine.record import Record
from models.errors import Overtaken
from models.journal import entries, news
from models.journal.log import Batch

#: More records than this are written because somebody chose them together, not because of what was read in each.
FEW = 20

#: A field of a record (uid, name) and the value that somebody was told of.
Told = tuple[str, str, Any]


@dataclass(frozen=True, slots=True)
class SeenUntil:
    """The number of the newest batch that was seen, and what a person was told of since."""

    batch: int
    told: frozenset[Told] = frozenset()


#: The batches (uids) that each window of this program has written, by the name under which it writes. A laptop's other windows
#: write for the same device, but what they wrote was not seen here.
_own: dict[str, set[str]] = {}
_seen: ContextVar[SeenUntil | None] = ContextVar("seen", default=None)


@contextmanager
def having_seen(seen: SeenUntil | None) -> Iterator[None]:
    """Inside, what is written was typed by somebody who had seen no more than this; None: it compares for itself."""
    token = _seen.set(seen)
    try:
        yield
    finally:
        _seen.reset(token)


def note_own(batch: str) -> None:
    """Once a batch (its uid) is in the register: whoever writes in this thread knows it."""
    _own.setdefault(news.speaker(), set()).add(batch)


def refuse_unseen(record: type[Record], changed: Mapping[str, Iterable[str]]) -> None:
    """Overtaken for a field, of those ``changed`` by uid, that another than this window has written since, untold."""
    seen = _seen.get()
    if seen is None or len(changed) > FEW:
        return
    since = {row.uid for row in Batch.select(Batch.uid).where(Batch.id > seen.batch)}
    batches = since - _own.get(news.speaker(), set())
    if not batches:
        return
    written = {
        (uid, name)
        for batch, uid, name in entries.of_records(list(changed), ("batch", "record", "field"))
        if batch in batches and name in changed.get(uid, ())
    }
    for uid, name in sorted(written):
        now = next((value for (value,) in database.fetch_in(record, "uid", [uid], [name])), None)
        if (uid, name, now) not in seen.told:
            raise Overtaken(uid, name, now)
