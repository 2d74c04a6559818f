"""Drive cases (建会台账): one per employer that should found a union. For now the stage and the next action."""

from models import codes
from models.columns import declare
from models.kinds import Choice, Day, Reference, Text
from models.record import Record


class DriveCase(Record):
    """How far the founding of a union in one employer has come."""

    employer = declare(Reference("employer"), "单位", references="employer", index=True)
    stage = declare(
        Choice(codes.STAGE), "建会阶段", "阶段", "成立工会标记", "是否建会", "建会情况", "建会状态", "是否已建会",
        "是否成立工会", width=7, example="待筹建",
    )  # fmt: skip
    next_action = declare(Text(), "下一步", "下一步工作", width=14)
    next_action_date = declare(Day(), "下一步日期", "计划日期", width=7)
