"""``figures``, ``moved``: the numbers of a period in a scope, by region, with the rows behind; what moved between two days."""

import argparse
import dataclasses
import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from cli.opening import opened
from cli.output import print_json, print_table
from models.drive.case_file import find_union
from models.errors import UserError
from models.figures.counts import by_regions, counts, names_of_places, rows
from models.figures.facts import FactRow, Inquiry, Level, Number, Period, Scope, undated_told
from models.figures.figures import Figures, figures_of
from models.figures.indicator import Indicator
from models.figures.indicators import find_indicator, indicators
from models.figures.movement import Movement, moved
from models.figures.periods import key_of, last_year_of, name_of, of_year, read_period, until
from models.figures.sums import ELSEWHERE
from models.language import _
from models.records.region import home_district
from models.values.name_order import place_of
from models.values.region_index import RegionIndex

#: The columns of a division by region at a terminal; ``--json`` has all indicators.
_SHOWN = ("new_unions", "new_members", "unions", "members", "coverage_employers", "on_list")
#: More rows than these are only counted at a terminal.
_MOST_ROWS = 20


def scope_of(name: str | None, index: RegionIndex) -> Scope:
    """The scope of ``--region``, or the whole register. UserError for a name that is no region."""
    return Scope(region=home_district(index, name) if name else None)


def scope_asked(arguments: argparse.Namespace, index: RegionIndex) -> Scope:
    """The scope of ``--region``, ``--union`` or ``--person``; UserError where more than one is given."""
    if sum(1 for each in (arguments.region, arguments.union, arguments.person) if each) > 1:
        raise UserError(_("--region、--union、--person 只能写一个。"))
    if arguments.union:
        return Scope(union=find_union(arguments.union))
    return Scope(person=arguments.person) if arguments.person else scope_of(arguments.region, index)


def period_asked(arguments: argparse.Namespace, day: dt.date) -> Period:
    """The whole period of ``--period``, of ``--since`` and ``--until``, of ``--year``; without any the year of the day.

    UserError where more than one of them is given, or where the days do not fit.
    """
    given = [bool(arguments.period), bool(arguments.since or arguments.until), bool(arguments.year)]
    if sum(given) > 1:
        raise UserError(_("--period、--since/--until、--year 只能用一种。"))
    if arguments.period:
        return read_period(arguments.period)
    if arguments.since or arguments.until:
        last: dt.date = arguments.until or day
        first: dt.date = arguments.since or dt.date(last.year, 1, 1)
        if last < first:
            raise UserError(_("结束日期 {until} 早于开始日期 {since}。").format(since=first, until=last))
        return Period(first, last)
    return of_year(arguments.year or day.year)


def names_of(places: Iterable[str], level: Level, index: RegionIndex) -> dict[str, str]:
    """What to call the parts of a division: a region's path or a union's name."""
    return {place: name or _("（其他）") for place, name in names_of_places(level, places, index).items()}


def run_figures(arguments: argparse.Namespace) -> int:
    """The indicators of a period up to a day: all of them, by region, or the rows behind one."""
    with opened(arguments) as here:
        day = arguments.as_of or here.today
        of = period_asked(arguments, day)
        asked = Inquiry(until(of, day))
        scope = scope_asked(arguments, asked.index)
        known = asked.standing.once(indicators)
        behind = find_indicator(arguments.rows, known) if arguments.rows else None
        found = rows(behind, scope, asked.period) if behind else []
        wanted = [behind] if behind else [each for each in known.values() if scope.level(asked.index) in each.scopes]
        numbers = dict(zip((each.key for each in wanted), counts(wanted, scope, asked.period, asked), strict=True))
        head = None if scope.union else figures_of(asked.period, asked.period.end, scope, asked.standing)
        before = counts(wanted, scope, last_year_of(asked.period, of)) if arguments.last_year else []
        divided = _divided(arguments.by, wanted, scope, asked) if arguments.by else []
    answer = _headline(head, asked.period) | _about(asked, scope) | {"period": key_of(of), "period_name": name_of(of)}
    answer["indicators"] = [_indicator(each, numbers[each.key]) for each in wanted]
    if arguments.last_year:
        then = last_year_of(asked.period, of)
        answer["last_year"] = {"since": then.start.isoformat(), "until": then.end.isoformat()}
        for told, number in zip(answer["indicators"], before, strict=True):
            told["last_year"] = dataclasses.asdict(number)
    if arguments.by:
        answer |= {"by": arguments.by, "parts": divided}
    if behind:
        answer["rows"] = [dataclasses.asdict(row) for row in found if not row.undated]
        answer["undated"] = [dataclasses.asdict(row) for row in found if row.undated]
    if arguments.json:
        print_json(answer)
    elif behind:
        print(_told(behind, numbers[behind.key]))
        _print_rows([row for row in found if not row.undated], len(found))
        _print_undated([row for row in found if row.undated], len(found))
    elif arguments.by:
        _print_parts(divided, known)
    else:
        earlier = dict(zip((each.key for each in wanted), before, strict=True)) if arguments.last_year else None
        _print_numbers(head, asked.period, of, [(each, numbers[each.key]) for each in wanted], earlier)
    return 0


def _headline(head: Figures | None, period: Period) -> dict[str, Any]:
    """The first page's numbers; of a union there are none, the list of the drive is no union's."""
    return {"year": period.end.year} if head is None else dataclasses.asdict(head)


def _about(asked: Inquiry, scope: Scope) -> dict[str, Any]:
    place = asked.index.called(scope.region) if scope.region else None
    days = {"since": asked.period.start.isoformat(), "as_of": asked.period.end.isoformat()}
    return days | {"region": place, "union": scope.union, "person": scope.person}


def _indicator(indicator: Indicator, number: Number) -> dict[str, Any]:
    told = {name: getattr(indicator, name) for name in ("key", "name", "unit", "kind", "source", "note")}
    return told | dataclasses.asdict(number)


def _divided(level: Level, wanted: Iterable[Indicator], scope: Scope, asked: Inquiry) -> list[dict[str, Any]]:
    fitting = [each for each in wanted if level in each.scopes]
    numbers = by_regions(fitting, level, scope, asked.period, asked)
    found = {each.key: areas for each, areas in zip(fitting, numbers, strict=True)}
    places = dict.fromkeys(place for each in found.values() for place in each)
    names = names_of(places, level, asked.index)
    return [
        {"uid": place or None, "name": names[place]}
        | {key: each[place].value if place in each else None for key, each in found.items()}
        for place in sorted(places, key=lambda each: (each == ELSEWHERE, place_of(names[each])))
    ]


def shown(value: float | None, unit: str = "") -> Any:
    """A number as a table shows it: whole ones as they are, a rate with its sign."""
    if value is None:
        return None
    return f"{value}%" if unit == "%" else value


def _told(indicator: Indicator, number: Number) -> str:
    value = "—" if number.value is None else f"{number.value:,}"
    sentence = _("{name}：{value} {unit}").format(name=indicator.name, value=value, unit=indicator.unit)
    sentence += undated_told(number)
    return f"{sentence}\n{indicator.note}"


def _print_numbers(
    head: Figures | None, period: Period, of: Period, numbers: Sequence[tuple[Indicator, Number]],
    earlier: dict[str, Number] | None,
) -> None:
    if head is not None:
        print_table([_("数字"), period.end.isoformat()], _first(head, of))
        print()
    others = [
        [
            each.name, shown(number.value, each.unit), *_then(each, earlier), each.unit, number.unknown or "",
            number.marked or "", number.undated or "", each.key,
        ]
        for each, number in numbers
        if number.part or number.undated or (each.kind == "rate" and number.whole)
        or (number.unknown and ":" not in each.key)
    ]  # fmt: skip
    if others:
        then = [_("上年同期")] if earlier else []
        titles = [_("指标"), _("数"), *then, _("单位", "measure"), _("未知"), _("没有日期"), _("日期不明"), _("代号")]
        print_table(titles, others)


def _first(head: Figures, of: Period) -> list[tuple[str, int]]:
    """The first page's numbers with their names; of what says not when it happened, only where there is any."""
    new_unions, new_members, called = _("{period}新建工会"), _("{period}新入会"), name_of(of)
    first = [
        (_("基层工会"), head.unions), (_("会员（在册）"), head.members), (_("新就业形态会员"), head.new_form_members),
        (_("应建未建单位"), head.on_list), (new_unions.format(period=called), head.new_unions),
        (new_members.format(period=called), head.new_members),
    ]  # fmt: skip
    unclear = ((_("建会日期不明的工会"), head.undated_unions), (_("入会日期不明的会员"), head.undated_members))
    return first + [each for each in unclear if each[1]]


def _then(indicator: Indicator, earlier: dict[str, Number] | None) -> list[Any]:
    return [shown(earlier[indicator.key].value, indicator.unit)] if earlier else []


def _print_parts(parts: Sequence[dict[str, Any]], known: dict[str, Indicator]) -> None:
    keys = [key for key in _SHOWN if any(key in part for part in parts)]
    table = [[part["name"], *(shown(part[key], known[key].unit) for key in keys)] for part in parts]
    print_table([_("名称"), *(known[key].name for key in keys)], table)


def _print_rows(found: Sequence[FactRow], most: int) -> None:
    table = [
        [row.name, row.place or None, row.date, row.why, _counted(row), row.weight if row.weight != 1 else ""]
        for row in found[:most]
    ]
    if table:
        print_table([_("名称"), _("区划"), _("日期"), _("说明"), _("计入"), _("数")], table)
    print(_("共 {count} 行").format(count=len(found)))


def _print_undated(found: Sequence[FactRow], most: int) -> None:
    if found:
        print()
        print(_("日期不明，没有计入："))
        _print_rows(found, most)


def _counted(row: FactRow) -> str:
    if row.undated:
        return _("日期不明")
    if row.counted is None:
        return _("未知")
    return _("是") if row.counted else _("否")


def run_moved(arguments: argparse.Namespace) -> int:
    """What moved between two days, with the rows that came and went."""
    with opened(arguments) as here:
        since, last = _days_asked(arguments, here.today)
        asked = Inquiry(Period(last, last))
        scope = scope_of(arguments.region, asked.index)
        found = moved(since, last, scope)
    if arguments.json:
        days = {"since": since.isoformat(), "until": last.isoformat()}
        print_json(days | {"region": _about(asked, scope)["region"], "moved": [_object(each) for each in found]})
        return 0
    changed = [each for each in found if each.changed]
    print(_("{since} 到 {until}：").format(since=since, until=last))
    titles = [_("指标"), _("之前"), _("现在"), _("增减"), _("增加"), _("减少"), _("日期不明"), _("未知")]
    print_table(titles, [_line(each) for each in changed])
    for each in changed:
        undated = (*each.undated, *each.undated_went)
        for name, part in ((_("增加"), each.came), (_("减少"), each.went), (_("日期不明"), undated)):
            if part:
                print()
                print(f"{each.indicator.name} · {name}")
                _print_rows(part, _MOST_ROWS)
    return 0


def _days_asked(arguments: argparse.Namespace, today: dt.date) -> tuple[dt.date, dt.date]:
    """The two days of ``moved``: as given, or from the end of the day before a period to its end."""
    if arguments.period and not (arguments.since or arguments.until):
        passed = until(read_period(arguments.period), today)
        return passed.start - dt.timedelta(days=1), passed.end
    if not arguments.since or arguments.period:
        raise UserError(_("请写 --since 日期，或者 --period 期间，只写一种。"))
    return arguments.since, arguments.until or today


def _line(each: Movement) -> list[Any]:
    undated = len(each.undated) + len(each.undated_went)
    numbers = [each.before.value, each.after.value, f"{each.delta:+,}", len(each.came), len(each.went)]
    return [each.indicator.name, *numbers, undated or "", each.after.unknown or ""]


def _object(each: Movement) -> dict[str, Any]:
    told = {"key": each.indicator.key, "name": each.indicator.name, "unit": each.indicator.unit}
    numbers = {"before": dataclasses.asdict(each.before), "after": dataclasses.asdict(each.after), "delta": each.delta}
    lists = {
        "came": [dataclasses.asdict(row) for row in each.came],
        "went": [dataclasses.asdict(row) for row in each.went],
        "undated": [dataclasses.asdict(row) for row in each.undated],
        "undated_went": [dataclasses.asdict(row) for row in each.undated_went],
    }
    return told | numbers | lists
