"""Identity numbers and credit codes. All numbers are invented; the check digits are worked out by the rule."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.values import ids

RIGHT = "500106198503079012"
CUT = "500106198503079000"


def is_right(number: str) -> bool:
    """True for an identity number of the right shape and day whose last character is its check digit."""
    shaped = ids.is_id_shape(number) and ids.is_day_shape(number[6:14])
    return shaped and ids.check_digit(number[:17]) == number[17]


def test_the_check_digit_is_that_of_the_standard_s_own_example() -> None:
    assert ids.check_digit("11010519491231002") == "X"


@pytest.mark.parametrize(
    "number", [RIGHT, "510202198503079014", "810000199001019013", "820000199001019023", "911840198503079010"]
)
def test_numbers_of_any_area_are_right_with_one_last_character_only(number: str) -> None:
    assert [last for last in "0123456789X" if is_right(number[:17] + last)] == [number[17]]


@given(st.integers(0, 17), st.integers(1, 9))
def test_any_one_changed_digit_makes_a_number_wrong(place: int, by: int) -> None:
    changed = str((int(RIGHT[place]) + by) % 10)
    assert not is_right(RIGHT[:place] + changed + RIGHT[place + 1 :])


@given(st.integers(0, 16))
def test_two_neighbouring_digits_exchanged_make_a_number_wrong(place: int) -> None:
    exchanged = RIGHT[:place] + RIGHT[place + 1] + RIGHT[place] + RIGHT[place + 2 :]
    assert exchanged == RIGHT or not is_right(exchanged)


@pytest.mark.parametrize("day", ["19850229", "19851301", "19850431", "19000229", "17991231", "00000000", "1985030X"])
def test_days_that_the_calendar_lacks_are_no_birth_dates(day: str) -> None:
    assert not ids.is_day_shape(day)


@pytest.mark.parametrize("day", ["19840229", "20000229", "18991231", "20240131"])
def test_days_of_the_calendar_are_birth_dates(day: str) -> None:
    assert ids.is_day_shape(day)


def test_an_old_number_gets_its_century_and_check_digit() -> None:
    number = ids.from15("500106850307901")
    assert number == RIGHT
    assert is_right(number)


def test_sex_and_birth_date_come_from_the_number() -> None:
    assert ids.birth_and_sex(RIGHT) == ("1985-03-07", "男")
    assert ids.birth_and_sex("500106198503079020") == ("1985-03-07", "女")
    assert ids.birth_of(RIGHT) == "1985-03-07"


@pytest.mark.parametrize("number", ["", "E12345678", "50010619850307901", "500106198513079012"[:17]])
def test_other_numbers_tell_neither_sex_nor_birth_date(number: str) -> None:
    assert ids.birth_and_sex(number) is None
    assert ids.birth_of(number) is None


def test_a_number_with_an_impossible_date_tells_no_birth_date() -> None:
    assert ids.birth_of("500106198513079012") is None


@pytest.mark.parametrize(
    "written",
    [
        "５００１０６１９８５０３０７９０１２",
        "'500106198503079012",
        "500106 19850307 9012",
        "500106-19850307-9012",
        "\u200b500106198503079012\xa0",
    ],
)
def test_a_written_number_is_brought_into_one_form(written: str) -> None:
    assert ids.clean_number(written) == RIGHT


@pytest.mark.parametrize("last", ["x", "X", "×", "Ｘ", "ｘ", "Х", "х"])
def test_every_sign_people_type_for_the_last_x_is_x(last: str) -> None:
    assert ids.clean_number("11010519491231002" + last) == "11010519491231002X"


@pytest.mark.parametrize(
    ("number", "digits"),
    [
        (5.00106198503079e17, CUT),
        (500106198503079012, RIGHT),
        (13812345678.0, "13812345678"),
        (1.5, ""),
        (-1, ""),
        (0, "0"),
    ],
)
def test_the_digits_of_a_numeric_cell_are_those_it_shows(number: float, digits: str) -> None:
    assert ids.digits_of(number) == digits


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf"), 10**400])
def test_numbers_beyond_all_reason_have_no_digits(number: float) -> None:
    assert ids.digits_of(number) == ""


@pytest.mark.parametrize("plain", [5.00106198503079e17, CUT, "5.00106198503079E+17", 500106198503079012])
def test_fifteen_digits_survive_in_a_truncated_number(plain: str | float) -> None:
    assert ids.first15(plain) == "500106198503079"


def test_a_number_rounded_by_a_program_gives_fifteen_digits_only_where_the_rounding_cannot_have_changed_them() -> None:
    assert ids.first15(float(500106198503079512)) == "500106198503079"
    assert ids.first15(float(500106198503079940)) is None


@pytest.mark.parametrize("plain", [RIGHT, "5.00106E+17", "500106850307901", 500106850307901, None, True, "", "王五"])
def test_nothing_survives_where_nothing_was_truncated_or_too_much(plain: str | float | None) -> None:
    assert ids.first15(plain) is None


def test_the_check_character_is_that_of_a_known_code() -> None:
    assert ids.code_check_character("91350100M000100Y4") == "3"
    assert ids.is_right_code("91350100M000100Y43")


@given(st.integers(0, 17), st.integers(1, 30))
def test_any_one_changed_character_makes_a_code_wrong(place: int, by: int) -> None:
    code = "91350100M000100Y43"
    changed = ids.CODE_ALPHABET[(ids.CODE_ALPHABET.index(code[place]) + by) % 31]
    assert not ids.is_right_code(code[:place] + changed + code[place + 1 :])
