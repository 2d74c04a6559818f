"""Merged records taken apart again: exactly, or with what changed since kept and named; and what the log says of it."""

import json

import pytest

from models.errors import UserError
from models.journal.log import Change
from models.journal.merged import merged_into
from models.journal.undo import undo
from models.journal.writer import Author
from models.records.drive_case import Contact, DriveCase
from models.records.employer import Coverage, Employer
from models.records.headcount import HeadCount
from models.records.membership import MembershipEvent
from models.records.union import Union
from models.records.worker import Worker
from tests.aids.merge_cases import contents, edited, every, held, member, merged, unmerged
from tests.aids.speaking import last_batch, made


def pair_with_everything(author: Author) -> tuple[str, str]:
    """Two employers, each with a union, people, counts and a case."""
    uids = []
    for name, stage in (("甲公司", "待筹建"), ("甲单位", "已接触")):
        employer, union = made(author, Employer, name=name), made(author, Union, name=f"{name}工会")
        made(author, Coverage, union=union, employer=employer)
        member(author, union, employer=employer)
        made(author, HeadCount, subject=employer, subject_kind="单位", staff_count=30)
        made(author, Contact, drive_case=made(author, DriveCase, employer=employer, stage=stage), date="2026-01-02")
        uids.append(employer)
    return uids[0], uids[1]


def test_an_unmerge_is_exact_and_undoing_it_merges_again(author: Author) -> None:
    before = contents()
    number = merged(author, *pair_with_everything(author))
    together = contents()
    back = unmerged(author, number)
    assert (back.kept, len(every(Employer)), len(every(DriveCase))) == ([], 2, 2)
    apart = contents()
    again = unmerged(author, back.batch)
    assert (again.kept, contents()) == ([], together)
    assert (unmerged(author, again.batch).kept, contents()) == ([], apart)
    for each in range(number - 1, 0, -1):
        assert undo(each, author).kept == []
    assert contents() == before


def test_edits_made_since_stay_when_a_merge_is_undone(author: Author) -> None:
    keep = made(author, Worker, name="王砚舟")
    drop = member(author, made(author, Union, name="甲公司工会"), phone="19900000001", education="大专")
    number = merged(author, keep, drop)
    edited(author, Worker, keep, phone="19900000002", note="新")
    undone = unmerged(author, number)
    assert [(each.uid, each.field) for each in undone.kept] == [(keep, "phone")]
    assert every(Worker, "uid", "phone", "education", "note", "membership_state") == [
        (keep, "19900000002", None, "新", "未入会"), (drop, "19900000001", "大专", None, "在册"),
    ]  # fmt: skip


def test_what_was_moved_on_since_stays_where_it_is(author: Author) -> None:
    keep, drop = made(author, Employer, name="甲公司"), made(author, Employer, name="甲单位")
    workers = [made(author, Worker, name=name, employer=drop) for name in ("王砚舟", "李芷汐")]
    number = merged(author, keep, drop)
    other = made(author, Employer, name="乙公司")
    edited(author, Worker, workers[0], employer=other)
    undone = unmerged(author, number)
    assert [(each.uid, each.field) for each in undone.kept] == [(workers[0], "employer")]
    assert [held(Worker, each, "employer") for each in workers] == [(other,), (drop,)]


def test_a_merged_record_whose_employer_has_gone_since_stays_merged(author: Author) -> None:
    company = made(author, Employer, name="甲公司")
    employer_batch = last_batch()
    keep, drop = (
        made(author, Worker, name="王砚舟"),
        member(author, made(author, Union, name="甲公司工会"), employer=company),
    )
    number = merged(author, keep, drop, employer="keep")
    removal = undo(employer_batch, author).batch
    before = contents()
    with pytest.raises(UserError, match="拆不开"):
        undo(number, author)
    assert contents() == before
    undo(removal, author)
    assert (unmerged(author, number).kept, held(Worker, drop, "employer")) == ([], (company,))


def test_a_merge_does_not_come_again_over_what_was_edited_since(author: Author) -> None:
    keep, drop = made(author, Worker, name="王砚舟"), made(author, Worker, name="王砚舟", phone="19900000001")
    back = unmerged(author, merged(author, keep, drop))
    edited(author, Worker, drop, phone="19900000002")
    with pytest.raises(UserError, match="重新合并这两条"):
        undo(back.batch, author)
    assert every(Worker, "phone") == [(None,), ("19900000002",)]


def test_an_undone_import_leaves_the_record_that_another_was_merged_into(author: Author) -> None:
    keep = made(author, Employer, name="甲公司", note="甲")
    first = last_batch()
    drop = made(author, Employer, name="甲公司")
    second = last_batch()
    number = merged(author, keep, drop)
    for each, told in ((first, "没有可以撤销的内容"), (second, "没有可以撤销的内容")):
        with pytest.raises(UserError, match=told):
            undo(each, author)
    unmerged(author, number)
    undo(first, author)
    assert every(Employer, "uid") == [(drop,)]


def test_the_log_tells_into_which_record_one_was_merged(author: Author) -> None:
    first, second, third = (made(author, Employer, name="甲公司") for _each in range(3))
    number = merged(author, second, first)
    last = merged(author, third, second)
    assert merged_into() == {first: second, second: third}
    unmerged(author, last)
    back = unmerged(author, number)
    assert merged_into() == {}
    undo(back.batch, author)
    assert merged_into() == {first: second}


def test_a_record_removed_by_an_undo_was_not_merged(author: Author) -> None:
    keep, drop = made(author, Employer, name="甲公司"), made(author, Employer, name="甲公司")
    creation = last_batch()
    unmerged(author, merged(author, keep, drop))
    undo(creation, author)
    assert (merged_into(), every(Employer, "uid")) == ({}, [(keep,)])


def test_a_record_that_took_others_in_can_be_merged_away_again(author: Author) -> None:
    first, second, third = (made(author, Employer, name="甲公司") for _each in range(3))
    merged(author, second, first)
    back = unmerged(author, merged(author, third, second))
    assert (unmerged(author, back.batch).kept, every(Employer, "uid")) == ([], [(third,)])


def test_a_removal_replaces_all_that_was_said_of_the_record(author: Author) -> None:
    keep, drop = made(author, Worker, name="王砚舟"), made(author, Worker, name="王砚舟")
    edited(author, Worker, drop, phone="19900000001")
    edited(author, Worker, drop, phone="19900000002", note="乙")
    merged(author, keep, drop)
    created, _first, phone, note, removed = Change.select().where(Change.record == drop).order_by(Change.id)
    assert json.loads(removed.replaces) == [[each.device, each.number] for each in (created, phone, note)]


def test_an_undone_creation_replaces_what_was_said_of_its_facts(author: Author) -> None:
    worker = member(author, made(author, Union, name="甲公司工会"))
    creation = last_batch()
    event = MembershipEvent.get()
    undo(edited(author, MembershipEvent, event.uid, reason="乙"), author)
    undo(creation, author)
    said = list(Change.select().where(Change.record.in_([worker, event.uid])).order_by(Change.id))
    created, _edited, back, removed = said
    assert json.loads(removed.replaces) == [[each.device, each.number] for each in (created, back)]


def test_an_edit_of_a_moved_event_names_the_row_it_was_created_in(author: Author) -> None:
    keep, drop = made(author, Worker, name="王砚舟"), member(author, made(author, Union, name="甲公司工会"))
    event = MembershipEvent.get()
    merged(author, keep, drop)
    edited(author, MembershipEvent, event.uid, date="2024-06-01")
    created = Change.select().where(Change.record == drop).order_by(Change.id).get()
    edit = Change.get(Change.record == event.uid, Change.field == "date")
    assert json.loads(edit.replaces) == [[created.device, created.number]]
    assert held(Worker, keep, "join_date") == ("2024-06-01",)
