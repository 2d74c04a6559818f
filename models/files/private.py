"""Files and folders that only their owner may read: everything that holds people's data, exports included."""

import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

FILE_MODE, FOLDER_MODE = 0o600, 0o700


def private_folder(folder: Path) -> None:
    """Make a folder, with those above it, that only its owner may enter. One that is there stays as it is. May raise OSError."""
    if folder.is_dir():
        return
    folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
    _own(folder)


def tighten(folder: Path) -> None:
    """Take the rights of others from a register's folder and from all that lies in it; what cannot be changed stays."""
    if sys.platform == "win32":
        _own(folder)
        return
    for path in (folder, *folder.rglob("*")):
        wanted = FOLDER_MODE if path.is_dir() else FILE_MODE
        with suppress(OSError):  # a read-only medium, or somebody else's file
            if not path.is_symlink() and path.stat().st_mode & 0o077:
                path.chmod(wanted)


def make_private(path: Path) -> None:
    """Let only the owner read and write a file that a library has made. May raise OSError."""
    path.chmod(FILE_MODE)


def _own(folder: Path) -> None:
    """On Windows, where modes say nothing: the folder and what comes into it belong to this user and the system alone."""
    if sys.platform == "win32":
        user = f"{os.environ.get('USERDOMAIN', '')}\\{os.environ.get('USERNAME', '')}"
        rights = ["/inheritance:r", "/grant:r", f"{user}:(OI)(CI)F", "*S-1-5-18:(OI)(CI)F"]
        with suppress(OSError):
            subprocess.run(["icacls", str(folder), *rights], check=False, capture_output=True)  # noqa: S603, S607  # Windows' own
