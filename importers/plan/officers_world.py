"""What the register holds of officers, as the plan of an import needs it."""

from importers.plan.kept import KeptRecords, Key
from models.engine.record import Values
from models.records.officer import Officer


class Officers(KeptRecords):
    """All posts; those of one union are looked through together."""

    record = Officer

    def key_of(self, values: Values) -> Key:
        """See :class:`importers.plan.kept.KeptRecords`."""
        return (str(values["union"]),)

    def of_union(self, union: str) -> list[Values]:
        """The posts of a union (uid), those that rows of this import add too; they may be changed in place."""
        return [self.held[uid] for uid in self.by_key.get((union,), ())]
