"""The first rows of a sheet as an item model: as they stand in the file, with what was found for each column."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QObject, Qt
from PySide6.QtGui import QColor

from importers.columns.evidence import Evidence, weigh
from importers.columns.header_text import letter
from importers.columns.mapping import ColumnMatch
from importers.rows.understanding import SheetView
from importers.workbook.sheet import SheetRow
from models.language import _
from models.records.forms import FORMS, Form
from models.values.columns import Plain
from models.values.masking import quote
from ui.importing.mapping_facts import ColumnFacts, SheetFacts
from ui.kit import theme
from ui.kit.plain import as_shown, tip
from ui.kit.tables import Index

#: Rows that are shown: enough to see titles, header and a screen of data.
SHOWN_ROWS = 60
MATCH_ROLE = Qt.ItemDataRole.UserRole + 1
FACTS_ROLE = Qt.ItemDataRole.UserRole + 2


def because_of(match: ColumnMatch) -> str:
    """Why a column goes where it goes, in words."""
    if match.field is None and match.maybe:
        return _("表头像是“{field}”，没有把握，没有采用；是的话请选定").format(field=_(label_of(match.maybe)))
    if match.field is None:
        return _("没有对应的字段") if match.because == "none" else _("按你的选择不导入")
    return {
        "synonym": _("识别依据：表头是已知的写法"),
        "group": _("识别依据：上一行的分组表头"),
        "near": _("识别依据：表头写法相近（{share:.0%}）").format(share=match.sureness),
        "content": _("识别依据：列里的内容（{share:.0%}）").format(share=match.sureness),
        "joined": _("和另一列合在一起"),
        "ticked": _("识别依据：这一列打了勾的就是“{label}”").format(label=_(match.label)),
        "remembered": _("识别依据：记住了以前的选择"),
        "chosen": _("按你的选择"),
    }.get(match.because, _("没有对应的字段"))


def why(form: Form, view: SheetView, match: ColumnMatch) -> str:
    """What speaks for and against the fields that a column might hold, a sentence for each field."""
    assert view.mapping is not None  # a sheet with a form has one
    said: dict[str, list[str]] = {}
    for each in weigh(form, view.mapping, match, view.written(match.index)):
        said.setdefault(each.field, []).append(_speaking(each))
    if not said:
        return _("表头不是已知的写法，内容也看不出是哪一项")
    told = _("{field}：{reasons}")
    return _("；").join(told.format(field=_(label_of(name)), reasons=_("，").join(each)) for name, each in said.items())


def _speaking(each: Evidence) -> str:
    """One thing that speaks for a field or against it."""
    match each.sort:
        case "wording":
            return _("＋ 表头是它已知的写法")
        case "spelling":
            return _("＋ 表头写法相近（{share:.0%}）").format(share=each.share)
        case "content":
            told = _("＋ 看了 {cells:,} 格，{read:,} 格读得成") if each.supports else _("－ 看了 {cells:,} 格，只有 {read:,} 格读得成")
            return told.format(cells=each.cells, read=each.read)
        case "taken":
            return _("－ {letter} 列已是它").format(letter=each.other)
        case "decides":
            return _("－ 它关系到会籍、人数或建会阶段，拿不准就要由人来定")


def label_of(name: str) -> str:
    """The label of a field, by its name in any of the forms."""
    return next((form.by_name[name].column.label for form in FORMS.values() if name in form.by_name), name)


def field_title(form: Form | None, match: ColumnMatch | None) -> str:
    """What stands in a column's combo: the field's label, or that the column is not imported."""
    if form is None or match is None or match.field is None:
        return _("不导入")
    return form.by_name[match.field].column.title


class GridModel(QAbstractTableModel):
    """The first rows of one sheet, numbered as in the file. Numbers of persons are masked unless ``masked`` is False.

    The columns that a person should look at stand first, with their own letters, and stay there while the sheet is looked at;
    :meth:`place` and :meth:`shown_at` lead from one order to the other. Rows above the header stand as in the file.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        """Without a sheet."""
        super().__init__(parent)
        self.view: SheetView | None = None
        self.masked = True
        self.form: Form | None = None
        self._matches: dict[int, ColumnMatch] = {}
        self._facts: dict[int, ColumnFacts] = {}
        self._records: set[int] = set()
        self._rows: Sequence[SheetRow] = []
        self._doubtful: set[int] = set()
        self._wrong: set[tuple[int, int]] = set()
        self._order: list[int] = []

    def show(self, view: SheetView | None, masked: bool = True, facts: SheetFacts | None = None) -> None:
        """Show another sheet, or the same one understood anew."""
        self.beginResetModel()
        before, self.view, self.masked = self.view, view, masked
        self._facts = facts.columns if facts is not None else {}
        self.form = FORMS[view.kind] if view is not None and view.kind is not None else None
        self._matches = {match.index: match for match in view.mapping.matches} if view and view.mapping else {}
        self._records = {row.number for row in view.rows[:SHOWN_ROWS]} if view else set()
        self._rows = view.source.rows[:SHOWN_ROWS] if view and view.source else []
        doubtful = [match.index for match in view.mapping.doubtful] if view and view.mapping and self.form else []
        self._doubtful, self._wrong = set(doubtful), _wrong(view) if view else set()
        texts = len(view.header.texts) if view and view.header else 0
        width = max([texts, *(len(row.values) for row in self._rows)])
        if not (same_sheet(before, view) and len(self._order) == width):
            self._order = [*doubtful, *(each for each in range(width) if each not in self._doubtful)]
        self.endResetModel()

    def place(self, column: int) -> int:
        """The place in the file (0 = A) of a column of the grid."""
        return self._order[column]

    def shown_at(self, place: int) -> int:
        """The column of the grid that shows the file's column ``place``."""
        return self._order.index(place)

    def found(self, column: int) -> ColumnMatch | None:
        """What was found for a column of the grid; None for one without header and data."""
        return self._matches.get(self._order[column])

    def why(self, column: int) -> str:
        """What speaks for and against the fields that a column of the grid might hold; "" where there is nothing to say."""
        match = self.found(column)
        return why(self.form, self.view, match) if self.form is not None and self.view is not None and match is not None else ""

    def number(self, row: int) -> int:
        """The spreadsheet's own number of a row of the grid."""
        return self._rows[row].number

    def is_header(self, row: int) -> bool:
        """True for the rows that make the header."""
        return bool(self.view and self.view.header and self.number(row) in self.view.header.rows)

    def is_table(self, row: int) -> bool:
        """True for the header and the records below it: not for titles, totals, notes and signatures."""
        return self.is_header(row) or self.number(row) in self._records

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._order)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = index.row(), index.column() if self._is_above(index.row()) else self._order[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return as_shown(self._text(row, column), role)
            case Qt.ItemDataRole.BackgroundRole if self.is_header(row):
                return QColor(theme.colour("accent_soft"))
            case Qt.ItemDataRole.BackgroundRole if self._glows(row, column):
                return QColor(theme.colour("warn_soft"))
            case Qt.ItemDataRole.ForegroundRole if not self.is_header(row) and not self._imported(row, column):
                return QColor(theme.colour("faint"))
            case Qt.ItemDataRole.FontRole if self.is_header(row):
                return theme.font(bold=True)
        return None

    def _is_above(self, row: int) -> bool:
        """True for the rows above the header: titles, notes."""
        header = self.view.header if self.view else None
        return bool(header and self.number(row) < min([header.first_data, *header.rows]))

    def _glows(self, row: int, column: int) -> bool:
        """True for a cell that a person should look at: its column is not sure, or it could not be read as what it should be."""
        number = self.number(row)
        return number in self._records and (column in self._doubtful or (number, column) in self._wrong)

    def _imported(self, row: int, column: int) -> bool:
        match = self._matches.get(column)
        return self.number(row) in self._records and match is not None and match.field is not None

    def _text(self, row: int, column: int) -> str:
        values = self._rows[row].values
        plain = values[column] if column < len(values) else None
        return written(plain) if self.is_header(row) else self.shown(plain, column)

    def shown(self, plain: Plain, column: int) -> str:
        """A cell as it stands in the file; what may be somebody's number is masked."""
        if plain is None or not self.masked:
            return written(plain)
        match = self._matches.get(column)
        if self.form is None or match is None or match.field is None:
            return quote(plain)
        kind = self.form.by_name[match.field].column.kind
        if not kind.private:
            return written(plain)
        parsed = kind.parse(plain)
        return kind.show(parsed.value, beside_birth=True) if parsed.problem is None else quote(plain)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Vertical:
            return self._row_header(section, role)
        if not 0 <= section < len(self._order):
            return None
        section = self._order[section]
        match = self._matches.get(section)
        if role == MATCH_ROLE:
            return match
        if role == FACTS_ROLE:
            return self._counted(section)
        if role == Qt.ItemDataRole.DisplayRole:
            return self._header_text(section)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(self._tip(section, match))
        return None

    def _counted(self, section: int) -> str:
        facts = self._facts.get(section)
        if facts is None:
            return ""
        told = _("{count:,} 种").format(count=facts.distinct)
        return told + (_(" · 空 {count:,}").format(count=facts.blank) if facts.blank else "")

    def _row_header(self, section: int, role: int) -> Any:
        if not 0 <= section < len(self._rows):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.number(section)
        return tip(_("点击行号：把这一行设为表头")) if role == Qt.ItemDataRole.ToolTipRole else None

    def _header_text(self, section: int) -> str:
        header = self.view.header if self.view else None
        text = header.texts[section] if header and section < len(header.texts) else ""
        group = header.groups[section] if header and section < len(header.groups) else ""
        return " · ".join(filter(None, (letter(section), group, text)))

    def _tip(self, section: int, match: ColumnMatch | None) -> str:
        lines = [self._header_text(section)]
        if match is not None and self.view is not None:
            lines += [_("对应：{field}").format(field=field_title(self.form, match)), because_of(match)]
            samples = [self.shown(plain, section) for plain in self.view.samples(section)]
            if samples:
                lines.append(_("例：{samples}").format(samples=_("、").join(samples)))
        if section in self._facts:
            facts = self._facts[section]
            lines.append(_("不同的值 {distinct:,} 种，空 {blank:,} 格").format(distinct=facts.distinct, blank=facts.blank))
        return "\n".join(lines)


def same_sheet(before: SheetView | None, view: SheetView | None) -> bool:
    """True for the same sheet, taken for the same kind and with the same header, whatever its columns were sent to."""
    if before is None or view is None:
        return False
    return (before.key, before.header, before.kind) == (view.key, view.header, view.kind)


def _wrong(view: SheetView) -> set[tuple[int, int]]:
    """The cells among the first rows, by row number and column, of which something must be said besides a note."""
    if view.mapping is None:
        return set()
    return {
        (row.number, place)
        for row in view.rows[:SHOWN_ROWS]
        for problem in row.problems
        if problem.level != "note" and (place := view.mapping.of(problem.column)) is not None
    }


def written(plain: Plain) -> str:
    """A cell's value as text on one line."""
    if plain is None:
        return ""
    if isinstance(plain, float) and plain.is_integer() and abs(plain) < 1e15:
        return str(int(plain))
    return " ".join(str(plain).split())
