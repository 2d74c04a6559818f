"""The drive's list: who stands on it, who does not and why; and the counts and figures that it is made of."""

import datetime as dt
from typing import Any

import pytest

from models.drive.list import Drive, drive
from models.drive.places import by_place
from models.engine.record import Record
from models.figures.figures import figures
from models.journal.writer import Author
from models.records.drive_case import DriveCase
from models.records.employer import Coverage, Employer
from models.records.headcount import HeadCount
from models.records.membership import MembershipEvent
from models.records.region import load_index
from models.records.setting import Setting, setting
from models.records.union import Union
from models.records.worker import Worker
from models.standing.counts import newest, newest_counts
from models.uid import day_of, new_uid
from tests.aids.speaking import TODAY, made

COMPANY = "重庆霁蓝虚构印务有限公司"


Facts = list[tuple[type[Record], dict[str, Any]]]


def employer(author: Author, name: str = COMPANY, staff: int | None = 30, region: str | None = None, **values: Any) -> str:
    """An operating private enterprise with so many staff."""
    place = load_index(TODAY).resolve(region).uid if region else None
    known: dict[str, Any] = {"nature": "私营企业", "non_public": 1, "operating": 1, "verified": 1, "region": place}
    uid = made(author, Employer, name=name, **(known | values))
    if staff is not None:
        count(author, uid, "2024-06-30", staff)
    return uid


def count(author: Author, subject: str, day: str | None, staff: int | None, source: str = "税务", **values: Any) -> None:
    """A head count of an employer."""
    made(author, HeadCount, subject=subject, subject_kind="单位", as_of=day, source=source, staff_count=staff, **values)


def covered(author: Author, uid: str, name: str = "某市场联合工会", until: str | None = None, **values: Any) -> str:
    """A union that covers the employer."""
    union = made(author, Union, name=name, **{"union_type": "单独基层工会", "state": "正常", "verified": 1, **values})
    made(author, Coverage, union=union, employer=uid, since="2020-01-02", until=until)
    return union


def state(threshold: int = 25, region: str | None = None) -> Drive:
    """The drive as it stands."""
    index = load_index(TODAY)
    return drive(threshold, index, index.resolve(region).uid if region else None)


def group(name: str = COMPANY) -> str | None:
    """Where an employer stands in the funnel; None when it is left out."""
    return next((row.group for row in state().rows if row.name == name), None)


@pytest.mark.parametrize(("staff", "where"), [(24, "below"), (25, "on_list"), (26, "on_list"), (0, "below"), (None, "unknown")])
def test_the_line_is_25_people_employed(register: object, author: Author, staff: int | None, where: str) -> None:
    employer(author, staff=staff)
    assert group() == where


def test_the_threshold_is_a_setting(register: object, author: Author) -> None:
    employer(author, staff=25)
    assert setting("threshold") == 25
    made(author, Setting, key="threshold", value="26")
    assert (state(setting("threshold")).threshold, len(state(setting("threshold")).on_list)) == (26, 0)


@pytest.mark.parametrize(
    ("values", "where"),
    [
        ({"non_public": 0}, None),
        ({"operating": 0}, None),
        ({"non_public": None, "nature": "国有企业"}, None),
        ({"non_public": 1, "nature": "国有企业"}, "on_list"),
        ({"non_public": None, "nature": None}, "on_list"),
        ({"non_public": None, "nature": "社会团体"}, "on_list"),
        ({"operating": None}, "on_list"),
    ],
)
def test_only_a_known_no_excludes(register: object, author: Author, values: dict[str, Any], where: str | None) -> None:
    employer(author, **values)
    assert group() == where
    assert state().summary["excluded"] == (1 if where is None else 0)


@pytest.mark.parametrize(
    ("values", "marked"),
    [
        ({}, False),
        ({"operating": None}, True),
        ({"non_public": None, "nature": None}, True),
        ({"non_public": None, "nature": "私营企业"}, False),
    ],
)
def test_what_is_not_known_is_listed_and_marked(
    register: object, author: Author, values: dict[str, Any], marked: bool
) -> None:
    employer(author, **values)
    assert [row.to_verify for row in state().on_list] == [marked]
    assert state().summary["to_verify"] == int(marked)


@pytest.mark.parametrize(
    ("union", "where", "suspected"),
    [
        ({"union_type": "单独基层工会"}, "own_union", False),
        ({"union_type": "联合基层工会"}, "joint_union", False),
        ({"union_type": None, "state": None}, "own_union", False),
        ({"verified": 0}, "on_list", True),
        ({"state": "撤销"}, "on_list", True),
        ({"state": "筹备"}, "on_list", True),
        ({"until": "2023-01-01"}, "on_list", False),
    ],
)
def test_only_an_active_confirmed_union_covers(
    register: object, author: Author, union: dict[str, Any], where: str, suspected: bool
) -> None:
    covered(author, employer(author), **union)
    row = state().rows[0]
    assert (row.group, row.suspected) == (where, suspected)


def test_a_union_of_unknown_type_that_covers_several_is_a_joint_one(register: object, author: Author) -> None:
    union = covered(author, employer(author), union_type=None)
    made(author, Coverage, union=union, employer=employer(author, "重庆松石虚构餐饮有限公司"))
    assert {row.group for row in state().rows} == {"joint_union"}


def test_a_stage_that_says_founded_is_only_a_hint(register: object, author: Author) -> None:
    uid = employer(author)
    made(author, DriveCase, employer=uid, stage="已建会", next_action="核实", next_action_date="2026-12-01")
    row = state().rows[0]
    assert (row.group, row.suspected, row.stage, row.next_action) == ("on_list", True, "已建会", "核实")


def test_near_names_are_offered_and_never_joined(register: object, author: Author) -> None:
    employer(author, "重庆市霁蓝虚构印务有限公司")
    employer(author, "万州松石虚构餐饮有限公司")
    made(author, Union, name=f"{COMPANY}工会委员会", verified=1)
    covered(author, employer(author, "重庆霁蓝虚构印务公司"), f"{COMPANY}第二工会")
    listed = {row.name: row.candidates for row in state().on_list}
    assert listed == {"重庆市霁蓝虚构印务有限公司": (f"{COMPANY}工会委员会",), "万州松石虚构餐饮有限公司": ()}


def test_the_funnel_of_each_district_is_the_sum_of_its_towns(register: object, author: Author) -> None:
    employer(author, "甲", region="沙坪坝区小龙坎街道")
    employer(author, "乙", 12, region="沙坪坝区小龙坎街道")
    covered(author, employer(author, "丙", region="沙坪坝区磁器口街道"))
    employer(author, "丁", None, region="万州区")
    employer(author, "戊", region=None)
    employer(author, "己", region="万州区", non_public=0)
    found = state()
    groups = ("employers", "on_list", "own_union", "joint_union", "below", "unknown")
    places = {(each["district"], each["town"]): tuple(each[name] for name in groups) for each in found.by_region}
    assert places == {
        ("万州区", ""): (1, 0, 0, 0, 0, 1), ("沙坪坝区", ""): (3, 1, 1, 0, 1, 0), ("沙坪坝区", "小龙坎街道"): (2, 1, 0, 0, 1, 0),
        ("沙坪坝区", "磁器口街道"): (1, 0, 1, 0, 0, 0), ("", ""): (1, 1, 0, 0, 0, 0),
    }  # fmt: skip
    assert list(places)[-1] == ("", "")
    totals = [sum(row[at] for (_district, town), row in places.items() if not town) for at in range(6)]
    assert totals == [found.summary[name] for name in groups]
    assert found.summary["excluded"] == 1


def test_places_stand_in_the_order_of_the_regions(register: object, author: Author) -> None:
    for number, region in enumerate(("沙坪坝区小龙坎街道", "两江新区鸳鸯街道", "沙坪坝区磁器口街道", "渝中区", None)):
        employer(author, f"第{number}家", region=region)
    index, found = load_index(TODAY), state()
    listed = [each["district"] + each["town"] for each in found.by_region]
    assert [name for name in listed if not name.endswith("街道")] == ["渝中区", "沙坪坝区", "两江新区", ""]
    assert listed.index("沙坪坝区") + 2 == max(listed.index(name) for name in listed if name.startswith("沙坪坝区"))
    assert [place.name for place in by_place(found.rows, index, 25)] == ["渝中区", "沙坪坝区", "两江新区", ""]


def test_a_region_shows_what_lies_below_it_only(register: object, author: Author) -> None:
    employer(author, "甲", region="沙坪坝区小龙坎街道")
    employer(author, "乙", region="万州区")
    assert [row.name for row in state(region="沙坪坝区").rows] == ["甲"]


def test_the_newest_count_by_date_decides_and_the_others_stay(register: object, author: Author) -> None:
    uid = employer(author, staff=None)
    count(author, uid, "2024-06-30", 30, "税务", approximate=1)
    count(author, uid, "2023-12-31", 20, "社保")
    row = state().rows[0]
    assert (row.staff_count, row.as_of, row.source, row.approximate, row.group) == (30, "2024-06-30", "税务", True, "on_list")


@pytest.mark.parametrize(
    ("counts", "value"),
    [
        ([("2024-06-30", 30), ("2024-06-30", 20)], 20),
        ([("2024-06-02", 30), ("2024-06", 20)], 30),
        ([("2024-06-01", 30), ("2024-06", 20)], 20),
        ([("2024", 30), ("2023-12-31", 20)], 30),
        ([("2001-01-01", 30), (None, 20)], 30),
        ([("2024-06-30", 30), ("2024-07-31", None)], 30),
    ],
)
def test_which_count_is_the_newest(
    register: object, author: Author, counts: list[tuple[str | None, int | None]], value: int
) -> None:
    uid = employer(author, staff=None)
    for day, staff in counts:
        count(author, uid, day, staff)
    assert state().rows[0].staff_count == value
    assert newest_counts([uid])[uid]["staff_count"] == value


def test_counts_as_of_a_day_leave_later_ones_out(register: object, author: Author) -> None:
    uid = employer(author, staff=None)
    for day, staff in (("2024-06-30", 30), ("2025-01-01", 40), ("2025-06", 50)):
        count(author, uid, day, staff)
    known = {until: [row[1] for row in newest(until=until).tuples()] for until in ("2024-12-31", "2025-05-31", "2025-06-01")}
    assert known == {"2024-12-31": [30], "2025-05-31": [40], "2025-06-01": [50]}


def test_an_undated_count_counts_from_the_day_the_register_learned_of_it(register: object, author: Author) -> None:
    uid = employer(author, staff=None, founding_date="2020-01-02")
    count(author, uid, None, 40)
    learned = dt.date.fromisoformat(day_of(HeadCount.get().uid))
    before = learned - dt.timedelta(days=1)
    assert [list(newest(until=day.isoformat()).tuples()) for day in (before, learned)] == [
        [], [(uid, 40, None, "税务", None, None)],
    ]  # fmt: skip
    stood = [drive(25, load_index(TODAY), as_of=day).rows[0] for day in (before, learned)]
    assert [(row.group, row.staff_count) for row in stood] == [("unknown", None), ("on_list", 40)]


def test_the_four_figures_of_the_first_page(register: object, author: Author) -> None:
    employer(author)
    union = made(author, Union, name="甲工会", founding_date="2026-03", state="正常", verified=1)
    made(author, Union, name="乙工会", founding_date="2026-03-04", state="撤销", verified=1)
    made(author, Union, name="丙工会", founding_date="2026-03-04", verified=0)
    made(author, Union, name="丁工会", founding_date="2019", verified=None)
    for name, kinds, day, occupation, of in (
        ("王砚舟", ["入会"], "2026-05", "外卖配送员", union),
        ("李芷汐", ["入会"], "2019", "非新就业形态", union),
        ("赵嘉树", ["入会", "保留"], "2026-01-02", "货车司机", union),
        ("钱沁", ["入会", "退会"], "2026-01-02", None, union),
        ("孙苒", ["入会"], "2026-01-02", None, None),
        ("周茉", [], None, "快递员", None),
    ):
        uid = new_uid()
        event = {"worker": uid, "union": of, "date": day}
        events: Facts = [(MembershipEvent, event | {"uid": new_uid(), "type": kind}) for kind in kinds]
        made(author, Worker, events, uid=uid, name=name, occupation_group=occupation)
    found = figures(2026, TODAY)
    assert (found.unions, found.members, found.new_form_members, found.on_list) == (2, 2, 1, 1)
    assert (found.new_unions, found.new_members) == (1, 3)
