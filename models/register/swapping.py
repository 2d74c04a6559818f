"""The last step of a restore: a register takes the place of another, all or nothing, whatever cuts it off.

What is to happen is written down (``restoring.json``) before the first file moves. Whoever next gets the right to write to the
folder ends it; if that cannot be done, everything goes back to where it was. Every move can be done again after any other.
"""

import json
import shutil
from contextlib import suppress
from pathlib import Path

from models.errors import UserError
from models.files.failures import told as told_failure
from models.files.failures import why
from models.files.private import private_folder
from models.files.replacing import flush_folder, move, write_whole
from models.language import _

JOURNAL = "restoring.json"
#: Where the restored register waits, checked and flushed, until it may take its place.
INCOMING = "restoring"
#: A register is every file whose name begins so: its log and its key's copies go where it goes.
_FILE, _KEY = "register.db", "register.key"


def underway(folder: Path) -> bool:
    """True when a restore in ``folder`` was begun and not ended: nothing there is to be opened, or made, before it is."""
    return (folder / JOURNAL).exists()


def swap(folder: Path) -> Path | None:
    """Put the register that waits in :data:`INCOMING` in place, and the present one aside, by whoever holds the writer's lock.

    Returns the folder to which the present one went, None when there was none. UserError when it cannot be done: then
    everything is as it was, or the next one to open the folder ends it, and the sentence says which.
    """
    number = 1
    while (folder / f"before-restore-{number}").exists():
        number += 1
    aside = folder / f"before-restore-{number}"
    try:
        there = bool(_named(folder, _FILE) or _named(folder, _KEY))
        write_whole(folder / JOURNAL, json.dumps({"aside": aside.name}))
    except OSError as error:
        with suppress(OSError):
            (folder / JOURNAL).unlink()  # it may have its name already, and must not promise anything
        raise UserError(_("恢复没有完成：{why}。登记册没有改动。").format(why=why(error))) from error
    end(folder)
    return aside if there else None


def end(folder: Path) -> None:
    """End a restore that was begun, by whoever holds the writer's lock; UserError as above.

    Where none was begun there may be one that was cut off while it was unpacked: that is rubbish.
    """
    if not underway(folder):
        shutil.rmtree(folder / INCOMING, ignore_errors=True)
        return
    try:
        told = json.loads((folder / JOURNAL).read_text("utf-8"))
        aside, back = folder / Path(str(told["aside"])).name, bool(told.get("back"))
    except OSError as error:
        raise told_failure(error, _("恢复备份做到一半，现在接不下去")) from error
    except (ValueError, KeyError, TypeError) as error:
        sentence = _("恢复备份做到一半，记录它的文件“{path}”坏了，什么都没有动。请先把“{folder}”整个复制一份，再删去这个文件，重新打开。")
        raise UserError(sentence.format(path=folder / JOURNAL, folder=folder)) from error
    if not back:
        try:
            _forward(folder, aside)
            return
        except OSError as error:
            reason = why(error)
            try:
                write_whole(folder / JOURNAL, json.dumps({"aside": aside.name, "back": True}))
                _back(folder, aside)
            except OSError as again:
                raise _half(folder, again) from error
            raise UserError(_("恢复没有完成：{why}。登记册没有改动。").format(why=reason)) from error
    try:
        _back(folder, aside)
    except OSError as error:
        raise _half(folder, error) from error


def _half(folder: Path, error: OSError) -> UserError:
    sentence = _("恢复备份做到一半停下了：{why}。两本登记册都在“{folder}”里，请勿移动；再打开一次就会接着做完。")
    return UserError(sentence.format(folder=folder, why=why(error)))


def _forward(folder: Path, aside: Path) -> None:
    incoming = folder / INCOMING
    for name in (_KEY, _FILE):
        if not (incoming / name).exists():
            continue  # it has taken its place already
        for old in _named(folder, name):
            private_folder(aside)
            move(old, aside / old.name)
        move(incoming / name, folder / name)
    _done(folder)


def _back(folder: Path, aside: Path) -> None:
    """The new files go back to where they waited, before the old ones come back from where they were put."""
    incoming = folder / INCOMING
    private_folder(incoming)
    for name in (_FILE, _KEY):
        if not (incoming / name).exists():
            move(folder / name, incoming / name)
    for name in (_KEY, _FILE):
        for old in _named(aside, name):
            move(old, folder / old.name)
    _done(folder)
    with suppress(OSError):
        aside.rmdir()


def _done(folder: Path) -> None:
    """The journal goes first: without it what still waits is only rubbish, with it a second going back would not know."""
    (folder / JOURNAL).unlink()
    flush_folder(folder)
    shutil.rmtree(folder / INCOMING, ignore_errors=True)


def _named(folder: Path, beginning: str) -> list[Path]:
    return sorted(path for path in folder.glob(beginning + "*") if path.is_file())
