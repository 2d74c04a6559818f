"""The index of words beside each kind of record: what the engine's own search finds, behind plain functions.

A table ``<kind>_search`` holds words separated by spaces in five fields; its rows carry the numbers of the records. What is
asked is a question as ``models/lists/search.py`` makes it, which makes the words as well.
"""

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import NamedTuple

from models.engine.database import db, run_many
from models.engine.running import server

#: The fields of words of a row.
FIELDS = ("name", "pinyin", "other", "initials", "digits")
#: On a server a word's field is told by its weight, of which there are four; these two are never asked one by one.
_WEIGHTS = {"name": "A", "pinyin": "B", "other": "B", "initials": "C", "digits": "D"}
#: Between the words of two fields, so that none of one follows one of the other.
_GAP = 2
#: A server counts the places of words no further.
_LAST_PLACE = 16_383
#: What separates words on a server as it does in a file: only these are part of words.
_QUOTED = str.maketrans({"'": "''", "\\": "\\\\"})


class Way(NamedTuple):
    """One way to be found: these words one after the other in one of these fields, of the last one its beginning."""

    fields: tuple[str, ...]
    words: tuple[str, ...]


#: All of these parts have to be found, each in any of its ways.
Question = Sequence[Sequence[Way]]


def put(kind: str, rows: Iterable[tuple[int, Sequence[str]]]) -> None:
    """Index records of a kind by their numbers, each with the words of FIELDS, in the place of what was known of them."""
    held = list(rows)
    take_out(kind, (number for number, _words in held))
    engine = server()
    if engine is not None:
        engine.copy_in(f'"{kind}_search"', ("id", "words"), ((number, _vector(words)) for number, words in held))
        return
    names, marks = ", ".join(FIELDS), ", ".join("?" * (len(FIELDS) + 1))
    run_many(
        f'INSERT INTO "{kind}_search" (rowid, {names}) VALUES ({marks})', ((number, *words) for number, words in held)
    )


def done() -> int:
    """Until which place of the log is indexed; on a server, what the connected user sees of it."""
    engine = server()
    if engine is not None:
        return int(engine.asked("SELECT search_done()"))
    row = db.execute_sql("SELECT change FROM search_progress").fetchone()
    return int(row[0]) if row else 0


def note_done(place: int, whole: bool) -> None:
    """Remember how far it is indexed. ``whole``: by somebody who sees all of the log."""
    if server() is None:
        db.execute_sql("DELETE FROM search_progress")
        db.execute_sql("INSERT INTO search_progress VALUES (?)", [place])
        return
    db.execute_sql("DELETE FROM search_progress WHERE login = session_user")
    db.execute_sql("INSERT INTO search_progress (change, whole) VALUES (?, ?)", [place, int(whole)])


def take_out(kind: str, numbers: Iterable[int]) -> None:
    """Take records (numbers) out of the index."""
    number = "rowid" if server() is None else "id"
    run_many(f'DELETE FROM "{kind}_search" WHERE {number} = ?', ([each] for each in numbers))


def sweep(kind: str) -> None:
    """Forget the records that are gone."""
    if server() is not None:  # a server goes through all of a list that it has no room for, for each row that may be none of it
        db.execute_sql(
            f'DELETE FROM "{kind}_search" AS held WHERE NOT EXISTS (SELECT FROM "{kind}" AS there WHERE there.id = held.id)'
        )
        return
    gone = f'NOT IN (SELECT id FROM "{kind}")'
    db.execute_sql(
        f'DELETE FROM "{kind}_search" WHERE rowid IN (SELECT id FROM "{kind}_search_docsize" WHERE id {gone})'
    )


def write_anew(kind: str) -> None:
    """Write the index anew, so that nothing stays of what was taken out of it; a server does so in its own time."""
    if server() is None:
        db.execute_sql(f'INSERT INTO "{kind}_search" ("{kind}_search") VALUES (\'optimize\')')


def found(kind: str, asked: Question, limit: int) -> list[int]:
    """The numbers of at most ``limit`` records that a question finds, in their order."""
    rows = db.execute_sql(f"{_numbers(kind)} LIMIT ?", [_told(asked), limit])
    return [number for (number,) in rows.fetchall()]


def found_uids(kind: str, asked: Question, limit: int) -> frozenset[str]:
    """The uids of at most ``limit`` records that a question finds."""
    rows = db.execute_sql(f'SELECT uid FROM "{kind}" WHERE id IN ({_numbers(kind)} LIMIT ?)', [_told(asked), limit])
    return frozenset(uid for (uid,) in rows.fetchall())


def _numbers(kind: str) -> str:
    if server() is None:
        return f'SELECT rowid FROM "{kind}_search" WHERE "{kind}_search" MATCH ?'
    return f'SELECT id FROM "{kind}_search" WHERE words @@ ?::tsquery ORDER BY id'


def _told(asked: Question) -> str:
    """The question in the engine's own language."""
    if server() is None:
        return " AND ".join(f"({' OR '.join(map(_phrase, part))})" for part in asked)
    return " & ".join(f"({' | '.join(map(_following, part))})" for part in asked)


def _phrase(way: Way) -> str:
    fields = way.fields[0] if len(way.fields) == 1 else f"{{{' '.join(way.fields)}}}"
    return f'{fields} : "{" ".join(way.words)}" *'


def _following(way: Way) -> str:
    weight, last = _WEIGHTS[way.fields[0]], len(way.words) - 1
    words = (f"'{word.translate(_QUOTED)}':{weight}{'*' * (place == last)}" for place, word in enumerate(way.words))
    return f"({' <-> '.join(words)})"


def _vector(texts: Sequence[str]) -> str:
    """The words of FIELDS with their places and weights."""
    places: dict[str, list[str]] = {}
    place = 0
    for name, text in zip(FIELDS, texts, strict=True):
        words = [word for word in text.split() if word != "|"]
        for place, word in enumerate(words, place + 1):  # noqa: B020  # it goes on from field to field
            places.setdefault(word.translate(_QUOTED), []).append(f"{min(place, _LAST_PLACE)}{_WEIGHTS[name]}")
        place += _GAP
    return " ".join(chain.from_iterable([f"'{word}':{','.join(found)}"] for word, found in places.items()))
