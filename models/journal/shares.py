"""A register that is a share (分册) of an office's: some towns' records, and of the log what tells of these alone.

Entries that tell of others are not there, and never come: how far each device is known is noted by whoever made the share, and
with each package that was given for it, for it does not follow from the entries that are there.
"""

import json
from dataclasses import dataclass, field
from typing import Any

from models.journal.log import Batch
from models.language import _

#: The kind of the batch that says that a register is a share, and of what.
SHARE = "share"
#: What its source, and that of a package that was taken, say: the towns, how far each device is known.
TOWNS, KNOWN = "towns", "share_known"


@dataclass(frozen=True)
class LogShare:
    """Of which regions (uids) a register or a package is a share, and how far of each device it is no more than that."""

    towns: frozenset[str]
    known: dict[str, int] = field(default_factory=dict)

    def told(self) -> dict[str, Any]:
        """The same for a package's manifest, or a batch's source."""
        return {TOWNS: sorted(self.towns), KNOWN: self.known}


def share_from(told: Any) -> LogShare | None:
    """A share as :meth:`LogShare.told` says it; None for anything else."""
    if not isinstance(told, dict) or not isinstance(told.get(TOWNS), list) or not isinstance(told.get(KNOWN), dict):
        return None
    if not all(isinstance(number, int) for number in told[KNOWN].values()):
        return None
    return LogShare(frozenset(map(str, told[TOWNS])), {str(device): number for device, number in told[KNOWN].items()})


def share() -> LogShare | None:
    """Of what the open register is a share; None for a whole one."""
    rows = [json.loads(row.source) for row in Batch.select(Batch.source).where(Batch.kind == SHARE).order_by(Batch.id)]
    own = next(filter(None, map(share_from, rows)), None)
    if own is None:
        return None
    known = dict(own.known)
    for row in Batch.select(Batch.source).where(Batch.kind == "exchange"):
        told = json.loads(row.source)
        for device, number in (told.get(KNOWN) or {}).items() if isinstance(told, dict) else ():
            known[device] = max(number, known.get(device, 0))
    return LogShare(own.towns, known)


def need_whole(what: str) -> None:
    """UserError where the open register is a share: ``what`` takes a whole one."""
    from models.errors import UserError

    if share() is not None:
        raise UserError(_("这本登记册是办公室分出来的一部分，{what}要用整本。").format(what=what))
