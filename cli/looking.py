"""``list``: what the register holds."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from cli.opening import opened
from cli.output import answer, exported, out_format, print_json, print_table
from importers.session import home_district
from models.errors import UserError
from models.journal import writer as journal
from models.language import _
from models.lists import filters, selection
from models.lists.listings import Selection
from models.values.columns import Column
from models.values.kinds import Count
from models.values.masking import showers
from reports import xlsx

Rows = Sequence[dict[str, Any]]

#: Columns of a list at a terminal, in this order; ``--json`` and ``--out`` have all.
_SHOWN = {
    "workers": ("name", "sex", "id_number", "phone", "employer", "union", "membership_state", "join_date"),
    "employers": ("name", "credit_code", "region", "staff_count", "union", "stage"),
    "unions": ("name", "credit_code", "union_type", "region", "member_count", "chair"),
    "headcounts": ("subject", "subject_kind", "as_of", "source", "staff_count", "member_count"),
    "ledger": ("date", "ledger_kind", "title", "quantity", "done", "people", "amount", "union", "region"),
}


def run_list(arguments: argparse.Namespace) -> int:
    """List records of one kind, narrowed by ``--where``, masked unless ``--full``, which is kept in the log."""
    if "?" in (arguments.where or ()):
        return _tell_filters(arguments)
    out = Path(arguments.out) if arguments.out else None
    ending = out_format(out, "xlsx", "csv") if out else ""
    masked = not arguments.full
    with opened(arguments, "" if masked else _("导出完整号码")) as here:
        columns = selection.listed_columns(arguments.what)
        region = home_district(here.index, arguments.region) if arguments.region else None
        choice = Selection(
            arguments.what, search=arguments.search or "", where=_where(arguments), today=here.today,
            regions=frozenset(here.index.below(region)) if region else frozenset(),
        )  # fmt: skip
        rows = selection.rows(choice, here.index)
        if not masked:
            source = {"verb": "list", "kind": arguments.what, "rows": len(rows), "file": out.name if out else None}
            journal.note("disclosure", here.author, source)
    if out:
        note = _write(out, ending, columns, rows, masked)
        sentence = _("已写入 {path}，共 {count} 行。").format(path=out, count=len(rows)) + note
        answer(arguments.json, {"list": arguments.what, "out": str(out), "rows": len(rows), "masked": masked}, sentence)
    elif arguments.json:
        print_json({arguments.what: [exported(columns, row, masked) for row in rows]})
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


def _write(path: Path, ending: str, columns: Sequence[Column], rows: Rows, masked: bool) -> str:
    """Write a list; returns what a person must know about the file besides."""
    titles = [column.label for column in columns]
    listed = [list(exported(columns, row, masked).values())[1:] for row in rows]
    if ending == "csv":
        return "\n" + xlsx.csv_note(xlsx.write_csv(path, titles, listed, overwrite=True))
    texts = [place for place, column in enumerate(columns) if column.kind.storage == "TEXT"]
    xlsx.write_table(path, titles, listed, texts, overwrite=True, keys=[row["uid"] for row in rows])
    return ""
