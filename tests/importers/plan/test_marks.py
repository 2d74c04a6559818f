"""What stands beside a name or a number in its cell, and numbers that are covered, cut short or somebody else's."""

from typing import Any

import pytest

from models.values.columns import Kind
from models.values.id_kinds import IdNumber, Phone
from models.values.kinds import Day, OrganizationName, PersonName
from tests.aids.reading import read
from tests.importers.sheets import CODES, FIRMS, IDS, PEOPLE, codes, one, planned, values


@pytest.mark.parametrize(
    ("written", "name", "code"),
    [
        ("王岩（女）", "王岩", "name-marks"), ("李砚(主席)", "李砚", "name-marks"), ("褚岩\n（曾用名褚山）", "褚岩", "name-marks"),
        ("吴月1", "吴月", "name-marks"), ("1、冯蜜", "冯蜜", ""), ("★ 郑田", "郑田", ""), ("①王五", "王五", ""), ("（2）王五", "王五", ""),
        ("张三、李四", "张三、李四", "name-several"), ("赵一/钱二", "赵一/钱二", "name-several"), ("孙青 周禾", "孙青周禾", "name-several"),
        ("王五（已退会）", "王五", "name-says-left"), ("王五（离职）", "王五", "name-says-left"),
        ("（离职）周杰", "周杰", "name-says-left"), ("(离职)周杰", "周杰", "name-says-left"),
        ("欧阳 雀舌", "欧阳雀舌", ""), ("阿依古丽·买买提", "阿依古丽·买买提", ""), ("王　五", "王五", ""), ("CHEN YAN", "CHEN YAN", ""),
        ("⾦蓝田", "金蓝田", ""), ("姓名：王五", "王五", ""), ("王砚等3人", "王砚等3人", "name-several"), ("王砚和李峻", "王砚和李峻", "name-several"),
        ("小王", "小王", "name-unsure"), ("王师傅", "王师傅", "name-unsure"), ("王某某", "王某某", "name-unsure"), ("王XX", "王XX", "name-unsure"),
        ("王*", "王", "name-unsure"), ("待定", "待定", "name-unsure"), ("空缺", "空缺", "name-unsure"), ("测试", "测试", "name-unsure"),
        ("某某", "某某", "name-unsure"),
        ("匿名", "匿名", "name-unsure"), ("王砚13900000000", "王砚13900000000", "name-unsure"), ("王砚先生", "王砚先生", "name-unsure"),
        ("孙渝生-离职", "孙渝生", "name-says-left"), ("离职 周晴绮", "周晴绮", "name-says-left"), ("离职周晴绮", "周晴绮", "name-says-left"),
        ("【调出】吴砚秋", "吴砚秋", "name-says-left"), ("孙渝生退休", "孙渝生", "name-says-left"), ("王五（已退）", "王五", "name-says-left"),
        ("孙渝生（退）", "孙渝生", "name-says-left"), ("孙渝生—组长", "孙渝生", "name-marks"), ("李砚主席", "李砚", "name-marks"),
        ("孙渝生 组长", "孙渝生", "name-marks"), ("(女)孙渝生", "孙渝生", "name-marks"), ("孙渝生 女", "孙渝生", "name-marks"),
        ("陈岩 Chen Yan", "陈岩", "name-marks"), ("王砚A", "王砚", "name-marks"), ("张三-李四", "张三-李四", "name-several"),
        ("王总", "王总", ""), ("张队长", "张队长", "name-unsure"), ("欧阳主任", "欧阳主任", ""),
        ("李书记", "李书记", ""), ("王五（已退伍）", "王五", "name-marks"), ("阿依古丽买买提", "阿依古丽买买提", ""), ("王离", "王离", ""), ("欧阳男", "欧阳男", ""),
        ("于和平", "于和平", ""), ("和与及", "和与及", ""), ("张某", "张某", "name-unsure"), ("老舍", "老舍", ""), ("王砚和", "王砚和", ""),
    ],
)  # fmt: skip
def test_marks_beside_a_name_are_no_part_of_it(written: str, name: str, code: str) -> None:
    assert read(PersonName(), written) == (name, code)


@pytest.mark.parametrize(
    ("written", "name", "code"),
    [
        ("重庆甲有限公司（已注销）", "重庆甲有限公司", "organization-marks"), ("3、重庆甲有限公司", "重庆甲有限公司", ""),
        ("重庆甲有限公司-已注销", "重庆甲有限公司", "organization-marks"), ("【已注销】重庆甲有限公司", "重庆甲有限公司", "organization-marks"),
        ("重庆甲有限公司；", "重庆甲有限公司", ""), ("重庆甲有限公司（搬走了）", "重庆甲有限公司", "organization-marks"),
        ("重庆甲有限公司 停业", "重庆甲有限公司", "organization-marks"), ("（重庆）甲有限公司", "（重庆）甲有限公司", ""),
        ("★重庆甲有限公司", "重庆甲有限公司", ""), ("重庆甲有限公司等3家", "重庆甲有限公司", "name-of-several"),
        ("重庆⻰头机械有限公司", "重庆龙头机械有限公司", ""), ("重庆甲（有限合伙）", "重庆甲（有限合伙）", ""), ("2、3号店", "2、3号店", ""),
    ],
)  # fmt: skip
def test_marks_beside_a_units_name_are_told_or_asked(written: str, name: str, code: str) -> None:
    assert read(OrganizationName(), written) == (name, code)


@pytest.mark.parametrize(
    ("written", "phone", "code"),
    [
        ("13800000010（微信同号）", "13800000010", ""), ("手机：13800000013", "13800000013", ""), ("本人13800000018", "13800000018", ""),
        ("13800000014（妻）", "13800000014", "phone-of-other"), ("13800000024 张三", "13800000024", "phone-words"),
        ("63630001转801", "63630001-801", ""), ("办公室63630001，手机13800000001", "63630001、13800000001", ""),
        ("﹢8613800000029", "13800000029", ""), ("13800000017、", "13800000017", ""),
        ("1380000", None, "phone-shape"), ("13800000", None, "phone-shape"), (1380000, None, "phone-shape"),
        ("1380000015", None, "phone-shape"), ("微信abc123 13800000010", None, "phone-shape"), ("1.38E+10", None, "phone-shape"),
    ],
)  # fmt: skip
def test_the_number_is_there_whatever_words_stand_beside_it(written: object, phone: str | None, code: str) -> None:
    assert read(Phone(), written) == (phone, code)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "written",
    ["50010619710202XXXX", "500106xxxxxxxx951X", "500106********9629", "500106…9754", "500106●●●●●●●●9012", "500106--------9629"],
)
def test_a_number_covered_by_any_sign_is_a_covered_number(written: str) -> None:
    assert read(IdNumber(), written) == (None, "id-masked")


def test_two_numbers_in_one_cell_are_nobodys() -> None:
    assert read(IdNumber(), f"{IDS[0]}/{IDS[1]}") == (None, "id-several")


@pytest.mark.parametrize("written", ["农历1985年三月初七", "1985年腊月初八", "阴历1985-03-07"])
def test_a_day_of_the_moon_is_told(written: str) -> None:
    kind: Kind = Day()
    assert read(kind, written) == (None, "day-lunar")


@pytest.mark.usefixtures("register")
def test_a_covered_number_leaves_the_person_to_the_phone() -> None:
    seen = one(["姓名", "身份证号", "联系电话"], [PEOPLE[0], "50010619710202XXXX", "19900000001"], [PEOPLE[1], "50010619720303XXXX", None])
    assert codes(seen) == [(2, "id_number", "id-masked"), (3, "id_number", "id-masked-alone")]


@pytest.mark.usefixtures("register")
def test_who_stands_as_left_beside_the_name_is_asked_and_not_made_a_member() -> None:
    steps = planned(["会员花名册"], ["姓名", "身份证号"], [PEOPLE[0], IDS[0]], [f"{PEOPLE[1]}（已退会）", IDS[1]]).sheets[0].steps
    assert [step.action for step in steps] == ["new", "conflict"]


@pytest.mark.usefixtures("register")
def test_a_unit_marked_as_closed_is_not_operating() -> None:
    seen = one(["企业名称", "统一社会信用代码", "职工人数"], [f"{FIRMS[0]}（已注销）", CODES[0], 30], [FIRMS[1], CODES[1], 31])
    assert values(seen, "name", "operating") == [(FIRMS[0], 0), (FIRMS[1], None)]


@pytest.mark.usefixtures("register")
def test_one_code_under_several_names_is_asked_and_makes_nobody_vanish() -> None:
    rows: list[list[Any]] = [["企业名称", "统一社会信用代码", "职工人数"], *([name, CODES[0], 30] for name in FIRMS)]
    steps = planned(*rows).sheets[0].steps
    assert [(step.action, step.problems[0].code) for step in steps] == [("conflict", "code-shared")] * 3


@pytest.mark.usefixtures("register")
def test_one_code_under_a_name_and_its_short_form_is_one_unit() -> None:
    rows: list[list[Any]] = [["企业名称", "统一社会信用代码", "职工人数"], [FIRMS[0], CODES[0], 30]]
    rows.append([FIRMS[0].removesuffix("有限公司"), CODES[0], 30])
    assert "code-shared" not in [each.code for step in planned(*rows).sheets[0].steps for each in step.problems]


@pytest.mark.usefixtures("register")
def test_one_code_of_a_firm_and_its_branch_is_asked() -> None:
    rows: list[list[Any]] = [["企业名称", "统一社会信用代码", "职工人数"], [FIRMS[0], CODES[0], 30], [FIRMS[0] + "沙坪坝分公司", CODES[0], 5]]
    assert [step.problems[0].code for step in planned(*rows).sheets[0].steps] == ["code-shared"] * 2


def test_whoever_has_no_full_name_is_asked_about(register: object) -> None:
    plan = planned(["会员花名册"], ["姓名", "身份证号"], ["王师傅", IDS[0]], [PEOPLE[1], IDS[1]], ["王某", IDS[2]])
    assert [step.action for step in plan.sheets[0].steps] == ["conflict", "new", "new"]
    assert "name-unsure" in [each.code for each in plan.sheets[0].steps[2].problems]


@pytest.mark.parametrize("mark", ["仝上", "々", "（同上）", "同上。", "同上单位"])
def test_more_marks_mean_the_cell_above(register: object, mark: str) -> None:
    rows = [[PEOPLE[0], IDS[0], FIRMS[0]], [PEOPLE[1], IDS[1], mark]]
    assert values(one(["姓名", "身份证号", "工作单位"], *rows), "employer") == [FIRMS[0], FIRMS[0]]


@pytest.mark.parametrize("mark", ["同第一行", "同右", "同", "//", "、、"])
def test_more_marks_are_asked(register: object, mark: str) -> None:
    rows = [[PEOPLE[0], IDS[0], FIRMS[0]], [PEOPLE[1], IDS[1], mark]]
    assert codes(one(["姓名", "身份证号", "工作单位"], *rows)) == [(3, "employer", "ditto-unclear")]
