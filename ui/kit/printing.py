"""Sending pages to a printer: asked about in the window, printed on the worker thread, where it can be stopped."""

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from models.language import _
from models.trail.entry import Act
from reports import paper
from reports.layout import Layout
from ui.kit.asked_once import asked_once
from ui.kit.context import Context
from ui.kit.whom import ask_whom

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter


class _Run(NamedTuple):
    """A print that is under way; the printer must live until its last page."""

    printer: "QPrinter"
    layout: Layout
    act: Act
    pages: int


class Printing(QObject):
    """Prints for one page of the window, one thing after the other, and keeps in the trail what was printed."""

    def __init__(self, context: Context, window: QWidget) -> None:
        """``window`` is what the printer's dialog belongs to."""
        super().__init__(window)
        self._context, self._window = context, window
        self._under_way: list[_Run] = []

    def ask(self, layout: Layout, act: Act) -> bool:
        """Ask to whom it goes, for a printer and pages, and begin to print; False when the person thinks better of it.

        ``act`` is kept in the trail once all pages are with the printer. The status line stops it between two pages.
        """
        said = ask_whom(self._context, act, _("选打印机…"), self._window)
        if said is None:
            return False
        act = act.given_to(said)
        from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(layout.title)
        printer.setCreator(_("建会通"))
        with asked_once(QPrintDialog(printer, self._window)) as dialog:
            dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintPageRange)
            dialog.setMinMax(1, len(layout.pages))
            if dialog.exec() != QPrintDialog.DialogCode.Accepted:
                return False
            chosen = dialog.printRange() == QAbstractPrintDialog.PrintRange.PageRange
            numbers = range(dialog.fromPage(), dialog.toPage() + 1) if chosen else ()
        self._under_way.append(_Run(printer, layout, act, len(numbers) or len(layout.pages)))
        title = _("正在打印《{title}》").format(title=layout.title)
        self._context.jobs.run(
            paper.paint, layout, printer, numbers, done=self._printed, failed=self._refused, title=title
        )
        return True

    def _printed(self, _nothing: None) -> None:
        run = self._under_way.pop(0)
        self._context.keep(run.act)
        sentence = _("已送到打印机：{title}，{pages} 页。")
        self._context.notices.tell(sentence.format(title=run.layout.title, pages=run.pages))

    def _refused(self, error: Exception) -> None:
        self._under_way.pop(0)
        self._context.tell_failure(error)
