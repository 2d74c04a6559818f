"""What a register holds, looked at from inside: its batches, what is wrong with it, and whether its log tells the same."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from models.engine import database
from models.errors import UserError
from models.journal.log import Batch
from models.opening import opening
from models.register import keys, register
from tests.aids.logged import logged
from tests.aids.speaking import PASSPHRASE
from tests.aids.state_model import contents, differences, told_again
from tests.exchange.told_by_log import rebuilt


@dataclass(frozen=True)
class Seen:
    """A register as it is: each batch as (kind, entries of the log); what is wrong; how many records of each kind."""

    batches: tuple[tuple[str, int], ...] = ()
    records: dict[str, int] = field(default_factory=dict)
    trouble: str = ""

    def between(self, before: "Seen", after: "Seen") -> bool:
        """True when it holds all of ``before`` and, batch by whole batch, the beginning of what ``after`` holds more."""
        count = len(self.batches)
        whole = self.batches == after.batches[:count] and self.batches[: len(before.batches)] == before.batches
        if self.batches == before.batches:
            return whole and self.records == before.records
        return whole and (count < len(after.batches) or self.records == after.records)


def look(folder: Path, secret: str = PASSPHRASE, journaled: bool = True) -> Seen:
    """Open the register, look it through and close it. ``journaled``: all that it holds must stand in its log."""
    try:
        opening.open_register(folder, secret)
    except UserError as error:
        return Seen(trouble=f"does not open: {error}".replace(str(folder), "…"))
    try:
        damage = database.damage(deep=True)
        trouble = f"damage: {damage[0]}" if damage else _disagreement() if journaled else ""
        entries = Counter(each.batch for each in logged())
        batches = tuple((each.kind, entries[each.uid]) for each in Batch.select().order_by(Batch.id))
        records = {kind: len(rows) for kind, rows in contents().items()}
    finally:
        register.close_register()
    return Seen(batches, records, trouble)


def _disagreement() -> str:
    """What the log says otherwise than the tables: read one entry after the other, or by what stands where laptops met."""
    met = Batch.select().where(Batch.kind == "exchange").exists()
    try:
        found = differences(contents(), rebuilt() if met else told_again())
    except (AssertionError, KeyError) as error:
        return f"the log contradicts itself: {error}"[:100]
    return f"the log and the tables disagree about a {found[0][0]}" if found else ""


@contextmanager
def quick_keys() -> Iterator[None]:
    """Inside, keys are wrapped with little work, as in the suite: hundreds of registers are opened."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keys, "COST", keys.COST | {"n": 2**10})
        yield
