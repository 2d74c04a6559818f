"""What the register holds of things that stand, as the plan of an import needs it."""

from importers.plan.kept import Key, OfKinds
from models.engine.record import Values
from models.ledger.kinds import Kinds
from models.records.site import Site
from models.sites.kinds import load_kinds
from models.values.cleaning import normal_name


class Sites(OfKinds):
    """Kinds and things; the same thing is one of the same kind and name."""

    record = Site

    def load(self) -> Kinds:
        """See :class:`OfKinds`."""
        return load_kinds()

    def key_of(self, values: Values) -> Key:
        """See :class:`importers.plan.kept.KeptRecords`."""
        return str(values.get("site_kind") or ""), normal_name(str(values.get("name") or ""))
