"""The password of a protected workbook: from the environment, from standard input, or asked for at a terminal.

What stands on the command line is shown by the system to whoever looks at its list of programs, and kept in the shell's
history: it is taken, and that is told.
"""

import argparse
import getpass
import sys

from cli.parsing import LONGEST
from models.errors import UserError
from models.language import _
from models.secrecy import secret_from

VARIABLE = "JIANHUI_WORKBOOK_PASSWORD"
#: In the place of a password: it comes by standard input.
BY_INPUT = "-"


def given_password(arguments: argparse.Namespace) -> str | None:
    """What ``--password`` says, else the environment; None where nobody gave one. UserError when it cannot be asked for."""
    given: str | None = arguments.password
    if given == BY_INPUT:
        return _from_input(arguments)
    if given is not None:
        told = _("--password 写在命令里的密码，别人在进程列表里看得到。请改用环境变量 {variable}，或者写 --password - 再输入。")
        print(told.format(variable=VARIABLE), file=sys.stderr)
        return given
    return secret_from(VARIABLE)


def may_ask(arguments: argparse.Namespace) -> bool:
    """True where somebody sits at a terminal and a question disturbs no answer."""
    return not arguments.json and sys.stdin is not None and sys.stdin.isatty()


def asked_password(why: str) -> str:
    """The password as it is typed at the terminal, not shown; ``why`` is said before."""
    print(why, file=sys.stderr)
    return getpass.getpass(_("工作簿的密码："))


def _from_input(arguments: argparse.Namespace) -> str:
    if may_ask(arguments):
        return getpass.getpass(_("工作簿的密码："))
    if sys.stdin is None or sys.stdin.isatty():
        raise UserError(_("没有密码：请设置环境变量 {variable}，或者从标准输入给出一行。").format(variable=VARIABLE))
    return sys.stdin.readline(LONGEST).rstrip("\r\n")
