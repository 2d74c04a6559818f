"""What the returned workbook says of each row: which rows, the answer in words, and which cells are at fault."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from importers.columns.header import Header
from importers.columns.header_text import normal, written
from importers.columns.mapping import Mapping
from importers.plan.steps import SheetPlan, Step
from importers.rows.rows import MISSING
from importers.workbook.sheet import Sheet, SheetRow
from importers.workbook.writing import AMBER, RED, holds_text
from models.language import _, official
from models.records.forms import FORMS, Form
from models.values.columns import Plain
from models.values.problems import LEVELS, Level, Problem

#: Our columns. Chinese whatever the language: the importer must know them again when the workbook comes back.
RESULT, REASON, ROW = "处理结果", "问题说明", "原行号"
TITLES = (RESULT, REASON, ROW)
#: Widths of our columns, in a sheet's units.
WIDTHS = (16, 80, 8)
#: How many faulty cells of a workbook get a comment; more make spreadsheet programs slow.
COMMENTS = 2_000
#: How many different answers of a sheet are kept in mind.
_KNOWN = 5_000
#: What says by itself which field it is of.
_LACKING = frozenset(MISSING.values())
_HEAVY: tuple[Level, ...] = ("error", "question")


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said of a row, and of others with the same problems. ``faults``: column → fill and sentences."""

    result: str
    fill: str
    reason: str
    faults: dict[int, tuple[str, str]]


@dataclass(frozen=True)
class Answers:
    """What is said in one sheet that was planned: ``told``: row number → its step, for the rows worth telling."""

    plan: SheetPlan
    sheet: Sheet
    form: Form
    header: Header
    mapping: Mapping
    told: dict[int, Step]

    @cached_property
    def rows(self) -> list[SheetRow]:
        """The rows worth telling, as they were sent."""
        return [row for row in self.sheet.rows if row.number in self.told]

    @cached_property
    def old(self) -> frozenset[int]:
        """The columns that hold our answers of an earlier return."""
        return frozenset(index for index, text in enumerate(self.header.texts) if normal(text) in TITLES)

    @cached_property
    def column(self) -> int:
        """The first of our columns: the one after everything that stands in the header and in the rows."""
        used = [index for index, text in enumerate(self.header.texts) if text and index not in self.old]
        used += [_last_used(row.values, self.old) for row in self.rows]
        used += [right for top, _left, _bottom, right in self.sheet.head.merged if top in self.header.rows]
        return max(used, default=-1) + 1

    @cached_property
    def as_text(self) -> frozenset[int]:
        """The columns in which digits must stay as they are typed."""
        fields = self.mapping.fields(self.form)
        return frozenset(index for index, each in fields.items() if holds_text(each.column.kind))

    @cached_property
    def title_row(self) -> int:
        """The header row in which most columns have their text: groups and column numbers stand in others. 0: no header."""
        rows = [row for row in self.sheet.rows if row.number in self.header.rows]
        return max(rows, key=self._labels, default=SheetRow(0, [])).number

    def _labels(self, row: SheetRow) -> int:
        texts = zip(row.values, self.header.texts, strict=False)
        return sum(bool(text) and written(value) == text for value, text in texts)

    @cached_property
    def _titles(self) -> dict[str, str]:
        """Field → its column's header text, or its label where no column goes to it."""
        titles = {each.name: each.column.label for each in self.form.fields}
        fields = self.mapping.fields(self.form)
        return titles | {each.name: text for index, each in fields.items() if (text := self.header.texts[index])}

    @cached_property
    def _required(self) -> list[str]:
        return [field.name for field in self.form.fields if field.column.required]

    def of(self, number: int) -> Answer:
        """The answer to a row worth telling; rows with the same problems get the same object."""
        step, known = self.told[number], self._known
        key = (step.action, *step.problems)
        answer = known.get(key)
        if answer is None:
            if len(known) > _KNOWN:
                known.clear()
            answer = known[key] = self._answer(step)
        return answer

    @cached_property
    def _known(self) -> dict[object, Answer]:
        return {}

    @official()
    def _answer(self, step: Step) -> Answer:
        faults = {column: (_fill(problems), _joined(problems)) for column, problems in self._faults(step).items()}
        fill = RED if step.action in ("refused", "conflict") else AMBER
        return Answer(_result(step), fill, self._reasons(step), faults)

    def __iter__(self) -> Iterator[tuple[SheetRow, Answer]]:
        """The rows with their answers, from top to bottom."""
        return ((row, self.of(row.number)) for row in self.rows)

    def _faults(self, step: Step) -> dict[int, list[Problem]]:
        """Column → what is wrong there. A required value that is missing is at fault although nothing is written."""
        faults: dict[int, list[Problem]] = {}
        for each in step.problems:
            if each.level == "note":
                continue
            for name in self._required if each.code == MISSING[self.form.kind] else (each.column,):
                column = self.mapping.of(name)
                if column is not None:
                    faults.setdefault(column, []).append(each)
        return faults

    def _reasons(self, step: Step) -> str:
        """All problems in words, the heaviest first, each with its column's header: "身份证号：…；移动电话：…"."""
        problems = step.problems
        if len(problems) > 1:
            problems = sorted(problems, key=lambda each: LEVELS.index(each.level))
        titles = self._titles
        return "；".join(
            f"{title}：{each.text}" if (title := titles.get(each.column)) and each.code not in _LACKING else each.text
            for each in problems
        )


def worth_telling(step: Step) -> bool:
    """True for a row that its sender should look at: refused, to be decided, or imported with a warning."""
    return step.action in ("refused", "conflict") or any(each.level != "note" for each in step.problems)


def answers(sheets: Sequence[Sheet], plans: Sequence[SheetPlan]) -> list[Answers]:
    """The answers for each sheet that was planned, in their order; ``told`` is empty where nothing is to be told."""
    found = {sheet.head.sheet: sheet for sheet in sheets}
    return [
        Answers(
            plan, found[plan.sheet], FORMS[plan.kind], plan.header, plan.mapping,
            {step.number: step for step in plan.steps.decided() if worth_telling(step)},
        )
        for plan in plans
        if plan.kind and plan.header and plan.mapping and plan.sheet in found
    ]  # fmt: skip


def _last_used(values: Sequence[Plain], old: frozenset[int]) -> int:
    last = len(values) - 1
    while last >= 0 and (values[last] is None or last in old):
        last -= 1
    return last


def _result(step: Step) -> str:
    if step.action == "refused":
        return _("未导入")
    return _("需要决定") if step.action == "conflict" else _("已导入，请核对")


def _fill(problems: Sequence[Problem]) -> str:
    return RED if any(each.level in _HEAVY for each in problems) else AMBER


def _joined(problems: Sequence[Problem]) -> str:
    return "\n".join(each.text for each in problems)
