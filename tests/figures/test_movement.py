"""What moved between two days: from where to where, and who came and went, from the dates of the events alone."""

import datetime as dt

import pytest

from models.errors import UserError
from models.figures.facts import Scope
from models.figures.movement import Movement, moved
from models.journal.writer import Author
from models.records.drive_case import CaseStep, DriveCase
from models.records.employer import Coverage
from models.records.headcount import HeadCount
from tests.figures.test_indicators import employer, made, person, place, union

SINCE, UNTIL = dt.date(2026, 6, 30), dt.date(2026, 9, 30)


def told(scope: Scope | None = None) -> dict[str, Movement]:
    """What moved, by the keys of the indicators."""
    return {each.indicator.key: each for each in moved(SINCE, UNTIL, scope or Scope())}


def lines(each: Movement) -> tuple[int, int, list[tuple[str, str | None]], list[tuple[str, str | None]]]:
    """Before, after, and (name, why) of who came and who went."""
    came, went = ([(row.name, row.why) for row in part] for part in (each.came, each.went))
    return each.before.part, each.after.part, came, went


def test_unions_are_founded_and_dissolved(register: object, author: Author) -> None:
    union(author, "甲工会")
    union(author, "乙工会", founded="2026-06-30")
    union(author, "丙工会", founded="2026-07")
    union(author, "丁工会", state="撤销", dissolved_on="2026-09-30")
    union(author, "戊工会", founded="2026-07-05", state="撤销", dissolved_on="2026-08-01")
    union(author, "己工会", state="撤销")
    found = told()["unions"]
    assert (found.before.value, found.after.value, found.delta) == (3, 3, 0)
    assert [row.name for row in found.came] == ["丙工会"]
    assert [row.name for row in found.went] == ["丁工会"]
    assert found.after.unknown == 1


def test_members_join_leave_move_and_stay_away(register: object, author: Author) -> None:
    one, other = union(author), union(author, "乙工会", region="渝中区")
    person(author, ("入会", one, "2026-07-01"), name="王砚舟")
    person(author, ("入会", one, "2020"), ("转出", one, "2026-08-01"), ("转入", other, "2026-08-01"), name="李芷汐")
    person(author, ("入会", one, "2020"), ("退会", one, "2026-08-02"), name="赵嘉树")
    person(author, ("入会", one, "2020"), ("保留", one, "2026-08-03"), name="钱沁")
    person(author, ("入会", one, "2026-07-10"), ("除名", one, "2026-07-20"), name="孙苒")
    person(author, ("入会", one, "2026-06-30"), name="周茉")
    found = told()
    assert lines(found["members"]) == (4, 3, [("王砚舟", "入会")], [("赵嘉树", "退会"), ("钱沁", "保留")])
    assert lines(found["retained_members"]) == (0, 1, [("钱沁", "保留")], [])
    here = told(Scope(union=one))["members"]
    assert lines(here) == (4, 2, [("王砚舟", "入会")], [("李芷汐", "转入"), ("赵嘉树", "退会"), ("钱沁", "保留")])
    there = told(Scope(region=place("渝中区")))["members"]
    assert lines(there) == (0, 1, [("李芷汐", "转入")], [])
    assert [row.date for row in there.came] == ["2026-08-01"]


def test_employers_come_on_the_list_and_leave_it_when_they_are_covered(register: object, author: Author) -> None:
    one = union(author)
    uid = employer(author, 24, name="重庆甲示例有限公司")
    made(author, HeadCount, subject=uid, subject_kind="单位", as_of="2026-08-31", source="社保", staff_count=25)
    covered = employer(author, 60, name="重庆乙示例有限公司")
    made(author, Coverage, union=one, employer=covered, since="2026-07-15")
    ended = employer(author, 70, name="重庆丙示例有限公司")
    made(author, Coverage, union=one, employer=ended, since="2020", until="2026-08-01")
    found = told()
    on_list, inside = found["on_list"], found["covered"]
    assert lines(on_list) == (
        1,
        2,
        [("重庆丙示例有限公司", "税务"), ("重庆甲示例有限公司", "社保")],
        [("重庆乙示例有限公司", "税务")],
    )
    assert lines(inside) == (1, 1, [("重庆乙示例有限公司", "甲工会")], [("重庆丙示例有限公司", "甲工会")])


def test_cases_move_through_their_stages(register: object, author: Author) -> None:
    uid = employer(author, 60)
    case = made(author, DriveCase, employer=uid, stage="已请示")
    for stage, date in (("待筹建", "2026-05-01"), ("已接触", "2026-06-01"), ("已请示", "2026-07-01")):
        made(author, CaseStep, drive_case=case, stage=stage, date=date)
    found = told()
    assert lines(found["stage:已接触"])[:2] == (1, 0)
    assert lines(found["stage:已请示"]) == (0, 1, [("重庆霁蓝虚构印务有限公司", "已请示")], [])
    assert [(row.uid, row.date) for row in found["stage:已请示"].came] == [(case, "2026-07-01")]


def test_what_carries_no_date_is_named_as_such(register: object, author: Author) -> None:
    one = union(author, founded=None)
    person(author, ("入会", one, None))
    today = dt.date.today()
    yesterday = today - dt.timedelta(days=1)
    found = {each.indicator.key: each for each in moved(yesterday, today)}
    assert [found[key].came for key in ("unions", "members")] == [(), ()]
    assert [row.marked for key in ("unions", "members") for row in found[key].undated] == [True, True]
    assert found["unions"].before.value == 0


def test_nothing_moves_within_a_day_and_days_stand_in_their_order(register: object, author: Author) -> None:
    union(author, founded="2026-06-30")
    assert [(each.came, each.went) for each in moved(SINCE, SINCE, keys=["unions"])] == [((), ())]
    with pytest.raises(UserError, match="早于开始日期"):
        moved(UNTIL, SINCE)
