"""The cards of the drive's board: the employers of one stage as a model that looks into the list's, and how a card is drawn."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QMimeData, QModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QWidget

from models.drive.list import DriveRow
from models.language import _
from ui.drive.tables import CARDS, EmployersModel, staff_told
from ui.kit import theme
from ui.kit.tables import Index
from ui.kit.whole_numbers import elided

_LINES = 4
#: So many cards of a stage are shown at first: more than fit on a screen.
SHOWN = 100


class StageModel(QAbstractListModel):
    """The employers of one stage in the order of the list: so many at first, more when they are asked for."""

    def __init__(self, parent: QWidget) -> None:
        """Without employers."""
        super().__init__(parent)
        self._source: EmployersModel | None = None
        self._rows: list[int] = []
        self._shown = SHOWN

    def show_rows(self, source: EmployersModel | None, rows: list[int]) -> None:
        """Show these rows of the list; None shows nothing."""
        self.beginResetModel()
        self._source, self._rows = source, rows
        self.endResetModel()

    @property
    def total(self) -> int:
        """How many employers stand in the stage, shown or not."""
        return len(self._rows)

    def show_more(self) -> None:
        """Show so many more."""
        first, last = self.rowCount(), min(len(self._rows), self._shown + SHOWN) - 1
        if last >= first:
            self.beginInsertRows(QModelIndex(), first, last)
            self._shown += SHOWN
            self.endInsertRows()

    def source(self, index: Index) -> QModelIndex:
        """Where a card stands in the list."""
        assert self._source is not None
        return self._source.index(self._rows[index.row()], 0)

    def item(self, index: Index) -> DriveRow:
        """The employer of a card."""
        assert self._source is not None
        found = self._source.items[self._rows[index.row()]]
        assert isinstance(found, DriveRow)
        return found

    def overdue(self, index: Index) -> int:
        """By how many days the next step of a card is overdue."""
        assert self._source is not None
        return self._source.overdue(self._rows[index.row()])

    def find(self, employer: str) -> QModelIndex:
        """The card of an employer (uid); an invalid index when it is not shown."""
        for row in range(self.rowCount()):
            if self.item(self.index(row)).uid == employer:
                return self.index(row)
        return QModelIndex()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else min(len(self._rows), self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or self._source is None:
            return None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return "　".join(text for text, _colour, _bold in card_lines(self.item(index), self.overdue(index)) if text)
        return self._source.data(self.source(index), role)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or self._source is None:
            return Qt.ItemFlag.NoItemFlags
        return self._source.flags(self.source(index)) | Qt.ItemFlag.ItemNeverHasChildren

    def mimeTypes(self) -> list[str]:
        return [CARDS]

    def mimeData(self, indexes: Sequence[Index]) -> QMimeData:
        assert self._source is not None
        return self._source.mimeData([self.source(index) for index in indexes])


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
            painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
                             elided(painter.fontMetrics(), text, line.width()))  # fmt: skip
        painter.restore()


def card_lines(row: DriveRow, overdue: int) -> list[tuple[str, str, bool]]:
    """The lines of a card: text, colour, whether bold."""
    people = staff_told(row)
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
