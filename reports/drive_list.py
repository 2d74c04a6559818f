"""The list of employers that should found a union (应建未建单位清单), for paper and sheet."""

from collections.abc import Mapping
from itertools import count
from typing import Any

from models.drive.list import Drive, DriveRow, drive
from models.engine import database
from models.language import N_, _, official
from models.records.employer import Employer
from models.records.headcount import counted_text
from models.records.setting import setting
from models.values.columns import column_of
from models.values.region_index import RegionIndex
from reports.choices import TO_FILL_IN, ReportChoices
from reports.report import Report, ReportColumn, Section, folded, folded_away

#: How the groups of the funnel are named.
GROUP_LABELS = {
    "employers": N_("非公单位"), "on_list": N_("应建未建"), "possible": N_("可能达到"), "own_union": N_("单独建会"),
    "joint_union": N_("联合覆盖"),
    "below": N_("不足人数"), "unknown": N_("人数不明"),
}  # fmt: skip

#: What of an employer stands on its row besides.
_FACTS = ("address", "industry", "contact", "phone")
#: Which column says where an employer lies: on paper the heading of its town does.
_PLACE = 2


def remarks(row: DriveRow) -> str:
    """What a person should look at before acting on an employer of the list."""
    found = []
    if row.to_verify:
        found.append(_("待核实是否非公或在营"))
    if row.suspected:
        found.append(_("疑似已建会：{union}").format(union=row.union or _("来源表写明已建会")))
    if row.candidates:
        found.append(_("名称相近的工会：{names}").format(names=_("、").join(row.candidates)))
    if row.group == "possible":
        found.append(_("人数是区间，待核实是否达到"))
    elif row.approximate:
        found.append(_("人数为约数") if row.staff_upper is None else _("人数是区间"))
    return _("；").join(found)


def compose(index: RegionIndex, choices: ReportChoices) -> Report:
    """The list of a region or the whole register with the register's line, as of the day where that is over."""
    held = choices.index_of(index)
    state = drive(setting("threshold"), held, choices.region or None, choices.past)
    return drive_report(state, held, choices.whose(held), choices.day.isoformat(), choices.masked)


def drive_title(threshold: int) -> str:
    """What the list of the register's line is called."""
    return _("{threshold}人以上应建未建工会单位清单").format(threshold=threshold)


@official()
def drive_report(drive: Drive, index: RegionIndex, where: str, day: str, masked: bool = True) -> Report:
    """The list as a report: one row per employer, by town, the summary of the funnel as its closing line.

    Those that may be large enough, by the range that was counted, stand apart below it. What stands in no row has no column. A
    sheet has all in one table with the place of each. ``where``: who files it, "" for a line to be filled in; ``day``: ISO.
    """
    told = _known([*drive.on_list, *drive.possible])
    maybe = _("可能达到 {threshold} 人、待核实的").format(threshold=drive.threshold)
    groups = [*_by_town(drive.on_list, index), *([(maybe, drive.possible)] if drive.possible else [])]
    listed = [(heading, rows, [_cells(row, told, masked) for row in rows]) for heading, rows in groups]
    columns, kept = folded(_columns(), [cells for _heading, _rows, lines in listed for cells in lines])
    apart = [place for place in kept if place != _PLACE]
    numbers = count(1)
    sections = [
        Section(heading, [[str(next(numbers)), *(cells[place] for place in apart)] for cells in lines], staff_told(rows))
        for heading, rows, lines in listed
    ]
    whole = [[str(number), *(cells[place] for place in kept)]
        for number, cells in enumerate((cells for _heading, _rows, lines in listed for cells in lines), 1)]
    first = ReportColumn(_("序号"), 3, "center")
    summary = _("，").join(
        f"{_(GROUP_LABELS[name])} {count}" for name, count in drive.summary.items() if name in GROUP_LABELS
    )
    return Report(
        title=drive_title(drive.threshold),
        organization=where or TO_FILL_IN,
        day=day,
        columns=[first, *(_columns()[place] for place in apart)],
        sections=sections,
        totals=_("共 {told}。").format(told=staff_told(drive.on_list)) + summary,
        signatures=(_("填报单位（盖章）"), _("负责人（签字）"), _("填表人（签字）")),
        footnotes=folded_away(_columns(), kept),
        mark=_("已脱敏") if masked else _("完整信息"),
        sheet=Section("", whole, columns=[first, *columns]),
        read_back="all",
    )


def _known(rows: list[DriveRow]) -> dict[str, dict[str, Any]]:
    """What the drive does not hold of these employers, by their uids."""
    found = database.fetch_in(Employer, "uid", [row.uid for row in rows], ("uid", *_FACTS))
    return {str(uid): dict(zip(_FACTS, values, strict=True)) for uid, *values in found}


def _by_town(rows: list[DriveRow], index: RegionIndex) -> list[tuple[str, list[DriveRow]]]:
    """Employers by town, in the order of the regions, those whose place is not known last; one section where there are none."""
    groups: dict[str, list[DriveRow]] = {}
    for row in rows:
        town = index.town_of(row.region_uid) if row.region_uid else None
        groups.setdefault(town or row.region_uid or "", []).append(row)
    if list(groups) == [""]:
        return [("", rows)]
    order = {uid: number for number, uid in enumerate(index.entries)}
    towns = sorted(groups, key=lambda uid: (not uid, order.get(uid, len(order))))
    return [(index.path(uid) if uid else _("（未填所在区划）"), groups[uid]) for uid in towns] or [("", [])]


def staff_told(rows: list[DriveRow]) -> str:
    """How many employers, and how many people they employ; the lower ends of ranges are said to be such."""
    known = [row.staff_count for row in rows if row.staff_count is not None]
    told = _("{count:,} 家").format(count=len(rows))
    if known:
        more = _("，职工 {people:,} 人以上") if any(row.staff_upper is not None for row in rows) else _("，职工 {people:,} 人")
        told += more.format(people=sum(known))
    unknown = len(rows) - len(known)
    return told + (_("，人数不明 {count:,} 家").format(count=unknown) if unknown else "")


def _columns() -> list[ReportColumn]:
    titles = {name: column_of(Employer, name).title for name in _FACTS}
    return [
        ReportColumn(_("单位名称"), 13), ReportColumn(_("统一社会信用代码"), 9.5), ReportColumn(_("所在区划"), 9),
        ReportColumn(titles["address"], 10), ReportColumn(titles["industry"], 8), ReportColumn(titles["contact"], 4),
        ReportColumn(titles["phone"], 6), ReportColumn(_("职工人数"), 4, "right"), ReportColumn(_("人数来源"), 4, "center"),
        ReportColumn(_("截至"), 5, "center"), ReportColumn(_("建会阶段"), 4, "center"), ReportColumn(_("责任人"), 4),
        ReportColumn(_("计划日期"), 5, "center"), ReportColumn(_("核对提示"), 9),
    ]  # fmt: skip


def _cells(row: DriveRow, known: Mapping[str, Mapping[str, Any]], masked: bool) -> list[str]:
    facts = {name: column_of(Employer, name).kind.show(known[row.uid][name], masked) for name in _FACTS}
    return [
        row.name, row.credit_code or "", row.region, facts["address"], facts["industry"], facts["contact"], facts["phone"],
        counted_text(row.staff_count, row.staff_upper, approximate=False), row.source or "", row.as_of or "", row.stage or "",
        row.organizer or "", row.next_action_date or "", remarks(row),
    ]  # fmt: skip
