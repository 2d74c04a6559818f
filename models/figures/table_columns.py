"""The columns of a statistics table: the same on the screen, at a terminal, on paper and in a sheet.

Each indicator is a group of columns: the number (of a rate its part, its whole and the percentage), what is unknown and
undated, the plan, the share of it, the place in the order, the same period a year before and the change since.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from models.figures.facts import Number
from models.figures.tables import Cell, FigureTable, TableColumn, TableRow
from models.language import _

#: How a column follows from others of its group: percent of the second in the first, of a plan reached by a rate (part,
#: whole, plan), more than before in percent, more than before in points.
Derived = Literal["percent", "reached", "growth", "points"]


@dataclass(frozen=True, slots=True)
class Figure:
    """One column. ``group`` is the indicator's name with its unit; ``place`` the indicator's number in the table.

    ``summed``: its rows of depth 0 add up to the last row, together with what stands apart as repeated. ``derived`` with
    ``of``: how it follows from other columns, by their numbers in the list. ``percent``: it is shown with the sign.
    """

    name: str
    title: str
    group: str
    place: int
    get: Callable[[Cell], float | None]
    percent: bool = False
    summed: bool = False
    derived: Derived | None = None
    of: tuple[int, ...] = ()

    def value(self, row: TableRow) -> float | None:
        """What stands in a row."""
        return self.get(row.cells[self.place])

    def text(self, row: TableRow) -> str:
        """The same as people read it; a dash for a rate of nothing, nothing where nothing was asked for."""
        value = self.value(row)
        if value is None:
            return "—" if self.name in ("actual", "before") else ""
        return f"{value:,}%" if self.percent else f"{value:,}"


def columns_of(table: FigureTable) -> list[Figure]:
    """All columns of a table, those of each indicator together."""
    found: list[Figure] = []
    for place, column in enumerate(table.columns):
        found += _of_indicator(table, column, place, len(found))
    return found


def _of_indicator(table: FigureTable, column: TableColumn, place: int, first: int) -> list[Figure]:
    rate, indicator = column.indicator.kind == "rate", column.indicator
    group = indicator.name if rate else _("{name}（{unit}）").format(name=indicator.name, unit=indicator.unit)
    found: list[Figure] = []

    def add(
        name: str, title: str, get: Callable[[Cell], float | None], percent: bool = False, summed: bool = False,
        derived: Derived | None = None, of: tuple[str, ...] = (),
    ) -> None:
        places = {each.name: first + number for number, each in enumerate(found)}
        found.append(Figure(name, title, group, place, get, percent, summed, derived, tuple(places[each] for each in of)))

    if rate:
        add("part", _("其中"), lambda cell: cell.number.part, summed=True)
        add("whole", _("总数"), lambda cell: cell.number.whole, summed=True)
        add("actual", _("比率"), lambda cell: cell.number.value, percent=True, derived="percent", of=("part", "whole"))
    else:
        add("actual", _("实际"), lambda cell: cell.number.value, summed=True)
    for name, title, shown in (("unknown", _("未知"), column.unknown), ("undated", _("日期不明"), column.undated)):
        if shown:
            add(name, title, lambda cell, name=name: getattr(cell.number, name), summed=True)  # type: ignore[misc]
    if column.planned:
        title = _("计划") if column.planned == "period" else _("全年计划")
        add("plan", title, lambda cell: cell.plan, percent=rate)
        reached: tuple[str, ...] = ("part", "whole", "plan") if rate else ("actual", "plan")
        add("share", _("完成"), lambda cell: cell.share, percent=True, derived="reached" if rate else "percent", of=reached)
    if "rank" in table.form.parts:
        add("rank", _("位次"), lambda cell: cell.rank)
    if table.before is not None:
        add("before", _("上年同期"), lambda cell: _value(cell.before), percent=rate, summed=not rate)
        more: Derived = "points" if rate else "growth"
        title = _("增减（百分点）") if rate else _("同比")
        add("change", title, lambda cell: cell.change, percent=not rate, derived=more, of=("actual", "before"))
    return found


def _value(number: Number | None) -> float | None:
    return number.value if number else None


def shown_rows(table: FigureTable, everything: bool) -> Iterator[TableRow]:
    """The rows that are shown: without ``everything`` those in which there is nothing are folded away."""
    yield from table.rows if everything else table.told


def folded(table: FigureTable) -> str:
    """How many rows are folded away, in words; "" for none."""
    count = len(table.rows) - len(table.told)
    return _("另有 {count:,} 行没有数字，没有列出。").format(count=count) if count else ""
