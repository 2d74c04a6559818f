"""The hidden key of exported rows: an edited export comes back as exact updates, even of names and numbers.

A key is the uid of the record that the row was made of. It counts where the register holds that record; a row that was
copied with its key, or typed over with somebody else, is not that record.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from importers.plan.ours import is_masked, known_by_cover, without_derived
from importers.plan.world import World
from importers.rows.rows import Row
from models.records.checks import ID_PROBLEMS
from models.records.headcount import COUNTS
from models.standing.counts import believed, ranks
from models.values.cleaning import normal_name
from models.values.problems import Problem, problem

Held = dict[str, Any]
#: The number by which a record of each kind is known: nobody else may have it.
_NUMBERS = {"workers": "id_number", "employers": "credit_code", "unions": "credit_code"}
#: Errors for rows that nothing identifies: what they are where a key does.
_IDENTIFIED = {"id-masked-alone": "id-masked", "id-truncated-alone": "id-truncated"}


def settled(kind: str, row: Row, world: World, answered: bool) -> Row:
    """The row as its record makes it: without a key that counts for nothing, and what it leaves as it is left alone.

    A masked number that says what the register holds is that number. ``answered``: a person has decided about the row
    already, and is not asked whether it is still the same record.
    """
    if not row.key and kind == "workers" and not answered:
        row = known_by_cover(row, world)
    if not row.key:
        return row
    held = _held(kind, row.key, world)
    if held is None:
        return type(row)(row.number, row.values, row.written, row.problems, row.hidden)
    values, problems = row.values, list(row.problems)
    for name, written in row.written.items():
        if name in held and held[name] is not None and is_masked(kind, name, str(written), held[name]):
            values[name] = held[name]
            problems = [each for each in problems if each.column != name]
    values = without_derived(kind, values, held, row)
    if kind == "workers":
        problems = _known_number(values, held, problems)
    if kind in ("employers", "unions") and values.get("as_of") is None:
        values = _without_known_counts(values, world.counts.get(row.key, []))
    question = None if answered else _question(kind, row.key, values, held, world)
    problems += [question] if question else []
    return type(row)(row.number, values, row.written, problems, row.hidden, row.key)


def _held(kind: str, key: str, world: World) -> Held | None:
    """The record of the right kind that a key names."""
    if kind == "ledger":
        return world.ledger.held.get(key)
    if kind == "officers":
        return world.officers.held.get(key)
    if kind == "sites":
        return world.sites.held.get(key)
    if kind == "regions":
        return world.places.held.get(key)
    held: Mapping[str, Held] = {
        "workers": world.workers, "employers": world.employers.held, "unions": world.unions.held,
        "headcounts": world.counted,
    }[kind]  # fmt: skip
    return None if key in world.founders else held.get(key)


def _known_number(values: Held, held: Held, problems: list[Problem]) -> list[Problem]:
    """A doubtful number that was accepted once is not refused again; what the key identifies needs nothing else."""
    if values.get("id_number") is not None and values["id_number"] == held.get("id_number"):
        return [each for each in problems if each.code not in ID_PROBLEMS]
    return [
        problem(_IDENTIFIED[each.code], each.column) if each.code in _IDENTIFIED else each for each in problems
    ]


def _without_known_counts(values: Held, history: Sequence[Held]) -> Held:
    """The values without the counts that are the newest ones known: an export lists them without their day."""
    order = ranks()
    ordered = sorted(history, key=lambda each: believed(each, order))
    newest = {name: each[name] for each in ordered for name in COUNTS if each.get(name) is not None}
    return {name: value for name, value in values.items() if name not in newest or newest[name] != value}


def _question(kind: str, key: str, values: Held, held: Held, world: World) -> Problem | None:
    """What must be asked: the row may be another's by now, or its new number is somebody else's."""
    number = _NUMBERS.get(kind)
    new = values.get(number) if number else None
    if number is None or new is None or new == held.get(number):
        return None
    if held.get(number) is not None and _is_other(kind, str(values.get("name")), str(held.get("name"))):
        return problem("key-contradicts", "name", held=held["name"])
    units = world.unions if kind == "unions" else world.employers
    holder = world.by_id.get(str(new)) if kind == "workers" else units.by_code.get(str(new))
    if holder is None or holder == key:
        return None
    owner = world.worker(holder) if kind == "workers" else units.held[holder]
    return problem("key-number-taken", number, held=owner["name"])


def _is_other(kind: str, written: str, held: str) -> bool:
    """True for names that cannot be two spellings of one: of people, those that share no character."""
    if kind == "workers":
        return not set(written) & set(held)
    return normal_name(written) != normal_name(held)
