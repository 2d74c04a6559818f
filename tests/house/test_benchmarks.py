"""What benchmarks say besides their figures: what got worse since they were last written down, and on which Python."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.measured import FIGURES, begin, compare, with_pgo

ROOT = Path(__file__).resolve().parent.parent.parent


def test_what_got_worse_by_more_than_a_fifth_is_named(tmp_path: Path) -> None:
    file = tmp_path / "figures.json"
    assert compare("start", {"list / 库": 1.5, "门 / 空窗口": 2.0}, keep=True, file=file) == []
    assert compare("lists", {"备份 / 复制": 1.0}, keep=True, file=file) == []
    assert compare("start", {"list / 库": 1.79, "门 / 空窗口": 1.0, "新的": 9.0}, file=file) == []
    assert compare("start", {"list / 库": 1.81, "门 / 空窗口": 2.5}, file=file) == [
        "变差了：list / 库 1.50 → 1.81", "变差了：门 / 空窗口 2.00 → 2.50",
    ]  # fmt: skip
    assert compare("another", {"list / 库": 99.0}, file=file) == []


def test_figures_are_written_down_when_asked_and_those_not_measured_stay(tmp_path: Path) -> None:
    file = tmp_path / "figures.json"
    compare("start", {"a": 1.0, "b": 2.0}, keep=True, file=file)
    compare("start", {"a": 3.0}, file=file)
    assert json.loads(file.read_text("utf-8")) == {"start": {"a": 1.0, "b": 2.0}}
    assert compare("start", {"a": 3.00049}, keep=True, file=file) == ["变差了：a 1.00 → 3.00"], "it is named, and then written"
    assert json.loads(file.read_text("utf-8")) == {"start": {"a": 3.0, "b": 2.0}}


def test_the_written_figures_are_ratios_by_benchmark_and_name() -> None:
    held = json.loads(FIGURES.read_text("utf-8"))
    assert {name for name in held if not (ROOT / "benchmarks" / f"{name}.py").exists()} == set()
    assert all(isinstance(ratio, float) and 0 < ratio < 100 for each in held.values() for ratio in each.values())


def test_a_benchmark_says_which_python_it_runs_on(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIANHUI_BENCHMARK_PYTHON", sys.executable)  # a better one has been looked for already
    begin()
    said = capfd.readouterr().err
    assert said.startswith(f"Python {sys.version.split()[0]}（{'PGO' if with_pgo() else '没有 PGO'}）")


@pytest.mark.skipif(sys.platform == "win32", reason="all Pythons there are built so")
def test_another_python_says_of_itself_whether_it_was_built_with_pgo() -> None:
    ask = "import sysconfig; from benchmarks.measured import with_pgo; print(with_pgo())"
    done = subprocess.run([sys.executable, "-c", ask], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str(with_pgo())
