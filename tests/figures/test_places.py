"""How places are covered: what lies in each and below it, kinds of place as rows of a table, the command line."""

import datetime as dt
from pathlib import Path

import openpyxl
import pytest

from models.editing.regions import add_region
from models.figures.facts import Scope
from models.figures.periods import read_period
from models.figures.places import PlaceCoverage, place_coverage
from models.figures.table_forms import find_form
from models.figures.tables import make_table
from models.journal.writer import Author
from models.records.region import load_index
from models.register.register import Register
from tests.aids.speaking import TODAY
from tests.aids.terminal import commands
from tests.figures.test_indicators import employer, person, place, union

TOWN = "沙坪坝区小龙坎街道"


@pytest.fixture
def places(author: Author) -> dict[str, str]:
    """A street with a community, in it a building of dense employment; an employer in each, and one whose count is not known."""
    add_region("示例社区", "community", place(TOWN), author, load_index(TODAY))
    add_region("示例大厦", "building", place(TOWN + "示例社区"), author, load_index(TODAY), dense=True)
    held = {"示例社区": place(TOWN + "示例社区")}
    one = union(author, "大厦联合工会", "2025-01-01", TOWN + "示例社区示例大厦", union_type="联合基层工会")
    employer(author, 60, one, region=TOWN + "示例社区示例大厦")
    employer(author, 30, region=TOWN + "示例社区")
    employer(author, 3, region=TOWN)
    employer(author, None, region=TOWN)
    person(author, ("入会", one, "2025-02-01"))
    return held


def told(found: list[PlaceCoverage]) -> dict[str, tuple[int, int, int, int, int]]:
    return {each.name: (each.employers, each.large, each.covered, each.unknown, each.members) for each in found if not each.empty}


def test_a_place_tells_of_all_that_lies_below_it(places: dict[str, str]) -> None:
    found = place_coverage(TODAY, place("沙坪坝区"))
    assert told(found) == {
        "沙坪坝区": (4, 2, 1, 1, 1), "小龙坎街道": (4, 2, 1, 1, 1), "示例社区": (2, 2, 1, 0, 1), "示例大厦": (1, 1, 1, 0, 1),
    }
    tower = next(each for each in found if each.name == "示例大厦")
    assert (tower.level, tower.depth, tower.dense, tower.has_union, tower.share) == ("building", 3, True, True, 100)
    community = next(each for each in found if each.uid == places["示例社区"])
    assert (community.share, community.has_union) == (50, None)
    assert told(place_coverage(dt.date(2026, 3, 30), places["示例社区"]))["示例社区"][1:] == (0, 0, 0, 1), "not counted yet"


@pytest.mark.usefixtures("places")
def test_kinds_of_place_are_the_rows_of_a_table_and_add_up() -> None:
    table = make_table(find_form("小三级"), read_period("2026"), TODAY, Scope(region=place("沙坪坝区")))
    keys = [column.indicator.key for column in table.columns]
    rows = {row.name: {key: cell.number.part for key, cell in zip(keys, row.cells, strict=True)} for row in table.rows}
    assert [row.name for row in table.rows] == ["区县", "镇街", "社区（村）", "园区", "楼宇"]
    assert (rows["楼宇"]["covered"], rows["社区（村）"]["on_list"], rows["楼宇"]["small_three"], rows["楼宇"]["members"]) == (1, 1, 1, 1)
    for number, cell in enumerate(table.total.cells):
        assert cell.number.part == sum(row.cells[number].number.part for row in table.rows)


def test_the_command_line_lists_adds_renames_and_marks(
    register: Register, places: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    run = commands(tmp_path / "copy", register, monkeypatch, capfd)
    held = run.told("regions", "--region", TOWN)["regions"]
    assert [(each["name"], each["level"], each["large"], each["covered"], each["share"], each["has_union"]) for each in held] == [
        ("小龙坎街道", "town", 2, 1, 50, None), ("示例社区", "community", 2, 1, 50, None), ("示例大厦", "building", 1, 1, 100, True),
    ]
    assert [each["name"] for each in run.told("regions", "--level", "building")["regions"]] == ["示例大厦"]
    run.told("regions", "add", "示例园", "--level", "park", "--under", TOWN, "--dense")
    assert run.told("regions", "--level", "park")["regions"][0]["has_union"] is False
    run.told("regions", "rename", TOWN + "示例园", "示范园区")
    renamed = run.told("regions", "--level", "park")["regions"][0]
    assert (renamed["name"], renamed["aliases"]) == ("示范园区", ["示例园"])
    run.told("regions", "sparse", "示范园区")
    assert run.told("regions", "--level", "park")["regions"] == []
    assert "--under" in run.refused("regions", "add", "无处")
    assert "只能在镇街下面" in run.refused("regions", "add", "无处", "--under", "沙坪坝区")
    out = tmp_path / "区划.xlsx"
    run.told("regions", "--region", TOWN, "--tree", "--out", str(out))
    assert openpyxl.load_workbook(out).worksheets[0].cell(4, 1).value == TOWN + "示例社区示例大厦"
    tree = run("regions", "--region", TOWN, "--tree")[1].splitlines()[2:5]
    assert [line.split()[0] for line in tree] == ["小龙坎街道", "└示例社区", "└─示例大厦"]
