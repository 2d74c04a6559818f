"""What a sheet says about all of its rows: its organization, its day, whether it speaks of members."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from importers.rows.decisions import Choice
from models.values.problems import Problem


@dataclass(frozen=True, slots=True)
class SheetContext:
    """Facts for every row of one sheet.

    ``called``: what the sheet is called by its title, its own name and its file's, in this order.
    ``organization``: the 填报单位 line, used where no column names an employer or a union. ``union``: the uid of the union
    that a person named for the import. ``day``: the day the sheet speaks of, ISO, or "". ``day_told``: what must be told of how
    the day of counts was found. ``members``: the title says 会员.
    ``leaving``: the word for leaving (退会, 离职) in what the sheet is called, "" for none; ``joining``: it speaks of joining too.
    ``source``: where counts without a named source come from. ``answers``: row number → what a person decided about it;
    ``shared``: the unions (normalised names) that several rows name, each with another employer.
    ``blanks``: field → what its blank cells do; ``fields``: those that have a column in the sheet. ``values``: field → row →
    whether the old value stays or the new one is taken. ``ours``: a register wrote the sheet, so that repeating what is held
    confirms nothing, and nothing new follows from it.
    """

    title: str = ""
    called: tuple[str, ...] = ()
    organization: str = ""
    union: str = ""
    day: str = ""
    day_told: Problem | None = None
    members: bool = False
    leaving: str = ""
    joining: bool = False
    source: str = "导入"
    today: dt.date = dt.date.min
    answers: Mapping[int, str] = field(default_factory=dict)
    blanks: Mapping[str, str] = field(default_factory=dict)
    fields: frozenset[str] = frozenset()
    shared: frozenset[str] = frozenset()
    values: Mapping[str, Mapping[int, Choice]] = field(default_factory=dict)
    ours: bool = False
