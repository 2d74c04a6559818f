"""How the tests speak to the command line: one call per command, in this process or as a program of its own."""

import io
import json
import os
import select
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import pytest

from main import main
from models.register.register import Register
from tests.aids import engines
from tests.aids.speaking import LI, PASSPHRASE, WANG, Rows, workbook

ROOT = Path(__file__).resolve().parent.parent.parent

#: A list with two members, whose numbers no command may say unasked.
PHONES = ("19900000001", "19900000002")
ROSTER: list[list[Any]] = [
    ["重庆市沙坪坝区小龙坎街道商贸服务业联合工会会员花名册"],
    ["姓名", "身份证号", "手机", "所属工会", "工作单位", "入会日期"],
    ["王五", WANG, PHONES[0], "沙坪坝区小龙坎街道商贸服务业联合工会", "重庆砚屿软件技术有限公司", "2024-05-06"],
    ["李四", LI, PHONES[1], "沙坪坝区小龙坎街道商贸服务业联合工会", "重庆砚屿软件技术有限公司", "2024-06"],
]


class Commands:
    """Commands over a register of the test's own."""

    def __init__(self, folder: Path, capture: pytest.CaptureFixture[str]) -> None:
        self.folder, self._capture = folder, capture

    def __call__(self, *arguments: str | Path | int) -> tuple[int, str, str]:
        """Answer a command: exit code, what it printed, what it said on stderr."""
        self._capture.readouterr()
        given = {name: value for name, value in os.environ.items() if name.startswith("JIANHUI_")}
        try:
            code = main([str(each) for each in arguments])
        except SystemExit as stopped:
            code = int(stopped.code or 0)
        finally:
            os.environ.update(given)  # each command gets its own environment, from which it takes the passphrase
        said = self._capture.readouterr()
        return code, said.out, said.err

    def told(self, *arguments: str | Path | int) -> Any:
        """The object that a command answers with ``--json``; it must succeed, and say nothing else."""
        code, out, err = self(*arguments, "--json")
        assert (code, err) == (0, "")
        return json.loads(out)

    def refused(self, *arguments: str | Path | int) -> str:
        """The sentence on stderr with which a command ends; exit 1, nothing printed."""
        code, out, err = self(*arguments)
        assert (code, out) == (1, "")
        return err


def commands(folder: Path, held: Register, patch: pytest.MonkeyPatch, capture: pytest.CaptureFixture[str]) -> Commands:
    """A copy of a register at ``folder``, its passphrase in the environment."""
    patch.setenv("JIANHUI_PASSPHRASE", PASSPHRASE)
    engines.copied(held, folder)
    return Commands(folder, capture)


def stocked(empty: Register, folder: Path, books: Mapping[str, Mapping[str, Rows]]) -> Register:
    """A register into which the command line has imported workbooks (sheets by name): made once, copied by each test."""
    made = engines.copied(empty, folder / "data")
    for name, sheets in books.items():
        path = workbook(folder / f"{name}.xlsx", sheets)
        with pytest.MonkeyPatch.context() as patch, redirect_stdout(io.StringIO()) as said:
            patch.setenv("JIANHUI_LAPTOP", str(folder / "laptop.json"))
            patch.setenv("JIANHUI_PASSPHRASE", PASSPHRASE)  # which the command takes out of its environment
            assert main(["import", str(path), "--data", str(made.folder)]) == 0, said.getvalue()
    return made


def names(run: Commands) -> list[str]:
    """Who is listed."""
    return [row["name"] for row in run.told("list", "workers")["workers"]]


def program(*arguments: str | Path, **options: Any) -> "subprocess.Popen[str]":
    """The command line as a program of its own, its stdout and stderr in pipes unless told otherwise."""
    pipes: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "stdin": subprocess.DEVNULL}
    command = [sys.executable, str(ROOT / "main.py"), *map(str, arguments)]
    return subprocess.Popen(command, text=True, **(pipes | options))


def at_terminal(
    *arguments: str | Path,
    typed: str = "",
    columns: int = 100,
) -> tuple[int | None, str]:
    """Run a command at a terminal of its own, typing the lines of ``typed`` as it asks: exit code, all that it showed.

    Killed without warning it has no exit code.
    """
    import pty  # there is none on Windows
    import termios

    try:
        ours, theirs = pty.openpty()
    except OSError:
        pytest.skip("this machine lends no terminals")
    termios.tcsetwinsize(theirs, (40, columns))
    lines, shown = typed.splitlines(), b""
    with program(*arguments, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True) as running:
        os.close(theirs)
        while (more := _more(ours, running)) is not None:
            shown += more
            if lines and shown.endswith("：".encode()):
                time.sleep(0.1)  # until the question has switched the echo off
                os.write(ours, (lines.pop(0) + "\n").encode())
                shown += b"\n"
    os.close(ours)
    code = running.returncode
    return (code if code >= 0 else None), shown.decode("utf-8", "replace").replace("\r\n", "\n")


def _more(terminal: int, running: "subprocess.Popen[str]") -> bytes | None:
    """What was shown since; None when there will be no more."""
    while not select.select([terminal], [], [], 0.05)[0]:
        if running.poll() is not None:
            return None
    try:
        return os.read(terminal, 65536)
    except OSError:  # how a terminal says that its program has gone
        return None
