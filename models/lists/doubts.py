"""What in the register is in doubt and wants a look (数据待完善), counted exactly as the lists count it."""

from dataclasses import dataclass

from models.duplicates.find import duplicates
from models.editing.editing import Kind
from models.engine.database import newest_id
from models.journal.history import last_batch
from models.lists.listings import Selection
from models.lists.selection import count
from models.records.catalogue import RECORDS
from models.values.region_index import Area, RegionIndex

#: The kinds of record that can be merged; of more than so many, likenesses are looked for only when a person asks.
_ALIKE: tuple[Kind, ...] = ("worker", "employer", "union")
_MANY = 100_000


@dataclass(frozen=True, slots=True)
class Doubts:
    """Units and unions to be verified (待核实), people whose number is doubtful (证件号存疑)."""

    employers: int
    unions: int
    workers: int


def doubts(index: RegionIndex, area: Area = "") -> Doubts:
    """Count what is in doubt, of the whole register or below a region or several (uids)."""
    regions = index.below(area) if area else frozenset()
    kinds = ("employers", "unions", "workers")
    return Doubts(*(count(Selection(kind, unverified=True, regions=regions)) for kind in kinds))


class _Counted:
    """The last count of likenesses, and the batch (uid) after which it was made: comparing names is dear.

    A uid, and not the number: another register may have as many batches.
    """

    after: str | None = None
    found: dict[Kind, int | None] | None = None


def likenesses(index: RegionIndex) -> dict[Kind, int | None]:
    """How many pairs of each kind may be one and the same, in the whole register; None where there are too many records."""
    after = last_batch()
    if _Counted.found is None or after != _Counted.after:
        _Counted.found = {
            kind: None if newest_id(RECORDS[kind]) > _MANY else len(duplicates(kind, index)) for kind in _ALIKE
        }
        _Counted.after = after
    return _Counted.found
