"""The targets of a period (任务进度表) on paper: what is reached beside the plan for the day, by district, town or community."""

from collections.abc import Sequence

from models.figures.counts import counts, names_of_places
from models.figures.facts import WHOLE_REGISTER, Inquiry, Level, Period, Scope
from models.figures.indicators import indicators
from models.figures.periods import length_of, name_of, of_year, read_period, until
from models.figures.progress import Progress, progress, progress_by
from models.figures.targets import sums_beside
from models.language import _
from models.standing.standing import Standing
from models.values.name_order import place_of
from models.values.region_index import RegionIndex
from reports.choices import ReportChoices
from reports.report import Report, ReportColumn, Section

#: The columns that say something where there are no targets: name, unit, what is reached, what has no day.
_WITHOUT_TARGETS = (0, 1, 3, 4)
_DIVIDED: dict[str, Level] = {"district": "district", "town": "town", "community": "community"}


def compose(index: RegionIndex, choices: ReportChoices) -> Report:
    """The targets of a region or the whole register as of a day.

    Of the chosen period, else of a year; where it has none, what is reached alone. UserError when it has not begun.
    """
    period = read_period(choices.period) if choices.period else of_year(choices.year or choices.day.year)
    scope = Scope(region=choices.region or None)
    end = until(period, choices.day).end
    standing = Standing(end)
    whole = progress(period, choices.day, scope, standing)
    level = _DIVIDED.get(choices.level)
    parts = _parts(progress_by(period, choices.day, level, scope, standing), level, index) if level else {}
    none = not whole and not parts
    if none:  # what is reached is told all the same
        known = list(indicators().values())
        reached = counts(known, scope, until(period, choices.day), Inquiry(until(period, choices.day), given=standing))
        whole = [Progress(each, number) for each, number in zip(known, reached, strict=True) if number.value or number.undated]
    columns = _columns(bool(parts), _("预计全年") if length_of(period) == "year" else _("预计期末"))
    kept = _WITHOUT_TARGETS if none else range(len(columns))
    lines = [_row(each.indicator.name, each) for each in whole]
    sections = [Section(_("合计") if parts else "", [[line[place] for place in kept] for line in lines])] if whole else []
    sections += [Section(name, rows) for name, rows in parts.items()]
    return Report(
        title=_("{period}任务进度表").format(period=name_of(period)),
        organization=choices.whose(index),
        day=choices.day.isoformat(),
        scope=_("截至 {day}").format(day=end.isoformat()),
        columns=[columns[place] for place in kept],
        sections=sections,
        signatures=(_("填报单位（盖章）"), _("负责人（签字）"), _("填表人（签字）")),
        footnotes=(
            *([_("{period}还没有定目标，有关目标的各栏和没有数字的指标不列出。").format(period=name_of(period))] if none else []),
            *_notes(period),
            *(each.text for each in (sums_beside(period, index) if scope == WHOLE_REGISTER else ())),
        ),
    )


def _notes(period: Period) -> tuple[str, str]:
    if length_of(period) == "year":
        return (
            _("计划进度按一年中已经过去的天数折算；比率类指标全年保持。比率只舍不入。"),
            _("日期不明：今年登记、没有写建会或入会等日期的条数，不计入实际，也不计入预计。"),
        )
    return (
        _("计划进度按这个期间已经过去的天数折算；比率类指标一直保持。比率只舍不入。"),
        _("日期不明：这个期间登记、没有写建会或入会等日期的条数，不计入实际，也不计入预计。"),
    )


def _columns(by: bool, ends: str) -> Sequence[ReportColumn]:
    return [
        ReportColumn(_("指标或区划") if by else _("指标"), 16), ReportColumn(_("单位"), 3, "center"),
        *(ReportColumn(title, 6, "right") for title in (
            _("目标"), _("实际"), _("日期不明"), _("完成"), _("计划进度"), _("比计划少"), _("距目标"), ends,
        )),
        ReportColumn(_("进度"), 4, "center"),
    ]  # fmt: skip


def _row(name: str, each: Progress) -> list[str]:
    states = {"ahead": _("超前"), "on": _("正常"), "behind": _("落后"), None: ""}
    numbers = (each.target, each.actual.value, each.share, each.plan, each.lag, each.gap, each.forecast)
    told = [_number(number) for number in numbers]
    if each.share is not None:
        told[2] += "%"
    told.insert(2, f"{each.actual.undated:,}" if each.actual.undated else "")
    return [name, each.indicator.unit, *told, states[each.state]]


def _number(number: float | None) -> str:
    return "—" if number is None else f"{number:,}"


def _parts(found: dict[str, list[Progress]], level: Level, index: RegionIndex) -> dict[str, list[list[str]]]:
    """The rows of each indicator, by its name: one for each region of the level in which there is a number or a target."""
    named = names_of_places(level, found, index)
    rows: dict[str, list[list[str]]] = {}
    for place in sorted(found, key=lambda each: (not each, place_of(named[each]))):
        for each in found[place]:
            rows.setdefault(each.indicator.name, []).append(_row(named[place] or _("（其他）"), each))
    return rows
