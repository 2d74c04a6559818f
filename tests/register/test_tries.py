"""The growing delay after wrong passphrases."""

import datetime as dt
import json
import time
from pathlib import Path

import pytest
import time_machine

from models.errors import UserError, WrongPassphrase
from models.opening import opening
from models.register import laptop, tries
from models.register import register as room
from models.register.register import Register
from tests.aids.speaking import PASSPHRASE
from tests.aids.terminal import Commands

NOON = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)


def wrong(folder: Path) -> None:
    with pytest.raises(WrongPassphrase), tries.counted(folder, "打开登记册"):
        raise WrongPassphrase("口令不对。")


def after(folder: Path, times: int) -> None:
    """As if so many wrong ones had gone before, the last one now."""
    laptop.write_laptop({"tries": {str(folder.resolve()): [times, time.time()]}})


def at(seconds: float) -> time_machine.travel:
    return time_machine.travel(NOON + dt.timedelta(seconds=seconds), tick=False)


def test_the_delay_begins_with_the_fifth_and_doubles_up_to_a_quarter_of_an_hour(tmp_path: Path) -> None:
    now, delays = 0.0, []
    for _time in range(12):
        with at(now):
            wrong(tmp_path)
            delays.append(tries.seconds_left(tmp_path))
        now += delays[-1]
    assert delays == [0, 0, 0, 0, 30, 60, 120, 240, 480, 900, 900, 900]


def test_while_it_runs_nothing_is_tried_and_then_the_right_one_ends_it(register: Register) -> None:
    room.close_register()
    with at(0):
        for _time in range(5):
            with pytest.raises(WrongPassphrase):
                opening.open_register(register.folder, "不对的口令")
        with pytest.raises(UserError, match="连续输错了 5 次，请过 30 秒再试"):
            opening.open_register(register.folder, PASSPHRASE)
    with at(31):
        opening.open_register(register.folder, PASSPHRASE)
    assert tries.seconds_left(register.folder) == 0
    assert laptop.read_laptop()["tries"] == {}


def test_the_fifth_says_how_long_to_wait(tmp_path: Path) -> None:
    after(tmp_path, 4)
    with pytest.raises(WrongPassphrase, match="请过 30 秒再试"), tries.counted(tmp_path, "打开登记册"):
        raise WrongPassphrase("口令不对。")


def test_each_folder_has_its_own(tmp_path: Path) -> None:
    after(tmp_path / "one", 6)
    assert tries.seconds_left(tmp_path / "one") > 0
    assert tries.seconds_left(tmp_path / "other") == 0


@pytest.mark.parametrize("back", [1, 3600, 400 * 86400])
def test_a_clock_that_was_set_back_frees_nobody_and_shuts_nobody_out(tmp_path: Path, back: int) -> None:
    with at(0):
        after(tmp_path, 12)
    with at(-back):
        assert tries.seconds_left(tmp_path) == tries.LONGEST
    with at(-back + tries.LONGEST - 1):
        assert tries.seconds_left(tmp_path) > 0
    with at(-back + tries.LONGEST + 1):
        assert tries.seconds_left(tmp_path) == 0


@pytest.mark.parametrize("kept", [
    [], "x", {"{place}": 5}, {"{place}": ["a", 1]}, {"{place}": [5]}, {"{place}": [1e308, float("inf")]}, {"{place}": [True, 1]},
])  # fmt: skip
def test_a_laptop_file_with_something_else_in_it_delays_nobody(tmp_path: Path, kept: object) -> None:
    text = json.dumps({"tries": kept}).replace("{place}", str(tmp_path.resolve()))
    laptop.laptop_file().write_text(text, "utf-8")
    assert tries.seconds_left(tmp_path) == 0
    wrong(tmp_path)


def test_a_count_without_end_is_a_delay_like_any(tmp_path: Path) -> None:
    laptop.write_laptop({"tries": {str(tmp_path.resolve()): [10**30, 0]}})
    assert tries.seconds_left(tmp_path) == 0
    with at(0):
        wrong(tmp_path)
        assert tries.seconds_left(tmp_path) == tries.LONGEST


def test_the_command_line_is_under_the_same_delay(run: Commands, monkeypatch: pytest.MonkeyPatch) -> None:
    with at(0):
        monkeypatch.setenv("JIANHUI_PASSPHRASE", "不对的口令")
        for _time in range(5):
            assert "口令不对" in run.refused("figures")
        monkeypatch.setenv("JIANHUI_PASSPHRASE", PASSPHRASE)
        assert "请过 30 秒再试" in run.refused("figures")
        assert "请过 30 秒再试" in run.refused("figures", "--json")
    with at(31):
        assert run("figures")[0] == 0
