"""Which column goes to which field: the header sets that are in circulation, typing errors, groups, contents."""

import time
from collections.abc import Sequence
from typing import Any

import pytest

from importers.columns import mapping
from importers.columns.header import Header
from importers.columns.vocabulary import SEQUENCE, words
from models.records.forms import FORMS
from models.values.columns import Plain
from tests.importers.columns.header_sets import CIRCULATING

ID_A, ID_B, ID_C = "500106199001019014", "500106199202029024", "500106198503079012"


def headed(*texts: str, groups: Sequence[str] = ()) -> Header:
    """A header in row 1 with these texts."""
    return Header((1,), texts, tuple(groups) or ("",) * len(texts), 2)


def guessed(
    kind: str, *texts: str, groups: Sequence[str] = (), rows: Sequence[Sequence[Plain]] = (),
    remembered: mapping.Remembered | None = None,
) -> mapping.Mapping:  # fmt: skip
    return mapping.guess(headed(*texts, groups=groups), FORMS[kind], rows, remembered)


def fields(kind: str, *texts: str, **more: Any) -> list[str | None]:
    """The field of each column, None for an ignored one."""
    found = {match.index: match.field for match in guessed(kind, *texts, **more).matches}
    return [found[index] for index in range(len(texts))]


@pytest.mark.parametrize("name", CIRCULATING)
def test_every_column_of_the_header_sets_in_circulation_goes_where_it_belongs(name: str) -> None:
    kind, expected = CIRCULATING[name]
    assert dict(zip(expected, fields(kind, *expected), strict=True)) == expected


@pytest.mark.parametrize("kind", FORMS)
def test_every_declared_wording_leads_to_its_own_field_unless_it_is_the_label_of_another(kind: str) -> None:
    labels = {field.column.label: field.name for field in FORMS[kind].fields}
    for field in FORMS[kind].fields:
        for text in (field.column.label, *field.column.synonyms):
            assert fields(kind, text) == [labels.get(text, field.name)], text


@pytest.mark.parametrize("kind", FORMS)
def test_numbers_of_rows_are_no_declared_wording(kind: str) -> None:
    assert not SEQUENCE & set(words(kind))


@pytest.mark.parametrize(
    ("kind", "text", "field", "because"),
    [
        ("workers", "姓  名", "name", "synonym"),
        ("workers", "身份证号码(必填)", "id_number", "synonym"),
        ("workers", "联系电话（手机）", "phone", "synonym"),
        ("workers", "政治面貌（2024年）", "political_status", "synonym"),
        ("workers", "手机号码1", "phone", "near"),
        ("workers", "本人手机号码", "phone", "near"),
        ("workers", "您的学历", "education", "near"),
        ("workers", "出身日期", "birth_date", "near"),
        ("workers", "政治面帽", "political_status", "near"),
        ("workers", "户籍类别", "household_type", "near"),
        ("workers", "有效证件号", "id_number", "near"),
        ("employers", "企业联系电话", "phone", "near"),
        ("employers", "法定代表人姓名", "legal_representative", "near"),
        ("employers", "员工总人数", "staff_count", "near"),
        ("unions", "基层工会会员人数", "member_count", "near"),
        ("employers", "统一社会信用代码（工会）", "union_credit_code", "group"),
        ("headcounts", "职工人数（女）", "women_staff_count", "group"),
    ],
)
def test_usual_typing_errors_and_additions_are_seen_through(kind: str, text: str, field: str, because: str) -> None:
    match = guessed(kind, text).matches[0]
    assert (match.field, match.because) == (field, because)
    assert match.sureness < 1 or because == "synonym"


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("workers", "紧急联系电话"),
        ("workers", "配偶姓名"),
        ("workers", "转入日期"),
        ("workers", "身份证有效期"),
        ("workers", "身份证照片"),
        ("workers", "年龄"),
        ("workers", "用户名"),
        ("workers", "班组长"),
        ("employers", "困难职工人数"),
        ("employers", "退休职工人数"),
        ("employers", "工会联系人"),
        ("employers", "成立工会日期"),
        ("unions", "基层工会户名"),
        ("unions", "省级工会名称"),
        ("unions", "单位联系电话"),
        ("headcounts", "新会员人数"),
    ],
)
def test_texts_that_only_look_alike_stay_unmapped(kind: str, text: str) -> None:
    result = guessed(kind, text)
    assert result.matches[0].field is None
    assert result.unmapped == (text,)


def test_the_same_text_twice_is_told_apart_by_its_group() -> None:
    groups = ["工会组织所在单位信息"] * 4 + ["工会组织信息"] * 4
    texts = ["名称", "统一社会信用代码", "地址", "联系电话", "名称", "统一社会信用代码", "上级工会", "联系电话"]
    assert fields("unions", *texts, groups=groups) == [
        "employer", "employer_credit_code", "employer_address", None, "name", "credit_code", "parent", "phone",
    ]  # fmt: skip


def test_without_a_group_the_columns_to_the_left_tell_the_same_text_apart() -> None:
    texts = ["工会名称", "统一社会信用代码", "联系电话", "单位名称", "统一社会信用代码", "联系电话"]
    assert fields("unions", *texts) == ["name", "credit_code", "phone", "employer", "employer_credit_code", None]


def test_a_group_completes_the_words_below_it() -> None:
    texts = ["单位名称", "总数", "女", "总数", "其中：女", "农民工"]
    groups = ["", "职工人数", "职工人数", "会员", "会员", "会员"]
    assert fields("headcounts", *texts, groups=groups) == [
        "subject", "staff_count", "women_staff_count", "member_count", "women_member_count", "migrant_member_count",
    ]  # fmt: skip
    assert fields("unions", "姓名", groups=["工会主席"]) == ["chair"]


def test_of_which_women_is_said_of_the_count_to_its_left() -> None:
    texts = ["单位名称", "职工人数", "其中：女", "会员人数", "其中：女"]
    assert fields("headcounts", *texts)[1:] == ["staff_count", "women_staff_count", "member_count", "women_member_count"]


def test_the_person_to_call_in_need_is_not_the_member() -> None:
    assert fields("workers", "姓名", "姓名", "电话", groups=["", "紧急联系人", "紧急联系人"]) == ["name", None, None]


def test_the_employers_phone_in_a_roster_is_not_the_workers() -> None:
    assert fields("workers", "姓名", "名称", "电话", groups=["", "工作单位信息", "工作单位信息"]) == ["name", "employer", None]


def test_a_field_goes_to_one_column_the_wording_declared_earlier_first() -> None:
    # both hold the person's phones: the other column is joined to it, no number is lost
    assert fields("workers", "联系电话", "手机号码") == ["phone", "phone"]
    assert fields("workers", "联系电话", "联系电话") == ["phone", "phone"]
    assert fields("unions", "组织机构代码", "社会信用代码") == [None, "employer_credit_code"]
    assert fields("headcounts", "工会登记职工人数", "税务登记职工人数") == [None, "staff_count"]


def test_a_code_column_is_decided_by_its_header_even_when_its_codes_pass_for_identity_numbers() -> None:
    rows = [[ID_A, "张示例"], [ID_B, "李示例"], [ID_C, "王示例"]]
    assert fields("workers", "统一社会信用代码", "姓名", rows=rows) == ["employer_credit_code", "name"]


def test_credit_codes_tell_by_themselves_whose_they_are_when_the_header_does_not() -> None:
    unions = [["甲厂工会", "81500106MC0000001C"], ["乙厂工会", "81500106MC0000002F"], ["丙厂工会", "91500106MA9007919E"]]
    assert fields("unions", "工会名称", "统一社会信用代码", rows=unions) == ["name", "credit_code"]
    assert fields("unions", "工会名称", "单位统一社会信用代码", rows=unions) == ["name", "employer_credit_code"]
    employers = [["甲厂", "91500106MA9007919E"], ["乙厂", "91500106MA90158381"]]
    assert fields("unions", "单位名称", "统一社会信用代码", rows=employers) == ["employer", "employer_credit_code"]


def test_in_a_list_of_unions_a_column_of_unions_names_is_their_name_whatever_its_header() -> None:
    rows = [["重庆示例甲有限公司工会委员会", "示例街道总工会"], ["重庆示例乙有限公司工会", "示例街道总工会"]]
    assert fields("unions", "单位名称", "上级工会", rows=rows) == ["name", "parent"]


def test_columns_without_header_are_known_by_their_content() -> None:
    rows: list[list[Plain]] = [
        [1, "张示例", "男", "汉族", ID_A, "19900000001", "重庆示例有限公司", "重庆示例有限公司工会"],
        [2, "李样", "女", "土家族", ID_B, "19900000002", "重庆样本食品厂", "重庆样本食品厂工会委员会"],
        [3, "王例", "女", "汉", ID_C, "19900000003", "重庆示例有限公司", "重庆示例有限公司工会"],
    ]
    result = mapping.guess(Header((), ("",) * 8, ("",) * 8, 1), FORMS["workers"], rows)
    assert [match.field for match in result.matches] == [
        None, "name", "sex", "ethnicity", "id_number", "phone", "employer", "union",
    ]  # fmt: skip
    assert {match.because for match in result.matches[1:]} == {"content"}


def test_an_unknown_header_may_be_explained_by_its_content() -> None:
    rows = [["张示例", ID_A, "骑手"], ["李样例", ID_B, "快递小哥"], ["王例子", ID_C, "外卖员"]]
    assert fields("workers", "人", "号", "工种", rows=rows) == ["name", "id_number", "occupation_group"]
    trades = [["张示例", ID_A, "钳工"], ["李样例", ID_B, "电工"], ["王例子", ID_C, "车工"]]
    assert fields("workers", "人", "号", "工种", rows=trades) == ["name", "id_number", None]


def test_content_never_takes_a_field_that_a_header_claims() -> None:
    rows = [["张示例", "李班长"], ["李样例", "王班长"], ["王例子", "李班长"]]
    assert fields("workers", "姓名", "带班", rows=rows) == ["name", None]


def test_a_column_without_header_and_without_data_is_not_spoken_of() -> None:
    result = guessed("workers", "姓名", "", "手机", rows=[["张示例", None, "19900000001"]])
    assert [match.letter for match in result.matches] == ["A", "C"]


def test_what_a_person_said_before_beats_everything() -> None:
    remembered = {("", "工号"): "member_number", ("", "会员号"): "", ("单位", "电话"): "note"}
    result = guessed("workers", "姓名", "会员号", "工号", "电话", groups=["", "", "", "单位"], remembered=remembered)
    assert [match.field for match in result.matches] == ["name", None, "member_number", "note"]
    assert [match.because for match in result.matches] == ["synonym", "remembered", "remembered", "remembered"]


def test_what_was_remembered_for_another_form_is_passed_over() -> None:
    assert fields("workers", "姓名", remembered={("", "姓名"): "chair"}) == ["name"]


def test_a_choice_is_remembered_by_the_texts_of_the_column() -> None:
    match = guessed("headcounts", "会员人数", "其中：女").matches[1]
    assert match.key == ("会员人数", "其中女")
    assert fields("headcounts", "会员人数", "其中：女", remembered={match.key: ""}) == ["member_count", None]


def test_a_correction_takes_the_field_from_the_column_that_had_it() -> None:
    before = guessed("workers", "姓名", "曾用名", "手机")
    after = before.chosen(1, "name").chosen(2, None)
    assert [match.field for match in after.matches] == [None, "name", None]
    assert [match.because for match in after.matches] == ["none", "chosen", "chosen"]
    assert (after.of("name"), after.of("phone")) == (1, None)
    assert before.of("name") == 0


def test_what_is_missing_and_what_goes_nowhere_is_told() -> None:
    result = guessed("workers", "序号", "身份证号", "微信号")
    assert result.missing == ("name",)
    assert result.unmapped == ("微信号",)
    assert result.chosen(2, "name").missing == ()


def test_fields_are_given_by_column() -> None:
    form = FORMS["workers"]
    assert guessed("workers", "序号", "姓名", "手机").fields(form) == {1: form.by_name["name"], 2: form.by_name["phone"]}


def test_a_sheet_is_mapped_quickly() -> None:
    rows: list[list[Plain]] = [[ID_A, "张示例", "说明文字", 3.5, "19900000001", None, "重庆示例有限公司"] * 4] * 200
    head = headed(*["", "姓名", "", "数", "", "备注", ""] * 4)
    mapping.guess(head, FORMS["workers"], rows)
    start = time.process_time()
    mapping.guess(head, FORMS["workers"], rows)
    assert time.process_time() - start < 0.3
