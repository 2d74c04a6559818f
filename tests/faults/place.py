"""A laptop of the harness's own: folders for the register, the settings, the home; and the program started over them."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.aids.speaking import PASSPHRASE
from tests.aids.terminal import ROOT

CHILD = ROOT / "tests" / "faults" / "child.py"
#: Seconds after which a verb hangs.
PATIENCE = 120
#: What blames the file; all that may be said of one that is damaged; what is said of a passphrase that does not fit.
BLAME = re.compile(r"损坏|受损|恢复备份|不是配套|缺少密钥|不是建会通的|是空的|不见了")
DAMAGE = re.compile(r"损坏|受损|打不开|缺少密钥|不是建会通的|是空的|不见了|读不了密钥|校验不符")
WRONG_PASSPHRASE = re.compile(r"口令不对")


@dataclass(frozen=True)
class Done:
    """A verb that has ended: its exit code (negative when it was killed) and what it printed."""

    code: int
    out: str
    err: str

    @property
    def killed(self) -> bool:
        """True when a signal ended it."""
        return self.code < 0

    @property
    def said(self) -> str:
        """All that a person saw."""
        return self.out + self.err

    @property
    def bad_words(self) -> str:
        """What is wrong with how it ended: a bug's traceback, no sentence with exit 1; "" when nothing is."""
        if self.killed:
            return ""
        if self.code not in (0, 1) or "Traceback" in self.said:
            return f"exit {self.code}: {_last_line(self.err)}"
        if self.code == 1 and not self.said.strip():
            return "exit 1 without a sentence"
        return ""

    def brief(self) -> str:
        """Its code and the last thing it said, for a note."""
        return f"exit {self.code}: {_last_line(self.err) or _last_line(self.out)}"


def _last_line(text: str) -> str:
    lines = [line for line in text.splitlines() if line.strip() and "程序出了错" not in line]
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|/[\w./ -]+/", "…", lines[-1])[:160] if lines else ""


@dataclass(frozen=True)
class Place:
    """One laptop below ``root``."""

    root: Path

    @property
    def data(self) -> Path:
        """The register's folder."""
        return self.root / "data"

    @property
    def home(self) -> Path:
        """The home of whoever uses it."""
        return self.root / "home"

    @property
    def received(self) -> Path:
        """Where workbooks and backups lie that came from elsewhere."""
        return self.root / "received"

    @property
    def out(self) -> Path:
        """Where files are handed out to."""
        return self.root / "out"

    def made(self) -> "Place":
        """Itself, its folders there."""
        for folder in (self.home, self.root / "tmp", self.out, self.received):
            folder.mkdir(parents=True, exist_ok=True)
        return self

    def copy(self, root: Path) -> "Place":
        """A laptop like this one, at another place; what stood there goes."""
        for folder in (root, *root.rglob("*")) if root.exists() else ():
            if folder.is_dir() and not folder.is_symlink():
                folder.chmod(0o700)
        shutil.rmtree(root, ignore_errors=True)
        shutil.copytree(self.root, root, symlinks=True)
        return Place(root)

    def environment(self) -> dict[str, str]:
        """What the program is told of this laptop."""
        kept = {name: os.environ[name] for name in ("PATH", "LANG", "LD_LIBRARY_PATH") if name in os.environ}
        return kept | {
            "HOME": str(self.home), "TMPDIR": str(self.root / "tmp"), "JIANHUI_DATA": str(self.data),
            "JIANHUI_LAPTOP": str(self.home / "laptop.json"), "JIANHUI_PASSPHRASE": PASSPHRASE, "PYTHONUTF8": "1",
            "PYTHONUNBUFFERED": "1", "QT_QPA_PLATFORM": "offscreen",
        }  # fmt: skip

    def start(
        self,
        *verb: str | Path,
        fault: Mapping[str, Any] | None = None,
        before: Sequence[str] = (),
        **environment: str,
    ) -> "subprocess.Popen[str]":
        """Start a verb; ``before``: a command that starts it, such as one that changes the user."""
        program = str(CHILD) if fault or verb[0] in ("edit-form", "paste-block") else str(ROOT / "main.py")
        told = self.environment() | environment | ({"JIANHUI_FAULT": json.dumps(fault)} if fault else {})
        command = [*before, sys.executable, program, *map(str, verb)]
        pipes: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "stdin": subprocess.DEVNULL}
        return subprocess.Popen(command, env=told, cwd="/", text=True, errors="replace", umask=0o022, **pipes)

    def run(self, *verb: str | Path, **options: Any) -> Done:
        """A verb from its start to its end. One that hangs is ended, and told as such."""
        with self.start(*verb, **options) as running:
            try:
                out, err = running.communicate(timeout=PATIENCE)
            except subprocess.TimeoutExpired:
                running.kill()
                out, err = running.communicate()
                return Done(2, out, err + f"\nhung for {PATIENCE} s")
        return Done(running.returncode, out, err)

    def told(self, *verb: str | Path) -> Any:
        """The object that a verb answers with ``--json``; it must succeed."""
        done = self.run(*verb, "--json")
        assert done.code == 0, done.said
        return json.loads(done.out)
