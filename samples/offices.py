"""What the union form says of each union's office: election, term, approval, committees; written as people write them."""

import datetime as dt

from samples.companies import MALL_UNION, TOWER_UNION
from samples.containers import Value

#: The columns of the union form that say it.
OFFICE_HEADER: list[Value] = [
    "主席空缺日期", "本届选举日期\n（格式：yyyy/MM/dd）", "任期\n（年）", "批复文号", "专职工会\n干部数", "经审\n委员会", "女职工\n委员会",
]  # fmt: skip
#: By a company's short name, a joint union's name or the whole name of a public unit; in the order of the columns.
_OFFICES: dict[str, list[Value]] = {
    "拙川": [None, "2021.11.8", "5年", "沙总工发〔2017〕62号", 1, "√", "√"],
    "砚屿": [None, "2023年12月", "三年", "沙总工发[2018]115号", None, "√", "√"],
    "翎栈": [None, dt.date(2022, 1, 15), 5, "沙总工发〔2019〕41号", "2人", "有", "有"],
    "禾榉": [None, "2023/9/1", 3, None, None, "是", "是"],
    "沐杉岭": [None, "2024/6/18", "５年", "渝中工组〔2021〕8号", 0, "已建", "无"],
    "苇渡": [None, dt.date(2022, 7, 15), 5, "江北工发〔2022〕73号", None, "是", "是"],
    "棠枝": ["2026.5.31", "二〇二三年十二月", "5", "渝中工组〔2023〕120号", None, "√", "√"],
    "岚壑": [None, 20240511, "3 年", "渝北工发（2024）51号", 1, "有", "×"],
    "拾穗里": [None, None, 4, "沙总工发〔2016〕98号", None, "无", None],
    MALL_UNION: [None, "2021-12-30", "5年", "沙总工发〔2017〕63号", None, "√", "√"],
    TOWER_UNION: [None, "2024.11.20", 3, "渝中工组〔2018〕116号", None, "无", "有"],
    "重庆市沙坪坝区霞屿小学校": [None, "2019年3月", 5, "沙教工〔2012〕3号", None, "是", "是"],
}  # fmt: skip


def office(name: str) -> list[Value]:
    """What the form says of the office of a union; nothing of one that is not in the table."""
    return _OFFICES.get(name, [None] * len(OFFICE_HEADER))
