"""Filters of the lists that a person has given a name."""

from models.engine.record import Record
from models.values.columns import declare
from models.values.kinds import Text


class SavedFilter(Record):
    """A named choice of a list. ``page`` is the list's name, ``choice`` JSON."""

    page = declare(Text(), "列表", index=True)
    name = declare(Text(), "名称")
    choice = declare(Text(), "条件")
