"""What stands in a district: its list of service stations, and how many there were before the list began."""

import datetime as dt

from samples.companies import MALL_UNION, TOWER_UNION
from samples.containers import Rows, Sheet, Value

_HEADER: list[Value] = [
    "序号", "驿站名称", "所在镇街", "详细地址", "建成日期", "停用日期", "运行状态", "建设工会", "联系人", "联系电话", "备注",
]  # fmt: skip
#: name, town, address, since, until, state, union, contact, phone, remark
_STATIONS: Rows = [
    ["小龙坎商圈驿站", "小龙坎街道", "小龙坎新街18号", dt.date(2026, 5, 20), None, "正常运行", MALL_UNION, "裴霁", "19900070001", None],
    ["西永园区驿站", "西永街道", "西永大道2号", "2026.5", None, "在用", None, "翟汀", "19900070002", None],
    ["天星桥骑手驿站", "天星桥街道", "天星桥正街7号", 20260612, None, "运行中", None, None, "19900070003", "夏天有冰箱"],
    ["解放碑楼宇驿站", "渝中区解放碑街道", "民权路9号", "2025年11月", None, None, TOWER_UNION, None, None, None],
    ["小龙坎老站", "小龙坎街道", None, "2019-03-01", "2026-03-31", "停用", None, None, None, "搬到商圈"],
    ["沙正街驿站", "沙坪坝街道", "沙正街100号", None, None, "在用", None, None, None, "建成日期待查"],
    ["磁器口游客驿站", "磁器口街道", None, "2018年", None, "已撤销", None, None, None, None],
    [None, "覃家岗街道", None, None, None, None, None, None, None, "还没选好地方"],
]
#: Those that nobody has listed one by one: town, how many, as of when, from where.
_BEFORE: Rows = [
    ["沙坪坝街道", 12, "2023-12-31", "2023年年报"], ["小龙坎街道", "9个", "2023-12-31", "2023年年报"],
    ["西永街道", 7, "2023-12-31", "2023年年报"], ["天星桥街道", "5 个", "2023年12月", "2023年年报"],
]


def station_sheets() -> list[Sheet]:
    """Two sheets: the stations one by one, and a number for each town."""
    rows: Rows = [["沙坪坝区工会驿站名单"], ["填报单位：沙坪坝区总工会", *[None] * 9, "2026年7月6日"], _HEADER]
    rows += [[at, *each] for at, each in enumerate(_STATIONS, start=1)]
    rows.append(["合计", len(_STATIONS), *[None] * 9])
    before: Rows = [["工会驿站原有数"], ["镇街", "站点数", "启用日期", "数据来源"], *_BEFORE, ["合计", 33, None, None]]
    return [Sheet("驿站", rows, (3,), ("A1:K1",)), Sheet("原有", before, (2,), ("A1:D1",))]
