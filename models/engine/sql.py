"""What engines say differently, in one place: each by a name that says what is meant, with the same answers on both.

Which one runs is asked when a query is made. What is about the file and not about its rows is in the modules beside this
one; the index of words in ``models/engine/word_index.py``; how a server writes any query in ``postgres_words.py``.
"""

import json
import string
from collections.abc import Iterable
from typing import Any

from peewee import JOIN, SCOPE_SOURCE, SQL, Case, ModelAlias, NodeList, Value, fn

from models.engine.running import server

#: Large letters of ASCII in small ones: all that is done without regard to case knows no others.
ASCII_LOWER = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)

#: The collation of a field that is found without regard to the case of a–z; other letters are told apart.
WITHOUT_CASE = "NOCASE"

# Questions about a file and its tables, each answered by rows; a server answers some of them (``postgres_words.py``).
#: One row "ok" when the structure is sound, else what is wrong.
STRUCTURE = "PRAGMA quick_check"
#: A row for each page whose signature is not its own.
BAD_PAGES = "PRAGMA cipher_integrity_check"
#: Whose file it is, and the number of its schema.
OWNER = "PRAGMA application_id"
SCHEMA = "PRAGMA user_version"
#: How many pages it has.
PAGES = "PRAGMA page_count"
#: The names of its tables; asking for how many also shows that a key fits.
TABLES = "SELECT name FROM sqlite_master WHERE type = 'table'"
HOW_MANY_TABLES = "SELECT count(*) FROM sqlite_master"
#: A number that another connection's commit changes, but no own one.
OTHERS_WROTE = "PRAGMA data_version"
#: Fold the log that lies beside the file into it, and empty it.
FOLD_LOG = "PRAGMA wal_checkpoint(TRUNCATE)"
#: (busy, pages of the log, pages that are in the file already), without doing anything.
LOG_STATE = "PRAGMA wal_checkpoint(NOOP)"
#: Within a transaction: references are looked at when it ends.
REFERENCES_LATER = "PRAGMA defer_foreign_keys = 1"


def fields_of(table: str) -> str:
    """The question for a table's fields: the second of each row is a name."""
    return f'PRAGMA table_info("{table}")'


def references_of(table: str) -> str:
    """The question for what a table refers to: in each row the third is the other table, the fourth the own field."""
    return f'PRAGMA foreign_key_list("{table}")'


def unindexed(field: Any) -> Any:
    """The field, its index out of use: where most rows fit, walking the table is several times faster than the index.

    The same value on every engine; one that chooses well by itself gives the field.
    """
    return NodeList((SQL("+"), field)) if server() is None else field


def in_any_order(number: Any) -> Any:
    """To order by a row's number so that the engine may read its smallest index: the same order as by the number itself."""
    return number + 0 if server() is None else number


def given(texts: Iterable[str]) -> Any:
    """These texts as the right side of ``in_`` and ``not_in``: one variable for any number of them."""
    if server() is None:
        return SQL("(SELECT value FROM json_each(?))", [json.dumps(list(texts))])
    return SQL("(SELECT jsonb_array_elements_text(?::jsonb))", [json.dumps(list(texts))])


def sum_of(number: Any) -> Any:
    """The sum of a group as a whole number; of nothing, and of NULL alone, it is 0 and never NULL."""
    return fn.TOTAL(number).cast("INTEGER") if server() is None else fn.COALESCE(fn.SUM(number), 0).cast("BIGINT")


def joined(field: Any) -> Any:
    """The values of a group as one text, separated by commas, in no order; NULL is left out."""
    return fn.GROUP_CONCAT(field) if server() is None else fn.STRING_AGG(field, ",")


def in_order_first(query: Any) -> Any:
    """A query within another whose order is to be kept before the other joins anything to it."""
    return query.limit(-1) if server() is None else query


class _LookedUp(ModelAlias):
    """An alias of a record whose rows come out of one index."""

    def __init__(self, record: Any, index: str) -> None:
        super().__init__(record)
        self.__dict__["index"] = index

    def __sql__(self, context: Any) -> Any:
        told = super().__sql__(context)  # type: ignore[no-untyped-call]  # the stubs leave it out
        return told.literal(f' INDEXED BY "{self.index}"') if context.scope == SCOPE_SOURCE else told


def looked_up_in(record: Any, index: str) -> Any:
    """The record as an alias to join to, read out of this index of its table, which holds all that is looked at.

    SQLite takes a unique index before one that would save it the table. An engine that chooses well gives a plain alias.
    """
    return _LookedUp(record, index) if server() is None else record.alias()


def walked_with(query: Any, record: Any) -> Any:
    """The query crossed with another table, which is looked at for each row found so far and not the other way round."""
    return query.join(record, JOIN.CROSS)


def stands_in(text: str, field: Any) -> Any:
    """That a text stands somewhere in a field, without regard to the case of a–z; not where the field is NULL."""
    return field.contains(text)


def holds(field: Any, text: str) -> Any:
    """That a text stands somewhere in a field to the letter; not where the field is NULL."""
    return fn.INSTR(field, text) > 0 if server() is None else fn.STRPOS(field, text) > 0


def shaped(text: str, field: Any) -> Any:
    """That a text stands somewhere in a field, each ``*`` of it for any one character."""
    plain = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    shape = f"%{plain.replace('*', '_')}%"
    return fn.LIKE(shape, field, "\\") if server() is None else NodeList((field, SQL("ILIKE"), Value(shape)))


def begins(field: Any, text: str) -> Any:
    """That a field begins with a text, without regard to the case of a–z."""
    return field.startswith(text)


def as_number(condition: Any) -> Any:
    """A condition as a number that can be added up: 1 where it holds, 0 where it does not, NULL where it is not known."""
    return condition if server() is None else Case(None, ((condition, 1), (~condition, 0)))


def is_one(field: Any) -> Any:
    """That a field is 1, written so that an index of such rows alone is used."""
    return field == SQL("1")


def none_of(number: Any, query: str) -> Any:
    """That a number is in no answer of a query that is given as text."""
    return number.not_in(SQL(f"({query})"))
