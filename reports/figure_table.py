"""Statistics tables (统计表) on paper and as a sheet that goes on counting: sums and shares are formulas there."""

from collections.abc import Sequence
from dataclasses import replace

from models.figures.facts import Scope
from models.figures.periods import name_of, read_period
from models.figures.table_columns import Figure, columns_of, folded, shown_rows
from models.figures.table_forms import find_form, part_word
from models.figures.tables import FigureTable, TableRow, make_table
from models.figures.targets import sums_beside
from models.language import _
from models.values.region_index import RegionIndex
from reports.choices import ReportChoices
from reports.fitting import PADDING
from reports.report import Report, ReportColumn, Section

#: So many columns fit on a sheet of paper beside the name; a wider table is printed one indicator after the other.
_MOST_COLUMNS = 13
_NAME_WIDTH, _WIDTH = 11, 4


def compose(index: RegionIndex, choices: ReportChoices) -> Report:
    """A table by the names of the table and the period. UserError as for ``make_table``; KeyError for an unknown region."""
    form = find_form(choices.table)
    period = read_period(choices.period or str(choices.day.year))
    return table_report(make_table(form, period, choices.day, Scope(region=choices.region or None)), index, choices)


def table_report(table: FigureTable, index: RegionIndex, choices: ReportChoices) -> Report:
    """A counted table as a report; ``everything`` of the choices: also the rows in which there is nothing."""
    columns = columns_of(table)
    rows = list(shown_rows(table, choices.everything))
    wide = _whole(table, columns, rows)
    parted = len(columns) > _MOST_COLUMNS
    return Report(
        title=_("{period}{name}统计表").format(period=name_of(table.of), name=_after_period(table.form.name)),
        organization=choices.whose(index),
        day=choices.day.isoformat(),
        scope=_("{since} 到 {until}").format(since=table.passed.start, until=table.passed.end),
        columns=() if parted else wide.columns,
        sections=_one_by_one(table, columns, rows) if parted else [replace(wide, columns=())],
        sheet=wide if parted else None,
        signatures=(_("填报单位（盖章）"), _("负责人（签字）"), _("填表人（签字）")),
        footnotes=_notes(table, index, choices),
    )


def _after_period(name: str) -> str:
    """A name behind a year: a number there would run into it."""
    return f" {name}" if name[:1].isdigit() else name


def _notes(table: FigureTable, index: RegionIndex, choices: ReportChoices) -> tuple[str, ...]:
    notes = ["" if choices.everything else folded(table)]
    notes.append(_("合计是整个范围的数；比率由其中和总数算出，不取平均，只舍不入。未知和日期不明的不在实际里。"))
    if "rank" in table.form.parts:
        notes.append(_("位次从大到小排：有计划的按完成，没有计划的按实际；并列的同一位次。"))
    if table.repeated:
        notes.append(_("同一个人在几处入会，各处都算，合计只算一次，相差的写在“减”一行。"))
    if table.before:
        same = _("上年同期是 {since} 到 {until}；{change}是比它多百分之几。")
        notes.append(same.format(since=table.before.start, until=table.before.end, change=_("同比")))
    if any(column.planned == "year" for column in table.columns):
        notes.append(_("没有这个期间的目标，{plan}用的是全年的目标。").format(plan=part_word("plan")))
    shown = {column.indicator.key for column in table.columns if column.planned == "period"}
    notes += [each.text for each in sums_beside(table.of, index) if each.indicator in shown and table.scope == Scope()]
    notes += [_("{name}：{note}").format(name=each.indicator.name, note=each.indicator.note) for each in table.columns]
    return tuple(note for note in notes if note)


def _lines(table: FigureTable, rows: Sequence[TableRow]) -> list[TableRow]:
    return [*rows, *([table.repeated] if table.repeated else []), table.total]


def _cells(row: TableRow, columns: Sequence[Figure]) -> list[str]:
    return ["　" * row.depth + row.name, *(column.text(row) for column in columns)]


def _whole(table: FigureTable, columns: Sequence[Figure], rows: Sequence[TableRow]) -> Section:
    """The table as it is, with its formulas."""
    shown = [ReportColumn(_("名称"), _NAME_WIDTH), *(ReportColumn(each.title, _WIDTH, "right", each.group) for each in columns)]
    lines = _lines(table, rows)
    return Section("", [_cells(row, columns) for row in lines], columns=shown, formulas=_formulas(lines, columns))


def _one_by_one(table: FigureTable, columns: Sequence[Figure], rows: Sequence[TableRow]) -> list[Section]:
    """One table for each indicator, below one another; the figures that all have stand last, each at the same place."""
    of_each = [[each for each in columns if each.place == place] for place, _column in enumerate(table.columns)]
    most = max(map(len, of_each))
    sections = []
    for own in of_each:
        room = (most - len(own)) * (_WIDTH + 2 * PADDING)  # that of the figures it lacks is the name's
        shown = [ReportColumn(_("名称"), _NAME_WIDTH + room), *(ReportColumn(each.title, _WIDTH, "right") for each in own)]
        *listed, total = [_cells(row, own) for row in _lines(table, rows)]
        sections.append(Section(own[0].group, listed or [total], columns=shown, sums=total if listed else ()))
    return sections


def _formulas(lines: Sequence[TableRow], columns: Sequence[Figure]) -> dict[tuple[int, int], str]:
    """The formula of each cell that follows from others, by (row, column); rows and columns in it as R0C0."""
    last = len(lines) - 1
    tree = any(row.depth for row in lines)
    outer = [number for number, row in enumerate(lines[:-1]) if row.depth == 0]
    found: dict[tuple[int, int], str] = {}
    for place, column in enumerate(columns, start=1):
        for number, row in enumerate(lines):
            if column.derived and column.value(row) is not None:
                found[number, place] = _derived(column, number)
        if column.summed and outer:
            span = ",".join(f"R{number}C{place}" for number in outer) if tree else f"R0C{place}:R{last - 1}C{place}"
            found[last, place] = f"SUM({span})"
    return found


def _derived(column: Figure, row: int) -> str:
    """Cut as the program cuts: to one decimal, towards zero."""
    cells = [f"R{row}C{place + 1}" for place in column.of]
    if column.derived == "percent":
        return 'IF({1}=0,"",INT({0}*1000/{1})/10)'.format(*cells)
    if column.derived == "reached":
        return 'IF({1}*{2}=0,"",INT({0}*100000/({1}*{2}))/10)'.format(*cells)
    if column.derived == "growth":
        return 'IF({1}=0,"",TRUNC(({0}-{1})*1000/{1})/10)'.format(*cells)
    return "ROUND({}-{},1)".format(*cells)
