"""``targets``: the targets of a period, how far they are, also by town, union or person; setting and removing one."""

import argparse
import dataclasses
from collections.abc import Sequence
from typing import Any

from cli.figures import names_of, period_asked, scope_asked, shown
from cli.opening import opened
from cli.output import answer, print_json, print_table
from models.errors import UserError
from models.figures.facts import WHOLE_REGISTER, Period, Scope, undated_told
from models.figures.indicators import find_indicator
from models.figures.periods import key_of, length_of, name_of, until
from models.figures.progress import Progress, progress, progress_by
from models.figures.targets import read_target, remove_target, set_target, sums_beside, targets
from models.language import _
from models.records.region import load_index
from models.standing.standing import Standing
from models.values.name_order import place_of
from models.values.region_index import RegionIndex


def run_targets(arguments: argparse.Namespace) -> int:
    """Without an action the period's progress; ``set KEY VALUE`` and ``remove KEY`` change a target of the scope."""
    if arguments.action:
        return _change(arguments)
    with opened(arguments) as here:
        day = arguments.as_of or here.today
        period = period_asked(arguments, day)
        index = load_index(day)
        scope = scope_asked(arguments, index)
        end = until(period, day).end
        standing = Standing(end)
        found = progress(period, day, scope, standing)
        sums = sums_beside(period, index) if scope == WHOLE_REGISTER else []
        parts = progress_by(period, day, arguments.by, scope, standing) if arguments.by else {}
        named = names_of(parts, arguments.by, index)
    if arguments.json:
        place = index.called(scope.region) if scope.region else None
        told = _about(period) | {"as_of": end.isoformat(), "region": place, "targets": [_object(each) for each in found]}
        told |= {"union": scope.union, "person": scope.person}
        told["sums"] = [dataclasses.asdict(each) | {"text": each.text} for each in sums]
        divided = [
            {"uid": uid or None, "name": named[uid], "targets": [_object(each) for each in part]}
            for uid, part in parts.items()
        ]
        print_json(told | ({"by": arguments.by, "parts": divided} if arguments.by else {}))
    elif arguments.by:
        print_table(*_divided(parts, named))
    else:
        _print(period, end.isoformat(), found)
        for each in sums:
            print(each.text)
    return 0


def _change(arguments: argparse.Namespace) -> int:
    verb, *words = arguments.action
    if (verb, len(words)) not in (("set", 2), ("remove", 1)):
        raise UserError(_("请写 targets set 指标 数值，或者 targets remove 指标。"))
    with opened(arguments, _("修改任务指标")) as here:
        index = load_index(here.today)
        scope, period = scope_asked(arguments, index), period_asked(arguments, here.today)
        indicator = find_indicator(words[0])
        if verb == "set":
            value = read_target(words[1], indicator)
            set_target(period, indicator.key, value, here.author, index, scope, arguments.source or "")
            told = _("{period}“{name}”的目标是 {value} {unit}。")
            sentence = told.format(period=name_of(period), name=indicator.name, value=f"{value:,}", unit=indicator.unit)
        else:
            _remove(period, indicator.key, scope, here.author)
            sentence = _("{period}“{name}”的目标已删除。").format(period=name_of(period), name=indicator.name)
    about = _about(period) | {"indicator": indicator.key, "region": _path(scope, index)}
    about |= {"union": scope.union, "person": scope.person}
    answer(arguments.json, about | {"value": value if verb == "set" else None} | here.afterwards, sentence)
    return 0


def _path(scope: Scope, index: RegionIndex) -> str | None:
    return index.called(scope.region) if scope.region else None


def _about(period: Period) -> dict[str, Any]:
    return {"year": period.start.year, "period": key_of(period), "period_name": name_of(period)}


def _remove(period: Period, key: str, scope: Scope, author: Any) -> None:
    held = [each for each in targets(period, scope) if each.indicator == key]
    if not held:
        raise UserError(_("{period}没有这个指标的目标。").format(period=name_of(period)))
    for each in held:
        remove_target(each.uid, author)


def _object(each: Progress) -> dict[str, Any]:
    told = {"indicator": each.indicator.key, "name": each.indicator.name, "unit": each.indicator.unit}
    names = ("target", "share", "plan", "lag", "gap", "forecast", "state", "uid", "source")
    return told | {"actual": dataclasses.asdict(each.actual)} | {name: getattr(each, name) for name in names}


def _states() -> dict[str | None, str]:
    return {"ahead": _("超前"), "on": _("正常"), "behind": _("落后"), None: ""}


def _print(period: Period, day: str, found: Sequence[Progress]) -> None:
    if not found:
        print(_("{period}还没有任务指标。用 targets set 指标 数值 添加。").format(period=name_of(period)))
        return
    ends = _("预计全年") if length_of(period) == "year" else _("预计期末")
    titles = [
        _("指标"), _("单位", "measure"), _("目标"), _("实际"), _("完成"), _("计划进度"), _("距目标"), ends, _("进度"),
    ]  # fmt: skip
    print(_("{period}，截至 {day}").format(period=name_of(period), day=day))
    print_table(titles, [_line(each) for each in found])
    for each in found:
        if each.actual.undated:
            print(each.indicator.name + undated_told(each.actual))


def _line(each: Progress) -> list[Any]:
    numbers = (each.plan, each.gap, each.forecast)
    return [
        each.indicator.name, each.indicator.unit, each.target, each.actual.value, shown(each.share, "%"), *numbers,
        _states()[each.state],
    ]  # fmt: skip


def _divided(parts: dict[str, list[Progress]], named: dict[str, str]) -> tuple[list[str], list[list[Any]]]:
    """The table of a division: for every indicator what is reached, beside it the target where there is one."""
    known = {each.indicator.key: each.indicator for part in parts.values() for each in part}
    keys = list(known)
    titles = [_("名称")] + [title for indicator in known.values() for title in (indicator.name, _("目标"))]
    table: list[list[Any]] = []
    for place in sorted(parts, key=lambda each: (not each, place_of(named[each]))):
        held = {each.indicator.key: each for each in parts[place]}
        cells = [(shown(held[key].actual.value, held[key].indicator.unit), held[key].target or "") for key in keys]
        table.append([named[place], *(cell for pair in cells for cell in pair)])
    return titles, table
