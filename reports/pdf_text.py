"""The text of a PDF as it was drawn: what Qt writes into it beside each glyph, mended.

A PDF finds its texts by a table for each font: the glyph of this number is that character. Qt fills it from the font, by the
first character of the basic plane that has the glyph. So in fonts whose 女 is also the radical ⼥ a search for 女 finds nothing,
and names outside of the basic plane have no text at all. Only who drew them knows what was meant.

The tables are written anew behind the end of the file (an incremental update, ISO 32000-1, 7.5.6): nothing else moves.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

#: Marks the tables among the objects of a file that Qt wrote.
_MARK = b"/CMapName /Adobe-Identity-UCS"
_OBJECT = re.compile(rb"(\d+) 0 obj")
_RANGE = re.compile(rb"<([0-9A-F]{4})> <([0-9A-F]{4})> (?:<([0-9A-F]+)>|\[([^\]]*)\])")
_HEX = re.compile(rb"<([0-9A-F]+)>")
_WIDTHS = re.compile(rb"/W \[(.*?)\]\s*(?:/|>>)", re.DOTALL)
_GROUP = re.compile(rb"(\d+)\s*\[([^\]]*)\]|(\d+)\s+(\d+)\s+[\d.]+")
#: Entries of one block of a table, as the format allows.
_MOST = 100

#: By its glyph, a character that was drawn for the one that the font gives.
Meant = Callable[[str], str]


def mended(pdf: bytes, meant: Meant, beyond: Sequence[Sequence[str]] = ()) -> bytes:
    """A PDF of Qt's whose texts are those that were drawn; as :func:`appendix`."""
    return pdf + appendix(pdf, 0, meant, beyond)


def appendix(end: bytes, before: int, meant: Meant, beyond: Sequence[Sequence[str]] = ()) -> bytes:
    """What is written behind the end of a PDF of Qt's to make its texts those that were drawn; nothing where they are.

    ``end``: of the file, with all its fonts, which ``before`` bytes precede. ``meant(c)``: the drawn character whose glyph the
    font calls ``c``, ``c`` itself where it was drawn. ``beyond``: for each font the characters outside of the basic plane that
    were drawn with it, in the order in which each came first.
    """
    changed = {}
    for number, first, last in _tables(end):
        table = _read(end[first:last])
        wanted = {code: "".join(map(meant, text)) for code, text in table.items()}
        nameless = sorted(set(range(1, _last_code(end, number) + 1)) - set(wanted))
        fitting = [each for each in beyond if nameless and len(each) == len(nameless)]
        if len(fitting) == 1:
            wanted |= dict(zip(nameless, fitting[0], strict=True))
        if wanted != table:
            changed[number] = _written(wanted)
    return _appended(end, before, changed) if changed else b""


def _tables(pdf: bytes) -> Iterator[tuple[int, int, int]]:
    """The number of each table's object, and where its content begins and ends."""
    place = pdf.find(_MARK)
    while place >= 0:
        begin, end = pdf.rfind(b"stream\n", 0, place) + len(b"stream\n"), pdf.find(b"endstream", place)
        heads = list(_OBJECT.finditer(pdf, max(0, begin - 200), begin))
        if heads and end > 0:
            yield int(heads[-1][1]), begin, end
        place = pdf.find(_MARK, place + 1)


def _read(table: bytes) -> dict[int, str]:
    """The text of each code; 0 is the sign for what is missing."""
    found: dict[int, str] = {}
    for first, last, start, listed in _RANGE.findall(table):
        codes = range(int(first, 16), int(last, 16) + 1)
        if listed:
            texts = [int(each, 16) for each in _HEX.findall(listed)]
        else:
            texts = [int(start, 16) + step for step in range(len(codes))]
        found |= {code: chr(text) for code, text in zip(codes, texts, strict=False) if code and text}
    return found


def _last_code(pdf: bytes, table: int) -> int:
    """The highest code of the font that a table belongs to, by the widths of its glyphs; 0 where that cannot be told."""
    place = pdf.find(b"/ToUnicode %d 0 R" % table)
    begin = pdf.rfind(b" 0 obj", 0, place)
    child = re.search(rb"/DescendantFonts \[(\d+) 0 R", pdf[begin:place])
    start = pdf.find(b"\n%s 0 obj" % child[1]) if child else -1
    widths = _WIDTHS.search(pdf, start, pdf.find(b"endobj", start)) if start >= 0 else None
    last = 0
    for first, listed, _from, until in _GROUP.findall(widths[1] + b"]" if widths else b""):
        last = int(until) if until else int(first) + len(listed.split()) - 1
    return last


def _written(table: Mapping[int, str]) -> bytes:
    """A table as the content of its stream."""
    lines = [
        b"/CIDInit /ProcSet findresource begin", b"12 dict begin", b"begincmap",
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def", _MARK + b" def", b"/CMapType 2 def",
        b"1 begincodespacerange", b"<0000> <FFFF>", b"endcodespacerange",
    ]  # fmt: skip
    entries = [b"<%04X> <%s>" % (code, text.encode("utf-16-be").hex().upper().encode()) for code, text in sorted(table.items())]
    for start in range(0, len(entries), _MOST):
        block = entries[start : start + _MOST]
        lines += [b"%d beginbfchar" % len(block), *block, b"endbfchar"]
    lines += [b"endcmap", b"CMapName currentdict /CMap defineresource pop", b"end", b"end"]
    return b"\n".join(lines) + b"\n"


def _appended(end: bytes, before: int, changed: Mapping[int, bytes]) -> bytes:
    """What follows the end of the file so that some of its streams have other contents."""
    trailer = end[end.rfind(b"trailer") : end.rfind(b"startxref")].rstrip()
    previous = int(end[end.rfind(b"startxref") + len(b"startxref") :].split()[0])
    out, rows = bytearray(b"" if end.endswith(b"\n") else b"\n"), []
    begin = before + len(end)
    for number, content in sorted(changed.items()):
        rows.append(b"%d 1\n%010d 00000 n \n" % (number, begin + len(out)))
        out += b"%d 0 obj\n<< /Length %d >>\nstream\n%sendstream\nendobj\n" % (number, len(content), content)
    place = begin + len(out)
    out += b"xref\n" + b"".join(rows) + trailer.replace(b"<<", b"<<\n/Prev %d" % previous, 1)
    return bytes(out + b"\nstartxref\n%d\n%%%%EOF\n" % place)
