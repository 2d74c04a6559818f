"""Headers as people decorate them: every wording that is known is known with numbers, stars, hints and breaks around it."""

from collections.abc import Callable

import pytest

from importers.columns.foreign import FOREIGN
from importers.columns.header import Header, find
from importers.columns.header_text import normal
from importers.columns.mapping import guess
from importers.columns.vocabulary import words
from importers.workbook.sheet import SheetRow
from models.records.forms import FORMS
from models.values.columns import Plain
from tests.aids.sizes import every
from tests.importers.sheets import IDS, PEOPLE, fields, one, unused, values


def wide(text: str) -> str:
    return "".join(chr(ord(each) + 0xFEE0) if "!" <= each <= "~" else each for each in text)


DECORATIONS: dict[str, Callable[[str], str]] = {
    "hint": lambda text: f"{text}（必填）",
    "star": lambda text: f"*{text}",
    "black star and colon": lambda text: f"★{text}：",
    "number": lambda text: f"1、{text}",
    "number with a dot": lambda text: f"12.{text}",
    "number in a circle": lambda text: f"③{text}",
    "question of a survey": lambda text: f"Q3：{text}",
    "line break": lambda text: f"{text[: len(text) // 2]}\n{text[len(text) // 2 :]}",
    "full-width spaces": "\u3000".join,
    "full-width signs": wide,
    "brackets": lambda text: f"【{text}】",
    "quotation marks": lambda text: f"“{text}”",
    "arrow": lambda text: f"{text}↓",
    "please": lambda text: f"请填写{text}",
}


#: Every wording is tried with one of so many decorations, and each decoration with one of so many wordings.
STRIDE = every(4)


def field_of(kind: str, text: str) -> str | None:
    return guess(Header((1,), (text,), ("",), 2), FORMS[kind], []).matches[0].field


@pytest.mark.parametrize("decoration", DECORATIONS)
def test_every_known_wording_is_known_with_what_stands_around_it(decoration: str) -> None:
    decorate, place = DECORATIONS[decoration], list(DECORATIONS).index(decoration)
    known = [
        (kind, text)
        for kind, form in FORMS.items()
        for each in form.fields
        for text in (each.column.label, *each.column.synonyms)
    ]
    lost = [
        (kind, decorate(text))
        for kind, text in known[place % STRIDE :: STRIDE]
        if field_of(kind, decorate(text)) != field_of(kind, text)
    ]
    assert lost == []


@pytest.mark.parametrize("decoration", DECORATIONS)
def test_no_header_of_others_becomes_ours_by_what_stands_around_it(decoration: str) -> None:
    decorate, place = DECORATIONS[decoration], list(DECORATIONS).index(decoration)
    wrong = {
        (kind, decorate(text)): found
        for kind in FORMS
        for text in FOREIGN[place % STRIDE :: STRIDE]  # all of them with all of it: benchmarks/understanding.py
        if normal(text) not in words(kind) and (found := field_of(kind, decorate(text)))
    }
    assert wrong == {}


@pytest.mark.parametrize("before", ["本人", "员工", "职工", "骑手", "您的", "申请人"])
def test_every_field_of_a_person_is_known_behind_the_word_for_a_person(before: str) -> None:
    lost = [each.column.label for each in FORMS["workers"].fields if field_of("workers", before + each.column.label) != each.name]
    assert lost == []


def test_english_beside_a_header_says_the_same_and_an_id_says_something_else() -> None:
    assert [field_of("workers", text) for text in ("姓名 Name", "Name/姓名", "站点ID")] == ["name", "name", None]


def test_days_of_the_moon_are_not_days(register: object) -> None:
    seen = one(["姓名", "身份证号", "出生日期"], [PEOPLE[0], None, "1985年腊月初八"])
    assert [each.code for each in seen.rows[0].problems] == ["day-lunar"]


@pytest.mark.usefixtures("register")
def test_a_header_of_prefixed_words_is_found() -> None:
    seen = one(["职工姓名", "职工性别", "职工电话", "职工邮箱", "职工部门"], [PEOPLE[0], "男", "19900000001", "a@b.cn", "一车间"])
    assert fields(seen) == {"职工姓名": "name", "职工性别": "sex", "职工电话": "phone", "职工部门": "union_group"}
    assert unused(seen) == ["职工邮箱"]


@pytest.mark.usefixtures("register")
def test_a_survey_with_numbered_questions_is_read_and_lists_what_it_does_not_use() -> None:
    head = ["编号", "提交者（自动）", "1、您的姓名（必填）", "2、您的身份证号码（必填）", "3、手机号码（必填）", "4、您的爱好是？"]
    seen = one(head, [1, "微信用户1", PEOPLE[0], IDS[0], "19900000001", "下棋"], [2, "微信用户2", PEOPLE[1], IDS[1], None, None])
    assert list(fields(seen).values()) == ["name", "id_number", "phone"]
    assert unused(seen) == ["提交者（自动）", "4、您的爱好是？"]


def test_a_wide_export_of_which_few_columns_are_ours_has_a_header() -> None:
    head = ["组织ID", "组织路径", "姓名", "账号", "启用", "创建人", "修改人", "扩展字段A", "扩展字段B", "头像", "角色", "岗级", "手机号码"]
    row: list[Plain] = [7, "根/分", PEOPLE[0], "u7", "启用", "admin", "admin", None, None, None, "成员", "P4", "19900000001"]
    found = find([SheetRow(1, list(head)), SheetRow(2, list(row))])
    assert found is not None
    assert found.rows == (1,)


def test_a_group_written_in_every_cell_is_a_group() -> None:
    groups = ["基本信息", "基本信息", "工会主席", "工会主席"]
    found = find([SheetRow(1, list(groups)), SheetRow(2, ["工会名称", "会员人数", "姓名", "联系电话"]), SheetRow(3, ["甲厂工会", 30, "钱", "1"])])
    assert found is not None
    assert (found.rows, found.groups) == ((1, 2), tuple(groups))


def test_a_group_written_before_every_text_is_a_group() -> None:
    found = find([SheetRow(1, ["会员信息-姓名", "会员信息-性别", "会员信息-身份证号"]), SheetRow(2, [PEOPLE[0], "男", IDS[0]])])
    assert found is not None
    assert (found.texts, found.groups) == (("姓名", "性别", "身份证号"), ("会员信息",) * 3)


@pytest.mark.usefixtures("register")
def test_a_name_of_no_matter_what_is_the_name_where_nothing_better_is_there() -> None:
    seen = one(["序号", "名称", "统一社会信用代码", "法人", "总人数"], [1, "重庆砚屿峻岭有限公司", "91500106MA00000017", "孙渝生", 51])
    assert seen.kind == "employers"
    assert values(seen, "name", "staff_count") == [("重庆砚屿峻岭有限公司", 51)]


@pytest.mark.usefixtures("register")
def test_a_column_without_a_header_that_is_not_used_is_told_by_its_letter() -> None:
    assert unused(one(["姓名", "身份证号", None], [PEOPLE[0], IDS[0], "x7"], [PEOPLE[1], IDS[1], "y8"])) == ["C 列"]
