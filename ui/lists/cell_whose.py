"""A cell that somebody else has changed while one was typing into it: whose value stays."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QObject

from models.editing.cell_rules import CellRules, CellsRead
from models.editing.whose import written_by_others
from models.language import _
from models.values.columns import Column
from ui.kit.context import Context
from ui.kit.line_editor import Editor
from ui.kit.notices import Action


@dataclass
class OpenCell:
    """The cell that is being changed: its record as it is held and called, its column, its editor, what stood there at first."""

    rules: CellRules
    known: dict[str, Any]
    called: str
    column: Column
    editor: Editor
    began: str

    @property
    def uid(self) -> str:
        """Of the record."""
        return str(self.known["uid"])


class CellWhose(QObject):
    """Asks in the banner; ``send(cell, text, found)`` has the cell written that a person wants to keep."""

    def __init__(self, context: Context, parent: QObject, send: Callable[[OpenCell, str, CellsRead], object]) -> None:
        """Nothing to be asked."""
        super().__init__(parent)
        self._context, self._send = context, send
        self._mine: tuple[OpenCell, str] | None = None

    def read(self, cell: OpenCell, text: str) -> CellsRead:
        """What a text means in a cell."""
        return cell.rules.read({cell.column.name: text}, cell.known, self._context.today, self._context.index)

    def ask(self, cell: OpenCell, text: str) -> bool:
        """Somebody else has changed the record: whose value stays? False where it is not this cell that they changed."""
        now = cell.rules.held([cell.uid]).get(cell.uid)
        found = written_by_others(cell.uid, cell.known, now, [cell.column], self._context.index) if now else []
        if now is None or not found:
            return False
        self._mine = replace(cell, known=now), text
        theirs = _("用{who}的").format(who=found[0].person or _("别人"))
        self._context.notices.ask(found[0].question, Action(theirs, self._drop), Action(_("用我填的"), self._keep))
        return True

    def _drop(self) -> None:
        self._mine = None

    def _keep(self) -> None:
        if self._mine is None:
            return
        (cell, text), self._mine = self._mine, None
        found = self.read(cell, text)
        if found.wrong:
            self._context.notices.error(next(iter(found.wrong.values())))
        else:
            self._send(cell, text, found)
