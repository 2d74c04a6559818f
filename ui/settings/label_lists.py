"""The lists of labels that fields choose from: other wordings for any of them, labels of one's own for the open ones."""

from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from models import own_labels
from models.group import SEPARATOR, wordings
from models.language import _
from models.own_labels import Label, LabelList
from models.records import RECORDS
from ui import theme
from ui.context import Context
from ui.drive.tables import ListModel, Shown, fit_list
from ui.settings.sections import told
from ui.tables import Table
from ui.written import Written

_ROWS_SHOWN, _WIDTH = 9, 860
#: A new name goes to every record that holds the old one.
_KINDS = {*RECORDS}


class LabelLists(QWidget):
    """Choose a list, see its labels; below, the one that is chosen, or a new one."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """The first list."""
        super().__init__(parent)
        self._context = context
        self._written = Written(context, self)
        self._lists: list[LabelList] = []
        self.label = ""
        self.field = QComboBox()
        self.field.setAccessibleName(_("选项表"))
        self.field.setMaxVisibleItems(20)
        self.field.currentIndexChanged.connect(self._show_list)
        self.note = told("")
        self.model = _model(self)
        self.table = Table(_("选项"))
        self.table.setModel(self.model)
        self.table.setSelectionMode(Table.SelectionMode.SingleSelection)
        fit_list(self.table, self.model)
        self.table.setFixedHeight((_ROWS_SHOWN + 1) * theme.ROW_HEIGHT + 10)
        self.table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.table.setMinimumWidth(_WIDTH // 2)
        self.table.setMaximumWidth(_WIDTH)
        self.table.selectionModel().currentRowChanged.connect(self._choose)
        self.name, self.aliases = QLineEdit(), QLineEdit()
        self.aliases.setToolTip(_("几个叫法之间用顿号“、”"))
        self.active = QCheckBox(_("在用"))
        self.save, self.new = QPushButton(_("保存选项")), QPushButton(_("另加一个选项"))
        self.save.clicked.connect(self._save)
        self.new.clicked.connect(self.start_new)
        self._lay_out()
        self.refresh()
        context.changes.changed.connect(self._on_changed)

    def _lay_out(self) -> None:
        for field in (self.name, self.aliases):
            field.setMinimumWidth(320)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.GAP)
        buttons.addWidget(self.save)
        buttons.addWidget(self.new)
        buttons.addStretch(1)
        form = QFormLayout()
        form.setHorizontalSpacing(theme.WIDE)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.FieldsStayAtSizeHint)
        form.addRow(_("选项名称"), self.name)
        form.addRow(_("本地叫法"), self.aliases)
        form.addRow("", self.active)
        form.addRow("", buttons)
        line = QHBoxLayout()
        line.setSpacing(theme.GAP)
        line.addWidget(self.field)
        line.addStretch(1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(theme.GAP)
        rows.addLayout(line)
        rows.addWidget(self.note)
        rows.addWidget(self.table)
        rows.addLayout(form)
        rows.addStretch(1)

    def refresh(self) -> None:
        """Read the lists anew, the chosen one and its label staying chosen."""
        held = str(self.field.currentData() or "")
        self._lists = own_labels.label_lists()
        blocked = self.field.blockSignals(True)
        self.field.clear()
        for each in self._lists:
            self.field.addItem(_(each.name), each.name)
        self.field.setCurrentIndex(max(0, self.field.findData(held)))
        self.field.blockSignals(blocked)
        self._show_list()

    @property
    def list(self) -> LabelList:
        """The list that is chosen."""
        return self._lists[self.field.currentIndex()]

    def _show_list(self) -> None:
        held = self.label or " ".join(self.name.text().split())
        self.model.show_items(self.list.labels)
        fields = "、".join(_(title) for title in self.list.fields)
        self.note.setText(
            _("用在：{fields}。可以增加本地的选项；上报用的表里的选项不改名，用不着的可以停用，停用的照样读得懂。").format(fields=fields)
            if self.list.open
            else _("用在：{fields}。这些选项关系到统计和规则，只能增加叫法：导入时照样认得。").format(fields=fields)
        )
        self.new.setVisible(self.list.open)
        names = [each.name for each in self.list.labels]
        self.table.selectRow(names.index(held) if held in names else 0)
        self._choose()

    def _choose(self) -> None:
        row = self.table.currentIndex().row()
        if not 0 <= row < len(self.model.items):
            return
        label: Label = self.model.items[row]
        self.label = label.name
        self.name.setText(label.name)
        self.name.setEnabled(label.own)
        self.aliases.setText(SEPARATOR.join(label.aliases))
        self.active.setChecked(label.active)
        self.active.setEnabled(self.list.open)

    def start_new(self) -> None:
        """Empty the fields for a label that is to be added."""
        self.label = ""
        self.table.clearSelection()
        self.table.setCurrentIndex(self.model.index(-1, -1))
        self.name.clear()
        self.aliases.clear()
        self.name.setEnabled(True)
        self.active.setChecked(True)
        self.active.setEnabled(False)
        self.name.setFocus()

    def _save(self) -> None:
        name, author = self.name.text(), self._context.author
        aliases = wordings(self.aliases.text().replace(",", SEPARATOR).replace("，", SEPARATOR))
        if not self.label:
            said = _("已增加选项“{name}”。").format(name=name)
            self._written.write({"setting"}, said, own_labels.add_label, self.list.name, name, aliases, author)
            return
        said = _("已改好选项“{name}”。").format(name=name)
        kinds = _KINDS if name != self.label else {"setting"}
        changes = {"name": name, "aliases": aliases, "active": self.active.isChecked()}
        args = (self.list.name, self.label, author)
        self.label = name if self.name.isEnabled() else self.label
        self._written.write(kinds, said, own_labels.change_label, *args, **changes)

    def _on_changed(self, kinds: set[str]) -> None:
        if "setting" in kinds:
            self.refresh()


def _model(parent: QWidget) -> ListModel:
    def also(label: Label) -> str:
        return SEPARATOR.join((*label.aliases, *label.given))

    def origin(label: Label) -> str:
        return _("本地") if label.own else _("上报表")

    def active(label: Label) -> str:
        return _("是") if label.active else _("否")

    return ListModel(
        [
            Shown("name", _("选项名称"), 10, "left", lambda label: _(label.name), lambda label: label.name),
            Shown("aliases", _("叫法（本地的在前）"), 26, "left", also, also),
            Shown("origin", _("来自"), 5, "center", origin, origin),
            Shown("active", _("在用"), 4, "center", active, lambda label: not label.active),
        ],
        parent,
    )
