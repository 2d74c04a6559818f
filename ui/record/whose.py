"""Above a half-filled form: what others wrote meanwhile into the fields that one has typed in, and whose value stays."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from models.editing.whose import WrittenByOther, written_by_others
from models.language import _
from ui.kit import theme
from ui.kit.buttons import push_button
from ui.kit.context import Context
from ui.kit.lines import REST, across, down
from ui.kit.plain import Label, caption
from ui.record.form import RecordForm


class WhoseValue(QFrame):
    """Asks about one field after the other; ``decided()`` when a person has said whose value stays. Hidden without a question.

    What nobody typed in is brought up to date as it is; what was typed is never touched before it was decided.
    """

    decided = Signal()

    def __init__(self, context: Context, form: RecordForm) -> None:
        """No question yet about ``form``."""
        super().__init__()
        self._context, self._form = context, form
        self.open: list[WrittenByOther] = []
        self.setObjectName("whose")
        self.setProperty("card", True)
        self.label = Label(wrap=True)
        self.theirs, self.mine = push_button("", self._take_theirs), push_button(_("用我填的"), self._keep_mine)
        down(
            self.label, across(self.theirs, self.mine, REST), on=self, gap=4, margins=(theme.GAP, 4, theme.GAP, theme.GAP)
        )  # fmt: skip
        form.edited.connect(self._drop_untyped)
        self.hide()

    def forget(self) -> None:
        """Another record is shown, or what was typed is gone."""
        self.open = []
        self.hide()

    def look(self, now: Mapping[str, Any]) -> bool:
        """Compare the form with its record as it is ``now``; True when there is something to be decided."""
        form = self._form
        typed = form.written()
        asked = {each.name for each in self.open}
        for each in written_by_others(str(now["uid"]), form.known, now, form.columns.values(), self._context.index):
            if each.name not in typed:
                form.take(each.name, each.value)
            elif form.means(each.name) == each.value:
                form.rebase(each.name, each.value)  # both wrote the same
            elif each.name in asked:
                self.open = [each if old.name == each.name else old for old in self.open]
            else:
                self.open.append(each)
        form.rebase_others(now)
        self.open = [each for each in self.open if each.name in typed]
        self._ask()
        return bool(self.open)

    def _drop_untyped(self) -> None:
        """Whoever took back what they typed has nothing to decide: the field is as it is held now."""
        typed = self._form.written() if self.open else {}
        for each in [each for each in self.open if each.name not in typed]:
            self.open.remove(each)
            self._form.take(each.name, each.value)
        self._ask()

    def _ask(self) -> None:
        self.setVisible(bool(self.open))
        if self.open:
            first = self.open[0]
            self.label.setText(first.question)
            self._form.show_field(first.name)
            self.theirs.setText(caption(_("用{who}的").format(who=first.person or _("别人"))))

    def _take_theirs(self) -> None:
        each = self.open.pop(0)
        self._form.take(each.name, each.value)
        self._settled()

    def _keep_mine(self) -> None:
        each = self.open.pop(0)
        self._form.rebase(each.name, each.value)
        self._settled()

    def _settled(self) -> None:
        self._ask()
        if self.open:
            self.theirs.setFocus()
        self.decided.emit()
