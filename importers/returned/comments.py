"""Comments on faulty cells: the comments part, and the boxes in which spreadsheet programs show them (VML)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from importers.columns.header_text import letter
from importers.returned.moves import Moves
from importers.returned.xml import (
    MAIN,
    NotUnderstood,
    attribute,
    escaped,
    opening_tag,
    taken_apart,
    unescaped,
    with_tag,
)
from importers.workbook.sheet_part import column_of

#: The author of our comments. Chinese whatever the language: when the workbook comes back, ours are known by it.
AUTHOR = "建会通"
_PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_SHAPE = re.compile(rb"<v:shape\b.*?</v:shape>", re.DOTALL)
_OBJECT = re.compile(rb"ObjectType=[\"'](\w+)[\"']")
_NAMESPACES = (b"xmlns:v=", b"xmlns:o=", b"xmlns:x=")
_NOTE = re.compile(rb"<x:ClientData\b[^>]*ObjectType=[\"']Note[\"']")
_END = b"</xml>"
_EMPTY_BOXES = (
    b'<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    b'xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/>'
    b"</o:shapelayout></xml>"
)
_SHAPE_TYPE = (
    b'<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    b'<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_BOX = (
    b'<v:shape id="_x0000_s%d" type="#_x0000_t202" style="position:absolute;width:216pt;height:60pt;z-index:1;'
    b'visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow on="t" '
    b'color="black" obscured="t"/><v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto">'
    b'<div style="text-align:left"></div></v:textbox><x:ClientData ObjectType="Note"><x:MoveWithCells/>'
    b"<x:SizeWithCells/><x:Anchor>%d, 15, %d, 2, %d, 15, %d, 10</x:Anchor><x:AutoFill>False</x:AutoFill>"
    b"<x:Row>%d</x:Row><x:Column>%d</x:Column></x:ClientData></v:shape>"
)
#: Numbers of our boxes begin here, beyond those that a sheet's own shapes have.
_FIRST_BOX = 60_000


@dataclass(frozen=True, slots=True)
class Comment:
    """A text for a cell: row from 1, column from 0, as they are in the returned workbook."""

    row: int
    column: int
    text: str


def merged(xml: bytes | None, ours: Sequence[Comment], moves: Moves) -> tuple[bytes, list[tuple[int, int]]]:
    """A comments part with the sender's comments (``xml``, moved) and ours, and the cells (row, column) that have one.

    Ours of an earlier return are taken out. A cell that has a comment of theirs keeps it, with our text below.
    """
    authors, theirs = _theirs(xml, moves) if xml else ([], {})
    authors.append(b"<author>%s</author>" % AUTHOR.encode())
    number = len(authors) - 1
    found = dict(theirs)
    for each in ours:
        place = (each.row, each.column)
        held = theirs.get(place)
        text = escaped(each.text)
        found[place] = _new(each, number, text) if held is None else _with_text(held, text)
    places = sorted(found)
    comments = b"".join(found[place] for place in places)
    part = (
        b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<comments xmlns="%s"><authors>%s</authors>'
        b"<commentList>%s</commentList></comments>" % (MAIN, b"".join(authors), comments)
    )
    return part, places


def _theirs(xml: bytes, moves: Moves) -> tuple[list[bytes], dict[tuple[int, int], bytes]]:
    part = taken_apart(xml)
    named, listed = part.child(b"authors"), part.child(b"commentList")
    if named is None or listed is None or attribute(part.opening, b"xmlns") != MAIN:
        raise NotUnderstood("comments")
    authors = [each.xml for each in taken_apart(named.xml).children]
    own = {b"%d" % at for at, xml in enumerate(authors) if unescaped(_text_of(xml)) == AUTHOR}
    found = {}
    for each in taken_apart(listed.xml).children:
        place = _PLACE.fullmatch((attribute(each.xml, b"ref") or b"").decode())
        if place is None:
            raise NotUnderstood("comments")
        row = moves.row(int(place[2]))
        if row is None or attribute(each.xml, b"authorId") in own:
            continue
        # other namespaces are declared at the old root, and what they say of a comment is of no use without it
        xml = re.sub(rb"\s(?:xr|mc|x14ac):\w+=\"[^\"]*\"", b"", opening_tag(each.xml)) + each.xml[len(opening_tag(each.xml)) :]
        found[row, column_of(place[1].encode())] = with_tag(xml, ref=b"%s%d" % (place[1].encode(), row))
    return authors, found


def _text_of(xml: bytes) -> bytes:
    return re.sub(rb"<[^>]*>", b"", xml)


def _new(comment: Comment, author: int, text: bytes) -> bytes:
    return (
        b'<comment ref="%s%d" authorId="%d"><text><r><rPr><sz val="9"/><rFont val="\xe5\xae\x8b\xe4\xbd\x93"/></rPr>'
        b'<t xml:space="preserve">%s</t></r></text></comment>' % (letter(comment.column).encode(), comment.row, author, text)
    )


def _with_text(comment: bytes, text: bytes) -> bytes:
    """A comment of theirs with a line of ours: their runs stay, their phonetic hints go."""
    inside = taken_apart(comment).child(b"text")
    runs = b""
    for each in taken_apart(inside.xml).children if inside else ():
        runs += each.xml if each.name == b"r" else b"<r>%s</r>" % each.xml if each.name == b"t" else b""
    added = b'<r><t xml:space="preserve">\n%s\xef\xbc\x9a%s</t></r>' % (AUTHOR.encode(), text)
    return opening_tag(comment) + b"<text>" + runs + added + b"</text></comment>"


def boxes(vml: bytes | None, places: Sequence[tuple[int, int]]) -> bytes:
    """The drawing with a box for each commented cell; shapes that are no comments (buttons) stay as they are."""
    others = set(_OBJECT.findall(vml or b"")) - {b"Note"}
    drawing = vml if vml and others else _EMPTY_BOXES
    end = drawing.rfind(_END)
    if end < 0 or b"<!" in drawing or not all(each in drawing for each in _NAMESPACES):
        raise NotUnderstood("boxes")
    kept = _SHAPE.sub(lambda shape: b"" if _NOTE.search(shape[0]) else shape[0], drawing[:end])
    kind = b"" if b'"_x0000_t202"' in kept else _SHAPE_TYPE
    made = [
        _BOX % (_FIRST_BOX + at, column + 1, max(row - 2, 0), column + 4, row + 3, row - 1, column)
        for at, (row, column) in enumerate(places)
    ]
    return b"".join([kept, kind, *made, drawing[end:]])
