"""One writer at a time: a lock beside the register, and a note that says who holds it."""

import json
import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from models.errors import RegisterBusy, UserError
from models.files.failures import told
from models.files.private import FILE_MODE, private_folder, tighten
from models.files.replacing import write_whole
from models.language import _
from models.register import swapping
from models.register.laptop import person_name
from models.register.traces import OFFICE

#: Seconds that a command waits for the other writer before it says who holds the register.
WAIT = 5.0


@contextmanager
def writing(folder: Path, doing: str, wait: float = WAIT) -> Iterator[None]:
    """Hold the right to write to the register in ``folder``; ``doing`` tells others why, e.g. "导入".

    A restore that was cut off is ended first, and an older folder's rights are tightened. Raises RegisterBusy with the holder's
    name, machine and doing after ``wait`` seconds; UserError when such a restore cannot be ended, OSError where the folder
    takes no lock. A killed holder frees the lock.
    """
    if (folder / OFFICE).exists():  # its server lets many write
        yield
        return
    private_folder(folder)
    note = folder / "register.owner"
    lock = FileLock(folder / "register.lock", timeout=wait, mode=FILE_MODE, thread_local=False)
    try:
        lock.acquire()
    except Timeout as error:
        raise RegisterBusy(_busy(note)) from error
    try:
        owner = {"person": person_name(), "host": platform.node(), "pid": os.getpid(), "doing": doing}
        with suppress(OSError):  # a full disk: then others are told that it is held, and not by whom
            write_whole(note, json.dumps(owner))
        tighten(folder)
        swapping.end(folder)
        yield
    finally:
        with suppress(OSError):
            note.unlink(missing_ok=True)
        lock.release()


def settle(folder: Path) -> None:
    """End a restore that was cut off: to be called before a folder is looked at. UserError while one is under way."""
    if not swapping.underway(folder):
        return
    try:
        with writing(folder, _("恢复备份"), wait=0):
            pass  # whoever gets the lock has ended it
    except RegisterBusy as error:
        raise UserError(_("这里正在恢复备份，请等它做完再试。")) from error
    except OSError as error:
        raise told(error, _("上次恢复备份做到一半，现在接不下去")) from error


def _busy(note: Path) -> str:
    try:
        owner = json.loads(note.read_text("utf-8"))
        sentence = _(
            "登记册正被 {person} 在“{host}”上的建会通使用（{doing}，进程 {pid}）。请等它结束，或者关闭那个窗口后再试。"
        )
        return sentence.format(**owner)
    except (OSError, ValueError, KeyError, TypeError):
        return _("登记册正被另一个建会通使用。请等它结束，或者关闭那个窗口后再试。")
