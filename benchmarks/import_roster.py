"""How fast a large roster goes through: ``python benchmarks/import_roster.py [--rows 20000] [--runs 3]``.

Makes an invented roster of 15 columns and goes the way that the window and the command line go: imports it into a new
register in a temporary folder; into a register that has it already; undoes that import, and undoes the undo; and imports one
whose every row is faulty, with its returned workbook. The floor is what could not be spared: the library's own reading of the
file, and one ``executemany`` of the same values into the same encrypted file with the same indexes. ``--rival PYTHON``: a
Python that has django-import-export, to put the same file through it (``import_django.py``). ``--profile`` shows where the
time goes.
Every part runs in a process of its own, so that memory is counted anew; the parts alternate, and medians are shown. What a
part took is said as soon as it ends. To make the rosters takes as long as to import them (two of 150,000 rows: half a minute
of the processor's time): with ``--files FOLDER`` they are kept for the next time.
"""

import argparse
import cProfile
import datetime as dt
import json
import pstats
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

if not __package__:
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from peewee import fn

from benchmarks.made_rosters import kept_roster
from benchmarks.measured import CPU, Seconds, begin, compare, in_own_process, medians, timed
from importers import session
from importers.plan.steps import Create, Plan
from importers.rows.decisions import Decisions
from importers.session import ImportOptions, Outcome, SourceFile
from models.editing.record_history import history_of
from models.engine import database
from models.journal import undo
from models.journal.log import Batch
from models.journal.writer import Author
from models.opening import opening
from models.records import membership
from models.records.region import load_index
from models.records.worker import Worker
from models.register import register
from models.register.traces import FILE

TODAY = dt.date(2026, 11, 22)
AUTHOR = Author("benchmark", "测量")
PASSPHRASE = "只用于测量的口令"  # noqa: S105  opens nothing but a register that is thrown away
#: How often the history of one person is asked for: once is too short to be timed.
_TURNS = 20
#: What lies beside the empty register.
_FULL = "full"
FLOOR = {"read": "读", "write": "写"}
STEPS = {"read": "读取", "understand": "识别", "plan": "核对", "apply": "写入"}


def plan_of(path: Path, seconds: Seconds, prefix: str = "") -> tuple[list[SourceFile], Plan]:
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
    files, plan = plan_of(path, seconds, prefix)
    with timed(seconds, f"{prefix}apply"):
        outcome = session.apply(plan, files, AUTHOR, folder)
    if not outcome.counts[action] or outcome.counts[action] != sum(outcome.counts.values()):
        raise SystemExit(f"not every row is {action}: {outcome.counts}")
    return outcome


@contextmanager
def _opened(made: Path) -> Iterator[Path]:
    """A copy of a register, open: whoever imports has made theirs before, and what that takes is not theirs to bear."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        shutil.copytree(made, data)
        opening.open_register(data, PASSPHRASE)
        yield data
        register.close_register()


def make_empty(folder: Path) -> Path:
    """An empty register for :func:`_opened` in a folder of its own."""
    register.create(folder / "empty", PASSPHRASE)
    register.close_register()
    return folder / "empty"


def make_full(path: Path, empty: Path) -> Seconds:
    """A register that has the file already, beside the empty one; no seconds of it count."""
    with _opened(empty) as folder:
        _import(path, {}, folder, "new")
        register.close_register()
        shutil.copytree(folder, empty.with_name(_FULL))
    return {}


def run_import(path: Path, empty: Path) -> Seconds:
    """Import the file into a new register; seconds of every step, of the history of one person, and the register's megabytes."""
    seconds: Seconds = {}
    with _opened(empty) as folder:
        _import(path, seconds, folder, "new")
        uid, index = Worker.select().order_by(Worker.id).offset(Worker.select().count() // 2).get().uid, load_index(TODAY)
        with timed(seconds, "history"):
            for _turn in range(_TURNS):
                history_of("worker", uid, index)
        database.fold()
        seconds["register MB"] = (folder / FILE).stat().st_size / 1e6
    return seconds


def run_again(path: Path, empty: Path) -> Seconds:
    """Import the file into a register that has it already; seconds of the second import."""
    seconds: Seconds = {}
    with _opened(empty.with_name(_FULL)) as folder:
        again = _import(path, seconds, folder, "same", "again ")
        assert again.batch is None
    return seconds


def run_undo(_path: Path, empty: Path) -> Seconds:
    """Undo the import in a register that has it, and undo the undo; seconds of both."""
    seconds: Seconds = {}
    with _opened(empty.with_name(_FULL)):
        people = Worker.select().count()
        with timed(seconds, "undo"):
            undone = undo.undo(int(Batch.select(fn.MAX(Batch.id)).where(Batch.kind == "import").scalar()), AUTHOR)
        assert Worker.select().count() == 0
        with timed(seconds, "redo"):
            undo.undo(undone.batch, AUTHOR)
        assert Worker.select().count() == people
    return seconds


def run_faulty(path: Path, empty: Path) -> Seconds:
    """Import a file whose every row is refused, and write the workbook that goes back."""
    seconds: Seconds = {}
    with _opened(empty) as folder:
        outcome = _import(path, seconds, folder, "refused", "faulty ")
        assert outcome.returned[path.name].stat().st_size > 0
    return seconds


def run_floor(path: Path, empty: Path) -> Seconds:
    """The library's reading, and one ``executemany`` of the workers into a new register; nothing is understood between."""
    from python_calamine import CalamineWorkbook

    seconds: Seconds = {}
    with _opened(empty):
        _files, plan = plan_of(path, {})
        people = _prepare(plan)
        del _files, plan
        with timed(seconds, "floor read"):
            CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
        with timed(seconds, "floor write"), database.transaction():
            database.insert_rows(Worker, people)
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


PARTS: dict[str, Callable[[Path, Path], Seconds]] = {
    "import": run_import, "again": run_again, "undo": run_undo, "faulty": run_faulty, "floor": run_floor, "full": make_full,
}  # fmt: skip


def part(name: str, path: Path, empty: Path) -> Seconds:
    """One of the parts, run in a process of its own."""
    script = str(Path(__file__).resolve())
    found = in_own_process(name, [sys.executable, script, "--part", name, "--file", str(path), "--empty", str(empty)])
    spent = sum(value for each, value in found.items() if each.endswith(CPU))
    print(f"{name}: {spent:.1f} 处理器秒，{found[f'{name} MB together']:.0f} MB", file=sys.stderr, flush=True)
    return found


def measure(sound: Path, faulty: Path, empty: Path, runs: int, rival: str) -> Seconds:
    """Medians of all parts: seconds and megabytes by name."""
    part("full", sound, empty)
    parts = [partial(part, name, faulty if name == "faulty" else sound, empty) for name in PARTS if name != "full"]
    if rival:
        script = Path(__file__).resolve().parent / "import_django.py"
        parts.append(partial(in_own_process, "rival", [rival, str(script), str(sound)]))
    return medians(runs, parts)


#: What is measured, the one it is measured against, and the goal.
RATIOS = (
    ("导入 / 下限", "import", "floor", "≤ 1.5"), ("再导入 / 导入", "again", "import", "≤ 0.8"),
    ("撤销 / 导入", "undo", "import", "≤ 0.8"), ("撤销的撤销 / 导入", "redo", "import", ""), ("每行都有错 / 导入", "faulty", "import", "≤ 2"),
    ("django-import-export / 导入", "rival", "import", "≥ 15"),
)  # fmt: skip


def _sums(figures: Seconds, end: str) -> Seconds:
    """The times of whole ways; ``end``: "" for those of the clock, or that of the processor's."""
    prefixes = {"import": "", "again": "again ", "faulty": "faulty "}
    found = {way: sum(figures[prefix + step + end] for step in STEPS) for way, prefix in prefixes.items()}
    found |= {"floor": figures["floor read" + end] + figures["floor write" + end], "undo": figures["undo" + end]}
    found["redo"] = figures["redo" + end]
    return found | ({"rival": figures["rival" + end]} if "rival" + end in figures else {})


def ratios(figures: Seconds, end: str = CPU) -> dict[str, float]:
    """The ratios by what they are called."""
    sums = _sums(figures, end)
    return {label: sums[over] / sums[under] for label, over, under, _goal in RATIOS if over in sums}


def table(rows: int, figures: Seconds) -> str:
    """The figures as tables in Markdown, for ``README.md`` beside this script."""
    clock, spent = _sums(figures, ""), _sums(figures, CPU)
    steps = [(label, figures[step], figures[step + CPU]) for step, label in STEPS.items()]
    steps += [(f"下限：{label}", figures[f"floor {name}"], figures[f"floor {name}{CPU}"]) for name, label in FLOOR.items()]
    called = {
        "import": "**导入合计**", "again": "同一文件再导入", "undo": "撤销", "redo": "撤销的撤销", "faulty": "每行都有错，写退回表", "floor": "**下限合计**",
        "rival": "django-import-export",
    }  # fmt: skip
    steps += [(called[way], seconds, spent.get(way, 0.0)) for way, seconds in clock.items()]
    lines = ["| 步骤 | 秒 | 处理器秒 | 每行处理器微秒 |", "|---|---:|---:|---:|"]
    lines += [f"| {label} | {seconds:.2f} | {cpu:.2f} | {1e6 * cpu / rows:.1f} |" for label, seconds, cpu in steps]
    lines += ["", "| 比值 | 按钟 | 按处理器 | 目标 |", "|---|---:|---:|---:|"]
    by_clock, by_cpu = ratios(figures, ""), ratios(figures)
    goals = {label: goal for label, _over, _under, goal in RATIOS}
    lines += [f"| {label} | {ratio:.2f} | {by_cpu.get(label, 0):.2f} | {goals[label]} |" for label, ratio in by_clock.items()]
    peak = figures["import MB together"]
    size, history = figures["register MB"], figures["history" + CPU] / _TURNS
    lines += ["", f"登记册 {size:.1f} MB，每人 {1000 * size / rows:.2f} KB；一条记录的历史 {1000 * history:.1f} 毫秒"]
    lines += ["", f"导入时主进程与子进程同一时刻的内存峰值 {peak:.0f} MB（{rows:,} 行）；"]
    others = (("再导入", "again"), ("撤销和撤销的撤销", "undo"), ("每行都有错", "faulty"))
    return "\n".join([*lines, "，".join(f"{label} {figures[f'{name} MB together']:.0f} MB" for label, name in others)])


def profile(path: Path, empty: Path) -> None:
    """Print where the time of one import, re-import and undo goes in the parent process."""
    watch = cProfile.Profile()
    make_full(path, empty)
    for way in (run_import, run_again, run_undo):
        watch.runcall(way, path, empty)
    pstats.Stats(watch).strip_dirs().sort_stats("tottime").print_stats(40)


def main() -> None:
    """Measure, or do one part for the process that measures."""
    arguments = _arguments()
    if arguments.part:
        print(json.dumps(PARTS[arguments.part](arguments.file, arguments.empty)))
        return
    begin(reading=True)
    with tempfile.TemporaryDirectory() as folder:
        files = (arguments.files or Path(folder)).resolve()
        sound = kept_roster(files, arguments.rows)
        if arguments.profile:
            profile(sound, make_empty(Path(folder)))
            return
        faulty = kept_roster(files, arguments.rows, faulty=True)
        size = sound.stat().st_size / 1e6
        print(f"{arguments.rows:,} 行 × 15 列，{size:.1f} MB，{arguments.runs} 次的中位数\n")
        figures = measure(sound, faulty, make_empty(Path(folder)), arguments.runs, arguments.rival)
        print(table(arguments.rows, figures))
        found = {label: ratio for label, ratio in ratios(figures).items() if not label.startswith("django")}
        found |= {"每人 KB": 1000 * figures["register MB"] / arguments.rows, "内存峰值 / 250 MB": figures["import MB together"] / 250}
        found["撤销的内存峰值 / 300 MB"] = figures["undo MB together"] / 300
        named = {f"{label}（{arguments.rows:,} 行）": value for label, value in found.items()}
        print(*compare("import_roster", named, arguments.keep), sep="\n")


def _arguments() -> Any:
    parser = argparse.ArgumentParser(description="How fast a large roster is imported.")
    parser.add_argument("--rows", type=int, default=20_000, help="people in the roster")
    parser.add_argument("--runs", type=int, default=3, help="runs whose median is shown")
    parser.add_argument("--rival", default="", metavar="PYTHON", help="a Python that has django-import-export")
    parser.add_argument("--files", type=Path, help="where the rosters are kept for the next time")
    parser.add_argument("--keep", action="store_true", help="write the ratios down")
    parser.add_argument("--profile", action="store_true", help="show where the time goes instead")
    parser.add_argument("--part", choices=tuple(PARTS), help=argparse.SUPPRESS)
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--empty", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    main()
