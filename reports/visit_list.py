"""The visit and call list (走访和电话清单) on paper: by town, so that it serves as a route, with room to write what came of it."""

from collections.abc import Sequence
from itertools import groupby

from models.drive.visits import Visit, visits
from models.language import _
from models.records.drive_case import Contact
from models.records.employer import Employer
from models.records.headcount import counted_text
from models.values.columns import column_of
from models.values.region_index import RegionIndex
from reports.choices import ReportChoices
from reports.report import Report, ReportColumn, Section

#: Room for two lines of handwriting, in millimetres.
_ROW = 16
#: Lines of print that a cell may take: a long name with a long address.
_LINES = 5
#: What was said last is told in so many characters.
_SHORT = 34


def compose(index: RegionIndex, choices: ReportChoices) -> Report:
    """Whom to see or call as of the day, or until so many days later, of one organizer, region or stage where chosen."""
    found = visits(
        choices.day, index, choices.days, choices.organizer or None, choices.region or None, choices.stage or None,
        choices.everything,
    )  # fmt: skip
    sections, number = [], 0
    for place, group in groupby(found, key=lambda each: each.place):
        rows = []
        for each in group:
            number += 1
            rows.append([str(number), *_cells(each, choices.masked)])
        name = index.path(place) if place else _("未填区划")
        sections.append(Section(name, rows, _("{count} 家").format(count=len(rows))))
    return Report(
        title=_("走访和电话清单"),
        organization=choices.whose(index),
        day=choices.day.isoformat(),
        scope=_scope(choices),
        columns=_columns(),
        sections=sections,
        totals=_totals(found),
        signatures=(_("走访人（签字）"), _("走访日期")),
        mark=choices.mark,
        row_height=_ROW,
    )


def _columns() -> Sequence[ReportColumn]:
    planned, wrote = _("要办的事"), _("走访、电话记录")
    return [
        ReportColumn(_("序号"), 2, "center"), ReportColumn(_("单位和地址"), 14, most=_LINES),
        ReportColumn(_("联系人和电话"), 8, most=_LINES), ReportColumn(_("职工"), 3, "right"),
        ReportColumn(_("阶段"), 4, "center"), ReportColumn(_("做什么"), 9, group=planned, most=_LINES),
        ReportColumn(_("哪天"), 6, "center", group=planned, most=_LINES), ReportColumn(_("上次联系"), 12, most=_LINES),
        ReportColumn(_("见到谁"), 6, group=wrote, blank=True), ReportColumn(_("态度"), 5, group=wrote, blank=True),
        ReportColumn(_("结果"), 14, group=wrote, blank=True),
    ]  # fmt: skip


def _cells(visit: Visit, masked: bool) -> list[str]:
    phone = column_of(Employer, "phone").kind.show(visit.phone, masked)
    count = counted_text(visit.staff_count, visit.staff_upper, visit.approximate)
    late = _("逾期 {days} 天").format(days=visit.overdue) if visit.overdue else ""
    return [
        _lines(visit.name, visit.address), _lines(visit.contact, phone.replace("、", "\n")),
        count, _(visit.stage or ""),
        visit.task or "", _lines(visit.date, late), _last(visit), "", "", "",
    ]  # fmt: skip


def _lines(*parts: str | None) -> str:
    return "\n".join(part for part in parts if part)


def _last(visit: Visit) -> str:
    """The newest contact in short: when and how, whom, with which attitude, what came of it."""
    if visit.last is None:
        return _("还没有联系过")
    show = {name: column_of(Contact, name).kind.show(visit.last[name]) for name in ("date", "way", "attitude", "outcome")}
    met = visit.last["person_met"] or ""
    outcome = show["outcome"].replace("\n", " ")
    when, who = f"{show['date']} {show['way']}".strip(), f"{met} {show['attitude']}".strip()
    return _lines(when, who, outcome if len(outcome) <= _SHORT else outcome[: _SHORT - 1] + "…")


def _scope(choices: ReportChoices) -> str:
    parts = []
    if choices.organizer:
        parts.append(_("负责人：{name}").format(name=choices.organizer))
    if choices.stage:
        parts.append(_("阶段：{stage}").format(stage=_(choices.stage)))
    if choices.everything:
        parts.append(_("全部在办") if choices.stage else _("全部在办（已建会的除外）"))
    elif choices.days:
        parts.append(_("{days} 天以内").format(days=choices.days))
    else:
        parts.append(_("当天"))
    return "　".join(parts)


def _totals(found: Sequence[Visit]) -> str:
    late = sum(1 for each in found if each.overdue)
    return _("共 {count} 家，其中逾期 {late} 家").format(count=len(found), late=late)
