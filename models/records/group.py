"""Occupation groups (群体): the table that each district keeps of the groups of new employment forms and others.

The list is not fixed anywhere: four groups nationally since 2021, eight in 2018, more in some places. What import, lists,
forms and command line offer and understand is the open register's table, see :func:`held`.
"""

import uuid
from typing import Any

from models.engine.record import Record
from models.values import codes
from models.values.columns import declare
from models.values.kinds import Count, Text, YesNo
from models.values.taught import Wordings

#: Between several wordings in one text.
SEPARATOR = "、"
#: The same seed gives the same uids on every laptop, so that two registers speak of the same groups.
_NAMESPACE = uuid.UUID("2b9c6f4e-8d13-5a70-b3c1-94e07f5d2a86")


class OccupationGroup(Record):
    """A group that people are counted in. ``aliases`` are joined by 、; ``parent`` says who named the group.

    One that is not ``active`` is still read and shown, but no longer offered.
    """

    name = declare(Text(), "群体", required=True, width=8, example="外卖配送员", index=True)
    parent = declare(Text(), "归类", width=8, example="四类重点群体")
    aliases = declare(Text(), "其他叫法", width=20, example="骑手、外卖骑手")
    new_form = declare(YesNo(), "新就业形态", width=5)
    active = declare(YesNo(), "在用", width=3)
    place = declare(Count(), "次序", width=3)


def seed_rows() -> list[dict[str, Any]]:
    """The groups that a register begins with, uids included."""
    first = codes.by_label(codes.OCCUPATION_GROUP.given)
    return [
        {
            "uid": str(uuid.uuid5(_NAMESPACE, name)),
            "name": name,
            "parent": codes.GROUP_PARENT.get(name),
            "aliases": SEPARATOR.join(aliases) or None,
            "new_form": int(name in codes.GROUP_PARENT),
            "active": 1,
            "place": place,
        }
        for place, (name, aliases) in enumerate(first.items(), start=1)
    ]


def wordings(aliases: str | None) -> list[str]:
    """The single wordings of an ``aliases`` text."""
    return [each for each in (aliases or "").split(SEPARATOR) if each]


def held() -> tuple[Wordings, frozenset[str]] | None:
    """The open register's groups as a code list, and those that count as new employment forms; None where it has no table."""
    rows = list(OccupationGroup.select().order_by(OccupationGroup.place, OccupationGroup.id))
    if not rows:
        return None
    retired = {row.name for row in rows if row.active == 0}
    listed = codes.wordings({row.name: wordings(row.aliases) for row in rows}, retired)
    return listed, frozenset(row.name for row in rows if row.new_form)
