"""Sources matched (摸排比对): pairs that may be one, to confirm or reject; employers that one source names and another not."""

from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QSplitter, QWidget

from models.drive import sources
from models.drive.sources import Named, SourceMatch
from models.language import _
from models.values.region_index import Area, RegionIndex
from ui.drive.case_doing import CaseDoing
from ui.kit.buttons import push_button
from ui.kit.choice_box import choice_box
from ui.kit.context import Context
from ui.kit.lines import BELOW_TABS, REST, down, holding, wrapped
from ui.kit.list_box import put_anew
from ui.kit.list_model import ListModel, ShownColumn, list_table, text_column
from ui.kit.plain import Label
from ui.kit.tables import UNKNOWN

_TAX = "税务"


class Compared(NamedTuple):
    """The pairs, and each employer with the sources that name it."""

    matches: list[SourceMatch]
    named: list[Named]


def compare(index: RegionIndex, area: Area) -> Compared:
    """Match the sources below a region or several (uids, "" for all)."""
    return Compared(sources.matches(index, area or None), sources.named(index, area or None))


def matches_model(parent: QWidget) -> ListModel:
    """The pairs as an item model."""
    kinds = {"employer": _("两个单位"), "employer union": _("单位和工会")}
    return ListModel(
        [
            text_column("left_name", _("单位"), 16, lambda row: str(row.left_name)),
            text_column("right_name", _("可能就是"), 18, lambda row: str(row.right_name)),
            text_column("kind", _("种类"), 5, lambda row: kinds.get(row.kind, "")),
            text_column("text", _("为什么"), 18, lambda row: str(row.text)),
            ShownColumn("score", _("相近"), 4, "right", lambda row: f"{row.score}", lambda row: row.score),
        ],
        parent,
    )


def missing_model(parent: QWidget) -> ListModel:
    """The employers that one source names and another not, as an item model."""
    return ListModel(
        [
            text_column("name", _("单位"), 18, lambda row: str(row.name)),
            text_column("region", _("所在区划"), 12, lambda row: str(row.region)),
            text_column("sources", _("哪些来源有它"), 20, _sources),
        ],
        parent,
    )


class SourcesView(QWidget):
    """``opened(str)`` names the employer whose file is to be opened."""

    opened = Signal(str)

    def __init__(self, context: Context, doing: CaseDoing) -> None:
        """Nothing compared yet; :meth:`refresh` does."""
        super().__init__()
        self._context, self._doing = context, doing
        self._named: list[Named] = []
        self.model = matches_model(self)
        self.table = list_table(_("可能是同一个的"), self.model)
        self.table.chosen.connect(self._fit)
        self.table.opened.connect(self._open_match)
        self.confirm = push_button(_("确认是一对"), self._confirm)
        self.reject = push_button(_("不是，以后不再提示"), self._reject)
        self.told = Label(role="secondary")
        self.present, self.absent = self._box(_("有它的来源")), self._box(_("没有它的来源"))
        self.missing_model = missing_model(self)
        self.missing = list_table(_("一个来源有而另一个没有的单位"), self.missing_model)
        self.missing.horizontalHeader().setStretchLastSection(True)  # several sources need much room
        self.missing.opened.connect(self._open_missing)
        self.counted = Label(role="secondary")
        self._lay_out()
        self._fit()
        self.keys = self.table  # where the keyboard goes back to

    def _box(self, name: str) -> QComboBox:
        box = choice_box(name, chosen=self._compare)
        box.setMinimumContentsLength(8)
        return box

    def _lay_out(self) -> None:
        asked = wrapped(Label(_("可能是同一个的：")), self.told, REST, self.confirm, self.reject)
        compared = wrapped(self.present, Label(_("有，")), self.absent, Label(_("没有的单位：")), self.counted, REST)
        halves = QSplitter(Qt.Orientation.Vertical)
        halves.setChildrenCollapsible(False)
        for bar, table in ((asked, self.table), (compared, self.missing)):
            halves.addWidget(holding(down(bar, (table, 1))))
        down(halves, on=self, margins=BELOW_TABS)

    def refresh(self, area: Area) -> None:
        """Compare below a region or several (uids, "" for all), on the worker thread."""
        self._context.jobs.run(compare, self._context.index, area, done=self._show, title=_("正在比对各来源"))

    def _show(self, compared: Compared) -> None:
        self.model.show_items(compared.matches)
        self._named = compared.named
        known = [source for source in sources.source_counts(compared.named) if source]
        for box, first in ((self.present, _TAX), (self.absent, sources.LEDGER)):
            began = box.count() > 0
            put_anew(box, [(_(source), source) for source in dict.fromkeys((*known, _TAX, sources.LEDGER))])
            if not began:
                box.setCurrentIndex(box.findData(first))
        self._fit()
        self._compare()

    def _compare(self) -> None:
        found = sources.missing(self._named, self.present.currentData(), self.absent.currentData())
        self.missing_model.show_items(found)
        self.counted.setText(_("{count:,} 家").format(count=len(found)))

    def _fit(self) -> None:
        one = self.table.selected_count == 1
        for button in (self.confirm, self.reject):
            button.setEnabled(one)
        self.told.setText(_("{count:,} 对").format(count=len(self.model.items)))

    def _chosen(self) -> SourceMatch:
        found = self.model.items[self.table.selected_rows()[0]]
        assert isinstance(found, SourceMatch)
        return found

    def _confirm(self) -> None:
        self._doing.confirm(self._chosen())

    def _reject(self) -> None:
        self._doing.reject(self._chosen())

    def cells(self) -> tuple[list[str], list[list[str | int]]]:
        """The titles and the rows of the employers that a source lacks, as a sheet has them, in the language of the moment."""
        model = missing_model(self)
        model.show_items(self.missing_model.items)
        return model.cells()

    def _open_match(self, row: int) -> None:
        self.opened.emit(self.model.items[row].left)

    def _open_missing(self, row: int) -> None:
        self.opened.emit(self.missing_model.items[row].employer)


def _sources(row: Named) -> str:
    parts = []
    for source, (day, staff) in row.sources.items():
        people = "" if staff is None else _(" {count:,} 人").format(count=staff)
        parts.append(_(source) + people + (_("（{day}）").format(day=day) if day else ""))
    return _("；").join(parts) or UNKNOWN
