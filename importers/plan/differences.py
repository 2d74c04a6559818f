"""What a row says otherwise than the register, value by value, and which of the two counts; words for what they refer to."""

from typing import NamedTuple

from importers.plan.choosing import FOLLOWERS
from importers.plan.steps import Create, Plan, Step, Update
from importers.rows.decisions import Choice
from models.engine.record import Record
from models.ledger.kinds import load_kinds
from models.lists import selection
from models.lists.listings import Selection
from models.values.columns import Column, Stored, column_of
from models.values.kinds import Place, Reference
from models.values.region_index import RegionIndex


class Difference(NamedTuple):
    """One value of a record that a row says otherwise. ``cell``: the field of the sheet; ``because``: see ``steps.KeptValue``."""

    record: type[Record]
    name: str
    cell: str
    old: Stored
    new: Stored
    choice: Choice
    because: str = ""

    @property
    def column(self) -> Column:
        """The declaration of the field."""
        return column_of(self.record, self.name)

    @property
    def to_choose(self) -> bool:
        """True where a person may choose: something is held, and the field does not follow from another."""
        return self.old is not None and self.name not in FOLLOWERS


def differences(step: Step) -> list[Difference]:
    """The differences of a row in the order of its writes, what stays last; what only points at the row's own record left out."""
    found = [
        Difference(write.record, name, write.cells.get(name, name), before, after, "new")
        for write in step.writes
        if isinstance(write, Update)
        for name, (before, after) in write.changes.items()
        if after != step.target
    ]
    return found + [
        Difference(each.record, each.name, each.cell, each.held, each.offered, "old", each.because)
        for each in step.kept
    ]


def to_choose(step: Step) -> list[Difference]:
    """Those among which a person may choose, of a row that is not refused and asks nothing."""
    return [each for each in differences(step) if each.to_choose] if step.action in ("updated", "same") else []


def reference_names(plan: Plan, index: RegionIndex) -> dict[str, str]:
    """The names of all records that changed rows refer to, by uid. Asks the register only when a row changes such a field."""
    names = {uid: str(founder.values.get("name") or "") for uid, founder in plan.founders.items()}
    wanted: set[str] = set()
    for step in (step for sheet in plan.sheets for step in sheet.steps.decided()):
        if step.action != "updated" and not step.kept:
            continue
        said = [(each.column, value) for each in differences(step) for value in (each.old, each.new)] + creations(step)
        wanted.update(value for column, value in said if isinstance(column.kind, Reference) and isinstance(value, str))
    wanted.update(each.employer for sheet in plan.sheets for each in (*sheet.missing, *sheet.again) if each.employer)
    for kind in ("unions", "employers"):
        if wanted - names.keys():
            names |= {row["uid"]: str(row["name"] or "") for row in selection.rows(Selection(kind), index)}
    if wanted - names.keys():
        names |= {each.uid: each.name for each in load_kinds().kinds}
    return names


def creations(step: Step) -> list[tuple[Column, Stored]]:
    """(declaration, value) of everything that a row creates; what only points at the row's own record left out."""
    return [
        (column_of(record, name), value)
        for write in step.writes
        if isinstance(write, Create)
        for record, values in ((write.record, write.values), *write.facts)
        for name, value in values.items()
        if name != "uid" and value not in (None, step.target)
    ]


def shown(
    column: Column, value: Stored, names: dict[str, str], index: RegionIndex, masked: bool, beside: bool = False
) -> str:
    """A value as a person reads it, "" for none. ``names``: of records, by uid; ``beside``: a birth date stands next to it."""
    if value is None:
        return ""
    if isinstance(column.kind, Place):
        return index.path(str(value)) if str(value) in index.entries else str(value)
    if isinstance(column.kind, Reference):
        return names.get(str(value), str(value))
    return column.kind.show(value, masked=masked, beside_birth=beside)
