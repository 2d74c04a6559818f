"""Checks across the fields of a row: what one value says about another."""

import datetime as dt
from typing import Any

import pytest

from models.records.checks import CHECKS
from models.records.forms import FORMS
from samples.invented import id_number
from tests.aids.speaking import LI, TODAY, WANG


def checked(kind: str, today: dt.date = TODAY, **written: Any) -> tuple[dict[str, Any], list[tuple[str, str, str]]]:
    """Read the cells by their kinds and check the row: (values, [(code, column, level)])."""
    values, problems = {}, []
    for name, cell in written.items():
        parsed = FORMS[kind].by_name[name].column.kind.parse(cell)
        values[name] = parsed.value
        if parsed.problem is not None:
            problems.append(parsed.problem.at(name))
    found = CHECKS[kind](values, dict(written), problems, today)
    return values, [(each.code, each.column, each.level) for each in found]


def test_a_right_number_fills_in_birth_and_sex() -> None:
    values, problems = checked("workers", name="李芷汐", id_number=LI)
    assert (values["birth_date"], values["sex"], problems) == ("1990-02-28", "女", [])


@pytest.mark.parametrize("birth", ["1985", "1985-03", "1985-03-07", "1985年3月7日"])
def test_a_birth_date_that_agrees_as_far_as_it_goes_is_no_contradiction(birth: str) -> None:
    values, problems = checked("workers", name="王砚舟", id_number=WANG, birth_date=birth, sex="男")
    assert (values["birth_date"], problems) == ("1985-03-07", [])


def test_the_number_beats_a_contradicting_birth_and_sex() -> None:
    values, problems = checked("workers", name="王砚舟", id_number=WANG, birth_date="1985-04-07", sex="女")
    assert (values["birth_date"], values["sex"]) == ("1985-03-07", "男")
    assert problems == [("birth-contradicts-id", "birth_date", "warning"), ("sex-contradicts-id", "sex", "warning")]


def test_a_number_with_a_wrong_check_digit_says_nothing_about_birth_and_sex() -> None:
    values, problems = checked("workers", name="王砚舟", id_number=WANG[:-1] + "3", sex="女")
    assert (values.get("birth_date"), values["sex"]) == (None, "女")
    assert problems == [("id-check-digit", "id_number", "error")]


@pytest.mark.parametrize(
    ("others", "code", "level"),
    [
        ({}, "id-truncated-alone", "error"),
        ({"birth_date": "1985-03-07"}, "id-truncated-alone", "error"),
        ({"phone": "1990"}, "id-truncated-alone", "error"),
        ({"phone": "19900000001"}, "id-truncated", "warning"),
        ({"birth_date": "1985-03-07", "employer": "重庆霁蓝虚构印务有限公司"}, "id-truncated", "warning"),
    ],
)
def test_a_truncated_number_refuses_a_row_that_nothing_else_identifies(others: dict[str, Any], code: str, level: str) -> None:
    values, problems = checked("workers", name="王砚舟", id_number="5.00106E+17", **others)
    assert values["id_number"] is None
    assert (code, "id_number", level) in problems


def test_a_starred_number_is_held_to_the_same() -> None:
    assert checked("workers", name="王砚舟", id_number="500106********9012")[1] == [("id-masked-alone", "id_number", "error")]
    told = checked("workers", name="王砚舟", id_number="500106********9012", phone="19900000001")[1]
    assert told == [("id-masked", "id_number", "warning")]


def test_another_document_is_not_held_to_the_citizens_rules() -> None:
    values, problems = checked("workers", name="李芷汐", id_type="护照", id_number="e12345678", sex="女")
    assert (values["id_number"], problems) == ("E12345678", [])
    assert [code for code, _column, _level in checked("workers", name="李芷汐", id_type="护照", id_number="E1")[1]] == ["id-shape"]


@pytest.mark.parametrize(("born", "told"), [(2011, True), (2010, False), (1951, False), (1950, True)])
def test_an_unusual_age_is_warned_of(born: int, told: bool) -> None:
    number = id_number("500106", dt.date(born, 6, 1), 901)
    codes = [code for code, _column, _level in checked("workers", name="王砚舟", id_number=number)[1]]
    assert ("age-unusual" in codes) == told


@pytest.mark.parametrize(
    ("kind", "cells"),
    [
        ("workers", {"name": "王砚舟", "join_date": "2027-01-02"}),
        ("workers", {"name": "王砚舟", "change_type": "入会", "change_date": "2026-12"}),
        ("unions", {"name": "甲工会", "founding_date": "2027"}),
        ("employers", {"name": "甲公司", "founding_date": "2026-11-23"}),
        ("headcounts", {"subject": "甲公司", "staff_count": "30", "as_of": "2026-12-31"}),
    ],
)
def test_a_day_in_the_future_is_refused(kind: str, cells: dict[str, Any]) -> None:
    assert [(code, level) for code, _column, level in checked(kind, **cells)[1]] == [("day-future", "error")]
    assert checked(kind, dt.date(2028, 1, 1), **cells)[1] == []


def test_today_and_this_month_are_not_the_future() -> None:
    assert checked("unions", name="甲工会", founding_date="2026-11-22")[1] == []
    assert checked("headcounts", subject="甲公司", staff_count="30", as_of="2026-11")[1] == []


def test_somebody_retired_who_joins_is_asked_about() -> None:
    joining = checked("workers", name="王砚舟", employment_state="退休", change_type="入会")[1]
    assert joining == [("retired-joining", "employment_state", "warning")]
    assert checked("workers", name="王砚舟", employment_state="退休", change_type="保留")[1] == []
    assert checked("workers", name="王砚舟", employment_state="在岗", change_type="入会")[1] == []


@pytest.mark.parametrize(
    ("nature", "written", "non_public"),
    [("私营企业", None, 1), ("国企", None, 0), ("社会团体", None, None), ("国有企业", "是", 1), ("私营企业", "否", 0)],
)
def test_non_public_follows_from_the_nature_unless_it_is_written(
    nature: str, written: str | None, non_public: int | None
) -> None:
    cells: dict[str, Any] = {"non_public": written} if written else {}
    assert checked("employers", name="甲公司", nature=nature, **cells)[0].get("non_public") == non_public


def test_parts_must_not_exceed_the_whole() -> None:
    cells: dict[str, Any] = {"staff_count": "40", "women_staff_count": "41", "member_count": "50", "women_member_count": "51"}
    expected = [
        ("members-above-staff", "member_count", "warning"), ("women-above-all", "women_staff_count", "warning"),
        ("women-above-all", "women_member_count", "warning"),
    ]  # fmt: skip
    assert checked("headcounts", subject="甲公司", **cells)[1] == expected
    assert checked("unions", name="甲工会", **cells)[1] == expected
    assert checked("unions", name="甲工会", staff_count="40", women_staff_count="40", member_count="40")[1] == []


def test_a_row_that_counts_nothing_is_refused() -> None:
    assert checked("headcounts", subject="甲公司", as_of="2024-06")[1] == [("counts-missing", "", "error")]
    assert checked("headcounts", subject="甲公司", staff_count="0")[1] == []
