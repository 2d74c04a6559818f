"""Several people write into one office's register at once, each over a connection of their own: nothing is lost in silence."""

import datetime as dt
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from models.drive.cases import reconcile
from models.editing.editing import held, save, understand
from models.engine import database
from models.errors import Overtaken, UserError
from models.journal import entries
from models.journal.log import Batch
from models.journal.settings import change_setting
from models.journal.writer import Author, batch
from models.lists import search
from models.opening.check_up import count_faults, log_faults
from models.opening.office import prepare
from models.opening.opening import open_office
from models.records import membership
from models.records.drive_case import DriveCase
from models.records.employer import Employer
from models.records.headcount import HeadCount
from models.records.membership import MembershipEvent
from models.records.region import load_index
from models.records.setting import Setting
from models.records.union import Union
from models.records.worker import Worker
from models.register import office
from models.register.register import close_register
from models.uid import new_uid
from tests.aids.engines import PostgresServer, programs
from tests.aids.speaking import TODAY, made

pytestmark = pytest.mark.skipif(programs() is None, reason="PostgreSQL is not installed: apt install postgresql")

LI, WANG = Author("a" * 16, "李四"), Author("b" * 16, "王五")


@pytest.fixture
def shared(server: PostgresServer, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[None]:
    """An office's register of the test's own, open."""
    name = f"own_{abs(hash(request.node.name))}"
    server.say(f'CREATE DATABASE "{name}"')
    folder = tmp_path / "office"
    folder.mkdir()
    office.note_address(folder, server.address(name))
    prepare(folder, "")
    open_office(folder, "")
    yield
    close_register()


def at_once(*deeds: Callable[[], object]) -> list[BaseException]:
    """Do these things at the same moment, each over a connection of its own; what was raised."""
    start, raised = threading.Barrier(len(deeds)), list[BaseException]()

    def one(deed: Callable[[], object]) -> None:
        try:
            with database.connection():
                start.wait()
                deed()
        except Exception as error:  # noqa: BLE001  # whatever it is, the test looks at it
            raised.append(error)

    threads = [threading.Thread(target=one, args=(deed,)) for deed in deeds]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return raised


def change(author: Author, uid: str, name: str, before: str, after: str) -> None:
    """Change a field of a union."""
    with batch("edit", author) as writer:
        writer.update(Union, uid, {name: (before, after)})


def sound() -> bool:
    """True when the log has no gap, and the counts beside the records are what the records say."""
    return log_faults() == [] and count_faults() == []


def test_numbers_follow_each_other_whoever_writes(shared: None) -> None:
    def write(author: Author) -> Callable[[], object]:
        return lambda: [made(author, Worker, name="赵示例") for _time in range(10)]

    assert at_once(write(LI), write(WANG), write(LI), write(WANG)) == []
    assert [row.id for row in Batch.select().order_by(Batch.id)] == list(range(1, 41))
    assert entries.numbered() == [(LI.device, 20, 20), (WANG.device, 20, 20)]
    assert sound()


def test_of_two_who_change_one_field_the_second_is_told_who_was_first_and_what_stands(shared: None) -> None:
    uid = made(LI, Union, name="甲工会", chair="赵示例", phone="19900000001")
    known = held("union", uid)

    def edit(author: Author, phone: str) -> None:
        changes = understand("union", {"phone": phone}, known, TODAY, load_index(TODAY))
        save("union", known, changes, author)

    edit(WANG, "19900000002")
    with pytest.raises(Overtaken) as told:
        change(LI, uid, "phone", "19900000001", "19900000003")
    assert (told.value.uid, told.value.field, told.value.now) == (uid, "phone", "19900000002")
    assert "王五" in str(told.value)
    assert "199****0002" in str(told.value)
    assert "19900000002" not in str(told.value)
    assert Union.get(Union.uid == uid).phone == "19900000002"


def test_of_many_edits_of_one_field_none_is_lost_in_silence(shared: None) -> None:
    uid = made(LI, Union, name="甲工会", note="0")
    stored: list[str] = []

    def add(author: Author) -> Callable[[], object]:
        def once() -> None:
            for _time in range(10):
                before = Union.get(Union.uid == uid).note
                after = f"{before} {author.person}{len(before)}"
                change(author, uid, "note", before, after)
                stored.append(after)

        def until_done() -> None:
            for _try in range(5):
                try:
                    once()
                except Overtaken:
                    continue

        return until_done

    assert at_once(add(LI), add(WANG)) == []
    told = [after for _before, after in _texts(uid)]
    assert sorted(told) == sorted(stored)
    assert Union.get(Union.uid == uid).note == max(stored, key=len)


def _texts(uid: str) -> list[tuple[str, str]]:
    rows = entries.of_records([uid], ("field", "before", "after"))
    return [(before.strip('"'), after.strip('"')) for name, before, after in rows if name == "note"]


def test_two_fields_of_one_record_are_both_stored(shared: None) -> None:
    uid = made(LI, Union, name="甲工会", chair="赵示例", note="原来")

    deeds = [
        lambda: change(LI, uid, "chair", "赵示例", "李四"),
        lambda: change(WANG, uid, "note", "原来", "王五"),
    ]
    assert at_once(*deeds) == []
    row = Union.get(Union.uid == uid)
    assert (row.chair, row.note) == ("李四", "王五")


def test_a_membership_is_what_all_events_say(shared: None) -> None:
    union, worker = made(LI, Union, name="甲工会"), made(LI, Worker, name="赵示例")
    with batch("edit", LI) as writer:
        writer.create(
            MembershipEvent, {"uid": new_uid(), "worker": worker, "union": union, "type": "入会", "date": "2026-01-01"}
        )

    def event(author: Author, type_: str, day: str) -> Callable[[], object]:
        def write() -> None:
            values = {"uid": new_uid(), "worker": worker, "union": union, "type": type_, "date": day}
            with batch("edit", author) as writer:
                writer.create(MembershipEvent, values)

        return write

    assert at_once(event(LI, "退会", "2026-03-01"), event(WANG, "保留", "2026-02-01")) == []
    row = Worker.get(Worker.uid == worker)
    assert (row.membership_state, row.change_date) == ("退会", "2026-03-01")
    membership.refresh([worker])
    assert Worker.get(Worker.uid == worker).membership_state == "退会"
    assert sound()


def test_a_setting_stands_once(shared: None) -> None:
    change = [lambda author=author: change_setting("threshold", 30, author) for author in (LI, WANG)]
    assert at_once(*change) == []
    assert Setting.select().where(Setting.key == "threshold").count() == 1


def test_one_employer_gets_one_case(shared: None) -> None:
    index = load_index(TODAY)
    employer = made(LI, Employer, name="重庆示例有限公司", non_public=1, operating=1)
    made(LI, HeadCount, subject=employer, subject_kind="单位", as_of="2026-11-01", source="税务", staff_count=90)
    DriveCase.delete().execute()
    assert at_once(*[lambda author=author: reconcile(TODAY, author, index) for author in (LI, WANG)]) == []
    assert DriveCase.select().where(DriveCase.employer == employer).count() == 1


def test_who_is_entered_while_the_index_catches_up_is_found(shared: None) -> None:
    def enter(author: Author) -> Callable[[], object]:
        def write() -> None:
            for number in range(5):
                made(author, Worker, name=f"赵示例{number}")
                search.catch_up()

        return write

    assert at_once(enter(LI), enter(WANG)) == []
    search.catch_up()
    assert len(search.found("worker", "赵示例")) == 10


def test_what_is_gone_is_not_changed(shared: None) -> None:
    uid = made(LI, Union, name="甲工会", note="原来")
    with batch("edit", WANG) as writer:
        writer.remove([(Union, {"uid": uid, "name": "甲工会", "note": "原来"})])
    with pytest.raises(Overtaken, match="删去了这条记录") as told:
        change(LI, uid, "note", "原来", "新的")
    assert str(told.value).startswith("王五 在 2026-")
    assert [row.kind for row in Batch.select()] == ["edit", "edit"]


def test_who_waits_in_vain_is_told_and_nothing_is_half_written(shared: None) -> None:
    holding, done = threading.Event(), threading.Event()

    def hold() -> None:
        with database.connection(), database.transaction():
            holding.set()
            done.wait(20)

    keeper = threading.Thread(target=hold)
    keeper.start()
    holding.wait(20)
    database.db.execute_sql("SET lock_timeout = 100")
    try:
        with pytest.raises(UserError, match="别人正在写登记册"):
            made(LI, Worker, name="赵示例")
    finally:
        done.set()
        keeper.join()
    assert Worker.select().count() == 0
    made(LI, Worker, name="赵示例", join_date=f"{dt.date(2026, 1, 1)}")
    assert Worker.select().count() == 1
