"""What two laptops wrote of one field, side by side: a person chooses which of it stays, by mouse or keyboard."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QRadioButton, QVBoxLayout

from models.exchange.brought import OPENED
from models.exchange.conflicts import Side, decide
from models.journal.log import WHOLE
from models.language import _
from ui.exchanging.jobs import OpenConflict
from ui.exchanging.tables import moment, side_text, whole_choices
from ui.history.model import kind_word
from ui.kit import theme
from ui.kit.acting import act_by_each
from ui.kit.buttons import push_button
from ui.kit.chosen_value import ChosenValue
from ui.kit.context import Context
from ui.kit.lines import REST, across, down, holding, on_paper, scrolled
from ui.kit.parts import holds_focus
from ui.kit.plain import Label
from ui.kit.tables import UNKNOWN
from ui.kit.written import Written

Which = str | int


class ConflictPane(QFrame):
    """``opens(str, str)`` asks for a record, ``unmasks()`` for full numbers; ``decided()``: a decision was written."""

    opens = Signal(str, str)
    decided = Signal()
    unmasks = Signal()

    def __init__(self, context: Context) -> None:
        """Nothing to decide yet."""
        super().__init__()
        self._context = context
        self._written = Written(context, self, failed=self._not_done)
        self._shown: OpenConflict | None = None
        self.choices: dict[Which, QRadioButton] = {}
        self._group = QButtonGroup(self)
        self.name, self.field = Label(role="heading", wrap=True), Label(role="secondary", wrap=True)
        self._sides = QVBoxLayout()
        self._sides.setSpacing(theme.WIDE)
        self.hint = Label(
            _("选一个，决定以后跟着下一个交换包走，别的电脑收下就一样了。没有选中的也留在这条记录的修改历史里。"), "secondary", wrap=True
        )  # fmt: skip
        self.decide_it = push_button("", self.decide, primary=True)
        self.open_it = push_button("", self._open)
        self.unmask = push_button("", self.unmasks, "eye")
        act_by_each(self, "exchange", decide=self.decide_it, open=self.open_it, full=self.unmask)
        body = on_paper(down(self._sides, REST, margins=(theme.GAP, theme.GAP, theme.WIDE, theme.GAP)))
        self.setMinimumWidth(320)
        self.setProperty("card", True)
        down(
            across((self.name, 1), self.unmask), self.field, (scrolled(body, sideways=False, by_tab=False), 1), self.hint,
            across(self.decide_it, self.open_it, REST), on=self, margins=(theme.GAP,) * 4,
        )  # fmt: skip

    def show_conflict(self, shown: OpenConflict, unmasked: bool) -> None:
        """Lay the sides of a conflict beside each other; what is shown now is chosen to begin with."""
        same = self._shown is not None and self._shown.conflict == shown.conflict
        chosen = self.which if same else None
        self._shown = shown
        self.name.setText(shown.words.name or UNKNOWN)
        self.field.setText(_("{kind} · {field}").format(kind=kind_word(shown.conflict.kind), field=shown.words.title))
        self._empty()
        if shown.conflict.field == WHOLE:
            self._add_whole(shown)
        else:
            self._add_values(shown)
        if chosen in self.choices:
            self.choices[chosen].setChecked(True)
        self.open_it.setEnabled(shown.conflict.kind in OPENED)
        self.unmask.setVisible(not unmasked)

    def _add_values(self, shown: OpenConflict) -> None:
        conflict, words = shown
        sides = zip((conflict.mine, *conflict.theirs), (words.mine, *words.theirs), strict=True)
        for place, (side, value) in enumerate(sides):
            mark = _("　现在显示的") if side.value == conflict.shown else ""
            self._add(place or "mine", side_text(value), self._who(side) + mark, side.value == conflict.shown)

    def _add_whole(self, shown: OpenConflict) -> None:
        conflict = shown.conflict
        sides = (conflict.mine, *conflict.theirs)
        for text, answer in whole_choices():
            those = [side for side in sides if side.gone == (answer == "remove")]
            self._add(answer, text, "\n".join(map(self._who, those)), answer == "keep")

    def _who(self, side: Side) -> str:
        here = _("本机") if side.device == self._context.author.device else _("设备 {device}").format(device=side.device)
        did = _("去掉") if side.gone else _("写的")
        return _("{person}（{here}）{at} {did}").format(person=side.person, here=here, at=moment(side.at), did=did)

    def _add(self, which: Which, text: str, who: str, chosen: bool) -> None:
        button = QRadioButton()
        button.setAccessibleName(f"{text} {who}")
        button.setChecked(chosen and not any(each.isChecked() for each in self.choices.values()))
        self._group.addButton(button)
        self.choices[which] = button
        value = ChosenValue(text, button)
        value.setFont(theme.font(bold=True))
        told = ChosenValue(who, button)
        told.setProperty("role", "secondary")
        line = holding(across(button, (down(value, told, gap=2), 1)))
        self._sides.addWidget(line)

    def _empty(self) -> None:
        if holds_focus(self):
            self.setFocus()
        self.choices.clear()
        while self._sides.count():
            part = self._sides.takeAt(0).widget()
            if part is not None:
                for button in part.findChildren(QRadioButton):
                    self._group.removeButton(button)
                part.hide()
                part.deleteLater()

    @property
    def which(self) -> Which | None:
        """What is chosen."""
        return next((which for which, button in self.choices.items() if button.isChecked()), None)

    def go(self) -> None:
        """Give the keyboard to what is chosen: the arrow keys choose another one."""
        for button in self.choices.values():
            if button.isChecked():
                button.setFocus()

    def decide(self) -> None:
        """Write what was chosen down."""
        which = self.which
        if self._shown is None or which is None or not self._context.may_write():
            return
        self.decide_it.setEnabled(False)
        conflict = self._shown.conflict
        said = _("已决定：{name} · {field}。").format(name=self.name.text(), field=self._shown.words.title)
        self._written.write(said, decide, conflict.uid, conflict.field, which, self._context.author, then=self._done)

    def _done(self) -> None:
        self.decide_it.setEnabled(True)
        self.decided.emit()

    def _not_done(self) -> None:
        self.decide_it.setEnabled(True)

    def _open(self) -> None:
        if self._shown is not None:
            self.opens.emit(self._shown.conflict.kind, self._shown.conflict.uid)
