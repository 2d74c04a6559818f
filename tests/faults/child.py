"""The program as a child that harms itself: ``python child.py VERB …`` does a verb, or writes as a form, under JIANHUI_FAULT.

JIANHUI_FAULT is a JSON object that only this file reads:

- ``folder``: file events below it are counted; a statement to the database and a flush to the disk counts anywhere;
- ``die_at`` and ``after``: at the event of that number (the first is 1) the process is killed, ``after`` seconds later;
- ``at`` and ``signal``: at the first event whose name begins so the process gets the signal of that number;
- ``count``: a file to which the names of all events are written at the end;
- ``quick_keys``: keys are wrapped with little work, as in the suite: what scrypt costs is seen in test_keys;
- ``days``: how far the clock is off;
- ``core``: a file to which the size is written that a core dump might have at the end; it might have any at the beginning.
"""

import argparse
import atexit
import json
import os
import signal
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

#: Audit events that change a folder, and at which places of their arguments the paths stand.
CHANGES = {
    "os.rename": (0, 1),
    "os.remove": (0,),
    "os.mkdir": (0,),
    "os.rmdir": (0,),
    "os.truncate": (0,),
    "os.chmod": (0,),
    "os.link": (0, 1),
}
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC


class Moments:
    """Counts the moments at which the program touches the disk, and dies at the chosen one."""

    def __init__(self, wish: dict[str, Any]) -> None:
        self.folder = Path(str(wish.get("folder") or "nowhere"))
        self.die_at, self.after = int(wish.get("die_at", 0)), float(wish.get("after", 0))
        self.at, self.signal = str(wish.get("at", "")), int(wish.get("signal", signal.SIGKILL))
        self.names: list[str] = []

    def happened(self, name: str) -> None:
        """One more moment."""
        self.names.append(name)
        if self.at and name.startswith(self.at):
            self.at = ""
            if self.signal == signal.SIGINT:  # what was started in the background begins with it ignored
                signal.signal(signal.SIGINT, signal.default_int_handler)
            os.kill(os.getpid(), self.signal)
        if len(self.names) == self.die_at:
            if self.after:
                # the signal's own way of ending a process: no Python runs any more, wherever the program is then
                signal.signal(signal.SIGALRM, signal.SIG_DFL)
                signal.setitimer(signal.ITIMER_REAL, self.after)
            else:
                os.kill(os.getpid(), signal.SIGKILL)

    def audited(self, event: str, arguments: tuple[Any, ...]) -> None:
        """The interpreter's own word that something is about to be done."""
        if event == "open":
            path, mode, flags = arguments
            writes = (isinstance(flags, int) and flags & WRITING) or (isinstance(mode, str) and set(mode) & set("wax+"))
            if writes and self.ours(path):
                self.happened(f"open {Path(os.fsdecode(path)).name}")
        elif event in CHANGES:
            paths = [arguments[place] for place in CHANGES[event]]
            if any(map(self.ours, paths)):
                self.happened(" ".join([event, *(Path(os.fsdecode(each)).name for each in paths)]))

    def ours(self, path: Any) -> bool:
        """True for a path below the folder."""
        if not isinstance(path, str | bytes | os.PathLike):
            return False
        return Path(os.fsdecode(path)).is_relative_to(self.folder)


def watch(moments: Moments) -> None:
    """Let the moments be heard: what the interpreter audits, what is flushed, what is asked of the database."""
    from peewee import SqliteDatabase

    flush = os.fsync
    ask: Any = SqliteDatabase.execute_sql

    def fsync(what: Any) -> None:
        moments.happened("fsync")
        flush(what)

    def execute_sql(self: SqliteDatabase, sql: str, *arguments: Any, **options: Any) -> Any:
        if not sql.startswith("SELECT"):
            moments.happened("sql " + " ".join(sql.split()[:3]))
        return ask(self, sql, *arguments, **options)

    os.fsync = fsync  # type: ignore[assignment]  # whatever it is given
    setattr(SqliteDatabase, "execute_sql", execute_sql)  # noqa: B010  # mypy knows methods as not to be replaced
    for name in ("commit", "rollback", "begin"):
        _tell_of(SqliteDatabase, name, moments)
    sys.addaudithook(moments.audited)


def _tell_of(owner: type, name: str, moments: Moments) -> None:
    plain = getattr(owner, name)

    def told(self: Any, *arguments: Any, **options: Any) -> Any:
        moments.happened("sql " + name)
        return plain(self, *arguments, **options)

    setattr(owner, name, told)


def by_form(write: Callable[[Any], str]) -> int:
    """Write as the window does, in a register opened as verbs open it, and say what ``write`` of it says."""
    from cli.opening import opened
    from models.errors import UserError

    try:
        given = argparse.Namespace(data=None, json=True, name_of_verb="edit", warnings=[], afterwards=[], stored=[])
        with opened(given, "修改") as here:
            print(write(here), flush=True)
    except UserError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def edit_form(uid: str, changes: dict[str, str]) -> int:
    """Change a person as the window's form does."""

    def write(here: Any) -> str:
        from models.editing import editing

        known = editing.held("worker", uid)
        understood = editing.understand("worker", changes, known, here.today, here.index)
        return f"已保存，批次 {editing.save('worker', known, understood, here.author)}"

    return by_form(write)


def paste_block(text: str) -> int:
    """Paste a block with a header into the list of people, as the window does once its plan is accepted."""

    def write(here: Any) -> str:
        from models.editing.blocks import BlockPlace, read_block, rows_of_text
        from models.editing.cell_kinds import rules_of
        from models.editing.cells import plan_cells, write_cells

        columns = list(rules_of("worker").columns().values())
        block = read_block("worker", rows_of_text(text), columns, BlockPlace([], columns))
        return f"已贴入，批次 {write_cells(plan_cells('worker', block.cells, here.today, here.index), here.author)}"

    return by_form(write)


def run(arguments: list[str]) -> int:
    """A verb of main.py, ``edit-form UID JSON`` or ``paste-block TEXT``."""
    if arguments[0] == "edit-form":
        return edit_form(arguments[1], json.loads(arguments[2]))
    if arguments[0] == "paste-block":
        return paste_block(arguments[1])
    from main import main

    return main(arguments)


def _begin(wish: dict[str, Any]) -> int:
    if days := wish.get("days"):
        from datetime import datetime

        import time_machine

        time_machine.travel(datetime.now().astimezone() + timedelta(days=days)).start()
    if wish.get("quick_keys"):
        from models.register import keys

        keys.COST = keys.COST | {"n": 2**10}
    if core := wish.get("core"):
        import resource

        most = resource.getrlimit(resource.RLIMIT_CORE)[1]
        resource.setrlimit(resource.RLIMIT_CORE, (most, most))
        atexit.register(lambda: Path(core).write_text(str(resource.getrlimit(resource.RLIMIT_CORE)[0]), "utf-8"))
    if wish.get("die_at") or wish.get("at") or wish.get("count"):
        moments = Moments(wish)
        if count := wish.get("count"):
            atexit.register(lambda: Path(count).write_text(json.dumps(moments.names), "utf-8"))
        watch(moments)
    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(_begin(json.loads(os.environ.pop("JIANHUI_FAULT", "{}"))))
