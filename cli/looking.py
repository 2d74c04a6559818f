"""``list``, ``drive``, ``figures``: what the register holds."""

import argparse
import dataclasses
from pathlib import Path
from typing import Any

from cli.opening import Opened, opened
from cli.output import exported, out_format, print_json, print_table
from importers.session import home_district
from models import drive as driving
from models import journal, selection
from models.columns import Column
from models.figures import figures
from models.language import _
from models.masking import showers
from models.setting import setting
from reports import drive_list, handout, xlsx

#: Columns of a list at a terminal: the first ones that fit; ``--json`` and ``--out`` have all.
_SHOWN = {
    "workers": ("name", "sex", "id_number", "phone", "employer", "union", "membership_state", "join_date"),
    "employers": ("name", "credit_code", "region", "nature", "staff_count", "union", "stage"),
    "unions": ("name", "credit_code", "union_type", "region", "employer", "member_count", "chair"),
    "headcounts": ("subject", "subject_kind", "as_of", "source", "staff_count", "member_count"),
}


def run_list(arguments: argparse.Namespace) -> int:
    """List records of one kind, masked unless ``--full``."""
    with opened(arguments) as here:
        masked = not arguments.full
        columns = selection.listed_columns(arguments.what)
        rows = selection.rows(selection.Choice(arguments.what, search=arguments.search or ""), here.index)
        if not masked:
            journal.note("disclosure", here.author, {"verb": "list", "kind": arguments.what, "rows": len(rows)})
    if arguments.out:
        _write(Path(arguments.out), columns, rows, masked)
        print(_("已写入 {path}，共 {count} 行。").format(path=arguments.out, count=len(rows)))
    elif arguments.json:
        print_json({arguments.what: [exported(columns, row, masked) for row in rows]})
    else:
        shown = [column for column in columns if column.name in _SHOWN[arguments.what]]
        show = showers(shown, masked)
        table = [[each(row[column.name]) for column, each in zip(shown, show, strict=True)] for row in rows]
        print_table([column.title for column in shown], table)
        print(_("共 {count} 行").format(count=len(rows)))
    return 0


def _write(path: Path, columns: list[Column], rows: list[dict[str, Any]], masked: bool) -> None:
    wanted = out_format(path, "xlsx", "csv")
    titles = [column.title for column in columns]
    listed = [list(exported(columns, {**row}, masked).values())[1:] for row in rows]
    if wanted == "csv":
        print(xlsx.csv_note(xlsx.write_csv(path, titles, listed, overwrite=True)), end="")
    else:
        texts = [place for place, column in enumerate(columns) if column.kind.storage == "TEXT"]
        xlsx.write_table(path, titles, listed, texts, overwrite=True, keys=[row["uid"] for row in rows])


def run_drive(arguments: argparse.Namespace) -> int:
    """The funnel by district and town, and the employers that should found a union."""
    with opened(arguments) as here:
        region = home_district(here.index, arguments.region) if arguments.region else None
        state = driving.drive(setting("threshold"), here.index, region)
        where = here.index.path(region) if region else str(setting("organization"))
        if arguments.out:
            return _write_drive(Path(arguments.out), state, where, here)
    if arguments.json:
        employers = [_employer(row) for row in state.on_list]
        print_json(
            {"threshold": state.threshold, "summary": state.summary, "regions": state.by_region, "employers": employers}
        )
        return 0
    _print_drive(state)
    return 0


def _employer(row: driving.DriveRow) -> dict[str, Any]:
    values = dataclasses.asdict(row)
    del values["region_uid"], values["group"]
    return values


def _write_drive(path: Path, state: driving.Drive, where: str, here: Opened) -> int:
    report = drive_list.drive_report(state, where, here.today.isoformat())
    handout.write(report, path, out_format(path, "pdf", "xlsx"))
    print(_("已写入 {path}，共 {count} 家。").format(path=path, count=len(state.on_list)))
    return 0


def _print_drive(state: driving.Drive) -> None:
    names = drive_list.GROUP_LABELS
    groups = ("employers", *driving.GROUPS)
    titles = [_("区县"), _("镇街"), *(names[group] for group in groups)]
    total = [_("合计"), "", *(state.summary[group] for group in groups)]
    regions = [
        [
            row["district"] or _("未填区划"),
            row["town"] or (_("（小计）") if row["district"] else ""),
            *(row[g] for g in groups),
        ]
        for row in state.by_region
    ]
    print_table(titles, [*regions, total])
    print()
    print(
        _("应建未建（{threshold} 人以上，未建会）：{count} 家").format(
            threshold=state.threshold, count=len(state.on_list)
        )
    )
    listed = [
        [row.name, row.region, row.staff_count, row.source, row.as_of, row.stage, drive_list.remarks(row)]
        for row in state.on_list
    ]
    print_table([_("单位"), _("区划"), _("人数"), _("来源"), _("日期"), _("阶段"), _("提示")], listed)


def run_figures(arguments: argparse.Namespace) -> int:
    """The numbers of the first page."""
    with opened(arguments) as here:
        found = figures(here.index, arguments.year or here.today.year)
    if arguments.json:
        print_json(dataclasses.asdict(found))
        return 0
    lines = (
        (_("基层工会"), found.unions), (_("会员（在册）"), found.members), (_("新就业形态会员"), found.new_form_members),
        (_("应建未建单位"), found.on_list), (_("{year} 年新建工会").format(year=found.year), found.new_unions),
        (_("{year} 年新入会").format(year=found.year), found.new_members),
    )  # fmt: skip
    for label, number in lines:
        print(f"{label}  {number:,}")
    return 0
