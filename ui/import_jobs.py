"""What the import page runs on the worker thread: the steps of ``importers.session`` with what a window needs besides."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from importers import session
from importers.decisions import Decisions, Key
from importers.session import Options, Outcome, SourceFile
from importers.steps import Plan
from importers.understanding import SheetView
from models import selection
from models.backup import back_up_if_changed
from models.journal import Author
from models.region import RegionIndex
from models.register import Register
from ui.plan_model import reference_names

Progress = Callable[[int, int], None]


def understand_again(
    files: Sequence[SourceFile], key: Key, options: Options, decisions: Decisions, today: dt.date
) -> SheetView:
    """Understand one sheet anew after a decision about it; KeyError when there is no such sheet."""
    for source in files:
        for sheet in source.sheets:
            if (source.name, sheet.head.sheet) == key:
                return session.understand([replace(source, sheets=[sheet])], options, decisions, today)[0]
    raise KeyError(key)


def union_names(index: RegionIndex) -> list[tuple[str, str]]:
    """(uid, name) of all unions, by name."""
    return [(row["uid"], str(row["name"])) for row in selection.rows(selection.Choice("unions", order="name"), index)]


def plan_with_names(
    files: Sequence[SourceFile], views: Sequence[SheetView], options: Options, today: dt.date, index: RegionIndex,
    progress: Progress | None = None,
) -> tuple[Plan, dict[str, str]]:  # fmt: skip
    """The plan, and the names of the records that its rows refer to."""
    plan = session.make_plan(files, views, options, today, progress=progress)
    return plan, reference_names(plan, index)


def carry_out(
    register: Register, plan: Plan, files: Sequence[SourceFile], views: Sequence[SheetView], decisions: Decisions,
    author: Author, progress: Progress | None = None,
) -> Outcome:  # fmt: skip
    """Back the register up, apply the plan, and remember for next time which columns the person corrected."""
    back_up_if_changed(register)
    outcome = session.apply(plan, files, author, progress=progress)
    if outcome.batch is not None and any(decisions.mappings.values()):
        session.remember(views, decisions, author)
    return outcome


def main_kind(plan: Plan) -> str:
    """The kind of record that most of a plan's applied rows are about; "workers" when none is applied."""
    found = Counter(sheet.kind for sheet in plan.sheets for step in sheet.steps if sheet.kind and step.applies)
    return found.most_common(1)[0][0] if found else "workers"
