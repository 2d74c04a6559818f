"""Occupation groups (群体): the table that each district keeps of the groups of new employment forms and others.

The list is not fixed anywhere: four groups nationally since 2021, eight in 2018, more in some places.
"""

from models.columns import declare
from models.kinds import Count, Text, YesNo
from models.record import Record


class OccupationGroup(Record):
    """A group that people are counted in. ``aliases`` are joined by 、; ``parent`` says who named the group."""

    name = declare(Text(), "群体", required=True, width=8, example="外卖配送员", index=True)
    parent = declare(Text(), "归类", width=8, example="四类重点群体")
    aliases = declare(Text(), "其他叫法", width=20, example="骑手、外卖骑手")
    new_form = declare(YesNo(), "新就业形态", width=5)
    active = declare(YesNo(), "在用", width=3)
    place = declare(Count(), "次序", width=3)
