"""Sending a report to a printer."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from models.language import _
from reports import paper
from reports.layout import Layout
from ui.kit.asked_once import asked_once


def print_layout(layout: Layout, window: QWidget) -> bool:
    """Ask for a printer and pages, and print; False when the person thinks better of it. UserError as ``paper.paint``."""
    from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(layout.title)
    printer.setCreator(_("建会通"))
    with asked_once(QPrintDialog(printer, window)) as dialog:
        dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintPageRange)
        dialog.setMinMax(1, len(layout.pages))
        if dialog.exec() != QPrintDialog.DialogCode.Accepted:
            return False
        chosen = dialog.printRange() == QAbstractPrintDialog.PrintRange.PageRange
        numbers = range(dialog.fromPage(), dialog.toPage() + 1) if chosen else ()
    QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
    try:
        paper.paint(layout, printer, numbers)
    finally:
        QGuiApplication.restoreOverrideCursor()
    return True
