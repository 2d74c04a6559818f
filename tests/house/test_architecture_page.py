"""The page on architecture speaks of what there is: its names exist, its packages stand in the order that is checked."""

import re
from importlib import import_module
from pathlib import Path

import pytest

from tests.house.test_packages import ORDER

ROOT = Path(__file__).resolve().parent.parent.parent
READMES = [(ROOT / name).read_text("utf-8") for name in ("README.md", "README.zh-CN.md")]
PAGE = (ROOT / "docs" / "architecture.md").read_text("utf-8")
NAME = re.compile(r"`([a-z_]+(?:\.[a-z_]+)+):(\w+(?:\.\w+)*)`")
ROW = re.compile(r"^\| (?:`(\w+)`|\(root\)) \|", re.MULTILINE)
FILE = re.compile(r"`((?:models|importers|reports|cli|ui|tests|scripts)/[\w./]*)`")


def is_there(module: str, name: str) -> bool:
    """True when a module has a name, or a name within a name."""
    try:
        found = import_module(module)
        for part in name.split("."):
            found = getattr(found, part)
    except (ImportError, AttributeError):
        return False
    return True


def test_a_name_that_is_not_there_is_seen() -> None:
    assert is_there("models.journal.writer", "Writer.update")
    assert not is_there("models.journal.writer", "Writer.upgrade")
    assert not is_there("models.journal.scribe", "Writer")


def test_every_function_that_a_way_names_exists() -> None:
    named = NAME.findall(PAGE)
    assert len(named) > 50
    assert [f"{module}:{name}" for module, name in named if not is_there(module, name)] == []


def test_every_way_is_told() -> None:
    ways = re.findall(r"^## The way of an? (\w+)\n\n(.*?)(?=^## )", PAGE, re.MULTILINE | re.DOTALL)
    assert [name for name, _text in ways] == ["cell", "edit", "number", "undo", "package", "opening"]
    assert [name for name, text in ways if len(NAME.findall(text)) < 3] == []


def test_the_packages_are_those_of_the_house_in_their_order() -> None:
    told = PAGE[PAGE.index("## Packages") : PAGE.index("## The way of a cell")]
    for room, order in ORDER.items():
        part = told[told.index(f"\n`{room}/`") + 1 :]
        part = part[: end] if (end := part.find("\n`")) > 0 else part
        assert ROW.findall(part) == order, room


def test_every_file_and_folder_that_is_named_exists() -> None:
    assert [path for page in (PAGE, *READMES) for path in FILE.findall(page) if not (ROOT / path).exists()] == []


def test_a_newcomer_is_led_to_the_same_places_in_both_languages() -> None:
    english, chinese = (FILE.findall(page) for page in READMES)
    assert english == chinese
    assert len(english) > 8


@pytest.mark.parametrize(
    ("path", "what"),
    [
        ("models/records/worker.py", '"会员姓名"'),
        ("models/values/masking.py", "def mask_id("),
        ("models/rules/rules.py", "《工会法》第十一条"),
        ("reports/catalogue.py", '"reports.visit_list"'),
        ("reports/visit_list.py", "ReportColumn("),
        ("ui/merging/page.py", "EmptyState("),
        ("ui/lists/kinds.py", "还没有新就业形态会员"),
        ("models/values/problems.py", "证件号码的校验位不对"),
        ("models/files/failures.py", "磁盘空间不足"),
        ("models/drive/cases.py", "followers.add("),
    ],
)
def test_what_a_newcomer_looks_for_is_where_the_map_says(path: str, what: str) -> None:
    assert what in (ROOT / path).read_text("utf-8")
