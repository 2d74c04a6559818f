"""The words in which a rescue is told."""

from models.language import N_, _
from models.rescue.rescuing import RescueReport

_TITLES = {
    "region": N_("区划"), "region_parent": N_("区划的上下级"), "occupation_group": N_("群体"), "ledger_kind": N_("台账类别"),
    "employer": N_("用人单位"), "union": N_("工会"), "coverage": N_("覆盖"), "worker": N_("职工"),
    "membership_event": N_("会籍变动"), "head_count": N_("人数"), "drive_case": N_("建会台账"), "case_step": N_("建会步骤"),
    "case_paper": N_("建会材料"), "contact": N_("走访记录"), "ledger_entry": N_("工作台账"),
    "site": N_("阵地"), "site_kind": N_("阵地类别"),
    "key_employer": N_("重点企业"), "target": N_("任务指标"),
    "setting": N_("设置"), "remembered_mapping": N_("记住的列"), "remembered_value": N_("记住的写法"),
    "distinct_pair": N_("已标为不同的"), "saved_filter": N_("常用筛选"), "own_field": N_("自有字段"),
    "erasure": N_("删除个人信息的封存记录"), "officer": N_("任职"),
    "due_rule": N_("催报"), "due_union": N_("催报点名的工会"), "hand_in": N_("交表"),
    "submission": N_("上报"), "submitted_row": N_("上报的一行"), "issued_paper": N_("出具的文书"), "paper_template": N_("文书模板"),
    "worklist": N_("工作名单"), "worklist_entry": N_("工作名单的一行"),
}  # fmt: skip


def kind_title(kind: str) -> str:
    """What a person calls a kind of record."""
    return _(_TITLES.get(kind, kind))


def told(report: RescueReport) -> str:
    """The sentences that sum a rescue up: where the new register lies, what is missing, what to do."""
    lines = [_("新的登记册在“{folder}”，口令和恢复码不变；原来的登记册一个字节也没有动。").format(folder=report.folder)]
    lost = sum(each.lost for each in report.kinds.values())
    if report.lost_log:
        lines.append(_("日志缺 {count} 条：这些改动的来历看不到了，也撤销不了。").format(count=report.lost_log))
    if report.lost_trail:
        lines.append(_("操作留痕缺 {count} 条，核对时说得出从第几条起。").format(count=report.lost_trail))
    if lost:
        lines.append(_("丢失 {count} 条记录；别的记录还指着它们的，留了空的占位，请逐条补填。").format(count=lost))
    if report.whole:
        lines.append(_("没有发现缺少什么。"))
    else:
        lines.append(_("请和最近的备份对照；日志里缺的改动，可能让补回的记录不是最新的。"))
    return "\n".join(lines)
