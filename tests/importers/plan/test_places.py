"""Lists of places: communities, parks and buildings below their towns; towns that are marked; the same list twice."""

from pathlib import Path

import openpyxl
import pytest

from importers import template
from models.journal import undo
from models.journal.settings import change_setting
from models.journal.writer import Author
from models.records.region import Region, load_index
from tests.aids.speaking import TODAY, Done, imported, imported_rows, last_batch, listed

HEAD = ["序号", "楼宇名称", "所在镇街", "就业密集"]


@pytest.fixture
def listing(author: Author, tmp_path: Path) -> Done:
    change_setting("home_district", "沙坪坝区", author)
    rows = [["沙坪坝区商务楼宇名单"], HEAD, [1, "示例大厦", "小龙坎街道", "是"], [2, "示例中心A座", "沙坪坝区西永街道", None]]
    return imported_rows(author, tmp_path, rows)


def places() -> list[tuple[str, str, str, object]]:
    """The places that lists have brought, each with where it lies."""
    index = load_index(TODAY)
    rows = Region.select().where(Region.level.in_(["community", "park", "building"])).order_by(Region.id)
    return [(row.name, row.level, index.path(index.above[row.uid]), row.dense) for row in rows]


def test_a_list_of_buildings_is_known_and_comes_below_its_towns(listing: Done) -> None:
    (sheet,) = listing.plan.sheets
    assert (sheet.kind, listing.counts) == ("regions", {"new": 2})
    assert places() == [
        ("示例大厦", "building", "沙坪坝区小龙坎街道", 1), ("示例中心A座", "building", "沙坪坝区西永街道", None),
    ]  # fmt: skip
    assert ("示例大厦", "楼宇", "沙坪坝区小龙坎街道") in listed("regions", "name", "level", "region")


def test_the_same_list_again_changes_nothing_and_an_undo_takes_it_back(listing: Done, author: Author, tmp_path: Path) -> None:
    rows = [["沙坪坝区商务楼宇名单"], HEAD, [1, "示例大厦", "小龙坎街道", "否"], [2, "示例中心A座", "西永街道", None]]
    assert imported_rows(author, tmp_path, rows).counts == {"updated": 1, "same": 1}
    assert places()[0][3] == 0
    undo.undo(last_batch(), author)
    assert listing.outcome.batch is not None
    undo.undo(listing.outcome.batch, author)
    assert places() == []


def test_levels_come_from_the_column_the_title_or_the_name(author: Author, tmp_path: Path) -> None:
    change_setting("home_district", "沙坪坝区", author)
    rows = [
        ["小三级区划名单"], ["序号", "区划名称", "级别", "所属镇街", "就业密集"], [1, "示例路社区", None, "小龙坎街道", None],
        [2, "示例智造产业园", None, "西永街道", "是"], [3, "甲乙丙", "写字楼", "西永街道", None],
        [4, "说不清", None, "西永街道", None], [5, "西永街道", "镇街", None, "是"], [6, "没有的街道", "街道", None, "是"],
        [7, "无处大厦", None, None, None],
    ]  # fmt: skip
    found = imported_rows(author, tmp_path, rows)
    assert found.counts == {"new": 3, "updated": 1, "refused": 3}
    assert [(name, level) for name, level, *_rest in places()] == [
        ("示例路社区", "community"), ("示例智造产业园", "park"), ("甲乙丙", "building"),
    ]  # fmt: skip
    assert found.codes == [(6, "place-level-missing"), (8, "place-no-town"), (9, "place-town-missing")]
    assert Region.get(Region.name == "西永街道").dense == 1


def test_a_template_that_was_filled_in_is_understood(author: Author, tmp_path: Path) -> None:
    path = tmp_path / "区划名单.xlsx"
    template.write("regions", path)
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    titles = [str(cell.value).rstrip("*") for cell in sheet[3]]
    for title, text in {"区划名称": "示例社区", "级别": "社区（村）", "上级区划": "沙坪坝区小龙坎街道"}.items():
        sheet.cell(4, titles.index(title) + 1).value = text
    book.save(path)
    assert imported(author, path).counts == {"new": 1}
    assert places() == [("示例社区", "community", "沙坪坝区小龙坎街道", None)]
