"""The floors inside the rooms: packages in one order, no circle among files, one door to each name."""

import ast
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

import pytest

from tests.house.test_architecture import ROOMS, Module, assert_none, imports, source

#: The packages of a room from the ground up: each may see those before it and itself. "" is the room's own files; packages
#: that are not named yet are told.
ORDER = {
    "models": [
        "", "files", "engine", "values", "law", "records", "trail", "journal", "standing", "ledger", "sites", "register",
        "backups",
        "duplicates", "drive", "editing", "unions", "lists", "worklists", "people", "exchange", "rescue", "opening", "moving",
        "rules", "figures", "chasing", "handins", "papers", "following",
    ],
    "reports": ["", "letters", "listing", "cards", "drawn"],
    "importers": ["workbook", "reader", "columns", "rows", "plan", "returned", ""],
    "ui": [
        "", "kit", "importing", "history", "people", "health", "issuing", "record", "lists", "worklists", "drive", "targets",
        "ledger", "sites", "chasing", "home",
        "merging",
        "papers", "handins", "exchanging", "settings", "shell",
    ],
}  # fmt: skip


def package(module: str) -> str:
    """The package inside its room that a module lies in, "" for the room's own files."""
    parts = module.split(".")
    return parts[1] if len(parts) > 2 or (len(parts) == 2 and parts[1] in ORDER.get(parts[0], [])) else ""


def against_order(modules: Iterable[Module]) -> Iterator[str]:
    """Imports of a package that stands above, and packages without a place in the order."""
    for module in modules:
        order = ORDER.get(module.room)
        if order is None or module.path.startswith("models/migrations/"):  # numbered scripts, loaded from the disk
            continue
        own = package(module.name)
        if own not in order:
            yield f"{module.path}:1: {module.room}/{own} has no place in the order of tests/house/test_packages.py"
            continue
        for line, name in imports(module.nodes):
            other = package(name) if name.split(".")[0] == module.room else own
            if other in order and order.index(other) > order.index(own):
                yield f"{module.path}:{line}: {module.room}/{own} stands below {other}"


def arrows(modules: Iterable[Module]) -> dict[str, set[str]]:
    """Which module imports which, whenever and only for types too."""
    known = {module.name: module for module in modules}
    found: dict[str, set[str]] = {}
    for module in known.values():
        names = [name for _line, name in imports(module.nodes)]
        targets = {name if name in known else name.rpartition(".")[0] for name in names}
        found[module.name] = {each for each in targets if each in known and each != module.name}
    return found


def circles(graph: Mapping[str, set[str]]) -> Iterator[str]:
    """Chains of imports that come back to where they began, each told once."""
    done: set[str] = set()
    for start in graph:
        way: list[str] = []
        yield from _walk(start, graph, way, done)


def _walk(name: str, graph: Mapping[str, set[str]], way: list[str], done: set[str]) -> Iterator[str]:
    if name in way:
        yield " → ".join([*way[way.index(name) :], name])
        return
    if name in done:
        return
    way.append(name)
    for other in sorted(graph.get(name, ())):
        yield from _walk(other, graph, way, done)
    way.pop()
    done.add(name)


def defined(module: Module) -> set[str]:
    """The names that a module makes itself, at its top."""
    found: set[str] = set()
    waiting: list[ast.stmt] = list(module.tree.body)
    for node in waiting:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            found |= {each.id for target in targets for each in ast.walk(target) if isinstance(each, ast.Name)}
        elif isinstance(node, ast.If | ast.Try | ast.For | ast.With):
            waiting.extend(each for each in ast.walk(node) if isinstance(each, ast.stmt) and each is not node)
    return found


def second_doors(modules: Iterable[Module]) -> Iterator[str]:
    """Names that are taken from a module which has only borrowed them."""
    known = {module.name: module for module in modules}
    own = {name: defined(module) for name, module in known.items()}
    for module in known.values():
        for line, name in imports(module.nodes):
            home, _dot, taken = name.rpartition(".")
            if home in known and name not in known and taken not in own[home]:
                yield f"{module.path}:{line}: {taken} is not made in {home}: import it from where it is"


def homonyms(modules: Iterable[Module]) -> Iterator[str]:
    """Classes of one name in several modules; a function may have its brother's name, for it is called by its module."""
    places: dict[str, list[str]] = {}
    for module in modules:
        for node in module.tree.body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                places.setdefault(node.name, []).append(f"{module.path}:{node.lineno}")
    for name, where in places.items():
        if len(where) > 1:
            yield f"{where[-1]}: {name} is already the name of {', '.join(where[:-1])}"


@cache
def rooms() -> tuple[Module, ...]:
    return tuple(source(rooms_only=True))


def test_packages_stand_in_one_order() -> None:
    assert_none(against_order(rooms()))


def test_no_files_import_each_other_in_a_circle() -> None:
    assert_none(circles(arrows(rooms())))


def test_each_name_has_one_door() -> None:
    assert_none(second_doors(rooms()))


def test_a_name_of_a_class_stands_for_one_thing() -> None:
    assert_none(homonyms(rooms()))


def test_every_room_with_packages_has_an_order() -> None:
    found = {module.room for module in rooms() if len(module.name.split(".")) > 2}
    assert found == set(ORDER) == set(ORDER) & set(ROOMS)


@pytest.mark.parametrize(
    ("path", "text", "told"),
    [
        ("models/law/a.py", "from models.journal import log", "models/law/a.py:1: models/law stands below journal"),
        ("models/errors.py", "from models import files", "models/errors.py:1: models/ stands below files"),
        ("ui/kit/a.py", "def f():\n    from ui.shell import window", "ui/kit/a.py:2: ui/kit stands below shell"),
        ("ui/cellar/a.py", "", "ui/cellar/a.py:1: ui/cellar has no place in the order of tests/house/test_packages.py"),
        ("importers/session.py", "from importers.plan.making import make", ""),
    ],
)  # fmt: skip
def test_an_import_of_a_higher_floor_is_told(path: str, text: str, told: str) -> None:
    assert list(against_order([Module(path, text)])) == [told] * bool(told)


def test_a_circle_is_told_from_where_it_begins() -> None:
    modules = [
        Module("models/a.py", "from models.b import x"),
        Module("models/b.py", "def f():\n    from models import c"),
        Module("models/c.py", "import models.b"),
    ]
    assert list(circles(arrows(modules))) == ["models.b → models.c → models.b"]


def test_a_second_door_is_told() -> None:
    modules = [
        Module("models/a.py", "x = 1"),
        Module("models/b.py", "from models.a import x"),
        Module("models/c.py", "from models.b import x"),
    ]
    assert list(second_doors(modules)) == ["models/c.py:1: x is not made in models.b: import it from where it is"]


def test_a_second_class_of_one_name_is_told() -> None:
    modules = [
        Module("models/a.py", "class Found: pass\nclass _Kept: pass\ndef read(): pass"),
        Module("ui/b.py", "class _Kept: pass\nclass Found: pass\ndef read(): pass"),
    ]
    assert list(homonyms(modules)) == ["ui/b.py:2: Found is already the name of models/a.py:1"]
