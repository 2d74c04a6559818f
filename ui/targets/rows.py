"""The rows behind a number: what each is, where and since when; Enter or a double click opens the record."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from models.figures.facts import FactRow
from models.language import N_, _
from models.trail.entry import Act
from ui.kit.buttons import push_button
from ui.kit.context import Context
from ui.kit.exporting import Exporting
from ui.kit.lines import BESIDE_LIST, down, wrapped
from ui.kit.plain import Label
from ui.kit.sorted_table import sorted_table
from ui.targets.dating import DATED_KINDS, ask_days
from ui.targets.models import rows_model

#: Below this width the region is spared.
_NARROW = 440
#: Less makes a column of single words of the title.
_TITLE_WIDTH = 160


class RowsView(QWidget):
    """``opens(str, str)`` asks for a record by its kind and uid."""

    opens = Signal(str, str)

    def __init__(self, context: Context) -> None:
        """Without rows."""
        super().__init__()
        self._exporting, self._context = Exporting(context, self), context
        self._hint = _("双击上面的一个数，或者选中后按回车，这里列出它背后的记录。")
        self.title = Label(self._hint, wrap=True)
        self.model = rows_model(self)
        self.table = sorted_table(_("背后的记录"), self.model, whole=True)  # a name of which little is seen names nobody
        self.table.opened.connect(self._open)
        self.export = push_button(_("存为表格…"), self._export, "export")
        self.export.setEnabled(False)
        self.date = push_button(_("补日期…"), self._date, hint=_("日期不明的不计入新建、新入会；在这里成批写上日期"))
        self.date.hide()
        self.title.setMinimumWidth(_TITLE_WIDTH)
        down(wrapped((self.title, 1), self.date, self.export), (self.table, 1), on=self, margins=BESIDE_LIST)
        self._name = ""

    def show_rows(self, name: str, found: Sequence[FactRow]) -> None:
        """Show the rows behind the number called ``name``."""
        self._name = name
        self.model.show_items(found)
        undated = sum(1 for row in found if row.undated)
        said = _("{name}：{count:,} 行。回车打开。") if found else _("{name}：没有记录。")
        if undated:
            said = _("{name}：{count:,} 行，另有 {undated:,} 行日期不明。回车打开。")
        self.title.setText(said.format(name=name, count=len(found) - undated, undated=undated))
        self.date.setVisible(undated > 0 and found[-1].kind in DATED_KINDS)
        self.export.setEnabled(bool(found))
        self._fit()

    def _fit(self) -> None:
        """Show the columns that say something about these rows; where there is little room, the name keeps it."""
        found: list[FactRow] = self.model.items
        shown = {
            "kind": len({row.kind for row in found}) > 1, "place": self.width() > _NARROW,
            "date": any(row.date for row in found), "why": any(row.why for row in found),
            "weight": any(row.weight != 1 for row in found),
            "counted": any(row.counted is not True or row.undated for row in found),
        }  # fmt: skip
        for place, column in enumerate(self.model.columns):
            self.table.setColumnHidden(place, not shown.get(column.name, True))
        self.table.spread()  # with what the columns leave now

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def clear(self) -> None:
        """Show no rows."""
        self.model.show_items([])
        self.date.hide()
        self.title.setText(self._hint)
        self.export.setEnabled(False)

    def _open(self, row: int) -> None:
        found = self.model.items[row]
        self.opens.emit(found.kind, found.uid)

    def _date(self) -> None:
        """Offer to date those of the rows that carry no date."""
        undated = [row for row in self.model.items if row.undated]
        ask_days(self._context, undated[0].kind, frozenset(row.uid for row in undated), self)

    def _export(self) -> None:
        act = Act("export", N_("指标背后的记录"), len(self.model.items))
        self._exporting.ask(f"{self._name}_{self._context.today.isoformat()}", self.export_to, act=act)

    def export_to(self, path: Path) -> None:
        """Write the rows to a workbook."""
        self._exporting.write_list(path, N_("指标背后的记录"), self.model)
