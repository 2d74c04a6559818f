"""Whether the time per row stays the same as rosters grow: ``python benchmarks/import_growth.py [--sizes 15000 150000]``.

Each size is imported into a new register by itself; the longest and the shortest time per row are compared.
"""

import argparse
import sys
import tempfile
from functools import partial
from pathlib import Path

if not __package__:
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.import_roster import STEPS, part
from benchmarks.made_rosters import kept_roster
from benchmarks.measured import CPU, begin, compare, medians

SIZES = (15_000, 150_000, 600_000)


def main() -> None:
    """Measure and print a table in Markdown."""
    parser = argparse.ArgumentParser(description="How the time per row grows with the roster.")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="people in the rosters")
    parser.add_argument("--runs", type=int, default=1, help="runs whose median is shown")
    parser.add_argument("--files", type=Path, help="where the rosters are kept for the next time")
    parser.add_argument("--keep", action="store_true", help="write the ratios down")
    arguments = parser.parse_args()
    begin(reading=True)
    per_row, peaks = [], {}
    print("| 行 | 秒 | 处理器秒 | 每行处理器微秒 | 内存峰值 MB |", "|---:|---:|---:|---:|---:|", sep="\n")
    with tempfile.TemporaryDirectory() as folder:
        for rows in arguments.sizes:
            path = kept_roster((arguments.files or Path(folder)).resolve(), rows)
            figures = medians(arguments.runs, [partial(part, "import", path)])
            seconds = sum(figures[step] for step in STEPS)
            spent, peak = sum(figures[step + CPU] for step in STEPS), figures["import MB together"]
            per_row.append(spent / rows)
            peaks[f"内存峰值 / 250 MB（{rows:,} 行）"] = peak / 250
            print(f"| {rows:,} | {seconds:.2f} | {spent:.2f} | {1e6 * per_row[-1]:.0f} | {peak:.0f} |")
    growth = max(per_row) / min(per_row)
    print(f"\n最长/最短 {growth:.2f}（目标 ≤ 1.3）")
    print(*compare("import_growth", {"最长/最短": growth, **peaks}, arguments.keep), sep="\n")


if __name__ == "__main__":
    main()
