"""How fast a large roster goes through: ``python benchmarks/import_roster.py [--rows 20000] [--runs 3] [--profile]``.

Makes an invented roster of 15 columns, imports it into a new register in a temporary folder by the steps that the window
and the command line take, imports it once more, undoes the first import, and prints the medians. The floor is what could
not be spared: the library's own reading of the file, and one ``executemany`` of the same values into the same encrypted
file with the same indexes. Every run is a process of its own, so that memory is counted anew; runs and floors alternate.
"""

import argparse
import cProfile
import datetime as dt
import json
import pstats
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

if not __package__:
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.made_rosters import write_roster
from importers import session
from importers.decisions import Decisions
from importers.session import Options, SourceFile
from importers.steps import Create, Plan
from models import database, register, undo
from models.journal import Author
from models.membership import Event, standing
from models.worker import Worker

TODAY = dt.date(2026, 11, 22)
AUTHOR = Author("benchmark", "测量")
PASSPHRASE = "只用于测量的口令"  # noqa: S105  opens nothing but a register that is thrown away
STEPS = {"read": "读取", "understand": "识别", "plan": "核对", "apply": "写入"}
#: Seconds between two looks at the memory of a run and of the reader it has started.
_LOOK = 0.02
Seconds = dict[str, float]


@contextmanager
def _timed(seconds: Seconds, name: str) -> Iterator[None]:
    start = time.perf_counter()
    yield
    seconds[name] = time.perf_counter() - start


def _plan(path: Path, seconds: Seconds, prefix: str = "") -> tuple[list[SourceFile], Plan]:
    """Read, understand and plan the file, each step timed under its name."""
    options, decisions = Options(), Decisions()
    with _timed(seconds, f"{prefix}read"):
        files = session.read([path], options, today=TODAY)
    with _timed(seconds, f"{prefix}understand"):
        views = session.understand(files, options, decisions, TODAY)
    with _timed(seconds, f"{prefix}plan"):
        plan = session.make_plan(files, views, options, TODAY)
    return files, plan


def run_import(path: Path) -> Seconds:
    """Import the file into a new register, import it again, undo the first import; seconds of every step."""
    seconds: Seconds = {}
    with tempfile.TemporaryDirectory() as folder:
        register.create(Path(folder), PASSPHRASE)
        files, plan = _plan(path, seconds)
        with _timed(seconds, "apply"):
            outcome = session.apply(plan, files, AUTHOR, Path(folder))
        assert outcome.batch is not None
        _check(outcome.counts, "new")
        del files, plan
        files, plan = _plan(path, seconds, "again ")
        with _timed(seconds, "again apply"):
            again = session.apply(plan, files, AUTHOR, Path(folder))
        assert again.batch is None
        _check(again.counts, "same")
        del files, plan
        with _timed(seconds, "undo"):
            undo.undo(outcome.batch, AUTHOR)
        assert Worker.select().count() == 0
        register.close_register()
    return seconds


def _check(counts: dict[str, int], action: str) -> None:
    """A run that did not do all of its rows measures nothing."""
    if counts[action] != sum(counts.values()):
        raise SystemExit(f"not every row is {action}: {counts}")


def run_floor(path: Path) -> Seconds:
    """The library's reading, and one ``executemany`` of the workers into a new register; nothing is understood between."""
    from python_calamine import CalamineWorkbook

    seconds: Seconds = {}
    with tempfile.TemporaryDirectory() as folder:
        register.create(Path(folder), PASSPHRASE)
        _files, plan = _plan(path, {})
        people = _prepare(plan)
        del _files, plan
        with _timed(seconds, "floor read"):
            CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
        with _timed(seconds, "floor write"), database.transaction():
            database.insert_rows(Worker, people)
        register.close_register()
    return seconds


def _prepare(plan: Plan) -> list[dict[str, Any]]:
    """Create what the workers refer to; the workers' values as the import leaves them in the register."""
    with database.transaction():
        for founder in plan.founders.values():
            database.insert_rows(founder.record, [founder.values])
    people = []
    for step in plan.sheets[0].steps:
        (write,) = step.writes
        assert isinstance(write, Create)
        events = [{name: fact[name] for name in ("union", "type", "date", "reason")} for _record, fact in write.facts]
        people.append(write.values | standing(Event(**event) for event in events))
    return people


PARTS: dict[str, Callable[[Path], Seconds]] = {"import": run_import, "floor": run_floor}


def _memory(pid: int, name: str) -> int:
    """A number of kilobytes from the system's account of a process; 0 when it has ended or keeps no such account."""
    try:
        for line in Path(f"/proc/{pid}/status").read_text("utf-8").splitlines():
            if line.startswith(name):
                return int(line.split()[1])
    except OSError:
        pass
    return 0


def _children(pid: int) -> list[int]:
    try:
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
        return [int(child) for task in tasks for child in (task / "children").read_text("utf-8").split()]
    except OSError:
        return []


def _in_own_process(part: str, path: Path) -> dict[str, float]:
    """Run one part in a new process; its seconds, and the peaks of memory in megabytes."""
    command = [sys.executable, str(Path(__file__).resolve()), "--part", part, "--file", str(path)]
    together = alone = 0
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        while process.poll() is None:
            own = _memory(process.pid, "VmRSS")
            together = max(together, own + sum(_memory(child, "VmRSS") for child in _children(process.pid)))
            alone = max(alone, _memory(process.pid, "VmHWM"))
            time.sleep(_LOOK)
        assert process.stdout is not None
        text = process.stdout.read()
    if process.returncode:
        raise SystemExit(process.returncode)
    found: dict[str, float] = json.loads(text)
    return found | {f"{part} MB": alone / 1000, f"{part} MB with reader": together / 1000}


def measure(path: Path, runs: int) -> dict[str, float]:
    """Medians of ``runs`` imports and floors, taken in turn: seconds and megabytes by name."""
    samples: dict[str, list[float]] = {}
    for _run in range(runs):
        for part in PARTS:
            for name, value in _in_own_process(part, path).items():
                samples.setdefault(name, []).append(value)
    return {name: statistics.median(values) for name, values in samples.items()}


def table(rows: int, figures: dict[str, float]) -> str:
    """The figures as a table in Markdown, for ``README.md`` beside this script."""
    whole = sum(figures[step] for step in STEPS)
    again = sum(figures[f"again {step}"] for step in STEPS)
    floor = figures["floor read"] + figures["floor write"]
    timed: list[tuple[str, float]] = [(label, figures[step]) for step, label in STEPS.items()]
    timed += [("**导入合计**", whole), ("同一文件再导入", again), ("撤销", figures["undo"])]
    timed += [("下限：读", figures["floor read"]), ("下限：写", figures["floor write"]), ("**下限合计**", floor)]
    lines = ["| 步骤 | 秒 | 行/秒 |", "|---|---:|---:|"]
    lines += [f"| {label} | {seconds:.2f} | {rows / seconds:,.0f} |" for label, seconds in timed]
    ratios = [
        f"导入/下限 {whole / floor:.2f}",
        f"再导入/导入 {again / whole:.2f}",
        f"撤销/导入 {figures['undo'] / whole:.2f}",
    ]
    memory = f"内存峰值 {figures['import MB']:.0f} MB，连同读文件的子进程 {figures['import MB with reader']:.0f} MB"
    return "\n".join([*lines, "", " · ".join(ratios), memory])


def profile(path: Path) -> None:
    """Print where the time of one import, re-import and undo goes in the parent process."""
    watch = cProfile.Profile()
    watch.runcall(run_import, path)
    pstats.Stats(watch).strip_dirs().sort_stats("tottime").print_stats(40)


def main() -> None:
    """Measure, or do one part for the process that measures."""
    arguments = _arguments()
    if arguments.part:
        print(json.dumps(PARTS[arguments.part](arguments.file)))
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "会员名册.xlsx"
        write_roster(path, arguments.rows)
        if arguments.profile:
            profile(path)
        else:
            size = path.stat().st_size / 1e6
            print(f"{arguments.rows:,} 行 × 15 列，{size:.1f} MB，{arguments.runs} 次的中位数\n")
            print(table(arguments.rows, measure(path, arguments.runs)))


def _arguments() -> Any:
    parser = argparse.ArgumentParser(description="How fast a large roster is imported.")
    parser.add_argument("--rows", type=int, default=20_000, help="people in the roster")
    parser.add_argument("--runs", type=int, default=3, help="runs whose median is shown")
    parser.add_argument("--profile", action="store_true", help="show where the time goes instead")
    parser.add_argument("--part", choices=tuple(PARTS), help=argparse.SUPPRESS)
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    main()
