"""The membership roster (会员花名册) of one union, or of all unions of a region, grouped by union."""

from collections.abc import Iterable
from typing import Any

from models import selection
from models.columns import Column
from models.errors import UserError
from models.language import _
from models.masking import showers
from models.region import RegionIndex
from models.union import Union
from reports.report import Report, ReportColumn, Section, people_total, roster_signatures

#: What the form of a membership roster prints, in its order: the fields of a worker.
FIELDS = (
    "name", "sex", "ethnicity", "birth_date", "id_number", "education", "political_status", "phone", "occupation_group",
    "join_date", "note",
)  # fmt: skip
#: Who stands on a roster: members on the books, and retained ones, who are named as such.
STATES = ("在册", "保留")


def membership_roster(
    index: RegionIndex, day: str, union: str | None = None, region: str | None = None, masked: bool = True
) -> Report:
    """The roster of a union (uid), or of every union in a region (uid). ``day``: ISO, printed as the date of filing.

    Members are ordered by name within their union. UserError when there is nobody to print.
    """
    columns = [column for column in selection.listed_columns("workers") if column.name in FIELDS]
    columns.sort(key=lambda column: FIELDS.index(column.name))
    unions = _unions(index, union, region)
    sections = []
    women = 0
    for uid, name in unions:
        members = _members(uid, index)
        if not members:
            continue
        women_here = sum(1 for row in members if row["sex"] == "女")
        women += women_here
        heading = name if region else ""
        sections.append(
            Section(heading, _rows(members, columns, masked), people_total(len(members), women_here) if region else "")
        )
    people = sum(len(section.rows) for section in sections)
    if not people:
        raise UserError(_("这个范围里还没有会员，没有可以打印的名册。请先导入会员名单，或者换一个工会。"))
    where = index.path(region) if region else unions[0][1]
    return Report(
        title=_("工会会员花名册"),
        organization=where,
        day=day,
        columns=[ReportColumn(_("序号"), 3, "center"), *(ReportColumn(c.title, c.width, _align(c)) for c in columns)],
        sections=sections,
        totals=people_total(people, women),
        signatures=roster_signatures(),
        mark=_("已脱敏") if masked else _("完整信息"),
    )


def _align(column: Column) -> Any:
    short = column.width <= 5 and column.name != "name"
    return "center" if short or column.name in ("birth_date", "join_date") else column.kind.align


def _unions(index: RegionIndex, union: str | None, region: str | None) -> list[tuple[str, str]]:
    query = Union.select(Union.uid, Union.name, Union.region).order_by(Union.name)
    if union is not None:
        return [(row.uid, row.name) for row in query.where(Union.uid == union)]
    below = index.below(region) if region else None
    return [(row.uid, row.name) for row in query if below is None or row.region in below]


def _members(union: str, index: RegionIndex) -> list[dict[str, Any]]:
    rows = selection.rows(selection.Choice("workers", union=union, order="name"), index)
    return [row for row in rows if row["membership_state"] in STATES]


def _rows(members: Iterable[dict[str, Any]], columns: list[Column], masked: bool) -> list[list[str]]:
    show = showers(columns, masked)
    found = []
    for number, row in enumerate(members, 1):
        cells = [each(row[column.name]) for column, each in zip(columns, show, strict=True)]
        if row["membership_state"] == "保留":
            cells[-1] = "；".join(filter(None, (_("保留会籍"), cells[-1])))
        found.append([str(number), *cells])
    return found
