"""Employers (用人单位) and which union covers them."""

from models.engine.following import FollowingField
from models.engine.record import Bearer, Record
from models.values import codes
from models.values.columns import declare
from models.values.id_kinds import CreditCode, Phone
from models.values.kinds import Choice, Day, OrganizationName, PersonName, Place, Reference, Text, YesNo
from models.values.name_order import organization_keys


class Employer(Bearer):
    """A unit that employs people: enterprise, institution, self-employed business."""

    name = declare(
        OrganizationName(), "单位名称", "企业名称", "纳税人名称", "公司名称", "用人单位", "用人单位名称", "单位信息",
        "工作单位", "所在单位", "单位全称", "企业全称", "商户名称", "机构名称",
        required=True, width=18, example="重庆嘉陵示例科技有限公司", index=True,
    )  # fmt: skip
    name_order = FollowingField("name", organization_keys)
    credit_code = declare(
        CreditCode(of="employer"), "统一社会信用代码", "单位法人和其他组织统一社会信用代码", "社会信用代码",
        "社会统一信用代码", "单位统一社会信用代码", "组织机构代码", "所在单位组织机构代码", "单位行政代码", "信用代码",
        "营业执照号", "税号", "纳税人识别号", "单位信用代码",
        width=13, example="91500106MA0EXAMP00", index=True,
    )  # fmt: skip
    nature = declare(
        Choice(codes.NATURE), "单位性质", "单位性质类别", "单位类别", "所在单位性质", "登记类型", "单位属性", "企业性质",
        "工会的单位性质类别",
        width=9, example="私营企业",
    )  # fmt: skip
    economy = declare(Choice(codes.ECONOMY), "经济类型", "经济性质", width=7, example="私营经济")
    industry = declare(
        Choice(codes.INDUSTRY), "所属行业", "单位所属行业", "单位所属行业代码", "国民经济行业分类代码", "行业", "行业类别",
        "所属行业类别", "工会所属行业",
        width=10, example="制造业",
    )  # fmt: skip
    region = declare(
        Place(), "所在区划", "单位所在政区", "所属区县", "试点区县", "所属行政区划", "行政区划代码", "街道乡镇代码",
        "纳税属地", "所属街道", "所属镇街", "街道(镇)", "镇街", "所在镇街", "所在街道", "所属区域", "区县", "街道", "所属园区",
        width=10, example="沙坪坝区小龙坎街道", references="region", index=True,
    )  # fmt: skip
    address = declare(
        Text(), "单位地址", "办公地址", "经营地址", "住所地址", "注册地", "注册地址", "地址", "企业地址",
        width=18, example="重庆市沙坪坝区小龙坎街道示例路1号",
    )  # fmt: skip
    legal_representative = declare(
        PersonName(several=True), "法定代表人", "法人姓名", "单位法人", "企业法人", "单位法人代表", "法人", "法人代表", "单位负责人",
        width=5, example="王示例",
    )  # fmt: skip
    contact = declare(PersonName(several=True), "联系人", "单位联系人", "企业联系人", "经办人", "对接人", width=5, example="李示例")
    phone = declare(
        Phone(), "联系电话", "单位联系电话", "单位电话", "联系方式", "经办人联系方式", "电话", "手机号码", "手机",
        "联系人电话", "联系人联系方式", "联系人联系电话", "负责人电话", "法人电话", "法人联系电话",
        width=9, example="19900000001",
    )  # fmt: skip
    founding_date = declare(
        Day(), "单位成立日期", "成立日期", "成立时间", "注册日期", "注册时间", "开业日期", width=7, example="2019-03-01"
    )
    non_public = declare(YesNo(), "是否非公", "非公企业", "是否非公企业", "非公", width=4, example="是")
    operating = declare(
        YesNo(
            yes="正常 存续 开业 在营 在业 营业 经营 正常经营 在册 存续(在营、开业、在册)",
            no="注销 吊销 停业 清算 歇业 关闭 停产 破产 迁出 非正常 注销登记 吊销未注销 吊销,未注销 吊销，未注销 吊销,已注销 吊销已注销 撤销 已撤销 责令关闭 已注销 已吊销 已停业",
        ),
        "是否经营", "是否正常经营", "经营状态", "纳税人状态", "纳税人状态代码", "企业状态", "营业状态", "登记状态",
        "经营状况", "工商状态", "企业经营状态", "存续状态", "主体状态",
        width=4, example="是",
    )  # fmt: skip
    above_scale = declare(YesNo(), "是否规上", "规上企业", "是否规模以上", "规模以上", width=4, example="否")
    closed_on = declare(Day(), "注销日期", "注销时间", "吊销日期", "停业日期", width=7)
    former_names = declare(Text(), "曾用名称", "原名称", "曾用名", "原单位名称", width=14)
    verified = declare(YesNo(), "是否核实", width=4)
    note = declare(Text(), "备注", "说明", "备 注", "未建会原因", width=12)


class Coverage(Record):
    """That a union covers an employer, from one day until another. One employer has at most one open coverage."""

    union = declare(Reference("union"), "工会", references="union", index=True)
    employer = declare(Reference("employer"), "单位", references="employer", index=True)
    since = declare(Day(), "开始日期")
    until = declare(Day(), "结束日期")
    reason = declare(Text(), "原因")
