"""What a list of very many people takes: ``python benchmarks/flat.py [--people 300000] [--keep]``.

Fills a new register in a temporary folder and asks each verb for everybody, in a process of its own: its processor time and
the peak of its memory. Beside the workbook stands xlsxwriter with the same cells, which it gets ready made.
"""

import argparse
import csv
import datetime as dt
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

if not __package__:
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import xlsxwriter

from benchmarks.made_people import PASSPHRASE, fill
from benchmarks.measured import begin, compare
from models.records.region import load_index
from models.register import register

_ROOT = Path(__file__).resolve().parent.parent
#: The most that a verb may need, in megabytes, and the workbook beside xlsxwriter.
_MOST, _BESIDE = 300, 1.2
_VERBS = {
    "list": ["list", "workers"], "list --json": ["list", "workers", "--json"],
    "list --out .csv": ["list", "workers", "--out", "名单.csv"],
    "list --out .xlsx": ["list", "workers", "--out", "名单.xlsx"], "list --json --full": ["list", "workers", "--json", "--full"],
    "report roster --out .xlsx": ["report", "roster", "--out", "花名册.xlsx"],
}  # fmt: skip


def verb(command: Sequence[str], folder: Path) -> tuple[float, float]:
    """Processor seconds and the peak of memory in megabytes of a command in ``folder``, as the system counts them."""
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL) as running:
        _pid, status, used = os.wait4(running.pid, 0)
        running.returncode = status
    if status:
        raise SystemExit(f"{command[2:]} failed")
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1000


def make(people: int, folder: Path) -> None:
    """Make the register, in a process of its own: the system counts what a program held when it started another for the other."""
    today = dt.date.today()
    register.create(folder, PASSPHRASE)
    fill(people, load_index(today), today)
    register.close_register()


def by_the_library(source: Path, target: Path) -> float:
    """Processor seconds of xlsxwriter for the cells of a CSV as texts, in memory as our workbooks are."""
    with source.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.reader(lines))
    start = time.process_time()
    book = xlsxwriter.Workbook(str(target), {"in_memory": True, "strings_to_numbers": False, "strings_to_formulas": False})
    sheet = book.add_worksheet()
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            if text:
                sheet.write_string(number, column, text)
    book.close()
    return time.process_time() - start


def main() -> None:
    """Measure and print a table in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=300_000)
    parser.add_argument("--keep", action="store_true", help="write the ratio down")
    parser.add_argument("--make", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.make:
        make(arguments.people, arguments.make)
        return
    begin()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        own = [sys.executable, __file__, "--people", str(arguments.people), "--make", str(folder / "data")]
        subprocess.run(own, check=True)
        print(f"{arguments.people:,} 人\n", "| 什么 | 处理器秒 | 内存峰值 MB |", "|---|---:|---:|", sep="\n")
        seconds = {}
        for name, given in _VERBS.items():
            os.environ |= {"JIANHUI_DATA": str(folder / "data"), "JIANHUI_PASSPHRASE": PASSPHRASE}
            seconds[name], peak = verb([sys.executable, str(_ROOT / "main.py"), *given], folder)
            print(f"| {name} | {seconds[name]:.1f} | {peak:.0f}{'' if peak <= _MOST else ' **太多**'} |", flush=True)
        floor = by_the_library(folder / "名单.csv", folder / "库.xlsx")
        print(f"| xlsxwriter，同样的单元格 | {floor:.1f} | |")
    ratios = {f"xlsx / xlsxwriter（{arguments.people:,} 人）": seconds["list --out .xlsx"] / floor}
    print(*(f"\n{name} {ratio:.2f}（目标 ≤ {_BESIDE}）" for name, ratio in ratios.items()))
    print(*compare("flat", ratios, arguments.keep), sep="\n")


if __name__ == "__main__":
    main()
