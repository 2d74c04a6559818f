"""``undated``: the unions and members whose founding or joining carries no date, what could tell it, and dating them in bulk."""

import argparse
import dataclasses
from typing import Any

from cli.figures import scope_of
from cli.opening import opened
from cli.output import answer, print_table
from models.editing.dating import Dated, Kind, Undated, date_by, undated_facts, way_of
from models.language import _

#: The kind of record behind each word of the command line.
_KINDS: dict[str, Kind] = {"unions": "union", "members": "worker"}
#: More of them are only counted at a terminal.
_MOST = 20


def run_undated(arguments: argparse.Namespace) -> int:
    """List them, or with ``--by WAY`` or ``--date DAY`` give them their day; ``--plan`` only says how many it would be."""
    kind = _KINDS[arguments.kind]
    way = way_of(arguments.way) if arguments.way else None
    asked = way is not None or bool(arguments.date)
    with opened(arguments, _("补日期") if asked and not arguments.plan else "") as here:
        region = scope_of(arguments.region, here.index).region
        below = here.index.below(region) if region else None
        found = [each for each in undated_facts(kind, here.today) if below is None or each.region in below]
        told = [_object(each, here.index.path(each.region) if each.region else "") for each in found]
        done: Dated | None = None
        if asked and not arguments.plan:
            done = date_by(kind, found, way, arguments.date or "", here.author, here.today)
    would = sum(1 for each in found if way is None or way in each.days) if asked else 0
    about: dict[str, Any] = {"kind": arguments.kind, "undated": told, "would": would}
    if done is not None:
        sentence = _("已给 {count:,} 条写上日期，还有 {left:,} 条没有。").format(count=done.dated, left=done.left)
        answer(arguments.json, about | dataclasses.asdict(done) | here.afterwards, sentence)
        return 0
    if not arguments.json:
        titles = [_("名称"), _("区划"), _("登记"), _("批复文号的年份"), _("本届任期的开始"), _("文件名里的日期")]
        names = ("name", "place", "entered", "number", "term", "file")
        print_table(titles, [[each[name] for name in names] for each in told[:_MOST]])
    sentence = _("日期不明的共 {count:,} 条。").format(count=len(found))
    if asked:
        sentence = _("日期不明的共 {count:,} 条，其中 {would:,} 条会写上日期。").format(count=len(found), would=would)
    answer(arguments.json, about, sentence)
    return 0


def _object(each: Undated, place: str) -> dict[str, Any]:
    days = {way: each.days.get(way) for way in ("number", "term", "file")}
    return {"uid": each.uid, "name": each.name, "place": place, "entered": each.entered} | days
