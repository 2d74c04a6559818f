"""People who have the name of a row: found by what else the row says of them, for a name alone may be that of thousands."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from models.engine.record import Values

#: What tells people of one name apart best; they are findable by each of these, and by the name alone.
TELLING = ("phone", "birth_date", "member_number", "residence_address", "employer")
_Key = tuple[str, ...]
#: Lengths of a year, a month and a day as ISO text.
_PRECISIONS = (4, 7, 10)


class Namesakes:
    """The people known so far by name. A person who changes is added again: what was known before finds them still."""

    def __init__(self) -> None:
        """Nobody."""
        self._people: defaultdict[_Key, list[str]] = defaultdict(list)
        self._keys: defaultdict[str, set[_Key]] = defaultdict(set)
        self._order: dict[str, int] = {}
        self._passed: dict[_Key, int] = {}

    def add(self, uid: str, values: Values) -> None:
        """Make a person findable by all that is known of them now."""
        self._order.setdefault(uid, len(self._order))
        held = self._keys[uid]
        for key in _keys(values):
            if key not in held:
                held.add(key)
                self._people[key].append(uid)

    def named(self, name: str) -> list[str]:
        """Everybody of a name, as they became known."""
        return self._people.get((name,), [])

    def begin_sheet(self) -> None:
        """Nobody has been spoken of yet."""
        self._passed.clear()

    def unspoken(self, name: str, said: Values, spoken: Collection[str]) -> Iterator[str]:
        """Those of a name who may agree with all that is ``said``, without those of whom the sheet has spoken.

        Looked for where the fewest are. ``spoken`` only grows while a sheet is planned: whom it has passed once is not
        looked at again.
        """
        keys = [(name,), *((name, field, str(said[field])) for field in TELLING if said.get(field) is not None)]
        key = min(keys, key=lambda each: len(self._people.get(each, ())))
        people = self._people.get(key, [])
        start = self._passed.get(key, 0)
        while start < len(people) and people[start] in spoken:
            start += 1
        self._passed[key] = start
        return (people[place] for place in range(start, len(people)) if people[place] not in spoken)

    def born(self, name: str, employer: str, day: str) -> list[str]:
        """Those of a name and an employer whose day of birth may be this one, known less or more precisely."""
        exact = (self._people.get((name, employer, "on", day[:size]), ()) for size in _PRECISIONS if size <= len(day))
        within = self._people.get((name, employer, "within", day), ())
        found: set[str] = set().union(*exact, within)
        return sorted(found, key=self._order.__getitem__)


def _keys(values: Values) -> Iterable[_Key]:
    name: Any = values["name"]
    yield (name,)
    for field in TELLING:
        if values.get(field) is not None:
            yield name, field, str(values[field])
    employer, day = values.get("employer"), values.get("birth_date")
    if employer is not None and day is not None:
        yield name, str(employer), "on", str(day)
        for size in _PRECISIONS:
            if size <= len(str(day)):
                yield name, str(employer), "within", str(day)[:size]
