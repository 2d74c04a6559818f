"""The live grid of a sheet, and above each of its columns the field that the column goes to.

The fields are painted in the header, which stays in sight; one combo box is laid over the column that is being changed.
"""

from PySide6.QtCore import QModelIndex, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QHeaderView,
    QMenu,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from importers.columns.mapping import ColumnMatch
from importers.rows.understanding import SheetView
from models.language import _
from models.records.catalogue import kind_of
from models.records.forms import Form
from models.records.own_field import BEARERS
from ui.importing.mapping_facts import SheetFacts
from ui.importing.mapping_model import FACTS_ROLE, MATCH_ROLE, GridModel, field_title, same_sheet
from ui.kit import theme
from ui.kit.asked_once import asked_once
from ui.kit.list_box import ListBox
from ui.kit.tables import Index
from ui.kit.whole_numbers import WholeNumbers, elided

#: Stands for an own field that is still to be made.
_NEW = "+"

#: Rows at the top among which titles may stand.
_TITLE_ROWS = 60


class _FieldBox(ListBox):
    """The combo laid over a header section while a field is chosen."""

    closed = Signal()

    def hidePopup(self) -> None:
        super().hidePopup()
        self.closed.emit()


class FieldHeader(QHeaderView):
    """The grid's header: the sheet's own header text, and below it the field as a combo with a sign of how sure it is.

    ``field_chosen(int, object)`` brings the column and the field's name, None for a column not to import; ``own_wanted(int)``
    a column that is to become an own field.
    """

    field_chosen = Signal(int, object)
    own_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        """A header whose sections open a list of fields when clicked."""
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setDefaultSectionSize(120)
        self.setMinimumSectionSize(64)
        self.box = _FieldBox(self.viewport())
        self.box.setMaxVisibleItems(16)
        # a list that scrolls; the style's own menu would cover the whole screen
        self.box.setStyleSheet("QComboBox { combobox-popup: 0; } QAbstractItemView::item { min-height: 24px; padding: 0 4px; }")
        self.box.setItemDelegate(QStyledItemDelegate(self.box))
        self.box.hide()
        self.box.activated.connect(self._choose)
        self.box.closed.connect(self.box.hide)
        self.sectionClicked.connect(self.open)
        self._column = -1

    def _line(self) -> int:
        return self.fontMetrics().height() + 8

    def sectionSizeFromContents(self, section: int) -> QSize:
        size = super().sectionSizeFromContents(section)
        return QSize(size.width(), 3 * self._line() + 2)

    def _box_rect(self, rect: QRect) -> QRect:
        return QRect(rect.left() + 3, rect.top() + self._line(), rect.width() - 7, self._line() + 2)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        model = self.model()
        painter.save()
        painter.fillRect(rect, QColor(theme.colour("ground")))
        painter.setPen(QColor(theme.colour("line")))
        painter.drawLine(rect.topRight(), rect.bottomRight())
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        text = str(model.headerData(section, Qt.Orientation.Horizontal) or "")
        painter.setPen(QColor(theme.colour("muted")))
        line = rect.adjusted(8, 2, -6, 0)
        line.setHeight(self._line() - 2)
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, self._elided(text, line.width()))
        match = model.headerData(section, Qt.Orientation.Horizontal, MATCH_ROLE)
        if match is not None:
            self._paint_box(painter, self._box_rect(rect), match)
        self._paint_facts(painter, rect, section)
        painter.restore()

    def _paint_facts(self, painter: QPainter, rect: QRect, section: int) -> None:
        """The small line below the field: different values and blanks of the column."""
        told = str(self.model().headerData(section, Qt.Orientation.Horizontal, FACTS_ROLE) or "")
        painter.setFont(theme.font(-1.5))
        painter.setPen(QColor(theme.colour("muted")))
        line = rect.adjusted(8, 2 * self._line() + 2, -6, -1)
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, self._elided(told, line.width()))

    def _elided(self, text: str, width: int) -> str:
        return elided(self.fontMetrics(), text, width)

    def _paint_box(self, painter: QPainter, rect: QRect, match: ColumnMatch) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(theme.colour("line")))
        painter.setBrush(QColor(theme.colour("field")))
        painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        tip = QPointF(rect.right() - 11, rect.center().y() + 2.5)
        painter.setPen(QPen(QColor(theme.colour("muted")), 1.4))
        painter.drawPolyline([tip - QPointF(4, 4), tip, tip - QPointF(-4, 4)])
        _paint_sign(painter, QPoint(rect.left() + 12, rect.center().y()), match)
        model = self.model()
        title = field_title(model.form if isinstance(model, GridModel) else None, match)
        painter.setPen(QColor(theme.colour("ink" if match.field else "muted")))
        inside = rect.adjusted(22, 0, -22, 0)
        painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter, self._elided(title, inside.width()))

    def open(self, column: int) -> None:
        """Open the list of fields of a column."""
        model = self.model()
        match = model.found(column) if isinstance(model, GridModel) else None
        if not isinstance(model, GridModel) or model.form is None or match is None:
            return
        self._column = model.place(column)
        self._fill(model, model.form, match)
        section = QRect(self.sectionViewportPosition(column), 0, self.sectionSize(column), self.height())
        rect = self._box_rect(section)
        rect.setWidth(max(rect.width(), 150))
        self.box.setGeometry(rect)
        self.box.show()
        self.box.showPopup()

    def _fill(self, model: GridModel, form: Form, match: ColumnMatch) -> None:
        taken = {each.field: each for each in (model.found(c) for c in range(model.columnCount())) if each and each.field}
        self.box.clear()
        self.box.addItem(_("不导入"), "")
        if kind_of(form.main) in BEARERS:
            self.box.addItem(_("新增字段…"), _NEW)
        for field in form.fields:
            text = field.column.title + ("*" if field.column.required else "")
            other = taken.get(field.name)
            if other is not None and other.index != match.index:
                text = _("{field}（现在是 {letter} 列）").format(field=text, letter=other.letter)
            self.box.addItem(text, field.name)
        self.box.setCurrentIndex(max(0, self.box.findData(match.field or "")))
        self.box.view().setMinimumWidth(self.box.view().sizeHintForColumn(0) + 40)

    def _choose(self, place: int) -> None:
        name = self.box.itemData(place) or None
        self.box.hide()
        if name == _NEW:
            self.own_wanted.emit(self._column)
            return
        model = self.model()
        before = model.found(model.shown_at(self._column)) if isinstance(model, GridModel) else None
        if before is None or before.field != name:
            self.field_chosen.emit(self._column, name)


def _paint_sign(painter: QPainter, centre: QPoint, match: ColumnMatch) -> None:
    """A full circle: sure. A half one: guessed, look at it. An empty one: goes nowhere."""
    sure = match.is_sure
    tint = QColor(theme.colour("faint" if match.field is None else "good" if sure else "warn"))
    circle = QRect(centre.x() - 4, centre.y() - 4, 9, 9)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(tint, 1.4))
    painter.setBrush(tint if sure else Qt.BrushStyle.NoBrush)
    painter.drawEllipse(circle)
    if match.field is not None and not sure:
        painter.setBrush(tint)
        painter.drawPie(circle, 90 * 16, 180 * 16)
    painter.restore()


class Tinted(WholeNumbers):
    """Fills a cell with the model's own background, which the application's style sheet leaves out."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        background = index.data(Qt.ItemDataRole.BackgroundRole)
        if background is not None:
            painter.fillRect(option.rect, background)  # type: ignore[attr-defined]  # missing in PySide's stubs
        super().paint(painter, option, index)


class Grid(QTableView):
    """The grid itself.

    ``field_chosen(int, object)`` brings a column and a field's name or None; ``header_chosen(object)`` row numbers as a
    tuple, empty to let the program find the header; ``own_wanted(int)`` a column that is to become an own field.
    ``column_entered(int)`` brings the column of the grid to which a person has gone.
    """

    field_chosen = Signal(int, object)
    own_wanted = Signal(int)
    header_chosen = Signal(object)
    column_entered = Signal(int)

    def __init__(self) -> None:
        """An empty grid."""
        super().__init__()
        self.grid = GridModel(self)
        self.fields = FieldHeader(self)
        self.setHorizontalHeader(self.fields)
        self.setModel(self.grid)
        self.setItemDelegate(Tinted(self))
        self.setAccessibleName(_("表格的开头几十行"))
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setWordWrap(False)
        self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        numbers = self.verticalHeader()
        numbers.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        numbers.setDefaultSectionSize(24 if self.fontMetrics().height() <= 18 else self.fontMetrics().height() + 6)
        numbers.setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        numbers.setSectionsClickable(True)
        numbers.sectionClicked.connect(self._ask_header)
        self.fields.field_chosen.connect(self.field_chosen)
        self.fields.own_wanted.connect(self.own_wanted)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.isValid():
            self.column_entered.emit(current.column())

    def show_sheet(self, view: SheetView | None, masked: bool, facts: SheetFacts | None = None) -> None:
        """Show a sheet; where it is the same one, the place that is looked at stays, and with header and kind the widths."""
        before = self.grid.view
        same = view is not None and before is not None and before.key == view.key
        alike = same_sheet(before, view)
        across, down = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        self.grid.show(view, masked, facts)
        self._spill()
        if not alike:
            self._fit()
        if same:
            self.horizontalScrollBar().setValue(across)
            self.verticalScrollBar().setValue(down)
        else:
            self.scrollToTop()

    def _spill(self) -> None:
        """Titles and notes, alone in their rows, are read across the columns, as spreadsheets show them."""
        self.clearSpans()
        columns = self.grid.columnCount()
        for row in range(min(_TITLE_ROWS, self.grid.rowCount())):
            filled = [column for column in range(columns) if self.grid.index(row, column).data()]
            if len(filled) == 1 and not self.grid.is_table(row) and filled[0] < columns - 1:
                self.setSpan(row, filled[0], 1, columns - filled[0])

    def _fit(self) -> None:
        metrics = self.fontMetrics()
        for column in range(self.grid.columnCount()):
            match = self.grid.found(column)
            first = range(min(30, self.grid.rowCount()))
            rows = [row for row in first if self.grid.is_table(row)] or first  # where no table was found, all is looked at
            texts = [self.grid.index(row, column).data() for row in rows]
            widest = max((metrics.horizontalAdvance(text) for text in texts if len(text) < 24), default=0)
            field = metrics.horizontalAdvance(field_title(self.grid.form, match)) + 56 if match else 0
            told = str(self.grid.headerData(column, Qt.Orientation.Horizontal, FACTS_ROLE) or "")
            field = max(field, metrics.horizontalAdvance(told) + 20)
            self.setColumnWidth(column, min(max(widest + 20, field, 64), 260))

    def header_menu(self, row: int) -> QMenu:
        """What can be done with a row of the grid: make it the header, or a part of it, or let the program find it."""
        number = self.grid.number(row)
        now = self.grid.view.header.rows if self.grid.view and self.grid.view.header else ()
        menu = QMenu(self)
        if now != (number,):
            menu.addAction(_("第 {row} 行设为表头").format(row=number)).setData((number,))
        if now and number not in now:
            menu.addAction(_("第 {row} 行也算表头（几行合成一个表头）").format(row=number)).setData(tuple(sorted({*now, number})))
        if number in now and len(now) > 1:
            menu.addAction(_("第 {row} 行不算表头").format(row=number)).setData(tuple(each for each in now if each != number))
        menu.addSeparator()
        menu.addAction(_("自动识别表头")).setData(())
        return menu

    def _ask_header(self, row: int) -> None:
        at = QPoint(self.verticalHeader().width(), self.rowViewportPosition(row) + self.fields.height())
        self._offer_header(row, at)

    def _offer_header(self, row: int, at: QPoint) -> None:
        with asked_once(self.header_menu(row)) as menu:
            chosen = menu.exec(self.mapToGlobal(at))
            if chosen is not None:
                self.header_chosen.emit(tuple(chosen.data() or ()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        here: QModelIndex = self.currentIndex()
        if here.isValid() and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self.fields.open(here.column())
        elif here.isValid() and event.key() == Qt.Key.Key_Menu:
            self._ask_header(here.row())
        else:
            super().keyPressEvent(event)
