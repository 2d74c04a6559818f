"""One sheet's XML on its way into the returned workbook: what stands before its rows, the rows, what stands after them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from importers.columns.header_text import letter
from importers.returned.answers import WIDTHS, Answers
from importers.returned.moves import Moves
from importers.returned.rows import Rows
from importers.returned.styles import Styles
from importers.returned.xml import (
    LINKS,
    MAIN,
    Child,
    NotUnderstood,
    attribute,
    beginning,
    children_of,
    tag_name,
    taken_apart,
    with_attribute,
    with_tag,
)

_ROWS = re.compile(rb"<sheetData\b[^>]*>")
_END = b"</sheetData>"
_LONGEST_EDGE = 64 << 20
_AREAS = re.compile(rb"(\ssqref=\"|<xm:sqref>)([^\"<]*)")
_FORMULAS = re.compile(rb"(<(?:formula1?|formula2|xm:f)>)([^<]*)(?=</)")
_ROW_OF = re.compile(rb"\d+\Z")
#: Elements after the rows that would point at the wrong ones, and that nobody misses.
_LEFT_OUT = frozenset({b"scenarios", b"sortState", b"customSheetViews", b"rowBreaks", b"cellWatches", b"smartTags"})
#: The element for comments stands before these (ECMA-376, part 1, 18.3.1.99).
_AFTER_COMMENTS = frozenset({
    b"legacyDrawingHF", b"drawingHF", b"picture", b"oleObjects", b"controls", b"webPublishItems", b"tableParts", b"extLst",
    b"mc:AlternateContent",
})  # fmt: skip


@dataclass(frozen=True)
class SheetPlace:
    """How one sheet is changed. ``comments``: the link to its new comments, empty when it gets none or has some already.

    ``active``: the sheet that is seen first.
    """

    told: Answers
    moves: Moves
    styles: Styles
    comments: bytes
    active: bool


def changed(blocks: Iterator[bytes], place: SheetPlace) -> Iterator[bytes]:
    """The sheet's XML with only the rows worth telling, from its blocks. NotUnderstood when it is not of the plain kind."""
    filled = place.told.sheet.rows[-1].number if place.told.sheet.rows else 0
    rows = Rows(place.told, place.moves, place.styles, filled)
    rest, start = _until_rows(blocks)
    yield _head(rest[: start.start()], place, filled) + start[0]
    rest = rest[start.end() :]
    while _END not in rest:
        end = rest.rfind(b"</row>") + len(b"</row>")
        if end >= len(b"</row>"):
            yield rows.changed(rest[:end])
            rest = rest[end:]
        block = next(blocks, None)
        if block is None or len(rest) > _LONGEST_EDGE:
            raise NotUnderstood("rows")
        rest += block
    last, _found, tail = rest.partition(_END)
    yield rows.changed(last)
    rows.done()
    for block in blocks:
        tail += block
        if len(tail) > _LONGEST_EDGE:
            raise NotUnderstood("tail")
    yield _END + _tail(tail, place)


def _until_rows(blocks: Iterator[bytes]) -> tuple[bytes, re.Match[bytes]]:
    rest = b""
    for block in blocks:
        rest += block
        start = _ROWS.search(rest)
        if start is not None:
            if start[0].endswith(b"/>"):
                break
            return rest, start
        if len(rest) > _LONGEST_EDGE:
            break
    raise NotUnderstood("head")


def _head(xml: bytes, place: SheetPlace, filled: int) -> bytes:
    """What stands before the rows: size, view and columns as they will be."""
    before, children = beginning(xml)
    root = before[before.rindex(b"<") :]
    if tag_name(root) != b"worksheet" or attribute(root, b"xmlns") != MAIN:
        raise NotUnderstood("worksheet")
    made = []
    columns = None
    for child in children:
        if child.name == b"sheetPr":
            made.append(with_tag(child.xml, filterMode=None))
        elif child.name == b"dimension":
            made.append(with_tag(child.xml, ref=_size(place, filled)))
        elif child.name == b"sheetViews":
            made.append(_views(child, place))
        elif child.name == b"cols":
            columns = child
        else:
            made.append(child.xml)
    if place.told.told:
        made.append(_columns(columns, place.told))
    elif columns is not None:
        made.append(columns.xml)
    return before + b"".join(made)


def _size(place: SheetPlace, filled: int) -> bytes:
    told = place.told
    right = max(max((len(row.values) for row in told.sheet.rows), default=1), told.column + len(WIDTHS))
    bottom = max(place.moves.row(filled) or place.moves.first - 1 + len(place.moves.kept), 1)
    return b"A1:%s%d" % (letter(right - 1).encode(), bottom)


def _views(child: Child, place: SheetPlace) -> bytes:
    """The views without the places where somebody had scrolled and clicked; which sheet is chosen is said anew."""
    views = taken_apart(child.xml)
    for each in views.children:
        view = taken_apart(each.xml)
        for name, value in ((b"topLeftCell", None), (b"tabSelected", b"1" if place.active else None)):
            view.opening = with_attribute(view.opening, name, value)
        view.children = [one for one in view.children if one.name != b"selection"]
        for one in view.children:
            one.xml = _unscrolled(one.xml) if one.name == b"pane" else one.xml
        each.xml = view.joined()
    return views.joined()


def _unscrolled(pane: bytes) -> bytes:
    corner, split = attribute(pane, b"topLeftCell"), attribute(pane, b"ySplit")
    if corner is None:
        return pane
    row = int(split) + 1 if split is not None and split.isdigit() and attribute(pane, b"state") == b"frozen" else 1
    return with_tag(pane, topLeftCell=_ROW_OF.sub(b"%d" % row, corner))


def _columns(child: Child | None, told: Answers) -> bytes:
    """The columns' widths: theirs, with faulty columns shown again, and ours in the place of what stood there."""
    first = told.column + 1
    last = first + len(WIDTHS) - 1
    faulty = {column + 1 for _row, answer in told for column in answer.faults} if _hides(child) else set()
    made: list[tuple[int, bytes]] = []
    for each in taken_apart(child.xml).children if child else ():
        left, right = (int(attribute(each.xml, name) or 0) for name in (b"min", b"max"))
        xml = with_tag(each.xml, hidden=None) if any(left <= column <= right for column in faulty) else each.xml
        for start, end in ((left, min(right, first - 1)), (max(left, last + 1), right)):
            if start <= end:
                made.append((start, with_tag(xml, min=start, max=end)))
    for column, width in enumerate(WIDTHS, start=first):
        made.append((column, b'<col min="%d" max="%d" width="%d" customWidth="1"/>' % (column, column, width)))
    return b"<cols>" + b"".join(xml for _start, xml in sorted(made)) + b"</cols>"


def _hides(child: Child | None) -> bool:
    return child is not None and b" hidden=" in child.xml


def _tail(xml: bytes, place: SheetPlace) -> bytes:
    """What stands after the rows, with every reference to rows as it is after the move."""
    children, end = children_of(xml)
    if xml[end:].strip() != b"</worksheet>":
        raise NotUnderstood("tail")
    made = [Child(child.name, _moved(child, place)) for child in children if child.name not in _LEFT_OUT]
    if place.comments:
        if any(child.name == b"legacyDrawing" for child in made):
            raise NotUnderstood("comments")
        at = next((at for at, child in enumerate(made) if child.name in _AFTER_COMMENTS), len(made))
        link = b'<legacyDrawing xmlns:r="%s" r:id="%s"/>' % (LINKS, place.comments)
        made.insert(at, Child(b"legacyDrawing", link))
    return b"".join(child.xml for child in made) + xml[end:]


def _moved(child: Child, place: SheetPlace) -> bytes:
    moves = place.moves
    if child.name == b"mergeCells":
        return _merged(child, place)
    if child.name == b"autoFilter":
        area = moves.area((attribute(child.xml, b"ref") or b"").decode())
        return b'<autoFilter ref="%s"/>' % area.encode() if area else b""
    if child.name == b"hyperlinks":
        return _linked(child, moves)
    xml = _AREAS.sub(lambda found: found[1] + moves.areas(found[2].decode()).encode(), child.xml)
    return _FORMULAS.sub(lambda found: found[1] + (moves.formula(found[2], near=True) or found[2]), xml)


def _merged(child: Child, place: SheetPlace) -> bytes:
    """The merged cells that are left; below the header they end before our columns."""
    left = []
    for each in taken_apart(child.xml).children:
        area = place.moves.area((attribute(each.xml, b"ref") or b"").decode())
        corner, _colon, other = (area or "").partition(":")
        if area and other and corner != other and not _over_answers(corner, other, place):
            left.append(b'<mergeCell ref="%s"/>' % area.encode())
    return b'<mergeCells count="%d">%s</mergeCells>' % (len(left), b"".join(left)) if left else b""


_PLACE = re.compile(r"([A-Z]+)(\d+)")


def _over_answers(corner: str, other: str, place: SheetPlace) -> bool:
    """True for a merged range of the table's rows that reaches into our columns: it would hide the answer."""
    first, last = _PLACE.fullmatch(corner), _PLACE.fullmatch(other)
    if first is None or last is None:
        return True
    first_row, last_row = place.moves.first, place.moves.first + len(place.moves.kept) - 1
    ours = letter(place.told.column)
    reaches = (len(last[1]), last[1]) >= (len(ours), ours)
    return reaches and int(first[2]) <= last_row and int(last[2]) >= first_row


def _linked(child: Child, moves: Moves) -> bytes:
    left = []
    for each in taken_apart(child.xml).children:
        area = moves.area((attribute(each.xml, b"ref") or b"").decode())
        if area:
            left.append(with_tag(each.xml, ref=area.encode()))
    return b"<hyperlinks>" + b"".join(left) + b"</hyperlinks>" if left else b""
