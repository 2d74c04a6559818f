"""Which columns a list shows, in which order and how wide: chosen in a dialog or on the header, kept on this laptop."""

from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QListWidget, QWidget

from models.language import _
from models.register.laptop import read_laptop, write_laptop
from ui.kit import theme
from ui.kit.agreeing import Agreeing
from ui.kit.buttons import push_button
from ui.kit.entry_lists import entry, ticked_of
from ui.kit.lines import REST, across, down
from ui.kit.plain import Label
from ui.kit.tables import Table
from ui.lists.model import RecordsModel


class ListColumns:
    """The columns of one list's table. The first one always stays: it says whom a row is about."""

    def __init__(self, table: Table, model: RecordsModel, leading: int, name: str) -> None:
        """``leading``: how many columns are shown until a person chooses others; ``name``: of the list."""
        self._table, self._model, self._leading, self._name = table, model, leading, name
        head = table.horizontalHeader()
        head.setSectionsMovable(True)
        head.setFirstSectionMovable(False)
        self._widths = {column.name: table.columnWidth(place) for place, column in enumerate(model.columns)}

    @property
    def shown(self) -> list[str]:
        """The names of the columns that are shown, from left to right."""
        return [self._model.columns[place].name for place in self._table.shown_columns()]

    def order(self) -> list[tuple[str, str, bool]]:
        """Every column as (name, title, whether it is shown), from left to right."""
        head = self._table.horizontalHeader()
        placed = [head.logicalIndex(place) for place in range(head.count())]
        columns = self._model.columns
        return [(columns[at].name, columns[at].title, not self._table.isColumnHidden(at)) for at in placed]

    def show(self, names: list[str], rest: list[str] | None = None) -> None:
        """Show these columns in this order, the first one always; ``rest`` is the order of the hidden ones."""
        places = {column.name: place for place, column in enumerate(self._model.columns)}
        first = self._model.columns[0].name
        wanted = [first, *(name for name in names if name in places and name != first)]
        hidden = [name for name in (*(rest or ()), *places) if name in places and name not in wanted]
        head = self._table.horizontalHeader()
        for at, name in enumerate(dict.fromkeys([*wanted, *hidden])):
            head.moveSection(head.visualIndex(places[name]), at)
            self._table.setColumnHidden(places[name], name not in wanted)

    def choose(self, names: list[str] | None) -> None:
        """Show these columns, None for the usual ones, and remember them on this laptop."""
        if names is None:
            self.show_usual()
        else:
            self.show(names)
        self.keep()

    def show_usual(self) -> None:
        """Show the columns that a list begins with, at their usual widths."""
        columns = [column.name for column in self._model.columns]
        self.show(columns[: self._leading] if self._leading else columns)
        for place, name in enumerate(columns):
            if not self._table.isColumnHidden(place):
                self._table.setColumnWidth(place, self._widths[name])

    def restore(self) -> None:
        """Show what this laptop remembers of the list, or what it begins with."""
        kept = read_laptop().get("lists", {}).get(self._name)
        if not isinstance(kept, dict) or not kept.get("columns"):
            self.show_usual()
            return
        self.show([str(name) for name in kept["columns"]])
        for place, column in enumerate(self._model.columns):
            width = kept.get("widths", {}).get(column.name)
            if isinstance(width, int) and width > 0:
                self._table.setColumnWidth(place, width)

    def keep(self) -> None:
        """Remember what is shown, in the laptop's own file: names of columns and widths, nothing of any person."""
        widths = {
            column.name: self._table.columnWidth(place)
            for place, column in enumerate(self._model.columns)
            if not self._table.isColumnHidden(place) and self._table.columnWidth(place) != self._widths[column.name]
        }
        laptop = read_laptop()
        lists: dict[str, Any] = laptop.setdefault("lists", {})
        wanted = {"columns": self.shown, "widths": widths}
        if lists.get(self._name) != wanted:
            lists[self._name] = wanted
            write_laptop(laptop)


class ColumnsDialog(QDialog):
    """Tick the columns to show, drag them into order. ``names`` is what was chosen, None for the usual ones."""

    def __init__(self, columns: ListColumns, parent: QWidget | None = None) -> None:
        """The columns as they are shown now."""
        super().__init__(parent)
        self.setWindowTitle(_("选择列"))
        self.names: list[str] | None = []
        told = Label(_("勾选要显示的列；拖动，或用“上移”“下移”改变次序。"), "secondary")
        self.list = QListWidget()
        self.list.setAccessibleName(_("列"))
        self.list.setDragDropMode(QListWidget.DragDropMode.InternalMove)
        for place, (name, title, shown) in enumerate(columns.order()):
            item = entry(title, name, high=theme.ROW_HEIGHT - 4, ticked=shown)
            if place == 0:
                item.setFlags(Qt.ItemFlag.ItemIsSelectable)
            self.list.addItem(item)
        self.buttons = Agreeing(_("显示这些列"), self, self._choose)
        self.usual = self.buttons.addButton(_("恢复原样"), QDialogButtonBox.ButtonRole.ResetRole)
        self.usual.clicked.connect(self._reset)
        self.up = push_button(_("上移"), partial(self._move, -1))
        self.down = push_button(_("下移"), partial(self._move, 1))
        self.list.currentRowChanged.connect(self._fit)
        down(told, (self.list, 1), across(self.up, self.down, REST), self.buttons, on=self, margins=None)
        self.resize(400, 540)
        self._fit(self.list.currentRow())

    def _fit(self, row: int) -> None:
        self.up.setEnabled(row > 1)  # the first column stays the first
        self.down.setEnabled(0 < row < self.list.count() - 1)

    def _move(self, by: int) -> None:
        row = self.list.currentRow()
        self.list.insertItem(row + by, self.list.takeItem(row))
        self.list.setCurrentRow(row + by)

    def _choose(self) -> None:
        self.names = ticked_of(self.list)
        self.accept()

    def _reset(self) -> None:
        self.names = None
        self.accept()
