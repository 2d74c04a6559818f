"""The first page (总览): four numbers that open their pages, the funnel, the largest employers without a union.

An empty register shows the first steps instead.
"""

import datetime as dt
import shutil
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QMenu,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from models.drive import Drive
from models.figures import Figures, figures
from models.forms import FORMS
from models.language import _
from models.region import RegionIndex
from ui import theme
from ui.card_button import CardButton
from ui.context import Context
from ui.drive_state import SHOWS, current_drive
from ui.drive_tables import ListModel, coverage_model, employers_model, fit_list
from ui.exporting import Exporting
from ui.funnel import Funnel
from ui.icons import icon
from ui.tables import Table

#: The employers shown at once as the most urgent ones.
LARGEST = 12
#: Below this width the short tables spare a column, so that names can be read.
_NARROW = 840
SAMPLES = Path(__file__).resolve().parent.parent / "samples"
_WORKBOOKS = {".xlsx", ".xls", ".et", ".csv", ".txt"}


class HomeState(NamedTuple):
    """What the first page shows."""

    figures: Figures
    drive: Drive


def home_state(index: RegionIndex, today: dt.date) -> HomeState:
    """Ask the register for everything on the first page."""
    return HomeState(figures(today.year, today), current_drive(index, "")[0])


def sample_files() -> list[Path]:
    """The invented workbooks that come with the program; none when they were not installed."""
    found = SAMPLES.iterdir() if SAMPLES.is_dir() else []
    return sorted(path for path in found if path.suffix.lower() in _WORKBOOKS)


class NumberButton(CardButton):
    """One of the four numbers: what it counts, how many, and this year's change. Pressing it opens its page."""

    def __init__(self, title: str, token: str = "ink") -> None:  # noqa: S107 — a colour, no secret
        """``token`` is the colour of the number."""
        self.title = title
        self._token = token
        self.number, self.change = QLabel("—"), QLabel()
        self.number.setProperty("role", "huge")
        self.change.setProperty("role", "secondary")
        rows = QVBoxLayout()
        rows.setContentsMargins(theme.WIDE, 12, theme.WIDE, 12)
        rows.setSpacing(2)
        for label in (QLabel(title), self.number, self.change):
            rows.addWidget(label)
        super().__init__(rows)

    def show_number(self, number: int, change: str = "") -> None:
        """Show the count, and a word on how it changed."""
        self.number.setText(f"{number:,}")
        self.number.setStyleSheet(f"color: {theme.colour(self._token if number else 'muted')}")
        self.change.setText(change or " ")
        self.setAccessibleName(f"{self.title} {number:,} {change}")


class HomePage(QWidget):
    """``opens(str, str)`` names the page that a number opens and the part of it that was counted, "" for all of it.

    ``counted(int)`` tells how many employers are on the list.

    ``imports(list)`` brings files to import, an empty list asks to choose them.
    """

    opens = Signal(str, str)
    imports = Signal(object)
    counted = Signal(int)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """A page that asks for its numbers when it is shown."""
        super().__init__(parent)
        self._context, self._stale = context, True
        self._exporting = Exporting(context, self)
        self._whole = QStackedLayout(self)
        self._whole.addWidget(self._numbers())
        self._whole.addWidget(self._first_steps())
        context.changes.changed.connect(self._on_changed)

    def _numbers(self) -> QWidget:
        self.unions = NumberButton(_("基层工会"))
        self.members = NumberButton(_("会员"))
        self.new_form = NumberButton(_("新就业形态会员"))
        self.on_list = NumberButton(_("应建未建单位"), "accent")
        row = QHBoxLayout()
        row.setSpacing(12)
        for button, opened, part in (
            (self.unions, "unions", ""), (self.members, "workers", "members"),
            (self.new_form, "workers", "new_form"), (self.on_list, "drive", "on_list"),
        ):  # fmt: skip
            button.setProperty("page", opened)
            button.setProperty("part", part)
            button.clicked.connect(self._open)
            row.addWidget(button, 1)
        self.funnel = Funnel(keeps_choice=False)
        self.funnel.chosen.connect(self._open_group)
        self.largest = employers_model(self, self._context.today)
        self.table = _short_table(_("人数最多的应建未建单位"), self.largest, ("name", "staff_count", "region"))
        self.table.doubleClicked.connect(self._open_drive)
        self.places = coverage_model(self)
        self.coverage = _short_table(_("各区县、镇街"), self.places, ("place", "employers", "on_list"))
        page = QWidget()
        rows = QVBoxLayout(page)
        rows.setContentsMargins(theme.WIDE, theme.WIDE, theme.WIDE, theme.WIDE)
        rows.setSpacing(12)
        rows.addLayout(row)
        rows.addWidget(_card(_("建会攻坚"), self.funnel))
        below = QHBoxLayout()
        below.setSpacing(12)
        below.addWidget(_card(_("人数最多的应建未建单位"), self.table), 3)
        below.addWidget(_card(_("各区县、镇街"), self.coverage), 2)
        rows.addLayout(below, 1)
        self.doubts = QLabel()
        self.doubts.setProperty("role", "secondary")
        rows.addWidget(self.doubts)
        return page

    def _first_steps(self) -> QWidget:
        page = QWidget()
        title = QLabel(_("登记册是空的。从这里开始："))
        title.setProperty("role", "title")
        self.import_first = _step(
            "import",
            _("导入第一份表"),
            _("花名册、企业名单、工会信息表、\n人数月报，拖到窗口里也可以。"),
        )
        self.import_first.clicked.connect(self._choose_files)
        self.template = _step("template", _("下载空白模板"), _("发给单位填写，\n收回来可以原样导入。"))
        self.template.clicked.connect(self._offer_templates)
        self.show_samples = _step("sample", _("看看示例数据"), _("用一组虚构的表格走一遍导入，\n随时可以整批撤销。"))
        self.show_samples.clicked.connect(self._import_samples)
        self.show_samples.setVisible(bool(sample_files()))
        steps = QHBoxLayout()
        steps.setSpacing(theme.WIDE)
        steps.addStretch(1)
        for step in (self.import_first, self.template, self.show_samples):
            steps.addWidget(step)
        steps.addStretch(1)
        rows = QVBoxLayout(page)
        rows.setSpacing(theme.PAGE)
        rows.addStretch(2)
        rows.addWidget(title, 0, Qt.AlignmentFlag.AlignHCenter)
        rows.addLayout(steps)
        rows.addStretch(3)
        return page

    def refresh(self) -> None:
        """Ask for the numbers anew, on the worker thread."""
        self._stale = False
        self._context.jobs.run(home_state, self._context.index, self._context.today, done=self._show)

    def _show(self, state: HomeState) -> None:
        found, drive = state
        year = _("今年新增 {count:,}")
        self.unions.show_number(found.unions, year.format(count=found.new_unions))
        self.members.show_number(found.members, year.format(count=found.new_members))
        share = found.new_form_members / found.members if found.members else 0
        self.new_form.show_number(found.new_form_members, _("占会员 {share:.1f} %").format(share=share * 100))
        self.on_list.show_number(found.on_list, _("{threshold} 人以上非公企业").format(threshold=drive.threshold))
        self.counted.emit(found.on_list)
        self.funnel.show_counts(drive.summary)
        largest = sorted(drive.on_list, key=lambda row: -(row.staff_count or 0))[:LARGEST]
        self.largest.show_items(largest)
        self.places.show_items(drive.by_region)
        unknown, unsure = drive.summary["unknown"], drive.summary["to_verify"]
        self.doubts.setText(_("数据待完善：人数不明的单位 {unknown:,} 家 · 名单中待核实 {unsure:,} 家").format(
            unknown=unknown, unsure=unsure))  # fmt: skip
        empty = not (found.unions or found.members or drive.rows or drive.excluded)
        self._whole.setCurrentIndex(1 if empty else 0)

    def _open(self) -> None:
        button = self.sender()
        self.opens.emit(button.property("page"), button.property("part"))

    def _open_group(self, group: str) -> None:
        self.opens.emit("drive", group)

    def _open_drive(self) -> None:
        self.opens.emit("drive", "on_list")

    def _choose_files(self) -> None:
        self.imports.emit([])

    def _offer_templates(self) -> None:
        menu = QMenu(self)
        for form in FORMS.values():
            menu.addAction(_(form.label)).setData(form.kind)
        chosen = menu.exec(self.template.mapToGlobal(self.template.rect().bottomLeft()))
        if chosen is not None:
            self._exporting.ask_template(chosen.data())

    def _import_samples(self) -> None:
        # copies: what is returned to the sender is written beside each file, and the program's own folder stays as it is
        folder = self._context.register.folder / _("示例表格")
        folder.mkdir(exist_ok=True)
        self.imports.emit([Path(shutil.copy(path, folder)) for path in sample_files()])

    def _on_changed(self, kinds: set[str]) -> None:
        if kinds & (SHOWS | {"worker", "membership_event"}):
            # also while hidden: the side bar shows how many are on the list
            self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = event.size().width() < _NARROW
        for table, model, spared in ((self.table, self.largest, "region"), (self.coverage, self.places, "employers")):
            place = next(place for place, column in enumerate(model.columns) if column.name == spared)
            table.setColumnHidden(place, narrow)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()


def _card(title: str, content: QWidget) -> QFrame:
    card = QFrame()
    card.setProperty("card", True)
    rows = QVBoxLayout(card)
    rows.setContentsMargins(theme.WIDE, 12, theme.WIDE, 12)
    rows.setSpacing(theme.GAP)
    name = QLabel(title)
    name.setFont(theme.font(bold=True))
    rows.addWidget(name)
    rows.addWidget(content, 1)
    return card


def _short_table(name: str, model: ListModel, shown: tuple[str, ...]) -> Table:
    """A table inside a card, without a frame, showing only some columns of a list; the first takes the room that is left."""
    table = Table(name)
    table.setProperty("bare", True)
    table.setModel(model)
    fit_list(table, model)
    for place, column in enumerate(model.columns):
        table.setColumnHidden(place, column.name not in shown)
    table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    return table


def _step(sign: str, title: str, text: str) -> CardButton:
    """One large first step."""
    picture = QLabel()
    picture.setPixmap(icon(sign, "accent").pixmap(QSize(32, 32)))
    name, what = QLabel(title), QLabel(text)
    name.setProperty("role", "title")
    what.setProperty("role", "secondary")
    rows = QVBoxLayout()
    rows.setContentsMargins(theme.PAGE, theme.PAGE, theme.PAGE, theme.PAGE)
    rows.setSpacing(theme.GAP)
    for label in (picture, name, what):
        rows.addWidget(label)
    rows.addStretch(1)
    button = CardButton(rows)
    button.setAccessibleName(title)
    return button
