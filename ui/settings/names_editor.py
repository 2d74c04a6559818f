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
from ui.kit.list_model import ListModel, ShownColumn, list_table
from ui.kit.row_and_form import RowAndForm
from ui.kit.tables import Table
from ui.kit.written import Written

_WIDTH, _FIELD_WIDTH = 860, 320


def short_list(title: str, model: ListModel, rows: int) -> Table:
    """A table as high as so many rows, in which one row can be chosen."""
    table = list_table(title, model, one=True)
    table.setFixedHeight((rows + 1) * theme.ROW_HEIGHT + 10)
    table.setMinimumWidth(_WIDTH // 2)
    table.setMaximumWidth(_WIDTH)
    return table


class NamesEditor(QWidget):
    """What the editors of names have in common; each lays its parts out, and says how an item is shown and saved."""

    def __init__(self, context: Context, title: str, columns: Sequence[ShownColumn], rows: int) -> None:
        """A table without items, ``rows`` high; the column "aliases" takes what the others leave over."""
        super().__init__()
        self._context = context
        self._written = Written(context, self)
        self.model = ListModel(columns, self)
        self.table = short_list(title, self.model, rows)
        widest = [column.name for column in columns].index("aliases")
        self.table.horizontalHeader().setSectionResizeMode(widest, QHeaderView.ResizeMode.Stretch)
        self.rows = RowAndForm(context, self.table, self.model, self._key, self._show, lambda: self.dirty, self._named)
        self.name, self.aliases = QLineEdit(), QLineEdit()
        self.aliases.setToolTip(_("几个叫法之间用顿号“、”"))
        self.active = QCheckBox(_("在用"))
        self.save = push_button("", self._save)
        self.new = push_button("", self.start_new)
        self._shown: tuple[Any, ...] = ()
        self._added = ""

    @property
    def uid(self) -> str:
        """Of the item that stands in the fields; "" for a new one."""
        return self.rows.uid

    @property
    def dirty(self) -> bool:
        """True when something was typed that is not saved."""
        return self._state() != self._shown

    def _named(self) -> str:
        return self.name.text().strip() or self.new.text()

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

    def _key(self, item: Any) -> str:
        """What an item is known by, whatever it is called."""
        return str(item.uid)

    def _state(self) -> tuple[Any, ...]:
        """What stands in the fields."""
        return (self.name.text(), self.aliases.text(), self.active.isChecked())

    def _show(self, item: Any | None) -> None:
        self._added = ""
        if item is not None:
            self._show_item(item)
        else:
            self._show_new()
        self._shown = self._state()

    def _show_item(self, item: Any) -> None:
        """Put the item that is chosen into the fields."""
        raise NotImplementedError

    def _show_new(self) -> None:
        """Empty the fields for a name that is to be added."""
        self.name.clear()
        self.aliases.clear()
        self.active.setChecked(True)
        self.active.setEnabled(False)

    def _follow(self, items: Sequence[Any]) -> None:
        """The items as they are now; what was just added is chosen, what is typed into any other stays."""
        self.model.show_items(list(items))
        added = next((self._key(each) for each in items if self._added and each.name == self._added), "")
        if added and not self.dirty:
            self.rows.put(added)
        else:
            self.rows.follow()

    def start_new(self) -> None:
        """Empty the fields for a name that is to be added, after asking about what is typed into another."""
        self.rows.open("")

    def _kept(self, name: str) -> None:
        """What stands in the fields is written under this name."""
        self._shown = self._state()
        if not self.uid:
            self._added = name

    def _save(self) -> None:
        """Write what stands in the fields, as a new item or over the chosen one."""
        raise NotImplementedError
