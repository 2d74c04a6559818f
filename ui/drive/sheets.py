"""What of the drive becomes a file: the part of the page that is looked at as a sheet, the list of employers on paper."""

import dataclasses
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from models.drive.list import Drive, DriveRow
from models.language import N_, official
from models.trail.entry import Act
from reports.drive_list import GROUP_LABELS, drive_title
from ui.drive.state import write_list, write_shown
from ui.kit.context import Context
from ui.kit.exporting import Exporting

#: The titles of a sheet and its rows.
Cells = tuple[list[str], list[list[str | int]]]


class DriveSheets:
    """Asks where a file is to lie, and has it written."""

    def __init__(self, context: Context, window: QWidget) -> None:
        """``window``: over which is asked."""
        self._exporting, self._day = Exporting(context, window), context.today.isoformat()
        self._index = context.index

    def ask(self, name: str, cells: Callable[[], Cells]) -> None:
        """Ask where a sheet of this name is to lie, and write it."""
        self._exporting.ask(f"{name}_{self._day}", partial(self.write, cells=cells), act=Act("export", N_("建会攻坚")))

    def write(self, path: Path, cells: Callable[[], Cells]) -> None:
        """Write a workbook; it stays Chinese, so that it can be imported again."""
        with official():
            titles, rows = cells()
        self._exporting.write(Act("export", N_("建会攻坚"), len(rows)), write_shown, path, titles, rows)

    def ask_paper(self, drive: Drive, shown: Sequence[DriveRow], where: str) -> None:
        """Ask where the list of the shown employers is to lie as PDF, and write it; ``where``: the place or office it is of."""
        listed = dataclasses.replace(drive, rows=list(shown))
        with official():
            act = Act("export", drive_title(drive.threshold), len(listed.on_list) + len(listed.possible))
        path = self._exporting.ask_path(f"{GROUP_LABELS['on_list']}_{self._day}", ".pdf", act)
        if path is not None:
            self._exporting.write(act, write_list, path, listed, self._index, where, self._day)
