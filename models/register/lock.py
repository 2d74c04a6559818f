"""One writer at a time: a lock beside the register, and a note that says who holds it."""

import json
import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from models.errors import RegisterBusy
from models.language import _
from models.register.laptop import person_name

#: Seconds that a command waits for the other writer before it says who holds the register.
WAIT = 5.0


@contextmanager
def writing(folder: Path, doing: str, wait: float = WAIT) -> Iterator[None]:
    """Hold the right to write to the register in ``folder``; ``doing`` tells others why, e.g. "导入".

    Raises RegisterBusy with the holder's name, machine and doing after ``wait`` seconds. A killed holder frees the lock.
    """
    folder.mkdir(parents=True, exist_ok=True)
    note = folder / "register.owner"
    lock = FileLock(folder / "register.lock", timeout=wait, thread_local=False)
    try:
        lock.acquire()
    except Timeout as error:
        raise RegisterBusy(_busy(note)) from error
    try:
        note.write_text(
            json.dumps({"person": person_name(), "host": platform.node(), "pid": os.getpid(), "doing": doing}), "utf-8"
        )
        yield
    finally:
        with suppress(OSError):
            note.unlink(missing_ok=True)
        lock.release()


def _busy(note: Path) -> str:
    try:
        owner = json.loads(note.read_text("utf-8"))
        sentence = _(
            "登记册正被 {person} 在“{host}”上的建会通使用（{doing}，进程 {pid}）。请等它结束，或者关闭那个窗口后再试。"
        )
        return sentence.format(**owner)
    except (OSError, ValueError, KeyError, TypeError):
        return _("登记册正被另一个建会通使用。请等它结束，或者关闭那个窗口后再试。")
