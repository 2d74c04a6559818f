"""Copies of the register that were made before somebody was erased and still hold their data: told, and deleted if wished.

Papers, exports and returned sheets that left the register are no copies of it: nobody but their owner can find them.
"""

import shutil
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from models.backups import archive, second_place
from models.backups.making import back_up
from models.backups.reasons import Reason
from models.errors import UserError
from models.files.failures import why as failure
from models.journal import entries
from models.language import _
from models.records.erasure import Erasure
from models.register.register import Register
from models.register.traces import FILE

#: What else lies beside a register and is one: as it was before a newer program, or before a restore.
_ASIDE = ("register-before-*.db", "before-restore-*")


@dataclass(frozen=True, slots=True)
class Copy:
    """A file, or a folder, that still holds somebody. ``made``: ISO text, "" where it does not say; ``size`` in bytes."""

    path: Path
    made: str
    size: int


def holding_copies(register: Register, people: Collection[str]) -> list[Copy]:
    """The copies of the register that hold any of these people (uids): in its own folder, then on the stick that is there.

    A copy that cannot be looked into counts as one that does.
    """
    first, last, erased_at = _between(people)
    folders = [register.folder / "backups", *_second(register)]
    found = []
    for path in [path for folder in folders for path in sorted(folder.glob("*" + archive.SUFFIX))]:
        made, changes = _told(path)
        if changes is None or (changes >= first and (changes < last or made < erased_at)):
            found.append(Copy(path, made, path.stat().st_size))
    for path in [path for pattern in _ASIDE for path in sorted(register.folder.glob(pattern))]:
        held = path / FILE if path.is_dir() else path
        if held.exists():
            found.append(Copy(path, "", held.stat().st_size))
    return found


def _between(people: Collection[str]) -> tuple[float, float, str]:
    """The log's entries between which people were held: their first one and their tombstone's; and when that was written.

    For those who are not erased yet there is no end to it.
    """
    first = min((number for (number,) in entries.of_records(people, ["id"])), default=0)
    rows = list(Erasure.select(Erasure.uid, Erasure.erased_at).where(Erasure.person.in_(list(people))))
    if not rows:
        return first, float("inf"), ""
    tombs = [row.uid for row in rows]
    last = min((number for (number,) in entries.of_records(tombs, ["id"])), default=0)
    return first, float(last), max(str(row.erased_at) for row in rows)


def _second(register: Register) -> list[Path]:
    """Where the second copies of backups lie, when that stick is plugged in."""
    second = second_place.second_place(register.folder)
    there = second is not None and second_place.is_there(register, second)
    return [second_place.home_of(register, Path(second.folder))] if second is not None and there else []


def _told(path: Path) -> tuple[str, int | None]:
    """When a backup says it was made, and up to which entry of the log it goes; None when it does not say."""
    found = archive.manifest_of(path)
    return ("", None) if found is None else (found.made, found.counts.changes if found.counts else None)


def renew(register: Register, copies: Iterable[Copy]) -> tuple[Path, list[Path]]:
    """Make a fresh, verified backup, and only then delete these copies: the new backup, and what is gone.

    UserError when the backup cannot be made (then nothing is deleted), or a copy cannot be deleted.
    """
    fresh = back_up(register, Reason.ERASE).path
    gone: list[Path] = []
    for each in copies:
        try:
            if each.path.is_dir():
                shutil.rmtree(each.path)
            else:
                each.path.unlink(missing_ok=True)
        except OSError as error:
            said = _("删不了“{name}”：{why}。里面还有已删除的个人信息，请自己删去。已删去 {count} 份。")
            raise UserError(said.format(name=each.path, why=failure(error), count=len(gone))) from error
        gone.append(each.path)
    return fresh, gone
