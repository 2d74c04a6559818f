"""What people read of a conflict and of records that may be one: names instead of uids, numbers covered."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from models.engine import database
from models.exchange.conflicts import Conflict, Side
from models.journal.log import WHOLE
from models.language import _
from models.lists.called import called
from models.own_names import is_own
from models.records.catalogue import RECORDS, references, referred_kinds, title_of
from models.values.columns import column_of, own_columns
from models.values.region_index import RegionIndex


class ToldConflict(NamedTuple):
    """A conflict in words: what kind of record, its name, the field's title, and what each side says."""

    name: str
    title: str
    mine: Any
    theirs: tuple[Any, ...]
    shown: Any


def told(conflicts: Iterable[Conflict], index: RegionIndex, masked: bool = True) -> list[ToldConflict]:
    """Conflicts in words, in their order; ``masked``: numbers are covered."""
    wanted = list(conflicts)
    names = called({kind: [each.uid for each in wanted if each.kind == kind] for kind in {each.kind for each in wanted}})
    return [
        ToldConflict(
            names.get(each.uid, ""), _("整条记录") if each.field == WHOLE else title_of(RECORDS[each.kind], each.field),
            _side(each, each.mine, index, masked), tuple(_side(each, side, index, masked) for side in each.theirs),
            None if each.field == WHOLE else as_text(each.kind, each.field, each.shown, index, masked),
        )
        for each in wanted
    ]  # fmt: skip


def _side(of: Conflict, side: Side, index: RegionIndex, masked: bool) -> Any:
    if of.field == WHOLE:
        return "removed" if side.gone else "kept"
    return as_text(of.kind, of.field, side.value, index, masked)


def as_text(kind: str, name: str, value: Any, index: RegionIndex, masked: bool = True) -> Any:
    """A value of a field as JSON has it; of a reference the name of what it refers to, where that has one."""
    record = RECORDS[kind]
    if value is None:
        return None
    if (record, name) in references():
        return _name(referred_kinds(record, name), str(value), index)
    if is_own(name) and name not in (column.name for column in own_columns(record)):
        return value
    return column_of(record, name).kind.export(value, masked=masked, beside_birth=False)


def _name(kinds: tuple[str, ...], uid: str, index: RegionIndex) -> str:
    if kinds == ("region",):
        return index.path(uid) if uid in index.entries else uid
    for kind in kinds:
        if next(iter(database.fetch_in(RECORDS[kind], "uid", [uid], ("uid",))), None):
            return called({kind: [uid]}).get(uid, uid)
    return uid
