"""How fast the lists are over many people: ``python benchmarks/lists.py [--small 10000] [--large 1000000]``.

Fills two new registers in a temporary folder with invented workers, and prints how long the same looks take in both: the
first page, all row numbers, sorting, a page in the middle, one record. What matters is the ratio of the two.
"""

import argparse
import datetime as dt
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

if not __package__:
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.made_people import PASSPHRASE, fill
from models.editing import editing
from models.editing.record_history import history_of
from models.lists import selection
from models.lists.listings import Selection
from models.records.region import load_index
from models.register import register
from models.values.region_index import RegionIndex

TODAY = dt.date(2026, 11, 22)
#: Rows of one page of the screen's list.
_PAGE = 200



def measure(index: RegionIndex) -> dict[str, float]:
    """Seconds of each look, the median of several."""
    everybody = Selection("workers")
    numbers = selection.ids(replace(everybody, states=frozenset({"在册"})))
    middle = numbers[len(numbers) // 2 :][:_PAGE]
    uid = selection.uids_of("workers", middle[:1])[0]
    looks: dict[str, Callable[[], Any]] = {
        "第一屏": lambda: selection.rows_of("workers", selection.ids(replace(everybody, limit=_PAGE)), index),
        "全部行号": lambda: selection.ids(everybody),
        "中间一页": lambda: selection.rows_of("workers", middle, index),
        "打开一条": lambda: (editing.held("worker", uid), history_of("worker", uid, index)),
        "按姓名排序": lambda: selection.ids(replace(everybody, order="name")),
        "按单位排序": lambda: selection.ids(replace(everybody, order="employer")),
        "按文字筛选": lambda: selection.ids(replace(everybody, search="王一")),
        "一个工会": lambda: selection.ids(replace(everybody, union=_union_of(uid))),
    }
    return {name: _median(look) for name, look in looks.items()}


def _union_of(uid: str) -> str:
    return str(editing.held("worker", uid)["union"])


def _median(look: Callable[[], Any], times: int = 5) -> float:
    taken = []
    for _time in range(times):
        start = time.perf_counter()
        look()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def _of_size(people: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        register.create(Path(folder) / "data", PASSPHRASE)
        index = load_index(TODAY)
        fill(people, index, TODAY)
        found = measure(index)
        register.close_register()
    return found


def main() -> None:
    """Measure both sizes in one run and print the figures with their ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", type=int, default=10_000)
    parser.add_argument("--large", type=int, default=1_000_000)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    small, large = _of_size(arguments.small), _of_size(arguments.large)
    if arguments.json:
        print(json.dumps({"small": small, "large": large}, ensure_ascii=False))
        return
    print(f"{'':12}{arguments.small:>12,}{arguments.large:>14,}   比")
    for name, seconds in small.items():
        print(f"{name:10}{seconds * 1000:>10.1f} ms{large[name] * 1000:>11.1f} ms{large[name] / seconds:>8.1f}")


if __name__ == "__main__":
    main()
