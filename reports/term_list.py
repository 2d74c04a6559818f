"""Whose term ends (换届提醒), on paper: the longest overdue first."""

from collections.abc import Sequence

from models.language import _
from models.standing.terms import TERM_STATES, PresentTerm, terms
from models.values.region_index import RegionIndex
from reports.choices import ReportChoices
from reports.report import Report, ReportColumn, Section

#: What is not pressing, and listed only where it is asked for.
_CALM = frozenset({"running", "unknown"})


def compose(index: RegionIndex, choices: ReportChoices) -> Report:
    """The terms that are over or end within half a year; with ``everything`` the others as well."""
    found = terms(choices.day, choices.index_of(index), choices.region or None)
    listed = [each for each in found if choices.everything or each.state not in _CALM]
    sections, number = [], 0
    for state, label in TERM_STATES.items():
        rows = []
        for each in (each for each in listed if each.state == state):
            number += 1
            rows.append(_row(number, each))
        if rows:
            sections.append(Section(_(label), rows, _("{count} 个").format(count=len(rows))))
    over = sum(1 for each in listed if each.state == "overdue")
    return Report(
        title=_("工会换届提醒"),
        organization=choices.whose(index),
        day=choices.day.isoformat(),
        columns=_columns(),
        sections=sections,
        totals=_("共 {count} 个工会，其中任期已届满 {over} 个").format(count=len(listed), over=over),
        footnotes=(_("工会法第十六条：基层工会委员会每届任期三年或者五年。"),),
    )


def _columns() -> Sequence[ReportColumn]:
    return [
        ReportColumn(_("序号"), 3, "center"), ReportColumn(_("工会"), 22), ReportColumn(_("区划"), 12),
        ReportColumn(_("本届选举日期"), 7, "center"), ReportColumn(_("任期年数"), 4, "right"),
        ReportColumn(_("届满日期"), 7, "center"), ReportColumn(_("剩余天数"), 5, "right"),
        ReportColumn(_("延期"), 5, "center"), ReportColumn(_("办理情况"), 10, blank=True),
    ]  # fmt: skip


def _row(number: int, each: PresentTerm) -> list[str]:
    left = "" if each.days_left is None else f"{each.days_left:,}"
    years = "" if each.years is None else str(each.years)
    return [
        str(number), each.name, each.region, each.start or "", years, each.end or "", left,
        _("已批准") if each.approved_extension else "", "",
    ]  # fmt: skip
