"""``sites``: things that stand and their kinds."""

import argparse
from pathlib import Path
from typing import Any

from cli.naming import change_named
from cli.opening import Opened, opened, say
from cli.output import answer, exported, out_path, print_json, print_table
from cli.verb import given_to
from models.engine import database
from models.errors import UserError
from models.language import _
from models.records.region import home_district
from models.records.site import Site
from models.sites import kinds as site_kinds
from models.sites import sites
from models.sites.sites import SiteChoice, SiteTotal
from models.values.columns import columns_of
from reports.handing_over import WrittenFile, hand_over
from reports.list_file import Handover, write_rows

#: Columns at a terminal; ``--json`` and ``--out`` have all.
_SHOWN = ("site_kind", "name", "region", "address", "state", "since", "until", "quantity", "union")


def run_sites(arguments: argparse.Namespace) -> int:
    """Answer the verb's action."""
    actions = {"list": _list, "add": _add, "change": _change, "remove": _remove, "kinds": _kinds}
    return actions[arguments.action](arguments)


def _list(arguments: argparse.Namespace) -> int:
    out = out_path(arguments, "xlsx", "csv")
    with opened(arguments) as here:
        chosen = _chosen(arguments, here)
        rows, totals = sites.sites(chosen, here.index), sites.totals(chosen)
        if out:
            say(hand_over(here.author, given_to(arguments, Handover().act("sites")), _write, out, rows).note)
    if arguments.json:
        listed = [exported(columns_of(Site), row, masked=True) | {"standing": row["standing"]} for row in rows]
        print_json({"sites": listed, "totals": list(map(_object, totals))} | ({"out": str(out)} if out else {}))
    elif out:
        print(_("已写入 {path}，共 {count} 行。").format(path=out, count=len(rows)))
    else:
        _print(rows, totals)
    return 0


def _chosen(arguments: argparse.Namespace, here: Opened) -> SiteChoice:
    region = home_district(here.index, arguments.region) if arguments.region else None
    return SiteChoice(
        kind=site_kinds.find_kind(arguments.site_kind).uid if arguments.site_kind else "",
        day=None if arguments.all else arguments.as_of or here.today,
        regions=here.index.below(region) if region else frozenset(),
        union=sites.read({"union": arguments.union}, here.index)["union"] if arguments.union else "",
        search=arguments.search or "",
    )


def _write(path: Path, rows: list[dict[str, Any]]) -> WrittenFile:
    columns = columns_of(Site)
    listed = ((*exported(columns, row, masked=True).values(), row["uid"]) for row in rows)
    write_rows(path, columns, (row[1:] for row in listed), len(rows))
    return WrittenFile(path, rows=len(rows))


def _object(total: SiteTotal) -> dict[str, Any]:
    return {
        "uid": total.kind, "site_kind": total.name, "unit": total.unit, "rows": total.rows, "quantity": total.quantity,
        "undated": total.undated, "unknown": total.unknown,
    }  # fmt: skip


def _print(rows: list[dict[str, Any]], totals: list[SiteTotal]) -> None:
    by_name = {column.name: column for column in columns_of(Site)}
    shown = [by_name[name] for name in _SHOWN]
    print_table([column.title for column in shown],
        [[column.kind.show(row[column.name]) or None for column in shown] for row in rows])
    print(_("共 {count} 行").format(count=len(rows)))
    print()
    titles = [_("阵地类别"), _("行数"), _("数量"), _("单位", "measure"), _("启用日期不明"), _("停用日期不明")]
    print_table(
        titles,
        [[_(each.name), each.rows, each.quantity, _(each.unit), each.undated or None, each.unknown or None] for each in totals],
    )


def _written(arguments: argparse.Namespace) -> dict[str, str]:
    """The fields that were written, the others left out."""
    texts = {column.name: getattr(arguments, column.name) for column in columns_of(Site)}
    return {name: text for name, text in texts.items() if text is not None}


def _add(arguments: argparse.Namespace) -> int:
    with opened(arguments, _("登记阵地")) as here:
        values = sites.read(_written(arguments), here.index, home_district(here.index))
        uid = sites.add(values, here.author)
    answer(arguments.json, {"uid": uid} | here.afterwards, _("已登记，记录标识 {uid}。").format(uid=uid))
    return 0


def _change(arguments: argparse.Namespace) -> int:
    if len(arguments.what) != 1:
        raise UserError(_("请写明要修改的记录标识，见 sites --json。"))
    with opened(arguments, _("修改阵地")) as here:
        values = sites.read(_written(arguments), here.index, home_district(here.index))
        sites.change(arguments.what[0], values, here.author)
    answer(arguments.json, {"changed": arguments.what[0]} | here.afterwards, _("已修改，可以用 undo 撤销。"))
    return 0


def _remove(arguments: argparse.Namespace) -> int:
    if not arguments.what:
        raise UserError(_("请写明要删除的记录标识，见 sites --json。"))
    with opened(arguments, _("删除阵地")) as here, database.transaction():  # all or none
        for uid in arguments.what:
            sites.remove(uid, here.author)
    sentence = _("已删除 {count} 条，可以用 undo 撤销。").format(count=len(arguments.what))
    answer(arguments.json, {"removed": arguments.what} | here.afterwards, sentence)
    return 0


def _kinds(arguments: argparse.Namespace) -> int:
    writing = any(getattr(arguments, wish) for wish in ("new", "alias", "rename", "retire", "restore"))
    with opened(arguments, _("更改阵地类别") if writing else "") as here:
        if writing:
            with database.transaction():
                if arguments.new:
                    site_kinds.add_kind(arguments.new, arguments.unit or "", here.author)
                change_named(arguments, here.author, site_kinds.find_kind, site_kinds.change_kind)
        kinds = site_kinds.load_kinds().kinds
    if arguments.json:
        listed = [
            {"uid": each.uid, "name": each.name, "unit": each.unit, "aliases": each.aliases}
            | {"active": each.active, "rows": each.entries}
            for each in kinds
        ]
        print_json({"kinds": listed} | here.afterwards)
        return 0
    rows: list[list[Any]] = [
        [_(each.name), _(each.unit), _("是") if each.active else _("否"), each.entries, _("、").join(each.aliases)]
        for each in kinds
    ]
    print_table([_("阵地类别"), _("单位", "measure"), _("在用"), _("行数"), _("其他叫法")], rows)
    return 0
