"""The membership roster (会员花名册) of one union, or of all unions of a region or of the register, grouped by union."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from models.errors import UserError
from models.language import _
from models.lists import selection
from models.lists.listings import Selection
from models.records.union import Union
from models.values.columns import Align, Column
from models.values.masking import showers
from models.values.name_order import in_order
from models.values.region_index import RegionIndex
from reports.choices import ReportChoices
from reports.packed_rows import PackedRows
from reports.report import Report, ReportColumn, Section, folded, folded_away, people_total, roster_signatures

#: What the form of a membership roster prints, in its order: the fields of a worker; where they work only for a joint union.
FIELDS = (
    "name", "sex", "ethnicity", "birth_date", "id_number", "education", "political_status", "employer", "phone",
    "occupation_group", "join_date", "note",
)  # fmt: skip
#: What the types and the names of unions of several employers say.
_JOINT = "联合"
#: Who stands on a roster: members on the books, and retained ones, who are named as such.
STATES = frozenset({"在册", "保留"})


def compose(index: RegionIndex, choices: ReportChoices) -> Report:
    """The roster of a union, or of every union in a region, or of every union of the register.

    Members are ordered by name within their union; retained ones are marked and counted apart. UserError when there is
    nobody to print.
    """
    union, masked = choices.union, choices.masked
    unions = _unions(index, union, choices.region)
    fields = FIELDS if any(joint for _uid, _name, joint in unions) else tuple(each for each in FIELDS if each != "employer")
    columns = [column for column in selection.listed_columns("workers") if column.name in fields]
    columns.sort(key=lambda column: FIELDS.index(column.name))
    sections: list[Section] = []
    all_of_them: Counter[str] = Counter()
    for uid, name, _joint in unions:
        if members := members_of(uid, index):  # of one union at a time: all of a district's would not fit into a laptop
            tally = _tally(members)
            all_of_them += tally
            rows = PackedRows(_rows(members, columns, masked))  # the columns that all leave empty are folded away below
            sections.append(Section("" if union else name, rows, "" if union else _totals(tally)))
    if not sections:
        raise UserError(_("这个范围里还没有会员，没有可以打印的名册。请先导入会员名单，或者换一个工会。"))
    titles = [ReportColumn(_("序号"), 3, "center"), *(ReportColumn(c.title, c.width, _align(c)) for c in columns)]
    shown, kept = folded(titles, (row for section in sections for row in section.rows))
    if len(kept) < len(titles):
        sections = [replace(each, rows=PackedRows([row[place] for place in kept] for row in each.rows)) for each in sections]
    return Report(
        title=_("工会会员花名册"),
        organization=unions[0][1] if union else choices.whose(index),
        day=choices.day.isoformat(),
        columns=shown,
        sections=sections,
        totals=_totals(all_of_them),
        signatures=roster_signatures(),
        footnotes=folded_away(titles, kept),
        mark=choices.mark,
    )


def _align(column: Column) -> Align:
    short = column.width <= 5 and column.name != "name"
    return "center" if short or column.name in ("birth_date", "join_date") else column.kind.align


def _unions(index: RegionIndex, union: str, region: str) -> list[tuple[str, str, bool]]:
    """The unions that are asked for in the order of their names: uid, name, whether it is of several employers."""
    query = Union.select(Union.uid, Union.name, Union.region, Union.union_type)
    below = index.below(region) if region else None
    wanted = [row for row in query if (not union or row.uid == union) and (below is None or row.region in below)]
    found = [(row.uid, row.name, _JOINT in (row.union_type or "") or _JOINT in row.name) for row in wanted]
    return in_order(found, lambda each: each[1])


def members_of(union: str, index: RegionIndex, states: frozenset[str] = STATES) -> list[dict[str, Any]]:
    """The members of a union (uid) in these membership states, in the order of their names."""
    rows = selection.rows(Selection("workers", union=union, states=states), index)
    return in_order(rows, lambda row: row["name"], person=True)


def _tally(members: Sequence[dict[str, Any]]) -> "Counter[str]":
    return Counter(
        people=len(members), women=sum(1 for row in members if row["sex"] == "女"),
        unknown=sum(1 for row in members if row["sex"] is None),
        retained=sum(1 for row in members if row["membership_state"] == "保留"),
    )  # fmt: skip


def _totals(tally: "Counter[str]") -> str:
    """How many people, how many women; and what a reader would else count wrong: unknown sexes, retained members."""
    told = people_total(tally["people"], tally["women"])
    if tally["unknown"]:
        told += _("，性别不详 {count} 人").format(count=tally["unknown"])
    return told + (_("，含保留会籍 {count} 人").format(count=tally["retained"]) if tally["retained"] else "")


def _rows(members: Iterable[dict[str, Any]], columns: list[Column], masked: bool) -> Iterator[list[str]]:
    show = showers(columns, masked)
    for number, row in enumerate(members, 1):
        cells = [each(row[column.name]) for column, each in zip(columns, show, strict=True)]
        if row["membership_state"] == "保留":
            cells[-1] = _("；").join(filter(None, (_("保留会籍"), cells[-1])))
        yield [str(number), *cells]
