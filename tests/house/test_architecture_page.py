"""The page on architecture speaks of what there is: its names exist, its packages stand in the order that is checked."""

import re
from importlib import import_module
from pathlib import Path

from tests.house.test_packages import ORDER

ROOT = Path(__file__).resolve().parent.parent.parent
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
    assert [path for path in FILE.findall(PAGE) if not (ROOT / path).exists()] == []
