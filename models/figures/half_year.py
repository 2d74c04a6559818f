"""The half-year report (半年工作情况): its paragraphs, each with its figures in the order in which a federation tells them.

Every figure is an indicator, of the register or of a kind of the work ledger. What the register does not hold is told as
not held: nobody entered it, which is not nought.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from models.engine import database
from models.figures.counts import by_regions, counts, names_of_places, uids_behind
from models.figures.facts import WHOLE_REGISTER, Inquiry, Level, Number, Period, Scope
from models.figures.indicator import Indicator
from models.figures.indicators import indicators
from models.figures.periods import beside, last_year_of, of_length, until
from models.figures.tables import Cell, cell_of
from models.figures.targets import targets
from models.language import N_, _
from models.ledger.kinds import seed_uid
from models.records.ledger import LedgerEntry
from models.sites.kinds import seed_uid as site_uid

#: The paragraphs: keys of indicators, or (kind of the work ledger, measure), or (kind of thing that stands, one of _OF_SITES).
_PARAGRAPHS: tuple[tuple[str, tuple[str | tuple[str, str], ...]], ...] = (
    (N_("一、工会组建和会员发展"), (
        "new_new_form_unions", "new_members_of_new_form_unions", "members_of_new_form_unions", "new_unions", "new_members",
        "new_migrant_members", "members", "coverage_employers", "on_list", "small_three",
    )),
    (N_("二、维护职工权益"), (
        ("劳动争议调解", "quantity"), ("劳动争议调解", "done"), ("12351热线", "quantity"), ("12351热线", "done"),
        ("劳动保护帮扶企业", "quantity"), ("安康杯参与企业", "quantity"), "congress", "open_affairs", "above_scale_congress",
    )),
    (N_("三、服务职工"), (
        ("工会驿站", "sites"), ("工会驿站", "new_sites"), ("工会驿站", "quantity"), ("送温暖送清凉", "amount"), ("送温暖送清凉", "people"), (
        "职工关爱单位", "quantity"),
        ("心理服务样本", "quantity"),
    )),
    (N_("四、劳模工匠和职工素质"), (
        ("劳模“三进”宣讲", "quantity"), ("创新成果申报", "quantity"), ("工匠选送培训", "quantity"), ("“五小”项目", "quantity"),
        ("劳模工匠工作室", "quantity"), ("市级活动", "quantity"), ("学历技能提升", "quantity"),
    )),
    (N_("五、受到的关注和表彰"), (
        ("国家级座谈", "quantity"), ("国家级承办", "quantity"), ("国家级表扬", "quantity"), ("国家级表彰", "quantity"),
    )),
)  # fmt: skip
#: What must be in the register for a nought of the other indicators to be one: the key of what they are taken from.
_TAKEN_FROM = {"new_unions": "unions", "new_new_form_unions": "unions", "on_list": "coverage_employers"}
_MEMBERS = "members"
#: What is told of things that stand: how many there are, how many are new.
_OF_SITES = ("sites", "new_sites")


@dataclass(frozen=True, slots=True)
class ToldFigure:
    """One figure of the report. ``held``: the register knows it; otherwise it says so, and tells no number."""

    indicator: Indicator
    cell: Cell
    held: bool


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph with its figures in their order."""

    title: str
    figures: tuple[ToldFigure, ...]


class Share(NamedTuple):
    """One bar of a chart: what it is, and how much."""

    name: str
    value: float


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart: its title, its unit, and its bars in their order."""

    title: str
    unit: str
    bars: tuple[Share, ...]


@dataclass(frozen=True, slots=True)
class HalfYear:
    """The report of the part ``passed`` of a period. ``before``: the same part a year earlier."""

    of: Period
    passed: Period
    before: Period
    paragraphs: tuple[Paragraph, ...]
    charts: tuple[Chart, ...]


def half_year(of: Period, today: dt.date, scope: Scope = WHOLE_REGISTER) -> HalfYear:
    """What the report of a half-year, or of any other period, tells as of ``today``. UserError when it has not begun."""
    passed = until(of, today)
    asked, then = Inquiry(passed), last_year_of(passed, of)
    known = asked.standing.once(indicators)
    level = scope.level(asked.index)
    keys = [[key for each in figures if (key := _key(each)) in known and level in known[key].scopes] for _title,
        figures in _PARAGRAPHS]
    wanted = [known[key] for part in keys for key in part]
    now = _by_key(wanted, counts(wanted, scope, passed, asked))
    earlier = _by_key(wanted, counts(wanted, scope, then))
    aims = {each.indicator: each.value for each in targets(of, scope, known)}
    paragraphs = tuple(
        Paragraph(_(title), tuple(
            ToldFigure(
                known[key], cell_of(known[key], now[key], aims.get(key), earlier[key]), _is_held(known[key], now, passed, scope)
            )
            for key in part
        ))
        for (title, _figures), part in zip(_PARAGRAPHS, keys, strict=True)
    )  # fmt: skip
    return HalfYear(of, passed, then, paragraphs, tuple(_charts(passed, scope, asked, known)))


def _key(figure: str | tuple[str, str]) -> str:
    if isinstance(figure, str):
        return figure
    name, measure = figure
    return f"{measure}:{site_uid(name)}" if measure in _OF_SITES else f"ledger:{seed_uid(name)}:{measure}"


def _by_key(wanted: Iterable[Indicator], numbers: Sequence[Number]) -> dict[str, Number]:
    return {each.key: number for each, number in zip(wanted, numbers, strict=True)}


def _is_held(indicator: Indicator, now: dict[str, Number], period: Period, scope: Scope) -> bool:
    """Whether a nought is a nought: of the ledger only where an entry says so, of the register where there is what to count."""
    number = now[indicator.key]
    if indicator.kind == "rate":
        return number.whole > 0
    if number.part:
        return True
    if indicator.source == "ledger":
        return _is_written(indicator.key.rpartition(":")[2], uids_behind(indicator, scope, period))
    what, _colon, kind = indicator.key.partition(":")
    source = now.get(f"sites:{kind}" if what in _OF_SITES else _TAKEN_FROM.get(indicator.key, _MEMBERS))
    return source is not None and bool(source.part or source.whole or source.unknown)


def _is_written(measure: str, entries: Iterable[str]) -> bool:
    """True when one of the entries says how much; a quantity that is not given is one."""
    found = [value for (value,) in database.fetch_in(LedgerEntry, "uid", list(entries), (measure,))]
    return bool(found) if measure == "quantity" else any(value is not None for value in found)


def _charts(passed: Period, scope: Scope, asked: Inquiry, known: dict[str, Indicator]) -> Iterable[Chart]:
    """The course by month, the members of the new-form groups, and the coverage of the districts or towns; only what there is."""
    for key in ("new_unions", "new_members"):
        bars = tuple(_by_month(known[key], passed, scope))
        if any(bar.value for bar in bars):
            yield Chart(_("{name}，按月").format(name=known[key].name), known[key].unit, bars)
    groups = [each for key, each in known.items() if key.startswith("members:")]
    members = counts(groups, scope, passed, asked)
    named = [Share(each.key.removeprefix("members:"), number.part) for each, number in zip(groups, members, strict=True)]
    if any(bar.value for bar in named):
        ordered = sorted((bar for bar in named if bar.value), key=lambda bar: -bar.value)
        yield Chart(_("新就业形态会员，按群体"), _("人"), tuple(ordered))
    bars = tuple(_coverage(known["coverage_employers"], scope, asked))
    if bars:
        yield Chart(_("25 人以上单位建会覆盖率"), "%", bars)


def _by_month(indicator: Indicator, passed: Period, scope: Scope) -> Iterable[Share]:
    month = of_length("month", passed.start)
    while month.start <= passed.end:
        part = Period(max(month.start, passed.start), min(month.end, passed.end))
        (number,) = counts([indicator], scope, part)
        yield Share(_("{month} 月").format(month=month.start.month), number.value or 0)
        month = beside(month, 1)


def _coverage(indicator: Indicator, scope: Scope, asked: Inquiry) -> Iterable[Share]:
    level = scope.level(asked.index)
    if level not in indicator.scopes or level == "person":
        return []
    parts: Level = "district" if level == "city" else "town"
    (found,) = by_regions([indicator], parts, scope, asked.period, asked)
    names = names_of_places(parts, found, asked.index)
    return [Share(names[uid], number.value) for uid, number in found.items() if uid and number.value is not None]
