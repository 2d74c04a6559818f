"""The same XML written otherwise: what different programs do, and a reader must not lose a row over."""

import random
import re

_MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_STRICT = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
_ROW = re.compile(rb"<row\b.*?</row>", re.DOTALL)
_CELL = re.compile(rb"<c\b.*?</c>", re.DOTALL)
_START_TAG = re.compile(rb"<([\w:]+)((?:\s+[\w:]+=\"[^\"]*\")+)\s*(/?)>")
_ONE_ATTRIBUTE = re.compile(rb'([\w:]+)="([^"]*)"')
_IN_TEXT = re.compile(rb"(<(?:t|text:p)(?:\s[^>]*)?>)([^<]+)(</)")


def _other_size(text: bytes, chance: random.Random) -> bytes:
    size = chance.choice((b"A1", b"A1:A1", b"A1:XFD1048576", b"B2:C3", b"A0:B2", b"", b"A1:B99999999999", b"1:1"))
    return re.sub(rb'(<dimension ref=")[^"]*', rb"\g<1>" + size, text)


def _without_size(text: bytes, chance: random.Random) -> bytes:
    return re.sub(rb"<dimension[^>]*/>", b"", text)


def _other_spans(text: bytes, chance: random.Random) -> bytes:
    return re.sub(rb' spans="[^"]*"', chance.choice((b"", b' spans="1:1"', b' spans="9:2"', b' spans="1:16384"')), text)


def _other_counts(text: bytes, chance: random.Random) -> bytes:
    number = chance.choice((b"0", b"1", b"3", b"200", b"4000000", b"4294967295", b"-1"))
    return re.sub(rb' (unique[cC]|c)ount="\d+"', rb' \g<1>ount="' + number + b'"', text)


def _without_counts(text: bytes, chance: random.Random) -> bytes:
    return re.sub(rb' (?:unique[cC]|c)ount="\d+"', b"", text)


def _cells_without_addresses(text: bytes, chance: random.Random) -> bytes:
    return re.sub(rb'<c r="[A-Z]+\d+"', b"<c", text)


def _rows_without_numbers(text: bytes, chance: random.Random) -> bytes:
    """The cells' addresses stay."""
    return re.sub(rb'<row r="\d+"', b"<row", text)


def _without_any_address(text: bytes, chance: random.Random) -> bytes:
    return _rows_without_numbers(_cells_without_addresses(text, chance), chance)


def _shuffled_rows(text: bytes, chance: random.Random) -> bytes:
    rows = _ROW.findall(text)
    if not rows or not all(row.startswith(b"<row r=") for row in rows):
        return text
    chance.shuffle(rows)
    return text[: _first(_ROW, text)] + b"".join(rows) + text[text.rindex(b"</row>") + 6 :]


def _shuffled_cells(text: bytes, chance: random.Random) -> bytes:
    def shuffled(row: re.Match[bytes]) -> bytes:
        cells = _CELL.findall(row[0])
        if not cells or not all(cell.startswith(b"<c r=") for cell in cells):
            return row[0]
        chance.shuffle(cells)
        return row[0][: _first(_CELL, row[0])] + b"".join(cells) + b"</row>"

    return _ROW.sub(shuffled, text)


def _first(pattern: re.Pattern[bytes], text: bytes) -> int:
    found = pattern.search(text)
    return found.start() if found else 0


def _with_white_space(text: bytes, chance: random.Random) -> bytes:
    return re.sub(rb"(</?(?:row|c|sheetData|sst|si|table:table-row)\b[^>]*>)(?=<)", rb"\1" + b"\r\n\t ", text)


def _with_comments(text: bytes, chance: random.Random) -> bytes:
    return re.sub(rb"(?=<(?:row|c|si|table:table-row)\b)", chance.choice((b"<!-- <row> -->", b"<?p q?>", b"<!---->")), text)


def _spread_tags(text: bytes, chance: random.Random) -> bytes:
    """Line breaks and blanks inside the tags."""
    return _START_TAG.sub(lambda tag: b"<" + tag[1] + tag[2].replace(b' r="', b'\n  r = "') + b" " + tag[3] + b">", text)


def _single_quotes(text: bytes, chance: random.Random) -> bytes:
    return _START_TAG.sub(
        lambda tag: b"<" + tag[1] + tag[2].replace(b"'", b"&apos;").replace(b'"', b"'") + tag[3] + b">", text
    )


def _reversed_attributes(text: bytes, chance: random.Random) -> bytes:
    def turned(tag: re.Match[bytes]) -> bytes:
        attributes = [b" " + each[0] for each in _ONE_ATTRIBUTE.finditer(tag[2])]
        return b"<" + tag[1] + b"".join(reversed(attributes)) + tag[3] + b">"

    return _START_TAG.sub(turned, text)


def _with_prefix(text: bytes, chance: random.Random) -> bytes:
    if b'xmlns="' not in text:
        return text
    return re.sub(rb"(</?)(?=[a-zA-Z]+[\s/>])", rb"\1x:", text).replace(b'xmlns="', b'xmlns:x="', 1)


def _strict(text: bytes, chance: random.Random) -> bytes:
    return text.replace(_MAIN, _STRICT)


def _with_mark(text: bytes, chance: random.Random) -> bytes:
    return b"\xef\xbb\xbf" + text


def _in_utf_16(text: bytes, chance: random.Random) -> bytes:
    return re.sub(r'encoding="[^"]*"', 'encoding="UTF-16"', text.decode()).encode("utf-16")


def _as_references(text: bytes, chance: random.Random) -> bytes:
    """Texts by their character numbers, as some web systems write Chinese."""

    def numbered(found: re.Match[bytes]) -> bytes:
        if b"&" in found[2]:
            return found[0]
        written = "".join(chance.choice((f"&#{ord(sign)};", f"&#x{ord(sign):X};")) for sign in found[2].decode())
        return found[1] + written.encode() + found[3]

    return _IN_TEXT.sub(numbered, text)


def _as_cdata(text: bytes, chance: random.Random) -> bytes:
    return _IN_TEXT.sub(lambda t: t[0] if b"&" in t[2] else t[1] + b"<![CDATA[" + t[2] + b"]]>" + t[3], text)


def _in_runs(text: bytes, chance: random.Random) -> bytes:
    """Texts of several looks: each in two runs, with a phonetic reading that is no part of them."""
    return re.sub(
        rb"<(si|is)><t>([^<&]{2,})</t></\1>",
        lambda t: b"<%s><r><t>%s</t></r><r><t>%s</t></r></%s>" % (t[1], *_halves(t[2]), t[1]),
        text,
    )


def _halves(written: bytes) -> tuple[bytes, bytes]:
    text = written.decode()
    return text[: len(text) // 2].encode(), text[len(text) // 2 :].encode()


def _with_foreign_parts(text: bytes, chance: random.Random) -> bytes:
    """Extensions of newer programs after the rows, and attributes that nobody knows on them."""
    text = re.sub(rb"<row\b", b'<row xmlns:w="urn:example:w" w:id="7" thickBot="1"', text)
    return text.replace(b"</sheetData>", b'</sheetData><extLst><ext uri="{0}"><row r="1"/></ext></extLst>')


REWRITINGS = (
    _other_size, _without_size, _other_spans, _other_counts, _without_counts, _cells_without_addresses, _rows_without_numbers,
    _without_any_address, _shuffled_rows, _shuffled_cells, _with_white_space, _with_comments, _spread_tags, _single_quotes,
    _reversed_attributes, _with_prefix, _strict, _with_mark, _in_utf_16, _as_references, _as_cdata, _in_runs,
    _with_foreign_parts,
)  # fmt: skip
