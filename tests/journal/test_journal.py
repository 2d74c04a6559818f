"""The one writer, its log, and the way back."""

import json
from pathlib import Path

import pytest

from models.errors import UserError
from models.journal import undo
from models.journal.log import Batch, Change
from models.journal.writer import Author, batch, last_number
from models.records.employer import Employer
from models.records.membership import MembershipEvent
from models.records.union import Union
from models.records.worker import Worker
from models.uid import new_uid


def found(author: Author, name: str = "甲公司工会") -> str:
    with batch("edit", author) as writer:
        uid = new_uid()
        writer.create(Union, {"uid": uid, "name": name})
    return uid


def joined(author: Author, union: str, name: str = "王五", date: str = "2024-05-06", **values: object) -> str:
    uid = new_uid()
    event = {"uid": new_uid(), "worker": uid, "union": union, "type": "入会", "date": date, "reason": None}
    with batch("edit", author) as writer:
        writer.create(Worker, {"uid": uid, "name": name, **values}, [(MembershipEvent, event)])
    return uid


def edited(author: Author, worker: str, **changes: object) -> None:
    held = Worker.get(Worker.uid == worker)
    with batch("edit", author) as writer:
        writer.update(Worker, worker, {name: (getattr(held, name), value) for name, value in changes.items()})


def stopped(author: Author) -> None:
    with batch("edit", author) as writer:
        writer.create(Employer, {"uid": new_uid(), "name": "甲公司"})
        raise UserError("停")


def numbers() -> list[int]:
    return [row.id for row in Batch.select().order_by(Batch.id)]


def test_a_new_person_and_their_joining_are_one_row_of_the_log(author: Author) -> None:
    union = found(author)
    worker = joined(author, union)
    change = Change.get(Change.record == worker)
    assert (change.field, change.before) == ("*", None)
    assert [kind for kind, _values in json.loads(str(change.after))] == ["worker", "membership_event"]


def test_the_state_of_a_member_follows_from_the_events(author: Author) -> None:
    union = found(author)
    worker = Worker.get(Worker.uid == joined(author, union, date="2024-05"))
    assert (worker.union, worker.membership_state, worker.join_date) == (union, "在册", "2024-05")


def test_an_edit_names_the_change_it_replaces(author: Author) -> None:
    worker = joined(author, found(author))
    edited(author, worker, phone="19900000001")
    edited(author, worker, phone="19900000002")
    creation, first, second = Change.select().where(Change.record == worker).order_by(Change.id)
    assert json.loads(first.replaces) == [[creation.device, creation.number]]
    assert json.loads(second.replaces) == [[first.device, first.number]]
    assert (json.loads(str(second.before)), json.loads(str(second.after))) == ("19900000001", "19900000002")


def test_an_edit_of_an_event_names_the_row_it_was_created_in(author: Author) -> None:
    worker = joined(author, found(author))
    event = MembershipEvent.get()
    with batch("edit", author) as writer:
        writer.update(MembershipEvent, event.uid, {"date": (event.date, "2024-06-01")})
    creation, edit = Change.select().where(Change.record.in_([worker, event.uid])).order_by(Change.id)
    assert json.loads(edit.replaces) == [[creation.device, creation.number]]
    assert Worker.get(Worker.uid == worker).join_date == "2024-06-01"


def test_running_numbers_of_a_device_never_repeat(author: Author) -> None:
    joined(author, found(author))
    edited(author, Worker.get().uid, note="甲", phone="19900000001")
    seen = [row.number for row in Change.select().order_by(Change.id)]
    assert seen == list(range(1, len(seen) + 1))


def test_a_batch_that_changes_nothing_leaves_no_trace(author: Author) -> None:
    with batch("edit", author):
        pass
    assert numbers() == []


def test_a_failure_inside_a_batch_writes_nothing(author: Author) -> None:
    before = last_number()
    with pytest.raises(UserError, match="停"):
        stopped(author)
    assert (last_number(), Employer.select().count()) == (before, 0)


def test_undoing_an_edit_brings_the_old_value_back(author: Author) -> None:
    worker = joined(author, found(author), phone="19900000001")
    edited(author, worker, phone="19900000002", note="临时")
    done = undo.undo(numbers()[-1], author)
    held = Worker.get(Worker.uid == worker)
    assert (done.restored, done.removed, done.kept) == (2, 0, [])
    assert (held.phone, held.note) == ("19900000001", None)


def test_a_field_edited_since_is_kept_and_named(author: Author) -> None:
    worker = joined(author, found(author), phone="19900000001")
    edited(author, worker, phone="19900000002", note="临时")
    edited(author, worker, phone="19900000003")
    done = undo.undo(numbers()[-2], author)
    held = Worker.get(Worker.uid == worker)
    assert (held.phone, held.note) == ("19900000003", None)
    assert [(each.uid, each.field) for each in done.kept] == [(worker, "phone")]


def test_undoing_a_creation_removes_the_person_and_the_event(author: Author) -> None:
    joined(author, found(author))
    done = undo.undo(numbers()[-1], author)
    assert (done.removed, Worker.select().count(), MembershipEvent.select().count()) == (1, 0, 0)


def test_a_person_edited_since_stays_and_so_does_the_union_they_belong_to(author: Author) -> None:
    union, worker = new_uid(), new_uid()
    event = {"uid": new_uid(), "worker": worker, "union": union, "type": "入会", "date": None, "reason": None}
    with batch("import", author) as writer:
        writer.create(Union, {"uid": union, "name": "甲公司工会"})
        writer.create(Employer, {"uid": new_uid(), "name": "没人用到的单位"})
        writer.create(Worker, {"uid": worker, "name": "王五"}, [(MembershipEvent, event)])
    edited(author, worker, phone="19900000001")
    done = undo.undo(numbers()[0], author)
    assert (done.removed, Employer.select().count()) == (1, 0)
    assert {each.uid for each in done.kept} == {union, worker}
    assert Worker.get(Worker.uid == worker).membership_state == "在册"


def test_a_union_that_someone_joined_since_stays(author: Author) -> None:
    union = found(author)
    joined(author, union)
    with pytest.raises(UserError):
        undo.undo(numbers()[0], author)
    assert Union.select().count() == 1


def test_an_undo_can_be_undone(author: Author) -> None:
    union = found(author)
    worker = joined(author, union, phone="19900000001")
    first = undo.undo(numbers()[-1], author)
    second = undo.undo(first.batch, author)
    held = Worker.get(Worker.uid == worker)
    assert (second.restored, held.phone, held.membership_state, held.union) == (1, "19900000001", "在册", union)


def test_a_removed_person_does_not_come_back_to_a_union_that_is_gone(author: Author) -> None:
    union = found(author)
    joined(author, union)
    gone = undo.undo(numbers()[-1], author)
    undo.undo(numbers()[0], author)
    with pytest.raises(UserError):
        undo.undo(gone.batch, author)
    assert Worker.select().count() == 0


def test_a_record_that_took_the_place_of_one_gone_since_stays(author: Author) -> None:
    old, new, worker = new_uid(), new_uid(), new_uid()
    with batch("edit", author) as writer:
        writer.create(Employer, {"uid": old, "name": "甲公司"})
    with batch("edit", author) as writer:
        writer.create(Worker, {"uid": worker, "name": "王五", "employer": None})
    edited(author, worker, employer=old)
    with batch("edit", author) as writer:
        writer.create(Employer, {"uid": new, "name": "乙公司"})
        writer.update(Worker, worker, {"employer": (old, new)})
        writer.update(Worker, worker, {"note": (None, "调动")})
    undo.undo(1, author)
    done = undo.undo(4, author)
    assert {(each.uid, each.field) for each in done.kept} == {(worker, "employer"), (new, "*")}
    assert [(row.employer, row.note) for row in Worker.select()] == [(new, None)]


def test_the_same_batch_cannot_be_undone_twice(author: Author) -> None:
    found(author)
    undo.undo(numbers()[0], author)
    with pytest.raises(UserError, match="没有可以撤销的内容"):
        undo.undo(1, author)


def test_a_batch_that_does_not_exist_is_told(author: Author) -> None:
    with pytest.raises(UserError, match="没有批次 7"):
        undo.undo(7, author)


def test_another_folder_gets_another_device(author: Author, tmp_path: Path) -> None:
    from models.register import laptop

    assert laptop.author(tmp_path / "elsewhere").device != author.device


def test_a_person_who_comes_back_replaces_the_removal(author: Author) -> None:
    worker = joined(author, found(author))
    undo.undo(undo.undo(numbers()[-1], author).batch, author)
    _created, removed, again = Change.select().where(Change.record == worker).order_by(Change.id)
    assert json.loads(again.replaces) == [[removed.device, removed.number]]


def test_an_edit_after_a_comeback_replaces_the_comeback_not_what_was_edited_before(author: Author) -> None:
    worker = joined(author, found(author))
    event = MembershipEvent.get()
    for record, uid, name in ((Worker, worker, "phone"), (MembershipEvent, event.uid, "reason")):
        with batch("edit", author) as writer:
            writer.update(record, uid, {name: (None, "19900000001")})
        undo.undo(numbers()[-1], author)
    undo.undo(undo.undo(2, author).batch, author)
    again = Change.select().where(Change.record == worker).order_by(Change.id.desc()).get()
    with batch("edit", author) as writer:
        writer.update(Worker, worker, {"phone": (None, "19900000002")})
        writer.update(MembershipEvent, event.uid, {"reason": (None, "乙")})
    newest = Change.select().order_by(Change.id.desc()).limit(2)
    assert [json.loads(each.replaces) for each in newest] == [[[again.device, again.number]]] * 2
