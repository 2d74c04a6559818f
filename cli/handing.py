"""``report`` and ``template``: papers and empty forms."""

import argparse
from pathlib import Path

from cli.opening import Opened, opened
from cli.output import answer, out_format, progress_bar
from importers import template
from importers.session import home_district
from models import journal
from models.errors import UserError
from models.language import _
from models.names import normal_name
from models.union import Union
from reports import handout, roster
from reports.report import Report

#: Names of unions that a sentence mentions.
_MENTIONED = 5


def run_report(arguments: argparse.Namespace) -> int:
    """Print a roster into a PDF or a workbook; full numbers only with ``--full``, which is kept in the log."""
    path = Path(arguments.out)
    ending = out_format(path, "pdf", "xlsx")
    with opened(arguments, _("导出完整号码") if arguments.full else "") as here:
        report = _roster(arguments, here)
        people = sum(len(section.rows) for section in report.sections)
        if arguments.full:
            source = {"verb": "report", "name": arguments.name, "file": path.name, "people": people}
            journal.note("disclosure", here.author, source)
        with progress_bar(_("排版")) as show:
            handout.write(report, path, ending, show)
    told = {"report": arguments.name, "out": str(path), "people": people, "masked": not arguments.full}
    sentence = _("已写入 {path}：{totals}（{mark}）").format(path=path, totals=report.totals, mark=report.mark)
    answer(arguments.json, told, sentence)
    return 0


def _roster(arguments: argparse.Namespace, here: Opened) -> Report:
    region = home_district(here.index, arguments.region) if arguments.region else None
    union = _union(arguments.union) if arguments.union else None
    return roster.membership_roster(here.index, here.today.isoformat(), union, region, masked=not arguments.full)


def _union(name: str) -> str:
    """The uid of the union called ``name``; UserError with near names when there is none, or there are several."""
    unions = [(row.name, row.uid) for row in Union.select(Union.uid, Union.name).order_by(Union.name)]
    wanted = normal_name(name)
    found = (
        [each for each in unions if each[0] == name]
        or [each for each in unions if normal_name(each[0]) == wanted]
        or [each for each in unions if wanted and wanted in normal_name(each[0])]
    )
    if not found:
        raise UserError(_("登记册里没有工会“{name}”。可以用 list unions 查看。").format(name=name))
    if len(found) > 1:
        names = _("、").join(each for each, _uid in found[:_MENTIONED])
        raise UserError(_("有几个工会名称里都有“{name}”：{names}。请写全称。").format(name=name, names=names))
    return str(found[0][1])


def run_template(arguments: argparse.Namespace) -> int:
    """Write an empty form; needs no register."""
    path = Path(arguments.out)
    out_format(path, "xlsx")
    template.write(arguments.what, path)
    answer(arguments.json, {"template": arguments.what, "out": str(path)}, _("已写入空白模板 {path}").format(path=path))
    return 0
