"""Files and folders that only their owner may read: everything that holds people's data, exports included."""

import os
import stat
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

FILE_MODE, FOLDER_MODE = 0o600, 0o700
#: How the names begin of what the program puts into a register's folder.
OURS = ("register", "backup", "before-restore", "restoring", "jianhui")


def private_folder(folder: Path) -> None:
    """Make a folder, with those above it, that only its owner may enter. One that is there stays as it is. May raise OSError."""
    if folder.is_dir():
        return
    private_folder(folder.parent)  # pathlib gives the mode to the last one only
    folder.mkdir(mode=FOLDER_MODE, exist_ok=True)
    _own(folder)


def tighten(folder: Path) -> None:
    """Take the rights of others from a register's folder and from what the program puts there; what cannot be changed stays.

    Other files of the user that lie in the same folder are not touched, nor is a folder that all may write to (``/tmp``).
    """
    if sys.platform == "win32":
        _own(folder)
        return
    _tighten(folder)
    for path in folder.iterdir():
        if path.name.startswith(OURS) and not path.is_symlink():
            _tighten(path)
            for below in path.rglob("*") if path.is_dir() else ():
                _tighten(below)


def _tighten(path: Path) -> None:
    with suppress(OSError):  # a read-only medium, or somebody else's file
        mode = path.lstat().st_mode
        if mode & 0o077 and not mode & stat.S_ISVTX and (stat.S_ISDIR(mode) or stat.S_ISREG(mode)):
            path.chmod(FOLDER_MODE if stat.S_ISDIR(mode) else FILE_MODE)


def make_private_file(path: Path) -> None:
    """Make an empty file that only its owner may read, for a library to write into. May raise OSError, also if it is there."""
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE))


def _own(folder: Path) -> None:
    """On Windows, where modes say nothing: the folder and what comes into it belong to this user and the system alone."""
    if sys.platform == "win32" and os.environ.get("USERNAME"):
        user = f"{os.environ.get('USERDOMAIN', '')}\\{os.environ.get('USERNAME', '')}"
        rights = ["/inheritance:r", "/grant:r", f"{user}:(OI)(CI)F", "*S-1-5-18:(OI)(CI)F"]
        with suppress(OSError):
            subprocess.run(["icacls", str(folder), *rights], check=False, capture_output=True)  # noqa: S603, S607  # Windows' own
