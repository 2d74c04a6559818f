"""``import --keep`` and ``--take``: which values stay and which are taken, and how a plan tells it."""

import argparse
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from importers.plan.differences import Difference, differences, reference_names, shown
from importers.plan.impact import impact
from importers.plan.steps import Plan, SheetPlan
from importers.rows.decisions import EVERY_FIELD, EVERY_ROW, Choice, Decisions, Key
from importers.rows.understanding import SheetView
from models.errors import UserError
from models.language import _
from models.records.catalogue import kind_of
from models.records.forms import FORMS, Form
from models.values.codes import fold
from models.values.region_index import RegionIndex


def with_choices(arguments: argparse.Namespace, views: Sequence[SheetView], decisions: Decisions) -> Decisions:
    """The decisions with what the options say of whole columns; what a file of decisions says of values goes before it.

    UserError for a field that no sheet of these has, and for one that is both to stay and to be taken.
    """
    kept, taken = (dict.fromkeys(getattr(arguments, name, None) or ()) for name in ("keep", "take"))
    twice = next((name for name in kept if name in taken), None)
    if twice is not None:
        raise UserError(_("“{name}”不能又保留原值又采用新值。").format(name=twice))
    wanted: list[tuple[str, Choice]] = [*((name, "old") for name in kept), *((name, "new") for name in taken)]
    wanted.sort(key=lambda each: not _is_all(each[0]))  # what is said of all is said first
    said = Decisions()
    for name, choice in wanted:
        found = [(view, cell) for view in views if view.kind and (cell := _cell(name, FORMS[view.kind]))]
        if not found:
            raise UserError(_unknown(name, views))
        for view, cell in found:
            said = said.with_value(view.key, cell, EVERY_ROW, choice)
    merged = {
        key: {
            cell: {**said.values.get(key, {}).get(cell, {}), **decisions.values.get(key, {}).get(cell, {})}
            for cell in (*said.values.get(key, {}), *decisions.values.get(key, {}))
        }
        for key in (*said.values, *decisions.values)
    }
    return replace(decisions, values=merged)


def _is_all(name: str) -> bool:
    """True for what is written for all fields."""
    return name in (EVERY_FIELD, "all", _("全部"))


def _cell(name: str, form: Form) -> str:
    """The field of a form that a name or a label means; "" for none."""
    if _is_all(name):
        return EVERY_FIELD
    if name in form.by_name:
        return name
    labels = ((field.name, (field.column.label, field.column.title)) for field in form.fields)
    return next((cell for cell, texts in labels if fold(name) in map(fold, texts)), "")


def _unknown(name: str, views: Sequence[SheetView]) -> str:
    fields = dict.fromkeys(
        match.field for view in views if view.mapping is not None for match in view.mapping.matches if match.field
    )
    return _("这些表里没有字段“{name}”。可以写：{fields}，或者 all。").format(name=name, fields=_("、").join(fields))


def differences_told(plan: Plan, index: RegionIndex) -> dict[Key, list[dict[str, Any]]]:
    """What the rows of each sheet say otherwise than the register: ``old``, ``new`` and the ``choice`` between them.

    Numbers are covered.
    """
    names = reference_names(plan, index)
    return {
        (sheet.file, sheet.sheet): [
            _told(step.number, each, names, index)
            for step in sheet.steps.decided()
            for each in (differences(step) if step.action in ("updated", "same") else ())
        ]
        for sheet in plan.sheets
    }


def _told(row: int, each: Difference, names: dict[str, str], index: RegionIndex) -> dict[str, Any]:
    told = {
        "row": row, "field": each.cell, "record": kind_of(each.record),
        "old": shown(each.column, each.old, names, index, masked=True) or None,
        "new": shown(each.column, each.new, names, index, masked=True) or None,
        "choice": each.choice,
    }  # fmt: skip
    return told | ({"because": each.because} if each.because else {})


def kept_told(sheet: SheetPlan) -> list[str]:
    """A line about the values that stay, by field, and what to write to take the new ones; none where none stays."""
    fields = [(each.title, len(each.kept)) for each in impact([sheet]) if each.kept]
    if not fields:
        return []
    named = _("、").join(f"{title} {count}" for title, count in fields)
    line = _("    保留了 {count} 个原值：{fields}；要采用表里写的，加 --take 字段").format(
        count=sum(count for _title, count in fields), fields=named
    )
    return [line]
