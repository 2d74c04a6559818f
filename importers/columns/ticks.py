"""Columns that together are one choice: each is headed by a label, and the label's column is ticked (已建会|筹建中|未建会, 男|女)."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from importers.columns.content import filled
from importers.columns.header_text import normal
from importers.columns.text import by_text
from models.records.forms import Form, FormField
from models.values.columns import Plain
from models.values.kinds import Choice, YesNo
from models.values.signs import tick


class Ticked(NamedTuple):
    """What a tick in a column says: a label of a field."""

    field: str
    label: str


def ticked_columns(
    form: Form, texts: Sequence[str], groups: Sequence[str], columns: Sequence[Sequence[Plain]]
) -> Mapping[int, Ticked]:
    """The ticked columns of a sheet by index: two or more side by side, all of one field, ticked and nothing else."""
    found: dict[int, Ticked] = {}
    index = 0
    while index < len(texts):
        run = _run(form, texts, groups, columns, index)
        if len(run) > 1 and any(tick(cell) for at in run for cell in columns[at]):
            found |= run
        index += max(len(run), 1)
    return found


def _run(
    form: Form, texts: Sequence[str], groups: Sequence[str], columns: Sequence[Sequence[Plain]], start: int
) -> dict[int, Ticked]:
    """The columns from ``start`` on that are ticked and whose headers are different labels of one field."""
    field, run = None, dict[int, Ticked]()
    for index in range(start, len(texts)):
        if not texts[index] or any(tick(cell) is None for cell in filled(columns[index])):
            break
        fields = (
            [field] if field is not None else _fields(form, texts[index], groups[index], texts[start + 1 : start + 2])
        )
        label = _label(fields[0], texts[index]) if len(fields) == 1 else None
        if label is None or groups[index] != groups[start] or any(each.label == label for each in run.values()):
            break
        field = fields[0]
        run[index] = Ticked(field.name, label)
    return run


def _fields(form: Form, text: str, group: str, following: Sequence[str]) -> list[FormField]:
    """The fields whose list has a label: the group's field, else those whose list has the next column's label as well."""
    if group:
        candidates = by_text(form.kind, group, "").candidates
        return [form.by_name[each.field] for each in candidates if _label(form.by_name[each.field], text)]
    return [
        each
        for each in form.fields
        if isinstance(each.column.kind, Choice)
        and _label(each, text)
        and all(_label(each, other) for other in following)
    ]


def _label(field: FormField, text: str) -> str | None:
    """The label of a field that a header names, or None."""
    kind = field.column.kind
    if isinstance(kind, Choice):
        return kind.codes.find(normal(text))
    if isinstance(kind, YesNo) and normal(text) in ("是", "否", "有", "无"):
        return "是" if normal(text) in ("是", "有") else "否"
    return None
