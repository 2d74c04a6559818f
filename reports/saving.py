"""Putting a finished report on the disk: whole or not at all, and a sentence when it cannot be done."""

from pathlib import Path

from models.errors import UserError
from models.files.failures import told
from models.files.replacing import write_whole
from models.language import _


def check_target(path: Path, overwrite: bool) -> None:
    """Raise UserError when ``path`` exists and may not be overwritten: asked before the work, not after it."""
    if path.is_dir():
        raise UserError(_("“{name}”是一个文件夹，请写明文件名").format(name=path.name))
    if not overwrite and path.exists():
        raise UserError(_("已有同名文件《{name}》，请换一个名字，或选择覆盖它").format(name=path.name))


def save(path: Path, content: bytes, overwrite: bool) -> None:
    """Replace ``path`` by ``content``, readable by its owner only; it is on the disk when this returns.

    A failure leaves an older file as it was and nothing else. Raises UserError for what a person can mend: the target
    exists, is open in another program, its folder is missing or write-protected, the disk is full.
    """
    check_target(path, overwrite)
    try:
        write_whole(path, content)
    except OSError as failure:
        raise told(failure, _("《{name}》没有保存到“{folder}”").format(name=path.name, folder=path.parent)) from failure
