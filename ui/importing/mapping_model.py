"""The first rows of a sheet as an item model: as they stand in the file, with what was found for each column."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QObject, Qt
from PySide6.QtGui import QColor

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


def label_of(name: str) -> str:
    """The label of a field, by its name in any of the forms."""
    return next((form.by_name[name].column.label for form in FORMS.values() if name in form.by_name), name)


def field_title(form: Form | None, match: ColumnMatch | None) -> str:
    """What stands in a column's combo: the field's label, or that the column is not imported."""
    if form is None or match is None or match.field is None:
        return _("不导入")
    return form.by_name[match.field].column.title


class GridModel(QAbstractTableModel):
    """The first rows of one sheet, numbered as in the file. Numbers of persons are masked unless ``masked`` is False."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Without a sheet."""
        super().__init__(parent)
        self.view: SheetView | None = None
        self.masked = True
        self.form: Form | None = None
        self._matches: dict[int, ColumnMatch] = {}
        self._facts: dict[int, ColumnFacts] = {}
        self._records: set[int] = set()
        self._rows: list[SheetRow] = []
        self._width = 0

    def show(self, view: SheetView | None, masked: bool = True, facts: SheetFacts | None = None) -> None:
        """Show another sheet, or the same one understood anew."""
        self.beginResetModel()
        self.view, self.masked = view, masked
        self._facts = facts.columns if facts is not None else {}
        self.form = FORMS[view.kind] if view is not None and view.kind is not None else None
        self._matches = {match.index: match for match in view.mapping.matches} if view and view.mapping else {}
        self._records = {row.number for row in view.rows[:SHOWN_ROWS]} if view else set()
        self._rows = view.source.rows[:SHOWN_ROWS] if view and view.source else []
        texts = len(view.header.texts) if view and view.header else 0
        self._width = max([texts, *(len(row.values) for row in self._rows)])
        self.endResetModel()

    def found(self, column: int) -> ColumnMatch | None:
        """What was found for a column; None for one without header and data."""
        return self._matches.get(column)

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
        return 0 if parent is not None and parent.isValid() else self._width

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return as_shown(self._text(row, column), role)
            case Qt.ItemDataRole.BackgroundRole if self.is_header(row):
                return QColor(theme.colour("accent_soft"))
            case Qt.ItemDataRole.ForegroundRole if not self.is_header(row) and not self._imported(row, column):
                return QColor(theme.colour("faint"))
            case Qt.ItemDataRole.FontRole if self.is_header(row):
                return theme.font(bold=True)
        return None

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


def written(plain: Plain) -> str:
    """A cell's value as text on one line."""
    if plain is None:
        return ""
    if isinstance(plain, float) and plain.is_integer() and abs(plain) < 1e15:
        return str(int(plain))
    return " ".join(str(plain).split())
