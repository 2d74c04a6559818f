"""The project as a folder: what is pinned is all there is, the set-up works from anywhere, the tree stands alone."""

import fnmatch
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Set as AbstractSet
from importlib.metadata import distribution, packages_distributions
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.house.test_architecture import ROOMS, imports, source

ROOT = Path(__file__).resolve().parent.parent.parent
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


def declared() -> tuple[list[Requirement], list[Requirement]]:
    """What pyproject.toml says that the program needs, and what its tests need besides."""
    told = project()
    named = (told["project"]["dependencies"], told["dependency-groups"]["test"])
    needed, tested = ([Requirement(text) for text in each] for each in named)
    return needed, tested


def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def pulled_in(names: AbstractSet[str]) -> set[str]:
    """Packages with all that they ask for on this machine."""
    found, waiting = set(names), list(names)
    for name in waiting:
        more = needed_by(name) - found
        found |= more
        waiting.extend(more)
    return found


def test_what_is_declared_is_pinned_within_its_range_and_nothing_else_is() -> None:
    needed, tested = declared()
    for wanted, name, known in ((needed, "requirements.txt", []), (tested, "requirements-dev.txt", needed)):
        pins = {canonicalize_name(pin.name): pin for pin in map(Requirement, requirements(name))}
        versions = {each: next(iter(pin.specifier)).version for each, pin in pins.items()}
        assert [str(each) for each in wanted if versions.get(canonicalize_name(each.name), "") not in each.specifier] == []
        asked = {canonicalize_name(each.name) for each in (*wanted, *known)}
        here = {each for each, pin in pins.items() if not pin.marker or pin.marker.evaluate()}
        assert here - pulled_in(asked) == set(), name


def test_every_library_that_the_rooms_import_is_declared() -> None:
    homes = packages_distributions()
    named = {name.split(".")[0] for module in source(rooms_only=True) for _line, name in imports(module.nodes)}
    libraries = named - set(sys.stdlib_module_names) - set(ROOMS)
    wanted = {canonicalize_name(each.name) for each in declared()[0]}
    homeless = {name for name in libraries if not wanted & {canonicalize_name(home) for home in homes.get(name, ())}}
    assert homeless == set()


def test_the_licence_and_the_version_are_in_one_place() -> None:
    told = project()["project"]
    assert told["license"] == "Apache-2.0"
    assert "Apache License" in (ROOT / "LICENSE").read_text("utf-8")
    changes = (ROOT / "CHANGELOG.md").read_text("utf-8")
    newest = re.search(r"^## (\d+\.\d+\.\d+)（\d{4}-\d\d-\d\d）$", changes, re.MULTILINE)
    assert newest is not None
    assert newest[1] == told["version"]


def test_the_hooks_before_a_commit_are_our_own() -> None:
    text = (ROOT / ".pre-commit-config.yaml").read_text("utf-8")
    assert re.findall(r"repo: (\S+)", text) == ["local"]
    assert "sh scripts/test --quick" in text


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as ``pip install .`` leaves it among the packages: what pyproject.toml names, and nothing else."""
    wheel = project()["tool"]["hatch"]["build"]["targets"]["wheel"]
    site = tmp_path_factory.mktemp("site-packages")
    (prefix,) = wheel["sources"].values()
    for name in wheel["only-include"]:
        source, target = ROOT / name, site / prefix / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_file():
            shutil.copy(source, target)
        else:
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
    for path in [path for path in (site / prefix).rglob("*") if path.is_file()]:
        inside = path.relative_to(site / prefix).as_posix()
        if any(fnmatch.fnmatch(inside if "/" in pattern else path.name, pattern) for pattern in wheel["exclude"]):
            path.unlink()
    for name, inside in wheel["force-include"].items():
        shutil.copy(ROOT / name, site / prefix / inside)
    return site


def start(site: Path, folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command of an installed package from an empty folder."""
    module, function = project()["project"]["scripts"]["jianhui"].split(":")
    code = f"import sys; sys.argv[0] = 'jianhui'; from {module} import {function}; sys.exit({function}())"
    command = [sys.executable, "-X", "utf8", "-c", code, *arguments]
    wanted = os.environ | {"PYTHONPATH": str(site), "PYTHONSAFEPATH": "1"} | environment
    return subprocess.run(command, cwd=folder, env=wanted, capture_output=True, text=True, encoding="utf-8", check=False)


def test_the_installed_package_makes_a_register_and_reads_its_samples(installed: Path, tmp_path: Path) -> None:
    secret = {"JIANHUI_PASSPHRASE": "渝中 2026 装好的登记册", "JIANHUI_DATA": str(tmp_path / "data")}
    made = start(installed, tmp_path, "init", **secret)
    assert (made.returncode, (tmp_path / "data" / "register.db").exists()) == (0, True), made.stderr
    sample = next((installed / "jianhui" / "samples").glob("06*.txt"))
    done = start(installed, tmp_path, "import", str(sample), "--plan", "--json", **secret)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["files"][0]["sheets"][0]["kind"] == "workers"


def test_the_installed_command_has_its_name_english_texts_guide_and_pictures(installed: Path, tmp_path: Path) -> None:
    assert start(installed, tmp_path, "--help").stdout.startswith("用法：jianhui")
    assert start(installed, tmp_path, "--help", LANGUAGE="en").stdout.startswith("Usage: jianhui")
    code = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "import ui.shell.guide as guide, ui.home.page as home, ui.kit.theme as theme\n"
        "pictures = [part.split(')')[0] for part in guide.GUIDES['zh'].text.read_text('utf-8').split('](')[1:]]\n"
        "there = [(guide.GUIDES['en'].text.parent / each).exists() for each in pictures]\n"
        "print(guide.__file__.startswith(sys.argv[1]), len(there) > 5, all(there), len(home.sample_files()),\n"
        "      (theme.PICTURES / 'jianhui.svg').exists(), guide.GUIDES['en'].text.exists())"
    )
    command = [sys.executable, "-I", "-X", "utf8", "-c", code, str(installed / "jianhui")]
    told = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert told.stdout.split() == ["True", "True", "True", "11", "True", "True"], told.stderr


def test_the_tests_run_with_the_pinned_versions() -> None:
    pins = [Requirement(line) for name in ("requirements.txt", "requirements-dev.txt") for line in requirements(name)]
    here = [pin for pin in pins if not pin.marker or pin.marker.evaluate()]
    assert [str(pin) for pin in here if distribution(pin.name).version not in pin.specifier] == []


def test_no_file_speaks_of_a_registry_or_of_one_machine() -> None:
    faults = []
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [name for name in folders if name not in MADE]
        for name in names:
            if name.startswith(".coverage") or name == ".git":  # a file where the tree is one of several of one repository
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
    (root / ".venv" / "installed" / "fonts").write_text("")  # asked for already: no test installs a package
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
