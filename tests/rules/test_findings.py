"""The list of findings: whose members count, which lines are set, which region and record it is about, what is put aside."""

import datetime as dt
from typing import Any

import pytest

from models.errors import UserError
from models.journal.log import Batch
from models.journal.settings import change_setting
from models.journal.undo import undo
from models.journal.writer import Author
from models.records.region import load_index
from models.rules.rules import findings_of, set_aside, summary, take_up
from tests.aids.sound_union import Counts, Values, employer, found, member, told, union
from tests.aids.speaking import LI, TODAY, WANG


def test_members_listed_by_name_count_where_they_are_more_than_declared(register: object, author: Author) -> None:
    uid = union(author, {"member_count": 24, "women_member_count": 1}, org_form="组织员")
    for number in range(25):
        member(author, f"示例{number}", ("入会", "2024-05-06", uid), sex="女")
    (finding,) = found(rules=["R01"])
    assert finding.text == "会员申报 24 人、名单上 25 人，组织形式还是“组织员”"
    assert [each.text for each in found(rules=["R18"])] == ["会员申报 24 人、名单上 25 人"]


def test_women_listed_by_name_count_where_they_are_more_than_declared(register: object, author: Author) -> None:
    uid = union(author, {"member_count": 12, "women_member_count": 3}, women_committee=0)
    for number in range(9):
        member(author, f"示例{number}", ("入会", "2024-05-06", uid), sex="女")
    for sex in (None, "男"):
        member(author, "孙苒", ("入会", "2024-05-06", uid), sex=sex)
    assert found(rules=["R05"]) == [], "nine are known to be women; of whom it is not known counts nowhere"
    member(author, "王砚舟", ("入会", "2024-05-06", uid), sex="女")
    assert [each.text for each in found(rules=["R05"])] == ["女会员申报 3 人、名单上 10 人，没有女职工委员会"]


def test_members_count_as_of_the_day(register: object, author: Author) -> None:
    uid = union(author, women_committee=0)
    for number in range(9):
        member(author, f"示例{number}", ("入会", "2024-05-06", uid), sex="女")
    member(author, "孙苒", ("入会", "2026-07", uid), ("退会", "2026-09-10", uid), sex="女")
    days = ("2026-06-30", "2026-07-01", "2026-09-09", "2026-09-10")
    assert [told("R05", dt.date.fromisoformat(day)) for day in days] == [None, "warning", "warning", None]


@pytest.mark.parametrize(
    ("second", "spoken"),
    [("入会", 2), ("转入", 2), ("保留", 2), ("申请", 0), ("转出", 0), ("退会", 0)],
)
def test_one_identity_number_holds_one_membership(register: object, author: Author, second: str, spoken: int) -> None:
    here, there = union(author), union(author, name="万州松石虚构餐饮有限公司工会")
    member(author, "王砚舟", ("入会", "2024-05-06", here), id_number=WANG)
    member(author, "王砚舟", (second, "2025-05-06", there), id_number=WANG)
    member(author, "李芷汐", ("入会", "2024-05-06", there), id_number=LI)
    doubles = found(rules=["R15"])
    assert [(each.name, each.severity, each.kind) for each in doubles] == [("王砚舟", "error", "worker")] * spoken
    assert not any(WANG in each.text for each in doubles)


def test_the_same_number_twice_in_one_union_or_unknown_numbers_are_no_second_membership(
    register: object, author: Author
) -> None:
    here, there = union(author), union(author, name="万州松石虚构餐饮有限公司工会")
    for of, number in ((here, WANG), (here, WANG), (here, None), (there, None)):
        member(author, "王砚舟", ("入会", "2024-05-06", of), id_number=number)
    assert found(rules=["R15"]) == []


@pytest.mark.parametrize(
    ("state", "delegate", "spoken"), [("保留", 1, "error"), ("保留", 0, None), ("保留", None, None), ("转入", 1, None)]
)
def test_a_retained_member_is_no_delegate(
    register: object, author: Author, state: str, delegate: int | None, spoken: str | None
) -> None:
    uid = union(author)
    member(author, "王砚舟", ("入会", "2024-05-06", uid), (state, "2025-05-06", uid), delegate=delegate)
    assert told("R16") == spoken


@pytest.mark.parametrize(
    ("key", "value", "rule_id", "values", "counts"),
    [
        ("full_time_staff", 300, "R04", {"full_time_staff": 0}, {"staff_count": 299}),
        ("women_members", 25, "R05", {"women_committee": 0}, {"women_member_count": 24}),
        ("term_days", 30, "R09", {"term_start": "2023-12-23", "term_years": 3}, {}),
        ("chair_vacant_months", 6, "R10", {"chair": None, "chair_vacant_since": "2026-05-22"}, {}),
        ("congress_members", 50, "R12", {"meeting_form": "会员代表大会"}, {"member_count": 51}),
        ("committee_sizes", [[1, 1, 5]], "R11", {"committee_size": 5}, {"member_count": 201}),
        ("committee_sizes", {"rows": [[1, 2, 4]], "odd": False}, "R11", {"committee_size": 4}, {"member_count": 300}),
    ],
)
def test_a_line_that_is_set_otherwise_silences_the_rule(
    register: object, author: Author, key: str, value: Any, rule_id: str, values: Values, counts: Counts
) -> None:
    union(author, counts, **values)
    assert told(rule_id)
    change_setting(key, value, author)
    assert told(rule_id) is None


@pytest.mark.parametrize(("table", "spoken"), [("2016", None), ("graded", "note"), ("interim", None)])
def test_the_tables_of_committee_sizes_differ(register: object, author: Author, table: str, spoken: str | None) -> None:
    union(author, {"member_count": 100}, committee_size=7)
    change_setting("committee_sizes", table, author)
    assert told("R11") == spoken


@pytest.mark.parametrize(
    "value", ["2099", [], [[1, 5, 3]], [[25, 3, 7], [1, 1, 5]], [[1, 1, 5], [1, 3, 7]], [[1, 3]], {"rows": 5}, 7]
)
def test_a_committee_table_that_is_none_is_told(register: object, author: Author, value: Any) -> None:
    change_setting("committee_sizes", value, author)
    with pytest.raises(UserError, match="委员人数表"):
        found()


def test_a_region_shows_what_lies_below_it_only(register: object, author: Author) -> None:
    index = load_index(TODAY)
    town, other = (index.resolve(name).uid for name in ("沙坪坝区小龙坎街道", "万州区"))
    here = union(author, name="甲工会", region=town, approval_number=None)
    there = union(author, name="乙工会", region=other, approval_number=None)
    employer(author, name="丙", region=town)
    employer(author, name="丁", region=other)
    member(author, "王砚舟", ("入会", "2024-05-06", here), id_number=WANG)
    member(author, "王砚舟", ("入会", "2024-05-06", there), id_number=WANG)
    shown = found(region=index.resolve("沙坪坝区").uid)
    assert [(each.rule, each.name, each.region) for each in shown] == [
        ("R02", "丙", "沙坪坝区小龙坎街道"), ("R14", "甲工会", "沙坪坝区小龙坎街道"), ("R15", "王砚舟", "沙坪坝区小龙坎街道"),
    ]  # fmt: skip


def test_the_page_of_a_record_shows_its_own_findings(register: object, author: Author) -> None:
    here, there = (union(author, name=name, approval_number=None) for name in ("甲工会", "乙工会"))
    lone = employer(author, name="丙")
    employer(author, name="丁")
    people = [member(author, "王砚舟", ("入会", "2024-05-06", of), id_number=WANG) for of in (here, there)]
    index = load_index(TODAY)
    everything = found()
    pages = {("union", here): {here, people[0]}, ("employer", lone): {lone}, ("worker", people[1]): {people[1]}}
    for (kind, uid), expected in pages.items():
        page = findings_of(kind, uid, TODAY, index)  # type: ignore[arg-type]
        assert page == [each for each in everything if each.uid in expected]
        assert page
    chosen = found(unions=[here, there], employers=[lone])
    assert {each.uid for each in chosen} == {here, there, lone, *people}


def test_a_finding_put_aside_stays_and_is_counted_apart(register: object, author: Author) -> None:
    uid = union(author, approval_number=None, audit_committee=None)
    with pytest.raises(UserError, match="原因"):
        set_aside("R14", uid, " ", author)
    set_aside("R14", uid, "批复已遗失，正在补办", author)
    assert [(each.rule, each.aside) for each in found()] == [("R07", ""), ("R14", "批复已遗失，正在补办")]
    counted = {each.rule.id: (each.count, each.unknown, each.aside) for each in summary(found())}
    assert (counted["R07"], counted["R14"], counted["R01"], len(counted)) == ((0, 1, 0), (0, 0, 1), (0, 0, 0), 19)
    take_up("R14", uid, author)
    take_up("R14", uid, author)
    assert [each.aside for each in found(rules=["R14"])] == [""]


def test_putting_aside_can_be_undone(register: object, author: Author) -> None:
    uid = union(author, approval_number=None)
    set_aside("R14", uid, "正在补办", author)
    undo(Batch.select().order_by(Batch.id.desc()).get().id, author)
    assert [each.aside for each in found()] == [""]
