"""A table whose cells are changed in place, filled, emptied and pasted into: what serves it, put together once."""

from PySide6.QtCore import QObject, QStringListModel
from PySide6.QtWidgets import QWidget

from models.values.region_index import RegionIndex
from ui.kit.context import Context
from ui.kit.tables import Table
from ui.lists.cell_editing import CellEditing
from ui.lists.cell_frame import CellFrame
from ui.lists.cell_source import CellSource
from ui.lists.pasting import Pasting


def region_names(index: RegionIndex, parent: QObject) -> QStringListModel:
    """The names of the regions, for editors that complete them."""
    return QStringListModel(sorted({index.path(uid) for uid in index.entries}), parent)


class CellWork(QObject):
    """Serves one table: ``cells`` changes them in place, ``pasting`` takes blocks that were copied elsewhere."""

    def __init__(
        self, context: Context, source: CellSource, table: Table, page: QWidget, places: QStringListModel | None = None
    ) -> None:
        """``source``: what the rows are; ``places``: the names of the regions, where the page has them already."""
        super().__init__(page)
        offered = places or region_names(context.index, self)
        self.cells = CellEditing(context, source, table, offered, self)
        self.pasting = Pasting(context, source, table, page)
        table.setItemDelegate(CellFrame(table))
