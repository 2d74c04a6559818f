"""What is remembered beside the backups: the highest number ever given, and what checking each of them found."""

import json
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path

from models.backups.alone import alone
from models.errors import UserError
from models.files.replacing import write_whole

#: Lies in the register's folder and not among the backups, so that there is nothing but backups among them.
FILE = "backups.json"


@dataclass(frozen=True)
class Checked:
    """What a check found, and of which content: a file of another size or time is another one. ``at``: ISO text."""

    sound: bool
    size: int
    changed: int
    at: str


@dataclass
class Noted:
    """``last``: the highest number that a backup ever had; ``checked``: by the file's name."""

    last: int = 0
    checked: dict[str, Checked] = field(default_factory=dict)


def noted(folder: Path) -> Noted:
    """What is remembered of the backups of the register in ``folder``; nothing when it cannot be read."""
    try:
        found = json.loads((folder / FILE).read_text("utf-8"))
        checked = {str(name): Checked(**each) for name, each in found["checked"].items()}
        return Noted(int(found["last"]), checked)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Noted()


def note_last(folder: Path, number: int) -> None:
    """Remember the highest number, by whoever holds the lock. May raise OSError."""
    found = noted(folder)
    _write(folder, Noted(max(number, found.last), found.checked))


def note_check(folder: Path, path: Path, sound: bool, at: str) -> None:
    """Remember what a check of one of the register's own backups found; a folder that cannot be written forgets it."""
    with suppress(OSError, UserError), alone(folder, wait=1):
        found, state = noted(folder), path.stat()
        here = {name: each for name, each in found.checked.items() if (path.parent / name).exists()}
        here[path.name] = Checked(sound, state.st_size, state.st_mtime_ns, at)
        _write(folder, Noted(found.last, here))


def checked_of(found: Noted, path: Path) -> Checked | None:
    """What the last check of a backup found; None when there was none of this very content."""
    known = found.checked.get(path.name)
    try:
        state = path.stat()
    except OSError:
        return None
    return known if known is not None and (known.size, known.changed) == (state.st_size, state.st_mtime_ns) else None


def _write(folder: Path, found: Noted) -> None:
    checked = {name: asdict(each) for name, each in found.checked.items()}
    write_whole(folder / FILE, json.dumps({"last": found.last, "checked": checked}, ensure_ascii=False, indent=1))
