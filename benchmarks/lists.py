"""How fast looks over many people are: ``python benchmarks/lists.py [--small 10000] [--large 1000000] [--keep]``.

Fills two new registers in a temporary folder with invented workers, and prints the processor time of the same looks in both:
the first page, all row numbers, sorting, filtering, one record, the numbers of the first page, targets, health, one edit; at last
a backup, beside copying, hashing and checking the same file. What matters are the ratios.
"""

import argparse
import datetime as dt
import hashlib
import json
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

if not __package__:
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.made_people import AUTHOR, PASSPHRASE, kept_people
from benchmarks.measured import begin, compare
from models.backups.making import back_up
from models.editing import editing
from models.editing.record_history import history_of
from models.engine import database
from models.journal.writer import batch, newest_batch
from models.lists import selection
from models.lists.listings import Selection
from models.opening import opening
from models.records.region import load_index
from models.records.worker import Worker
from models.register import register
from models.register.register import Register
from models.standing.standing import Standing
from models.values.region_index import RegionIndex
from ui.home.facts import Asked, home_faults, home_state, home_targets

TODAY = dt.date(2026, 11, 22)
#: Rows of one page of the screen's list.
_PAGE = 200
_BACKUP, _FLOOR = "备份", "复制、校验和、逐页核对"


def measure(index: RegionIndex) -> dict[str, float]:
    """Processor seconds of each look, the median of several."""
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
    for name, ask in (("总览的数", home_state), ("任务", home_targets), ("体检", home_faults)):
        looks[name] = partial(_asked_anew, ask, index)
    looks["改一处"] = lambda: _edit(uid)
    return {name: _median(look) for name, look in looks.items()}


def _edit(uid: str) -> None:
    """Change the phone of a person, as the form does, each time to another."""
    number = newest_batch()
    with batch("edit", AUTHOR) as writer:
        writer.update(Worker, uid, {"phone": (str(editing.held("worker", uid)["phone"]), f"199{number:08}")})


def _asked_anew(ask: Callable[[Asked], Any], index: RegionIndex) -> Any:
    """As the first page asks: what stands today is read anew each time."""
    return ask(Asked(Standing(TODAY, index), "", "测量者"))


def back_up_beside(opened: Register) -> dict[str, float]:
    """Processor seconds of a backup, and of what nobody can do without: a copy, its hash, the signatures of all pages."""
    start = time.process_time()
    made = back_up(opened).path
    taken = time.process_time() - start
    start = time.process_time()
    shutil.copyfile(opened.file, made.with_suffix(".copy"))
    with made.with_suffix(".copy").open("rb") as stream:
        hashlib.file_digest(stream, "sha256")
    database.bad_pages()
    return {_BACKUP: taken, _FLOOR: time.process_time() - start}


def _union_of(uid: str) -> str:
    return str(editing.held("worker", uid)["union"])


def _median(look: Callable[[], Any], times: int = 5) -> float:
    taken = []
    for _time in range(times):
        start = time.process_time()
        look()
        taken.append(time.process_time() - start)
    return statistics.median(taken)


def _of_size(people: int, files: Path | None) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        shutil.copytree(kept_people(files or Path(folder), people), data)
        opened = opening.open_register(data, PASSPHRASE)
        found = measure(load_index(TODAY)) | back_up_beside(opened)
        register.close_register()
    return found


def main() -> None:
    """Measure both sizes in one run and print the figures with their ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", type=int, default=10_000)
    parser.add_argument("--large", type=int, default=1_000_000)
    parser.add_argument("--files", type=Path, help="where the registers are kept for the next time")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--keep", action="store_true", help="write the ratios down")
    arguments = parser.parse_args()
    begin()
    small, large = _of_size(arguments.small, arguments.files), _of_size(arguments.large, arguments.files)
    if arguments.json:
        print(json.dumps({"small": small, "large": large}, ensure_ascii=False))
        return
    print(f"{'':12}{arguments.small:>12,}{arguments.large:>14,}   比")
    for name, seconds in small.items():
        print(f"{name:10}{seconds * 1000:>10.1f} ms{large[name] * 1000:>11.1f} ms{large[name] / max(seconds, 1e-6):>8.1f}")
    limits = {"总览的数": 250, "任务": 250, "体检": 250, "按姓名排序": 250, "按单位排序": 250, "按文字筛选": 250, "改一处": 20}
    took = {name: 1000 * large[name] for name in limits}
    told = "，".join(f"{name} {ms:.0f} ms{' **太多**' if ms > limits[name] else ''}" for name, ms in took.items())
    print(f"\n{arguments.large:,} 人，首页、任务、体检、排序、筛选各 ≤ 250 ms，改一处 ≤ 20 ms：{told}")
    ratios = {f"备份 / 复制、校验和、逐页核对（{arguments.large:,} 人）": large[_BACKUP] / large[_FLOOR]}
    print(*(f"\n{name} {ratio:.2f}（目标 ≤ 1.6）" for name, ratio in ratios.items()))
    ratios |= {f"{name}（{arguments.large:,} / {arguments.small:,} 人）": large[name] / small[name] for name in (*limits, "第一屏")}
    print(*compare("lists", ratios, arguments.keep), sep="\n")


if __name__ == "__main__":
    main()
