"""What a person chooses for a report: of whom, as of which day, masked or not. One object for all reports.

Each report takes some of the choices, see ``reports/catalogue.py``; the others keep their defaults.
"""

import datetime as dt
from dataclasses import dataclass

from models.language import _
from models.records.region import load_index
from models.records.setting import setting
from models.values.region_index import RegionIndex

#: Where nobody has told the register whose it is, the line is filled in by hand.
TO_FILL_IN = "_" * 20
#: Lines to be filled in that a report can be asked for: some ten pages.
MOST_BLANK = 300


@dataclass(frozen=True)
class ReportChoices:
    """Records are named by their uid, "" is all of them. ``day``: as of when, and the date of filing.

    ``year``: of targets, 0 is the day's. ``since``: where a period begins that ends on the day, None is its year's start.
    ``table`` and ``period``: the name of a statistics table, the key of a period ("" is the day's year). ``days``: how many
    days from the day on; ``level``: by what a number is divided, "" not at all; ``blank``: lines to be filled in;
    ``everything``: also what is left out else. ``layout``: of a list, its kind and after a ``/`` the name of its layout.
    ``card``: a layout of cards or labels; ``worklist``: only those on a working list; ``test_page``: the page that tests the
    printer in their place.
    """

    today: dt.date
    day: dt.date
    union: str = ""
    region: str = ""
    employer: str = ""
    organizer: str = ""
    stage: str = ""
    ledger_kind: str = ""
    level: str = ""
    year: int = 0
    since: dt.date | None = None
    days: int = 7
    blank: int = 10
    everything: bool = False
    masked: bool = True
    table: str = ""
    period: str = ""
    layout: str = ""
    card: str = ""
    worklist: str = ""
    test_page: bool = False

    @property
    def past(self) -> dt.date | None:
        """The day, where it is over: then the register is asked how it stood; None is how it stands now."""
        return self.day if self.day < self.today else None

    def index_of(self, index: RegionIndex) -> RegionIndex:
        """The regions as of the day; ``index``: those of today."""
        return load_index(self.past) if self.past else index

    def whose(self, index: RegionIndex) -> str:
        """Who files the report: the chosen region, else whose the register is, else a line to be filled in."""
        return index.path(self.region) if self.region else str(setting("organization")) or TO_FILL_IN

    @property
    def mark(self) -> str:
        """Whether numbers of people are masked, in words."""
        return _("已脱敏") if self.masked else _("完整信息")


def choice_titles() -> dict[str, str]:
    """What each choice is called, in the order in which they are offered; ``full`` is the opposite of ``masked``."""
    return {
        "union": _("工会"), "employer": _("单位"), "region": _("区划"), "organizer": _("负责人"), "stage": _("阶段"),
        "worklist": _("工作名单"), "layout": _("名单和版式"), "card": _("版式"), "ledger_kind": _("台账类别"),
        "table": _("统计表"), "period": _("期间"), "level": _("分到"), "year": _("年度"), "since": _("从"),
        "day": _("日期"),
        "days": _("几天以内"), "blank": _("空白行"), "everything": _("范围"), "test_page": _("打印机"), "full": _("证件号和电话"),
    }  # fmt: skip
