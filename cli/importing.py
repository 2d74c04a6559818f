"""``import``."""

import argparse
import sys
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from cli.choosing import differences_told, kept_told, with_choices
from cli.opening import afterwards, opened
from cli.output import print_json, progress_bar
from cli.passwords import asked_password, given_password, may_ask
from importers import own, session
from importers.columns.mapping import Mapping as ColumnMapping
from importers.plan.afresh import Afresh
from importers.plan.answers import candidates_of
from importers.plan.steps import Missing, Plan, SheetPlan
from importers.plan.told import ToldOnce
from importers.plan.told import told as told_once
from importers.rows.decided_json import from_json
from importers.rows.decisions import Decisions, Key
from importers.rows.understanding import SheetView
from importers.session import ImportOptions, Outcome
from importers.workbook.refusals import PasswordNeeded
from models.backups.making import back_up_before
from models.backups.reasons import Reason
from models.editing.own_fields import add_own_fields, pending
from models.errors import UserError
from models.files.failures import told
from models.files.given import read_text
from models.files.private import private_folder
from models.journal import learning
from models.journal.writer import Author
from models.language import _
from models.ledger.kinds import find_kind
from models.lists.called import described
from models.records.worker import Worker
from models.values.columns import column_of

#: Problems that a person at a terminal is shown per sheet; the returned workbook has all of them.
_SHOWN = 8
#: Bytes that a file of decisions may have.
_LARGEST_DECISIONS = 64 << 20


def run_import(arguments: argparse.Namespace) -> int:
    """Read, plan and apply; 1 when a file could not be read, or a returned workbook not be written.

    Where a file needs a password that nobody gave, it is asked for at a terminal, the register let go meanwhile.
    """
    decisions = _decisions(arguments)
    folder = _returned_folder(arguments)
    options = ImportOptions(arguments.kind, arguments.union or "", given_password(arguments), arguments.hidden_sheets)
    try:
        return _import(arguments, options, decisions, folder)
    except PasswordNeeded as needed:
        return _import(arguments, replace(options, password=asked_password(str(needed))), decisions, folder)


def _import(arguments: argparse.Namespace, options: ImportOptions, decisions: Decisions, folder: Path | None) -> int:
    writing, creates = "" if arguments.plan else _("导入"), not hasattr(arguments, "work")
    with opened(arguments, writing, creates=creates, much=True) as here:
        with progress_bar(_("读取")) as show:
            files = session.read([Path(each) for each in arguments.files], options, show, here.today)
        given = decisions
        locked = next((each for each in files if each.locked), None)
        if locked is not None and options.password is None and may_ask(arguments):
            raise PasswordNeeded(locked.error)
        views = session.understand(files, options, decisions, here.today)
        made: list[dict[str, Any]] = []
        if work := getattr(arguments, "work", ""):
            decisions = _of_one_kind(work, views, decisions)
        if decisions.own:
            decisions, made = _own_fields(views, decisions, None if arguments.plan else here.author)
        if work or made or decisions != given:
            views = session.understand(files, options, decisions, here.today)
        decisions = with_choices(arguments, views, decisions)
        make = partial(session.make_plan, files, views, options, here.today, arguments.region or "", decisions=decisions)
        with progress_bar(_("核对")) as show:
            plan = make(progress=show)
        known = described(candidates_of(plan), here.index) if arguments.json else {}
        differing = differences_told(plan, here.index) if arguments.json and arguments.plan else {}
        outcome = Outcome(None, plan.counts())
        if not arguments.plan:
            if not plan.changes_nothing:
                back_up_before(here.register, Reason.IMPORT)
            with progress_bar(_("写入")) as show:
                afresh = Afresh(make, looked_at=False)  # others may have written since
                outcome = session.apply(plan, files, here.author, folder, show, afresh)
                plan = afresh.plan or plan
            with afterwards(arguments):
                session.remember(views, decisions, here.author)
    if arguments.json:
        answered = [_file(source.name, plan, outcome, known, differing) for source in files]
        print_json(
            {"batch": outcome.batch, "files": answered} | ({"own_fields": made} if made else {}) | here.afterwards
        )
    else:
        _tell(plan, outcome, arguments.plan)
    for sentence in (*plan.errors.values(), *outcome.problems.values()):
        print(sentence, file=sys.stderr)
    return 1 if plan.errors or outcome.problems else 0


def _own_fields(
    views: list[SheetView], decisions: Decisions, author: Author | None
) -> tuple[Decisions, list[dict[str, Any]]]:
    """Make the own fields that columns become, and tell them; without an author they are known to the plan alone."""
    decisions, new = own.settled(views, decisions)
    number = None
    if author is None:
        learning.learn(pending(new))
    else:
        number = add_own_fields(new, author)
    told = [{"field": each.field, "record": each.record, "name": each.name, "kind": each.kind} for each in new]
    return decisions, [each | {"batch": number} for each in told]


def _of_one_kind(work: str, views: list[SheetView], decisions: Decisions) -> Decisions:
    """All ledgers without a column for it are of one kind of work. UserError when there is no such kind."""
    name = find_kind(work).name
    for each in views:
        if each.kind == "ledger":
            decisions = decisions.with_default(each.key, "ledger_kind", name)
    return decisions


def _returned_folder(arguments: argparse.Namespace) -> Path | None:
    """``--returned``, made where it is missing: asked before the import, not after it."""
    if not arguments.returned or arguments.plan:
        return None
    folder = Path(arguments.returned)
    try:
        private_folder(folder)
    except OSError as error:
        raise told(error, _("什么都没有导入，退回的表放不进“{folder}”").format(folder=folder)) from error
    return folder


def _decisions(arguments: argparse.Namespace) -> Decisions:
    if not arguments.decisions:
        return Decisions()
    path = Path(arguments.decisions)
    try:
        return from_json(read_text(path, _LARGEST_DECISIONS))
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(_("读不了决定文件“{name}”。").format(name=path.name)) from error


def _file(
    name: str, plan: Plan, outcome: Outcome, known: Mapping[str, str], differing: Mapping[Key, list[dict[str, Any]]]
) -> dict[str, Any]:
    sheets = [_sheet(sheet, known) | _differing(sheet, differing) for sheet in plan.sheets if sheet.file == name]
    returned = outcome.returned.get(name)
    found: dict[str, Any] = {"file": name, "sheets": sheets, "returned": returned.name if returned else None}
    error = plan.errors.get(name) or outcome.problems.get(name)
    return found | ({"error": error} if error else {})


def _sheet(sheet: SheetPlan, known: Mapping[str, str]) -> dict[str, Any]:
    header = sheet.header
    mapped, unmapped = _columns(sheet.mapping)
    return {
        "sheet": sheet.sheet, "kind": sheet.kind, "header_rows": list(header.rows) if header else [], "mapping": mapped,
        "unmapped": unmapped, "rows": len(sheet.steps), **sheet.counts(), "problems": _problems(sheet, known),
        "notes": sheet.notes, "missing": [_member(each) for each in sheet.missing],
        "again": [_member(each) for each in sheet.again], "kept": sheet.kept(),
    }  # fmt: skip


def _differing(sheet: SheetPlan, differing: Mapping[Key, list[dict[str, Any]]]) -> dict[str, Any]:
    """Of a preview: what the rows of a sheet say otherwise than the register."""
    found = differing.get((sheet.file, sheet.sheet))
    return {} if found is None else {"differences": found}


def _member(missing: Missing) -> dict[str, Any]:
    """A member whom a full roster does not name, or names again: enough to decide by, numbers covered."""
    shown = {
        name: column_of(Worker, name).kind.show(getattr(missing, name)) for name in ("id_number", "phone", "join_date")
    }
    return {"uid": missing.uid, "name": missing.name, **shown} | ({"state": missing.state} if missing.state else {})


def _columns(mapping: ColumnMapping | None) -> tuple[list[dict[str, Any]], list[str]]:
    if mapping is None:
        return [], []
    mapped = [
        {"column": match.letter, "group": match.group, "header": match.header, "field": match.field}
        for match in mapping.matches
        if match.field
    ]
    return mapped, list(mapping.unmapped)


def _problems(sheet: SheetPlan, known: Mapping[str, str]) -> list[dict[str, Any]]:
    """All problems, one of many rows once with its rows; a question among records names those of the register.

    These as uid → a line about it.
    """
    return [_problem(one, known) for one in told_once(sheet.steps)]


def _problem(one: ToldOnce, known: Mapping[str, str]) -> dict[str, Any]:
    each = one.problem
    found: dict[str, Any] = {
        "row": one.row, "column": each.column, "level": each.level, "code": each.code, "text": each.text,
    }  # fmt: skip
    if one.count > 1:
        found["rows"] = one.rows
    if each.candidates:
        found["candidates"] = {uid: known[uid] for uid in each.candidates if uid in known}
    return found


def _tell(plan: Plan, outcome: Outcome, only_plan: bool) -> None:
    for sheet in plan.sheets:
        _tell_sheet(sheet)
    for path in outcome.returned.values():
        print(_("退回的表：{path}").format(path=path))
    if only_plan:
        print(_("以上是预览，什么都没有写入。"))
    elif outcome.batch is None and plan.sheets:
        print(_("登记册没有变化：没有新的内容。"))
    elif outcome.batch is not None:
        print(_("已写入，批次 {number}。撤销：undo {number}").format(number=outcome.batch))


def _tell_sheet(sheet: SheetPlan) -> None:
    title = titled(sheet)
    if sheet.kind is not None:
        rows = _("共 {count} 行").format(count=len(sheet.steps))
        print(_("{what}：{said}").format(what=title, said=_("，").join([rows, *counted(sheet)])))
    for note in sheet.notes:
        print(f"    · {note}" if sheet.kind is not None else _("{what}：{said}").format(what=title, said=note))
    for sentence, members in ((_("名册里没有的会员"), sheet.missing), (_("离开过又出现的"), sheet.again)):
        if members:
            named = _("、").join(each.name for each in members[:_SHOWN])
            print(_("    {what} {count} 人：{names}").format(what=sentence, count=len(members), names=named))
    for line in kept_told(sheet):
        print(line)
    troubles = [one for one in told_once(sheet.steps) if one.problem.level != "note"]
    for one in troubles[:_SHOWN]:
        many = _("    第 {row} 行等 {count} 行：{text}") if one.count > 1 else _("    第 {row} 行：{text}")
        print(many.format(row=one.row, count=one.count, text=one.problem.text))
    if len(troubles) > _SHOWN:
        print(_("    还有 {count} 处，见退回的表").format(count=len(troubles) - _SHOWN))


def titled(sheet: SheetPlan) -> str:
    """What a person calls a sheet: its file and its name, which a text file's only sheet has from the file."""
    return sheet.file if Path(sheet.file).stem == sheet.sheet else f"{sheet.file} › {sheet.sheet}"


def counted(sheet: SheetPlan) -> list[str]:
    """What becomes of a sheet's rows in words, actions without a row left out."""
    words = {
        "new": _("新增"), "updated": _("更新"), "same": _("不变"), "conflict": _("待决定"), "refused": _("退回"),
        "skipped": _("跳过"),
    }  # fmt: skip
    return [f"{words[action]} {count}" for action, count in sheet.counts().items() if count]
