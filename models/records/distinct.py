"""Pairs that a person looked at and said: these are not the same. They are never proposed again."""

from models.engine.record import Record
from models.values.columns import declare
from models.values.kinds import Text


class DistinctPair(Record):
    """Two records that only look alike. ``left`` and ``right`` are uids, of two records of one kind the smaller first.

    ``kind`` is the kind of the left one, and after it that of the right one when it is another: "worker", "employer union".
    ``reason`` is the code of the likeness that was rejected.
    """

    kind = declare(Text(), "种类", index=True)
    left = declare(Text(), "一方", index=True)
    right = declare(Text(), "另一方", index=True)
    reason = declare(Text(), "相似之处")
