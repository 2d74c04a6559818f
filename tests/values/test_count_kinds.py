"""Days, counts, yes and no."""

import datetime as dt

import pytest

from models.values.columns import Plain
from models.values.kinds import Count, Day, YesNo
from tests.aids.reading import read


def test_a_day_is_read_with_its_precision_and_its_doubts() -> None:
    assert read(Day(), "1985年7月") == ("1985-07", "")
    assert read(Day(), 1985.1) == ("1985", "day-october")
    assert read(Day(), "1985-02-30") == (None, "day-unreadable")
    assert "1985-02-30" in (Day().parse("1985-02-30").problem or pytest.fail("no problem")).text


@pytest.mark.parametrize(
    ("plain", "value"),
    [(25, 25), (25.0, 25), ("25", 25), ("25.0", 25), ("25人", 25), ("25 名", 25), ("１２", 12), ("1,204", 1204), ("1 204人", 1204),
    ("十二", 12),
     ("一百零五人", 105), ("两百", 200), ("0", 0), ("3年", 3)],
)  # fmt: skip
def test_a_count_is_read(plain: Plain, value: int) -> None:
    assert read(Count(), plain) == (value, "")


@pytest.mark.parametrize(
    ("plain", "value"),
    [("约30", 30), ("30左右", 30), ("30余人", 30), ("30多名", 30), ("三十来人", 30), ("十几人", 10), ("百余人", 100),
     ("100-299", 100), ("100～299人", 100), ("100人至299人", 100), ("100--299", 100), ("200+", 200), ("25人以上", 25), ("≥25", 25),
     ("1.2万", 12000)],
)  # fmt: skip
def test_a_range_or_an_about_counts_by_its_lower_bound_and_says_so(plain: Plain, value: int) -> None:
    assert read(Count(), plain) == (value, "count-approximate")
    assert str(value) in (Count().parse(plain).problem or pytest.fail("no problem")).text


@pytest.mark.parametrize(
    "plain",
    ["近百", "近100", "不足25", "25以下", "<25", "几十", "一百二", "二三十", "-5", -5, 25.5, "25.5", "30-25", "1,20", "25/30", "男10女15",
     "2024-05-06", "30 20", "30\n20", "1 2 0人", dt.date(2024, 5, 6), True, 10**9, "1234567890", float("nan")],
)  # fmt: skip
def test_what_has_no_lower_bound_or_is_no_count_is_dropped(plain: Plain) -> None:
    assert read(Count(), plain) == (None, "count-unreadable")


def test_large_counts_are_shown_in_groups() -> None:
    assert Count().show(12000) == "12,000"
    assert Count().export(12000) == 12000


@pytest.mark.parametrize(
    "plain", ["是", "有", "√", "√√", "✔", "Y", "yes", "TRUE", "1", 1, 1.0, True, "已建立", " 是 。", "对"]
)
def test_yes_is_read(plain: Plain) -> None:
    assert read(YesNo(), plain) == (1, "")


@pytest.mark.parametrize(
    "plain", ["否", "无", " 无 ", "×", "××", "X", "N", "no", "false", "0", 0, 0.0, False, "未签订", "没有", "不是"]
)
def test_no_is_read_and_here_a_bare_wu_is_a_no(plain: Plain) -> None:
    assert read(YesNo(), plain) == (0, "")


def test_what_is_unknown_is_neither_yes_nor_no() -> None:
    assert read(YesNo(), "未知") == (None, "")
    assert read(YesNo(), "待核实") == (None, "")
    assert read(YesNo(), "是（2024）") == (None, "yes-no-unknown")
    assert read(YesNo(), "是？") == (None, "yes-no-unknown")
    assert read(YesNo(), "√×") == (None, "yes-no-unknown")
    assert read(YesNo(), 2) == (None, "yes-no-unknown")
    assert read(YesNo(), dt.date(2024, 5, 6)) == (None, "yes-no-unknown")


def test_a_field_may_know_further_words_for_yes_and_no() -> None:
    operating = YesNo(yes="存续 在营", no="注销 吊销")
    assert [operating.parse(word).value for word in ("存续", "注销", "是", "否")] == [1, 0, 1, 0]
    assert read(YesNo(), "存续") == (None, "yes-no-unknown")


def test_yes_and_no_are_shown_and_exported_as_words() -> None:
    assert [YesNo().show(value) for value in (1, 0, None)] == ["是", "否", ""]
    assert [YesNo().export(value) for value in (1, 0, None)] == ["是", "否", None]
