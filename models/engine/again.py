"""Numbers that somebody had when another one got them, kept by triggers of a file (``migrations/0031_again.py``).

Who has the same identity number as somebody else is asked each time the rules are. To compare a million numbers takes longer
than all the rest of it. So whoever comes in with a number that is there already, or is given one, is noted, by uid alone:
among those who have one number the one who got it last is always there. A server is asked for all numbers.
"""

from collections.abc import Callable
from typing import Any

from peewee import SQL, fn

from models.engine.running import server

_NOTED = (
    'INSERT OR IGNORE INTO "same_number" SELECT "uid" FROM "worker" WHERE "id_number" IN (SELECT "id_number" FROM "worker"'
    ' WHERE "id_number" IS NOT NULL GROUP BY "id_number" HAVING COUNT(*) > 1)'
)
#: Triggers that look into an index of their own table for each new row, and what says the same of the whole table.
_LOOKING = {"worker": ("same_number_insert", _NOTED)}


def stand_down(execute: Callable[..., Any], table: str) -> list[str]:
    """Let nothing look into a table's indexes for each new row; the statements that note all of them, and have it look again."""
    name, noted = _LOOKING.get(table, ("", ""))
    made = execute("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = ?", [name]).fetchall()
    if made:
        execute(f'DROP TRIGGER "{name}"')
    return [text for (trigger,) in made for text in (noted, trigger)]


def numbers_of_several(person: Any) -> Any:
    """A query of the identity numbers that several people have. Some that several only had once may be among them."""
    numbers = person.select(person.id_number).where(person.id_number.is_null(False))
    if server() is None:
        return numbers.where(person.uid.in_(SQL('(SELECT "worker" FROM "same_number")')))
    return numbers.group_by(person.id_number).having(fn.COUNT(person.id) > 1)


def forgotten(person: Any) -> list[str]:
    """Who has a number (uid) that others have too, and is not among those of :func:`numbers_of_several`: nobody."""
    if server() is not None:
        return []
    number = person.id_number
    several = person.select(number).where(number.is_null(False)).group_by(number).having(fn.COUNT(person.id) > 1)
    other = person.alias()
    query = person.select(person.uid).where(number.in_(several), number.not_in(numbers_of_several(other)))
    return [uid for (uid,) in query.tuples()]
