"""Targets (任务指标): what a period is to bring, for the whole register or one region, union or person."""

from models.engine.record import Record
from models.values.columns import declare
from models.values.kinds import Count, PersonName, Place, Reference, Text


class Target(Record):
    """One number to reach in a period. ``indicator`` is the key of an indicator; rates are whole percent, money is yuan.

    ``year`` is the one in which the period begins; ``period`` its key (``models/figures/periods.py``), empty for the whole
    year. ``person``: the organizer who is to bring it.
    """

    year = declare(Count(), "年度", required=True, width=4, example="2026")
    indicator = declare(Text(), "指标", required=True, width=12, index=True)
    region = declare(Place(), "区划", width=10, references="region", index=True)
    union = declare(Reference("union"), "工会", width=14, references="union", index=True)
    value = declare(Count(), "目标值", required=True, width=6, example="500")
    source = declare(Text(), "依据", width=16, example="年度工作要点")
    period = declare(Text(), "期间", width=8, example="2026-H1")
    person = declare(PersonName(several=True), "负责人", width=5, example="陈示例")
