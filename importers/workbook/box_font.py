"""A font whose every character is a box: what a PDF without its fonts is measured by, the same on every machine.

A document that brings no fonts is laid out by those of the machine. Where such a font lacks a character, its glyph is empty, and
PDFium leaves out a text of that one character without a word: a column of 男 and 女, or of row numbers, would come out blank.
With this font, which has an outline for a character that is missing and no other, every text has a size.
"""

import struct

#: Units of a square, and how far the box reaches above and below the line.
_UNITS, _ABOVE, _BELOW = 1000, 880, -120
_GLYPHS = 65_535


def box_font() -> bytes:
    """The font as a TrueType file (OpenType specification 1.9: head, hhea, maxp, hmtx, loca, glyf)."""
    glyph = struct.pack(">hhhhhHH", 1, 50, _BELOW, 950, _ABOVE, 3, 0)
    glyph += bytes((1, 1, 1, 1))  # four points on the outline, each coordinate as a word
    # by differences: along, then up
    glyph += struct.pack(">8h", 50, 900, 0, -900, _BELOW, 0, _ABOVE - _BELOW, 0)
    head = struct.pack(
        ">IIIIHHqqhhhhHHhhh", 0x00010000, 0x00010000, 0, 0x5F0F3CF5, 0, _UNITS, 0, 0, 50, _BELOW, 950, _ABOVE, 0, 8, 2, 0, 0
    )
    tables = {
        b"glyf": glyph * 2,
        b"head": head,
        b"hhea": struct.pack(">I3hH11hH", 0x00010000, _ABOVE, _BELOW, 0, _UNITS, 50, 50, 950, 1, 0, 0, 0, 0, 0, 0, 0, 1),
        b"hmtx": struct.pack(">Hh", _UNITS, 50),
        # a glyph for every number, for some documents know characters by no other name: all of them are one of two, in turn
        b"loca": struct.pack(">HH", 0, len(glyph) // 2) * ((_GLYPHS + 1) // 2),
        b"maxp": struct.pack(">IH13H", 0x00010000, _GLYPHS, 4, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0),
    }
    return _file(tables)


def _file(tables: dict[bytes, bytes]) -> bytes:
    """The tables behind their directory, each at a multiple of four bytes."""
    start = 12 + 16 * len(tables)
    directory, body = struct.pack(">IHHHH", 0x00010000, len(tables), 64, 2, 16 * len(tables) - 64), b""
    for tag, data in sorted(tables.items()):
        padded = data + bytes(-len(data) % 4)
        check = sum(struct.unpack(f">{len(padded) // 4}I", padded)) & 0xFFFFFFFF
        directory += struct.pack(">4sIII", tag, check, start + len(body), len(data))
        body += padded
    return directory + body
