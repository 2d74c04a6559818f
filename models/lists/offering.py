"""Records that are offered while one is being chosen: by any part of the name, its pinyin or initials, by last digits."""

from typing import cast

from models.editing.namesakes import offered, told_of
from models.lists import search


def offered_by_reading(record: str, text: str, limit: int = 20) -> list[tuple[str, str]]:
    """As ``editing.namesakes.offered`` (uid, what is shown), and after those whatever the search finds of the kind."""
    text = text.strip()
    found = offered(record, text, limit) if text else []
    if text.isascii() and len(found) < limit:
        known = {uid for uid, _told in found}
        more = sorted(search.found(cast(search.Kind, record), text, limit) - known)
        found += sorted(told_of(record, more), key=lambda each: (len(each[1]), each[1]))[: limit - len(found)]
    return found
