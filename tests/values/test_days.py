"""Dates as people and sheets write them."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.values.columns import Plain
from models.values.days import first_day, full_year, precision, read_day

READ: list[tuple[Plain, str]] = [
    ("1985-07-12", "1985-07-12"),
    ("1985/7/12", "1985-07-12"),
    ("1985.07.12", "1985-07-12"),
    ("1985.7.12.", "1985-07-12"),
    ("1985-07-12 00:00:00", "1985-07-12"),
    ("1985/7/12 0:00", "1985-07-12"),
    ("1985-07-12T08:30:00.000Z", "1985-07-12"),
    ("1985年7月12日", "1985-07-12"),
    ("1985 年 7 月 12 日", "1985-07-12"),
    ("1985年7月12号", "1985-07-12"),
    ("1985年7月12日出生", "1985-07-12"),
    ("１９８５年７月", "1985-07"),
    ("1985年07月", "1985-07"),
    ("1985年7月份", "1985-07"),
    ("1985年", "1985"),
    ("1985", "1985"),
    ("1985.7", "1985-07"),
    ("1985.01", "1985-01"),
    ("1985.10", "1985-10"),
    ("1985-1", "1985-01"),
    ("1985/11", "1985-11"),
    ("85.7.12", "1985-07-12"),
    ("85年7月", "1985-07"),
    ("05.7.12", "2005-07-12"),
    ("19850307", "1985-03-07"),
    ("198507", "1985-07"),
    ("850712", "1985-07-12"),
    ("1985 7 12", "1985-07-12"),
    ("1985、7、12", "1985-07-12"),
    ("1985—7—12", "1985-07-12"),
    ("2024.5.6", "2024-05-06"),
    ("二〇二四年五月", "2024-05"),
    ("二○二四年十二月三十一日", "2024-12-31"),
    ("一九八五年十月", "1985-10"),
    (1985, "1985"),
    (198507, "1985-07"),
    (19850307, "1985-03-07"),
    (19850307.0, "1985-03-07"),
    (1985.7, "1985-07"),
    (1985.01, "1985-01"),
    (1985.11, "1985-11"),
    (1985.12, "1985-12"),
    (31239, "1985-07-11"),
    (31239.75, "1985-07-11"),
    ("31239", "1985-07-11"),
    (dt.date(1985, 7, 12), "1985-07-12"),
    (dt.datetime(1985, 7, 12, 8, 30), "1985-07-12"),
]


@pytest.mark.parametrize(("written", "day"), READ, ids=[repr(written) for written, _day in READ])
def test_a_date_is_read_with_the_precision_it_has(written: Plain, day: str) -> None:
    assert read_day(written) == (day, "")


@pytest.mark.parametrize("written", [1985.1, "1985.1", " 1985．1 "])
def test_january_or_october_is_read_as_the_year_and_told(written: Plain) -> None:
    assert read_day(written) == ("1985", "day-october")


@pytest.mark.parametrize(
    "written",
    [
        "1985-02-30", "1985-13-01", "1985.13", "19851340", "1985-00-01", "1985-07-00", "2023-02-29",
        "12/7/1985", "25/12/1985", "12/7/15", "1/2/03", "85.7", "190305", "1985.7-12", "2019.3-2021.5",
        "至今", "长期", "民国七十四年", "五月", "1800-01-01", "1900-01-01", "2101", 0, 1, 7, 99999, 123456789, 1985.13, 1985.123,
        -5, True, float("nan"), float("inf"), 10**400, dt.date(1899, 12, 31), "", "王五", "500106198503079012",
    ],
)  # fmt: skip
def test_what_is_no_date_or_could_be_two_is_not_guessed(written: Plain) -> None:
    assert read_day(written) == (None, "day-unreadable")


@given(st.dates(dt.date(1931, 1, 1), dt.date(2100, 12, 31)))
def test_every_day_is_read_from_every_common_way_of_writing_it(day: dt.date) -> None:
    serial = (day - dt.date(1899, 12, 30)).days
    ways: list[Plain] = [
        day, day.isoformat(), int(day.strftime("%Y%m%d")), serial,
        f"{day.year}/{day.month}/{day.day}", f"{day.year}.{day.month}.{day.day}", f"{day.year}年{day.month}月{day.day}日",
    ]  # fmt: skip
    assert {read_day(way) for way in ways if way != serial or 10_000 <= serial <= 80_000} == {(day.isoformat(), "")}


def test_two_digit_years_are_read_as_excel_reads_them() -> None:
    assert [full_year(year) for year in (0, 29, 30, 85, 99)] == [2000, 2029, 1930, 1985, 1999]


def test_a_stored_day_tells_its_precision_and_counts_from_its_first_day() -> None:
    told = [(precision(day), first_day(day)) for day in ("2024", "2024-05", "2024-05-06")]
    assert told == [("year", dt.date(2024, 1, 1)), ("month", dt.date(2024, 5, 1)), ("day", dt.date(2024, 5, 6))]
