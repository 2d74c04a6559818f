"""How long a statistics table takes, and one indicator as of an earlier day beside today's.

    python benchmarks/figure_tables.py [--people 1000000] [--runs 3] [--keep FOLDER]

The table has the towns of the whole city as rows (about a thousand) and twenty indicators, each with plan, share, rank and the
same period of the year before. Processor seconds of this process, the least of so many runs, because other programs may be
running; memory is the highest that the process occupied before and after the table. The register is made by a process of its
own, and lies in a folder of its own that is removed afterwards, or in the one of ``--keep``, for the next time.
"""

import argparse
import datetime as dt
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import made_people
from benchmarks.measured import begin, compare, yardstick
from models.figures.counts import counts
from models.figures.facts import Period, Scope
from models.figures.indicators import indicators
from models.figures.periods import read_period
from models.figures.table_forms import TableForm
from models.figures.tables import make_table
from models.opening import opening
from models.records.region import load_index
from models.register import register
from models.standing import past_counts

TODAY = dt.date(2026, 6, 30)
_HALF = read_period("2026-H1")
#: Lies beside a register that was made to the end.
_MADE = "made"
#: Twenty indicators: of unions, members, new-form groups, employers, rates, stages, the work ledger.
_KEYS = (
    "new_unions", "new_new_form_unions", "unions", "new_form_unions", "unions_single", "unions_joint", "new_members",
    "new_migrant_members", "new_new_form_members", "members", "migrant_members", "new_form_members", "retained_members",
    "coverage_employers", "coverage_people", "covered", "on_list", "congress", "terms_over", "members_declared",
)  # fmt: skip
#: Past days: one at the end of a half-year, and two of which the next such end is as far as can be.
_THEN = (dt.date(2024, 6, 30), dt.date(2024, 3, 31), dt.date(2020, 9, 30))
_AIMS = {"table": 2.0, "then": 3.0}


def least(runs: int, call: Callable[[], object]) -> float:
    """The processor seconds of a call: the least of so many."""
    took = []
    for _run in range(runs):
        started = time.process_time()
        call()
        took.append(time.process_time() - started)
    return min(took)


def peak() -> float:
    """Megabytes that the process occupied at most."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


def measure(runs: int) -> dict[str, float]:
    """Print the table of the open register; how many times a yardstick's work it took, and the worst past day beside today."""
    started = time.process_time()
    past_counts.catch_up(TODAY)
    print(f"补算以前各半年末：{time.process_time() - started:.1f} 处理器秒（补过的不再补）")
    form = TableForm("测量", _KEYS)
    counts([indicators()["members"]], Scope(), Period(_HALF.start, TODAY))  # the register's pages are read
    before = peak()
    rows = len(make_table(form, _HALF, TODAY).rows)
    after = peak()
    whole = least(runs, lambda: make_table(form, _HALF, TODAY))
    bare = least(runs, lambda: make_table(replace(form, parts=()), _HALF, TODAY))
    print("| 问什么 | 处理器秒 |\n|---|---:|")
    print(f"| {rows:,} 行 × {len(_KEYS)} 个指标，带计划、位次、上年同期 | {whole:.2f} |")
    print(f"| 同一张，只有实际 | {bare:.2f} |")
    print(f"内存峰值：算之前 {before:.0f} MB，算过 {after:.0f} MB。")
    print("\n| 一个指标 | 今天 |", *(f"{day} | 倍 |" for day in _THEN))
    print("|---|---:|" + "---:|---:|" * len(_THEN))
    worst = 0.0
    for key in _KEYS:
        indicator = indicators()[key]
        now = least(runs, lambda: counts([indicator], Scope(), Period(_HALF.start, TODAY)))  # noqa: B023  called at once
        told = []
        for day in _THEN:
            then = Period(day.replace(month=1, day=1), day)
            past = least(runs, lambda: counts([indicator], Scope(), then))  # noqa: B023  called at once
            worst = max(worst, past / now if past > _NOISE else 0)
            told.append(f"{past:.3f} | {past / now:.1f} |")
        print(f"| {indicator.name} | {now:.3f} |", *told)
    print(f"\n表 ≤ {_AIMS['table']} 秒：{'达到' if whole <= _AIMS['table'] else '没达到'}；"
          f"以前任何一天 ≤ 今天的 {_AIMS['then']:.0f} 倍：{'达到' if worst <= _AIMS['then'] else '没达到'}（最多 {worst:.1f} 倍）")  # fmt: skip
    return {"表 / 一件固定的活": whole / yardstick(), "以前任何一天 / 今天": worst}


#: What takes less than this is noise, whatever the ratio.
_NOISE = 0.05


def make(people: int, folder: Path) -> None:
    """Make the register of so many people in ``folder``."""
    register.create(folder, made_people.PASSPHRASE)
    made_people.fill(people, load_index(TODAY), TODAY)
    register.close_register()
    (folder / _MADE).touch()


def main() -> None:
    """Make the register, unless it is kept, and measure it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--keep", type=Path, help="where the register is kept for the next time")
    parser.add_argument("--write", action="store_true", help="write the ratios down")
    parser.add_argument("--make", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    begin()
    if asked.make:
        make(asked.people, asked.make)
        return
    with tempfile.TemporaryDirectory() as folder:
        data = (asked.keep or Path(folder)).resolve() / str(asked.people)
        if not (data / _MADE).exists():
            shutil.rmtree(data, ignore_errors=True)
            subprocess.run([sys.executable, __file__, "--people", str(asked.people), "--make", str(data)], check=True)
        opening.open_register(data, made_people.PASSPHRASE)
        print(f"{asked.people:,} 人")
        found = {f"{name}（{asked.people:,} 人）": ratio for name, ratio in measure(asked.runs).items() if ratio}
        print(*compare("figure_tables", found, asked.write), sep="\n")
        register.close_register()


if __name__ == "__main__":
    main()
