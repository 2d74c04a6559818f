"""The first column of a wide table, which stays in sight while the others scroll."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QHeaderView, QTableView

from ui.kit.tables import part_selection


class FrozenColumn(QTableView):
    """Lies over a table's first column and follows it: same model, same selection, same vertical place."""

    def __init__(self, table: QTableView) -> None:
        """``table`` must have its model and its column widths already."""
        super().__init__(table)
        self._table = table
        self.setObjectName("frozen")
        self.setModel(table.model())
        self.setSelectionModel(table.selectionModel())
        part_selection(self.horizontalHeader())
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSelectionBehavior(table.selectionBehavior())
        self.setSelectionMode(table.selectionMode())
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(table.verticalScrollMode())
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setTextElideMode(table.textElideMode())
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(table.verticalHeader().defaultSectionSize())
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionsClickable(True)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        for column in range(1, table.model().columnCount()):
            self.setColumnHidden(column, True)
        self._follow()

    def _follow(self) -> None:
        table, head = self._table, self._table.horizontalHeader()
        # a press here is a press on the table: its keys work afterwards, and a double click opens
        self.pressed.connect(self._give_focus)
        self.doubleClicked.connect(table.doubleClicked)
        self.horizontalHeader().sectionClicked.connect(self._sort)
        head.sortIndicatorChanged.connect(self._show_order)
        head.sectionResized.connect(self._place)
        head.geometriesChanged.connect(self._place)
        table.verticalScrollBar().valueChanged.connect(self.verticalScrollBar().setValue)
        self.verticalScrollBar().valueChanged.connect(table.verticalScrollBar().setValue)
        for watched in (table, table.viewport()):  # the viewport gets its size after the table has
            watched.installEventFilter(self)
        self._show_order(head.sortIndicatorSection(), head.sortIndicatorOrder())
        self._place()

    def _place(self) -> None:
        table, frame = self._table, self._table.frameWidth()
        width = table.columnWidth(0)
        self.setColumnWidth(0, width)
        height = table.viewport().height() + table.horizontalHeader().height()
        self.horizontalHeader().setFixedHeight(table.horizontalHeader().height())
        self.setGeometry(frame, frame, width, height)

    def _give_focus(self) -> None:
        self._table.setFocus()

    def _sort(self, section: int) -> None:
        head = self._table.horizontalHeader()
        again = head.sortIndicatorSection() == section and head.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder
        self._table.sortByColumn(section, Qt.SortOrder.DescendingOrder if again else Qt.SortOrder.AscendingOrder)

    def _show_order(self, section: int, order: Qt.SortOrder) -> None:
        self.horizontalHeader().setSortIndicatorShown(section == 0)
        self.horizontalHeader().setSortIndicator(section, order)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.LayoutRequest):
            self._place()
        return super().eventFilter(watched, event)
