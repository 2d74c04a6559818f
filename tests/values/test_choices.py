"""Choices from the code lists, and what follows from a label."""

import datetime as dt

import pytest

from models.values import codes
from models.values.columns import Plain
from models.values.kinds import Choice, Choices
from tests.aids.reading import read

LISTS = [each for each in vars(codes).values() if isinstance(each, codes.CodeList)]


@pytest.mark.parametrize(
    ("codes_of", "written", "label"),
    [
        (codes.SEX, "女性", "女"),
        (codes.ETHNICITY, "汉", "汉族"),
        (codes.ETHNICITY, "土 家", "土家族"),
        (codes.ETHNICITY, "僳僳族", "傈僳族"),
        (codes.ETHNICITY, "01 汉族", "汉族"),
        (codes.POLITICAL_STATUS, "党员", "中共党员"),
        (codes.EDUCATION, "大学本科", "本科"),
        (codes.EMPLOYMENT_STATE, "待(下)岗", "待（下）岗"),
        (codes.SKILL_LEVEL, "无", "无"),
        (codes.SKILL_LEVEL, "高级工", "职业资格三级（高级）"),
        (codes.ID_TYPE, "身份证", "居民身份证"),
        (codes.CHANGE_TYPE, "1 入会", "入会"),
        (codes.CHANGE_REASON, "劳动(工作)关系发生变化", "劳动（工作）关系发生变化"),
        (codes.OCCUPATION_GROUP, "外卖骑手", "外卖配送员"),
        (codes.NATURE, "有限责任公司(自然人投资或控股)", "私营企业"),
        (codes.INDUSTRY, "C制造业", "制造业"),
        (codes.INDUSTRY, "农林牧渔业", "农、林、牧、渔业"),
        (codes.INDUSTRY, "信息传输、计算机服务和软件业", "信息传输、软件和信息技术服务业"),
        (codes.UNION_TYPE, "独立基层工会", "单独基层工会"),
        (codes.UNION_TYPE, "乡镇(街道)工会", "乡镇（街道）工会"),
        (codes.COUNT_SOURCE, "税务登记", "税务"),
        (codes.STAGE, "未建会", "待筹建"),
    ],
)
def test_a_choice_is_found_by_label_or_synonym(codes_of: codes.CodeList, written: str, label: str) -> None:
    assert read(Choice(codes_of), written) == (label, "")


@pytest.mark.parametrize("plain", ["1", 1, 1.0, "01", "火星族", True, dt.date(2024, 5, 6)])
def test_a_choice_is_never_found_by_number_and_unknown_ones_are_told(plain: Plain) -> None:
    assert read(Choice(codes.ETHNICITY), plain) == (None, "choice-unknown")


def test_a_bare_wu_is_nothing_where_the_list_lacks_it() -> None:
    assert read(Choice(codes.POLITICAL_STATUS), "无") == (None, "")


@pytest.mark.parametrize("each", LISTS, ids=lambda each: each.name)
def test_every_label_and_synonym_of_a_list_is_found(each: codes.CodeList) -> None:
    assert [each.find(label) for label in each.labels] == list(each.labels)
    assert [each.find(f" {synonym}\u3000") for synonym in each.synonyms] == list(each.synonyms.values())


def test_there_are_fifty_six_peoples() -> None:
    assert len(codes.ETHNICITY.labels) == 56 + 2


def test_a_list_in_which_one_word_means_two_labels_is_refused() -> None:
    with pytest.raises(ValueError, match="甲 means both"):
        codes.code_list("例", {"一": "甲", "二": ""} | {"甲": ""})
    with pytest.raises(ValueError, match="no label"):
        codes.CodeList("例", ("一",), {"甲": "二"})


def test_several_choices_are_joined_and_unknown_ones_left_out() -> None:
    assert read(Choices(), "美团，饿了么/美团") == ("美团、饿了么", "")
    assert read(Choices(codes.OCCUPATION_GROUP), "骑手、快递小哥；宇航员") == ("外卖配送员、快递员", "choice-unknown")
    assert Choices().show("美团、饿了么") == "美团、饿了么"


def test_whether_an_employer_is_non_public_follows_from_its_nature_where_it_can_be_told() -> None:
    told = [
        codes.non_public_by_nature(label)
        for label in ("私营企业", "其他有限责任公司", "国有企业", "机关", "其他组织", None)
    ]
    assert told == [True, True, False, False, None, None]


def test_which_labels_mean_new_employment_forms_and_joint_unions() -> None:
    assert codes.is_new_form("外卖配送员")
    assert not codes.is_new_form("非新就业形态")
    assert not codes.is_new_form(None)
    assert set(codes.OCCUPATION_GROUP.labels) == codes.new_form_groups() | {"非新就业形态"}
    assert codes.is_joint("联合基层工会")
    assert not codes.is_joint("单独基层工会")


@pytest.mark.parametrize(("written", "label"), [("√√", "已建会"), ("××", "待筹建"), ("√×", None), ("是？", None), ("已建会?", None)])
def test_several_signs_agree_and_a_question_mark_is_no_answer(written: str, label: str | None) -> None:
    assert read(Choice(codes.STAGE), written) == (label, "" if label else "choice-unknown")
