"""Writing lines of text and tables into a PDF with text, the same bytes on every run: the fonts are not in it, only their names.

A page is A4 lying on its side unless told otherwise; places are points from the top left corner.
"""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field

WIDTH, HEIGHT = 842, 595
_SIZE = 10
_FONT = (
    "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UTF16-H/DescendantFonts[<</Type/Font/Subtype/CIDFontType0"
    "/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 5>>/DW 1000/W[1 95 500 814 939 500]"
    "/FontDescriptor<</Type/FontDescriptor/FontName/STSong-Light/Flags 4/FontBBox[-25 -254 1000 880]/ItalicAngle 0/Ascent 880"
    "/Descent -120/CapHeight 880/StemV 93>>>>]>>"
)


@dataclass
class Page:
    """A page that is being written: drawing commands so far."""

    drawn: list[str] = field(default_factory=list)
    height: float = HEIGHT

    def text(self, x: float, y: float, text: str, size: float = _SIZE) -> None:
        """Write one line; ``y`` is its baseline."""
        self.drawn.append(f"BT /F1 {size} Tf {x:.1f} {self.height - y:.1f} Td <{text.encode('utf-16-be').hex()}> Tj ET")

    def line(self, x: float, y: float, other_x: float, other_y: float) -> None:
        """Draw a line."""
        self.drawn.append(f"{x:.1f} {self.height - y:.1f} m {other_x:.1f} {self.height - other_y:.1f} l S")

    def box(self, x: float, y: float, width: float, height: float) -> None:
        """Fill a box: word processors draw the borders of tables as very thin ones."""
        self.drawn.append(f"{x:.1f} {self.height - y - height:.1f} {width:.1f} {height:.1f} re f")

    def table(
        self, rows: Sequence[Sequence[str | None]], widths: Sequence[float], x: float = 40, y: float = 60, step: float = 18,
        ruled: bool = True,
    ) -> float:  # fmt: skip
        """Write rows between lines, ``None`` for a cell that the one at its left reaches into; returns where the table ends.

        Lines of a cell are parted by a line break, and make its row higher.
        """
        for row in rows:
            height = step * max(len((cell or "").split("\n")) for cell in row)
            place = x
            for column, (cell, width) in enumerate(zip(row, widths, strict=True)):
                for number, line in enumerate((cell or "").split("\n")):
                    if line:
                        self.text(place + 3, y + step * (number + 0.7), line)
                if ruled and (cell is not None or column == 0):
                    self.line(place, y, place, y + height)
                place += width
            if ruled:
                self.line(place, y, place, y + height)
                self.line(x, y, place, y)
            y += height
        if ruled:
            self.line(x, y, x + sum(widths), y)
        return y


def document(*pages: Page, width: float = WIDTH, more: Sequence[str] = (), catalog: str = "", page: str = "") -> bytes:
    """A PDF of the pages. ``more``: objects after ours; ``catalog`` and ``page`` are put into the catalogue and each page."""
    objects = [f"<</Type/Catalog/Pages 2 0 R{catalog}>>".encode(), b"", _FONT.encode()]
    kids = []
    for each in pages:
        packed = zlib.compress("\n".join(each.drawn).encode())
        objects.append(b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed))
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {width} {each.height}]/Contents {len(objects)} 0 R"
            f"/Resources<</Font<</F1 3 0 R>>>>{page}>>".encode()
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(kids)}]>>".encode()
    objects += [each.encode("latin-1") for each in more]
    return assembled(objects)


def assembled(objects: Sequence[bytes]) -> bytes:
    """A PDF of numbered objects, the first of them its catalogue."""
    data = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, each in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    data += b"".join(b"%010d 00000 n \n" % place for place in places)
    data += b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(data)
