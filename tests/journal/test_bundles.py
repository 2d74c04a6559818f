"""The log in bundles: what many records say of themselves is kept together, and whoever reads the log sees no difference."""

import datetime as dt
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from peewee import DatabaseError

from models.editing.own_fields import NewField, add_own_fields
from models.editing.record_history import history_of
from models.engine import database
from models.journal import bundles, entries, packing
from models.journal.bundling import bundle_old
from models.journal.day_work import day_work
from models.journal.log import Batch, Bundle, Change
from models.journal.undo import undo
from models.journal.writer import Author, batch, last_number
from models.lists import search, selection
from models.lists.listings import Selection
from models.opening import check_up, opening
from models.people import erasing
from models.people.held_data import held_data
from models.people.traces import mentions_of, traces
from models.records.employer import Employer
from models.records.headcount import HeadCount
from models.records.membership import MembershipEvent
from models.records.officer import Officer
from models.records.region import load_index
from models.records.union import Union
from models.records.worker import Worker
from models.register import register as room
from models.register import traces as folders
from models.register.register import Register
from models.rescue.rescuing import rescue
from models.uid import new_uid
from models.values import ids
from tests.aids import engines
from tests.aids.logged import Logged, logged
from tests.aids.merge_cases import edited
from tests.aids.sizes import every
from tests.aids.speaking import PASSPHRASE, TODAY, imported_rows, last_batch, made
from tests.aids.state_model import contents, differences, stray_parents, told_again

HEAD = ["姓名", "身份证号", "手机", "所属工会", "工作单位", "入会日期", "备注"]
MANY = bundles.FEWEST + 20


def person(number: int) -> list[Any]:
    first = f"500106{1960 + number // 1000}01{number % 28 + 1:02}{number % 1000:03}"
    card = first + ids.check_digit(first)
    note = None if number % 3 else f"第“{number}”人\\备注"
    name = "王" + "".join("零一二三四五六七八九"[int(digit)] for digit in f"{number:04}")
    return [name, card, f"199{number:08}", "甲公司工会", f"公司{number % 4}", "2024-05-06", note]


def roster(author: Author, folder: Path, count: int = MANY, start: int = 0) -> int:
    """Import a roster of so many people; the batch's number."""
    done = imported_rows(author, folder, [HEAD, *(person(start + each) for each in range(count))], f"名册{start}")
    assert done.outcome.batch is not None
    return done.outcome.batch


def uid_of(name: str) -> str:
    return str(Worker.get(Worker.name == name).uid)


def kept() -> tuple[int, int]:
    """How many entries of the log are in bundles, and how many a row each."""
    return sum(each.count for each in bundles.found()), Change.select().count()


VALUES: list[dict[str, Any]] = [
    {"name": '王"五"\\', "phone": None, "note": "", "id_doubtful": 1},
    {"name": "𠮷野 🙂\n第二行", "migrant_worker": 0, "own:0190f0c0-0000-7000-8000-000000000001": 3, "note": "="},
    {"name": None},
    {"own:0190f0c0-0000-7000-8000-000000000001": "2024-05", "phone": "19900000001", "name": "李"},
    {},
]


def test_what_is_packed_is_unpacked_to_the_letter() -> None:
    uids = [new_uid() for _each in range(3 * len(VALUES))]
    wholes: list[Any] = []
    for place, uid in enumerate(uids):
        event = ("membership_event", {"uid": new_uid(), "worker": uid, "type": "入会", "date": None, "reason": None})
        facts = [event, ("officer", {"uid": new_uid(), "worker": uid})][: place % 3]
        wholes.append([("worker", {"uid": uid} | VALUES[place % len(VALUES)]), *facts])
    parents = [[["a", place]] * (place % 2) for place in range(len(uids))]
    text = packing.restored(packing.compressed(packing.pack(wholes, parents, list(range(0, 2 * len(uids), 2)))))
    records = packing.pack_uids(uids)
    assert records is not None
    held = packing.Unpacked(text, packing.unpack_uids(records))
    assert [held.whole(place) for place in range(len(uids))] == wholes
    assert (held.replaces, held.numbers) == (parents, list(range(0, 2 * len(uids), 2)))
    assert [packing.place_of(records, uid) for uid in (*uids, new_uid(), "s1")] == [*range(len(uids)), -1, -1]


def test_uids_that_are_not_written_as_ours_are_not_packed() -> None:
    assert [packing.pack_uids([new_uid(), each]) for each in ("w1", new_uid().upper(), "0" * 32)] == [None, None, None]


def test_another_form_is_refused_and_damage_is_told() -> None:
    with pytest.raises(ValueError, match="jianhui-bundle-9"):
        packing.Unpacked('{"form":"jianhui-bundle-9"}', [])
    with pytest.raises(ValueError, match="incorrect header"):
        packing.restored(b"nothing of ours")


def test_many_new_people_are_a_bundle_and_a_few_are_rows(author: Author, tmp_path: Path) -> None:
    roster(author, tmp_path, bundles.FEWEST)
    assert kept() == (bundles.FEWEST, 5)  # a union and four employers that nobody knew
    roster(author, tmp_path, bundles.FEWEST - 1, bundles.FEWEST)
    assert kept() == (bundles.FEWEST, bundles.FEWEST + 4)
    assert differences(told_again(), contents()) == []
    assert [each.number for each in logged()] == [each.id for each in logged()] == list(range(1, last_number() + 1))
    assert (list(stray_parents()), check_up.log_faults()) == ([], [])


def test_a_large_batch_is_parted_evenly(author: Author, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundles, "SIZE", 150)
    with batch("import", author) as writer:
        for number in range(400):
            writer.create(Employer, {"uid": (uid := new_uid()), "name": f"公司{number}"})
            writer.create(HeadCount, {"uid": new_uid(), "subject": uid, "subject_kind": "employer", "staff_count": number})
    assert [(each.kind, each.count) for each in bundles.found()] == [
        ("employer", 134), ("employer", 134), ("employer", 132), ("head_count", 134), ("head_count", 134), ("head_count", 132),
    ]  # fmt: skip
    assert differences(told_again(), contents()) == []


def test_the_history_of_a_record_names_the_import_and_what_came_after(author: Author, tmp_path: Path) -> None:
    number = roster(author, tmp_path)
    uid = uid_of("王零零零七")
    later = edited(author, Worker, uid, phone="19911111111")
    told = history_of("worker", uid, load_index(TODAY), masked=False)
    assert [(each.batch, each.before, each.after) for each in told if each.field == "phone"] == [
        (later, "19900000007", "19911111111"), (number, "", "19900000007"),
    ]  # fmt: skip
    assert {each.files for each in told if each.batch == number} == {("名册0.xlsx",)}
    held = held_data(uid, load_index(TODAY))
    assert [each.origin.batch for each in held.events if each.origin] == [number]


def test_an_import_is_undone_and_the_undo_as_well(author: Author, tmp_path: Path) -> None:
    imported, held = roster(author, tmp_path), contents()
    undone = undo(imported, author)
    assert (undone.removed, undone.kept, Worker.select().count()) == (MANY + 5, [], 0)
    assert [(each.kind, each.removed, each.count) for each in bundles.found()] == [
        ("worker", False, MANY), ("worker", True, MANY),
    ]  # fmt: skip
    again = undo(undone.batch, author)
    assert (again.restored, differences(contents(), held)) == (MANY + 5, [])
    assert kept()[0] == 3 * MANY
    assert undo(again.batch, author).removed == MANY + 5
    assert (list(stray_parents()), differences(told_again(), contents()), check_up.log_faults()) == ([], [], [])


def test_who_was_edited_since_stays_and_is_named(author: Author, tmp_path: Path) -> None:
    imported = roster(author, tmp_path)
    uid = uid_of("王零零一一")
    edited(author, Worker, uid, phone="19911111111")
    undone = undo(imported, author)
    assert {each.uid for each in undone.kept if each.kind == "worker"} == {uid}
    assert [row.name for row in Worker.select()] == ["王零零一一"]
    assert (list(stray_parents()), differences(told_again(), contents())) == ([], [])


def test_own_fields_come_back_with_their_values(author: Author) -> None:
    field = NewField("worker", "工号牌")
    add_own_fields([field], author)
    name = field.field
    with batch("import", author) as writer:
        for number in range(MANY):
            values = {"uid": new_uid(), "name": f"王{number}", name: f"G{number}" if number % 2 else None}
            writer.create(Worker, values, [])
    held, imported = contents(), last_batch()
    assert {each[name] for each in held["worker"].values()} >= {None, "G1", "G3"}
    undone = undo(imported, author)
    assert undo(undone.batch, author).restored == MANY
    assert differences(contents(), held) == []


def test_two_imports_are_told_apart(author: Author, tmp_path: Path) -> None:
    one, two = roster(author, tmp_path), roster(author, tmp_path, start=5_000)
    touched = {
        number: {row["name"] for row in selection.rows(Selection("workers", batch=number), load_index(TODAY))}
        for number in (one, two)
    }
    assert touched == {one: {person(each)[0] for each in range(MANY)}, two: {person(5_000 + each)[0] for each in range(MANY)}}
    undo(one, author)
    assert {row.name for row in Worker.select()} == touched[two]


def test_the_search_follows_the_log_into_the_middle_of_a_bundle(author: Author, tmp_path: Path) -> None:
    roster(author, tmp_path)
    steps = 0
    while search.catch_up(most=50) or search.behind():
        steps += 1
        assert steps < 20
    assert steps > 2
    found = [hit.title for group in search.find("王零一一九", load_index(TODAY)) for hit in group.hits]
    assert found == ["王零一一九"]


def test_what_was_done_in_a_day_counts_what_a_bundle_holds(author: Author) -> None:
    with batch("edit", author) as writer:
        for number in range(MANY):
            writer.create(Worker, {"uid": new_uid(), "name": f"王{number}"})
    assert kept() == (MANY, 0)
    assert day_work(dt.datetime.now(dt.UTC).astimezone().date(), author.person) == [f"新登记 {MANY} 人"]


def test_another_persons_text_in_a_bundle_is_a_mention(author: Author) -> None:
    with batch("import", author) as writer:
        for number in range(MANY):
            named = "由欧阳砚舟介绍" if number == 7 else None
            writer.create(Employer, {"uid": new_uid(), "name": f"公司{number}", "note": named})
    undo(last_batch(), author)
    uid = made(author, Worker, name="欧阳砚舟", phone="19900000071")
    assert [(each.kind, each.field, each.past) for each in mentions_of(traces([uid]))] == [("employer", "note", True)]


def old(monkeypatch: pytest.MonkeyPatch, author: Author, folder: Path) -> list[Logged]:
    """A register whose log is a row for each entry, as earlier programs wrote it; its entries."""
    with monkeypatch.context() as patch:
        patch.setattr(bundles, "FEWEST", 1_000_000)
        undo(undo(roster(author, folder), author).batch, author)
        edited(author, Worker, uid_of("王零零零三"), note="改过")
        roster(author, folder, start=5_000)
    assert kept()[0] == 0
    return logged()


def same(before: list[Logged], after: list[Logged]) -> bool:
    """True when two logs say the same, whatever the order of the fields within a record."""
    read = [[(*row[:7], *(json.loads(text) if text else None for text in row[7:])) for row in rows] for rows in (before, after)]
    return read[0] == read[1]


def test_an_old_log_is_bundled_and_says_the_same(author: Author, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = old(monkeypatch, author, tmp_path)
    with database.transaction():
        assert bundle_old() == 4 * MANY
    assert kept() == (4 * MANY, len(before) - 4 * MANY)
    assert same(before, logged())
    assert (list(stray_parents()), check_up.log_faults(), database.damage(deep=True)) == ([], [], [])
    with database.transaction():
        assert bundle_old() == 0
    undo(last_batch(), author)
    assert differences(told_again(), contents()) == []


def test_rows_whose_numbers_have_gaps_keep_them(author: Author, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old(monkeypatch, author, tmp_path)
    # earlier programs gave the numbers in the order of the calls, in which changes stand between creations
    database.db.execute_sql("UPDATE change SET number = 100000 + 3 * number + id % 2")
    before = logged()
    with database.transaction():
        assert bundle_old() == 4 * MANY
    assert same(before, logged())


def test_old_entries_that_do_not_follow_each_other_stay_rows(
    author: Author, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old(monkeypatch, author, tmp_path)
    database.db.execute_sql("UPDATE change SET number = -number")
    with database.transaction():
        assert bundle_old() == 0


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE bundle SET content = ?", "UPDATE bundle SET erased = 'x', count = 1", "DELETE FROM bundle",
        "INSERT OR REPLACE INTO bundle SELECT * FROM bundle",
    ],
)  # fmt: skip
def test_a_bundle_refuses_to_be_changed_or_removed(author: Author, tmp_path: Path, statement: str) -> None:
    roster(author, tmp_path)
    with pytest.raises(DatabaseError, match="immutable"):
        database.db.execute_sql(statement, [bytes(1)] if "?" in statement else [])


def _changed(bundle: bundles.HeldBundle) -> bytes:
    """The content of a bundle with a bit changed, one that says something: some only name another copy of the same text."""
    for place in range(len(bundle.content) // 2, len(bundle.content)):
        changed = bytearray(bundle.content)
        changed[place] ^= 4
        try:
            if packing.restored(bytes(changed)) != bundle.text():
                return bytes(changed)
        except ValueError:
            return bytes(changed)
    raise AssertionError("no bit says anything")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("content = ?", "内容被改过"), ("records = ?", "内容被改过"),
        ("count = count - 1", "内容被改过"), ("erased = 'x', erased_digest = digest", "却没有这次删除"),
    ],
)  # fmt: skip
def test_whatever_is_changed_in_a_bundle_is_found(author: Author, tmp_path: Path, change: str, said: str) -> None:
    roster(author, tmp_path)
    assert check_up.log_faults() == []
    content = _changed(bundles.found()[0])
    ((records,),) = database.db.execute_sql("SELECT records FROM bundle").fetchall()
    given = {"content = ?": [content], "records = ?": [records[16:] + records[:16]]}.get(change, [])
    engines.without_trigger("bundle", "bundle_no_update")
    database.db.execute_sql(f"UPDATE bundle SET {change}", given)
    assert any("的一捆与原来不符" in each and said in each for each in check_up.log_faults())


def test_a_bundle_that_is_missing_is_found(author: Author, tmp_path: Path) -> None:
    for start in (0, 5_000, 10_000):
        roster(author, tmp_path, start=start)
    first, middle, last = bundles.found()
    engines.without_trigger("bundle", "bundle_no_delete")
    database.db.execute_sql("DELETE FROM bundle WHERE id = ?", [middle.id])
    told = check_up.log_faults()
    assert any(f"第 {last.start:,}–{last.id:,} 条的一捆" in each and "接不上" in each for each in told)
    database.db.execute_sql("DELETE FROM bundle WHERE id = ?", [last.id])
    assert any(f"日志末尾到第 {last.id:,} 条的一捆不见了" in each for each in check_up.log_faults())
    assert first.id < middle.id


def test_an_erased_person_is_in_no_bundle_and_the_others_are(register: Register, author: Author, tmp_path: Path) -> None:
    number = roster(author, tmp_path)
    undone = undo(number, author).batch
    undo(undone, author)
    uid, before = uid_of("王零零零九"), logged()
    digests = [each.values["digest"] for each in bundles.found()]
    erasing.erase([uid], "本人书面申请", author, register.folder)
    texts = "".join(each.text() for each in bundles.found())
    assert [each for each in ("王零零零九", person(9)[1], "19900000009", "第“9”人") if each in texts] == []
    assert [each for each in ("王零零一零", person(10)[1], "19900000010", "第“12”人") if each not in texts] == []
    erased = Batch.get(Batch.kind == "erase").uid
    assert [each.values["erased"] for each in bundles.found()] == [erased] * 3
    assert [each.values["digest"] for each in bundles.found()] == digests, "what was written is what was written"
    assert check_up.log_faults() == []
    others = [[row for row in rows if row.record != uid] for rows in (before, logged()[: len(before)])]
    assert same(*others)
    assert [name for kind, values in json.loads(entry_of(uid)) if kind == "worker" for name in values] == ["uid", "sex"]
    assert (list(stray_parents()), differences(told_again(), contents())) == ([], [])


def entry_of(uid: str) -> str:
    """What the log says of the making of a record, as JSON."""
    return next(str(after) for (after,) in entries.of_records([uid], ["after"]) if after)


def test_whoever_knows_the_rest_cannot_guess_the_erased_by_the_digest(register: Register, author: Author, tmp_path: Path) -> None:
    roster(author, tmp_path)
    (bundle,) = bundles.found()
    first = json.loads(bundle.text())
    erasing.erase([uid_of("王零零零九")], "本人书面申请", author, register.folder)
    (left,) = bundles.found()
    assert json.loads(left.text())["salt"] != first["salt"]


def test_a_damaged_register_gives_its_bundles_back(register: Register, author: Author, tmp_path: Path) -> None:
    roster(author, tmp_path)
    roster(author, tmp_path, start=5_000)
    before, held = logged(), contents()
    room.close_register()
    whole = register.file.read_bytes()
    lost = Counter[int]()
    pages = len(whole) // 4096
    for page in range(3, pages, max(1, pages * every(2) // 9)):
        harmed = bytearray(whole)
        harmed[(page - 1) * 4096 : page * 4096] = bytes(4096)
        register.file.write_bytes(harmed)
        out = tmp_path / f"out{page}"
        report = rescue(register.folder, PASSPHRASE, out)
        opening.open_register(out, PASSPHRASE)
        assert contents() == held
        assert check_up.log_faults() == []
        assert {row.id for row in logged()} <= {row.id for row in before}
        assert report.lost_log == len(before) - len(logged())
        lost[report.lost_log] += 1
        room.close_register()
    assert lost[0] > 0
    register.file.write_bytes(whole)
    opening.open_register(register.folder, PASSPHRASE)


def test_a_bundle_that_is_lost_is_known_to_be_lost_and_the_chain_goes_on(
    register: Register, author: Author, tmp_path: Path
) -> None:
    for start in (0, 5_000, 10_000):
        roster(author, tmp_path, start=start)
    middle = bundles.found()[1]
    content = bytearray(middle.content)
    content[len(content) // 2] ^= 4
    engines.without_trigger("bundle", "bundle_no_delete")
    database.db.execute_sql("DELETE FROM bundle WHERE id = ?", [middle.id])
    room.close_register()
    report = rescue(register.folder, PASSPHRASE, tmp_path / "out")
    assert (report.lost_log, report.whole) == (MANY, False)
    opening.open_register(tmp_path / "out", PASSPHRASE)
    assert check_up.log_faults() == []
    roster(author, tmp_path, start=15_000)
    assert check_up.log_faults() == []
    room.close_register()
    assert (tmp_path / "out" / folders.FILE).exists()
    opening.open_register(register.folder, PASSPHRASE)


def test_parents_of_a_removed_member_are_the_bundle_and_what_came_later(author: Author, tmp_path: Path) -> None:
    roster(author, tmp_path)
    uid = uid_of("王零零零四")
    event = MembershipEvent.get(MembershipEvent.worker == uid)
    with batch("edit", author) as writer:
        writer.update(MembershipEvent, event.uid, {"date": (event.date, "2024-06-01")})
    making, change = (each for each in logged() if each.record in (uid, event.uid))
    assert json.loads(change.replaces) == [[making.device, making.number]]
    assert Bundle.select().count() == 1
    assert (Union.select().count(), Officer.select().count()) == (1, 0)
