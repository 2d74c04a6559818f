"""What leaves a list: numbers shown in full, the listed rows as a file, the empty form. What is disclosed is noted in the log."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from models import journal
from models.language import _
from ui.asked_once import asked_once
from ui.context import Context
from ui.exporting import Exporting, Handover, write_listing
from ui.lists.export_dialog import ExportDialog
from ui.notices import Action

if TYPE_CHECKING:
    from ui.lists.page import RecordsPage


class Handing(QObject):
    """Serves the page of one list."""

    def __init__(self, context: Context, page: "RecordsPage") -> None:
        """``page``: whose rows and columns they are."""
        super().__init__(page)
        self._context, self._page = context, page
        self._exporting = Exporting(context, page)

    def ask_full(self) -> None:
        """Show numbers in full, after a person agreed once, or masked again."""
        full = self._page.full
        if not full.isChecked():
            self._page.model.show_masked(True)
        elif not self._context.may_unmask():
            full.setChecked(False)
        elif self._context.full_numbers:
            self._show_full()
        else:
            full.setChecked(False)
            self._context.notices.ask(
                _("将显示完整的证件号和电话，并记入操作日志。请确认身边没有无关的人。"),
                Action(_("显示"), self._show_full),
            )

    def _show_full(self) -> None:
        self._context.full_numbers = True
        self._page.full.setChecked(True)
        self._page.model.show_masked(False)
        source = {"verb": "list", "kind": self._page.listing.kind, "rows": self._page.model.rowCount()}
        self._context.jobs.run(journal.note, "disclosure", self._context.author, source)

    def ask_template(self) -> None:
        """Ask where to put the empty form of this kind of list, and write it."""
        self._exporting.ask_template(self._page.listing.kind)

    def ask_export(self) -> None:
        """Ask how and where the listed rows are to be written, and write them."""
        page = self._page
        titles = [column.title for column in page.shown_columns()]
        private = any(column.private for column in page.shown_columns())
        people = page.listing.kind == "workers"
        name = f"{page.listing.title}_{self._context.today.isoformat()}"
        with asked_once(ExportDialog(page.model.rowCount(), titles, people, private, page.filters.label(), page)) as dialog:
            path = self._exporting.ask_path(name, dialog.ending) if dialog.exec() else None
            if path is not None:
                self.export_to(path, dialog.handover)

    def export_to(self, path: Path, handover: Handover | None = None) -> None:
        """Write the listed rows in their order, with the columns shown: .xlsx or .csv, masked as they are shown."""
        page, context = self._page, self._context
        how = handover or Handover(page.model.masked)
        args = (page.model.choice, page.shown_columns(), how, context.index, context.author, path)
        self._exporting.write(write_listing, *args)
