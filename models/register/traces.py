"""What lies in a folder where a register is looked for: one, none, an unfinished one, or what is left of one.

A folder that holds any trace of a register never gets a new one: whoever lost a file must not lose the way back to it too.
"""

import os
from collections.abc import Iterator
from enum import Enum, auto
from pathlib import Path

import platformdirs

from models.errors import DamagedRegister
from models.language import _

FILE = "register.db"
KEY = "register.key"
#: Where an office's register is, of which the folder holds no more.
OFFICE = "office.json"
#: The writer's lock and who holds it: they say nothing of a register.
LOCKS = ("register.lock", "register.owner")
SIDECARS = ("-wal", "-shm", "-journal")
#: What a register is called while it is being created; it takes its name last, whole.
UNFINISHED = FILE + ".part"


class FolderState(Enum):
    """What a folder holds. An ``UNFINISHED`` creation holds nothing yet and may be begun anew; ``REMAINS`` never are."""

    NOTHING = auto()
    UNFINISHED = auto()
    REGISTER = auto()
    REMAINS = auto()


def standing(folder: Path) -> FolderState:
    """What ``folder`` holds. May raise OSError where it cannot be looked into."""
    if (folder / OFFICE).exists():
        return FolderState.REGISTER
    if next(_remains(folder), None) is not None:
        return FolderState.REMAINS
    if (folder / FILE).exists():
        return FolderState.REGISTER
    return FolderState.UNFINISHED if (folder / UNFINISHED).exists() else FolderState.NOTHING


def remains(folder: Path) -> str:
    """What is left of a register that is not whole, and what to do; "" where nothing is wrong."""
    return next(_remains(folder), "")


def key_files(folder: Path) -> list[Path]:
    """The key file and its copies, as far as they are there."""
    return sorted(path for path in folder.glob(KEY + "*") if path.suffix != ".part")


def _remains(folder: Path) -> Iterator[str]:
    file = folder / FILE
    if file.exists():
        if file.stat().st_size == 0:
            yield _("登记册文件是空的（0 字节）：{path}。请用“恢复备份”恢复最近的备份。").format(path=file)
        if not key_files(folder):
            yield _("缺少密钥文件“{path}”。请找回它，或者用“恢复备份”恢复最近的备份。").format(path=folder / KEY)
        return
    backups = folder / "backups"
    if any(backups.glob("*.jhbak")):
        yield _("登记册文件不见了，但备份还在。请用“恢复备份”恢复“{path}”里最近的备份。").format(path=backups)
    for pattern in ("before-restore-*", "restoring*", "register-before-*.db", "set-aside-*"):
        for path in sorted(folder.glob(pattern)):
            yield _("登记册文件不见了，但这里留有以前的登记册：“{path}”。请用“恢复备份”恢复一份备份，或者请人把它放回原处。").format(
                path=path
            )
    if key_files(folder) and not (folder / UNFINISHED).exists():
        yield _("登记册文件不见了，只剩密钥文件“{path}”。请找回“{name}”放在它旁边，或者用“恢复备份”恢复一份备份。").format(
            path=folder / KEY, name=FILE
        )


def exists(folder: Path) -> bool:
    """True when there is a register to open in ``folder``; False when one may be created there.

    A creation that was interrupted holds nothing: it may be replaced. Raises DamagedRegister when what is there must not be
    written over.
    """
    found = standing(folder)
    if found is FolderState.REMAINS:
        raise DamagedRegister(remains(folder))
    return found is FolderState.REGISTER


def none_here(folder: Path) -> str:
    """The sentence for whoever looks for a register in ``folder``, where there is none: what is there, and what to do."""
    if standing(folder) is FolderState.UNFINISHED:
        there = _("建立登记册时中断过，里面还没有内容")
    elif not folder.exists():
        there = _("没有这个文件夹")
    else:
        files = any(path.name not in LOCKS for path in folder.iterdir())
        there = _("里面是别的文件") if files else _("文件夹是空的")
    sentence = _("“{folder}”里没有登记册：{there}。请检查位置（--data）；要在这里建立新的登记册，用 init，或者打开窗口建立。")
    return sentence.format(folder=folder, there=there)


def default_place() -> str:
    """Where the register is unless told otherwise, a folder or an address: JIANHUI_DATA, else the platform's folder for data."""
    return os.environ.get("JIANHUI_DATA") or default_folder()


def default_folder() -> str:
    """The platform's folder for data: where the register is that nobody has named a place for."""
    return platformdirs.user_data_dir("jianhui", appauthor=False)
