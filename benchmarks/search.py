"""How fast the search box is over many people: ``python benchmarks/search.py [--small 10000] [--large 1000000]``.

Fills two new registers in a temporary folder with invented workers, indexes them, and prints the
same questions in both: what one keystroke asks, and what one changed record costs the index. What matters is the ratio.
"""

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path

if not __package__:
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.lists import TODAY
from benchmarks.made_people import PASSPHRASE, fill
from benchmarks.measured import begin, compare
from models.journal.writer import Author, batch
from models.lists import search
from models.records.region import load_index
from models.records.worker import Worker
from models.register import register
from models.values.region_index import RegionIndex

#: What is typed: pinyin, initials, a name, the last digits of a number, an employer, and what nobody is called.
_TYPED = {
    "拼音": "wangyi", "首字母": "wyd", "姓名": "王一丁", "一个字": "王", "号码尾数": "4321", "单位": "第17示例", "没有的": "qqzz",
}  # fmt: skip
_TIMES = 7
_DEVICE = "measure"


def measure(index: RegionIndex) -> dict[str, float]:
    """Seconds: of indexing per record, of each question (the median of several), and of one changed record."""
    start = time.perf_counter()
    records = search.catch_up()
    found = {"建立索引（每条）": (time.perf_counter() - start) / records}
    for name, text in _TYPED.items():
        taken = []
        for _time in range(_TIMES):
            start = time.perf_counter()
            search.find(text, index)
            taken.append(time.perf_counter() - start)
        found[name] = sorted(taken)[_TIMES // 2]
    taken = []
    for number in range(_TIMES):
        worker = Worker.select().order_by(Worker.id.desc()).offset(number).get()
        with batch("edit", Author(_DEVICE, _DEVICE)) as writer:
            writer.update(Worker, worker.uid, {"name": (worker.name, "王改名")})
        start = time.perf_counter()
        search.catch_up(most=5_000)
        taken.append(time.perf_counter() - start)
    found["改一条以后"] = sorted(taken)[_TIMES // 2]
    return found


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
    parser.add_argument("--keep", action="store_true", help="write the ratios down")
    arguments = parser.parse_args()
    begin()
    small, large = _of_size(arguments.small), _of_size(arguments.large)
    if arguments.json:
        print(json.dumps({"small": small, "large": large}, ensure_ascii=False))
        return
    print(f"{'':12}{arguments.small:>12,}{arguments.large:>14,}   比")
    for name, seconds in small.items():
        print(f"{name:10}{seconds * 1000:>10.2f} ms{large[name] * 1000:>11.2f} ms{large[name] / seconds:>8.1f}")
    ratios = {f"{name}（{arguments.large:,} / {arguments.small:,}）": large[name] / seconds for name, seconds in small.items()}
    print(*compare("search", ratios, arguments.keep), sep="\n")


if __name__ == "__main__":
    main()
