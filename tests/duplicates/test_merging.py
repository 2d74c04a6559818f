"""Two records that are one: merged field by field with all that refers to them."""

import pytest

from models.drive.list import EMPLOYER_UNION
from models.errors import UserError
from models.journal.saved_filters import save_filter, saved_filters
from models.journal.writer import Author
from models.records.distinct import DistinctPair
from models.records.drive_case import CasePaper, CaseStep, Contact, DriveCase
from models.records.employer import Coverage, Employer
from models.records.headcount import HeadCount
from models.records.membership import MembershipEvent
from models.records.setting import setting
from models.records.union import Union
from models.records.worker import Worker
from models.rules.rules import set_aside
from models.uid import new_uid
from tests.aids.merge_cases import contents, every, held, member, merged, place, preview, unmerged
from tests.aids.speaking import LI, TODAY, WANG, made

DAY = TODAY.isoformat()


def test_the_kept_record_wins_and_its_blanks_are_filled_from_the_other(author: Author) -> None:
    keep = made(author, Worker, name="王砚舟", phone="19900000001", education=None, id_number=WANG)
    drop = made(author, Worker, name="王硯舟", phone="19900000002", education="大专")
    merged(author, keep, drop)
    assert every(Worker, "uid", "name", "phone", "education", "id_number") == [
        (keep, "王砚舟", "19900000001", "大专", WANG)
    ]


def test_a_chosen_field_comes_from_the_other_even_when_it_is_blank(author: Author) -> None:
    keep = made(author, Worker, name="王砚舟", phone="19900000001", note="临时")
    drop = made(author, Worker, name="王砚州", phone="19900000002")
    merged(author, keep, drop, phone="drop", note="drop")
    assert every(Worker, "name", "phone", "note") == [("王砚舟", "19900000002", None)]


def test_a_doubt_goes_with_its_number(author: Author) -> None:
    keep = made(author, Worker, name="王砚舟", id_number=WANG)
    drop = made(author, Worker, name="王砚舟", id_number=LI, id_doubtful=1)
    assert {each.name: each.value for each in preview(keep, drop).fields}["id_doubtful"] is None
    merged(author, keep, drop, id_number="drop")
    assert every(Worker, "id_number", "id_doubtful") == [(LI, 1)]


def test_two_open_memberships_stay_as_history_and_the_standing_follows_from_them(author: Author) -> None:
    old, new = made(author, Union, name="甲公司工会"), made(author, Union, name="乙公司工会")
    keep, drop = member(author, old, date="2020-01-02"), member(author, new, date="2024-05-06")
    merged(author, keep, drop)
    assert every(MembershipEvent, "worker", "union", "date") == [(keep, old, "2020-01-02"), (keep, new, "2024-05-06")]
    assert held(Worker, keep, "union", "membership_state", "join_date") == (new, "在册", "2020-01-02")
    assert every(MembershipEvent, "effective", "ended") == [("2020-01-02", "2024-05-06"), ("2024-05-06", None)]


def test_all_that_refers_to_an_employer_moves_with_it(author: Author) -> None:
    keep, drop = made(author, Employer, name="重庆甲示例有限公司"), made(author, Employer, name="重庆甲示例公司")
    union, worker = made(author, Union, name="甲示例工会"), made(author, Worker, name="王砚舟", employer=drop)
    cover = made(author, Coverage, union=union, employer=drop, since="2024-01-02")
    made(author, HeadCount, subject=drop, subject_kind="单位", as_of="2024-06", staff_count=30)
    case = made(author, DriveCase, employer=drop, stage="待筹建")
    seen = preview(keep, drop)
    assert (seen.moved, seen.joined) == ({"worker": 1, "coverage": 1, "head_count": 1, "drive_case": 1}, {})
    merged(author, keep, drop)
    assert (
        held(Worker, worker, "employer")
        == held(Coverage, cover, "employer")
        == held(DriveCase, case, "employer")
        == (keep,)
    )
    assert every(HeadCount, "subject", "staff_count") == [(keep, 30)]
    assert every(Employer, "uid", "name", "former_names") == [(keep, "重庆甲示例有限公司", "重庆甲示例公司")]


def test_names_that_differ_only_in_writing_leave_no_former_name(author: Author) -> None:
    keep = made(author, Employer, name="重庆甲示例有限公司", former_names="重庆甲厂")
    drop = made(author, Employer, name="重庆甲示例有限责任公司", former_names="重庆甲厂、重庆乙厂")
    merged(author, keep, drop, name="drop")
    assert every(Employer, "name", "former_names") == [("重庆甲示例有限责任公司", "重庆甲厂、重庆乙厂")]


def test_a_unit_stays_unverified_only_when_both_were(author: Author) -> None:
    stubs = [made(author, Employer, name=f"重庆{each}示例有限公司", verified=0) for each in "甲乙"]
    merged(author, *stubs)
    assert every(Employer, "verified") == [(0,)]
    merged(author, stubs[0], made(author, Employer, name="重庆丙示例有限公司", verified=1))
    assert every(Employer, "verified") == [(1,)]


def test_a_coverage_that_both_had_becomes_one(author: Author) -> None:
    keep, drop = made(author, Employer, name="甲公司"), made(author, Employer, name="甲单位")
    union = made(author, Union, name="甲公司工会")
    mine = made(author, Coverage, union=union, employer=keep)
    made(author, Coverage, union=union, employer=drop, since="2024-01-02", reason="新建")
    assert preview(keep, drop).joined == {"coverage": 1}
    merged(author, keep, drop)
    assert every(Coverage, "uid", "employer", "since", "until", "reason") == [(mine, keep, "2024-01-02", None, "新建")]


@pytest.mark.parametrize(("side", "ended"), [("keep", 1), ("drop", 0)])
def test_of_two_covering_unions_the_chosen_one_stays_and_the_other_ends_today(
    author: Author, side: str, ended: int
) -> None:
    employers = [made(author, Employer, name=name) for name in ("甲公司", "甲单位")]
    unions = [made(author, Union, name=name) for name in ("甲公司工会", "甲市场联合工会")]
    covers = [made(author, Coverage, union=each, employer=of) for each, of in zip(unions, employers, strict=True)]
    (choice,) = [each for each in preview(*employers, union=side).fields if each.name == "union"]
    assert (choice.keep, choice.drop, choice.side) == (*unions, side)
    merged(author, *employers, union=side)
    assert every(Coverage, "uid", "employer", "until") == [
        (cover, employers[0], DAY if place == ended else None) for place, cover in enumerate(covers)
    ]


def test_of_two_drive_cases_the_further_one_stays_with_the_contacts_of_both(author: Author) -> None:
    keep, drop = made(author, Employer, name="甲公司"), made(author, Employer, name="甲单位")
    early = made(author, DriveCase, employer=keep, stage="待筹建", next_action="打电话", closed_on="2026-01-02")
    further = made(author, DriveCase, employer=drop, stage="筹建中", organizer="陈示例")
    for case, day in ((early, "2026-05-06"), (further, "2026-06-07")):
        made(author, Contact, drive_case=case, date=day)
        made(author, CaseStep, drive_case=case, stage="已接触", date=day)
    merged(author, keep, drop)
    assert every(DriveCase, "uid", "employer", "stage", "next_action", "organizer", "closed_on") == [
        (further, keep, "筹建中", "打电话", "陈示例", None)
    ]
    assert every(Contact, "drive_case", "date") == [(further, "2026-05-06"), (further, "2026-06-07")]
    assert every(CaseStep, "drive_case", "date") == [(further, "2026-06-07")]


def test_members_and_lower_unions_move_to_the_kept_union(author: Author) -> None:
    keep, drop = made(author, Union, name="甲镇总工会"), made(author, Union, name="甲镇工会")
    below, worker = made(author, Union, name="甲公司工会", parent=drop), member(author, drop)
    merged(author, keep, drop)
    assert held(Union, below, "parent") == held(Worker, worker, "union") == (keep,)


def test_a_union_never_ends_below_itself(author: Author) -> None:
    top = made(author, Union, name="区总工会")
    drop = made(author, Union, name="甲镇工会", parent=top)
    between = made(author, Union, name="甲村工会", parent=drop)
    keep = made(author, Union, name="甲镇总工会", parent=between)
    merged(author, keep, drop)
    assert (held(Union, keep, "parent"), held(Union, between, "parent")) == ((top,), (keep,))


def test_pairs_marked_as_distinct_follow_the_merged_record(author: Author) -> None:
    keep, drop, other = sorted(made(author, Worker, name="王砚舟") for _each in range(3))
    for left, right in ((keep, drop), (keep, other), (drop, other)):
        made(author, DistinctPair, kind="worker", left=left, right=right, reason="name-phone")
    before = contents()
    number = merged(author, keep, drop)
    assert every(DistinctPair, "left", "right") == [(keep, other)]
    assert unmerged(author, number).kept == []
    assert contents() == before


def test_identical_head_counts_of_the_two_become_one(author: Author) -> None:
    keep, drop = made(author, Employer, name="甲公司"), made(author, Employer, name="甲单位")
    told = {"subject_kind": "单位", "source": "税务", "as_of": "2026-06-30"}
    for subject, values in (
        (keep, told | {"staff_count": 30}), (drop, told | {"staff_count": 30}), (drop, told | {"staff_count": 31}),
        (drop, told | {"staff_count": 30, "source": "社保"}), (drop, told | {"staff_count": 30, "as_of": "2026-06"}),
    ):  # fmt: skip
        made(author, HeadCount, subject=subject, **values)
    before = contents()
    seen = preview(keep, drop)
    assert (seen.moved, seen.joined) == ({"head_count": 3}, {"head_count": 1})
    number = merged(author, keep, drop)
    assert every(HeadCount, "subject", "source", "as_of", "staff_count") == [
        (keep, "税务", "2026-06-30", 30), (keep, "税务", "2026-06-30", 31), (keep, "社保", "2026-06-30", 30),
        (keep, "税务", "2026-06", 30),
    ]  # fmt: skip
    assert (unmerged(author, number).kept, contents()) == ([], before)


def test_the_same_paper_kept_in_both_files_is_kept_once(author: Author) -> None:
    keep, drop = made(author, Employer, name="甲公司"), made(author, Employer, name="甲单位")
    cases = [made(author, DriveCase, employer=each, stage="已接触") for each in (keep, drop)]
    for case, number in ((cases[0], "沙工函 1 号"), (cases[1], "沙工函 1 号"), (cases[1], "沙工函 2 号")):
        made(author, CasePaper, drive_case=case, stage="已接触", name="建会宣传函", number=number)
    merged(author, keep, drop)
    assert every(CasePaper, "drive_case", "number") == [(cases[0], "沙工函 1 号"), (cases[0], "沙工函 2 号")]


def test_an_employer_said_not_to_belong_to_a_union_stays_on_its_side_of_the_pair(author: Author) -> None:
    union = made(author, Union, name="甲公司工会")
    drop, keep = made(author, Employer, name="甲单位"), made(author, Employer, name="甲公司")
    made(author, DistinctPair, kind=EMPLOYER_UNION, left=drop, right=union, reason="near-union")
    before = contents()
    number = merged(author, keep, drop)
    assert every(DistinctPair, "kind", "left", "right") == [(EMPLOYER_UNION, keep, union)]
    assert (unmerged(author, number).kept, contents()) == ([], before)


def test_findings_that_were_put_aside_follow_the_merged_record(author: Author) -> None:
    keep, drop, other = (made(author, Union, name=name) for name in ("甲公司工会", "甲单位工会", "乙公司工会"))
    for rule, uid, reason in (
        ("R04", drop, "已约定 3 月"), ("R07", drop, "下月补选"), ("R09", drop, "延期"), ("R09", keep, "已报"), ("R04", other, "乙"),
    ):  # fmt: skip
        set_aside(rule, uid, reason, author)
    before = contents()
    assert preview(keep, drop).moved == {"setting": 2}
    number = merged(author, keep, drop)
    aside = setting("set_aside")
    assert (aside[f"R04 {keep}"], aside[f"R09 {keep}"], aside[f"R04 {other}"]) == ("已约定 3 月", "已报", "乙")
    assert (unmerged(author, number).kept, contents()) == ([], before)


def test_findings_put_aside_come_back_also_after_others_were_put_aside_since(author: Author) -> None:
    keep, drop, other = (made(author, Union, name=name) for name in ("甲公司工会", "甲单位工会", "乙公司工会"))
    set_aside("R04", drop, "已约定 3 月", author)
    number = merged(author, keep, drop)
    set_aside("R05", other, "已报", author)
    unmerged(author, number)
    aside = setting("set_aside")
    assert (aside[f"R04 {drop}"], aside[f"R05 {other}"]) == ("已约定 3 月", "已报")


def test_a_saved_filter_by_a_merged_union_asks_for_the_one_that_remains(author: Author) -> None:
    keep, drop = made(author, Union, name="甲公司工会"), made(author, Union, name="甲单位工会")
    save_filter("workers", "甲单位的人", {"union": drop, "union_name": "甲单位工会", "part": "members"}, author)
    before = contents()
    assert preview(keep, drop).moved == {"saved_filter": 1}
    number = merged(author, keep, drop)
    (saved,) = saved_filters("workers")
    assert (saved.name, saved.parts) == ("甲单位的人", {"union": keep, "union_name": "甲公司工会", "part": "members"})
    assert (unmerged(author, number).kept, contents()) == ([], before)


def test_a_preview_shows_both_values_and_writes_nothing(author: Author) -> None:
    keep = made(author, Employer, name="甲公司", phone="19900000001", region=place("小龙坎街道"))
    drop = made(author, Employer, name="甲单位", phone="19900000002", region=place("沙坪坝区"))
    before = contents()
    seen = preview(keep, drop, phone="drop")
    fields = {each.name: (each.keep, each.drop, each.side, each.value, each.differs) for each in seen.fields}
    assert fields["phone"] == ("19900000001", "19900000002", "drop", "19900000002", True)
    assert fields["former_names"] == (None, None, "both", "甲单位", False)
    assert seen.names == {place("小龙坎街道"): "沙坪坝区小龙坎街道", place("沙坪坝区"): "沙坪坝区"}
    assert (seen.kind, contents()) == ("employer", before)


def test_what_cannot_be_one_is_refused(author: Author) -> None:
    here, there = (made(author, Employer, name="甲公司", region=place(name)) for name in ("沙坪坝区", "渝北区"))
    union = made(author, Union, name="甲公司工会")
    for keep, drop, choices, told in (
        (here, there, {}, "区划不同（沙坪坝区、渝北区）"),
        (here, union, {}, "各自合并"),
        (here, here, {}, "同一条记录"),
        (here, new_uid(), {}, "没有要合并的记录"),
        (here, made(author, Employer, name="乙"), {"chair": "drop"}, "“chair”不能这样选择"),
        (here, made(author, Employer, name="乙"), {"name": "both"}, "“name”不能这样选择"),
    ):
        before = contents()
        with pytest.raises(UserError, match=told):
            merged(author, keep, drop, **choices)
        assert contents() == before
