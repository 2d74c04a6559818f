"""Setting one condition of a list: its labels to tick, a range of numbers or days, a text; below the row of filters."""

import datetime as dt
from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QLineEdit, QPushButton, QWidget

from models.errors import UserError
from models.language import _
from models.lists.filters import NO, SEPARATOR, UNKNOWN, YES, Filter
from ui.kit import theme
from ui.kit.buttons import push_button
from ui.kit.flow import Flow
from ui.kit.lines import down
from ui.kit.plain import Label, caption
from ui.kit.plain_fields import line_field

_NUMBER_WIDTH, _DAY_WIDTH, _TEXT_WIDTH = 72, 112, 240


class ConditionEditor(QFrame):
    """``chosen(str, str)`` brings the filter's name and the value that was set; ``left()`` when nothing is to be changed."""

    chosen = Signal(str, str)
    left = Signal()

    def __init__(self, filter_: Filter, value: str, today: dt.date, counts: Mapping[str, int] | None = None) -> None:
        """``value``: what the filter is set to now, "" for a new one. ``counts``: how many rows hold each value, if known."""
        super().__init__()
        self._filter, self._counts = filter_, counts or {}
        self._today = today
        self.setProperty("card", True)
        self.ticks: list[QCheckBox] = []
        self.fields: list[QLineEdit] = []
        self.ready: list[QPushButton] = []
        self.enter = push_button(_("筛选"), self._take, primary=True)
        self.leave = push_button(_("取消"), self.left)
        self.told = Label(role="wrong", wrap=True)
        self.told.hide()
        self._lay_out()
        self._show(value)

    def _lay_out(self) -> None:
        title = Label(self._filter.title, "heading")
        inputs = QWidget()
        flow = Flow(inputs)
        for widget in (title, *self._inputs(), self.enter, self.leave):
            flow.addWidget(widget)
        down(inputs, self.told, on=self, gap=4, margins=(theme.GAP + 4, theme.GAP, theme.GAP + 4, theme.GAP))

    def _inputs(self) -> list[QWidget]:
        makers: dict[str, Callable[[], list[QWidget]]] = {
            "choice": self._labels, "yes": self._labels, "range": self._range, "days": self._days, "text": self._text,
        }  # fmt: skip
        return makers[self._filter.kind]()

    def _labels(self) -> list[QWidget]:
        one = self._filter.kind == "yes"
        for label in (YES, NO, UNKNOWN) if one else (*self._filter.labels(), UNKNOWN):
            self._tick(label, one)
        return [*self.ticks]

    def _tick(self, label: str, one: bool = False) -> None:
        count = f" {self._counts.get(label, 0):,}" if self._counts else ""
        tick = QCheckBox(caption(_(label) + count))
        tick.setProperty("label", label)
        tick.setAutoExclusive(one)
        self.ticks.append(tick)

    def _range(self) -> list[QWidget]:
        unit = Label(_(self._filter.unit) if self._filter.unit else "")
        for band in self._filter.bands:
            self._offer(self._filter.show_range(band), band)
        return [*self.ready, *self._ends(_NUMBER_WIDTH, ("", "")), unit]

    def _days(self) -> list[QWidget]:
        year = self._today.year
        for label, value in (
            (_("今年"), f"{year}..{year}"), (_("本月"), f"{self._today:%Y-%m}..{self._today:%Y-%m}"),
            (_("去年"), f"{year - 1}..{year - 1}"),
        ):  # fmt: skip
            self._offer(label, value)
        return [*self.ready, *self._ends(_DAY_WIDTH, ("2026-01-01", "2026-06"))]

    def _offer(self, label: str, value: str) -> None:
        button = QPushButton(caption(label))
        button.setProperty("legend", True)
        button.setProperty("value", value)
        button.clicked.connect(self._take_ready)
        self.ready.append(button)

    def _ends(self, width: int, examples: tuple[str, str]) -> list[QWidget]:
        for name, example in zip((_("从"), _("到")), examples, strict=True):
            field = self._field(f"{self._filter.title} {name}", width)
            field.setPlaceholderText(example)
        return [Label(_("从")), self.fields[0], Label(_("到")), self.fields[1]]

    def _text(self) -> list[QWidget]:
        field = self._field(self._filter.title, _TEXT_WIDTH)
        field.setPlaceholderText(_("一部分文字；写“未填”找没有填的"))
        for value in self._counts:
            self._tick(value)
        return [field, *self.ticks]

    def _field(self, name: str, width: int) -> QLineEdit:
        field = line_field(name)
        field.setFixedWidth(width)
        field.returnPressed.connect(self._take)
        self.fields.append(field)
        return field

    def _show(self, value: str) -> None:
        exact = self._filter.kind == "text" and value.startswith("=")
        held = [] if self.fields and not exact else value.removeprefix("=").split(SEPARATOR)
        for tick in self.ticks:
            tick.setChecked(tick.property("label") in held)
        ends = value.split(".." if self._filter.kind == "days" else "-") if len(self.fields) > 1 else ["" if exact else value]
        for field, text in zip(self.fields, ends, strict=False):
            field.setText(text)

    def go_to_first(self) -> None:
        """Put the keyboard where the value is set."""
        first = (self.fields or self.ticks or [self.enter])[0]
        first.setFocus(Qt.FocusReason.TabFocusReason)

    def _written(self) -> str:
        ticked = SEPARATOR.join(str(tick.property("label")) for tick in self.ticks if tick.isChecked())
        if self._filter.kind == "text":
            return f"={ticked}" if ticked and ticked != UNKNOWN else ticked or self.fields[0].text().strip()
        if self.ticks:
            return ticked
        return (".." if self._filter.kind == "days" else "-").join(field.text().strip() for field in self.fields)

    def _take_ready(self) -> None:
        button = self.sender()
        assert isinstance(button, QPushButton)
        self.chosen.emit(self._filter.name, str(button.property("value")))

    def _take(self) -> None:
        if self.ticks and not self.fields and not self._written():
            self._tell(_("请至少勾选一项。"))
            return
        try:
            value = self._filter.read(self._written())
        except UserError as error:
            self._tell(str(error))
            return
        self.chosen.emit(self._filter.name, value)

    def _tell(self, text: str) -> None:
        self.told.setText(text)
        self.told.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take()
        else:
            super().keyPressEvent(event)
