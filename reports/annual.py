"""The numbers for the yearly survey of unions (工会统计年报) on one sheet, each with where it comes from."""

from models.figures.annual import AnnualLine, annual
from models.language import _
from models.values.region_index import RegionIndex
from reports.choices import ReportChoices
from reports.report import Report, ReportColumn, Section


def compose(index: RegionIndex, choices: ReportChoices) -> Report:
    """The survey's numbers as of the day."""
    lines = annual(choices.day, choices.index_of(index), choices.region or None)
    groups = list(dict.fromkeys(each.group for each in lines))
    return Report(
        title=_("工会统计年报取数表"),
        organization=choices.whose(index),
        day=choices.day.isoformat(),
        columns=[
            ReportColumn(_("指标"), 13), ReportColumn(_("数"), 6, "right"), ReportColumn(_("单位"), 4, "center"),
            ReportColumn(_("没填的"), 6, "right"), ReportColumn(_("不在内的"), 6, "right"), ReportColumn(_("从哪里来"), 22),
        ],
        sections=[Section(group, [_row(each) for each in lines if each.group == group]) for group in groups],
        landscape=False,
        signatures=(_("填报单位（盖章）"), _("负责人（签字）"), _("填表人（签字）")),
        footnotes=(
            _("“未登记”是登记册里没有这一项，不是零。“没填的”是多少个工会没有写（别的单位写在后面），数里不含它们。"),
            _(
                "“不在内的”是同一项在基层工会以外有多少：总工会等领导机关、分工会和小组、类型说不准的、筹备的、待核实的工会，"
                "会员还有已撤销工会的。数里也不含它们。"
            ),
            _("年报的统计期和时点以上级当年的通知为准：打印时把日期选成那一天。"),
        ),
    )  # fmt: skip


def _row(line: AnnualLine) -> list[str]:
    value = _("未登记") if line.value is None else f"{line.value:,}"
    return [line.name, value, line.unit, *(f"{each:,}" if each else "" for each in (line.unknown, line.elsewhere)), line.source]
