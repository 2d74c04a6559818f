"""The one editor of days: types freely, says what it understood, and opens a calendar (F4, Alt+Down or its button)."""

import datetime as dt

from PySide6.QtCore import QDate, QEvent, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QFrame, QPushButton, QToolButton, QWidget

from models.language import _
from models.values.typed_days import read_typed
from ui.kit import theme
from ui.kit.icons import icon
from ui.kit.line_editor import LineEditor
from ui.kit.lines import REST, across, down
from ui.kit.plain import Label, tip

_BUTTON = 20


def said_of(day: str) -> str:
    """A day (ISO text cut to its precision) in words: with its weekday, or that it is a whole month or year."""
    if len(day) == 4:
        return _("{day} 年，月日不明").format(day=day)
    if len(day) == 7:
        return _("{day}，日不明").format(day=day)
    words = (_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日"))
    return f"{day} {words[dt.date.fromisoformat(day).weekday()]}"


class DayEditor(LineEditor):
    """A field for a day, a month or a year. :meth:`text` is the day as ISO text where it was understood, else what was typed.

    ``whole``: only whole days are wanted, for the first and last day of a period.
    """

    def __init__(self, title: str, today: dt.date | None = None, *, ahead: bool = False, whole: bool = False) -> None:
        """``today``: the day from which 昨天 is counted, the clock's where it is not given; ``ahead``: for what is planned."""
        super().__init__(title)
        self._today, self._ahead, self._whole = today, ahead, whole
        several = (_("例如 2024-05-06、2024-05、昨天"), _("例如 2024-05-06"), "2024-05-06")
        self._hints = several[1:] if whole else several
        self.line.setPlaceholderText(self._hints[0])
        self.understood = Label(role="secondary", parent=self.line)
        self.understood.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.understood.hide()
        self.button = QToolButton(self.line)
        self.button.setAutoRaise(True)
        self.button.setIcon(icon("calendar", "muted"))
        self.button.setIconSize(QSize(14, 14))
        self.button.setFixedSize(_BUTTON, _BUTTON)
        self.button.setCursor(Qt.CursorShape.PointingHandCursor)
        self.button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.button.setAccessibleName(_("日历"))
        self.button.setToolTip(tip(_("打开日历")))
        self.button.clicked.connect(self.open_calendar)
        self.line.setTextMargins(0, 0, _BUTTON + 2, 0)
        self.line.textChanged.connect(self._tell)
        self.line.editingFinished.disconnect(self.left)
        self.line.editingFinished.connect(self._settle)
        self.line.installEventFilter(self)
        self.calendar: DayPopup | None = None

    @property
    def today(self) -> dt.date:
        """The day that is today for the field."""
        return self._today or dt.date.today()

    @property
    def day(self) -> str | None:
        """What was understood: ISO text cut to its precision; None for nothing, and for what is no day."""
        day = read_typed(self.line.text(), self.today, self._ahead)
        return None if day is None or (self._whole and len(day) < 10) else day

    def text(self) -> str:
        """See :class:`Editor`."""
        return self.day or super().text()

    def lock(self, locked: bool) -> None:
        """See :class:`Editor`."""
        super().lock(locked)
        self.button.setEnabled(not locked)

    def _tell(self) -> None:
        """Beside what is typed: the day that is understood, while the text does not say it itself."""
        day, written = self.day, self.line.text().strip()
        shown = self.line.hasFocus() and bool(written) and written != day
        self.understood.setText(_("= {day}").format(day=said_of(day)) if day else _("看不出是哪一天"))
        self.understood.setVisible(shown)
        self._place()

    def _place(self) -> None:
        line, box = self.line, self.button
        box.move(line.width() - _BUTTON - 3, (line.height() - _BUTTON) // 2)
        self.understood.adjustSize()
        wide = self.understood.width() + line.fontMetrics().horizontalAdvance(line.text()) + _BUTTON + 24
        if self.understood.isVisibleTo(line) and wide > line.width():
            self.understood.hide()  # no room beside the text: the tool tip says it
        line.setToolTip(tip(self.understood.text() if line.text().strip() else self._hints[0]))
        told = self.understood
        told.move(line.width() - told.width() - _BUTTON - 8, (line.height() - told.height()) // 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The longest hint that there is room for: half a date tells nobody how to write one."""
        super().resizeEvent(event)
        room = event.size().width() - 2 * theme.WIDE - _BUTTON
        fitting = (hint for hint in self._hints if self.line.fontMetrics().horizontalAdvance(hint) <= room)
        self.line.setPlaceholderText(next(fitting, self._hints[-1]))
        self._place()

    def _settle(self) -> None:
        """What was typed becomes the day that it was understood as."""
        if (day := self.day) is not None and not self.line.isReadOnly():
            self.line.setText(day)
        self.understood.hide()
        self.left.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """F4 and Alt+Down open the calendar, as in any list that drops down."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            down_key = event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier
            if event.key() == Qt.Key.Key_F4 or down_key:
                self.open_calendar()
                return True
        elif event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def open_calendar(self) -> None:
        """Show the calendar below the field, at the day that stands in it or at today."""
        if self.line.isReadOnly():
            return
        self.line.setFocus()
        self.calendar = DayPopup(self.day, self.today, self._whole, self)
        self.calendar.given.connect(self._take)
        self.calendar.show_below(self.line)

    def _take(self, day: str) -> None:
        self.line.setText(day)
        self.edited.emit()
        self.left.emit()


class DayBox(DayEditor):
    """A whole day that always stands: what is no day goes back to the one before. ``chosen()`` when it is another one."""

    chosen = Signal()

    def __init__(self, title: str, day: dt.date, today: dt.date | None = None) -> None:
        """Begin with ``day``."""
        super().__init__(title, today, whole=True)
        self.date = day
        self.line.setText(day.isoformat())
        self.line.setMinimumWidth(self.line.fontMetrics().horizontalAdvance("2026-12-31") + _BUTTON + 24)
        self.left.connect(self._choose)

    def show_date(self, day: dt.date) -> None:
        """Show another day without telling. Where it is the one that is shown, what is half typed stays."""
        if day != self.date:
            self.date = day
            self.line.setText(day.isoformat())

    def _choose(self) -> None:
        before = self.date
        self.date = dt.date.fromisoformat(self.day) if self.day else before
        self.line.setText(self.date.isoformat())
        if self.date != before:
            self.chosen.emit()


class DayPopup(QFrame):
    """A month to choose a day of, and buttons for today, for its month or year alone, and for none. ``given(str)``."""

    given = Signal(str)

    def __init__(self, day: str | None, today: dt.date, whole: bool, parent: QWidget) -> None:
        """``day`` is chosen at first, ``today`` where there is none."""
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._today = today
        self.month = QCalendarWidget()
        self.month.setAccessibleName(_("日历"))
        self.month.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.month.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.SingleLetterDayNames)
        for weekend in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):  # red is for what is wrong
            self.month.setWeekdayTextFormat(weekend, QTextCharFormat())
        self.month.setStyleSheet("QAbstractItemView { padding: 0; } QAbstractItemView::item { padding: 0; }")
        line = self.fontMetrics()
        self.month.setMinimumSize(7 * (line.horizontalAdvance("00") + 26), 8 * (line.height() + 12))
        self.month.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        first = dt.date.fromisoformat((day or today.isoformat()) + "-01-01"[len(day or today.isoformat()) - 4 :])
        self.month.setSelectedDate(QDate(first.year, first.month, first.day))
        self.month.activated.connect(lambda chosen: self._give(chosen.toString("yyyy-MM-dd")))
        self.month.clicked.connect(lambda chosen: self._give(chosen.toString("yyyy-MM-dd")))
        now, month = self._button(_("今天")), self._button(_("只到月"))
        year, none = self._button(_("只到年")), self._button(_("清空"))
        now.clicked.connect(lambda: self._give(today.isoformat()))
        month.clicked.connect(lambda: self._give(f"{self.month.yearShown():04}-{self.month.monthShown():02}"))
        year.clicked.connect(lambda: self._give(f"{self.month.yearShown():04}"))
        none.clicked.connect(lambda: self._give(""))
        for button in (month, year, none):
            button.setVisible(not whole)
        down(self.month, across(now, month, year, none, REST), on=self, margins=(6, 6, 6, 6))

    def _button(self, said: str) -> QPushButton:
        button = QPushButton(said)
        button.setProperty("flat", True)
        button.setAutoDefault(False)
        return button

    def show_below(self, field: QWidget) -> None:
        """Show it below a field, or above where there is no room."""
        self.adjustSize()
        place = field.mapToGlobal(QPoint(0, field.height() + 2))
        room = field.screen().availableGeometry()
        if place.y() + self.height() > room.bottom():
            place.setY(field.mapToGlobal(QPoint(0, 0)).y() - self.height() - 2)
        place.setX(max(room.left(), min(place.x(), room.right() - self.width())))
        self.move(place)
        self.show()
        self.month.setFocus()

    def _give(self, day: str) -> None:
        self.close()
        self.given.emit(day)
