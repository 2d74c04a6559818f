"""Members of a union whom its full roster does not name, and those whom it names again: a list, one answer for many."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QHeaderView, QPushButton, QWidget

from importers.plan.steps import Missing, Plan
from importers.rows.decisions import LEAVING, Decisions, Key
from models.language import _
from models.records.worker import Worker
from models.values.columns import column_of
from ui.kit.lines import across, down
from ui.kit.plain import Label, as_shown
from ui.kit.tables import UNKNOWN, Index, Table
from ui.kit.titled_model import TitledModel

_PRIVATE = ("id_number", "phone")
#: The last column, which says nothing where all stand in one sheet.
SHEET = 7


class MissingModel(TitledModel):
    """The missing members with what was decided about each, and after them those who are named again."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Without members."""
        super().__init__(parent)
        self.members: list[tuple[Key, Missing]] = []
        self.answers: dict[str, str] = {}
        self._names: Mapping[str, str] = {}
        self._masked = True
        self.titles = [
            _("姓名"), _("证件号码"), _("移动电话"), _("用人单位"), _("入会日期"), _("情况"), _("决定"), _("工作表"),
        ]  # fmt: skip

    def show(self, plan: Plan, decisions: Decisions, names: Mapping[str, str], masked: bool) -> None:
        """Show the members of a plan. ``names``: what the employers are called; ``masked``: numbers are covered."""
        self.beginResetModel()
        sheets = plan.sheets
        self.members = [((sheet.file, sheet.sheet), each) for sheet in sheets for each in sheet.missing]
        self.members += [((sheet.file, sheet.sheet), each) for sheet in sheets for each in sheet.again]
        self.answers = {uid: kind for given in decisions.full.values() for uid, kind in given.items()}
        self._names, self._masked = names, masked
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.members)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        return as_shown(self._cells(*self.members[index.row()])[index.column()], role)

    def _cells(self, key: Key, member: Missing) -> list[str]:
        kinds = [(column_of(Worker, name).kind, getattr(member, name)) for name in _PRIVATE]
        shown = [kind.show(value, masked=self._masked, beside_birth=True) for kind, value in kinds]
        if member.state:
            state = _("又出现（登记册里：{state}）").format(state=_(member.state))
            decided = UNKNOWN
        else:
            answer = self.answers.get(member.uid)
            state, decided = _("名册里没有"), _(answer) if answer else _("不处理")
        employer = self._names.get(member.employer or "", "")
        joined = column_of(Worker, "join_date").kind.show(member.join_date)
        return [member.name, *(text or UNKNOWN for text in (*shown, employer, joined)), state, decided, key[1]]


class MissingView(QWidget):
    """``decided(Decisions)`` brings the answers for the selected members."""

    decided = Signal(object)

    def __init__(self) -> None:
        """Without members."""
        super().__init__()
        self._decisions = Decisions()
        self.model = MissingModel(self)
        self.table = Table(_("名册里没有的会员"))
        self.table.setModel(self.model)
        widths = (5, 11, 8, 12, 7, 12, 4, 7)
        self.table.fit([(self.model.headerData(at, Qt.Orientation.Horizontal), width, False) for at, width in enumerate(widths)])
        self.table.horizontalHeader().setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        said = Label(_("这些人在登记册里是在册会员，但这份全部名册里没有他们。选中后决定怎么办；不处理的人保持原样。“又出现”的人按名册里写的办，这里不用决定。"), "secondary", wrap=True)
        bar = across()
        self.buttons: dict[str, QPushButton] = {}
        for kind in (*LEAVING, ""):
            button = QPushButton(_(kind) if kind else _("不处理"))
            button.setProperty("answer", kind)
            button.clicked.connect(self._answer)
            self.buttons[kind] = button
            bar.addWidget(button)
        bar.addStretch(1)
        down(said, (self.table, 1), bar, on=self)
        self.table.chosen.connect(self._dress)

    def show_plan(self, plan: Plan, decisions: Decisions, names: Mapping[str, str], masked: bool) -> None:
        """Show the missing members of a plan. ``names``: what the employers are called; ``masked``: numbers are covered."""
        self._decisions = decisions
        self.model.show(plan, decisions, names, masked)
        self.table.setColumnHidden(SHEET, len({key for key, _member in self.model.members}) <= 1)
        self._dress()

    @property
    def _chosen(self) -> list[tuple[Key, Missing]]:
        """The selected members about whom something can be decided."""
        return [self.model.members[row] for row in self.table.selected_rows() if not self.model.members[row][1].state]

    def _dress(self) -> None:
        possible = bool(self._chosen)
        for button in self.buttons.values():
            button.setEnabled(possible)

    def _answer(self) -> None:
        kind = str(self.sender().property("answer"))
        decisions, chosen = self._decisions, self._chosen
        for key in {key for key, _member in chosen}:
            uids = {member.uid for each, member in chosen if each == key}
            others = {uid: said for uid, said in decisions.full.get(key, {}).items() if uid not in uids}
            given = dict.fromkeys(uids, kind) if kind else {}
            decisions = decisions.with_full(key, None).with_full(key, others | given)
        self.decided.emit(decisions)
