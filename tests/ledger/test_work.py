"""Cases, calls and people served: each a small ledger made from rows, and the indicators that come out of it."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from models.figures.counts import count, rows
from models.figures.facts import Number, Period, Scope
from models.figures.indicators import indicators
from models.journal.writer import Author
from models.ledger.entries import EntryChoice, totals
from models.ledger.kinds import seed_uid
from tests.aids.speaking import LI, TODAY, WANG, imported_rows
from tests.figures.test_indicators import place

HALF = Period(dt.date(2026, 1, 1), dt.date(2026, 6, 30))
YEAR = Period(dt.date(2026, 1, 1), TODAY)
TOWN = "沙坪坝区小龙坎街道"
CASES: list[list[Any]] = [
    ["劳动争议调解台账"],
    ["受理日期", "当事人", "争议类型", "办结期限", "结案日期", "调解结果", "涉及金额", "所在镇街"],
    ["2026-01-05", "赵示例、甲公司", "拖欠工资", "2026-01-20", "2026-01-12", "达成协议", 12000, TOWN],
    ["2026-01-06", "钱示例、甲公司", "加班工资", "2026-01-21", "2026-02-03", "调解成功", "1.5万", TOWN],
    ["2026-02-01", "孙示例、乙公司", "工伤待遇", "2026-02-16", "2026-02-10", "调解不成", None, TOWN],
    ["2026-02-02", "李示例、乙公司", "解除合同", "2026-02-17", "2026-02-17", "转仲裁", None, "渝中区大坪街道"],
    ["2026-03-02", "周示例、乙公司", "解除合同", "2026-03-17", "2026-03-05", "撤回", None, TOWN],
    ["2026-05-20", "吴示例、丙公司", "社会保险", "2026-06-04", None, None, None, TOWN],
    ["2026-06-25", "郑示例、丙公司", "社会保险", "2026-07-10", "2026-07-08", "调解成功", None, TOWN],
]
CALLS: list[list[Any]] = [
    ["12351热线办件登记"],
    ["来电日期", "诉求内容", "诉求类型", "答复期限", "答复日期", "是否满意"],
    ["2026-04-01", "欠薪三个月", "劳动报酬", "2026-04-08", "2026-04-07", "满意"],
    ["2026-04-02", "咨询入会", "入会", "2026-04-09", "2026-04-09", "非常满意"],
    ["2026-04-03", "食堂问题", "生活", "2026-04-10", "2026-04-15", "不满意"],
    ["2026-04-04", "职称问题", "其他", "2026-04", "2026-04-30", None],
    ["2026-04-05", "驿站没有水", "服务", None, "2026-04-06", None],
    ["2026-05-05", "没有回音", "服务", "2026-05-12", None, None],
]
AID: list[list[Any]] = [
    ["2026年送清凉慰问花名册"],
    ["慰问时间", "姓名", "身份证号", "慰问金额", "慰问品", "是否签收"],
    ["2026-07-05", "王砚舟", WANG, 500, "毛巾一条", "已签收"],
    ["2026-07-20", "王砚舟", WANG, 300, "西瓜两个", "未签收"],
    ["2026-07-05", "李清和", LI, None, "风油精", "是"],
    ["2026-07-06", "冯示例", None, None, "风油精", None],
]
SKILL: list[list[Any]] = [
    ["新八级工评定台账"],
    ["日期", "姓名", "原等级", "取得等级"],
    ["2026-05-01", "赵示例", "中级工", "高级工"],
    ["2026-05-01", "钱示例", "高级技师", "首席技师"],
    ["2026-05-01", "孙示例", "高级工", "中级工"],
    ["2026-05-01", "李示例", None, "高级工"],
]


def number(kind: str, what: str, period: Period = YEAR, scope: Scope | None = None) -> Number:
    return count(f"ledger:{seed_uid(kind)}:{what}", scope or Scope(), period)


@pytest.fixture
def cases(author: Author, tmp_path: Path) -> Author:
    assert imported_rows(author, tmp_path, CASES).counts == {"new": 7}
    return author


@pytest.mark.usefixtures("cases")
def test_mediation_counts_its_cases_and_how_many_were_agreed_as_of_the_day() -> None:
    received, agreed = number("劳动争议调解", "quantity", HALF), number("劳动争议调解", "done", HALF)
    assert (received.value, agreed.value) == (7, 2), "one was agreed in July, which was not known in June"
    assert number("劳动争议调解", "done").value == 3
    rate = number("劳动争议调解", "success", HALF)
    assert (rate.value, rate.part, rate.whole, rate.unknown) == (50.0, 2, 4, 2), "withdrawn ones are in neither"
    rate = number("劳动争议调解", "success")
    assert (rate.value, rate.part, rate.whole, rate.unknown) == (60.0, 3, 5, 1)
    town = number("劳动争议调解", "success", scope=Scope(region=place("渝中区大坪街道")))
    assert (town.value, town.part, town.whole) == (0.0, 0, 1)


@pytest.mark.usefixtures("cases")
def test_in_time_is_what_was_closed_by_its_day_and_what_is_not_due_is_left_out() -> None:
    rate = number("劳动争议调解", "in_time", HALF)
    assert (rate.part, rate.whole, rate.unknown) == (4, 6, 0)
    behind = rows(f"ledger:{seed_uid('劳动争议调解')}:in_time", Scope(), HALF)
    assert sorted(row.date or "" for row in behind if row.counted is False) == ["2026-01-06", "2026-05-20"]


@pytest.mark.usefixtures("cases")
def test_the_sums_of_the_ledger_say_the_same_as_the_indicators() -> None:
    (total,) = totals(EntryChoice(since=YEAR.start, until=YEAR.end))
    assert (total.entries, total.quantity, total.done, total.amount) == (7, 7, 3, 2_700_000)


def test_a_row_of_several_cases_counts_its_agreed_ones(author: Author, tmp_path: Path) -> None:
    head = ["日期", "单位名称", "受理数", "调解成功", "调解结果"]
    imported_rows(author, tmp_path, [["劳动争议调解台账"], head, ["2026-03-01", "甲街道", 30, 25, None], ["2026-03-02", "乙街道", 1, None,
        "成功"]])
    rate = number("劳动争议调解", "success")
    assert (rate.part, rate.whole, rate.unknown) == (26, 31, 0)
    assert number("劳动争议调解", "done").value == 26


def test_calls_are_counted_answered_in_time_and_satisfied(author: Author, tmp_path: Path) -> None:
    assert imported_rows(author, tmp_path, CALLS).counts == {"new": 6}
    assert (number("12351热线", "quantity").value, number("12351热线", "done").value) == (6, 5)
    in_time = number("12351热线", "in_time")
    assert (in_time.part, in_time.whole, in_time.unknown) == (3, 5, 1), "a month has its last day; without a day it is unknown"
    satisfied = number("12351热线", "satisfied")
    assert (satisfied.value, satisfied.part, satisfied.whole, satisfied.unknown) == (66.6, 2, 3, 3)


def test_times_served_and_persons_served_are_two_numbers(author: Author, tmp_path: Path) -> None:
    roster = [["姓名", "身份证号"], ["王砚舟", WANG], ["李清和", LI]]
    imported_rows(author, tmp_path, roster, "职工花名册", kind="workers")
    done = imported_rows(author, tmp_path, AID)
    assert (done.plan.sheets[0].kind, done.counts) == ("ledger", {"new": 4})
    imported_rows(author, tmp_path, [["送清凉台账"], ["日期", "事项", "人次"], ["2026-07-08", "慰问环卫工人", 280]])
    assert number("送温暖送清凉", "people").value == 284
    persons = number("送温暖送清凉", "persons")
    assert (persons.value, persons.unknown) == (2, 2), "one by name alone, and one sum of whom nobody is known"
    signed = number("送温暖送清凉", "signed")
    assert (signed.part, signed.whole, signed.unknown) == (2, 3, 2)
    assert number("送温暖送清凉", "amount").value == 800
    assert {row.name for row in rows(f"ledger:{seed_uid('送温暖送清凉')}:persons", Scope(), YEAR)} == {"王砚舟", "李清和"}


def test_who_rose_in_skill_is_told_by_the_two_grades(author: Author, tmp_path: Path) -> None:
    assert imported_rows(author, tmp_path, SKILL).counts == {"new": 4}
    risen = number("新八级", "risen")
    assert (risen.value, risen.unknown) == (2, 1)


@pytest.mark.usefixtures("register")
def test_every_indicator_of_the_ledger_says_what_it_leaves_out() -> None:
    notes = {key: each.note for key, each in indicators().items() if key.startswith("ledger:")}
    assert notes
    assert all("日期不明" in note for note in notes.values())
    own = [note for key, note in notes.items() if key.endswith((":success", ":in_time", ":satisfied", ":signed", ":persons",
        ":risen"))]
    assert len(own) == 15
    assert all("未知" in note for note in own)
