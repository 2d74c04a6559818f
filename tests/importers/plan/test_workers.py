"""What a roster does: to the person, to the membership, to the employer and the union that it names."""

from pathlib import Path
from typing import Any

import pytest

from importers.rows.decisions import Decisions
from models.errors import UserError
from models.journal.writer import Author
from models.records.employer import Employer
from models.records.membership import MembershipEvent
from models.records.union import Union
from tests.aids.speaking import LI, WANG, ZHAO, imported, imported_rows, listed, workbook

COMPANY = "重庆霁蓝虚构印务有限公司"
UNION = "重庆霁蓝虚构印务有限公司工会"
OTHER = "重庆榆青虚构物流有限公司工会"


def covered(author: Author, folder: Path) -> None:
    """A register with one union and the one employer that it covers."""
    imported_rows(
        author, folder,
        [["工会名称", "单位名称", "工会主席", "上级工会"], [UNION, COMPANY, "赵示例", "某街道总工会"]], name="工会",
    )  # fmt: skip


def state(name: str = "王砚舟") -> tuple[Any, ...]:
    """(union, state, join date) of a person."""
    return next(row[1:] for row in listed("workers", "name", "union", "membership_state", "join_date") if row[0] == name)


@pytest.mark.parametrize(
    ("title", "columns", "cells", "membership"),
    [
        ("工会会员花名册", ["所属工会"], [UNION], "在册"),
        ("人员名单", ["所属工会", "入会日期"], [UNION, "2024-05-06"], "在册"),
        ("人员名单", ["所属工会", "会籍变化日期"], [UNION, "2024-05-06"], "在册"),
        ("人员名单", ["所属工会"], [UNION], "未入会"),
        ("非会员职工名册", ["所属工会"], [UNION], "未入会"),
        ("工会会员花名册", ["学历"], ["大专"], "待落会籍"),
        ("人员名单", ["入会日期"], ["2024-05-06"], "待落会籍"),
        ("人员名单", ["学历"], ["大专"], "未入会"),
    ],
)
def test_somebody_is_a_member_when_the_sheet_says_so_and_a_union_is_known(
    author: Author, tmp_path: Path, title: str, columns: list[str], cells: list[str], membership: str
) -> None:
    imported_rows(author, tmp_path, [[title], ["姓名", "身份证号", *columns], ["王砚舟", WANG, *cells]])
    assert state()[1] == membership
    assert (state()[0] is not None) == (membership == "在册")


def test_a_member_of_an_unknown_union_is_told(author: Author, tmp_path: Path) -> None:
    done = imported_rows(author, tmp_path, [["会员花名册"], ["姓名", "身份证号"], ["王砚舟", WANG]])
    assert (3, "union-unknown") in done.codes


def test_the_union_column_beats_the_given_union_which_beats_the_sign_off_line(author: Author, tmp_path: Path) -> None:
    covered(author, tmp_path)
    imported_rows(author, tmp_path, [["工会名称", "工会主席", "上级工会"], [OTHER, "钱示例", "某街道总工会"]], name="另一工会")
    rows = [
        ["会员花名册"], [f"填报单位：{OTHER}"], ["姓名", "身份证号", "所属工会"],
        ["王砚舟", WANG, "重庆松石虚构餐饮有限公司工会"], ["李芷汐", LI, None],
    ]  # fmt: skip
    imported_rows(author, tmp_path, rows, union=UNION)
    assert (state()[0], state("李芷汐")[0]) == ("重庆松石虚构餐饮有限公司工会", UNION)


def test_the_sign_off_line_gives_the_union(author: Author, tmp_path: Path) -> None:
    imported_rows(author, tmp_path, [["会员花名册"], [f"填报单位：{UNION}"], ["姓名", "身份证号"], ["王砚舟", WANG]])
    assert state()[:2] == (UNION, "在册")


def test_an_employers_only_union_takes_its_members(author: Author, tmp_path: Path) -> None:
    covered(author, tmp_path)
    rows = [["会员花名册"], ["姓名", "身份证号", "工作单位"], ["王砚舟", WANG, COMPANY], ["李芷汐", LI, "重庆松石虚构餐饮有限公司"]]
    imported_rows(author, tmp_path, rows)
    assert (state(), state("李芷汐")) == ((UNION, "在册", None), (None, "待落会籍", None))


def test_a_given_union_that_nobody_knows_is_told_before_anything_happens(author: Author, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="登记册里没有工会"):
        imported_rows(author, tmp_path, [["姓名", "身份证号"], ["王砚舟", WANG]], union="没有的工会")


def test_a_given_union_may_be_written_as_its_committee(author: Author, tmp_path: Path) -> None:
    covered(author, tmp_path)
    imported_rows(author, tmp_path, [["会员花名册"], ["姓名", "身份证号"], ["王砚舟", WANG]], union=f"{UNION}委员会")
    assert state()[0] == UNION


def test_a_waiting_membership_settles_when_the_union_is_learned(author: Author, tmp_path: Path) -> None:
    imported_rows(author, tmp_path, [["姓名", "身份证号", "入会日期"], ["王砚舟", WANG, "2024-05-06"]])
    imported_rows(
        author, tmp_path, [["姓名", "身份证号", "入会日期", "所属工会"], ["王砚舟", WANG, "2024-05-06", UNION]], name="后来"
    )
    assert state() == (UNION, "在册", "2024-05-06")


@pytest.mark.parametrize(
    ("change", "after", "keeps_union"),
    [("保留", "保留", True), ("转出", "转出", False), ("退会", "退会", False), ("除名", "除名", False)],
)
def test_a_membership_changes_by_what_the_sheet_tells(
    author: Author, tmp_path: Path, change: str, after: str, keeps_union: bool
) -> None:
    head = ["姓名", "身份证号", "所属工会", "会籍变化类型", "会籍变化日期", "会籍变化原因"]
    imported_rows(author, tmp_path, [head, ["王砚舟", WANG, UNION, "入会", "2020-05-06", None]])
    done = imported_rows(author, tmp_path, [head, ["王砚舟", WANG, UNION, change, "2024-05-06", "失业"]], name="变动")
    told = listed("workers", "union", "membership_state", "join_date", "change_type", "change_date", "change_reason")
    assert done.counts == {"updated": 1}
    assert told == [(UNION if keeps_union else None, after, "2020-05-06", change, "2024-05-06", "失业")]


def test_somebody_who_left_one_union_is_taken_in_by_another(author: Author, tmp_path: Path) -> None:
    head = ["姓名", "身份证号", "所属工会", "会籍变化类型", "会籍变化日期"]
    imported_rows(author, tmp_path, [head, ["王砚舟", WANG, UNION, "入会", "2020-05-06"]])
    imported_rows(author, tmp_path, [head, ["王砚舟", WANG, UNION, "转出", "2023-01-02"]], name="转出")
    done = imported_rows(author, tmp_path, [head, ["王砚舟", WANG, OTHER, "转入", "2023-01-05"]], name="转入")
    assert done.counts == {"updated": 1}
    assert state() == (OTHER, "在册", "2020-05-06")


def test_a_transfer_keeps_the_day_on_which_somebody_first_joined(author: Author, tmp_path: Path) -> None:
    rows = [
        ["姓名", "身份证号", "所属工会", "入会日期", "会籍变化类型", "会籍变化日期"],
        ["王砚舟", WANG, UNION, "2019-03-04", "转入", "2023-01-05"],
    ]
    imported_rows(author, tmp_path, rows)
    assert listed("workers", "union", "join_date", "change_type", "change_date") == [
        (UNION, "2019-03-04", "转入", "2023-01-05")
    ]
    assert imported_rows(author, tmp_path, rows).counts == {"same": 1}


@pytest.mark.parametrize("union", [UNION, None])
@pytest.mark.parametrize("joined", ["2024-05", "2024", "2024-05-06"])
def test_who_joined_in_the_month_of_a_transfer_keeps_both_days_however_often_the_list_comes(
    author: Author, tmp_path: Path, joined: str, union: str | None
) -> None:
    head = ["姓名", "身份证号", "所属工会", "入会日期", "会籍变化类型", "会籍变化日期"]
    for day in (joined, joined, "2019-03"):  # the last list puts the day of joining right
        rows = [head, ["王砚舟", WANG, union, day, "转入", "2024-05-06"]]
        done = imported_rows(author, tmp_path, rows, name=day)
        assert listed("workers", "join_date", "change_type", "change_date") == [(day, "转入", "2024-05-06")]
    assert done.counts == {"updated": 1}
    assert imported_rows(author, tmp_path, rows, name="又来").counts == {"same": 1}


def test_a_row_may_tell_of_joining_and_leaving_at_once(author: Author, tmp_path: Path) -> None:
    rows = [
        ["姓名", "身份证号", "所属工会", "入会日期", "会籍变化类型", "会籍变化日期"],
        ["王砚舟", WANG, UNION, "2019-03-04", "转出", "2023-01-05"],
    ]
    imported_rows(author, tmp_path, rows)
    assert listed("workers", "membership_state", "join_date", "change_date") == [("转出", "2019-03-04", "2023-01-05")]
    assert imported_rows(author, tmp_path, rows).counts == {"same": 1}


def test_an_earlier_or_later_day_of_joining_puts_the_known_one_right(author: Author, tmp_path: Path) -> None:
    head = ["姓名", "身份证号", "所属工会", "入会日期"]
    for day in ("2020-05-06", "2019-05-06", "2021-05-06"):
        imported_rows(author, tmp_path, [head, ["王砚舟", WANG, UNION, day]], name=day)
        assert state() == (UNION, "在册", day)
    assert MembershipEvent.select().count() == 1


def test_somebody_joins_again_after_leaving_and_old_files_change_nothing(author: Author, tmp_path: Path) -> None:
    head = ["姓名", "身份证号", "所属工会", "会籍变化类型", "会籍变化日期"]
    told = [("入会", "2018-05-06"), ("退会", "2020-06-07"), ("入会", "2024-07-08")]
    for change, day in told:
        assert imported_rows(author, tmp_path, [head, ["王砚舟", WANG, UNION, change, day]], name=day).plan.counts()["same"] == 0
    assert state() == (UNION, "在册", "2018-05-06")
    for change, day in told:
        assert imported_rows(author, tmp_path, [head, ["王砚舟", WANG, UNION, change, day]], name=day).counts == {"same": 1}


def test_a_written_state_tells_what_happened(author: Author, tmp_path: Path) -> None:
    rows = [
        ["姓名", "身份证号", "所属工会", "入会日期", "会籍状态"],
        ["王砚舟", WANG, UNION, "2020-05-06", "已退会"],
        ["李芷汐", LI, UNION, "2021-05-06", "在册"],
        ["赵嘉树", ZHAO, UNION, None, "未入会"],
    ]
    imported_rows(author, tmp_path, rows)
    assert [state(name) for name in ("王砚舟", "李芷汐", "赵嘉树")] == [
        (None, "退会", "2020-05-06"), (UNION, "在册", "2021-05-06"), (None, "未入会", None),
    ]  # fmt: skip


def test_somebody_whom_another_union_holds_is_a_question_and_stays_unchanged(author: Author, tmp_path: Path) -> None:
    head = ["姓名", "身份证号", "手机号", "所属工会", "入会日期"]
    imported_rows(author, tmp_path, [head, ["王砚舟", WANG, "19900000001", UNION, "2020-05-06"]])
    before = listed("workers", "phone", "union", "join_date")
    done = imported_rows(author, tmp_path, [head, ["王砚舟", WANG, "19900000002", OTHER, "2024-05-06"]], name="别家")
    assert done.counts == {"conflict": 1}
    assert [each.level for each in done.plan.sheets[0].steps[0].problems if each.code == "held-by-other-union"] == ["question"]
    assert done.outcome.batch is None
    assert listed("workers", "phone", "union", "join_date") == before
    assert listed("unions", "name") == [(UNION,)]


MOVES = ["姓名", "身份证号", "所属工会", "入会日期", "会籍变化类型", "会籍变化日期"]


@pytest.mark.parametrize("joined", ["2025-01-02", "2024-05-20"])
def test_nobody_is_moved_on_a_day_before_the_membership_that_counts_began(author: Author, tmp_path: Path, joined: str) -> None:
    imported_rows(author, tmp_path, [MOVES, ["王砚舟", WANG, UNION, joined, None, None]])
    rows = [MOVES, ["王砚舟", WANG, OTHER, "2024-05", "转出", "2024-05"]]
    answer = Decisions().with_rows(("别家.xlsx", "Sheet1"), (2,), "transfer")
    done = imported_rows(author, tmp_path, rows, name="别家", decisions=answer)
    assert (done.counts, done.codes[-1]) == ({"conflict": 1}, (2, "transfer-too-early"))
    assert (state(), MembershipEvent.select().count()) == ((UNION, "在册", joined), 1)
    answer = Decisions().with_rows(("别家.xlsx", "Sheet1"), (2,), "keep")
    assert imported_rows(author, tmp_path, rows, name="别家", decisions=answer).counts == {"same": 1}


@pytest.mark.parametrize(("joined", "left"), [("2024-05-06", "2025-03"), (None, "2025-03"), ("2024-05-06", None)])
def test_who_moved_to_a_union_and_left_it_again_has_left_however_often_the_list_comes(
    author: Author, tmp_path: Path, joined: str | None, left: str | None
) -> None:
    imported_rows(author, tmp_path, [MOVES, ["王砚舟", WANG, UNION, "2020-01-02", None, None]])
    rows = [MOVES, ["王砚舟", WANG, OTHER, joined, "转出", left]]
    answer = Decisions().with_rows(("别家.xlsx", "Sheet1"), (2,), "transfer")
    done = imported_rows(author, tmp_path, rows, name="别家", decisions=answer)
    assert (done.counts, state()) == ({"updated": 1}, (None, "转出", "2020-01-02"))
    told = [(each.type, each.date) for each in MembershipEvent.select().order_by(MembershipEvent.id)]
    moved = joined or left
    assert told == [("入会", "2020-01-02"), ("转出", moved), ("转入", moved), ("转出", left)]
    assert imported_rows(author, tmp_path, rows, name="别家", decisions=answer).counts == {"same": 1}


def test_two_unions_of_one_import_cannot_both_hold_a_person(author: Author, tmp_path: Path) -> None:
    head = ["姓名", "身份证号", "所属工会", "入会日期"]
    path = workbook(
        tmp_path / "两家.xlsx",
        {"甲": [head, ["王砚舟", WANG, UNION, "2020-05-06"]], "乙": [head, ["王砚舟", WANG, OTHER, "2021-05-06"]]},
    )
    assert imported(author, path).counts == {"new": 1, "conflict": 1}
    assert state()[0] == UNION


def test_a_roster_without_memberships_updates_somebody_whom_a_union_holds(author: Author, tmp_path: Path) -> None:
    imported_rows(author, tmp_path, [["姓名", "身份证号", "所属工会", "入会日期"], ["王砚舟", WANG, UNION, "2020-05-06"]])
    done = imported_rows(
        author, tmp_path, [["职工名册"], ["姓名", "身份证号", "手机号"], ["王砚舟", WANG, "19900000001"]], name="名册"
    )
    assert done.counts == {"updated": 1}
    assert state() == (UNION, "在册", "2020-05-06")


def test_blanks_never_erase_and_changed_values_update(author: Author, tmp_path: Path) -> None:
    head = ["姓名", "身份证号", "手机号", "学历", "民族"]
    imported_rows(author, tmp_path, [head, ["王砚舟", WANG, "19900000001", "大专", "汉族"]])
    done = imported_rows(author, tmp_path, [head, ["王砚舟", WANG, None, "本科", ""]], name="后来")
    assert done.counts == {"updated": 1}
    assert listed("workers", "phone", "education", "ethnicity") == [("19900000001", "本科", "汉族")]


def test_a_less_precise_day_never_replaces_the_day_that_is_known(author: Author, tmp_path: Path) -> None:
    head = ["姓名", "手机号", "出生年月", "所属工会", "入会时间"]
    imported_rows(author, tmp_path, [head, ["王砚舟", "19900000001", "1985-03-07", UNION, "2024-05-06"]])
    less = imported_rows(author, tmp_path, [head, ["王砚舟", "19900000001", "1985-03", UNION, "2024年5月"]], name="粗")
    assert less.counts == {"same": 1}
    other = imported_rows(author, tmp_path, [head, ["王砚舟", "19900000001", "1986-03", UNION, "2024-07"]], name="不同")
    assert other.counts == {"updated": 1}
    assert listed("workers", "birth_date", "join_date") == [("1986-03", "2024-07")]


def test_a_unions_name_in_the_employer_column_is_the_union(author: Author, tmp_path: Path) -> None:
    covered(author, tmp_path)
    imported_rows(author, tmp_path, [["会员名册"], ["姓名", "身份证号", "单位"], ["王砚舟", WANG, UNION]])
    assert listed("workers", "employer", "union") == [(COMPANY, UNION)]


def test_a_unions_name_in_the_employer_column_makes_no_employer(author: Author, tmp_path: Path) -> None:
    imported_rows(author, tmp_path, [["会员名册"], ["姓名", "身份证号", "单位"], ["王砚舟", WANG, OTHER]])
    assert listed("workers", "employer", "union") == [(None, OTHER)]
    assert listed("employers", "name") == []


def test_an_unknown_employer_and_union_are_created_to_be_verified(author: Author, tmp_path: Path) -> None:
    rows = [["姓名", "身份证号", "工作单位", "所属工会", "入会日期"], ["王砚舟", WANG, COMPANY, UNION, "2024-05"]]
    done = imported_rows(author, tmp_path, rows)
    assert {(2, "employer-created"), (2, "union-created")} <= set(done.codes)
    assert (Employer.get().verified, Union.get().verified) == (0, 0)


def test_an_employer_that_only_a_refused_row_names_is_not_created(author: Author, tmp_path: Path) -> None:
    rows = [["姓名", "身份证号", "工作单位"], ["王砚舟", WANG[:-1] + "3", COMPANY], ["李芷汐", LI, "重庆松石虚构餐饮有限公司"]]
    imported_rows(author, tmp_path, rows)
    assert listed("employers", "name") == [("重庆松石虚构餐饮有限公司",)]
