"""The rows of a list as a file: the one way in which a list leaves the register, from the window and from the command line."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from models import roles
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

#: Rows read from the register at once.
_CHUNK = 2_000


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

    Of each row only the values of ``columns`` are held, so that a long list fits into a small laptop's memory.
    """
    if not masked:
        roles.need_unmask()
    numbers = selection.ids(choice)
    beside = any(column.name == BIRTH_FIELD for column in columns)
    sheet: list[list[Stored]] = []
    keys: list[str] = []
    tell = progress or (lambda _done, _total: None)
    for start in range(0, len(numbers), _CHUNK):
        tell(start, 2 * len(numbers))
        for row in selection.rows_of(choice.kind, numbers[start : start + _CHUNK], index):
            keys.append(row["uid"])
            sheet.append(
                [column.kind.export(row[column.name], masked=masked, beside_birth=beside) for column in columns]
            )
    return WrittenFile(path, write_rows(path, columns, sheet, keys, tell), len(keys))


def write_rows(
    path: Path, columns: Sequence[Column], sheet: Sequence[Sequence[Stored]], keys: Sequence[str], tell: OnProgress | None = None
) -> str:
    """Write exported values below the columns' labels; returns what a person must know about the file besides."""
    titles = [column.label for column in columns]
    if path.suffix.lower() == ".csv":
        return xlsx.csv_note(xlsx.write_csv(path, titles, sheet, overwrite=True))
    texts = [place for place, column in enumerate(columns) if column.kind.storage == "TEXT"]

    def written(done: int, total: int) -> None:
        if tell is not None:
            tell(total + done, 2 * total)

    xlsx.write_table(path, titles, sheet, texts, overwrite=True, progress=written, keys=keys)
    return ""
