"""``targets``: the targets of a year, how far they are, also by town; setting and removing one."""

import argparse
import dataclasses
from collections.abc import Sequence
from typing import Any

from cli.figures import names_of, scope_of, shown
from cli.opening import opened
from cli.output import answer, print_json, print_table
from models.errors import UserError
from models.figures.facts import WHOLE_REGISTER, Scope, undated_told, year_until
from models.figures.indicators import find_indicator
from models.figures.progress import Progress, progress, progress_by
from models.figures.targets import read_target, remove_target, set_target, sums_beside, targets
from models.language import _
from models.records.region import load_index
from models.standing.standing import Standing
from models.values.region_index import RegionIndex


def run_targets(arguments: argparse.Namespace) -> int:
    """Without an action the year's progress; ``set KEY VALUE`` and ``remove KEY`` change a target of the region."""
    if arguments.action:
        return _change(arguments)
    with opened(arguments) as here:
        day = arguments.as_of or here.today
        year = arguments.year or day.year
        index = load_index(day)
        scope = scope_of(arguments.region, index)
        end = year_until(year, day).end
        standing = Standing(end)
        found = progress(year, day, scope, standing)
        sums = sums_beside(year, index) if scope == WHOLE_REGISTER else []
        parts = progress_by(year, day, arguments.by, scope, standing) if arguments.by else {}
        named = names_of(parts, arguments.by, index)
    if arguments.json:
        place = index.called(scope.region) if scope.region else None
        told = {"year": year, "as_of": end.isoformat(), "region": place, "targets": [_object(each) for each in found]}
        told["sums"] = [dataclasses.asdict(each) | {"text": each.text} for each in sums]
        divided = [
            {"uid": uid or None, "name": named[uid], "targets": [_object(each) for each in part]}
            for uid, part in parts.items()
        ]
        print_json(told | ({"by": arguments.by, "parts": divided} if arguments.by else {}))
    elif arguments.by:
        print_table(*_divided(parts, named))
    else:
        _print(year, end.isoformat(), found)
        for each in sums:
            print(each.text)
    return 0


def _change(arguments: argparse.Namespace) -> int:
    verb, *words = arguments.action
    if (verb, len(words)) not in (("set", 2), ("remove", 1)):
        raise UserError(_("请写 targets set 指标 数值，或者 targets remove 指标。"))
    with opened(arguments, _("修改任务指标")) as here:
        index = load_index(here.today)
        scope, year = scope_of(arguments.region, index), arguments.year or here.today.year
        indicator = find_indicator(words[0])
        if verb == "set":
            value = read_target(words[1], indicator)
            set_target(year, indicator.key, value, here.author, index, scope, arguments.source or "")
            told = _("{year} 年“{name}”的目标是 {value} {unit}。")
            sentence = told.format(year=year, name=indicator.name, value=f"{value:,}", unit=indicator.unit)
        else:
            _remove(year, indicator.key, scope, here.author)
            sentence = _("{year} 年“{name}”的目标已删除。").format(year=year, name=indicator.name)
    about = {"year": year, "indicator": indicator.key, "region": _path(scope, index)}
    answer(arguments.json, about | {"value": value if verb == "set" else None} | here.afterwards, sentence)
    return 0


def _path(scope: Scope, index: RegionIndex) -> str | None:
    return index.called(scope.region) if scope.region else None


def _remove(year: int, key: str, scope: Scope, author: Any) -> None:
    held = [each for each in targets(year, scope) if each.indicator == key]
    if not held:
        raise UserError(_("{year} 年没有这个指标的目标。").format(year=year))
    for each in held:
        remove_target(each.uid, author)


def _object(each: Progress) -> dict[str, Any]:
    told = {"indicator": each.indicator.key, "name": each.indicator.name, "unit": each.indicator.unit}
    names = ("target", "share", "plan", "lag", "gap", "forecast", "state", "uid", "source")
    return told | {"actual": dataclasses.asdict(each.actual)} | {name: getattr(each, name) for name in names}


def _states() -> dict[str | None, str]:
    return {"ahead": _("超前"), "on": _("正常"), "behind": _("落后"), None: ""}


def _print(year: int, day: str, found: Sequence[Progress]) -> None:
    if not found:
        print(_("{year} 年还没有任务指标。用 targets set 指标 数值 添加。").format(year=year))
        return
    titles = [
        _("指标"), _("单位", "measure"), _("目标"), _("实际"), _("完成"), _("计划进度"), _("距目标"), _("预计全年"), _("进度"),
    ]  # fmt: skip
    print(_("{year} 年，截至 {day}").format(year=year, day=day))
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
    for place in sorted(parts, key=lambda place: (not place, named[place])):
        held = {each.indicator.key: each for each in parts[place]}
        cells = [(shown(held[key].actual.value, held[key].indicator.unit), held[key].target or "") for key in keys]
        table.append([named[place], *(cell for pair in cells for cell in pair)])
    return titles, table
