"""A sheet as it was understood: its kind, header, mapping and rows. What a person decided otherwise comes first."""

import datetime as dt
from collections.abc import Iterable
from collections.abc import Mapping as Dictionary
from dataclasses import dataclass, field

from importers import header as headers
from importers import mapping as mappings
from importers import sheet_kind
from importers.decisions import Decisions, Key
from importers.header import Header
from importers.mapping import Mapping
from importers.rows import Corrections, Row, understand
from importers.sheet import Merged, Sheet, SheetRow
from models.columns import Plain
from models.forms import FORMS, SheetKind
from models.language import _
from models.setting import RememberedMapping, RememberedValue

#: Rows that are enough to find the header, and to judge columns by their content.
HEAD_ROWS = 40
SAMPLE_ROWS = 200
#: Names of sheets that show how to fill in a form.
EXAMPLES = frozenset({"示例", "填写示例", "样例", "填表示例", "范例"})
#: Columns that name a unit: a merged cell there speaks for all of its rows, elsewhere only for its first.
UNIT_FIELDS = frozenset(
    {"employer", "employer_credit_code", "union", "subject", "subject_credit_code", "parent", "region"}
)


@dataclass
class SheetView:
    """One sheet as understood. ``kind`` is None when it is left out, and ``because`` then says why."""

    file: str
    sheet: str
    kind: SheetKind | None
    because: str
    header: Header | None = None
    mapping: Mapping | None = None
    rows: list[Row] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    source: Sheet | None = None

    @property
    def key(self) -> Key:
        """How decisions name the sheet."""
        return (self.file, self.sheet)

    def samples(self, index: int, count: int = 3) -> list[str]:
        """The first ``count`` different values below the header in a column, as text."""
        return list(dict.fromkeys(str(value) for value in self._column(index)))[:count]

    def _column(self, index: int) -> list[Plain]:
        if self.source is None or self.header is None:
            return []
        below = (row.values for row in self.source.rows if row.number >= self.header.first_data)
        return [values[index] for values in below if index < len(values) and values[index] is not None]


def remembered(kind: str) -> dict[tuple[str, str], str]:
    """The mappings that a person chose before for this kind of sheet: (group, header), normalised → field, "" for none."""
    rows = RememberedMapping.select().where(RememberedMapping.form == kind)
    return {(row.group or "", row.header): row.field or "" for row in rows}


def view(sheet: Sheet, decisions: Decisions, wanted: SheetKind | None, today: dt.date) -> SheetView:
    """Understand one sheet: ``wanted`` is the kind given for the whole import, decisions about this sheet beat it."""
    key = (sheet.head.file, sheet.head.sheet)
    seen = SheetView(*key, None, "", notes=list(sheet.head.notes), source=sheet)
    if sheet.head.refused:
        return _leave(seen, "refused", sheet.head.refused)
    if sheet.head.hidden and not sheet.rows:
        return _leave(seen, "hidden")
    if key[1].strip() in EXAMPLES and key not in decisions.kinds:
        return _leave(seen, "example")
    seen.header = _header(sheet, decisions.headers.get(key))
    if seen.header is None:
        return _leave(seen, "no-table")
    samples = _samples(sheet.rows, seen.header)
    seen.kind, seen.because = _kind(key, seen.header, samples, decisions, wanted)
    if seen.kind is None:
        return _leave(seen, seen.because)
    form = FORMS[seen.kind]
    seen.mapping = mappings.guess(seen.header, form, samples, remembered(seen.kind))
    for index, name in decisions.mappings.get(key, {}).items():
        seen.mapping = seen.mapping.chosen(index, name)
    units = {index for index, each in seen.mapping.fields(form).items() if each.name in UNIT_FIELDS}
    rows = _filled_down(sheet.rows, sheet.head.merged, units)
    corrections = Corrections(
        decisions.defaults.get(key, {}),
        _choices(seen.kind, decisions.choices.get(key, {})),
        decisions.cells.get(key, {}),
    )
    seen.rows = understand(
        rows, seen.header, seen.mapping, form, today, frozenset(sheet.head.unsaved), corrections
    )
    return seen


def _choices(kind: str, decided: Dictionary[str, Dictionary[str, str]]) -> dict[str, dict[str, str]]:
    """Field → written value → label: what was chosen in earlier imports, and on top of it what is decided now."""
    found: dict[str, dict[str, str]] = {}
    for row in RememberedValue.select().where(RememberedValue.form == kind):
        found.setdefault(row.field, {})[row.written] = row.label or ""
    for name, values in decided.items():
        found.setdefault(name, {}).update(values)
    return found


def _leave(seen: SheetView, because: str, sentence: str = "") -> SheetView:
    """The sheet is left out, and a note says why."""
    seen.kind, seen.because = None, because
    seen.notes.append(sentence or _left_out(seen.sheet, because))
    return seen


def _filled_down(rows: list[SheetRow], merged: Iterable[Merged], columns: set[int]) -> list[SheetRow]:
    """The rows with merged cells of unit columns written into each of their rows."""
    spans = [(top, bottom, column) for top, column, bottom, _right in merged if bottom > top and column in columns]
    if not spans:
        return rows
    by_number = {row.number: row for row in rows}
    filled: dict[int, list[Plain]] = {}
    for top, bottom, column in spans:
        first = by_number.get(top)
        value = first.values[column] if first is not None and column < len(first.values) else None
        for number in range(top + 1, bottom + 1) if value is not None else ():
            if number in by_number:
                values = filled.setdefault(number, list(by_number[number].values))
                values += [None] * (column + 1 - len(values))
                values[column] = value
    return [SheetRow(row.number, filled.get(row.number, row.values), row.hidden) for row in rows]


def _header(sheet: Sheet, chosen: tuple[int, ...] | None) -> Header | None:
    if chosen:
        return headers.at(sheet.rows, chosen, sheet.head.merged)
    return headers.find(sheet.rows[:HEAD_ROWS], sheet.head.merged)


def _samples(rows: list[SheetRow], header: Header) -> list[list[Plain]]:
    return [row.values for row in rows if row.number >= header.first_data][:SAMPLE_ROWS]


def _kind(
    key: Key, header: Header, samples: list[list[Plain]], decisions: Decisions, wanted: SheetKind | None
) -> tuple[SheetKind | None, str]:
    if key in decisions.kinds:
        return decisions.kinds[key], "chosen"
    guessed, _sureness, because = sheet_kind.recognise(header, key[1], samples)
    if wanted is not None and because not in ("dictionary", "empty"):
        return wanted, "given"
    return guessed, because


def _left_out(name: str, because: str) -> str:
    sentence = {
        "hidden": _("工作表“{name}”是隐藏的，没有导入。"),
        "example": _("工作表“{name}”是填写示例，没有导入。"),
        "no-table": _("工作表“{name}”里没有找到表格。"),
        "dictionary": _("工作表“{name}”是下拉选项，不是名单，没有导入。"),
        "empty": _("工作表“{name}”只有表头，没有数据。"),
        "chosen": _("工作表“{name}”按你的选择没有导入。"),
    }.get(because, _("看不出工作表“{name}”是哪一种名单，没有导入。可以在导入时指明种类。"))
    return sentence.format(name=name)
