"""No globals that a register changes (law 10 of the design): what it teaches is one value, held and replaced in one place."""

import ast
from collections.abc import Iterable, Iterator

from models.values import codes, taught
from models.values.taught import UNTAUGHT
from tests.house.test_architecture import Module, assert_none, source

#: What the program keeps while it runs, and why that is nothing that a register teaches.
KEPT = {
    "models/values/taught.py": "what the open register taught: one value, replaced as a whole",
    "models/engine/database.py": "the handle of the open file",
    "models/engine/running.py": "which engine runs",
    "models/engine/still.py": "the same file, opened for copying",
    "models/register/reading_only.py": "where the copy of a register lies that is only read",
    "models/roles.py": "who opened the register",
    "models/drive/list.py": "comparisons of names, kept by the names themselves",
    "models/lists/doubts.py": "the last count of likenesses, kept by the batch after which it was made",
    "models/language.py": "the language of the person",
    "models/memory.py": "when the collector rests",
    "models/uid.py": "the last uid, so that the next is later",
    "ui/kit/theme.py": "the colours and the size of letters of this window",
}


def changed_globals(modules: Iterable[Module]) -> Iterator[str]:
    """Functions that change a class of their own module, or a name of it."""
    for module in modules:
        if module.path in KEPT:
            continue
        classes = {node.name for node in module.nodes if isinstance(node, ast.ClassDef)}
        for node in module.nodes:
            if isinstance(node, ast.Global):
                yield f"{module.path}:{node.lineno}: global {', '.join(node.names)}"
            targets: list[ast.expr] = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node,
                ast.AugAssign) else []
            for each in (part for target in targets for part in ast.walk(target)):
                if isinstance(each, ast.Attribute) and isinstance(each.value, ast.Name) and each.value.id in classes:
                    yield f"{module.path}:{each.lineno}: {each.value.id}.{each.attr} is changed"


def importing(name: str, modules: Iterable[Module]) -> set[str]:
    """The modules of the rooms that import a name, given with its module."""
    module, _dot, last = name.rpartition(".")
    return {
        each.path
        for each in modules
        for node in each.nodes
        if isinstance(node, ast.ImportFrom) and node.module == module and any(alias.name == last for alias in node.names)
    }


def test_nothing_is_changed_from_afar_but_what_the_program_keeps_for_itself() -> None:
    assert_none(changed_globals(source(rooms_only=True)))


def test_one_module_holds_what_the_register_taught() -> None:
    assert importing("models.values.taught.hold", source(rooms_only=True)) == {"models/journal/learning.py"}


def test_the_check_sees_what_it_looks_for() -> None:
    text = "class _Last:\n    found = 0\n\ndef keep():\n    _Last.found = 1\n    _Last.found += 1\n"
    text += "\ndef forget():\n    global seen\n"
    lines = [told.split(":")[1] for told in changed_globals([Module("models/kept.py", text)])]
    assert sorted(lines) == ["5", "6", "9"]


def test_without_a_register_lists_are_what_the_program_knows() -> None:
    assert taught.taught() == UNTAUGHT
    assert codes.EDUCATION.labels == codes.EDUCATION.given.labels
    assert codes.new_form_groups() == frozenset(codes.GROUP_PARENT)
