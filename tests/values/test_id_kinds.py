"""Identity numbers, credit codes and phones. All of them are invented."""

import datetime as dt

import pytest

from models.values.columns import Plain
from models.values.id_kinds import CreditCode, IdNumber, Phone, id_for_type
from tests.aids.reading import read

RIGHT = "500106198503079012"


@pytest.mark.parametrize(
    ("plain", "value", "code"),
    [
        (RIGHT, RIGHT, ""),
        (" 500106 19850307 9012 ", RIGHT, ""),
        ("'５００１０６１９８５０３０７９０１２", RIGHT, ""),
        ("11010519491231002×", "11010519491231002X", ""),
        ("500106850307901", RIGHT, ""),
        (500106850307901, RIGHT, ""),
        (500106850307901.0, RIGHT, ""),
        ("usa110185030712", "USA110185030712", ""),
        ("500106198503079013", "500106198503079013", "id-check-digit"),
        ("500106198513079012", "500106198513079012", "id-date"),
        ("500106851307901", "500106851307901", "id-date"),
        ("50010619850307901", "50010619850307901", "id-shape"),
        ("E12345678", "E12345678", "id-shape"),
        ("见附件（二）", "见附件二", "id-shape"),
        ("问本人？", None, "id-shape"),
        (5.00106198503079e17, None, "id-truncated"),
        (500106198503079012, None, "id-truncated"),
        ("5.00106E+17", None, "id-truncated"),
        ("500106198503079000", None, "id-truncated"),
        (50010619850307901, None, "id-shape"),
        ("500***********9012", None, "id-masked"),
        (dt.date(1985, 3, 7), None, "id-shape"),
        (True, None, "id-shape"),
        ("无", None, ""),
        ("（无）", None, ""),
        ("'", None, ""),
    ],
)
def test_an_identity_number_is_read_or_its_fault_named(plain: Plain, value: str | None, code: str) -> None:
    assert read(IdNumber(), plain) == (value, code)


@pytest.mark.parametrize(
    "number",
    ["510202198503079014", "810000199001019013", "820000199001019023", "830000199001019033", "911840198503079010"],
)
def test_old_areas_residence_permits_and_foreigners_follow_the_same_rule(number: str) -> None:
    assert read(IdNumber(), number) == (number, "")
    assert read(IdNumber(), number[:-1] + "X") == (number[:-1] + "X", "id-check-digit")


@pytest.mark.parametrize(
    ("plain", "id_type", "value", "code"),
    [
        ("e1234 5678", "护照", "E12345678", ""),
        (12345678, "台湾居民来往大陆通行证", "12345678", ""),
        ("军字第1234567号", "军官证", "军字第1234567号", ""),
        ("500106850307901", "其他", "500106850307901", ""),
        (500106850307901, "其他", "500106850307901", ""),
        ("500106850307901", "户口簿", RIGHT, ""),
        ("A12345678", "户口簿", "A12345678", ""),
        ("E12345678", "居民身份证", "E12345678", "id-shape"),
        ("E12345678", None, "E12345678", "id-shape"),
        ("500106198503079013", "居民身份证", "500106198503079013", "id-check-digit"),
        ("E123", "护照", "E123", "id-shape"),
        (5.00106198503079e17, "其他", None, "id-truncated"),
        (None, "护照", None, ""),
    ],
)
def test_other_documents_are_not_held_to_the_rules_of_the_identity_card(
    plain: Plain, id_type: str | None, value: str | None, code: str
) -> None:
    parsed = id_for_type(plain, id_type)
    assert (parsed.value, parsed.problem.code if parsed.problem else "") == (value, code)


EMPLOYER_CODE = "91350100M000100Y43"
UNION_CODE = "81500106MC0EXAMP05"


@pytest.mark.parametrize(
    ("plain", "value", "code"),
    [
        (EMPLOYER_CODE, EMPLOYER_CODE, ""),
        (" 91350100-m000100y43 ", EMPLOYER_CODE, ""),
        ("９１３５０１００Ｍ０００１００Ｙ４３", EMPLOYER_CODE, ""),
        ("91350100M000100Y44", None, "code-check-character"),
        ("9135O100M000100Y43", None, "code-check-character"),
        ("500106000012345", None, "code-shape"),
        ("M000100Y4", None, "code-shape"),
        (9.15001060000012e17, None, "code-truncated"),
        ("9.15E+17", None, "code-truncated"),
        ("915001060000012000", None, "code-truncated"),
        (500106000012345, None, "code-shape"),
    ],
)
def test_a_credit_code_is_read_or_dropped_with_the_reason(plain: Plain, value: str | None, code: str) -> None:
    assert read(CreditCode(), plain) == (value, code)


def test_the_codes_of_a_union_and_of_its_employer_are_told_apart() -> None:
    assert read(CreditCode(of="union"), UNION_CODE) == (UNION_CODE, "")
    assert read(CreditCode(of="union"), EMPLOYER_CODE) == (None, "code-kind-employer")
    assert read(CreditCode(of="employer"), EMPLOYER_CODE) == (EMPLOYER_CODE, "")
    assert read(CreditCode(of="employer"), UNION_CODE) == (None, "code-kind-union")
    assert read(CreditCode(), UNION_CODE) == (UNION_CODE, "")


@pytest.mark.parametrize(
    ("plain", "value"),
    [
        ("19900000001", "19900000001"),
        (19900000001, "19900000001"),
        (19900000001.0, "19900000001"),
        ("1.9900000001E+10", "19900000001"),
        ("+86 199-0000-0001", "19900000001"),
        ("008619900000001", "19900000001"),
        ("8619900000001", "19900000001"),
        ("１９９ ００００ ０００１", "19900000001"),
        ("023-63630000", "023-63630000"),
        ("(023) 6363 0000", "023-63630000"),
        ("02363630000", "023-63630000"),
        (2363630000, "023-63630000"),
        ("+86 23 63630000", "023-63630000"),
        ("0831—2345678转801", "0831-2345678-801"),
        ("023-6363-0000", "023-63630000"),
        ("63630000", "63630000"),
        ("6363-0000", "63630000"),
        ("63630000-8", "63630000-8"),
        ("400-123-4567", "4001234567"),
        ("19900000001/19900000002", "19900000001、19900000002"),
        ("19900000001、023-63630000", "19900000001、023-63630000"),
        ("19900000001 19900000002", "19900000001、19900000002"),
        ("19900000001；19900000001", "19900000001"),
    ],
)
def test_a_phone_is_stored_in_one_form(plain: Plain, value: str) -> None:
    assert read(Phone(), plain) == (value, "")


@pytest.mark.parametrize(
    "plain",
    [
        "1990000001",
        1990000001,
        "199000000011",
        "199****0001",
        "19900000001/1",
        "110",
        "1.99E+10",
        "王五",
        True,
        1.5,
        RIGHT,
    ],
)
def test_what_is_no_phone_is_dropped_and_told(plain: Plain) -> None:
    assert read(Phone(), plain) == (None, "phone-shape")
