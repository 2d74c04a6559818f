"""What the triggers that keep the counts of members cost an import: ``python benchmarks/triggers.py [--rows 15000] [--runs 5]``.

The same roster is imported into new registers in turn: with all triggers, without those that mark a union whose past has to be
counted anew, and without those that count who is held now as well. Processor seconds of planning and applying, and of the
counting of the past that follows; the least of so many turns, because other programs may be running.
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
from models.engine import database
from models.register import register
from models.standing import past_counts

#: What is taken away before the import: the triggers whose names begin so.
WAYS: dict[str, tuple[str, ...]] = {"all": (), "unmarked": ("past_stale",), "none": ("past_stale", "held_count")}
CALLED = {"all": "触发器都在", "unmarked": "不标记工会", "none": "都不在"}


def import_without(taken: tuple[str, ...], path: Path) -> Seconds:
    """The seconds of one import into a new register without some triggers, and of the counting that follows it."""
    seconds: Seconds = {}
    with tempfile.TemporaryDirectory() as folder:
        register.create(Path(folder), PASSPHRASE)
        names = database.db.execute_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (name,) in names:
            if taken and name.startswith(taken):
                database.db.execute_sql(f'DROP TRIGGER "{name}"')
        files, plan = plan_of(path, {})
        with timed(seconds, "apply"):
            session.apply(plan, files, AUTHOR, Path(folder))
        with timed(seconds, "past"):
            past_counts.catch_up(TODAY)
        register.close_register()
    return seconds


def main() -> None:
    """Measure, or do one part for the process that measures."""
    parser = argparse.ArgumentParser(description="What the triggers cost an import.")
    parser.add_argument("--rows", type=int, default=15_000, help="people in the roster")
    parser.add_argument("--runs", type=int, default=5, help="turns of which the least is shown")
    parser.add_argument("--keep", action="store_true", help="write the ratios down")
    parser.add_argument("--part", choices=tuple(WAYS), help=argparse.SUPPRESS)
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.part:
        print(json.dumps(import_without(WAYS[asked.part], asked.file)))
        return
    begin(reading=True)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "会员名册.xlsx"
        write_roster(path, asked.rows)
        script = str(Path(__file__).resolve())
        parts = {way: partial(in_own_process, way, [sys.executable, script, "--part", way, "--file", str(path)]) for way in WAYS}
        turns = [{way: part() for way, part in parts.items()} for _run in range(asked.runs)]
    least = {way: min(turn[way]["apply" + CPU] for turn in turns) for way in WAYS}
    print(f"{asked.rows:,} 行，{asked.runs} 次里最短的\n", "| 写入 | 处理器秒 | 每行微秒 | 和都在的比 |", "|---|---:|---:|---:|", sep="\n")
    for way, spent in least.items():
        print(f"| {CALLED[way]} | {spent:.2f} | {1e6 * spent / asked.rows:.1f} | {spent / least['all']:.3f} |")
    past = min(turn["all"]["past" + CPU] for turn in turns)
    print(f"\n随后补算以前：{past:.2f} 处理器秒，是写入的 {past / least['all']:.2f} 倍")
    ratios = {"都在 / 都不在": least["all"] / least["none"], "补算以前 / 写入": past / least["all"]}
    print(*compare("triggers", {f"{name}（{asked.rows:,} 行）": ratio for name, ratio in ratios.items()}, asked.keep), sep="\n")


if __name__ == "__main__":
    main()
