"""Reading children that are there at once: copies of one process that has loaded all readers before.

The program starts itself anew for every workbook, and loading is nearly all of what a small one costs. Here one process of its
own loads everything once and makes a copy of itself for each file: another process with its own limits, which is killed and may
die as any other. Whether the program starts a child as it should is seen where ``true_reader`` is asked for.
"""

import os
import select
import signal
import socket
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import IO

from importers.reader import child
from importers.reader.process import ChildProcess
from importers.workbook.opened import ReadOptions
from importers.workbook.reading import open_sheets, read_bytes

ROOT = Path(__file__).resolve().parent.parent.parent
_SERVE = "import sys; sys.path.insert(0, sys.argv[1]); from tests.aids.quick_reader import serve; serve(int(sys.argv[2]))"
_PID_BYTES = 8


class Copies:
    """The process that is copied, and the way to ask it for a copy. ``start`` may be called from any thread."""

    def __init__(self) -> None:
        """Start it. Only Linux can: :func:`possible`."""
        self._channel, theirs = socket.socketpair()
        with theirs:
            command = [sys.executable, "-c", _SERVE, str(ROOT), str(theirs.fileno())]
            self._process = subprocess.Popen(command, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL,
                start_new_session=True)
        self._asking = threading.Lock()

    def start(self) -> ChildProcess:
        """A copy that waits for its request."""
        request, stdin = os.pipe()
        stdout, answer = os.pipe()
        with self._asking:
            socket.send_fds(self._channel, [b"."], [request, answer])
            pid = int.from_bytes(self._channel.recv(_PID_BYTES, socket.MSG_WAITALL), "big")
            handle = os.pidfd_open(pid)  # it is remembered there until the next one is asked for
        os.close(request)
        os.close(answer)
        return _Copy(handle, os.fdopen(stdin, "wb"), os.fdopen(stdout, "rb"))

    def close(self) -> None:
        """End it."""
        self._channel.close()
        self._process.wait()


class _Copy:
    def __init__(self, handle: int, stdin: IO[bytes], stdout: IO[bytes]) -> None:
        self._handle = handle
        self.stdin: IO[bytes] | None = stdin
        self.stdout: IO[bytes] | None = stdout

    def kill(self) -> None:
        with suppress(ProcessLookupError):
            signal.pidfd_send_signal(self._handle, signal.SIGKILL)

    def wait(self) -> int:
        ended = select.poll()
        ended.register(self._handle, select.POLLIN)
        ended.poll()
        os.close(self._handle)
        return 0


def possible() -> bool:
    """True where processes can be copied and watched so."""
    return hasattr(os, "pidfd_open")


def serve(number: int) -> None:
    """The life of the process that is copied; ``number`` is its end of the channel."""
    channel = socket.socket(fileno=number)
    for name in ("01税务代收工会经费名单.csv", "03工会组织信息采集表.xls", "05会员信息采集表（砚屿软件）.xlsx"):
        sample = ROOT / "samples" / name
        for sheet in open_sheets(read_bytes(sample), sample.name, ReadOptions())[1]:
            list(sheet.rows)
    while True:
        asked, pipes, _flags, _address = socket.recv_fds(channel, 1, 2)
        with suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        if not asked:
            return
        pid = os.fork()
        if pid == 0:
            channel.close()
            _read(*pipes)
        for pipe in pipes:
            os.close(pipe)
        channel.sendall(pid.to_bytes(_PID_BYTES, "big"))


def _read(request: int, answer: int) -> None:
    """The whole life of a copy. It never returns."""
    status = 1
    try:
        os.dup2(request, 0)
        os.dup2(answer, 1)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        os.close(request)
        os.close(answer)
        status = child.main()
    finally:
        os._exit(status)
