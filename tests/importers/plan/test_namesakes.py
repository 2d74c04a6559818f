"""Very many people of one name without a number: the work of planning grows as the rows do, and not as their square."""

import datetime as dt
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from importers.plan.namesakes import Namesakes
from models.journal.writer import Author
from tests.aids.speaking import imported, workbook

Rows = Callable[[int], list[list[Any]]]


def by_phone(count: int) -> list[list[Any]]:
    return [["姓名", "手机号"], *(["张伟", f"199{number:08}"] for number in range(count))]


def by_birth(count: int) -> list[list[Any]]:
    days = (dt.date(1960, 1, 1) + dt.timedelta(days=number) for number in range(count))
    return [["姓名", "出生日期", "工作单位"], *(["张伟", f"{day}", "重庆砚屿有限公司"] for day in days)]


def all_alike(count: int) -> list[list[Any]]:
    return [["姓名", "工作单位"], *(["张伟", "重庆砚屿有限公司"] for _number in range(count))]


def work(function: Callable[[], Any]) -> int:
    """How many calls of the planning a function makes, each step of a loop over people among them."""
    count = 0

    def note(frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event == "call" and "importers/plan/" in frame.f_code.co_filename.replace("\\", "/")

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        function()
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("rows", [by_phone, by_birth, all_alike])
@pytest.mark.parametrize("again", [False, True])
def test_twice_as_many_namesakes_are_twice_the_work(rows: Rows, again: bool, author: Author, tmp_path: Path) -> None:
    done = []
    for count in (100, 300):
        path = workbook(tmp_path / f"{count}.xlsx", {"Sheet1": rows(count)})
        if again:
            imported(author, path)
        done.append(work(partial(imported, author, path, apply=False)))
    assert done[1] < 3.6 * done[0]


def test_namesakes_are_found_by_what_is_known_of_them() -> None:
    people = Namesakes()
    people.add("a", {"name": "张伟", "phone": "1", "employer": "e", "birth_date": "1985-03"})
    people.add("b", {"name": "张伟", "phone": "2", "employer": "e", "birth_date": "1985"})
    people.add("c", {"name": "张伟", "employer": "f", "birth_date": "1985-03-10"})
    assert people.named("张伟") == ["a", "b", "c"]
    assert list(people.unspoken("张伟", {"phone": "2"}, ())) == ["b"]
    assert list(people.unspoken("张伟", {"sex": "男"}, {"a"})) == ["b", "c"]
    assert people.born("张伟", "e", "1985-03-10") == ["a", "b"]
    assert people.born("张伟", "e", "1985") == ["a", "b"]
    assert people.born("张伟", "e", "1985-04") == ["b"]


def test_a_person_who_learns_something_is_found_by_it_and_whom_the_sheet_has_passed_come_back_with_the_next() -> None:
    people = Namesakes()
    for uid in "abc":
        people.add(uid, {"name": "张伟", "employer": "e"})
    people.add("b", {"name": "张伟", "employer": "e", "phone": "1"})
    spoken = {"a"}
    assert list(people.unspoken("张伟", {"phone": "1"}, spoken)) == ["b"]
    assert list(people.unspoken("张伟", {"employer": "e"}, spoken)) == ["b", "c"]
    people.begin_sheet()
    assert list(people.unspoken("张伟", {"employer": "e"}, ())) == ["a", "b", "c"]
