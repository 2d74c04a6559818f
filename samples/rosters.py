"""Rosters of people as unions, employers and platforms hand them in: rows of cells, no files.

Every function gets people and returns cells; the faults are put in by the place of the row, counted from 0.
"""

import datetime as dt
from dataclasses import replace

from samples.companies import RIDERS_UNION, company
from samples.containers import Rows, Sheet, Value
from samples.invented import Person, full_width, id_number, old_id_number, padded, truncated, wrong_check_digit

MEMBER_HEADER: list[Value] = [
    "序号", "姓名", "性别", "出生日期\n（格式：yyyy/MM/dd）", "民族", "就业状况", "有效证件类别",
    "证件号码\n(填写18位身份证)", "学历", "技术等级", "移动电话", "户籍类型", "户籍所在地", "会籍变化类型",
    "会籍变化日期\n（格式：yyyy/MM/dd）", "会籍变化原因", "政治面貌", "工作单位", "籍贯",
    "是否农民工会员\n填写“是”或“否”",
]  # fmt: skip
#: row of the member form → column → what is written there instead
_MEMBER_SLIPS: dict[int, dict[int, Value]] = {
    14: {10: "1990000208"}, 16: {1: None}, 17: {14: "2026/02/30"}, 21: {5: "退休"},
    22: {4: "汉", 8: "大学本科", 16: "党员"}, 23: {13: "保留", 15: "失业"},
    24: {13: "转入", 15: "劳动（工作）关系发生变化"}, 25: {4: "僳僳族"}, 27: {17: None},
}  # fmt: skip


def member_sheet(people: list[Person]) -> Sheet:
    """The provincial member form of 砚屿's union; 31 people, the fourth of them once more at the end."""
    unit = company("砚屿")
    rows: Rows = [
        ["附件四"], ["重庆市工会会员信息采集表"],
        [f"填表单位（盖章）：{unit.union}", *[None] * 9, f"单位负责人(签字)：{unit.leader}"], MEMBER_HEADER,
    ]  # fmt: skip
    for at, person in enumerate([*people, people[3]]):
        row = _member_row(at, person, unit.name)
        for column, value in _MEMBER_SLIPS.get(at, {}).items():
            row[column] = value
        rows.append(row)
        if at == 15:
            rows.append([])
    rows += [[33], [34], ["合计", len(people) + 1, "人"]]
    rows.append(["单位负责人(签字)：", *[None] * 6, "信息采集人（签字）：", *[None] * 6, "填报日期：2026年5月8日"])
    rows.append(["填表说明：1. 所有栏目均为必填项。2. 证件号码请以文本格式填写。3. 请勿增加、删除或合并列。"])
    last = len(rows)
    return Sheet("会员信息采集表", rows, (4,), ("A2:T2", f"A{last}:T{last}"))


def _member_row(at: int, person: Person, unit: str) -> list[Value]:
    """One member; number, phone and birth date written the way that belongs to the row."""
    number: Value = person.number.lower() if at % 2 else person.number
    phone: Value = person.phone
    if at == 4:
        number, phone = full_width(person.number), full_width(person.phone)
    if at == 9:
        number = wrong_check_digit(person.number)
    if at in (11, 12):
        number, phone = truncated(person.number), person.phone if at == 11 else None
    if at == 18:
        number = old_id_number(person.number)
    id_type = "港澳台居民居住证" if person.number.startswith("81") else "居民身份证"
    return [
        at + 1, padded(person.name), person.sex, _member_birth(at, person), person.ethnicity, "在岗", id_type, number,
        person.education, "无", phone, person.household_type, f"重庆市{person.home}", "入会",
        dt.date(2024, 1 + at % 12, 1 + at % 28), None, person.political_status, unit, f"重庆{person.home}",
        person.migrant,
    ]  # fmt: skip


def _member_birth(at: int, person: Person) -> Value:
    """The birth date in one of the ways people write it; nothing on row 12, a year off on row 20."""
    day = person.birth
    if at == 12:
        return None
    if at == 20:
        return day.replace(year=day.year + 1)
    ways: tuple[Value, ...] = (
        day, f"{day:%Y/%m/%d}", int(f"{day:%Y%m%d}"), f"{day:%Y.%m.%d}", f"{day.year}年{day.month}月{day.day}日",
    )  # fmt: skip
    return ways[at % 5]


#: Names with characters that GBK has not, and a name whose dot comes in three shapes.
RARE_NAMES = {3: "王䶮", 7: "李𬭊", 9: "陈𫖯", 12: "周㼆", 15: "阿依夏姆•吐尔洪", 18: "马·依卜拉", 20: "刘?"}
_TEXT_HEADER = [
    "姓名", "性别", "身份证号", "手机号", "民族", "文化程度", "政治面貌", "入会日期", "会员卡号", "工会小组",
    "所属工会", "备注",
]  # fmt: skip


def member_text(people: list[Person], held_elsewhere: Person) -> list[list[str]]:
    """An export of 禾榉's members, one of them (the last) already a member of 砚屿's union."""
    rows = [_TEXT_HEADER]
    for at, person in enumerate([*people, held_elsewhere]):
        number = f"'{person.number}" if at % 6 == 1 else person.number
        if at == 10:
            number = "5.00106E+17"
        if at == 14:
            number = number[:-1]
        joined = dt.date(2019 + at % 7, 1 + at % 9, 1 + at)
        year, month = joined.year, joined.month
        ways = (f"{joined}", f"{year}/{month}/{joined.day}", f"{year}年{month}月", f"{joined:%Y%m%d}")
        rows.append([
            RARE_NAMES.get(at, person.name), person.sex, number, person.phone, person.ethnicity, person.education,
            person.political_status, "2024-13-05" if at == 22 else ways[at % 4], f"YG{2026000 + at}",
            f"{'一二三'[at % 3]}车间", company("禾榉").union, "",
        ])  # fmt: skip
    return [*rows, [f"共 {len(people) + 1} 条记录"]]


_STAFF_HEADER: list[Value] = [
    "序号", "员工姓名", "性别", "公民身份号码", "出生年月", "户籍地址", "现住址", "联系方式", "岗位", "用工形式",
    "用工起始时间", "劳动合同期限", "备注",
]  # fmt: skip
_JOBS = ("印刷机长", "模切工", "糊盒工", "质检员", "叉车司机", "会计", "业务员", "保洁")


def staff_sheet(people: list[Person]) -> Sheet:
    """The roster of employees that the labour law makes 霁蓝 keep; it starts at C5 and knows no union."""
    unit = company("霁蓝").name
    shift: list[Value] = [None, None]
    rows: Rows = [[], [*shift, f"{unit}职工名册"], [*shift, f"填报单位：{unit}", *[None] * 8, "2026.6.30"], []]
    rows.append([*shift, *_STAFF_HEADER])
    for at, person in enumerate(people):
        same = replace(person, number=people[5].number) if at == 39 else person
        rows.append([*shift, *_staff_row(at, same)])
    rows += [[], [*shift, f"合计：{len(people)}人"], [*shift, "制表：", *[None] * 5, "审核：", None, None, "（公章）"]]
    return Sheet("Sheet1", rows, (5,), ("C2:O2",))


def _staff_row(at: int, person: Person) -> list[Value]:
    """One employee, with numbers stored as numbers where the clerk typed them so."""
    number: Value = person.number
    phone: Value = int(person.phone) if at % 2 else person.phone
    if at in (6, 17, 28):
        number, phone = truncated(person.number), None if at == 28 else phone
    if at in (8, 19):
        number = int(old_id_number(person.number))
    if at == 22:
        number = wrong_check_digit(person.number)
    if at == 31:
        phone = int(person.phone[:10])
    since = dt.date(2015 + at % 11, 1 + at % 9, 1 + at % 28)
    year, month = since.year, since.month
    since_ways: tuple[Value, ...] = (since, int(f"{since:%Y%m%d}"), f"{year}.{month}", f"{year}年{month}月")
    return [
        at + 1, padded(person.name), person.sex, number, _staff_birth(at, person.birth), f"重庆市{person.home}",
        "西永街道示例小区", phone, _JOBS[at % 8], "劳务派遣" if at % 9 == 4 else "全日制", since_ways[at % 4],
        "无固定期限" if at % 7 == 0 else "3年", None,
    ]  # fmt: skip


def _staff_birth(at: int, day: dt.date) -> Value:
    """The birth date as a month in a number, a bare serial number, 19850307, text or a date; nothing on row 28."""
    if at == 28:
        return None
    serial = (day - dt.date(1899, 12, 30)).days
    month = f"{day.year}年{day.month}月"
    # 1985.1 may be January or October: only one row (the one of somebody born in October) asks that question
    dotted: Value = float(f"{day.year}.{day.month}") if at == 30 or day.month not in (1, 10) else month
    return (dotted, serial, int(f"{day:%Y%m%d}"), month, day)[at % 5]


_RIDER_HEADER: list[Value] = [
    "序号", "骑手姓名", "手机号", "身份证号", "站点", "所属平台", "居住镇街", "群体", "入会工会", "入会日期", "备注",
]  # fmt: skip
_STATIONS = ("小龙坎站", "三峡广场站", "西永站", "大坪站")
_PLATFORMS = ("蜂雀外卖", "蜂雀外卖", "闪橘到家", "蜂雀外卖、闪橘到家")
_HOMES = (
    "小龙坎街道", "沙坪坝区天星桥街道", "渝中区大坪街道", "江北区观音桥街道", "两江新区鸳鸯街道", "西永街道",
    "沙坪坝区土主街道",
)  # fmt: skip
_GROUPS = ("外卖骑手", "外卖配送员", "网约送餐员", "外卖小哥", "快递员")


def rider_sheet(people: list[Person]) -> Sheet:
    """A platform's riders; two of three have joined the trade's joint union, which no other sample knows."""
    rows: Rows = [["蜂雀外卖沙坪坝片区骑手名单"], [f"截至2026年6月30日，共{len(people) + 1}人"], _RIDER_HEADER]
    for at, person in enumerate([*people, people[7]]):
        number = person.number
        if at == 13:
            number = wrong_check_digit(number)
        if at == 25:
            # the check digit is right: only the thirtieth of February is not
            number = _on_thirtieth_of_february(number)
        home = "人和街道" if at == 16 else _HOMES[at % 7]
        joined = at % 3 != 2
        rows.append([
            at + 1, person.name, None if at == 19 else person.phone, number, _STATIONS[at % 4], _PLATFORMS[at % 4],
            home, "跑腿" if at == 28 else _GROUPS[at % 5], RIDERS_UNION if joined else None,
            dt.date(2026, 1 + at % 6, 1 + at % 28) if joined else None, "兼职" if at % 10 == 4 else None,
        ])  # fmt: skip
    return Sheet("骑手名单", rows, (3,), ("A1:K1",))


def _on_thirtieth_of_february(number: str) -> str:
    """A number with a right check digit and a day that no calendar has."""
    return next(
        candidate for last in "0123456789X"
        if (candidate := f"{number[:6]}19900230{number[14:17]}{last}") and _checks(candidate)
    )  # fmt: skip


def _checks(number: str) -> bool:
    """True when the check digit is right, whatever the day."""
    signs = [10 if sign == "X" else int(sign) for sign in number]
    return sum(sign * pow(2, 17 - place, 11) for place, sign in enumerate(signs)) % 11 == 1


def company_sheets(people: list[Person]) -> list[Sheet]:
    """Members of the street's joint union, a sheet for each company and each in its own way."""
    first, second, third, fourth = people[:12], people[12:22], people[22:30], [*people[30:35], people[4]]
    kitchen: Rows = [
        ["小龙坎街道商贸服务业联合工会会员名单"], [f"填报单位：{company('渝灶记').name}"],
        ["序号", "姓 名", "身份证号", "联系电话", "入会时间", "工会小组"],
    ]  # fmt: skip
    kitchen += [[at, padded(p.name), p.number, p.phone, dt.date(2025, 3, at), "前厅" if at % 2 else "后厨"]
                for at, p in enumerate(first, start=1)]  # fmt: skip
    clothes: Rows = [["姓名", "性别", "民族", "身份证号码", "手机", "工作单位", "入会日期", "学历"]]
    clothes += [[p.name, p.sex, p.ethnicity, wrong_check_digit(p.number) if at == 6 else p.number, p.phone,
                 company("缕青").name, "2025-04-10", p.education] for at, p in enumerate(second)]  # fmt: skip
    tea: Rows = [
        [f"{company('叩茶').name}会员花名册"], ["序号", "基本信息", None, None, "联系方式", None, "会籍", None],
        [None, "姓名", "性别", "证件号码", "手机", "现住址", "入会日期", "会员卡号"],
    ]  # fmt: skip
    tea += [[at, None if at == 5 else p.name, p.sex, p.number, p.phone, "小龙坎街道示例小区", "2025.5.6", f"XL{at:04d}"]
            for at, p in enumerate(third, start=1)]  # fmt: skip
    books: Rows = [["No.", "名字", "身份证", "电话", "入会年月"]]
    books += [[at, p.name, p.number, p.phone, "2025年6月"] for at, p in enumerate(fourth, start=1)]
    old: Rows = [["姓名", "身份证号", "电话"]]
    old += [[p.name, p.number, p.phone] for p in people[35:40]]
    return [
        Sheet("渝灶记", kitchen, (3,), ("A1:F1",), hidden_rows=(9,)),
        Sheet("缕青", clothes, (1,), choices={"B2:B40": "=下拉菜单!$A$2:$A$3", "H2:H40": "=下拉菜单!$B$2:$B$9"}),
        Sheet("叩茶", tea, (2, 3), ("A1:H1", "A2:A3", "B2:D2", "E2:F2", "G2:H2")),
        Sheet("墨隅", books, (1,)),
        Sheet("旧名单（勿用）", old, (1,), hidden=True),
        _menu_sheet(),
    ]  # fmt: skip


def _menu_sheet() -> Sheet:
    """The dictionary behind the drop-downs: a table of words, not of people."""
    education = ["博士", "硕士", "本科", "大专", "中专", "高中", "初中", "小学及以下"]
    rows: Rows = [["性别", "学历", "会籍变化类型"]]
    changes = ["入会", "转入", "保留", "转出", "除名", "退会", None, None]
    for at, (level, change) in enumerate(zip(education, changes, strict=True)):
        rows.append(["男女"[at] if at < 2 else None, level, change])
    return Sheet("下拉菜单", rows, (1,))


def born(person: Person, day: dt.date, area: str = "") -> Person:
    """The same person born on another day, in another area, with the number that belongs to it."""
    sequence = int(person.number[14:17])
    return replace(person, birth=day, number=id_number(area or person.number[:6], day, sequence))
