"""The numbers of the yearly survey: each counted apart; what nobody wrote is told, what has no place is no zero."""

import pytest

from models.figures.annual import AnnualLine, annual
from models.journal.writer import Author
from models.records.region import load_index
from models.register.register import Register
from tests.aids.sound_union import employer, member, union
from tests.aids.speaking import TODAY


def lines() -> dict[str, AnnualLine]:
    return {each.name: each for each in annual(TODAY, load_index(TODAY))}


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
    assert told["职工"] == (42, 0)
    assert (told["女职工组织"], told["建立职代会制度的"]) == ((1, 1), (1, 0))
    assert (found["职工董事"].value, found["职工董事"].source) == (None, "登记册里没有这一项，请另行统计")


def test_members_of_other_unions_are_told_beside_those_of_basic_ones(register: Register, author: Author) -> None:
    one, above = union(author), union(author, name="沙坪坝区小龙坎街道总工会", union_type="总工会")
    for name, of in (("王五", one), ("李四", above), ("赵六", above)):
        member(author, name, ("入会", "2025-01-02", of))
    found = lines()["工会会员（在册）"]
    assert (found.value, found.unknown) == (1, 2)


@pytest.mark.usefixtures("register")
def test_an_empty_register_has_zeros_where_it_could_hold_something() -> None:
    found = lines()
    assert found["基层工会"].value == found["工会会员（在册）"].value == 0
    assert found["职代会职工代表"].value is None
