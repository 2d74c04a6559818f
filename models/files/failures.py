"""Why a file could not be read or written, told apart by the error's code and never by its words: one table.

An engine or a library wraps what the system said; the first cause that has a code decides. A full disk, a stick that was pulled
and a locked file are no damage, and nobody is told to restore a backup because of them.
"""

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from enum import Enum, auto
from pathlib import Path

from models.errors import UserError
from models.language import N_, _


class Failure(Enum):
    """What kept a file from being read or written."""

    FULL = auto()
    IO = auto()
    READ_ONLY = auto()
    FORBIDDEN = auto()
    LOCKED = auto()
    MISSING = auto()
    TAKEN = auto()
    TOO_LONG = auto()
    TOO_LARGE = auto()
    MALFORMED = auto()
    NOT_OURS = auto()


#: What each failure is, and what a person can do about it.
TABLE: dict[Failure, tuple[str, str]] = {
    Failure.FULL: (N_("磁盘空间不足"), N_("请清理磁盘后再试")),
    Failure.IO: (N_("磁盘读写出错"), N_("请检查磁盘或 U 盘是否插好，再试一次；反复出现就换一个磁盘")),
    Failure.READ_ONLY: (N_("那里只能读，不能写"), N_("请换一个可以写的文件夹，或者取消只读")),
    Failure.FORBIDDEN: (N_("没有权限"), N_("文件开着就先关闭打开它的程序（如 WPS、Excel），否则检查文件夹的权限，或者换一个文件夹")),
    Failure.LOCKED: (N_("正被另一个程序使用"), N_("请关闭那个程序，稍后再试")),
    Failure.MISSING: (N_("文件或文件夹不在了"), N_("请检查位置，U 盘要先插好")),
    Failure.TAKEN: (N_("那里有一个同名的文件或文件夹"), N_("请换一个名字或位置")),
    Failure.TOO_LONG: (N_("文件名或路径太长"), N_("请换一个短一些的名字或文件夹")),
    Failure.TOO_LARGE: (N_("文件太大，那个磁盘放不下这么大的文件"), N_("请换一个磁盘（FAT32 的 U 盘放不下 4 GB 以上的文件）")),
    Failure.MALFORMED: (N_("文件已损坏"), N_("请用“恢复备份”恢复最近的备份")),
    Failure.NOT_OURS: (N_("文件打不开：已损坏，或者不是配套的密钥"), N_("请用“恢复备份”恢复最近的备份")),
}

#: With less room than this, in bytes, the engine cannot even make the small files beside a register.
_NO_ROOM = 128 * 1024

_BY_ERRNO = {
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT), Failure.FULL),
    **dict.fromkeys((errno.EIO, errno.ENXIO, errno.ENODEV, errno.ESTALE), Failure.IO),
    errno.EROFS: Failure.READ_ONLY,
    **dict.fromkeys((errno.EACCES, errno.EPERM), Failure.FORBIDDEN),
    **dict.fromkeys((errno.EBUSY, errno.EAGAIN, errno.ETXTBSY), Failure.LOCKED),
    **dict.fromkeys((errno.ENOENT, errno.ENOTDIR), Failure.MISSING),
    **dict.fromkeys((errno.EEXIST, errno.EISDIR, errno.ENOTEMPTY), Failure.TAKEN),
    errno.ENAMETOOLONG: Failure.TOO_LONG,
    errno.EFBIG: Failure.TOO_LARGE,
}
#: Windows says more than its errno does: disk full (39, 112), shared or locked (32, 33), write-protected (19), path too long
#: (206), device gone (21, 55, 1117, 1167).
_BY_WINERROR = {
    **dict.fromkeys((39, 112), Failure.FULL),
    **dict.fromkeys((32, 33), Failure.LOCKED),
    19: Failure.READ_ONLY,
    206: Failure.TOO_LONG,
    **dict.fromkeys((21, 55, 1117, 1167), Failure.IO),
}
#: The engine's primary codes. Some of its extended ones say more: without room the file beside the log cannot grow (4874).
_BY_ENGINE = {
    3: Failure.FORBIDDEN, 5: Failure.LOCKED, 6: Failure.LOCKED, 8: Failure.READ_ONLY, 10: Failure.IO, 11: Failure.MALFORMED,
    13: Failure.FULL, 14: Failure.MISSING, 18: Failure.TOO_LARGE, 26: Failure.NOT_OURS,
}  # fmt: skip
_BY_ENGINE_EXTENDED = {4874: Failure.FULL, 3338: Failure.FORBIDDEN}  # IOERR_SHMSIZE, IOERR_ACCESS


def failure_of(error: BaseException) -> Failure | None:
    """What kind of failure an error is, or the cause it came from; None when it is none of a file."""
    for each in _chain(error):
        found = _by_code(each)
        if found is not None:
            return found
    return None


def _by_code(error: BaseException) -> Failure | None:
    if isinstance(error, OSError):
        windows = _BY_WINERROR.get(getattr(error, "winerror", None) or 0)
        return windows or _BY_ERRNO.get(error.errno or 0)
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return None
    return _BY_ENGINE_EXTENDED.get(code) or _BY_ENGINE.get(code & 0xFF)


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def why(error: BaseException) -> str:
    """The reason alone, for the middle of a sentence, e.g. "磁盘空间不足"; the system's own words for what the table lacks."""
    found = failure_of(error)
    if found is not None:
        return _(TABLE[found][0])
    return str(getattr(error, "strerror", None) or error)


def told(error: BaseException, what: str) -> UserError:
    """The sentence for a person: ``what`` (did not work), why, and what to do. ``what`` ends without a full stop."""
    found = failure_of(error)
    if found is None:
        return UserError(_("{what}：{why}。").format(what=what, why=why(error)))
    return UserError(sentence(found, what))


def sentence(found: Failure, what: str) -> str:
    """As :func:`told`, for a failure that is known already."""
    return _("{what}：{why}。{do}。").format(what=what, why=_(TABLE[found][0]), do=_(TABLE[found][1]))


def closer_look(found: Failure, folder: Path) -> Failure:
    """What a failure is that the engine names only roughly: a folder that cannot be written, a disk with no room left."""
    if not folder.exists():
        return Failure.MISSING
    with suppress(OSError):
        if shutil.disk_usage(folder).free < _NO_ROOM:
            return Failure.FULL
    if not os.access(folder, os.W_OK):
        return Failure.READ_ONLY
    return Failure.IO if found is Failure.IO else Failure.FORBIDDEN
