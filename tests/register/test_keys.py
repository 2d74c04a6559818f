"""Wrapping the register's key: what it costs whoever copied the files."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from models.errors import WrongPassphrase
from models.register import keys
from tests.aids.speaking import PASSPHRASE

ROOT = Path(__file__).resolve().parent.parent.parent
WRAP = "import sys; from models.register import keys; print(keys.wrap(bytes(range(32)), sys.argv[1], sys.argv[2]), end='')"


@pytest.mark.slow
def test_each_guess_costs_a_thief_a_hundred_megabytes_and_a_third_of_a_second() -> None:
    code = keys.new_recovery_code()
    text = subprocess.run(  # the tests themselves wrap with less work
        [sys.executable, "-c", WRAP, PASSPHRASE, code], cwd=ROOT, capture_output=True, encoding="utf-8", check=True
    ).stdout
    sides = [json.loads(text)[side] for side in ("passphrase", "recovery")]
    assert [128 * side["cost"]["n"] * side["cost"]["r"] for side in sides] == [2**27] * 2
    assert sides[0]["salt"] != sides[1]["salt"]
    assert keys.unwrap(text, PASSPHRASE) == keys.unwrap(text, code) == bytes(range(32))
    with pytest.raises(WrongPassphrase):
        keys.unwrap(text, PASSPHRASE + "。")
