"""Writing what a table shows into a workbook: asked for with a file dialog, written on the worker thread."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from importers import template
from models import journal, selection
from models.columns import Column, Stored
from models.forms import FORMS, SheetKind
from models.journal import Author
from models.language import _
from models.masking import BIRTH_FIELD
from models.region import RegionIndex
from reports import xlsx
from ui.context import Context
from ui.notices import Action

Progress = Callable[[int, int], None]
#: Rows read from the register at once.
_CHUNK = 2_000


def write_listing(
    choice: selection.Choice, columns: Sequence[Column], masked: bool, index: RegionIndex, author: Author, path: Path,
    progress: Progress | None = None,
) -> Path:  # fmt: skip
    """Write all rows of a choice as .xlsx and return its path; numbers in full are noted in the log.

    Of each row only the values of ``columns`` are held, so that a long list fits into a small laptop's memory.
    """
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
    texts = [place for place, column in enumerate(columns) if column.kind.storage == "TEXT"]
    titles = [column.label for column in columns]

    def written(done: int, total: int) -> None:
        tell(total + done, 2 * total)

    xlsx.write_table(path, titles, sheet, texts, overwrite=True, progress=written, keys=keys)
    if not masked:
        journal.note("disclosure", author, {"verb": "export", "kind": choice.kind, "rows": len(keys)})
    return path


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

        ``ending`` is .xlsx or .pdf.
        """
        title, kinds = {
            ".xlsx": (_("存为表格"), _("Excel 工作簿 (*.xlsx)")),
            ".pdf": (_("存为 PDF"), _("PDF 文件 (*.pdf)")),
        }[ending]
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        asked, _chosen = QFileDialog.getSaveFileName(self._window, title, str(Path(folder) / (name + ending)), kinds)
        if not asked:
            return None
        path = Path(asked)
        return path if path.suffix.lower() == ending else path.with_name(path.name + ending)

    def ask_template(self, kind: SheetKind) -> None:
        """Ask where to put the empty form of a kind of sheet, and write it."""
        path = self.ask_path(_("{form}模板").format(form=_(FORMS[kind].label)))
        if path is not None:
            self.write(write_template, kind, path)

    def write(self, function: Callable[..., Path], *args: Any) -> None:
        """Run a function that writes a file and returns its path, then tell."""
        self._context.jobs.run(function, *args, done=self._tell, title=_("正在保存文件"))

    def _tell(self, path: Path) -> None:
        self._written = path
        sentence = _("已存为《{name}》。").format(name=path.name)
        self._context.notices.tell(sentence, Action(_("打开"), self._open), Action(_("打开文件夹"), self._open_folder))

    def _open(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._written)))

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._written.parent)))
