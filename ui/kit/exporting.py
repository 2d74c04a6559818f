"""Writing what a table shows into a workbook: asked for with a file dialog, written on the worker thread."""

import inspect
from collections.abc import Callable, Collection
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QMenu, QPushButton, QWidget

from importers import template
from models.language import _
from models.records.forms import FORMS, SheetKind
from models.trail.entry import Act, HandedTo
from reports import xlsx
from reports.handing_over import WrittenFile, hand_over, hand_over_slowly
from reports.saving import file_name
from ui.kit.asked_once import asked_once
from ui.kit.context import Context
from ui.kit.list_model import ListModel
from ui.kit.notices import Action
from ui.kit.whom import ask_whom


def write_template(kind: SheetKind, path: Path) -> Path:
    """Write the empty form of a kind of sheet and return its path."""
    template.write(kind, path, overwrite=True)
    return path


def write_items(path: Path, model: ListModel, left_out: Collection[str] = ()) -> Path:
    """Write what a list shows to a workbook, numbers as numbers; returns its path. ``left_out``: columns by name."""
    shown = [column for column in model.columns if column.name not in left_out]
    rows: list[list[Any]] = []
    for item in model.items:
        pairs = [(column.key(item), column.text(item)) for column in shown]
        rows.append([key if isinstance(key, int | float) else text for key, text in pairs])
    xlsx.write_table(path, [column.title for column in shown], rows, overwrite=True)
    return path


class Exporting(QObject):
    """Asks for a file name, writes in a job, and tells where the file is."""

    def __init__(self, context: Context, window: QWidget) -> None:
        """``window`` is what the file dialog belongs to."""
        super().__init__(window)
        self._context, self._window = context, window
        self._written = Path()
        self._said = HandedTo()

    def ask_path(self, name: str, ending: str = ".xlsx", act: Act | None = None) -> Path | None:
        """A file name from the person, who has agreed to overwrite an existing one; None when they think better of it.

        ``name`` is proposed, whatever stands in it; ``ending`` is .xlsx, .csv, .pdf or .docx. ``act``: what goes out, where
        it is first to be asked to whom and what for; what is written next is kept with the answer.
        """
        self._said = HandedTo()
        if act is not None:
            said = ask_whom(self._context, act, _("选择位置…"), self._window)
            if said is None:
                return None
            self._said = said
        title, kinds = {
            ".xlsx": (_("存为表格"), _("Excel 工作簿 (*.xlsx)")),
            ".csv": (_("存为表格"), _("CSV 文本 (*.csv)")),
            ".pdf": (_("存为 PDF"), _("PDF 文件 (*.pdf)")),
            ".docx": (_("存为 Word"), _("Word 文档 (*.docx)")),
        }[ending]
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        asked, _chosen = QFileDialog.getSaveFileName(self._window, title, str(Path(folder) / (file_name(name) + ending)), kinds)
        if not asked:
            return None
        path = Path(asked)
        return path if path.suffix.lower() == ending else path.with_name(path.name + ending)

    def ask(self, name: str, write: Callable[[Path], Any], ending: str = ".xlsx", act: Act | None = None) -> None:
        """Ask for a file name as :meth:`ask_path` does, and have it written there."""
        path = self.ask_path(name, ending, act)
        if path is not None:
            write(path)

    def ask_ending(self, button: QPushButton) -> str:
        """Ask below a button what is written: the ending of its name, "" when the person thinks better of it."""
        with asked_once(QMenu(self._window)) as menu:
            for ending, said in ((".xlsx", _("Excel 工作簿")), (".csv", _("CSV 文本")), (".pdf", _("PDF 文件"))):
                menu.addAction(said).setData(ending)
            chosen = menu.exec(button.mapToGlobal(button.rect().bottomLeft()))
            return str(chosen.data()) if chosen is not None else ""

    def ask_template(self, kind: SheetKind) -> None:
        """Ask where to put the empty form of a kind of sheet, and write it."""
        self.ask(_("{form}模板").format(form=_(FORMS[kind].label)), partial(self.write, None, write_template, kind))

    def write(self, act: Act | None, function: Callable[..., Path | WrittenFile], *args: Any) -> None:
        """Run a function that writes a file and returns its path, keep that in the trail as ``act``, then tell.

        ``act`` is None for what holds nothing of the register.
        """
        act, self._said = act and act.given_to(self._said), HandedTo()
        slow = "progress" in inspect.signature(function).parameters
        given = (self._context.author, act, function, *args)
        self._context.jobs.run(hand_over_slowly if slow else hand_over, *given, done=self._tell, title=_("正在保存文件"))

    def write_list(self, path: Path, what: str, model: ListModel) -> None:
        """Write what a list shows to a workbook; ``what`` it lists is kept in the trail."""
        self.write(Act("export", what, len(model.items)), write_items, path, model)

    def _tell(self, written: WrittenFile) -> None:
        path, note = written.path, written.note
        self._written = path
        sentence = _("已存为《{name}》。").format(name=path.name) + note
        self._context.notices.tell(sentence, Action(_("打开"), self._open), Action(_("打开文件夹"), self._open_folder))

    def _open(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._written)))

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._written.parent)))
