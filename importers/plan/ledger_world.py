"""What the register holds of the work ledger, as the plan of an import needs it: asked once, when the first row speaks of it."""

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cached_property

from importers.plan.sites_world import Key
from models.engine.record import Values
from models.ledger.kinds import Kinds, WorkKind, load_kinds
from models.records.catalogue import stored_names
from models.records.ledger import LedgerEntry
from models.values.cleaning import normal_name
from models.values.codes import fold


def key_of(entry: Values) -> Key:
    """What two entries must share to be about the same piece of work, however its numbers were counted."""
    title, organization = entry.get("title"), entry.get("organization")
    return (
        *(str(entry.get(name) or "") for name in ("ledger_kind", "date", "union", "region", "worker", "recipient")),
        fold(str(entry.get("parties") or "")),
        fold(str(title or "")),
        normal_name(str(organization or "")),
    )


@dataclass
class Ledger:
    """Kinds and entries by their keys, carried on row by row."""

    _kinds: Kinds | None = None

    @property
    def kinds(self) -> Kinds:
        """The kinds of the register, and those that rows of this import add."""
        if self._kinds is None:
            self._kinds = load_kinds()
        return self._kinds

    def add_kind(self, kind: WorkKind) -> None:
        """Take a kind into the picture that a row adds."""
        self._kinds = replace(self.kinds, kinds=(*self.kinds.kinds, kind))

    @cached_property
    def held(self) -> dict[str, Values]:
        """All entries by uid."""
        fields = [LedgerEntry._meta.fields[name] for name in ("uid", *stored_names(LedgerEntry))]
        rows = LedgerEntry.select(*fields).order_by(LedgerEntry.id).dicts()
        return {row["uid"]: dict(row) for row in rows}  # type: ignore[index, call-overload]  # the stubs keep the model's type

    @cached_property
    def by_key(self) -> dict[Key, list[str]]:
        """The uids of the entries about the same piece of work."""
        found: dict[Key, list[str]] = defaultdict(list)
        for uid, entry in self.held.items():
            found[key_of(entry)].append(uid)
        return found

    def take(self, entry: Values) -> None:
        """Take an entry into the picture that a row creates."""
        self.held[entry["uid"]] = entry
        alike = self.by_key.setdefault(key_of(entry), [])
        if entry["uid"] not in alike:  # the first look at the keys has found it among those held
            alike.append(entry["uid"])
