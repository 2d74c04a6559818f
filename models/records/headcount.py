"""Head counts (人数): how many people an employer or a union had on a day, according to a named source.

Tax, social insurance and the union disagree; all are kept. *Declared* member counts here stand beside the members *listed*
by name. The 25 of the law counts members, the 25 of the drive counts people employed: two numbers, never mixed.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from models.engine.record import Record
from models.language import _
from models.values import codes
from models.values.columns import Column, declare
from models.values.id_kinds import CreditCode
from models.values.kinds import INEXACT, Choice, Count, Day, Reference, YesNo, upper_of
from models.values.numbers import told_count
from models.values.problems import Problem


class HeadCount(Record):
    """One count. ``subject`` is the uid of an employer or a union, told apart by ``subject_kind``."""

    subject = declare(
        Reference("subject"), "单位名称", "企业名称", "工会名称", "公司名称", "单位", "用人单位", "工会组织名称", "基层工会名称",
        "纳税人名称", "单位/工会名称", required=True, width=18, example="重庆嘉陵示例科技有限公司", index=True,
    )  # fmt: skip
    subject_kind = declare(Choice(codes.SUBJECT_KIND), "对象类别", "单位或工会", width=5, example="单位")
    as_of = declare(
        Day(), "统计日期", "统计时间", "统计月份", "月份", "截止日期", "填报日期", "所属月份", "截至日期", "税款所属期", "所属期",
        width=7, example="2024-06-30",
    )  # fmt: skip
    source = declare(Choice(codes.COUNT_SOURCE), "数据来源", "来源", width=7, example="单位申报")
    staff_count = declare(
        Count(ranged=True), "职工人数", "职工数", "现职工人数", "税务登记职工人数", "员工人数", "在职人数", "用工人数", "参保人数",
        "职工总数", "从业人数", "人数", "职工总人数", "员工数", "在岗职工数",
        "员工总数", "工会登记职工人数",
        width=5, example="86",
    )  # fmt: skip
    women_staff_count = declare(
        Count(ranged=True), "女职工人数", "女职工数", "女职工", "其中女职工", "女员工数", width=5, example="30"
    )
    member_count = declare(
        Count(ranged=True), "会员人数", "会员数", "工会会员数", "会员总数", "工会会员人数", width=5, example="80"
    )
    women_member_count = declare(Count(ranged=True), "女会员人数", "女会员数", "女会员", "其中女会员", width=5, example="28")
    migrant_member_count = declare(
        Count(ranged=True), "农民工会员人数", "农民工会员数", "农民工会员", "农民工数", "农民工人数", width=6, example="40"
    )
    new_form_member_count = declare(
        Count(ranged=True),
        "新就业形态会员人数",
        "新业态会员数",
        "新业态会员",
        "新就业形态会员数",
        "新就业形态会员",
        width=7,
        example="0",
    )
    approximate = declare(YesNo(), "约数", width=3)
    staff_count_upper = declare(Count(), "职工人数上限", width=4)
    women_staff_count_upper = declare(Count(), "女职工人数上限", width=4)
    member_count_upper = declare(Count(), "会员人数上限", width=4)
    women_member_count_upper = declare(Count(), "女会员人数上限", width=4)
    migrant_member_count_upper = declare(Count(), "农民工会员人数上限", width=4)
    new_form_member_count_upper = declare(Count(), "新就业形态会员人数上限", width=4)


#: The counted fields, in declared order.
COUNTS = (
    "staff_count", "women_staff_count", "member_count", "women_member_count", "migrant_member_count", "new_form_member_count",
)  # fmt: skip
#: Beside each count the field that keeps the upper end of a range: "20-30" is 20 and 30, "20以上" 20 and numbers.OPEN_ENDED.
UPPER = {name: f"{name}_upper" for name in COUNTS}

#: A head-count sheet's column that finds its subject; it is not kept with the count.
SUBJECT_CREDIT_CODE = Column(
    "统一社会信用代码", CreditCode(of="any"),
    ("社会信用代码", "信用代码", "单位统一社会信用代码", "组织机构代码", "税号", "纳税人识别号", "工会统一社会信用代码"),
    width=13, example="91500106MA0EXAMP00", name="subject_credit_code",
)  # fmt: skip

#: A tax list's second count: how many staff the union has registered. Kept as a count of its own, from another source.
REGISTERED_STAFF_COUNT = Column(
    "工会登记职工人数", Count(ranged=True), ("工会登记人数", "工会职工人数"), width=6, example="80", name="registered_staff_count"
)

#: A head-count sheet's second name: the union of the unit that the row counts. Its members are counted with it.
UNION_BESIDE = Column("所属工会", Reference("union"), ("单位工会名称", "所在工会"), width=16, name="union")
#: The counts of a union's members; the others are of people employed.
MEMBER_COUNTS = ("member_count", "women_member_count", "migrant_member_count", "new_form_member_count")


def counted_text(value: int | None, upper: int | None, approximate: object) -> str:
    """A count as people are told it: "1,204", "20–30", "≥20", "约 35"; "" for none."""
    if value is None:
        return ""
    return (_("约 ") if approximate and upper is None else "") + told_count(value, upper)


def exactness(problems: Iterable[Problem], names: Iterable[str], written: Mapping[str, str] | None = None) -> dict[str, Any]:
    """What reading these counts (fields) told of how exact they are: ``approximate``, and the upper end of each range.

    ``written``: under which name of the form a field stood where that is another one.
    """
    told = {each.column: each for each in problems if each.code in INEXACT}
    found = {name: told.get((written or {}).get(name, name)) for name in names}
    uppers = {UPPER[name]: upper_of(note) if note else None for name, note in found.items()}
    return {"approximate": 1 if any(found.values()) else None} | uppers
