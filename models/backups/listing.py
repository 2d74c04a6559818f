"""The backups that lie in a register's own folder: which there are, what they hold, whether they are sound."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

from models import roles
from models.backups import archive
from models.backups.archive import SUFFIX, Told
from models.backups.counting import Counts
from models.backups.noted import checked_of, note_check, noted
from models.backups.reasons import Reason
from models.errors import UserError
from models.files.failures import told
from models.language import _


class State(Enum):
    """How far a backup can be trusted: each was sound when it was made."""

    MADE = auto()
    CHECKED = auto()
    ROTTEN = auto()
    UNREADABLE = auto()


@dataclass(frozen=True)
class Backup:
    """A backup in a register's own folder. ``made`` and ``checked`` are ISO text or ""; ``size`` is in bytes.

    ``number`` goes up with each backup ever made; ``counts`` and ``reason`` are None in those of 0.3.
    """

    path: Path
    number: int
    made: str
    size: int
    reason: Reason | None
    counts: Counts | None
    state: State
    checked: str = ""

    @property
    def good(self) -> bool:
        """True unless it is known to be none to go back to."""
        return self.state in (State.MADE, State.CHECKED)


def state_text(each: Backup) -> str:
    """How far a backup can be trusted, for a person."""
    words = {
        State.MADE: _("备份时核对过"), State.CHECKED: _("完好，{day} 核对").format(day=each.checked[:10]),
        State.ROTTEN: _("已损坏"), State.UNREADABLE: _("打不开"),
    }  # fmt: skip
    return words[each.state]


def own_folder(folder: Path) -> Path:
    """Where the register in ``folder`` keeps its own backups."""
    return folder / "backups"


def number_of(path: Path) -> int:
    """The number in a backup's name; 0 when there is none."""
    digits = path.stem.rsplit("-", 1)[-1]
    return int(digits) if digits.isascii() and digits.isdigit() else 0


def next_name(folder: Path, place: Path | None = None) -> tuple[int, str]:
    """The next number and name for a backup of the register in ``folder``. The day in it is only for the reader.

    ``place``: another folder that it goes to, where no file may have that name either.
    """
    places = {own_folder(folder), place or own_folder(folder)}
    numbers = (number_of(path) for each in places for path in each.glob("*" + SUFFIX))
    number = max(max(numbers, default=0), noted(folder).last) + 1
    return number, f"jianhui-{dt.date.today():%Y%m%d}-{number:05d}{SUFFIX}"


def backups(folder: Path) -> list[Backup]:
    """The backups of the register in ``folder``, the newest first: by their numbers, for a clock may be wrong."""
    known = noted(folder)
    paths = sorted(own_folder(folder).glob("*" + SUFFIX), key=lambda path: (number_of(path), path.name), reverse=True)
    found = []
    for path in paths:
        manifest, checked = archive.manifest_of(path), checked_of(known, path)
        try:
            size = path.stat().st_size
        except FileNotFoundError:
            continue  # another program has just thinned it
        if manifest is None:
            found.append(Backup(path, number_of(path), "", size, None, None, State.UNREADABLE))
            continue
        state = State.MADE if checked is None else State.CHECKED if checked.sound else State.ROTTEN
        at = "" if checked is None else checked.at
        found.append(Backup(path, number_of(path), manifest.made, size, manifest.reason, manifest.counts, state, at))
    return found


def newest_good(found: Sequence[Backup]) -> Backup | None:
    """The first of ``found`` that is not known to be rotten."""
    return next((each for each in found if each.good), None)


def check(folder: Path, path: Path, progress: Told | None = None) -> None:
    """Read a backup whole and remember what was found, if it is the register's own. UserError when it is not sound."""
    try:
        archive.check(path, progress)
    except archive.DamagedBackup:
        note(folder, path, sound=False)
        raise
    note(folder, path, sound=True)


def check_all(folder: Path, progress: Told | None = None) -> list[str]:
    """Check every backup of the register in ``folder``; returns what is wrong, a sentence each."""
    found, wrong = backups(folder), []
    whole, done = sum(each.size for each in found), 0
    for each in found:

        def told_of(part: int, of: int, before: int = done, size: int = each.size) -> None:
            if progress is not None:
                progress(before + size * part // max(of, 1), max(whole, 1))

        try:
            check(folder, each.path, told_of)
        except UserError as error:
            wrong.append(str(error))
        done += each.size
    return wrong


def note(folder: Path, path: Path, *, sound: bool) -> None:
    """Remember what reading a backup whole has found, if it is the register's own."""
    if path.parent == own_folder(folder) and path.exists():
        note_check(folder, path, sound, dt.datetime.now(dt.UTC).astimezone().isoformat(timespec="seconds"))


def remove(folder: Path, path: Path) -> None:
    """Delete one of the register's own backups. UserError for the only good one, when it cannot be, or for who may only look."""
    roles.need_write()
    if [each.path for each in backups(folder) if each.good] == [path]:
        raise UserError(_("这是唯一完好的一份备份，不能删去。请先备份一次。"))
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise told(error, _("删不了“{name}”").format(name=path.name)) from error
