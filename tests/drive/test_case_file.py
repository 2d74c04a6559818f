"""One employer, one file; and the drive's list as it stood on a day."""

import datetime as dt

import pytest
import time_machine

from models.drive.case_file import CaseFile, case_file
from models.drive.ladder import RUNGS
from models.drive.list import drive
from models.drive.moves import move
from models.errors import UserError
from models.journal.writer import Author
from models.records.drive_case import Contact
from models.records.region import load_index
from models.records.union import Union
from tests.aids.case_world import (
    COMPANY,
    case,
    count,
    cover,
    employer,
    file,
    made,
    union,
)
from tests.aids.speaking import TODAY

OTHER = "重庆松石虚构餐饮有限公司"


# --- the file


def test_the_file_of_an_employer_holds_all_that_is_known(register: object, author: Author) -> None:
    uid = employer(author, staff=30, region="沙坪坝区小龙坎街道", founding_date="2019-03-01")
    count(author, uid, 26, "2026-03-31", "社保")
    count(author, uid, 20, "2025-12-31", "税务")
    union(author, f"{COMPANY}工会", verified=0)
    case(author, uid)
    found = file(uid)
    assert (found.employer["name"], found.region, found.group) == (COMPANY, "沙坪坝区小龙坎街道", "on_list")
    assert found.reason == "税务 2026-06-30：30 人，达到 25 人，没有工会覆盖"
    assert [(each["as_of"], each["source"], each["staff_count"]) for each in found.counts] == [
        ("2026-06-30", "税务", 30), ("2026-03-31", "社保", 26), ("2025-12-31", "税务", 20),
    ]  # fmt: skip
    assert {source: each["staff_count"] for source, each in found.by_source.items()} == {"税务": 30, "社保": 26}
    assert [(each.name, each.score) for each in found.candidates] == [(f"{COMPANY}工会", 100)]
    assert found.ladder is not None
    assert found.ladder.next_rung is RUNGS[0]


def test_the_file_of_an_employer_without_a_case_says_why(register: object, author: Author) -> None:
    found = file(employer(author, staff=24))
    assert (found.case, found.stages, found.group) == (None, [], "below")
    assert found.reason == "税务 2026-06-30：24 人，不足 25 人"
    assert file(employer(author, OTHER, None)).reason == "还不知道人数"
    with pytest.raises(UserError, match="没有这个单位"):
        file("nobody")


# --- the list as of a day


def test_the_list_as_it_stood_on_a_day(register: object, author: Author) -> None:
    early, late = (
        employer(author, "甲虚构有限公司", None),
        employer(author, "乙虚构有限公司", None, founding_date="2026-05-06"),
    )
    gone = employer(author, "丙虚构有限公司", None, operating=0, closed_on="2026-04-01")
    for uid in (early, gone):
        count(author, uid, 25, "2025-12-31")
    count(author, early, 24, "2026-06-30")
    count(author, late, 40, "2026-06-30")
    cover(author, union(author, founding_date="2026-08-15"), late, "2026-08-15")

    def listed(day: str) -> list[str]:
        when = dt.date.fromisoformat(day)
        return [row.name[0] for row in drive(25, load_index(when), as_of=when).on_list]

    assert [listed(day) for day in ("2025-12-30", "2025-12-31", "2026-03-31", "2026-04-01")] == [
        [],
        ["丙", "甲"],
        ["丙", "甲"],
        ["甲"],
    ]
    assert [listed(day) for day in ("2026-06-29", "2026-06-30", "2026-08-14", "2026-08-15")] == [
        ["甲"],
        ["乙"],
        ["乙"],
        [],
    ]


def moved_on(day: str, case_uid: str, stage: str, author: Author) -> None:
    """Move a case on a day that is not yet: none is moved before it happens."""
    with time_machine.travel(dt.datetime.fromisoformat(f"{day}T01:00:00+00:00")):
        move(case_uid, stage, day, author)


def test_the_stage_as_it_stood_on_a_day(register: object, author: Author) -> None:
    uid = employer(author)
    held = case(author, uid)
    moved_on("2026-12-01", held, "已接触", author)
    moved_on("2026-12-20", held, "暂缓", author)

    def stage(day: str) -> str | None:
        when = dt.date.fromisoformat(day)
        return drive(25, load_index(when), as_of=when).rows[0].stage

    days = ("2026-11-21", "2026-11-22", "2026-12-01", "2026-12-19", "2026-12-20")
    assert [stage(day) for day in days] == [None, "待筹建", "已接触", "已接触", "暂缓"]


def test_a_union_that_was_dissolved_later_still_covers_on_that_day(register: object, author: Author) -> None:
    uid = employer(author)
    cover(author, union(author, state="撤销", dissolved_on="2026-09-01", founding_date="2020"), uid)
    days = [dt.date(2026, 8, 31), dt.date(2026, 9, 1)]
    assert [drive(25, load_index(day), as_of=day).rows[0].group for day in days] == ["own_union", "on_list"]
    assert Union.select().count() == 1


def test_the_file_of_a_day_knows_what_held_then(register: object, author: Author) -> None:
    uid = employer(author)
    held = case(author, uid)
    for day, stage, way in (("2026-12-01", "已接触", "电话"), ("2026-12-20", "已请示", "实地走访")):
        moved_on(day, held, stage, author)
        made(author, Contact, drive_case=held, date=day, way=way)  # by hand none is entered before it happens

    def on(day: str) -> CaseFile:
        when = dt.date.fromisoformat(day)
        return case_file(uid, TODAY, load_index(when), when)

    then = on("2026-12-10")
    assert then.case is not None
    assert (then.case["stage"], [each["way"] for each in then.contacts]) == ("已接触", ["电话"])
    assert [line.date for line in then.stages if line.state == "present"] == ["2026-12-01"]
    before = on("2026-11-21")
    assert (before.case, len(before.counts), before.group) == (None, 1, "on_list")
    with pytest.raises(UserError, match="换一个日期"):
        on("2026-06-29")
    assert len(file(uid).contacts) == 2
