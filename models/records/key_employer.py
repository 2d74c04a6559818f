"""Key employers (重点企业): which employers a list names as those that should have a union first."""

from models.engine.record import Record
from models.values.columns import declare
from models.values.kinds import Count, Reference, Text


class KeyEmployer(Record):
    """That an employer stands on a list of ``source`` from ``year`` on, to have a union by the end of ``last_year``."""

    employer = declare(Reference("employer"), "用人单位", required=True, references="employer", index=True)
    year = declare(Count(), "重点企业年度", "列入年度", "入选年度", "列入重点企业年度", width=4, example="2026")
    last_year = declare(Count(), "目标年度", "完成年度", "建会目标年度", width=4, example="2026")
    source = declare(Text(), "名单来源", "重点企业来源", "重点企业名单来源", width=10, example="市总工会重点企业名单")
