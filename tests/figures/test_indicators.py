"""The indicators on small registers made by hand: what each counts, for whom, until when, and what it cannot know."""

import datetime as dt
from typing import Any

import pytest

from models.engine.record import Record
from models.errors import UserError
from models.figures.counts import by_region, by_regions, count, names_of_places, rows
from models.figures.facts import Inquiry, Number, Period, Scope, year_until
from models.figures.indicators import find_indicator, indicators
from models.figures.sums import ELSEWHERE
from models.journal.writer import Author, batch
from models.records.employer import Coverage, Employer
from models.records.headcount import HeadCount
from models.records.membership import MembershipEvent
from models.records.region import Region, RegionParent, load_index
from models.records.union import Union
from models.records.worker import Worker
from models.uid import new_uid

YEAR = Period(dt.date(2026, 1, 1), dt.date(2026, 6, 30))
TOWN = "沙坪坝区小龙坎街道"


def made(author: Author, record: type[Record], **values: Any) -> str:
    """Create a record, and return its uid."""
    uid = str(values.pop("uid", new_uid()))
    with batch("edit", author) as writer:
        writer.create(record, {"uid": uid, **values})
    return uid


def place(name: str) -> str:
    """The uid of a region of the seed."""
    uid = load_index(YEAR.end).resolve(name).uid
    assert uid is not None
    return uid


def union(
    author: Author, name: str = "甲工会", founded: str | None = "2020-05-01", region: str = TOWN, **values: Any
) -> str:
    """A union in being."""
    known = {"region": place(region), "founding_date": founded, "state": "正常"}
    return made(author, Union, name=name, **(known | values))


def person(author: Author, *events: tuple[str, str | None, str | None], name: str = "王砚舟", **values: Any) -> str:
    """A worker with membership events: (type, union, date)."""
    uid = new_uid()
    facts: list[tuple[type[Record], dict[str, Any]]] = [
        (MembershipEvent, {"uid": new_uid(), "worker": uid, "type": kind, "union": at, "date": date})
        for kind, at, date in events
    ]
    with batch("edit", author) as writer:
        writer.create(Worker, {"uid": uid, "name": name, **values}, facts)
    return uid


def employer(
    author: Author, staff: int | None, covered_by: str | None = None, region: str = TOWN, **values: Any
) -> str:
    """A private enterprise with so many staff since the spring of 2026."""
    known = {"name": "重庆霁蓝虚构印务有限公司", "non_public": 1, "operating": 1, "region": place(region)}
    uid = made(author, Employer, **(known | values))
    if staff is not None:
        made(author, HeadCount, subject=uid, subject_kind="单位", as_of="2026-03-31", source="税务", staff_count=staff)
    if covered_by:
        made(author, Coverage, union=covered_by, employer=uid, since="2020-05-01")
    return uid


def number(key: str, day: dt.date = YEAR.end, scope: Scope | None = None) -> Number:
    """An indicator from the year's beginning until a day."""
    return count(key, scope or Scope(), Period(dt.date(day.year, 1, 1), day))


def test_every_indicator_says_what_it_is_and_has_rows(register: object) -> None:
    found = indicators()
    assert len({each.name for each in found.values()}) == len(found)
    for key, each in found.items():
        assert (each.key, bool(each.name and each.unit and each.note)) == (key, True)
        assert rows(each, Scope(), YEAR) == []
        assert count(each, Scope(), YEAR).value in (0, None)
        assert (each.kind == "rate") == (each.unit == "%")


def test_members_are_counted_as_they_stood_on_the_day(register: object, author: Author) -> None:
    one, other = union(author), union(author, "乙工会", region="渝中区")
    person(author, ("入会", one, "2024-03-01"), ("转出", one, "2026-02-10"), ("转入", other, "2026-02-10"))
    person(author, ("入会", one, "2026-01-15"), ("退会", one, "2026-05"))
    person(author, ("入会", one, "2019"), ("保留", one, "2026-04-01"))
    person(author, ("入会", None, "2026-01-15"))
    days = {
        day: number("members", dt.date.fromisoformat(day)).value
        for day in ("2026-01-14", "2026-01-15", "2026-04-30", "2026-05-01")
    }
    assert days == {"2026-01-14": 2, "2026-01-15": 3, "2026-04-30": 2, "2026-05-01": 1}
    assert number("retained_members").value == 1
    assert number("retained_members", dt.date(2026, 3, 31)).value == 0
    assert number("members", scope=Scope(union=other)).value == 1
    assert number("members", dt.date(2026, 2, 9), Scope(union=other)).value == 0
    assert number("members", scope=Scope(region=place("沙坪坝区"))).value == 0


def test_who_joins_is_new_once_and_who_moves_is_not_new(register: object, author: Author) -> None:
    one, other = union(author), union(author, "乙工会", region="渝中区")
    person(author, ("入会", one, "2026-01-01"), ("退会", one, "2026-02-01"), ("入会", other, "2026-03-01"))
    person(author, ("入会", one, "2025-12-31"), ("转入", other, "2026-03-01"))
    person(author, ("入会", one, "2026-06-30"))
    person(author, ("入会", one, "2026-07-01"))
    assert number("new_members").value == 2
    districts = by_region("new_members", "district", Scope(), YEAR)
    assert {uid: each.value for uid, each in districts.items()} == {place("沙坪坝区"): 2, place("渝中区"): 1}
    assert [row.date for row in rows("new_members", Scope(), YEAR)] == ["2026-06-30", "2026-03-01"]


def test_a_group_nobody_wrote_down_is_unknown_and_counts_for_none(register: object, author: Author) -> None:
    one = union(author)
    for group, migrant in (("快递员", 1), ("外卖配送员", 0), ("非新就业形态", None), (None, None)):
        person(author, ("入会", one, "2026-02"), occupation_group=group, migrant_worker=migrant)
    assert (number("new_new_form_members").value, number("new_new_form_members").unknown) == (2, 1)
    assert (number("members:快递员").value, number("new_members:外卖配送员").value) == (1, 1)
    assert (number("migrant_members").value, number("migrant_members").unknown) == (1, 2)
    assert [row.why for row in rows("new_form_members", Scope(), YEAR)] == ["入会", "入会"]


def test_a_union_without_a_founding_date_is_marked_and_counts_from_its_entry(register: object, author: Author) -> None:
    union(author)
    union(author, "乙工会", founded=None)
    union(author, "丙工会", verified=0)
    union(author, "丁工会", state="撤销", dissolved_on="2026-03")
    union(author, "戊工会", state="撤销")
    union(author, "己工会", founded="2026-06", new_form=1)
    today = dt.date.today()
    now = number("unions", today)
    assert (now.value, now.unknown, now.marked) == (3, 1, 1)
    before = number("unions", dt.date(2026, 2, 28))
    assert (before.value, before.unknown, before.marked) == (2, 1, 0)
    assert (number("new_unions").value, number("new_new_form_unions").value, number("new_form_unions").value) == (
        1,
        1,
        1,
    )
    assert number("new_unions", today).undated == 1


def test_a_union_founded_and_dissolved_within_the_year_was_founded_in_it(register: object, author: Author) -> None:
    union(author, founded="2026-02-01", state="撤销", dissolved_on="2026-05-01")
    assert (number("new_unions").value, number("unions").value) == (1, 0)


@pytest.mark.parametrize(("staff", "whole"), [(24, 0), (25, 1)])
def test_coverage_begins_at_the_line(register: object, author: Author, staff: int, whole: int) -> None:
    employer(author, staff)
    found = number("coverage_employers")
    assert (found.part, found.whole, found.value) == (0, whole, 0 if whole else None)
    assert number("on_list").value == whole


def test_coverage_is_told_by_employers_and_by_people_and_the_uncounted_stand_apart(
    register: object, author: Author
) -> None:
    one = union(author)
    employer(author, 300, one)
    employer(author, 60)
    employer(author, 40, non_public=None)
    employer(author, None, founding_date="2020")
    employer(author, 500, non_public=0)
    employer(author, 500, operating=0)
    employers, people = number("coverage_employers"), number("coverage_people")
    assert (employers.value, employers.part, employers.whole, employers.unknown) == (33.3, 1, 3, 1)
    assert (people.value, people.part, people.whole, people.unknown) == (75, 300, 400, 1)
    found = rows("coverage_employers", Scope(), YEAR)
    assert sorted((str(row.counted), row.weight) for row in found) == [
        ("False", 1),
        ("False", 1),
        ("None", 1),
        ("True", 1),
    ]
    assert (number("covered").value, number("on_list").value) == (1, 2)
    assert number("coverage_employers", dt.date(2026, 3, 30)).whole == 0


def test_a_rate_is_never_rounded_up(register: object, author: Author) -> None:
    for congress in (*[1] * 7, *[0] * 2, None):
        union(author, congress=congress)
    found = number("congress")
    assert (found.value, found.part, found.whole, found.unknown) == (77.7, 7, 9, 1)
    assert number("open_affairs").value is None
    assert number("open_affairs").unknown == 10


def test_the_small_three_levels_want_a_union_of_their_own_kind(register: object, author: Author) -> None:
    town = place(TOWN)
    park, community = (
        made(author, Region, name=name, level=level, dense=1)
        for name, level in (("示例园", "park"), ("示例社区", "community"))
    )
    for each in (park, community):
        made(author, RegionParent, region=each, parent=town)
    made(author, Region, name="示例村", level="community", dense=0)
    union(author, union_type="单独基层工会", region=TOWN)
    assert (number("small_three").part, number("small_three").whole) == (0, 2)
    with batch("edit", author) as writer:
        writer.create(
            Union,
            {
                "uid": new_uid(),
                "name": "示例园联合工会",
                "region": park,
                "union_type": "联合基层工会",
                "founding_date": "2026-03",
            },
        )
        writer.create(
            Union,
            {
                "uid": new_uid(),
                "name": "社区联合工会",
                "region": community,
                "union_type": "联合基层工会",
                "founding_date": "2026-03",
            },
        )
    assert [row.name for row in rows("small_three", Scope(), YEAR) if row.counted] == ["示例园"]
    with batch("edit", author) as writer:
        writer.create(
            Union,
            {
                "uid": new_uid(),
                "name": "社区工会",
                "region": community,
                "union_type": "村（社区）工会",
                "founding_date": "2026-04",
            },
        )
    assert number("small_three").value == 100
    assert number("small_three", dt.date(2026, 3, 31)).value == 50


def test_above_scale_enterprises_are_asked_for_their_congress_when_they_have_a_union(
    register: object, author: Author
) -> None:
    for congress in (1, 0, None):
        employer(author, 50, union(author, congress=congress), above_scale=1)
    employer(author, 50, above_scale=1)
    employer(author, 50, union(author, congress=1), above_scale=0)
    found = number("above_scale_congress")
    assert (found.part, found.whole, found.unknown) == (1, 2, 1)


def test_declared_members_stand_against_those_on_the_books(register: object, author: Author) -> None:
    one = union(author)
    union(author, "乙工会")
    made(author, HeadCount, subject=one, subject_kind="工会", as_of="2026-02", member_count=5)
    made(author, HeadCount, subject=one, subject_kind="工会", as_of="2026-08", member_count=9)
    person(author, ("入会", one, "2026-01-15"))
    assert (number("members_declared").value, number("members_declared").unknown) == (5, 1)
    assert number("member_gap").value == 4
    assert [(row.name, row.weight) for row in rows("member_gap", Scope(), YEAR)] == [("甲工会", 4)]


def test_a_term_is_over_from_the_day_after_its_last(register: object, author: Author) -> None:
    union(author, term_start="2021-06-30", term_years=5)
    union(author, "乙工会")
    assert (number("terms_over").value, number("terms_over").unknown) == (0, 1)
    assert number("terms_over", dt.date(2026, 7, 1)).value == 1


def test_parts_have_names_and_what_lies_nowhere_is_kept(register: object, author: Author) -> None:
    one = union(author)
    made(author, Union, name="乙工会", founding_date="2020", region=None)
    found = by_region("unions", "town", Scope(), YEAR)
    assert {uid: each.value for uid, each in found.items()} == {place(TOWN): 1, ELSEWHERE: 1}
    index = Inquiry(YEAR).index
    assert names_of_places("town", found, index) == {place(TOWN): TOWN, ELSEWHERE: ""}
    (unions,) = by_regions(["unions"], "union", Scope(region=place("沙坪坝区")), YEAR)
    assert names_of_places("union", unions, index) == {one: "甲工会"}


def test_what_cannot_be_asked_is_refused_with_a_sentence(register: object, author: Author) -> None:
    with pytest.raises(UserError, match="不能按工会统计"):
        count("on_list", Scope(union=union(author)), YEAR)
    with pytest.raises(UserError, match="不能按工会统计"):
        by_region("on_list", "union", Scope(), YEAR)
    with pytest.raises(UserError, match="是不是：新建工会"):
        find_indicator("建工会")
    with pytest.raises(UserError, match="没有指标“天气”"):
        find_indicator("天气")
    assert find_indicator("新入会").key == "new_members"
    with pytest.raises(UserError, match="2027 年还没有开始"):
        year_until(2027, YEAR.end)
    assert year_until(2024, YEAR.end) == Period(dt.date(2024, 1, 1), dt.date(2024, 12, 31))
