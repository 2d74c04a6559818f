"""What the rules say of one record, for its page: each finding with what to do."""

import datetime as dt

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout

from models.language import _
from models.rules.rules import Finding, Subject, findings_of, rule
from models.rules.weights import pressing, standing
from models.values.region_index import RegionIndex
from ui.health.tables import sign_colour, signed
from ui.kit import theme
from ui.kit.catching_up import CatchingUp
from ui.kit.context import EVERYTHING, Context
from ui.kit.lines import down, on_paper
from ui.kit.plain import Label, tint


def _found(kind: Subject, uid: str, today: dt.date, index: RegionIndex) -> tuple[str, list[Finding]]:
    """The findings of a record, the most pressing first, with its uid: which question this answers."""
    return uid, sorted(findings_of(kind, uid, today, index), key=pressing)


class FindingsBox(QScrollArea):
    """``counted(int)`` tells how many findings ask for something: those put aside are not among them."""

    counted = Signal(int)

    def __init__(self, context: Context) -> None:
        """Empty until :meth:`show_record`."""
        super().__init__()
        self.setAccessibleName(_("体检"))
        self._context = context
        self._kind: Subject = "union"
        self._uid = ""
        self._catching_up = CatchingUp(self, self._ask, behind=False)
        self.found: list[Finding] = []
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        context.changes.changed.connect(self._on_changed)

    def show_record(self, kind: Subject, uid: str) -> None:
        """Show what is found of a record, asked on the worker thread as soon as the box is seen; "" shows nothing."""
        self._kind, self._uid = kind, uid
        if uid:
            self._catching_up.fall_behind()
        else:
            self._catching_up.behind = False
            self._show(("", []))

    def _ask(self) -> None:
        today, index = self._context.today, self._context.index
        self._context.jobs.run(_found, self._kind, self._uid, today, index, done=self._show)

    def _show(self, answer: tuple[str, list[Finding]]) -> None:
        uid, found = answer
        if uid != self._uid:
            return  # another record was opened meanwhile
        self.found = found
        rows = down(gap=2, margins=(0, theme.GAP, theme.GAP, theme.GAP))
        for each in found:
            self._add(rows, each)
        if uid and not found:
            rows.addWidget(_line(_("没有发现问题。"), "secondary"))
        rows.addStretch(1)
        self.setWidget(on_paper(rows))
        self.counted.emit(sum(not each.aside for each in found))

    def _add(self, rows: QVBoxLayout, each: Finding) -> None:
        of, how = rule(each.rule), standing(each)
        head = _line(f"{signed(how)}　{of.id} {_(of.title)}")
        head.setFont(theme.font(0, bold=True))
        tint(head, sign_colour(how) if how in ("error", "warning") else "ink")
        rows.addWidget(head)
        about = each.text if each.kind == self._kind else _("“{name}”：{text}").format(name=each.name, text=each.text)
        rows.addWidget(_line(about + (_("（已搁置：{reason}）").format(reason=each.aside) if each.aside else "")))
        rows.addWidget(_line(_("怎么办：{advice}").format(advice=_(of.advice))))
        last = _line(_("依据：{basis}").format(basis=_(of.basis)), "secondary")
        last.setContentsMargins(0, 0, 0, theme.GAP + 4)
        rows.addWidget(last)

    def _on_changed(self, kinds: set[str]) -> None:
        if self._uid and kinds & EVERYTHING:
            self.show_record(self._kind, self._uid)


def _line(text: str, role: str = "") -> Label:
    label = Label(text, wrap=True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    if role:
        label.setProperty("role", role)
    return label
