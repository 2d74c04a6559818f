"""What stands in a column, and the filter that follows from it: places by their names, covered numbers by what is shown."""

from pathlib import Path

import pytest

from models.journal.writer import Author
from models.lists import selection
from models.lists.column_values import filter_of_column, values_of
from models.lists.listings import Selection
from models.records.region import load_index
from models.values.columns import Column
from tests.aids.speaking import LI, TODAY, WANG, imported_rows

PEOPLE = [
    ["姓名", "身份证号", "手机", "居住镇街"],
    ["王五", WANG, "19900000001", "沙坪坝区小龙坎街道"],
    ["李四", LI, "19911110001", "沙坪坝区"],
    ["赵六", None, "19922220002", "渝中区"],
    ["钱七", None, None, None],
]


@pytest.fixture(autouse=True)
def people(author: Author, tmp_path: Path) -> None:
    imported_rows(author, tmp_path, PEOPLE, "花名册")


def column(name: str) -> Column:
    return next(each for each in selection.listed_columns("workers") if each.name == name)


def found(name: str, value: str) -> list[str]:
    """Who is listed where the column is narrowed so."""
    filter_ = filter_of_column("workers", column(name))
    assert filter_ is not None
    rows = selection.rows(Selection("workers", where=((name, filter_.read(value)),), today=TODAY), load_index(TODAY))
    return sorted(row["name"] for row in rows)


def test_places_are_counted_by_their_whole_names_and_narrowed_by_a_part_or_exactly() -> None:
    held = values_of(Selection("workers", today=TODAY), column("residence_region"), 9)
    assert held == {"沙坪坝区": 1, "沙坪坝区小龙坎街道": 1, "渝中区": 1, "未填": 1}
    assert found("residence_region", "沙坪坝") == ["李四", "王五"]
    assert found("residence_region", "=沙坪坝区") == ["李四"]
    assert found("residence_region", "=渝中区|未填") == ["赵六", "钱七"]
    assert found("residence_region", "未填") == ["钱七"]


def test_covered_numbers_are_counted_as_they_are_shown() -> None:
    held = values_of(Selection("workers", today=TODAY), column("phone"), 9)
    assert held == {"199****0001": 2, "199****0002": 1, "未填": 1}
    assert values_of(Selection("workers", today=TODAY), column("id_number"), 9) == {
        WANG[:6] + "*" * 12: 1, LI[:6] + "*" * 12: 1, "未填": 2,
    }  # fmt: skip
    assert list(values_of(Selection("workers", today=TODAY), column("phone"), 1)) == ["199****0001"]


def test_what_is_covered_is_never_found_by() -> None:
    assert found("phone", "=199****0001") == ["李四", "王五"]
    assert found("phone", "0001") == ["李四", "王五"]
    assert found("phone", "199") == ["李四", "王五", "赵六"]
    assert found("phone", "1111") == [], "the covered digits"
    assert found("phone", "19911") == []
    assert found("phone", "未填") == ["钱七"]
    assert found("id_number", WANG[6:14]) == []
    assert found("id_number", WANG[:6]) == ["王五"]
    assert found("phone", "%") == found("phone", "_") == []
