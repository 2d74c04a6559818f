"""Where the register lies that a command, or the window, is started over: known before anything of it is loaded."""

import argparse
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from cli.parsing import data_argument
from models.errors import UserError
from models.files.failures import told as told_failure
from models.language import _
from models.register import office, traces


def without_verb(argv: Sequence[str]) -> argparse.Namespace | None:
    """The arguments of the window, when that is plainly what is asked for; None where the whole command line has to be read."""
    match list(argv):
        case []:
            return argparse.Namespace(data=None)
        case ["--data", folder] if not folder.startswith("-"):
            try:
                return argparse.Namespace(data=data_argument(folder))
            except argparse.ArgumentTypeError:
                return None  # it is told as every mistyped command is
    return None


def folder_of(arguments: argparse.Namespace) -> Path:
    """``--data``, else JIANHUI_DATA, else the platform's folder; of an office's address what this laptop keeps of it.

    UserError for what is there and is no folder, and for an address that is not whole or holds a password.
    """
    folder = office.named_folder(arguments.data or traces.default_place())
    with usable(folder):
        if folder.exists() and not folder.is_dir():
            raise UserError(_("“{folder}”不是文件夹。请用 --data 写登记册所在的文件夹。").format(folder=folder))
    return folder


def file_folder_of(arguments: argparse.Namespace) -> Path:
    """As :func:`folder_of`, for what is done with a file; UserError for an office's register."""
    folder = folder_of(arguments)
    office.need_file(folder)
    return folder


@contextmanager
def usable(folder: Path) -> Iterator[None]:
    """Inside, what the disk or the system says against the folder is told as a sentence."""
    try:
        yield
    except OSError as error:
        raise told_failure(error, _("用不了登记册的文件夹“{folder}”（可以用 --data 换一个）").format(folder=folder)) from error
