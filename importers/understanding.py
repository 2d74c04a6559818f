"""A sheet as it was understood: its kind, header, mapping and rows. What a person decided otherwise comes first."""

import datetime as dt
from dataclasses import dataclass, field

from importers import header as headers
from importers import mapping as mappings
from importers import sheet_kind
from importers.header import Header
from importers.mapping import Mapping
from importers.rows import Row, understand
from importers.sheet import Sheet, SheetRow
from models.columns import Plain
from models.forms import FORMS, SheetKind
from models.language import _
from models.setting import RememberedMapping

#: Rows that are enough to find the header, and to judge columns by their content.
HEAD_ROWS = 40
SAMPLE_ROWS = 200
#: Names of sheets that show how to fill in a form.
EXAMPLES = frozenset({"示例", "填写示例", "样例", "填表示例", "范例"})
Key = tuple[str, str]


@dataclass(frozen=True)
class Decisions:
    """What a person decided about sheets, by (file, sheet). Everything else is derived from the sheets again.

    ``mappings``: column index → field name, or None for a column that is to be ignored.
    """

    kinds: dict[Key, SheetKind | None] = field(default_factory=dict)
    headers: dict[Key, tuple[int, ...]] = field(default_factory=dict)
    mappings: dict[Key, dict[int, str | None]] = field(default_factory=dict)

    def with_kind(self, key: Key, kind: SheetKind | None) -> "Decisions":
        """The same decisions, with the kind of a sheet chosen (None: leave the sheet out)."""
        return Decisions(self.kinds | {key: kind}, self.headers, {k: v for k, v in self.mappings.items() if k != key})

    def with_header(self, key: Key, rows: tuple[int, ...]) -> "Decisions":
        """The same decisions, with the header rows of a sheet chosen (the spreadsheet's own numbers)."""
        return Decisions(self.kinds, self.headers | {key: rows}, {k: v for k, v in self.mappings.items() if k != key})

    def with_mapping(self, key: Key, index: int, field_name: str | None) -> "Decisions":
        """The same decisions, with a column sent to a field, or to none."""
        chosen = {i: f for i, f in self.mappings.get(key, {}).items() if f is None or f != field_name}
        return Decisions(self.kinds, self.headers, self.mappings | {key: chosen | {index: field_name}})


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
    notes = list(sheet.head.notes)
    if sheet.head.refused:
        return SheetView(*key, None, sheet.head.refused, notes=[*notes, sheet.head.refused], source=sheet)
    if sheet.head.hidden and not sheet.rows:
        return SheetView(
            *key,
            None,
            "hidden",
            notes=[*notes, _("工作表“{name}”是隐藏的，没有导入。").format(name=key[1])],
            source=sheet,
        )
    if key[1].strip() in EXAMPLES and key not in decisions.kinds:
        return SheetView(
            *key, None, "example", notes=[*notes, _("工作表“{name}”是填写示例，没有导入。").format(name=key[1])], source=sheet
        )
    found = _header(sheet, decisions.headers.get(key))
    if found is None:
        return SheetView(
            *key,
            None,
            "no-table",
            notes=[*notes, _("工作表“{name}”里没有找到表格。").format(name=key[1])],
            source=sheet,
        )
    samples = _samples(sheet.rows, found)
    kind, because = _kind(key, found, samples, decisions, wanted)
    if kind is None:
        return SheetView(*key, None, because, found, None, notes=[*notes, _left_out(key[1], because)], source=sheet)
    mapping = mappings.guess(found, FORMS[kind], samples, remembered(kind))
    for index, name in decisions.mappings.get(key, {}).items():
        mapping = mapping.chosen(index, name)
    unsaved = frozenset(sheet.head.unsaved)
    rows = understand(sheet.rows, found, mapping, FORMS[kind], today, unsaved)
    return SheetView(*key, kind, because, found, mapping, rows, notes, sheet)


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
        "dictionary": _("工作表“{name}”是下拉选项，不是名单，没有导入。"),
        "empty": _("工作表“{name}”只有表头，没有数据。"),
        "chosen": _("工作表“{name}”按你的选择没有导入。"),
    }.get(because, _("看不出工作表“{name}”是哪一种名单，没有导入。可以在导入时指明种类。"))
    return sentence.format(name=name)
