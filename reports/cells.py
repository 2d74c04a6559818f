"""What a cell of a sheet holds and how it looks: texts, widths, styles."""

from models.language import _, official
from reports.report import Report, printable

_MOST_CHARACTERS = 32_767
#: Height of a line in points.
LINE_POINTS = 15


def cell_text(text: str) -> str:
    """Text as a cell can hold it: printable, not too long, and not what xlsxwriter passes through as raw XML."""
    clean = printable(text)
    if len(clean) > _MOST_CHARACTERS:
        clean = clean[: _MOST_CHARACTERS - 1] + "…"
    return clean + " " if clean.startswith("<r>") and clean.endswith("</r>") else clean


def units_of(text: str) -> int:
    """How wide a text is in a sheet; Han characters count two."""
    return sum(2 if ord(character) > 0x2E7F else 1 for character in text)


def style_of(size: int = 10, align: str = "left", **more: object) -> dict[str, object]:
    """How a cell looks: a text unless ``more`` says otherwise."""
    return {"font_name": "宋体", "font_size": size, "align": align, "valign": "vcenter", "num_format": "@", **more}


def header_style() -> dict[str, object]:
    """How a header looks."""
    return style_of(align="center", bold=True, bg_color="#EBEBEB", border=1, text_wrap=True)


@official()
def notes_of(report: Report) -> str:
    """The 填表说明 in one line."""
    notes = [f"{n}. {note}" for n, note in enumerate(report.footnotes, start=1)]
    return _("填表说明：") + " ".join(notes)
