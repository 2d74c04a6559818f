"""What a package says about all of its sheets, asked of the native reader without their rows: names, and what styles mean.

Which of a workbook's styles show a number as a day is a long story, and it is not told twice: the package is opened with sheets
of our own in which a cell of each style holds the same number, and without shared texts; the native reader shows what it makes
of it.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from importers.workbook import native
from importers.workbook.zip_gate import pieces, plain_name

if TYPE_CHECKING:
    from python_calamine import SheetMetadata

Look = Literal["number", "day", "duration", "other"]

_STEP = 1 << 20
_NEEDED = ("[content_types].xml", "_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml")
_STYLE = re.compile(rb"<(?:\w+:)?xf\b")
#: What every probing cell holds, and what day 0 is in the calendar that makes such a moment of it.
_PROBE = 45_000.5
_EPOCHS = {dt.datetime(2023, 3, 15, 12): dt.datetime(1899, 12, 30), dt.datetime(2027, 3, 16, 12): dt.datetime(1904, 1, 1)}


@dataclass(frozen=True, slots=True)
class Looks:
    """The sheets of a package, and how numbers of each style are shown. ``epoch``: day 0 of its calendar."""

    sheets: list[SheetMetadata]
    styles: list[Look]
    epoch: dt.datetime = dt.datetime(1899, 12, 30)

    def of(self, style: int) -> Look:
        """How a style shows numbers; one that the package does not have shows them as they are."""
        return self.styles[style] if style < len(self.styles) else "number"


def looks(archive: zipfile.ZipFile, parts: Mapping[str, zipfile.ZipInfo]) -> Looks:
    """Look at a package; ``parts``: its sheets. NativeError when the native reader cannot open it, Refusal as for pieces."""
    small, count = io.BytesIO(), 0
    kept: dict[str, bytes] = {}
    for entry in archive.infolist():
        if (name := plain_name(entry.filename)) in _NEEDED:
            kept[entry.filename] = b"".join(pieces(archive, entry, _STEP))
            count += len(_STYLE.findall(kept[entry.filename])) if name == _NEEDED[-1] else 0
    rows = "".join(f'<row r="{at + 1}"><c r="A{at + 1}" s="{at}"><v>{_PROBE}</v></c></row>' for at in range(count))
    with zipfile.ZipFile(small, "w") as made:
        for name, content in kept.items():
            made.writestr(name, content)
        for entry in parts.values():
            made.writestr(entry.filename, f"<worksheet><sheetData>{rows}</sheetData></worksheet>")
    book = native.open_native(small.getvalue())
    sheets = native.sheets_of(book)
    shown = native.cells_of(book, sheets[0].name) if sheets and count else []
    moments = [value for value in shown if isinstance(value, dt.datetime)]
    epoch = _EPOCHS.get(moments[0] if moments else dt.datetime.min, dt.datetime(1899, 12, 30))
    return Looks(sheets, [_look(value) for value in shown], epoch)


def _look(shown: object) -> Look:
    if isinstance(shown, dt.datetime):
        return "day" if shown in _EPOCHS else "other"
    if isinstance(shown, dt.timedelta):
        return "duration" if shown == dt.timedelta(days=_PROBE) else "other"
    return "number" if shown == _PROBE else "other"
