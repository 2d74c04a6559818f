"""The chase list (催报清单) on paper: by town who has not handed in what since when, whom to call; and as a sheet."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from models.chasing.due import Item, Tally, items, tally
from models.language import _
from models.records.union import Union
from models.values.columns import column_of
from models.values.name_order import place_of
from models.values.region_index import RegionIndex
from reports import xlsx
from reports.choices import ReportChoices
from reports.handing_over import WrittenFile
from reports.report import Report, ReportColumn, Section

#: Room for a line of handwriting, in millimetres.
_ROW = 10
#: So many periods are named; of more it says how many.
_NAMED = 3


def compose(index: RegionIndex, choices: ReportChoices) -> Report:
    """Who has not handed in as of the day, a line for each union and rule; with ``everything`` also who has and who need not."""
    regions = index.below(choices.region) if choices.region else frozenset()
    unions = frozenset({choices.union}) if choices.union else None
    found = items(choices.day, choices.index_of(index), regions=regions, unions=unions)
    listed = [each for each in found if each.open or choices.everything]
    sections = []
    for place, group in groupby(sorted(listed, key=lambda each: _place(each, index)), key=lambda each: _place(each, index)):
        rows = _lines(list(group), choices.masked)
        sections.append(Section(place or _("未填区划"), rows, _("{count} 份").format(count=sum(int(row[5]) for row in rows))))
    return Report(
        title=_("催报清单"),
        organization=choices.whose(index),
        day=choices.day.isoformat(),
        scope=_("截至 {day}").format(day=choices.day.isoformat()),
        columns=_columns(),
        sections=sections,
        totals=tally_told(tally(found, choices.day)),
        signatures=(_("催报人（签字）"), _("催报日期")),
        footnotes=(
            _("交没交由登记册里的人数、台账和导入的名单推出；没有写日期的人数不算哪一期的。"),
            _("电话是工会主席的；没有的，用它唯一覆盖单位的联系人。"),
        ),
        mark=choices.mark,
        row_height=_ROW,
    )


def tally_told(counted: Tally) -> str:
    """How many sheets were due and what became of them, and for how many there is still time, in one sentence."""
    told = _(
        "到期应交 {due:,} 份：已交 {handed:,}，免交 {excused:,}，逾期没交 {overdue:,}（{unions:,} 个工会）；"
        "未到期 {not_due:,} 份，其中 {early:,} 份已交或免交"
    )
    return told.format(**counted._asdict())


def _place(each: Item, index: RegionIndex) -> str:
    return index.path(each.union.region) if each.union.region in index.entries else ""


def _columns() -> Sequence[ReportColumn]:
    return [
        ReportColumn(_("序号"), 3, "center"), ReportColumn(_("工会"), 16), ReportColumn(_("联系人"), 5), ReportColumn(_("电话"), 8),
        ReportColumn(_("要交的表"), 9), ReportColumn(_("份数"), 3, "right"), ReportColumn(_("哪几期"), 14),
        ReportColumn(_("最早截止"), 6, "center"), ReportColumn(_("交没交"), 7, "center"),
        ReportColumn(_("催报记录"), 10, blank=True),
    ]  # fmt: skip


def _lines(found: Sequence[Item], masked: bool) -> list[list[str]]:
    """A line for each union, rule and what became of the sheets, the longest overdue first."""
    held: dict[tuple[str, str, str], list[Item]] = defaultdict(list)
    for each in found:
        held[each.union.uid, each.rule.uid, each.state].append(each)
    rows = []
    ordered = sorted(held.values(), key=lambda group: (not group[0].open, group[0].due, place_of(group[0].union.name)))
    for number, group in enumerate(ordered, start=1):
        first = min(group, key=lambda each: each.due)
        named = [each.called for each in group[:_NAMED]]
        more = _("等 {count} 期").format(count=len(group)) if len(group) > _NAMED else ""
        rows.append([
            str(number), first.union.name, first.union.contact, phone_shown(first, masked), first.rule.name, str(len(group)),
            _("、").join(named) + more, first.due.isoformat(), state_word(first), "",
        ])  # fmt: skip
    return rows


def phone_shown(each: Item, masked: bool) -> str:
    """The phone of whom to call, covered unless ``masked`` is False."""
    return column_of(Union, "phone").kind.show(each.union.phone, masked=masked)


def state_word(each: Item) -> str:
    """What became of a sheet, in a few words."""
    if each.state == "overdue":
        return _("逾期 {days} 天").format(days=each.days)
    return {"awaited": _("未到期"), "handed": _("已交"), "excused": _("免交")}[each.state]


def how_word(each: Item) -> str:
    """How it is known that a sheet came, or why none need come; "" for what is open."""
    if each.undated:
        return _("收到过没写日期的人数")
    told = {
        "count": _("有这一期的人数"), "entry": _("有这一期的台账"), "import": _("导入，{rows:,} 行").format(rows=each.rows),
        "hand": each.reason, "": "",
    }  # fmt: skip
    return told[each.how]


def sheet_titles() -> list[str]:
    """The columns of the list as a sheet."""
    return [
        _("催报"), _("期间"), _("工会"), _("区划"), _("截止"), _("交没交"), _("收到日期"), _("依据或原因"), _("联系人"), _("电话"),
    ]  # fmt: skip


def sheet_row(each: Item, index: RegionIndex) -> list[str]:
    """One item as a row of the sheet, its phone covered."""
    return [
        each.rule.name, each.called, each.union.name, _place(each, index), each.due.isoformat(), state_word(each), each.came,
        how_word(each), each.union.contact, phone_shown(each, masked=True),
    ]  # fmt: skip


def write_items(path: Path, found: Sequence[Item], index: RegionIndex) -> WrittenFile:
    """Write items to .xlsx or .csv by the name's ending, phones covered."""
    rows = [sheet_row(each, index) for each in found]
    if path.suffix.lower() == ".csv":
        return WrittenFile(path, xlsx.csv_note(xlsx.write_csv(path, sheet_titles(), rows, overwrite=True)), len(rows))
    xlsx.write_table(path, sheet_titles(), rows, range(len(sheet_titles())), overwrite=True)
    return WrittenFile(path, rows=len(rows))
