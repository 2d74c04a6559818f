"""Third step of an import: what every row would do, before anything is written."""

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QHeaderView, QLabel, QSplitter, QTabBar, QVBoxLayout, QWidget

from importers.steps import Plan
from models.language import _
from models.region import RegionIndex
from ui import theme
from ui.plan_model import (
    TABS,
    DetailModel,
    Line,
    StepsModel,
    Tab,
    action_word,
    details,
    founded,
    level_word,
    lines_of,
    problem_texts,
    sheet_titles,
    tab_title,
)
from ui.tables import Table


class PlanView(QWidget):
    """The plan in four tabs, and at the right the row that is looked at, field by field."""

    def __init__(self, index: RegionIndex, parent: QWidget | None = None) -> None:
        """Without a plan. ``index`` names the regions."""
        super().__init__(parent)
        self._regions = index
        self._lines: dict[Tab, list[Line]] = {tab: [] for tab in TABS}
        self._names: dict[str, str] = {}
        self.masked = True
        self.tabs = QTabBar()
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        for tab in TABS:
            self.tabs.addTab(tab_title(tab))
        self.tabs.currentChanged.connect(self._show_tab)
        self.founded = QLabel()
        self.founded.setProperty("role", "secondary")
        self.founded.setWordWrap(True)
        self.steps = StepsModel(self)
        self.table = Table(_("要导入的行"))
        self.table.setModel(self.steps)
        self.table.fit([(_("工作表"), 9, False), (_("行"), 3, False), (_("名称"), 9, False), (_("处理"), 3, False), ("", 20, False)])
        self.table.horizontalHeader().setSectionResizeMode(4, QHeaderView.ResizeMode.Stretch)
        self.table.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.table.selectionModel().currentRowChanged.connect(self._show_row)
        self.nothing = QLabel()
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.nothing.setProperty("role", "secondary")
        self.name, self.place, self.problems = QLabel(), QLabel(), QLabel()
        self.fields = DetailModel(self)
        self.diff = Table(_("这一行的内容"))
        self.diff.setModel(self.fields)
        self._lay_out()

    def _lay_out(self) -> None:
        left = QWidget()
        rows = QVBoxLayout(left)
        rows.setContentsMargins(0, 0, 12, 0)
        rows.setSpacing(theme.GAP)
        rows.addWidget(self.table, 1)
        rows.addWidget(self.nothing, 1)
        split = QSplitter()
        split.addWidget(left)
        split.addWidget(self._detail())
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        split.setSizes([660, 440])
        split.setChildrenCollapsible(False)
        split.setHandleWidth(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.GAP)
        whole.addWidget(self.tabs)
        whole.addWidget(self.founded)
        whole.addWidget(split, 1)

    def _detail(self) -> QWidget:
        for label in (self.name, self.place, self.problems):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self.name.setProperty("role", "title")
        self.place.setProperty("role", "secondary")
        self.problems.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.problems.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.diff.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        self.diff.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.diff.horizontalHeader().setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        pane = QWidget()
        rows = QVBoxLayout(pane)
        rows.setContentsMargins(12, 0, 0, 0)
        rows.setSpacing(theme.GAP)
        rows.addWidget(self.name)
        rows.addWidget(self.place)
        rows.addWidget(self.problems)
        rows.addWidget(self.diff, 1)
        return pane

    def show_plan(self, plan: Plan, names: dict[str, str], masked: bool = True) -> None:
        """Show a plan. ``names``: what the records are called that rows refer to."""
        self._lines, self._names, self.masked = lines_of(plan), names, masked
        several = sum(1 for sheet in plan.sheets if sheet.steps) > 1
        self.table.setColumnHidden(0, not several)
        self.steps.sheets = sheet_titles([(sheet.file, sheet.sheet) for sheet in plan.sheets])
        for place, tab in enumerate(TABS):
            self.tabs.setTabText(place, f"{tab_title(tab)} {len(self._lines[tab]):,}")
        employers, unions = founded(plan)
        told = _("名单里提到、登记册里还没有的单位 {employers:,} 个、工会 {unions:,} 个，将按“待核实”一并登记。")
        self.founded.setText(told.format(employers=employers, unions=unions))
        self.founded.setVisible(bool(employers or unions))
        first = "attention" if self._lines["attention"] else next((tab for tab in TABS if self._lines[tab]), "new")
        self.tabs.setCurrentIndex(TABS.index(first))
        self._show_tab()

    def _show_tab(self) -> None:
        tab = TABS[self.tabs.currentIndex()]
        lines = self._lines[tab]
        self.steps.show(lines)
        self.table.setVisible(bool(lines))
        self.nothing.setVisible(not lines)
        self.nothing.setText(_("没有要处理的行，可以放心导入。") if tab == "attention" else _("没有这样的行。"))
        if lines:
            self.table.selectRow(0)
            self.table.scrollToTop()
        else:
            self._show_line(None)

    def _show_row(self, current: QModelIndex) -> None:
        self._show_line(self.steps.lines[current.row()] if current.isValid() else None)

    def _show_line(self, line: Line | None) -> None:
        self.name.setText(line.step.label if line else "")
        if line is None:
            self.place.setText("")
            self.problems.hide()
            self.fields.show([])
            return
        where = _("{file} › {sheet} 第 {row} 行 · {action}")
        self.place.setText(
            where.format(file=line.sheet.file, sheet=line.sheet.sheet, row=line.step.number, action=action_word(line.step))
        )
        texts = [f"{level_word(level)}：{text}" for level, text in problem_texts(line)]
        self.problems.setText("\n".join(texts))
        self.problems.setVisible(bool(texts))
        self.fields.show(details(line, self._names, self._regions, self.masked))
        self.diff.setColumnHidden(1, all(detail.before == "—" for detail in self.fields.details))
