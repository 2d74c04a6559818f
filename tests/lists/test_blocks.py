"""Long lists flow in blocks: what comes out is what one reading gives, of one state of the register."""

import csv
import json
import threading
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from rich.cells import cell_len

from cli.output import JsonList, print_json, print_table
from models.engine import database
from models.engine.one_state import one_state
from models.errors import Stopped
from models.lists import selection
from models.lists.listings import Selection
from models.records.region import load_index
from models.records.worker import Worker
from models.register.register import Register
from models.uid import KEY_TITLE, new_uid
from reports.list_file import write_listing
from tests.aids.speaking import TODAY
from tests.aids.terminal import Commands
from tests.aids.whole_window import made_once, put_into

#: More than two blocks, the last of them not full.
PEOPLE = 4_321


def fill(*_given: Any) -> None:
    """So many people, whose names come round again and of whom some have no phone."""
    names = ("uid", "name", "sex", "phone", "membership_state")
    rows = [
        (new_uid(), f"{'王李张刘陈'[number % 5]}{'一二三四五六七'[number % 7]}", "男女"[number % 2],
         f"199{number:08}" if number % 3 else None, "未入会")
        for number in range(PEOPLE)
    ]  # fmt: skip
    with database.transaction():
        database.insert_tuples(Worker, names, rows)


@pytest.fixture(scope="module")
def stock(tmp_path_factory: pytest.TempPathFactory, empty_register: Register) -> Register:
    return made_once(empty_register, tmp_path_factory.mktemp("stock"), fill)


@pytest.fixture
def many(register: Register, stock: Register) -> None:
    put_into(register, stock)


@pytest.fixture(scope="module")
def basis(stock: Register) -> Register:
    return stock


@pytest.mark.parametrize("order", ["", "name", "phone"])
def test_the_blocks_are_the_rows_in_their_order(many: None, order: str) -> None:
    choice, index = Selection("workers", order=order, where=(("no_phone", "是"),)), load_index(TODAY)
    count, blocks = selection.blocks(choice, index)
    sizes = [len(block) for block in blocks]
    assert (count, sizes) == (1_441, [1_441])
    everybody = Selection("workers", order=order)
    count, blocks = selection.blocks(everybody, index)
    found = list(blocks)
    assert (count, [len(block) for block in found]) == (PEOPLE, [2_000, 2_000, 321])
    assert [row for block in found for row in block] == selection.rows(everybody, index)


def test_a_list_is_of_one_state_whoever_writes_meanwhile(many: None, register: Register) -> None:
    def write() -> None:
        with database.connection(), database.transaction():
            database.delete_rows(Worker, [str(row.uid) for row in Worker.select(Worker.uid).order_by(Worker.id.desc()).limit(50)])

    with one_state():
        count, blocks = selection.blocks(Selection("workers"), load_index(TODAY))
        first = next(blocks)
        other = threading.Thread(target=write)
        other.start()
        other.join()
        assert count == len(first) + sum(map(len, blocks)) == PEOPLE
    assert selection.count(Selection("workers")) == PEOPLE - 50


def test_json_of_several_blocks_is_one_document_as_it_was(run: Commands) -> None:
    code, out, err = run("list", "workers", "--json")
    assert (code, err) == (0, "")
    told = json.loads(out)
    assert out == json.dumps(told, ensure_ascii=False, indent=1) + "\n"
    assert [row["name"] for row in told["workers"][:5]] == ["王一", "李二", "张三", "刘四", "陈五"]
    assert len({row["uid"] for row in told["workers"]}) == PEOPLE
    assert list(told["workers"][0]) == ["uid", *(column.name for column in selection.listed_columns("workers"))]


def test_a_table_of_several_blocks_has_straight_columns(run: Commands) -> None:
    code, out, _err = run("list", "workers")
    lines = out.splitlines()
    assert (code, len(lines), lines[-1]) == (0, PEOPLE + 3, f"共 {PEOPLE} 行")
    assert lines[2].startswith("王一")
    assert len({cell_len(line[: line.index("未入会")]) for line in lines[2:-1]}) == 1


@pytest.mark.parametrize("blocks", [[], [["甲"]], [["甲", "乙"], [], ["丙<\n>"]]])
def test_a_list_printed_as_it_comes_looks_like_the_whole(blocks: list[list[str]], capfd: pytest.CaptureFixture[str]) -> None:
    for besides in ({}, {"backup_failed": "磁盘满了", "more": {"a": [1]}}):
        listed = JsonList("人")
        for block in blocks:
            listed.print({"name": each, "own": {"x": None}} for each in block)
        listed.end(besides)
        said = capfd.readouterr().out
        print_json({"人": [{"name": each, "own": {"x": None}} for block in blocks for each in block]} | besides)
        assert said == capfd.readouterr().out


def test_a_table_without_rows_has_its_titles(capfd: pytest.CaptureFixture[str]) -> None:
    print_table(["姓名", "人数"], [])
    assert capfd.readouterr().out == "姓名  人数\n──────────\n"


def test_a_sheet_and_a_csv_of_several_blocks_hold_every_row(many: None, tmp_path: Path) -> None:
    columns, index = selection.listed_columns("workers"), load_index(TODAY)
    choice = Selection("workers", order="phone", descending=True)
    told: list[tuple[int, int]] = []
    for name in ("名单.xlsx", "名单.csv"):
        told.clear()
        written = write_listing(choice, columns, True, index, tmp_path / name, lambda done, total: told.append((done, total)))
        assert (written.rows, told[0], told[-1]) == (PEOPLE, (1_000, PEOPLE), (PEOPLE, PEOPLE))
    wanted = [
        [column.kind.export(row[column.name], masked=True, beside_birth=True) for column in columns]
        for row in selection.rows(choice, index)
    ]
    sheet = openpyxl.load_workbook(tmp_path / "名单.xlsx").active
    assert sheet is not None
    head, *rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    assert head == [*(column.label for column in columns), KEY_TITLE]
    assert [row[:-1] for row in rows] == wanted
    assert [row[-1] for row in rows] == [row["uid"] for row in selection.rows(choice, index)]
    assert (sheet.dimensions, sheet.auto_filter.ref) == (sheet.auto_filter.ref, sheet.dimensions)
    assert sheet.column_dimensions[openpyxl.utils.get_column_letter(len(head))].hidden
    with (tmp_path / "名单.csv").open(encoding="utf-8-sig", newline="") as lines:
        assert list(csv.reader(lines))[1:] == [["" if value is None else str(value) for value in row] for row in wanted]


@pytest.mark.parametrize("name", ["名单.xlsx", "名单.csv"])
def test_a_list_that_is_stopped_midway_leaves_the_older_file(many: None, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("旧")

    def stop(done: int, _total: int) -> None:
        if done > 2_500:
            raise Stopped

    with pytest.raises(Stopped):
        write_listing(Selection("workers"), selection.listed_columns("workers"), True, load_index(TODAY), tmp_path / name, stop)
    assert ((tmp_path / name).read_text(), [each.name for each in tmp_path.glob("*.part")]) == ("旧", [])
    assert not database.in_transaction()
