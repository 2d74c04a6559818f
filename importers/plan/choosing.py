"""Per value: what the register holds stays, or what the row says takes its place — as a person chose, else as is proposed.

Proposed is the row's value, except where it says less than the held one (:mod:`importers.plan.poorer`): that one stays, with the
reason. Only values that are held can stay; a blank is filled.
"""

from collections.abc import Mapping

from importers.plan.blanks import Changes
from importers.plan.context import SheetContext
from importers.plan.poorer import poorer
from importers.plan.steps import SAME, KeptValue, Step
from importers.rows.decisions import EVERY_FIELD, EVERY_ROW, Choice
from models.engine.record import Record
from models.records.catalogue import kind_of
from models.records.headcount import COUNTS, UPPER
from models.values.columns import column_of
from models.values.masking import quote
from models.values.problems import problem
from models.values.region_index import RegionIndex

#: Fields that follow from another one where no column of the sheet says them: they stay with it.
_FOLLOWING: Mapping[str, Mapping[str, str]] = {
    "worker": {"birth_date": "id_number", "sex": "id_number", "id_doubtful": "id_number"},
    "employer": {"non_public": "nature", "former_names": "name"},
    "union": {"former_names": "name"},
    "region": {"aliases": "name"},
    "head_count": {upper: name for name, upper in UPPER.items()},
}
#: What follows from another field and is not chosen by itself.
FOLLOWERS = frozenset({"verified", "former_names", "approximate", "id_doubtful", *UPPER.values()})


def chosen(
    made: Step, record: type[Record], uid: str, changes: Changes, context: SheetContext, cells: Mapping[str, str] = SAME,
    index: RegionIndex | None = None,
) -> Changes:  # fmt: skip
    """What remains of the changes of a record; what stays is told at the step.

    ``cells``: field of the record → field of the sheet, where they are called differently.
    """
    kept: dict[str, KeptValue] = {}
    for name, (before, after) in changes.items():
        if before is None or name in FOLLOWERS:
            continue
        cell = cells.get(name, name)
        choice = choice_of(context.values, cell, made.number) or ("old" if context.blanks.get(cell) == "fill" else None)
        because = "" if choice else poorer(column_of(record, name), before, after, index, exact=bool(made.row.key))
        if choice == "old" or because:
            kept[name] = KeptValue(record, uid, name, cell, before, after, because)
            if because:
                made.problems[:] = [each for each in made.problems if (each.code, each.column) != ("name-unsure", cell)]
                made.problems.append(problem(because, cell, written=quote(after)))
    if not kept:
        return changes
    made.kept = (*made.kept, *kept.values())
    left = {name: change for name, change in changes.items() if name not in kept}
    kind = kind_of(record)
    for follower, source in _FOLLOWING.get(kind, {}).items():
        if source in kept and follower not in context.fields:
            left.pop(follower, None)
    if kind == "head_count" and left.keys().isdisjoint(COUNTS):
        left.pop("approximate", None)
    return left


def choice_of(values: Mapping[str, Mapping[int, Choice]], cell: str, row: int) -> Choice | None:
    """What a person chose for a cell: for itself, for its row, for its column, for all, in this order; None for nothing."""
    for name, number in ((cell, row), (EVERY_FIELD, row), (cell, EVERY_ROW), (EVERY_FIELD, EVERY_ROW)):
        if given := values.get(name, {}).get(number):
            return given
    return None
