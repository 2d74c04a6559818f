"""A list grouped by one of its columns: its values above the list, each with its rows; one click narrows the list to it."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from models.language import _
from models.lists.column_values import filter_of_column, values_of
from models.lists.filters import UNKNOWN
from models.lists.listings import Selection
from models.values.columns import Column
from ui.kit.asking import Asking
from ui.kit.buttons import push_button
from ui.kit.context import Context
from ui.kit.flow import Flow
from ui.kit.plain import Label, caption, shortened, tip

#: Groups that have a button.
MOST = 40


class ColumnGroups(QWidget):
    """``chosen(str, str)`` brings the filter's name and its value, "" for all rows. Hidden while the list is not grouped."""

    chosen = Signal(str, str)

    def __init__(self, context: Context) -> None:
        """Not grouped."""
        super().__init__()
        self._asking = Asking(context.jobs)
        self.column: Column | None = None
        self._choice = Selection("workers")
        self.buttons: dict[str, QPushButton] = {}
        self._flow = Flow(self, spacing=4)
        self.title = Label(role="secondary")
        self.leave = push_button(_("不分组"), self.stop)
        self.leave.setProperty("flat", True)
        self._flow.addWidget(self.title)
        self._flow.addWidget(self.leave)
        self.hide()

    def group_by(self, column: Column, choice: Selection) -> None:
        """Group what is listed by a column."""
        self.column = column
        self.setAccessibleName(_("按“{title}”分组").format(title=column.title))
        self.load(choice)

    def load(self, choice: Selection) -> None:
        """Something else is listed now: count its groups anew."""
        if self.column is not None:
            self._choice = choice
            self._asking.ask(values_of, choice, self.column, MOST, done=self._show)

    def stop(self) -> None:
        """Do not group any more; what a group narrowed is widened again."""
        column, self.column = self.column, None
        self._asking.drop()
        self.hide()
        if column is not None and (name := self._filter_name(column)) in dict(self._choice.where):
            self.chosen.emit(name, "")

    def _filter_name(self, column: Column) -> str:
        filter_ = filter_of_column(self._choice.kind, column)
        return filter_.name if filter_ is not None else ""

    def _show(self, counts: Mapping[str, int]) -> None:
        if self.column is None:
            return
        now = dict(self._choice.where).get(self._filter_name(self.column), "")
        self.title.setText(_("按“{title}”分组").format(title=self.column.title))
        for button in self.buttons.values():
            self._flow.removeWidget(button)
            button.deleteLater()
        self.buttons = {}
        for value, count in (("", sum(counts.values())), *counts.items()):
            button = QPushButton(caption(f"{shortened(_(value)) if value else _('全部')} {count:,}"))
            button.setToolTip(tip(_(value)) if value else "")
            button.setCheckable(True)
            button.setProperty("legend", True)
            button.setProperty("value", value)
            button.setChecked(self._written(value) == now)
            button.clicked.connect(self._tell)
            self.buttons[value] = button
            self._flow.addWidget(button)
        self.show()

    def _written(self, value: str) -> str:
        """The value as the column's filter writes it."""
        filter_ = filter_of_column(self._choice.kind, self.column) if self.column is not None else None
        exact = filter_ is not None and filter_.kind == "text" and value not in ("", UNKNOWN)
        return f"={value}" if exact else value

    def _tell(self) -> None:
        button = self.sender()
        assert isinstance(button, QPushButton)
        if self.column is not None:
            self.chosen.emit(self._filter_name(self.column), self._written(str(button.property("value"))))
