"""The house's rules, checked on the source itself: rooms and their direction, one library one room, sizes, names."""

import ast
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest

from models.memory import collector_paused

ROOT = Path(__file__).resolve().parent.parent.parent

# Which rooms a room may import from. main.py stands alone at the top.
ROOMS = {
    "main": {"main", "ui", "cli", "importers", "reports", "models"},
    "ui": {"ui", "importers", "reports", "models"},
    "cli": {"cli", "importers", "reports", "models"},
    "importers": {"importers", "models"},
    "reports": {"reports", "models"},
    "models": {"models"},
}
# Folders beside the rooms: they may import from the rooms, no room imports from them.
OUTSIDE = {"tests", "samples", "benchmarks", "scripts"}

DATABASE = ("models/",)
WORKBOOK = (
    "importers/workbook/", "importers/template.py", "importers/returned/", "reports/xlsx.py", "reports/sheet_rows.py",
    "reports/handin_file.py",
)  # fmt: skip
WORD = ("reports/letters/word.py",)
WINDOW = ("ui/", "reports/paper.py")
LIBRARIES = {
    **dict.fromkeys(("peewee", "playhouse", "sqlcipher3", "sqlite3"), DATABASE),
    "psycopg": ("models/engine/",),
    **dict.fromkeys(("PySide6", "shiboken6"), WINDOW),
    **dict.fromkeys(("openpyxl", "python_calamine", "xlrd", "xlwt", "xlsxwriter", "pypdfium2"), WORKBOOK),
    **dict.fromkeys(("msoffcrypto", "olefile", "lxml", "defusedxml"), WORKBOOK),
    **dict.fromkeys(("docxtpl", "jinja2"), WORD),
    "segno": ("reports/cards/qr.py",),
    "docx": ("reports/docx_file.py", *WORD),
    "zipfile": (*WORKBOOK, *WORD, "models/"),  # a zip that is no workbook: backups, exchange packages
}
SQL = re.compile(
    r"\s*(SELECT\s.+\sFROM|INSERT\s+(OR\s+\w+\s+)?INTO|UPDATE\s.+\sSET|DELETE\s+FROM|CREATE\s+TABLE|PRAGMA)\s", re.DOTALL
)

# A file is judged by what it is known for and by what it has to know, not by its lines alone: a limit of lines only parts
# what belongs together. The house aims at 300, 40 and 120; these leave room to finish a thought.
PUBLIC_NAMES = 30
MODULES_KNOWN = 42
FILE_LINES = 450
FUNCTION_LINES = 50
LINE_CHARACTERS = 130
# Methods of Qt that the window overrides: Qt documents them. All its other names are camelCase.
QT_METHODS = re.compile(r"[a-z]+[A-Z]\w*|data|sort|flags|index|parent|paint|event")
EMPTY_NAMES = {"util", "utils", "helper", "helpers", "common", "misc", "manager", "service", "handler", "controller"}


class Module:
    """One source file: its path below the root in ``/`` form, its text, its tree and all nodes of it."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text
        self.tree = ast.parse(text)
        self.nodes = list(ast.walk(self.tree))
        self.room = path.removesuffix(".py").split("/")[0]
        self.name = path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def source(*, rooms_only: bool = False) -> list[Module]:
    """Every Python file of the project, or of the rooms and main.py only."""
    return [module for module in everything() if module.room in ROOMS or not rooms_only]


@cache
def everything() -> list[Module]:
    paths = [path.relative_to(ROOT) for folder in (*ROOMS, *OUTSIDE) for path in (ROOT / folder).rglob("*.py")]
    if (ROOT / "main.py").exists():
        paths.append(Path("main.py"))
    with collector_paused():  # a tree has no circles
        return [Module(path.as_posix(), (ROOT / path).read_text("utf-8")) for path in sorted(paths)]


def imports(nodes: Iterable[ast.AST]) -> Iterator[tuple[int, str]]:
    """(line, dotted name) of each import among the nodes; ``from a import b`` gives a.b, which may be a module or not."""
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.lineno, f"{node.module or '.'}.{alias.name}") for alias in node.names)


def run_on_import(tree: ast.Module) -> Iterator[ast.AST]:
    """The nodes that run when the module is imported: all but the insides of functions and of ``if TYPE_CHECKING``."""
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            waiting.extend(node.orelse)
            continue
        yield node
        waiting.extend(ast.iter_child_nodes(node))


def wrong_way(module: Module) -> Iterator[str]:
    """Imports against the direction main → ui, cli → importers, reports → models."""
    for line, name in imports(module.nodes):
        target = name.split(".")[0]
        if not target:
            yield f"{module.path}:{line}: write the room's name, not a relative import"
        elif (target in ROOMS or target in OUTSIDE) and target not in ROOMS[module.room]:
            yield f"{module.path}:{line}: {module.room} must not import from {target}"


def wrong_room(module: Module) -> Iterator[str]:
    """Libraries and SQL outside the room that owns them."""
    for line, name in imports(module.nodes):
        homes = LIBRARIES.get(name.split(".")[0])
        if homes and not module.path.startswith(homes):
            yield f"{module.path}:{line}: {name.split('.')[0]} belongs in {', '.join(homes)}"
    if module.room == "models":
        return
    for node in module.nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and SQL.match(node.value):
            yield f"{module.path}:{node.lineno}: SQL belongs in models/"


def early_qt(modules: Iterable[Module]) -> Iterator[str]:
    """Chains of imports by which starting main.py or a verb of cli/ would load Qt before it is needed."""
    by_name = {module.name: module for module in modules}
    for start in [module for module in by_name.values() if module.room in {"main", "cli"}]:
        chains = [[start.name]]
        seen = {start.name}
        for chain in chains:
            for _line, name in imports(run_on_import(by_name[chain[-1]].tree)):
                if name.split(".")[0] in {"PySide6", "ui"}:
                    yield " → ".join([*chain, name])
                parts = name.split(".")
                loaded = [".".join(parts[:count]) for count in range(1, len(parts) + 1)]
                for module in loaded:
                    if module in by_name and module not in seen:
                        seen.add(module)
                        chains.append([*chain, module])


def too_long(module: Module) -> Iterator[str]:
    """Files, functions and lines beyond their size, but for code lists of the state and frozen tables of a migration."""
    lines = module.text.splitlines()
    names = [each for each in module.tree.body if isinstance(each, ast.FunctionDef | ast.ClassDef) and each.name[0] != "_"]
    if len(names) > PUBLIC_NAMES and module.room in ROOMS:
        yield f"{module.path}:1: {len(names)} public names, at most {PUBLIC_NAMES}"
    known = {node.module for node in module.nodes if isinstance(node, ast.ImportFrom)}
    if len(known) > MODULES_KNOWN and module.room in ROOMS:
        yield f"{module.path}:1: knows {len(known)} modules, at most {MODULES_KNOWN}"
    if len(lines) > FILE_LINES and not module.path.startswith("models/values/codes"):
        yield f"{module.path}:1: {len(lines)} lines, at most {FILE_LINES}"
    for number, line in enumerate(lines, 1):
        if len(line) > LINE_CHARACTERS and "http" not in line:
            yield f"{module.path}:{number}: {len(line)} characters, at most {LINE_CHARACTERS}"
    for node in module.nodes:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno:
            length = node.end_lineno - node.lineno + 1
            if length > FUNCTION_LINES and not module.path.startswith("models/migrations/"):
                yield f"{module.path}:{node.lineno}: {node.name} has {length} lines, at most {FUNCTION_LINES}"


def empty_names(module: Module) -> Iterator[str]:
    """Files and classes whose name says nothing: utils, helpers, manager, …"""
    for part in module.name.lower().split("."):
        if EMPTY_NAMES & set(part.split("_")):
            yield f"{module.path}:1: {part} says nothing about what is in it"
    for node in module.nodes:
        if isinstance(node, ast.ClassDef):
            words = {word.lower() for word in re.findall(r"[A-Z][a-z]*", node.name)}
            if EMPTY_NAMES & words:
                yield f"{module.path}:{node.lineno}: {node.name} says nothing about what it does"


def undocumented(module: Module) -> Iterator[str]:
    """Public modules, classes, functions and methods without a docstring. What Qt named needs none when overridden."""
    if not ast.get_docstring(module.tree) and module.text.strip():
        yield f"{module.path}:1: no docstring"
    waiting: list[ast.Module | ast.ClassDef] = [module.tree]
    for parent in waiting:
        for node in parent.body:
            if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_"):
                from_qt = module.room == "ui" and parent is not module.tree and QT_METHODS.fullmatch(node.name)
                if not ast.get_docstring(node) and not from_qt:
                    yield f"{module.path}:{node.lineno}: {node.name} has no docstring"
                if isinstance(node, ast.ClassDef):
                    waiting.append(node)


def assert_none(faults: Iterable[str]) -> None:
    told = list(faults)
    assert not told, "\n" + "\n".join(told)


def test_rooms_import_in_one_direction() -> None:
    assert_none(fault for module in source(rooms_only=True) for fault in wrong_way(module))


def test_each_library_stays_in_its_room() -> None:
    assert_none(fault for module in source(rooms_only=True) for fault in wrong_room(module))


def test_the_command_line_starts_without_qt() -> None:
    assert_none(early_qt(source(rooms_only=True)))


def test_files_functions_and_lines_are_short() -> None:
    assert_none(fault for module in source() for fault in too_long(module))


def test_names_say_what_is_inside() -> None:
    assert_none(fault for module in source() for fault in empty_names(module))


def test_everything_public_is_documented() -> None:
    assert_none(fault for module in source(rooms_only=True) for fault in undocumented(module))


def test_every_room_is_looked_at() -> None:
    assert {module.room for module in source(rooms_only=True)} == set(ROOMS)


@pytest.mark.parametrize(
    ("path", "text", "told"),
    [
        ("models/a.py", "from importers import plan", "models/a.py:1: models must not import from importers"),
        ("importers/a.py", "\nimport reports.xlsx", "importers/a.py:2: importers must not import from reports"),
        ("cli/a.py", "def f():\n    from ui.shell.window import open", "cli/a.py:2: cli must not import from ui"),
        ("reports/a.py", "import samples", "reports/a.py:1: reports must not import from samples"),
        ("ui/a.py", "from . import jobs", "ui/a.py:1: write the room's name, not a relative import"),
    ],
)
def test_an_import_that_points_back_is_told(path: str, text: str, told: str) -> None:
    assert list(wrong_way(Module(path, text))) == [told]


@pytest.mark.parametrize(
    ("path", "text", "told"),
    [
        ("importers/plan/making.py", "import peewee", "importers/plan/making.py:1: peewee belongs in models/"),
        ("models/a.py", "from PySide6.QtCore import Qt", "models/a.py:1: PySide6 belongs in ui/, reports/paper.py"),
        ("reports/a.py", "q = 'SELECT name FROM worker'", "reports/a.py:1: SQL belongs in models/"),
    ],
)
def test_a_library_in_the_wrong_room_is_told(path: str, text: str, told: str) -> None:
    assert list(wrong_room(Module(path, text))) == [told]


def test_a_library_in_its_room_is_not_told() -> None:
    assert list(wrong_room(Module("importers/workbook/xls.py", "import xlrd"))) == []


def test_qt_behind_two_imports_is_told_with_the_chain() -> None:
    modules = [
        Module("cli/report.py", "from reports import letters"),
        Module("reports/letters.py", "from reports.paper import paint"),
        Module("reports/paper.py", "from PySide6.QtGui import QPainter"),
    ]
    assert list(early_qt(modules)) == ["cli.report → reports.letters → reports.paper → PySide6.QtGui.QPainter"]


def test_qt_inside_a_function_is_not_early() -> None:
    assert list(early_qt([Module("main.py", "def window():\n    from ui import app\n    app.run()")])) == []


def test_what_is_too_long_is_told_with_its_place() -> None:
    function = "def f():\n" + "    print()\n" * FUNCTION_LINES
    assert list(too_long(Module("cli/a.py", function))) == ["cli/a.py:1: f has 51 lines, at most 50"]
    assert list(too_long(Module("cli/a.py", "x = 1\n" * 451))) == ["cli/a.py:1: 451 lines, at most 450"]
    assert list(too_long(Module("models/values/codes_ethnic.py", "x = 1\n" * 451))) == []
    assert list(too_long(Module("cli/a.py", f"x = '{'字' * 125}'"))) == ["cli/a.py:1: 131 characters, at most 130"]
    names = "".join(f"def f{number}(): pass\n" for number in range(31))
    assert list(too_long(Module("cli/a.py", names))) == ["cli/a.py:1: 31 public names, at most 30"]
    known = "".join(f"from a{number} import b\n" for number in range(43))
    assert list(too_long(Module("cli/a.py", known))) == ["cli/a.py:1: knows 43 modules, at most 42"]


def test_a_name_that_says_nothing_is_told() -> None:
    file, job = Module("ui/table_utils.py", ""), Module("ui/a.py", "class JobManager: pass")
    assert list(empty_names(file)) == ["ui/table_utils.py:1: table_utils says nothing about what is in it"]
    assert list(empty_names(job)) == ["ui/a.py:1: JobManager says nothing about what it does"]
    assert list(empty_names(Module("models/community.py", "class Communion: pass"))) == []


def test_a_public_name_without_docstring_is_told() -> None:
    text = '"""Doc."""\nclass A:\n    """Doc."""\n    def b(self): pass\n    def _c(self): pass\n'
    assert list(undocumented(Module("models/a.py", text))) == ["models/a.py:4: b has no docstring"]
    assert list(undocumented(Module("models/a.py", "x = 1"))) == ["models/a.py:1: no docstring"]
