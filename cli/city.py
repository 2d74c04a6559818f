"""``office city``: a city's districts, counted one by one and together, and who stands in several of them."""

import argparse
import datetime as dt
from pathlib import Path
from typing import Any

from cli.opening import password
from cli.output import print_json, print_table, progress_bar
from models.figures import city
from models.figures.city import City, DistrictFigures
from models.figures.facts import Number
from models.language import _
from models.values.masking import mask_id

#: So many people who stand in several districts are told at a terminal.
_SHOWN = 20


def run_city(arguments: argparse.Namespace, folder: Path) -> int:
    """Look at the districts: 0 when all could be read, 1 when one could not."""
    with progress_bar(_("逐个区县统计")) as show:
        found = city.look_at_city(folder, password(arguments), dt.date.today(), show)
    if arguments.json:
        print_json(_as_object(found))
    else:
        _print(found)
    return int(any(each.problem for each in found.districts))


def _number(number: Number) -> dict[str, Any]:
    return {"value": number.value, "unknown": number.unknown, "marked": number.marked, "undated": number.undated}


def _as_object(found: City) -> dict[str, Any]:
    return {
        "day": found.day.isoformat(),
        "districts": [
            {
                "district": each.name, "schema": each.schema, "elsewhere": each.elsewhere,
                "figures": {key: _number(number) for key, number in each.numbers.items()}, "problem": each.problem,
            }
            for each in found.districts
        ],
        "figures": {key: _number(number) for key, number in found.numbers.items()},
        "in_several": found.several,
        "people": [
            {
                "id_number": mask_id(number),
                "in": [{"district": _named(found, each.schema), "uid": each.uid, "name": each.name} for each in people],
            }
            for number, people in found.people.items()
        ],
        "not_compared": list(found.left_out),
    }  # fmt: skip


def _named(found: City, schema: str) -> str:
    return next((each.name for each in found.districts if each.schema == schema), schema)


def _cell(each: DistrictFigures, key: str) -> str | None:
    return f"{each.numbers[key].value:,}" if key in each.numbers else None


def _print(found: City) -> None:
    names = {key: found.names.get(key, key) for key in city.CITY_FIGURES}
    rows = [[each.name, *(_cell(each, key) for key in city.CITY_FIGURES)] for each in found.districts]
    rows.append([_("合计"), *(f"{found.numbers[key].value:,}" for key in city.CITY_FIGURES)])
    print(_("截至 {day}：").format(day=found.day.isoformat()))
    print_table([_("区县"), *(names[key] for key in city.CITY_FIGURES)], rows)
    for each in found.districts:
        if each.problem:
            print(_("“{name}”没有算进来：{why}").format(name=each.name, why=each.problem))
    unknown = {names[key]: number.unknown for key, number in found.numbers.items() if number.unknown}
    if unknown:
        told = _("、").join(_("{name} {count:,} 个").format(name=name, count=count) for name, count in unknown.items())
        print(_("数不清的没有算进来：{told}。").format(told=told))
    _print_several(found)


def _print_several(found: City) -> None:
    if found.left_out:
        print(_("没有比对证件号码的区县（你的用户看不到那里的全部人员）：{names}。").format(names=_("、").join(found.left_out)))
    if not found.several:
        print(_("没有同一个证件号码登记在几个区县。"))
        return
    print(_("有 {count:,} 个证件号码登记在几个区县，合计里各算了一次。请这些区县核对：换了地方，还是号码写错。").format(count=found.several))
    for number, people in list(found.people.items())[:_SHOWN]:
        told = _("；").join(f"{_named(found, each.schema)} {each.name or _('（没有姓名）')}" for each in people)
        print(f"    {mask_id(number)}  {told}")
    if found.several > _SHOWN:
        print(_("这里只列前 {shown} 个；--json 有前 {most} 个。").format(shown=_SHOWN, most=city.MOST))
