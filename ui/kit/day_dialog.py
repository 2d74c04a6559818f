"""Asks since when something is so (a unit closed, a case ended), and where there are several reasons, for which."""

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QDialog, QRadioButton, QWidget

from models.engine.record import Record
from models.errors import UserError
from models.journal.typed import past_day
from models.language import _
from models.values.columns import column_of
from ui.kit.agreeing import Agreeing
from ui.kit.day_editor import DayEditor
from ui.kit.fit_height import fit_height
from ui.kit.lines import down, titled
from ui.kit.plain import Label


class DayDialog(QDialog):
    """``given(str, str)``: the day as it was typed, and the reason. It stays open while the day cannot be."""

    given = Signal(str, str)

    def __init__(
        self, title: str, said: str, verb: str, of: tuple[type[Record], str], today: dt.date, parent: QWidget | None = None
    ) -> None:
        """``said``: what is asked; ``verb``: what the button does; ``of``: the declared day, proposed as ``today``."""
        super().__init__(parent)
        self.setWindowTitle(title)
        self._of, self._today = of, today
        self.told = Label(said, wrap=True)
        self.day = DayEditor(column_of(*of).title, today)
        self.day.show_text(today.isoformat())
        self.day.edited.connect(self._fit)
        self.wrong = Label(role="wrong", wrap=True)
        self.wrong.hide()
        self.reasons: dict[str, QRadioButton] = {}
        self._chosen = QButtonGroup(self)
        self._form = titled((column_of(*of).title, self.day), ("", self.wrong))
        self.buttons = Agreeing(verb, self, self._take)
        self.go = self.buttons.go
        down(self.told, self._form, self.buttons, on=self, margins=None)
        self.finished.connect(self.deleteLater)
        self.resize(420, 0)
        fit_height(self)
        self.day.setFocus()
        self.day.line.selectAll()

    def offer(self, title: str, reasons: Sequence[str], chosen: str = "") -> None:
        """Ask for one of several reasons (labels) too; ``chosen`` is proposed, otherwise a person has to say."""
        column = down(gap=4)
        for reason in reasons:
            button = self.reasons[reason] = QRadioButton(_(reason))
            button.setChecked(reason == chosen)
            button.clicked.connect(self._fit)
            self._chosen.addButton(button)
            column.addWidget(button)
        self._form.insertRow(0, title, column)
        for button in self.reasons.values():
            QWidget.setTabOrder(button, self.day.line)
        self.reasons[chosen or reasons[0]].setFocus()
        self._fit()
        fit_height(self)

    @property
    def reason(self) -> str:
        """The reason that is chosen, "" while there is none."""
        return next((reason for reason, button in self.reasons.items() if button.isChecked()), "")

    def _fit(self) -> None:
        self.wrong.hide()
        self.go.setEnabled(bool(self.day.text()) and (not self.reasons or bool(self.reason)))

    def _take(self) -> None:
        try:
            past_day(*self._of, self.day.text(), self._today)
        except UserError as error:
            self.wrong.setText(str(error))
            self.wrong.show()
            fit_height(self)
            return
        self.given.emit(self.day.text(), self.reason)
        self.accept()
