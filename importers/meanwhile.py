"""What others wrote into an office's register between the making of a plan and its writing, and whether the plan still holds.

Of many who write all day hardly anybody writes what an import is about. A plan stays as it is unless somebody wrote what its rows
were looked up by, what they refer to, or what every row is read with; else it is to be made again.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from importers.plan.steps import Plan
from models.engine import aside
from models.engine.record import Record, Values
from models.errors import OVERTAKEN_PLAN, StalePlan
from models.journal import entries
from models.journal.log import WHOLE
from models.language import _
from models.records.catalogue import RECORDS, kind_of, references
from models.records.employer import Employer
from models.records.union import Union
from models.records.worker import Worker

#: With what every row is read.
_READ_WITH = frozenset({
    "region", "region_parent", "own_field", "occupation_group", "ledger_kind", "site_kind", "setting",
})  # fmt: skip
#: By what rows are looked up.
_KEYS: dict[type[Record], tuple[str, ...]] = {
    Worker: ("name", "id_number", "phone"), Employer: ("name", "former_names", "credit_code"),
    Union: ("name", "former_names", "credit_code"),
}  # fmt: skip
#: Whose list it is that says who is no longer there.
_OF_FULL_LISTS = frozenset({"worker", "membership_event", "union"})
#: More than so many entries are not looked at one by one.
_MOST = 20_000



class _Told(NamedTuple):
    """What an entry of the log says of a record: its kind, values of it, with its uid."""

    kind: str
    values: Values
    how: Literal["new", "changed", "gone"]


def check(plan: Plan, until: int) -> None:
    """StalePlan where anything between the plan and place ``until`` of the log concerns what stands aside of the plan."""
    if until > plan.based_on and _concerns(plan, until):
        raise StalePlan(_(OVERTAKEN_PLAN))


def _concerns(plan: Plan, until: int) -> bool:
    if until - plan.based_on > _MOST:
        return True
    told = list(_told(plan.based_on, until))
    kinds = {each.kind for each in told}
    if kinds & _READ_WITH or (plan.decisions.full and kinds & _OF_FULL_LISTS):
        return True
    # where the rows belong follows from these, and was asked before
    moved = [each for each in told if each.how == "changed" and any(aside.places(each.kind, name) for name in each.values)]
    if any(each.kind == kind_of(Union) for each in moved):  # all unions below it have moved too, and nothing says so
        return True
    pointing, other = references(), [str(each.values["uid"]) for each in (*moved, *(each for each in told if each.how == "gone"))]
    if any(aside.holds_any(record, [name], other) for record, name in pointing):
        return True
    for record, names in _KEYS.items():
        texts = _texts((each.values for each in told if each.kind == kind_of(record)), names)
        if aside.holds_any(record, names, texts):
            return True
    return any(
        aside.holds_any(record, [name], _texts((each.values for each in told if each.kind == kind_of(record)), [name]))
        for record, name in pointing
        if kind_of(record) in ("head_count", "officer", "coverage")
    )


def _told(after: int, until: int) -> Iterator[_Told]:
    for kind, record, name, was, now in entries.between(after, until, ("kind", "record", "field", "before", "after")):
        if name != WHOLE:
            yield _Told(kind, {"uid": record, name: json.loads(now or "null")}, "changed")
            continue
        for each, values in json.loads(now or was or "[]"):
            if each in RECORDS:
                yield _Told(each, values, "gone" if now is None else "new")


def _texts(told: Iterable[Values], names: Iterable[str]) -> list[str]:
    wanted = tuple(names)
    return list({value for values in told for name in wanted if isinstance(value := values.get(name), str) and value})
