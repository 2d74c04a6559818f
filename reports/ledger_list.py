"""The work ledger (工作台账) of a period on paper: by kind of work, each with its sums."""

import datetime as dt
from collections.abc import Sequence

from models.language import _
from models.ledger.entries import EntryChoice, WorkTotal, entries, totals
from models.records.ledger import LedgerEntry
from models.values.columns import column_of
from models.values.region_index import RegionIndex
from reports.choices import ReportChoices
from reports.report import Align, Report, ReportColumn, Section

_COLUMNS = ("date", "title", "quantity", "done", "people", "amount", "union", "region", "organization", "person", "note")
#: Columns of which nothing is known are left out, but for these.
_ALWAYS = ("date", "title", "quantity")
#: Widths on paper where they are others than in a list.
_WIDTHS = {
    "title": 10, "quantity": 4, "done": 4, "people": 4, "amount": 6, "union": 11, "region": 11, "organization": 16, "person": 4,
    "note": 7,
}  # fmt: skip
_COUNTED = ("quantity", "done", "people", "amount")


def compose(index: RegionIndex, choices: ReportChoices) -> Report:
    """The entries from ``since`` (else the year's first day) until the day, the oldest first, with sums by kind."""
    since = choices.since or dt.date(choices.day.year, 1, 1)
    chosen = EntryChoice(
        kind=choices.ledger_kind, since=since, until=choices.day, union=choices.union,
        regions=index.below(choices.region) if choices.region else frozenset(),
    )  # fmt: skip
    found = list(reversed(entries(chosen, index)))
    names = [name for name in _COLUMNS if name in _ALWAYS or any(each[name] is not None for each in found)]
    sections, number = [], 0
    for total in totals(chosen):
        rows = []
        for each in (each for each in found if each["ledger_kind"] == total.name):
            number += 1
            rows.append([str(number), *(column_of(LedgerEntry, name).kind.show(each[name]) for name in names)])
        sections.append(Section(total.name, rows, _sums(total)))
    return Report(
        title=_("工作台账"),
        organization=choices.whose(index),
        day=choices.day.isoformat(),
        scope=_("{since} 至 {until}").format(since=since.isoformat(), until=choices.day.isoformat()),
        columns=_columns(names),
        sections=sections,
        totals=_("共 {count} 条").format(count=len(found)),
        signatures=(_("填报单位（盖章）"), _("负责人（签字）"), _("填表人（签字）")),
        footnotes=(_("没有写数量的一条按 1 计；金额以元为单位。"),),
    )


def _columns(names: Sequence[str]) -> Sequence[ReportColumn]:
    found = [ReportColumn(_("序号"), 3, "center")]
    for name in names:
        column = column_of(LedgerEntry, name)
        align: Align = "right" if name in _COUNTED else "center" if name == "date" else "left"
        found.append(ReportColumn(column.title, _WIDTHS.get(name, column.width), align, most=5))
    return found


def _sums(total: WorkTotal) -> str:
    """What the entries of a kind add up to; measures of which there is nothing are left out."""
    told = [_("{count} 条").format(count=total.entries)]
    for name in _COUNTED:
        column, value = column_of(LedgerEntry, name), getattr(total, name)
        if value:
            unit = f" {total.unit}" if name == "quantity" and total.unit else ""
            told.append(f"{column.title} {column.kind.show(value)}{unit}")
    return _("，").join(told)
