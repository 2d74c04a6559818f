"""The first page (总览): four numbers that open their pages, the funnel, what is to be done; largest employers; charts.

An empty register shows the first steps instead.
"""

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu, QWidget

from models.drive.list import GROUPS
from models.figures.facts import Period
from models.figures.indicators import find_indicator
from models.files.failures import told
from models.files.private import private_folder
from models.files.replacing import copy_whole
from models.language import _
from models.records.forms import FORMS
from models.standing.standing import Standing
from ui.drive.funnel import Funnel
from ui.drive.state import NOWHERE, SHOWS
from ui.drive.tables import coverage_model, employers_model
from ui.home.facts import WORK, Asked, Behind, HomeState, behind, home_state
from ui.home.parts import Corner, NumberButton, beginning, card, first_step, short_table
from ui.home.work import HomeWorkView
from ui.kit import theme
from ui.kit.asked_once import asked_once
from ui.kit.card_button import CardButton
from ui.kit.context import Context
from ui.kit.jobs import Turn
from ui.kit.lines import across, down, holding, on_paper, scrolled, stacked, tabbed
from ui.kit.page import Page
from ui.kit.plain import Label, tip

#: The employers shown at once as the most urgent ones.
LARGEST = 30
#: Below this width the short tables spare a column, so that names can be read.
_NARROW = 840
SAMPLES = Path(__file__).resolve().parent.parent.parent / "samples"
_WORKBOOKS = {".xlsx", ".xls", ".et", ".csv", ".txt"}
#: The kinds of record that the numbers and what is to be done come from.
_SHOWS = SHOWS | {
    "worker", "membership_event", "target", "ledger_entry", "ledger_kind", "site", "case_step", "occupation_group", "due_rule",
    "due_union", "hand_in",
}  # fmt: skip


def sample_files() -> list[Path]:
    """The invented workbooks that come with the program, not what was returned of them; none when they were not installed."""
    found = SAMPLES.iterdir() if SAMPLES.is_dir() else []
    return sorted(path for path in found if path.suffix.lower() in _WORKBOOKS and "_退回" not in path.stem)


class HomePage(Page):
    """``opens(str, str)`` names the page that a number opens and the part of it that was counted, "" for all of it.

    ``opens_rows(str, object, str)`` brings a page, the records (uids) that a number counts, and what they are called;
    ``opens_record(str, str)`` names a kind of record and a uid, of a "case" its employer's. ``counted(int)`` tells how many
    employers are on the list. ``imports(list)`` brings files to import, an empty list asks to choose them.
    """

    opens = Signal(str, str)
    opens_rows = Signal(str, object, str)
    opens_record = Signal(str, str)
    imports = Signal(object)
    counted = Signal(int)

    def __init__(self, context: Context) -> None:
        """A page that asks for its numbers when it is shown."""
        super().__init__(context)
        self._step: int | None = None
        self._told: Asked | None = None
        self.charts: Any = None
        self._chart_place = holding(down())
        titles = (_("今年"), _("单位和区划"), _("图表"))
        self.tabs = tabbed(*zip(titles, (self._numbers(), self._places(), self._chart_place), strict=True))
        self.of = Label(role="secondary")
        self._corner = Corner(self.work.today, self.of)
        self.tabs.setCornerWidget(self._corner)
        self.tabs.currentChanged.connect(self._turn)
        self._whole = stacked(self.tabs, beginning(self._first_steps()), on=self)
        context.own.switched.connect(self.refresh)

    def _numbers(self) -> QWidget:
        self.unions = NumberButton(_("基层工会"))
        self.members = NumberButton(_("会员"))
        self.new_form = NumberButton(_("新就业形态会员"))
        self.on_list = NumberButton(_("应建未建单位"), "accent")
        row = across(gap=12)
        for button, key, flow in (
            (self.unions, "unions", "new_unions"), (self.members, "members", "new_members"),
            (self.new_form, "new_form_members", ""), (self.on_list, "on_list", ""),
        ):  # fmt: skip
            button.setProperty("key", key)
            button.clicked.connect(self._open_number)
            button.change.setProperty("key", flow)
            button.change.clicked.connect(self._open_number)
            button.undated.clicked.connect(partial(self._open_undated, flow))
            row.addWidget(button, 1)
        self.funnel = Funnel(keeps_choice=False)
        self.funnel.chosen.connect(self._open_group)
        self.work = HomeWorkView()
        self.work.opens.connect(self.opens)
        self.work.opens_case.connect(self._open_case)
        page = on_paper(down(
            row, card(_("建会攻坚"), self.funnel), (self.work, 1), gap=12,
            margins=(theme.WIDE, 12, theme.WIDE, theme.GAP),
        ))  # fmt: skip
        return scrolled(page, by_tab=False)

    def _places(self) -> QWidget:
        self.largest = employers_model(self, self._context.today)
        self.table = short_table(_("人数最多的应建未建单位"), self.largest, ("name", "staff_count", "region"))
        self.table.opened.connect(self._open_largest)
        self.places = coverage_model(self)
        self.coverage = short_table(_("各区县、镇街"), self.places, ("place", "employers", "on_list"))
        self.coverage.opened.connect(self._open_place)
        return holding(across(
            (card(_("人数最多的应建未建单位"), self.table), 3), (card(_("各区县、镇街"), self.coverage), 2), gap=12,
            margins=(theme.WIDE, 12, theme.WIDE, theme.WIDE),
        ))  # fmt: skip

    def _first_steps(self) -> tuple[CardButton, ...]:
        self.import_first = first_step(
            "import", _("导入第一份表"), _("花名册、企业名单、工会信息表、\n人数月报，拖到窗口里也可以。")
        )
        self.import_first.clicked.connect(self._choose_files)
        self.template = first_step("template", _("下载空白模板"), _("发给单位填写，\n收回来可以原样导入。"))
        self.template.clicked.connect(self._offer_templates)
        self.show_samples = first_step(
            "sample", _("看看示例数据"), _("用一组虚构的表格走一遍导入，\n随时可以整批撤销。")
        )
        self.show_samples.clicked.connect(self._import_samples)
        if not sample_files():
            self.show_samples.hide()
        return self.import_first, self.template, self.show_samples

    def refresh(self) -> None:
        """Ask for the numbers anew, on the worker thread; for what is to be done only while it is looked at."""
        self._told = self._asked
        self.ask(home_state, self._told, done=self._show, turn=Turn.SOON)
        self._catching_up.behind = True
        self._begin_work()

    @property
    def _asked(self) -> Asked:
        """A question of today, with nothing read for it yet."""
        context = self._context
        return Asked(Standing(context.today, context.index), context.own.area, context.author.person)

    def _let_go(self) -> None:
        """What was read is of no use after the page is full: the next question reads anew."""
        if self._step is None:
            self._told = None

    def _show(self, state: HomeState) -> None:
        found, drive = state.figures, state.drive
        year = _("今年新增 {count:,}")
        self.unions.show_number(found.unions, change=year.format(count=found.new_unions), undated=found.undated_unions)
        self.members.show_number(found.members, change=year.format(count=found.new_members), undated=found.undated_members)
        share = found.new_form_members / found.members if found.members else 0
        self.new_form.show_number(found.new_form_members, _("占会员 {share:.1f} %").format(share=share * 100))
        listed = drive.summary["on_list"]  # the same as the indicator, and as the drive's page lists
        self.on_list.show_number(listed, _("{threshold} 人以上非公企业").format(threshold=drive.threshold))
        self.counted.emit(listed)
        self.funnel.show_counts(drive.summary)
        self.work.doubts.show_unknown(drive.summary["unknown"])
        self._tell_places()
        largest = sorted(drive.on_list, key=lambda row: -(row.staff_count or 0))[:LARGEST]
        self.largest.show_items(largest)
        self.places.show_items(drive.by_region)
        self._whole.setCurrentIndex(0 if state.held else 1)
        self._let_go()

    def _tell_places(self) -> None:
        own = self._context.own
        said = _("统计范围：我的镇街（{names}）").format(names=own.names) if own.only else _("统计范围：全部区划")
        room = max(theme.PAGE * 5, self.width() // 3)
        self.of.setText(self.of.fontMetrics().elidedText(said, Qt.TextElideMode.ElideRight, room))
        self.of.setToolTip(tip(said))

    def _begin_work(self) -> None:
        """Ask for what is to be done from the start, unless it is being asked for: then again after that."""
        if self.isVisible() and self._step is None:
            self._catching_up.behind, self._step = False, 0
            self._ask_work()

    def _ask_work(self) -> None:
        assert self._step is not None
        step, self._told = WORK[self._step], self._told or self._asked
        self._context.jobs.run(step, self._told, done=self._show_work, failed=self._no_work, turn=Turn.LATER)

    def _show_work(self, found: Any) -> None:
        assert self._step is not None
        self.work.show_part(found)
        done = self._step + 1 == len(WORK)
        if not done and self.isVisible() and not self._catching_up.behind:
            self._step += 1
            self._ask_work()
            return
        self._step = None
        if not done:
            self._catching_up.behind = True
        if self._catching_up.behind:
            self._begin_work()
        self._let_go()

    def _no_work(self, error: Exception) -> None:
        self._step = None
        self._let_go()
        self._context.tell_failure(error)

    def _turn(self) -> None:
        """The charts, and the library that draws them, are loaded when they are first looked at."""
        if self.tabs.currentWidget() is self._chart_place and self.charts is None:
            from ui.home.charts import ChartsView

            self.charts = ChartsView(self._context)
            self.charts.opens.connect(self.opens)
            self.charts.opens_rows.connect(self.open_rows)
            layout = self._chart_place.layout()
            assert layout is not None
            layout.addWidget(self.charts)

    def _open_number(self) -> None:
        key, today = self.sender().property("key"), self._context.today
        if key == "on_list":
            self.opens.emit("drive", key)
        elif key in ("new_unions", "new_members"):
            self.open_rows(key, Period(today.replace(month=1, day=1), today))
        else:
            self.open_rows(key, Period(today, today))

    def _open_undated(self, key: str) -> None:
        """List what the year's change leaves out for want of a date."""
        said = _("{name}：日期不明").format(name=find_indicator(key).name)
        period = Period(self._context.today.replace(month=1, day=1), self._context.today)
        self._context.jobs.run(behind, self._asked, key, period, said, True, done=self._opened)

    def open_rows(self, key: str, period: Period) -> None:
        """Open exactly the records that an indicator counts in a period."""
        name = find_indicator(key).name
        said = name if period.start == period.end else _("{since} 至 {until} {name}").format(
            since=period.start.isoformat(), until=period.end.isoformat(), name=name)  # fmt: skip
        self._context.jobs.run(behind, self._asked, key, period, said, done=self._opened)

    def _opened(self, found: Behind) -> None:
        if found.part:
            self.opens.emit(found.page, found.part)
        else:
            self.opens_rows.emit(found.page, found.uids, found.said)

    def _open_group(self, group: str) -> None:
        self.opens.emit("drive", group)

    def _open_place(self, row: int) -> None:
        """List the employers that a number of a place counts; a place's name lists all of them."""
        place: dict[str, Any] = self.places.items[row]
        name = self.places.columns[max(0, self.coverage.currentIndex().column())].name
        uid = self._context.index.resolve(place["district"] + place["town"]).uid if place["district"] else NOWHERE
        self.opens.emit("drive", f"{name if name in GROUPS else ''}:{uid}")

    def _open_largest(self, row: int) -> None:
        self._open_case(self.largest.items[row].uid)

    def _open_case(self, employer: str) -> None:
        self.opens_record.emit("case", employer)

    def _choose_files(self) -> None:
        self.imports.emit([])

    def _offer_templates(self) -> None:
        with asked_once(QMenu(self)) as menu:
            for form in FORMS.values():
                menu.addAction(_(form.label)).setData(form.kind)
            chosen = menu.exec(self.template.mapToGlobal(self.template.rect().bottomLeft()))
            if chosen is not None:
                self._exporting.ask_template(chosen.data())

    def _import_samples(self) -> None:
        # copies: what is returned to the sender is written beside each file, and the program's own folder stays as it is
        folder = self._context.register.folder / _("示例表格")
        try:
            private_folder(folder)
            for path in sample_files():
                copy_whole(path, folder / path.name)
        except OSError as error:
            self._context.notices.error(str(told(error, _("示例表格放不进“{folder}”").format(folder=folder))))
            return
        self.imports.emit([folder / path.name for path in sample_files()])

    def _on_changed(self, kinds: set[str]) -> None:
        if kinds & SHOWS:
            self.refresh()  # also while hidden: the side bar shows how many are on the list
        elif kinds & _SHOWS:
            self._catching_up.fall_behind()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        tabs = self.tabs.tabBar().sizeHint()
        self._corner.take(event.size().width() - tabs.width() - theme.WIDE, tabs.height())
        self._tell_places()
        narrow = event.size().width() < _NARROW
        for table, model, spared in ((self.table, self.largest, "region"), (self.coverage, self.places, "employers")):
            place = next(place for place, column in enumerate(model.columns) if column.name == spared)
            table.setColumnHidden(place, narrow)
