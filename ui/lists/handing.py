"""What leaves a list: numbers shown in full, the listed rows as a file, the empty form. It is kept in the trail."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QAbstractButton, QWidget

from models.language import _
from models.lists.listings import Selection
from models.values.columns import Column
from reports.list_file import Handover, list_name, write_listing
from ui.kit.asked_once import asked_once
from ui.kit.context import Context
from ui.kit.exporting import Exporting
from ui.kit.notices import Action
from ui.lists.export_dialog import ExportDialog
from ui.lists.kinds import Listing
from ui.lists.model import RecordsModel


class Handing(QObject):
    """Serves the page of one list."""

    def __init__(
        self,
        context: Context,
        page: QWidget,
        listing: Listing,
        model: RecordsModel,
        full: QAbstractButton,
        columns: Callable[[], Sequence[Column]],
        label: Callable[[], str],
    ) -> None:
        """``full`` is the page's button for numbers in full; ``columns`` and ``label`` tell what is shown of ``model``."""
        super().__init__(page)
        self._context, self._page, self._full = context, page, full
        self._listing, self._model = listing, model
        self._columns, self._label = columns, label
        self._exporting = Exporting(context, page)
        self._seen: Selection | None = None
        self._agreed = False
        model.loaded.connect(self._note_shown)

    def ask_full(self) -> None:
        """Show this list's numbers in full, after a person agreed to it once, or masked again."""
        full = self._full
        if not full.isChecked():
            self._model.show_masked(True)
        elif not self._context.may_unmask():
            full.setChecked(False)
        elif self._agreed:
            self._show_full()
        else:
            full.setChecked(False)
            self._context.notices.ask(
                _("将显示完整的证件号和电话，并记入操作留痕。请确认身边没有无关的人。"),
                Action(_("显示"), self._show_full),
            )

    def _show_full(self) -> None:
        self._agreed = True
        self._full.setChecked(True)
        self._model.show_masked(False)
        self._seen = None
        self._note_shown()

    def _note_shown(self) -> None:
        """Keep in the trail whose numbers are shown in full: once for each choice of rows, in whatever order."""
        shown = replace(self._model.choice, order="", descending=False, then=("", False))
        if not self._model.masked and shown != self._seen:
            self._seen = shown
            self._context.unmasked(list_name(self._listing.kind), self._model.rowCount())

    def ask_template(self) -> None:
        """Ask where to put the empty form of this kind of list, and write it."""
        self._exporting.ask_template(self._listing.kind)

    def ask_export(self) -> None:
        """Ask how and where the listed rows are to be written, and write them."""
        columns = self._columns()
        titles, private = [column.title for column in columns], any(column.private for column in columns)
        people = self._listing.kind == "workers"
        name = f"{self._listing.title}_{self._context.today.isoformat()}"
        rows, label = self._model.rowCount(), self._label()
        with asked_once(ExportDialog(self._context, rows, titles, people, private, label, self._page)) as dialog:
            path = self._exporting.ask_path(name, dialog.ending) if dialog.exec() else None
            if path is not None:
                self.export_to(path, dialog.handover)

    def export_to(self, path: Path, handover: Handover | None = None) -> None:
        """Write the listed rows in their order, with the columns shown: .xlsx or .csv, masked as they are shown."""
        context, how = self._context, handover or Handover(self._model.masked)
        args = (self._model.choice, self._columns(), how.masked, context.index, path)
        self._exporting.write(how.act(self._listing.kind), write_listing, *args)
