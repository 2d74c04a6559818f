"""``ledger``: the work ledger and its kinds."""

import argparse
import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from cli.naming import change_named
from cli.opening import Opened, opened, say
from cli.output import answer, exported, out_path, print_json, print_table
from cli.verb import given_to
from models.engine import database
from models.errors import UserError
from models.language import _
from models.ledger import entries as ledger_entries
from models.ledger import kinds as ledger_kinds
from models.ledger.contacts import ContactTotal, contact_totals
from models.ledger.entries import EntryChoice, WorkTotal
from models.records.ledger import LedgerEntry
from models.records.region import home_district
from models.values.columns import columns_of
from models.values.money import Money
from reports.handing_over import WrittenFile, hand_over
from reports.list_file import Handover, write_rows

#: Columns of the entries at a terminal; ``--json`` and ``--out`` have all.
_SHOWN = ("date", "ledger_kind", "title", "quantity", "done", "people", "amount", "union", "region", "organization")


def run_ledger(arguments: argparse.Namespace) -> int:
    """Answer the verb's action."""
    actions = {"list": _list, "add": _add, "remove": _remove, "kinds": _kinds, "import": _import}
    return actions[arguments.action](arguments)


def _import(arguments: argparse.Namespace) -> int:
    if not arguments.what:
        raise UserError(_("请写明要导入的文件，例如 ledger import 调解台账.xlsx。"))
    from cli.importing import run_import  # loads what reads workbooks, which no other action needs

    given = {"kind": "ledger", "files": arguments.what, "work": arguments.ledger_kind or ""}
    left = {"returned": None, "password": None, "decisions": None, "hidden_sheets": False, "plan": False}
    return run_import(argparse.Namespace(**{**left, **vars(arguments), **given}))


def _list(arguments: argparse.Namespace) -> int:
    out = out_path(arguments, "xlsx", "csv")
    with opened(arguments) as here:
        chosen = _chosen(arguments, here)
        rows, totals = ledger_entries.entries(chosen, here.index), ledger_entries.totals(chosen)
        contacts = contact_totals(chosen)
        own = ledger_kinds.load_kinds().by_uid[chosen.kind].fields if chosen.kind else ()
        if out:
            say(hand_over(here.author, given_to(arguments, Handover().act("ledger")), _write, out, rows).note)
    if arguments.json:
        entries = [exported(columns_of(LedgerEntry), row, masked=True) for row in rows]
        told = {"ledger": entries, "totals": list(map(_object, totals)), "contacts": list(map(_contacts, contacts))}
        print_json(told | ({"out": str(out)} if out else {}))
    elif out:
        print(_("已写入 {path}，共 {count} 行。").format(path=out, count=len(rows)))
    else:
        _print_entries(rows, own)
        print()
        _print_totals(totals)
        for each in contacts:
            print(each.text)
    return 0


def _chosen(arguments: argparse.Namespace, here: Opened) -> EntryChoice:
    region = home_district(here.index, arguments.region) if arguments.region else None
    year, until = arguments.year, arguments.as_of
    end = dt.date(year, 12, 31) if year else None
    union = ledger_entries.read({"union": arguments.union}, here.index)["union"] if arguments.union else ""
    return EntryChoice(
        kind=ledger_kinds.find_kind(arguments.ledger_kind).uid if arguments.ledger_kind else "",
        since=dt.date(year, 1, 1) if year else None,
        until=min(filter(None, (end, until)), default=None),
        regions=here.index.below(region) if region else frozenset(),
        union=union,
        search=arguments.search or "",
    )


def _write(path: Path, rows: list[dict[str, Any]]) -> WrittenFile:
    columns = columns_of(LedgerEntry)
    listed = ((*exported(columns, row, masked=True).values(), row["uid"]) for row in rows)
    write_rows(path, columns, (row[1:] for row in listed), len(rows))
    return WrittenFile(path, rows=len(rows))


def _object(total: WorkTotal) -> dict[str, Any]:
    return {
        "uid": total.kind, "ledger_kind": total.name, "unit": total.unit, "entries": total.entries,
        "quantity": total.quantity, "done": total.done, "people": total.people, "amount": Money().export(total.amount),
    }  # fmt: skip


def _contacts(total: ContactTotal) -> dict[str, Any]:
    return {
        "uid": total.kind, "ledger_kind": total.name, "unit": total.unit, "counted": total.counted,
        "repeated": total.repeated, "doubtful": total.doubtful,
    }  # fmt: skip


def _print_entries(rows: list[dict[str, Any]], own: Sequence[str]) -> None:
    """The entries as a table; ``own``: the fields that the listed kind has besides."""
    by_name = {column.name: column for column in columns_of(LedgerEntry)}
    shown = [by_name[name] for name in (*_SHOWN, *own)]
    table = [[column.kind.show(row[column.name]) or None for column in shown] for row in rows]
    print_table([column.title for column in shown], table)
    print(_("共 {count} 行").format(count=len(rows)))


def _print_totals(totals: list[WorkTotal]) -> None:
    titles = [_("台账类别"), _("条数"), _("数量"), _("单位", "measure"), _("其中办结"), _("人次"), _("金额（元）")]
    print_table(
        titles,
        [
            [
                _(each.name), each.entries, each.quantity, _(each.unit), each.done or None, each.people or None,
                Money().show(each.amount) if each.amount else None,
            ]
            for each in totals
        ],
    )  # fmt: skip


def _add(arguments: argparse.Namespace) -> int:
    texts = {column.name: getattr(arguments, column.name) for column in columns_of(LedgerEntry)}
    with opened(arguments, _("登记台账")) as here:
        values = ledger_entries.read(texts, here.index, home_district(here.index))
        uid = ledger_entries.add(values, here.author)
    answer(arguments.json, {"uid": uid} | here.afterwards, _("已登记，记录标识 {uid}。").format(uid=uid))
    return 0


def _remove(arguments: argparse.Namespace) -> int:
    if not arguments.what:
        raise UserError(_("请写明要删除的记录标识，见 ledger list --json。"))
    with opened(arguments, _("删除台账")) as here, database.transaction():  # all or none
        for uid in arguments.what:
            ledger_entries.remove(uid, here.author)
    sentence = _("已删除 {count} 条，可以用 undo 撤销。").format(count=len(arguments.what))
    answer(arguments.json, {"removed": arguments.what} | here.afterwards, sentence)
    return 0


def _kinds(arguments: argparse.Namespace) -> int:
    wishes = ("new", "alias", "rename", "retire", "restore")
    writing = any(getattr(arguments, wish) for wish in wishes)
    with opened(arguments, _("更改台账类别") if writing else "") as here:
        if writing:
            with database.transaction():
                _change_kinds(arguments, here)
        kinds = ledger_kinds.load_kinds().kinds
    if arguments.json:
        listed = [
            {"uid": each.uid, "name": each.name, "unit": each.unit, "measures": each.measures, "aliases": each.aliases}
            | {"active": each.active, "entries": each.entries, "fields": each.fields}
            for each in kinds
        ]
        print_json({"kinds": listed} | here.afterwards)
        return 0
    rows: list[list[Any]] = [
        [
            _(each.name), _(each.unit), _("、").join(each.measure_titles), _("是") if each.active else _("否"), each.entries,
            _("、").join(each.field_titles), _("、").join(each.aliases),
        ]
        for each in kinds
    ]  # fmt: skip
    print_table([_("台账类别"), _("单位", "measure"), _("计量"), _("在用"), _("条数"), _("自己的栏目"), _("其他叫法")], rows)
    return 0


def _change_kinds(arguments: argparse.Namespace, here: Opened) -> None:
    if arguments.new:
        measures = ledger_kinds.split((arguments.measures or "").replace(",", ledger_kinds.SEPARATOR))
        fields = ledger_kinds.split((arguments.fields or "").replace(",", ledger_kinds.SEPARATOR))
        ledger_kinds.add_kind(arguments.new, arguments.unit or "", here.author, measures, fields=fields)
    change_named(arguments, here.author, ledger_kinds.find_kind, ledger_kinds.change_kind)
