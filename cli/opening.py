"""Open the register for a verb: folder, passphrase, the writer's lock, and a new register where there is none."""

import argparse
import datetime as dt
import getpass
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from models import backup, database, laptop, lock, register
from models.errors import RegisterBusy, UserError
from models.journal import Author
from models.language import _
from models.region import RegionIndex, load_index
from models.register import Register


@dataclass(frozen=True)
class Opened:
    """The open register as the verbs need it."""

    register: Register
    author: Author
    index: RegionIndex
    today: dt.date


def folder_of(arguments: argparse.Namespace) -> Path:
    """``--data``, else JIANHUI_DATA, else the platform's folder."""
    return Path(arguments.data) if arguments.data else register.default_folder()


def passphrase(arguments: argparse.Namespace, new: bool, variable: str = "JIANHUI_PASSPHRASE") -> str:
    """From the environment's ``variable``, else asked at a terminal (twice for a new one).

    UserError where nothing may ask.
    """
    given = os.environ.get(variable)
    if given is not None:
        return given
    if arguments.json or not sys.stdin.isatty():
        sentence = _("没有口令：请设置环境变量 {variable}，或者在终端里运行并输入口令。")
        raise UserError(sentence.format(variable=variable))
    first = getpass.getpass(_("新口令（至少 8 个字符）：") if new else _("口令："))
    if new and getpass.getpass(_("再输一遍：")) != first:
        raise UserError(_("两次输入的口令不一样，什么都没有改动。"))
    return first


@contextmanager
def opened(arguments: argparse.Namespace, writing: str = "") -> Iterator[Opened]:
    """The register of the verb, open; created when there is none. ``writing`` names what a writing verb does.

    A writing verb holds the lock throughout and leaves a backup behind; a reading one works beside an open window.
    """
    with database.damage_told():
        yield from _opened(arguments, writing)


def _opened(arguments: argparse.Namespace, writing: str) -> Iterator[Opened]:
    folder = folder_of(arguments)
    today = dt.date.today()
    if writing or not register.exists(folder):
        with lock.writing(folder, writing or _("建立登记册")):
            handle = _open_or_create(arguments, folder)
            try:
                yield Opened(handle, laptop.author(folder), load_index(today), today)
                backup.back_up_if_changed(handle)
            finally:
                register.close_register()
        return
    handle = _open_beside(folder, passphrase(arguments, new=False))
    try:
        yield Opened(handle, laptop.author(folder), load_index(today), today)
    finally:
        register.close_register()


def _open_or_create(arguments: argparse.Namespace, folder: Path) -> Register:
    if register.exists(folder):
        return register.open_register(folder, passphrase(arguments, new=False))
    handle, code = register.create(folder, passphrase(arguments, new=True))
    sentence = _(
        "已建立新的登记册：{folder}\n恢复码：{code}\n请抄下恢复码并妥善保管，它只显示这一次；忘记口令时只能靠它打开登记册。"
    )
    print(sentence.format(folder=folder, code=code), file=sys.stderr)
    return handle


def _open_beside(folder: Path, secret: str) -> Register:
    """Open for reading: alone if possible (then checks and upgrades run), else beside the one who writes."""
    try:
        with lock.writing(folder, _("打开"), wait=0):
            return register.open_register(folder, secret)
    except RegisterBusy:
        return register.open_register(folder, secret, check=False)
