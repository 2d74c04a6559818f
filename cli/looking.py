"""``list``, ``drive``, ``figures``: what the register holds."""

import argparse
import dataclasses
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from cli.opening import Opened, opened
from cli.output import answer, exported, out_format, print_json, print_table
from importers.session import home_district
from models import drive as driving
from models import journal, selection
from models.columns import Column
from models.figures import figures
from models.language import _
from models.masking import showers
from models.setting import setting
from reports import drive_list, handout, xlsx
from reports.report import Report

Rows = Sequence[dict[str, Any]]

#: Columns of a list at a terminal, in this order; ``--json`` and ``--out`` have all.
_SHOWN = {
    "workers": ("name", "sex", "id_number", "phone", "employer", "union", "membership_state", "join_date"),
    "employers": ("name", "credit_code", "region", "staff_count", "union", "stage"),
    "unions": ("name", "credit_code", "union_type", "region", "member_count", "chair"),
    "headcounts": ("subject", "subject_kind", "as_of", "source", "staff_count", "member_count"),
}


def run_list(arguments: argparse.Namespace) -> int:
    """List records of one kind, masked unless ``--full``, which is kept in the log."""
    out = Path(arguments.out) if arguments.out else None
    ending = out_format(out, "xlsx", "csv") if out else ""
    masked = not arguments.full
    with opened(arguments, "" if masked else _("导出完整号码")) as here:
        columns = selection.listed_columns(arguments.what)
        rows = selection.rows(selection.Choice(arguments.what, search=arguments.search or ""), here.index)
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


def _print_list(kind: str, columns: Sequence[Column], rows: Rows, masked: bool) -> None:
    by_name = {column.name: column for column in columns}
    shown = [by_name[name] for name in _SHOWN[kind]]
    show = showers(shown, masked)
    table = []
    for row in rows:
        texts = [each(row[column.name]) or None for column, each in zip(shown, show, strict=True)]
        counts = [row[column.name] if column.kind.align == "right" else None for column in shown]
        table.append([text if count is None else count for text, count in zip(texts, counts, strict=True)])
    print_table([column.title for column in shown], table)
    print(_("共 {count} 行").format(count=len(rows)))


def _write(path: Path, ending: str, columns: Sequence[Column], rows: Rows, masked: bool) -> str:
    """Write a list; returns what a person must know about the file besides."""
    titles = [column.title for column in columns]
    listed = [list(exported(columns, row, masked).values())[1:] for row in rows]
    if ending == "csv":
        return "\n" + xlsx.csv_note(xlsx.write_csv(path, titles, listed, overwrite=True))
    texts = [place for place, column in enumerate(columns) if column.kind.storage == "TEXT"]
    xlsx.write_table(path, titles, listed, texts, overwrite=True, keys=[row["uid"] for row in rows])
    return ""


def run_drive(arguments: argparse.Namespace) -> int:
    """The funnel by district and town, and the employers that should found a union."""
    out = Path(arguments.out) if arguments.out else None
    ending = out_format(out, "pdf", "xlsx") if out else ""
    with opened(arguments) as here:
        region = home_district(here.index, arguments.region) if arguments.region else None
        state = driving.drive(setting("threshold"), here.index, region)
        if out:
            handout.write(_report(state, region, here), out, ending)
    if arguments.json:
        print_json(_object(state) | ({"out": str(out)} if out else {}))
    elif out:
        print(_("已写入 {path}，共 {count} 家。").format(path=out, count=len(state.on_list)))
    else:
        _print_funnel(state)
        print()
        _print_employers(state)
    return 0


def _report(state: driving.Drive, region: str | None, here: Opened) -> Report:
    where = here.index.path(region) if region else str(setting("organization"))
    return drive_list.drive_report(state, where, here.today.isoformat())


def _object(state: driving.Drive) -> dict[str, Any]:
    employers = [dataclasses.asdict(row) for row in state.on_list]
    for each in employers:
        del each["region_uid"], each["group"]
    return {"threshold": state.threshold, "summary": state.summary, "regions": state.by_region, "employers": employers}


def _print_funnel(state: driving.Drive) -> None:
    groups = ("employers", *driving.GROUPS)
    rows: list[list[Any]] = []
    for each in state.by_region:
        whole = _("（小计）") if each["district"] else ""
        rows.append([each["district"] or _("未填区划"), each["town"] or whole, *(each[group] for group in groups)])
    rows.append([_("合计"), "", *(state.summary[group] for group in groups)])
    print_table([_("区县"), _("镇街"), *(drive_list.GROUP_LABELS[group] for group in groups)], rows)


def _print_employers(state: driving.Drive) -> None:
    sentence = _("应建未建（{threshold} 人以上，未建会）：{count} 家")
    print(sentence.format(threshold=state.threshold, count=len(state.on_list)))
    if not state.on_list:
        return
    titles = [_("单位"), _("区划"), _("人数"), _("来源"), _("日期"), _("阶段"), _("提示")]
    rows = [
        [row.name, row.region or None, row.staff_count, row.source, row.as_of, row.stage, drive_list.remarks(row)]
        for row in state.on_list
    ]
    print_table(titles, rows)


def run_figures(arguments: argparse.Namespace) -> int:
    """The numbers of the first page."""
    with opened(arguments) as here:
        found = figures(here.index, arguments.year or here.today.year)
    if arguments.json:
        print_json(dataclasses.asdict(found))
        return 0
    rows = (
        (_("基层工会"), found.unions), (_("会员（在册）"), found.members), (_("新就业形态会员"), found.new_form_members),
        (_("应建未建单位"), found.on_list), (_("{year} 年新建工会").format(year=found.year), found.new_unions),
        (_("{year} 年新入会").format(year=found.year), found.new_members),
    )  # fmt: skip
    print_table([_("数字"), _("现在")], rows)
    return 0
