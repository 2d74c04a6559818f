"""Writing what a table shows into a workbook: asked for with a file dialog, written on the worker thread."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from importers import template
from models import roles
from models.journal import writer as journal
from models.journal.writer import Author
from models.language import _
from models.lists import selection
from models.lists.listings import Selection
from models.records.forms import FORMS, SheetKind
from models.values.columns import Column, Stored
from models.values.masking import BIRTH_FIELD
from models.values.region_index import RegionIndex
from reports import xlsx
from reports.saving import file_name
from ui.kit.context import Context
from ui.kit.notices import Action

Progress = Callable[[int, int], None]


class Written(NamedTuple):
    """A file that was written, and what a person must know about it besides."""

    path: Path
    note: str = ""


#: Rows read from the register at once.
_CHUNK = 2_000


@dataclass(frozen=True)
class Handover:
    """How a list leaves the register: numbers masked or in full, for whom and what for ("" when nobody said)."""

    masked: bool = True
    recipient: str = ""
    purpose: str = ""


def write_listing(
    choice: Selection, columns: Sequence[Column], handover: Handover, index: RegionIndex, author: Author, path: Path,
    progress: Progress | None = None,
) -> Written:  # fmt: skip
    """Write all rows of a choice, in its order, as .xlsx or .csv by the name's ending.

    Numbers in full, and whatever is handed to somebody, are noted in the log. Of each row only the values of ``columns``
    are held, so that a long list fits into a small laptop's memory.
    """
    masked = handover.masked
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
    note = _write(path, columns, sheet, keys, tell)
    if not masked or handover.recipient or handover.purpose:
        source = {"verb": "export", "kind": choice.kind, "rows": len(keys), "masked": masked, "file": path.name,
                  "recipient": handover.recipient, "purpose": handover.purpose}  # fmt: skip
        journal.note("disclosure", author, source)
    return Written(path, note)


def _write(
    path: Path, columns: Sequence[Column], sheet: list[list[Stored]], keys: list[str], tell: Progress
) -> str:
    """Write the rows; returns what a person must know about the file besides."""
    titles = [column.label for column in columns]
    if path.suffix.lower() == ".csv":
        return xlsx.csv_note(xlsx.write_csv(path, titles, sheet, overwrite=True))
    texts = [place for place, column in enumerate(columns) if column.kind.storage == "TEXT"]

    def written(done: int, total: int) -> None:
        tell(total + done, 2 * total)

    xlsx.write_table(path, titles, sheet, texts, overwrite=True, progress=written, keys=keys)
    return ""


def write_template(kind: SheetKind, path: Path) -> Path:
    """Write the empty form of a kind of sheet and return its path."""
    template.write(kind, path, overwrite=True)
    return path


class Exporting(QObject):
    """Asks for a file name, writes in a job, and tells where the file is."""

    def __init__(self, context: Context, window: QWidget) -> None:
        """``window`` is what the file dialog belongs to."""
        super().__init__(window)
        self._context, self._window = context, window
        self._written = Path()

    def ask_path(self, name: str, ending: str = ".xlsx") -> Path | None:
        """A file name from the person, who has agreed to overwrite an existing one; None when they think better of it.

        ``name`` is proposed, whatever stands in it; ``ending`` is .xlsx, .csv or .pdf.
        """
        title, kinds = {
            ".xlsx": (_("存为表格"), _("Excel 工作簿 (*.xlsx)")),
            ".csv": (_("存为表格"), _("CSV 文本 (*.csv)")),
            ".pdf": (_("存为 PDF"), _("PDF 文件 (*.pdf)")),
        }[ending]
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        asked, _chosen = QFileDialog.getSaveFileName(self._window, title, str(Path(folder) / (file_name(name) + ending)), kinds)
        if not asked:
            return None
        path = Path(asked)
        return path if path.suffix.lower() == ending else path.with_name(path.name + ending)

    def ask_template(self, kind: SheetKind) -> None:
        """Ask where to put the empty form of a kind of sheet, and write it."""
        path = self.ask_path(_("{form}模板").format(form=_(FORMS[kind].label)))
        if path is not None:
            self.write(write_template, kind, path)

    def write(self, function: Callable[..., Path | Written], *args: Any) -> None:
        """Run a function that writes a file and returns its path, with a note or without, then tell."""
        self._context.jobs.run(function, *args, done=self._tell, title=_("正在保存文件"))

    def _tell(self, written: Path | Written) -> None:
        path, note = written if isinstance(written, Written) else (written, "")
        self._written = path
        sentence = _("已存为《{name}》。").format(name=path.name) + note
        self._context.notices.tell(sentence, Action(_("打开"), self._open), Action(_("打开文件夹"), self._open_folder))

    def _open(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._written)))

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._written.parent)))
