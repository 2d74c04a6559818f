"""How fast the lists are over many people: ``python benchmarks/lists.py [--small 10000] [--large 1000000]``.

Fills two new registers in a temporary folder with invented workers, and prints how long the same looks take in both: the
first page, all row numbers, sorting, a page in the middle, one record. What matters is the ratio of the two.
"""

import argparse
import datetime as dt
import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

if not __package__:
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from models import database, editing, register, selection
from models.employer import Employer
from models.membership import MembershipEvent
from models.record_history import history_of
from models.region import RegionIndex, load_index
from models.selection import Choice
from models.uid import new_uid
from models.union import Union
from models.worker import Worker

TODAY = dt.date(2026, 11, 22)
PASSPHRASE = "只用于测量的口令"  # noqa: S105  opens nothing but a register that is thrown away
#: People of one employer, and rows of one page of the screen's list.
_PER_EMPLOYER, _PAGE = 200, 200
_NAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗",
    "一丁七万三上下世中丰临为义之乐九书云五亚亦京亭人仁介仕仙代令以仪任伟",
)


def fill(people: int, index: RegionIndex) -> None:
    """Put invented workers straight into the tables: the log is not what is measured here."""
    chance = random.Random(people)
    regions = [uid for uid in index.entries if index.level(uid) == "town"]
    units = [
        (new_uid(), f"重庆第{number}示例有限公司", chance.choice(regions))
        for number in range(people // _PER_EMPLOYER + 1)
    ]
    unions = [(new_uid(), name + "工会", region) for _uid, name, region in units]
    with database.transaction():
        database.insert_tuples(Employer, ("uid", "name", "region"), units)
        database.insert_tuples(Union, ("uid", "name", "region"), unions)
        names = ("uid", "name", "id_number", "phone", "employer", "union", "membership_state", "join_date")
        database.insert_tuples(Worker, names, _workers(people, units, unions, chance))
        events = database.db.execute_sql('SELECT uid, "union", join_date FROM worker').fetchall()
        told = ((new_uid(), worker, union, "入会", date, date) for worker, union, date in events)
        database.insert_tuples(MembershipEvent, ("uid", "worker", "union", "type", "date", "effective"), told)


def _workers(people: int, units: list[Any], unions: list[Any], chance: random.Random) -> Iterator[tuple[Any, ...]]:
    first, second = _NAMES
    for number in range(people):
        name = chance.choice(first) + chance.choice(second) + chance.choice(second)
        day = dt.date(2015, 1, 1) + dt.timedelta(days=chance.randrange(4000))
        place = number // _PER_EMPLOYER
        # 000000 is no region: nobody has such a number
        numbered = f"000000{number:012}"
        yield (
            new_uid(), name, numbered, f"199{number:08}", units[place][0], unions[place][0], "在册", day.isoformat(),
        )  # fmt: skip


def measure(index: RegionIndex) -> dict[str, float]:
    """Seconds of each look, the median of several."""
    everybody = Choice("workers")
    numbers = selection.ids(everybody)
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
        fill(people, index)
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
