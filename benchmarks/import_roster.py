"""How fast a large roster goes through: ``python benchmarks/import_roster.py [--rows 20000] [--runs 3]``.

Makes an invented roster of 15 columns and goes the way that the window and the command line go: imports it into a new
register in a temporary folder, imports it once more, undoes the first import; and imports one whose every row is faulty,
with its returned workbook. The floor is what could not be spared: the library's own reading of the file, and one
``executemany`` of the same values into the same encrypted file with the same indexes. ``--rival PYTHON``: a Python that has
django-import-export, to put the same file through it (``import_django.py``). ``--profile`` shows where the time goes.
Every part runs in a process of its own, so that memory is counted anew; the parts alternate, and medians are shown.
"""

import argparse
import cProfile
import datetime as dt
import json
import pstats
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

if not __package__:
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.made_rosters import write_roster
from benchmarks.measured import Seconds, in_own_process, medians, timed
from importers import session
from importers.plan.steps import Create, Plan
from importers.rows.decisions import Decisions
from importers.session import ImportOptions, Outcome, SourceFile
from models.engine import database
from models.journal import undo
from models.journal.writer import Author
from models.records import membership
from models.records.worker import Worker
from models.register import register

TODAY = dt.date(2026, 11, 22)
AUTHOR = Author("benchmark", "测量")
PASSPHRASE = "只用于测量的口令"  # noqa: S105  opens nothing but a register that is thrown away
STEPS = {"read": "读取", "understand": "识别", "plan": "核对", "apply": "写入"}


def _plan(path: Path, seconds: Seconds, prefix: str = "") -> tuple[list[SourceFile], Plan]:
    """Read, understand and plan the file, each step timed under its name."""
    options, decisions = ImportOptions(), Decisions()
    with timed(seconds, f"{prefix}read"):
        files = session.read([path], options, today=TODAY)
    with timed(seconds, f"{prefix}understand"):
        views = session.understand(files, options, decisions, TODAY)
    with timed(seconds, f"{prefix}plan"):
        plan = session.make_plan(files, views, options, TODAY)
    return files, plan


def _import(path: Path, seconds: Seconds, folder: Path, action: str, prefix: str = "") -> Outcome:
    """Import the file into the open register; every row must do what is expected, or nothing is measured."""
    files, plan = _plan(path, seconds, prefix)
    with timed(seconds, f"{prefix}apply"):
        outcome = session.apply(plan, files, AUTHOR, folder)
    if outcome.counts[action] != sum(outcome.counts.values()):
        raise SystemExit(f"not every row is {action}: {outcome.counts}")
    return outcome


def run_import(path: Path) -> Seconds:
    """Import the file into a new register; seconds of every step."""
    seconds: Seconds = {}
    with tempfile.TemporaryDirectory() as folder:
        register.create(Path(folder), PASSPHRASE)
        _import(path, seconds, Path(folder), "new")
        register.close_register()
    return seconds


def run_again(path: Path) -> Seconds:
    """Import the file, import it once more and undo the first import; seconds of the second import and of the undo."""
    seconds: Seconds = {}
    with tempfile.TemporaryDirectory() as folder:
        register.create(Path(folder), PASSPHRASE)
        outcome = _import(path, {}, Path(folder), "new")
        again = _import(path, seconds, Path(folder), "same", "again ")
        assert again.batch is None
        assert outcome.batch is not None
        with timed(seconds, "undo"):
            undo.undo(outcome.batch, AUTHOR)
        assert Worker.select().count() == 0
        register.close_register()
    return seconds


def run_faulty(path: Path) -> Seconds:
    """Import a file whose every row is refused, and write the workbook that goes back."""
    seconds: Seconds = {}
    with tempfile.TemporaryDirectory() as folder:
        register.create(Path(folder), PASSPHRASE)
        outcome = _import(path, seconds, Path(folder), "refused", "faulty ")
        assert outcome.returned[path.name].stat().st_size > 0
        register.close_register()
    return seconds


def run_floor(path: Path) -> Seconds:
    """The library's reading, and one ``executemany`` of the workers into a new register; nothing is understood between."""
    from python_calamine import CalamineWorkbook

    seconds: Seconds = {}
    with tempfile.TemporaryDirectory() as folder:
        register.create(Path(folder), PASSPHRASE)
        _files, plan = _plan(path, {})
        people = _prepare(plan)
        del _files, plan
        with timed(seconds, "floor read"):
            CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
        with timed(seconds, "floor write"), database.transaction():
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
        values, _facts = membership.with_derived(write.values, write.facts)
        people.append(values)
    return people


PARTS: dict[str, Callable[[Path], Seconds]] = {
    "import": run_import, "again": run_again, "faulty": run_faulty, "floor": run_floor,
}  # fmt: skip


def part(name: str, path: Path) -> Seconds:
    """One of the parts, run in a process of its own."""
    return in_own_process(name, [sys.executable, str(Path(__file__).resolve()), "--part", name, "--file", str(path)])


def measure(sound: Path, faulty: Path, runs: int, rival: str) -> Seconds:
    """Medians of all parts: seconds and megabytes by name."""
    parts = [partial(part, name, faulty if name == "faulty" else sound) for name in PARTS]
    if rival:
        script = Path(__file__).resolve().parent / "import_django.py"
        parts.append(partial(in_own_process, "rival", [rival, str(script), str(sound)]))
    return medians(runs, parts)


def table(rows: int, figures: Seconds) -> str:
    """The figures as a table in Markdown, for ``README.md`` beside this script."""
    whole, again, faulty = (sum(figures[prefix + step] for step in STEPS) for prefix in ("", "again ", "faulty "))
    floor = figures["floor read"] + figures["floor write"]
    timed_steps = [(label, figures[step]) for step, label in STEPS.items()]
    timed_steps += [("**导入合计**", whole), ("同一文件再导入", again), ("撤销", figures["undo"])]
    timed_steps += [("每行都有错，写退回表", faulty)]
    timed_steps += [("下限：读", figures["floor read"]), ("下限：写", figures["floor write"]), ("**下限合计**", floor)]
    ratios = [
        ("导入 / 下限", whole / floor, "≤ 2.5"), ("再导入 / 导入", again / whole, "≤ 0.8"),
        ("撤销 / 导入", figures["undo"] / whole, "≤ 0.7"), ("每行都有错 / 导入", faulty / whole, "≤ 1.3"),
    ]  # fmt: skip
    if "rival" in figures:
        timed_steps.append(("django-import-export", figures["rival"]))
        ratios.append(("django-import-export / 导入", figures["rival"] / whole, "≥ 8"))
    lines = ["| 步骤 | 秒 | 行/秒 |", "|---|---:|---:|"]
    lines += [f"| {label} | {seconds:.2f} | {rows / seconds:,.0f} |" for label, seconds in timed_steps]
    lines += ["", "| 比值 | 量得 | 目标 |", "|---|---:|---:|"]
    lines += [f"| {label} | {ratio:.2f} | {goal} |" for label, ratio, goal in ratios]
    peak = figures["import MB together"]
    lines += ["", f"导入时主进程与子进程同一时刻的内存峰值 {peak:.0f} MB（目标 ≤ 450，{rows:,} 行）；"]
    return "\n".join([*lines, f"再导入、撤销一起 {figures['again MB together']:.0f} MB"])


def profile(path: Path) -> None:
    """Print where the time of one import, re-import and undo goes in the parent process."""
    watch = cProfile.Profile()
    watch.runcall(run_again, path)
    pstats.Stats(watch).strip_dirs().sort_stats("tottime").print_stats(40)


def main() -> None:
    """Measure, or do one part for the process that measures."""
    arguments = _arguments()
    if arguments.part:
        print(json.dumps(PARTS[arguments.part](arguments.file)))
        return
    with tempfile.TemporaryDirectory() as folder:
        sound, faulty = Path(folder) / "会员名册.xlsx", Path(folder) / "有错的名册.xlsx"
        write_roster(sound, arguments.rows)
        if arguments.profile:
            profile(sound)
            return
        write_roster(faulty, arguments.rows, faulty=True)
        size = sound.stat().st_size / 1e6
        print(f"{arguments.rows:,} 行 × 15 列，{size:.1f} MB，{arguments.runs} 次的中位数\n")
        print(table(arguments.rows, measure(sound, faulty, arguments.runs, arguments.rival)))


def _arguments() -> Any:
    parser = argparse.ArgumentParser(description="How fast a large roster is imported.")
    parser.add_argument("--rows", type=int, default=20_000, help="people in the roster")
    parser.add_argument("--runs", type=int, default=3, help="runs whose median is shown")
    parser.add_argument("--rival", default="", metavar="PYTHON", help="a Python that has django-import-export")
    parser.add_argument("--profile", action="store_true", help="show where the time goes instead")
    parser.add_argument("--part", choices=tuple(PARTS), help=argparse.SUPPRESS)
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    main()
