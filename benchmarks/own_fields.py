"""What own fields cost: ``python benchmarks/own_fields.py [--people 100000] [--fields 5]``.

The same invented roster is imported into two new registers, once with so many more columns that are own fields and once with
the same columns of no field; then both are listed. Processor seconds of each, and what the fields cost beside.
"""

import argparse
import csv
import datetime as dt
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

if not __package__:
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import openpyxl

from benchmarks.made_people import PASSPHRASE
from benchmarks.made_rosters import write_roster
from benchmarks.measured import begin, compare
from importers import session
from importers.rows.decisions import Decisions
from importers.session import ImportOptions
from models.editing.own_fields import NewField, add_own_fields, own_fields
from models.journal.writer import Author
from models.lists import selection
from models.lists.listings import Selection
from models.records.region import load_index
from models.register import register

TODAY = dt.date(2026, 11, 22)
AUTHOR = Author("benchmark", "benchmark")
#: Own fields of each kind, and what stands in the row of this number.
WANTED: tuple[tuple[NewField, Callable[[int], object]], ...] = (
    (NewField("worker", "党龄"), lambda row: f"第{row % 40}年"),
    (NewField("worker", "宿舍床位", "number"), lambda row: row % 900),
    (NewField("worker", "体检日期", "day"), lambda row: f"2026-{row % 12 + 1:02}-{row % 27 + 1:02}"),
    (NewField("worker", "是否骨干人员", "yes-no"), lambda row: "是" if row % 3 else "否"),
    (NewField("worker", "帮扶档次", "choice", ("一档", "二档", "三档")), lambda row: ("一档", "二档", "三档")[row % 3]),
)


def write(path: Path, plain: Path, fields: int) -> None:
    """Write the plain roster (.csv of it) with the columns of own fields behind the others."""
    sheet = openpyxl.load_workbook(plain, read_only=True).worksheets[0]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        rows = csv.writer(file)
        for number, row in enumerate(sheet.iter_rows(values_only=True), 1):
            more = [each.name for each, _of in WANTED[:fields]] if number == 4 else []
            if number > 4:
                more = [str(of(number)) for _each, of in WANTED[:fields]]
            rows.writerow([*("" if cell is None else str(cell).replace("\n", "") for cell in row), *more])


def measure(folder: Path, path: Path, fields: int) -> dict[str, float]:
    """Processor seconds of an import into a new register with so many own fields, and of looking at it."""
    register.create(folder, PASSPHRASE)
    add_own_fields([each for each, _of in WANTED[:fields]], AUTHOR)
    options, found = ImportOptions(), dict[str, float]()

    def timed(name: str, work: Callable[[], Any]) -> Any:
        begun = time.process_time()
        done = work()
        found[name] = time.process_time() - begun
        return done

    files = timed("读取", lambda: session.read([path], options))
    views = timed("识别", lambda: session.understand(files, options, Decisions(), TODAY))
    plan = timed("核对", lambda: session.make_plan(files, views, options, TODAY))
    timed("写入", lambda: session.apply(plan, files, AUTHOR))
    index, everybody = load_index(TODAY), Selection("workers")
    timed("列出全部", lambda: sum(len(block) for block in _blocks(everybody, index)))
    held = [each for each in own_fields() if each.filled]
    if held:
        timed("按自有字段排序", lambda: selection.ids(replace(everybody, order=held[0].field)))
    found["登记册 MB"] = sum(each.stat().st_size for each in folder.iterdir() if each.is_file()) / 2**20
    register.close_register()
    return found


def _blocks(everybody: Selection, index: Any) -> Any:
    numbers = selection.ids(everybody)
    return (selection.rows_of("workers", numbers[start : start + 2_000], index) for start in range(0, len(numbers), 2_000))


def main() -> None:
    """Measure both and print them side by side."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--fields", type=int, default=len(WANTED))
    parser.add_argument("--keep", action="store_true", help="write the ratios down")
    given = parser.parse_args()
    begin(reading=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_roster(folder / "plain.xlsx", given.people)
        write(folder / "roster.csv", folder / "plain.xlsx", given.fields)
        without = measure(folder / "without", folder / "roster.csv", 0)
        having = measure(folder / "with", folder / "roster.csv", given.fields)
    print(f"| {given.people:,} 人 | 没有 | {given.fields} 个自有字段 | 比 |\n|---|---:|---:|---:|")
    for each in having:
        one, other = without.get(each), having[each]
        print(f"| {each} | {'—' if one is None else f'{one:.2f}'} | {other:.2f} | {'—' if not one else f'{other / one:.2f}'} |")
    ratios = {f"{each}，{given.fields} 个字段 / 没有（{given.people:,} 人）": having[each] / without[each] for each in without}
    print(*compare("own_fields", ratios, given.keep), sep="\n")


if __name__ == "__main__":
    main()
