"""Files that a person names: only what is really a file is read.

A pipe, a terminal or a device never comes to its end, and a socket answers to somebody else: reading one would wait for ever,
or fill the memory.
"""

import io
import os
import stat
from pathlib import Path

from models.errors import UserError
from models.language import _

#: Opening a pipe must not wait for whoever writes into it; Windows has neither.
_AT_ONCE = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)

#: What was pasted, and is no file, is called so, and after the moment when it was; in Chinese, for it stands in the log.
PASTED = "剪贴板"


def is_pasted(name: str) -> bool:
    """True for the name of what was pasted, and of its returned workbook: the day in it says nothing of what is in the table."""
    return name.startswith(f"{PASTED} ")


class NotAFile(UserError):
    """What a person named is there, but it is a pipe, a device, a socket or a folder."""


def check_file(path: Path) -> None:
    """NotAFile for what is there and is no regular file; nothing for what is not there. OSError where it cannot be told."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return
    if not stat.S_ISREG(mode):
        raise NotAFile(
            _("“{name}”不是普通文件（是文件夹、管道或设备），没有读取。请选择文件本身。").format(name=path.name)
        )


def open_file(path: Path) -> io.BufferedReader:
    """Open a file that a person named, to be read as bytes. NotAFile for what is none; OSError as ``open`` raises it.

    It is looked at before it is opened, for opening a device may do something, and again after, for it may have been changed.
    """
    check_file(path)
    stream = os.fdopen(os.open(path, os.O_RDONLY | _AT_ONCE), "rb")
    if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
        stream.close()
        check_file(path)
        raise FileNotFoundError(path)
    return stream


def read_most(stream: io.BufferedReader, most: int) -> bytes:
    """All bytes of an open file; of one that is larger than ``most`` so many that it shows."""
    # asked for no more than there is: room for what is asked is taken at once
    return stream.read(min(os.fstat(stream.fileno()).st_size, most) + 1)


def read_text(path: Path, most: int) -> str:
    """The text of a small file that a person named, in UTF-8. UserError when it is longer than ``most`` bytes.

    NotAFile, OSError and UnicodeDecodeError as above.
    """
    with open_file(path) as stream:
        data = read_most(stream, most)
    if len(data) > most:
        raise UserError(_("“{name}”超过 {most} MB，太大了，没有读取。").format(name=path.name, most=most >> 20))
    return data.decode("utf-8-sig")
