"""Working lists on paper and in sheets: what a list of people is, with its boxes, days and notes beside each."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from models import roles
from models.engine.one_state import one_state
from models.errors import UserError
from models.lists.listings import Selection
from models.lists.print_forms import FormColumn, PrintForm
from models.progress import OnProgress
from models.trail.entry import Act
from models.values.columns import Column
from models.values.masking import BIRTH_FIELD
from models.values.region_index import RegionIndex
from models.worklists import entries
from models.worklists.kinds import WorklistKind, find_kind
from models.worklists.lists import WorklistHead
from reports.handing_over import WrittenFile
from reports.list_file import write_rows
from reports.listing.listed import USUAL, ListPaper
from reports.listing.rows import BesideRows

#: Widths on paper of a box, of a day, in characters.
_BOX, _DAY = 4, 7
#: The height of a row in which people sign, in millimetres.
_TALL = 10.0
#: What the trail calls a working list, which is no text to translate: the name of one may be somebody's.
CALLED = "工作名单"


def usual_form(head: WorklistHead) -> PrintForm:
    """The layout of a list as its kind has it: what is said of each, its boxes and days, room to sign."""
    try:
        kind = find_kind(head.kind)
    except UserError:  # a kind of the register's own that was forgotten since
        kind = WorklistKind(head.kind)
    before = kind.columns.get(head.rows) or tuple(FormColumn(name) for name in USUAL[head.rows][:5])
    boxes = [FormColumn(column.name, width=_BOX) for column in head.columns[: len(head.boxes)]]
    days = [FormColumn(column.name, width=_DAY) for column in head.columns[len(head.boxes) : -1]]
    columns = (*before, *boxes, *days, *kind.after, FormColumn("list_note", width=7))
    return PrintForm(
        head.name, head.rows, columns, row_height=_TALL, signatures=kind.signatures, landscape=len(columns) > 8
    )


def beside(head: WorklistHead) -> BesideRows:
    """The boxes, days and notes of a list beside its records."""
    return BesideRows(head.columns, entries.marks(head))


def chosen_of(head: WorklistHead) -> Selection:
    """The records of a list, as they are listed."""
    return Selection(head.rows, uids=frozenset(entries.marks(head)))


def told_of(head: WorklistHead, told: ListPaper) -> ListPaper:
    """What is told beside the rows of a list: its name, its own day, and what stands beside its records."""
    scope = "　".join(part for part in (head.date, head.note) if part)
    return replace(told, title=head.name, scope=scope, beside=beside(head))


def sheet_columns(head: WorklistHead) -> list[Column]:
    """The columns of a list's sheet: what identifies each, then boxes, days, the note."""
    wanted = USUAL[head.rows]
    listed = {column.name: column for column in entries.columns(head)}
    return [*(listed[name] for name in wanted if name in listed), *head.columns]


def write_worklist(
    head: WorklistHead, masked: bool, index: RegionIndex, path: Path, progress: OnProgress | None = None
) -> WrittenFile:
    """Write a list as .xlsx or .csv by the name's ending, one entry a row in its order; our importer reads it back.

    UserError for numbers in full that must not leave the register.
    """
    if not masked:
        roles.need_unmask()
    columns = sheet_columns(head)
    with one_state():
        rows = entries.rows(head, index)
    told = [_exported(columns, row, masked) for row in rows]
    return WrittenFile(path, write_rows(path, columns, told, len(told), progress, head.name), len(told))


def _exported(columns: Sequence[Column], row: entries.Row, masked: bool) -> list[str | int | None]:
    beside_birth = any(column.name == BIRTH_FIELD for column in columns)
    cells = [column.kind.export(row.get(column.name), masked=masked, beside_birth=beside_birth) for column in columns]
    return [*cells, row["uid"]]


def act_of(head: WorklistHead, act: str, masked: bool) -> Act:
    """What the trail keeps of handing a list out."""
    return Act(act, CALLED, head.count, full=not masked)
