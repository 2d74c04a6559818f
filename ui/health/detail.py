"""Below the findings: on what the chosen rule rests, what to do, and what a person may do with the chosen finding."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QWidget

from models.language import _
from models.rules.rules import SUBJECTS, Finding, Rule
from ui.kit import theme
from ui.kit.acting import act_by
from ui.kit.buttons import push_button
from ui.kit.lines import across, down
from ui.kit.plain import Label
from ui.kit.plain_fields import line_field


class FindingDetail(QFrame):
    """``opens()`` the record of the finding; ``aside(str)`` puts it aside for a reason; ``taken_up()`` takes it up again."""

    opens = Signal()
    aside = Signal(str)
    taken_up = Signal()

    def __init__(self) -> None:
        """Empty until a rule or a finding is chosen."""
        super().__init__()
        self.setProperty("card", True)
        self.about, self.basis, self.advice = (Label(role=role, wrap=True) for role in ("heading", "secondary", ""))
        for label in (self.about, self.basis, self.advice):
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.open = push_button("", self.opens)
        act_by(self, "health.open", self.open)
        self.reason = line_field(_("搁置的原因"), _("搁置的原因，例如“已约定 3 月换届”"))
        self.reason.textChanged.connect(self._fit)
        self.reason.returnPressed.connect(self._put_aside)
        self.put = push_button(_("搁置"), self._put_aside, hint=_("留在清单上，另计，写明原因；随时可以不再搁置"))
        self.take = push_button(_("不再搁置"), self.taken_up)
        self.actions_row = QWidget()
        row = across(self.open, (self.reason, 1), self.put, self.take, on=self.actions_row, margins=(0, 4, 0, 0))
        row.addStretch(0)  # the reason takes all the width while it is shown
        down(
            self.about, self.advice, self.basis, self.actions_row, on=self, gap=4,
            margins=(12, theme.GAP, 12, theme.GAP),
        )  # fmt: skip
        self.show_chosen(None, None)

    def show_chosen(self, rule: Rule | None, found: Finding | None) -> None:
        """Show a rule, and a finding of it where exactly one is chosen; nothing at all without a rule."""
        self.setVisible(rule is not None)
        self.actions_row.setVisible(found is not None)
        self.reason.clear()
        if rule is None:
            return
        about = f"{rule.id} {_(rule.title)}"
        if found is not None:
            about = _("{subject}“{name}”：{text}").format(
                subject=_(SUBJECTS[found.kind]), name=found.name, text=found.text
            )
            self.reason.setVisible(not found.aside)
            self.put.setVisible(not found.aside)
            self.take.setVisible(bool(found.aside))
            if found.aside:
                about += _("（已搁置：{reason}）").format(reason=found.aside)
        self.about.setText(about)
        self.advice.setText(_("怎么办：{advice}").format(advice=_(rule.advice)))
        self.basis.setText(_("依据：{basis}").format(basis=_(rule.basis)))
        self._fit()

    def _fit(self) -> None:
        self.put.setEnabled(bool(self.reason.text().strip()))

    def _put_aside(self) -> None:
        if self.put.isEnabled():
            self.aside.emit(self.reason.text())
