"""Workers (职工): one person, member of a union or not."""

from typing import Any

from models.engine import sql
from models.engine.following import FollowingField
from models.engine.record import Bearer
from models.values import codes, drive_codes
from models.values.columns import declare
from models.values.id_kinds import IdNumber, Phone
from models.values.kinds import Choice, Choices, Day, PersonName, Place, Reference, Text, YesNo
from models.values.name_order import person_keys


class Worker(Bearer):
    """One person. The derived fields follow from the membership events and are never written by hand."""

    name = declare(
        PersonName(), "姓名", "会员姓名", "会员名称", "职工姓名", "名字", "员工姓名", "人员姓名", "真实姓名", "骑手姓名",
        "司机姓名", "快递员姓名", "从业人员姓名", "申请人", "申请人姓名",
        required=True, width=5, example="张示例", index=True,
    )  # fmt: skip
    name_order = FollowingField("name", person_keys)
    sex = declare(Choice(codes.SEX), "性别", "男/女", "姓别", width=3, example="男")
    birth_date = declare(
        Day(),
        "出生日期",
        "出生年月",
        "出生",
        "生日",
        "生年月日",
        "出生年月日",
        "出生时间",
        width=7,
        example="1985-03-07",
    )
    ethnicity = declare(Choice(codes.ETHNICITY), "民族", "名族", "族别", width=5, example="汉族")
    id_type = declare(
        Choice(codes.ID_TYPE),
        "证件类型",
        "有效证件类别",
        "有效证件类型",
        "证件类别",
        "证照类型",
        width=7,
        example="居民身份证",
    )
    id_number = declare(
        IdNumber(), "证件号码", "证件号", "身份证号", "身份证号码", "身份证", "公民身份号码", "公民身份证号码", "有效证件号码",
        "居民身份证号码", "身份证件号码", "证件编号", "身份证件号", "身份证明号码", "居民身份证号",
        "身分证号", "身分证号码",
        width=13, example="500106198503079012", index=True,
    )  # fmt: skip
    id_doubtful = declare(YesNo(), "证件号存疑", width=5)
    phone = declare(
        Phone(), "移动电话", "手机号", "手机号码", "联系电话", "电话", "联系方式", "本人电话", "手机", "电话号码", "联系手机",
        "联系号码", "TEL", width=9, example="19900000003", index=True,
    )  # fmt: skip
    education = declare(
        Choice(codes.EDUCATION),
        "学历",
        "文化程度",
        "学历背景",
        "最高学历",
        "教育程度",
        "受教育程度",
        width=5,
        example="大专",
    )
    political_status = declare(
        Choice(codes.POLITICAL_STATUS), "政治面貌", "政治面目", "政治面貌(党派)", "党派", "面貌", width=6, example="群众"
    )
    household_type = declare(
        Choice(codes.HOUSEHOLD_TYPE),
        "户籍类型",
        "户口性质",
        "户口类型",
        "户籍",
        "户籍性质",
        "户口",
        width=6,
        example="农业户口",
    )
    household_place = declare(
        Text(), "户籍所在地", "户口所在地", "户籍地址", "户籍地", "户籍地址(身份证住址)", "户籍市县", "户籍省份",
        "身份证地址", "身份证住址", "户口地址",
        width=14, example="重庆市沙坪坝区",
    )  # fmt: skip
    native_place = declare(Text(), "籍贯", "出生地", width=8, example="重庆沙坪坝")
    residence_address = declare(
        Text(), "现住址", "现居地址", "现住地址", "现居地址详情", "住所地(经常居住地)", "家庭住址", "居住地址", "通讯地址",
        "住址", "家庭地址", "现居住地址", "现居住地", "居住地", "联系地址", "地址",
        width=16, example="重庆市沙坪坝区小龙坎街道示例小区",
    )  # fmt: skip
    residence_region = declare(
        Place(), "居住镇街", "居住社区", "居住街道", "居住地镇街", "居住区县", width=10, example="沙坪坝区小龙坎街道",
        references="region", index=True,
    )  # fmt: skip
    migrant_worker = declare(
        YesNo(), "是否农民工", "是否农民工会员", "是否是农民工", "农民工", "农民工会员", width=4, example="是"
    )
    employer = declare(
        Reference("employer"), "工作单位", "单位名称", "所属企业/工会", "所在单位", "企业名称", "公司名称", "用人单位",
        "就业单位", "工作单位及职务", "单位", "所属企业", "所属单位", "所属公司",
        "单位全称", "用工单位", "所在企业", "所在公司",
        width=16, example="重庆嘉陵示例科技有限公司", references="employer", index=True,
    )  # fmt: skip
    union = declare(
        Reference("union"), "所属工会", "工会名称", "所在工会", "基层工会名称", "工会组织名称", "入会工会",
        derived=True, width=16, example="重庆嘉陵示例科技有限公司工会", references="union", index=True,
    )  # fmt: skip
    union_group = declare(
        Text(), "工会小组", "小组", "所在小组", "部门", "车间", "班组", "站点", "网点", "配送站", "科室", width=8
    )
    occupation_group = declare(
        Choice(codes.OCCUPATION_GROUP), "职业类别", "群体类别", "新就业形态类型", "从业类型", "所属群体", "会员类型",
        "就业前所属群体", "群体", "新就业形态群体", "新业态类型", "行业群体",
        width=7, example="外卖配送员",
    )  # fmt: skip
    employment_relation = declare(
        Choice(drive_codes.EMPLOYMENT_RELATION), "用工关系", "用工形式", "用工性质", "用工类型", width=6, example="平台众包"
    )
    platform = declare(
        Choices(), "所属平台", "平台企业", "注册平台", "接单平台", "平台", "平台名称", width=8, example="示例外卖"
    )
    join_date = declare(
        Day(), "入会日期", "入会时间", "何时加入工会组织", "申请时间", "加入工会时间", "入会年月", "批准入会时间", "申请日期",
        "加入工会日期", "入工会时间", "工会入会时间", "工会入会日期", "批准入会日期", "入会日",
        derived=True, width=7, example="2024-07-25",
    )  # fmt: skip
    join_way = declare(Choice(codes.JOIN_WAY), "入会方式", "入会途径", "入会渠道", width=6, example="扫码入会")
    join_basis = declare(Choice(codes.JOIN_BASIS), "入会归属", "入会归属依据", "入会依据", width=6, example="居住地")
    join_model = declare(
        Choice(drive_codes.BUILDING_MODEL), "入会模式", "建会入会模式", "组织模式", width=6, example="行业建会"
    )
    application_basis = declare(
        Choice(drive_codes.APPLICATION_BASIS), "入会凭据", "申请凭据", "授权依据", "入会申请依据", "申请依据", "信息授权依据",
        width=6, example="本人申请书",
    )  # fmt: skip
    application_date = declare(
        Day(), "申请书日期", "申请书签署日期", "入会申请书日期", "申请书时间", "签署日期", width=7, example="2024-07-20"
    )
    application_place = declare(
        Text(), "申请书存放处", "申请书档案号", "申请书存放地点", "申请书存放位置", "申请书保管处", "存放处", "档案柜号",
        width=10, example="镇街档案柜 3-12",
    )  # fmt: skip
    delegate = declare(YesNo(), "会员代表", "是否会员代表", width=4)
    member_number = declare(
        Text(), "会员号", "工会会员号", "会员编号", "会员卡号", "会员证号", "会员证编号", "会员卡", "工会证号", width=8
    )
    membership_state = declare(
        Choice(codes.MEMBERSHIP_STATE),
        "会籍状态",
        "会籍情况",
        "会员状态",
        "是否会员",
        "是否工会会员",
        "是否为会员",
        "是否为工会会员",
        "是否是会员",
        "是否是工会会员",
        "是否入会",
        "是否已入会",
        "是否加入工会",
        "是否已加入工会",
        "是否在会",
        "入会情况",
        "入会状态",
        "入会与否",
        derived=True,
        width=5,
        example="在册",
        index=True,
    )
    change_type = declare(
        Choice(codes.CHANGE_TYPE),
        "会籍变化类型",
        "会籍变动类型",
        "变动类型",
        "会籍变化",
        derived=True,
        width=5,
        example="入会",
    )
    change_date = declare(
        Day(),
        "会籍变化日期",
        "会籍变化时间",
        "会籍变动日期",
        "变动日期",
        "变动时间",
        "退会日期",
        "退会时间",
        "退会年月",
        "离会日期",
        "离会时间",
        "转出日期",
        "转出时间",
        "除名日期",
        "除名时间",
        derived=True,
        width=7,
        example="2024-07-25",
    )
    change_reason = declare(
        Choice(codes.CHANGE_REASON), "会籍变化原因", "变动原因", "会籍变动原因", "退会原因", "离会原因", "转出原因", "除名原因", derived=True, width=10,
        example="劳动（工作）关系发生变化",
    )  # fmt: skip
    skill_level = declare(
        Choice(codes.SKILL_LEVEL), "技术等级", "技能等级", "专业职称或技术等级", "职业资格等级", "职业技能等级", width=7
    )
    employment_state = declare(
        Choice(codes.EMPLOYMENT_STATE),
        "就业状况",
        "就业情况",
        "人员状态",
        "就业形式",
        "就业状态",
        "在职状态",
        "在岗状态",
        "在职情况",
        "在岗情况",
        "职工状态",
        "员工状态",
        width=5,
        example="在岗",
    )
    note = declare(Text(), "备注", "备 注", "说明", width=10)


#: Of hardly anybody this is said: an index of these people alone costs nothing and saves looking at everybody. The engine uses
#: it where a query compares with the same written number, see :func:`is_said`.
FEW = (Worker.id_doubtful, Worker.delegate)
#: The index of what people are that new members are told apart by: a tenth of their table (migrations/0013_traits.py).
TRAITS = "worker_traits"


def is_said(field: Any) -> Any:
    """That a field of :data:`FEW` is said of a person, in the words of its index."""
    return sql.is_one(field)


for _field in FEW:
    Worker.add_index(Worker.index(_field, where=is_said(_field)))
Worker.add_index(Worker.index(Worker.uid, Worker.occupation_group, Worker.migrant_worker, name=TRAITS))
