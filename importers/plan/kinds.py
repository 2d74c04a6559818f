"""Of which kind a row's work or thing is, where a district may add kinds; what a row changes of a record that is found again."""

from collections.abc import Callable
from typing import NamedTuple

from importers.plan.blanks import apply_policies
from importers.plan.choosing import chosen
from importers.plan.context import SheetContext
from importers.plan.kept import KeptRecords, OfKinds
from importers.plan.steps import Create, Step, Update
from importers.plan.world import World
from models.engine.record import Record, Values
from models.ledger.kinds import WorkKind
from models.records.catalogue import stored_names
from models.uid import new_uid
from models.values.problems import problem


class KindField(NamedTuple):
    """The field that names the kind, the class of kinds, and the codes of what is asked: none is named, or none is known.

    ``values_of(name)``: the values of a new kind.
    """

    name: str
    record: type[Record]
    missing: str
    unknown: str
    values_of: Callable[[str], Values]


def told_kind(kept: OfKinds, context: SheetContext) -> WorkKind | None:
    """The kind that the sheet is called by."""
    return next((found for text in context.called if (found := kept.kinds.within(text))), None)


def kind_of_row(
    made: Step, kept: OfKinds, field: KindField, meant: str | None, world: World, context: SheetContext
) -> WorkKind | None:
    """The kind of a row: the one that a person ``meant`` (uid), that its column writes, that its sheet is called by.

    None when that is a question, or nobody says.
    """
    kinds = kept.kinds
    if meant in kinds.by_uid:
        return kinds.by_uid[str(meant)]
    told, written = told_kind(kept, context), made.row.values.get(field.name)
    if written is None:
        if told is None:
            made.problems.append(problem(field.missing, field.name))
        return told
    found = kinds.find(str(written))
    if found is not None:
        return found
    if context.answers.get(made.number, "") == "new":
        return _new(str(written), kept, field, world)
    near = dict.fromkeys([*([told.uid] if told else []), *(each.uid for each in kinds.near(str(written)))])
    made.action = "conflict"
    made.problems.append(problem(field.unknown, field.name, name=written).among(near))
    return None


def _new(name: str, kept: OfKinds, field: KindField, world: World) -> WorkKind:
    """A kind that a person wants to be new: created when the row is applied, and known to all later rows."""
    values = field.values_of(name)
    world.founders[values["uid"]] = Create(field.record, values)
    kind = WorkKind(values["uid"], values["name"], "", (), (), True)
    kept.add_kind(kind)
    return kind


def create(made: Step, wanted: Values, kept: KeptRecords) -> None:
    """The row brings a new record, known to all later rows."""
    values: Values = {"uid": new_uid()} | {name: wanted.get(name) for name in stored_names(kept.record)}
    made.action, made.target = "new", str(values["uid"])
    made.writes.append(Create(kept.record, dict(values)))
    kept.take(values)


def change(made: Step, uid: str, wanted: Values, kept: KeptRecords, lasting: frozenset[str], context: SheetContext) -> None:
    """The row speaks of a record that is held: what differs is changed; a blank cell never clears the ``lasting`` fields."""
    held = kept.held[uid]
    made.action, made.target = "same", uid
    changes = {name: (held.get(name), value) for name, value in wanted.items() if held.get(name) != value}
    if context.blanks:
        changes = apply_policies(changes, held, made.row, set(stored_names(kept.record)) - lasting, context)
    changes = chosen(made, kept.record, uid, changes, context)
    if changes:
        made.action = "updated"
        made.writes.append(Update(kept.record, uid, changes))
        held.update({name: after for name, (_before, after) in changes.items()})
