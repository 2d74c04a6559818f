"""What is to be done, on the first page: targets, whom to see this week, terms and findings, the last imports."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHeaderView, QPushButton, QWidget

from models.drive.case_list import DueCase
from models.journal.history import PastBatch
from models.language import _
from models.lists.doubts import Doubts
from models.rules.rules import SEVERITIES
from models.standing.terms import TERM_STATES, TermState
from ui.drive.tables import DueModel
from ui.home.bars import TargetBars
from ui.home.doubts import DoubtsView
from ui.home.facts import Agenda, Aims, Alike, Faults
from ui.home.parts import LineButton, LineStack, card, short_table
from ui.kit.buttons import push_button
from ui.kit.lines import across, down
from ui.kit.list_model import ShownColumn, text_column
from ui.kit.plain import Label, tip

#: So many of this week's actions are shown.
DUE_SHOWN = 8
#: Below this width the lists spare a column.
_NARROW = 1000
_PRESSING: tuple[tuple[TermState, str], ...] = (
    ("overdue", "accent"), ("due30", "warn"), ("due90", "warn"), ("due180", "ink"),
)  # fmt: skip


class ShortDueModel(DueModel):
    """Whom to see, as much of it as the first page has room for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Without anybody."""

        def plain(name: str, title: str, width: int) -> ShownColumn:
            return text_column(name, title, width, lambda each: getattr(each, name))

        def when(each: DueCase) -> str:
            return _("逾期 {days} 天").format(days=each.overdue) if each.overdue else each.date[5:]

        super().__init__(
            [
                plain("name", _("单位"), 10),
                plain("task", _("要做的事"), 6),
                ShownColumn("date", _("日期"), 5, "left", when, lambda each: each.date),
            ],
            parent,
        )


class HomeWorkView(QWidget):
    """``opens(str, str)`` names a page and a part of it; ``opens_case(str)`` the employer whose file is to be opened."""

    opens = Signal(str, str)
    opens_case = Signal(str)

    def __init__(self) -> None:
        """With nothing to do yet."""
        super().__init__()
        self.bars = TargetBars()
        self.bars.opens.connect(self._open_target)
        self.due = ShortDueModel(self)
        self.due_table = short_table(_("本周要办"), self.due, ("name", "task", "date"))
        head = self.due_table.horizontalHeader()
        head.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)  # whom to see and what to do share the room
        head.hide()
        self.due_table.opened.connect(self._open_case)
        self.due_told = Label(role="secondary", wrap=True)
        self.due_more = self._more("", "drive", "due")
        self.checks, self.imports = LineStack(), LineStack()
        self.doubts = DoubtsView()
        self.doubts.opens.connect(self.opens)
        self.today = LineButton("", "", ("history", "today"))
        self.today.clicked.connect(self._open_line)
        self._terms: dict[TermState, int] = {}
        self._overdue = 0
        self._faults = Faults({}, 0, 0, Doubts(0, 0, 0))
        self.setMinimumHeight(12 * self.fontMetrics().height() + 100)
        self._lay_out()

    def _lay_out(self) -> None:
        due = QWidget()
        listed = down((self.due_table, 1), self.due_told, on=due, gap=4)
        listed.addWidget(self.due_more, 0, Qt.AlignmentFlag.AlignLeft)
        side = down(card(_("换届和体检"), self.checks), (card(_("最近导入"), self.imports), 1), gap=12)
        row = across(
            (card(_("今年任务"), self.bars, self._more(_("任务指标"), "targets")), 9),
            (card(_("本周要办"), due, self._more(_("建会攻坚"), "drive", "due")), 12), (side, 5), gap=12,
        )  # fmt: skip
        down((row, 1), card(_("数据待完善"), self.doubts), on=self, gap=12)

    def _more(self, text: str, page: str, part: str = "") -> QPushButton:
        button = push_button(text, self._open_page, flat=True)
        button.setProperty("target", (page, part))
        return button

    def show_part(self, found: Aims | Agenda | Faults | Alike) -> None:
        """Show a part of what is to be done, see ``ui.home.facts.WORK``."""
        if isinstance(found, Agenda):
            self._show_agenda(found)
        elif isinstance(found, Aims):
            self.bars.show_targets(found.found, found.whole)
        else:
            self.doubts.show_part(found)
            if isinstance(found, Faults):
                self._faults = found
                self._show_checks()

    def _show_agenda(self, found: Agenda) -> None:
        self.due.show_items(found.due[:DUE_SHOWN])
        self.due_table.setVisible(bool(found.due))
        none = _("七天以内没有约好的走访和到期的承诺。在一企一档里写下“下一步”和日期，就会列在这里。")
        self.due_told.setText("" if found.due else none)
        self.due_told.setVisible(not found.due)
        self.due_more.setText(_("看全部 {count:,} 家").format(count=len(found.due)))
        self.due_more.setVisible(len(found.due) > DUE_SHOWN)
        self._terms, self._overdue = found.terms, found.overdue
        self._show_checks()
        lines = [self._imported(past) for past in found.imports]
        self.imports.show_lines(lines, _("还没有导入过。"))
        done = _("，").join(found.done) or _("还没有改动")
        self.today.show_text(_("我今天：{done}").format(done=done))

    def _show_checks(self) -> None:
        lines = [
            self._line(_("换届：{state}").format(state=_(TERM_STATES[state])), f"{count:,}", ("health", f"terms:{state}"), token)
            for state, token in _PRESSING
            if (count := self._terms.get(state, 0))
        ]
        for severity, count in self._faults.findings.items():
            token = "accent" if severity == "error" else "warn"
            if count:
                lines.append(self._line(_(SEVERITIES[severity]), f"{count:,}", ("health", f":{severity}"), token))
        if self._faults.gaps:
            lines.append(self._line(_("未填，无法核对"), f"{self._faults.gaps:,}", ("health", ":unknown"), "muted"))
        if self._overdue:
            lines.append(self._line(_("催报：逾期没交"), f"{self._overdue:,}", ("chase", "overdue"), "accent"))
        self.checks.show_lines(lines, _("没有到期的任期，也没有查出问题。"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # where there is little room, the employer's name keeps it
        self.due_table.setColumnHidden(1, event.size().width() < _NARROW)

    def _line(self, text: str, number: str, target: tuple[str, str], token: str = "ink") -> LineButton:  # noqa: S107
        line = LineButton(text, number, target, token)
        line.clicked.connect(self._open_line)
        return line

    def _imported(self, past: PastBatch) -> LineButton:
        """An import as a line: its day, its file or how many there were, how many rows it wrote."""
        written = past.total("new") + past.total("updated")
        count = _("已撤销") if past.undone_by is not None else f"{written:,}"
        several = len(past.files) > 1
        what = _("{count} 份表").format(count=len(past.files)) if several else "".join(past.files)
        line = self._line(f"{past.at[5:10]} {what}", count, ("history", str(past.number)))
        line.setToolTip(tip("\n".join(past.files)))
        return line

    def _open_line(self) -> None:
        line = self.sender()
        assert isinstance(line, LineButton)
        self.opens.emit(*line.target)

    def _open_page(self) -> None:
        self.opens.emit(*self.sender().property("target"))

    def _open_target(self, key: str) -> None:
        self.opens.emit("targets", key)

    def _open_case(self, row: int) -> None:
        self.opens_case.emit(self.due.items[row].employer)
