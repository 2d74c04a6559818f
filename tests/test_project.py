"""The project as a folder: what is pinned is all there is, the set-up works from anywhere, the tree stands alone."""

import os
import re
import subprocess
import sys
from importlib.metadata import distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
MADE = {".git", ".venv", "__pycache__", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis", "demo", "build", "dist"}
PINNED = re.compile(r"[A-Za-z0-9_.-]+==[0-9][0-9a-z.]*( ; \S.*)?")
# A package registry, a folder of one particular machine.
ELSEWHERE = re.compile(
    r"py(?:pi|thonhosted)\.(?:org|python)|mirrors?\.[a-z.]+\.(?:com|edu)|(?:^|[\s\"'`(=])/(?:work|home)/", re.MULTILINE
)

posix_only = pytest.mark.skipif(os.name == "nt", reason="the shell scripts are for Linux")


def requirements(name: str) -> list[str]:
    lines = (ROOT / name).read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith(("#", "-r "))]


def needed_by(name: str) -> set[str]:
    """The canonical names of the packages that an installed one asks for on this machine."""
    needed = [Requirement(text) for text in distribution(name).requires or ()]
    return {canonicalize_name(need.name) for need in needed if not need.marker or need.marker.evaluate({"extra": ""})}


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_requirement_is_pinned_and_names_no_host(name: str) -> None:
    assert [line for line in requirements(name) if not PINNED.fullmatch(line)] == []


@pytest.mark.parametrize("names", [["requirements.txt"], ["requirements.txt", "requirements-dev.txt"]])
def test_whatever_a_package_pulls_in_is_pinned_too(names: list[str]) -> None:
    pins = [Requirement(line) for name in names for line in requirements(name)]
    here = [pin.name for pin in pins if not pin.marker or pin.marker.evaluate()]
    pinned = {canonicalize_name(name) for name in here}
    assert {name: missing for name in here if (missing := needed_by(name) - pinned)} == {}


def test_the_tests_run_with_the_pinned_versions() -> None:
    pins = [Requirement(line) for name in ("requirements.txt", "requirements-dev.txt") for line in requirements(name)]
    here = [pin for pin in pins if not pin.marker or pin.marker.evaluate()]
    assert [str(pin) for pin in here if distribution(pin.name).version not in pin.specifier] == []


def test_no_file_speaks_of_a_registry_or_of_one_machine() -> None:
    faults = []
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [name for name in folders if name not in MADE]
        for name in names:
            if name.startswith(".coverage"):
                continue
            path = Path(folder, name)
            text = path.read_bytes().decode("utf-8", "replace")
            faults += [f"{path.relative_to(ROOT)}: {found[0].strip()}" for found in ELSEWHERE.finditer(text)]
    assert faults == []


@pytest.mark.parametrize("text", ["https://pypi" + ".org/simple", "mirrors." + "aliyun.com", "open('/wo" + "rk/a')"])
def test_a_registry_or_a_machine_would_be_seen(text: str) -> None:
    assert ELSEWHERE.search(text)


@pytest.mark.parametrize("name", ["run.cmd", "test.cmd", "setup.cmd"])
def test_windows_scripts_have_windows_line_ends(name: str) -> None:
    text = (ROOT / "scripts" / name).read_bytes()
    assert text.count(b"\n") == text.count(b"\r\n") > 0


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """A copy of the set-up in a folder with a space, with this interpreter's packages, and a program that tells its arguments."""
    root = tmp_path / "建会 通"
    (root / ".venv" / "bin").mkdir(parents=True)
    (root / ".venv" / "bin" / "python").symlink_to(Path(sys.executable))
    (root / ".venv" / "lib").symlink_to(Path(sys.prefix, "lib"))
    (root / ".venv" / "pyvenv.cfg").write_bytes(Path(sys.prefix, "pyvenv.cfg").read_bytes())
    (root / ".venv" / "installed").mkdir()
    (root / "scripts").mkdir()
    for name in ("run", "setup"):
        (root / "scripts" / name).write_bytes((ROOT / "scripts" / name).read_bytes())
    for copy in (root / "requirements.txt", root / ".venv" / "installed" / "requirements.txt"):
        copy.write_bytes((ROOT / "requirements.txt").read_bytes())
    (root / "main.py").write_text("import sys\nprint(sys.argv[1:])\nsys.exit(len(sys.argv) - 1)\n", "utf-8")
    return root


def run(root: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Start scripts/run in a copy, from another folder, without a display unless the environment names one."""
    kept = {name: value for name, value in os.environ.items() if name not in {"DISPLAY", "WAYLAND_DISPLAY"}}
    command = ["sh", str(root / "scripts" / "run"), *arguments]
    return subprocess.run(command, cwd="/", env=kept | environment, capture_output=True, text=True, check=False)


@posix_only
def test_run_passes_arguments_and_exit_status_on(elsewhere: Path) -> None:
    done = run(elsewhere, "list", "a b", "")
    assert (done.stdout, done.stderr, done.returncode) == ("['list', 'a b', '']\n", "", 3)


@posix_only
def test_run_without_display_and_arguments_says_that_it_shows_the_demonstration(elsewhere: Path) -> None:
    said, arguments = run(elsewhere).stdout.splitlines()
    assert "demo" in said
    assert arguments == "['demo']"


@posix_only
def test_run_with_a_display_opens_the_window(elsewhere: Path) -> None:
    assert run(elsewhere, DISPLAY=":0").stdout == "[]\n"


def test_a_stray_warning_in_the_log_fails_its_test(tmp_path: Path) -> None:
    (tmp_path / "conftest.py").write_bytes((ROOT / "tests" / "conftest.py").read_bytes())
    (tmp_path / "test_log.py").write_text(
        "import logging, pytest\n"
        "def test_stray(): logging.warning('stray')\n"
        "@pytest.mark.logs\n"
        "def test_meant(): logging.warning('meant')\n"
        "def test_quiet(): logging.info('quiet')\n",
        "utf-8",
    )
    command = [sys.executable, "-m", "pytest", "-c", str(ROOT / "pyproject.toml"), f"--rootdir={tmp_path}", str(tmp_path)]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "3 passed, 1 error" in done.stdout
    assert "root: stray" in done.stdout
