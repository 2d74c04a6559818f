"""Officers (委员、经审、女职工委员、会员代表): who holds which post in which body of a union, elected when and how, until when."""

from models.engine.record import Record
from models.values import codes
from models.values.columns import declare
from models.values.id_kinds import Phone
from models.values.kinds import Choice, Day, PersonName, Reference, Text


class Officer(Record):
    """One person's post in one body of a union.

    ``worker``: the person of the register, where it is one of it; ``name`` stands beside it, for a list may know no more.
    ``until`` is the day of leaving: with it the person is in office no more from that day on. The end of the term is no leaving:
    a committee stays until the next one is elected.
    """

    union = declare(
        Reference("union"), "工会名称", "工会", "所在工会", "所属工会", "基层工会名称", "工会组织名称",
        width=16, example="重庆嘉陵示例科技有限公司工会", references="union", index=True,
    )  # fmt: skip
    worker = declare(Reference("worker"), "登记册里的人", references="worker", index=True)
    name = declare(
        PersonName(), "姓名", "委员姓名", "干部姓名", "代表姓名", "人员姓名", "当选人", required=True, width=5, example="赵示例", index=True
    )
    body = declare(
        Choice(codes.OFFICER_BODY), "任职机构", "机构", "委员会", "所在委员会", "委员会类别", "名册类别", "任职组织", width=8, example="工会委员会"
    )
    post = declare(
        Choice(codes.OFFICER_POST), "工会职务", "职务", "现任工会职务", "拟任职务", "当选职务", "担任职务", "工会内职务", width=6, example="主席"
    )
    term = declare(Text(), "届次", "届别", "第几届", width=4, example="第二届")
    since = declare(
        Day(), "任职日期", "任职时间", "当选日期", "当选时间", "选举日期", "选举时间", "本届任起始时间", "任期开始", "任职起始", width=7,
        example="2024-05-01",
    )  # fmt: skip
    until = declare(Day(), "离任日期", "离任时间", "免职日期", "免职时间", "卸任日期", "辞职日期", width=7)
    until_because = declare(Text(), "离任原因", "免职原因", width=8)
    elected_by = declare(
        Choice(codes.ELECTED_BY), "产生方式", "选举方式", "产生办法", "由谁选举", "选举大会", width=7, example="会员大会"
    )
    number = declare(Text(), "批复文号", "任职批复文号", "选举结果批复文号", "批准文号", width=11, example="沙工发〔2024〕9号")
    phone = declare(Phone(), "联系电话", "手机号码", "手机", "电话", "联系方式", "移动电话", width=9, example="19900000003")
    note = declare(Text(), "备注", "说明", width=10)
