"""Writing what a table shows into a workbook: asked for with a file dialog, written on the worker thread."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from importers import template
from models import journal, selection
from models.columns import Column
from models.forms import FORMS, SheetKind
from models.journal import Author
from models.language import _
from models.masking import BIRTH_FIELD
from models.region import RegionIndex
from reports import xlsx
from ui.context import Context
from ui.notices import Action

Progress = Callable[[int, int], None]


def write_listing(
    choice: selection.Choice, columns: Sequence[Column], masked: bool, index: RegionIndex, author: Author, path: Path,
    progress: Progress | None = None,
) -> Path:  # fmt: skip
    """Write all rows of a choice as .xlsx and return its path; numbers in full are noted in the log."""
    rows = selection.rows(choice, index)
    beside = any(column.name == BIRTH_FIELD for column in columns)
    sheet = [
        [column.kind.export(row[column.name], masked=masked, beside_birth=beside) for column in columns] for row in rows
    ]
    texts = [place for place, column in enumerate(columns) if column.kind.storage == "TEXT"]
    titles, keys = [column.title for column in columns], [row["uid"] for row in rows]
    xlsx.write_table(path, titles, sheet, texts, overwrite=True, progress=progress, keys=keys)
    if not masked:
        journal.note("disclosure", author, {"verb": "export", "kind": choice.kind, "rows": len(rows)})
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
