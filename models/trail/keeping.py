"""Keeping an act in the trail without ever being in its way, and the acts that have to wait until the register is open.

A wrong passphrase opens nothing to write into, a restored register is not open yet, another program may be writing for
minutes: such an act is noted as a small file in the folder ``waiting`` and taken in by the next opening, marked as late.
Until then it is not chained, and whoever may delete files may delete it.
"""

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from peewee import DatabaseError
from sqlcipher3 import dbapi2

from models.engine import database, open_file
from models.errors import UserError
from models.files.private import private_folder
from models.files.replacing import write_whole
from models.language import _
from models.trail.entry import Act, TrailEntry, Who, now, write
from models.uid import new_uid

WAITING = "waiting"
#: How long, in milliseconds, another program that writes is waited for.
_PATIENCE = 300
_NAMES = frozenset(each.name for each in fields(Act))


@dataclass(frozen=True, slots=True)
class _Someone:
    device: str
    person: str


def keep(act: Act, who: Who) -> str:
    """Keep an act of the open register; returns "", or the sentence that says why it could not be kept. Never fails.

    What another program's writing holds up waits in the register's folder.
    """
    if database.refused():  # it may be a copy of the register, or a damaged one: neither it nor what lies beside it is touched
        return not_kept(database.refused())
    try:
        with database.connection(), open_file.patience(_PATIENCE):
            write(act, who)
    except (UserError, DatabaseError, dbapi2.Error) as error:
        if put(open_file.folder(), act, who.person):
            return ""
        return not_kept(str(error) if isinstance(error, UserError) else _("登记册现在不能写"))
    return ""


def not_kept(why: str) -> str:
    """The sentence about an act that is not in the trail."""
    return _("这一步没有记入操作留痕：{why}。").format(why=why.rstrip("。."))


def put(folder: Path, act: Act, person: str) -> bool:
    """Note an act of the register in ``folder`` that cannot be written into it now; False when not even that is possible."""
    if not folder.is_dir():
        return False
    noted = {"at": now(), "person": person, **asdict(act)}
    try:
        private_folder(folder / WAITING)
        write_whole(folder / WAITING / f"{new_uid()}.json", json.dumps(noted, ensure_ascii=False))
    except OSError:
        return False
    return True


def take_in(who: Who) -> int:
    """Write what waits into the trail of the open register, the oldest first; returns how many. Raises as ``write`` does."""
    waiting = sorted((open_file.folder() / WAITING).glob("*.json"))
    for path in waiting:
        found = _read(path)
        taken = TrailEntry.select().where(TrailEntry.waited == path.stem).exists()
        if found is not None and not taken:
            at, person, act = found
            with open_file.patience(_PATIENCE):
                write(act, _Someone(who.device, person), at, path.stem)
        with suppress(OSError):  # it is not taken twice
            path.unlink()
    with suppress(OSError):
        (open_file.folder() / WAITING).rmdir()
    return len(waiting)


def _read(path: Path) -> tuple[str, str, Act] | None:
    """When, by whom, and what; None for a file that says nothing of the kind: a note of ours is written whole."""
    try:
        found: dict[str, Any] = json.loads(path.read_text("utf-8"))
        records: Sequence[str] = tuple(map(str, found.get("records", ())))
        rows, batch = (found.get(name) if isinstance(found.get(name), int) else None for name in ("rows", "batch"))
        texts = {name: str(found.get(name, "")) for name in _NAMES - {"rows", "batch", "records", "full"}}
        act = Act(**texts, rows=rows, batch=batch, records=records, full=bool(found.get("full")))
        return str(found["at"]), str(found["person"]), act
    except (OSError, ValueError, KeyError, AttributeError, TypeError):
        return None
