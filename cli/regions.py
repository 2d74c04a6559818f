"""``regions``: places as a list or a tree, each with its coverage; adding, renaming and marking them."""

import argparse
from typing import Any

from cli.opening import opened, say
from cli.output import answer, out_path, print_json, print_table
from cli.verb import given_to
from models.editing import regions
from models.editing.regions import level_title
from models.errors import UserError
from models.figures.places import PlaceCoverage, place_coverage
from models.language import N_, _
from models.records.region import home_district
from models.trail.entry import Act
from models.values.region_index import RegionIndex
from reports.handing_over import hand_over
from reports.place_list import place_row, place_titles, write_places

#: A step down the tree: a table cuts spaces before a text.
_STEP = "─"


def run_regions(arguments: argparse.Namespace) -> int:
    """Answer the verb's action."""
    actions = {"list": _list, "add": _add, "rename": _rename, "dense": _mark, "sparse": _mark}
    return actions[arguments.action](arguments)


def _list(arguments: argparse.Namespace) -> int:
    out = out_path(arguments, "xlsx", "csv")
    with opened(arguments) as here:
        day = arguments.as_of or here.today
        region = _found(arguments.region, here.index) if arguments.region else ""
        found = [each for each in place_coverage(day, region) if _wanted(each, arguments)]
        if out:
            act = given_to(arguments, Act("export", N_("区划覆盖"), len(found)))
            say(hand_over(here.author, act, write_places, out, found).note)
    if arguments.json:
        told = {"as_of": day.isoformat(), "regions": [_object(each) for each in found]}
        print_json(told | ({"out": str(out)} if out else {}))
    elif out:
        print(_("已写入 {path}，共 {count} 行。").format(path=out, count=len(found)))
    else:
        rows = [[_named(each, arguments.tree), *place_row(each)[1:]] for each in found]
        print_table(place_titles(), rows)
        print(_("共 {count} 行").format(count=len(found)))
    return 0


def _wanted(each: PlaceCoverage, arguments: argparse.Namespace) -> bool:
    return (arguments.level in (None, each.level)) and (arguments.all or not each.empty)


def _named(each: PlaceCoverage, tree: bool) -> str:
    if not tree:
        return each.path
    return "└" + _STEP * (each.depth - 1) + each.name if each.depth else each.name


def _object(each: PlaceCoverage) -> dict[str, Any]:
    names = (
        "uid", "name", "path", "level", "depth", "dense", "aliases", "employers", "large", "covered", "share", "unknown",
        "members", "has_union",
    )  # fmt: skip
    return {name: getattr(each, name) for name in names}


def _found(name: str, index: RegionIndex) -> str:
    """The region that a person means by its name, in the home district first. UserError when there is none, or several."""
    found = index.resolve(name, home_district(index)).uid
    if found is None:
        raise UserError(_("找不到区划“{name}”，请写全称，例如“沙坪坝区小龙坎街道”。").format(name=name))
    return found


def _words(arguments: argparse.Namespace, count: int) -> list[str]:
    if len(arguments.what) != count:
        raise UserError(_("请写 regions add 名称 --under 镇街，regions rename 区划 新名称，regions dense 区划。"))
    return list(arguments.what)


def _add(arguments: argparse.Namespace) -> int:
    (name,) = _words(arguments, 1)
    if not arguments.under:
        raise UserError(_("请用 --under 写明在哪个镇街下面增加。"))
    with opened(arguments, _("增加区划")) as here:
        under, level = _found(arguments.under, here.index), arguments.level or "community"
        number = regions.add_region(name, level, under, here.author, here.index, arguments.dense)
        told = {"name": name, "level": level, "under": here.index.path(under), "batch": number}
    answer(arguments.json, told | here.afterwards, _("已增加{level}“{name}”。").format(level=level_title(level), name=name))
    return 0


def _rename(arguments: argparse.Namespace) -> int:
    old, new = _words(arguments, 2)
    with opened(arguments, _("修改区划")) as here:
        number = regions.change_region(_found(old, here.index), here.author, here.index, name=new)
    said = _("没有改动。") if number is None else _("已改名为“{name}”，原来的名称留作其他名称。").format(name=new)
    answer(arguments.json, {"name": new, "batch": number} | here.afterwards, said)
    return 0


def _mark(arguments: argparse.Namespace) -> int:
    (name,) = _words(arguments, 1)
    dense = arguments.action == "dense"
    with opened(arguments, _("修改区划")) as here:
        number = regions.change_region(_found(name, here.index), here.author, here.index, dense=dense)
    said = _("没有改动。") if number is None else _("已标为就业密集。") if dense else _("不再是就业密集。")
    answer(arguments.json, {"name": name, "dense": dense, "batch": number} | here.afterwards, said)
    return 0
