"""Lists of units as the tax office, the street and the district union hand them out: rows of cells, no files."""

import datetime as dt

from samples.companies import MALL_UNION, TOWER_UNION, Company, company, standing, union_code
from samples.containers import Rows, Sheet, Value
from samples.invented import credit_code
from samples.offices import OFFICE_HEADER, office

TAX_HEADER = [
    "社会信用代码", "纳税人名称", "登记类型", "所属行业", "所属镇街", "单位联系人", "单位联系电话", "纳税人状态",
    "税务登记职工人数", "工会登记职工人数", "工会法人统一社会信用代码", "工会组织名称", "成立工会标记",
    "成立工会日期", "所属月份",
]  # fmt: skip
_MARKS = {"own": "Y", "mall": "Y", "tower": "Y", "preparing": "C"}


def tax_rows() -> list[list[str]]:
    """The tax office's list of units that pay union funds: two head counts, marks C/Y/N, thousands separators."""
    companies = standing("own", "mall", "tower", "preparing", "none", "state", "closed")
    rows = [TAX_HEADER, *map(_tax_row, companies)]
    total = sum(each.staff or 0 for each in companies)
    nameless = ["", "", "私营企业", "", "沙坪坝区西永街道", "", "", "正常", "33", "", "", "", "N", "", "2026-03"]
    return [*rows, nameless, ["合计", "", "", "", "", "", "", "", f"{total:,}", "", "", "", "", "", ""]]


def _tax_row(each: Company) -> list[str]:
    """One unit of the tax list, with the faults that belong to it."""
    code, of_union = each.credit_code, each.union_code
    union, mark = each.union, _MARKS.get(each.standing, "N")
    phone = each.phone
    if each.short == "苇渡":
        code, of_union = of_union, code
    if each.short == "缙麓":
        code = code[:-1] + ("8" if code[-1] != "8" else "9")
    if each.short == "绛霄":
        code = f" {code.lower()} "
    if each.short == "椿屿":
        phone = phone[:-1]
    if each.short == "虬枝":
        union, mark = f"{each.name}工会", "Y"
    at_union = "" if not union or each.staff is None else str(each.staff - each.staff // 20)
    return [
        code, each.name, each.nature, each.industry, each.old_region, each.leader, phone,
        "注销" if each.standing == "closed" else "正常", "" if each.staff is None else f"{each.staff:,}", at_union,
        of_union, union, mark, each.founded.isoformat() if each.founded else "", "2026-03",
    ]  # fmt: skip


#: How the street wrote some head counts; every other is the number itself.
_STREET_COUNTS: dict[str, Value] = {
    "坪上青": "63人", "嘉砚": "约38", "竹喧": "20-30人", "云外墟": 27, "长汀驿": "不详", "浮槎": None,
    "秋蓼": "若干", "桐里巷": "四十来人", "朴榆": "50-99", "梧下": 24, "鹭洲渡": "300人", "垣上": "约９０人",
}  # fmt: skip
_REASONS = ("老板不愿意", "不了解政策", "职工流动性大", "正在筹备", "说考虑一下", "")
#: Units that only the street knows, and one whose name the street wrote without 有限: name, town, count
_ONLY_STREET: list[tuple[str, str, Value]] = [
    ("重庆泊鸢婚庆服务有限公司", "小龙坎", 36), ("重庆烟渚茶业有限公司", "天星桥", "25人"),
    ("重庆苔痕园林工程有限公司", "西永", 15), ("重庆埠口里酒店公司", "解放碑", 77),
]  # fmt: skip


#: What the street wrote down to do next, by the row's number, as people write it.
_NEXT_HEADER = ("单位态度", "下一步工作", "计划日期")
_NO_NEXT = (None, None, None)
_NEXT = {
    9: ("观望", "再上门一次，带上建会资料", "2026.11.24"), 5: ("同意", "帮助起草成立工会的请示", "2026年11月25日"),
    13: ("拒绝", "送《建立工会意见书》", 20261118), 11: ("失联", "到登记地址核实", "2026/11/27"),
    6: ("愿意", "约时间开职工座谈会", "2026-12-03"), 14: ("观望", "等年底人数", None),
}  # fmt: skip


def street_sheets() -> list[Sheet]:
    """The streets' own list of private enterprises: two sheets that were never meant to look alike."""
    found = [each for each in standing("preparing", "none", "mall") if each.short != "埠口里"]
    west = [each for each in found if each.region.startswith("沙坪坝区")]
    east = [each for each in found if each not in west]
    first: Rows = [["非公有制企业建会摸排清单"], ["填报单位：沙坪坝区总工会", *[None] * 4, "2026年7月3日"]]
    first.append(["序号", "企业名称", "所属街道", "法人", "联系电话", "员工人数", "是否建会", "未建会原因", "备注", *_NEXT_HEADER])
    second: Rows = [["未建会企业名单（渝中、两江）"]]
    second.append([
        "所属\n街道", "企业名称\n（全称）", "员工人数\n（人）", "是否\n建会", "法人", "联系电话\n（手机）",
        "未建会原因",
    ])  # fmt: skip
    for at, each in enumerate(west, start=1):
        phone: Value = each.phone[:10] if each.short == "石燧" else int(each.phone) if at % 3 else each.phone
        name = None if each.short == "半亩田" else f"{each.name} " if at % 5 == 0 else each.name
        first.append([
            at, name, f"{each.town}街道", each.leader, phone, _street_count(each), "联合" if each.union else "否",
            None if each.union else _REASONS[at % 6], None, *(_NEXT.get(at, _NO_NEXT) if not each.union else _NO_NEXT),
        ])  # fmt: skip
    for at, each in enumerate(east, start=1):
        second.append([
            f"{each.town}街道", each.name, _street_count(each), "否", each.leader, each.phone, _REASONS[at % 6],
        ])  # fmt: skip
    for name, town, count in _ONLY_STREET:
        if town == "解放碑":
            known = company("埠口里")
            second.append([f"{town}街道", name, count, "否", known.leader, known.phone, ""])
        else:
            first.append([len(first) - 2, name, f"{town}街道", None, None, count, "否", "新摸排", None, *_NO_NEXT])
    first.append(["填表人：", None, None, "审核人：", None, None, "联系电话："])
    return [Sheet("沙坪坝区", first, (3,), ("A1:L1",)), Sheet("渝中两江", second, (2,), ("A1:G1",))]


def _street_count(each: Company) -> Value:
    """What the street wrote as the number of people employed."""
    return _STREET_COUNTS.get(each.short, each.staff)


_UNION_HEADER: Rows = [
    ["附件一"],
    ["重庆市工会组织信息采集表"],
    ["填表单位（盖章）：沙坪坝区总工会", *[None] * 9, "填报日期：2026年7月6日"],
    ["序号", "工会组织所在单位信息", *[None] * 7, "工会组织信息", *[None] * 14],
    [
        None, "单位名称", "统一社会信用代码", "单位地址", "单位所在政区", "单位性质类别", "经济类型", "单位所属行业",
        "职工人数", "工会名称", "统一社会信用代码", "上级工会名称", "建会日期\n（格式：yyyy/MM/dd）", "基层工会类型",
        "会员人数", "工会负责人", "联系电话", *OFFICE_HEADER,
    ],
]  # fmt: skip
_ECONOMY = {
    "私营企业": "私营经济", "其他有限责任公司": "股份制", "港澳台商投资企业": "港澳台投资", "国有独资公司": "国有经济",
}  # fmt: skip


def union_sheet() -> Sheet:
    """The two-row union form: unit and union side by side under the same header text 统一社会信用代码."""
    rows: Rows = [*_UNION_HEADER]
    told: set[str] = set()
    for at, each in enumerate(standing("own", "mall", "tower", "state"), start=1):
        rows.append(_union_row(at, each, each.union not in told))
        told.add(each.union)
    rows += _public_units(len(rows) - 4)
    rows.append(["单位负责人(签字)：", *[None] * 5, "信息采集人（签字）：", *[None] * 5, "填报日期：   年   月   日"])
    rows.append(["填表说明：1. 带格式要求的栏目请按格式填写。2. 联合基层工会每个涵盖单位填一行。"])
    last = len(rows)
    merged = ("A2:X2", "A4:A5", "B4:I4", "J4:X4", f"A{last}:X{last}")
    return Sheet("工会组织信息采集表", rows, (4, 5), merged)


def _union_row(at: int, each: Company, first_of_union: bool) -> list[Value]:
    """One covered unit and its union; a joint union's members stand on its first row only."""
    joint = each.union in (MALL_UNION, TOWER_UNION)
    code, of_union = each.credit_code, each.union_code
    if each.short == "禾榉":
        code, of_union = of_union, code
    covered = [other for other in standing("own", "mall", "tower") if other.union == each.union]
    speaker = covered[0] if joint else each
    members: Value = sum(other.members for other in covered) if first_of_union else None
    founded: Value = "2021/02/30" if each.short == "拾穗里" else each.founded
    if each.short == "沐杉岭":
        members = (each.staff or 0) + 15
    phone = each.phone[:10] if each.short == "苇渡" else speaker.phone
    chair = None if each.short == "棠枝" else speaker.leader
    row: list[Value] = [
        at, each.name, code, f"重庆市{each.region}示例路{at}号", each.old_region, each.nature, _ECONOMY[each.nature],
        each.industry, each.staff, each.union or None, of_union or None, f"{each.region}总工会", founded,
        "联合基层工会" if joint else "独立基层工会", members, chair, phone,
    ]  # fmt: skip
    if not each.union:
        return [*row[:9], None, None, row[11], *[None] * (5 + len(OFFICE_HEADER))]
    return [*row, *office(each.union if joint else each.short)] if first_of_union else row


def _public_units(first: int) -> Rows:
    """Two public institutions with unions of their own: on no list of private enterprises, ever."""
    units = [
        ("重庆市沙坪坝区霞屿小学校", "教育", 92, 88),
        ("重庆市沙坪坝区霞屿社区卫生服务中心", "卫生和社会工作", 61, 61),
    ]
    return [
        [first + at, name, credit_code(f"12500106MB9{at:06d}"), "重庆市沙坪坝区小龙坎街道示例路", "沙坪坝区小龙坎街道",
         "财政拨款的事业单位", "国有经济", industry, staff, f"{name}工会", union_code("小龙坎", 910 + at),
         "沙坪坝区小龙坎街道总工会", dt.date(2012, 3, 8 + at), "独立基层工会", members, company("听涧").leader,
         str(19900000600 + at), *office(name)]
        for at, (name, industry, staff, members) in enumerate(units)
    ]  # fmt: skip
