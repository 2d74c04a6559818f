"""The ways that only large imports take lead to where the plain ones lead."""

import datetime as dt
import gc
import io
import json
from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any

import openpyxl
import pytest

from importers import session
from importers.plan.steps import Create
from importers.reader import process as reader_process
from importers.reader import wire
from importers.rows.decisions import Decisions
from importers.rows.parts import UnderstoodRows
from importers.rows.understanding import view
from importers.session import ImportOptions, SourceFile
from importers.workbook.opened import TOGETHER
from importers.workbook.sheet import Columns, ReadLimits, SheetRow
from models.engine import database
from models.errors import UserError
from models.journal import writer as journal
from models.journal.writer import Author, Writer, batch
from models.memory import collector_paused
from models.records.worker import Worker
from models.uid import new_uid
from samples.invented import id_number
from tests.aids.logged import logged
from tests.aids.speaking import TODAY, WANG, imported, workbook

HEAD = ["序号", "姓名", "身份证号", "手机号", "出生日期", "学历", "工作单位"]
KEY = ("名册.xlsx", "Sheet1")
#: More rows than travel together.
PEOPLE = TOGETHER + 300


def person(place: int) -> list[Any]:
    number = id_number("500106", dt.date(1970, 1, 1) + dt.timedelta(days=place), 900 + place % 100)
    return [place, f"王砚{chr(0x4E00 + place)}", number, f"199{place:08}", None, "本科", "重庆霁蓝虚构印务有限公司"]


def roster() -> list[list[Any]]:
    """A roster with some of everything: a person who stands in both halves, a total, a wrong number, a strange word."""
    rows = [HEAD, *(person(place) for place in range(1, PEOPLE + 1))]
    rows[5][2] = rows[5][2][:-1] + ("1" if rows[5][2][-1] != "1" else "2")
    rows[6][5], rows[7][3], rows[8][4] = "没上过", 19900000007, dt.datetime(1970, 1, 9)
    rows[PEOPLE - 1][2] = rows[9][2]
    rows[PEOPLE - 2][1] = None
    return [*rows, [None, "合计", PEOPLE]]


@cache
def book() -> bytes:
    """The roster as a file, written once."""
    with TemporaryDirectory() as folder:
        return workbook(Path(folder) / KEY[0], {KEY[1]: roster()}).read_bytes()


def read(folder: Path) -> list[SourceFile]:
    (folder / KEY[0]).write_bytes(book())
    return session.read([folder / KEY[0]], ImportOptions(), today=TODAY)


def understood(files: list[SourceFile], decisions: Decisions, today: dt.date = TODAY) -> UnderstoodRows:
    (seen,) = session.understand(files, ImportOptions(), decisions, today)
    return seen.rows


def afterwards(files: list[SourceFile], decisions: Decisions, today: dt.date = TODAY) -> UnderstoodRows:
    """What is understood of the sheet when it is there as a whole."""
    return view(files[0].sheets[0], decisions, None, today).rows


def test_rows_understood_while_the_file_is_read_are_those_understood_afterwards(author: Author, tmp_path: Path) -> None:
    files = read(tmp_path)
    ahead = files[0].ahead[KEY]
    assert ahead.seen is not None
    assert len(ahead.seen.rows) == PEOPLE
    rows = understood(files, Decisions())
    assert rows is ahead.seen.rows
    assert rows == afterwards(files, Decisions())
    assert Counter(each.code for row in rows for each in row.problems) == {
        "id-check-digit": 1, "choice-unknown": 1, "id-repeated": 1, "name-missing": 1,
    }  # fmt: skip


@pytest.mark.parametrize(
    "decisions",
    [
        Decisions().with_mapping(KEY, 3, None),
        Decisions().with_header(KEY, (1,)),
        Decisions().with_default(KEY, "ethnicity", "土家族"),
        Decisions().with_choice(KEY, "education", "没上过", "小学"),
        Decisions().with_cell(KEY, 3, "phone", "19900000999"),
        Decisions().with_kind(KEY, "employers"),
    ],
    ids=["mapping", "header", "default", "choice", "cell", "kind"],
)
def test_what_a_person_decides_about_a_sheet_counts_although_it_was_understood_before(
    author: Author, tmp_path: Path, decisions: Decisions
) -> None:
    files = read(tmp_path)
    plain = afterwards(files, Decisions())
    rows = understood(files, decisions)
    assert rows == afterwards(files, decisions)
    assert rows != plain or decisions.headers


def test_a_sheet_understood_while_it_was_read_is_understood_anew_on_another_day(author: Author, tmp_path: Path) -> None:
    files = read(tmp_path)
    later = TODAY.replace(year=TODAY.year + 40)
    assert any(each.code == "age-unusual" for row in understood(files, Decisions(), later) for each in row.problems)


def test_what_is_remembered_after_the_reading_counts(author: Author, tmp_path: Path) -> None:
    files = read(tmp_path)
    told = Decisions().with_choice(KEY, "education", "没上过", "小学")
    session.remember(session.understand(read(tmp_path), ImportOptions(), told, TODAY), told, author)
    assert understood(files, Decisions())[5].value("education") == "小学及以下"


def test_a_merged_cell_reaches_rows_that_arrive_later(author: Author, tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "名册.xlsx", {"Sheet1": [[*row[:6], "重庆松石虚构餐饮有限公司"] for row in roster()[:-1]]}
    )
    book = openpyxl.load_workbook(path)
    book.active["G1"] = HEAD[6]
    book.active.merge_cells(f"G2:G{PEOPLE + 1}")
    book.save(path)
    files = session.read([path], ImportOptions(), today=TODAY)
    assert {row.value("employer") for row in understood(files, Decisions())} == {"重庆松石虚构餐饮有限公司"}


def test_a_text_of_many_cells_is_held_once(author: Author, tmp_path: Path) -> None:
    rows = read(tmp_path)[0].sheets[0].rows
    assert len({id(row.values[5]) for row in rows[10 : TOGETHER]}) == 1


def test_every_kind_of_cell_travels_as_it_is() -> None:
    cells = [None, 1, 1.0, True, 0, False, "1", "True", "", dt.date(2024, 5, 6), dt.datetime(2024, 5, 6, 10), 1.5, "1"]
    rows = [SheetRow(3, cells), SheetRow(7, [], hidden=True), SheetRow(9, [*cells[::-1], 7])]
    arrived = list(wire.unpack(wire.decode(wire.encode(wire.pack(Columns.of(rows)))), {}).rows())
    assert arrived == rows
    assert [type(value) for value in arrived[0].values] == [type(value) for value in cells]


class Kept(io.BytesIO):
    """A pipe that remembers what was written when it is closed."""

    said = b""

    def close(self) -> None:
        if not self.closed:
            self.said = self.getvalue()
        super().close()


class Silent:
    """A child that ends without a word."""

    def __init__(self) -> None:
        self.heard = Kept()
        self.stdin: IO[bytes] | None = self.heard
        self.stdout: IO[bytes] | None = io.BytesIO()

    def kill(self) -> None: ...

    def wait(self) -> int:
        return 0


@pytest.mark.parametrize(("size", "memory"), [(1 << 20, 1 << 30), (50 << 20, 50 << 25), (150 << 20, 2 << 30)])
def test_only_a_large_file_may_take_more_memory(tmp_path: Path, size: int, memory: int) -> None:
    path = tmp_path / "名册.xlsx"
    with path.open("wb") as file:
        file.truncate(size)
    children: list[Silent] = []

    def start() -> reader_process.ChildProcess:
        children.append(Silent())
        return children[-1]

    for limits in (None, ReadLimits(memory_bytes=5 << 20)):
        with pytest.raises(UserError):
            list(reader_process.read(path, limits=limits, start=start))
    # a child that died is started once more
    asked = [json.loads(child.heard.said)["limits"]["memory_bytes"] for child in children]
    assert asked == [memory, memory, 5 << 20, 5 << 20]


def indexes() -> list[str]:
    found = database.db.execute_sql("SELECT name FROM sqlite_master WHERE type = 'index' ORDER BY name")
    return [name for (name,) in found]


def create(writer: Writer, count: int) -> list[str]:
    uids = [new_uid() for _place in range(count)]
    for place, uid in enumerate(uids):
        writer.create(Worker, {"uid": uid, "name": f"王{place}", "id_number": f"{place:017}x"})
    return uids


def test_very_many_records_are_written_without_their_indexes_and_have_them_afterwards(author: Author) -> None:
    before, many = indexes(), journal.MANY + 1
    with batch("import", author) as writer:
        writer.expect({Worker: many})
        assert "worker_name" not in indexes()
        create(writer, many)
    assert indexes() == before
    plan = database.db.execute_sql("EXPLAIN QUERY PLAN SELECT id FROM worker WHERE name = '王5'").fetchall()
    assert "worker_name" in str(plan)
    assert Worker.select().where(Worker.name == "王5").count() == 1
    assert database.damage(deep=True) == []


def test_indexes_stay_when_few_records_come_or_many_are_there(author: Author) -> None:
    with batch("import", author) as writer:
        writer.expect({Worker: journal.MANY})
        assert writer.indexes == []
        create(writer, journal.MANY)
    with batch("import", author) as writer:
        writer.expect({Worker: journal.MANY + 1})
        assert writer.indexes == []


def stopped(author: Author) -> None:
    with batch("import", author) as writer:
        writer.expect({Worker: journal.MANY + 1})
        create(writer, journal.CHUNK + 1)
        raise UserError("停")


def test_an_import_that_is_stopped_leaves_the_indexes(author: Author) -> None:
    before = indexes()
    with pytest.raises(UserError):
        stopped(author)
    assert indexes() == before
    assert Worker.select().count() == len(logged()) == 0


def test_changes_of_records_made_in_the_same_large_batch_name_what_they_replace(author: Author) -> None:
    changed = journal.CHUNK + 10
    with batch("import", author) as writer:
        writer.expect({Worker: journal.MANY + 1})
        uids = create(writer, journal.MANY + 1)
        for uid in uids[:changed]:
            writer.update(Worker, uid, {"sex": (None, "女")})
    born = {change.record: [change.device, change.number] for change in logged() if change.field == "*"}
    edits = [change for change in logged() if change.field == "sex"]
    assert len(edits) == changed
    assert all(json.loads(change.replaces) == [born[change.record]] for change in edits)
    assert Worker.select().where(Worker.sex == "女").count() == changed


def test_asking_for_most_of_a_table_finds_what_asking_in_parts_finds(author: Author) -> None:
    names = ["É", "é", "Bob", "bob", *(f"王{place}" for place in range(2 * database.CHUNK))]
    with batch("edit", author) as writer:
        for place, name in enumerate(names):
            number = None if place % 7 == 0 else f"{place:017}{'xX'[place % 2]}"
            writer.create(Worker, {"uid": new_uid(), "name": name, "id_number": number})
    for field, keys in (
        ("name", ["é", "BOB", *names[4:]]),
        ("id_number", [f"{place:017}X" for place in range(len(names))]),
        ("uid", [row.uid for row in Worker.select()]),
    ):
        parts = [keys[start : start + 100] for start in range(0, len(keys), 100)]
        apart = [
            found for part in parts for found in database.fetch_in(Worker, field, part, ("id", "name", "id_number"))
        ]
        together = list(database.fetch_in(Worker, field, keys, ("id", "name", "id_number")))
        assert len(keys) > database.CHUNK
        assert together == sorted(apart)


def test_a_planned_newcomer_is_kept_packed_and_says_the_same(author: Author, tmp_path: Path) -> None:
    done = imported(author, workbook(tmp_path / "名册.xlsx", {"会员": [HEAD, [*person(1)[:2], WANG, *person(1)[3:]]]}))
    (write,) = done.plan.sheets[0].steps[0].writes
    assert isinstance(write, Create)
    assert isinstance(write.kept, tuple)
    plain = replace(write, kept=write.values, kept_facts=write.facts)
    assert (plain.values, plain.facts) == (write.values, write.facts)
    assert list(plain.refers_to()) == list(write.refers_to())
    (created,) = [change for change in logged() if change.record == write.values["uid"]]
    assert json.loads(created.after or "")[0] == ["worker", write.values]


def test_what_was_made_in_a_pause_counts_as_old_and_the_search_for_garbage_goes_on(
    request: pytest.FixtureRequest,
) -> None:
    if not gc.isenabled():  # a window that an earlier test made has taken the search over
        gc.enable()
        request.addfinalizer(gc.disable)
    with collector_paused(), collector_paused():
        assert not gc.isenabled()
        made: list[list[int]] = [[] for _each in range(5_000)]
    assert gc.isenabled()
    assert any(each is made[-1] for each in gc.get_objects(generation=2))
    assert gc.get_freeze_count() == 0
