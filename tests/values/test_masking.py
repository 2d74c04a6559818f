"""Covering personal values."""

import pytest

from models.values.codes import SEX
from models.values.columns import Column
from models.values.id_kinds import IdNumber, Phone
from models.values.kinds import Choice, Day, PersonName
from models.values.masking import mask_id, mask_phone, mask_text, quote, showers, told_apart

NUMBER = "500106198503079012"
NAME = Column("姓名", PersonName(), name="name")
BIRTH = Column("出生日期", Day(), name="birth_date")
IDENTITY = Column("证件号码", IdNumber(), name="id_number")
MOBILE = Column("移动电话", Phone(), name="phone")


def test_a_number_alone_keeps_its_first_three_and_last_four() -> None:
    assert mask_id(NUMBER) == "500***********9012"


def test_a_number_beside_its_birth_date_keeps_only_the_first_six() -> None:
    assert mask_id(NUMBER, beside_birth=True) == "500106************"


@pytest.mark.parametrize(
    ("value", "covered"),
    [("USA110185030712", "USA********0712"), ("E12345678", "E1*****78"), ("A1234", "A****"), ("A", "*"), ("", "")],
)
def test_shorter_numbers_are_covered_too(value: str, covered: str) -> None:
    assert mask_id(value) == covered


def test_the_old_number_of_a_foreigner_hides_its_birth_date_beside_a_birth_date() -> None:
    assert mask_id("USA110185030712", beside_birth=True) == "USA************"


@pytest.mark.parametrize(
    ("value", "covered"),
    [
        ("19900000001", "199****0001"),
        ("023-63630000", "023-6363****"),
        ("023-63630000-801", "023-6363****-***"),
        ("63630000", "6363****"),
        ("19900000001、023-63630000", "199****0001、023-6363****"),
        ("119", "***"),
    ],
)
def test_phones_are_covered_in_the_middle_and_landlines_at_the_end(value: str, covered: str) -> None:
    assert mask_phone(value) == covered


def test_columns_printed_with_a_birth_date_show_less_of_the_number() -> None:
    row = ["王五", "1985-03-07", NUMBER, "19900000001"]
    shown = [show(value) for show, value in zip(showers([NAME, BIRTH, IDENTITY, MOBILE]), row, strict=True)]
    assert shown == ["王五", "1985-03-07", "500106************", "199****0001"]


def test_columns_printed_without_a_birth_date_show_both_ends_of_the_number() -> None:
    assert [show(NUMBER) for show in showers([IDENTITY])] == ["500***********9012"]


def test_columns_printed_in_full_show_everything() -> None:
    shown = [
        show(value) for show, value in zip(showers([BIRTH, IDENTITY], masked=False), ["1985", NUMBER], strict=True)
    ]
    assert shown == ["1985", NUMBER]


@pytest.mark.parametrize(
    "plain", [NUMBER, 5.00106198503079e17, "199-0000-0001", 19900000001, "电话63630000", "2024 19900000001"]
)
def test_a_sentence_never_repeats_a_number_of_a_person(plain: str | float) -> None:
    said = quote(plain) + (Choice(SEX).parse(plain).problem or pytest.fail("no problem")).text
    assert not any(digits in said for digits in ("5001", "0000", "1990", "6363"))


@pytest.mark.parametrize("plain", ["1985-02-30", "19850230", "1985/2/30 00:00:00", "约三十", "25-", 1985.13])
def test_a_sentence_repeats_a_date_or_a_short_text_as_written(plain: str | float) -> None:
    assert quote(plain) == str(plain)


def test_a_sentence_repeats_only_the_beginning_of_a_long_text() -> None:
    assert quote("甲" * 50) == "甲" * 19 + "…"


@pytest.mark.parametrize("code", ["91500106MA0EXAMP00", "91500106MA0EXAMP0", "81500106MC0EXAMP05", "12500000MB1234567X"])
def test_the_code_of_a_unit_is_no_number_of_a_person_and_stays_to_be_read(code: str) -> None:
    assert quote(code) == code
    assert mask_text(f"代码{code}，电话19900000001") == f"代码{code}，电话199******01"


@pytest.mark.parametrize(
    "text", [NUMBER, "50010619850307901X", "92500106MA0EXAMP00", "6222021001116245702", "915001060000000000"]
)
def test_what_may_be_a_persons_number_is_covered_wherever_it_stands(text: str) -> None:
    assert "*" in quote(text)
    assert "*" in mask_text(text)


def test_two_numbers_that_look_alike_covered_are_told_apart_by_place_and_not_by_digit() -> None:
    other = NUMBER[:14] + "812" + NUMBER[17:]
    shown = (mask_id(NUMBER, beside_birth=True), mask_id(other, beside_birth=True))
    assert told_apart(shown, (NUMBER, other)) == tuple(f"{each}（第 15、16、17 位不同）" for each in shown)
    assert told_apart(shown, (NUMBER, NUMBER)) == shown
    assert told_apart(("", shown[1]), (None, other)) == ("", shown[1])
    assert told_apart(("023-6531****",) * 2, ("023-65310001", "023-6531000"))[0] == "023-6531****（位数不同）"
