"""The ladder as one reads it: what may be done next and on what basis, what was done, what waits, what not to say."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea

from models.drive.case_file import CaseFile
from models.drive.ladder import Ladder, RungState
from models.language import _
from ui.kit import theme
from ui.kit.buttons import push_button
from ui.kit.lines import down, on_paper
from ui.kit.plain import Label


def state_word(state: RungState) -> str:
    """Where a rung stands, in words."""
    if state.state == "taken":
        receipt = {True: _("有回执"), False: _("没有回执")}.get(state.receipt) if state.receipt is not None else ""
        done = (_("已做"), state.taken_on or "", state.paper or "", state.paper_number or "", receipt or "")
        return "　".join(part for part in done if part)
    if state.state == "next":
        return _("下一步")
    if state.why:
        return _("还不能用：{why}").format(why=state.why)
    return _("由人判断情形是否具备") if state.rung.judged else _("可以用")


class LadderView(QScrollArea):
    """``hands_over(str)`` asks for a contact in which the paper of the next rung is handed over."""

    hands_over = Signal(str)

    def __init__(self) -> None:
        """Without a ladder."""
        super().__init__()
        self.setAccessibleName(_("阶梯"))
        self.setWidgetResizable(True)
        self.hand_over: QPushButton | None = None
        self._paper = ""
        self.show_ladder(None)

    def show_file(self, file: CaseFile) -> None:
        """Show the ladder of an employer's case."""
        self.show_ladder(file.ladder)

    def show_ladder(self, ladder: Ladder | None) -> None:
        """Show a ladder; None is nothing."""
        rows = down(margins=(0, theme.GAP, theme.GAP, 0))
        self.hand_over = None
        if ladder is not None:
            rows.addWidget(Label(_(ladder.warning), "wrong", wrap=True))
            for state in ladder.rungs:
                rows.addWidget(self._card(state))
            rows.addWidget(Label(_("筹备金从什么时候起算，有两种说法："), "heading", wrap=True))
            for reading in ladder.readings:
                rows.addWidget(Label(_(reading.text), wrap=True))
                rows.addWidget(Label(_(reading.basis), "secondary", wrap=True))
        rows.addStretch(1)
        self.setWidget(on_paper(rows))

    def _card(self, state: RungState) -> QFrame:
        card = QFrame()
        card.setProperty("card", True)
        rows = down(
            Label(_(state.rung.name), "heading" if state.state == "next" else "", wrap=True),
            Label(state_word(state), "wrong" if state.state == "next" else "secondary", wrap=True),
            Label(_(state.rung.task), wrap=True),
            Label(_("依据：{basis}").format(basis=_(state.rung.basis)), "secondary", wrap=True), on=card, gap=4,
            margins=(12, theme.GAP, 12, theme.GAP),
        )  # fmt: skip
        if state.state == "next":
            self._paper = state.rung.words[0]
            self.hand_over = push_button(_("记下发出“{paper}”").format(paper=_(self._paper)), self._hand_over)
            rows.addWidget(self.hand_over)
        return card

    def _hand_over(self) -> None:
        self.hands_over.emit(self._paper)


