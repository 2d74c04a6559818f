"""Grassroots unions (基层工会): their own facts. Which employers they cover is in ``models/records/employer.py``."""

from models.engine.following import FollowingField
from models.engine.record import Bearer
from models.values import codes, drive_codes
from models.values.columns import declare
from models.values.id_kinds import CreditCode, Phone
from models.values.kinds import Choice, Choices, Count, Day, OrganizationName, PersonName, Place, Reference, Text, YesNo
from models.values.name_order import organization_keys
from models.values.terms import TermYears


class Union(Bearer):
    """A union, from a district federation down to an enterprise's own committee."""

    name = declare(
        OrganizationName(), "工会名称", "工会组织名称", "工会全称", "基层工会名称", "所属工会", "联合工会名称",
        required=True, width=18, example="重庆嘉陵示例科技有限公司工会", index=True,
    )  # fmt: skip
    name_order = FollowingField("name", organization_keys)
    credit_code = declare(
        CreditCode(of="union"), "工会统一社会信用代码", "工会法人和其他组织统一社会信用代码", "工会法人统一社会信用代码",
        "工会社会信用代码", "工会组织机构代码", "工会信用代码", "工会法人代码",
        width=13, example="81500106MC0EXAMP05", index=True,
    )  # fmt: skip
    parent = declare(
        Reference("union"), "上级工会", "上级工会名称", "上级工会(企业)名称", "所属区,地方工会", "所属系统工会", "上级工会组织",
        width=14, example="沙坪坝区小龙坎街道总工会", references="union", index=True,
    )  # fmt: skip
    union_type = declare(
        Choice(codes.UNION_TYPE), "工会类型", "基层工会类型", "基层工会组织类型", "工会组织类型", "工会类型代码", "组织类型",
        width=10, example="单独基层工会",
    )  # fmt: skip
    org_form = declare(
        Choice(drive_codes.ORG_FORM), "工会组织形式", "组织形式", width=7, example="工会委员会"
    )
    region = declare(
        Place(), "所在区划", "单位所在政区", "所属区县", "所属行政区划", "行政区划代码", "街道乡镇代码", "所属街道",
        "所属镇街", "街道(镇)", "镇街", "所在镇街", "区县", "街道", "所属园区",
        width=10, example="沙坪坝区小龙坎街道", references="region", index=True,
    )  # fmt: skip
    founding_date = declare(
        Day(), "建会日期", "建会时间", "工会建会时间", "成立工会日期", "工会成立时间", "工会成立日期", "成立时间", "成立日期",
        "建会年月", "工会成立年月",
        width=7, example="2021-05-01",
    )  # fmt: skip
    approval_number = declare(
        Text(), "批复文号", "审批文号", "建会批复文号", "批准文号", width=12, example="沙工发〔2021〕1号"
    )
    state = declare(Choice(codes.UNION_STATE), "工会状态", "工会状态代码", width=5, example="正常")
    chair = declare(
        PersonName(several=True),
        "工会主席",
        "工会负责人",
        "工会/企业负责人",
        "主席名称",
        "主席",
        "主席姓名",
        width=5,
        example="赵示例",
    )
    chair_vacant_since = declare(Day(), "主席空缺日期", "主席空缺时间", width=7)
    chair_conflict = declare(YesNo(), "主席为行政主要负责人近亲属或人事负责人", "主席是否回避人员", width=6)
    phone = declare(
        Phone(), "联系电话", "工会联系电话", "主席电话", "主席手机号", "工会负责人电话", "工会主席联系电话", "电话", "联系方式",
        "工会主席电话",
        width=9, example="19900000002",
    )  # fmt: skip
    term_start = declare(
        Day(), "本届选举日期", "换届日期", "成立或换届时间", "任期开始", "本届任起始时间", "工会主席任期开始时间", width=7,
        example="2021-05-01",
    )  # fmt: skip
    term_years = declare(TermYears(), "任期年数", "任期", "任期(年)", "本届任期", "任期起止", "任期起止时间", width=4, example="5")
    term_number = declare(Text(), "届次", "届别", "第几届", width=4)
    extension_number = declare(Text(), "延期批准文号", "延期换届批复文号", width=10)
    legal_person = declare(YesNo(), "法人资格", "是否法人", "是否具有法人资格", "工会法人资格", width=4, example="是")
    full_time_staff = declare(
        Count(), "专职工会干部数", "专职工作人员", "专职工会工作人员", "专职人数", width=5, example="1"
    )
    audit_committee = declare(
        YesNo(),
        "经审委员会",
        "是否建立经费审查委员会",
        "经费审查委员会",
        "经审委",
        "是否建立经审委",
        width=5,
        example="是",
    )
    women_committee = declare(
        YesNo(), "女职工委员会", "是否建立女职工委员会", "女职委", "女工委", "是否建立女职委", width=5, example="是"
    )
    audit_commissioner = declare(YesNo(), "经审委员", "是否有经审委员", width=4)
    women_commissioner = declare(YesNo(), "女职工委员", "是否有女职工委员", width=4)
    committee_size = declare(Count(), "委员人数", "委员会人数", "委员数", width=4, example="5")
    meeting_form = declare(Choice(codes.MEETING_FORM), "会议形式", "大会形式", width=6, example="会员大会")
    congress = declare(
        YesNo(),
        "职代会",
        "是否建立职代会制度",
        "是否创建职工代表大会制度",
        "职工代表大会",
        "职代会制度",
        width=4,
        example="是",
    )
    open_affairs = declare(
        YesNo(), "厂务公开", "是否创建厂务公开制度", "厂务公开制度", "是否厂务公开", width=4, example="是"
    )
    dissolved_on = declare(Day(), "撤销日期", "撤销时间", "注销日期", width=7)
    new_form = declare(YesNo(), "新就业形态工会", "是否新就业形态工会", width=4)
    new_form_groups = declare(Choices(), "涵盖群体", "新就业形态群体", width=10)
    former_names = declare(Text(), "曾用名称", "原工会名称", width=14)
    verified = declare(YesNo(), "是否核实", width=4)
    note = declare(Text(), "备注", "说明", width=12)
