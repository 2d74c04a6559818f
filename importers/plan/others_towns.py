"""In an office: rows of an import that would write into other people's towns, or make anew what stands there, are refused.

The server would refuse all of the import for one such row; so it is said of each before anything is planned. Who stands in
another town is hidden from the organizer, and told by nothing but the number, or the whole name, that the row itself says.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from importers.rows.parts import RowPart
from importers.rows.understanding import SheetView
from models import roles
from models.engine import office_users
from models.values.problems import Problem, problem
from models.values.region_index import RegionIndex

#: Kind of sheet → its fields that name records, with the kind of each.
_NAMED: dict[str, tuple[tuple[str, str], ...]] = {
    "workers": (("id_number", "worker"), ("employer", "employer"), ("union", "union")),
    "employers": (("name", "employer"), ("union", "union")),
    "unions": (("name", "union"), ("employer", "employer")),
    "headcounts": (("subject", "employer"), ("subject", "union")),
    "officers": (("union", "union"),),
    "ledger": (("union", "union"),),
    "sites": (("union", "union"),),
}
_CODE = {"worker": "stands-elsewhere", "employer": "unit-elsewhere", "union": "unit-elsewhere"}


class _Said(NamedTuple):
    """A value that names a record: at which place of the sheet, in which field, of which kind, as the register compares it."""

    place: int
    field: str
    kind: str
    text: str


def refuse(views: Sequence[SheetView], index: RegionIndex, home: str | None) -> None:
    """Tell it of each such row of these sheets; nothing where whoever imports sees all of the register."""
    if roles.sees_all():
        return
    said = {id(view): list(_said(view)) for view in views if view.kind in _NAMED}
    texts: dict[str, set[str]] = {}
    for each in (one for several in said.values() for one in several):
        texts.setdefault(each.kind, set()).add(each.text)
    elsewhere = {kind: office_users.elsewhere(kind, sorted(found)) for kind, found in texts.items()}
    own = office_users.places_here()
    for view in views:
        told: dict[int, list[Problem]] = {}
        for each in said.get(id(view), ()):
            if each.text in elsewhere[each.kind]:
                told.setdefault(each.place, []).append(problem(_CODE[each.kind], each.field))
        for place, text in _regions(view):
            uid = index.resolve(text, home).uid
            if uid is not None and not own & set(index.line(uid)[: _until_place(index, uid)]):
                told.setdefault(place, []).append(problem("not-your-town", "region", written=text[:30]))
        for place, problems in told.items():
            known = {each.code for each in view.rows[place].problems}
            new = [each for each in problems if each.code not in known]
            if new:
                view.rows.tell(place, new)


def _until_place(index: RegionIndex, uid: str) -> int:
    """How many regions there are from one up to the first to which rows can belong."""
    line = index.line(uid)
    return next((at for at, each in enumerate(line, 1) if index.level(each) in ("town", "district", "zone", "city")), len(line))


def _said(view: SheetView) -> Iterator[_Said]:
    for field, kind in _NAMED[str(view.kind)]:
        for place, text in _column(view, field):
            yield _Said(place, field, kind, text.lower())


def _regions(view: SheetView) -> Iterator[tuple[int, str]]:
    return _column(view, "region") if view.kind in ("employers", "unions", "sites", "ledger", "regions") else iter(())


def _column(view: SheetView, name: str) -> Iterator[tuple[int, str]]:
    """What the rows of a sheet say in a field, with their places, as far as they say a text."""
    start = 0
    for part in view.rows.parts:
        for place, value in enumerate(_values(part, name), start):
            if isinstance(value, str):
                yield place, value
        start += len(part)


def _values(part: RowPart, name: str) -> list[object]:
    found: list[object] = list(part.column(name))
    for place, row in part.loud.items():
        found[place] = row.value(name)
    return found
