"""Whoever is no longer there: a death, a record entered by mistake; and who has no application of their own."""

from pathlib import Path
from typing import Any

import pytest

from models.editing import mistakes
from models.editing.moving import enter, events_of, remove_event
from models.errors import UserError
from models.journal.merged import merges_into
from models.journal.undo import undo
from models.journal.writer import Author
from models.lists import selection
from models.lists.listings import Selection
from models.records.drive_case import Contact, DriveCase
from models.records.employer import Coverage, Employer
from models.records.headcount import HeadCount
from models.records.membership import MembershipEvent, members_of_unions
from models.records.union import Union
from models.records.worker import Worker
from tests.aids.merge_cases import contents, member, merged
from tests.aids.speaking import LI, WANG, ZHAO, imported_rows, last_batch, listed, made

UNION = "重庆甲示例有限公司工会"


def test_a_death_ends_the_membership_and_is_written_as_a_leaving(author: Author) -> None:
    union = made(author, Union, name=UNION)
    worker = member(author, union)
    assert enter("去世", [worker], "2026-11-01", author).moved == 1
    row = Worker.get(Worker.uid == worker)
    assert (row.membership_state, row.union, row.change_type, row.change_reason) == ("去世", None, "退会", "去世")
    assert [(each.type, each.reason) for each in events_of(worker)] == [("去世", None), ("入会", None)]
    assert members_of_unions() == {}
    again = enter("入会", [worker], "2026-11-02", author, union)
    assert list(again.left.values()) == ["王砚舟已经登记去世，登错了请先删去那条变动"]
    remove_event(events_of(worker)[0].uid, author)
    assert Worker.get(Worker.uid == worker).membership_state == "在册"


@pytest.mark.parametrize(
    "columns", [("会籍变化类型", "去世"), ("会籍状态", "已故"), ("会籍变化类型", "退会", "会籍变化原因", "病故")]
)
def test_a_sheet_tells_of_a_death_in_several_ways(author: Author, tmp_path: Path, columns: tuple[str, ...]) -> None:
    rows: list[list[Any]] = [["姓名", "身份证号", "所属工会", "入会日期", "会籍变化日期", *columns[::2]]]
    rows.append(["王五", WANG, UNION, "2020-05-06", "2026-10-01", *columns[1::2]])
    rows.append(["李四", LI, UNION, "2020-05-06", None, *(None for _each in columns[::2])])
    imported_rows(author, tmp_path, rows)
    assert listed("workers", "name", "membership_state", "change_type", "change_reason") == [
        ("王五", "去世", "退会", "去世"),
        ("李四", "在册", "入会", None),
    ]
    assert imported_rows(author, tmp_path, rows).counts == {"same": 2}


def test_a_mistaken_person_goes_with_the_events_and_comes_back(author: Author) -> None:
    union = made(author, Union, name=UNION)
    worker = member(author, union)
    enter("保留", [worker], "2026-01-02", author)
    before = contents()
    mistakes.remove_mistake("worker", worker, author)
    assert (Worker.select().count(), MembershipEvent.select().count()) == (0, 0)
    assert undo(last_batch(), author).kept == []
    assert contents() == before


def test_an_employer_goes_with_counts_and_an_untouched_case_unless_it_is_used(author: Author) -> None:
    union, firm = made(author, Union, name=UNION), made(author, Employer, name="甲公司")
    made(author, HeadCount, subject=firm, subject_kind="单位", staff_count=30)
    made(author, Coverage, union=union, employer=firm)
    case = made(author, DriveCase, employer=firm, stage="待筹建")
    made(author, Contact, drive_case=case, date="2026-01-02")
    contacted = last_batch()
    worker = made(author, Worker, name="王五", employer=firm)
    assert mistakes.hindrances("employer", firm) == {"worker": 1, "contact": 1}
    with pytest.raises(UserError, match="还有 2 条别的记录用到它"):
        mistakes.remove_mistake("employer", firm, author)
    mistakes.remove_mistake("worker", worker, author)
    with pytest.raises(UserError, match="1 条"):
        mistakes.remove_mistake("employer", firm, author)
    undo(contacted, author)
    before = contents()
    mistakes.remove_mistake("employer", firm, author)
    assert Employer.select().count() + HeadCount.select().count() + DriveCase.select().count() == 0
    assert undo(last_batch(), author).kept == []
    assert contents() == before


def test_a_mistaken_union_is_removed_with_its_coverage(author: Author) -> None:
    union, firm = made(author, Union, name=UNION), made(author, Employer, name="甲公司")
    made(author, Coverage, union=union, employer=firm)
    mistakes.remove_mistake("union", union, author)
    assert (Union.select().count(), Coverage.select().count(), Employer.select().count()) == (0, 0, 1)
    assert undo(last_batch(), author).kept == []
    assert Coverage.select().count() == 1


def test_merges_into_a_record_are_told_until_they_are_taken_apart(author: Author) -> None:
    keep, drop = made(author, Employer, name="甲公司"), made(author, Employer, name="甲单位")
    number = merged(author, keep, drop)
    assert [(each.number, each.name) for each in merges_into(keep)] == [(number, "甲单位")]
    back = undo(number, author)
    assert merges_into(keep) == []
    again = undo(back.batch, author)
    assert [each.number for each in merges_into(keep)] == [again.batch]


def test_members_without_an_application_of_their_own_are_listed(author: Author, tmp_path: Path) -> None:
    rows = [
        ["姓名", "身份证号", "所属工会", "入会日期", "入会申请依据", "申请书日期", "申请书存放位置"],
        ["王五", WANG, UNION, "2024-05-06", "书面申请", "2024-05-01", "镇街档案柜 3-12"],
        ["李四", LI, UNION, "2024-05-06", "单位名册", None, None],
        ["赵六", ZHAO, UNION, "2024-05-06", None, None, None],
    ]
    imported_rows(author, tmp_path, rows)
    names = ("name", "application_basis", "application_date", "application_place")
    assert listed("workers", *names) == [
        ("王五", "本人申请书", "2024-05-01", "镇街档案柜 3-12"), ("李四", "单位提供", None, None), ("赵六", None, None, None),
    ]  # fmt: skip
    choice = Selection("workers", without_application=True, states=frozenset({"在册"}))
    assert selection.count(choice) == 2
