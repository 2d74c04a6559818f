"""How many members a union's committee may have, by its number of members: the tables in circulation.

Which of them is in force was not found, so the register's setting ``committee_sizes`` names one, or holds a district's own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from models.errors import UserError
from models.language import N_, _


@dataclass(frozen=True, slots=True)
class SizeRow:
    """So many members at least, and the committee's least and greatest size, until the next row begins."""

    members: int
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class CommitteeTable:
    """A table of committee sizes; ``odd``: only odd sizes are right, so that a vote decides."""

    name: str
    rows: tuple[SizeRow, ...]
    odd: bool = True

    def of(self, members: int) -> SizeRow | None:
        """The row for so many members, None below the first."""
        return next((row for row in reversed(self.rows) if row.members <= members), None)


def _rows(rows: Sequence[Sequence[int]]) -> tuple[SizeRow, ...]:
    return tuple(SizeRow(*row) for row in rows)


_LARGE = ((1_001, 15, 21), (5_001, 21, 29), (10_001, 29, 37))

#: The tables that a person may choose among.
VARIANTS: Mapping[str, CommitteeTable] = {
    "2016": CommitteeTable(
        N_("工会基层组织选举工作条例（2016）"),
        _rows([(1, 1, 5), (25, 3, 7), (201, 7, 15), *_LARGE, (50_001, 37, 45)]),
    ),
    "interim": CommitteeTable(
        N_("工会基层组织选举工作暂行条例（旧）"),
        _rows([(1, 1, 1), (26, 3, 7), (201, 7, 15), (1_001, 15, 21), (5_001, 21, 29), (10_001, 1, 37)]),
    ),
    "graded": CommitteeTable(
        N_("分档较细的表（有的区总工会在用）"),
        _rows([
            (1, 1, 1), (11, 3, 3), (26, 3, 5), (101, 5, 7), (201, 7, 9), (501, 9, 15), *_LARGE, (50_001, 37, 45),
        ]),
    ),
}  # fmt: skip


def committee_table(value: Any) -> CommitteeTable:
    """The table that a setting's value means: the key of a variant, or rows of [members from, least, most].

    A district's own rows may stand in an object beside ``odd``: ``{"rows": [[1, 1, 5], [25, 3, 7]], "odd": false}``.
    Raises UserError for anything else, and for rows that do not rise.
    """
    if isinstance(value, str) and value in VARIANTS:
        return VARIANTS[value]
    given = value if isinstance(value, dict) else {"rows": value}
    rows, odd = given.get("rows"), given.get("odd", True)
    if not isinstance(rows, list) or not rows or not all(map(_is_row, rows)) or not isinstance(odd, bool):
        raise UserError(_("设置里的“委员人数表”看不懂：请选一张现成的表，或者每行写三个整数：会员数起点、最少、最多。"))
    if [row[0] for row in rows] != sorted({row[0] for row in rows}):
        raise UserError(_("设置里的“委员人数表”各行要按会员数从小到大排，不能重复。"))
    return CommitteeTable(N_("自定的表"), _rows(rows), odd)


def _is_row(row: Any) -> bool:
    numbers = isinstance(row, list) and len(row) == 3 and all(type(each) is int and each >= 0 for each in row)
    return numbers and row[1] <= row[2]
