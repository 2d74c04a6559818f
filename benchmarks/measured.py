"""A part of a benchmark in a process of its own: its seconds, and the memory of it and of what it started.

And what benchmarks say besides: which Python they ran on, and what got worse since its figures were last written down.
"""

import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import sysconfig
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

#: Seconds between two looks at the memory of a process and of its children.
_LOOK = 0.02
Seconds = dict[str, float]
#: What the name of a time ends with that is the processor's.
CPU = " CPU"

#: The ratios that were last written down, by benchmark and name; of all of them less is better.
FIGURES = Path(__file__).with_name("figures.json")
#: So much worse than the written figure is told.
_WORSE = 1.2
#: Says that a better Python has been looked for.
_LOOKED = "JIANHUI_BENCHMARK_PYTHON"
_ASK = "import sysconfig; from benchmarks.measured import with_pgo; print(with_pgo())"


def with_pgo() -> bool:
    """True when this Python was built with profile-guided optimisation, as those of python.org and of Debian are.

    One that was built at home says so in its arguments; Debian takes the flag out of what its Pythons say.
    """
    arguments = sysconfig.get_config_var("CONFIG_ARGS") or ""
    return os.name == "nt" or "--enable-optimizations" in arguments or sysconfig.get_config_var("PGO_PROF_USE_FLAG") == ""


def begin(reading: bool = False) -> None:
    """Go on in a Python that was built with PGO where one of the same version is there, and say on stderr which it is.

    ``reading``: files are read by the child, which takes libraries from its own Python alone; then this one goes on.
    """
    if _LOOKED not in os.environ and not with_pgo() and not reading:
        os.environ[_LOOKED] = sys.executable
        os.environ["PYTHONPATH"] = os.pathsep.join([sysconfig.get_path("purelib"), str(FIGURES.parent.parent)])
        better = next(filter(_is_better, _others()), "")
        if better:
            os.execv(better, [better, *sys.argv])  # noqa: S606  # a Python that was found on this machine
    how = "PGO" if with_pgo() else "没有 PGO"
    print(f"Python {platform.python_version()}（{how}），{os.cpu_count()} 核，{platform.machine()}", file=sys.stderr)


def _others() -> Iterator[str]:
    """Other Pythons of this version, which can use the same libraries."""
    name = f"python{sys.version_info.major}.{sys.version_info.minor}"
    for folder in os.environ.get("PATH", "").split(os.pathsep):
        found = shutil.which(name, path=folder)
        if found and Path(found).resolve() != Path(sys.executable).resolve():
            yield found


def _is_better(python: str) -> bool:
    done = subprocess.run([python, "-c", _ASK], capture_output=True, text=True, check=False)
    return done.stdout.strip() == "True"


def compare(benchmark: str, ratios: Mapping[str, float], keep: bool = False, file: Path = FIGURES) -> list[str]:
    """The ratios, of which less is better, that are more than 20 % above those last written down: a line for each.

    ``keep``: write these down, in the place of the last.
    """
    held: dict[str, dict[str, float]] = json.loads(file.read_text("utf-8")) if file.exists() else {}
    last = held.get(benchmark, {})
    worse = {name: ratio for name, ratio in ratios.items() if name in last and ratio > _WORSE * last[name]}
    if keep:
        held[benchmark] = {**last, **{name: round(ratio, 3) for name, ratio in ratios.items()}}
        file.write_text(json.dumps(held, ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf-8")
    return [f"变差了：{name} {last[name]:.2f} → {ratio:.2f}" for name, ratio in worse.items()]


@contextmanager
def timed(seconds: Seconds, name: str) -> Iterator[None]:
    """Take the time of what happens inside, under its name; under "… CPU" that of the processor, of ended children too."""
    start, spent = time.perf_counter(), processor_seconds()
    yield
    seconds[name] = time.perf_counter() - start
    seconds[name + CPU] = processor_seconds() - spent


def processor_seconds() -> float:
    """What this process and its children that have ended took of the processor until now."""
    return sum(os.times()[:4])


def yardstick() -> float:
    """Processor seconds of a fixed piece of work, the shortest of three: what absolute figures are divided by."""
    found = []
    for _turn in range(3):
        start = time.process_time()
        texts = sorted((str(number * 7_919 % 1_000_003) for number in range(200_000)), key=len)
        json.loads(json.dumps(dict.fromkeys(texts, 1)))
        found.append(time.process_time() - start)
    return min(found)


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
