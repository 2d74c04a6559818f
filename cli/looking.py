"""``list``: what the register holds."""

import argparse
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from cli.opening import Opened, opened, say
from cli.output import JsonList, TextTable, answer, exported, out_format, print_json, print_table
from cli.verb import given_to
from models import roles
from models.engine.one_state import one_state
from models.errors import UserError
from models.language import _
from models.lists import filters, selection
from models.lists.listings import Selection
from models.records.forms import FORMS
from models.records.region import home_district
from models.trail.entry import Act
from models.trail.keeping import keep
from models.values.columns import Column
from models.values.kinds import Count
from models.values.masking import showers

#: Columns of a list at a terminal, in this order; ``--json`` and ``--out`` have all.
_SHOWN = {
    "workers": ("name", "sex", "id_number", "phone", "employer", "union", "membership_state", "join_date"),
    "employers": ("name", "credit_code", "region", "staff_count", "union", "stage"),
    "unions": ("name", "credit_code", "union_type", "region", "member_count", "chair"),
    "headcounts": ("subject", "subject_kind", "as_of", "source", "staff_count", "member_count"),
    "officers": ("union", "name", "body", "post", "term", "since", "until", "elected_by"),
    "sites": ("site_kind", "name", "region", "address", "state", "since", "until", "quantity", "union", "contact", "phone"),
    "regions": ("name", "level", "region", "dense", "aliases"),
    "ledger": ("date", "ledger_kind", "title", "quantity", "done", "people", "amount", "union", "region"),
}


def run_list(arguments: argparse.Namespace) -> int:
    """List records of one kind, narrowed by ``--where``, masked unless ``--full``; what is handed out is kept in the trail."""
    if "?" in (arguments.where or ()):
        return _tell_filters(arguments)
    if arguments.out:
        out_format(Path(arguments.out), "xlsx", "csv")
    with opened(arguments, _("导出完整号码") if arguments.full else "") as here:
        if arguments.full:
            roles.need_unmask()
        columns = selection.listed_columns(arguments.what)
        region = home_district(here.index, arguments.region) if arguments.region else None
        choice = Selection(
            arguments.what, search=arguments.search or "", where=where_of(arguments.what, arguments.where or ()),
            today=here.today,
            regions=frozenset(here.index.below(region)) if region else frozenset(),
            order=_order(arguments, columns), descending=arguments.descending, way=arguments.names or "",
        )  # fmt: skip
        tell = (_write if arguments.out else _show)(arguments, here, choice, columns)
    tell(here.afterwards)
    return 0


def _order(arguments: argparse.Namespace, columns: Sequence[Column]) -> str:
    """The field by which a list is ordered; UserError that names those there are for one that it does not have."""
    text = arguments.order or ("name" if arguments.names else "")
    found = next((each.name for each in columns if text in (each.name, each.label, each.title)), "")
    if text and not found:
        names = _("、").join(f"{each.name} {each.title}" for each in columns)
        raise UserError(_("这张名单没有“{text}”一栏，可以用：{names}。").format(text=text, names=names))
    return found


#: Tells the rest of an answer when the register is closed, with what is to be told besides.
Tell = Callable[[Mapping[str, Any]], None]


def _write(arguments: argparse.Namespace, here: Opened, choice: Selection, columns: Sequence[Column]) -> Tell:
    """Write the list to a file."""
    from reports.handing_over import hand_over
    from reports.list_file import Handover, write_listing

    out, masked = Path(arguments.out), not arguments.full
    act = given_to(arguments, Handover(masked).act(choice.kind))
    written = hand_over(here.author, act, write_listing, choice, columns, masked, here.index, out)

    def tell(afterwards: Mapping[str, Any]) -> None:
        sentence = _("已写入 {path}，共 {count} 行。").format(path=out, count=written.rows)
        if written.note:
            sentence += "\n" + written.note
        told = {"list": choice.kind, "out": str(out), "rows": written.rows, "masked": masked}
        answer(arguments.json, {**told, **afterwards}, sentence)

    return tell


def _show(arguments: argparse.Namespace, here: Opened, choice: Selection, columns: Sequence[Column]) -> Tell:
    """Show the list: as JSON it is printed as it comes; as a table once all its rows have come."""
    if arguments.full:
        number = selection.count(choice)
        say(keep(Act("unmask", FORMS[choice.kind].label, number, full=True), here.author))
    with one_state():
        _count, blocks = selection.blocks(choice, here.index)
        if arguments.json:
            listed = JsonList(choice.kind)
            for rows in blocks:
                listed.print(exported(columns, row, not arguments.full) for row in rows)
            return listed.end
        table = _table(choice.kind, columns, blocks, not arguments.full)

    def tell(_afterwards: Mapping[str, Any]) -> None:
        table.print()
        print(_("共 {count} 行").format(count=table.rows))

    return tell


def where_of(kind: str, told: Iterable[str]) -> filters.Where:
    """What the ``--where`` of a kind of list say. UserError for what is not understood."""
    pairs = []
    for each in told:
        name, sign, text = each.partition("=")
        if not sign:
            raise UserError(_("“--where {text}”要写成 条件=值，例如 sex=女。").format(text=each))
        pairs.append((name.strip(), text))
    return filters.read_where(kind, pairs)


def _tell_filters(arguments: argparse.Namespace) -> int:
    """Say which filters a kind of list has, and what they can be; the register need not be open for that."""
    found = filters.filters_of(arguments.what).values()
    if arguments.json:
        print_json({"filters": [{"name": each.name, "label": each.title, "values": each.offered()} for each in found]})
    else:
        print_table([_("条件"), _("名称"), _("可以写")], [[each.name, each.title, each.offered()] for each in found])
    return 0


def _table(kind: str, columns: Sequence[Column], blocks: Iterable[Sequence[dict[str, Any]]], masked: bool) -> TextTable:
    by_name = {column.name: column for column in columns}
    shown = [by_name[name] for name in _SHOWN[kind]]
    show = showers(shown, masked)
    table = TextTable([column.title for column in shown])
    for rows in blocks:
        lines = []
        for row in rows:
            texts = [each(row[column.name]) or None for column, each in zip(shown, show, strict=True)]
            counts = [row[column.name] if isinstance(column.kind, Count) else None for column in shown]
            lines.append([text if count is None else count for text, count in zip(texts, counts, strict=True)])
        table.add(lines)
    return table
