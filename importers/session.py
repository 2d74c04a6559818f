"""An import from the files to the batch, without a window: the window and the command line walk the same steps.

read (bytes → sheets) → understand (sheets → rows) → make_plan (rows → plan) → apply (plan → batch). A person edits only
the small frozen Options and Decisions; everything else is derived from them and the files again.
"""

import datetime as dt
import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Any

from importers import apply as applying
from importers import returned
from importers.columns.shape import shape_of
from importers.columns.tables import tables
from importers.plan import making as planning
from importers.plan.afresh import Afresh
from importers.plan.steps import ACTIONS, Plan, SheetPlan
from importers.reader import process as reader_process
from importers.reader.held import HeldRows
from importers.rows.decisions import Decisions, Key, to_json
from importers.rows.understanding import Ahead, SheetView, view
from importers.workbook import members
from importers.workbook.reading import read_bytes
from importers.workbook.refusals import PasswordNeeded, Refusal, sentence, user_error
from importers.workbook.sheet import Again, Contents, Sheet, SheetHead
from models.engine import database
from models.engine.record import Record
from models.errors import UserError
from models.files.failures import told
from models.files.given import open_file
from models.journal.writer import Author, Writer, batch, last_number
from models.language import N_, _
from models.memory import collector_paused
from models.progress import OnProgress
from models.records.forms import SheetKind
from models.records.region import home_district, load_index
from models.records.setting import RememberedMapping, RememberedValue
from models.trail.entry import Act
from models.trail.keeping import keep
from models.uid import new_uid

#: Files of an archive that are no tables and are named.
_NAMED = 3
#: What a pasted sheet is called, whatever the language: it stands in the log.
_PASTED = "粘贴的表"


@dataclass(frozen=True)
class ImportOptions:
    """What is given for a whole import: the kind of all sheets, the union of rows that name none, a password."""

    kind: SheetKind | None = None
    union: str = ""
    password: str | None = None
    hidden_sheets: bool = False


@dataclass
class SourceFile:
    """One file as read: its sheets, its hash (SHA-256), or the sentence that says why it cannot be read.

    ``locked``: it was not read only because its password is missing or wrong. ``ahead``: what was understood while reading.
    Of a file in an archive ``inside`` are the names that lead to it from the archive at ``path`` on, and ``outer`` is the
    archive's hash. ``data`` is what was pasted; ``path`` then only names it, and the folder for what is returned.
    """

    path: Path
    name: str
    digest: str = ""
    sheets: list[Sheet] = field(default_factory=list)
    error: str = ""
    locked: bool = False
    ahead: dict[Key, Ahead] = field(default_factory=dict)
    inside: tuple[str, ...] = ()
    outer: str = ""
    data: bytes | None = None

    @property
    def place(self) -> Path:
        """Where it lies, the way inside an archive included; no path that could be opened."""
        return self.path.joinpath(*self.inside)


@dataclass
class Outcome:
    """What an import did: batch number (None when nothing changed), rows by action, returned workbooks by file name.

    ``kept``: how many values stayed as they were held although a row said another one.
    """

    batch: int | None
    counts: dict[str, int]
    returned: dict[str, Path] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)
    kept: int = 0


@dataclass
class _Reading:
    """How files are read, and how many more of archives and folders may be: nobody could look through thousands."""

    options: ImportOptions
    progress: OnProgress | None
    today: dt.date
    left: int = members.MOST


@collector_paused()
def read(
    paths: Sequence[Path], options: ImportOptions, progress: OnProgress | None = None, today: dt.date | None = None
) -> list[SourceFile]:
    """Read every file in a process of its own. An unreadable one is told in its ``error``, the others go on.

    Of a folder and of an archive (.zip, .eml) each file is one of its own. With a register open the rows are understood
    while that process reads on; ``today`` as for :func:`understand`.
    """
    names = set[str]()
    reading = _Reading(options, progress, today or dt.date.today())
    return [each for path in paths for each in _read_path(path, _distinct(path, names), reading)]


@collector_paused()
def read_again(
    source: SourceFile, options: ImportOptions, progress: OnProgress | None = None, today: dt.date | None = None
) -> list[SourceFile]:
    """Read a file once more with other options (a password, hidden sheets), under the name that it has; an archive: its files."""
    fresh = SourceFile(source.path, source.name, inside=source.inside, outer=source.outer, data=source.data)
    return _read(fresh, _Reading(options, progress, today or dt.date.today()))


def read_pasted(
    data: bytes, path: Path, name: str, options: ImportOptions, progress: OnProgress | None = None, today: dt.date | None = None
) -> list[SourceFile]:
    """Read what was pasted, a web page or a text; ``path``: what a file of it would be called, and where it would lie."""
    return _read(SourceFile(path, name, data=data), _Reading(options, progress, today or dt.date.today()))


def _read_path(path: Path, name: str, reading: _Reading) -> list[SourceFile]:
    if not path.is_dir():
        return _read(SourceFile(path, name), reading)
    try:
        inside = [Path(folder, each) for folder, _folders, names in os.walk(path, onerror=_raise) for each in names]
        found = members.sorted_out(each.relative_to(path).as_posix() for each in inside)
        if not found.wanted:
            raise Refusal("folder-empty")
    except Refusal as refusal:
        return [SourceFile(path, name, error=sentence(refusal.told, name))]
    except OSError as error:
        return [SourceFile(path, name, error=_unreadable(error, path))]
    files = [SourceFile(path / each, reader_process.BETWEEN_NAMES.join((name, each))) for each in found.wanted]
    return _with_left_out([each for source in files for each in _read(source, reading)], name, found)


def _read(source: SourceFile, reading: _Reading) -> list[SourceFile]:
    """Read a file, or each file of an archive."""
    try:
        contents = _read_one(source, reading)
        if contents is None:
            return [source]
        reading.left -= len(contents.wanted)
        if reading.left < 0:
            raise user_error(("archive-many", {"limit": members.MOST}), source.name)
    except UserError as error:
        source.error, source.locked = str(error), isinstance(error, PasswordNeeded)
        return [source]
    except OSError as error:
        source.error = _unreadable(error, source.path)
        return [source]
    held = [
        SourceFile(
            source.path, reader_process.BETWEEN_NAMES.join((source.name, name)), inside=(*source.inside, name),
            outer=source.outer or source.digest,
        )
        for name in contents.wanted
    ]  # fmt: skip
    return _with_left_out([each for member in held for each in _read(member, reading)], source.name, contents)


def _raise(error: OSError) -> None:
    """A folder that cannot be looked into is told, for its files would be missing in silence."""
    raise error


def _unreadable(error: OSError, path: Path) -> str:
    return str(told(error, _("“{name}”读不了").format(name=path.name)))


def _read_one(source: SourceFile, reading: _Reading) -> Contents | None:
    """Fill in what a file holds; what lies in it where it is an archive. UserError and OSError as they come."""
    source.sheets = []
    contents = _sheets(source, reading)
    if source.data is not None:
        source.digest = hashlib.sha256(source.data).hexdigest()
    elif source.inside:
        source.digest = next((sheet.head.digest for sheet in source.sheets), "")
    else:
        with open_file(source.path) as stream:
            source.digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return contents


def _with_left_out(files: list[SourceFile], archive: str, contents: Contents) -> list[SourceFile]:
    """The files of an archive or folder; what else lies there is told with the first sheet."""
    holder = next((source for source in files if source.sheets), None)
    if contents.left_out and holder is not None:
        names = _("、").join(contents.left_out[:_NAMED]) + ("…" if len(contents.left_out) > _NAMED else "")
        said = sentence(("others-left-out", {"archive": archive, "count": len(contents.left_out), "names": names}), holder.name)
        first = holder.sheets[0]
        holder.sheets[0] = Sheet(replace(first.head, notes=(*first.head.notes, said)), first.rows)
    return files


def _distinct(path: Path, names: set[str]) -> str:
    """Two files of the same name from two folders are told apart by their folder."""
    name = path.name if path.name not in names else f"{path.parent.name}/{path.name}"
    while name in names:
        name = f"*{name}"
    names.add(name)
    return name


def _sheets(source: SourceFile, reading: _Reading) -> Contents | None:
    """Read the sheets of a file; what is understood of them meanwhile goes to ``source.ahead``. Of an archive: what it holds."""
    sheets: list[Sheet] = []
    rows = HeldRows()
    stand = last_number() if database.is_open() else None
    options = reading.options
    for part in reader_process.read(
        source.path, progress=reading.progress, password=options.password, hidden_sheets=options.hidden_sheets,
        inside=source.inside, data=source.data,
    ):  # fmt: skip
        if isinstance(part, Contents):
            return part
        if isinstance(part, Again):
            source.ahead.pop(_key(sheets.pop()), None)
        elif isinstance(part, SheetHead):
            name = part.sheet if source.data is None else _PASTED + (str(part.index + 1) if part.index else "")
            rows = _begin(sheets, rows, replace(part, file=source.name, sheet=name), source)
            if stand is not None and _key(sheets[-1]) not in source.ahead:
                source.ahead[_key(sheets[-1])] = Ahead(sheets[-1], options.kind, reading.today, stand)
        else:
            rows.take(part)
            if stand is not None:
                source.ahead[_key(sheets[-1])].take(part)
    source.sheets = [each for sheet in sheets for each in tables(sheet)]
    return None


def _key(sheet: Sheet) -> Key:
    return sheet.head.file, sheet.head.sheet


def _begin(sheets: list[Sheet], rows: HeldRows, head: SheetHead, source: SourceFile) -> HeldRows:
    """A sheet begins, or the head of the last one is told once more, with what its rows told. Where its rows go."""
    if not sheets or sheets[-1].head.index != head.index:
        rows = HeldRows()
        sheets.append(Sheet(head, rows))
        return rows
    sheets[-1] = Sheet(head, rows)
    if ahead := source.ahead.get(_key(sheets[-1])):
        ahead.sheet = sheets[-1]
    return rows


@collector_paused()
def understand(files: Sequence[SourceFile], options: ImportOptions, decisions: Decisions, today: dt.date) -> list[SheetView]:
    """Understand every sheet that was read, with what a person decided about it."""
    return [_view(source, sheet, options, decisions, today) for source in files for sheet in source.sheets]


def _view(source: SourceFile, sheet: Sheet, options: ImportOptions, decisions: Decisions, today: dt.date) -> SheetView:
    """What was understood while reading is taken once; after that, and with other decisions, the sheet is read anew."""
    ahead = source.ahead.pop(_key(sheet), None)
    if ahead is not None and ahead.sheet is sheet:
        seen = ahead.view(decisions, options.kind, today, last_number())
        if seen is not None:
            return seen
    return view(sheet, decisions, options.kind, today)


@collector_paused()
def make_plan(
    files: Sequence[SourceFile], views: Sequence[SheetView], options: ImportOptions, today: dt.date, region: str = "",
    progress: OnProgress | None = None, decisions: Decisions | None = None,
) -> Plan:  # fmt: skip
    """Judge every understood row against the register, as a person decided about it. Writes nothing."""
    index = load_index(today)
    plan = planning.make(views, index, home_district(index, region), today, options.union, decisions, progress)
    plan.errors = {source.name: source.error for source in files if source.error}
    return plan


@collector_paused()
def apply(
    plan: Plan,
    files: Sequence[SourceFile],
    author: Author,
    folder: Path | None = None,
    progress: OnProgress | None = None,
    afresh: Afresh | None = None,
) -> Outcome:
    """Carry out the plan as one batch and write a returned workbook for each file that has something to tell.

    ``folder``: where the returned workbooks go; beside their sources by default. ``afresh``: how the plan is made anew when
    others have written since; without it, and where it would do something else than a person looked at, that is StalePlan.
    """
    number = applying.apply(plan, author, _source(plan, files), progress, afresh)
    plan = (afresh and afresh.plan) or plan
    outcome = Outcome(number, plan.counts(), kept=plan.kept())
    for source in files:
        sheets = [each for each in plan.sheets if each.file == source.name and each.kind is not None]
        if not any(returned.worth_telling(step) for sheet in sheets for step in sheet.steps.decided()):
            continue
        changed = source.data is None and returned.changed_since(source.path, source.outer or source.digest)
        if changed:
            sentence = _("“{name}”在读取以后被改过或移走，退回的表按读到的内容另写了一份；改过的内容请重新导入。")
            outcome.problems[source.name] = sentence.format(name=source.path.name)
        try:
            path = returned.write(
                _called(source), source.sheets, sheets, folder or source.path.parent, changed, None if changed
                else _taken_out(source)
            )
        except UserError as error:
            outcome.problems[source.name] = str(error)
            continue
        outcome.returned[source.name] = path
        told = keep(_handed_back(path, number, sheets), author)
        if told:
            outcome.problems[source.name] = told
    return outcome


def _called(source: SourceFile) -> Path:
    """What a returned workbook is called after: the file, or the archive and its member together."""
    stems = [PurePosixPath(each).stem for each in source.inside]
    return source.path.with_name("_".join([source.path.stem, *stems]) + ".xlsx") if stems else source.path


def _taken_out(source: SourceFile) -> bytes | None:
    """The workbook out of its archive, to be changed in place; None where it is none, or cannot be had any more."""
    if not source.inside or not all(sheet.head.container in ("xlsx", "xlsm") for sheet in source.sheets):
        return None
    try:
        data, _name = members.dig(read_bytes(source.path), source.path.name, source.inside, None)
    except (Refusal, OSError):
        return None
    return data if hashlib.sha256(data).hexdigest() == source.digest else None


def _handed_back(path: Path, batch: int | None, sheets: Sequence[SheetPlan]) -> Act:
    """What the trail keeps of a returned workbook: the numbers in it are in full, as they came."""
    rows = sum(len(sheet.steps) for sheet in sheets)
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return Act("export", N_("退回表"), rows, full=True, file=path.name, sha256=digest, batch=batch)


def _source(plan: Plan, files: Sequence[SourceFile]) -> dict[str, Any]:
    """What the batch remembers of its files and sheets: names, hash, kind, shape and counts; and what a person decided."""
    digests = {source.name: source.digest for source in files}
    sheets = [
        {
            "file": sheet.file, "sha256": digests.get(sheet.file, ""), "sheet": sheet.sheet, "kind": sheet.kind,
            "shape": shape_of(sheet.kind, sheet.mapping),
        }
        | {action: sheet.counts()[action] for action in ACTIONS}
        | ({"kept": kept} if (kept := sheet.kept()) else {})
        for sheet in plan.sheets
    ]  # fmt: skip
    return {"sheets": sheets, "decisions": to_json(plan.decisions)}


def remember(views: Sequence[SheetView], decisions: Decisions, author: Author) -> None:
    """Keep what a person said about columns (by header text, never by position) and values, for the next import."""
    with batch("mapping", author) as writer:
        for each in views:
            if each.mapping is None or each.kind is None:
                continue
            chosen = decisions.mappings.get(each.key, {})
            for match in each.mapping.matches:
                if match.index in chosen and match.key[1]:
                    keys = {"form": each.kind, "group": match.key[0], "header": match.key[1]}
                    _keep(RememberedMapping, keys, "field", chosen[match.index] or "", writer)
            for name, values in decisions.choices.get(each.key, {}).items():
                for written, label in values.items():
                    keys = {"form": each.kind, "field": name, "written": written}
                    _keep(RememberedValue, keys, "label", label, writer)


def _keep(record: type[Record], keys: dict[str, str], name: str, value: str, writer: Writer) -> None:
    held = record.get_or_none(*(getattr(record, key) == wanted for key, wanted in keys.items()))
    if held is None:
        writer.create(record, {"uid": new_uid()} | keys | {name: value})
    elif (getattr(held, name) or "") != value:
        writer.update(record, held.uid, {name: (getattr(held, name), value)})
