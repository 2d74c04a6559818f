"""Where the register lies that a command, or the window, is started over: known before anything of it is loaded."""

import argparse
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from cli.parsing import path_argument
from models.errors import UserError
from models.files.failures import told as told_failure
from models.language import _
from models.register import traces


def without_verb(argv: Sequence[str]) -> argparse.Namespace | None:
    """The arguments of the window, when that is plainly what is asked for; None where the whole command line has to be read."""
    match list(argv):
        case []:
            return argparse.Namespace(data=None)
        case ["--data", folder] if not folder.startswith("-"):
            try:
                return argparse.Namespace(data=path_argument(folder))
            except argparse.ArgumentTypeError:
                return None  # it is told as every mistyped command is
    return None


def folder_of(arguments: argparse.Namespace) -> Path:
    """``--data``, else JIANHUI_DATA, else the platform's folder. UserError for what is there and is no folder."""
    folder = Path(arguments.data) if arguments.data else traces.default_folder()
    with usable(folder):
        if folder.exists() and not folder.is_dir():
            raise UserError(_("“{folder}”不是文件夹。请用 --data 写登记册所在的文件夹。").format(folder=folder))
    return folder


@contextmanager
def usable(folder: Path) -> Iterator[None]:
    """Inside, what the disk or the system says against the folder is told as a sentence."""
    try:
        yield
    except OSError as error:
        raise told_failure(error, _("用不了登记册的文件夹“{folder}”（可以用 --data 换一个）").format(folder=folder)) from error
