"""What was handed up (上报): each file that was, and of each of its rows only whose it is and what it comes to.

A row keeps no copy of what it said: a digest tells whether it says something else now, and what their system answered
stands beside it. The papers that were issued with a number, and templates of papers that a person put in our place, are here too.
"""

from models.engine.record import Record
from models.values import drive_codes
from models.values.columns import declare
from models.values.kinds import Choice, Count, Day, Reference, Text


class Submission(Record):
    """A file that was handed up: by which export template, of what (``scope``), on which day, how many rows."""

    template = declare(Text(), "上报模板", width=14, index=True)
    date = declare(Day(), "上报日期", width=7)
    scope = declare(Text(), "范围", width=14)
    rows = declare(Count(), "行数", width=4)
    file = declare(Text(), "文件", width=14)


class SubmittedRow(Record):
    """One row of it: ``record`` is the uid of a record of ``kind``, ``digest`` of what was written.

    ``result`` and ``reason``: what their system answered, nothing before it did.
    """

    submission = declare(Reference("submission"), "上报", references="submission", index=True)
    kind = declare(Text(), "种类")
    record = declare(Text(), "记录", index=True)
    digest = declare(Text(), "内容的指纹")
    result = declare(Choice(drive_codes.SUBMITTED), "是否成功", width=4)
    reason = declare(Text(), "错误原因", width=16)


class IssuedPaper(Record):
    """A paper of founding or joining that was printed or saved: its number where it has one, its day, of whom it is."""

    paper = declare(Text(), "文书", width=10)
    number = declare(Text(), "文号", width=12, index=True)
    date = declare(Day(), "日期", width=7)
    employer = declare(Reference("employer"), "单位", references="employer", index=True)
    union = declare(Reference("union"), "工会", references="union", index=True)
    worker = declare(Reference("worker"), "职工", references="worker", index=True)


class PaperTemplate(Record):
    """A template of a paper in the place of ours: ``content`` is the .docx in base64."""

    paper = declare(Text(), "文书", index=True)
    file = declare(Text(), "文件")
    content = declare(Text(), "内容")
