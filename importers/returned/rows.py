"""The rows of a sheet's XML: the good ones taken out, the others moved up, faulty cells coloured, our answer added."""

import re
from bisect import bisect_right
from collections import defaultdict

from importers.columns.header_text import letter
from importers.returned.answers import TITLES, Answer, Answers
from importers.returned.moves import Moves
from importers.returned.styles import Styles
from importers.returned.xml import NotUnderstood, attribute, escaped, with_attribute
from importers.workbook.sheet_part import column_of
from importers.workbook.writing import digits
from models.values.columns import Plain

_NUMBER = re.compile(rb'\sr="(\d{1,7})"')
_NOT_KEPT = re.compile(rb'\s(?:spans|hidden|collapsed)="[^"]*"')
_REFERENCE = re.compile(rb'<c r="([A-Z]{1,3})\d{1,7}"')
_CELL = re.compile(rb'<c\b((?:[^<>"]|"[^"<]*")*?)(?:/>|>(.*?)</c>)', re.DOTALL)
_COLUMN = re.compile(rb'\sr="([A-Z]{1,3})\d{1,7}"')
_STYLE = re.compile(rb'\ss="(\d+)"')
_FORMULA = re.compile(rb'<f\b((?:[^<>"]|"[^"<]*")*?)(?:/>|>([^<]*)</f>)')
_ARRAY = re.compile(rb'(<c r="[^<>]*?)\scm="\d+"')
_TEXT = b'<c r="%s%d" s="%d" t="inlineStr"><is><t>%s</t></is></c>'
_TEMPLATE = b'<c r="%s%%d" s="%d" t="inlineStr"><is><t>%s</t></is></c>'
#: How many different answers are kept as XML.
_KNOWN = 5_000
_LONGEST_TEXT = 32_000


class Rows:
    """Changes the rows of one sheet, from top to bottom."""

    def __init__(self, told: Answers, moves: Moves, styles: Styles, last_filled: int) -> None:
        """``last_filled``: the number of the last row that holds something; styled blanks below it are left out."""
        self._told, self._moves, self._styles, self._last_filled = told, moves, styles, last_filled
        self._values = {row.number: row.values for row in told.rows}
        self._letters = [letter(column).encode() for column in range(told.column + len(TITLES))]
        self._templates: dict[int, tuple[Answer, bytes]] = {}
        self._last = 0
        self._told_of = 0
        self._shared: dict[bytes, tuple[int, int, bytes]] = {}
        self._carried = self._carried_down()
        self._arrived: dict[int, list[tuple[int, bytes]]] = defaultdict(list)

    def _carried_down(self) -> dict[int, list[tuple[int, int]]]:
        """Row → (column, row to which its value goes): a merged cell's value stands in a row that is taken out."""
        found: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for top, left, bottom, _right in self._told.sheet.head.merged:
            if top < bottom and self._moves.row(top) is None:
                below = bisect_right(self._moves.kept, top)
                heirs = self._moves.kept[below : below + 1]
                if heirs and heirs[0] <= bottom and left < self._told.column:
                    found[top].append((left, heirs[0]))
        return found

    def done(self) -> None:
        """NotUnderstood unless every row worth telling went by, and the header."""
        if self._told_of != len(self._told.told) + bool(self._told.told):
            raise NotUnderstood("rows")

    def changed(self, block: bytes) -> bytes:
        """What becomes of whole rows: ``block`` begins and ends between rows."""
        if b"<!" in block:
            raise NotUnderstood("rows")
        made: list[bytes] = []
        for piece in block.split(b"</row>"):
            start = piece.find(b"<row")
            while start >= 0:
                end = piece.find(b">", start) + 1
                if end == 0:
                    raise NotUnderstood("rows")
                tag, empty = piece[start:end], piece[end - 2] == 0x2F  # "/"
                made.append(self._row(tag, b"" if empty else piece[end:]))
                start = piece.find(b"<row", end) if empty else -1
        return b"".join(made)

    def _row(self, tag: bytes, body: bytes) -> bytes:
        found = _NUMBER.search(tag)
        if found is None and (b" r=" in tag or b"'" in tag):
            raise NotUnderstood("rows")
        number = int(found[1]) if found else self._last + 1
        if number <= self._last:
            raise NotUnderstood("rows")
        self._last = number
        if not _is_regular(body):
            body = _regular(body, number)
        new = self._moves.row(number)
        if new is None or number > self._last_filled:
            self._remember(body, number)
            return b""
        answered = number in self._told.told
        titled = number == self._told.title_row and bool(self._told.told)
        if b"<f" in body:
            body = self._with_formulas(body, number)
        if new != number:
            body = _renumbered(body, new)
        if answered:
            self._told_of += 1
            body = self._answered(body, number, new)
        elif titled:
            self._told_of += 1
            body = self._titled(body, new)
        return self._tag(tag, number, new, answered or titled) + body + b"</row>"

    def _tag(self, tag: bytes, number: int, new: int, shown: bool) -> bytes:
        if shown and (b" spans=" in tag or b" hidden=" in tag or b" collapsed=" in tag):
            tag = _NOT_KEPT.sub(b"", tag)
        if tag.endswith(b"/>"):
            tag = tag[:-2] + b">"
        if new == number and b" r=" in tag:
            return tag
        return with_attribute(tag, b"r", b"%d" % new)

    def _remember(self, body: bytes, number: int) -> None:
        """What rows that stay need of one that goes: shared formulas begun there, values of cells merged down."""
        if b't="shared"' in body:
            self._with_formulas(body, number)
        for column, heir in self._carried.get(number, ()):
            cell = next((xml for at, xml in _cells(body) if at == column), None)
            if cell is not None:
                self._arrived[heir].append((column, _FORMULA.sub(b"", cell)))

    def _answered(self, body: bytes, number: int, new: int) -> bytes:
        answer = self._told.of(number)
        body = self._cleared(body)
        for at, cell in self._arrived.pop(number, ()):
            body = _with_cell(body, at, _renumbered(cell, new))
        values = self._values[number]
        for at, (fill, _text) in answer.faults.items():
            body = self._faulty(body, at, new, fill, values[at] if at < len(values) else None)
        return body + self._answer(answer, number, new)

    def _answer(self, answer: Answer, number: int, new: int) -> bytes:
        template = self._templates.get(id(answer))
        if template is None:
            if len(self._templates) > _KNOWN:
                self._templates.clear()
            # the answer is held beside its template, so that no other gets its id
            template = self._templates[id(answer)] = (answer, self._template(answer))
        return template[1] % (new, new, new, number)

    def _template(self, answer: Answer) -> bytes:
        """Our three cells, with the row's new number (three times) and its old one to be put in."""
        result, reason, row = self._letters[self._told.column :]
        style = self._styles.filled(0, answer.fill, True)
        said, why = escaped(answer.result), escaped(answer.reason[:_LONGEST_TEXT])
        return b"".join((
            _TEMPLATE % (result, style, said.replace(b"%", b"%%")),
            _TEMPLATE % (reason, self._styles.reason(), why.replace(b"%", b"%%")),
            b'<c r="%s%%d"><v>%%d</v></c>' % row,
        ))  # fmt: skip

    def _titled(self, body: bytes, new: int) -> bytes:
        """The header row with our titles, in the style of the title before them."""
        body = self._cleared(body)
        styles = [_STYLE.search(xml[: xml.index(b">")]) for _column, xml in _cells(body)]
        style = next((int(found[1]) for found in reversed(styles) if found), 0)
        for at, title in enumerate(TITLES, start=self._told.column):
            body += _TEXT % (self._letters[at], new, style, title.encode())
        return body

    def _cleared(self, body: bytes) -> bytes:
        """The cells without those of an earlier return, and without styled blanks where ours will stand."""
        last = body.rfind(b'<c r="')
        if last < 0:
            return body
        found, told = _REFERENCE.match(body, last), self._told
        if found is not None and not told.old and column_of(found[1]) < told.column:
            return body
        return b"".join(xml for column, xml in _cells(body) if column < told.column and column not in told.old)

    def _faulty(self, body: bytes, column: int, new: int, fill: str, value: Plain) -> bytes:
        """Colour a cell. A number in a column of digits becomes a text, so that what is typed over it stays one."""
        reference, as_text = b'<c r="%s%d"' % (self._letters[column], new), column in self._told.as_text
        start = body.find(reference)
        if start < 0:
            cell = b'%s s="%d"/>' % (reference, self._styles.filled(0, fill, as_text))
            return _with_cell(body, column, cell)
        end = body.find(b">", start)
        tag = body[start:end]
        found = _STYLE.search(tag)
        style = self._styles.filled(int(found[1]) if found else 0, fill, as_text)
        if as_text and isinstance(value, (int, float)) and not isinstance(value, bool) and not tag.endswith(b"/"):
            stop = body.index(b"</c>", end) + 4
            text = _TEXT % (self._letters[column], new, style, digits(value).encode())
            return body[:start] + text + body[stop:]
        rest = tag[len(reference) :] if found is None else tag[len(reference) : found.start()] + tag[found.end() :]
        return body[:start] + reference + b' s="%d"' % style + rest + body[end:]

    def _with_formulas(self, body: bytes, number: int) -> bytes:
        """The cells with their formulas after the move; one that cannot be moved gives way to its result."""
        made = []
        for column, xml in _cells(body):
            found = _FORMULA.search(xml)
            if found is not None:
                xml = xml[: found.start()] + self._formula(found, column, number) + xml[found.end() :]  # noqa: PLW2901
            made.append(xml if b"<f" in xml else _ARRAY.sub(rb"\1", xml))
        return b"".join(made)

    def _formula(self, found: re.Match[bytes], column: int, number: int) -> bytes:
        attributes, text, down = found[1], found[2] or b"", 0
        kind = attribute(b"<f" + attributes + b">", b"t")
        if kind == b"shared":
            key = attribute(b"<f" + attributes + b">", b"si") or b""
            begun = self._shared.setdefault(key, (column, number, text)) if text else self._shared.get(key)
            if begun is None or begun[0] != column:
                return b""
            text, down = begun[2], number - begun[1]
        elif kind is not None and kind != b"normal":
            return b""
        own_name = self._told.plan.sheet.encode()
        moved = self._moves.formula(text, down) if text and own_name not in text else None
        return b"" if moved is None else b"<f>%s</f>" % moved


def _is_regular(body: bytes) -> bool:
    """True when every cell begins with its reference, as all common programs write it."""
    return body.count(b"<c") == body.count(b'<c r="') and b"'" not in body and not body[:1].isspace()


def _regular(body: bytes, number: int) -> bytes:
    """The cells each with a reference in front, counted on where a program left it out."""
    made, last = [], -1
    for cell in _CELL.finditer(body):
        found = _COLUMN.search(cell[1])
        if found is None and b" r=" in cell[1]:
            raise NotUnderstood("cells")
        column = column_of(found[1]) if found else last + 1
        if column <= last:
            raise NotUnderstood("cells")
        last = column
        rest = _COLUMN.sub(b"", cell[1], count=1)
        ending = b"/>" if cell[2] is None else b">" + cell[2] + b"</c>"
        made.append(b'<c r="%s%d"%s%s' % (letter(column).encode(), number, rest.rstrip(), ending))
    if len(made) != len(re.findall(rb"<c[\s/>]", body)):
        raise NotUnderstood("cells")
    return b"".join(made)


def _renumbered(body: bytes, new: int) -> bytes:
    parts = _REFERENCE.split(body)
    parts[1::2] = [b'<c r="%s%d"' % (letters, new) for letters in parts[1::2]]
    return b"".join(parts)


def _cells(body: bytes) -> list[tuple[int, bytes]]:
    """The cells of a regular row: column and XML."""
    found = []
    for cell in _CELL.finditer(body):
        place = _REFERENCE.match(cell[0])
        if place is None:
            raise NotUnderstood("cells")
        found.append((column_of(place[1]), cell[0]))
    return found


def _with_cell(body: bytes, column: int, cell: bytes) -> bytes:
    """The row with a cell put in its place; one that stood there goes."""
    cells = _cells(body)
    before = b"".join(xml for at, xml in cells if at < column)
    return before + cell + b"".join(xml for at, xml in cells if at > column)
