"""What the register holds of the work ledger, as the plan of an import needs it."""

from importers.plan.kept import Key, OfKinds
from models.engine.record import Values
from models.ledger.kinds import Kinds, load_kinds
from models.records.ledger import LedgerEntry
from models.values.cleaning import normal_name
from models.values.codes import fold


class Ledger(OfKinds):
    """Kinds and entries; entries of one key are about the same piece of work, however its numbers were counted."""

    record = LedgerEntry

    def load(self) -> Kinds:
        """See :class:`OfKinds`."""
        return load_kinds()

    def key_of(self, values: Values) -> Key:
        """See :class:`importers.plan.kept.KeptRecords`."""
        title, organization = values.get("title"), values.get("organization")
        return (
            *(str(values.get(name) or "") for name in ("ledger_kind", "date", "union", "region", "worker", "recipient")),
            fold(str(values.get("parties") or "")),
            fold(str(title or "")),
            normal_name(str(organization or "")),
        )
