"""The half-year report (半年工作情况) on paper: the paragraphs with their figures, then the charts."""

from models.figures.facts import Scope
from models.figures.half_year import Chart, ToldFigure, half_year
from models.figures.periods import name_of, of_length, read_period
from models.language import _
from models.values.region_index import RegionIndex
from reports.choices import ReportChoices
from reports.report import Bar, Report, ReportColumn, Section, folded, folded_away


def compose(index: RegionIndex, choices: ReportChoices) -> Report:
    """The report of a period, of the half-year of the day unless another is chosen. UserError when it has not begun."""
    period = read_period(choices.period) if choices.period else of_length("half", choices.day)
    found = half_year(period, choices.day, Scope(region=choices.region or None))
    told = [(each.title, [_row(figure) for figure in each.figures]) for each in found.paragraphs if each.figures]
    columns, kept = folded(_columns(), [row for _title, rows in told for row in rows])
    sections = [Section(title, [[row[place] for place in kept] for row in rows]) for title, rows in told]
    sections += [_chart(each) for each in found.charts]
    same = _("上年同期是 {since} 到 {until}；同比是比它多百分之几，比率的是百分点。")
    return Report(
        title=_("{period}工作情况").format(period=name_of(period)),
        organization=choices.whose(index),
        day=choices.day.isoformat(),
        scope=_("{since} 到 {until}").format(since=found.passed.start, until=found.passed.end),
        columns=columns,
        sections=sections,
        landscape=False,
        signatures=(_("填报单位（盖章）"), _("负责人（签字）"), _("填表人（签字）")),
        footnotes=(
            same.format(since=found.before.start, until=found.before.end),
            _("“未登记”是登记册和工作台账里没有，不是零；补登记以后再打印。比率只舍不入；未知和日期不明的不在数里，另外写明。"),
            *folded_away(_columns(), kept),
        ),
    )  # fmt: skip


def _columns() -> list[ReportColumn]:
    return [
        ReportColumn(_("指标"), 16), ReportColumn(_("数"), 7, "right"), ReportColumn(_("单位"), 3, "center"),
        ReportColumn(_("上年同期"), 7, "right"), ReportColumn(_("同比"), 5, "right"), ReportColumn(_("计划"), 6, "right"),
        ReportColumn(_("完成"), 5, "right"), ReportColumn(_("另有"), 10),
    ]  # fmt: skip


def _row(told: ToldFigure) -> list[str]:
    cell, unit = told.cell, told.indicator.unit
    sign = "%" if told.indicator.kind == "rate" else ""
    value = f"{cell.number.value:,}{sign}" if told.held and cell.number.value is not None else _("未登记")
    before = f"{cell.before.value:,}{sign}" if cell.before and cell.before.value else ""
    change = f"{cell.change:+,}" + ("" if sign else "%") if told.held and cell.change is not None else ""
    share = f"{cell.share:,}%" if told.held and cell.share is not None else ""
    return [
        told.indicator.name, value, "" if value.endswith("%") else unit, before, change,
        "" if cell.plan is None else f"{cell.plan:,}{sign}", share, _apart(told),
    ]  # fmt: skip


def _apart(told: ToldFigure) -> str:
    """What is not in the number."""
    number = told.cell.number
    parts = [_("未知 {count:,}").format(count=number.unknown)] if number.unknown else []
    parts += [_("日期不明 {count:,}").format(count=number.undated)] if number.undated else []
    return _("，").join(parts)


def _chart(chart: Chart) -> Section:
    sign = chart.unit if chart.unit == "%" else ""
    heading = chart.title if sign else _("{name}（{unit}）").format(name=chart.title, unit=chart.unit)
    return Section(heading, [], bars=[Bar(bar.name, bar.value, f"{bar.value:,}{sign}") for bar in chart.bars])
