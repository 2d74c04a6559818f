"""Counts beside the records while very many rows come in: once for all of them instead of row by row.

Triggers keep how many people each union holds, and mark the unions of which something happened (``migrations/0004_counts.py``,
``0015_past_counts.py``), whoever writes. On a file they run for each row, and take a tenth of the writing of an import. Here
alone they are stood down, within a transaction: whatever happens, either they are there again and all is counted, or nothing
was written. A server counts once for each statement by itself.
"""

from collections.abc import Sequence
from typing import NamedTuple

from peewee import Model

from models.engine import database
from models.engine.running import server

#: The answer to the sex that is counted by itself, as it is stored.
_WOMAN = "女"
_HELD = (
    'INSERT INTO "held_count" ("union", "state", "occupation_group", "migrant_worker", "people", "women", "undated")'
    " SELECT \"union\", membership_state, COALESCE(occupation_group, ''), COALESCE(migrant_worker, -1), COUNT(*),"
    f" COALESCE(SUM(sex = '{_WOMAN}'), 0), SUM(change_date IS NULL)"
    ' FROM "worker" WHERE id > {after} AND +"union" IS NOT NULL AND +membership_state IS NOT NULL GROUP BY 1, 2, 3, 4'
    ' ON CONFLICT ("union", "state", "occupation_group", "migrant_worker") DO UPDATE SET people = people + excluded.people,'
    " women = women + excluded.women, undated = undated + excluded.undated"
)
_MARKED = (
    'INSERT OR IGNORE INTO "past_stale" SELECT DISTINCT "union" FROM "membership_event"'
    ' WHERE id > {after} AND +"union" IS NOT NULL'
)
#: What a table's new rows are counted by: the trigger, and the statement that says the same of all rows behind a number.
COUNTED = {"worker": ("held_count_insert", _HELD), "membership_event": ("past_stale_insert", _MARKED)}


class Uncounted(NamedTuple):
    """A table whose new rows are not counted yet: all behind the row ``after``. ``trigger`` is the statement that makes it."""

    table: str
    after: int
    trigger: str


def stand_down(record: type[Model]) -> list[Uncounted]:
    """From now on new rows of a table are not counted one by one, until :func:`make_up`; until then none may be changed or go."""
    table = record._meta.table_name
    if server() is not None or table not in COUNTED:
        return []
    name = COUNTED[table][0]
    found = database.db.execute_sql("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = ?", [name]).fetchall()
    if found:
        database.db.execute_sql(f'DROP TRIGGER "{name}"')
    return [Uncounted(table, database.newest_id(record), text) for (text,) in found]


def make_up(uncounted: Sequence[Uncounted], indexes: Sequence[str]) -> None:
    """Count the rows that came in meanwhile, and make the indexes that ``database.drop_indexes`` dropped.

    Both read whole tables, and so go together. The next rows are counted one by one again.
    """
    counts = [text for each in uncounted for text in (COUNTED[each.table][1].format(after=each.after), each.trigger)]
    database.create_indexes([*counts, *indexes])
