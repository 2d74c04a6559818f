"""Things that stand (阵地) on a day on paper: by kind, each with how many there are."""

from collections.abc import Sequence

from models.language import _
from models.records.site import Site
from models.sites.sites import SiteChoice, SiteTotal, sites, totals
from models.values.columns import column_of
from models.values.name_order import place_of
from models.values.region_index import RegionIndex
from reports.choices import ReportChoices
from reports.report import Report, ReportColumn, Section

_COLUMNS = ("name", "region", "address", "since", "quantity", "union", "contact", "phone", "source", "note")
#: Columns of which nothing is known are left out, but for these.
_ALWAYS = ("name", "region", "since")
_WIDTHS = {"name": 13, "region": 11, "address": 12, "union": 11, "source": 7, "note": 8, "quantity": 4}


def compose(index: RegionIndex, choices: ReportChoices) -> Report:
    """What stood on the day, in the order of its places, with sums by kind."""
    regions = index.below(choices.region) if choices.region else frozenset()
    chosen = SiteChoice(day=choices.day, union=choices.union, regions=regions)
    found = sorted(sites(chosen, index), key=lambda each: (place_of(each["region"]), place_of(each["name"])))
    names = [name for name in _COLUMNS if name in _ALWAYS or any(each[name] is not None for each in found)]
    sections, number = [], 0
    for total in totals(chosen):
        rows = []
        for each in (each for each in found if each["site_kind"] == total.name):
            number += 1
            shown = [column_of(Site, name).kind.show(each[name], masked=choices.masked) for name in names]
            rows.append([str(number), *shown])
        if rows:
            sections.append(Section(_(total.name), rows, _sums(total)))
    return Report(
        title=_("阵地名单"),
        organization=choices.whose(index),
        day=choices.day.isoformat(),
        scope=_("{day} 现有").format(day=choices.day.isoformat()),
        columns=_columns(names),
        sections=sections,
        totals=_("共 {count} 行").format(count=len(found)),
        signatures=(_("填报单位（盖章）"), _("负责人（签字）"), _("填表人（签字）")),
        footnotes=(_("没有写数量的一行算一个；停用日期不明的仍列出，不计入合计。"),),
    )


def _columns(names: Sequence[str]) -> Sequence[ReportColumn]:
    found = [ReportColumn(_("序号"), 3, "center")]
    for name in names:
        column = column_of(Site, name)
        found.append(ReportColumn(column.title, _WIDTHS.get(name, column.width), column.kind.align, most=5))
    return found


def _sums(total: SiteTotal) -> str:
    told = [_("合计 {count:,} {unit}").format(count=total.quantity, unit=_(total.unit))]
    if total.undated:
        told.append(_("启用日期不明 {count:,}").format(count=total.undated))
    if total.unknown:
        told.append(_("停用日期不明 {count:,} 条").format(count=total.unknown))
    return _("，").join(told)
