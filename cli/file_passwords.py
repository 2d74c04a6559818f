"""The passwords of workbooks: from the environment or asked at a terminal, so that no list of processes shows them."""

import argparse
import getpass
import sys
from collections.abc import Sequence
from dataclasses import replace

from importers import session
from importers.session import Options, SourceFile
from models.language import _
from models.secrecy import secret_from

VARIABLE = "JIANHUI_FILE_PASSWORD"


def given_password(arguments: argparse.Namespace) -> str | None:
    """The one password that was given for all files: ``--password``, else the environment's; None for none."""
    from_environment = secret_from(VARIABLE)
    return from_environment if arguments.password is None else str(arguments.password)


def unlocked(files: Sequence[SourceFile], options: Options, arguments: argparse.Namespace) -> list[SourceFile]:
    """The files, with those that want a password read again with what is typed at a terminal; nothing typed leaves one out.

    Without a terminal, and with ``--json``, nothing asks: they stay as they are, with their sentence.
    """
    if arguments.json or not sys.stdin.isatty():
        return list(files)
    return [_unlocked(each, options) if each.locked else each for each in files]


def _unlocked(source: SourceFile, options: Options) -> SourceFile:
    print(source.error, file=sys.stderr)
    while source.locked:
        typed = getpass.getpass(_("《{name}》的打开密码（直接回车就跳过这个文件）：").format(name=source.name))
        if not typed:
            break
        source = session.read_again(source, replace(options, password=typed))
        if source.locked:
            print(source.error, file=sys.stderr)
    return source
