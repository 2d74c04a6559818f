"""This week's list: whom to see, what is overdue first."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from models.drive import case_list
from models.drive.case_list import DueCase
from models.language import _
from models.records.drive_case import Contact, DriveCase
from models.records.employer import Employer
from models.values.columns import Column, column_of
from models.values.region_index import Area
from ui.drive.tables import DueModel
from ui.kit.buttons import push_button
from ui.kit.choice_box import choice_box
from ui.kit.context import Context
from ui.kit.lines import BELOW_TABS, REST, down, wrapped
from ui.kit.list_model import ShownColumn, let_sort, text_column
from ui.kit.plain import Label
from ui.kit.tables import Table, shown_width

#: How far ahead one looks; what is overdue is there anyway.
_DAYS = (7, 14, 30)


def due_model(parent: QWidget) -> DueModel:
    """The list as an item model, from ``Due`` objects."""

    def shown(title: str, name: str, width: int) -> ShownColumn:
        return ShownColumn(
            name, title, width, "left", lambda row: str(getattr(row, name) or ""), lambda row: getattr(row, name) or ""
        )

    def coded(column: Column, width: int) -> ShownColumn:
        def text(row: Any) -> str:
            value = getattr(row, column.name)
            return _(value) if value else ""

        return text_column(column.name, column.title, shown_width(column, width), text)

    def late(row: Any) -> str:
        return _("逾期 {days} 天").format(days=row.overdue) if row.overdue else ""

    return DueModel(
        [
            shown(column_of(Employer, "name").title, "name", 16),
            shown(_("日期"), "date", 6),
            ShownColumn("overdue", _("逾期"), 6, "left", late, lambda row: row.overdue),
            shown(_("要做什么"), "task", 18),
            coded(column_of(DriveCase, "stage"), 5),
            coded(column_of(DriveCase, "attitude"), 4),
            shown(column_of(DriveCase, "organizer").title, "organizer", 5),
            shown(column_of(Contact, "person_met").title, "person_met", 5),
            shown(_("上次联系"), "last_contact", 6),
            shown(column_of(Employer, "region").title, "region", 12),
        ],
        parent,
    )


class DueView(QWidget):
    """``opened(str)`` names the employer whose file is to be opened; ``prints(str, dict)`` asks for the list on paper."""

    opened = Signal(str)
    prints = Signal(str, object)

    def __init__(self, context: Context) -> None:
        """An empty list; :meth:`refresh` fills it."""
        super().__init__()
        self._context = context
        self._area: Area = ""
        self._organizer = ""
        self.model = due_model(self)
        self.table = Table(_("本周要办"))
        let_sort(self.table, self.model)
        self.table.opened.connect(self._open)
        ahead = [(_("{days} 天以内").format(days=days), days) for days in _DAYS]
        self.days = choice_box(_("几天以内"), ahead, self._again)
        hint = _("只看负责人是“{person}”的").format(person=context.author.person)
        self.mine = push_button(_("只看我的"), self._again, stays=True, hint=hint)
        self.print = push_button(_("打印清单…"), self._print, "report", hint=_("走访和电话清单：按镇街排好，留出记录的地方"))
        self.counted = Label(role="secondary")
        down(wrapped(self.days, self.mine, REST, self.print), (self.table, 1), self.counted, on=self, margins=BELOW_TABS)
        self.keys = self.table  # where the keyboard goes back to

    def refresh(self, area: Area, organizer: str) -> None:
        """List whom to see below a region or several (uids, "" for all) of one organizer ("" for all)."""
        self._area, self._organizer = area, organizer
        self._again()

    @property
    def _whose(self) -> str:
        return self._context.author.person if self.mine.isChecked() else self._organizer

    @property
    def _district(self) -> str:
        """The region that a paper is of: of several towns the district in which they lie."""
        if isinstance(self._area, str):
            return self._area
        return self._context.index.district_of(self._area[0]) or ""

    def _print(self) -> None:
        chosen = {"days": self.days.currentData(), "organizer": self._whose, "region": self._district}
        self.prints.emit("visits", chosen)

    def _again(self) -> None:
        context = self._context
        args = (context.today, context.index, self.days.currentData(), self._whose or None, self._area or None)
        context.jobs.run(case_list.due, *args, done=self._show)

    def _show(self, found: list[DueCase]) -> None:
        self.model.show_items(found)
        late = sum(1 for each in found if each.overdue)
        text = _("共 {count:,} 家，其中逾期 {late:,} 家").format(count=len(found), late=late)
        self.counted.setText(text if found else _("没有要办的。下一步的日期写在一企一档的“安排”里。"))

    def cells(self) -> tuple[list[str], list[list[str | int]]]:
        """The titles and the rows as a sheet has them, in the language of the moment."""
        model = due_model(self)
        model.show_items(self.model.items)
        return model.cells()

    def _open(self, row: int) -> None:
        self.opened.emit(self.model.items[row].employer)
