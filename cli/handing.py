"""``report`` and ``template``: papers and empty forms."""

import argparse
from pathlib import Path

from cli.opening import Opened, opened
from cli.output import out_format, print_json, progress_bar
from importers import template
from importers.session import home_district
from models import journal
from models.errors import UserError
from models.language import _
from models.names import normal_name
from models.union import Union
from reports import handout, roster
from reports.report import Report


def run_report(arguments: argparse.Namespace) -> int:
    """Print a roster into a PDF or a workbook; full numbers only with ``--full``, which is kept in the log."""
    path = Path(arguments.out)
    ending = out_format(path, "pdf", "xlsx")
    with opened(arguments) as here:
        report = _roster(arguments, here)
        people = sum(len(section.rows) for section in report.sections)
        if arguments.full:
            journal.note(
                "disclosure",
                here.author,
                {"verb": "report", "name": arguments.name, "file": path.name, "people": people},
            )
        handout.write(report, path, ending, progress_bar(_("排版")))
    if arguments.json:
        print_json({"report": arguments.name, "out": str(path), "people": people, "masked": not arguments.full})
    else:
        print(_("已写入 {path}：{totals}（{mark}）").format(path=path, totals=report.totals, mark=report.mark))
    return 0


def _roster(arguments: argparse.Namespace, here: Opened) -> Report:
    day, masked = here.today.isoformat(), not arguments.full
    if arguments.union:
        return roster.membership_roster(here.index, day, union=_union(arguments.union), masked=masked)
    if arguments.region:
        region = home_district(here.index, arguments.region)
        return roster.membership_roster(here.index, day, region=region, masked=masked)
    raise UserError(_("请用 --union 指明工会，或用 --region 指明镇街。"))


def _union(name: str) -> str:
    """The uid of the union called ``name``; UserError with near names when there is none."""
    unions = {row.name: row.uid for row in Union.select(Union.uid, Union.name)}
    if name in unions:
        return str(unions[name])
    wanted = normal_name(name)
    alike = [each for each in unions if wanted in normal_name(each)]
    if len(alike) == 1:
        return str(unions[alike[0]])
    if alike:
        raise UserError(
            _("有几个工会名称里都有“{name}”：{names}。请写全称。").format(name=name, names="、".join(alike[:5]))
        )
    raise UserError(_("登记册里没有工会“{name}”。可以用 list unions 查看。").format(name=name))


def run_template(arguments: argparse.Namespace) -> int:
    """Write an empty form; needs no register."""
    path = Path(arguments.out)
    out_format(path, "xlsx")
    template.write(arguments.what, path)
    if arguments.json:
        print_json({"template": arguments.what, "out": str(path)})
    else:
        print(_("已写入空白模板 {path}").format(path=path))
    return 0
