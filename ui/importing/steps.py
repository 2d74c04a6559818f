"""What stands around the steps of the import page: the line across the top, the buttons below, and who has the keyboard."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from importers.elsewhere import Elsewhere
from models.journal.history import PastBatch
from models.language import _
from ui.kit.acting import act_by
from ui.kit.buttons import push_button
from ui.kit.jobs import Job
from ui.kit.lines import REST, across, down
from ui.kit.parts import holds_focus
from ui.kit.plain import Label

#: Hidden sheets that are named.
_NAMED = 6


class HeldKeyboard(QWidget):
    """A page of steps that keeps the keyboard while it works, instead of letting it fall to whatever widget comes next.

    A button that was pressed is disabled or hidden as soon as its work begins, and Qt then looks for another one to have
    the keyboard: outside the page, where Enter would do something else altogether. ``job`` is what runs now.
    """

    job: Job | None = None

    def main_part(self) -> QWidget:
        """What has the keyboard at the step where the person is; the part that each page supplies."""
        raise NotImplementedError

    def hold_keyboard(self) -> None:
        """Take the keyboard from the parts of the page, before they are disabled or hidden."""
        if holds_focus(self):
            self.setFocus()

    def hand_keyboard_on(self) -> None:
        """Give the keyboard to the main part, if the page still holds it and nothing runs."""
        if self.hasFocus() and self.job is None:
            self.main_part().setFocus()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.hand_keyboard_on()


class TroubleLine(Label):
    """Which of the files could not be read, and why."""

    def __init__(self) -> None:
        """Nothing to say."""
        super().__init__(role="wrong", wrap=True)


class StepBar(QFrame):
    """Shows where the person is among the steps; it is read, not clicked: the buttons below lead on and back."""

    def __init__(self) -> None:
        """The first step, without files."""
        super().__init__()
        self.titles = [_("选文件"), _("对应列"), _("核对"), _("完成")]
        self.step = 0
        self._labels = [Label() for _title in self.titles]
        self.about = Label(role="secondary")
        steps = across()
        for place, label in enumerate(self._labels):
            if place:
                arrow = Label("›", "secondary")
                steps.addWidget(arrow)
            steps.addWidget(label)
        steps.addStretch(1)
        down(steps, self.about, on=self, gap=4)
        self.go(0)

    def go(self, step: int) -> None:
        """Show ``step`` (from 0) as the present one, those before it as done."""
        self.step = step
        for place, (label, title) in enumerate(zip(self._labels, self.titles, strict=True)):
            sign = "✓" if place < step else str(place + 1)
            label.setText(f"{sign} {title}")
            # the palette's link is the accent in either theme; the sheet says bold too, for it takes a font set beside it away
            label.setStyleSheet("color: palette(link); font-weight: bold;" if place == step else "")
            label.setEnabled(place <= step)
        self.setAccessibleName(_("第 {number} 步，共 4 步：{title}").format(number=step + 1, title=self.titles[step]))

    def tell(self, files: list[str], sheets: int, rows: int) -> None:
        """Say what is being imported; nothing without files."""
        if not files:
            self.about.setText("")
            return
        said = _("《{name}》") if len(files) == 1 else _("《{name}》等 {count} 个文件")
        named = said.format(name=files[0], count=len(files))
        self.about.setText(
            _("{files} · {sheets} 张工作表 · {rows:,} 行").format(files=named, sheets=sheets, rows=rows) if sheets else named
        )


class Foot(QWidget):
    """The two buttons below every step: back, and the one that says what it will do."""

    def __init__(self) -> None:
        """Both hidden."""
        super().__init__()
        self.back, self.primary = QPushButton(), QPushButton()
        self.primary.setProperty("primary", True)
        across(self.back, REST, self.primary, on=self, gap=None)
        act_by(self, "import.back", self.back)
        act_by(self, "import.on", self.primary)

    def offer(self, back: str, primary: str, possible: bool, free: bool) -> None:
        """What the buttons say ("" hides them); ``possible``: there is something to do; ``free``: nothing runs."""
        for button, text, enabled in ((self.back, back, free), (self.primary, primary, free and possible)):
            button.setText(text)
            button.setVisible(bool(text))
            button.setEnabled(enabled)


class KnownLine(QFrame):
    """Says that a file was imported before. ``repeating(Past)`` asks for the settings of that import."""

    repeating = Signal(object)

    def __init__(self) -> None:
        """Nothing to say."""
        super().__init__()
        self._past: PastBatch | None = None
        self.said = Label()
        self.again = push_button(_("按上次的设置再来一次"), self._repeat, flat=True)
        across(self.said, self.again, REST, on=self, gap=None)
        self.hide()

    def tell(self, known: Mapping[str, PastBatch]) -> None:
        """Tell which files were imported before: name → the newest such import; nothing hides the line."""
        self._past = max(known.values(), key=lambda past: past.number, default=None)
        if self._past is None:
            self.hide()
            return
        told = _("《{name}》在批次 {number} 导入过（{when}，{person}），内容一样。")
        name = next(name for name, past in known.items() if past is self._past)
        more = _("另有 {count} 个文件也导入过。").format(count=len(known) - 1) if len(known) > 1 else ""
        when = self._past.at[:16].replace("T", " ")
        self.said.setText(told.format(name=name, number=self._past.number, when=when, person=self._past.person) + more)

    def show_at(self, here: bool, free: bool) -> None:
        """Show the line where it belongs, if there is something to say."""
        self.setVisible(here and self._past is not None)
        self.again.setEnabled(free)

    def _repeat(self) -> None:
        past = self._past
        self.tell({})
        self.repeating.emit(past)


class OtherLine(QFrame):
    """Says that a file is read on another page. ``wanted(Elsewhere)`` asks to read it there."""

    wanted = Signal(object)

    def __init__(self) -> None:
        """Nothing to say."""
        super().__init__()
        self._other: Elsewhere | None = None
        self.said = Label(wrap=True)
        self.go = push_button("", self._ask, primary=True)
        across((self.said, 1), self.go, on=self, gap=None)
        self.hide()

    def tell(self, other: Elsewhere | None) -> None:
        """Tell where a file is read; None hides the line."""
        self._other = other
        self.said.setText(other.said if other else "")
        self.go.setText(_("到工作名单读回") if other and other.what == "worklist" else _("到上报读回"))

    def show_at(self, here: bool, free: bool) -> None:
        """Show the line where it belongs, if there is something to say."""
        self.setVisible(here and self._other is not None)
        self.go.setEnabled(free)

    def _ask(self) -> None:
        self.wanted.emit(self._other)


class AlikeLine(QFrame):
    """Says why the second step was passed over. ``wanted()`` asks to see the columns after all."""

    wanted = Signal()

    def __init__(self) -> None:
        """Nothing to say."""
        super().__init__()
        self.said = Label(wrap=True)
        self.columns = push_button(_("看对应列"), self.wanted, flat=True)
        across((self.said, 1), self.columns, on=self, gap=None)
        self.hide()

    def tell(self, past: PastBatch | None) -> None:
        """Tell which import brought the same form; None hides the line."""
        told = _("表的样子和批次 {number} 导入的《{name}》一样（{when}，{person}），各列照那次对应，直接核对。")
        self.said.setText(
            told.format(number=past.number, name=past.files[0], when=past.at[:10], person=past.person) if past else ""
        )

    def show_at(self, here: bool, free: bool) -> None:
        """Show the line where it belongs, if there is something to say."""
        self.setVisible(here and bool(self.said.text()))
        self.columns.setEnabled(free)


class HiddenLine(QFrame):
    """Names the hidden sheets that were left out. ``wanted()`` asks to read them too."""

    wanted = Signal()

    def __init__(self) -> None:
        """Nothing to say."""
        super().__init__()
        self.said = Label(wrap=True)
        self.take = push_button(_("隐藏的也读进来"), self.wanted, flat=True)
        across((self.said, 1), self.take, on=self, gap=None)
        self.hide()

    def tell(self, sheets: Sequence[str]) -> None:
        """Name the hidden sheets; none hides the line."""
        more = _(" 等 {count} 张").format(count=len(sheets)) if len(sheets) > _NAMED else ""
        named = _("、").join(f"“{name}”" for name in sheets[:_NAMED])
        self.said.setText(_("隐藏的工作表没有读：{sheets}。").format(sheets=named + more) if sheets else "")

    def show_at(self, here: bool, free: bool) -> None:
        """Show the line where it belongs, if there is something to say."""
        self.setVisible(here and bool(self.said.text()))
        self.take.setEnabled(free)
