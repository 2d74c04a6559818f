"""``list``: what the register holds."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from cli.opening import opened, say
from cli.output import answer, exported, out_format, print_json, print_table
from importers.session import home_district
from models import roles
from models.errors import UserError
from models.language import _
from models.lists import filters, selection
from models.lists.listings import Selection
from models.trail.entry import Act
from models.trail.keeping import keep
from models.values.columns import Column
from models.values.kinds import Count
from models.values.masking import showers
from reports.handing_over import hand_over
from reports.list_file import Handover, list_name, write_listing

Rows = Sequence[dict[str, Any]]

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
    out = Path(arguments.out) if arguments.out else None
    if out:
        out_format(out, "xlsx", "csv")
    masked = not arguments.full
    with opened(arguments, "" if masked else _("导出完整号码")) as here:
        if not masked:
            roles.need_unmask()
        columns = selection.listed_columns(arguments.what)
        region = home_district(here.index, arguments.region) if arguments.region else None
        choice = Selection(
            arguments.what, search=arguments.search or "", where=_where(arguments), today=here.today,
            regions=frozenset(here.index.below(region)) if region else frozenset(),
        )  # fmt: skip
        if out:
            act = Handover(masked).act(arguments.what)
            written = hand_over(here.author, act, write_listing, choice, columns, masked, here.index, out)
        else:
            rows = selection.rows(choice, here.index)
            if not masked:
                say(keep(Act("unmask", list_name(arguments.what), len(rows), full=True), here.author))
    if out:
        sentence = _("已写入 {path}，共 {count} 行。").format(path=out, count=written.rows)
        if written.note:
            sentence += "\n" + written.note
        told = {"list": arguments.what, "out": str(out), "rows": written.rows, "masked": masked}
        answer(arguments.json, told | here.afterwards, sentence)
    elif arguments.json:
        print_json({arguments.what: [exported(columns, row, masked) for row in rows]} | here.afterwards)
    else:
        _print_list(arguments.what, columns, rows, masked)
    return 0


def _where(arguments: argparse.Namespace) -> filters.Where:
    """What ``--where`` says. UserError for what is not understood."""
    pairs = []
    for each in arguments.where or ():
        name, sign, text = each.partition("=")
        if not sign:
            raise UserError(_("“--where {text}”要写成 条件=值，例如 sex=女。").format(text=each))
        pairs.append((name.strip(), text))
    return filters.read_where(arguments.what, pairs)


def _tell_filters(arguments: argparse.Namespace) -> int:
    """Say which filters a kind of list has, and what they can be; the register need not be open for that."""
    found = filters.filters_of(arguments.what).values()
    if arguments.json:
        print_json({"filters": [{"name": each.name, "label": each.title, "values": each.offered()} for each in found]})
    else:
        print_table([_("条件"), _("名称"), _("可以写")], [[each.name, each.title, each.offered()] for each in found])
    return 0


def _print_list(kind: str, columns: Sequence[Column], rows: Rows, masked: bool) -> None:
    by_name = {column.name: column for column in columns}
    shown = [by_name[name] for name in _SHOWN[kind]]
    show = showers(shown, masked)
    table = []
    for row in rows:
        texts = [each(row[column.name]) or None for column, each in zip(shown, show, strict=True)]
        counts = [row[column.name] if isinstance(column.kind, Count) else None for column in shown]
        table.append([text if count is None else count for text, count in zip(texts, counts, strict=True)])
    print_table([column.title for column in shown], table)
    print(_("共 {count} 行").format(count=len(rows)))
