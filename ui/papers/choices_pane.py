"""The choices of a report: one control for each choice that any report takes, of which the report's own are shown."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QComboBox, QFrame, QRadioButton, QWidget

from models.figures.periods import key_of, of_year, read_period
from models.language import _
from models.values import codes
from models.values.region_index import RegionIndex
from reports.catalogue import ReportKind
from reports.choices import MOST_BLANK, ReportChoices, choice_titles
from ui.kit import theme
from ui.kit.buttons import push_button
from ui.kit.choice_box import choice_box
from ui.kit.day_editor import DayBox
from ui.kit.lines import down
from ui.kit.list_box import choose_value, put_anew
from ui.kit.period_box import PeriodBox
from ui.kit.plain import Label
from ui.kit.plain_fields import number_field
from ui.kit.region_box import region_choices
from ui.kit.search_combo import SearchCombo
from ui.papers.jobs import Offered

#: How far ahead a list of visits may look.
_DAYS = (0, 3, 7, 14, 30)
_YEARS = (2000, 2100)


class ChoicesPane(QFrame):
    """``changed()`` when a person chose something; ``full_asked()`` when they want numbers in full: that is asked about first.

    ``cards_asked()`` when they want to change the layouts of cards.
    """

    changed = Signal()
    full_asked = Signal()
    cards_asked = Signal()

    def __init__(self, index: RegionIndex, today: dt.date) -> None:
        """Without a report; :meth:`show_kind` gives one."""
        super().__init__()
        self.setObjectName("choices")
        self.setStyleSheet("QFrame#choices { background: transparent; }")
        self._index, self._today = index, today
        self.kind: ReportKind | None = None
        self._titles = choice_titles()
        self.union = SearchCombo(_("工会"), _("不限工会"))
        self.employer = SearchCombo(_("单位"), _("请选择单位"))
        self.region = SearchCombo(_("区划"), _("不限区划"))
        self.organizer = self._box("organizer", [(_("全部负责人"), "")])
        self.stage = self._box("stage", [(_("全部阶段"), ""), *((_(label), label) for label in codes.STAGE.labels)])
        self.worklist = self._box("worklist", [(_("不按工作名单"), "")])
        self.card = self._box("card", [(_("第一种版式"), "")])
        self.edit_card = push_button(_("改版式…"), self.cards_asked)
        self.layout_of_list = self._box("layout", [(_("会员与职工"), "")])
        self.ledger_kind = self._box("ledger_kind", [(_("全部类别"), "")])
        levels = (("", _("不分")), ("district", _("区县")), ("town", _("镇街")), ("community", _("村社区")))
        self.level = self._box("level", [(title, level) for level, title in levels])
        self.table = self._box("table", [(_("请选择统计表"), "")])
        self.period = PeriodBox(today, "half", upright=True)
        self.days = self._box("days", [(_days(each), each) for each in _DAYS])
        self.day, self.since = (DayBox(self._titles[name], today, today) for name in ("day", "since"))
        self.year = number_field(self._titles["year"], *_YEARS)
        self.blank = number_field(self._titles["blank"], 0, MOST_BLANK)
        self.everything = QCheckBox()
        self.test_page = QCheckBox(_("只印一页，量打印机印在哪里"))
        self.draft = QCheckBox(_("印上“草稿”"))
        self.masked, self.full = QRadioButton(_("脱敏（对外张贴、传阅用）")), QRadioButton(_("完整号码"))
        self._numbers = QButtonGroup(self)
        several = {"full": (self.masked, self.full), "card": (self.card, self.edit_card)}
        self._parts: dict[str, tuple[QWidget, ...]] = {
            name: several[name] if name in several else (self._control(name),) for name in self._titles
        }
        self._headings: dict[str, Label] = {}
        #: The layouts of cards and of labels, by the report.
        self._cards: dict[str, list[tuple[str, str]]] = {}
        self._lay_out()
        self._connect()

    def _control(self, name: str) -> QWidget:
        """The control of a choice; a widget has a ``layout`` already."""
        found: QWidget = getattr(self, "layout_of_list" if name == "layout" else name)
        return found

    def _box(self, name: str, choices: list[tuple[str, Any]]) -> QComboBox:
        return choice_box(self._titles[name], choices, least=14)

    def _lay_out(self) -> None:
        rows = down(on=self, gap=theme.GAP - 2, margins=(0, 0, 4, 0))
        for name, title in self._titles.items():
            heading = Label(title, "secondary")
            self._headings[name] = heading
            rows.addWidget(heading)
            for part in self._parts[name]:
                rows.addWidget(part)
        rows.addWidget(self.draft)
        rows.addStretch(1)

    def _connect(self) -> None:
        for combo in (self.union, self.employer, self.region):
            combo.chosen.connect(self._tell_either)
        self.period.chosen.connect(self._tell)
        boxes = (self.organizer, self.stage, self.layout_of_list, self.ledger_kind, self.table, self.level, self.days, self.card)
        for box in boxes:
            box.currentIndexChanged.connect(self._tell)
        self.worklist.currentIndexChanged.connect(self._tell_worklist)
        for field in (self.day, self.since):
            field.chosen.connect(self._tell)
        for number in (self.year, self.blank):
            number.valueChanged.connect(self._tell)
        for tick in (self.everything, self.draft, self.test_page):
            tick.toggled.connect(self._tell)
        for choice in (self.masked, self.full):
            self._numbers.addButton(choice)
        self.masked.setChecked(True)
        self.masked.clicked.connect(self._tell)
        self.full.clicked.connect(self.full_asked)

    def _tell(self) -> None:
        self.changed.emit()

    def _tell_either(self, uid: str) -> None:
        """Where one of several is enough, choosing it leaves the others."""
        if uid and self.kind is not None and self.kind.either:
            for name in self.kind.needs:
                combo = getattr(self, name)
                if not isinstance(combo, SearchCombo):
                    continue
                if combo is not self.sender():
                    combo.choose("")
            self.worklist.setCurrentIndex(0)
        self.changed.emit()

    def _tell_worklist(self) -> None:
        """A working list says of whom; where it is one of several that are enough, the others are left."""
        if self.worklist.currentData() and self.kind is not None and self.kind.either:
            with QSignalBlocker(self):
                for combo in (self.union, self.region):
                    combo.choose("")
        self.changed.emit()

    def offer(self, found: Offered) -> None:
        """Offer what is in the register, without telling; what is chosen stays where it is still there."""
        organizers = [(name, name) for name in found.organizers]
        self._cards = found.cards
        with QSignalBlocker(self):
            self.union.offer(found.unions)
            self.region.offer(region_choices(self._index, found.regions))
            self.employer.offer(found.employers)
            for box, choices in (
                (self.organizer, organizers), (self.ledger_kind, found.ledger_kinds), (self.table, found.tables),
                (self.layout_of_list, found.layouts), (self.worklist, found.worklists),
            ):  # fmt: skip
                _offer(box, choices)

    def show_kind(self, kind: ReportKind, chosen: ReportChoices) -> None:
        """Show the choices that a report takes, as they were chosen, without telling."""
        self.kind = kind
        with QSignalBlocker(self):
            self._show_values(chosen)
        self.everything.setText(kind.more)
        if kind.name in self._cards:
            with QSignalBlocker(self.card):
                _offer(self.card, self._cards[kind.name])
                choose_value(self.card, chosen.card)
        self.union.say_none(_("请选择工会") if kind.needs == ("union",) else _("不限工会"))
        for name, heading in self._headings.items():
            for part in (heading, *self._parts[name]):
                part.setVisible(name in kind.takes and not (name == "year" and "period" in kind.takes))

    def _show_values(self, chosen: ReportChoices) -> None:
        for name in ("union", "employer", "region"):
            combo: SearchCombo = getattr(self, name)
            combo.choose(getattr(chosen, name))
        if self.organizer.findData(chosen.organizer) < 0:
            # whoever looks after nothing now: an empty list, and not everybody's
            self.organizer.addItem(chosen.organizer, chosen.organizer)
        for name in ("organizer", "stage", "layout", "ledger_kind", "table", "level", "days", "worklist", "card"):
            box = self._control(name)
            assert isinstance(box, QComboBox)
            choose_value(box, getattr(chosen, name))
        if chosen.period:
            self.period.choose(read_period(chosen.period))
        elif self.kind is not None and "year" in self.kind.takes:
            self.period.choose(of_year(chosen.year or chosen.day.year))
        self.day.show_date(chosen.day)
        self.since.show_date(chosen.since or dt.date(chosen.day.year, 1, 1))
        for field, value in ((self.year, chosen.year or chosen.day.year), (self.blank, chosen.blank)):
            if field.value() != value:  # else a number of which half is typed would be put back
                field.setValue(value)
        self.everything.setChecked(chosen.everything)
        self.test_page.setChecked(chosen.test_page)
        (self.masked if chosen.masked else self.full).setChecked(True)

    def chosen(self) -> ReportChoices:
        """What is chosen, of what the report takes."""
        takes = self.kind.takes if self.kind is not None else ()
        day = self.day.date if "day" in takes else self._today
        read: dict[str, Callable[[], Any]] = {
            "union": lambda: self.union.uid, "employer": lambda: self.employer.uid, "region": lambda: self.region.uid,
            "organizer": self.organizer.currentData, "stage": self.stage.currentData, "level": self.level.currentData,
            "layout": self.layout_of_list.currentData, "table": self.table.currentData,
            "period": lambda: key_of(self.period.period),
            "ledger_kind": self.ledger_kind.currentData, "days": self.days.currentData, "year": self.year.value,
            "blank": self.blank.value, "since": lambda: self.since.date, "everything": self.everything.isChecked,
            "worklist": self.worklist.currentData, "card": self.card.currentData, "test_page": self.test_page.isChecked,
        }  # fmt: skip
        values = {name: read[name]() for name in takes if name in read}
        return ReportChoices(self._today, day, masked="full" not in takes or self.masked.isChecked(), **values)


def _days(days: int) -> str:
    return _("{days} 天以内").format(days=days) if days else _("只看这一天")


def _offer(box: QComboBox, choices: list[tuple[str, str]]) -> None:
    """Offer other choices, (value, title), behind the first one, which chooses nothing."""
    put_anew(box, [(box.itemText(0), box.itemData(0)), *((title, value) for value, title in choices)])
