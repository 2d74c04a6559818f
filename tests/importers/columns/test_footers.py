"""What stands below and between the people of a roster and is nobody: footers, totals, printed pages, prepared rows."""

from typing import Any

import pytest

from tests.importers.sheets import FIRMS, IDS, PEOPLE, codes, one, values

pytestmark = pytest.mark.usefixtures("register")
HEAD = ["序号", "姓名", "性别", "身份证号码", "联系电话"]

FOOTERS: tuple[list[Any], ...] = (
    [None, "（以下空白）"], [None, "以下空白"], [None, "———以下空白———"], [None, "本页无正文"], [None, "完"], ["男：10人", "女：5人"],
    ["其中女会员：5人"], [None, None, None, "申请时间：    年    月    日"], [None, None, None, None, "第1页 共3页"],
    [None, None, None, None, "第 1 页，共 3 页"], [None, None, None, "单位盖章"], [None, "（公章）"], [None, "盖章处"], ["工会主席签字："],
    ["会员总数：5人"], ["总人数：5"], ["共计5人"], [None, None, None, FIRMS[0] + "工会委员会"], [None, None, None, "2026年5月31日"],
    [None, FIRMS[0] + "工会"], [None, None, "二〇二六年五月三十一日"], [None, None, None, None, "2026.5.31"], ["单位名称（盖章）：" + FIRMS[0]],
    ["经办人", None, None, "审核人"], ["经办人", "张三", None, "审核人", "李四"], ["备注", "以上人员均已入会"], ["本表共2页"],
    [None, "合计：5人"], ["合计", 5], ["合计", None, "男3女2"], [None, "男", 3, "女", 2], ["小组长：", None, "王五"], ["抄送：区总工会"],
    ["填报日期", "2026-05-31"], ["1、"], HEAD, [None, "张三（样表）", "男", IDS[4], "19900000000"], ["例：", "张三", "男", IDS[4], "19900000000"],
    [None, "王砚（签字）"], [None, "共计贰人"], [None, "审核通过"], [None, "同意"], [None, "情况属实"], [None, "扫码入会"],
    [None, "签收"], ["*必填项"], [None, "必填项"],
    [0, "示例", "男", "填写18位", "填写11位"], ["一车间 计数", 2], ["一车间 汇总", None, 61], ["总计数", 3],
    [None, "蜂雀外卖"], [None, "雁行快递"], [None, "小龙坎站"], [None, "经办人", None, PEOPLE[2]], [None, "负责人：", None, PEOPLE[2]],
)  # fmt: skip


@pytest.mark.parametrize("footer", FOOTERS, ids=lambda row: "|".join(str(cell or "") for cell in row))
def test_what_stands_below_a_roster_is_nobody(footer: list[Any]) -> None:
    seen = one(HEAD, [1, PEOPLE[0], "男", IDS[0], None], [2, PEOPLE[1], "女", IDS[1], None], footer)
    assert (values(seen, "name"), codes(seen)) == ([PEOPLE[0], PEOPLE[1]], [])


@pytest.mark.parametrize("person", ["王砚", "欧阳雀舌", "阿依古丽·买买提", "操砚", "㐀田"])
def test_a_lone_name_that_looks_like_a_persons_is_a_person(person: str) -> None:
    assert values(one(HEAD, [1, PEOPLE[0], "男", IDS[0], None], [None, person]), "name") == [PEOPLE[0], person]


@pytest.mark.parametrize(
    "made", [["女", "****-**-**", 126], ["#VALUE!", "#VALUE!", 1], ["男", "0000-00-00", 0], [None, "1900-01-00", None]]
)
def test_a_prepared_row_of_formulas_is_blank(made: list[Any]) -> None:
    head = ["序号", "姓名", "身份证号码", "性别", "出生日期", "年龄"]
    assert codes(one(head, [1, PEOPLE[0], IDS[0], "男", "1971-02-02", 40], [2, None, None, *made])) == []


def test_a_forgotten_name_is_told_and_not_taken_for_a_prepared_row() -> None:
    head = ["序号", "姓名", "身份证号码", "性别", "出生日期"]
    seen = one(head, [1, PEOPLE[0], IDS[0], "男", "1971-02-02"], [2, None, None, "女", "1985-03-07"], [3, None, None, "女", None])
    assert codes(seen) == [(3, "name", "name-missing"), (4, "name", "name-missing")]


def test_subtotals_of_towns_are_no_firms() -> None:
    rows: list[list[Any]] = [["镇街", "企业名称", "职工人数"], ["小龙坎街道", FIRMS[0], 30], ["小龙坎街道 汇总", None, 30], ["总计", None, 30]]
    assert (values(one(*rows), "name"), codes(one(*rows))) == ([FIRMS[0]], [])


@pytest.mark.parametrize(
    "row",
    [
        ["其中：国有企业", 30, 20], ["国有企业", 30, 20], ["民营企业", 40, 20], ["规上企业（2家）", 40, 20], ["其他", 10, 5], ["非公企业", 10, 5],
        ["制造业", 10, 5],
        ["25人以上企业", 10, 5], ["平均每家", 35, 25], ["平均", 35.5, None],
        ["上月数", 60, 40], ["增减", 10, 10], ["比例", "50%", "60%"], ["占比", "5.5%", None],
        ["个体工商户", 30, 3],
    ],
)  # fmt: skip
def test_a_kind_of_firms_or_a_comparison_is_no_firm_and_is_told(row: list[Any]) -> None:
    seen = one(["单位名称", "职工人数", "会员人数"], [FIRMS[0], 30, 20], row, [FIRMS[1], 40, 30])
    assert (values(seen, "name"), codes(seen)) == ([FIRMS[0], FIRMS[1]], [])
    assert seen.notes == [f"第 3 行是分段的标题或小计，没有当作单位或人：{str(row[0]).partition('（')[0]}"]


@pytest.mark.parametrize("row", [["其中女会员", 10], ["其中：农民工", 5], ["镇街工会", 20], ["其他工会", 20], ["基层工会", 50]])
def test_a_kind_of_unions_is_no_union(row: list[Any]) -> None:
    seen = one(["工会名称", "会员人数"], [FIRMS[0] + "工会", 30], row)
    assert values(seen, "name") == [FIRMS[0] + "工会"]


@pytest.mark.parametrize("name", ["重庆砚屿制造业有限公司", "砚屿置业", "其他山泉水厂", "国有林场", "平均率餐馆"])
def test_a_firm_whose_name_only_begins_so_is_one(name: str) -> None:
    assert values(one(["单位名称", "职工人数", "会员人数"], [FIRMS[0], 30, 20], [name, 40, 30]), "name") == [FIRMS[0], name]
