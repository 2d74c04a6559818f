"""What the import page runs on the worker thread: the steps of ``importers.session`` with what a window needs besides."""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import Any, NamedTuple

from importers import session
from importers.columns.shape import shape_of
from importers.elsewhere import Elsewhere, elsewhere
from importers.plan.afresh import Afresh
from importers.plan.answers import candidates_of
from importers.plan.differences import reference_names
from importers.plan.impact import impact
from importers.plan.steps import Plan
from importers.rows.decided_json import from_json
from importers.rows.decisions import Decisions, Key
from importers.rows.understanding import SheetView
from importers.session import ImportOptions, Outcome, SourceFile
from models.backups.making import back_up_before
from models.backups.reasons import Reason
from models.editing.own_fields import NewField, add_own_fields
from models.errors import StalePlan, UserError
from models.journal.history import PastBatch, imports_in_force, imports_of
from models.journal.writer import Author
from models.lists import selection
from models.lists.called import described
from models.lists.listings import Selection
from models.progress import OnProgress
from models.records.forms import FORMS, SheetKind
from models.register.register import Register
from models.values.region_index import RegionIndex
from ui.importing.mapping_facts import SheetFacts, facts_of, missing_fields
from ui.importing.pasting import Pasted

#: Decisions about single rows and persons: they mean nothing for another file.
_OF_ROWS = frozenset({"cells", "rows", "full", "confirmed", "values"})
#: Decisions that a sheet of the same shape takes over; the rest follows from the shape, or was remembered by wording.
_OF_COLUMNS = frozenset({"defaults", "blanks"})


class FilesRead(NamedTuple):
    """Files as read; name → the newest import of the very same; where one of them is read that is no list."""

    files: list[SourceFile]
    known: dict[str, PastBatch]
    other: Elsewhere | None


def read_files(
    paths: Sequence[Path], options: ImportOptions, today: dt.date, progress: OnProgress | None = None
) -> FilesRead:
    """Read the files, and find for each that was imported before, and not undone, the newest such import."""
    return _known(session.read(paths, options, progress, today))


def read_pasted(
    given: Pasted, options: ImportOptions, today: dt.date, progress: OnProgress | None = None
) -> FilesRead:
    """Read what was pasted, and find whether the very same was imported before."""
    return _known(session.read_pasted(given.data, given.path, given.name, options, progress, today))


def _known(files: list[SourceFile]) -> FilesRead:
    found = {source.name: imports_of(source.digest) for source in files if source.digest}
    return FilesRead(files, {name: past[0] for name, past in found.items() if past}, elsewhere(files))


def read_again(
    files: Sequence[SourceFile], options: ImportOptions, passwords: Mapping[Path, str], today: dt.date,
    progress: OnProgress | None = None,
) -> dict[str, list[SourceFile]]:  # fmt: skip
    """Read the files once more, each with its own password or its archive's: name → the file, or the files of an archive."""
    return {
        each.name: session.read_again(
            each, replace(options, password=passwords.get(each.place) or passwords.get(each.path)), progress, today
        )
        for each in files
    }


def hidden_sheets(files: Sequence[SourceFile]) -> list[str]:
    """The names of the hidden sheets that were not read."""
    heads = (sheet.head for source in files for sheet in source.sheets if not sheet.rows)
    return [head.sheet for head in heads if head.hidden and not head.refused]


def decisions_of(past: PastBatch, files: Sequence[SourceFile]) -> Decisions:
    """The decisions of an earlier import for these files.

    For the very same file all of them; for another one only those about columns and values, not about single rows. Files
    of other names take the places of the earlier ones in their order.
    """
    decided = from_json(past.decisions) if past.decisions else Decisions()
    digests = {str(sheet["sha256"]): str(sheet["file"]) for sheet in past.sheets}
    named = dict(zip(past.files, (source.name for source in files), strict=False))
    named |= {name: name for name in past.files if name in {source.name for source in files}}
    same = {digests[source.digest]: source.name for source in files if source.digest in digests}
    parts: dict[str, dict[Key, Any]] = {}
    for part in fields(Decisions):
        names = same if part.name in _OF_ROWS else named | same
        given = getattr(decided, part.name)
        parts[part.name] = {(names[file], sheet): each for (file, sheet), each in given.items() if file in names}
    return Decisions(**parts)


def understand_again(
    files: Sequence[SourceFile], key: Key, options: ImportOptions, decisions: Decisions, today: dt.date
) -> SheetView:
    """Understand one sheet anew after a decision about it; KeyError when there is no such sheet."""
    for source in files:
        for sheet in source.sheets:
            if (source.name, sheet.head.sheet) == key:
                return session.understand([replace(source, sheets=[sheet])], options, decisions, today)[0]
    raise KeyError(key)


class UnderstoodSheets(NamedTuple):
    """All sheets as understood, what is counted of their columns, and the earlier import whose sheets were of the same shape."""

    views: list[SheetView]
    facts: dict[Key, SheetFacts]
    alike: "SameForm | None"


class SameForm(NamedTuple):
    """An earlier import of the same form: what was said of its columns then is said of these sheets (``decisions``)."""

    past: PastBatch
    decisions: Decisions


def understand_all(
    files: Sequence[SourceFile], options: ImportOptions, decisions: Decisions, today: dt.date
) -> UnderstoodSheets:
    """Understand every sheet, count its columns, and look for the import that brought the same form before."""
    views = session.understand(files, options, decisions, today)
    return UnderstoodSheets(views, {view.key: facts_of(view) for view in views}, alike(views))


def alike(views: Sequence[SheetView]) -> SameForm | None:
    """The newest import in force that brought sheets of all these shapes; None where one is new or lacks a required column.

    A sheet that is left out must have been left out then, under its name: otherwise a person looks at it first.
    """
    shapes = {view.key: shape_of(view.kind, view.mapping) for view in views}
    wanted = {shape for view in views if (shape := shapes[view.key])}
    if not wanted or any(view.kind and (not shapes[view.key] or missing_fields(view)) for view in views):
        return None
    left_out = {view.sheet for view in views if view.kind is None and view.because != "empty"}
    for past in imports_in_force():
        held = {sheet.get("shape"): (str(sheet["file"]), str(sheet["sheet"])) for sheet in past.sheets}
        if wanted <= set(held) and left_out <= {sheet["sheet"] for sheet in past.sheets if not sheet["kind"]}:
            return SameForm(past, _as_then(past, {key: held[shape] for key, shape in shapes.items() if shape}))
    return None


def _as_then(past: PastBatch, before: Mapping[Key, Key]) -> Decisions:
    """What was decided then of the columns of each sheet, for the sheets of now: key → the key of then."""
    decided = from_json(past.decisions) if past.decisions else Decisions()
    parts = {
        part.name: {key: given[then] for key, then in before.items() if then in given}
        for part in fields(Decisions)
        if part.name in _OF_COLUMNS and (given := getattr(decided, part.name))
    }
    return Decisions(**parts)


def understand_one(
    files: Sequence[SourceFile], key: Key, options: ImportOptions, decisions: Decisions, today: dt.date
) -> tuple[SheetView, SheetFacts]:
    """Understand one sheet anew, and count its columns."""
    view = understand_again(files, key, options, decisions, today)
    return view, facts_of(view)


def make_field(
    key: Key, column: int, wanted: NewField, author: Author, progress: OnProgress | None = None
) -> tuple[Key, int, NewField, int]:
    """Make the own field that a column of a sheet becomes, a batch of its own; its number is told.

    UserError where it cannot be.
    """
    number = add_own_fields([wanted], author)
    assert number is not None  # it was created
    return key, column, wanted, number


def let_go(views: Sequence[SheetView]) -> bool:
    """Let columns go nowhere whose own field is out of use or was undone, in place; returns whether there were any."""
    found = False
    for view in views:
        held = FORMS[view.kind].by_name if view.kind is not None else {}
        for match in view.mapping.matches if view.mapping is not None else ():
            if match.field is not None and match.field not in held and view.mapping is not None:
                view.mapping, found = view.mapping.chosen(match.index, None), True
    return found


def without_gone(decisions: Decisions, views: Sequence[SheetView]) -> Decisions:
    """The decisions without those that send a column to a field which its list does not have any more."""
    forms = {view.key: FORMS[view.kind].by_name for view in views if view.kind is not None}
    kept = {
        key: {index: name for index, name in columns.items() if name is None or name in forms.get(key, {name: None})}
        for key, columns in decisions.mappings.items()
    }
    return replace(decisions, mappings=kept)


def would_clear(
    files: Sequence[SourceFile], views: Sequence[SheetView], options: ImportOptions, decisions: Decisions, today: dt.date,
    key: Key, name: str,
) -> tuple[str, int]:  # fmt: skip
    """(field, how many values of it the sheet's blank cells would clear)."""
    plan = session.make_plan(
        files, [replace(each, notes=[]) for each in views], options, today, decisions=decisions.with_blank(key, name, "clear")
    )
    sheets = [sheet for sheet in plan.sheets if (sheet.file, sheet.sheet) == key]
    return name, sum(len(each.cleared) for each in impact(sheets) if each.name == name)


def union_names(index: RegionIndex) -> list[tuple[str, str]]:
    """(uid, name) of all unions, by name."""
    return [(row["uid"], str(row["name"])) for row in selection.rows(Selection("unions", order="name"), index)]


class Judged(NamedTuple):
    """The sheets as understood now, the plan made from them, and words for the records of the register that it names.

    ``names``: those to which rows refer, by uid; ``candidates``: a line about each of those among which rows ask.
    """

    views: list[SheetView]
    plan: Plan
    names: dict[str, str]
    candidates: dict[str, str]


def judge(
    files: Sequence[SourceFile], views: Sequence[SheetView], again: Collection[Key], options: ImportOptions,
    decisions: Decisions, today: dt.date, index: RegionIndex, progress: OnProgress | None = None,
) -> Judged:  # fmt: skip
    """Plan all rows as a person decided about them; the sheets of ``again`` are understood anew before."""
    now = [understand_again(files, each.key, options, decisions, today) if each.key in again else each for each in views]
    # the plan adds to a sheet's notes, and this is not the last plan that is made of it
    noted = [replace(each, notes=list(each.notes)) for each in now]
    plan = session.make_plan(files, noted, options, today, progress=progress, decisions=decisions)
    return Judged(now, plan, reference_names(plan, index), described(candidates_of(plan), index))


class PlanParts(NamedTuple):
    """What a plan is made of: the files as read and as understood, and what a person decided about them."""

    files: Sequence[SourceFile]
    views: Sequence[SheetView]
    options: ImportOptions
    decisions: Decisions


def carry_out(
    register: Register, plan: Plan, given: PlanParts, author: Author, today: dt.date, index: RegionIndex,
    progress: OnProgress | None = None,
) -> Outcome | Judged:  # fmt: skip
    """Back the register up, apply the plan, and remember for next time what the person said of columns and values.

    When others have written since it was looked at it is made anew: applied if it does the same, else what it would do now is
    to be looked at, and nothing was written.
    """
    back_up_before(register, Reason.IMPORT)
    files, views, options, decisions = given

    def plan_again() -> Plan:
        noted = [replace(each, notes=list(each.notes)) for each in views]
        return session.make_plan(files, noted, options, today, decisions=decisions)

    try:
        outcome = session.apply(plan, files, author, progress=progress, afresh=Afresh(plan_again))
    except StalePlan:
        return judge(files, views, (), options, decisions, today, index, progress)
    if outcome.batch is not None and (any(decisions.mappings.values()) or any(decisions.choices.values())):
        try:
            session.remember(views, decisions, author)
        except UserError as error:  # the rows are stored: that is told first
            outcome.problems[""] = str(error)
    return outcome


def main_kind(plan: Plan) -> str:
    """The kind of record that most of a plan's applied rows are about; "workers" when none is applied."""
    found = Counter[SheetKind]()
    for sheet in plan.sheets:
        counts = sheet.counts()
        if sheet.kind and (applied := counts["new"] + counts["updated"]):
            found[sheet.kind] += applied
    return found.most_common(1)[0][0] if found else "workers"
