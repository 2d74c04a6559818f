"""What an import costs where there are many already: ``python benchmarks/import_into.py [--rows 10000] [--people 1000000]``.

The same roster of so many new people goes into an empty register and into one with so many others, each time a copy and a process
of its own; the parts alternate, and medians of processor seconds are compared. With ``--files FOLDER`` the roster and the full
register, which takes minutes to make, are kept for the next time.
"""

import argparse
import sys
import tempfile
from functools import partial
from pathlib import Path

if not __package__:
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.import_roster import STEPS, make_empty, part
from benchmarks.made_people import kept_people
from benchmarks.made_rosters import kept_roster
from benchmarks.measured import CPU, Seconds, begin, compare, medians


def measure(roster: Path, registers: dict[str, Path], runs: int) -> dict[str, Seconds]:
    """The figures of an import into each register."""
    found = medians(runs, [partial(_named, name, roster, made) for name, made in registers.items()])
    return {
        name: {each.removeprefix(name): value for each, value in found.items() if each.startswith(name)} for name in registers
    }


def _named(name: str, roster: Path, made: Path) -> Seconds:
    return {name + each: value for each, value in part("import", roster, made).items()}


def main() -> None:
    """Measure, and print a table in Markdown."""
    parser = argparse.ArgumentParser(description="What an import costs where there are many already.")
    parser.add_argument("--rows", type=int, default=10_000, help="people in the roster")
    parser.add_argument("--people", type=int, default=1_000_000, help="people in the full register")
    parser.add_argument("--runs", type=int, default=3, help="runs whose median is shown")
    parser.add_argument("--files", type=Path, help="where the roster and the full register are kept for the next time")
    parser.add_argument("--keep", action="store_true", help="write the ratio down")
    arguments = parser.parse_args()
    begin(reading=True)
    with tempfile.TemporaryDirectory() as folder:
        files = (arguments.files or Path(folder)).resolve()
        registers = {"空的": make_empty(Path(folder)), "满的": kept_people(files, arguments.people)}
        found = measure(kept_roster(files, arguments.rows), registers, arguments.runs)
    print("| 哪一步（处理器秒） | 空的 | 满的 | 比 |", "|---|---:|---:|---:|", sep="\n")
    sums = {name: sum(figures[step + CPU] for step in STEPS) for name, figures in found.items()}
    for step, label in STEPS.items():
        empty, full = (found[name][step + CPU] for name in registers)
        print(f"| {label} | {empty:.2f} | {full:.2f} | {full / max(empty, 1e-3):.2f} |")
    ratio = sums["满的"] / sums["空的"]
    print(f"| **合计** | {sums['空的']:.2f} | {sums['满的']:.2f} | {ratio:.2f} |")
    peaks = "，".join(f"{name}的 {figures['import MB together']:.0f} MB" for name, figures in found.items())
    print(f"\n{arguments.rows:,} 行进 {arguments.people:,} 人的 / 进空的 {ratio:.2f}（目标 ≤ 1.5）；内存峰值 {peaks}")
    named = {f"进 {arguments.people:,} 人的 / 进空的（{arguments.rows:,} 行）": ratio}
    print(*compare("import_into", named, arguments.keep), sep="\n")


if __name__ == "__main__":
    main()
