"""What a plan does as a whole: the counts by field, the columns that are asked about, the warnings by kind, the notes."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from importers.plan.impact import impact
from importers.plan.poorer import WHY
from importers.plan.steps import Plan, Step
from importers.plan.told import told
from importers.rows.decisions import Decisions, Key
from models.language import _
from models.records.forms import FORMS
from models.values.problems import TABLE
from ui.importing.plan_lines import PlanLines
from ui.importing.plan_model import about

_PLACES = re.compile(r"\{\w+\}")


class ImpactCount(NamedTuple):
    """One count of the panel: what is counted, and the rows behind it."""

    title: str
    steps: Sequence[Step] | PlanLines


class Impact(NamedTuple):
    """One field: its title, and how many values change, are filled in first, and are cleared."""

    title: str
    counts: tuple[ImpactCount, ...]


class MassChange(NamedTuple):
    """A field that changes on very many rows of a sheet: held back, or meant already."""

    key: Key
    name: str
    text: str
    meant: bool


class Warned(NamedTuple):
    """One kind of warning on rows that will be applied."""

    code: str
    text: str
    steps: Sequence[Step]


def impacts(plan: Plan) -> list[Impact]:
    """The impact by field, most rows first."""
    found = []
    for each in impact(plan.sheets):
        kinds = (
            (_("改 {count:,}"), each.changed),
            (_("首次填 {count:,}"), each.filled),
            (_("清空 {count:,}"), each.cleared),
            (_("保留 {count:,}"), each.kept),
        )
        counts = tuple(ImpactCount(text.format(count=len(steps)), steps) for text, steps in kinds if steps)
        if counts:
            found.append(Impact(each.title, counts))
    return found


def asked(plan: Plan, decisions: Decisions) -> list[MassChange]:
    """The fields whose change on very many rows a person must confirm or leave, and those confirmed already."""
    found = []
    for sheet in plan.sheets:
        key, form = (sheet.file, sheet.sheet), FORMS.get(sheet.kind or "")
        for name, count in sheet.asked.items():
            field = form.by_name.get(name) if form else None
            said = _("“{title}”要在 {count:,} 行上改，可能是列对错了")
            found.append(MassChange(key, name, said.format(title=field.column.title if field else name, count=count), False))
        for name in decisions.confirmed.get(key, ()):
            field = form.by_name.get(name) if form else None
            said = _("“{title}”要在很多行上改")
            found.append(MassChange(key, name, said.format(title=field.column.title if field else name), True))
    return found


def warnings(plan: Plan) -> list[Warned]:
    """The warnings of rows that will be applied, by kind and field, most rows first."""
    found: dict[tuple[str, str], tuple[str, list[Step]]] = {}
    for sheet in plan.sheets:
        form = FORMS.get(sheet.kind or "")
        for step in sheet.steps.decided() if form else ():
            for each in step.problems if step.applies else ():
                if each.level != "warning" or form is None or each.code in WHY:
                    continue
                field = form.by_name.get(each.column)
                said = _said(each.code, field.column.title if field else "")
                steps = found.setdefault((each.code, each.column), (said, []))[1]
                if not steps or steps[-1] is not step:
                    steps.append(step)
    kinds = [Warned(f"{code} {column}", text, steps) for (code, column), (text, steps) in found.items()]
    return sorted(kinds, key=lambda warned: -len(warned.steps))


def notes(plan: Plan) -> list[ImpactCount]:
    """What is only told, and of several rows: each note once with the rows that bear it, most rows first."""
    found: dict[tuple[str, str], PlanLines] = {}
    for sheet in plan.sheets:
        form = FORMS.get(sheet.kind or "")
        if form is None:
            continue
        places: dict[int, int] = {}
        for one in told(sheet.steps):
            if one.problem.level == "note" and one.count > 1:
                places = places or {number: place for place, number in enumerate(sheet.steps.numbers())}
                field = form.by_name.get(one.problem.column)
                text = about(field.column.title, one.problem.text) if field else one.problem.text
                lines = found.setdefault((one.problem.code, text), PlanLines())
                lines.add(sheet, [places[number] for number in one.numbers()])
    return sorted((ImpactCount(text, lines) for (_code, text), lines in found.items()), key=lambda note: -len(note.steps))


def _said(code: str, title: str) -> str:
    """A kind of warning as a sentence about the field ``title``, "" for none; where one answer mends all, it says which."""
    if code == "choice-unknown":
        return _("{title}：有选项里没有的写法，未采用。点“上一步”，在“认不出的值”里选定它们的意思").format(title=title)
    text = _PLACES.sub("…", _(TABLE[code][1]))
    return about(title, text) if title else text
