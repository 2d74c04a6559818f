"""What each rule says: an example that fires, one that does not, the boundaries, and what is unknown."""

import datetime as dt

import pytest

from models.drive.list import drive
from models.errors import UserError
from models.journal.writer import Author
from models.records.headcount import HeadCount
from models.records.region import load_index
from models.records.setting import setting
from models.rules.checks import EMPLOYER_CHECKS, UNION_CHECKS
from models.rules.rules import RULES, rule
from tests.aids.sound_union import Counts, Values, employer, found, member, told, union
from tests.aids.speaking import TODAY, made


def test_every_rule_is_whole_and_has_its_check() -> None:
    assert [each.id for each in RULES] == [f"R{number:02}" for number in range(1, 20)]
    assert {each.id for each in RULES if each.subject == "union"} == {*UNION_CHECKS, "R19"}
    assert {each.id for each in RULES if each.subject == "employer"} == set(EMPLOYER_CHECKS)
    assert {each.id for each in RULES if each.subject == "worker"} == {"R15", "R16"}
    assert all(each.title and each.basis and each.advice for each in RULES)


def test_a_rule_is_found_by_its_id_and_an_unknown_one_is_told() -> None:
    assert rule("r04") is RULES[3]
    with pytest.raises(UserError, match="R01 到 R19"):
        rule("R20")


def test_of_a_sound_union_no_rule_has_anything_to_say(register: object, author: Author) -> None:
    uid = union(author, {"staff_count": 210, "member_count": 2, "women_member_count": 1})
    employer(author, 210, of=uid, legal_representative="王示例")
    for name, sex in (("王砚舟", "男"), ("李芷汐", "女")):
        member(author, name, ("入会", "2024-05-06", uid), sex=sex, delegate=1)
    assert found() == []


@pytest.mark.parametrize(
    ("rule_id", "values", "counts", "spoken"),
    [
        ("R01", {"org_form": "组织员"}, {"member_count": 24}, None),
        ("R01", {"org_form": "组织员"}, {"member_count": 25}, "warning"),
        ("R01", {"org_form": "小组"}, {"member_count": 25}, "warning"),
        ("R01", {"org_form": None, "union_type": "工会小组"}, {"member_count": 25}, "warning"),
        ("R01", {"org_form": "工会委员会"}, {"member_count": 25}, None),
        ("R04", {"full_time_staff": 0}, {"staff_count": 199}, None),
        ("R04", {"full_time_staff": 0}, {"staff_count": 200}, "warning"),
        ("R04", {"full_time_staff": 1}, {"staff_count": 200}, None),
        ("R04", {"full_time_staff": None}, {"staff_count": 200}, "unknown"),
        ("R04", {"full_time_staff": None}, {"staff_count": 199}, None),
        ("R04", {"full_time_staff": 0}, {}, None),
        ("R05", {"women_committee": 0}, {"women_member_count": 9}, None),
        ("R05", {"women_committee": 0}, {"women_member_count": 10}, "warning"),
        ("R05", {"women_committee": 1}, {"women_member_count": 10}, None),
        ("R05", {"women_committee": None}, {"women_member_count": 10}, "unknown"),
        ("R05", {"women_committee": 0, "org_form": "组织员"}, {"women_member_count": 10}, None),
        ("R06", {"women_committee": 0, "women_commissioner": 0}, {"women_member_count": 0}, None),
        ("R06", {"women_committee": 0, "women_commissioner": 0}, {"women_member_count": 1}, "note"),
        ("R06", {"women_committee": None, "women_commissioner": 0}, {"women_member_count": 9}, "note"),
        ("R06", {"women_committee": 0, "women_commissioner": 0}, {"women_member_count": 10}, None),
        ("R06", {"women_committee": 1, "women_commissioner": 0}, {"women_member_count": 9}, None),
        ("R06", {"women_committee": 0, "women_commissioner": None}, {"women_member_count": 9}, None),
        ("R07", {"audit_committee": 0}, {}, "warning"),
        ("R07", {"audit_committee": 0, "audit_commissioner": 0}, {}, "warning"),
        ("R07", {"audit_committee": 0, "audit_commissioner": 1}, {}, None),
        ("R07", {"audit_committee": None, "audit_commissioner": 1}, {}, None),
        ("R07", {"audit_committee": None}, {}, "unknown"),
        ("R07", {"audit_committee": None, "audit_commissioner": 0}, {}, "unknown"),
        ("R07", {"audit_committee": 0, "union_type": "工会小组"}, {}, None),
        ("R08", {"term_years": 3}, {}, None),
        ("R08", {"term_years": 4}, {}, "error"),
        ("R08", {"term_years": 0}, {}, "error"),
        ("R08", {"term_years": None}, {}, "unknown"),
        ("R09", {"term_start": None}, {}, "unknown"),
        ("R09", {"term_years": None}, {}, None),
        ("R10", {"chair": None}, {}, "unknown"),
        ("R10", {"chair": None, "chair_vacant_since": "2026-08-22"}, {}, None),
        ("R10", {"chair": None, "chair_vacant_since": "2026-08-21"}, {}, "warning"),
        ("R10", {"chair": None, "chair_vacant_since": "2026-08"}, {}, "warning"),
        ("R10", {"chair": "赵示例", "chair_vacant_since": "2026-08-21"}, {}, "warning"),
        ("R11", {"committee_size": 5}, {"member_count": 24}, None),
        ("R11", {"committee_size": 1}, {"member_count": 24}, None),
        ("R11", {"committee_size": 1}, {"member_count": 25}, "note"),
        ("R11", {"committee_size": 3}, {"member_count": 25}, None),
        ("R11", {"committee_size": 7}, {"member_count": 200}, None),
        ("R11", {"committee_size": 9}, {"member_count": 200}, "note"),
        ("R11", {"committee_size": 5}, {"member_count": 201}, "note"),
        ("R11", {"committee_size": 4}, {"member_count": 30}, "note"),
        ("R11", {"committee_size": None}, {"member_count": 30}, None),
        ("R11", {"committee_size": 4}, {}, None),
        ("R12", {"meeting_form": "会员代表大会"}, {"member_count": 100}, "note"),
        ("R12", {"meeting_form": "会员代表大会"}, {"member_count": 101}, None),
        ("R12", {"meeting_form": "会员大会"}, {"member_count": 100}, None),
        ("R12", {"meeting_form": None}, {"member_count": 100}, None),
        ("R12", {"meeting_form": "会员代表大会"}, {}, None),
        ("R13", {"chair_conflict": 1}, {}, "warning"),
        ("R13", {"chair_conflict": 0}, {}, None),
        ("R14", {"approval_number": None}, {}, "warning"),
        ("R14", {"approval_number": None, "state": "筹备"}, {}, None),
        ("R14", {"approval_number": None, "verified": 0}, {}, None),
        ("R17", {}, {"staff_count": 30, "member_count": 30}, None),
        ("R17", {}, {"staff_count": 30, "member_count": 31}, "warning"),
        ("R17", {"union_type": "联合基层工会"}, {"staff_count": 30, "member_count": 31}, None),
        ("R17", {}, {"member_count": 31}, None),
        ("R18", {}, {"member_count": 1}, "unknown"),
        ("R18", {}, {"member_count": 0}, None),
        ("R18", {}, {"staff_count": 5}, None),
    ],
)  # fmt: skip
def test_what_each_rule_says_of_a_union(
    register: object, author: Author, rule_id: str, values: Values, counts: Counts, spoken: str | None
) -> None:
    union(author, counts, **values)
    assert told(rule_id) == spoken


@pytest.mark.parametrize(
    ("left", "values", "spoken"),
    [
        (91, {}, None),
        (90, {}, "warning"),
        (0, {}, "warning"),
        (-1, {}, "warning"),
        (-1, {"extension_number": "沙工发〔2026〕9号"}, "note"),
        (1, {"extension_number": "沙工发〔2026〕9号"}, "warning"),
        (-1, {"org_form": "组织员"}, None),
    ],
)
def test_a_term_is_told_from_90_days_before_its_end(
    register: object, author: Author, left: int, values: Values, spoken: str | None
) -> None:
    end = TODAY + dt.timedelta(days=left)
    union(author, term_start=end.replace(year=end.year - 5).isoformat(), **values)
    assert told("R09") == spoken


@pytest.mark.parametrize(
    ("staff", "values", "cover", "spoken"),
    [
        (24, {}, None, None),
        (25, {}, None, "note"),
        (None, {}, None, None),
        (25, {"non_public": 0}, None, None),
        (25, {"non_public": None, "nature": None}, None, "note"),
        (25, {"operating": 0}, None, None),
        (25, {}, {}, None),
        (25, {}, {"state": "撤销"}, "note"),
        (25, {}, {"verified": 0}, "note"),
    ],
)
def test_an_employer_above_the_line_without_a_union_is_a_task(
    register: object, author: Author, staff: int | None, values: Values, cover: Values | None, spoken: str | None
) -> None:
    employer(author, staff, None if cover is None else union(author, **cover), **values)
    assert told("R02") == spoken
    index = load_index(TODAY)
    listed = [row.uid for row in drive(setting("threshold"), index, as_of=TODAY).on_list]
    assert [each.uid for each in found(rules=["R02"])] == listed


@pytest.mark.parametrize(
    ("values", "cover", "spoken"),
    [
        ({"founding_date": "2025-11-22"}, None, None),
        ({"founding_date": "2025-11-21"}, None, "warning"),
        ({"founding_date": "2025-11"}, None, "warning"),
        ({"founding_date": "2025-12"}, None, None),
        ({"founding_date": None}, None, None),
        ({"founding_date": "2019", "non_public": 0, "nature": "财政拨款的事业单位"}, None, "warning"),
        ({"founding_date": "2019", "operating": 0}, None, None),
        ({"founding_date": "2019", "operating": 0, "non_public": 0}, None, None),
        ({"founding_date": "2019", "operating": None, "closed_on": "2026-11-01"}, None, None),
        ({"founding_date": "2019"}, {}, None),
        ({"founding_date": "2019"}, {"state": "筹备"}, "warning"),
    ],
)
def test_an_employer_of_more_than_twelve_months_needs_a_union(
    register: object, author: Author, values: Values, cover: Values | None, spoken: str | None
) -> None:
    employer(author, 3, None if cover is None else union(author, **cover), **values)
    assert told("R03") == spoken


@pytest.mark.parametrize(
    ("staffs", "spoken"), [((199, 199), None), ((150, 200), "warning"), ((200, 300), "warning"), ((None, None), None)]
)
def test_a_joint_union_needs_full_time_staff_for_one_large_employer_not_for_the_sum(
    register: object, author: Author, staffs: tuple[int | None, ...], spoken: str | None
) -> None:
    uid = union(author, {"staff_count": 5_000}, union_type=None, full_time_staff=0)
    for number, staff in enumerate(staffs):
        employer(author, staff, uid, f"重庆虚构第{number}有限公司")
    assert told("R04") == spoken


def test_of_a_single_employer_and_its_union_the_newer_count_of_staff_decides(register: object, author: Author) -> None:
    uid = union(author, {"staff_count": 199}, day="2026-05", full_time_staff=0)
    employer(author, 200, uid)
    assert told("R04") == "warning"
    made(author, HeadCount, subject=uid, subject_kind="工会", as_of="2026-07-31", staff_count=199)
    assert told("R04") is None


@pytest.mark.parametrize(
    ("chair", "leader", "spoken"),
    [
        ("赵示例", "赵示例", "warning"),
        ("赵 示例", "赵示例", "warning"),
        ("赵示例", "钱示例", None),
        ("赵示例", None, None),
        (None, None, None),
    ],
)
def test_a_chair_called_like_the_legal_representative_is_told(
    register: object, author: Author, chair: str | None, leader: str | None, spoken: str | None
) -> None:
    employer(author, 30, union(author, chair=chair), legal_representative=leader)
    assert told("R13") == spoken
