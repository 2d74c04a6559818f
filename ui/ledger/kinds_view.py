"""The kinds of work of the ledger (台账类别): add, rename, other wordings, take out of use, remove."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from importers import template
from models.journal.writer import Author
from models.language import _
from models.ledger.kinds import MEASURES, SEPARATOR, Kinds, WorkKind, add_kind, change_kind, remove_kind
from models.records.ledger import OWN_FIELDS, LedgerEntry
from models.values.columns import column_of
from ui.kit.buttons import push_button
from ui.kit.context import Context
from ui.kit.exporting import Exporting
from ui.kit.lines import BELOW_TABS, BESIDE_LIST, REST, across, divided, down, holding, titled
from ui.kit.plain import Label
from ui.kit.plain_fields import line_field
from ui.kit.row_and_form import RowAndForm
from ui.kit.sorted_table import sorted_table
from ui.kit.written import Written
from ui.ledger.tables import kinds_model


def write_kind_template(kind: WorkKind, path: Path) -> Path:
    """Write the empty form for one kind of work; returns its path."""
    template.write("ledger", path, overwrite=True, work=kind)
    return path


class KindsOf(NamedTuple):
    """Of what the kinds are: how they are called, and what adds, changes and removes one.

    ``counts``: an entry of them can be measured by more than its quantity, and has fields of its own.
    """

    title: str
    add: Callable[..., str]
    change: Callable[..., None]
    remove: Callable[[str, Author], None]
    counts: bool = False


def kinds_of_work() -> KindsOf:
    """The kinds of work of the ledger."""
    return KindsOf(_("台账类别"), add_kind, change_kind, remove_kind, counts=True)


class LedgerKindsView(QWidget):
    """The list of kinds, and beside it the fields of the one that is chosen."""

    def __init__(self, context: Context, of: KindsOf | None = None) -> None:
        """Without kinds; :meth:`show_kinds` fills it. ``of``: other kinds than those of work."""
        super().__init__()
        self._context = context
        self._of = of or kinds_of_work()
        self._written = Written(context, self)
        self.model = kinds_model(self, self._of.title, self._of.counts)
        self.table = sorted_table(self._of.title, self.model, len(self.model.columns) - 1)
        self.title = Label(role="title")
        self.rows = RowAndForm(
            context, self.table, self.model, lambda kind: kind.uid, self._show, lambda: self.dirty, self.title.text,
        )  # fmt: skip
        self.name, self.unit = line_field(_("名称")), line_field(_("单位", "measure"), _("件、场、个……"))
        self.aliases = line_field(_("其他叫法"), _("几种叫法用顿号分开"))
        self.measures = {name: QCheckBox(column_of(LedgerEntry, name).title) for name in (MEASURES if self._of.counts else ())}
        self.fields = {name: QCheckBox(column_of(LedgerEntry, name).title) for name in (OWN_FIELDS if self._of.counts else ())}
        self._exporting = Exporting(context, self)
        self.new = push_button(_("新的类别"), self.start_new, "plus")
        self.save = push_button(_("保存"), self._save, primary=True)
        self.template = push_button(_("空白模板…"), self._ask_template)
        self.retire = push_button(_("停用"), self._retire)
        self.remove = push_button(_("删除"), self._remove)
        self._lay_out()
        self._show(None)

    def _lay_out(self) -> None:
        measures = across(*self.measures.values(), REST, gap=None)
        form = titled((_("名称"), self.name), (_("单位", "measure"), self.unit), (_("其他叫法"), self.aliases))
        form.setLabelAlignment(Qt.AlignmentFlag.AlignRight)
        fields = QGridLayout()
        for place, box in enumerate(self.fields.values()):
            fields.addWidget(box, *divmod(place, 3))
        if self._of.counts:
            form.addRow(_("另外计量"), measures)
            form.addRow(_("自己的栏目"), fields)
        side = holding(down(
            across((self.title, 1), self.new, gap=None), form,
            across(self.save, REST, self.template, self.retire, self.remove, gap=None), REST, margins=BESIDE_LIST,
        ))  # fmt: skip
        down(divided(self.table, side, sizes=(740, 400)), on=self, margins=BELOW_TABS)

    def show_kinds(self, kinds: Kinds) -> None:
        """Show the kinds as they are now, keeping the choice and what is typed."""
        self.model.show_items(kinds.kinds)
        if not self.rows.follow() and self.uid:
            self._fit(self._current)

    @property
    def uid(self) -> str:
        """Of the kind whose fields are shown; "" for a new one."""
        return self.rows.uid

    @property
    def dirty(self) -> bool:
        """True when something was typed that is not saved."""
        return self._state() != self._shown

    def start_new(self) -> None:
        """Empty the fields for a new kind."""
        self.rows.open("")

    def _state(self) -> tuple[Any, ...]:
        """What stands in the form."""
        ticked = tuple(box.isChecked() for box in (*self.measures.values(), *self.fields.values()))
        return (self.name.text(), self.unit.text(), self.aliases.text(), ticked)

    def _kept(self) -> None:
        """What stands in the form is written; that of a new kind is done with."""
        self._shown = self._state()
        if not self.uid:
            self.rows.put("")

    def _show(self, kind: WorkKind | None) -> None:
        self.title.setText(_(kind.name) if kind else _("新的类别"))
        self.name.setText(kind.name if kind else "")
        self.unit.setText(kind.unit if kind else "")
        self.aliases.setText(SEPARATOR.join(kind.aliases) if kind else "")
        for field in (self.name, self.unit, self.aliases):
            field.setCursorPosition(0)  # a long text is read from its beginning
        for name, box in self.measures.items():
            box.setChecked(kind is not None and name in kind.measures)
        for name, box in self.fields.items():
            box.setChecked(kind is not None and name in kind.fields)
        self._shown = self._state()
        self._fit(kind)

    def _fit(self, kind: WorkKind | None) -> None:
        """The buttons are those of a kind."""
        self.template.setVisible(kind is not None and self._of.counts)
        self.save.setText(_("保存") if kind else _("添加"))
        self.retire.setVisible(kind is not None)
        self.retire.setText(_("停用") if kind is None or kind.active else _("重新使用"))
        self.remove.setVisible(kind is not None and kind.entries == 0)

    @property
    def _current(self) -> WorkKind:
        """The kind that is chosen."""
        found: WorkKind = next(each for each in self.model.items if each.uid == self.uid)
        return found

    def _save(self) -> None:
        name, unit = self.name.text().strip(), self.unit.text().strip()
        aliases = [each.strip() for each in self.aliases.text().split(SEPARATOR) if each.strip()]
        measures = [each for each, box in self.measures.items() if box.isChecked()]
        fields = [each for each, box in self.fields.items() if box.isChecked()]
        author = self._context.author
        changes: dict[str, Any] = {"aliases": aliases} | ({"measures": measures, "fields": fields} if self._of.counts else {})
        if not self.uid:
            said = _("已添加{kind}“{name}”。").format(kind=self._of.title, name=name)
            self._written.write(said, self._of.add, name, unit, author, then=self._kept, **changes)
            return
        said = _("已改好{kind}“{name}”。").format(kind=self._of.title, name=name)
        self._written.write(said, self._of.change, self.uid, author, then=self._kept, name=name, unit=unit, **changes)

    def _ask_template(self) -> None:
        """Write an empty sheet for this kind of work, with its own columns."""
        kind = self._current
        path = self._exporting.ask_path(_("{kind}台账_空白模板").format(kind=_(kind.name)))
        if path is not None:
            self._exporting.write(None, write_kind_template, kind, path)

    def _retire(self) -> None:
        kind = self._current
        said = _("{kind}“{name}”已停用，已有的记录不变。") if kind.active else _("{kind}“{name}”已重新使用。")
        args = (kind.uid, self._context.author)
        self._written.write(said.format(kind=self._of.title, name=_(kind.name)), self._of.change, *args, active=not kind.active)

    def _remove(self) -> None:
        kind = self._current
        said = _("已删除{kind}“{name}”。").format(kind=self._of.title, name=_(kind.name))
        self._written.write(said, self._of.remove, kind.uid, self._context.author)
