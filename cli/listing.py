"""``report list``: any list on paper as a person wishes it, in a layout that is kept or put together by options."""

import argparse
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from cli.looking import where_of
from cli.opening import Opened, opened, say
from cli.output import answer, out_format, print_json, print_table, progress_bar
from cli.verb import given_to
from models import roles
from models.errors import UserError
from models.language import _
from models.lists.print_forms import (
    PrintForm,
    find_print_form,
    forget_print_form,
    keep_print_form,
    kind_label,
    plain_form,
    print_forms,
    read_columns,
)
from models.records.forms import FORMS
from models.trail.entry import Act
from models.worklists.lists import WorklistHead, find_worklist
from reports import handout
from reports.choices import ReportChoices
from reports.handing_over import hand_over
from reports.listing.chosen import BY_UNION, paper_of, selected
from reports.listing.listed import ListPaper, list_report
from reports.listing.rows import NOTHING_BESIDE, find_column
from reports.listing.worklists import act_of, beside, chosen_of, told_of, usual_form

#: The options that only a list has, by their names among the arguments.
OPTIONS = {
    "list": "--list", "where": "--where", "search": "--search", "columns": "--columns", "group_by": "--group-by",
    "title": "--title", "notes": "--note", "signatures": "--sign", "paper": "--paper", "portrait": "--portrait",
    "size": "--size", "row_height": "--row-height", "copies": "--copies", "apart": "--apart", "wide": "--wide",
    "mask_names": "--mask-names", "names": "--names", "duplex": "--duplex", "keep": "--keep", "forget": "--forget",
}  # fmt: skip


def given(arguments: argparse.Namespace) -> list[str]:
    """The options of a list that were written; ``--list`` without a kind asks for the reports there are."""
    values: Mapping[str, Any] = vars(arguments)
    return [option for name, option in OPTIONS.items() if values[name] not in (None, False, "")]


def run_list_report(arguments: argparse.Namespace, choices_of: Any) -> int:
    """Write a list in a layout; ``--layout ?`` tells the layouts. ``choices_of(arguments, here)`` reads what all reports take."""
    kind = arguments.list or "workers"
    if kind not in FORMS:
        raise UserError(_("没有“{kind}”这种名单，可以用：{kinds}。").format(kind=kind, kinds=_("、").join(FORMS)))
    if arguments.layout == "?" or arguments.forget:
        return _layouts(arguments, kind)
    if not arguments.out:
        arguments.complain("the following arguments are required: --out")
    path = Path(arguments.out)
    ending = out_format(path, *handout.FORMATS)
    doing = _("导出完整号码") if arguments.full else _("保存版式") if arguments.keep else ""
    with opened(arguments, doing) as here:
        if arguments.full:
            roles.need_unmask()
        head = find_worklist(arguments.worklist) if arguments.worklist else None
        kind = head.rows if head else kind
        form = _form(arguments, kind, head)
        report = _report(arguments, form, choices_of(arguments, here), here, head)
        batch = keep_print_form(form, arguments.keep, here.author) if arguments.keep else None
        act = act_of(head, "export", not arguments.full) if head else None
        act = given_to(arguments, act or Act("export", report.title, report.records, full=arguments.full))
        with progress_bar(_("排版")) as show:
            written = hand_over(here.author, act, handout.write, report, path, ending, show)
    say(written.note)
    told = {
        "report": "list", "list": kind, "layout": form.name or None, "out": str(path), "rows": report.records,
        "masked": not arguments.full, "kept": arguments.keep or None, "batch": batch,
    }  # fmt: skip
    about = _("，").join((report.title, _("{count:,} 行").format(count=report.records), report.mark))
    answer(arguments.json, told | here.afterwards, _("已写入 {path}：{about}").format(path=path, about=about))
    return 0


def _report(
    arguments: argparse.Namespace, form: PrintForm, choices: ReportChoices, here: Opened, head: WorklistHead | None
) -> Any:
    if head is not None:
        told = told_of(head, ListPaper(choices.whose(here.index), choices.day.isoformat(), masked=choices.masked))
        chosen = replace(chosen_of(head), search=arguments.search or "", where=where_of(head.rows, arguments.where or ()))
        return list_report(chosen, form, told, here.index)
    choice = selected(form, here.index, choices)
    if choices.union and choice.kind not in BY_UNION:
        raise UserError(_("“{list}”不能按工会选，请用 --where。").format(list=kind_label(form.kind)))
    choice = replace(choice, search=arguments.search or "", where=where_of(choice.kind, arguments.where or ()))
    return list_report(choice, form, paper_of(form, here.index, choices), here.index)


def _form(arguments: argparse.Namespace, kind: str, head: WorklistHead | None) -> PrintForm:
    """The named layout, or the list as it is, with what the options change of it; of a working list that of its kind."""
    usual = usual_form(head) if head else plain_form(kind)
    form = find_print_form(kind, arguments.layout) if arguments.layout else usual
    at_side = beside(head) if head else NOTHING_BESIDE
    changed: dict[str, Any] = {
        name: getattr(arguments, name)
        for name in ("title", "paper", "size", "row_height", "copies", "watermark", "names")
        if getattr(arguments, name) is not None
    }
    if arguments.columns:
        columns = read_columns(arguments.columns.replace("，", ",").replace("、", ",").split(","))
        named = (each if each.blank else replace(each, name=find_column(form.kind, each.name, at_side).name) for each in columns)
        changed["columns"] = tuple(named)
    if arguments.group_by:
        changed["group_by"] = find_column(form.kind, arguments.group_by, at_side).name
    for name, given_ in (("notes", form.notes), ("signatures", form.signatures)):
        changed[name] = tuple(getattr(arguments, name) or given_)
    changed["landscape"] = form.landscape and not arguments.portrait
    changed["one_wide"] = form.one_wide and not arguments.wide
    for name, asked in (("apart", arguments.apart), ("masked_names", arguments.mask_names), ("duplex", arguments.duplex)):
        changed[name] = getattr(form, name) or asked
    return replace(form, **changed)


def _layouts(arguments: argparse.Namespace, kind: str) -> int:
    """Tell the layouts of a kind of list, or forget one."""
    with opened(arguments, _("删除版式") if arguments.forget else "") as here:
        batch = forget_print_form(find_print_form(kind, arguments.forget), here.author) if arguments.forget else None
        found = print_forms(kind)
    told = [
        {
            "name": each.name, "list": kind, "columns": [column.text for column in each.columns],
            "group_by": each.group_by or None, "paper": each.paper, "kept": bool(each.uid),
        }
        for each in found
    ]  # fmt: skip
    if arguments.json:
        print_json({"layouts": told, "batch": batch} | here.afterwards)
        return 0
    lines = [[each.called, _("、").join(column.text for column in each.columns), each.paper, _("自己的") if each.uid else _("自带")]
        for each in found]
    print_table([_("版式"), _("栏"), _("纸张"), _("来源")], lines)
    return 0
