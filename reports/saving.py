"""Putting a finished report on the disk: whole or not at all, and a sentence when it cannot be done."""

import errno
import os
import re
import unicodedata
from contextlib import suppress
from pathlib import Path

from models.errors import UserError
from models.language import _

_NO_ROOM = {errno.ENOSPC, errno.EDQUOT} if hasattr(errno, "EDQUOT") else {errno.ENOSPC}

#: What a folder, a drive or Windows keeps for itself.
_NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*\s]+')
#: Signs that nobody sees, among them those that turn the direction: a name must not read otherwise than it is.
_UNSEEN = {"Cc", "Cf", "Cs", "Cn", "Co"}
#: To Windows these are devices, whatever the ending.
_DEVICE = re.compile(r"(?:CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(?:COM|LPT)[0-9¹²³])(?= *(?:\.|$))", re.IGNORECASE)
#: UTF-8; file systems stop at 255, and the ending and what is put behind it while it is written need some.
_LONGEST_NAME_BYTES = 200


def file_name(name: str) -> str:
    """A name for a file, without its ending, made of ``name``, which may be anything that somebody is called.

    It lies in no other folder, hides nothing, and any system takes it: signs that a path or Windows keeps for itself become
    a space, unseen ones go, the name of a device gets a line in front; at most 200 bytes of UTF-8.
    """
    seen = "".join(each for each in name if each.isspace() or unicodedata.category(each) not in _UNSEEN)
    clean = _NOT_IN_NAMES.sub(" ", seen).strip(" .")
    clean = clean.encode()[:_LONGEST_NAME_BYTES].decode(errors="ignore").rstrip(" .")
    return "_" * bool(_DEVICE.match(clean)) + clean or _("未命名")


def check_target(path: Path, overwrite: bool) -> None:
    """Raise UserError when ``path`` exists and may not be overwritten: asked before the work, not after it."""
    if path.is_dir():
        raise UserError(_("“{name}”是一个文件夹，请写明文件名").format(name=path.name))
    if not overwrite and path.exists():
        raise UserError(_("已有同名文件《{name}》，请换一个名字，或选择覆盖它").format(name=path.name))


def save(path: Path, content: bytes, overwrite: bool) -> None:
    """Write ``content`` beside ``path`` as ``.part``, flush it to the disk, then rename it over ``path``.

    A failure leaves an older file as it was and no ``.part``. Raises UserError for what a person can mend: the target
    exists, is open in another program, its folder is missing or write-protected, the disk is full.
    """
    check_target(path, overwrite)
    part = path.with_name(path.name + ".part")
    try:
        try:
            with part.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            part.replace(path)
        finally:
            with suppress(OSError):
                part.unlink(missing_ok=True)
    except OSError as failure:
        raise UserError(_sentence(path, failure)) from failure


def _sentence(path: Path, failure: OSError) -> str:
    if failure.errno in _NO_ROOM:
        return _("磁盘空间不够，《{name}》没有保存，请腾出空间或换一个位置").format(name=path.name)
    if isinstance(failure, FileNotFoundError | NotADirectoryError):
        return _("没有“{folder}”这个文件夹，《{name}》没有保存").format(folder=path.parent, name=path.name)
    if isinstance(failure, PermissionError) and path.exists():
        sentence = _("《{name}》正被别的程序（如 WPS、Excel）打开，或者不许改写，请先关闭它再保存，或换一个名字")
        return sentence.format(name=path.name)
    if isinstance(failure, PermissionError):
        return _("不能往“{folder}”里写文件，请换一个位置保存《{name}》").format(folder=path.parent, name=path.name)
    if failure.errno == errno.ENAMETOOLONG:
        return _("文件名太长，请换一个短一些的名字")
    reason = failure.strerror or type(failure).__name__
    return _("《{name}》没有保存（{reason}），请检查磁盘或 U 盘后再试").format(name=path.name, reason=reason)
