"""Opening a register that cannot be written: a read-only folder or medium, a full disk, somebody else's files.

Reading needs no writing. Where the file alone says everything it is read as it lies there. Where a log beside it has more
to say, both are copied to a private folder elsewhere, encrypted as they are, and read there.
"""

import atexit
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from models.engine import database
from models.engine.ways import OpeningWay
from models.errors import DamagedRegister, RegisterBusy, Unwritable, UserError
from models.files.failures import told as told_failure
from models.language import _
from models.register.old_log import TRIES, belongs, stamps


class _Copy:
    """The private folder that what is read was copied to."""

    folder: Path | None = None


def ways(file: Path) -> list[OpeningWay]:
    """How a file can be read where it lies, the best way first; empty when a log beside it has more to say."""
    wal = Path(f"{file}-wal")
    if not wal.exists():
        return [OpeningWay.STILL]
    return [OpeningWay.READING, OpeningWay.STILL] if wal.stat().st_size == 0 else []


def connect(file: Path, key_hex: str) -> None:
    """Open the file for reading where it lies. Unwritable when it can only be read as a copy; DamagedRegister as ever."""
    tried: UserError = Unwritable(_("登记册旁边有没有合并的日志。"))
    for way in ways(file):
        try:
            database.connect(file, key_hex, way)
        except DamagedRegister:
            raise
        except UserError as error:
            tried = error
        else:
            return
    raise tried


def connect_to_copy(file: Path, key_hex: str) -> None:
    """Copy the file with its log to a private folder and open the copy, which may be brought up to date.

    Where there is no room for it, the file itself is opened alone. UserError when neither works.
    """
    leave_copy()
    try:
        copy = _copied(file, key_hex)
    except OSError as error:
        try:
            database.connect(file, key_hex, OpeningWay.ALONE)
        except Unwritable:
            raise told_failure(error, _("登记册要先复制一份才能读，没有复制成")) from error
    else:
        database.connect(copy, key_hex)


def leave_copy() -> None:
    """Remove the private copy, if there is one."""
    if _Copy.folder is not None:
        shutil.rmtree(_Copy.folder, ignore_errors=True)
    _Copy.folder = None


def _copied(file: Path, key_hex: str) -> Path:
    wal = Path(f"{file}-wal")
    size = file.stat().st_size + (wal.stat().st_size if wal.exists() else 0)
    error = OSError(28, "no room")
    for place in _places():
        if shutil.disk_usage(place).free < 2 * size:
            continue
        with suppress(OSError):
            _Copy.folder = Path(tempfile.mkdtemp(prefix="jianhui-read-", dir=place))
            atexit.register(leave_copy)
            copy = _Copy.folder / file.name
            _copy_still(file, copy)
            if Path(f"{copy}-wal").exists() and not belongs(copy, key_hex):
                Path(f"{copy}-wal").unlink()
            return copy
        leave_copy()
    raise error


def _copy_still(file: Path, copy: Path) -> None:
    """Copy the file and its log as they are at one time, anew while either was written meanwhile.

    RegisterBusy when others write all the time. Raises OSError when they cannot be copied.
    """
    wal, copied_wal = Path(f"{file}-wal"), Path(f"{copy}-wal")
    for _try in range(TRIES):
        stood = stamps(file, wal)
        copied_wal.unlink(missing_ok=True)
        shutil.copyfile(file, copy)
        with suppress(FileNotFoundError):  # whoever closed last has folded it in
            shutil.copyfile(wal, copied_wal)
        if stamps(file, wal) == stood:
            return
    raise RegisterBusy(_("另一个程序正在不停地写这个登记册，没有复制成一份来读。请过一会儿再试，什么都没有改动。"))


def _places() -> Iterator[Path]:
    with suppress(OSError):  # where not even that folder can be written there is none
        yield Path(tempfile.gettempdir())
    if (memory := Path("/dev/shm")).is_dir():  # noqa: S108  # a private folder is made in it
        yield memory
