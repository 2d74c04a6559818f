"""Lists in the order of names: one order on every way; all people by their units are found by walking these."""

import random
from dataclasses import replace
from itertools import product
from typing import Literal

import pytest

from models.engine import database
from models.lists.listings import Selection, numbers, walked
from models.lists.selection import ids, rows, uids_of
from models.records.employer import Employer
from models.records.region import load_index
from models.records.union import Union
from models.records.worker import Worker
from models.register.register import Register
from models.uid import new_uid
from models.values.name_order import Way, in_order, use
from tests.aids.speaking import TODAY

#: Two units of each kind have the same name.
NAMES = ("乙", "甲", "丙", "同名", "同名")
PEOPLE = 60


@pytest.fixture(autouse=True)
def filled(register: Register) -> None:
    """People at units and unions in no order at all, some at none; of many the name or the date is the same."""
    units = {record: [new_uid() for _name in NAMES] for record in (Employer, Union)}
    for record, uids in units.items():
        database.insert_tuples(record, ("uid", "name"), zip(uids, NAMES, strict=True))

    def unit(record: type[Employer] | type[Union], place: int) -> str | None:
        return None if place % 6 == 5 else units[record][place * 7 % 5]

    people = [
        (new_uid(), f"职工{place % 7}", f"19{90 + place % 5}", unit(Employer, place), unit(Union, place + 1))
        for place in range(PEOPLE)
    ]
    database.insert_tuples(Worker, ("uid", "name", "birth_date", "employer", "union"), people)


@pytest.mark.parametrize("order", ["employer", "union"])
def test_all_people_stand_in_the_order_of_the_names_of_their_units(order: str) -> None:
    index, both = load_index(TODAY), (False, True)
    for then, descending, falling in product(["", "name", "birth_date", "employer", "union", "residence_region"], both, both):
        choice = Selection("workers", order=order, descending=descending, then=(then, falling))
        asked = [row["uid"] for row in rows(choice, index)]
        assert len(asked) == PEOPLE
        assert uids_of("workers", ids(choice)) == asked, (then, descending, falling)


@pytest.mark.parametrize("order", ["employer", "union"])
def test_to_list_all_people_by_their_units_nobody_is_sorted_nor_read(order: str) -> None:
    queries = walked(Selection("workers", order=order))
    assert len(queries) == 2
    for query in queries:
        sql, values = query.sql()
        plan = [row[3] for row in database.db.execute_sql(f"EXPLAIN QUERY PLAN {sql}", values)]
        assert "USE TEMP B-TREE FOR ORDER BY" not in plan
        assert any(f"USING COVERING INDEX worker_{order}" in step for step in plan)


@pytest.mark.parametrize("order", ["employer", "union"])
@pytest.mark.parametrize("descending", [False, True])
def test_where_no_two_units_are_called_alike_nothing_is_sorted_at_all(order: str, descending: bool) -> None:
    for record in (Employer, Union):
        (*_others, last) = record.select(record.uid).order_by(record.id)
        database.update_rows(record, ("name",), [("戊", last.uid)])
    choice = Selection("workers", order=order, descending=descending)
    for query in walked(choice):
        sql, values = query.sql()
        assert not [row[3] for row in database.db.execute_sql(f"EXPLAIN QUERY PLAN {sql}", values) if "TEMP B-TREE" in row[3]]
    assert list(ids(choice)) == [row.id for row in numbers(choice)]


def test_part_of_the_people_is_sorted_as_before() -> None:
    assert walked(Selection("workers", order="employer", search="职工")) == []
    assert walked(Selection("workers", order="employer", limit=20)) == []
    assert walked(Selection("workers", order="name")) == []
    assert walked(Selection("employers", order="union")) == []


#: In the order of pinyin, and in that of strokes; nothing comes last.
BY_PINYIN = ["ab", "单一", "谢一", "曾一", "查一", "张三", "张五", "章一"]
#: The same as names of units, whose first characters are no surnames: 曾 céng, 查 chá, 单 dān.
AS_UNITS = ["ab", "曾一", "查一", "单一", "谢一", "张三", "张五", "章一"]
BY_STROKES = ["ab", "张三", "张五", "单一", "查一", "章一", "曾一", "谢一"]


@pytest.fixture
def named(filled: None) -> None:
    """People, units and unions of these names; a unit has many people and none."""
    database.delete_rows(Worker, [row.uid for row in Worker.select(Worker.uid)])
    for record in (Employer, Union):
        database.delete_rows(record, [row.uid for row in record.select(record.uid)])
    mixed = random.Random(3).sample(BY_PINYIN, len(BY_PINYIN))
    units = {record: {name: new_uid() for name in mixed} for record in (Employer, Union)}
    for record, of in units.items():
        database.insert_tuples(record, ("uid", "name"), ((uid, name) for name, uid in of.items()))
    rows = [
        (new_uid(), name, f"{name}组", units[Employer].get(unit or ""), units[Union].get(unit or ""))
        for name in mixed
        for unit in (*mixed[:3], None)
    ]
    database.insert_tuples(Worker, ("uid", "name", "union_group", "employer", "union"), rows)


def _firsts(choice: Selection, name: str) -> list[str]:
    """The values of a field in the order of a list, each once; both ways to read it say the same."""
    read = rows(choice, load_index(TODAY))
    assert uids_of(choice.kind, ids(choice)) == [row["uid"] for row in read]
    part = replace(choice, limit=5, offset=2)
    assert ids(part) == ids(choice)[2:7]
    assert rows(part, load_index(TODAY)) == read[2:7]
    return list(dict.fromkeys(row[name] for row in read))


@pytest.mark.usefixtures("named")
@pytest.mark.parametrize("narrowed", [False, True])
@pytest.mark.parametrize("way", ["", "pinyin", "strokes"])
def test_every_column_of_names_stands_in_the_one_order(way: Way | Literal[""], narrowed: bool) -> None:
    expected, of_units = (BY_STROKES, BY_STROKES) if way == "strokes" else (BY_PINYIN, AS_UNITS)
    uids = frozenset(row.uid for row in Worker.select(Worker.uid)) if narrowed else None
    for kind in ("employers", "unions"):
        assert _firsts(Selection(kind, order="name", way=way), "name") == of_units
        assert _firsts(Selection(kind, order="name", way=way, descending=True), "name") == of_units[::-1]
    assert _firsts(Selection("workers", order="name", way=way, uids=uids), "name") == expected
    assert _firsts(Selection("workers", order="name", way=way, descending=True, uids=uids), "name") == expected[::-1]
    for name in ("employer", "union"):
        listed = _firsts(Selection("workers", order=name, way=way, uids=uids), name)
        assert listed == [*(each for each in of_units if each in listed), None]
        assert len(listed) == 4
        assert _firsts(Selection("workers", order=name, descending=True, way=way, uids=uids), name) == listed[::-1]
        then = Selection("workers", order=name, then=("name", True), way=way, uids=uids)
        assert _firsts(then, "name") == expected[::-1]


@pytest.mark.usefixtures("named")
def test_texts_that_no_index_keeps_stand_in_the_same_order() -> None:
    groups = _firsts(Selection("workers", order="union_group"), "union_group")
    assert groups == in_order(groups, str)
    assert _firsts(Selection("workers", order="union_group", descending=True), "union_group") == groups[::-1]


@pytest.mark.usefixtures("named")
def test_what_is_usual_on_this_laptop_holds_where_nothing_else_is_said() -> None:
    use("strokes")
    assert _firsts(Selection("employers", order="name"), "name") == BY_STROKES
    assert _firsts(Selection("employers", order="name", way="pinyin"), "name") == AS_UNITS


def test_all_people_by_name_are_read_off_an_index() -> None:
    query, values = numbers(Selection("workers", order="name")).sql()
    plan = [row[3] for row in database.db.execute_sql(f"EXPLAIN QUERY PLAN {query}", values)]
    assert plan[0].endswith("INDEX worker_name_order")
    assert not any("TEMP B-TREE" in step for step in plan)
