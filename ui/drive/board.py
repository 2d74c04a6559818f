"""The drive's list as a board: a column for each stage, a card for each employer; a card is moved by dragging, menu or keys.

The columns look into the same item model as the table.
"""

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QKeyEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QListView, QMenu, QPushButton, QScrollArea, QVBoxLayout, QWidget

from models.language import _
from models.law import stages
from ui.drive.cards import CardPainter, StageModel
from ui.drive.tables import CARDS, EmployersModel
from ui.kit import theme
from ui.kit.asked_once import asked_once
from ui.kit.commands import command
from ui.kit.lines import BELOW_TABS, across, down, on_paper
from ui.kit.plain import Label

#: The columns: the way up to the union, and where a case rests or ends.
COLUMNS = (*(label for label in stages.WAY if label != stages.ORDERLY), *stages.ASIDE)
#: So many Chinese characters wide is a column: the name of most employers fits on a line, five columns on the usual screen.
_WIDTH = 16
_ARROWS = {"Left": "←", "Right": "→"}
_ASIDE: dict[int, int] = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class StageColumn(QListView):
    """The cards of one stage. ``dropped(list, str)``: employers (uids) are to go to a stage; ``opened(str)`` one of them.

    ``left(int)``: the keys lead to the column before (-1) or after (1).
    """

    dropped = Signal(object, str)
    opened = Signal(str)
    left = Signal(int)

    def __init__(self, stage: str) -> None:
        """``stage`` of codes.STAGE."""
        super().__init__()
        self.stage = stage
        self.cards = StageModel(self)
        self.setModel(self.cards)
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

    def stand(self) -> None:
        """Let the keys stand on a card: the first one, unless they stand on one already."""
        if not self.currentIndex().isValid():
            self.setCurrentIndex(self.cards.index(0))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.MouseFocusReason:  # a press chooses its own card
            self.stand()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._open(self.currentIndex())
        elif (step := _ASIDE.get(event.key())) is None:
            super().keyPressEvent(event)
        elif event.modifiers() == Qt.KeyboardModifier.AltModifier and self.currentIndex().isValid():
            place = COLUMNS.index(self.stage) + step
            if 0 <= place < len(COLUMNS):
                self.dropped.emit([self.cards.item(self.currentIndex()).uid], COLUMNS[place])
        else:
            self.left.emit(step)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index = self.currentIndex()
        if not index.isValid():
            return
        with asked_once(QMenu(self)) as menu:
            opening = menu.addAction(_("打开一企一档"))
            going = menu.addMenu(_("移到"))
            ways: dict[QAction, str] = {going.addAction(_(stage)): stage for stage in COLUMNS if stage != self.stage}
            chosen = menu.exec(event.globalPos())
            if chosen is opening:
                self._open(index)
            elif chosen in ways:
                self.dropped.emit([self.cards.item(index).uid], ways[chosen])


class Board(QWidget):
    """``dropped(list, str)``: employers (uids) are to go to a stage; ``opened(str)`` names an employer to open."""

    dropped = Signal(object, str)
    opened = Signal(str)

    def __init__(self, model: EmployersModel) -> None:
        """The board of a model."""
        super().__init__()
        self._model, self._looked_at, self._moved = model, False, ("", "")
        self.columns: dict[str, StageColumn] = {}
        self.titles: dict[str, Label] = {}
        self.more: dict[str, QPushButton] = {}
        told = _("拖动卡片换阶段；键盘：←、→ 换一列，{back}、{on} 把卡片移到相邻阶段，回车打开，菜单键可移到任一阶段。")
        back, on = (_drawn(command(name).shortcut) for name in ("drive.card_back", "drive.card_on"))
        hint = Label(told.format(back=back, on=on), "secondary", wrap=True)
        body = on_paper(across(*map(self._column, COLUMNS)))
        self._area = QScrollArea()
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keys go through the cards, not over the page
        self._area.setWidgetResizable(True)
        self._area.setWidget(body)
        down((self._area, 1), hint, on=self, gap=4, margins=BELOW_TABS)
        self.keys = self.columns[stages.FIRST]  # where the keyboard goes back to
        model.modelReset.connect(self._deal)
        model.dataChanged.connect(self._deal)

    def _column(self, stage: str) -> QVBoxLayout:
        column, title, more = StageColumn(stage), Label(_(stage)), QPushButton()
        title.setFont(theme.font(bold=True))
        column.setMinimumWidth(self.fontMetrics().horizontalAdvance("国") * _WIDTH)
        column.dropped.connect(self._drop)
        column.opened.connect(self._open)
        column.left.connect(self._go_aside)
        more.setProperty("flat", True)
        more.clicked.connect(self._show_more)
        more.hide()
        self.columns[stage], self.titles[stage], self.more[stage] = column, title, more
        return down(title, (column, 1), more, gap=4)

    def _open(self, employer: str) -> None:
        column = self.sender()
        assert isinstance(column, StageColumn)
        self.keys = column
        self.opened.emit(employer)

    def show_cards(self, shown: bool) -> None:
        """Fill the columns while the board is looked at, and only then."""
        if shown != self._looked_at:
            self._looked_at = shown
            self._deal()

    def _deal(self) -> None:
        """Deal the list's rows to the stages; those without a stage go to the first one."""
        dealt: dict[str, list[int]] = {stage: [] for stage in COLUMNS}
        for row, item in enumerate(self._model.items if self._looked_at else ()):
            dealt.get(item.stage or stages.FIRST, []).append(row)
        for stage, column in self.columns.items():
            column.cards.show_rows(self._model if self._looked_at else None, dealt[stage])
            self._tell(stage)
        self._follow()
        self._stand()

    def _tell(self, stage: str) -> None:
        cards = self.columns[stage].cards
        self.titles[stage].setText(f"{_(stage)}  {cards.total:,}" if cards.total else _(stage))
        more = cards.total - cards.rowCount()
        self.more[stage].setText(_("还有 {count:,} 家").format(count=more))
        self.more[stage].setVisible(more > 0)

    def _show_more(self) -> None:
        stage = next(stage for stage, button in self.more.items() if button is self.sender())
        self.columns[stage].cards.show_more()
        self._tell(stage)

    def _drop(self, employers: list[str], stage: str) -> None:
        self._moved = (employers[0], stage)
        self.dropped.emit(employers, stage)

    def _follow(self) -> None:
        """The card that was moved is the current one again where it stands now."""
        employer, stage = self._moved
        card = self.columns[stage].cards.find(employer) if employer else QModelIndex()
        if card.isValid():
            self._moved = ("", "")
            self.columns[stage].setCurrentIndex(card)
            self.columns[stage].setFocus()
            self._area.ensureWidgetVisible(self.columns[stage])

    def _stand(self) -> None:
        """Where the keys are in the board, they stand on a card: in their own column, else in the first that has any."""
        here = next((column for column in self.columns.values() if column.hasFocus()), None)
        if here is None:
            return
        filled = [column for column in (here, *self.columns.values()) if column.cards.rowCount()]
        if filled:
            filled[0].setFocus()
            filled[0].stand()

    def _go_aside(self, step: int) -> None:
        column = self.sender()
        assert isinstance(column, StageColumn)
        place = COLUMNS.index(column.stage) + step
        while 0 <= place < len(COLUMNS):
            other = self.columns[COLUMNS[place]]
            if other.cards.rowCount():
                other.setFocus()
                other.stand()
                self._area.ensureWidgetVisible(other)
                return
            place += step


def _drawn(shortcut: str) -> str:
    """A shortcut with its arrows drawn, as they stand on the keys."""
    return "+".join(_ARROWS.get(key, key) for key in shortcut.split("+"))
