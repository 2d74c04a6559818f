"""Second step of an import: for each sheet its kind, its header, and the field of each column, on the sheet itself."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QListWidget, QListWidgetItem, QStackedWidget, QTabBar, QWidget

from importers.rows.decisions import Decisions, Key
from importers.rows.understanding import SheetView
from models.language import _
from models.records.forms import FORMS
from ui.importing.mapping_facts import SheetFacts, missing_fields
from ui.importing.mapping_grid import Grid
from ui.importing.mapping_lists import BlanksList, DefaultsList, ValuesList
from ui.importing.mapping_model import field_title
from ui.importing.own_field_dialog import OwnFieldDialog
from ui.importing.plan_model import sheet_titles
from ui.kit.asked_once import asked_once
from ui.kit.choice_box import choice_box
from ui.kit.icons import icon
from ui.kit.kept_split import KeptSplit
from ui.kit.lines import REST, across, down, holding
from ui.kit.plain import Label, LinkLabel, tip
from ui.kit.search_combo import SearchCombo

_NOTHING = SheetFacts({}, [])
#: Columns that are named in one line.
_NAMED = 6


def kind_title(view: SheetView) -> str:
    """What kind of list a sheet is taken for."""
    return _(FORMS[view.kind].label) if view.kind is not None else _("不导入")


class MappingView(QWidget):
    """``decided(object, object)`` brings a sheet's key and the new decisions; the page understands the sheet again.

    ``noted(object)`` brings decisions that change nothing about how sheets are understood. ``counting(object, str)``
    asks how many values of a field of a sheet would be cleared. ``union_chosen(str)`` brings the name of the union for
    people whose row names none, "" for none. ``making(object, int, object)`` brings a sheet's key, a column, and the own
    field (``models.editing.own_fields.NewField``) that it is to become.
    """

    decided = Signal(object, object)
    noted = Signal(object)
    counting = Signal(object, str)
    union_chosen = Signal(str)
    making = Signal(object, int, object)

    def __init__(self) -> None:
        """Without sheets."""
        super().__init__()
        self.views: list[SheetView] = []
        self.decisions = Decisions()
        self.masked = True
        self._facts: Mapping[Key, SheetFacts] = {}
        self.sheets = QListWidget()
        self.sheets.setAccessibleName(_("工作表"))
        self.sheets.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.sheets.setMinimumWidth(150)
        self.sheets.currentRowChanged.connect(self._show_current)
        kinds = [*((_(form.label), form.kind) for form in FORMS.values()), (_("不导入"), None)]
        self.kind = choice_box(_("这张表是"), kinds, self._choose_kind)
        self.said, self.missing = Label(role="secondary", wrap=True), Label(role="wrong", wrap=True)
        self.doubts, self.why = LinkLabel(), Label(role="secondary", wrap=True)
        self.doubts.linkActivated.connect(lambda place: self.look_at(int(place)))
        self.grid = Grid()
        self.grid.field_chosen.connect(self._choose_field)
        self.grid.header_chosen.connect(self._choose_header)
        self.grid.own_wanted.connect(self._ask_own)
        self.blanks, self.defaults, self.values = BlanksList(), DefaultsList(), ValuesList()
        self.blanks.decided.connect(self._note)
        self.blanks.counting.connect(self._count)
        self.defaults.decided.connect(self._decide)
        self.values.decided.connect(self._decide)
        self.parts = QTabBar()
        self.parts.setExpanding(False)
        self.parts.setDrawBase(False)
        for title in (_("对应列"), _("认不出的值"), _("缺少的列"), _("空白格")):
            self.parts.addTab(title)
        self.full = QCheckBox(_("这是该工会的全部名册（导入前列出登记册里有、这里没有的人）"))
        self.full.clicked.connect(self._choose_full)
        self.union = SearchCombo(_("没有写工会的人员归入"), _("按表里的单位和表头判断"))
        self.union.chosen.connect(self._choose_union)
        self.grid.column_entered.connect(self._tell_why)
        self._lay_out()

    def _lay_out(self) -> None:
        hint = Label(_("表头下的框可以改对应的字段；点行号可以改表头；灰色的行和列不导入"), "secondary", wrap=True)
        self._union_row = holding(across(Label(_("没有写工会的人员归入")), (self.union, 1), REST, gap=None))
        grid = holding(down(self.doubts, (self.grid, 1), self.why, hint))
        self._pages = QStackedWidget()
        for page in (grid, self.values, self.defaults, self.blanks):
            self._pages.addWidget(page)
        self.parts.currentChanged.connect(self._pages.setCurrentIndex)
        right = holding(down(
            across(Label(_("这张表是")), self.kind, (self.said, 1)), self.missing, self.parts, (self._pages, 1),
            self.full, self._union_row, margins=(12, 0, 0, 0),
        ))  # fmt: skip
        left = holding(down(self.sheets, margins=(0, 0, 12, 0)))
        split = KeptSplit("import columns", left, right)
        split.setStretchFactor(1, 1)
        split.place([236, 900])
        split.setHandleWidth(1)
        down(split, on=self)

    def begin(self) -> None:
        """Another import begins: nothing is shown, and what comes stands at its first sheet, its first tab and at its top."""
        self.show_views([], Decisions(), True, {})
        self.grid.scrollToTop()
        self.grid.horizontalScrollBar().setValue(0)

    def show_views(
        self, views: Sequence[SheetView], decisions: Decisions, masked: bool, facts: Mapping[Key, SheetFacts]
    ) -> None:
        """Show the sheets as understood now; the sheet that is looked at stays, at first it is one that is imported."""
        self._facts = facts
        same = [each.key for each in views] == [each.key for each in self.views]
        imported = (place for place, each in enumerate(views) if each.kind is not None)
        place = self.sheets.currentRow() if same else next(imported, 0)
        self.views, self.decisions, self.masked = list(views), decisions, masked
        with QSignalBlocker(self.sheets):
            self.sheets.clear()
            titles = sheet_titles([view.key for view in views])
            for view in views:
                self.sheets.addItem(self._item(view, titles[view.key]))
            self.sheets.setCurrentRow(place if views else -1)
        self._union_row.setVisible(any(view.kind == "workers" for view in views))
        self._show_current()

    def _item(self, view: SheetView, name: str) -> QListWidgetItem:
        about = kind_title(view) + (_(" · {rows:,} 行").format(rows=len(view.rows)) if view.kind else "")
        wrong = bool(missing_fields(view))
        item = QListWidgetItem(f"{name}\n{about}" + (_(" · 缺必需的列") if wrong else ""))
        state = ("alert", "accent") if wrong else ("check", "good") if view.kind else ("close", "faint")
        item.setIcon(icon(*state))
        item.setToolTip(tip(f"{view.file} › {view.sheet}"))
        item.setSizeHint(QSize(0, 2 * self.fontMetrics().height() + 14))
        return item

    @property
    def current(self) -> SheetView | None:
        """The sheet that is looked at."""
        place = self.sheets.currentRow()
        return self.views[place] if 0 <= place < len(self.views) else None

    def _show_current(self) -> None:
        view = self.current
        self.kind.setEnabled(view is not None and view.header is not None)
        self.kind.setCurrentIndex(self.kind.findData(view.kind if view else None))
        self.said.setText(_about(view) if view else "")
        missing = missing_fields(view) if view else []
        self.missing.setVisible(bool(missing))
        self.missing.setText(
            _("缺少必需的列：{fields}。请在对应那一列的表头下选择它，否则这张表的每一行都会退回。").format(fields=_("、").join(missing))
        )
        facts = self._facts.get(view.key, _NOTHING) if view else _NOTHING
        self.grid.show_sheet(view, self.masked, facts)
        self._tell_doubts(view)
        for part in (self.blanks, self.defaults, self.values):
            part.show_sheet(view, self.decisions, facts)
        unknown = len(facts.unknown)
        self.parts.setTabText(1, _("认不出的值 {count:,}").format(count=unknown) if unknown else _("认不出的值"))
        self.parts.setEnabled(view is not None and view.kind is not None)
        if view is None or view.kind is None:
            self.parts.setCurrentIndex(0)
        self.full.setVisible(view is not None and view.kind == "workers")
        self.full.setChecked(view is not None and view.key in self.decisions.full)

    def _tell_doubts(self, view: SheetView | None) -> None:
        """Name the columns that a person should look at, those that need an answer first."""
        doubtful = view.mapping.doubtful if view is not None and view.kind is not None and view.mapping is not None else ()
        self.doubts.setVisible(bool(doubtful))
        named = [(f"{each.letter} “{each.header}”" if each.header else each.letter, str(each.index)) for each in doubtful]
        links = [part for each in named[:_NAMED] for part in ((_("、"), ""), each)][1:]
        more = _(" 等 {count} 列").format(count=len(named)) if len(named) > _NAMED else ""
        said = _("没有把握的列排在最前面，请看看对应得对不对：") if doubtful else ""
        self.doubts.show_parts([(said, ""), *links, (more, "")])
        column = self.grid.currentIndex().column()
        self._tell_why(max(column, 0) if doubtful or column >= 0 else -1)

    def look_at(self, place: int) -> None:
        """Go to the file's column ``place`` (0 = A), and say why it goes where it goes."""
        grid = self.grid
        row = next((row for row in range(grid.grid.rowCount()) if grid.grid.is_header(row)), 0)
        grid.setCurrentIndex(grid.grid.index(row, grid.grid.shown_at(place)))
        grid.setFocus()

    def _tell_why(self, column: int) -> None:
        """Under the grid: what speaks for and against the fields that a column of the grid might hold."""
        match = self.grid.grid.found(column) if 0 <= column < self.grid.grid.columnCount() else None
        why = self.grid.grid.why(column) if match is not None else ""
        self.why.setVisible(bool(why))
        if match is None or not why:
            self.why.setText("")
            return
        told = _("为什么 {letter} 列对应“{field}”：{why}") if match.field else _("为什么 {letter} 列不导入：{why}")
        self.why.setText(told.format(letter=match.letter, field=field_title(self.grid.grid.form, match), why=why))

    def _choose_kind(self) -> None:
        if (view := self.current) is not None and self.kind.currentData() != view.kind:
            self.decided.emit(view.key, self.decisions.with_kind(view.key, self.kind.currentData()))

    def _choose_header(self, rows: tuple[int, ...]) -> None:
        if (view := self.current) is not None:
            self.decided.emit(view.key, self.decisions.with_header(view.key, rows))

    def _choose_field(self, column: int, field: str | None) -> None:
        if (view := self.current) is not None:
            self.decided.emit(view.key, self.decisions.with_mapping(view.key, column, field))

    def _ask_own(self, column: int) -> None:
        if (view := self.current) is None:
            return
        with asked_once(OwnFieldDialog(view, column, self)) as dialog:
            if dialog.exec() and dialog.wanted is not None:
                self.making.emit(view.key, column, dialog.wanted)

    def _decide(self, decisions: Decisions) -> None:
        if (view := self.current) is not None:
            self.decided.emit(view.key, decisions)

    def know(self, decisions: Decisions) -> None:
        """Go on from these decisions, before the sheet that they are about is shown again."""
        self.decisions = decisions
        for part in (self.blanks, self.defaults, self.values):
            part.decisions = decisions

    def _note(self, decisions: Decisions) -> None:
        self.know(decisions)
        self.noted.emit(decisions)

    def _choose_full(self, whole: bool) -> None:
        if (view := self.current) is not None:
            self._note(self.decisions.with_full(view.key, {} if whole else None))

    def _count(self, name: str) -> None:
        if (view := self.current) is not None:
            self.counting.emit(view.key, name)

    def _choose_union(self) -> None:
        self.union_chosen.emit(self.union.name)

    def tell_busy(self, key: Key | None) -> None:
        """Say that a sheet is being understood again; None when it is done."""
        if key is not None:
            self.said.setText(_("正在重新识别…"))


def _about(view: SheetView) -> str:
    """What was understood of a sheet: header, rows, organization, and what its reader has to tell."""
    parts = []
    if view.header is not None and view.kind is not None:
        rows = view.header.rows
        parts.append(_("表头在第 {rows} 行").format(rows=_("、").join(map(str, rows))) if rows else _("没有表头，按内容识别"))
        parts.append(_("{rows:,} 行名单").format(rows=len(view.rows)))
        if view.header.organization:
            parts.append(_("填报单位：{name}").format(name=view.header.organization))
        if view.header.day:
            parts.append(_("填报日期：{day}").format(day=view.header.day))
    told = " · ".join([*parts, *view.notes])
    if view.because == "no-table" and view.source is not None and view.source.rows:
        told += _("如果下面就是名单，请点表头那一行左边的行号，把它设为表头。")
    return told
