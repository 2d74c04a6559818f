"""How long the year's numbers take on a large register: 5,000 employers, 2,000 unions, 200,000 people.

    python benchmarks/drive_numbers.py [--part 1]

``--part 10`` makes a tenth of it. The register lies in a folder of its own that is removed afterwards.
"""

import argparse
import datetime as dt
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.measured import begin, compare, yardstick
from models.figures.counts import by_regions, count, counts, rows
from models.figures.facts import Inquiry, Period, Scope
from models.figures.figures import figures
from models.figures.indicators import indicators
from models.figures.movement import moved
from models.figures.progress import progress, progress_by
from models.figures.targets import set_target
from models.register import laptop, register
from tests.figures.made_register import fill

DAY = dt.date(2024, 6, 30)
PERIOD = Period(dt.date(2024, 1, 1), DAY)
_GOALS = {"new_unions": 500, "new_members": 150_000, "congress": 80, "coverage_employers": 100, "unions": 3_000}

#: What was asked → the processor seconds that it took.
_TOOK: dict[str, float] = {}


def timed(what: str, call: Callable[[], object]) -> None:
    """Print how long a call takes: the shorter of two."""
    took = []
    for _time in range(2):
        started = time.process_time()
        call()
        took.append(time.process_time() - started)
    _TOOK[what] = min(took)
    print(f"| {what} | {min(took):.2f} |")


def measure() -> dict[str, float]:
    """Print the table of the open register; what was asked → how many times a yardstick's work it took."""
    asked = Inquiry(PERIOD)
    district = Scope(region=asked.index.resolve("沙坪坝区").uid)
    known = list(indicators().values())
    print("| 问什么 | 秒 |\n|---|---:|")
    timed("首页的六个数", lambda: figures(2024, DAY))
    timed("在册会员，全市", lambda: count("members", Scope(), PERIOD))
    timed("在册会员，按镇街", lambda: by_regions(["members"], "town", Scope(), PERIOD))
    timed("新就业形态会员，按镇街", lambda: by_regions(["new_form_members"], "town", Scope(), PERIOD))
    timed(f"全部 {len(known)} 个指标，全市", lambda: counts(known, Scope(), PERIOD))
    timed(f"全部 {len(known)} 个指标，一个区", lambda: counts(known, district, PERIOD))
    timed("新入会的每一行，一个区", lambda: rows("new_members", district, PERIOD))
    timed("五个目标的进度，全市", lambda: progress(2024, DAY))
    timed("五个目标的进度，按镇街", lambda: progress_by(2024, DAY, "town"))
    timed("半年里什么变了，全市", lambda: moved(DAY, dt.date(2024, 12, 31)))
    timed("半年里什么变了，一个区", lambda: moved(DAY, dt.date(2024, 12, 31), district))
    unit = yardstick()
    return {what: seconds / unit for what, seconds in _TOOK.items()}


def main() -> None:
    """Make the register and measure it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--part", type=int, default=1)
    parser.add_argument("--keep", action="store_true", help="write the ratios to a yardstick down")
    given = parser.parse_args()
    begin()
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        register.create(data, "benchmark passphrase")
        author = laptop.author(data)
        started = time.process_time()
        fill(author, part=given.part)
        print(f"造登记册 {time.process_time() - started:.1f} 秒")
        for key, value in _GOALS.items():
            set_target(2024, key, value, author, Inquiry(PERIOD).index)
        took = {f"{what}（1/{given.part}）": ratio for what, ratio in measure().items()}
        print(*compare("drive_numbers", took, given.keep), sep="\n")
        register.close_register()


if __name__ == "__main__":
    main()
