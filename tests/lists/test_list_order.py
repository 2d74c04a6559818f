"""Everybody in the order of their units' names: found by walking the units, and the same as sorting all people."""

from itertools import product

import pytest

from models.engine import database
from models.lists.listings import Selection, walked
from models.lists.selection import ids, rows, uids_of
from models.records.employer import Employer
from models.records.region import load_index
from models.records.union import Union
from models.records.worker import Worker
from models.register.register import Register
from models.uid import new_uid
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


def test_part_of_the_people_is_sorted_as_before() -> None:
    assert walked(Selection("workers", order="employer", search="职工")) == []
    assert walked(Selection("workers", order="employer", limit=20)) == []
    assert walked(Selection("workers", order="name")) == []
    assert walked(Selection("employers", order="union")) == []
