"""A sheet as it was understood: its kind, header, mapping and rows. What a person decided otherwise comes first."""

import datetime as dt
from collections.abc import Mapping as Dictionary
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice

from importers.columns import header as headers
from importers.columns import mapping as mappings
from importers.columns import sheet_kind
from importers.columns.header import Header
from importers.columns.mapping import Mapping
from importers.reader.held import column_of, parts_of
from importers.rows import merged
from importers.rows.by_column import understand_part
from importers.rows.decisions import Decisions, Key
from importers.rows.finishing import finish
from importers.rows.parts import UnderstoodRows
from importers.rows.rows import Corrections, RowWay, way_of
from importers.workbook.sheet import Columns, Sheet, SheetRow
from models.errors import UserError
from models.language import _
from models.records.forms import FORMS, SheetKind
from models.records.setting import RememberedMapping, RememberedValue
from models.values.columns import Plain

#: UnderstoodRows that are enough to find the header, and to judge columns by their content.
HEAD_ROWS = 40
SAMPLE_ROWS = 200
#: Names of sheets that show how to fill in a form.
EXAMPLES = frozenset({"示例", "填写示例", "样例", "填表示例", "范例"})


@dataclass
class SheetView:
    """One sheet as understood. ``kind`` is None when it is left out, and ``because`` then says why."""

    file: str
    sheet: str
    kind: SheetKind | None
    because: str
    header: Header | None = None
    mapping: Mapping | None = None
    rows: UnderstoodRows = field(default_factory=UnderstoodRows)
    notes: list[str] = field(default_factory=list)
    source: Sheet | None = None

    @property
    def key(self) -> Key:
        """How decisions name the sheet."""
        return (self.file, self.sheet)

    def samples(self, index: int, count: int = 3) -> list[str]:
        """The first ``count`` different values below the header in a column, as text."""
        return list(dict.fromkeys(str(value) for value in self._column(index)))[:count]

    def written(self, index: int) -> list[Plain]:
        """What is written below the header in a column, blank cells aside."""
        return self._column(index)

    def _column(self, index: int) -> list[Plain]:
        if self.source is None or self.header is None:
            return []
        first = self.header.first_data
        return [cell for number, cell in column_of(self.source.rows, index) if number >= first and cell is not None]


def remembered(kind: str) -> dict[tuple[str, str], str]:
    """The mappings that a person chose before for this kind of sheet: (group, header), normalised → field, "" for none."""
    rows = RememberedMapping.select().where(RememberedMapping.form == kind)
    return {(row.group or "", row.header): row.field or "" for row in rows}


def view(sheet: Sheet, decisions: Decisions, wanted: SheetKind | None, today: dt.date) -> SheetView:
    """Understand one sheet: ``wanted`` is the kind given for the whole import, decisions about this sheet beat it."""
    seen, way = begin(sheet, decisions, wanted, today)
    if way is not None:
        rows, told = merged.spread(sheet.rows, sheet.head.merged, way)
        for part in parts_of(rows):
            seen.rows.take(understand_part(part, way))
        finish(seen.rows, rows, way)
        merged.tell(seen.rows, told)
        seen.notes += way.carried.notes()
    return seen


def begin(
    sheet: Sheet, decisions: Decisions, wanted: SheetKind | None, today: dt.date
) -> tuple[SheetView, RowWay | None]:
    """What the first rows of a sheet tell of it, and how all of them are to be read; None when it is left out."""
    key = (sheet.head.file, sheet.head.sheet)
    seen = SheetView(*key, None, "", notes=list(sheet.head.notes), source=sheet)
    if sheet.head.refused:
        return _leave(seen, "refused", sheet.head.refused), None
    if sheet.head.hidden and not sheet.rows:
        return _leave(seen, "hidden"), None
    if key[1].strip() in EXAMPLES and key not in decisions.kinds:
        return _leave(seen, "example"), None
    if sheet.head.made == "paper" and key not in decisions.kinds and wanted is None:
        return _leave(seen, "own-paper"), None
    seen.header = _header(sheet, decisions.headers.get(key))
    if seen.header is None:
        return _leave(seen, "no-table"), None
    samples = _samples(sheet.rows, seen.header)
    seen.kind, seen.because = _kind(key, seen.header, samples, decisions, wanted)
    if seen.kind is None:
        return _leave(seen, seen.because), None
    form = FORMS[seen.kind]
    seen.mapping = mappings.guess(seen.header, form, samples, remembered(seen.kind))
    for index, name in decisions.mappings.get(key, {}).items():
        if name is not None and name not in form.by_name:
            said = _("“{sheet}”（{file}）的第 {column} 列不能对应“{name}”：{form}没有这一项。")
            raise UserError(said.format(sheet=key[1], file=key[0], column=index + 1, name=name, form=_(form.label)))
        seen.mapping = seen.mapping.chosen(index, name)
    corrections = Corrections(
        decisions.defaults.get(key, {}),
        _choices(seen.kind, decisions.choices.get(key, {})),
        decisions.cells.get(key, {}),
    )
    return seen, way_of(seen.header, seen.mapping, form, today, frozenset(sheet.head.unsaved), corrections)


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


def _header(sheet: Sheet, chosen: tuple[int, ...] | None) -> Header | None:
    if chosen:
        return headers.at(sheet.rows, chosen, sheet.head.merged)
    return headers.find(sheet.rows[:HEAD_ROWS], sheet.head.merged)


def _samples(rows: Sequence[SheetRow], header: Header) -> list[list[Plain]]:
    return list(islice((row.values for row in rows if row.number >= header.first_data), SAMPLE_ROWS))


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
        "own-paper": _("“{name}”是建会通自己印的报表，不是名单，没有导入。要改里面的内容，请在名单里改，或者导出名单改好再导入。"),
        "no-table": _("工作表“{name}”里没有找到表格。"),
        "dictionary": _("工作表“{name}”是下拉选项，不是名单，没有导入。"),
        "empty": _("工作表“{name}”只有表头，没有数据。"),
        "chosen": _("工作表“{name}”按你的选择没有导入。"),
    }.get(because, _("看不出工作表“{name}”是哪一种名单，没有导入。可以在导入时指明种类。"))
    return sentence.format(name=name)


@dataclass
class Ahead:
    """A sheet that is understood while its rows still arrive, as if nobody decided anything about it.

    ``stand``: the log's newest entry when it began; what is remembered of columns and values may be other after it. ``sheet``
    is another one once more is known of it than its rows.
    """

    sheet: Sheet
    wanted: SheetKind | None
    today: dt.date
    stand: int
    seen: SheetView | None = None
    way: RowWay | None = None

    def take(self, part: Columns) -> None:
        """The next rows of the sheet, which has them already. The first ones must be enough to find the header."""
        if self.seen is None:
            self.seen, self.way = begin(self.sheet, Decisions(), self.wanted, self.today)
        if self.way is not None and merged.spans_of(self.sheet.head.merged, self.way):
            self.way = None  # a merged cell may reach from these rows into later ones
        if self.way is not None:
            self.seen.rows.take(understand_part(part, self.way))

    def view(self, decisions: Decisions, wanted: SheetKind | None, today: dt.date, stand: int) -> SheetView | None:
        """The sheet as understood; None when it is to be understood in another way than was foreseen."""
        if self.seen is None or self.way is None or (wanted, today, stand) != (self.wanted, self.today, self.stand):
            return None
        key, seen, head = self.seen.key, self.seen, self.sheet.head
        parts = (decisions.kinds, decisions.headers, decisions.mappings, decisions.defaults, decisions.choices)
        if key in decisions.cells or any(key in part for part in parts):
            return None
        # merged cells and formulas may have become known behind the rows
        if merged.spans_of(head.merged, self.way) or frozenset(head.unsaved) != self.way.unsaved:
            return None
        if _header(self.sheet, None) != seen.header:
            return None
        finish(seen.rows, self.sheet.rows, self.way)
        seen.source, seen.notes = self.sheet, [*head.notes, *self.way.carried.notes()]
        return seen
