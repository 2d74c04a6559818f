"""What is due from unions (催报): which sheet, how often, from whom; and what is known of one that was due.

Whether a sheet came follows from what the register holds. A :class:`HandIn` is kept only where nothing else would say it: a
roster of which nothing changed, a paper that came by hand, a union that need not hand in.
"""

from models.engine.record import Record
from models.values import drive_codes
from models.values.columns import declare
from models.values.kinds import Choice, Choices, Count, Day, Place, Reference, Text, YesNo


class DueRule(Record):
    """That a sheet is due from unions at the end of each period, within ``days`` days after it, for periods from ``since`` on.

    ``classes`` are the kinds of union, none is all basic ones unless unions are named (:class:`DueUnion`). ``ledger_kind``: of
    a work ledger the one kind that is asked for.
    """

    name = declare(Text(), "催报名称", required=True, width=10, example="人数月报")
    sheet = declare(Choice(drive_codes.DUE_SHEET), "要交的表", required=True, width=6, example="人数")
    every = declare(Choice(drive_codes.DUE_EVERY), "多久一次", required=True, width=5, example="每月")
    days = declare(Count(), "期满后几天", required=True, width=5, example="10")
    classes = declare(Choices(drive_codes.UNION_CLASS), "哪类工会", width=12, example="单独基层工会、联合基层工会")
    region = declare(Place(), "区划", width=10, references="region", index=True, example="沙坪坝区小龙坎街道")
    ledger_kind = declare(Reference("ledger_kind"), "台账类别", width=8, references="ledger_kind", index=True)
    since = declare(Day(), "从哪天起", required=True, width=7, example="2026-01-01")
    active = declare(YesNo(), "在用", width=3)
    note = declare(Text(), "备注", width=12)


class DueUnion(Record):
    """That a rule asks this union, whatever its kind."""

    due_rule = declare(Reference("due_rule"), "催报", references="due_rule", index=True)
    union = declare(Reference("union"), "工会", references="union", index=True)


class HandIn(Record):
    """What is known of a union's sheet of a period (its key): it came on ``date``, or need not come, and why.

    ``rows``: so many rows of an imported sheet spoke of the union; none where a person said it.
    """

    due_rule = declare(Reference("due_rule"), "催报", references="due_rule", index=True)
    union = declare(Reference("union"), "工会", references="union", index=True)
    period = declare(Text(), "期间", width=6, example="2026-05")
    state = declare(Choice(drive_codes.HAND_IN), "交没交", width=4, example="已交")
    date = declare(Day(), "收到日期", width=7, example="2026-06-08")
    rows = declare(Count(), "行数", width=3)
    reason = declare(Text(), "原因", width=14, example="纸质交来")
