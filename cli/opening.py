"""Open the register for a verb: folder, passphrase, the writer's lock; a new register only for a verb that may create one."""

import argparse
import datetime as dt
import getpass
import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from cli.folder import folder_of, usable
from models.engine import database
from models.errors import RegisterBusy, Unwritable, UserError
from models.files.failures import told as told_failure
from models.language import _
from models.opening import opening
from models.records.region import load_index
from models.register import erased_list, keys, known_offices, laptop, lock, office, register, traces, trailing
from models.register.register import Register
from models.secrecy import secret_from
from models.values.region_index import RegionIndex

if TYPE_CHECKING:
    from models.journal.writer import Author

#: The variable of the environment that gives the passphrase.
PASSPHRASE = "JIANHUI_PASSPHRASE"  # noqa: S105  # the name of a variable
#: The one that gives the password of the office's user, as with every other program of that server.
PASSWORD = "PGPASSWORD"  # noqa: S105  # the name of a variable
#: And the one that names a file of them, which the driver reads.
PASSWORDS = "PGPASSFILE"


@dataclass(frozen=True)
class Opened:
    """The open register as the verbs need it."""

    register: Register
    today: dt.date
    #: What an answer says besides in JSON, known once the verb has done its work and the register is closed.
    afterwards: dict[str, str] = field(default_factory=dict)

    @cached_property
    def author(self) -> "Author":
        """Who writes: asked for by what writes alone, for it may have to be noted in the laptop's own file."""
        return laptop.author(self.register.folder)

    @cached_property
    def index(self) -> RegionIndex:
        """The regions of today."""
        return load_index(self.today)


def passphrase(arguments: argparse.Namespace, new: bool, variable: str = PASSPHRASE) -> str:
    """From the environment's ``variable``, else asked at a terminal (twice for a new one).

    The variable is taken out of the environment: no program that is started from here gets it. UserError where nothing may
    ask, and for a new one that is short, easily guessed or typed differently the second time.
    """
    given = getattr(arguments, "secret", None) if variable == PASSPHRASE else None
    given = given or secret_from(variable)
    if given is not None:
        if variable == PASSPHRASE:  # a verb that opens the register twice asks once
            arguments.secret = given
        return given
    if arguments.json or not sys.stdin.isatty():
        sentence = _("没有口令：请设置环境变量 {variable}，或者在终端里运行并输入口令。")
        raise UserError(sentence.format(variable=variable))
    if not new:
        arguments.secret = getpass.getpass(_("口令："))
        return str(arguments.secret)
    from models.register import strength

    first = strength.check(getpass.getpass(_("新口令（至少 8 个字符）：")), folder_of(arguments))
    if keys.check_passphrase(getpass.getpass(_("再输一遍："))) != first:
        raise UserError(_("两次输入的口令不一样，什么都没有改动。"))
    return first


def password(arguments: argparse.Namespace) -> str:
    """That of the office's user, out of the environment as :func:`passphrase` takes it; "" lets the driver look in PGPASSFILE.

    Where the environment names neither, what the system's keyring keeps since somebody let the window remember it.
    """
    given = getattr(arguments, "password_of_user", None) or secret_from(PASSWORD)
    if not given and not os.environ.get(PASSWORDS):
        given = known_offices.password_for(folder_of(arguments))
    arguments.password_of_user = given or ""
    return str(arguments.password_of_user)


@contextmanager
def opened(
    arguments: argparse.Namespace, writing: str = "", *, creates: bool = False, much: bool = False, warns: bool = True
) -> Iterator[Opened]:
    """The register of the verb, open. ``writing`` names what a writing verb does; ``much``: it writes very much.

    A writing verb holds the lock throughout and leaves a backup behind where one is due; a reading one works beside an open
    window, changes nothing and creates nothing, and reads what cannot be written as well. Only one that ``creates`` makes a
    register where there is none, and says so. ``warns``: say on stderr when the register is damaged. A restore that was cut off
    is ended first.

    Raises UserError where the folder cannot be used, RegisterBusy, WrongPassphrase and DamagedRegister.
    """
    folder = folder_of(arguments)
    with database.damage_told(), ExitStack() as held:
        with usable(folder):
            lock.settle(folder)
            new = not traces.exists(folder)
            if new and not (creates and writing):
                raise UserError(traces.none_here(folder))
        if new:
            print(_("“{folder}”里还没有登记册，现在建立一个新的。").format(folder=folder), file=sys.stderr)
        # asked before the lock is taken: whoever leaves the question open keeps nobody else out
        secret = passphrase(arguments, new) if office.address_in(folder) is None else password(arguments)
        if writing:
            held.enter_context(holding(folder, writing))
        with usable(folder):
            handle = _open(folder, secret, alone=bool(writing), new=new)
        held.callback(register.close_register)
        damage = database.refused() if warns and not writing and database.damaged() else ""
        again = erased_list.told(handle.erased_again) if handle.erased_again else ""
        for told in filter(None, (handle.told, again, damage)):
            print(told, file=sys.stderr)
        say(trailing.opened(folder, arguments.name_of_verb))
        here = Opened(handle, dt.date.today())
        if not writing:
            yield here
            return
        from cli.writing import (  # with all that follows a write: whoever looks only does not wait for it
            back_up_after,
            work,
        )

        with work(arguments, handle, here, much):
            yield here
        back_up_after(arguments, handle, here.afterwards)


@contextmanager
def afterwards(arguments: argparse.Namespace) -> Iterator[None]:
    """Inside is what comes after something was stored: its failure is told after the verb's answer, and makes it exit 1."""
    try:
        with database.damage_told():
            yield
    except UserError as error:
        arguments.afterwards.append(str(error))


def say(sentence: str) -> None:
    """Say on stderr what stands beside the answer: here that an act could not be kept in the trail. Nothing for ""."""
    if sentence:
        print(sentence, file=sys.stderr)


@contextmanager
def holding(folder: Path, doing: str) -> Iterator[None]:
    """The right to write to the register in ``folder``: RegisterBusy says who has it, UserError why it cannot be had."""
    with ExitStack() as held:
        with usable(folder):
            held.enter_context(lock.writing(folder, doing))
        yield


def _open(folder: Path, secret: str, alone: bool, new: bool) -> Register:
    """Open the register, or create it. ``alone``: the caller holds the lock; otherwise somebody else may be writing."""
    if new and not traces.exists(folder):
        handle, code = register.create(folder, secret)
        print(told_of(folder, code), file=sys.stderr)
        return handle
    return opening.open_register(folder, secret) if alone else _open_beside(folder, secret)


def told_of(folder: Path, code: str) -> str:
    """The sentence about a register that was just made, with its recovery code."""
    sentence = _(
        "已建立新的登记册：{folder}\n恢复码：{code}\n请抄下恢复码并妥善保管，它只显示这一次；忘记口令时只能靠它打开登记册。"
    )
    return sentence.format(folder=folder, code=code)


def _open_beside(folder: Path, secret: str) -> Register:
    """Open for reading: alone if possible (then checks and upgrades run), beside the one who writes, or without writing."""
    try:
        with lock.writing(folder, _("打开"), wait=0):
            return opening.open_register(folder, secret)
    except RegisterBusy:
        return opening.open_register(folder, secret, check=False)
    except (OSError, Unwritable) as error:
        reason = error if isinstance(error, UserError) else told_failure(error, _("登记册现在只能读"))
        return opening.open_to_read(folder, secret, str(reason))
