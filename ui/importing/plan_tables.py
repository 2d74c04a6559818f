"""The tables of a plan as item models: its rows, which can be repaired in place, and one row field by field."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QWidget

from importers.rows.decisions import Key
from models.language import _
from models.records.forms import FORMS
from models.values.columns import Align
from ui.importing.mapping_model import written
from ui.importing.plan_model import TOLD, PlanLine, action_word, cell_text, summary
from ui.kit import theme
from ui.kit.list_model import ListModel, text_column
from ui.kit.plain import tip
from ui.kit.tables import UNKNOWN, Index, alignment
from ui.kit.titled_model import TitledModel

#: The columns before those of the fields.
SHEET, ROW, NAME, ACTION = range(4)
#: How many fields with problems the table shows at most; the others are told in the row's own pane.
MOST_FIELDS = 8
#: The widths of their columns, in Chinese characters.
_NARROWEST, _WIDEST = 5, 13


def troubled_fields(lines: Sequence[PlanLine]) -> dict[str, str]:
    """The fields in which rows have problems, or that they lack though required: name → title, most problems first."""
    counts: dict[str, int] = {}
    titles: dict[str, dict[str, None]] = {}
    for line in lines:
        form = FORMS[line.sheet.kind or "workers"]
        for name in {each.column for each in line.step.problems if each.level in TOLD} | _lacking(line):
            if name in form.by_name:
                counts[name] = counts.get(name, 0) + 1
                titles.setdefault(name, {})[form.by_name[name].column.title] = None
    chosen = sorted(counts, key=lambda name: -counts[name])[:MOST_FIELDS]
    return {name: "/".join(titles[name]) for name in chosen}


def _lacking(line: PlanLine) -> set[str]:
    form = FORMS[line.sheet.kind or "workers"]
    lacking = {field.name for field in form.fields if field.column.required and line.step.row.values.get(field.name) is None}
    return lacking if line.step.action == "refused" else set()


class StepsModel(TitledModel):
    """Rows of a plan: sheet, row number as in the file, name, what happens, fields to repair, and one line about it.

    ``repaired(Line, str, str)`` brings a row, a field and the text that a person wrote in its place.
    """

    repaired = Signal(object, str, str)

    def __init__(self, parent: QObject | None = None) -> None:
        """Without rows."""
        super().__init__(parent)
        self.lines: Sequence[PlanLine] = []
        self.fields: list[str] = []
        self.sheets: dict[Key, str] = {}
        self.masked = True
        self.titles = [_("工作表"), _("行"), _("名称"), _("处理"), _("内容")]

    def show(self, lines: Sequence[PlanLine], fields: Mapping[str, str] | None = None) -> None:
        """Show other rows. ``fields``: those that can be repaired here, with their titles."""
        self.beginResetModel()
        self.lines = lines
        self.fields = list(fields or ())
        self.titles[ACTION + 1 :] = [*(fields or {}).values(), _("内容")]
        self.endResetModel()

    def field(self, line: PlanLine, column: int) -> str:
        """The field that a column shows of a row, "" for none."""
        name = self.fields[column - ACTION - 1] if ACTION < column <= ACTION + len(self.fields) else ""
        return name if name in FORMS[line.sheet.kind or "workers"].by_name else ""

    def width(self, column: int) -> int:
        """How wide the column of a field should be, in Chinese characters."""
        name = self.fields[column - ACTION - 1]
        forms = (FORMS[line.sheet.kind or "workers"] for line in self.lines)
        declared = next((form.by_name[name].column.width for form in forms if name in form.by_name), _WIDEST)
        return max(_NARROWEST, min(declared, _WIDEST))

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if index.isValid():
            line = self.lines[index.row()]
            if line.step.number and self.field(line, index.column()):
                flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line, column = self.lines[index.row()], index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text(line, column)
            case Qt.ItemDataRole.EditRole:
                name = self.field(line, column)
                return written(line.step.row.written.get(name)) if name else self._text(line, column)
            case Qt.ItemDataRole.ToolTipRole:
                return tip(self._tip(line, column))
            case Qt.ItemDataRole.TextAlignmentRole:
                return alignment(self._align(column))
            case Qt.ItemDataRole.BackgroundRole if self._level(line, column) is not None:
                wrong = self._level(line, column) == "error"
                return QColor(theme.colour("accent_soft" if wrong else "warn_soft"))
            case Qt.ItemDataRole.ForegroundRole if column == ACTION:
                tint = {"refused": "accent", "conflict": "accent"}.get(line.step.action, "ink")
                return QColor(theme.colour("muted" if line.step.action in ("same", "skipped") else tint))
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        line = self.lines[index.row()]
        name = self.field(line, index.column())
        if not name or str(value) == self.data(index, Qt.ItemDataRole.EditRole):
            return False
        self.repaired.emit(line, name, str(value))
        return True

    def _level(self, line: PlanLine, column: int) -> str | None:
        """How grave the problem of a cell is, None without one."""
        name = self.field(line, column)
        levels = {each.level for each in line.step.problems if name and each.column == name and each.level in TOLD}
        if name and name in _lacking(line):
            levels.add("error")
        return next((level for level in ("error", "question", "warning") if level in levels), None)

    def _tip(self, line: PlanLine, column: int) -> str:
        name = self.field(line, column)
        told = [each.text for each in line.step.problems if name and each.column == name]
        if name:
            told.append(_("双击或按 F2 可以改正，回车后重新核对；原文件不会被改动"))
        return "\n".join(told) or self._text(line, column)

    def _text(self, line: PlanLine, column: int) -> str:
        match column:
            case 0:
                key = line.sheet.file, line.sheet.sheet
                return self.sheets.get(key, line.sheet.sheet)
            case 1:
                return str(line.step.number) if line.step.number else UNKNOWN
            case 2:
                return line.step.label or UNKNOWN
            case 3:
                return action_word(line.step)
        if column <= ACTION + len(self.fields):
            name = self.field(line, column)
            return cell_text(line, name, self.masked) if name else ""
        return summary(line)

    def _align(self, column: int) -> Align:
        return "right" if column == ROW else "center" if column == ACTION else "left"


class DetailModel(ListModel):
    """The fields of one row: label, what the register holds, what the row says; the one that does not count is struck out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Without a row."""
        columns = [
            text_column("field", _("字段"), 6, lambda detail: detail.column.title),
            text_column("before", _("原值"), 6, lambda detail: detail.before),
            text_column("after", _("新值"), 6, lambda detail: detail.after),
        ]
        super().__init__(columns, parent)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        detail, column = self.items[index.row()], index.column()
        unused = detail.difference is not None and column == (1 if detail.difference.choice == "new" else 2)
        if role == Qt.ItemDataRole.FontRole and unused:
            font = QFont()
            font.setStrikeOut(True)
            return font
        if role == Qt.ItemDataRole.AccessibleDescriptionRole and detail.difference is not None and column:
            return _("不用") if unused else _("采用")
        if role == Qt.ItemDataRole.ForegroundRole and (
            unused or column == 0 or (column == 1 and detail.difference is None)
        ):
            return QColor(theme.colour("muted"))
        return super().data(index, role)
