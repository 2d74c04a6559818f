"""Working lists (工作名单): people, unions or employers picked for one piece of work, each with boxes to tick and days.

What the boxes and days of a list are called stands with the list; its entries hold them by their places.
"""

from models.engine.record import Record
from models.values.columns import declare
from models.values.kinds import Day, Reference, Text, YesNo
from models.values.tick_box import TickBox

#: Between several labels in one text.
SEPARATOR = "、"
#: The fields of an entry for the boxes and for the days of its list, in the order of their labels.
BOXES = ("ticked_1", "ticked_2", "ticked_3")
DAYS = ("day_1", "day_2")


class Worklist(Record):
    """A list: what it is for (``kind``), what its entries are (``rows``: workers, unions or employers), its own day.

    ``boxes`` and ``days`` are the labels of what is ticked and dated, joined by 、.
    """

    name = declare(Text(), "工作名单", required=True, width=14, index=True, example="2027年春节慰问")
    kind = declare(Text(), "用途", width=5, example="慰问")
    rows = declare(Text(), "名单里是", width=6)
    date = declare(Day(), "日期", width=7, example="2027-01-20")
    boxes = declare(Text(), "勾选栏", width=10, example="已通知、已领")
    days = declare(Text(), "日期栏", width=8, example="发放日期")
    note = declare(Text(), "备注", width=12)
    closed = declare(YesNo(), "已办完", width=4)


class WorklistEntry(Record):
    """One line of a list: whose it is (one of ``worker``, ``union``, ``employer``), what was ticked, which days, a note."""

    worklist = declare(Reference("worklist"), "工作名单", references="worklist", index=True)
    worker = declare(Reference("worker"), "职工", references="worker", index=True)
    union = declare(Reference("union"), "工会", references="union", index=True)
    employer = declare(Reference("employer"), "单位", references="employer", index=True)
    ticked_1 = declare(TickBox(), "勾选一", width=4)
    ticked_2 = declare(TickBox(), "勾选二", width=4)
    ticked_3 = declare(TickBox(), "勾选三", width=4)
    day_1 = declare(Day(), "日期一", width=7)
    day_2 = declare(Day(), "日期二", width=7)
    list_note = declare(Text(), "名单备注", width=10)


#: What is written in an entry by hand: without any of it nothing was done with the entry yet.
WRITTEN = (*BOXES, *DAYS, "list_note")
#: The field of an entry that holds whose it is, by what the list's entries are.
FIELD_OF = {"workers": "worker", "unions": "union", "employers": "employer"}
