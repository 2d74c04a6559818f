"""Below the fields of a row: whether the held value or the row's counts, in this cell, in all rows, or everywhere."""

from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from importers.plan.differences import Difference, to_choose
from importers.rows.decisions import EVERY_FIELD, EVERY_ROW, Choice, Decisions
from models.language import _
from ui.importing.plan_model import PlanLine
from ui.kit.acting import act_by
from ui.kit.buttons import push_button
from ui.kit.flow import Flow
from ui.kit.plain import caption


class Wanted(NamedTuple):
    """What a person chose: for a field (EVERY_FIELD: for all), in a row of the sheet (EVERY_ROW: in all)."""

    line: PlanLine
    cell: str
    row: int
    choice: Choice


def with_wanted(decisions: Decisions, wanted: Wanted) -> Decisions:
    """The decisions with what was chosen."""
    sheet = wanted.line.sheet
    return decisions.with_value((sheet.file, sheet.sheet), wanted.cell, wanted.row, wanted.choice)


class ChoiceBar(QWidget):
    """``choosing(Wanted)`` brings what a person chose about the field that is looked at."""

    choosing = Signal(object)

    def __init__(self) -> None:
        """Nothing to choose."""
        super().__init__()
        self._line: PlanLine | None = None
        self._difference: Difference | None = None
        self.keep, self.take = push_button("", self._keep), push_button("", self._take)
        act_by(self, "import.keep", self.keep)
        act_by(self, "import.take", self.take)
        self.every: QPushButton = push_button(_("各行…"), hint=_("这个字段在各行里，或者全部字段，一次选定"))
        self.menu = QMenu(_("各行…"), self.every)
        self.menu.aboutToShow.connect(self._count)
        self.menu.triggered.connect(self._tell_every)
        self.every.setMenu(self.menu)
        row = Flow(self)
        for button in (self.keep, self.take, self.every):
            row.addWidget(button)
        self.show_difference(None, None)

    def show_difference(self, line: PlanLine | None, difference: Difference | None) -> None:
        """Offer the choice about one value of a row, or none."""
        self._line, self._difference = line, difference
        self.keep.setEnabled(difference is not None and difference.choice == "new")
        self.take.setEnabled(difference is not None and difference.choice == "old")
        self.every.setEnabled(difference is not None)

    def choose(self, choice: Choice) -> None:
        """Let the held value or the row's count, unless it does already."""
        if self._line is not None and self._difference is not None and self._difference.choice != choice:
            self.choosing.emit(Wanted(self._line, self._difference.cell, self._line.step.number, choice))

    def _keep(self) -> None:
        self.choose("old")

    def _take(self) -> None:
        self.choose("new")

    def _count(self) -> None:
        """What can be chosen for many rows at once, with how many values it is about."""
        self.menu.clear()
        if self._line is None or self._difference is None:
            return
        cell, title = self._difference.cell, self._difference.column.title
        found = [each for step in self._line.sheet.steps.decided() for each in to_choose(step)]
        here = sum(1 for each in found if each.cell == cell)
        texts: tuple[tuple[str, str, Choice, int], ...] = (
            (_("“{title}”各行都保留原值（{count:,} 处）"), cell, "old", here),
            (_("“{title}”各行都采用新值（{count:,} 处）"), cell, "new", here),
            (_("全部字段、各行都保留原值（{count:,} 处）"), EVERY_FIELD, "old", len(found)),
            (_("全部字段、各行都采用新值（{count:,} 处）"), EVERY_FIELD, "new", len(found)),
        )
        for text, name, choice, count in texts:
            added = self.menu.addAction(caption(text.format(title=title, count=count)))
            added.setData((name, choice))

    def _tell_every(self, action: QAction) -> None:
        if self._line is not None:
            name, choice = action.data()
            self.choosing.emit(Wanted(self._line, name, EVERY_ROW, choice))
