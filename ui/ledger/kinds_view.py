"""The kinds of work of the ledger (台账类别): add, rename, other wordings, take out of use, remove."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QFormLayout, QLineEdit, QPushButton, QWidget

from models.language import _
from models.ledger.kinds import MEASURES, SEPARATOR, Kind, Kinds, add_kind, change_kind, remove_kind
from models.records.ledger import LedgerEntry
from models.values.columns import column_of
from ui.kit.buttons import push_button
from ui.kit.context import Context
from ui.kit.icons import dress
from ui.kit.lines import BELOW_TABS, BESIDE_LIST, REST, across, divided, down
from ui.kit.list_model import current_item
from ui.kit.plain import Label
from ui.kit.sorted_table import sorted_table
from ui.kit.written import Written
from ui.ledger.tables import kinds_model


class LedgerKindsView(QWidget):
    """The list of kinds, and beside it the fields of the one that is chosen."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """Without kinds; :meth:`show_kinds` fills it."""
        super().__init__(parent)
        self._context, self.uid = context, ""
        self._written = Written(context, self)
        self.model = kinds_model(self)
        self.table = sorted_table(_("台账类别"), self.model, 5)
        self.table.selectionModel().currentRowChanged.connect(self._choose)
        self.title = Label(role="title")
        self.name, self.unit, self.aliases = self._field(_("名称")), self._field(_("单位", "measure")), self._field(_("其他叫法"))
        self.unit.setPlaceholderText(_("件、场、个……"))
        self.aliases.setPlaceholderText(_("几种叫法用顿号分开"))
        self.measures = {name: QCheckBox(column_of(LedgerEntry, name).title) for name in MEASURES}
        self.new = self._button(_("新的类别"), self.start_new)
        dress(self.new, "plus")
        self.save = self._button(_("保存"), self._save)
        self.save.setProperty("primary", True)
        self.retire = self._button(_("停用"), self._retire)
        self.remove = self._button(_("删除"), self._remove)
        self._lay_out()
        self.start_new()

    def _field(self, name: str) -> QLineEdit:
        field = QLineEdit()
        field.setAccessibleName(name)
        return field

    def _button(self, text: str, call: Callable[[], Any]) -> QPushButton:
        return push_button(text, call)

    def _lay_out(self) -> None:
        measures = across(*self.measures.values(), REST, gap=None)
        form = QFormLayout()
        form.setLabelAlignment(Qt.AlignmentFlag.AlignRight)
        for label, field in ((_("名称"), self.name), (_("单位", "measure"), self.unit), (_("其他叫法"), self.aliases)):
            form.addRow(label, field)
        form.addRow(_("另外计量"), measures)
        side = QWidget()
        down(
            across((self.title, 1), self.new), form,
            across(self.save, REST, self.retire, self.remove), REST, on=side, margins=BESIDE_LIST,
        )  # fmt: skip
        down(divided(self.table, side, sizes=(740, 400)), on=self, margins=BELOW_TABS)

    def show_kinds(self, kinds: Kinds) -> None:
        """Show the kinds as they are now, keeping the choice."""
        kept = self.uid
        self.model.show_items(kinds.kinds)
        places = [row for row, each in enumerate(self.model.items) if kept and each.uid == kept]
        if places:
            self.table.selectRow(places[0])
        else:
            self.start_new()

    def start_new(self) -> None:
        """Empty the fields for a new kind."""
        self.table.clearSelection()
        self._show(None)

    def _choose(self) -> None:
        if (kind := current_item(self.table)) is not None:
            self._show(kind)

    def _show(self, kind: Kind | None) -> None:
        self.uid = kind.uid if kind else ""
        self.title.setText(_(kind.name) if kind else _("新的类别"))
        self.name.setText(kind.name if kind else "")
        self.unit.setText(kind.unit if kind else "")
        self.aliases.setText(SEPARATOR.join(kind.aliases) if kind else "")
        for field in (self.name, self.unit, self.aliases):
            field.setCursorPosition(0)  # a long text is read from its beginning
        for name, box in self.measures.items():
            box.setChecked(kind is not None and name in kind.measures)
        self.save.setText(_("保存") if kind else _("添加"))
        self.retire.setVisible(kind is not None)
        self.retire.setText(_("停用") if kind is None or kind.active else _("重新使用"))
        self.remove.setVisible(kind is not None and kind.entries == 0)

    @property
    def _current(self) -> Kind:
        """The kind that is chosen."""
        found: Kind = next(each for each in self.model.items if each.uid == self.uid)
        return found

    def _save(self) -> None:
        name, unit = self.name.text().strip(), self.unit.text().strip()
        aliases = [each.strip() for each in self.aliases.text().split(SEPARATOR) if each.strip()]
        measures = [each for each, box in self.measures.items() if box.isChecked()]
        author = self._context.author
        if not self.uid:
            said = _("已添加台账类别“{name}”。").format(name=name)
            self._written.write(said, add_kind, name, unit, author, measures, aliases)
            return
        said = _("已改好台账类别“{name}”。").format(name=name)
        changes: dict[str, Any] = {"name": name, "unit": unit, "aliases": aliases, "measures": measures}
        self._written.write(said, change_kind, self.uid, author, **changes)

    def _retire(self) -> None:
        kind = self._current
        said = _("台账类别“{name}”已停用，已有的台账不变。") if kind.active else _("台账类别“{name}”已重新使用。")
        args = (kind.uid, self._context.author)
        self._written.write(said.format(name=_(kind.name)), change_kind, *args, active=not kind.active)

    def _remove(self) -> None:
        kind = self._current
        said = _("已删除台账类别“{name}”。").format(name=_(kind.name))
        self._written.write(said, remove_kind, kind.uid, self._context.author)
