"""Records that are offered while one is being chosen: by any part of the name, its pinyin or initials, by last digits."""

from collections.abc import Sequence
from typing import cast

from models.editing.namesakes import offered, told_of
from models.lists import search
from models.values.name_order import place_of

#: So many are offered.
_OFFERED = 20


def recent_hits(records: Sequence[tuple[str, str]]) -> list[search.Hit]:
    """Records (kind, uid) in their order as hits; those that are gone are left out. For the worker thread."""
    told: dict[tuple[str, str], str] = {}
    for kind in dict.fromkeys(kind for kind, _uid in records):
        told |= {(kind, uid): text for uid, text in told_of(kind, [uid for each, uid in records if each == kind])}
    hits = []
    for kind, uid in records:
        if text := told.get((kind, uid)):
            title, _space, detail = text.partition("　")
            hits.append(search.Hit(cast(search.Opened, kind), uid, title, detail))
    return hits


def offered_by_reading(record: str, text: str) -> list[tuple[str, str]]:
    """As ``editing.namesakes.offered`` (uid, what is shown), and after those whatever the search finds of the kind."""
    text = text.strip()
    found = offered(record, text, _OFFERED) if text else []
    if text.isascii() and len(found) < _OFFERED:
        known = {uid for uid, _told in found}
        more = sorted(search.found(cast(search.Kind, record), text, _OFFERED) - known)
        told = sorted(told_of(record, more), key=lambda each: (len(each[1]), place_of(each[1], record == "worker")))
        found += told[: _OFFERED - len(found)]
    return found
