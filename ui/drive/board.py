"""The drive's list as a board: a column for each stage, a card for each employer; a card is moved by dragging or by menu.

The columns look into the same item model as the table.
"""

from typing import Any

from PySide6.QtCore import QModelIndex, QRect, QSize, QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QColor,
    QContextMenuEvent,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QPainter,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QListView,
    QMenu,
    QScrollArea,
    QStyle,
    QStyledItemDelegate,
    QVBoxLayout,
    QWidget,
)

from models import stages
from models.drive import DriveRow
from models.language import _
from ui import theme
from ui.drive.tables import CARDS, EmployersModel
from ui.tables import UNKNOWN, Index

#: The columns: the way up to the union, and where a case rests or ends.
COLUMNS = (*(label for label in stages.WAY if label != stages.ORDERLY), *stages.ASIDE)
_WIDTH = 196
_LINES = 4


class StageModel(QSortFilterProxyModel):
    """The employers of one stage; those without a stage stand in the first one. Cards of the largest come first."""

    def __init__(self, stage: str, parent: QWidget) -> None:
        """``stage`` of codes.STAGE."""
        super().__init__(parent)
        self._stage, self._others = stage, {stage, None} if stage == stages.FIRST else {stage}

    def filterAcceptsRow(self, row: int, parent: Index) -> bool:
        model = self.sourceModel()
        return isinstance(model, EmployersModel) and model.items[row].stage in self._others

    def item(self, index: Index) -> DriveRow:
        """The employer of a card."""
        model = self.sourceModel()
        assert isinstance(model, EmployersModel)
        found = model.items[self.mapToSource(index).row()]
        assert isinstance(found, DriveRow)
        return found

    def overdue(self, index: Index) -> int:
        """By how many days the next step of a card is overdue."""
        model = self.sourceModel()
        assert isinstance(model, EmployersModel)
        return model.overdue(self.mapToSource(index).row())


class CardPainter(QStyledItemDelegate):
    """Draws a card: name, people and organizer, place, what comes next."""

    def sizeHint(self, option: Any, index: Index) -> QSize:
        return QSize(0, option.fontMetrics.lineSpacing() * _LINES + 28)

    def paint(self, painter: QPainter, option: Any, index: Index) -> None:
        model = index.model()
        assert isinstance(model, StageModel)
        row, overdue = model.item(index), model.overdue(index)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        card = option.rect.adjusted(4, 4, -4, -4)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(theme.colour("accent" if chosen else "line")))
        painter.setBrush(QColor(theme.colour("selected" if chosen else "paper")))
        painter.drawRoundedRect(card, 4, 4)
        inner = card.adjusted(8, 6, -8, -6)
        height = option.fontMetrics.lineSpacing()
        for place, (text, colour, bold) in enumerate(card_lines(row, overdue)):
            painter.setFont(theme.font(bold=True) if bold else theme.font(-1.0))
            painter.setPen(QColor(theme.colour(colour)))
            line = QRect(inner.left(), inner.top() + place * height, inner.width(), height)
            elided = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, line.width())
            painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, elided)
        painter.restore()


def card_lines(row: DriveRow, overdue: int) -> list[tuple[str, str, bool]]:
    """The lines of a card: text, colour, whether bold."""
    people = UNKNOWN if row.staff_count is None else f"{row.staff_count:,}"
    about = "　".join(part for part in (_("{people} 人").format(people=people), row.organizer, _(row.attitude or "")) if part)
    if row.to_verify or row.suspected or row.candidates:
        about += "　" + (_("待核实") if row.to_verify else _("疑似已建会"))
    planned = row.next_action or ""
    if overdue:
        planned = _("逾期 {days} 天　{task}").format(days=overdue, task=planned)
    elif row.next_action_date:
        planned = f"{row.next_action_date}　{planned}"
    return [
        (row.name, "ink", True), (about, "ink", False), (row.region, "muted", False),
        (planned, "accent" if overdue else "muted", False),
    ]  # fmt: skip


class StageColumn(QListView):
    """The cards of one stage. ``dropped(list, str)``: employers (uids) are to go to this stage; ``opened(str)`` one of them."""

    dropped = Signal(object, str)
    opened = Signal(str)

    def __init__(self, stage: str, parent: QWidget | None = None) -> None:
        """``stage`` of codes.STAGE."""
        super().__init__(parent)
        self.stage = stage
        self.cards = StageModel(stage, self)
        self.setAccessibleName(_(stage))
        self.setItemDelegate(CardPainter(self))
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.doubleClicked.connect(self._open)

    def show_cards(self, model: EmployersModel | None) -> None:
        """Show the cards of a model; None shows nothing and costs nothing."""
        if model is None:
            self.setModel(None)
            self.cards.setSourceModel(None)  # type: ignore[arg-type]  # Qt takes none
        elif self.cards.sourceModel() is not model:
            self.cards.setSourceModel(model)
            self.setModel(self.cards)

    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(self.cards.item(index).uid)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(CARDS):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if event.mimeData().hasFormat(CARDS) and event.source() is not self:
            event.acceptProposedAction()
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        if event.mimeData().hasFormat(CARDS) and event.source() is not self:
            event.setDropAction(Qt.DropAction.CopyAction)  # the register moves it, and the model follows
            event.accept()
            self.dropped.emit(bytes(event.mimeData().data(CARDS).data()).decode().split("\n"), self.stage)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._open(self.currentIndex())
            return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index = self.currentIndex()
        if not index.isValid():
            return
        menu = QMenu(self)
        opening = menu.addAction(_("打开一企一档"))
        going = menu.addMenu(_("移到"))
        ways: dict[QAction, str] = {going.addAction(_(stage)): stage for stage in COLUMNS if stage != self.stage}
        chosen = menu.exec(event.globalPos())
        if chosen is opening:
            self._open(index)
        elif chosen in ways:
            self.dropped.emit([self.cards.item(index).uid], ways[chosen])


class Board(QScrollArea):
    """``dropped(list, str)``: employers (uids) are to go to a stage; ``opened(str)`` names an employer to open."""

    dropped = Signal(object, str)
    opened = Signal(str)

    def __init__(self, model: EmployersModel, parent: QWidget | None = None) -> None:
        """The board of a model."""
        super().__init__(parent)
        self._model = model
        self.setWidgetResizable(True)
        self.columns: dict[str, StageColumn] = {}
        self.titles: dict[str, QLabel] = {}
        body = QWidget()
        row = QHBoxLayout(body)
        row.setContentsMargins(0, theme.GAP, 0, 0)
        row.setSpacing(theme.GAP)
        for stage in COLUMNS:
            column, title = StageColumn(stage), QLabel(_(stage))
            title.setFont(theme.font(bold=True))
            column.setMinimumWidth(_WIDTH)
            column.dropped.connect(self.dropped)
            column.opened.connect(self.opened)
            self.columns[stage], self.titles[stage] = column, title
            above = QVBoxLayout()
            above.setSpacing(4)
            above.addWidget(title)
            above.addWidget(column, 1)
            row.addLayout(above)
        self.setWidget(body)
        model.modelReset.connect(self._count)

    def show_cards(self, shown: bool) -> None:
        """Fill the columns while the board is looked at, and only then."""
        for column in self.columns.values():
            column.show_cards(self._model if shown else None)
        self._count()

    def _count(self) -> None:
        for stage, column in self.columns.items():
            count = column.cards.rowCount() if column.cards.sourceModel() is not None else 0
            self.titles[stage].setText(f"{_(stage)}  {count:,}" if count else _(stage))
