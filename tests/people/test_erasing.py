"""Erasing a person: found nowhere afterwards, figures as before, undoing around it, and no way back through a backup."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from models.backups.making import back_up
from models.backups.restoring import restore
from models.editing.moving import enter
from models.engine import database
from models.engine.following import following
from models.errors import UserError
from models.figures.indicators import indicators
from models.journal.log import Batch
from models.journal.saved_filters import save_filter
from models.journal.settings import change_setting
from models.journal.undo import undo, way_back
from models.journal.writer import Author, batch
from models.lists import search, selection
from models.lists.listings import Selection
from models.opening import opening
from models.people import copies, erasing
from models.records.erasure import Erasure, sealed
from models.records.membership import MembershipEvent
from models.records.region import load_index
from models.records.setting import setting
from models.records.union import Union
from models.records.worker import Worker
from models.register import erased_list, traces
from models.register import register as room
from models.register.register import Register
from tests.aids import engines
from tests.aids.merge_cases import edited, member, merged
from tests.aids.speaking import LI, PASSPHRASE, TODAY, WANG, imported_rows, last_batch, made
from tests.aids.state_model import contents, differences, told_again
from tests.aids.whole_window import made_once
from tests.people.erased_person import NAME, PHONE, REASON, ROWS, everything_told, pages, texts


def fill(author: Author, folder: Path) -> None:
    """A member among others, who has left, and of whom much was written."""
    imported_rows(author, folder, ROWS, f"{NAME}等人入会")
    found = str(Worker.get(Worker.name == NAME).uid)
    edited(author, Worker, found, phone="19900000072", note="调走了")
    enter("退会", [found], "2026-03-01", author, reason="个人要求退会")
    save_filter("workers", f"找{NAME}", {"search": NAME}, author)
    change_setting("set_aside", {f"R17 {found}": f"{NAME}说不要紧", "R04 other": "等换届"}, author)


@pytest.fixture(scope="module")
def basis(tmp_path_factory: pytest.TempPathFactory, empty_register: Register) -> Register:
    """A register with a member among others, who has left, and of whom much was written."""
    return made_once(empty_register, tmp_path_factory.mktemp("filled"), fill)


@pytest.fixture
def uid(register: Register) -> str:
    """The uid of the member who has left."""
    return str(Worker.get(Worker.name == NAME).uid)


DAYS = ["2024-05-05", "2024-05-06", "2025-12-31", "2026-02-28", "2026-03-01", TODAY.isoformat()]


def test_an_erased_person_is_nowhere_in_the_file(register: Register, author: Author, uid: str) -> None:
    search.catch_up()
    before = pages(register)
    assert [text for text in texts() if text.encode() not in before] == []
    done = erasing.erase([uid], REASON, author, register.folder)
    assert done.swept
    after = pages(register)
    assert [text for text in texts() if text.encode() in after] == []
    assert LI.encode() in after


def test_the_figures_of_every_day_stay_as_they_were(register: Register, author: Author, uid: str) -> None:
    before = everything_told(DAYS)
    erasing.erase([uid, Worker.get(Worker.name == "赵六").uid], REASON, author, register.folder)
    assert everything_told(DAYS) == before
    assert before[TODAY.isoformat()][list(indicators()).index("members")].value == 2
    room.close_register()
    engines.opened(register)
    assert differences(contents(), told_again()) == []


@pytest.mark.parametrize(
    ("what", "shown"),
    [
        ("the list", lambda: [row["name"] for row in selection.rows(Selection("workers"), load_index(TODAY))]),
        ("the list by union", lambda: selection.count(Selection("workers", order="union")) * ["x"]),
        ("the search", lambda: [hit.title for part in search.find("ouyang", load_index(TODAY)) for hit in part.hits]),
        ("the number", lambda: [hit.title for part in search.find("9012", load_index(TODAY)) for hit in part.hits]),
    ],
)
def test_no_list_shows_an_erased_person(
    what: str, shown: Any, register: Register, author: Author, uid: str
) -> None:
    search.catch_up()
    before = shown()
    erasing.erase([uid], REASON, author, register.folder)
    search.catch_up()
    assert (what, len(shown())) == (what, len(before) - 1)
    assert NAME not in shown()
    for order in ("union", "employer", "name"):
        choice = Selection("workers", order=order, today=TODAY)
        assert len(selection.ids(choice)) == selection.count(choice) == 2


def test_a_tombstone_says_when_by_whom_and_why_and_nothing_else(register: Register, author: Author, uid: str) -> None:
    erasing.erase([uid], REASON, author, register.folder)
    row = Erasure.get(Erasure.person == uid)
    assert (row.erased_by, row.reason, row.erased_at[:10]) == (author.person, REASON, TODAY.isoformat())
    rows: Any = Worker.select().where(Worker.uid == uid).dicts()
    left = {name: value for name, value in rows.get().items() if value is not None}
    (order,) = following(Worker)
    assert left.pop("name_order") == order.made([None])[0]  # that of nobody's name
    kept = {"id", "uid", "sex", "migrant_worker", "occupation_group"}
    assert left.keys() - kept == {"membership_state", "join_date", "change_type", "change_date", "change_reason"}
    assert json.loads((register.folder / erased_list.FILE).read_text("utf-8"))["erased"] == [uid]
    with pytest.raises(UserError, match="已经依申请删除"):
        erasing.erase([uid], REASON, author, register.folder)
    with pytest.raises(UserError, match="已经依申请删除"):
        merged(author, Worker.get(Worker.name == "李四").uid, uid)


def test_a_plan_writes_nothing_and_tells_what_goes(register: Register, author: Author, uid: str) -> None:
    with batch("edit", author) as writer:
        union = Union.get(Union.name == "甲公司工会")
        writer.update(Union, union.uid, {"chair": (None, NAME), "note": (None, f"联系{NAME} {PHONE}")})
    before, number = contents(), last_batch()
    seen = erasing.plan([uid])
    assert (contents(), last_batch(), sealed()) == (before, number, set())
    assert (seen.names, seen.events, seen.merged, seen.remembered) == ({uid: NAME}, 2, 0, 1)
    assert [title for title in ("姓名", "证件号码", "移动电话", "现住址", "备注") if title not in seen.fields] == []
    assert [title for title in ("性别", "农民工", "职业类别") if title in seen.fields] == []
    told = {(each.called, each.title): each.text for each in seen.mentions}
    assert told == {("甲公司工会", "工会主席"): NAME, ("甲公司工会", "备注"): f"联系{NAME} 199******71"}


def test_what_others_records_say_is_changed_only_when_somebody_said_so(register: Register, author: Author, uid: str) -> None:
    union = Union.get(Union.name == "甲公司工会").uid
    number = edited(author, Union, union, chair=NAME, note=f"找{NAME}")
    edited(author, Union, union, note="找书记")
    with pytest.raises(UserError, match="没有提到这个人"):
        erasing.erase([uid], REASON, author, register.folder, ["nobody"])
    erasing.erase([uid], REASON, author, register.folder, [union])
    assert Union.get(Union.uid == union).chair == "（已删除）"
    assert NAME.encode() not in pages(register)
    undone = undo(number, author)
    assert (undone.restored, Union.get(Union.uid == union).chair) == (1, None)
    assert [each.reason for each in undone.kept] == ["之后又改过"]


def test_left_alone_they_stand_as_they_were(register: Register, author: Author, uid: str) -> None:
    union = Union.get(Union.name == "甲公司工会").uid
    edited(author, Union, union, chair=NAME)
    erasing.erase([uid], REASON, author, register.folder)
    assert Union.get(Union.uid == union).chair == NAME


@pytest.mark.parametrize(
    ("reason", "said"),
    [("  ", "请写明删除的原因"), (f"{NAME}申请", "写了本人的姓名或号码"), (f"电话{PHONE}", "写了本人的姓名或号码")],
)
def test_the_reason_is_needed_and_names_nobody(reason: str, said: str, register: Register, author: Author, uid: str) -> None:
    with pytest.raises(UserError, match=said):
        erasing.erase([uid], reason, author, register.folder)
    assert (sealed(), Worker.get(Worker.uid == uid).name) == (set(), NAME)


def test_settings_and_filters_forget_the_person_and_nothing_else(register: Register, author: Author, uid: str) -> None:
    save_filter("workers", "在册", {"search": "李四"}, author)
    erasing.erase([uid], REASON, author, register.folder)
    assert setting("set_aside") == {"R04 other": "等换届"}
    files = [json.loads(row.source)["sheets"][0]["file"] for row in Batch.select().where(Batch.kind == "import")]
    assert files == ["（已删除）等人入会.xlsx"]
    assert NAME not in json.dumps([row.source for row in Batch.select()], ensure_ascii=False)


def test_a_namesake_keeps_what_only_a_name_tells(register: Register, author: Author, uid: str) -> None:
    twin = made(author, Worker, name=NAME, phone="19900000099")
    seen = erasing.plan([uid])
    assert (seen.remembered, any("同名" in each for each in seen.warnings)) == (0, True)
    erasing.erase([uid], REASON, author, register.folder)
    assert Worker.get(Worker.uid == twin).name == NAME
    assert WANG.encode() not in pages(register)


def test_undoing_what_wrote_of_the_person_still_works_for_the_others(register: Register, author: Author, uid: str) -> None:
    imported = int(Batch.select().where(Batch.kind == "import").get().id)
    union = Union.get(Union.name == "甲公司工会").uid
    erasing.erase([uid], REASON, author, register.folder)
    with pytest.raises(UserError, match="不能撤销"):
        undo(last_batch(), author)
    way = way_back(imported)
    assert {(each.uid, each.reason) for each in way.kept if each.kind == "worker"} == {(uid, "已经依申请删除个人信息，只留计数")}
    undo(imported, author)
    assert [row.uid for row in Worker.select()] == [uid]
    assert [row.union for row in MembershipEvent.select()] == [union, union]
    assert Union.get(Union.uid == union).name == "甲公司工会"
    back = undo(last_batch(), author)
    assert back.restored > 0
    assert {row.name for row in Worker.select()} == {None, "李四", "赵六"}
    assert differences(contents(), told_again()) == []


def test_what_was_merged_into_the_person_goes_too(register: Register, author: Author, uid: str) -> None:
    twin = member(author, Union.get(Union.name == "甲公司工会").uid, "欧阳研舟", "2020-01-02", phone="19900000088")
    number = merged(author, uid, twin)
    before = everything_told(DAYS[-1:])
    seen = erasing.plan([twin])
    assert (seen.people, seen.merged) == ((uid,), 1)
    erasing.erase([twin], REASON, author, register.folder)
    assert (everything_told(DAYS[-1:]), sealed()) == (before, {uid, twin})
    found = pages(register)
    assert [text for text in (*texts(), "欧阳研舟", "19900000088") if text.encode() in found] == []
    with pytest.raises(UserError, match="不能拆开"):
        undo(number, author)
    assert differences(contents(), told_again()) == []


def test_a_merge_of_unions_is_taken_apart_around_an_erased_member(register: Register, author: Author, uid: str) -> None:
    other = made(author, Union, name="乙公司工会")
    union = Union.get(Union.name == "甲公司工会").uid
    number = merged(author, other, union)
    erasing.erase([uid], REASON, author, register.folder)
    undo(number, author)
    assert {row.union for row in MembershipEvent.select().where(MembershipEvent.worker == uid)} == {union}


def test_somebody_who_stands_in_the_log_alone_is_erased_there(register: Register, author: Author, uid: str) -> None:
    gone = made(author, Worker, name="司徒霁", phone="19900000055", note="误录")
    number = last_batch()
    undo(number, author)
    assert "司徒霁".encode() in pages(register)
    erasing.erase([gone], REASON, author, register.folder)
    assert [text for text in ("司徒霁", "19900000055") if text.encode() in pages(register)] == []
    with pytest.raises(UserError, match="没有可以撤销的内容"):
        undo(number + 1, author)


def test_an_old_backup_brings_nobody_back(register: Register, author: Author, uid: str) -> None:
    copy = back_up(register).path
    erasing.erase([uid], REASON, author, register.folder)
    before = everything_told(DAYS[-1:])
    newer = back_up(register).path
    for source, again in ((copy, 1), (newer, 0)):
        room.close_register()
        restore(register.folder, source, PASSPHRASE)
        assert opening.open_register(register.folder, PASSPHRASE).erased_again == again
        assert sealed() == {uid}
        found = pages(register)
        assert [text for text in texts() if text.encode() in found] == []
        assert everything_told(DAYS[-1:]) == before
    room.close_register()
    (register.folder / erased_list.FILE).unlink()
    assert opening.open_register(register.folder, PASSPHRASE).erased_again == 0
    assert erased_list.read(register.folder) == erased_list.Listed(frozenset([uid]), frozenset(), swept=True)


def test_an_old_backup_brings_no_mention_back_that_was_rewritten(register: Register, author: Author, uid: str) -> None:
    asked, unasked = Union.get(Union.name == "甲公司工会").uid, made(author, Union, name="乙公司工会")
    edited(author, Union, asked, chair=NAME)
    edited(author, Union, unasked, chair=NAME)
    copy = back_up(register).path
    erasing.erase([uid], REASON, author, register.folder, [asked])
    room.close_register()
    restore(register.folder, copy, PASSPHRASE)
    assert opening.open_register(register.folder, PASSPHRASE).erased_again == 1
    assert [Union.get(Union.uid == each).chair for each in (asked, unasked)] == ["（已删除）", NAME]
    assert differences(contents(), told_again()) == []


def test_a_failure_in_the_middle_leaves_everything_as_it_was(register: Register, author: Author, uid: str) -> None:
    union = Union.get(Union.name == "甲公司工会").uid
    edited(author, Union, union, chair=NAME)
    before, number, log = contents(), last_batch(), pages(register).count(NAME.encode())
    database.db.execute_sql(
        "CREATE TEMP TRIGGER break_off BEFORE INSERT ON erasure BEGIN SELECT RAISE(ABORT, 'the disk is gone'); END"
    )
    with pytest.raises(Exception, match="the disk is gone"):
        erasing.erase([uid], REASON, author, register.folder, ["all"])
    database.db.execute_sql("DROP TRIGGER temp.break_off")
    assert (contents(), last_batch(), sealed()) == (before, number, set())
    assert not (register.folder / erased_list.FILE).exists()
    assert log
    assert differences(contents(), told_again()) == []


def test_a_sweep_that_was_cut_off_is_made_up_for_at_the_next_opening(register: Register, author: Author, uid: str) -> None:
    erasing.erase([uid], REASON, author, register.folder)
    erased_list.keep(register.folder, (), swept=False)
    room.close_register()
    assert opening.open_register(register.folder, PASSPHRASE).erased_again == 0
    assert erased_list.read(register.folder) == erased_list.Listed(frozenset([uid]), frozenset(), swept=True)


def test_a_sheet_with_the_hidden_key_brings_nothing_back(register: Register, author: Author, uid: str, tmp_path: Path) -> None:
    erasing.erase([uid], REASON, author, register.folder)
    rows = [["姓名", "身份证号", "记录标识（请勿改动）"], [NAME, WANG, uid]]
    imported_rows(author, tmp_path, rows, "导出")
    assert Worker.get(Worker.uid == uid).name is None
    assert [row.name for row in Worker.select().where(Worker.id_number == WANG)] == [NAME]


def test_copies_that_still_hold_the_person_are_told_and_renewed(register: Register, author: Author, uid: str) -> None:
    old = back_up(register).path
    aside = register.folder / "before-restore-1"
    aside.mkdir()
    shutil.copy(register.file, aside / traces.FILE)
    made(author, Worker, name="后来的人")
    later = str(Worker.get(Worker.name == "后来的人").uid)
    own = [each.path for each in copies.holding_copies(register, [uid])]
    assert (own, [each.path for each in copies.holding_copies(register, [later])]) == ([old, aside], [aside])
    erasing.erase([uid], REASON, author, register.folder)
    clean = back_up(register).path
    found = copies.holding_copies(register, [uid])
    assert [each.path for each in found] == [old, aside]
    fresh, gone = copies.renew(register, found)
    assert (gone, old.exists(), aside.exists(), clean.exists(), fresh.exists()) == ([old, aside], False, False, True, True)
    assert copies.holding_copies(register, [uid]) == []
