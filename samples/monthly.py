"""The monthly table of head counts, with its subtotals and its ways of writing a number."""

from samples.companies import TOWNS, Company, company, standing
from samples.containers import Rows, Sheet, Value

_HEADER: list[Value] = [
    "序号", "单位名称", "信用代码", "职工\n人数", "其中\n女职工", "会员\n人数", "女会员", "农民工\n会员",
    "新业态\n会员", "统计月份",
]  # fmt: skip
#: How some units wrote the number of people employed; every other is the number itself.
_WRITTEN: dict[str, Value] = {"汀兰序": "25人", "驷野": "100-299", "霁蓝": "约40", "岚壑": "４５６", "翎栈": "1,280"}
_MONTHS: tuple[Value, ...] = ("2026年6月", "2026-06", 202606, 2026.6)
_TWO_STRAYS: Rows = [
    ["", "重庆不在册试验用品厂", None, 40, 12, 0, 0, 0, 0, "2026-06"],
    ["", "重庆拓岫广告有限公司", None, None, None, None, None, None, None, "2026-06"],
]


def monthly_sheet() -> Sheet:
    """Head counts by town: a 小计 row under each, 合计 at the end."""
    reporting = standing("own", "mall", "tower", "preparing", "state")
    reporting += [company(short) for short in ("虬枝", "璧津", "霁蓝", "缙麓", "椿屿")]
    rows: Rows = [["街道（园区）基层工会人数月报表"], ["填报单位：沙坪坝区总工会", *[None] * 7, "2026年6月"], _HEADER]
    number = 0
    for town in TOWNS:
        here = [each for each in reporting if each.town == town]
        for each in here:
            number += 1
            rows.append(_row(number, each))
        rows.append(_sum(f"{town}街道小计", here))
    for stray in _TWO_STRAYS:
        number += 1
        rows.append([number, *stray[1:]])
    rows.append(_sum("合    计", reporting))
    rows.append(["制表人：", None, None, "审核人：", None, None, "单位（盖章）："])
    return Sheet("6月", rows, (3,), ("A1:J1",))


def _row(number: int, each: Company) -> list[Value]:
    """One unit's counts of June 2026; 缕青 has more women than people."""
    women = 35 if each.short == "缕青" else each.women
    staff = _WRITTEN.get(each.short, each.staff)
    members = each.members
    return [
        number, each.name, each.credit_code, staff, women, members, members * 2 // 5, members // 3, 0,
        _MONTHS[number % 4],
    ]  # fmt: skip


def _sum(label: str, units: list[Company]) -> list[Value]:
    """A sum over ``units``, which is no unit itself."""
    staff = sum(each.staff or 0 for each in units)
    members = sum(each.members for each in units)
    women = sum(each.women for each in units)
    return [None, label, None, staff, women, members, members * 2 // 5, members // 3, 0, None]
