"""The pane at the right of a plan: one row, its problems in words, and its fields before and after."""

from typing import NamedTuple

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHeaderView, QStyle, QWidget

from importers.rows.decisions import Choice
from models.language import _
from models.values.region_index import RegionIndex
from ui.importing.plan_choices import ChoiceBar
from ui.importing.plan_model import PlanLine, about, action_word, details, level_word, problem_texts
from ui.importing.plan_tables import DetailModel
from ui.kit import theme
from ui.kit.lines import down, scrolled
from ui.kit.plain import Label
from ui.kit.tables import UNKNOWN, Table

#: Rows of the fields that are seen whatever is told above them.
_ROWS = 4
#: The columns of the held values and of the row's.
_HELD, _SAID = 1, 2
#: Room for an identity number and what a cell leaves around it, in digits.
_DIGITS = 24


class _Place(NamedTuple):
    """Where a person was among the fields: of which row (file, sheet, number), at which field, at which of its values."""

    key: tuple[str, str, int] | None
    row: int
    column: int


def _key_of(line: PlanLine) -> tuple[str, str, int]:
    """What a row is known by, also when it was planned anew."""
    return line.sheet.file, line.sheet.sheet, line.step.number


class RowPane(QWidget):
    """One row of a plan, field by field. ``choosing(Wanted)`` brings which of two values counts."""

    choosing = Signal(object)

    def __init__(self, index: RegionIndex) -> None:
        """Without a row. ``index`` names the regions."""
        super().__init__()
        self._regions = index
        self._names: dict[str, str] = {}
        self._masked = True
        self._line: PlanLine | None = None
        self._was = _Place(None, 0, _SAID)
        self.name, self.place, self.problems = (Label(role=role, wrap=True) for role in ("title", "secondary", ""))
        self.fields = DetailModel(self)
        self.diff = Table(_("这一行的内容"))
        self.diff.setModel(self.fields)
        self.problems.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.problems.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._told = scrolled(self.problems, sideways=False, by_tab=False)
        self.choices = ChoiceBar()
        self.choices.choosing.connect(self.choosing)
        self.diff.selectionModel().currentChanged.connect(self._look_at)
        self.diff.opened.connect(self._choose)
        header = self.diff.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        down(self.name, self.place, self._told, (self.diff, 1), self.choices, 0, on=self, margins=(12, 0, 0, 0))

    def know(self, names: dict[str, str], masked: bool) -> None:
        """What the records are called that rows refer to, and whether personal numbers are covered."""
        self._names, self._masked = names, masked

    def show_line(self, line: PlanLine | None) -> None:
        """Show a row, or none."""
        self.name.setText(line.step.label if line else "")
        self.diff.setVisible(line is not None)
        self._line = line
        self.choices.setVisible(False)
        if line is None:
            self.place.setText("")
            self._told.hide()
            self.fields.show_items([])
            return
        if line.step.number:
            where = _("{file} › {sheet} 第 {row} 行 · {action}")
        else:
            where = _("{file} › {sheet} 里没有此人 · {action}")
        self.place.setText(
            where.format(file=line.sheet.file, sheet=line.sheet.sheet, row=line.step.number, action=action_word(line.step))
        )
        texts = [about(level_word(level), text) for level, text in problem_texts(line)]
        self.problems.setText("\n".join(texts))
        self._told.setVisible(bool(texts))
        self._fit()
        self.fields.show_items(details(line, self._names, self._regions, self._masked))
        self.diff.setColumnHidden(_HELD, all(detail.before == UNKNOWN for detail in self.fields.items))
        self._widen()
        first = next((place for place, each in enumerate(self.fields.items) if each.difference is not None), None)
        self.choices.setVisible(first is not None)
        if first is not None:
            again = self._was if self._was.key == _key_of(line) and self._was.row < self.fields.rowCount() else None
            self.diff.setCurrentIndex(self.fields.index(again.row, again.column) if again else self.fields.index(first, _SAID))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Give the problems the height that they need, but leave the fields a few rows: then the problems scroll."""
        wide = self._wide()
        line, row = self.fontMetrics().height(), self.diff.verticalHeader().defaultSectionSize()
        others = self.name.heightForWidth(wide) + self.place.heightForWidth(wide) + self.choices.sizeHint().height()
        room = max(line, self.height() - others - (_ROWS + 1) * row - 4 * theme.GAP)
        self._told.setFixedHeight(max(0, min(self.problems.heightForWidth(wide), room)))
        self._widen()

    def _wide(self) -> int:
        """How many pixels its parts have from left to right, which are laid out later than itself."""
        return self.width() - 12 - self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)

    def _widen(self) -> None:
        """Give the new values room for the longest number, however little the columns leave each other."""
        head, wanted = self.diff.horizontalHeader(), self.fontMetrics().horizontalAdvance("0") * _DIGITS
        wanted = min(wanted, self.diff.sizeHintForColumn(_SAID) + theme.GAP)
        shared = (self._wide() - head.sectionSize(0)) // (1 if self.diff.isColumnHidden(_HELD) else 2)
        roomy = shared >= wanted
        head.setSectionResizeMode(_SAID, QHeaderView.ResizeMode.Stretch if roomy else QHeaderView.ResizeMode.Interactive)
        if not roomy:
            head.resizeSection(_SAID, wanted)

    def _look_at(self, current: QModelIndex) -> None:
        difference = self.fields.items[current.row()].difference if current.isValid() else None
        if self._line is not None and current.isValid():
            self._was = _Place(_key_of(self._line), current.row(), current.column())
        self.choices.show_difference(self._line, difference)

    def _choose(self) -> None:
        """The value that was double-clicked, or on which Enter was pressed, counts; on the field's name, the other one."""
        column = self.diff.currentIndex().column()
        difference = self.fields.items[self.diff.currentIndex().row()].difference
        if difference is not None:
            other: Choice = "old" if difference.choice == "new" else "new"
            self.choices.choose("old" if column == _HELD else "new" if column == _SAID else other)
