"""What the first page is made of: the numbers, cards, lines that open something, short tables, the first steps."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QHeaderView, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from models.language import _
from ui.kit import theme
from ui.kit.card_button import CardButton
from ui.kit.icons import icon
from ui.kit.lines import ALL_AROUND, REST, across, down
from ui.kit.list_model import ListModel, fit_list
from ui.kit.plain import Label, tint, tip
from ui.kit.tables import Table
from ui.kit.whole_numbers import elided

#: What stands beside the text and the number of a line.
_AROUND = 28


class NumberButton(CardButton):
    """One of the four numbers: what it counts, how many, and a word on it. Pressing it opens its rows.

    ``change`` is this year's change, a button of its own: its rows are others; as is ``undated``, what no year's change counts.
    """

    def __init__(self, title: str, token: str = "ink") -> None:  # noqa: S107 — a colour, no secret
        """``token`` is the colour of the number."""
        self.title = title
        self._token = token
        self.number, self.about = Label("—", "huge"), Label(role="secondary")
        self.change, self.undated = QPushButton(), QPushButton()
        below = QHBoxLayout()
        below.setSpacing(theme.GAP)  # two words, not one number and a word
        for button in (self.change, self.undated):
            button.setProperty("line", True)
            button.setFont(theme.font(-1.5))
            button.hide()
            below.addWidget(button)
        below.addStretch(1)
        rows = down(
            Label(title), self.number, self.about, below, gap=0, margins=(theme.WIDE, theme.GAP, theme.WIDE, theme.GAP)
        )
        super().__init__(rows)

    def show_number(self, number: int, about: str = "", change: str = "", undated: int = 0) -> None:
        """Show the count, a word on it, how it changed, and how many were entered that do not say when they happened."""
        self.number.setText(f"{number:,}")
        tint(self.number, self._token if number else "muted")
        self.about.setText(about or " ")
        self.about.setVisible(not change)
        self.change.setText(change)
        self.change.setVisible(bool(change))
        self.change.setAccessibleName(f"{self.title} {change}")
        said = _("日期不明 {count:,}").format(count=undated)
        self.undated.setText(said)
        self.undated.setVisible(undated > 0)
        self.undated.setAccessibleName(f"{self.title} {said}")
        self.undated.setToolTip(_("今年登记、没有写日期，不计入今年新增；在“任务指标”里可以成批补日期"))
        self.setAccessibleName(f"{self.title} {number:,} {about}{change}")


class LineButton(CardButton):
    """A line with a text at its left and a number at its right; ``target`` is what pressing it opens, as (page, part)."""

    def __init__(self, text: str, number: str, target: tuple[str, str], token: str = "ink") -> None:  # noqa: S107
        """``token`` is the colour of the number."""
        self.target = target
        self._text, self._number, said = text, number, Label(number)
        self.label = Label(text)
        self.label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        tint(said, token)
        row = across((self.label, 1), said, margins=(4, 3, 4, 3))
        super().__init__(row)
        self.setProperty("card", None)
        self.setProperty("line", True)
        self.show_text(text)

    def show_text(self, text: str) -> None:
        """Say another text."""
        self._text = text
        self.setAccessibleName(f"{text} {self._number}".strip())
        self.setToolTip(tip(text))
        self._fit(self.width())

    def _fit(self, width: int) -> None:
        """Shorten the text in the middle to the room there is."""
        metrics = self.label.fontMetrics()
        room = width - metrics.horizontalAdvance(self._number) - _AROUND
        self.label.setText(elided(metrics, self._text, max(40, room)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit(event.size().width())


class Corner(QWidget):
    """What stands at the right of the tabs: a line that takes the room there is, and a word behind it."""

    def __init__(self, line: LineButton, word: Label) -> None:
        """As wide as :meth:`take` says."""
        super().__init__()
        self._room = self._height = 0
        across((line, 1), word, on=self, gap=theme.WIDE, margins=(theme.WIDE, 0, theme.WIDE, 0))

    def take(self, room: int, height: int) -> None:
        """Take so much width, and the height of the tabs: then the words stand on one line with theirs."""
        self._room, self._height = max(0, room), height
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(self._room, max(self._height, super().sizeHint().height()))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())


class LineStack(QWidget):
    """Lines under one another; other lines take their place."""

    def __init__(self) -> None:
        """Without lines."""
        super().__init__()
        self.buttons: list[LineButton] = []
        self._none = Label(role="secondary", wrap=True)
        self._rows = down(self._none, REST, on=self, gap=0)

    def show_lines(self, lines: list[LineButton], none: str) -> None:
        """Show these lines, or the sentence ``none`` where there are none."""
        for old in self.buttons:
            self._rows.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.buttons = lines
        self._none.setText(none)
        self._none.setVisible(not lines)
        for place, line in enumerate(lines):
            self._rows.insertWidget(place, line)


def card(title: str, content: QWidget, beside: QWidget | None = None) -> QFrame:
    """A frame with a title; ``beside`` stands at the right of the title."""
    frame = QFrame()
    frame.setProperty("card", True)
    rows = QVBoxLayout(frame)
    # a button is higher than a title: the titles of cards side by side still stand on one line
    rows.setContentsMargins(theme.WIDE, theme.GAP - (4 if beside else 0), theme.WIDE, theme.GAP)
    rows.setSpacing(4)
    name = Label(title, "heading")
    head = across((name, 1), gap=None)
    if beside is not None:
        head.addWidget(beside)
    rows.addLayout(head)
    rows.addWidget(content, 1)
    return frame


def short_table(name: str, model: ListModel, shown: tuple[str, ...]) -> Table:
    """A table inside a card, without a frame, showing only some columns of a list; the first takes the room that is left."""
    table = Table(name)
    table.setProperty("bare", True)
    table.setModel(model)
    fit_list(table, model)
    for place, column in enumerate(model.columns):
        table.setColumnHidden(place, column.name not in shown)
    line = table.fontMetrics()
    least = max(line.horizontalAdvance("国") * 7, line.horizontalAdvance(model.columns[0].title) + 20)
    table.horizontalHeader().setMinimumSectionSize(least)
    table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    return table


def first_step(sign: str, title: str, text: str) -> CardButton:
    """One large first step."""
    picture = Label()
    picture.setPixmap(icon(sign, "accent").pixmap(QSize(32, 32)))
    name, what = Label(title, "title"), Label(text, "secondary")
    rows = down(picture, name, what, REST, margins=ALL_AROUND)
    button = CardButton(rows)
    button.setAccessibleName(title)
    return button


def beginning(steps: tuple[CardButton, ...]) -> QWidget:
    """The page of an empty register: the first steps side by side."""
    page = QWidget()
    title = Label(_("登记册是空的。从这里开始："), "title")
    row = across(REST, gap=theme.WIDE)
    width = max(step.sizeHint().width() for step in steps)
    for step in steps:
        step.setMinimumWidth(width)
        row.addWidget(step)
    row.addStretch(1)
    rows = down(2, on=page, gap=theme.PAGE, margins=None)
    rows.addWidget(title, 0, Qt.AlignmentFlag.AlignHCenter)
    rows.addLayout(row)
    rows.addStretch(3)
    return page
