"""What one engine says differently from another stands in ``models/engine/``, and nowhere else in the rooms."""

import ast
import re
from collections.abc import Iterable, Iterator

import pytest

from tests.aids.file_only import FILE_ONLY
from tests.house.test_architecture import Module, assert_none, source
from tests.house.test_project import ROOT

#: The words of SQLite in a text of SQL.
WORDS = re.compile(
    r"\bPRAGMA\s|\bNOCASE\b|\bjson_(?:each|extract)\b|\bGROUP_CONCAT\b|\bTOTAL\(|\bLIMIT -1\b|\bINSERT OR\b|\bREPLACE INTO\b"
    r"|\bNULLS (?:FIRST|LAST)\b|\bMATCH \?|\bfts5\b|\browid\b|\bsqlite_master\b|\bGLOB\b|\bVACUUM\b|\bstrftime\(|\bjulianday\(",
    re.IGNORECASE,
)
#: The same as functions and methods of peewee.
CALLS = {"TOTAL", "GROUP_CONCAT", "contains", "on_conflict", "on_conflict_replace", "on_conflict_ignore", "STRFTIME", "collate"}
#: Where they may stand: the engine's own room, and the schemas, of which each engine has its own.
OWN = ("models/engine/", "models/migrations/")


def docstrings(module: Module) -> set[ast.AST]:
    """The texts that are docstrings."""
    owners = (node for node in module.nodes if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef))
    firsts = (node.body[0] for node in owners if node.body)
    return {first.value for first in firsts if isinstance(first, ast.Expr)}


def of_one_engine(modules: Iterable[Module]) -> Iterator[str]:
    """Words that only one engine understands, outside of the engine's room."""
    for module in modules:
        if module.path.startswith(OWN) or module.room != "models":
            continue
        told = docstrings(module)
        for node in module.nodes:
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in told and WORDS.search(node.value):
                yield f"{module.path}:{node.lineno}: {node.value!r}"
            elif isinstance(node, ast.Attribute) and (node.attr in CALLS or (node.attr == "CROSS" and "JOIN" in ast.dump(node))):
                yield f"{module.path}:{node.lineno}: .{node.attr}"
            elif isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "limit" and ast.unparse(node).endswith("(-1)"):
                yield f"{module.path}:{node.lineno}: limit(-1)"
            elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "SQL" and ast.unparse(node) == "SQL('+')":
                yield f"{module.path}:{node.lineno}: SQL('+')"


def test_what_engines_say_differently_stands_in_one_place() -> None:
    assert_none(of_one_engine(source(rooms_only=True)))


@pytest.mark.parametrize(
    "text",
    [
        "rows = run('PRAGMA quick_check')", "uids.in_(SQL('(SELECT value FROM json_each(?))'))", "fn.TOTAL(people)",
        "fn.GROUP_CONCAT(uid)", "query.limit(-1)", "NodeList((SQL('+'), field))", "name.contains(text)",
        "query.join(other, JOIN.CROSS)", "run('INSERT OR REPLACE INTO held VALUES (?)')", "order = 'name NULLS FIRST'",
        "run('SELECT rowid FROM worker_search WHERE worker_search MATCH ?')", "collation = 'NOCASE'",
    ],
)  # fmt: skip
def test_the_check_sees_what_it_looks_for(text: str) -> None:
    assert list(of_one_engine([Module("models/lists/made.py", text)]))
    assert not list(of_one_engine([Module("models/engine/made.py", text)]))


def test_what_is_left_out_on_a_server_is_there() -> None:
    for name in FILE_ONLY:
        place, _colons, test = name.partition("::")
        files = [path for path in ROOT.glob(f"{place}*") if path.suffix == ".py" or path.is_dir()]
        assert files, name
        assert not test or f"def {test.partition('[')[0]}" in files[0].read_text("utf-8"), name
