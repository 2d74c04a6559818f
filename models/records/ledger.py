"""The work ledger (工作台账): dated entries behind the year's numbers that the register cannot count by itself."""

from models.engine.record import Record
from models.values import codes, drive_codes
from models.values.columns import declare
from models.values.kinds import Choice, Count, Day, OrganizationName, PersonName, Place, Reference, Text, YesNo
from models.values.money import Money
from models.values.quantity import Quantity


class LedgerKind(Record):
    """A kind of work that is entered, such as 劳动争议调解. ``unit`` is what its quantity counts (件、个、场).

    ``measures`` names the fields that entries of the kind are asked for besides the quantity, joined by 、; ``fields`` those of
    :data:`OWN_FIELDS` that its entries have. NULL in ``fields`` is what the kind begins with, "" is none.
    """

    name = declare(Text(), "台账类别", "类别", "工作类别", required=True, width=10, example="劳动争议调解", index=True)
    unit = declare(Text(), "单位", width=3, example="件")
    measures = declare(Text(), "计量", width=10)
    aliases = declare(Text(), "其他叫法", width=14)
    place = declare(Count(), "次序", width=3)
    active = declare(YesNo(), "在用", width=3)
    fields = declare(Text(), "自己的栏目", width=14)


class LedgerEntry(Record):
    """Work done: on a day, so many, for so many people, for so much money. A quantity that is not given counts as 1."""

    ledger_kind = declare(
        Reference("ledger_kind"), "台账类别", "类别", "工作类别", "项目类别", "工作内容分类", "指标名称",
        required=True, width=9, example="劳动争议调解", references="ledger_kind", index=True,
    )  # fmt: skip
    date = declare(
        Day(), "日期", "时间", "开展日期", "开展时间", "发生日期", "活动时间", "受理日期", "受理时间",
        "来电日期", "来电时间", "慰问日期", "慰问时间", "培训日期", required=True, width=7, example="2026-07-08", index=True,
    )  # fmt: skip
    title = declare(
        Text(), "事项", "内容", "工作内容", "项目名称", "活动名称", "名称", "诉求内容", "来电内容", "反映内容",
        width=16, example="工资争议调解",
    )  # fmt: skip
    quantity = declare(Quantity(), "数量", "件数", "场次", "个数", "次数", "受理数", "调解数", width=5, example="3")
    done = declare(Quantity(), "其中办结", "办结数", "成功数", "调解成功", "调解成功数", width=5, example="2")
    people = declare(Quantity(), "人次", "人数", "参加人数", "受益人数", "惠及人数", "服务人次", width=5, example="12")
    amount = declare(
        Money(), "金额", "金额(元)", "资金", "投入资金", "使用资金", "金额（元）", "慰问金", "慰问金额", "涉及金额", "补贴金额",
        "涉案金额", width=8, example="3000",
    )  # fmt: skip
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
    parties = declare(
        Text(), "当事人", "双方当事人", "当事双方", "争议双方", "申请人", width=12, example="赵示例、重庆嘉陵示例科技有限公司"
    )
    matter = declare(
        Text(), "案由", "争议类型", "纠纷类型", "争议事由", "诉求类型", "来电类型", "诉求类别", width=8, example="拖欠工资"
    )
    due = declare(
        Day(ahead=True), "办理期限", "办结期限", "答复期限", "调解期限", "限办日期", "应办结日期", "应答复日期", width=7, example="2026-07-23"
    )
    closed_on = declare(
        Day(), "办结日期", "办结时间", "结案日期", "结案时间", "答复日期", "答复时间", "回复日期", width=7, example="2026-07-15"
    )
    outcome = declare(Choice(drive_codes.OUTCOME), "调解结果", "处理结果", "办理结果", "结果", width=6, example="调解成功")
    satisfied = declare(
        YesNo("满意 非常满意 很满意 基本满意 较满意", "不满意 很不满意"),
        "是否满意", "满意度", "满意情况", "回访评价", "评价", width=5, example="满意",
    )  # fmt: skip
    worker = declare(Reference("worker"), "登记册里的人", width=6, references="worker", index=True)
    recipient = declare(
        PersonName(), "对象姓名", "姓名", "慰问对象", "慰问对象姓名", "受助人", "受助职工", "受益人", "帮扶对象", "学员", "学员姓名",
        "领取人", width=6, example="钱示例",
    )  # fmt: skip
    goods = declare(
        Text(), "物资", "慰问品", "慰问物资", "慰问物品", "发放物资", "物品", "发放物品", width=8, example="米面油一份"
    )
    signed = declare(
        YesNo("签收 已签收 已领取 已签 已领", "未签收 未领取 未签 未领"),
        "已签收", "签收", "是否签收", "签收情况", "签领", "领取签字", width=4, example="是",
    )  # fmt: skip
    education = declare(
        Choice(codes.EDUCATION), "取得学历", "提升后学历", "学历层次", "就读层次", width=6, example="本科"
    )
    level_before = declare(
        Choice(codes.SKILL_LEVEL), "原等级", "原技能等级", "培训前等级", "提升前等级", "原职业技能等级", width=9,
        example="职业资格四级（中级）",
    )  # fmt: skip
    level_after = declare(
        Choice(codes.SKILL_LEVEL), "现等级", "取得等级", "新等级", "培训后等级", "提升后等级", "评定等级", width=9,
        example="职业资格三级（高级）",
    )  # fmt: skip


#: The fields that only entries of some kinds have: each kind names its own.
OWN_FIELDS = (
    "parties", "matter", "due", "closed_on", "outcome", "satisfied", "worker", "recipient", "goods", "signed", "education",
    "level_before", "level_after",
)  # fmt: skip
