"""Lists of key employers: by their own columns or by the title, counted in their years, with a coverage of their own."""

import datetime as dt
from pathlib import Path
from typing import Any

from models.figures.counts import count
from models.figures.facts import Number, Period, Scope
from models.journal import undo
from models.journal.log import Batch
from models.journal.writer import Author
from models.lists import selection
from models.lists.listings import Selection
from models.records.key_employer import KeyEmployer
from tests.aids.speaking import TODAY, imported_rows

HEAD = ["单位名称", "职工人数", "所属工会"]
LIST: list[list[Any]] = [["2024-2026年重点非公企业名单"], HEAD, ["甲示例公司", 60, "甲示例公司工会"], ["乙示例公司", 80, None], ["丙示例公司", 20, None]]


def number(key: str, year: int = 2026) -> Number:
    return count(key, Scope(), Period(dt.date(year, 1, 1), min(TODAY, dt.date(year, 12, 31))))


def held() -> list[tuple[Any, ...]]:
    return [(row.year, row.last_year, row.source) for row in KeyEmployer.select().order_by(KeyEmployer.id)]


def test_the_title_puts_its_employers_on_the_list_and_says_so(author: Author, tmp_path: Path) -> None:
    imported_rows(author, tmp_path, [["工会名称", "工会类型"], ["甲示例公司工会", "单独基层工会"]], "工会名单", kind="unions")
    done = imported_rows(author, tmp_path, LIST)
    assert (done.plan.sheets[0].kind, done.counts) == ("employers", {"new": 3})
    assert [code for _row, code in done.codes].count("key-of-title") == 3
    assert held() == [(2024, 2026, "2024-2026年重点非公企业名单")] * 3
    assert (number("key_employers").value, number("key_coverage").value) == (3, 33.3)
    assert (number("key_coverage").part, number("key_coverage").whole) == (1, 3)
    assert number("key_employers", 2023).value == 0
    assert imported_rows(author, tmp_path, LIST).counts == {"same": 3}
    undo.undo(Batch.select().count(), author)
    assert (held(), number("key_employers").value) == ([], 0)


def test_columns_say_the_year_the_target_and_the_source(author: Author, tmp_path: Path) -> None:
    rows: list[list[Any]] = [["企业名单"], [*HEAD, "重点企业年度", "目标年度", "名单来源"], ["甲示例公司", 60, None, 2025, 2025, "市总工会"]]
    rows += [["乙示例公司", 80, None, None, None, "市总工会"], ["丙示例公司", 20, None, None, None, None]]
    imported_rows(author, tmp_path, rows, kind="employers")
    assert held() == [(2025, 2025, "市总工会"), (None, None, "市总工会")]
    now = number("key_employers")
    assert (now.value, now.marked) == (1, 1), "the list of 2025 is over; the one without a year counts from its entry"
    rows[2][4] = 2027
    assert imported_rows(author, tmp_path, rows, kind="employers").counts == {"updated": 1, "same": 2}
    assert number("key_employers").value == 2


def test_the_list_of_employers_can_be_narrowed_to_them(author: Author, tmp_path: Path) -> None:
    imported_rows(author, tmp_path, LIST)
    imported_rows(author, tmp_path, [["企业名单"], HEAD, ["丁示例公司", 30, None]], kind="employers")
    for value, names in (("是", 3), ("否", 1)):
        assert selection.count(Selection("employers", where=(("key", value),), today=TODAY)) == names
