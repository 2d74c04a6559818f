"""Lists in the order of names that no index keeps: read once, each different text given its place, then put in order.

What an index keeps, by pinyin what people, units and unions are called, is ordered by the engine (``models/lists/listings.py``).
"""

import datetime as dt
from array import array
from collections.abc import Iterable, Sequence
from typing import Any

from peewee import ModelSelect

from models.engine import database
from models.engine.following import following
from models.engine.own_values import field_of
from models.lists.listings import UNITS, Selection, listed_as, listing, order_key
from models.own_names import is_own
from models.records.forms import FORMS
from models.records.region import load_index
from models.values import name_order
from models.values.columns import Kind
from models.values.kinds import Choice, Choices, PersonName, Place, Text
from models.values.name_order import PINYIN, Way

#: Bits of a row's number, and of a text's place before it.
_BITS = 40


def way_of(choice: Selection) -> Way:
    """In which way the names of a choice stand."""
    return choice.way or name_order.usual()


def reads_as_text(kind: Kind) -> bool:
    """True for values that people look up as names and words, and not as numbers, codes or days."""
    return isinstance(kind, Text | Choice | Choices)


def is_sorted_here(choice: Selection, kinds: dict[str, Kind]) -> bool:
    """True when a choice stands in the order of texts that no index keeps. ``kinds``: of the columns of its list, by name."""
    record, way = FORMS[choice.kind].main, way_of(choice)

    def kept(name: str) -> bool:
        known = (name == "name" and following(record)) or (choice.kind == "workers" and name in UNITS)
        return way == PINYIN and bool(known)

    names = [name for name in (choice.order, choice.then[0]) if name in kinds]
    return any(reads_as_text(kinds[name]) and not kept(name) for name in names)


def sorted_numbers(choice: Selection, kinds: dict[str, Kind]) -> "array[int]":
    """The row numbers of a choice in its order; the same order as the engine's where it keeps one."""
    query, way = listing(choice), way_of(choice)
    wanted = [(name, descending) for name, descending in ((choice.order, choice.descending), choice.then)]
    wanted = list({name: (name, descending) for name, descending in reversed(wanted) if name}.values())[::-1]
    fields = []
    for name, _descending in wanted:
        query, field = _value_of(query, choice, name, kinds.get(name))
        fields.append(field)
    main = FORMS[choice.kind].main
    asked, given = query.select(main.id, *fields).sql()
    found = list(database.db.execute_sql(asked, given))
    places = [0] * len(found)
    for column, (name, descending) in enumerate(wanted, start=1):
        values = [row[column] for row in found]
        ranks = _ranks(set(values), kinds.get(name), way, descending)
        places = [place << _BITS | ranks[value] for place, value in zip(places, values, strict=True)]
    keys = sorted(place << _BITS | row[0] for place, row in zip(places, found, strict=True))
    mask = (1 << _BITS) - 1
    last = None if choice.limit is None else choice.offset + choice.limit
    return array("q", (key & mask for key in keys[choice.offset : last]))


def _value_of(query: "ModelSelect[Any]", choice: Selection, name: str, kind: Kind | None) -> tuple["ModelSelect[Any]", Any]:
    record = FORMS[choice.kind].main
    if named := listed_as(query, name):
        return query, named[0]
    if kind is not None and reads_as_text(kind) and (is_own(name) or name in record._meta.fields):
        return query, field_of(record, name)
    return order_key(query, choice, name)


def _ranks(values: Iterable[Any], kind: Kind | None, way: Way, descending: bool) -> dict[Any, int]:
    """The place of each value among all there are; the same for values that are equal in this order."""
    held = list(values)
    keys: Sequence[Any]
    if kind is not None and reads_as_text(kind):
        texts = [None if value is None else str(value) for value in held]
        if isinstance(kind, Place):
            index = load_index(dt.date.today())
            texts = [index.path(text) if text in index.entries else text for text in texts]
        keys = name_order.keys_of(isinstance(kind, PersonName), way)(texts)
    else:
        keys = [(value is not None, value if not isinstance(value, str) else value.lower()) for value in held]
    places = {key: place for place, key in enumerate(sorted(set(keys), key=_none_least))}
    last = len(places) - 1
    return {value: last - places[key] if descending else places[key] for value, key in zip(held, keys, strict=True)}


def _none_least(key: Any) -> Any:
    """What nothing is known of has nothing to be compared by."""
    return key if isinstance(key, str) else (key[0], 0 if key[1] is None else key[1])
