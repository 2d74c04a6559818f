"""What counts in the order in which it was learned stands behind what is there already, whatever the clock of the laptop says.

Events of one person on one day, steps of a case, counts of one day and source are put in order by their uids, which begin with a
moment. A clock that was set back, or that another laptop's was ahead of, would put what was written later before what its writer
saw. So a uid that would sort before a record of the same owner is made to sort right behind it. Every laptop orders by the uids
alone, so all have the same order; what two wrote without knowing of each other has none but that.
"""

from typing import Any

from peewee import fn

from models.engine import database
from models.engine.record import Record, Values
from models.records.drive_case import CaseStep, Contact
from models.records.headcount import HeadCount
from models.records.membership import MembershipEvent
from models.uid import uid_after

#: The records that count in the order in which they were learned, and the field that says whose each is.
OWNERS: dict[type[Record], str] = {
    MembershipEvent: "worker", CaseStep: "drive_case", Contact: "drive_case", HeadCount: "subject",
}  # fmt: skip


class Turns:
    """Gives the records of one batch their turn. Asked of the register is only what a clock that runs right makes needless."""

    def __init__(self) -> None:
        """Nothing was created yet."""
        self._newest: dict[type[Record], str] = {}
        self._last: dict[tuple[type[Record], str], str] = {}
        self._moved: dict[str, str] = {}

    def now(self, uid: str) -> str:
        """The uid of a record for whoever planned it under this one: another one, where it was moved in this batch."""
        return self._moved.get(uid, uid)

    def turn_of(self, record: type[Record], values: Values) -> str:
        """The uid of a record that is about to be created, behind all of its owner's."""
        uid, owner = str(values["uid"]), values.get(OWNERS.get(record, ""))
        if not owner:
            return uid
        if record not in self._newest:
            kept: Any = record
            self._newest[record] = str(kept.select(fn.MAX(kept.uid)).scalar() or "")
        if uid < max(self._newest[record], self._last.get((record, owner), "")):
            others = [other for (other,) in database.fetch_in(record, OWNERS[record], [owner], ("uid",))]
            behind = uid_after(uid, max([*others, self._last.get((record, owner), "")]))
            self._moved[uid] = behind
            uid = behind
        self._last[record, owner] = uid
        return uid
