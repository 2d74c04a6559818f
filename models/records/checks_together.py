"""Which of many rows the checks across fields must look at: of the others a look at whole columns shows that all is well.

What is right and what is told is said in ``checks.py`` alone; here only those rows are found of which it would say nothing. In
doubt a row is looked at.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from models.records.checks import CITIZEN_CARD, OLDEST, PAST, YOUNGEST
from models.records.membership import DECEASED
from models.values import ids
from models.values.columns import Stored

Columns = Mapping[str, Sequence[Stored]]
_ENDING, _JOINING, _RETIRED = "退会", ("入会", "转入"), ("退休", "离休")


class Quiet(NamedTuple):
    """``loud``: places of the rows to look at. ``filled``: fields of the others with what the checks put where nothing was."""

    loud: set[int]
    filled: dict[str, Sequence[Stored]]


#: What looks at the columns of many rows: field → values, how many rows there are, and today.
Together = Callable[[Columns, int, dt.date], Quiet]


def workers_together(columns: Columns, count: int, today: dt.date) -> Quiet:
    """Persons whose number, birth and sex say the same, who are neither too young nor too old, and of whom no day is to come."""
    blank: Sequence[Stored] = (None,) * count
    get = {name: columns.get(name, blank) for name in ("id_number", "birth_date", "sex")}
    loud = _marked(columns, today)
    births, sexes = list(get["birth_date"]), list(get["sex"])
    known_of_all = ids.births_and_sexes(get["id_number"])
    if known_of_all is not None:
        for said, told in zip((births, sexes), known_of_all, strict=True):
            if said != told:
                loud.update(place for place, (one, other) in enumerate(zip(said, told, strict=True)) if one not in (None, other))
                said[:] = told
    for place, number in enumerate(get["id_number"] if known_of_all is None else ()):
        if number is None:
            continue
        known = ids.birth_and_sex_known(number)
        if known is None:
            loud.add(place)
            continue
        if births[place] != known[0] or sexes[place] != known[1]:
            if births[place] not in (None, known[0]) or sexes[place] not in (None, known[1]):
                loud.add(place)
            births[place], sexes[place] = known
    oldest, youngest = f"{today.year - OLDEST:04}", f"{today.year - YOUNGEST:04}~"
    unusual: set[Stored] = {birth for birth in set(births) if birth is not None and not oldest <= str(birth) < youngest}
    loud.update(_places(births, unusual))
    return Quiet(loud, {"birth_date": births, "sex": sexes})


def _marked(columns: Columns, today: dt.date) -> set[int]:
    """The rows that speak of leaving, death, retirement, another document, or a day after today."""
    loud: set[int] = set()
    types = set(columns.get("id_type", ())) - {None, CITIZEN_CARD}
    loud.update(_places(columns.get("id_type", ()), types))
    loud.update(_places(columns.get("change_type", ()), {_ENDING}))
    loud.update(_places(columns.get("membership_state", ()), {DECEASED}))
    loud.update(_places(columns.get("employment_state", ()), set(_RETIRED)))
    now = today.isoformat()
    for name in PAST:
        days = columns.get(name, ())
        coming: set[Stored] = {day for day in set(days) if day is not None and str(day) > now}
        loud.update(_places(days, coming))
    return loud


def _places(column: Sequence[Stored], sought: set[Stored]) -> Iterable[int]:
    """The places of a column that hold one of the values."""
    if not sought or sought.isdisjoint(column):
        return ()
    return [place for place, value in enumerate(column) if value in sought]


#: The forms of which there are very many rows; of the others each row is looked at.
TOGETHER: dict[str, Together] = {"workers": workers_together}
