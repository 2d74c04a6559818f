"""What the counts of members cost an import: ``python benchmarks/triggers.py [--rows 15000] [--runs 5]``.

The same roster is imported into new registers in turn: counted once, as it is; counted row by row, as few records are; and not
counted at all. Processor seconds of applying, and of the counting of the past that follows; the least of so many turns, because
other programs may be running.
"""

import argparse
import json
import sys
import tempfile
from functools import partial
from pathlib import Path

if not __package__:
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.import_roster import AUTHOR, PASSPHRASE, TODAY, plan_of
from benchmarks.made_rosters import write_roster
from benchmarks.measured import CPU, Seconds, begin, compare, in_own_process, timed
from importers import session
from models.engine import counting, database
from models.register import register
from models.standing import past_counts

#: The ways to count, and what they are called.
CALLED = {"once": "一批数一次", "rows": "一行一行数（触发器）", "none": "不数"}


def import_counted(way: str, path: Path) -> Seconds:
    """The seconds of one import into a new register in which people are counted so, and of the counting that follows it."""
    seconds: Seconds = {}
    with tempfile.TemporaryDirectory() as folder:
        register.create(Path(folder), PASSPHRASE)
        for name in ("past_stale_insert", "held_count_insert") if way == "none" else ():
            database.db.execute_sql(f'DROP TRIGGER "{name}"')
        if way == "rows":
            counting.COUNTED.clear()
        files, plan = plan_of(path, {})
        with timed(seconds, "apply"):
            session.apply(plan, files, AUTHOR, Path(folder))
        with timed(seconds, "past"):
            past_counts.catch_up(TODAY)
        register.close_register()
    return seconds


def main() -> None:
    """Measure, or do one part for the process that measures."""
    parser = argparse.ArgumentParser(description="What the counts cost an import.")
    parser.add_argument("--rows", type=int, default=15_000, help="people in the roster")
    parser.add_argument("--runs", type=int, default=5, help="turns of which the least is shown")
    parser.add_argument("--keep", action="store_true", help="write the ratios down")
    parser.add_argument("--part", choices=tuple(CALLED), help=argparse.SUPPRESS)
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.part:
        print(json.dumps(import_counted(asked.part, asked.file)))
        return
    begin(reading=True)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "会员名册.xlsx"
        write_roster(path, asked.rows)
        script = str(Path(__file__).resolve())
        command = [sys.executable, script, "--file", str(path), "--part"]
        parts = {way: partial(in_own_process, way, [*command, way]) for way in CALLED}
        turns = [{way: part() for way, part in parts.items()} for _run in range(asked.runs)]
    least = {way: min(turn[way]["apply" + CPU] for turn in turns) for way in CALLED}
    print(f"{asked.rows:,} 行，{asked.runs} 次里最短的\n")
    print("| 写入 | 处理器秒 | 每行微秒 | 和一批数一次的比 |", "|---|---:|---:|---:|", sep="\n")
    for way, spent in least.items():
        print(f"| {CALLED[way]} | {spent:.2f} | {1e6 * spent / asked.rows:.1f} | {spent / least['once']:.3f} |")
    past = min(turn["once"]["past" + CPU] for turn in turns)
    print(f"\n随后补算以前：{past:.2f} 处理器秒，是写入的 {past / least['once']:.2f} 倍")
    ratios = {"一批数一次 / 不数": least["once"] / least["none"], "补算以前 / 写入": past / least["once"]}
    print(*compare("triggers", {f"{name}（{asked.rows:,} 行）": ratio for name, ratio in ratios.items()}, asked.keep), sep="\n")


if __name__ == "__main__":
    main()
