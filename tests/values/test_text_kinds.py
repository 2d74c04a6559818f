"""Texts, names of people and of organizations."""

import datetime as dt

import pytest

from models.values.cleaning import normal_name
from models.values.columns import Plain
from models.values.kinds import OrganizationName, PersonName, Text
from tests.aids.reading import read


@pytest.mark.parametrize(
    ("plain", "text"),
    [
        ("  甲\u3000乙\n丙 ", "甲 乙 丙"),
        ("渝工〔２０２４〕３号", "渝工〔2024〕3号"),
        (12.0, "12"),
        (12.5, "12.5"),
        (True, "是"),
        (dt.datetime(2024, 5, 6), "2024-05-06"),
        ("\u200b", None),
        ("暂无", None),
    ],
)
def test_a_text_is_stored_in_one_cleaned_form(plain: Plain, text: str | None) -> None:
    assert read(Text(), plain) == (text, "")


def test_a_long_text_keeps_its_lines() -> None:
    assert Text(long=True).parse("一  行\r\n\r\n二行\n").value == "一 行\n\n二行"


def test_a_garbled_text_is_told_and_a_number_of_lost_digits_refused() -> None:
    assert read(Text(), "锟斤拷") == ("锟斤拷", "text-damaged")
    assert read(Text(), 1.23456789012345e18) == (None, "number-truncated")


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("王\u3000五", "王五"),
        (" 王 小 五 ", "王小五"),
        ("阿依古丽•买买提", "阿依古丽·买买提"),
        ("阿依古丽 ． 买买提", "阿依古丽·买买提"),
        ("阿依古丽.买买提", "阿依古丽·买买提"),
        ("JOHN   SMITH", "JOHN SMITH"),
        ("王\U0002b5af", "王\U0002b5af"),
        ("王\ue863", "王䶮"),
        ("王\uf9d3", "王\uf9d3"),
    ],
)
def test_a_name_loses_its_padding_and_nothing_else(written: str, name: str) -> None:
    assert read(PersonName(), written) == (name, "")


@pytest.mark.parametrize("written", ["王?", "王？", "王□", "王\ufffd"])
def test_a_name_that_lost_a_character_is_kept_and_told(written: str) -> None:
    assert read(PersonName(), written) == (written, "name-damaged")


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("重庆 某某(集团)有限公司 ", "重庆某某（集团）有限公司"),
        ("重庆ＡＢＣ 科技 有限公司", "重庆ABC 科技有限公司"),
        ("ABC (China) Ltd", "ABC (China) Ltd"),
    ],
)
def test_an_organization_is_named_as_its_licence_prints_it(written: str, name: str) -> None:
    assert OrganizationName().parse(written).value == name


def test_names_that_differ_only_in_writing_are_compared_as_equal() -> None:
    ways = [
        "重庆某某（集团）有限责任公司",
        "重庆某某(集团)有限公司",
        " 重庆某某 集团 有限公司。",
        "重庆某某﹙集团﹚有限公司",
    ]
    assert {normal_name(way) for way in ways} == {"重庆某某集团有限公司"}
    assert normal_name("重庆某某股份有限公司") != normal_name("重庆某某有限公司")
