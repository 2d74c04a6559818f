"""What a write did is told by the writer alone: nobody types kinds of a write, nobody guesses the number of a batch."""

import ast
from collections.abc import Iterable, Iterator

import pytest

from tests.house.test_architecture import Module, source

#: Where the end of a batch is told, where one Done is made, where the window hears of it, and where it is passed on.
MADE, WRITER, HEARD = "models/journal/done.py", "models/journal/writer.py", "ui/kit/jobs.py"
#: Who may look at the newest entry of the log: for whether anything changed since, never for which batch was one's own.
SINCE = {
    "models/drive/cases.py", "importers/apply.py", "importers/plan/making.py", "importers/session.py", "models/lists/doubts.py",
}  # fmt: skip
#: Who may read the batches: the journal, who must know what a person took back, a record's history, what a batch touched, what is
#: held of a person and where, who rescues them, and who carries whole registers.
READING = (
    "models/journal/", "models/drive/cases.py", "models/editing/record_history.py", "models/lists/listings.py",
    "models/migrations/", "models/moving/carried.py", "models/people/", "models/rescue/",
)  # fmt: skip
#: Who may look into the tables that the log is kept in.
TABLES = (
    "models/journal/bundles.py", "models/journal/bundling.py", "models/journal/crossing.py",
    "models/journal/entries.py", "models/journal/log.py",
    "models/journal/writer.py", "models/migrations/", "models/moving/carried.py", "models/rescue/rescuing.py",
)  # fmt: skip


def typed(module: Module) -> Iterator[str]:
    """Places that tell what changed without being told by the writer."""
    for node in module.nodes:
        match node:
            case ast.Call(func=ast.Name(id="Done") | ast.Attribute(value=ast.Name(id="done"), attr="Done")) if (
                module.path != MADE
            ):
                yield f"{module.path}:{node.lineno}: a Done is made in {MADE} only"
            case ast.Call(func=ast.Attribute(value=ast.Name(id="done"), attr="report") | ast.Name(id="report")) if (
                module.path != WRITER and _borrows(module, "report")
            ):
                yield f"{module.path}:{node.lineno}: the end of a batch is told by the writer"
            case ast.Call(func=ast.Attribute(value=ast.Attribute(attr="changed", value=owner), attr="emit")) if (
                "changes" in ast.unparse(owner)
            ):
                yield f"{module.path}:{node.lineno}: what changed is told by the jobs, as the writer said"
            case ast.Call(func=ast.Attribute(value=ast.Attribute(attr="wrote"), attr="emit")) if module.path != HEARD:
                yield f"{module.path}:{node.lineno}: what changed is told by {HEARD}"
            case ast.Call(func=ast.Attribute(attr="write", value=owner), args=[ast.Set() | ast.SetComp(), *_]) if (
                "written" in ast.unparse(owner)
            ):
                yield f"{module.path}:{node.lineno}: kinds of a write are typed"
            case _:
                pass


def _borrows(module: Module, name: str) -> bool:
    nodes = (each for each in module.nodes if isinstance(each, ast.ImportFrom))
    return any(
        (each.module == "models.journal.done" and alias.name == name)
        or (each.module == "models.journal" and alias.name == "done")
        for each in nodes
        for alias in each.names
    )  # fmt: skip


def guessed(module: Module) -> Iterator[str]:
    """Places that look at the newest number of the log or of the batches, where it could be taken for one's own."""
    for node in module.nodes:
        name = getattr(node, "attr", getattr(node, "id", ""))
        if isinstance(node, ast.alias):
            name = node.name
        if name == "newest_number":
            yield f"{module.path}: what a write made is told by the writer, not by the newest number"
        elif name == "last_number" and module.path not in SINCE | {WRITER}:
            yield f"{module.path}: last_number tells whether anything changed since, see {WRITER}"
        elif name == "Batch" and isinstance(node, ast.alias) and not module.path.startswith(READING):
            yield f"{module.path}: the batches are read in models/journal"
        elif name in ("Change", "Bundle") and isinstance(node, ast.alias) and not module.path.startswith(TABLES):
            yield f"{module.path}: the log is read through models/journal/entries.py, which knows all that it is kept in"


def told(modules: Iterable[Module]) -> list[str]:
    """All such places."""
    return [fault for module in modules for fault in (*typed(module), *guessed(module))]


def test_nobody_tells_what_the_writer_has_not_told() -> None:
    assert told(source(rooms_only=True)) == []


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("ui/a.py", "context.changes.changed.emit({'worker'})"),
        ("ui/a.py", "self._context.changes.changed.emit(done.kinds)"),
        ("ui/a.py", "jobs.wrote.emit(kinds)"),
        ("ui/a.py", "self._written.write({'worker'}, said, save)"),
        ("ui/a.py", "from models.journal.done import Done\nDone(31, frozenset({'worker'}), None)"),
        ("models/a.py", "from models.journal.done import report\nreport(31, {'worker'})"),
        ("models/a.py", "from models.journal import done\ndone.report(31, {'worker'})"),
        ("ui/a.py", "from models.journal.history import newest_number"),
        ("ui/a.py", "from models.journal.writer import last_number"),
        ("models/editing/a.py", "from models.journal.log import Batch"),
        ("models/journal/a.py", "from models.journal.log import Change"),
        ("models/people/a.py", "from models.journal.log import Bundle"),
    ],
)
def test_a_place_that_does_is_told(path: str, text: str) -> None:
    assert told([Module(path, text)])


@pytest.mark.parametrize(
    "text",
    ["self.changed.emit()", "self._written.write(said, save, uid)", "report = papers.report(name)", "file.write({})"],
)
def test_other_signals_and_writes_are_none_of_it(text: str) -> None:
    assert not told([Module("ui/a.py", text)])
