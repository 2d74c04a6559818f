"""Periods as one value: what people write, the key that is kept, what has passed, the same period of the year before."""

import datetime as dt

import pytest

from models.errors import UserError
from models.figures.counts import by_region, count
from models.figures.facts import Period, Scope
from models.figures.indicators import find_indicator
from models.figures.periods import beside, key_of, last_year, last_year_of, name_of, of_length, read_period, until
from models.figures.progress import progress, progress_by
from models.figures.sums import ELSEWHERE
from models.figures.targets import remove_target, set_target, sums_beside, targets
from models.journal.log import Batch
from models.journal.undo import undo
from models.journal.writer import Author
from models.ledger.kinds import seed_uid
from models.records.drive_case import CaseStep, DriveCase
from models.records.ledger import LedgerEntry
from models.records.region import load_index
from tests.aids.speaking import TODAY
from tests.figures.test_indicators import employer, made, person, place, union

HALF = read_period("2026-H1")
ACTION = read_period("2024-2026")


def days(text: str) -> tuple[str, str]:
    """The first and the last day of a written period."""
    period = read_period(text)
    return period.start.isoformat(), period.end.isoformat()


@pytest.mark.parametrize(
    ("written", "key", "name", "first", "last"),
    [
        ("2026-02", "2026-02", "2026 年 2 月", "2026-02-01", "2026-02-28"),
        ("2024年2月份", "2024-02", "2024 年 2 月", "2024-02-01", "2024-02-29"),
        ("2026-Q2", "2026-Q2", "2026 年第二季度", "2026-04-01", "2026-06-30"),
        ("2026年三季度", "2026-Q3", "2026 年第三季度", "2026-07-01", "2026-09-30"),
        ("2026-h1", "2026-H1", "2026 年上半年", "2026-01-01", "2026-06-30"),
        ("2026年下半年", "2026-H2", "2026 年下半年", "2026-07-01", "2026-12-31"),
        ("２０２６", "2026", "2026 年", "2026-01-01", "2026-12-31"),
        ("2024—2026年", "2024-2026", "2024—2026 年", "2024-01-01", "2026-12-31"),
        ("2026-01-01..2026-03-31", "2026-Q1", "2026 年第一季度", "2026-01-01", "2026-03-31"),
        ("2026-01-05..2026-03-09", "2026-01-05..2026-03-09", "2026-01-05 到 2026-03-09", "2026-01-05", "2026-03-09"),
    ],
)
def test_what_people_write_is_one_value(written: str, key: str, name: str, first: str, last: str) -> None:
    period = read_period(written)
    assert (key_of(period), name_of(period), *days(written)) == (key, name, first, last)
    assert read_period(key) == period


@pytest.mark.parametrize("text", ["", "上半年", "2026-13", "2026-Q5", "2026-H3", "2026-2024", "2026-03-09..2026-01-05",
    "2026-02-30..2026-03-01", "0000", "九月"])  # fmt: skip
def test_what_is_no_period_is_told_with_examples(text: str) -> None:
    with pytest.raises(UserError, match="不是期间。请写成 2026-05"):
        read_period(text)


@pytest.mark.parametrize(
    ("period", "before"),
    [
        ("2026-05", "2025-05"), ("2026-Q2", "2025-Q2"), ("2026-H1", "2025-H1"), ("2026", "2025"), ("2024-2026", "2021-2023"),
        ("2025-02", "2024-02"), ("2024-02", "2023-02"), ("2026-01-05..2026-03-09", "2025-01-05..2025-03-09"),
    ],
)  # fmt: skip
def test_the_same_period_of_the_year_before(period: str, before: str) -> None:
    assert last_year(read_period(period)) == read_period(before)


def test_of_what_has_passed_as_much_of_the_year_before() -> None:
    passed = until(HALF, dt.date(2026, 5, 12))
    assert passed == Period(dt.date(2026, 1, 1), dt.date(2026, 5, 12))
    assert last_year_of(passed, HALF) == Period(dt.date(2025, 1, 1), dt.date(2025, 5, 12))
    assert until(HALF, dt.date(2026, 9, 1)) == HALF
    assert last_year_of(HALF, HALF) == read_period("2025-H1")
    leap = until(read_period("2024"), dt.date(2024, 2, 29))
    assert last_year_of(leap, read_period("2024")).end == dt.date(2023, 2, 28)
    with pytest.raises(UserError, match="2026 年下半年还没有开始"):
        until(read_period("2026-H2"), dt.date(2026, 6, 30))


def test_the_period_before_and_after() -> None:
    assert [key_of(beside(of_length("quarter", dt.date(2026, 2, 1)), step)) for step in (-1, 0, 4)] == ["2025-Q4",
        "2026-Q1", "2027-Q1"]
    assert key_of(beside(ACTION, 1)) == "2027-2029"
    assert key_of(beside(read_period("2026-01-05..2026-01-11"), 1)) == "2026-01-12..2026-01-18"


def test_a_target_of_a_half_year_of_a_month_and_of_three_years(register: object, author: Author) -> None:
    index = load_index(TODAY)
    one = union(author, founded="2026-02-01")
    union(author, "乙工会", founded="2024-09-01")
    person(author, ("入会", one, "2026-03-01"))
    for period, value in ((HALF, 4), (read_period("2026-05"), 2), (ACTION, 10), (2026, 6)):
        set_target(period, "new_unions", value, author, index)
    assert [(each.year, each.period, each.value) for each in targets(HALF)] == [(2026, "2026-H1", 4)]
    assert [each.value for each in targets(2026)] == [6]
    (half,) = progress(HALF, dt.date(2026, 3, 31))
    assert (half.actual.value, half.target, half.share, half.plan, half.forecast) == (1, 4, 25, 1, 2)
    (three,) = progress(ACTION, dt.date(2026, 12, 31))
    assert (three.actual.value, three.target, three.share, three.state) == (2, 10, 20, "behind")
    (may,) = progress(read_period("2026-05"), TODAY)
    assert (may.actual.value, may.gap) == (0, 2)
    set_target(ACTION, "新建工会", 12, author, index)
    undo(Batch.select().order_by(Batch.id.desc()).get().id, author)
    assert [each.value for each in targets(ACTION)] == [10]
    remove_target(targets(ACTION)[0].uid, author)
    assert targets(ACTION) == []


def case(author: Author, staff: int, organizer: str | None, covered_by: str | None = None) -> str:
    """An employer whose drive case has an organizer and stands at its first stage since the spring of 2026."""
    uid = employer(author, staff, covered_by)
    opened = made(author, DriveCase, employer=uid, stage="待筹建", organizer=organizer)
    made(author, CaseStep, drive_case=opened, stage="待筹建", date="2026-04-01")
    return uid


def test_every_number_by_the_organizer_who_is_responsible(register: object, author: Author) -> None:
    one, shared, nobodys = union(author), union(author, "共同工会"), union(author, "无人工会")
    case(author, 40, "陈示例", one)
    case(author, 30, "陈示例", shared)
    case(author, 30, "李示例", shared)
    case(author, 60, "李示例")
    for at in (one, shared, nobodys):
        person(author, ("入会", at, "2026-03-01"))
    made(author, LedgerEntry, ledger_kind=seed_uid("走访"), date="2026-04-01", quantity=3, person="李示例")
    year = Period(dt.date(2026, 1, 1), dt.date(2026, 6, 30))

    def of(key: str) -> dict[str, float | None]:
        return {name: number.value for name, number in by_region(key, "person", Scope(), year).items()}

    assert of("members") == {"陈示例": 1, ELSEWHERE: 2}
    assert of("new_members") == {"陈示例": 1, ELSEWHERE: 2}
    assert of("unions") == {"陈示例": 1, ELSEWHERE: 2}
    assert of("on_list") == {"李示例": 1}
    assert of("coverage_employers") == {"陈示例": 100, "李示例": 50}
    assert of("stage:待筹建") == {"陈示例": 2, "李示例": 2}
    assert of(f"ledger:{seed_uid('走访')}:quantity") == {"李示例": 3}
    for key in ("members", "new_members", "unions", "on_list", "coverage_employers", "stage:待筹建"):
        for name, value in of(key).items():
            if name:
                assert count(key, Scope(person=name), year).value == value, key
    with pytest.raises(UserError, match="不能按负责人统计"):
        by_region("small_three", "person", Scope(), year)


def test_targets_of_persons_and_unions_and_their_sum_against_the_whole(register: object, author: Author) -> None:
    index, one = load_index(TODAY), union(author, founded="2026-02-01")
    case(author, 40, "陈示例", one)
    set_target(HALF, "new_unions", 10, author, index)
    set_target(HALF, "new_unions", 3, author, index, Scope(person="陈示例"))
    set_target(HALF, "new_unions", 4, author, index, Scope(person="李示例"))
    set_target(HALF, "new_members", 30, author, index, Scope(union=one))
    set_target(HALF, "new_unions", 6, author, index, Scope(region=place("沙坪坝区")))
    set_target(HALF, "new_unions", 4, author, index, Scope(region=place("渝中区")))
    set_target(HALF, "new_unions", 5, author, index, Scope(region=place("沙坪坝区小龙坎街道")))
    by = progress_by(HALF, dt.date(2026, 3, 31), "person")
    told = {name: [(each.indicator.key, each.actual.value, each.target) for each in part] for name, part in by.items()}
    assert told["陈示例"] == [("new_unions", 1, 3), ("new_members", 0, None)]
    assert told["李示例"] == [("new_unions", 0, 4), ("new_members", 0, None)]
    unions = progress_by(HALF, dt.date(2026, 3, 31), "union")
    assert [(each.indicator.key, each.target) for each in unions[one]] == [("new_unions", None), ("new_members", 30)]
    (own,) = progress(HALF, dt.date(2026, 3, 31), Scope(person="陈示例"))
    assert (own.actual.value, own.target) == (1, 3)
    assert [each.text for each in sums_beside(HALF, index)] == [
        "“新建工会”全区的目标是 10，下面 2 个负责人的目标合计 7，相差 3。",
        "“新建工会”沙坪坝区的目标是 6，下面 1 个镇街的目标合计 5，相差 1。",
    ]
    assert find_indicator("new_unions").scopes[-1] == "person"
