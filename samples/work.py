"""The work ledger of a district: what was done in the half year, and the mediation ledger of its streets."""

import datetime as dt

from samples.companies import MALL_UNION, TOWER_UNION, company, standing
from samples.containers import Rows, Sheet, Value

_HEADER: list[Value] = [
    "序号", "工作类别", "开展时间", "工作内容", "数量", "人次", "投入资金\n（元）", "承办工会", "所在镇街", "经办人", "备注",
]  # fmt: skip
#: kind, day, what, quantity, people, money, union, town, by whom, remark
_DONE: Rows = [
    ["送温暖", dt.date(2026, 1, 22), "春节走访困难职工", None, 126, "6.3万", None, "小龙坎街道", "裴霁", None],
    ["送清凉", "2026年7月", "慰问环卫工人、外卖骑手", "3场", "280人次", 17000, None, "天星桥街道", "裴霁", "西瓜、风油精"],
    ["工会驿站", "2026.5.20", "小龙坎商圈驿站", 1, None, 52_000.5, MALL_UNION, "小龙坎街道", None, None],
    ["户外劳动者服务站点", "2026-05-28", "西永园区驿站", "2个", None, None, None, "西永街道", None, None],
    ["劳模三进", 20260428, "劳模进企业宣讲", 1, 85, None, TOWER_UNION, None, "翟汀", "在解放碑"],
    ["技能提升", "2026-06", "育婴员培训班", 40, 40, "2.4万元", None, "天星桥街道", "翟汀", None],
    ["“五小”活动", dt.date(2026, 6, 12), "班组小改小革评选", 12, None, None, None, "西永街道", None, None],
    ["劳动和技能竞赛", dt.date(2026, 6, 18), "电子装调技能竞赛", "1场", 64, 8000, None, "西永街道", None, None],
    ["安康杯", dt.date(2026, 6, 30), "安全文化知识竞赛参与企业", 9, 412, None, None, "沙坪坝区", None, None],
    ["12351热线", "2026年上半年", "来电办理", 37, None, None, None, "沙坪坝区", None, "办结 35 件"],
    ["走访企业", dt.date(2026, 7, 1), "建会走访", 6, None, None, None, "小龙坎街道", "裴霁", None],
    ["走访企业", dt.date(2026, 7, 1), "建会走访", 4, None, None, None, "小龙坎街道", "翟汀", "下午一组"],
    ["读书沙龙", dt.date(2026, 7, 3), "职工书屋活动", 1, 30, None, None, "小龙坎街道", None, None],
]
_MEDIATION_HEADER: list[Value] = ["序号", "日期", "单位名称", "事项", "受理数", "调解成功", "所在镇街", "备注"]
_MATTERS = ("拖欠工资", "解除合同补偿", "加班工资", "社会保险", "工伤待遇")


def ledger_sheets() -> list[Sheet]:
    """Two sheets: all kinds of work by column, and one whose title says the kind of all its rows."""
    rows: Rows = [["沙坪坝区总工会2026年上半年工作台账"], ["填报单位：沙坪坝区总工会", *[None] * 9, "2026年7月6日"], _HEADER]
    rows += [[at, *each] for at, each in enumerate(_DONE, start=1)]
    rows.append(["合计", *[None] * 3, 116, 1037, 164_000.5, *[None] * 4])
    rows.append(["填表人：", None, None, None, "审核人："])
    return [Sheet("工作台账", rows, (3,), ("A1:K1",)), Sheet("Sheet2", _mediation_rows(), (2,), ("A1:H1",))]


def _mediation_rows() -> Rows:
    """One dispute on one row; two of the same day and firm are two disputes, and one row has no day."""
    firms = [*standing("none")[:9], company("拙川")]
    rows: Rows = [["劳动争议调解台账（一季度）"], _MEDIATION_HEADER]
    for at, each in enumerate(firms, start=1):
        day: Value = dt.date(2026, 1 + at % 3, 3 + at) if at % 4 else f"2026.{1 + at % 3}.{3 + at}"
        rows.append([at, day, each.name, _MATTERS[at % 5], 1, at % 3 and 1, each.region, None])
    rows.append([11, *rows[2][1:]])
    rows.append([12, None, company("嘉砚").name, "加班工资", "2件", 1, company("嘉砚").region, "日期待查"])
    return rows
