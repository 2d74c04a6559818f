"""A little of each harm, in seconds; ``python -m tests.faults --long`` does them at length."""

import os
import re
from pathlib import Path

import pytest

from tests.faults import disks
from tests.faults.__main__ import DOCUMENTS
from tests.faults.harms import HARMS
from tests.faults.tally import Tally, rewritten, table

#: Trials of each harm that the suite has time for; of the writers, seconds.
QUICK = {
    "kill: import": 1, "kill: restore": 1, "kill: passphrase": 1, "kill: creation": 1, "kill: exchange take": 1,
    "kill: worklist tick": 1, "power: creation": 1,
    "full: import": 2, "full: reading": 1, "flip: register": 1, "flip: key": 1, "flip: backup": 1, "writers: 2": 1,
    "places: odd": 2, "leaks": 1, "hostile": 2,
}  # fmt: skip
SEED = 7

posix_only = pytest.mark.skipif(os.name == "nt", reason="signals, users and disks of Linux")


@posix_only
@pytest.mark.slow
@pytest.mark.parametrize("name", QUICK)
def test_nothing_is_lost_half_wrongly_told_or_leaked(name: str) -> None:
    if name.startswith(("power", "full")) and disks.missing():
        pytest.skip(disks.missing())
    found = HARMS[name].do(QUICK[name], SEED)
    assert found.trials > 0
    assert found.clean, found.told()


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_the_page_on_safety_has_a_promise_and_figures_for_every_harm(path: Path) -> None:
    rows = re.findall(
        r"^\| .+ \| `(.+)` \| \d+ \| \d+ \| \d+ \| \d+ \| \d+ \| \d{4}-\d\d-\d\d \|$",
        path.read_text("utf-8"),
        re.MULTILINE,
    )
    assert rows == list(HARMS)


def test_a_fault_is_counted_and_told_with_how_to_see_it_again() -> None:
    tally = Tally("kill: import", 3)
    clean = [tally.clean]
    tally.found("lost", "one batch too few", "trial 2")
    tally.found("lost", "one batch too few", "trial 3")
    clean.append(tally.clean)
    assert clean == [True, False]
    assert tally.lines() == ["2 × lost: one batch too few  [trial 2]"]
    row = "| promise | `kill: import` |"
    assert (
        rewritten(f"{row} | | | |\n| other |", tally, "2026-11-30")
        == f"{row} 3 | 2 | 0 | 0 | 0 | 2026-11-30 |\n| other |"
    )
    assert "| kill: import | 3 | 2 | 0 | 0 | 0 |" in table([tally, Tally("power", skipped="only root may mount disks")])
