"""The attendance sheet (会议签到表) of a union's meeting: its members with room to sign, and lines for those who are not listed."""

from models.errors import UserError
from models.language import _
from models.records.union import Union
from models.values.region_index import RegionIndex
from reports.choices import ReportChoices
from reports.report import Report, ReportColumn, Section, people_total
from reports.roster import members_of

#: Who is called to a meeting. Retained members have no vote (工会基层组织选举工作条例 4), and are counted below the list.
_CALLED = frozenset({"在册"})
#: A signature takes more room than print, in millimetres.
_ROW = 9


def compose(index: RegionIndex, choices: ReportChoices) -> Report:
    """The sheet of a union. UserError when it has no members and no blank lines are wanted."""
    members = members_of(choices.union, index, _CALLED)
    retained = len(members_of(choices.union, index, frozenset({"保留"})))
    if not members and not choices.blank:
        raise UserError(_("这个工会还没有在册会员。可以加上空白行，或者换一个工会。"))
    named = [[str(row["name"]), str(row["sex"] or ""), str(row["employer"] or "")] for row in members]
    lines = [*named, *[["", "", ""]] * choices.blank]
    totals = people_total(len(members), sum(1 for row in members if row["sex"] == "女"))
    return Report(
        title=_("会议签到表"),
        organization=Union.get(Union.uid == choices.union).name,
        day="",
        scope=_("会议名称：{line}　　时间：{short}　　地点：{line}").format(line="_" * 16, short="_" * 12),
        columns=[
            ReportColumn(_("序号"), 3, "center"), ReportColumn(_("姓名"), 6), ReportColumn(_("性别"), 3, "center"),
            ReportColumn(_("工作单位"), 17), ReportColumn(_("签名"), 12, blank=True), ReportColumn(_("备注"), 7, blank=True),
        ],
        sections=[Section("", [[str(number), *line, "", ""] for number, line in enumerate(lines, 1)])],
        totals=_("应到会员：{people}；实到 {line} 人").format(people=totals, line="_" * 8),
        signatures=(_("主持人（签字）"), _("记录人（签字）")),
        footnotes=(_("另有保留会籍 {count} 人，未列入。").format(count=retained),) if retained else (),
        landscape=False,
        row_height=_ROW,
    )  # fmt: skip
