"""The work ledger (工作台账): dated entries behind the year's numbers that the register cannot count by itself."""

from models.engine.record import Record
from models.values.columns import declare
from models.values.kinds import Count, Day, OrganizationName, PersonName, Place, Reference, Text, YesNo
from models.values.money import Money
from models.values.quantity import Quantity


class LedgerKind(Record):
    """A kind of work that is entered, such as 劳动争议调解. ``unit`` is what its quantity counts (件、个、场).

    ``measures`` names the fields that entries of the kind are asked for besides the quantity, joined by 、.
    """

    name = declare(Text(), "台账类别", "类别", "工作类别", required=True, width=10, example="劳动争议调解", index=True)
    unit = declare(Text(), "单位", width=3, example="件")
    measures = declare(Text(), "计量", width=10)
    aliases = declare(Text(), "其他叫法", width=14)
    place = declare(Count(), "次序", width=3)
    active = declare(YesNo(), "在用", width=3)


class LedgerEntry(Record):
    """Work done: on a day, so many, for so many people, for so much money. A quantity that is not given counts as 1."""

    ledger_kind = declare(
        Reference("ledger_kind"), "台账类别", "类别", "工作类别", "项目类别", "工作内容分类", "指标名称",
        required=True, width=9, example="劳动争议调解", references="ledger_kind", index=True,
    )  # fmt: skip
    date = declare(Day(), "日期", "时间", "开展日期", "开展时间", "发生日期", "活动时间", required=True, width=7, example="2026-07-08", index=True)
    title = declare(Text(), "事项", "内容", "工作内容", "项目名称", "活动名称", "名称", width=16, example="工资争议调解")
    quantity = declare(Quantity(), "数量", "件数", "场次", "个数", "次数", "受理数", "调解数", width=5, example="3")
    done = declare(Quantity(), "其中办结", "办结数", "成功数", "调解成功", "调解成功数", width=5, example="2")
    people = declare(Quantity(), "人次", "人数", "参加人数", "受益人数", "惠及人数", "服务人次", width=5, example="12")
    amount = declare(Money(), "金额", "金额(元)", "资金", "投入资金", "使用资金", "金额（元）", width=8, example="3000")
    union = declare(
        Reference("union"), "工会", "工会名称", "所属工会", "承办工会", width=14, references="union", index=True,
        example="重庆嘉陵示例科技有限公司工会",
    )  # fmt: skip
    region = declare(
        Place(), "区划", "所在镇街", "镇街", "区县", "所属区县", "所在区划", width=10, references="region", index=True,
        example="沙坪坝区小龙坎街道",
    )  # fmt: skip
    organization = declare(OrganizationName(), "单位名称", "单位", "对象", "对象名称", width=14)
    person = declare(PersonName(several=True), "经办人", "填报人", width=5, example="陈示例")
    note = declare(Text(), "备注", "说明", width=12)
