"""One field set for many records at once: the group of a hundred couriers, the town of fifty enterprises."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from models.editing.dissolving import ends, write_ending
from models.editing.editing import CLASSES, Kind, lineage, typed_columns, understand
from models.engine import database
from models.errors import UnreadField, UserError
from models.journal.writer import Author, batch, number_of
from models.language import _
from models.values.columns import Column, Plain, Stored
from models.values.region_index import RegionIndex

#: What tells one record from another is never the same for many.
_OWN = {"name", "id_number", "id_type", "phone", "birth_date", "credit_code", "member_number", "former_names", "sex", "ethnicity",
        "approval_number", "residence_address", "application_place", "note", "closed_on", "dissolved_on"}  # fmt: skip


@dataclass(frozen=True)
class Filled:
    """What came of setting a field: the batch's number (None for no change), how many records changed."""

    batch: int | None
    changed: int


def common_columns(kind: Kind) -> list[Column]:
    """The fields that it makes sense to set for many records of a kind at once."""
    return [column for column in typed_columns(kind) if column.name not in _OWN]


def read_field(kind: Kind, name: str, plain: Plain, today: dt.date, index: RegionIndex) -> Stored:
    """What would be stored of what was typed for a field of many records.

    UserError when it cannot be read. KeyError for a field that is not among :func:`common_columns`.
    """
    column = next((each for each in common_columns(kind) if each.name == name), None)
    if column is None:
        raise KeyError(name)
    understood = understand(kind, {name: plain}, {}, today, index)
    told = next((each for each in understood.problems if each.column == name and each.level == "error"), None)
    if told is not None:
        raise UnreadField(name, _("“{title}”：{problem}。").format(title=column.title, problem=told.text.rstrip("。.")))
    return understood.values.get(name)


def set_field(
    kind: Kind, uids: Sequence[str], name: str, plain: Plain, author: Author, today: dt.date, index: RegionIndex,
    progress: Callable[[int, int], None] | None = None,
) -> Filled:  # fmt: skip
    """Set one field of many records to what was typed ("" empties it), as one batch. UserError and KeyError as in read_field."""
    value = read_field(kind, name, plain, today, index)
    rows = [row for row in database.fetch_in(CLASSES[kind], "uid", uids, ("uid", name)) if row[1] != value]
    if name == "parent" and not set(lineage(value)).isdisjoint(uids):
        raise UserError(_("一个工会不能是它自己的上级，也不能在它下级的下面。"))
    with batch("edit", author, {"kind": kind, "field": name, "records": len(rows)}) as writer:
        for done, (uid, before) in enumerate(rows):
            if progress is not None:
                progress(done, len(rows))
            writer.update(CLASSES[kind], uid, {name: (before, value)})
            if kind == "union" and ends({name: before}, {name: value}):
                write_ending(writer, uid, None, None, today.isoformat())
    return Filled(number_of(writer), len(rows))
