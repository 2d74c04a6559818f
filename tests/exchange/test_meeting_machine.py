"""Laptops that meet in any order: all get the same register, nothing is lost, and conflicts are where two wrote.

Hypothesis walks over real registers: a few short walks, always the same; with ``JIANHUI_FULL=1`` more and longer ones, and by
hand ``JIANHUI_WALKS=500`` as many, drawn anew.
"""

import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from models.register.register import Register
from tests.exchange.meeting import Meeting

WALKS = int(os.environ.get("JIANHUI_WALKS", "0"))
LONG = bool(WALKS or os.environ.get("JIANHUI_FULL"))


@pytest.mark.usefixtures("small_bundles")
def test_whoever_meets_whom_all_get_the_same_register(empty_register: Register, tmp_path: Path) -> None:
    chosen = settings(
        max_examples=WALKS or (40 if LONG else 4), stateful_step_count=30 if LONG else 16, derandomize=not WALKS, database=None,
        suppress_health_check=list(HealthCheck), phases=(Phase.generate,), deadline=None,
    )  # fmt: skip
    made: Any = lambda: Meeting(empty_register, tmp_path)  # noqa: E731  # whatever makes one is taken
    run_state_machine_as_test(made, settings=chosen)
    wanted = {"taken", "conflict"} | ({"perhaps", "nothing", "undone exchange"} if LONG else set())
    assert {name for name in wanted if not Meeting.seen[name]} == set(), "the walks are long enough for each kind of act"
