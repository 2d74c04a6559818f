"""A plan as a person reads it: its rows by what they would do, and one row's changes field by field."""

from collections import Counter
from collections.abc import Sequence
from typing import Literal, NamedTuple

from importers.plan.differences import Difference, creations, differences, shown
from importers.plan.steps import Action, Plan, SheetPlan, Step
from models.language import _
from models.records.employer import Employer
from models.records.forms import FORMS
from models.records.union import Union
from models.values.columns import Column, Stored
from models.values.masking import BIRTH_FIELD, quote, told_apart
from models.values.problems import Level
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
    """One field of a row: its declaration, what the register holds and what the row says, as texts.

    ``difference``: where a person may choose between the two.
    """

    column: Column
    before: str
    after: str
    difference: Difference | None = None


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
        columns = [
            *(each.column for each in differences(line.step) if each.choice == "new"),
            *(c for c, _v in creations(line.step)),
        ]
        titles = dict.fromkeys(column.title for column in columns)
        return _("、").join(titles)
    form = FORMS[line.sheet.kind or "workers"]
    said = [
        field.column.kind.show(line.step.row.values.get(field.name), beside_birth=True)
        for field in form.fields
        if not field.column.required
    ]
    return " · ".join([text for text in said if text][:5])


def details(line: PlanLine, names: dict[str, str], index: RegionIndex, masked: bool) -> list[Detail]:
    """One row field by field: what it changes if it updates, else what it says."""
    step, form = line.step, FORMS[line.sheet.kind or "workers"]
    said: list[tuple[Column, Stored, Stored, Difference | None]]
    if step.action == "updated" or step.kept:
        places = {field.name: place for place, field in enumerate(form.fields)}
        differing = sorted(differences(step), key=lambda each: places.get(each.cell, len(places)))
        said = [(each.column, each.old, each.new, each if each.to_choose else None) for each in differing]
        said += [(column, None, value, None) for column, value in creations(step)]
    else:
        values = step.row.values
        said = [
            (field.column, None, values[field.name], None)
            for field in form.fields
            if values.get(field.name) is not None
        ]
    beside = any(column.name == BIRTH_FIELD for column, *_rest in said)

    def show(column: Column, value: Stored) -> str:
        return UNKNOWN if value is None else shown(column, value, names, index, masked, beside)

    free = step.action in ("updated", "same")
    told = [
        Detail(column, *told_apart((show(column, old), show(column, new)), (old, new)), each if free else None)
        for column, old, new, each in said
    ]
    return told + _unread(line)


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
    made = [founder.record for founder in plan.founding()]
    return made.count(Employer), made.count(Union)
