"""What narrows the drive's list: place, stage, people, organizer, what is to be looked at, what is overdue, a text."""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QSignalBlocker, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QPushButton, QWidget

from models.drive.case_list import days_overdue
from models.drive.list import DriveRow
from models.language import _
from models.values import codes
from models.values.name_order import in_order
from models.values.region_index import RegionIndex
from ui.drive.state import NOWHERE
from ui.kit.buttons import push_button
from ui.kit.choice_box import choice_box
from ui.kit.finding import FindField
from ui.kit.lines import wrapped
from ui.kit.list_box import put_anew
from ui.kit.own_towns import OwnTowns
from ui.kit.plain import tip
from ui.kit.region_box import RegionBox

#: From how many people on, and up to how many; 0 is without an end.
SIZES = ((0, 49), (50, 99), (100, 199), (200, 0))
#: Whose case nobody looks after.
NOBODY = "-"
_TYPING_MS = 200


class DriveFilter(NamedTuple):
    """What the list is narrowed to; "" and False are everything.

    ``size`` is a place in SIZES or -1, ``mark`` one of to_verify, suspected, candidates; ``month`` the month of opening.
    """

    stage: str = ""
    size: int = -1
    organizer: str = ""
    mark: str = ""
    overdue: bool = False
    month: str = ""
    text: str = ""


def fits(row: DriveRow, wanted: DriveFilter, today: dt.date) -> bool:
    """Whether an employer is among those wanted."""
    if wanted.stage and row.stage != wanted.stage:
        return False
    if wanted.organizer and (row.organizer or NOBODY) != wanted.organizer:
        return False
    if wanted.mark and not getattr(row, wanted.mark):
        return False
    if wanted.size >= 0:
        least, most = SIZES[wanted.size]
        if row.staff_count is None or row.staff_count < least or (most and row.staff_count > most):
            return False
    if wanted.overdue and not days_overdue(row.next_action_date, today):
        return False
    if wanted.month and not (row.opened_on or "").startswith(wanted.month):
        return False
    text = wanted.text.strip().casefold()
    return not text or any(
        text in (part or "").casefold()
        for part in (row.name, row.credit_code, row.region, row.union, row.organizer, row.next_action)
    )


def lying_in(rows: Sequence[DriveRow], place: str, index: RegionIndex) -> Sequence[DriveRow]:
    """The employers in a place (a region's uid, or NOWHERE for those without one; "" for all)."""
    if place == NOWHERE:
        return [row for row in rows if not row.region_uid]
    if not place:
        return rows
    below = index.below(place)
    return [row for row in rows if row.region_uid in below]


class FilterBar(QWidget):
    """``narrowed()`` when anything but the place was chosen; ``regions`` tells of itself.

    ``of_list()`` comes before it when that narrows nothing but the list and the board.
    """

    narrowed = Signal()
    of_list = Signal()

    def __init__(self, index: RegionIndex, own: OwnTowns, today: dt.date) -> None:
        """Everything is shown."""
        super().__init__()
        self._month = today.strftime("%Y-%m")
        self.regions = RegionBox(index, own)
        self.regions.setMinimumContentsLength(8)
        stages = [(_(label), label) for label in codes.STAGE.labels]
        self.stage = self._box(_("阶段"), _("全部阶段"), stages)
        sizes = [(_size(least, most), place) for place, (least, most) in enumerate(SIZES)]
        self.size_box = self._box(_("人数段"), _("全部人数"), sizes)
        self.organizer = self._box(_("负责人"), _("全部负责人"), [])
        marks = [(_("待核实"), "to_verify"), (_("疑似已建会"), "suspected"), (_("有名称相近的工会"), "candidates")]
        self.mark = self._box(_("提示"), _("全部提示"), marks)
        self.overdue = self._toggle(_("逾期"), _("只看下一步日期已过的"))
        self.month = self._toggle("", _("只看本月新列入的"))
        self.finding = FindField(_("查找单位"), _("在名单里查找"))
        self.finding.setMinimumWidth(90)
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._typing.timeout.connect(self._choose)
        self.finding.textEdited.connect(self._typed)
        wrapped(
            (self.finding, 1), self.regions, self.stage, self.size_box, self.organizer, self.mark, self.overdue,
            self.month, on=self,
        )  # fmt: skip
        self.organizer.currentIndexChanged.disconnect(self._choose)
        self.organizer.currentIndexChanged.connect(self.narrowed)  # this week's list knows organizers too
        self.offer([])

    def _box(self, name: str, everything: str, choices: Sequence[tuple[str, str | int]]) -> QComboBox:
        box = choice_box(name, [(everything, ""), *choices])
        box.setToolTip(tip(_("按{what}筛选").format(what=name)))
        box.setMaxVisibleItems(16)
        box.currentIndexChanged.connect(self._choose)
        return box

    def _toggle(self, label: str, said: str) -> QPushButton:
        return push_button(label, self._choose, stays=True, hint=said)

    @property
    def wanted(self) -> DriveFilter:
        """What the list is narrowed to."""
        size = self.size_box.currentData()
        return DriveFilter(
            stage=self.stage.currentData(), size=size if isinstance(size, int) else -1,
            organizer=self.organizer.currentData(), mark=self.mark.currentData(), overdue=self.overdue.isChecked(),
            month=self._month if self.month.isChecked() else "", text=self.finding.text(),
        )  # fmt: skip

    def offer(self, rows: Sequence[DriveRow]) -> None:
        """Offer the organizers of these employers, and tell how many of them were added this month."""
        names = in_order({row.organizer for row in rows if row.organizer}, str, person=True)
        everybody = (self.organizer.itemText(0), self.organizer.itemData(0))
        put_anew(self.organizer, [everybody, (_("没有负责人"), NOBODY), *((name, name) for name in names)])
        new = sum((row.opened_on or "").startswith(self._month) for row in rows)
        self.month.setText(_("本月新增 {count:,} 家").format(count=new))
        self.month.setVisible(bool(new) or self.month.isChecked())

    def clear(self) -> None:
        """Show everything again, without telling."""
        for part in (self.stage, self.size_box, self.organizer, self.mark):
            with QSignalBlocker(part):
                part.setCurrentIndex(0)
        for button in (self.overdue, self.month):
            button.setChecked(False)
        self.finding.clear()

    def _typed(self) -> None:
        self._typing.start()

    def _choose(self) -> None:
        self.of_list.emit()
        self.narrowed.emit()


def _size(least: int, most: int) -> str:
    if not least:
        return _("{most} 人以下").format(most=most)
    return _("{least}–{most} 人").format(least=least, most=most) if most else _("{least} 人以上").format(least=least)
