"""The list of employers that should found a union (应建未建单位清单), for paper and sheet."""

from models.drive.list import Drive, DriveRow, drive
from models.language import N_, _, official
from models.records.headcount import counted_text
from models.records.setting import setting
from models.values.region_index import RegionIndex
from reports.choices import TO_FILL_IN, ReportChoices
from reports.report import Report, ReportColumn, Section

#: How the groups of the funnel are named.
GROUP_LABELS = {
    "employers": N_("非公单位"), "on_list": N_("应建未建"), "possible": N_("可能达到"), "own_union": N_("单独建会"),
    "joint_union": N_("联合覆盖"),
    "below": N_("不足人数"), "unknown": N_("人数不明"),
}  # fmt: skip


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
    return drive_report(state, choices.whose(held), choices.day.isoformat())


def _rows(employers: list[DriveRow]) -> list[list[str]]:
    return [
        [
            str(number), row.name, row.credit_code or "", row.region,
            counted_text(row.staff_count, row.staff_upper, approximate=False), row.source or "", row.as_of or "",
            row.stage or "", remarks(row),
        ]
        for number, row in enumerate(employers, 1)
    ]  # fmt: skip


@official()
def drive_report(drive: Drive, where: str, day: str) -> Report:
    """The list as a report: one row per employer, the summary of the funnel as its closing line.

    Those that may be large enough, by the range that was counted, stand apart below it.
    ``where``: who files it, "" for a line to be filled in; ``day``: ISO, printed as the date of filing.
    """
    columns = [
        ReportColumn(_("序号"), 3, "center"), ReportColumn(_("单位名称"), 16), ReportColumn(_("统一社会信用代码"), 11),
        ReportColumn(_("所在区划"), 10), ReportColumn(_("职工人数"), 5, "right"), ReportColumn(_("人数来源"), 5, "center"),
        ReportColumn(_("截至"), 6, "center"), ReportColumn(_("建会阶段"), 5, "center"), ReportColumn(_("备注"), 14),
    ]  # fmt: skip
    rows, possible = _rows(drive.on_list), _rows(drive.possible)
    summary = _("，").join(
        f"{_(GROUP_LABELS[name])} {count}" for name, count in drive.summary.items() if name in GROUP_LABELS
    )
    return Report(
        title=_("{threshold}人以上应建未建工会单位清单").format(threshold=drive.threshold),
        organization=where or TO_FILL_IN,
        day=day,
        columns=columns,
        sections=[
            Section("", rows),
            *([Section(_("可能达到 {threshold} 人、待核实的").format(threshold=drive.threshold), possible)] if possible else []),
        ],
        totals=_("共 {count} 家。").format(count=len(rows)) + summary,
        signatures=(_("填报单位（盖章）"), _("负责人（签字）"), _("填表人（签字）")),
    )
