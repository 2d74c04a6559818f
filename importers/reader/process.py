"""Reading a workbook without fear: another process opens it, this one only receives plain rows.

A file that is hostile or broken can at worst end the child; here it becomes a sentence. A child that dies of the
native reader is started once more with the slower ones.
"""

from __future__ import annotations

import base64
import logging
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import IO, Any, Protocol, Self

from importers.reader import wire
from importers.reader.held import HeldRows
from importers.workbook.refusals import Refusal, Told, sentence, user_error
from importers.workbook.sheet import Again, Columns, Contents, ReadLimits, Sheet, SheetHead
from models.files.given import NotAFile, open_file
from models.progress import OnProgress

_ROOT = Path(__file__).resolve().parent.parent.parent
_START = "import sys; sys.path.insert(0, sys.argv.pop(1)); from importers.reader.child import main; sys.exit(main())"
#: between the names of an archive and of what lies in it
BETWEEN_NAMES = " › "
#: how often a person's wish to stop is asked for while nothing arrives
_TICK = 0.1
#: messages that wait for a slow caller; then the child waits, and memory stays flat
_WAITING = 4
#: memory that a large file may take when nobody set a limit: so many times its size, and so much at most
_TIMES_ITS_SIZE = 32
_MOST_MEMORY = 2 << 30
#: the only variables a child needs: where the system keeps its libraries
_KEPT_VARIABLES = ("PATH", "SYSTEMROOT", "WINDIR", "LD_LIBRARY_PATH", "TEMP", "TMP", "TMPDIR")

#: What comes of a file.
ReadPart = SheetHead | Columns | Again | Contents

_log = logging.getLogger(__name__)


class ChildProcess(Protocol):
    """What is asked of a running child; a ``Popen`` with two pipes is one."""

    stdin: IO[bytes] | None
    stdout: IO[bytes] | None

    def kill(self) -> None:
        """End it now, if it has not ended."""

    def wait(self) -> int:
        """Wait until it has ended."""


def child_command() -> list[str]:
    """The command line that starts the reading child: our own program, frozen or not.

    A frozen program is called with ``--import-worker`` as its only argument and must hand over to
    ``importers.reader.child.main`` before anything else.
    """
    if getattr(sys, "frozen", False):
        return [sys.executable, "--import-worker"]
    return [sys.executable, "-I", "-X", "utf8", "-c", _START, str(_ROOT)]


def read_all(
    path: str | os.PathLike[str],
    *,
    limits: ReadLimits | None = None,
    progress: OnProgress | None = None,
    password: str | None = None,
    hidden_sheets: bool = False,
) -> list[Sheet]:
    """All sheets of a file at once; parameters and failures as for :func:`read`."""
    sheets: list[Sheet] = []
    rows = HeldRows()
    for part in read(path, limits=limits, progress=progress, password=password, hidden_sheets=hidden_sheets):
        if isinstance(part, SheetHead) and sheets and sheets[-1].head.index == part.index:
            sheets[-1] = Sheet(part, rows)
        elif isinstance(part, SheetHead):
            rows = HeldRows()
            sheets.append(Sheet(part, rows))
        elif isinstance(part, Again):
            sheets.pop()
        elif not isinstance(part, Contents):
            rows.take(part)
    return sheets


def read(
    path: str | os.PathLike[str],
    *,
    limits: ReadLimits | None = None,
    progress: OnProgress | None = None,
    password: str | None = None,
    hidden_sheets: bool = False,
    inside: Sequence[str] = (),
    data: bytes | None = None,
    start: Callable[[], ChildProcess] | None = None,
) -> Generator[ReadPart]:
    """Yield each sheet's head and then its rows in parts of at most 2,000; empty rows are left out. Of an archive, its contents.

    A head that comes again behind the rows says what they told of their sheet; Again, that the sheet begins anew.

    ``inside``: the names of the members that lead to the file, from the archive at ``path`` on. ``data``: bytes that are no
    file, such as what was pasted; ``path`` then only names them.

    Hidden sheets give a head without rows unless ``hidden_sheets``. ``progress(rows read, rows expected or 0)`` is
    called at least ten times a second and may raise ``Stopped``, which ends the child at once, as does closing the
    generator. ``start`` makes another child than our own program started anew: one that reads thousands of files in a row
    has its way to be quick. Raises UserError (PasswordNeeded when a password is missing or wrong), possibly after some
    sheets.
    """
    file = Path(path)
    given = tuple(inside), data
    job = _Job(file, limits or _limits_of(file), progress or _silent, password, hidden_sheets, start or _start, *given)
    try:
        if data is None:
            _check_file(file)
        try:
            yield from _attempt(job, careful=False)
        except _ChildDiedError as death:
            if not death.between_sheets:
                raise Refusal(death.code) from None
            yield from _attempt(job, careful=True)
    except _ChildDiedError as death:
        raise user_error((death.code, {}), job.name) from None
    except Refusal as refusal:
        raise user_error(refusal.told, job.name) from None


@dataclass(slots=True)
class _Job:
    """One file to read, and how far its reading has come over all attempts."""

    path: Path
    limits: ReadLimits
    progress: OnProgress
    password: str | None
    hidden_sheets: bool
    start: Callable[[], ChildProcess]
    inside: tuple[str, ...] = ()
    data: bytes | None = None
    sheets: int = 0
    rows: int = 0
    expected: int = 0

    @property
    def name(self) -> str:
        """What a person calls the file: its own name, after those of the archives in which it lies."""
        return BETWEEN_NAMES.join((self.path.name, *self.inside))


class _ChildDiedError(Exception):
    """The child ended without a last word. ``between_sheets``: no sheet is half delivered, so another may go on."""

    def __init__(self, code: str, between_sheets: bool) -> None:
        super().__init__(code)
        self.code = code
        self.between_sheets = between_sheets


def _limits_of(path: Path) -> ReadLimits:
    """The usual limits; a file of 50 MB is an honest 600,000 rows, and gets the memory to be read the fast way."""
    limits = ReadLimits()
    try:
        wanted = path.stat().st_size * _TIMES_ITS_SIZE
    except OSError:
        return limits  # whoever opens it next says why
    return replace(limits, memory_bytes=max(limits.memory_bytes, min(wanted, _MOST_MEMORY)))


def _silent(done: int, total: int) -> None:
    """OnProgress that nobody watches."""


def _check_file(path: Path) -> None:
    """What can be said before starting a process."""
    try:
        if path.is_dir():
            raise Refusal("directory")
        if not path.exists():
            raise Refusal("missing")
        with open_file(path) as file:
            if not file.read(1):
                raise Refusal("empty-file")
    except NotAFile as error:
        raise Refusal("not-a-file") from error
    except OSError as error:
        raise Refusal("locked") from error


def _attempt(job: _Job, careful: bool) -> Iterator[ReadPart]:
    """One child's life: its messages as heads and rows, or the contents of an archive.

    Raises Refusal, _ChildDiedError, or what progress raises.
    """
    between_sheets = True
    before = job.rows, job.expected
    texts: dict[str, str] = {}
    with _Child(job, careful) as child:
        while (message := child.next_message()) is not None:
            if "numbers" in message:
                rows = wire.unpack(message, texts)
                job.rows += len(rows.numbers)
                yield rows
            elif "head" in message:
                between_sheets = False
                before = job.rows, job.expected
                job.expected += message["head"]["height"]
                yield _head(message["head"], job.name)
            elif "again" in message:
                between_sheets = True
                job.rows, job.expected = before
                yield Again()
            elif "contents" in message:
                yield Contents(tuple(message["contents"]), tuple(message["left_out"]))
                return
            elif "end" in message:
                if message["end"] != 1:
                    yield _head(message["end"], job.name)
                between_sheets = True
                job.sheets += 1
            else:
                _finish(message, careful, between_sheets)
                return
    raise _ChildDiedError("died", between_sheets)


def _finish(message: dict[str, Any], careful: bool, between_sheets: bool) -> None:
    """The child's last word. Running out of memory is worth another attempt, row by row."""
    if "refused" not in message:
        return
    if where := message.get("where"):
        _log.warning("reader failed: %s", where)
    code, facts = message["refused"]
    if code == "memory" and not careful:
        raise _ChildDiedError(code, between_sheets)
    raise Refusal(code, **facts)


def _head(fields: dict[str, Any], file: str) -> SheetHead:
    refused: Told | None = fields["refused"]
    fields["refused"] = sentence(refused, file) if refused else ""
    fields["notes"] = tuple(sentence(note, file) for note in fields["notes"])
    for name in ("merged", "unsaved"):
        fields[name] = tuple(tuple(place) for place in fields[name])
    del fields["height"]
    return SheetHead(file=file, **fields)


class _Child:
    """A running child, its messages, and the certainty that it ends with us."""

    def __init__(self, job: _Job, careful: bool) -> None:
        self._job = job
        self._waited = 0.0
        self._lines: queue.Queue[bytes] = queue.Queue(_WAITING)
        self._closed = threading.Event()
        self._process = job.start()
        request: dict[str, object] = {
            "path": str(job.path.resolve() if job.data is None else job.path),
            "inside": job.inside,
            "data": None if job.data is None else base64.b64encode(job.data).decode(),
            "limits": asdict(job.limits),
            "password": job.password,
            "hidden_sheets": job.hidden_sheets,
            "careful": careful,
            "skip_sheets": job.sheets,
        }
        assert self._process.stdout is not None
        self._pump = threading.Thread(target=self._receive, args=(self._process.stdout,), daemon=True)
        self._pump.start()
        self._send(request)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_failure: object) -> None:
        self._closed.set()
        self._process.kill()
        self._process.wait()
        self._pump.join()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()

    def _send(self, request: dict[str, object]) -> None:
        assert self._process.stdin is not None
        try:
            with self._process.stdin as pipe:
                pipe.write(wire.encode(request))
        except OSError:
            return  # it died already: the empty answer tells

    def _receive(self, pipe: IO[bytes]) -> None:
        """On its own thread, because Windows cannot wait for a pipe with a time limit. An empty line is the end."""
        for line in pipe:
            self._pass_on(line)
        self._pass_on(b"")

    def _pass_on(self, line: bytes) -> None:
        while not self._closed.is_set():
            try:
                self._lines.put(line, timeout=_TICK)
                return
            except queue.Full:
                continue

    def next_message(self) -> dict[str, Any] | None:
        """The next message, or None when the child has ended; a time spent by our caller does not count as waiting."""
        limits = self._job.limits
        since = time.monotonic()
        while True:
            self._job.progress(self._job.rows, max(self._job.expected, self._job.rows))
            try:
                line = self._lines.get(timeout=min(_TICK, limits.seconds))
                break
            except queue.Empty:
                silence = time.monotonic() - since
                if silence >= limits.seconds or self._waited + silence >= limits.total_seconds:
                    raise Refusal("time") from None
        self._waited += time.monotonic() - since
        return wire.decode(line) if line.endswith(b"\n") else None


def _start() -> subprocess.Popen[bytes]:
    """Start a child with nothing of ours but two pipes, in a group of its own: Ctrl+C at a terminal is for us alone."""
    environment = {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
    try:
        return subprocess.Popen(
            child_command(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=_ROOT,
            env=environment,
            close_fds=True,
            start_new_session=sys.platform != "win32",
            creationflags=_creation_flags(),
        )
    except OSError as error:
        raise Refusal("not-started") from error


def _creation_flags() -> int:
    if sys.platform == "win32":
        return subprocess.CREATE_NO_WINDOW | subprocess.CREATE_NEW_PROCESS_GROUP
    return 0
