"""Records that a list keeps one a row (work, things that stand, posts), as the plan of an import holds them.

The register is asked once, when the first row speaks of one; later rows find what earlier ones bring.
"""

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cached_property
from typing import ClassVar

from models.engine.record import Record, Values
from models.engine.rows import values_of
from models.ledger.kinds import Kinds, WorkKind
from models.records.catalogue import stored_names

#: What two rows must share to be about the same record.
Key = tuple[str, ...]


class KeptRecords:
    """The records of one class by uid and by key, carried on row by row."""

    record: ClassVar[type[Record]]

    def key_of(self, values: Values) -> Key:
        """What two records must share to be the same thing."""
        raise NotImplementedError

    @cached_property
    def held(self) -> dict[str, Values]:
        """All records by uid."""
        fields = [self.record._meta.fields[name] for name in ("uid", *stored_names(self.record))]
        return {row["uid"]: row for row in values_of(self.record.select(*fields).order_by(self.record.id))}

    @cached_property
    def by_key(self) -> dict[Key, list[str]]:
        """The uids of the records with the same key."""
        found: dict[Key, list[str]] = defaultdict(list)
        for uid, values in self.held.items():
            found[self.key_of(values)].append(uid)
        return found

    def take(self, values: Values) -> None:
        """Take a record into the picture that a row creates."""
        self.held[values["uid"]] = values
        alike = self.by_key.setdefault(self.key_of(values), [])
        if values["uid"] not in alike:  # the first look at the keys has found it among those held
            alike.append(values["uid"])


@dataclass
class OfKinds(KeptRecords):
    """Records each of which is of a kind that a district may add."""

    _kinds: Kinds | None = None

    def load(self) -> Kinds:
        """The kinds of the register."""
        raise NotImplementedError

    @property
    def kinds(self) -> Kinds:
        """The kinds of the register, and those that rows of this import add."""
        if self._kinds is None:
            self._kinds = self.load()
        return self._kinds

    def add_kind(self, kind: WorkKind) -> None:
        """Take a kind into the picture that a row adds."""
        self._kinds = replace(self.kinds, kinds=(*self.kinds.kinds, kind))
