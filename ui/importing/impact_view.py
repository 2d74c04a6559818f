"""The panel above the rows of a plan: what changes by field, what must be ticked before the import, what is only told."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from importers.plan.steps import Plan, Step
from importers.rows.decisions import Decisions
from models.language import _
from ui.importing.impact_model import ImpactCount, MassChange, Warned, asked, impacts, notes, warnings
from ui.importing.plan_lines import PlanLines
from ui.kit import theme
from ui.kit.buttons import push_button
from ui.kit.files_view import empty
from ui.kit.lines import REST, across, down, holding, scrolled
from ui.kit.plain import Label, caption, tip

#: Lines that are seen without scrolling; in a low window.
_LINES, _FEW_LINES = 4, 2


class Tick(QCheckBox):
    """A check box whose text is cut to the room there is; the whole text is its tool tip."""

    def __init__(self, text: str) -> None:
        """``text`` is the whole sentence."""
        super().__init__(text)
        self.sentence = text
        self.setToolTip(tip(text))
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setText(caption(self.fontMetrics().elidedText(self.sentence, Qt.TextElideMode.ElideRight, self.width() - 26)))


class NoteLine(Label):
    """A sentence that is cut to the room there is; the whole one is its tool tip."""

    def __init__(self, text: str) -> None:
        """``text`` is the whole sentence."""
        super().__init__(text)
        self.sentence = text
        self.setToolTip(tip(text))
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setText(self.fontMetrics().elidedText(self.sentence, Qt.TextElideMode.ElideRight, self.width()))


class ImpactView(QWidget):
    """``filtering(str, list)`` asks for the rows behind a count; ``decided(Decisions)`` brings a column confirmed or not.

    ``ticked()`` comes when something was ticked that only concerns this import.
    """

    filtering = Signal(str, object)
    decided = Signal(object)
    ticked = Signal()

    def __init__(self) -> None:
        """Without a plan."""
        super().__init__()
        self._decisions = Decisions()
        self._lines, self._low = 0, False
        self._seen: set[str] = set()
        self._left: set[tuple[Any, str]] = set()
        self._asked: list[MassChange] = []
        self._warned: list[Warned] = []
        self.counts: dict[str, QPushButton] = {}
        self.ticks: dict[str, QCheckBox] = {}
        self._steps: dict[str, tuple[str, Sequence[Step] | PlanLines]] = {}
        self._changes, self._questions, self._notes = QGridLayout(), QVBoxLayout(), QVBoxLayout()
        self.all = push_button(_("提醒都看过了"), self._tick_all, flat=True)
        self._left_side = self._side(_("会改动的内容（点数字看是哪些行）"), self._changes)
        self._right_side = self._side(_("导入前请确认，逐条打钩"), self._questions, self.all)
        self._told_side = self._side(_("只是说明（点数字看是哪些行）"), self._notes)
        across((self._left_side, 2), (self._right_side, 3), (self._told_side, 2), on=self, gap=theme.PAGE)
        self.hide()

    def _side(self, title: str, inside: QGridLayout | QVBoxLayout, button: QPushButton | None = None) -> QWidget:
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        listed = QWidget()
        listed.setObjectName("listed")
        listed.setStyleSheet("QWidget#listed { background: transparent; }")
        down(inside, REST, on=listed, gap=None, margins=(0, 0, theme.GAP, 0))
        area = scrolled(listed, sideways=False)
        said = Label(title, "secondary")
        head = across(said, gap=None)
        if button is not None:
            head.addWidget(button)
        head.addStretch(1)
        return holding(down(head, (area, 1), gap=2))

    def forget(self) -> None:
        """Another import begins: nothing is ticked."""
        self._seen.clear()
        self._left.clear()

    @property
    def open_questions(self) -> int:
        """How many things are not ticked yet."""
        unseen = sum(1 for each in self._warned if each.code not in self._seen)
        return unseen + sum(1 for each in self._asked if not each.meant and (each.key, each.name) not in self._left)

    def show_plan(self, plan: Plan, decisions: Decisions) -> None:
        """Show what a plan does; what was ticked before stays ticked."""
        self._decisions = decisions
        self._asked, self._warned = asked(plan, decisions), warnings(plan)
        self._steps.clear()
        self.counts.clear()
        self.ticks.clear()
        empty(self._changes)
        changes = impacts(plan)
        for row, each in enumerate(changes):
            self._changes.addWidget(Label(each.title), row, 0)
            for place, count in enumerate(each.counts):
                button = self._count(each.title, count)
                self._changes.addWidget(button, row, place + 1, Qt.AlignmentFlag.AlignLeft)
        self._changes.setColumnStretch(5, 1)
        self._fill_questions()
        told = notes(plan)
        self._fill_notes(told)
        lines = max(len(changes), 2 * len(self._asked) + len(self._warned), len(told))
        self._left_side.setVisible(bool(changes))
        self.all.setVisible(len(self._warned) > 1)
        self._right_side.setVisible(bool(self._asked or self._warned))
        self._told_side.setVisible(bool(told))
        self._lines = lines
        self.fit(self._low)
        self.setVisible(lines > 0)

    def fit(self, low: bool) -> None:
        """Take the height of the lines, up to a few; fewer where the window is ``low``."""
        self._low = low
        line = self.fontMetrics().height() + 12
        self.setFixedHeight(min(self._lines, _FEW_LINES if low else _LINES) * line + line + 4)

    def _count(self, title: str, count: ImpactCount) -> QPushButton:
        button = QPushButton(caption(count.title))
        button.setProperty("flat", True)
        name = f"{title} {count.title}"
        button.setProperty("counted", name)
        button.setAccessibleName(name)
        button.clicked.connect(self._filter)
        self._steps[name] = (name, count.steps)
        self.counts[name] = button
        return button

    def _fill_questions(self) -> None:
        empty(self._questions)
        for each in self._asked:
            told = Label(each.text, "wrong", wrap=True)
            self._questions.addWidget(told)
            row = holding(across(
                self._tick(f"meant {each.name}", _("确认：这一列确实要改"), each.meant),
                self._tick(f"left {each.name}", _("这一列先不改"), (each.key, each.name) in self._left), REST,
                gap=None,
            ))  # fmt: skip
            self._questions.addWidget(row)
        for warned in self._warned:
            tick = self._keep(Tick(warned.text), f"seen {warned.code}", warned.code in self._seen)
            row = holding(across(
                (tick, 1),
                self._count(warned.text, ImpactCount(_("{count:,} 行").format(count=len(warned.steps)), warned.steps)), gap=None,
            ))  # fmt: skip
            self._questions.addWidget(row)

    def _fill_notes(self, told: Sequence[ImpactCount]) -> None:
        empty(self._notes)
        for note in told:
            button = self._count(note.title, ImpactCount(_("{count:,} 行").format(count=len(note.steps)), note.steps))
            row = holding(across((NoteLine(note.title), 1), button, gap=None))
            self._notes.addWidget(row)

    def _tick(self, name: str, text: str, ticked: bool) -> QCheckBox:
        return self._keep(QCheckBox(caption(text)), name, ticked)

    def _keep(self, box: QCheckBox, name: str, ticked: bool) -> QCheckBox:
        box.setChecked(ticked)
        box.setProperty("ticks", name)
        box.clicked.connect(self._ticked)
        self.ticks[name] = box
        return box

    def _tick_all(self) -> None:
        self._seen.update(each.code for each in self._warned)
        for each in self._warned:
            self.ticks[f"seen {each.code}"].setChecked(True)
        self.ticked.emit()

    def _filter(self) -> None:
        self.filtering.emit(*self._steps[str(self.sender().property("counted"))])

    def _ticked(self, on: bool) -> None:
        what, name = str(self.sender().property("ticks")).split(" ", 1)
        if what == "seen":
            (self._seen.add if on else self._seen.discard)(name)
            self.ticked.emit()
            return
        about = next(each for each in self._asked if each.name == name)
        (self._left.add if what == "left" and on else self._left.discard)((about.key, name))
        if what == "meant" or about.meant:
            self.decided.emit(self._decisions.with_confirmed(about.key, name, what == "meant" and on))
        else:
            self.ticked.emit()
