"""Records of which there is but one for the same facts, there twice since two laptops wrote of it: told, and left to a person."""

from collections.abc import Iterator, Mapping

from models.duplicates.merge import ONE_FOR
from models.engine import database
from models.engine.record import Record
from models.records.catalogue import kind_of
from models.records.own_field import OwnField

#: Beside those that a merge makes one: of these no two may be merged, but two of one name are told.
_BESIDE: dict[type[Record], tuple[str, ...]] = {OwnField: ("name", "record")}
#: The reason, as a likely duplicate has one.
SAME_KEY = "same-key"


def same_keys(records: Mapping[str, str]) -> Iterator[tuple[str, str, str, str]]:
    """Of these records, uid → kind, those of which there is another one for the same: (kind, uid, the other one, reason)."""
    told: set[frozenset[str]] = set()
    for record, names in (ONE_FOR | _BESIDE).items():
        kind = kind_of(record)
        mine = [uid for uid, each in records.items() if each == kind]
        own = {row[0]: tuple(row[1:]) for row in database.fetch_in(record, "uid", mine, ("uid", *names))}
        first = {values[0] for values in own.values() if values[0] is not None}
        alike: dict[tuple[object, ...], list[str]] = {}
        for row in database.fetch_in(record, names[0], first, ("uid", *names)):
            alike.setdefault(tuple(row[1:]), []).append(row[0])
        for uid, values in own.items():
            for other in alike.get(values, ()):
                if other != uid and frozenset((uid, other)) not in told:
                    told.add(frozenset((uid, other)))
                    yield kind, uid, other, SAME_KEY
