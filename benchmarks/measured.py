"""A part of a benchmark in a process of its own: its seconds, and the memory of it and of what it started."""

import json
import statistics
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

#: Seconds between two looks at the memory of a process and of its children.
_LOOK = 0.02
Seconds = dict[str, float]


@contextmanager
def timed(seconds: Seconds, name: str) -> Iterator[None]:
    """Take the time of what happens inside, under its name."""
    start = time.perf_counter()
    yield
    seconds[name] = time.perf_counter() - start


def in_own_process(name: str, command: Sequence[str]) -> Seconds:
    """Run a command that prints its seconds as JSON; with them, under the part's name, the peaks of memory in megabytes.

    ``… MB`` is the process alone, ``… MB together`` the process and its children, looked at in the same instant.
    """
    together = alone = 0
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        while process.poll() is None:
            own = _memory(process.pid)
            together = max(together, own + sum(map(_memory, _children(process.pid))))
            alone = max(alone, own)
            time.sleep(_LOOK)
        assert process.stdout is not None
        text = process.stdout.read()
    if process.returncode:
        raise SystemExit(process.returncode)
    found: Seconds = json.loads(text)
    return found | {f"{name} MB": alone / 1000, f"{name} MB together": together / 1000}


def medians(runs: int, parts: Sequence[Callable[[], Seconds]]) -> Seconds:
    """The medians of ``runs`` turns; in each turn every part has its turn, so that all meet the same weather."""
    samples: dict[str, list[float]] = {}
    for _run in range(runs):
        for part in parts:
            for name, value in part().items():
                samples.setdefault(name, []).append(value)
    return {name: statistics.median(values) for name, values in samples.items()}


def _memory(pid: int) -> int:
    """The kilobytes that a process occupies; 0 when it has ended, or the system keeps no such account."""
    try:
        for line in Path(f"/proc/{pid}/status").read_text("utf-8").splitlines():
            if line.startswith("VmRSS"):
                return int(line.split()[1])
    except OSError:
        pass
    return 0


def _children(pid: int) -> list[int]:
    try:
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
        return [int(child) for task in tasks for child in (task / "children").read_text("utf-8").split()]
    except OSError:
        return []
