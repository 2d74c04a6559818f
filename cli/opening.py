"""Open the register for a verb: folder, passphrase, the writer's lock, and a new register where there is none."""

import argparse
import datetime as dt
import getpass
import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from models.engine import database
from models.errors import RegisterBusy, UserError
from models.journal.writer import Author
from models.language import _
from models.records.region import load_index
from models.register import backup, keys, laptop, lock, register, trailing
from models.register.register import Register
from models.values.region_index import RegionIndex


@dataclass(frozen=True)
class Opened:
    """The open register as the verbs need it."""

    register: Register
    author: Author
    today: dt.date

    @cached_property
    def index(self) -> RegionIndex:
        """The regions of today."""
        return load_index(self.today)


def folder_of(arguments: argparse.Namespace) -> Path:
    """``--data``, else JIANHUI_DATA, else the platform's folder."""
    return Path(arguments.data) if arguments.data else register.default_folder()


def passphrase(arguments: argparse.Namespace, new: bool, variable: str = "JIANHUI_PASSPHRASE") -> str:
    """From the environment's ``variable``, else asked at a terminal (twice for a new one).

    UserError where nothing may ask, and for a new one that is too short or typed differently the second time.
    """
    given = os.environ.get(variable)
    if given is not None:
        return given
    if arguments.json or not sys.stdin.isatty():
        sentence = _("没有口令：请设置环境变量 {variable}，或者在终端里运行并输入口令。")
        raise UserError(sentence.format(variable=variable))
    if not new:
        return getpass.getpass(_("口令："))
    first = keys.check_passphrase(getpass.getpass(_("新口令（至少 8 个字符）：")))
    if keys.check_passphrase(getpass.getpass(_("再输一遍："))) != first:
        raise UserError(_("两次输入的口令不一样，什么都没有改动。"))
    return first


@contextmanager
def opened(arguments: argparse.Namespace, writing: str = "") -> Iterator[Opened]:
    """The register of the verb, open; created when there is none. ``writing`` names what a writing verb does.

    A writing verb holds the lock throughout and leaves a backup behind; a reading one works beside an open window. Raises
    UserError where the folder cannot be used, RegisterBusy, WrongPassphrase and DamagedRegister.
    """
    folder = folder_of(arguments)
    with database.damage_told(), ExitStack() as held:
        with _usable(folder):
            new = not register.exists(folder)
        # asked before the lock is taken: whoever leaves the question open keeps nobody else out
        secret = passphrase(arguments, new)
        if writing or new:
            held.enter_context(holding(folder, writing or _("建立登记册")))
        with _usable(folder):
            handle = _open(folder, secret, alone=bool(writing or new))
        held.callback(register.close_register)
        say(trailing.opened(folder, arguments.name_of_verb))
        yield Opened(handle, laptop.author(folder), dt.date.today())
        if writing or new:
            backup.back_up_if_changed(handle)


def say(sentence: str) -> None:
    """Say on stderr what stands beside the answer: here that an act could not be kept in the trail. Nothing for ""."""
    if sentence:
        print(sentence, file=sys.stderr)


@contextmanager
def holding(folder: Path, doing: str) -> Iterator[None]:
    """The right to write to the register in ``folder``: RegisterBusy says who has it, UserError why it cannot be had."""
    with ExitStack() as held:
        with _usable(folder):
            held.enter_context(lock.writing(folder, doing))
        yield


@contextmanager
def _usable(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        sentence = _("用不了文件夹“{folder}”：{why}。请检查权限，或者用 --data 换一个文件夹。")
        raise UserError(sentence.format(folder=folder, why=error.strerror or error)) from error


def _open(folder: Path, secret: str, alone: bool) -> Register:
    """Open the register, or create it. ``alone``: the caller holds the lock; otherwise somebody else may be writing."""
    if not alone:
        return _open_beside(folder, secret)
    if register.exists(folder):
        return register.open_register(folder, secret)
    handle, code = register.create(folder, secret)
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
