"""Many records of one kind that a batch creates, or removes, each with the same kinds of facts: given to the writer by column."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from models.engine.record import Record
from models.journal.log import WHOLE, LogEntry
from models.journal.packing import NOTHING, Parents
from models.records.catalogue import RECORDS

#: Field → a value for each record, in their order.
ByField = Mapping[str, Sequence[Any]]


@dataclass(slots=True)
class Stretch:
    """``said``: what the log says of each record and its facts, the main one's kind first; ``NOTHING`` where it says nothing.

    ``rows``: what goes into the tables, derived fields too; none of what has ``gone``. ``uids`` are the main records';
    ``replaces`` tells of each the entries that its own replaces, None where none does; ``number`` is the running number of the
    first entry, once it is given.
    """

    kind: str
    uids: Sequence[str]
    said: Sequence[tuple[str, ByField]]
    rows: Sequence[tuple[type[Record], ByField]] = ()
    replaces: Sequence[Parents] | None = None
    gone: bool = False
    number: int = 0

    def __len__(self) -> int:
        """How many records, and entries of the log, it is."""
        return len(self.uids)

    def cut(self, start: int, end: int) -> "Stretch":
        """Those from one place to before another."""
        if start == 0 and end >= len(self):
            return self
        said = [(kind, {name: column[start:end] for name, column in columns.items()}) for kind, columns in self.said]
        rows = [(record, {name: column[start:end] for name, column in columns.items()}) for record, columns in self.rows]
        replaces = None if self.replaces is None else self.replaces[start:end]
        return Stretch(self.kind, self.uids[start:end], said, rows, replaces, self.gone, self.number + start)

    def entries(self) -> Iterator[LogEntry]:
        """The same as an entry for each record."""
        for place, uid in enumerate(self.uids):
            whole = [
                (RECORDS[kind], {name: column[place] for name, column in columns.items() if column[place] != NOTHING})
                for kind, columns in self.said
            ]
            replaces = [] if self.replaces is None else self.replaces[place]
            number = self.number + place
            yield LogEntry(self.kind, uid, WHOLE, whole=whole, gone=self.gone, replaces=replaces, number=number)
