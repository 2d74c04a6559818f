"""Who owes what since when: rules over a small register, counts and entries that close by themselves, a person's word."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from models.chasing.due import Item, Tally, items, overdue, tally
from models.chasing.marking import close, keys_of, take_back
from models.chasing.rules import add_rule, change_rule, find_rule, load_rules, read, remove_rule, rule_texts, rule_told
from models.errors import UnreadField, UserError
from models.journal import undo
from models.journal.writer import Author
from models.ledger.kinds import seed_uid
from models.records.chasing import HandIn
from models.records.headcount import HeadCount
from models.records.ledger import LedgerEntry
from models.records.region import load_index
from models.records.union import Union
from tests.aids.speaking import TODAY, imported_rows, last_batch, made
from tests.figures.test_indicators import place

MONTHLY = {"sheet": "人数", "every": "每月", "days": "10", "since": "2026-08"}
#: name → (type, town, founded)
UNIONS = {
    "甲公司工会": ("单独基层工会", "小龙坎街道", "2020-01-01"), "乙联合工会": ("联合基层工会", "西永街道", "2021-05"),
    "丙街道总工会": ("乡镇（街道）工会", "小龙坎街道", "2010"), "丁公司工会": ("单独基层工会", "西永街道", "2026-09-20"),
    "戊公司工会": ("单独基层工会", "小龙坎街道", "2019"),
}  # fmt: skip


@pytest.fixture
def unions(author: Author) -> dict[str, str]:
    """Five unions; the last one is dissolved in October."""
    found = {}
    for name, (kind, town, founded) in UNIONS.items():
        found[name] = made(
            author, Union, name=name, union_type=kind, region=place(f"沙坪坝区{town}"), founding_date=founded, chair=f"{name[0]}主席",
            phone="19900000021", dissolved_on="2026-10-05" if name[0] == "戊" else None,
        )
    return found


def rule(author: Author, **texts: Any) -> str:
    return add_rule(read(MONTHLY | texts, load_index(TODAY)), author, TODAY)


def told(day: dt.date = TODAY, **narrowed: Any) -> list[tuple[str, str, str, int]]:
    return [(each.union.name, each.period.start.isoformat()[:7], each.state, each.days) for each in items(day, **narrowed)]


def count(author: Author, union: str, day: str | None, **values: Any) -> str:
    return made(author, HeadCount, subject=union, subject_kind="工会", as_of=day, member_count=20, **values)


def test_each_basic_union_owes_each_month_that_is_over_until_a_count_is_there(author: Author, unions: dict[str, str]) -> None:
    rule(author, since="2026-09")
    assert sorted(told()) == sorted(
        (name, month, "overdue", days)
        for month, days in (("2026-09", 43), ("2026-10", 12))
        for name in ("甲公司工会", "乙联合工会", "丁公司工会")
    )
    assert [days for *_others, days in told()] == [43, 43, 43, 12, 12, 12], "the longest first"
    count(author, unions["甲公司工会"], "2026-09")
    count(author, unions["乙联合工会"], "2026-10-31")
    count(author, unions["丁公司工会"], "2026")
    handed = {(each.union.name, each.period.start.month): (each.state, each.how) for each in items(TODAY)}
    assert handed["甲公司工会", 9] == handed["乙联合工会", 10] == ("handed", "count")
    assert handed["丁公司工会", 9] == ("overdue", ""), "a year lies in no month"
    assert overdue(TODAY) == 4


def test_what_is_due_and_what_there_is_still_time_for_are_counted_apart(author: Author, unions: dict[str, str]) -> None:
    day = dt.date(2026, 11, 10)
    rule(author, since="2026-09")
    count(author, unions["甲公司工会"], "2026-10-31")  # early: there is time until the end of the day
    excused = [each.key for each in items(TODAY) if each.union.name == "乙联合工会" and each.period.start.month == 9]
    close(excused, "本月没有变化", author, dt.date(2026, 11, 1), excused=True)
    assert tally(items(day), day) == Tally(due=3, handed=0, excused=1, overdue=2, unions=2, not_due=3, early=0)
    # what the register learned of today is not known before
    assert tally(items(TODAY), TODAY) == Tally(due=6, handed=1, excused=1, overdue=4, unions=3, not_due=0, early=0)


def test_there_is_time_until_the_day_and_what_comes_later_was_not_known_before(author: Author, unions: dict[str, str]) -> None:
    rule(author, classes="单独", since="2026-10")
    assert {state for _name, _month, state, _days in told(dt.date(2026, 11, 10))} == {"awaited"}
    assert [days for *_others, days in told(dt.date(2026, 11, 11))] == [1, 1]
    assert told(dt.date(2026, 10, 30)) == [], "the month is not over"
    count(author, unions["甲公司工会"], "2026-10-31")
    assert "handed" not in {state for _name, _month, state, _days in told(TODAY - dt.timedelta(days=1))}
    assert ("甲公司工会", "2026-10", "handed", 0) in told()


def test_a_count_without_a_day_closes_nothing_and_is_told(author: Author, unions: dict[str, str]) -> None:
    rule(author, since="2026-10", classes="联合")
    count(author, unions["乙联合工会"], None)
    (item,) = items(TODAY)
    assert (item.state, item.undated) == ("overdue", True)


@pytest.mark.usefixtures("unions")
def test_kinds_places_and_names_say_who_is_asked(author: Author) -> None:
    def names(**texts: Any) -> set[str]:
        uid = rule(author, since="2026-10", name="试", **texts)
        found = {each.union.name for each in items(TODAY)}
        remove_rule(uid, author)
        return found

    assert names() == {"甲公司工会", "乙联合工会", "丁公司工会"}, "neither the street's nor the dissolved one"
    assert names(classes="联合、领导机关") == {"乙联合工会", "丙街道总工会"}
    assert names(region="沙坪坝区小龙坎街道") == {"甲公司工会"}
    assert names(unions="丙街道总工会、甲公司工会") == {"丙街道总工会", "甲公司工会"}, "named ones alone"
    assert names(classes="联合", unions="丙街道总工会") == {"乙联合工会", "丙街道总工会"}


def test_work_of_a_kind_closes_what_is_due_of_that_kind(author: Author, unions: dict[str, str]) -> None:
    rule(author, sheet="工作台账", every="每季度", ledger_kind="劳动争议调解", since="2026-07", classes="单独")
    rule(author, sheet="工作台账", every="每季度", name="任何台账", since="2026-07", classes="单独")
    made(author, LedgerEntry, ledger_kind=seed_uid("劳动竞赛"), date="2026-08-01", union=unions["甲公司工会"])
    state = {(each.rule.name, each.union.name): each.state for each in items(TODAY)}
    assert state["任何台账", "甲公司工会"] == "handed"
    assert state["每季度工作台账", "甲公司工会"] == "overdue"


@pytest.mark.usefixtures("unions")
def test_a_persons_word_needs_a_reason_is_said_once_and_can_be_taken_back(author: Author) -> None:
    rule(author, since="2026-09")
    keys = keys_of("每月人数", ["甲公司工会", "乙联合工会"], "2026-09")
    with pytest.raises(UserError, match="原因"):
        close(keys, " ", author, TODAY)
    assert close(keys[:1], "纸质交来", author, TODAY) == 1
    assert close(keys[1:], "当月停产", author, TODAY, excused=True) == 1
    said = {each.union.name: (each.state, each.how, each.reason) for each in items(TODAY) if each.period.start.month == 9}
    assert said["甲公司工会"] == ("handed", "hand", "纸质交来")
    assert said["乙联合工会"] == ("excused", "hand", "当月停产")
    with pytest.raises(UserError, match="不用再记"):
        close(keys[:1], "又交来", author, TODAY)
    with pytest.raises(UserError, match="没有要交的"):
        close(keys_of("每月人数", ["丙街道总工会"], "2026-09"), "x", author, TODAY)
    assert take_back(keys, author) == 2
    assert HandIn.select().count() == 0
    with pytest.raises(UserError, match="没有可以收回的"):
        take_back(keys, author)


@pytest.mark.usefixtures("unions")
def test_a_roster_closes_what_was_due_and_its_undoing_opens_it_again(author: Author, tmp_path: Path) -> None:
    roster = [["甲公司工会会员名单"], ["姓名", "所属工会", "入会日期"]]
    roster += [[name, "甲公司工会", "2024-01-01"] for name in ("王一", "李二")]
    assert imported_rows(author, tmp_path, roster).counts == {"new": 2}
    rule(author, sheet="会员名单", every="每半年", days="30", since="2026-01", classes="单独")
    before = {each.union.name: each.state for each in items(TODAY)}
    assert before == {"甲公司工会": "overdue"}, "the others were not there in June, or are no more"
    again = imported_rows(author, tmp_path, roster)
    assert again.counts == {"same": 2}
    assert again.outcome.batch is not None
    assert again.plan.sheets[0].notes == ["催报：这份表算 1 个工会交来的。"]
    (item,) = items(TODAY)
    assert (item.state, item.how, item.rows, item.came) == ("handed", "import", 2, TODAY.isoformat())
    running = imported_rows(author, tmp_path, roster)
    assert [each.period for each in HandIn.select().order_by(HandIn.id)] == ["2026-H1", "2026-H2"], "then that of the running one"
    assert imported_rows(author, tmp_path, roster).outcome.batch is None, "and then nothing is open"
    assert running.outcome.batch
    undo.undo(last_batch(), author)
    undo.undo(again.outcome.batch, author)
    assert [each.state for each in items(TODAY)] == ["overdue"]


@pytest.mark.usefixtures("unions")
def test_a_dated_roster_is_that_of_its_own_day_and_leavers_are_none(author: Author, tmp_path: Path) -> None:
    rule(author, sheet="会员名单", every="每季度", days="30", since="2026-04", classes="单独")
    head = ["姓名", "所属工会", "入会日期"]
    row = ["王一", "甲公司工会", "2024-01-01"]
    imported_rows(author, tmp_path, [["甲公司工会会员名单"], ["填报日期：2026年6月15日"], head, row])
    found = {key.period: key.rows for key in HandIn.select()}
    assert found == {"2026-Q2": 1}
    imported_rows(author, tmp_path, [["退会人员名单"], ["姓名", "所属工会", "退会日期"], ["王一", "甲公司工会", "2026-11-01"]])
    assert HandIn.select().count() == 1


@pytest.mark.usefixtures("unions")
def test_whom_to_call_is_the_chair_else_the_only_employer(author: Author) -> None:
    rule(author, since="2026-10", classes="单独")
    found: dict[str, Item] = {each.union.name: each for each in items(TODAY)}
    assert (found["甲公司工会"].union.contact, found["甲公司工会"].union.phone) == ("甲主席", "19900000021")


@pytest.mark.usefixtures("unions")
def test_a_rule_is_checked_changed_taken_out_of_use_and_removed(author: Author) -> None:
    index = load_index(TODAY)
    uid = add_rule(read({"sheet": "人数月报", "every": "月报", "days": "10", "classes": "单独、联合"}, index), author, TODAY)
    made_rule = find_rule("每月人数")
    assert made_rule.since == "2026-11-01", "October's is overdue already"
    assert rule_told(made_rule, index) == "人数；每月，期满后 10 天内；单独基层工会、联合基层工会"
    with pytest.raises(UnreadField, match="已经有一项"):
        add_rule(read(MONTHLY, index), author, TODAY)
    with pytest.raises(UnreadField, match="请填写“多久一次”"):
        add_rule(read({"sheet": "人数", "days": "10"}, index), author, TODAY)
    with pytest.raises(UnreadField, match="0 到 366"):
        add_rule(read(MONTHLY | {"name": "久", "days": "400"}, index), author, TODAY)
    with pytest.raises(UnreadField, match="台账类别"):
        add_rule(read(MONTHLY | {"name": "混", "ledger_kind": "劳动竞赛"}, index), author, TODAY)
    with pytest.raises(UnreadField, match="没有工会“没有的工会”"):
        read({"unions": "没有的工会"}, index)
    change_rule(uid, read({"unions": "丙街道总工会", "since": "2026-10", "days": "5"}, index), author)
    assert rule_texts(index)[0]["unions"] == "丙街道总工会"
    assert {each.union.name for each in items(TODAY)} == {"甲公司工会", "乙联合工会", "丁公司工会", "丙街道总工会"}
    close(keys_of(uid, ["丙街道总工会"], "2026-10"), "不设会员", author, TODAY, excused=True)
    with pytest.raises(UserError, match="可以停用"):
        remove_rule(uid, author)
    change_rule(uid, {"active": 0}, author)
    assert items(TODAY) == []
    assert [each.active for each in load_rules()] == [False]
