"""The log's tables and the texts in them. Written by ``models/journal/writer.py``, read through ``models/journal/entries.py``."""

import dataclasses
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from json.encoder import encode_basestring
from typing import Any

from peewee import AutoField, BlobField, IntegerField, TextField

from models.engine import database
from models.engine.record import Record, Stored, Values
from models.records.catalogue import RECORDS, kind_of

#: The field name of a change row that creates or removes a whole record.
WHOLE = "*"
#: An entry of the log as a parent: its row number, its device and its number there
Head = tuple[int, str, int]
#: A record with what was created together with it: (record class, its values with "uid"), the main record first.
Whole = Sequence[tuple[type[Record], Values]]
#: Stands for a value where the JSON of a whole record is prepared; no record has it in a name.
_MARK = "\u0000"


class Batch(Stored):
    """One command, one form saved, one import: who did what, when, and from which files. ``id`` is the number people see."""

    id = AutoField()
    uid = TextField(unique=True)
    device = TextField()
    person = TextField()
    kind = TextField()
    at = TextField()
    source = TextField()
    undoes = TextField(null=True, index=True)


class Change(Stored):
    """One entry of the log. ``before``, ``after`` and ``replaces`` are JSON."""

    id = AutoField()
    batch = TextField(index=True)
    device = TextField()
    number = IntegerField()
    kind = TextField()
    record = TextField(index=True)
    field = TextField()
    before = TextField(null=True)
    after = TextField(null=True)
    replaces = TextField()

    class Meta:
        """Where the log is kept."""

        indexes = ((("device", "number"), True),)


class Bundle(Stored):
    """Many entries that follow each other in one batch (捆): records of one kind that were made, or removed, with their facts.

    It stands for ``count`` entries at the places until ``id`` of the log, with the running numbers from ``first`` to ``number``.
    ``records`` are the uids of the main records, ``content`` what was made or removed: both as ``packing.py`` says; ``low`` and
    ``high`` the least and the greatest of these uids. ``hash`` chains a device's bundles, see ``bundles.py``: ``digest`` is that
    of what was written, ``erased_digest`` that of what is left since ``erased``, a batch (uid) that erased somebody.
    """

    id = AutoField()
    batch = TextField(index=True)
    device = TextField()
    first = IntegerField()
    number = IntegerField()
    kind = TextField()
    removed = IntegerField()
    count = IntegerField()
    low = TextField()
    high = TextField()
    previous = TextField()
    digest = TextField()
    hash = TextField()
    erased = TextField(null=True)
    erased_digest = TextField(null=True)
    records = BlobField()
    content = BlobField()

    class Meta:
        """Where the bundles are kept, and how one is found by the uid of a record."""

        indexes = ((("device", "number"), True), (("low", "high"), False))


_encoder = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":"))


def to_json(value: Any) -> str:
    """Compact JSON with Chinese kept readable."""
    return _encoder.encode(value)


#: The JSON of a whole record with %s for each of its values, by the records and names that it holds.
_patterns: dict[tuple[tuple[type[Record], tuple[str, ...]], ...], str] = {}


def whole_json(whole: Whole) -> str:
    """The JSON of a record and its facts: a list of [kind, values].

    The same as :func:`to_json` gives, in a third of the time: what all records of a shape have in common is made once.
    """
    shape = tuple([(record, tuple(values)) for record, values in whole])
    pattern = _patterns.get(shape)
    if pattern is None:
        marked = to_json([[kind_of(record), dict.fromkeys(names, _MARK)] for record, names in shape])
        _patterns[shape] = pattern = marked.replace("%", "%%").replace(to_json(_MARK), "%s")
    cells = chain.from_iterable([values.values() for _record, values in whole])
    return pattern % tuple([encode_basestring(cell) if type(cell) is str else to_json(cell) for cell in cells])


def whole_of(text: str | None) -> Whole:
    """A record and its facts from their JSON; nothing of None."""
    return [(RECORDS[kind], values) for kind, values in json.loads(text or "[]")]


def plain(whole: Whole) -> list[tuple[str, Values]]:
    """A record and its facts by the names of their kinds."""
    return [(kind_of(record), values) for record, values in whole]


@dataclass(slots=True)
class LogEntry:
    """One entry of the log before it is written; its batch and device are the writer's, its number comes last.

    Of a field ``before`` and ``after`` are JSON; of a ``whole`` record, which was made or has ``gone``, they follow from it.
    ``replaces``: (device, number) of each entry that it replaces. ``decides``: a person saw all that stands of the field.
    """

    kind: str
    record: str
    field: str
    before: str | None = None
    after: str | None = None
    whole: Whole | None = None
    gone: bool = False
    replaces: list[list[Any]] = dataclasses.field(default_factory=list)
    number: int = 0
    decides: bool = False

    @property
    def facts(self) -> list[tuple[str, str]]:
        """(kind, uid) of what a removal takes away with the record."""
        return [(kind_of(record), values["uid"]) for record, values in self.whole[1:]] if self.whole and self.gone else []

    @property
    def texts(self) -> tuple[str | None, str | None]:
        """What was before and after, as JSON."""
        if self.whole is None:
            return self.before, self.after
        text = whole_json(self.whole)
        return (text, None) if self.gone else (None, text)


def describe(batches: Iterable[tuple[str, str]]) -> None:
    """Put other descriptions to batches, given as (source as JSON, uid): what an erasure does, and nothing else may do."""
    database.run_many('UPDATE "batch" SET source = ? WHERE uid = ?', batches)
