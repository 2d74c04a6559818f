"""The index of words beside each kind of record: what the engine's own search finds, behind plain functions.

A table ``<kind>_search`` holds words separated by spaces in five fields; its rows carry the numbers of the records. What is
asked is text of the engine's search language, see ``models/lists/search.py``, which makes the words and the questions.
"""

from collections.abc import Iterable, Sequence

from models.engine.database import db

#: The fields of words of a row.
FIELDS = ("name", "pinyin", "other", "initials", "digits")


def put(kind: str, rows: Iterable[tuple[int, Sequence[str]]]) -> None:
    """Index records of a kind by their numbers, each with the words of FIELDS, in the place of what was known of them."""
    held = list(rows)
    take_out(kind, (number for number, _words in held))
    names, marks = ", ".join(FIELDS), ", ".join("?" * (len(FIELDS) + 1))
    db.connection().executemany(
        f'INSERT INTO "{kind}_search" (rowid, {names}) VALUES ({marks})', ((number, *words) for number, words in held)
    )


def take_out(kind: str, numbers: Iterable[int]) -> None:
    """Take records (numbers) out of the index."""
    db.connection().executemany(f'DELETE FROM "{kind}_search" WHERE rowid = ?', ([number] for number in numbers))


def sweep(kind: str) -> None:
    """Forget the records that are gone."""
    db.execute_sql(
        f'DELETE FROM "{kind}_search" WHERE rowid IN (SELECT id FROM "{kind}_search_docsize" '
        f'WHERE id NOT IN (SELECT id FROM "{kind}"))'
    )


def write_anew(kind: str) -> None:
    """Write the index anew, so that nothing stays of what was taken out of it."""
    db.execute_sql(f"INSERT INTO \"{kind}_search\" (\"{kind}_search\") VALUES ('optimize')")


def found(kind: str, asked: str, limit: int) -> list[int]:
    """The numbers of at most ``limit`` records that a question finds."""
    rows = db.execute_sql(f'SELECT rowid FROM "{kind}_search" WHERE "{kind}_search" MATCH ? LIMIT ?', [asked, limit])
    return [number for (number,) in rows.fetchall()]


def found_uids(kind: str, asked: str, limit: int) -> frozenset[str]:
    """The uids of at most ``limit`` records that a question finds."""
    rows = db.execute_sql(
        f'SELECT uid FROM "{kind}" WHERE id IN (SELECT rowid FROM "{kind}_search" WHERE "{kind}_search" MATCH ? LIMIT ?)',
        [asked, limit],
    )
    return frozenset(uid for (uid,) in rows.fetchall())
