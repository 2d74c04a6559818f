"""The way of a case as a line of stages with their dates, and moving along it."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from models.drive.case_file import CaseFile, LineStage
from models.language import _
from models.law import stages
from ui.kit import theme
from ui.kit.buttons import push_button
from ui.kit.choice_box import choice_box
from ui.kit.lines import across, down, in_columns
from ui.kit.list_box import put_in
from ui.kit.plain import Label

_SIGNS = {"done": "✓", "skipped": "–", "present": "●", "ahead": "○"}


def _words() -> dict[str, str]:
    return {"done": _("已完成"), "skipped": _("跳过"), "present": _("现在"), "ahead": ""}


class StagesView(QWidget):
    """``moves(str)`` names the stage that the case is to be moved to; ``takes_back()`` asks for the step before."""

    moves = Signal(str)
    takes_back = Signal()

    def __init__(self) -> None:
        """Without a case."""
        super().__init__()
        self._lines = in_columns(3, gaps=(theme.GAP, 2))
        self.labels: list[Label] = []
        self.task = Label(role="secondary", wrap=True)
        self.stage = choice_box(_("移到哪个阶段"))
        self.move_button = push_button("", self._move)
        self.back = push_button("", self.takes_back)
        down(self._lines, self.task, across((self.stage, 1), self.move_button, self.back), on=self)

    def show_file(self, file: CaseFile) -> None:
        """Show the way of an employer's case."""
        for label in self.labels:
            label.hide()
            label.deleteLater()
        self.labels = []
        for row, line in enumerate(file.stages):
            self._show_line(row, line)
        case: dict[str, Any] = file.case or {}
        present = case.get("stage")
        at = stages.stage_of(present) if present else None
        self.task.setText(f"{_(at.task)}\n{_(at.basis)}".strip() if at else "")
        ahead = [line.stage.label for line in file.stages if line.state == "ahead"]
        open_one = bool(case) and not case.get("closed_on")
        aside = [each for each in stages.ASIDE if each != present] if open_one else []
        offered = [*ahead, *aside]
        if offered != [self.stage.itemData(place) for place in range(self.stage.count())]:  # else what was chosen stays
            self.stage.clear()
            put_in(self.stage, [(_(name), name) for name in offered])
        for control in (self.stage, self.move_button):
            control.setVisible(open_one or present == stages.BUILT)
        self.back.setVisible(open_one)
        self.back.setEnabled(sum(line.state in ("done", "present") for line in file.stages) > 1)

    def _show_line(self, row: int, line: LineStage) -> None:
        note = "　".join(part for part in (_words()[line.state], line.note or "") if part)
        texts = (_SIGNS[line.state], _(line.stage.label), line.date or "", note)
        for column, text in enumerate(texts):
            label = Label(text)
            if line.state == "present":
                label.setFont(theme.font(bold=True))
            elif line.state != "done" or column == 3:
                label.setProperty("role", "secondary")
            label.setWordWrap(column == 3)
            self.labels.append(label)
            self._lines.addWidget(label, row, column)

    def _move(self) -> None:
        self.moves.emit(str(self.stage.currentData()))
