"""What holds on a day is read once and handed down: the same facts for the drive's list and for every number."""

import datetime as dt
from typing import Any

import pytest

from models.drive.cases import reconcile
from models.drive.list import drive, drive_of, listed
from models.drive.visits import visits
from models.engine import database
from models.figures.counts import count, counts
from models.figures.facts import WHOLE_REGISTER, Inquiry, Period
from models.figures.figures import figures
from models.journal.settings import change_setting
from models.journal.writer import Author
from models.records.drive_case import CaseStep, DriveCase
from models.records.region import load_index
from models.standing.standing import KINDS, Standing
from tests.aids.case_world import case_of, employer, made, reconciled, steps
from tests.aids.speaking import TODAY

LATER = (TODAY + dt.timedelta(days=30)).isoformat()
TODAYS = Period(TODAY, TODAY)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is asked of the register."""
    found: list[str] = []
    inner = type(database.db.obj).execute_sql

    def noting(held: Any, sql: str, *args: Any, **named: Any) -> Any:
        found.append(sql)
        return inner(held, sql, *args, **named)

    monkeypatch.setattr(type(database.db.obj), "execute_sql", noting)
    return found


def test_each_part_is_read_once_and_only_when_it_is_asked_for(
    register: object, author: Author, asked: list[str]
) -> None:
    employer(author, "甲", 30)
    asked.clear()
    standing = Standing(TODAY)
    assert asked == []
    drive_of(standing)
    first = len(asked)
    assert first
    assert standing.employers is standing.employers
    assert [standing.setting("threshold"), standing.setting("home_district")] == [25, ""]
    assert standing.once(list) is standing.once(list)
    (number,) = counts(["on_list"], WHOLE_REGISTER, TODAYS, Inquiry(TODAYS, given=standing))
    assert number.value == 1
    assert not [sql for sql in asked[first:] if '"employer"' in sql or '"setting"' in sql or '"region"' in sql]


def test_a_new_one_knows_what_was_written_since(register: object, author: Author) -> None:
    employer(author, "甲", 30)
    before = Standing(TODAY)
    assert drive_of(before).summary["on_list"] == 1
    employer(author, "乙", 40)
    change_setting("threshold", 35, author)
    assert (drive_of(before).threshold, drive_of(before).summary["on_list"]) == (25, 1)
    after = Standing(TODAY)
    assert [row["name"] for row in listed(after)] == ["乙"]
    assert figures(TODAY.year, TODAY, standing=after).on_list == 1


def test_one_of_another_day_is_not_taken_for_the_day_that_is_asked(register: object, author: Author) -> None:
    employer(author, "甲", 30, founding_date="2026-10-01")
    earlier = Standing(dt.date(2025, 12, 31))
    assert earlier.employers == []
    assert [row["name"] for row in Inquiry(TODAYS, given=earlier).employers] == ["甲"]
    assert figures(TODAY.year, TODAY, standing=Standing(TODAY)).on_list == 1


def test_whoever_is_founded_in_the_future_is_on_no_list_and_in_no_number_of_today(
    register: object, author: Author
) -> None:
    employer(author, "甲", 30)
    later = employer(author, "乙", 40, founding_date=LATER)
    reconciled(author)
    index = load_index(TODAY)
    assert [row.name for row in drive(25, index).on_list] == ["甲"]
    assert count("on_list", WHOLE_REGISTER, TODAYS).value == 1
    assert [visit.name for visit in visits(TODAY, index, everything=True)] == ["甲"]
    assert [row.name for row in drive(25, index, as_of=dt.date.fromisoformat(LATER)).on_list] == ["乙", "甲"]
    assert not DriveCase.select().where(DriveCase.employer == later).exists()


def test_a_case_that_an_older_program_moved_in_the_future_stands_where_it_stands_today(
    register: object, author: Author
) -> None:
    moved, planned = employer(author, "甲", 30), employer(author, "乙", 40)
    reconcile(TODAY, author, load_index(TODAY))
    case = case_of(moved)["uid"]
    made(author, CaseStep, drive_case=case, stage="已接触", date=LATER)
    database.db.execute_sql("UPDATE drive_case SET stage = '已接触' WHERE uid = ?", (case,))
    database.db.execute_sql("UPDATE drive_case SET next_action = '上门' WHERE employer = ?", (planned,))
    assert len(steps(case)) == 2
    rows = {row.name: (row.stage, row.next_action) for row in drive(25, load_index(TODAY)).on_list}
    assert rows == {"甲": ("待筹建", None), "乙": ("待筹建", "上门")}
    stages = [count(f"stage:{stage}", WHOLE_REGISTER, TODAYS).value for stage in ("待筹建", "已接触")]
    assert stages == [2, 0]


def test_its_kinds_are_those_that_its_parts_are_read_from(
    register: object, author: Author, asked: list[str]
) -> None:
    standing = Standing(TODAY)
    assert (standing.index.entries, standing.employers, standing.setting("threshold")) == (standing.index.entries, [], 25)
    named = {name for sql in asked for name in sql.split('"')}
    assert named & set(database.db.get_tables()) == KINDS
