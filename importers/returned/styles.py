"""Styles for the cells that are changed in somebody's workbook: their own ones with another fill, and ours."""


from importers.returned.xml import (
    Element,
    NotUnderstood,
    opening_tag,
    taken_apart,
    with_tag,
)
from importers.workbook.writing import AMBER, RED

_TEXT_FORMAT = b"49"


class Styles:
    """The styles part: gives style numbers on demand, and is written at the end with those that were asked for."""

    def __init__(self, xml: bytes) -> None:
        """Take the part apart. NotUnderstood when it is not of the plain kind."""
        self._part: Element = taken_apart(xml)
        fills, formats = self._part.child(b"fills"), self._part.child(b"cellXfs")
        if fills is None or formats is None:
            raise NotUnderstood("styles")
        self._fills, self._formats = ([each.xml for each in taken_apart(one.xml).children] for one in (fills, formats))
        if not self._fills or not self._formats:
            raise NotUnderstood("styles")
        self._known = len(self._formats)
        first = len(self._fills)
        self._fills += [_solid(colour) for colour in (RED, AMBER)]
        self._fill_numbers = {RED: first, AMBER: first + 1}
        self._made: dict[tuple[int, str, bool], int] = {}
        self._reason: int | None = None

    def filled(self, style: int, fill: str, as_text: bool) -> int:
        """The number of a style that looks like ``style`` with a fill, as text where digits must stay as they are typed."""
        key = (style, fill, as_text)
        if key not in self._made:
            if not 0 <= style < self._known:
                raise NotUnderstood("style")
            numbers: dict[str, bytes | int | None] = {"fillId": self._fill_numbers[fill], "applyFill": 1}
            if as_text:
                numbers |= {"numFmtId": _TEXT_FORMAT, "applyNumberFormat": 1}
            self._made[key] = self._add(with_tag(self._formats[style], **numbers))
        return self._made[key]

    def reason(self) -> int:
        """The number of the style of a long text."""
        if self._reason is None:
            self._reason = self._add(
                b'<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" '
                b'applyAlignment="1"><alignment vertical="center" wrapText="1"/></xf>'
            )
        return self._reason

    def _add(self, xml: bytes) -> int:
        self._formats.append(xml)
        return len(self._formats) - 1

    def part(self) -> bytes:
        """The part's XML with everything that was asked for."""
        lists = {b"fills": self._fills, b"cellXfs": self._formats}
        for child in self._part.children:
            if child.name in lists:
                listed = lists[child.name]
                child.xml = with_tag(opening_tag(child.xml), count=len(listed)) + b"".join(listed) + b"</%s>" % child.name
        return self._part.joined()


def _solid(colour: str) -> bytes:
    shade = colour.removeprefix("#").encode()
    return (
        b'<fill><patternFill patternType="solid"><fgColor rgb="FF%s"/><bgColor indexed="64"/></patternFill></fill>' % shade
    )
