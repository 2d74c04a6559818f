"""``report`` and ``template``: papers and empty forms."""

import argparse
from dataclasses import replace
from pathlib import Path
from typing import Any

from cli.cards import keep_cards, tell_cards
from cli.figures import period_asked
from cli.listing import given as list_options
from cli.listing import run_list_report
from cli.opening import Opened, opened, say
from cli.output import answer, out_format, print_json, print_table, progress_bar
from cli.verb import given_to
from importers import template
from models import roles
from models.drive.case_file import find_employer
from models.errors import UserError
from models.figures.periods import key_of
from models.figures.table_forms import find_form, table_forms
from models.journal.typed import typed
from models.language import _
from models.ledger.kinds import find_kind, first_kinds
from models.records.drive_case import DriveCase
from models.records.region import home_district
from models.records.union import Union
from models.trail.entry import Act
from models.values.cleaning import normal_name
from models.worklists.lists import find_worklist
from reports import handout
from reports.cards.offsets import keep_offset, read_offset
from reports.catalogue import OPTIONS, ReportKind, options_of, report_kinds
from reports.choices import ReportChoices
from reports.handing_over import hand_over

#: Names of unions that a sentence mentions.
_MENTIONED = 5


def run_report(arguments: argparse.Namespace) -> int:
    """Write a report in any format; full numbers only with ``--full``; it is kept in the trail. Or list the reports."""
    if arguments.name is None:
        return _list_reports(arguments)
    kind = report_kinds()[arguments.name]
    _check_options(kind, arguments)
    if kind.name == "list":
        return run_list_report(arguments, _choices)
    if "card" in kind.takes and (arguments.keep or arguments.forget or arguments.form):
        return keep_cards(kind.name, arguments)
    if arguments.card == "?":
        return tell_cards(kind.name, arguments)
    if not arguments.out:
        arguments.complain("the following arguments are required: --out")
    path = Path(arguments.out)
    ending = out_format(path, *handout.FORMATS)
    if arguments.offset is not None:
        keep_offset(read_offset(arguments.offset))
    with opened(arguments, _("导出完整号码") if arguments.full else "") as here:
        if arguments.full:
            roles.need_unmask()
        report = kind.compose(here.index, _choices(arguments, here))
        if arguments.watermark:
            report = replace(report, watermark=arguments.watermark)
        act = given_to(arguments, Act("export", report.title, report.records, full=arguments.full))
        with progress_bar(_("排版")) as show:
            written = hand_over(here.author, act, handout.write, report, path, ending, show)
    say(written.note)
    told = {"report": arguments.name, "out": str(path), "rows": report.records, "masked": not arguments.full}
    about = _("，").join(part for part in (report.title, report.totals, report.mark) if part)
    answer(arguments.json, told | here.afterwards, _("已写入 {path}：{about}").format(path=path, about=about))
    return 0


def _list_reports(arguments: argparse.Namespace) -> int:
    """Which reports there are, what they are written as, and what must be named for each; needs no register."""
    if arguments.list is None:
        arguments.complain("the following arguments are required: NAME")
    kinds = report_kinds().values()
    told = [
        {
            "name": kind.name, "title": kind.title, "formats": list(handout.FORMATS), "needs": list(kind.asked_for),
            "takes": options_of(kind),
        }
        for kind in kinds
    ]  # fmt: skip
    if arguments.json:
        print_json({"reports": told})
        return 0
    needed = [_("、").join(OPTIONS[name] for name in kind.asked_for) for kind in kinds]
    titles = [_("报表"), _("名称"), _("要写明"), _("格式")]
    print_table(titles, [[each["name"], each["title"], need, _("、").join(handout.FORMATS)]
        for each, need in zip(told, needed, strict=True)])
    return 0


def _check_options(kind: ReportKind, arguments: argparse.Namespace) -> None:
    """UserError for an option that the report does not take: what has no effect must not look as if it had."""
    given = [name for name in OPTIONS if getattr(arguments, name) is not None and getattr(arguments, name) is not False]
    wrong = [OPTIONS[name] for name in given if OPTIONS[name] not in options_of(kind)]
    if arguments.until and "--until" not in options_of(kind):
        wrong.append("--until")
    if arguments.offset is not None and "card" not in kind.takes:
        wrong.append("--offset")
    if kind.name != "list":
        own = ("--keep", "--forget") if "card" in kind.takes else ()
        wrong += [each for each in list_options(arguments) if each not in own]
    if arguments.form and "card" not in kind.takes:
        wrong.append("--form")
    if wrong:
        told = _("“{report}”不用 {wrong}，可以用 {takes}。")
        takes = _("、").join(options_of(kind))
        raise UserError(told.format(report=kind.title, wrong=_("、").join(wrong), takes=takes))


def _choices(arguments: argparse.Namespace, here: Opened) -> ReportChoices:
    region = home_district(here.index, arguments.region) if arguments.region else None
    found: dict[str, Any] = {
        "union": _union(arguments.union) if arguments.union else "", "region": region or "",
        "employer": find_employer(arguments.employer) if arguments.employer else "",
        "organizer": arguments.organizer, "level": arguments.level, "year": arguments.year, "since": arguments.since,
        "stage": typed(DriveCase, {"stage": arguments.stage})["stage"] if arguments.stage else "",
        "ledger_kind": find_kind(arguments.ledger_kind).uid if arguments.ledger_kind else "",
        "table": find_form(arguments.table).name if arguments.table else table_forms()[0].name,
        "period": _period(arguments, here),
        "days": arguments.days, "blank": arguments.blank, "everything": arguments.everything, "card": arguments.card,
        "worklist": find_worklist(arguments.worklist).uid if arguments.worklist else "", "test_page": arguments.test_page,
    }  # fmt: skip
    given = {name: value for name, value in found.items() if value is not None}
    day = arguments.day or arguments.until or here.today
    return ReportChoices(here.today, day, masked=not arguments.full, **given)


def _period(arguments: argparse.Namespace, here: Opened) -> str | None:
    """The key of the period: as it is written, or between two days; None for the report's own."""
    days = arguments.since or arguments.until
    if "period" in report_kinds()[arguments.name].takes and (arguments.period or days):
        return key_of(period_asked(arguments, arguments.day or here.today))
    return None


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
    work = None
    if arguments.ledger_kind:
        if arguments.what != "ledger":
            raise UserError(_("只有工作台账的模板分类别。"))
        work = find_kind(arguments.ledger_kind, first_kinds())
    template.write(arguments.what, path, work=work)
    answer(arguments.json, {"template": arguments.what, "out": str(path)}, _("已写入空白模板 {path}").format(path=path))
    return 0
