"""Cells that together say one value: of columns that are joined, made one cell for the kind that reads it."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from importers.columns.content import filled
from importers.columns.joins import Join
from models.values.cleaning import text_of
from models.values.columns import Plain
from models.values.problems import Problem, problem

#: Fields of which two different values are a question: who it is, and what makes or ends a membership, a count, a stage.
ASKED = frozenset(
    """
    name subject id_number credit_code subject_credit_code employer_credit_code union_credit_code employer union parent
    join_date change_type change_date membership_state as_of staff_count women_staff_count member_count women_member_count
    migrant_member_count new_form_member_count founding_date term_start term_years stage date
    """.split()
)


class Differing(NamedTuple):
    """The first of two cells under one header that say different things."""

    value: Plain


def joined_columns(columns: list[Sequence[Plain]], joins: Sequence[Join], height: int) -> list[Sequence[Plain]]:
    """The columns of some rows with the main column of every join holding what all of its columns say."""
    made = list(columns)
    for join in joins:
        made += [(None,) * height] * (join.main + 1 - len(made))
        cells = [columns[index] for index in join.columns if index < len(columns)]
        made[join.main] = [_one(row, join) for row in zip(*cells, strict=True)] if cells else made[join.main]
    return made


def _one(cells: Sequence[Plain], join: Join) -> Plain:
    told = filled(cells)
    if len(told) < 2:
        return told[0] if told else None
    if join.how == "same":
        texts = {" ".join(str(cell).split()) for cell in told}
        return told[0] if len(texts) == 1 else Differing(told[0])  # type: ignore[return-value]
    parts = list(_texts(told))
    if join.how == "phones":
        return "、".join(dict.fromkeys(parts))
    address = ""
    for part in parts:
        address = part if part.startswith(address) else address if address.endswith(part) else address + part
    return address


def _texts(cells: Sequence[Plain]) -> Iterator[str]:
    return (text.strip() for cell in cells if (text := text_of(cell)))


def differing(name: str, label: str) -> Problem:
    """What is told of a cell whose twin says something else."""
    return problem("columns-differ" if name in ASKED else "columns-joined", name, label=label)
