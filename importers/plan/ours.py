"""Sheets that a register wrote: repeating what is held is no news, and covered numbers are those of whom they were covered."""

from typing import Any

from importers.plan.world import World
from importers.rows.rows import Row
from importers.rows.understanding import SheetView
from models.engine.record import Values
from models.lists.selection import listed_columns
from models.records.forms import FORMS
from models.values.masking import is_cover
from models.values.problems import problem
from models.worklists.lists import worklists

#: Fields that follow from another one when the row does not write them; from an unchanged one nothing new follows.
_DERIVED = {"workers": ("id_number", ("birth_date", "sex")), "employers": ("nature", ("non_public",))}
#: Numbers that are covered in a list which is handed out.
_COVERED = ("id_number", "phone")
#: So many columns of a CSV are called as ours are before it is taken for one of ours: two may be anybody's.
_FEWEST = 3


def of_ours(view: SheetView) -> bool:
    """True for a list that a register wrote: its file says so, and where it cannot (CSV) all of its header is as we write it."""
    head, header = view.source.head if view.source else None, view.header
    if head is None or header is None or view.kind is None:
        return False
    if head.made == "list":
        return True
    if head.container != "text" or header.rows != (1,):
        return False
    labels = [column.label for column in listed_columns(view.kind)]
    written = [text for text in header.texts if text]
    if len(written) >= _FEWEST and written == [label for label in labels if label in set(written)]:
        return True
    more = [text for text in written if text not in set(labels)]  # the boxes of a working list
    return bool(more) and any(more == [column.label for column in each.columns] for each in worklists())


def without_derived(kind: str, values: Values, held: Values, row: Row) -> Values:
    """The values without what only follows from another one that is as it is held."""
    source, derived = _DERIVED.get(kind, ("", ()))
    if not source or values.get(source) != held.get(source):
        return values
    return {name: value for name, value in values.items() if name in row.written or name not in derived}


def is_masked(kind: str, name: str, written: str, value: Any) -> bool:
    """True when a cell shows the stored value as an export covers it."""
    field = FORMS[kind].by_name.get(name)
    if field is None or "*" not in written:
        return False
    show = field.column.kind.show
    # how numbers are covered may have been another setting when the file was written
    covered = (show(value, masked=True, beside_birth=False), show(value, masked=True, beside_birth=True))
    return written in covered or is_cover(written, str(value))


def known_by_cover(row: Row, world: World) -> Row:
    """A row of a roster whose number is covered, as the one person's of its name whom all fits that can be seen of it."""
    written = {name: str(row.written[name]) for name in _COVERED if "*" in str(row.written.get(name) or "")}
    if "id_number" not in written or row.value("name") is None:
        return row
    people = world.namesakes.named(str(row.value("name")))
    found = [uid for uid in people if _fits(world.worker(uid), written, row)]
    if len(found) != 1:
        return row
    problems = (*row.problems, problem("known-by-cover", "name"))
    return type(row)(row.number, row.values, row.written, problems, row.hidden, found[0])


def _fits(held: Values, written: dict[str, str], row: Row) -> bool:
    born, birth = row.value("birth_date"), held.get("birth_date")
    if born is not None and birth is not None and not str(birth).startswith(str(born)):
        return False
    return all(held.get(name) is not None and is_masked("workers", name, text, held[name]) for name, text in written.items())
