"""Drive cases (建会台账): one per employer that should found a union, its way through the stages, its papers."""

from models.engine.record import Record
from models.values import codes, drive_codes
from models.values.columns import declare
from models.values.kinds import Choice, Count, Day, PersonName, Reference, Text, YesNo


class DriveCase(Record):
    """How far the founding of a union in one employer has come. Closed when ``closed_on`` is set."""

    employer = declare(Reference("employer"), "单位", references="employer", index=True)
    stage = declare(
        Choice(codes.STAGE), "建会阶段", "阶段", "成立工会标记", "是否建会", "建会情况", "建会状态", "是否已建会",
        "是否成立工会", width=7, example="待筹建",
    )  # fmt: skip
    attitude = declare(
        Choice(drive_codes.ATTITUDE), "态度", "单位态度", "建会意愿", "建会意向", "是否愿意建会", "是否同意建会", "是否愿意成立工会",
        "是否同意成立工会", "是否有建会意愿", "是否有意愿建会", "企业意愿", "单位意愿", width=5, example="同意",
    )  # fmt: skip
    organizer = declare(PersonName(several=True), "负责人", "包联人", "联系人员", width=5, example="陈示例")
    model = declare(Choice(drive_codes.BUILDING_MODEL), "建会模式", "拟建会方式", width=6, example="单独建会")
    opened_on = declare(Day(), "列入日期", width=7, example="2026-07-01")
    opened_with = declare(Count(), "列入时人数", width=5)
    preparation_start = declare(Day(), "筹建开始日期", "筹备组成立日期", width=7)
    preparation_number = declare(Text(), "筹备批复文号", "筹建批复文号", width=12)
    next_action = declare(Text(), "下一步", "下一步工作", width=14)
    next_action_date = declare(Day(ahead=True), "下一步日期", "计划日期", width=7, index=True)
    closed_on = declare(Day(), "结案日期", width=7)
    closed_because = declare(Choice(drive_codes.CLOSED_BECAUSE), "结案原因", width=6)
    note = declare(Text(), "备注", width=12)


class CaseStep(Record):
    """That a case reached a stage on a day, or skipped it. A step taken back is removed; the log keeps it."""

    drive_case = declare(Reference("drive_case"), "建会台账", references="drive_case", index=True)
    stage = declare(Choice(codes.STAGE), "建会阶段")
    date = declare(Day(), "日期")
    skipped = declare(YesNo(), "跳过")
    note = declare(Text(), "备注")


class CasePaper(Record):
    """A paper of a stage (请示、批复、名册……): its number, its date, and where it lies."""

    drive_case = declare(Reference("drive_case"), "建会台账", references="drive_case", index=True)
    stage = declare(Choice(codes.STAGE), "建会阶段")
    name = declare(Text(), "材料名称")
    number = declare(Text(), "文号")
    date = declare(Day(), "日期")
    place = declare(Text(), "存放处")


class Contact(Record):
    """One contact with an employer of the drive: a visit, a call, a letter."""

    drive_case = declare(Reference("drive_case"), "建会台账", references="drive_case", index=True)
    date = declare(Day(), "日期", width=7, example="2026-07-02", index=True)
    way = declare(Choice(drive_codes.CONTACT_WAY), "方式", width=5, example="实地走访")
    person_met = declare(PersonName(several=True), "见到的人", width=5, example="周示例")
    post = declare(Text(), "职务", width=6, example="人事经理")
    attitude = declare(Choice(drive_codes.ATTITUDE), "态度", width=5, example="观望")
    outcome = declare(Text(long=True), "结果", width=20, example="同意先摸清人数")
    promise_date = declare(Day(ahead=True), "承诺日期", width=7)
    paper = declare(Text(), "发出的文书", width=10, example="建会宣传函")
    paper_number = declare(Text(), "文书编号", width=10)
    receipt = declare(YesNo(), "有回执", width=4)
    organizer = declare(PersonName(several=True), "走访人", width=5, example="陈示例")
