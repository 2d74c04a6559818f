"""The side bar: one button per page; icons alone when the window is narrow."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QLayout, QPushButton

from models.language import _
from ui.kit import theme
from ui.kit.commands import pages
from ui.kit.icons import dress
from ui.kit.lines import down
from ui.kit.plain import Label, tip

_WIDTH, _NARROW = 168, 52
#: Pixels that a button needs from above to below where they stand closest.
_LEAST = 22
#: Around the program's name: in most windows, and where there is not the height for it.
_AROUND_NAME, _CLOSE_AROUND_NAME = (16, 14, 8, 12), (16, 6, 8, 4)
#: The height that each button saves where they stand somewhat closer (see ``theme``).
_SAVED = 8
#: What stands beside a title: its icon, and room at both ends.
_BESIDE = 64


class PageButton(QPushButton):
    """A button of the side bar; ``badge`` is the number at its right, "" for none."""

    badge = ""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.badge and self.text():
            painter = QPainter(self)
            painter.setFont(theme.font(-1.5))
            painter.setPen(theme.colour("accent"))
            side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(self.rect().adjusted(0, 0, -12, 0), side, self.badge)
            painter.end()


class SideBar(QFrame):
    """``chosen(str)`` names the page whose button was pressed; ``asks_help()`` comes from the help button."""

    chosen = Signal(str)
    asks_help = Signal()

    def __init__(self) -> None:
        """All pages, none chosen."""
        super().__init__()
        self.setObjectName("side")
        self.name = Label(_("建会通"), "title")
        self.name.setContentsMargins(*_AROUND_NAME)
        self.buttons: dict[str, PageButton] = {}
        self._titles: dict[PageButton, str] = {}
        self._narrow = False
        self._loose = 0
        self._group = QButtonGroup(self)
        self._rows = down(self.name, on=self, gap=1, margins=(0, 0, 0, theme.GAP))
        self._rows.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)  # the buttons stand closer first
        group = 1
        for page in pages():
            if page.group != group:
                self._add_line(stretch=page.group == 3)
                group = page.group
            self.buttons[page.name] = self._add_button(page.title, page.icon)
            self.buttons[page.name].setCheckable(True)
            self._group.addButton(self.buttons[page.name])
        self.help = self._add_button(_("帮助"), "help")
        self.help.clicked.connect(self.asks_help)
        self._group.buttonClicked.connect(self._tell)
        self.show_narrow(False)

    def _add_line(self, stretch: bool) -> None:
        if stretch:
            self._rows.addStretch(1)
            return
        line = QFrame()
        line.setFixedHeight(17)
        self._rows.addWidget(line)

    def _add_button(self, title: str, sign: str) -> PageButton:
        button = PageButton()
        button.setIconSize(QSize(20, 20))
        button.setAccessibleName(title)
        dress(button, sign, "muted")
        self._titles[button] = title
        self._rows.addWidget(button)
        return button

    def show_chosen(self, page: str) -> None:
        """Mark the page that is shown."""
        for name, button in self.buttons.items():
            button.setChecked(name == page)
            dress(button, str(button.property("icon_name")), "accent" if name == page else "muted")

    def show_looking(self) -> None:
        """Say beside the program's name that nothing can be changed."""
        self.name.setText(_("只读查看"))

    def show_badge(self, page: str, count: int) -> None:
        """Put a number beside a page's title; 0 takes it away."""
        self.buttons[page].badge = f"{count:,}" if count else ""
        self.buttons[page].update()

    def show_narrow(self, narrow: bool) -> None:
        """Show icons alone, or icons and titles."""
        metrics = self.fontMetrics()
        longest = max(map(metrics.horizontalAdvance, self._titles.values())) + _BESIDE
        self._narrow = narrow
        self.name.setVisible(not narrow)
        self.setFixedWidth(_NARROW if narrow else max(_WIDTH, metrics.horizontalAdvance("国") * 11, longest))
        self.setProperty("narrow", narrow)
        for button, title in self._titles.items():
            button.setText("" if narrow else "  " + title)
            button.setToolTip(tip(title) if narrow else "")
        self.style().unpolish(self)
        self.style().polish(self)

    def minimumSizeHint(self) -> QSize:
        """As high as the buttons where they stand closest: a bar of many pages does not make the window higher than a screen."""
        return QSize(super().minimumSizeHint().width(), len(self._titles) * _LEAST)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit(event.size().height())

    def _fit(self, height: int) -> None:
        """Let the buttons stand closer where all of them, and the name above them, would not find room; then without it."""
        if not self.property("close"):
            self._loose = self.sizeHint().height()
        some = self._loose - _SAVED * len(self._titles) - sum(_AROUND_NAME[1::2]) + sum(_CLOSE_AROUND_NAME[1::2])
        close = "" if height >= self._loose else "some" if height >= some else "much"
        if (self.property("close") or "") != close:
            self.setProperty("close", close)
            self.name.setContentsMargins(*(_CLOSE_AROUND_NAME if close else _AROUND_NAME))
            for part in (self, *self._titles):  # what the sheet says of the bar's buttons is looked up anew for each
                part.style().unpolish(part)
                part.style().polish(part)
        room = height - self.name.sizeHint().height()
        self.name.setVisible(not self._narrow and room >= len(self._titles) * _LEAST)

    def _tell(self, button: QPushButton) -> None:
        self.chosen.emit(next(name for name, each in self.buttons.items() if each is button))
