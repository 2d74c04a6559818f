"""The drive (建会攻坚): who should found a union and has none, as list, board and places; whom to see; one file each."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QStackedWidget, QWidget

from models.drive.list import Drive, DriveRow
from models.drive.places import DrivePlace
from models.language import _
from reports.drive_list import GROUP_LABELS
from ui.drive.board import Board
from ui.drive.case_doing import CaseDoing
from ui.drive.case_founding import JointPane
from ui.drive.case_pane import CasePane
from ui.drive.due import DueView
from ui.drive.filters import FilterBar, fits, lying_in
from ui.drive.funnel import Funnel
from ui.drive.list import EmployersList
from ui.drive.places import PlacesView
from ui.drive.sheets import Cells, DriveSheets
from ui.drive.sources import SourcesView
from ui.drive.state import NOWHERE, SHOWS, DriveState, drive_state
from ui.drive.tables import employers_model
from ui.drive.visit import VisitPane
from ui.kit import theme
from ui.kit.acting import act, act_by_each, told
from ui.kit.buttons import push_button
from ui.kit.commands import command
from ui.kit.context import Context
from ui.kit.empty import EmptyState
from ui.kit.jobs import Turn
from ui.kit.kept_split import KeptSplit
from ui.kit.lines import AROUND_PAGE, across, down, holding, stacked, tabbed
from ui.kit.page import Page
from ui.kit.plain import caption
from ui.lists.worklist_dialog import PuttingOnLists

#: The width of a file beside the list.
_FILE = 470


class DrivePage(Page):
    """``wants_import()`` comes from the empty page; ``prints(str, dict)`` asks for a report and what is chosen for it."""

    SHOWS = SHOWS
    wants_import = Signal()
    prints = Signal(str, object)

    def __init__(self, context: Context) -> None:
        """A page that works the drive out when it is first shown."""
        super().__init__(context)
        self.hint, self.search_text = _("搜索单位名称、信用代码、区划"), ""
        self._where = ""
        self._drive: Drive | None = None
        self._group, self._place = "on_list", ""
        self._waiting: set[QWidget] = set()
        self._sheets, self._doing = DriveSheets(context, self), CaseDoing(context, self)
        self._doing.founds.connect(self._open_founding)
        self.funnel = Funnel(keeps_choice=True)
        self.funnel.chosen.connect(self._choose_group)
        self.filters = FilterBar(context.index, context.own, context.today)
        self.filters.of_list.connect(self._go_to_list)
        self.filters.narrowed.connect(self._fill)
        self.regions = self.filters.regions
        self.regions.chosen.connect(self.refresh)
        self.model = employers_model(self, context.today)
        self._make_parts()
        self._make_buttons()
        self._lay_out()

    def _make_parts(self) -> None:
        context = self._context
        places = QStringListModel([context.index.path(uid) for uid in context.index.entries], self)
        self.list = EmployersList(context, self.model, places)
        self.table, self.shown = self.list.table, self.list.shown
        self.list.opened.connect(self.open_case)
        self.list.assigns.connect(self._doing.assign)
        self.list.plans.connect(self._doing.plan_several)
        self.list.joins.connect(self._open_joint)
        self.list.chosen.connect(self._tell_count)
        self.putting = PuttingOnLists(context, "employers", self._selected_uids, self, list)
        listing_up = QAction(command("list.worklist").label, self.table)
        listing_up.triggered.connect(self.putting.ask)
        self.table.addAction(listing_up)
        self.board = Board(self.model)
        self.board.opened.connect(self.open_case)
        self.board.dropped.connect(self._drop)
        self.places = PlacesView()
        self.coverage = self.places.places
        self.places.opened.connect(self._list_place)
        self.due = DueView(context)
        self.due.opened.connect(self.open_case)
        self.due.prints.connect(self.prints)
        self.sources = SourcesView(context, self._doing)
        self.sources.opened.connect(self.open_case)
        self.pane = CasePane(context, self._doing, places)
        self.joint = JointPane(context, self._doing, places)
        self.visit = VisitPane(context, self._doing, places)
        self.pane.prints.connect(self.prints)
        for pane in (self.pane, self.joint, self.visit):
            pane.closed.connect(self._close_file)

    def _selected_uids(self) -> list[str]:
        """The employers (uids) that are selected in the list."""
        return [row.uid for row in self.list.selected()]

    def _make_buttons(self) -> None:
        self.of_place = push_button("", self._leave_place, "close", hint=_("点一下，不再只看这个地方"))
        self.of_place.hide()
        self.visiting = push_button(_("记走访"), self.start_visit, "plus", hint=told(command("window.visit")))
        self.export, self.paper = push_button("", self._export, "export"), push_button("", self._export_paper, "report")
        act_by_each(self, "drive", export=self.export, paper=self.paper)
        act(self, "drive.find", self.filters.finding.setFocus)
        self.list.lead(self.pane)

    def _lay_out(self) -> None:
        titles = (_("名单"), _("看板"), _("按区县镇街"), _("本周要办"), _("摸排比对"))
        self.tabs = tabbed(*zip(titles, (self.list, self.board, self.places, self.due, self.sources), strict=True))
        above = across((self.funnel, 1))
        for button in (self.of_place, self.export, self.paper):
            above.addWidget(button, 0, Qt.AlignmentFlag.AlignBottom)
        self.tabs.setCornerWidget(self.visiting)
        self.tabs.currentChanged.connect(self._show_tab)
        self.file = QStackedWidget()
        for pane in (self.pane, self.joint, self.visit):
            self.file.addWidget(pane)
        self.file.hide()
        self.halves = KeptSplit("drive", self.tabs, self.file)
        self.halves.setStretchFactor(0, 1)
        content = holding(down(self.filters, above, (self.halves, 1), gap=theme.GAP + 4, margins=AROUND_PAGE))
        empty = _("还没有用人单位。导入税务代收名单或企业摸排清单后，这里列出应建会而没有建会的单位。")
        nothing = EmptyState("drive", empty, _("去导入"))
        nothing.pressed.connect(self.wants_import)
        self._whole = stacked(content, nothing, on=self)

    def refresh(self) -> None:
        """Work the drive out anew, on the worker thread."""
        self._waiting = {self.due, self.sources}
        self.ask(drive_state, self._context.index, self.regions.area, done=self._show, turn=Turn.SOON)

    def search(self, text: str) -> None:
        """List the employers in whose name, code or region ``text`` stands."""
        self.search_text = text
        self.filters.finding.setText(text)
        self._go_to_list()
        self._fill()

    def show_part(self, part: str) -> None:
        """List one group of the funnel (see ``models.drive.list.GROUPS``) and nothing else narrowed but by place.

        After a colon comes a place (a region's uid, or NOWHERE) to narrow it further. "due" shows whom to see this week.
        """
        group, _colon, place = part.partition(":")
        self.search_text = ""
        self.filters.clear()
        self._leave_place()
        self.regions.settle()
        if place:
            self._list_at(place, "" if place == NOWHERE else self._context.index.name(place), group)
        elif group == "due":
            self.tabs.setCurrentWidget(self.due)
        else:
            self.tabs.setCurrentWidget(self.list)
            self.funnel.choose(group)

    def open_case(self, employer: str, part: str = "") -> None:
        """Open an employer's file (一企一档) beside the list, and one part of it (see ``CasePane.open_case``)."""
        self._show_file(self.pane)
        self.pane.open_case(employer, part)

    def start_visit(self) -> None:
        """Open the form of a visit beside the list; the employer that is selected stands in it."""
        chosen = self.list.selected() if self.tabs.currentWidget() is self.list else []
        self._show_file(self.visit)
        self.visit.start(*((chosen[0].uid, chosen[0].name) if len(chosen) == 1 else ()))

    def _show_file(self, pane: QWidget) -> None:
        self.file.setCurrentWidget(pane)
        if self.file.isHidden():
            self.file.show()
            self.halves.place([max(300, self.halves.width() - _FILE), _FILE])

    def _close_file(self) -> None:
        self.file.hide()
        part = self.tabs.currentWidget()
        getattr(part, "keys", part).setFocus()

    def _open_founding(self, case: str, _name: str) -> None:
        rows = self._drive.rows if self._drive is not None else []
        employer = next((row.uid for row in rows if row.drive_case == case), self.pane.uid)
        self.open_case(employer, "founding")

    def _open_joint(self, rows: list[DriveRow]) -> None:
        cases = [row.drive_case for row in rows if row.drive_case]
        self.joint.show_cases(cases, [row.name for row in rows])
        self._show_file(self.joint)

    def _drop(self, employers: list[str], stage: str) -> None:
        row = next((row for row in self.model.items if row.uid == employers[0]), None)
        if row is not None and row.drive_case and row.stage != stage:
            self._doing.ask_move(row.drive_case, row.name, stage)

    def _show(self, state: DriveState) -> None:
        self._drive, self._where = state.drive, state.where
        self.funnel.show_counts(self._drive.summary)
        self.places.show_places(state.places)
        self.filters.offer(self._drive.on_list)
        self.list.offer(state.organizers)
        self._whole.setCurrentIndex(0 if state.held else 1)
        self._fill()

    def _show_tab(self) -> None:
        """What costs time is read when it is looked at."""
        part = self.tabs.currentWidget()
        self.board.show_cards(part is self.board)
        self._weigh()
        if part in self._waiting:
            self._waiting.discard(part)
            if part is self.due:
                self.due.refresh(self.regions.area, self.filters.wanted.organizer)
            else:
                self.sources.refresh(self.regions.area)

    def _choose_group(self, group: str) -> None:
        self._group = group
        self._go_to_list()
        self._fill()

    def _go_to_list(self) -> None:
        if self.tabs.currentWidget() is not self.board:  # it shows the same employers
            self.tabs.setCurrentWidget(self.list)

    def _list_place(self, place: DrivePlace, group: str) -> None:
        """List the employers that a number of the table by place counts."""
        self.filters.clear()
        self._list_at(place.uid or NOWHERE, place.name, group)

    def _list_at(self, place: str, name: str, group: str) -> None:
        self._place = place
        self.of_place.setText(" " + caption(name or _("未填区划")))
        self.of_place.show()
        if group:
            self.funnel.buttons[group].setChecked(True)
        self._choose_group(group)

    def _leave_place(self) -> None:
        self._place = ""
        self.of_place.hide()
        self._fill()

    def _wanted_rows(self) -> list[DriveRow]:
        assert self._drive is not None
        wanted, today, index = self.filters.wanted, self._context.today, self._context.index
        rows = [row for row in self._drive.rows if not self._group or row.group == self._group]
        return [row for row in lying_in(rows, self._place, index) if fits(row, wanted, today)]

    def _fill(self) -> None:
        self._waiting.add(self.due)
        if self._drive is not None:
            self.list.show_rows(self._wanted_rows())
        self._show_tab()
        self._tell_count()

    def _weigh(self) -> None:
        among = self.tabs.currentWidget() in (self.list, self.board)
        self.export.setEnabled(bool(self.model.items) or not among)
        self.paper.setEnabled(among and self._group == "on_list" and bool(self.model.items))

    def _tell_count(self) -> None:
        chosen, total = self.table.selected_count, len(self.model.items)
        name = _(GROUP_LABELS[self._group or "employers"])
        said = _("{group}：已选 {chosen:,} / 共 {total:,} 家") if chosen else _("{group}：共 {total:,} 家")
        text = said.format(group=name, chosen=chosen, total=total)
        if self._drive is not None and self._drive.excluded:
            text += _("（另有 {count:,} 家已知为公有或不在营，未列入）").format(count=self._drive.excluded)
        self.shown.setText(text)

    def _looked_at(self) -> tuple[str, Callable[[], Cells]]:
        """The part of the page that is looked at: under which name it is kept, and its cells."""
        part = self.tabs.currentWidget()
        for view, cells in ((self.places, self.coverage.cells), (self.due, self.due.cells), (self.sources, self.sources.cells)):
            if part is view:
                return self.tabs.tabText(self.tabs.currentIndex()), cells
        return GROUP_LABELS[self._group or "employers"], self.list.cells

    def _export(self) -> None:
        self._sheets.ask(*self._looked_at())

    def export_to(self, path: Path) -> None:
        """Write what is looked at to a workbook, as it is shown."""
        self._sheets.write(path, self._looked_at()[1])

    def _export_paper(self) -> None:
        if self._drive is not None:
            self._sheets.ask_paper(self._drive, self.model.items, self._where)
