"""To whom something goes out and what for: asked once before it is printed or written, and kept in the trail."""

from collections.abc import Sequence

from PySide6.QtCore import QStringListModel, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QFormLayout, QLineEdit, QWidget

from models.language import _
from models.trail.entry import Act, HandedTo
from models.trail.reading import SaidBefore, said_before
from ui.kit import theme
from ui.kit.agreeing import Agreeing
from ui.kit.asked_once import asked_once
from ui.kit.asking import Asking
from ui.kit.context import Context
from ui.kit.icons import icon
from ui.kit.lines import AROUND_DIALOG, down
from ui.kit.list_box import FindingCompleter
from ui.kit.plain import Label

_LEAST_WIDTH = 460


class OfferingLine(QLineEdit):
    """A line of text that offers what was written in it before: by typing a part of it, its pinyin, or by the arrow."""

    def __init__(self, name: str, hint: str) -> None:
        """``name``: what a screen reader says; ``hint`` stands in the empty line."""
        super().__init__()
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self._texts = QStringListModel(self)
        self.setCompleter(FindingCompleter(self._texts, self))
        self._arrow = QAction(icon("history", "muted"), _("以前写过的"), self)
        self._arrow.triggered.connect(self.show_offered)
        self._arrow.setVisible(False)
        self.addAction(self._arrow, QLineEdit.ActionPosition.TrailingPosition)

    def offer(self, texts: Sequence[str]) -> None:
        """Offer these, the first one first."""
        self._texts.setStringList(list(texts))
        self._arrow.setVisible(bool(texts))

    @property
    def offered(self) -> list[str]:
        """What is offered."""
        return self._texts.stringList()

    def show_offered(self) -> None:
        """Show all that is offered."""
        completer = self.completer()
        completer.setCompletionPrefix("")
        completer.complete()


class WhomFields(QWidget):
    """The two lines. ``changed()`` when something is written in one."""

    changed = Signal()

    def __init__(self, context: Context) -> None:
        """Empty; what was said before is offered once the register has answered."""
        super().__init__()
        self.recipient = OfferingLine(_("交给谁"), _("例如 区总工会组织部"))
        self.purpose = OfferingLine(_("做什么用"), _("例如 年度会籍核对"))
        for line in (self.recipient, self.purpose):
            line.textChanged.connect(self.changed)
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setVerticalSpacing(theme.GAP)
        form.addRow(_("交给谁"), self.recipient)
        form.addRow(_("做什么用"), self.purpose)
        self._asking = Asking(context.jobs)
        self._asking.ask(said_before, done=self._offer)

    def _offer(self, before: SaidBefore) -> None:
        self.recipient.offer(before.recipients)
        self.purpose.offer(before.purposes)

    @property
    def said(self) -> HandedTo:
        """What is written."""
        return HandedTo(self.recipient.text().strip(), self.purpose.text().strip())

    def drop(self) -> None:
        """Want no offers any more: whoever asked is closed."""
        self._asking.drop()


class WhomDialog(QDialog):
    """Accepted with ``fields.said``. Numbers in full go out only where both are said."""

    def __init__(self, context: Context, act: Act, go: str, parent: QWidget | None = None) -> None:
        """``act``: what goes out; ``go``: what its button says."""
        super().__init__(parent)
        self.setWindowTitle(_("交给谁、做什么用"))
        self.setMinimumWidth(_LEAST_WIDTH)
        self._full = act.full
        rows = "" if act.rows is None else _("{rows:,} 行").format(rows=act.rows)
        numbers = _("完整号码") if act.full else _("已脱敏")
        told = _("，").join(filter(None, (_("《{title}》").format(title=_(act.what)), rows, numbers)))
        self.told = Label(told, wrap=True)
        self.fields = WhomFields(context)
        self.why = Label(
            _("印完整号码的，两项都要写；会记入操作留痕，在“打印记录”里可以查。") if act.full
            else _("可以不写；写了会记入操作留痕，在“打印记录”里可以查。"),
            "secondary", wrap=True,
        )  # fmt: skip
        self.buttons = Agreeing(go, self)
        self.go = self.buttons.go
        self.fields.changed.connect(self._weigh)
        down(self.told, self.fields, self.why, self.buttons, on=self, gap=theme.WIDE, margins=AROUND_DIALOG)
        self._weigh()

    def _weigh(self) -> None:
        self.go.setEnabled(self.fields.said.whole or not self._full)

    def done(self, result: int) -> None:
        """Want no answer any more once it is closed."""
        self.fields.drop()
        super().done(result)


def ask_whom(context: Context, act: Act, go: str, window: QWidget) -> HandedTo | None:
    """Ask to whom ``act`` goes out and what for; None when the person thinks better of handing it out."""
    with asked_once(WhomDialog(context, act, go, window)) as dialog:
        return dialog.fields.said if dialog.exec() == QDialog.DialogCode.Accepted else None
