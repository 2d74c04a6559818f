"""The types of unions that nobody wrote: what their names suggest, and writing it for those that a person confirms."""

from collections.abc import Collection
from dataclasses import dataclass

from models.engine import database
from models.journal.writer import Author, batch, number_of
from models.records.union import Union
from models.values.union_kinds import class_of, guessed_type


@dataclass(frozen=True, slots=True)
class Guess:
    """A union without a type, and the one that its name suggests. ``uncounted``: until confirmed it is in no number of unions."""

    uid: str
    name: str
    region: str | None
    union_type: str
    uncounted: bool


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What came of confirming: the batch's number (None when nothing was), how many unions have a type now."""

    batch: int | None
    changed: int


def type_guesses(uids: Collection[str] | None = None) -> list[Guess]:
    """Every union without a type whose name suggests one; ``uids``: only these."""
    query = Union.select(Union.uid, Union.name, Union.region).where(Union.union_type.is_null()).order_by(Union.id)
    return [
        Guess(union.uid, union.name, union.region, guessed, class_of(None, union.name) is None)
        for union in query
        if (uids is None or union.uid in uids) and (guessed := guessed_type(union.name))
    ]


def confirm_types(uids: Collection[str], author: Author) -> Confirmed:
    """Write the suggested type of these unions, as one batch; those that have a type or a name that suggests none stay."""
    wanted = type_guesses(frozenset(uids))
    held = dict(database.fetch_in(Union, "uid", (each.uid for each in wanted), ("uid", "union_type")))
    with batch("edit", author, {"kind": "union", "field": "union_type", "records": len(wanted)}) as writer:
        for each in wanted:
            writer.update(Union, each.uid, {"union_type": (held[each.uid], each.union_type)})
    return Confirmed(number_of(writer), len(wanted))
