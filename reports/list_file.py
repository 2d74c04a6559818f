"""The rows of a list as a file: the one way in which a list leaves the register, from the window and from the command line."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from models import roles
from models.engine.one_state import one_state
from models.lists import selection
from models.lists.listings import Selection
from models.progress import OnProgress
from models.records.forms import FORMS
from models.trail.entry import Act
from models.values.columns import Column, Stored
from models.values.masking import BIRTH_FIELD
from models.values.region_index import RegionIndex
from reports import xlsx
from reports.handing_over import WrittenFile

#: Rows between two reports of progress.
_TOLD_EVERY = 1_000


@dataclass(frozen=True)
class Handover:
    """How a list leaves the register: numbers masked or in full, for whom and what for ("" when nobody said)."""

    masked: bool = True
    recipient: str = ""
    purpose: str = ""

    def act(self, kind: str) -> Act:
        """What the trail keeps of handing out a list of ``kind``."""
        return Act("export", list_name(kind), full=not self.masked, recipient=self.recipient, purpose=self.purpose)


def list_name(kind: str) -> str:
    """What the trail calls a list of ``kind`` (a key of ``FORMS``), which is no text to translate."""
    return FORMS[kind].label


def write_listing(
    choice: Selection, columns: Sequence[Column], masked: bool, index: RegionIndex, path: Path,
    progress: OnProgress | None = None,
) -> WrittenFile:  # fmt: skip
    """Write all rows of a choice, in its order, as .xlsx or .csv by the name's ending.

    A row goes from the register into the file, and is not held: a long list fits into a small laptop's memory.
    """
    if not masked:
        roles.need_unmask()
    beside = any(column.name == BIRTH_FIELD for column in columns)
    with one_state():
        count, found = selection.blocks(choice, index)
        rows = (
            [*(column.kind.export(row[column.name], masked=masked, beside_birth=beside) for column in columns), row["uid"]]
            for block in found
            for row in block
        )
        return WrittenFile(path, write_rows(path, columns, rows, count, progress), count)


def write_rows(
    path: Path, columns: Sequence[Column], rows: Iterable[Sequence[Stored]], count: int, progress: OnProgress | None = None,
    name: str = "",
) -> str:  # fmt: skip
    """Write ``count`` rows of exported values below the columns' labels, as they come; the last of a row is its record's uid.

    ``name``: of the sheet. Returns what a person must know about the file besides.
    """
    titles = [column.label for column in columns]
    if path.suffix.lower() == ".csv":
        return xlsx.csv_note(xlsx.write_csv(path, titles, _told(rows, count, progress), overwrite=True))
    texts = [place for place, column in enumerate(columns) if column.kind.storage == "TEXT"]
    xlsx.write_table(path, titles, rows, texts, name, overwrite=True, progress=progress, keyed=True, count=count)
    return ""


def _told(rows: Iterable[Sequence[Stored]], count: int, progress: OnProgress | None) -> Iterator[Sequence[Stored]]:
    """The rows without their uids, and how many went by."""
    for number, row in enumerate(rows, start=1):
        yield row[:-1]
        if progress is not None and (number % _TOLD_EVERY == 0 or number == count):
            progress(number, count)
