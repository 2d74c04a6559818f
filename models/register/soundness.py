"""Whether a register is sound: looked for when it is opened and before it is written, and remembered beside it.

The signatures of all pages are read at 500 MB a second: a register of normal size is looked through each time it is opened
alone, a very large one in the background of the window and, at the command line, before what writes much.
"""

import datetime as dt
import json
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from models.engine import database, open_file
from models.errors import AGAINST_DAMAGE, DamagedRegister
from models.files.replacing import write_whole
from models.language import _

if TYPE_CHECKING:
    from models.register.register import Register

#: What was found when the register was last looked through.
NOTE = "register.checked"
#: A file of so many bytes is looked through at each opening: a tenth of a second.
AT_ONCE = 64_000_000
#: After so many days even what writes little looks a larger one through first.
_DAYS = 7


def look(register: "Register", thorough: bool) -> None:
    """Look the open register through, unless it is very large and was found sound; what is found forbids writing.

    ``thorough``: its structure too, and whatever its size. Raises Unwritable when the disk does not let it be read.
    """
    large = open_file.size() > AT_ONCE
    if thorough:
        _conclude(register, database.damage(), large)
    elif not large or _noted(register.folder).get("sound") is False:
        _conclude(register, database.bad_pages(), large)


def examine(register: "Register") -> list[str]:
    """Look the open register's pages through whatever its size; returns what is wrong, and forbids writing then."""
    found = database.bad_pages()
    _conclude(register, found, large=True)
    return found


def before_writing(register: "Register", much: bool) -> None:
    """Raise DamagedRegister when the open register must not be written; a large one is looked through if it is time to.

    ``much``: what will be written is worth the wait.
    """
    if not database.refused() and open_file.size() > AT_ONCE and (much or _is_due(register.folder)):
        examine(register)
    if database.refused():
        raise DamagedRegister(database.refused())


def told(found: list[str]) -> str:
    """The sentence for damage that was found, in the engine's words."""
    more = _(" 等 {count} 处").format(count=len(found)) if len(found) > 1 else ""
    sentence = _("登记册已损坏（{what}），不再写入。{do}。")
    return sentence.format(what=found[0] + more, do=_(AGAINST_DAMAGE))


def _conclude(register: "Register", found: list[str], large: bool) -> None:
    if found:
        database.refuse(told(found), damage=True)
    if large or found or (register.folder / NOTE).exists():
        note = {"at": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"), "sound": not found}
        with suppress(OSError):  # without it the register is only looked through once more
            write_whole(register.folder / NOTE, json.dumps(note))


def _noted(folder: Path) -> dict[str, object]:
    try:
        found = json.loads((folder / NOTE).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _is_due(folder: Path) -> bool:
    noted = _noted(folder)
    try:
        at = dt.datetime.fromisoformat(str(noted.get("at")))
        passed = dt.datetime.now(dt.UTC) - at
    except (ValueError, TypeError):
        return True
    return noted.get("sound") is not True or not dt.timedelta(0) <= passed < dt.timedelta(days=_DAYS)
