"""An erasure in words, for whoever decides about it."""

from models.language import _
from models.people.erasing import ErasurePlan


def plan_lines(seen: ErasurePlan) -> list[str]:
    """What an erasure takes and what it leaves, one sentence a line, the warnings before them."""
    goes = _("删去：{fields}；以及这些内容的全部历史（日志 {entries} 条、批次说明 {batches} 个、常用筛选等 {remembered} 个）。")
    stays = _("留下：不记名的计数（性别、是否农民工、职业类别，{events} 次会籍变动的工会、类型和日期），各天的会员数不变。")
    merged = _("并入他的 {count} 条记录一起删去。")
    return [
        _("删除个人信息：{names}").format(names=_("、").join(seen.names.values())),
        *seen.warnings,
        goes.format(
            fields=_("、").join(seen.fields) or "—", entries=seen.entries, batches=seen.batches, remembered=seen.remembered
        ),
        *([merged.format(count=seen.merged)] if seen.merged else []),
        stays.format(events=seen.events),
        _("删除以后不能撤销。已经打印、导出的纸和文件不在登记册里，要另外收回。"),
    ]
