"""``import``, ``batches``, ``undo``."""

import argparse
import json
from pathlib import Path
from typing import Any

from cli.opening import Opened, opened
from cli.output import print_json, print_table, progress_bar
from importers import session
from importers.decisions import Decisions, from_json
from importers.mapping import Mapping
from importers.session import Options, Outcome
from importers.steps import Plan, SheetPlan
from models import backup, undo
from models.errors import UserError
from models.journal import Batch
from models.language import _


def run_import(arguments: argparse.Namespace) -> int:
    """Read, plan and apply; 1 when a file could not be read at all."""
    with opened(arguments, "" if arguments.plan else _("导入")) as here:
        options = Options(arguments.kind, arguments.union or "", arguments.password, arguments.hidden_sheets)
        files = session.read([Path(each) for each in arguments.files], options, progress_bar(_("读取")))
        decisions = _decisions(arguments)
        views = session.understand(files, options, decisions, here.today)
        region, showing = arguments.region or "", progress_bar(_("核对"))
        plan = session.make_plan(files, views, options, here.today, region, showing, decisions)
        outcome = Outcome(None, plan.counts())
        if not arguments.plan and not plan.changes_nothing:
            backup.back_up_if_changed(here.register)
        if not arguments.plan:
            folder = Path(arguments.returned) if arguments.returned else None
            outcome = session.apply(plan, files, here.author, folder, progress_bar(_("写入")))
            session.remember(views, decisions, here.author)
        if arguments.json:
            print_json({"batch": outcome.batch, "files": [_file(source.name, plan, outcome) for source in files]})
        else:
            _tell(plan, outcome, arguments.plan)
    return 1 if plan.errors else 0


def _decisions(arguments: argparse.Namespace) -> Decisions:
    if not arguments.decisions:
        return Decisions()
    path = Path(arguments.decisions)
    try:
        return from_json(path.read_text("utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(_("读不了决定文件“{name}”。").format(name=path.name)) from error


def _file(name: str, plan: Plan, outcome: Outcome) -> dict[str, Any]:
    sheets = [_sheet(sheet) for sheet in plan.sheets if sheet.file == name]
    returned = outcome.returned.get(name)
    found: dict[str, Any] = {"file": name, "sheets": sheets, "returned": returned.name if returned else None}
    if name in plan.errors:
        found["error"] = plan.errors[name]
    return found


def _sheet(sheet: SheetPlan) -> dict[str, Any]:
    header = sheet.header
    mapped, unmapped = _columns(sheet.mapping)
    return {
        "sheet": sheet.sheet, "kind": sheet.kind, "header_rows": list(header.rows) if header else [], "mapping": mapped,
        "unmapped": unmapped, "rows": len(sheet.steps), **sheet.counts(), "problems": _problems(sheet), "notes": sheet.notes,
    }  # fmt: skip


def _columns(mapping: Mapping | None) -> tuple[list[dict[str, Any]], list[str]]:
    if mapping is None:
        return [], []
    mapped = [
        {"column": match.letter, "group": match.group, "header": match.header, "field": match.field}
        for match in mapping.matches
        if match.field
    ]
    return mapped, list(mapping.unmapped)


def _problems(sheet: SheetPlan) -> list[dict[str, Any]]:
    return [
        {"row": step.number, "column": each.column, "level": each.level, "code": each.code, "text": each.text}
        for step in sheet.steps
        for each in step.problems
    ]


#: Problems that a person at a terminal is shown per sheet; the returned workbook has all of them.
_SHOWN = 8


def _tell(plan: Plan, outcome: Outcome, only_plan: bool) -> None:
    for name, sentence in plan.errors.items():
        print(f"✗ {name}：{sentence}")
    for sheet in plan.sheets:
        _tell_sheet(sheet)
    for name, path in outcome.returned.items():
        print(_("有退回的行：{name} → {path}").format(name=name, path=path))
    for sentence in outcome.problems.values():
        print(sentence)
    if only_plan:
        print(_("以上是预览，什么都没有写入。"))
    elif outcome.batch is None:
        print(_("登记册没有变化：没有新的内容。"))
    else:
        print(_("已写入，批次 {number}。撤销：undo {number}").format(number=outcome.batch))


def _tell_sheet(sheet: SheetPlan) -> None:
    for each in sheet.notes:
        print(f"· {sheet.file} › {sheet.sheet}：{each}")
    if sheet.kind is None:
        return
    sentence = _(
        "{file} › {sheet}：共 {rows} 行，新增 {new}，更新 {updated}，不变 {same}，待决定 {conflict}，退回 {refused}"
    )
    print(sentence.format(file=sheet.file, sheet=sheet.sheet, rows=len(sheet.steps), **sheet.counts()))
    told = [(step.number, each) for step in sheet.steps for each in step.problems if each.level != "note"]
    for number, trouble in told[:_SHOWN]:
        print(_("    第 {row} 行：{text}").format(row=number, text=trouble.text))
    if len(told) > _SHOWN:
        print(_("    等 {count} 处，详见退回的表").format(count=len(told)))


def run_batches(arguments: argparse.Namespace) -> int:
    """List who did what, when, from which files."""
    with opened(arguments) as _here:
        batches = [
            {
                "batch": row.id, "kind": row.kind, "person": row.person, "at": row.at, "source": json.loads(row.source),
                "undoes": _number_of(row.undoes),
            }
            for row in Batch.select().order_by(Batch.id)
        ]  # fmt: skip
    if arguments.json:
        print_json({"batches": batches})
    else:
        titles = [_("批次"), _("种类"), _("谁"), _("何时"), _("来自")]
        print_table(titles, [[b["batch"], b["kind"], b["person"], b["at"], _files(b["source"])] for b in batches])
    return 0


def _number_of(uid: str | None) -> int | None:
    return None if uid is None else int(Batch.get(Batch.uid == uid).id)


def _files(source: Any) -> str:
    sheets = source.get("sheets", []) if isinstance(source, dict) else []
    return "、".join(dict.fromkeys(each["file"] for each in sheets))


def run_undo(arguments: argparse.Namespace) -> int:
    """Undo one batch; what was edited since is kept and named."""
    with opened(arguments, _("撤销")) as here:
        done = _undo(arguments.batch, here)
    kept = [{"uid": each.uid, "field": each.field, "reason": each.reason} for each in done.kept]
    if arguments.json:
        counts = {"restored": done.restored, "removed": done.removed}
        print_json({"batch": done.batch, "undone": done.undone, **counts, "kept": kept})
        return 0
    sentence = _("已撤销批次 {undone}（记为批次 {batch}）：恢复 {restored} 处，移除 {removed} 条，保留 {kept} 处。")
    counts = {"restored": done.restored, "removed": done.removed, "kept": len(kept)}
    print(sentence.format(undone=done.undone, batch=done.batch, **counts))
    for each in done.kept[:_SHOWN]:
        print(f"    {each.kind} {each.field}：{each.reason}")
    return 0


def _undo(number: int, here: Opened) -> undo.Undone:
    backup.back_up_if_changed(here.register)
    return undo.undo(number, here.author)
