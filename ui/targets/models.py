"""The item models of the year's numbers: targets (editable), one of them by region, the rows behind, what moved."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from models.figures.facts import FactRow
from models.figures.movement import Movement
from models.figures.progress import Progress
from models.language import _
from ui.history.model import kind_word
from ui.kit import theme
from ui.kit.list_model import ListModel, ShownColumn, text_column
from ui.kit.plain import tip
from ui.kit.tables import UNKNOWN, Index
from ui.targets.facts import Part

#: Before the key of an indicator that is to be shown for the whole register.
WHOLE = "*"
TARGET, STATE, SOURCE, UNDATED = "target", "state", "source", "undated"
_COLOURS = {"ahead": "good", "behind": "accent"}


def state_word(state: str | None) -> str:
    """How far a number is against its plan, in a word."""
    return {"ahead": _("超前"), "on": _("正常"), "behind": _("落后"), None: ""}[state]


def figure(value: float | None, unit: str = "") -> str:
    """A number as a page shows it: grouped, a percentage with its sign, a dash when it is not known."""
    if value is None:
        return UNKNOWN
    return f"{value:,} %" if unit == "%" else f"{value:,}"


def _number(name: str, title: str, width: int, get: Callable[[Any], float | None], unit: str = "") -> ShownColumn:
    def text(item: Any) -> str:
        value = get(item)
        return "" if value is None else figure(value, unit)

    return ShownColumn(name, title, width, "right", text, get)


def _unit(each: Progress) -> str:
    return "%" if each.indicator.unit == "%" else ""


def _reached(each: Progress) -> str:
    return figure(each.actual.value, _unit(each))


def _of_progress() -> list[ShownColumn]:
    return [
        ShownColumn("actual", _("实际"), 5, "right", _reached, lambda each: each.actual.value),
        _number(TARGET, _("目标"), 5, lambda each: each.target),
        _number("share", _("完成"), 4, lambda each: each.share, "%"),
        _number("plan", _("到今天的计划"), 6, lambda each: each.plan),
        _number("gap", _("距目标"), 5, lambda each: each.gap),
        _number("forecast", _("预计期末"), 6, lambda each: each.forecast),
        text_column(STATE, _("进度"), 4, lambda each: state_word(each.state), "center"),
    ]


class TargetsModel(ListModel):
    """``Progress`` objects; the target and where it is written can be typed in place.

    ``aimed(Progress, str)`` brings a target as it was typed, ``sourced(Progress, str)`` where it is written.
    """

    aimed = Signal(object, str)
    sourced = Signal(object, str)

    def __init__(self, parent: QWidget) -> None:
        """Without any target."""
        unknown = _number("unknown", _("未知"), 3, lambda each: each.actual.unknown or None)
        undated = _number(UNDATED, _("日期不明"), 4, lambda each: each.actual.undated or None)
        names = [
            text_column("name", _("指标"), 15, lambda each: each.indicator.name),
            text_column("unit", _("单位", "measure"), 3, lambda each: each.indicator.unit, "center"),
        ]
        source = text_column(SOURCE, _("依据"), 10, lambda each: each.source or "")
        super().__init__([*names, *_of_progress(), undated, unknown, source], parent)
        columns = [column.name for column in self.columns]
        self.target_column, self.source_column = columns.index(TARGET), columns.index(SOURCE)

    def flags(self, index: Index) -> Qt.ItemFlag:
        found = super().flags(index)
        editable = index.isValid() and (
            index.column() == self.target_column
            # a sum of several regions' targets is written nowhere
            or (index.column() == self.source_column and bool(self.items[index.row()].uid))
        )
        return found | Qt.ItemFlag.ItemIsEditable if editable else found

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        each, name = self.items[index.row()], self.columns[index.column()].name
        if role == Qt.ItemDataRole.EditRole and name == SOURCE:
            return each.source or ""
        if role == Qt.ItemDataRole.EditRole:
            return "" if each.target is None else str(each.target)
        if role == Qt.ItemDataRole.ToolTipRole and name == "name":
            return tip(each.indicator.note)
        if role == Qt.ItemDataRole.ToolTipRole and name == UNDATED and each.actual.undated:
            return _("今年登记、没有写日期，不计入实际；回车列出来，可以成批补日期")
        if role == Qt.ItemDataRole.ToolTipRole and name == SOURCE:
            return tip(each.source) if each.source else _("目标写在哪份文件里、哪天的；先填目标")
        if role == Qt.ItemDataRole.ForegroundRole and name == STATE and each.state in _COLOURS:
            return QColor(theme.colour(_COLOURS[each.state]))
        return super().data(index, role)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Ask for a target or its source; what stands here changes once it is written."""
        typed = str(value).strip()
        if role != Qt.ItemDataRole.EditRole or not index.isValid() or typed == self.data(index, role):
            return False
        (self.sourced if index.column() == self.source_column else self.aimed).emit(self.items[index.row()], typed)
        return False


def parts_model(parent: QWidget) -> ListModel:
    """One indicator by region, from ``Part`` objects."""
    columns = [column._replace(text=_inner(column.text), key=_inner(column.key)) for column in _of_progress()]
    place = text_column("name", _("区划、工会或负责人"), 13, lambda part: part.name or _("（其他）"))
    shown = {"actual", TARGET, "share", STATE}
    return ListModel([place, *(column for column in columns if column.name in shown)], parent)


def _inner(call: Callable[[Any], Any]) -> Callable[[Part], Any]:
    return lambda part: call(part.progress)


def _counted(row: FactRow) -> str:
    if row.undated:
        return _("日期不明")
    if row.counted is None:
        return _("未知")
    return _("是") if row.counted else _("否")


def rows_model(parent: QWidget) -> ListModel:
    """The rows behind a number."""
    return ListModel(
        [
            text_column("name", _("名称"), 14, lambda row: row.name or _("（没有名称）")),
            text_column("kind", _("种类"), 5, lambda row: record_word(row.kind)),
            text_column("place", _("区划"), 11, lambda row: row.place),
            text_column("date", _("日期"), 6, lambda row: row.date or ""),
            text_column("why", _("说明"), 7, lambda row: row.why or ""),
            _number("weight", _("数"), 4, lambda row: row.weight),
            text_column("counted", _("计入"), 3, _counted, "center"),
        ],
        parent,
    )


def record_word(kind: str) -> str:
    """A kind of record in words, those behind the numbers included."""
    words = {"ledger_entry": _("工作台账"), "site": _("阵地"), "region": _("区划"), "case": _("走访联系")}
    return words.get(kind) or kind_word(kind)


def moved_model(parent: QWidget) -> ListModel:
    """What moved between two days, from ``Moved`` objects."""

    def delta(each: Movement) -> str:
        return f"{each.delta:+,}" if each.delta else "0"

    return ListModel(
        [
            text_column("name", _("指标"), 12, lambda each: each.indicator.name),
            _number("before", _("之前"), 4, lambda each: each.before.value),
            _number("after", _("现在"), 4, lambda each: each.after.value),
            ShownColumn("delta", _("增减"), 4, "right", delta, lambda each: each.delta),
            _number("came", _("增加"), 3, lambda each: len(each.came)),
            _number("went", _("减少"), 3, lambda each: len(each.went)),
            _number(UNDATED, _("日期不明"), 4, lambda each: len(each.undated) + len(each.undated_went) or None),
            _number("unknown", _("未知"), 3, lambda each: each.after.unknown or None),
        ],
        parent,
    )
