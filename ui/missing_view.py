"""Members of a union whom its full roster does not name: a list, and one answer for many of them."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QLabel, QPushButton, QVBoxLayout, QWidget

from importers.decisions import LEAVING, Decisions, Key
from importers.steps import Missing, Plan
from models.language import _
from ui import theme
from ui.tables import Index, Table


class MissingModel(QAbstractTableModel):
    """The missing members with what was decided about each."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Without members."""
        super().__init__(parent)
        self.members: list[tuple[Key, Missing]] = []
        self.answers: dict[str, str] = {}

    def show(self, plan: Plan, decisions: Decisions) -> None:
        """Show the missing members of a plan."""
        self.beginResetModel()
        self.members = [((sheet.file, sheet.sheet), each) for sheet in plan.sheets for each in sheet.missing]
        self.answers = {uid: kind for given in decisions.full.values() for uid, kind in given.items()}
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.members)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else 3

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        key, member = self.members[index.row()]
        return (member.name, self.answers.get(member.uid) or _("不处理"), key[1])[index.column()]

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Vertical or role != Qt.ItemDataRole.DisplayRole:
            return None
        titles = (_("姓名"), _("决定"), _("工作表"))
        return titles[section] if 0 <= section < len(titles) else None


class MissingView(QWidget):
    """``decided(Decisions)`` brings the answers for the selected members."""

    decided = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Without members."""
        super().__init__(parent)
        self._decisions = Decisions()
        self.model = MissingModel(self)
        self.table = Table(_("名册里没有的会员"))
        self.table.setModel(self.model)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        said = QLabel(_("这些人在登记册里是在册会员，但这份全部名册里没有他们。选中后决定怎么办；不处理的人保持原样。"))
        said.setProperty("role", "secondary")
        said.setWordWrap(True)
        bar = QHBoxLayout()
        bar.setSpacing(theme.GAP)
        self.buttons: dict[str, QPushButton] = {}
        for kind in (*LEAVING, ""):
            button = QPushButton(_(kind) if kind else _("不处理"))
            button.setProperty("answer", kind)
            button.clicked.connect(self._answer)
            self.buttons[kind] = button
            bar.addWidget(button)
        bar.addStretch(1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(theme.GAP)
        rows.addWidget(said)
        rows.addWidget(self.table, 1)
        rows.addLayout(bar)
        self.table.chosen.connect(self._dress)

    def show_plan(self, plan: Plan, decisions: Decisions) -> None:
        """Show the missing members of a plan."""
        self._decisions = decisions
        self.model.show(plan, decisions)
        self._dress(0)

    def _dress(self, chosen: int) -> None:
        for button in self.buttons.values():
            button.setEnabled(chosen > 0)

    def _answer(self) -> None:
        kind = str(self.sender().property("answer"))
        decisions, chosen = self._decisions, [self.model.members[row] for row in self.table.selected_rows()]
        for key in {key for key, _member in chosen}:
            uids = {member.uid for each, member in chosen if each == key}
            others = {uid: said for uid, said in decisions.full.get(key, {}).items() if uid not in uids}
            given = dict.fromkeys(uids, kind) if kind else {}
            decisions = decisions.with_full(key, None).with_full(key, others | given)
        self.decided.emit(decisions)
