"""Why a column goes to a field or to none: what speaks for each field that it might hold, and what speaks against."""

from collections import Counter
from collections.abc import Sequence
from typing import Literal, NamedTuple

from importers.columns.content import by_content, filled
from importers.columns.header_text import letter
from importers.columns.mapping import ColumnMatch, Mapping
from importers.columns.text import SENSITIVE, by_text
from models.records.forms import Form, FormField
from models.values.columns import Plain
from models.values.kinds import Text

#: wording: the header is a known one · spelling: it is spelled nearly so · content: how many cells can be read as the field ·
#: taken: another column holds it · decides: it makes members, counts or stages, so that a guess is not enough.
Sort = Literal["wording", "spelling", "content", "taken", "decides"]
#: So many fields are weighed for one column, and so many of its cells are looked at.
_FIELDS, _CELLS = 3, 200


class Evidence(NamedTuple):
    """One thing that speaks for a field, or against it.

    ``share``: how near the spelling is, 0..1. ``read`` of ``cells``: how many can be read. ``other``: the letters of the column
    that has the field.
    """

    field: str
    supports: bool
    sort: Sort
    share: float = 0.0
    read: int = 0
    cells: int = 0
    other: str = ""


def weigh(form: Form, mapping: Mapping, match: ColumnMatch, cells: Sequence[Plain]) -> tuple[Evidence, ...]:
    """All that speaks for and against the fields a column might hold, the field it goes to first. ``cells``: below its header.

    Nothing where neither header nor content speak of a field.
    """
    reading = by_text(form.kind, match.header, match.group)
    said = {each.field: each for each in (*reading.candidates, *filter(None, (reading.maybe,)))}
    seen = by_content(form, cells, bool(match.header))
    names = dict.fromkeys([*filter(None, (match.field, match.maybe)), *said, *([seen.field] if seen else [])])
    found: list[Evidence] = []
    for name in list(names)[:_FIELDS]:
        if name not in form.by_name:
            continue
        if name in said:
            spelled = said[name].because == "near"
            found.append(Evidence(name, True, "spelling" if spelled else "wording", share=said[name].sureness))
        found += _of_cells(form.by_name[name], cells)
        place = mapping.of(name)
        if place is not None and place != match.index and match.because != "joined":
            found.append(Evidence(name, False, "taken", other=letter(place)))
        elif name in SENSITIVE and match.field is None and name not in (each.field for each in reading.candidates):
            found.append(Evidence(name, False, "decides"))
    return tuple(found)


def _of_cells(field: FormField, cells: Sequence[Plain]) -> list[Evidence]:
    """How many of the cells can be read; any text can be read as a text, which says nothing."""
    kind = field.column.kind
    looked_at = filled(cells)[:_CELLS]
    if not looked_at or isinstance(kind, Text):
        return []
    read = 0
    for cell, count in Counter(looked_at).items():
        parsed = kind.parse(cell)
        read += count if parsed.problem is None and parsed.value is not None else 0
    return [Evidence(field.name, 2 * read >= len(looked_at), "content", read=read, cells=len(looked_at))]
