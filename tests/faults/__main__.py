"""Do the harms and print what came of them: ``python -m tests.faults [--long] [--only NAME] [--seed N] [--write]``."""

import argparse
import datetime as dt
import signal
import sys
import time

from tests.aids.terminal import ROOT
from tests.faults.harms import HARMS
from tests.faults.tally import rewritten, table

#: Where the figures of the last run stand.
DOCUMENTS = [ROOT / "docs" / name for name in ("安全.md", "safety.en.md")]


def main() -> int:
    """Do the harms; 1 when anything was lost, half, wrongly told or leaked."""
    given = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    given.add_argument(
        "--long", action="store_true", help="as often as the promises say; otherwise some twenty times each"
    )
    given.add_argument("--only", action="append", metavar="NAME", help="harms whose name begins so; may be given again")
    given.add_argument("--seed", type=int, default=1, metavar="N")
    given.add_argument("--trials", type=int, metavar="N", help="so many of each instead")
    given.add_argument(
        "--write", action="store_true", help="put the figures and the day into docs/安全.md and its translation"
    )
    wanted = given.parse_args()
    # ended by somebody, it still gives back its disks and clears its folders away
    signal.signal(signal.SIGTERM, lambda _number, _frame: sys.exit(1))
    found = []
    for name, harm in HARMS.items():
        if wanted.only and not name.startswith(tuple(wanted.only)):
            continue
        began = time.monotonic()
        found.append(harm.do(wanted.trials or (harm.long if wanted.long else harm.short), wanted.seed))
        print(f"{name}: {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
        for line in found[-1].lines():
            print("   ", line, file=sys.stderr, flush=True)
        if wanted.write and not found[-1].skipped:
            for path in DOCUMENTS:
                path.write_text(rewritten(path.read_text("utf-8"), found[-1], dt.date.today().isoformat()), "utf-8")
    print(table(found))
    return 0 if all(each.clean for each in found) else 1


if __name__ == "__main__":
    sys.exit(main())
