"""One page for each town: its communities, parks and buildings as tiles, the darker the more of its employers have a union.

The numbers are those of the places (``models/figures/places.py``). Each shade is as dark in grey as in colour, and each tile says
its numbers, so that a black and white print tells the same.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from models.editing.regions import level_title
from models.figures.places import PlaceCoverage, place_coverage
from models.figures.units import SMALL_LEVELS
from models.language import _
from models.values.region_index import RegionIndex
from reports.boxed import BoxedText, text_lines
from reports.choices import ReportChoices
from reports.drawn.page import BOTTOM, LEFT, RIGHT, foot, heading
from reports.fitting import Measure
from reports.paper_page import MM, PaperPage, Tint
from reports.place_list import has_union_text, place_row, place_titles, share_text
from reports.report import Report, ReportColumn, Section

#: From which share on (in per cent) which shade: its colour, and the grey that is as light.
_SHADES: tuple[tuple[float, str, int], ...] = (
    (80, "#6f9fd0", 41), (60, "#93b8dd", 30), (40, "#b7d0e9", 20), (20, "#d5e3f2", 12), (0, "#eef3f9", 5),
)  # fmt: skip
#: The shape of a tile, its least room around, the height of the legend, in millimetres.
_RATIO, _GAP, _LEGEND = 1.45, 2.0, 9.0
_WIDEST = 62.0


@dataclass(frozen=True)
class TownPlaces:
    """A town, what lies in it, and what of its employers is known to lie in none of these; that is no place of its own."""

    town: PlaceCoverage
    places: tuple[PlaceCoverage, ...]
    elsewhere: PlaceCoverage | None


def compose(_index: RegionIndex, choices: ReportChoices) -> Report:
    """A page for the chosen town, or for each town of the chosen district in which anything lies."""
    towns = towns_of(place_coverage(choices.day, choices.region))
    where, level, *counts = place_titles()
    columns = [ReportColumn(where, 14), ReportColumn(level, 6), *(ReportColumn(title, 6, "right") for title in counts)]
    rows = [[str(cell) for cell in place_row(each)] for town in towns for each in (town.town, *town.places)]
    return Report(
        _("社区（村）建会覆盖"), choices.whose(_index), choices.day.isoformat(), columns, [Section("", rows)],
        footnotes=(_note(),), drawn=TownPages(towns),
    )  # fmt: skip


def _note() -> str:
    return _(
        "建会率：25 人以上（按设置的人数线）的非公单位里，已经有工会的占多少；只舍不入。人数不明的单位不在里面，另外写明。"
        "颜色只看建会率，“—”是没有这样的单位。"
    )


def towns_of(found: Sequence[PlaceCoverage]) -> list[TownPlaces]:
    """The towns in which anything lies or that were asked for, each with what lies below it."""
    towns: list[TownPlaces] = []
    for place, each in enumerate(found):
        if each.level != "town" or (each.empty and place):
            continue
        below = []
        for other in found[place + 1 :]:
            if other.depth <= each.depth:
                break
            below.append(other)
        small = [other for other in below if other.level in SMALL_LEVELS]
        direct = [other for other in below if other.depth == each.depth + 1]
        towns.append(TownPlaces(each, tuple(small), _elsewhere(each, direct)))
    return towns


def _elsewhere(town: PlaceCoverage, direct: Sequence[PlaceCoverage]) -> PlaceCoverage | None:
    """What lies in the town and nobody knows where in it."""
    counts = {
        name: getattr(town, name) - sum(getattr(each, name) for each in direct)
        for name in ("employers", "large", "covered", "unknown", "members")
    }
    if not any(counts.values()):
        return None
    return PlaceCoverage(
        "", _("没有写明社区的"), town.path, "", town.depth + 1, dense=False, aliases=(), has_union=None, **counts
    )  # fmt: skip


def shade_of(each: PlaceCoverage) -> tuple[float, str, int] | None:
    """The shade of a place by its share; None where there is nothing to be shared."""
    share = each.share
    return None if share is None else next(shade for shade in _SHADES if share >= shade[0])


@dataclass(frozen=True)
class TownPages:
    """The pages: one for each town."""

    towns: Sequence[TownPlaces]

    def pages(self, report: Report, printed: str, measure: Callable[[str, bool], float]) -> Sequence[PaperPage]:
        """Each town's page."""
        pages = [] if self.towns else [self._empty(report, printed, measure)]
        for number, town in enumerate(self.towns, start=1):
            page = PaperPage()
            title = _("{town} · {title}").format(town=town.town.path, title=report.title)
            top = heading(page, report, measure, title, _told(town))
            _tiles(page, town, top, measure)
            _legend(page, measure)
            foot(page, report, printed, (number, len(self.towns)), measure)
            pages.append(page)
        return pages


    @staticmethod
    def _empty(report: Report, printed: str, measure: Measure) -> PaperPage:
        """The page where there is no town to tell of."""
        page = PaperPage()
        top = heading(page, report, measure)
        told = _("这个范围里没有镇街，或者镇街里还没有单位和会员。请选一个镇街或区县。")
        page.texts += text_lines(told, (LEFT, top, RIGHT, top + 20 * MM), BoxedText(11), measure)
        foot(page, report, printed, (1, 1), measure)
        return page


def _told(town: TownPlaces) -> str:
    each = town.town
    told = _("用人单位 {employers:,} 家 · 25 人以上非公 {large:,} 家，已建会 {covered:,} 家（{share}）· 人数不明 {unknown:,} 家 · 会员 {members:,} 人")
    return told.format(
        employers=each.employers, large=each.large, covered=each.covered, share=share_text(each), unknown=each.unknown,
        members=each.members,
    )  # fmt: skip


def _tiles(page: PaperPage, town: TownPlaces, top: float, measure: Measure) -> None:
    """The tiles in rows, as large as all of them fit on the page."""
    shown = [*town.places, *([town.elsewhere] if town.elsewhere else [])]
    bottom, wide = BOTTOM - _LEGEND * MM - 2 * MM, RIGHT - LEFT
    if not shown:
        told = _("这个镇街下面还没有登记社区、园区或楼宇，也没有单位和会员。")
        page.texts += text_lines(told, (LEFT, top, RIGHT, top + 20 * MM), BoxedText(11), measure)
        return
    high = bottom - top
    across = max(math.ceil(wide / (_WIDEST * MM)), math.ceil(math.sqrt(len(shown) * wide / (high * _RATIO))))
    rows = math.ceil(len(shown) / across)
    width = wide / across
    height = min(high / rows, width / _RATIO + 8 * MM)
    for place, each in enumerate(shown):
        x, y = LEFT + place % across * width, top + place // across * height
        box = (x, y, x + width - _GAP * MM, y + height - _GAP * MM)
        _tile(page, each, box, measure)


def _tile(page: PaperPage, each: PlaceCoverage, box: tuple[float, float, float, float], measure: Measure) -> None:
    """One place: its name, how many of its large employers have a union, and the rest small; below it a bar of the share."""
    left, top, right, bottom = box
    shade = shade_of(each)
    if shade is not None:
        page.tints.append(Tint(left, top, right - left, bottom - top, shade[2], shade[1]))
    page.rules += [(left, top, right, top), (left, bottom, right, bottom), (left, top, left, bottom), (right, top, right, bottom)]
    pad, high = 1.5 * MM, bottom - top
    inner = (left + pad, right - pad)

    def write(text: str, start: float, end: float, how: BoxedText) -> None:
        page.texts.extend(text_lines(text, (inner[0], top + start * high, inner[1], top + end * high), how, measure))

    write(each.name, 0.04, 0.34, BoxedText(11, 2, bold=True))
    share = f"{each.covered:,}/{each.large:,}　{share_text(each)}" if each.large else "—"
    write(share, 0.34, 0.60, BoxedText(15, bold=True))
    write(_small(each), 0.60, 0.88, BoxedText(7.5, 2))
    if each.share is not None:
        bar = (left + pad, top + 0.91 * high, right - pad, top + 0.955 * high)
        page.tints.append(Tint(bar[0], bar[1], (bar[2] - bar[0]) * each.share / 100, bar[3] - bar[1], 70))
        page.rules += [(bar[0], bar[1], bar[2], bar[1]), (bar[0], bar[3], bar[2], bar[3])]
        page.rules += [(bar[0], bar[1], bar[0], bar[3]), (bar[2], bar[1], bar[2], bar[3])]


def _small(each: PlaceCoverage) -> str:
    parts = [_("单位 {count:,}").format(count=each.employers), _("会员 {count:,}").format(count=each.members)]
    parts += [_("人数不明 {count:,}").format(count=each.unknown)] if each.unknown else []
    parts += [level_title(each.level)] if each.level not in ("", "community") else []
    parts += [_("就业密集：小三级工会{has}").format(has=has_union_text(each))] if each.dense else []
    return _(" · ").join(parts)


def _legend(page: PaperPage, measure: Measure) -> None:
    """What each shade means."""
    top, size, x = BOTTOM - _LEGEND * MM, 5 * MM, LEFT
    page.texts += text_lines(_("建会率"), (x, top, x + 14 * MM, top + size), BoxedText(9, bold=True), measure)
    x += 16 * MM
    shades = [(_("{least:g}%–{most:g}%").format(least=least, most=most), grey, colour)
        for (least, colour, grey), most in zip(reversed(_SHADES), (20, 40, 60, 80, 100), strict=True)]
    for text, grey, colour in [(_("没有 25 人以上非公单位"), 0, ""), *shades]:
        if colour:
            page.tints.append(Tint(x, top, 8 * MM, size, grey, colour))
        page.rules += [(x, top, x + 8 * MM, top), (x, top + size, x + 8 * MM, top + size)]
        page.rules += [(x, top, x, top + size), (x + 8 * MM, top, x + 8 * MM, top + size)]
        wide = 42 * MM if not colour else 24 * MM
        page.texts += text_lines(text, (x + 10 * MM, top, x + 10 * MM + wide, top + size), BoxedText(9), measure)
        x += 12 * MM + wide
