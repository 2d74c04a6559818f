"""The table of occupation groups in the settings: add, rename, other wordings, new form or not, in use or not."""

from PySide6.QtWidgets import (
    QCheckBox,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from models import groups
from models.group import SEPARATOR, wordings
from models.groups import Group
from models.language import _
from ui import theme
from ui.context import Context
from ui.drive.tables import ListModel, Shown, fit_list
from ui.tables import Table
from ui.written import Written

#: What changes when a group does: a new name goes to its people and unions.
_KINDS = {"occupation_group", "worker", "union"}
_ROWS_SHOWN, _WIDTH = 8, 860


class GroupsSettings(QWidget):
    """All groups with how many people are in them; below, the one that is chosen, or a new one."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """Asks the register on the worker thread."""
        super().__init__(parent)
        self._context = context
        self._written = Written(context, self)
        self.uid = ""
        self.model = _model(self)
        self.table = Table(_("群体"))
        self.table.setModel(self.model)
        self.table.setSelectionMode(Table.SelectionMode.SingleSelection)
        fit_list(self.table, self.model)
        self.table.setFixedHeight((_ROWS_SHOWN + 1) * theme.ROW_HEIGHT + 10)
        self.table.horizontalHeader().setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        self.table.setMinimumWidth(_WIDTH // 2)
        self.table.setMaximumWidth(_WIDTH)
        self.table.selectionModel().currentRowChanged.connect(self._choose)
        self.name, self.parent_name, self.aliases = QLineEdit(), QLineEdit(), QLineEdit()
        self.aliases.setToolTip(_("几个叫法之间用顿号“、”"))
        self.new_form, self.active = QCheckBox(_("新就业形态")), QCheckBox(_("在用"))
        self.save, self.new = QPushButton(_("保存群体")), QPushButton(_("另加一个群体"))
        self.save.clicked.connect(self._save)
        self.new.clicked.connect(self.start_new)
        self._lay_out()
        self.start_new()
        context.changes.changed.connect(self._on_changed)
        self.refresh()

    def _lay_out(self) -> None:
        for field in (self.name, self.parent_name, self.aliases):
            field.setMinimumWidth(320)
        ticks = QHBoxLayout()
        ticks.setSpacing(theme.WIDE)
        ticks.addWidget(self.new_form)
        ticks.addWidget(self.active)
        ticks.addStretch(1)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.GAP)
        buttons.addWidget(self.save)
        buttons.addWidget(self.new)
        buttons.addStretch(1)
        form = QFormLayout()
        form.setHorizontalSpacing(theme.WIDE)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.FieldsStayAtSizeHint)
        form.addRow(_("群体名称"), self.name)
        form.addRow(_("归类"), self.parent_name)
        form.addRow(_("其他叫法"), self.aliases)
        form.addRow("", ticks)
        form.addRow("", buttons)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(theme.GAP)
        rows.addWidget(self.table)
        rows.addLayout(form)

    def refresh(self) -> None:
        """Ask for the groups anew."""
        self._context.jobs.run(groups.groups, done=self._show)

    def _show(self, found: list[Group]) -> None:
        self.model.show_items(found)
        held = self.uid or self.name.text()  # one that was just added is chosen by its name
        row = next((row for row, each in enumerate(self.model.items) if held in (each.uid, each.name)), -1)
        if row >= 0:
            self.table.selectRow(row)

    def _choose(self) -> None:
        row = self.table.currentIndex().row()
        if not 0 <= row < len(self.model.items):
            return
        group: Group = self.model.items[row]
        self.uid = group.uid
        self.name.setText(group.name)
        self.parent_name.setText(group.parent)
        self.aliases.setText(SEPARATOR.join(group.aliases))
        self.new_form.setChecked(group.new_form)
        self.active.setChecked(group.active)
        self.active.setEnabled(True)

    def start_new(self) -> None:
        """Empty the fields for a group that is to be added."""
        self.uid = ""
        self.table.clearSelection()
        self.table.setCurrentIndex(self.model.index(-1, -1))
        for field in (self.name, self.aliases):
            field.clear()
        self.parent_name.setText(groups.LOCAL)
        self.new_form.setChecked(True)
        self.active.setChecked(True)
        self.active.setEnabled(False)

    def _save(self) -> None:
        name, author = self.name.text(), self._context.author
        aliases = wordings(self.aliases.text().replace(",", SEPARATOR).replace("，", SEPARATOR))
        parent, new_form = self.parent_name.text().strip(), self.new_form.isChecked()
        if self.uid:
            said = _("已改好群体“{name}”。").format(name=name)
            self._written.write(
                _KINDS, said, groups.change_group, self.uid, author,
                name=name, parent=parent, aliases=aliases, new_form=new_form, active=self.active.isChecked(),
            )  # fmt: skip
        else:
            said = _("已增加群体“{name}”。").format(name=name)
            args = (name, author, parent, aliases, new_form)
            self._written.write(_KINDS, said, groups.add_group, *args)

    def _on_changed(self, kinds: set[str]) -> None:
        if kinds & _KINDS:
            self.refresh()


def _model(parent: QWidget) -> ListModel:
    def plain(name: str, title: str, width: int) -> Shown:
        return Shown(
            name, title, width, "left", lambda group: _(getattr(group, name)), lambda group: getattr(group, name)
        )

    def ticked(name: str, title: str) -> Shown:
        return Shown(
            name, title, 5, "center", lambda group: _("是") if getattr(group, name) else _("否"),
            lambda group: not getattr(group, name),
        )  # fmt: skip

    aliases = Shown("aliases", _("其他叫法"), 18, "left", _aliases, _aliases)
    workers = Shown("workers", _("人数"), 4, "right", lambda group: f"{group.workers:,}", lambda group: group.workers)
    return ListModel(
        [
            plain("name", _("群体名称"), 8), plain("parent", _("归类"), 8), aliases,
            ticked("new_form", _("新就业形态")), ticked("active", _("在用")), workers,
        ],
        parent,
    )  # fmt: skip


def _aliases(group: Group) -> str:
    return SEPARATOR.join(group.aliases)
