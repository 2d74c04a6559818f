"""A table of names with their other wordings, and below it the fields of the name that is chosen, or of a new one."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QCheckBox, QFormLayout, QHeaderView, QLayout, QLineEdit, QWidget

from models.language import _
from models.records.group import SEPARATOR, wordings
from ui.kit import theme
from ui.kit.buttons import push_button
from ui.kit.context import Context
from ui.kit.lines import line
from ui.kit.list_model import ListModel, ShownColumn, current_item, fit_list
from ui.kit.tables import Table
from ui.kit.written import Written

_WIDTH, _FIELD_WIDTH = 860, 320


def short_list(title: str, model: ListModel, rows: int) -> Table:
    """A table as high as so many rows, in which one row can be chosen."""
    table = Table(title)
    table.setModel(model)
    table.setSelectionMode(Table.SelectionMode.SingleSelection)
    fit_list(table, model)
    table.setFixedHeight((rows + 1) * theme.ROW_HEIGHT + 10)
    table.setMinimumWidth(_WIDTH // 2)
    table.setMaximumWidth(_WIDTH)
    return table


class NamesEditor(QWidget):
    """What the editors of names have in common; each lays its parts out, and says how an item is shown and saved."""

    def __init__(
        self, context: Context, title: str, columns: Sequence[ShownColumn], rows: int, parent: QWidget | None = None
    ) -> None:
        """A table without items, ``rows`` high; the column "aliases" takes what the others leave over."""
        super().__init__(parent)
        self._context = context
        self._written = Written(context, self)
        self.model = ListModel(columns, self)
        self.table = short_list(title, self.model, rows)
        widest = [column.name for column in columns].index("aliases")
        self.table.horizontalHeader().setSectionResizeMode(widest, QHeaderView.ResizeMode.Stretch)
        self.table.selectionModel().currentRowChanged.connect(self._choose)
        self.name, self.aliases = QLineEdit(), QLineEdit()
        self.aliases.setToolTip(_("几个叫法之间用顿号“、”"))
        self.active = QCheckBox(_("在用"))
        self.save = push_button("", self._save)
        self.new = push_button("", self.start_new)

    def _form(self, *fields: tuple[str, QWidget | QLayout]) -> QFormLayout:
        """The fields behind their labels, and the buttons below them."""
        form = QFormLayout()
        form.setHorizontalSpacing(theme.WIDE)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.FieldsStayAtSizeHint)
        for label, field in (*fields, ("", line(self.save, self.new))):
            if isinstance(field, QLineEdit):
                field.setMinimumWidth(_FIELD_WIDTH)
            form.addRow(label, field)
        return form

    def _wordings(self) -> list[str]:
        """The other wordings that were typed."""
        return wordings(self.aliases.text().replace(",", SEPARATOR).replace("，", SEPARATOR))

    def _choose(self) -> None:
        if (item := current_item(self.table)) is not None:
            self._show_item(item)

    def _show_item(self, item: Any) -> None:
        """Put the item that is chosen into the fields."""
        raise NotImplementedError

    def start_new(self) -> None:
        """Empty the fields for a name that is to be added."""
        self.table.clearSelection()
        self.table.setCurrentIndex(self.model.index(-1, -1))
        self.name.clear()
        self.aliases.clear()
        self.active.setChecked(True)
        self.active.setEnabled(False)

    def _save(self) -> None:
        """Write what stands in the fields, as a new item or over the chosen one."""
        raise NotImplementedError
