"""The numbers of the yearly survey: each counted apart; what nobody wrote is told, what has no place is no zero."""

import datetime as dt

import pytest

from models.figures.annual import AnnualLine, annual
from models.journal.writer import Author
from models.records.employer import Coverage
from models.records.headcount import HeadCount
from models.records.region import load_index
from models.register.register import Register
from tests.aids.sound_union import employer, member, union
from tests.aids.speaking import TODAY, made


def lines(day: dt.date = TODAY) -> dict[str, AnnualLine]:
    return {each.name: each for each in annual(day, load_index(day))}


def test_each_number_comes_from_what_the_register_holds(register: Register, author: Author) -> None:
    one = union(author, full_time_staff=2, congress=1)
    employer(author, 30, one)
    joint = union(author, name="某市场联合工会", union_type="联合基层工会", full_time_staff=None, women_committee=None, congress=0)
    for name, staff in (("甲公司", 12), ("乙公司", None)):
        employer(author, staff, joint, name=name)
    union(author, name="沙坪坝区小龙坎街道总工会", union_type="总工会")
    for name, sex, of in (("王五", "男", one), ("李四", "女", joint), ("赵六", None, joint)):
        member(author, name, ("入会", "2025-01-02", of), sex=sex)
    member(author, "周七", ("入会", "2025-01-02", one), ("退会", "2026-01-02", one))
    found = lines()
    told = {name: (each.value, each.unknown) for name, each in found.items()}
    assert told["基层工会"] == (2, 0)
    assert told["联合基层工会"] == (1, 0)
    assert told["联合工会涵盖单位"] == (2, 0)
    assert told["专职工会工作人员"] == (2, 1)
    assert (told["工会会员（在册）"], told["其中女会员"], told["联合工会会员"]) == ((3, 0), (1, 1), (2, 0))
    assert told["职工"] == (42, 1)
    assert (told["女职工组织"], told["建立职代会制度的"]) == ((1, 1), (1, 0))
    assert (found["职工董事"].value, found["职工董事"].source) == (None, "登记册里没有这一项，请另行统计")


def test_each_line_tells_what_other_unions_have_of_the_same(register: Register, author: Author) -> None:
    one = union(author)
    above = union(author, name="沙坪坝区小龙坎街道总工会", union_type="总工会", full_time_staff=7, congress=1)
    mentioned = union(author, name="某市场联合工会", union_type="联合基层工会", verified=0, full_time_staff=None)
    union(author, name="沙坪坝区砚溪街道总工会", union_type=None, full_time_staff=1)
    gone = union(author, name="某公司工会", state="撤销", dissolved_on="2025-03-04")
    shared = employer(author, 30, one)
    made(author, Coverage, union=mentioned, employer=shared, since="2020-01-02")
    employer(author, 8, mentioned, name="甲公司")
    members = (("王五", "男", one), ("李四", "女", above), ("赵六", None, above), ("周七", "女", mentioned), ("吴八", "女", gone))
    for name, sex, of in members:
        member(author, name, ("入会", "2025-01-02", of), sex=sex)
    told = {name: (each.value, each.unknown, each.elsewhere) for name, each in lines().items()}
    assert told["基层工会"] == (1, 1, 2)
    assert told["联合基层工会"] == (0, 0, 1)
    assert told["联合工会涵盖单位"] == (0, 0, 2)
    assert told["专职工会工作人员"] == (1, 0, 8)
    assert told["工会会员（在册）"] == (1, 0, 4)
    assert told["其中女会员"] == (0, 0, 3)
    assert told["联合工会会员"] == (0, 0, 1)
    assert told["职工"] == (30, 0, 8)
    assert told["建立职代会制度的"] == (0, 1, 1)


def test_an_employer_of_two_unions_is_counted_once_and_its_staff_as_of_the_day(register: Register, author: Author) -> None:
    one, joint = union(author), union(author, name="某市场联合工会", union_type="联合基层工会")
    shared = employer(author, 30, one)
    other = union(author, name="另一市场联合工会", union_type="联合基层工会")
    for of in (joint, other):
        made(author, Coverage, union=of, employer=shared, since="2020-01-02")
    made(author, HeadCount, subject=shared, subject_kind="单位", as_of="2025-12-31", source="税务", staff_count=12)
    assert [lines()[name].value for name in ("职工", "联合工会涵盖单位")] == [30, 1]
    assert lines(dt.date(2025, 12, 31))["职工"].value == 12


@pytest.mark.usefixtures("register")
def test_an_empty_register_has_zeros_where_it_could_hold_something() -> None:
    found = lines()
    assert found["基层工会"].value == found["工会会员（在册）"].value == 0
    assert found["职代会职工代表"].value is None
