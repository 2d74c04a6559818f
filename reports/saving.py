"""Putting a finished report on the disk: whole or not at all, and a sentence when it cannot be done."""

import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from models.errors import UserError
from models.files.failures import told
from models.files.replacing import replacing_as_it_comes, write_whole
from models.language import _

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


@contextmanager
def saving(path: Path, overwrite: bool) -> Iterator[BinaryIO]:
    """As :func:`save`, for content that is written as it comes, from its beginning to its end."""
    check_target(path, overwrite)
    try:
        with replacing_as_it_comes(path) as stream:
            yield stream
    except OSError as failure:
        raise _not_saved(path, failure) from failure


def save(path: Path, content: bytes, overwrite: bool) -> None:
    """Replace ``path`` by ``content``, readable by its owner only; it is on the disk when this returns.

    A failure leaves an older file as it was and nothing else. Raises UserError for what a person can mend: the target
    exists, is open in another program, its folder is missing or write-protected, the disk is full.
    """
    check_target(path, overwrite)
    try:
        write_whole(path, content)
    except OSError as failure:
        raise _not_saved(path, failure) from failure


def _not_saved(path: Path, failure: OSError) -> UserError:
    return told(failure, _("《{name}》没有保存到“{folder}”").format(name=path.name, folder=path.parent))
