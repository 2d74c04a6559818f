"""Bringing the selected people into the unions that are proposed for them: a table of unions to tick, a day, one batch."""

import datetime as dt
from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDialog, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from models.editing import placing
from models.editing.placing import Placing, Proposal
from models.language import _
from models.lists import selection
from models.values.region_index import RegionIndex
from ui.kit import theme
from ui.kit.agreeing import Agreeing
from ui.kit.asked_once import asked_once
from ui.kit.context import Context
from ui.kit.day_editor import DayEditor
from ui.kit.lines import AROUND_DIALOG, down, titled
from ui.kit.plain import Label
from ui.kit.written import Written


def _propose(
    numbers: Sequence[int], index: RegionIndex, today: dt.date, progress: Callable[[int, int], None] | None = None
) -> Proposal:
    """For the worker thread: which people they are is looked up there, for there may be very many."""
    return placing.propose(selection.uids_of("workers", numbers), index, today, progress)


class PlacingDialog(QDialog):
    """The proposed unions, each ticked. Accepted with ``placings`` and ``day``."""

    def __init__(self, proposal: Proposal, day: str, parent: QWidget | None = None) -> None:
        """``day`` is proposed as the day of joining."""
        super().__init__(parent)
        self.setWindowTitle(_("按单位、行业、居住地入会"))
        self._proposal = proposal
        told = _("会籍随工作走：有单位工会的进单位工会，没有的进同一区县的行业工会，再没有的就近进工作地、居住地的工会。")
        left = _("另有 {members:,} 人已经是会员，{without:,} 人没有找到合适的工会（看看有没有填居住镇街），不动。").format(
            members=proposal.members, without=proposal.without
        )
        self.table = QTableWidget(len(proposal.placings), 3)
        self.table.setAccessibleName(_("建议的工会"))
        self.table.setHorizontalHeaderLabels([_("工会"), _("依据"), _("人数")])
        self.table.verticalHeader().hide()
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.table.setShowGrid(False)
        self.table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self._names = [self._fill(row, each) for row, each in enumerate(proposal.placings)]
        self.table.itemChanged.connect(self._weigh)
        self.day = DayEditor(_("入会日期"))
        self.day.show_text(day)
        self.day.setFixedWidth(200)
        self.buttons = Agreeing("", self)
        self.go = self.buttons.go
        above, below = (Label(text, "secondary", wrap=True) for text in (told, left))
        form = titled((_("入会日期"), self.day))
        down(above, self.table, below, form, self.buttons, on=self, gap=theme.WIDE, margins=AROUND_DIALOG)
        self.resize(640, 460)
        self._weigh()

    def _fill(self, row: int, each: Placing) -> QTableWidgetItem:
        name = QTableWidgetItem(each.candidate.name)
        name.setCheckState(Qt.CheckState.Checked)
        count = QTableWidgetItem(f"{len(each.workers):,}")
        count.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        for column, item in enumerate((name, QTableWidgetItem(_(each.candidate.basis)), count)):
            self.table.setItem(row, column, item)
        return name

    @property
    def placings(self) -> list[Placing]:
        """Those that are ticked."""
        wanted = Qt.CheckState.Checked
        return [each for each, name in zip(self._proposal.placings, self._names, strict=True) if name.checkState() == wanted]

    def _weigh(self) -> None:
        people = sum(len(each.workers) for each in self.placings)
        self.go.setText(_("为 {count:,} 人登记入会").format(count=people))
        self.go.setEnabled(people > 0)


class PlacingPeople(QObject):
    """Asks and writes for the people that are selected in one list."""

    def __init__(self, context: Context, selected: Callable[[], list[int]], parent: QWidget) -> None:
        """``selected`` answers the row numbers of those that are chosen now."""
        super().__init__(parent)
        self._context, self._selected, self._window = context, selected, parent
        self._written = Written(context, self)

    def ask(self) -> None:
        """Look for unions for the selected people, then ask."""
        args = (self._selected(), self._context.index, self._context.today)
        self._context.jobs.run(_propose, *args, done=self._offer, title=_("正在找合适的工会"))

    def _offer(self, proposal: Proposal) -> None:
        if not proposal.placings:
            self._context.notices.tell(_nobody(proposal))
            return
        with asked_once(PlacingDialog(proposal, self._context.today.isoformat(), self._window)) as dialog:
            if dialog.exec():
                self.enter(dialog.placings, dialog.day.text())

    def enter(self, placings: Sequence[Placing], day: str) -> None:
        """Enter the joining of everybody in these placings."""
        people = sum(len(each.workers) for each in placings)
        said = _("已为 {count:,} 人登记入会。").format(count=people)
        self._written.write(said, partial(placing.join, placings, day, self._context.author))


def _nobody(proposal: Proposal) -> str:
    """Why nobody can be brought into a union, and what to do about those for whom none was found."""
    if not proposal.without:
        return _("没有可以登记的：{members:,} 人都已经是会员。").format(members=proposal.members)
    said = _("没有可以登记的：{without:,} 人没有合适的工会，请先填居住镇街，或者先登记那里的工会。").format(
        without=proposal.without
    )
    return said + (_("另有 {members:,} 人已经是会员。").format(members=proposal.members) if proposal.members else "")
