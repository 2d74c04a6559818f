"""Header sets that are in circulation: public forms, other programs' imports and exports, with the field of every column."""

#: Header sets of public forms and of other programs' exports, column by column.
CIRCULATING: dict[str, tuple[str, dict[str, str | None]]] = {
    "member form of one province": (
        "workers",
        {
            "序号": None, "姓名": "name", "性别": "sex", "出生日期（格式：yyyy/MM/dd）": "birth_date", "民族": "ethnicity",
            "就业状况": "employment_state", "有效证件类别": "id_type", "证件号码\n(填写18位身份证)": "id_number",
            "学历": "education", "技术等级": "skill_level", "移动电话": "phone", "户籍类型": "household_type",
            "户籍所在地": "household_place", "会籍变化类型": "change_type",
            "会籍变化日期（格式：yyyy/MM/dd）": "change_date", "会籍变化原因": "change_reason", "政治面貌": "political_status",
            "工作单位": "employer", "籍贯": "native_place", '是否农民工会员\n填写"是"或"否"': "migrant_worker",
            "是否导入成功": None, "错误原因": None,
        },
    ),
    "union form of one province": (
        "unions",
        {
            "序号": None, "单位名称": "employer", "单位法人和其他组织统一社会信用代码": "employer_credit_code",
            "单位地址": "employer_address", "单位所在政区": "region", "单位性质类别": "employer_nature",
            "经济类型": "employer_economy", "单位所属行业": "employer_industry", "职工人数": "staff_count",
            "工会名称": "name", "工会法人和其他组织统一社会信用代码": "credit_code", "上级工会名称": "parent",
            "建会日期（格式：yyyy/MM/dd）": "founding_date", "基层工会类型": "union_type", "会员人数": "member_count",
            "工会负责人": "chair", "联系电话": "phone",
        },
    ),
    "member import of another province": (
        "workers",
        {
            "用户名": None, "姓名": "name", "性别": "sex", "出生日期": "birth_date", "民族": "ethnicity", "移动电话": "phone",
            "有效证件类别": "id_type", "证件号码": "id_number", "所属企业/工会": "employer", "邮箱": None,
            "工会会员号": "member_number", "工种": None, "企业工号": None, "职称": None, "参加工作年份": None, "微信号": None,
            "支付宝账号": None, "就业状况": "employment_state", "户籍类型": "household_type", "学历": "education",
            "技术等级": "skill_level", "会籍变化类型": "change_type", "会籍变化日期": "change_date",
            "会籍变化原因": "change_reason",
        },
    ),
    "unit import of another province": (
        "unions",
        {
            "单位名称": "employer", "上级工会（企业）名称": "parent", "组织机构代码": None, "社会信用代码": "employer_credit_code",
            "单位地址": "employer_address", "单位所在政区": "region", "单位性质类别": "employer_nature",
            "经济类型": "employer_economy", "工会/企业负责人": "chair", "联系电话": "phone", "单位所属行业": "employer_industry",
            "建会日期": "founding_date", "基层工会类型": "union_type",
        },
    ),
    "tracker of units with and without union": (
        "employers",
        {
            "单位名称": "name", "统一社会信用代码": "credit_code", "管理代码": None, "工会经费编码": None, "所属系统工会": None,
            "职工人数": "staff_count", "上级工会": None, "工会建会时间": None, "电话": "phone", "企业法人": "legal_representative",
            "所属地税分局": None, "试点区县/所属区县": "region",
        },
    ),
    "tax collection export": (
        "employers",
        {
            "社会信用代码": "credit_code", "纳税人名称": "name", "主管税务机关代码": None, "单位地址": "address",
            "单位联系人": "contact", "单位联系电话": "phone", "纳税人状态代码": "operating", "税务登记职工人数": "staff_count",
            "工会登记职工人数": "registered_staff_count", "成立工会标记": "stage", "工会法人统一社会信用代码": "union_credit_code", "工会组织名称": "union",
            "工会类型代码": None, "工会联系人": None, "工会联系电话": None, "成立工会日期": None, "工会状态代码": None,
            "省级工会名称": None, "基层工会账户": None, "基层工会户名": None, "基层工会行号": None, "基层工会银行": None,
            "街道乡镇代码": "region", "备注": "note",
        },
    ),
    "membership query of a university": (
        "workers",
        {
            "所属工会": "union", "工号": None, "姓名": "name", "性别": "sex", "证件号": "id_number", "编制类型": None,
            "会籍状态": "membership_state", "人员状态": "employment_state", "入会时间": "join_date",
            "会员编号": "member_number", "申请时间": None, "电话": "phone", "邮箱": None,
        },
    ),
    "dues list": (
        "workers",
        {
            "会员号": "member_number", "姓名": "name", "职工类型": None, "身份证号": "id_number", "月工资": None, "半年会费": None,
        },
    ),
    "members of a dues tool": (
        "workers",
        {
            "会员号": "member_number", "姓名": "name", "出生": "birth_date", "性别": "sex", "民族": "ethnicity",
            "政治面貌": "political_status", "籍贯": "native_place", "学历": "education", "电话": "phone", "邮箱": None,
            "备注": "note",
        },
    ),
    "service card": (
        "workers", {"姓名(与身份证一致)": "name", "身份证号码(18位)": "id_number", "手机号码": "phone"},
    ),
    "register of people employed": (
        "workers",
        {
            "序号": None, "身份证号码": "id_number", "姓名": "name", "民族": "ethnicity", "文化程度": "education",
            "婚姻状况": None, "政治面貌": "political_status", "专业职称或技术等级": "skill_level",
            "户口性质": "household_type", "户籍省份": None, "户籍市县": "household_place", "现住地址": "residence_address",
            "邮政编码": None, "联系电话": "phone", "就业前所属群体": "occupation_group", "就业形式": "employment_state",
            "合同状态": None, "合同类型": None, "合同始期": None, "合同终期": None, "月收入(元)": None, "合同终止原因": None,
            "工种(岗位)": None,
        },
    ),
    "riders of a platform": (
        "workers",
        {
            "序号": None, "骑手姓名": "name", "手机号": "phone", "身份证号": "id_number", "站点": "union_group",
            "所属平台": "platform", "居住镇街": "residence_region", "群体": "occupation_group", "车牌号": None,
        },
    ),
    "monthly head counts": (
        "headcounts",
        {
            "序号": None, "单位名称": "subject", "信用代码": "subject_credit_code", "职工\n人数": "staff_count",
            "其中\n女职工": "women_staff_count", "会员人数": "member_count", "女会员": "women_member_count",
            "农民工会员": "migrant_member_count", "新业态会员": "new_form_member_count", "统计月份": "as_of",
        },
    ),
}  # fmt: skip
