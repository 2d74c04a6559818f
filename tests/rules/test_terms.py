"""When terms end: from the election on, by days, and what an unfilled or a wrong term says."""

import datetime as dt
from typing import Any

import pytest

from models.journal.writer import Author, batch
from models.records.region import load_index
from models.records.union import Union
from models.standing.terms import end_of_term, months_later, term_counts, terms
from models.uid import new_uid
from tests.aids.speaking import TODAY


def union(author: Author, name: str, start: str | None, years: int | None, **values: Any) -> str:
    """A union in being with a term."""
    uid = new_uid()
    known = {"founding_date": "2010-01-01", "state": "正常", "verified": 1} | values
    with batch("edit", author) as writer:
        writer.create(Union, {"uid": uid, "name": name, "term_start": start, "term_years": years, **known})
    return uid


@pytest.mark.parametrize(
    ("start", "years", "end"),
    [
        ("2021-05-01", 5, "2026-05-01"),
        ("2021-05-01", 3, "2024-05-01"),
        ("2021-05", 5, "2026-05-01"),
        ("2021", 5, "2026-01-01"),
        ("2024-02-29", 3, "2027-02-28"),
        ("2023-02-28", 5, "2028-02-28"),
        (None, 5, None),
        ("2021-05-01", None, None),
        ("2021-05-01", 0, None),
        ("2021-05-01", 99_999, None),
    ],
)
def test_a_term_ends_so_many_years_after_its_election(start: str | None, years: int | None, end: str | None) -> None:
    found = end_of_term(start, years)
    assert (found and found.isoformat()) == end


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        ("2026-08-22", 3, "2026-11-22"),
        ("2026-11-30", 3, "2027-02-28"),
        ("2025-12-31", 12, "2026-12-31"),
        ("2026-01-15", 0, "2026-01-15"),
    ],
)
def test_months_later_is_the_same_day_or_the_month_s_last(day: str, months: int, later: str) -> None:
    assert months_later(dt.date.fromisoformat(day), months).isoformat() == later


@pytest.mark.parametrize(
    ("left", "state"),
    [
        (-400, "overdue"), (-1, "overdue"), (0, "due30"), (30, "due30"), (31, "due90"), (90, "due90"), (91, "due180"),
        (180, "due180"), (181, "running"),
    ],
)  # fmt: skip
def test_the_state_follows_from_the_days_left(register: object, author: Author, left: int, state: str) -> None:
    end = TODAY + dt.timedelta(days=left)
    union(author, "甲工会", end.replace(year=end.year - 3).isoformat(), 3)
    (term,) = terms(TODAY, load_index(TODAY))
    assert (term.end, term.days_left, term.state) == (end.isoformat(), left, state)


def test_the_founding_never_stands_in_for_an_unknown_election(register: object, author: Author) -> None:
    union(author, "甲工会", None, 5, founding_date="2018-05-06")
    (term,) = terms(TODAY, load_index(TODAY))
    assert (term.end, term.days_left, term.state) == (None, None, "unknown")


def test_the_longest_overdue_comes_first_and_the_unknown_last(register: object, author: Author) -> None:
    union(author, "未知", None, None)
    union(author, "在任", "2026-05-01", 5)
    union(author, "超期一年", "2020-11", 5)
    union(author, "超期三年", "2018-11", 5, extension_number="沙工发〔2023〕9号")
    found = terms(TODAY, load_index(TODAY))
    assert [(term.name, term.state, term.approved_extension) for term in found] == [
        ("超期三年", "overdue", True), ("超期一年", "overdue", False), ("在任", "running", False), ("未知", "unknown", False),
    ]  # fmt: skip
    assert term_counts(found) == {"overdue": 2, "due30": 0, "due90": 0, "due180": 0, "running": 1, "unknown": 1}


@pytest.mark.parametrize(
    "values",
    [
        {"state": "撤销"},
        {"state": "筹备"},
        {"verified": 0},
        {"founding_date": "2026-11-23"},
        {"union_type": "工会小组"},
        {"union_type": "工会工作委员会"},
        {"org_form": "组织员"},
        {"org_form": "小组"},
    ],
)
def test_what_is_not_in_being_or_elects_no_committee_has_no_term(
    register: object, author: Author, values: dict[str, Any]
) -> None:
    union(author, "甲工会", "2020-05-01", 5, **values)
    assert terms(TODAY, load_index(TODAY)) == []


def test_a_union_dissolved_since_then_had_a_term_on_an_earlier_day(register: object, author: Author) -> None:
    union(author, "甲工会", "2020-05-01", 5, state="撤销", dissolved_on="2024-06")
    earlier = dt.date(2024, 5, 31)
    assert [(term.state, term.end) for term in terms(earlier, load_index(earlier))] == [("running", "2025-05-01")]
    assert terms(dt.date(2024, 6, 1), load_index(TODAY)) == []


def test_a_region_has_the_terms_of_the_unions_below_it(register: object, author: Author) -> None:
    index = load_index(TODAY)
    union(author, "甲工会", "2020-05-01", 5, region=index.resolve("沙坪坝区小龙坎街道").uid)
    union(author, "乙工会", "2020-05-01", 5, region=index.resolve("万州区").uid)
    union(author, "丙工会", "2020-05-01", 5)
    found = terms(TODAY, index, index.resolve("沙坪坝区").uid)
    assert [(term.name, term.region) for term in found] == [("甲工会", "沙坪坝区小龙坎街道")]
