"""What in a workbook speaks of a sheet's rows from outside the sheet: names, tables, the places of pictures."""

import re
from collections.abc import Collection, Mapping

from importers.returned.moves import Moves
from importers.returned.xml import (
    MAIN,
    Child,
    NotUnderstood,
    attribute,
    opening_tag,
    taken_apart,
    unescaped,
    with_tag,
)

_ANCHOR = re.compile(rb"<(xdr:(?:twoCellAnchor|oneCellAnchor))\b.*?</\1>", re.DOTALL)
_PLACE = re.compile(rb"(<xdr:row>)(\d+)(</xdr:row>)")


def workbook(xml: bytes, moves: Mapping[str, Moves], hidden: Collection[str], first: str) -> bytes:
    """The workbook's own part: ``hidden`` sheets hidden, ``first`` the one that is seen first, names after the moves."""
    book = taken_apart(xml)
    listed = book.child(b"sheets")
    if attribute(book.opening, b"xmlns") != MAIN or listed is None:
        raise NotUnderstood("workbook")
    sheets = taken_apart(listed.xml)
    names = [unescaped(attribute(each.xml, b"name") or b"") for each in sheets.children]
    for each, name in zip(sheets.children, names, strict=True):
        if name in moves:
            each.xml = with_tag(each.xml, state=b"hidden" if name in hidden else None)
    listed.xml = sheets.joined()
    views, defined = book.child(b"bookViews"), book.child(b"definedNames")
    if views is not None:
        views.xml = _first_seen(views, names.index(first))
    if defined is not None:
        defined.xml = _renamed(defined, moves)
    return book.joined()


def _first_seen(listed: Child, active: int) -> bytes:
    views = taken_apart(listed.xml)
    for each in views.children:
        each.xml = with_tag(each.xml, activeTab=active, firstSheet=None)
    return views.joined()


def _renamed(listed: Child, moves: Mapping[str, Moves]) -> bytes:
    names = taken_apart(listed.xml)
    for each in names.children:
        tag = opening_tag(each.xml)
        if tag.endswith(b"/>"):
            continue
        text = each.xml[len(tag) : each.xml.rindex(b"</")]
        for sheet, move in moves.items():
            text = move.named(text, sheet)
        each.xml = tag + text + b"</definedName>"
    return names.joined()


def moved_table(xml: bytes, moves: Moves) -> bytes:
    """A table over the rows that are left; one row at least stays below its header, and its filter is open."""
    table = taken_apart(xml)
    area = (attribute(table.opening, b"ref") or b"").decode()
    top, bottom = (int(re.sub(r"\D", "", each)) for each in area.split(":"))
    moved = moves.rows(top, bottom)
    if attribute(table.opening, b"xmlns") != MAIN or moved is None or moves.row(top) is None:
        raise NotUnderstood("table")
    last = max(moved[1], moved[0] + 1)
    left, right = (re.sub(r"\d", "", each) for each in area.split(":"))
    table.opening = with_tag(table.opening, ref=f"{left}{moved[0]}:{right}{last}".encode())
    filtered = f'<autoFilter ref="{left}{moved[0]}:{right}{last}"/>'.encode()
    kept = [each for each in table.children if each.name != b"sortState"]
    table.children = [Child(each.name, filtered) if each.name == b"autoFilter" else each for each in kept]
    return table.joined()


def moved_drawing(xml: bytes, moves: Moves) -> bytes:
    """The pictures beside the rows that are left; one that hangs on a row that is taken out goes with it."""

    def moved(anchor: re.Match[bytes]) -> bytes:
        rows = [int(found[2]) + 1 for found in _PLACE.finditer(anchor[0])][:2]
        placed = moves.row(rows[0]) if rows else None
        if placed is None:
            return b"" if rows else anchor[0]
        shift = placed - rows[0]
        return _PLACE.sub(lambda found: b"%s%d%s" % (found[1], int(found[2]) + shift, found[3]), anchor[0])

    return _ANCHOR.sub(moved, xml)
