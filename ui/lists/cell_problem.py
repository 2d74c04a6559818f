"""What is said of cells that keep what they hold: below the one that is open, and in a sentence of many."""

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QFrame, QWidget

from models.editing.cells import CellPlan
from models.language import _
from ui.kit.lines import down
from ui.kit.plain import Label

#: So many cells are named.
_NAMED = 3


class CellProblem(QFrame):
    """What is wrong with what stands in a cell, below it."""

    def __init__(self, parent: QWidget) -> None:
        """Hidden while nothing is wrong."""
        super().__init__(parent)
        self._around = parent
        self.setProperty("card", True)
        self.setAutoFillBackground(True)
        self.label = Label(role="wrong", wrap=True)
        down(self.label, on=self, margins=(8, 4, 8, 4))
        self.hide()

    def tell(self, text: str, cell: QRect) -> None:
        """Say it below a cell of the same parent, above it where there is no room."""
        self.label.setText(text)
        self.setFixedWidth(max(cell.width(), 260))
        self.adjustSize()
        around = self._around.rect()
        below = cell.bottom() + 1 if cell.bottom() + self.height() < around.bottom() else cell.top() - self.height()
        self.move(max(0, min(cell.left(), around.right() - self.width())), below)
        self.raise_()
        self.show()


def said_of_refused(plan: CellPlan) -> str:
    """Whose cells were left as they are, and why, in a sentence; "" for nobody's."""
    if not plan.refused:
        return ""
    named = [_("{name}：{why}").format(name=each.record, why=each.why) for each in plan.refused[:_NAMED]]
    more = _("等") if len(plan.refused) > _NAMED else ""
    return _("{count:,} 格没有动（{why}{more}）。").format(count=len(plan.refused), why=_("；").join(named), more=more)
