"""Dates nobody wrote: such facts stand in the stocks from the day they were entered, and in no year's new ones."""

import datetime as dt
from pathlib import Path

import pytest

from models.editing.dating import date_by, day_of_name, undated_facts
from models.errors import UserError
from models.figures.counts import by_region, count, rows
from models.figures.facts import Number, Period, Scope
from models.figures.figures import figures
from models.figures.movement import moved
from models.figures.progress import progress
from models.figures.targets import set_target
from models.figures.year_course import course
from models.journal.undo import undo
from models.journal.writer import Author
from models.records.ledger import LedgerEntry, LedgerKind
from models.records.region import load_index
from reports.catalogue import report_kinds
from reports.choices import ReportChoices
from tests.aids.speaking import LI, TODAY, WANG, imported_rows, listed, workbook
from tests.aids.terminal import Commands
from tests.figures.test_indicators import made, place

UNIONS = [
    ["工会名称", "批复文号", "建会日期", "本届选举日期", "镇街"],
    ["甲公司工会", "沙工发〔2010〕3号", None, "2020-05-01", "沙坪坝区小龙坎街道"],
    ["乙公司工会", "沙工发〔2012〕8号", None, None, "沙坪坝区小龙坎街道"],
    ["丙公司工会", "沙工发〔2026〕1号", "2026-03-01", None, "沙坪坝区小龙坎街道"],
]
MEMBERS = [
    ["姓名", "身份证号", "所属工会", "入会日期"],
    ["王砚舟", WANG, "甲公司工会", None],
    ["李清和", LI, "甲公司工会", "2026-04-05"],
]
YEAR = Period(dt.date(2026, 1, 1), TODAY)
WHOLE = Scope()


@pytest.fixture
def old(author: Author, tmp_path: Path) -> Author:
    """Two old unions and an old member imported this year without their dates, one of each with a date of this year."""
    imported_rows(author, tmp_path, UNIONS, "工会信息表2019年6月")
    imported_rows(author, tmp_path, MEMBERS, "会员名册2018")
    return author


def asked(key: str, scope: Scope = WHOLE, period: Period = YEAR) -> Number:
    """An indicator of this year until today."""
    return count(key, scope, period)


def test_what_has_no_date_is_in_the_stock_and_in_no_flow(old: Author) -> None:
    assert (asked("unions").value, asked("members").value) == (3, 2)
    assert [(asked(key).value, asked(key).undated) for key in ("new_unions", "new_members")] == [(1, 2), (1, 1)]
    town = Scope(region=place("沙坪坝区小龙坎街道"))
    assert (asked("new_unions", town).value, asked("new_unions", town).undated) == (1, 2)
    parts = by_region("new_members", "town", WHOLE, YEAR)
    assert [(each.value, each.undated) for each in parts.values()] == [(1, 1)]
    listed_rows = [(row.name, row.undated, row.date) for row in rows("new_unions", WHOLE, YEAR)]
    assert listed_rows == [("丙公司工会", False, "2026-03-01"), ("甲公司工会", True, None), ("乙公司工会", True, None)]


def test_first_page_and_chart_say_the_same(old: Author) -> None:
    found = figures(2026, TODAY)
    assert (found.new_unions, found.undated_unions, found.new_members, found.undated_members) == (1, 2, 1, 1)
    assert [sum(month.unions for month in course(2026, TODAY).months), course(2026, TODAY).months[-1].members] == [1, 1]


def test_the_year_before_does_not_know_of_them(old: Author) -> None:
    before = Period(dt.date(2025, 1, 1), dt.date(2025, 12, 31))
    assert (asked("new_unions", period=before).value, asked("new_unions", period=before).undated) == (0, 0)


def test_an_entry_of_the_ledger_without_a_date_is_told_apart(register: object, author: Author) -> None:
    kind = LedgerKind.get()
    made(author, LedgerEntry, ledger_kind=kind.uid, quantity=5)
    made(author, LedgerEntry, ledger_kind=kind.uid, quantity=2, date="2026-05")
    number = asked(f"ledger:{kind.uid}:quantity")
    assert (number.value, number.undated) == (2, 1)


def test_what_was_only_entered_has_not_moved(old: Author) -> None:
    (found,) = moved(dt.date(2025, 12, 31), TODAY, keys=["unions"])
    assert [row.name for row in found.came] == ["丙公司工会"]
    assert sorted(row.name for row in found.undated) == ["乙公司工会", "甲公司工会"]
    assert found.delta == len(found.came) + len(found.undated)


def test_the_forecast_takes_no_entry_for_a_pace(old: Author) -> None:
    set_target(2026, "unions", 10, old, load_index(TODAY))
    set_target(2026, "new_unions", 10, old, load_index(TODAY))
    found = {each.indicator.key: each.forecast for each in progress(2026, TODAY)}
    assert found == {"new_unions": 1, "unions": 3}


def test_the_progress_report_tells_them_beside_the_number(old: Author) -> None:
    set_target(2026, "new_unions", 10, old, load_index(TODAY))
    report = report_kinds()["targets"].compose(load_index(TODAY), ReportChoices(TODAY, day=TODAY))
    row = dict(zip((column.title for column in report.columns), report.sections[0].rows[0], strict=True))
    assert (row["实际"], row["日期不明"]) == ("1", "2")


def test_the_ways_to_a_date_are_told_and_one_is_chosen(old: Author) -> None:
    found = {each.name: dict(each.days) for each in undated_facts("union", TODAY)}
    assert found == {
        "甲公司工会": {"number": "2010", "term": "2020-05-01", "file": "2019-06"},
        "乙公司工会": {"number": "2012", "file": "2019-06"},
    }
    done = date_by("union", undated_facts("union", TODAY), "number", "", old, TODAY)
    assert (done.dated, done.left) == (2, 0)
    assert (asked("new_unions").value, asked("new_unions").undated) == (1, 0)
    assert min(listed("unions", "name", "founding_date")) == ("丙公司工会", "2026-03-01")
    assert asked("unions", period=Period(dt.date(2011, 1, 1), dt.date(2011, 1, 1))).value == 1
    assert done.batch is not None
    undo(done.batch, old)
    assert asked("new_unions").undated == 2


def test_members_are_dated_by_their_file_or_by_hand(old: Author) -> None:
    (one,) = undated_facts("worker", TODAY)
    assert dict(one.days) == {"file": "2018"}
    with pytest.raises(UserError, match="今天之后"):
        date_by("worker", [one], None, "2027-01-01", old, TODAY)
    assert date_by("worker", [one], None, "2015-07", old, TODAY).dated == 1
    assert asked("new_members").undated == 0
    assert ("王砚舟", "2015-07") in listed("workers", "name", "join_date")


@pytest.mark.parametrize(
    ("name", "day"),
    [("会员名册2019年6月.xlsx", "2019-06"), ("2021-03-08会员.et", "2021-03-08"), ("名册20180630.xls", "2018-06-30"),
     ("会员500106.xlsx", ""), ("表.csv", "")],
)  # fmt: skip
def test_a_file_name_tells_a_day(name: str, day: str) -> None:
    assert day_of_name(name) == day


def test_the_command_line_tells_and_dates_them(run: Commands, tmp_path: Path) -> None:
    run.told("import", workbook(tmp_path / "工会.xlsx", {"Sheet1": UNIONS}))
    told = run.told("figures", "--rows", "new_unions")
    assert [row["name"] for row in told["rows"]] == ["丙公司工会"]
    assert [row["name"] for row in told["undated"]] == ["甲公司工会", "乙公司工会"]
    assert told["indicators"][0]["undated"] == told["undated_unions"] == 2
    assert "另有 2 条日期不明" in run("figures", "--rows", "new_unions")[1]
    assert run.told("undated", "unions", "--by", "term", "--plan")["would"] == 1
    assert run.told("undated", "unions", "--by", "number")["dated"] == 2
    assert run.told("undated", "unions")["undated"] == []
    assert "可以写" in run.refused("undated", "unions", "--by", "guess")
