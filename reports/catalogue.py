"""All reports as data: name, title, which choices they take, and where they are made. The window and the terminal walk it."""

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from models.errors import UserError
from models.language import _, official

if TYPE_CHECKING:
    from models.values.region_index import RegionIndex
    from reports.choices import ReportChoices
    from reports.report import Report

#: How each choice is named at a terminal.
OPTIONS = {
    "union": "--union", "employer": "--employer", "region": "--region", "organizer": "--organizer", "stage": "--stage",
    "worklist": "--worklist", "layout": "--layout", "card": "--card", "ledger_kind": "--kind",
    "table": "--table", "period": "--period", "level": "--by", "year": "--year",
    "since": "--since", "day": "--day", "days": "--days",
    "blank": "--blank", "everything": "--all", "test_page": "--test-page", "full": "--full",
}  # fmt: skip

#: The choices that name a record of the register.
RECORDS_NAMED = ("union", "employer", "region")


@dataclass(frozen=True)
class ReportKind:
    """One report. ``module`` has ``compose(index, choices)``, which makes it; it is loaded when it is asked for.

    A module of several reports names the function behind a colon.

    ``takes``: the choices it looks at, by the names of ``choices.choice_titles``. ``needs``: of these, the ones of which one
    must be chosen; ``asks`` says so. ``whole``: without one it may be made of the whole register, where that is asked for.
    ``either``: choosing one of ``needs`` leaves the others. ``more``: what the choice ``everything`` adds.
    """

    name: str
    title: str
    module: str
    takes: tuple[str, ...]
    needs: tuple[str, ...] = ()
    asks: str = ""
    whole: bool = False
    either: bool = False
    more: str = ""

    @property
    def asked_for(self) -> tuple[str, ...]:
        """What must be named at a terminal: of several that will do, the first."""
        named = tuple(name for name in self.needs if name in RECORDS_NAMED)
        return named[:1] if self.either else named

    def missing(self, choices: "ReportChoices") -> bool:
        """True when none of what it needs is chosen."""
        needed = bool(self.needs) and not ("test_page" in self.takes and choices.test_page)
        return needed and not any(getattr(choices, name) for name in self.needs)

    def compose(self, index: "RegionIndex", choices: "ReportChoices") -> "Report":
        """Make the report. UserError, a sentence, when something must be chosen first or there is nothing to print."""
        if self.missing(choices) and not self.whole:
            raise UserError(self.asks)
        module, _sign, function = self.module.partition(":")
        make = getattr(import_module(module), function or "compose")
        try:
            with official():  # a paper is for others
                report: Report = make(index, choices)
        except UserError:
            make(index, choices)  # the sentence is for the person, in their language
            raise
        return report


def options_of(kind: ReportKind) -> list[str]:
    """The options of a report at a terminal: those of its choices, and a period's two days instead of its name."""
    found = [OPTIONS[name] for name in OPTIONS if name in kind.takes or (name == "since" and "period" in kind.takes)]
    if "day" in kind.takes:
        found.insert(found.index("--day"), "--until")
    return found


def report_kinds() -> dict[str, ReportKind]:
    """All reports by name, in the order in which they are offered."""
    found = (
        ReportKind(
            "roster", _("会员花名册"), "reports.roster", ("union", "region", "day", "full"), ("union", "region"),
            _("请在左边选择一个工会、镇街或区县。"), whole=True, either=True,
        ),
        ReportKind(
            "attendance", _("会议签到表"), "reports.attendance", ("union", "blank"), ("union",), _("请先选择一个工会。"),
        ),
        ReportKind(
            "visits", _("走访和电话清单"), "reports.visit_list",
            ("organizer", "region", "stage", "day", "days", "everything", "full"),
            more=_("全部在办的，不只是到期的") + "\n" + _("（已建会的选了阶段才列出）"),
        ),
        ReportKind(
            "case", _("一企一档"), "reports.case_paper", ("employer", "day", "full"), ("employer",),
            _("请先选择一个单位。"),
        ),
        ReportKind("drive", _("应建未建单位清单"), "reports.drive_list", ("region", "day", "full")),
        ReportKind("targets", _("任务进度表"), "reports.target_list", ("region", "year", "period", "day", "level")),
        ReportKind(
            "table", _("统计表"), "reports.figure_table", ("table", "region", "period", "day", "everything"), ("table",),
            _("请先选择一张统计表。"), more=_("没有数字的行也列出"),
        ),
        ReportKind("half_year", _("半年工作情况"), "reports.half_year", ("region", "period", "day")),
        ReportKind(
            "terms", _("换届提醒"), "reports.term_list", ("region", "day", "everything"),
            more=_("任期内和届期不明的也列出"),
        ),
        ReportKind(
            "findings", _("体检清单"), "reports.findings_list", ("region", "day", "everything"),
            more=_("未填的和已搁置的也列出"),
        ),
        ReportKind("ledger", _("工作台账"), "reports.ledger_list", ("ledger_kind", "union", "region", "since", "day")),
        ReportKind("sites", _("阵地名单"), "reports.site_list", ("union", "region", "day", "full")),
        ReportKind(
            "chase", _("催报清单"), "reports.chase_list", ("union", "region", "day", "everything", "full"),
            more=_("已交的和免交的也列出"),
        ),
        ReportKind("list", _("名单"), "reports.listing.chosen", ("worklist", "layout", "union", "region", "since", "day", "full")),
        *_drawn_kinds(),
        ReportKind("annual", _("年报取数表"), "reports.annual", ("region", "day")),
        ReportKind("laptop", _("电脑丢失处置单"), "reports.lost_laptop", ("region", "day")),
    )  # fmt: skip
    return {each.name: each for each in found}


def _drawn_kinds() -> tuple[ReportKind, ...]:
    """The reports whose pages are no tables: cards, labels, the tree of the unions, the page of a town."""
    of_whom = _("请选择一个工会、镇街，或者一份工作名单。")
    taken, needed = ("card", "worklist", "union", "region", "test_page", "full"), ("union", "region", "worklist")
    return (
        ReportKind("cards", _("会员证和桌签"), "reports.cards.chosen:compose_cards", taken, needed, of_whom, either=True),
        ReportKind("labels", _("地址和档案标签"), "reports.cards.chosen:compose_labels", taken, needed, of_whom, either=True),
        ReportKind("tree", _("工会组织树"), "reports.drawn.tree", ("union", "region", "day")),
        ReportKind("town", _("镇街建会覆盖"), "reports.drawn.town", ("region", "day")),
    )
