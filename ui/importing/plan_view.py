"""Third step of an import: what every row would do, before anything is written, and what a person answers to it."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QStackedWidget, QTabBar, QWidget

from importers.plan.steps import Plan, Step
from importers.rows.decisions import Decisions, Key
from models.language import _
from models.values.region_index import RegionIndex
from ui.importing.impact_view import ImpactView
from ui.importing.jobs import Judged
from ui.importing.mapping_grid import Tinted
from ui.importing.missing_view import MissingView
from ui.importing.plan_answers import AnswerBar, answered
from ui.importing.plan_choices import Wanted, with_wanted
from ui.importing.plan_lines import PlanLines, behind, lines_of
from ui.importing.plan_model import TABS, PlanLine, Tab, founded, offer, sheet_titles, tab_title
from ui.importing.plan_row import RowPane
from ui.importing.plan_tables import ACTION, StepsModel, troubled_fields
from ui.kit.kept_split import KeptSplit
from ui.kit.lines import REST, across, down, holding
from ui.kit.plain import Label
from ui.kit.tables import Table

MISSING = len(TABS)
#: A height in which the counts above the rows have to be few.
_LOW = 520
#: Names of employers and unions get so many Chinese characters at most.
_WIDEST_NAME = 14


class PlanView(QWidget):
    """The plan in tabs, above them what it does as a whole, at the right the row that is looked at, field by field.

    ``decided(Decisions, set)`` brings answers, and the keys of the sheets that must be understood anew because of them;
    ``ticked()`` comes when :attr:`open_questions` changed without any new decision.
    """

    decided = Signal(object, object)
    ticked = Signal()

    def __init__(self, index: RegionIndex) -> None:
        """Without a plan. ``index`` names the regions."""
        super().__init__()
        self._lines = {tab: PlanLines() for tab in TABS}
        self._decisions = Decisions()
        self._candidates: dict[str, str] = {}
        self._by_value = False
        self._filter: Sequence[PlanLine] | None = None
        self.tabs = QTabBar()
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        for tab in TABS:
            self.tabs.addTab(tab_title(tab))
        self.tabs.addTab("")
        self.tabs.currentChanged.connect(self._turn)
        self.founded = Label(role="secondary", wrap=True)
        self.impact = ImpactView()
        self.impact.filtering.connect(self._show_only)
        self.impact.decided.connect(self._decide)
        self.impact.ticked.connect(self.ticked)
        self.steps = StepsModel(self)
        self.steps.repaired.connect(self._repair)
        self.table = Table(_("要导入的行"))
        self.table.setModel(self.steps)
        self.table.setItemDelegate(Tinted(self.table))
        self.table.setEditTriggers(Table.EditTrigger.DoubleClicked | Table.EditTrigger.EditKeyPressed)
        self.table.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.table.selectionModel().currentRowChanged.connect(self._show_row)
        self.table.chosen.connect(self._offer)
        self.answers = AnswerBar()
        self.answers.answering.connect(self._answer)
        self.table.addActions([*self.answers.choices.values(), self.answers.which.menu().menuAction()])
        self.missing = MissingView()
        self.missing.decided.connect(self._decide)
        self.row = RowPane(index)
        self.row.choosing.connect(self._choose)
        self.nothing = Label(role="secondary", centred=True)
        self.only, self.everything = Label(), QPushButton(_("显示全部"))
        self.everything.setProperty("flat", True)
        self.everything.clicked.connect(self._show_all)
        self._lay_out()

    def _lay_out(self) -> None:
        self._narrowed = holding(across(self.only, self.everything, REST, gap=None))
        left = holding(down(self._narrowed, (self.table, 1), (self.nothing, 1), margins=(0, 0, 12, 0)))
        split = KeptSplit("import plan", left, self.row)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        split.place([720, 400])
        split.setHandleWidth(1)
        self._pages = QStackedWidget()
        self._pages.addWidget(split)
        self._pages.addWidget(self.missing)
        down(self.impact, self.founded, self.tabs, (self._pages, 1), self.answers, on=self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.impact.fit(event.size().height() < _LOW)

    @property
    def first(self) -> QWidget:
        """Where a person goes on: the rows, or the tabs where a tab has none; among the values, where one was chosen there."""
        if self._by_value and not self.row.diff.isHidden():
            return self.row.diff
        return self.tabs if self.table.isHidden() else self.table

    @property
    def open_questions(self) -> int:
        """How many things must be ticked before the import."""
        return self.impact.open_questions

    def show_plan(self, judged: Judged, decisions: Decisions, masked: bool = True, again: bool = False) -> None:
        """Show a plan with the words for the records it names. ``again``: stay where the person is."""
        plan, names, self._candidates = judged.plan, judged.names, judged.candidates
        row, was = self.table.currentIndex().row(), self._looked_at
        self._plan, self._lines, self._decisions, self._filter = plan, lines_of(plan), decisions, None
        self.steps.masked = masked
        self.row.know(names, masked)
        self.table.setColumnHidden(0, sum(1 for sheet in plan.sheets if sheet.steps) <= 1)
        self.steps.sheets = sheet_titles([(sheet.file, sheet.sheet) for sheet in plan.sheets])
        for place, tab in enumerate(TABS):
            self.tabs.setTabText(place, f"{tab_title(tab)} {len(self._lines[tab]):,}")
        self.tabs.setTabVisible(TABS.index("skipped"), bool(self._lines["skipped"]))
        missing = sum(len(sheet.missing) for sheet in plan.sheets)
        self.tabs.setTabText(MISSING, _("名册里没有") + f" {missing:,}")
        self.tabs.setTabVisible(MISSING, any(sheet.missing or sheet.again for sheet in plan.sheets))
        self.missing.show_plan(plan, decisions, names, masked)
        self._tell_founded(plan)
        if not again:
            self.impact.forget()
        self.impact.show_plan(plan, decisions)
        if not (again and self.tabs.isTabVisible(self.tabs.currentIndex())):
            first = "attention" if self._lines["attention"] else next((tab for tab in TABS if self._lines[tab]), "new")
            self.tabs.setCurrentIndex(TABS.index(first))
        self._show_tab(self._place_of(was, row) if again else 0)

    def _tell_founded(self, plan: Plan) -> None:
        employers, unions = founded(plan)
        told = _("名单里提到、登记册里还没有的单位 {employers:,} 个、工会 {unions:,} 个，将按“待核实”一并登记。")
        self.founded.setText(told.format(employers=employers, unions=unions))
        self.founded.setVisible(bool(employers or unions))

    def _turn(self) -> None:
        self._filter = None
        self._show_tab()

    def _show_only(self, title: str, steps: Sequence[Step] | PlanLines) -> None:
        """Only the rows behind a count, whatever tab they stand in."""
        self._filter = steps if isinstance(steps, PlanLines) else behind(self._plan, steps)
        only = self._filter
        self.only.setText(_("只看：{what}").format(what=title))
        if self.tabs.currentIndex() == MISSING:
            self.tabs.setCurrentIndex(TABS.index("updated"))
            self._filter = only
        self._show_tab()

    def _show_all(self) -> None:
        self._filter = None
        self._show_tab()

    def _show_tab(self, row: int = 0) -> None:
        missing = self.tabs.currentIndex() == MISSING
        self._pages.setCurrentIndex(int(missing))
        tab: Tab = "attention" if missing else TABS[self.tabs.currentIndex()]
        lines: Sequence[PlanLine] = self._lines[tab] if self._filter is None else self._filter
        self._narrowed.setVisible(self._filter is not None)
        self.steps.show(lines, troubled_fields(lines) if tab == "attention" and self._filter is None else {})
        self._fit()
        self.table.setVisible(bool(lines))
        self.nothing.setVisible(not lines)
        self.nothing.setText(_("没有要处理的行，可以放心导入。") if tab == "attention" else _("没有这样的行。"))
        self.row.show_line(None)
        if lines and not missing:
            self.table.setCurrentIndex(self.steps.index(min(max(row, 0), len(lines) - 1), ACTION))
        self._offer()

    def _fit(self) -> None:
        fields = [
            (str(self.steps.headerData(column, Qt.Orientation.Horizontal)), self.steps.width(column), False)
            for column in range(ACTION + 1, self.steps.columnCount() - 1)
        ]
        longest = max(map(len, self.steps.sheets.values()), default=0)
        shown = self.steps.lines
        name = shown.widest if isinstance(shown, PlanLines) else max((len(line.step.label or "") for line in shown), default=0)
        shares = ((_("工作表"), min(longest, 9)), (_("行"), 3), (_("名称"), max(6, min(name, _WIDEST_NAME))), (_("处理"), 3))
        widths = [(title, width, False) for title, width in shares]
        self.table.fit([*widths, *fields, ("", 24, False)])
        self.table.horizontalHeader().setStretchLastSection(True)

    @property
    def _looked_at(self) -> tuple[str, str, int] | None:
        """File, sheet and number of the row that is looked at."""
        place = self.table.currentIndex().row()
        if not 0 <= place < len(self.steps.lines):
            return None
        line = self.steps.lines[place]
        return line.sheet.file, line.sheet.sheet, line.step.number

    def _place_of(self, row: tuple[str, str, int] | None, place: int) -> int:
        """Where a row stands in the tab that is shown now, near to where it stood; the same place where it has left the tab."""
        lines = self._lines[TABS[self.tabs.currentIndex()]] if self.tabs.currentIndex() != MISSING else []
        for near in (place, place - 1, place + 1):
            if 0 <= near < len(lines):
                line = lines[near]
                if (line.sheet.file, line.sheet.sheet, line.step.number) == row:
                    return near
        return place

    def _show_row(self, current: QModelIndex) -> None:
        self.row.show_line(self.steps.lines[current.row()] if current.isValid() else None)

    @property
    def selected(self) -> list[PlanLine]:
        """The selected rows."""
        return [self.steps.lines[row] for row in self.table.selected_rows() if row < len(self.steps.lines)]

    def _offer(self) -> None:
        lines = [] if self.tabs.currentIndex() == MISSING else self.selected
        self.answers.offer(lines, self._decisions, self._candidates)

    def _answer(self, name: str) -> None:
        self._by_value = False
        lines = self.selected
        again = {(line.sheet.file, line.sheet.sheet) for line in lines} if name == "back" else set[Key]()
        self.decided.emit(answered(self._decisions, lines, name, self._candidates), again)

    def _repair(self, line: PlanLine, name: str, text: str) -> None:
        self._by_value = False
        key = (line.sheet.file, line.sheet.sheet)
        self.decided.emit(self._decisions.with_cell(key, line.step.number, name, text), {key})

    def _choose(self, wanted: Wanted) -> None:
        self._by_value = True
        self.decided.emit(with_wanted(self._decisions, wanted), set())

    def _decide(self, decisions: Decisions) -> None:
        self._by_value = False
        self.decided.emit(decisions, set())


def offer_after(plan: Plan, open_questions: int) -> tuple[str, bool]:
    """What the button that applies a plan says, and whether it can be pressed: not before everything is ticked."""
    text, possible = offer(plan)
    if possible and open_questions:
        return text + _("（先确认上面 {count:,} 条）").format(count=open_questions), False
    return text, possible
