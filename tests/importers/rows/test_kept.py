"""What is kept in little room is, when somebody looks at it, what it was."""

import datetime as dt
from typing import Any

import pytest

from importers.reader.held import HeldRows, column_of, keep, keep_numbers, parts_of, places_of, unkeep
from importers.rows.parts import RowPart, UnderstoodRows
from importers.rows.rows import Row
from importers.workbook.sheet import Columns, SheetRow
from models.values.problems import problem


@pytest.mark.parametrize(
    "column",
    [
        ["王", "李", None], ["王"] * 5, [None] * 4, [1, True, 1.0], [1, 1, 1], [True, True], [0.1, 1e300, -5],
        ["", "a"], ["a\x7fb", "c"],
        ["\ud800", "好"], [dt.date(2024, 5, 6), None], [dt.datetime(2024, 5, 6, 7, 8), dt.date(2024, 5, 6), "x", 3],
        ["𠮷", "\n", " "], [],
    ],
)  # fmt: skip
def test_a_column_comes_back_as_it_was(column: list[Any]) -> None:
    again = list(unkeep(keep(column), len(column)))
    assert again == column
    assert list(map(type, again)) == list(map(type, column))


@pytest.mark.parametrize("numbers", [[], [1], [4, 5, 6], [4, 6, 7], [4, 5, 7, 8], [9, 8]])
def test_row_numbers_come_back_with_their_gaps(numbers: list[int]) -> None:
    assert list(keep_numbers(numbers)) == numbers


def test_held_rows_are_the_rows_of_a_list() -> None:
    made = [SheetRow(number, [f"王{number}", None, number % 3 or None], number == 5) for number in range(3, 40)]
    made[7] = SheetRow(10, ["说明"])
    made[8] = SheetRow(11, ["说明", "表头", 1, "多的"])
    rows = HeldRows()
    for start in range(0, len(made), 10):
        rows.take(Columns.of(made[start : start + 10]))
    trimmed = [SheetRow(row.number, row.values if row.values[-1] is not None else row.values[:1], row.hidden) for row in made]
    assert list(rows) == list(rows) == trimmed
    assert (len(rows), rows[0], rows[-1], rows[12:15], rows[30:99]) == (37, trimmed[0], trimmed[-1], trimmed[12:15], trimmed[30:])
    with pytest.raises(IndexError):
        rows[37]
    for index in range(5):
        assert list(column_of(rows, index)) == list(column_of(trimmed, index))
    assert list(places_of(rows, {"表头", "说明"})) == list(places_of(trimmed, {"表头", "说明"})) == [7, 8]
    assert [number for part in parts_of(rows) for number in part.numbers] == [row.number for row in made]


def test_an_understood_row_of_which_something_is_told_stands_by_itself() -> None:
    rows = UnderstoodRows()
    loud = {1: Row(5, {"name": "李砚"}, {}, [problem("name-missing", "name")])}
    rows.take(RowPart.of([4, 5, 6], frozenset({6}), {"name": ["王砚", "", "张砚"], "phone": [None, None, "19900000001"]}, loud))
    rows.take(RowPart.of([], frozenset(), {}, {}))
    rows.take(RowPart.of([9], frozenset(), {"name": ["陈砚"]}, {}))
    assert [(row.number, row.value("name"), row.value("phone"), row.hidden) for row in rows] == [
        (4, "王砚", None, False), (5, "李砚", None, False), (6, "张砚", "19900000001", True), (9, "陈砚", None, False),
    ]  # fmt: skip
    assert (len(rows), list(rows.numbers()), [row.number for row in rows.loud()]) == (4, [4, 5, 6, 9], [5])
    rows.tell(2, [problem("says-left", written="已退会")])
    assert [each.code for each in rows[2].problems] == ["says-left"]
    assert [row.number for row in rows.loud()] == [5, 6]
    assert (rows[-1].number, [row.number for row in rows[1:3]], rows == list(rows), rows == []) == (9, [5, 6], True, False)
