"""Damaged workbooks: each ends as rows or as a sentence, and the run that says so can be trusted.

The suite damages two hundred, every kind of file and of damage among them; JIANHUI_FULL=1 makes them two thousand.
"""

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.fuzz_mutations import Mutant, mutant
from benchmarks.fuzz_readers import Read, judge
from benchmarks.fuzz_samples import PASSWORD, PEOPLE, Sample, people, samples
from importers.reader.process import read_all
from importers.workbook.sheet import SheetHead, SheetRow
from tests.aids.broken_files import xlsx
from tests.aids.sizes import every
from tests.aids.speaking import Rows

ROOT = Path(__file__).resolve().parent.parent.parent.parent
COUNT = 2_000 // every(10)

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform == "win32", reason="the run forks")]


def test_damaged_workbooks_end_as_rows_or_as_a_sentence() -> None:
    command = [sys.executable, str(ROOT / "benchmarks" / "fuzz_readers.py"), "--count", str(COUNT), "--seed", "1", "--json"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.stdout, done.stderr
    told = json.loads(done.stdout)
    assert told["findings"] == []
    assert sum(told["outcomes"].values()) == COUNT
    # a run in which nothing could be read, or in which nothing was damaged, proves nothing
    assert told["outcomes"]["read"] > COUNT * 0.3
    assert told["outcomes"]["told"] > COUNT * 0.05
    assert {name.rpartition(": ")[0] for name in told["containers"]} == {sample.name for sample in samples()}


@pytest.mark.parametrize("sample", samples(), ids=lambda sample: sample.name)
def test_every_sound_sample_gives_all_of_its_people(sample: Sample, tmp_path: Path) -> None:
    path = tmp_path / sample.name
    path.write_bytes(sample.data)
    sheets = read_all(path, password=PASSWORD)
    # what an old code page does not have was lost by whoever wrote the file
    written = [[str(value).encode(sample.encoding, "replace").decode(sample.encoding) for value in row] for row in people()]
    assert [[str(value) for value in row.values] for row in sheets[0].rows[1 : 1 + PEOPLE]] == written


def read_of(rows: Rows, *notes: str) -> Read:
    head = SheetHead("a", "花名册", 0, False, "xlsx", notes=notes)
    return Read([head], [SheetRow(number, list(row)) for number, row in enumerate(rows, 1)])


def test_a_row_lost_in_silence_is_found_and_one_that_was_told_is_not() -> None:
    rows = [list(row) for row in people()]
    data = xlsx(rows)
    whole, missing, complaining = read_of(rows), read_of(rows[:-1]), read_of(rows[:-1], "坏了")
    for promise in ("same", "holds"):
        made = Mutant(data, "none", promise)
        sample = Sample("a.xlsx", data, "zip")
        assert judge(sample, made, whole, whole) == ""
        assert judge(sample, made, whole, missing) != ""
        assert judge(sample, made, whole, complaining) == ""


def test_a_row_that_the_damage_took_away_is_no_finding() -> None:
    rows = [list(row) for row in people()]
    damaged = Mutant(xlsx(rows[:-1]), "row removed", "holds")
    assert judge(Sample("a.xlsx", xlsx(rows), "zip"), damaged, read_of(rows), read_of(rows[:-1])) == ""


def test_a_reader_that_takes_too_long_is_found() -> None:
    slow = Read(refused="太长", seconds=100)
    assert "hang" in judge(Sample("a.csv", b"", "text"), Mutant(b"", "none", "same"), Read(), slow)


def test_the_same_seed_makes_the_same_mutants_of_a_sample() -> None:
    for sample in [each for each in samples() if each.family != "locked"]:
        for number in range(5):
            first, again = (mutant(sample, random.Random(number)).data for _time in range(2))
            assert first == again != sample.data
