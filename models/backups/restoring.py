"""Going back to a backup: what it would bring is shown first, and then it is done whole or not at all."""

import datetime as dt
import secrets
import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models.backups import archive
from models.backups.archive import DamagedBackup, Manifest
from models.backups.counting import Counts
from models.backups.listing import note
from models.backups.making import verify
from models.errors import DamagedRegister, UserError
from models.files.failures import told as failure_told
from models.files.private import private_folder
from models.files.replacing import flush_folder
from models.language import N_, _
from models.progress import OnProgress
from models.register import keys, laptop, swapping, tries
from models.register.traces import FILE
from models.trail import keeping
from models.trail.entry import Act

#: How far, in per cent, looking at a backup is once it is unpacked.
_UNPACKED = 60
#: A look at a backup unpacks it beside the place where one waits that is to be restored.
_LOOK = "restoring-look-"
_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Look:
    """A backup that was opened and checked whole: what it says of itself, and what is in it."""

    path: Path
    manifest: Manifest
    counts: Counts

    def told(self) -> dict[str, Any]:
        """As JSON."""
        reason = self.manifest.reason.value if self.manifest.reason is not None else None
        about = {"file": str(self.path), "number": self.manifest.number, "made": self.manifest.made, "reason": reason}
        return about | {"then": self.counts.told()}


def look(folder: Path, source: Path, secret: str, progress: OnProgress | None = None) -> Look:
    """Open a backup as restoring it would, and tell what is in it; the register in ``folder`` may be open, nothing changes.

    Raises WrongPassphrase, or UserError when the backup is none to go back to or there is no room to unpack it.
    """
    there, place = folder.exists(), folder / f"{_LOOK}{secrets.token_hex(8)}"
    try:
        return _unpacked(place, source, secret, progress)
    except (DamagedBackup, DamagedRegister):
        note(folder, source, sound=False)
        raise
    finally:
        shutil.rmtree(place, ignore_errors=True)
        if not there:
            with suppress(OSError):
                folder.rmdir()


def restore(folder: Path, source: Path, secret: str, progress: OnProgress | None = None) -> Path | None:
    """Put the register of a backup in place of the one in ``folder``, which must be closed and locked by the caller.

    What was there is moved to ``before-restore-…`` beside it, and that folder is returned (None when there was nothing). Cut off
    at any moment, what was there before or what was restored is there whole, at the latest once the folder is opened again.
    Raises UserError or WrongPassphrase, and then nothing has changed.
    """
    swapping.end(folder)
    _clear_looks(folder)
    incoming = folder / swapping.INCOMING
    try:
        _unpacked(incoming, source, secret, progress)
        flush_folder(incoming)
        flush_folder(folder)
        # a register that was taken back must not give the numbers once more that later entries of the log had
        laptop.forget_device(folder)
    except OSError as error:
        shutil.rmtree(incoming, ignore_errors=True)
        raise _not_done(error) from error
    except BaseException:
        shutil.rmtree(incoming, ignore_errors=True)
        raise
    aside = swapping.swap(folder)
    keeping.put(folder, Act("restore", file=source.name), laptop.person_name())  # the opening that follows takes it in
    return aside


def _not_done(error: OSError) -> UserError:
    return failure_told(error, _("恢复没有完成，登记册没有改动"))


def _clear_looks(folder: Path) -> None:
    """Remove what looks that were cut off left a day ago or longer; a younger one may be under way."""
    now = dt.datetime.now(dt.UTC).timestamp()
    with suppress(OSError):
        for place in folder.glob(_LOOK + "*"):
            if abs(now - place.stat().st_mtime) > _DAY.total_seconds():
                shutil.rmtree(place, ignore_errors=True)


def _unpacked(place: Path, source: Path, secret: str, progress: OnProgress | None) -> Look:
    """Unpack a backup into ``place``, made anew, and check all of it; the secret first, for that is quickly seen."""
    with tries.counted(place.parent, N_("恢复备份")):
        key = keys.unwrap(archive.key_of(source), secret)

    def told(done: int, total: int) -> None:
        if progress is not None:
            progress(_UNPACKED * done // max(total, 1), 100)

    try:
        shutil.rmtree(place, ignore_errors=True)
        private_folder(place)
        manifest = archive.unpack(source, place, told)
        counts, _schema = verify(place / FILE, key.hex())
    except OSError as error:
        raise _not_done(error) from error
    if progress is not None:
        progress(100, 100)
    return Look(source, manifest, counts)
