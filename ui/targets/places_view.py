"""Places with their coverage (小三级) as a list in the order of the tree: what lies in each and below it."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from models.editing.regions import LOCAL_LEVELS, level_title
from models.figures.facts import WHOLE_REGISTER, Scope
from models.figures.places import PlaceCoverage, place_coverage
from models.language import N_, _
from models.standing.standing import Standing
from models.trail.entry import Act
from reports.place_list import has_union_text, share_text, write_places
from ui.kit.buttons import push_button
from ui.kit.choice_box import choice_box
from ui.kit.context import Context
from ui.kit.empty import EmptyState
from ui.kit.exporting import Exporting
from ui.kit.jobs import Turn
from ui.kit.lines import BELOW_TABS, across, down, one_shown
from ui.kit.list_model import ListModel, ShownColumn, text_column
from ui.kit.plain import Label
from ui.kit.sorted_table import sorted_table

_INDENT = "　"


class PlaceCoverageView(QWidget):
    """Counted when it is first asked for. ``scope`` is set by the page.

    ``opens(str, str)``: a region whose unions are asked for.
    """

    opens = Signal(str, str)

    def __init__(self, context: Context) -> None:
        """All levels, the places in which there is anything."""
        super().__init__()
        self._context, self.scope, self._found = context, WHOLE_REGISTER, list[PlaceCoverage]()
        self.counted = False
        self._exporting = Exporting(context, self)
        levels = ((_("各级"), ""), *((level_title(each), each) for each in ("town", *LOCAL_LEVELS)))
        self.levels = choice_box(_("级别"), levels, self._fill)
        self.everything = QCheckBox(_("没有数字的也列出"))
        self.everything.clicked.connect(self._fill)
        self.export = push_button(_("存为表格…"), self._export, "export")
        self.told = Label(role="secondary", wrap=True)
        self.model = _places_model(self)
        self.table = sorted_table(_("区划覆盖"), self.model, whole=True)
        self.table.opened.connect(self._open_row)
        hint = _("还没有。社区、园区、楼宇可以导入一份名单，或者在“设置”的“区划”里增加；单位和工会写明在哪里，这里就有。")
        self.nothing = EmptyState("target", hint, "")
        self._tables = one_shown(self.table, self.nothing)
        bar = across(self.levels, self.everything, (self.told, 1), self.export)
        down(bar, (self._tables, 1), on=self, margins=BELOW_TABS)

    def refresh(self) -> None:
        """Count anew, on the worker thread."""
        self.counted = True
        args = (self._context.today, self.scope)
        self._context.jobs.run(count_places, *args, done=self._show, title=_("正在统计"), turn=Turn.SOON)

    def _show(self, found: list[PlaceCoverage]) -> None:
        self._found = found
        self._fill()

    def _fill(self) -> None:
        level, everything = self.levels.currentData(), self.everything.isChecked()
        listed = [each for each in self._found if level in ("", each.level) and (everything or not each.empty)]
        self.model.show_items(listed)
        self._tables.setCurrentIndex(0 if listed else 1)
        self.export.setEnabled(bool(listed))
        dense = [each for each in self._found if each.has_union is not None]
        reached = sum(1 for each in dense if each.has_union)
        told = _("就业密集的 {count} 处，{reached} 处有小三级工会。一处的数含它下面的；双击看那里的工会。")
        self.told.setText(told.format(count=len(dense), reached=reached))

    def _open_row(self, row: int) -> None:
        self.opens.emit("region", self.model.items[row].uid)

    def _export(self) -> None:
        self._exporting.ask(_("区划覆盖_{day}").format(day=self._context.today.isoformat()), self.export_to)

    def export_to(self, path: Path) -> None:
        """Write the listed places to a workbook."""
        act = Act("export", N_("区划覆盖"), len(self.model.items))
        self._exporting.write(act, write_places, path, list(self.model.items))


def count_places(today: dt.date, scope: Scope) -> list[PlaceCoverage]:
    """The places of a scope with their coverage, those of several regions one after the other."""
    regions: Sequence[str] = (scope.region or "",) if not isinstance(scope.region, tuple) else scope.region
    standing = Standing(today)
    return [each for region in regions for each in place_coverage(today, region, standing)]


def _places_model(parent: QWidget) -> ListModel:
    def number(name: str, title: str, width: int) -> ShownColumn:
        return ShownColumn(name, title, width, "right", lambda each: f"{getattr(each, name):,}", lambda each: getattr(each, name))

    share = ShownColumn("share", _("建会率"), 4, "right", share_text, lambda each: each.share)
    return ListModel(
        [
            ShownColumn("name", _("区划"), 15, "left", lambda each: _INDENT * each.depth + each.name, lambda each: each.path),
            text_column("level", _("级别"), 5, lambda each: level_title(each.level)), number("employers", _("用人单位"), 5),
            number("large", _("25 人以上非公"), 7), number("covered", _("已建会"), 4), share, number("unknown", _("人数不明"), 5),
            number("members", _("会员"), 4), text_column("dense", _("就业密集"), 5, lambda each: _("是") if each.dense else ""),
            text_column("has_union", _("有小三级工会"), 7, has_union_text),
        ],
        parent,
    )  # fmt: skip
