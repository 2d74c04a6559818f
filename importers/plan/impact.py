"""What a plan does, counted by field: how many values it changes, fills in for the first time, and clears.

The same counts are shown before ("将更新") and after ("已更新"); each opens the rows behind it. A field that changes on very
many rows of a sheet is probably in the wrong column: it is held back until a person says that it is meant.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from importers.plan.choosing import FOLLOWERS
from importers.plan.steps import Create, Plan, SheetPlan, Step, Update
from models.engine.record import Record
from models.language import _
from models.records.catalogue import kind_of
from models.values.columns import column_of
from models.values.problems import problem

#: A field that changes on this share of the rows that the register already knows is asked about …
SHARE = 0.3
#: … when they are at least so many: three of five people may well have moved.
FEWEST = 20


@dataclass
class FieldImpact:
    """One field of one kind of record: the rows that change it, fill it in first, or clear it; and where the held value stays."""

    record: type[Record]
    name: str
    changed: list[Step] = field(default_factory=list)
    filled: list[Step] = field(default_factory=list)
    cleared: list[Step] = field(default_factory=list)
    kept: list[Step] = field(default_factory=list)

    @property
    def title(self) -> str:
        """The field's label in the language of the person."""
        return column_of(self.record, self.name).title


def impact(sheets: list[SheetPlan]) -> list[FieldImpact]:
    """The impact of these sheets by field, most rows first. New records are not counted here: they have no before."""
    found: dict[tuple[str, str], FieldImpact] = {}
    for sheet in sheets:
        for step in sheet.steps.decided():
            for write in step.writes if step.applies else ():
                if isinstance(write, Update):
                    _count(step, write, found)
            for kept in step.kept if step.action in ("updated", "same") else ():
                _of(kept.record, kept.name, found).kept.append(step)
    return sorted(found.values(), key=lambda each: -sum(map(len, (each.changed, each.filled, each.cleared, each.kept))))


def _of(record: type[Record], name: str, found: dict[tuple[str, str], FieldImpact]) -> FieldImpact:
    return found.setdefault((kind_of(record), name), FieldImpact(record, name))


def _count(step: Step, write: Update, found: dict[tuple[str, str], FieldImpact]) -> None:
    for name, (before, after) in write.changes.items():
        if name in FOLLOWERS:
            continue
        each = _of(write.record, name, found)
        kind = each.filled if before is None else each.cleared if after is None else each.changed
        kind.append(step)


def _known(sheet: SheetPlan) -> int:
    """How many rows speak of what the register holds."""
    counts = sheet.steps.counts()
    return counts["updated"] + counts["same"]


def mass_changes(sheet: SheetPlan) -> dict[str, int]:
    """The fields of the sheet's records that change on very many of its known rows: field → how many rows."""
    least = max(FEWEST, SHARE * _known(sheet))
    return {each.name: len(each.changed) for each in impact([sheet]) if len(each.changed) >= least}


def hold_back(plan: Plan, confirmed: Mapping[tuple[str, str], tuple[str, ...]]) -> None:
    """Take out the changes of fields that change on very many rows and that nobody has confirmed; tell each row."""
    for sheet in plan.sheets:
        meant = confirmed.get((sheet.file, sheet.sheet), ())
        asked = {name: count for name, count in mass_changes(sheet).items() if name not in meant}
        if not asked:
            continue
        known = _known(sheet)
        for name, count in asked.items():
            sheet.asked[name] = count
            sentence = _("有 {count} 行（{share:.0f} %）要改“{title}”，可能是列对错了。确认是真的以后才会改。")
            title = next(each.title for each in impact([sheet]) if each.name == name)
            sheet.notes.append(sentence.format(count=count, share=100 * count / known, title=title))
        for step in sheet.steps.decided():
            if step.applies:
                _hold(step, asked)


def _hold(step: Step, asked: Mapping[str, int]) -> None:
    for write in [each for each in step.writes if isinstance(each, Update)]:
        held = [name for name, (before, after) in write.changes.items() if name in asked and None not in (before, after)]
        for name in held:
            del write.changes[name]
            step.problems.append(problem("mass-change", name))
        if not write.changes:
            step.writes.remove(write)
    if not step.writes and step.action == "updated":
        step.action = "same"


def created(plan: Plan) -> dict[str, int]:
    """How many records of each kind the plan creates, those that rows only name included: record kind → count."""
    found = Counter[str]()
    for run in (run for sheet in plan.sheets for run in sheet.steps.runs()):
        if not isinstance(run, list):
            made = run.packed.creates(run.start, run.end)
            found.update({kind_of(record): count for record, count in made.items() if count})
            continue
        for write in (write for step in run if step.applies for write in step.writes):
            if isinstance(write, Create):
                found.update(kind_of(record) for record in (write.record, *(each for each, _values in write.kept_facts)))
    return dict(found)
