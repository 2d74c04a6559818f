"""A plan as a person reads it: its rows by what they would do, and one row's changes field by field."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, Literal, NamedTuple

from importers.plan.steps import Action, Create, Plan, SheetPlan, Step, Update, Write
from models.language import _
from models.ledger.kinds import load_kinds
from models.lists import selection
from models.lists.listings import Selection
from models.records.employer import Employer
from models.records.forms import FORMS
from models.records.union import Union
from models.values.columns import Column, Stored, column_of
from models.values.kinds import Place, Reference
from models.values.masking import BIRTH_FIELD, quote
from models.values.problems import Level, Problem
from models.values.region_index import RegionIndex
from ui.kit.tables import UNKNOWN

Tab = Literal["new", "updated", "same", "attention", "skipped"]
TABS: tuple[Tab, ...] = ("new", "updated", "same", "attention", "skipped")
TOLD: frozenset[Level] = frozenset(("error", "question", "warning"))


class PlanLine(NamedTuple):
    """A row of a plan together with its sheet."""

    sheet: SheetPlan
    step: Step


class Detail(NamedTuple):
    """One field of a row: its declaration, what the register holds and what it would hold, as texts."""

    column: Column
    before: str
    after: str


def sheet_titles(keys: Sequence[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """(file, sheet) → what tells the sheet from the others: its name, its file's name, or both where both are needed."""
    files = Counter(file for file, _sheet in keys)
    titles = {}
    for file, sheet in keys:
        stem = file.rsplit(".", 1)[0]
        titles[file, sheet] = sheet if len(files) == 1 else stem if files[file] == 1 else f"{sheet} · {stem}"
    return titles


def tab_title(tab: Tab) -> str:
    """What a tab is called."""
    titles: dict[Tab, str] = {
        "new": _("将新增"), "updated": _("将更新"), "same": _("不变"), "attention": _("需处理"), "skipped": _("已跳过"),
    }  # fmt: skip
    return titles[tab]


def action_word(step: Step) -> str:
    """What happens to a row, in one word."""
    words: dict[Action, str] = {
        "new": _("新增"), "updated": _("更新"), "same": _("不变"), "conflict": _("待决定"), "refused": _("退回"),
        "skipped": _("跳过"),
    }  # fmt: skip
    return words[step.action]


def level_word(level: Level) -> str:
    """How grave a problem is, in one word."""
    return {"error": _("错误"), "question": _("待决定"), "warning": _("提醒"), "note": _("说明")}[level]


def lines_of(plan: Plan) -> dict[Tab, list[PlanLine]]:
    """The rows of a plan by tab, in the order of the files; a row that is applied with a warning stands in two tabs."""
    found: dict[Tab, list[PlanLine]] = {tab: [] for tab in TABS}
    for sheet in plan.sheets:
        asked: set[Problem] = set()
        for step in sheet.steps:
            line = PlanLine(sheet, step)
            if step.action in ("new", "updated", "same", "skipped"):
                found[step.action].append(line)
            if step.action in ("conflict", "refused") or any(each.level in TOLD and each not in asked for each in step.problems):
                found["attention"].append(line)
            # what its columns are is answered once, in the step before
            asked |= {each for each in step.problems if each.code == "column-unsure"}
    return found


def offer(plan: Plan) -> tuple[str, bool]:
    """What the button that applies a plan says, and whether there is anything to do."""
    counts = plan.counts()
    wanted, back = counts["new"] + counts["updated"], counts["conflict"] + counts["refused"]
    if not plan.changes_nothing:
        text = _("导入 {rows:,} 行").format(rows=wanted)
        return (text + _("，退回 {rows:,} 行").format(rows=back) if back else text), True
    if back:
        return _("没有可导入的内容，只退回 {rows:,} 行").format(rows=back), True
    if counts["same"]:
        return _("没有可导入的内容：与登记册完全相同"), False
    return _("没有可导入的内容：没有一张表认出了名单"), False


def about(what: str, said: str) -> str:
    """A sentence about something that is named before it."""
    return _("{what}：{said}").format(what=what, said=said)


def problem_texts(line: PlanLine) -> list[tuple[Level, str]]:
    """All problems of a row as sentences, the gravest first; each names the field it speaks of."""
    order = ("error", "question", "warning", "note")
    form = FORMS.get(line.sheet.kind or "")
    found = []
    for each in sorted(line.step.problems, key=lambda problem: order.index(problem.level)):
        field = form.by_name.get(each.column) if form else None
        found.append((each.level, about(field.column.title, each.text) if field else each.text))
    return found


def summary(line: PlanLine) -> str:
    """One line about a row: its gravest problem, else what it changes, else what it brings."""
    told = [text for level, text in problem_texts(line) if level in TOLD]
    if told:
        return told[0] + (_("（共 {count} 个问题）").format(count=len(told)) if len(told) > 1 else "")
    if line.step.action == "updated":
        titles = dict.fromkeys(column.title for column, _before, _after in _changes(line.step))
        return _("、").join(titles)
    form = FORMS[line.sheet.kind or "workers"]
    shown = [
        field.column.kind.show(line.step.row.values.get(field.name), beside_birth=True)
        for field in form.fields
        if not field.column.required
    ]
    return " · ".join([text for text in shown if text][:5])


def _changes(step: Step) -> list[tuple[Column, Stored, Stored]]:
    """(declaration, before, after) of everything that a row writes; what only points at the row's own record is left out."""
    return [change for write in step.writes for change in _of_write(write) if change[2] != step.target]


def _of_write(write: Write) -> Iterable[tuple[Column, Stored, Stored]]:
    if isinstance(write, Update):
        return [(column_of(write.record, name), before, after) for name, (before, after) in write.changes.items()]
    return [
        (column_of(record, name), None, value)
        for record, values in ((write.record, write.values), *write.facts)
        for name, value in values.items()
        if name != "uid" and value is not None
    ]


def reference_names(plan: Plan, index: RegionIndex) -> dict[str, str]:
    """The names of all records that changed rows refer to, by uid. Asks the register only when a row changes such a field."""
    names = {uid: str(founder.values.get("name") or "") for uid, founder in plan.founders.items()}
    wanted: set[str] = set()
    for step in (step for sheet in plan.sheets for step in sheet.steps if step.action == "updated"):
        for column, before, after in _changes(step):
            if isinstance(column.kind, Reference):
                wanted.update(each for each in (before, after) if isinstance(each, str))
    wanted.update(each.employer for sheet in plan.sheets for each in (*sheet.missing, *sheet.again) if each.employer)
    for kind in ("unions", "employers"):
        if wanted - names.keys():
            names |= {row["uid"]: str(row["name"] or "") for row in selection.rows(Selection(kind), index)}
    if wanted - names.keys():
        names |= {each.uid: each.name for each in load_kinds().kinds}
    return names


def details(line: PlanLine, names: dict[str, str], index: RegionIndex, masked: bool) -> list[Detail]:
    """One row field by field: what it changes if it updates, else what it says."""
    step = line.step
    if step.action == "updated":
        changes = _changes(step)
    else:
        form = FORMS[line.sheet.kind or "workers"]
        values = step.row.values
        changes = [(field.column, None, values[field.name]) for field in form.fields if values.get(field.name) is not None]
    beside = any(column.name == BIRTH_FIELD for column, _before, _after in changes)

    def show(column: Column, value: Stored) -> str:
        if value is None:
            return UNKNOWN
        if isinstance(column.kind, Reference):
            return names.get(str(value), str(value))
        if isinstance(column.kind, Place):
            return index.path(str(value)) if str(value) in index.entries else str(value)
        return column.kind.show(value, masked=masked, beside_birth=beside)

    return [Detail(column, show(column, before), show(column, after)) for column, before, after in changes] + _unread(line)


def _unread(line: PlanLine) -> list[Detail]:
    """The cells of a row that were written but gave no value."""
    form = FORMS[line.sheet.kind or "workers"]
    row = line.step.row
    unread = [name for name in row.written if row.values.get(name) is None and name in form.by_name]
    return [Detail(form.by_name[name].column, UNKNOWN, _("（未采用）{text}").format(text=quote(row.written[name]))) for name in unread]


def cell_text(line: PlanLine, name: str, masked: bool) -> str:
    """What a row says in a field: the value that was read, else what was written; personal numbers masked."""
    row = line.step.row
    value = row.values.get(name)
    if value is not None:
        kind = FORMS[line.sheet.kind or "workers"].by_name[name].column.kind
        return kind.show(value, masked=masked, beside_birth=True)
    told = row.written.get(name)
    return "" if told is None else quote(told) if masked else str(told)


def founded(plan: Plan) -> tuple[int, int]:
    """How many employers and unions would be created only because applied rows name them: (employers, unions)."""
    used: set[Any] = set()
    for step in (step for sheet in plan.sheets for step in sheet.steps if step.applies):
        for write in step.writes:
            parts = [after for _before, after in write.changes.values()] if isinstance(write, Update) else _values(write)
            used.update(part for part in parts if isinstance(part, str))
    made = [founder.record for uid, founder in plan.founders.items() if uid in used]
    return made.count(Employer), made.count(Union)


def _values(write: Create) -> list[Any]:
    return [value for values in (write.values, *(values for _record, values in write.facts)) for value in values.values()]
