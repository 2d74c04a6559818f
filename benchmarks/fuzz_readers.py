"""Damaged workbooks by the thousand: ``python benchmarks/fuzz_readers.py [--count 20000] [--seed 1] [--only N] [--json]``.

Small sound files in every container (``fuzz_samples.py``) are damaged by chance (``fuzz_mutations.py``) and read by the
program's own way, parent and child with their limits. Every mutant must end as rows or as a sentence: no other exception,
no wait beyond the limits, no growth of the parent, and no row lost without a word (``fuzz_truth.py``). Most children are
forks of a process that has the libraries loaded; some are started as the program starts them. The same seed gives the
same mutants, but for the password-protected ones. Linux and macOS only.
"""

import argparse
import gc
import json
import logging
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

if not __package__:
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.fuzz_mutations import Mutant, mutant
from benchmarks.fuzz_samples import PASSWORD, Sample, proofs, samples
from benchmarks.fuzz_truth import apart, held
from importers.reader import child as reader_child
from importers.reader import process as reader_process
from importers.workbook.sheet import ReadLimits, SheetHead, SheetRow
from models.errors import UserError

LIMITS = ReadLimits(seconds=20, total_seconds=30)
#: One mutant of so many is read by a child that is started anew.
STARTED = 50
#: A password's key takes long to compute, on purpose: one mutant of so many is such a file.
LOCKED = 60
#: Rows kept for the comparison; a mutant may turn a sheet into a million rows.
_KEPT_ROWS = 5_000
#: Notes of files that are read all the same: they excuse no missing row.
_NO_EXCUSE = ("无法识别", "引号不成对", "个隐藏行", "没有保存结果")
#: What the parent may grow after its first mutants, in MB.
GROWTH = 60


@dataclass
class Read:
    """What came of one file: its sheets' heads and rows, or the sentence."""

    heads: list[SheetHead] = field(default_factory=list)
    rows: list[SheetRow] = field(default_factory=list)
    refused: str = ""
    seconds: float = 0

    @property
    def complaints(self) -> set[str]:
        """Everything told that is not simply rows."""
        told = {note for head in self.heads for note in head.notes}
        told |= {head.refused for head in self.heads if head.refused}
        return told | {f"hidden {head.sheet}" for head in self.heads if head.hidden} | ({self.refused} - {""})


class Fork:
    """A reading child that need not load anything: a copy of this process that serves one request."""

    def __init__(self) -> None:
        """Fork, and let the copy read its request."""
        request, self_in = os.pipe()
        self_out, answer = os.pipe()
        self._pid = os.fork()
        if self._pid == 0:
            _serve(request, answer, (self_in, self_out))
        os.close(request)
        os.close(answer)
        self.stdin: IO[bytes] | None = os.fdopen(self_in, "wb")
        self.stdout: IO[bytes] | None = os.fdopen(self_out, "rb")

    def kill(self) -> None:
        """End it now."""
        os.kill(self._pid, signal.SIGKILL)

    def wait(self) -> int:
        """Wait for its end; its exit status."""
        return os.waitpid(self._pid, 0)[1]


def _serve(request: int, answer: int, others: tuple[int, int]) -> None:
    """The copy's whole life. It never returns."""
    status = 1
    try:
        for other in others:
            os.close(other)
        os.dup2(request, 0)
        os.dup2(answer, 1)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # a native reader's last words
        os.close(request)
        os.close(answer)
        status = reader_child.main()
    finally:
        os._exit(status)


def read(path: Path, anew: bool = False) -> Read:
    """Read a file the program's own way. UserError becomes ``refused``, everything else is raised."""
    found = Read()
    start = time.monotonic()
    try:
        for part in reader_process.read(path, limits=LIMITS, password=PASSWORD, start=None if anew else Fork):
            if isinstance(part, SheetHead):
                found.heads.append(part)
            elif isinstance(part, list):
                found.rows += part[: max(_KEPT_ROWS - len(found.rows), 0)]
    except UserError as error:
        found.refused = str(error).replace(path.name, "…")
    found.seconds = time.monotonic() - start
    return found


def judge(sample: Sample, made: Mutant, sound: Read, got: Read) -> str:
    """What is wrong with the outcome; empty when nothing is."""
    if got.seconds > LIMITS.total_seconds + 5:
        return f"hang: {got.seconds:.0f} s"
    told = got.complaints - sound.complaints
    if any(not any(words in each for words in _NO_EXCUSE) for each in told):
        return ""
    if made.promise == "same" and not told:
        return "" if got.rows == sound.rows else f"changed: {_difference(sound.rows, got.rows)}"
    marks = {text: str(row.values[0]) for row in sound.rows if len(row.values) > 3 for text in proofs(row.values)}
    came = {marks[text] for row in got.rows for value in row.values for text in _texts(value) if text in marks}
    missing = set(marks.values()) - came
    if missing:
        missing &= apart(lambda: held(sample, made.data, marks), 1 << 30, 20)
    return f"lost: {len(missing)} rows, such as {min(missing)}" if missing else ""


def _texts(value: object) -> list[str]:
    """A row inside a cell of several lines is no row."""
    text = str(value).strip()
    return [] if "\n" in text else [text, text.strip('"')]


def _difference(sound: list[SheetRow], got: list[SheetRow]) -> str:
    for before, after in zip(sound, got, strict=False):
        if before != after:
            return f"{before} became {after}"
    return f"{len(sound)} rows became {len(got)}"


def _memory() -> int:
    """What this process holds, in MB, where the system tells (Linux)."""
    status = Path("/proc/self/statm")
    return int(status.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") >> 20 if status.exists() else 0


def run(count: int, seed: int, part: int = 0, parts: int = 1, only: int | None = None) -> dict[str, Any]:
    """Read the mutants whose number leaves ``part`` when divided by ``parts``; counts of outcomes, and findings."""
    logging.disable(logging.WARNING)  # the readers' failures are counted here
    _load_readers()
    made_samples = samples()
    usual = [sample for sample in made_samples if sample.family != "locked"]
    locked = [sample for sample in made_samples if sample.family == "locked"]
    outcomes, containers, findings, slowest, first_memory = Counter[str](), Counter[str](), [], (0.0, 0), 0
    with tempfile.TemporaryDirectory() as folder:
        sound = {sample.name: read(_put(Path(folder), sample.name, sample.data)) for sample in made_samples}
        gc.freeze()
        for number in [only] if only is not None else range(part, count, parts):
            choice = locked if number % LOCKED == LOCKED - 1 else usual
            sample = choice[number // 2 % len(choice)]
            made = mutant(sample, random.Random(f"{seed}:{number}"))
            path = _put(Path(folder), sample.name, made.data)
            try:
                got = read(path, anew=number % STARTED == 0)
                wrong = judge(sample, made, sound[sample.name], got)
            except Exception as error:  # noqa: BLE001 - this is what the run looks for
                got, wrong = Read(), f"crash: {error!r}"
            if wrong:
                findings.append(f"{number} {sample.name} ({made.damage}): {wrong}")
            if only is not None:
                Path(f"mutant-{number}-{sample.name}").write_bytes(made.data)
            outcomes[got.refused or ("told" if got.complaints - sound[sample.name].complaints else "read")] += 1
            containers[f"{sample.name}: {'refused' if got.refused else 'read'}"] += 1
            slowest = max(slowest, (got.seconds, number))
            if number >= 100 and not first_memory:
                first_memory = _memory()
    growth = _memory() - first_memory if first_memory else 0
    if growth > GROWTH:
        findings.append(f"memory: the parent grew by {growth} MB")
    return {"outcomes": outcomes, "containers": containers, "findings": findings, "slowest": slowest, "growth": growth}


def _put(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def _load_readers() -> None:
    """Before forking: what a child would load itself."""
    from importers.workbook import html, native, ods, password, row_by_row, spreadsheetml, text, xls, xlsx

    for module in (html, native, ods, password, row_by_row, spreadsheetml, text, xls, xlsx):
        assert module.__doc__


def run_all(count: int, seed: int) -> dict[str, Any]:
    """The same on every processor, each with its part of the mutants."""
    parts = os.cpu_count() or 1
    command = [sys.executable, str(Path(__file__).resolve()), "--json", "--count", str(count), "--seed", str(seed)]
    workers = [
        subprocess.Popen([*command, "--part", f"{part}/{parts}"], stdout=subprocess.PIPE, text=True) for part in range(parts)
    ]
    told = [json.loads(worker.communicate()[0]) for worker in workers]
    return {
        "outcomes": sum((Counter(each["outcomes"]) for each in told), Counter[str]()),
        "containers": sum((Counter(each["containers"]) for each in told), Counter[str]()),
        "findings": [finding for each in told for finding in each["findings"]],
        "slowest": max(each["slowest"] for each in told),
        "growth": max(each["growth"] for each in told),
    }


def main() -> int:
    """Print a summary; 1 when something was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", type=int, help="one mutant by its number; its file is kept here")
    parser.add_argument("--part", help="which mutants, such as 0/2: numbers that leave 0 when divided by 2")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    start = time.monotonic()
    if arguments.part or arguments.only is not None:
        part, parts = map(int, (arguments.part or "0/1").split("/"))
        found = run(arguments.count, arguments.seed, part, parts, arguments.only)
    else:
        found = run_all(arguments.count, arguments.seed)
    if arguments.json:
        print(json.dumps(found, ensure_ascii=False))
        return 1 if found["findings"] else 0
    print(f"{arguments.count} mutants, seed {arguments.seed}, {time.monotonic() - start:.0f} s; parent +{found['growth']} MB")
    print(f"slowest: {found['slowest'][0]:.1f} s (mutant {found['slowest'][1]})")
    for title in ("outcomes", "containers"):
        for name, times in Counter(found[title]).most_common():
            print(f"{times:7} {name}")
    print(*(found["findings"] or ["nothing found"]), sep="\n")
    return 1 if found["findings"] else 0


if __name__ == "__main__":
    sys.exit(main())
