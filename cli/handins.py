"""``handin``: sheets that are handed up: what there is, writing one, what was handed up, what their system answered."""

import argparse
import json
from pathlib import Path
from typing import Any

from cli.opening import Opened, opened, say
from cli.output import answer, out_format, print_json, print_table, progress_bar
from importers.handin_answers import read_answers
from models.drive.case_file import find_union
from models.errors import UserError
from models.files.failures import told as told_failure
from models.files.given import read_text
from models.handins import submitted
from models.handins.making import HandInChoice, HandInMade, make
from models.handins.templates import HandInTemplate, find_template, forget_template, keep_template, plain, templates
from models.language import _
from models.records.region import home_district
from models.records.union import Union
from models.trail.entry import HandedTo
from models.values.name_order import in_order
from reports.handin_file import hand_up
from reports.saving import file_name

#: What stands in the place of a template's name for what is done otherwise.
ACTIONS = ("read", "past", "show", "keep", "forget")
#: Refused cells that a terminal shows; JSON has them all.
_SHOWN = 30
#: The longest own template, in bytes.
_LONGEST = 1 << 20


def run_handin(arguments: argparse.Namespace) -> int:
    """Without a name the templates; with one its sheet; ``read``, ``past``, ``show``, ``keep`` and ``forget`` are no names."""
    if arguments.list or arguments.name is None:
        return _list(arguments)
    acts = {"read": _read, "past": _past, "show": _show, "keep": _keep, "forget": _forget}
    return acts.get(arguments.name, _write)(arguments)


def _list(arguments: argparse.Namespace) -> int:
    with opened(arguments):
        found = [(each, submitted.submissions(each.key)) for each in templates()]
    if arguments.json:
        print_json({"handins": [_told(template, past) for template, past in found]})
        return 0
    lines = [
        [each.key, each.shown, len(each.columns), past[0].date if past else None, _(each.about)] for each, past in found
    ]
    print_table([_("名称"), _("上报表"), _("栏目"), _("上次上报"), _("说明")], lines)
    return 0


def _told(template: HandInTemplate, past: list[submitted.PastSubmission]) -> dict[str, Any]:
    return {
        "name": template.key, "title": template.name, "about": template.about, "rows": template.rows,
        "columns": [each.title for each in template.columns], "kept": bool(template.uid),
        "last": past[0].date if past else None, "basis": template.basis,
    }  # fmt: skip


def _write(arguments: argparse.Namespace) -> int:
    """Write the sheet of a template; what was handed up is kept, unless its numbers are covered."""
    if not arguments.out:
        raise UserError(_("请写明写到哪个文件：--out 文件.xlsx。"))
    path = Path(arguments.out)
    out_format(path, "xlsx")
    with opened(arguments, "" if arguments.masked else _("上报")) as here:
        template = find_template(arguments.name)
        choice = _choice(arguments, here)
        if arguments.split:
            return _write_split(arguments, here, template, choice, path)
        union = _name(choice.union)
        made = make(template, choice, here.index)
        told = _hand_up(arguments, here, made, path, union)
    if arguments.json:
        print_json(told | here.afterwards)
    else:
        _print(made, path, told)
    return 0


def _choice(arguments: argparse.Namespace, here: Opened) -> HandInChoice:
    region = home_district(here.index, arguments.region) if arguments.region else None
    regions = here.index.below(region) if region else frozenset()
    union = find_union(arguments.union) if arguments.union else ""
    return HandInChoice(
        here.today, union, regions, arguments.since_last, arguments.masked, arguments.with_refused
    )


def _name(union: str) -> str:
    return str(Union.get(Union.uid == union).name) if union else ""


def _hand_up(arguments: argparse.Namespace, here: Opened, made: HandInMade, path: Path, union: str) -> dict[str, Any]:
    """Write the file, keep in the trail that it went out and in the register what was in it."""
    with progress_bar(_("写表格")) as show:
        done = hand_up(
            path, made, here.today, here.author, union=union, scope=union or arguments.region or "",
            said=HandedTo(arguments.to or "", arguments.purpose or ""), masked=arguments.masked, progress=show,
        )  # fmt: skip
    say(done.written.note)
    return _answer(made, path, arguments.masked) | {"submission": done.submission, "batch": done.batch}


def _answer(made: HandInMade, path: Path, masked: bool) -> dict[str, Any]:
    refused = [
        {"uid": each.uid, "name": each.called, "column": each.column, "field": each.field, "problem": each.why}
        for each in made.refused
    ]
    counts = {"rows": len(made.rows), "new": made.new, "changed": made.changed, "same": made.same}
    about = {"handin": made.template.key, "out": str(path), "since": made.since, "masked": masked}
    return about | counts | {"gone": made.gone, "refused_records": made.refused_records, "refused": refused}


def _write_split(
    arguments: argparse.Namespace, here: Opened, template: HandInTemplate, choice: HandInChoice, path: Path
) -> int:
    """A file for each union that has rows: its name behind that of the file."""
    parts = []
    for uid, name in _unions(choice):
        made = make(template, HandInChoice(**{**vars(choice), "union": uid}), here.index)
        if made.rows or made.refused:
            own = path.with_name(f"{path.stem}_{file_name(name)}{path.suffix}")
            parts.append(_hand_up(arguments, here, made, own, name) | {"union": name})
    if arguments.json:
        print_json({"handin": template.key, "parts": parts, "rows": sum(each["rows"] for each in parts)} | here.afterwards)
    else:
        print_table(
            [_("工会"), _("行数"), _("要改的"), _("文件")],
            [[each["union"], each["rows"], each["refused_records"], each["out"]] for each in parts],
        )
    return 0


def _unions(choice: HandInChoice) -> list[tuple[str, str]]:
    rows: Any = Union.select(Union.uid, Union.name, Union.region).order_by(Union.id)
    kept = ((row.uid, str(row.name)) for row in rows if not choice.regions or row.region in choice.regions)
    return in_order(kept, lambda each: each[1])


def _print(made: HandInMade, path: Path, told: dict[str, Any]) -> None:
    print(_("已写入 {path}：{name}，{rows} 行").format(path=path, name=made.template.shown, rows=len(made.rows)))
    if made.since:
        words = _("上次上报是 {day}：新的 {new}，有变化的 {changed}，没有变化没写的 {same}，不再有的 {gone}。")
        print(words.format(day=made.since, new=made.new, changed=made.changed, same=made.same, gone=len(made.gone)))
    if made.refused:
        print(_("有 {count} 条记录对方会退回，没有写进去，请改好再报：").format(count=made.refused_records))
        lines: dict[tuple[str, str, str], list[str]] = {}
        for each in made.refused:
            lines.setdefault((each.uid, each.called, each.why), []).append(each.column)
        shown = [[called, _("、").join(columns), why] for (_uid, called, why), columns in lines.items()]
        print_table([_("记录"), _("栏目"), _("怎么改")], shown[:_SHOWN])
        if len(shown) > _SHOWN:
            print(_("……共 {count} 条，--json 列出全部。").format(count=made.refused_records))
    if told["submission"] is None and made.rows:
        print(_("号码打了星号，只供核对，不算上报。"))


def _read(arguments: argparse.Namespace) -> int:
    """Put what their result file says beside what was handed up."""
    if not arguments.what:
        raise UserError(_("请写明对方退回的结果文件：handin read 文件.xlsx。"))
    path = Path(arguments.what)
    with opened(arguments, _("读回上报结果")) as here:
        template = find_template(arguments.template) if arguments.template else None
        found = read_answers(path, template)
        number = submitted.keep_answers(found.submission.uid, found.answers, here.author)
    failed = [each for each in found.answers if not each.taken]
    told = {
        "submission": found.submission.uid, "handin": found.submission.template, "taken": len(found.answers) - len(failed),
        "failed": [{"uid": each.record, "reason": each.reason} for each in failed], "unknown": found.unknown, "batch": number,
    }  # fmt: skip
    sentence = _("《{file}》：成功 {taken} 条，失败 {failed} 条，认不出的 {unknown} 行。")
    words = sentence.format(file=path.name, taken=told["taken"], failed=len(failed), unknown=len(found.unknown))
    answer(arguments.json, told | here.afterwards, words)
    return 0


def _past(arguments: argparse.Namespace) -> int:
    """What was handed up; of one of them (``handin past UID``) the rows with what was answered."""
    with opened(arguments):
        if arguments.what:
            rows = submitted.rows_of(arguments.what)
            told: Any = {"rows": [row._asdict() for row in rows]}
            lines: list[list[Any]] = [[row.called, row.result, row.reason] for row in rows]
            titles = [_("记录"), _("是否成功"), _("错误原因")]
        else:
            found = submitted.submissions()
            told = {"submissions": [each._asdict() for each in found]}
            lines = [[each.date, each.template, each.scope, each.rows, each.taken, each.failed, each.uid] for each in found]
            titles = [_("日期"), _("上报表"), _("范围"), _("行数"), _("成功"), _("失败"), _("记录标识")]
    if arguments.json:
        print_json(told)
    else:
        print_table(titles, lines)
    return 0


def _show(arguments: argparse.Namespace) -> int:
    """A template as JSON, which ``keep`` takes back under another name."""
    with opened(arguments):
        template = find_template(arguments.what or "")
    print_json({"name": template.name, "template": plain(template)})
    return 0


def _keep(arguments: argparse.Namespace) -> int:
    if not arguments.what or not arguments.file:
        raise UserError(_("请写明名称和文件：handin keep 名称 --file 模板.json（用 handin show 名称 得到一份再改）。"))
    path = Path(arguments.file)
    try:
        given = json.loads(read_text(path, _LONGEST))
    except OSError as error:
        raise told_failure(error, _("“{name}”读不了").format(name=path.name)) from error
    except ValueError as error:
        raise UserError(_("《{name}》不是 JSON。").format(name=path.name)) from error
    with opened(arguments, _("保存上报模板")) as here:
        inner = given.get("template", given) if isinstance(given, dict) else given
        number = keep_template(arguments.what, inner, here.author)
    told = {"name": arguments.what, "batch": number}
    answer(arguments.json, told | here.afterwards, _("已保存上报模板“{name}”。").format(name=arguments.what))
    return 0


def _forget(arguments: argparse.Namespace) -> int:
    with opened(arguments, _("删除上报模板")) as here:
        template = find_template(arguments.what or "")
        number = forget_template(template, here.author)
    told = {"name": template.name, "batch": number}
    answer(arguments.json, told | here.afterwards, _("已删除上报模板“{name}”。").format(name=template.name))
    return 0
