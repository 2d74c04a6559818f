"""Above a record: who in the register may be the same one, with what can be done about it; and choosing another to merge with."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from models.duplicates.find import Likeness, duplicates_of
from models.editing.editing import Kind
from models.language import _
from models.lists.called import described
from models.values.region_index import RegionIndex
from ui.kit import theme
from ui.kit.buttons import push_button
from ui.kit.context import Context
from ui.kit.lines import across, down, holding
from ui.kit.picker import RecordPicker
from ui.kit.plain import Label

#: So many are named; the others come when these are settled.
_NAMED = 2


def _likely(kind: Kind, uid: str, index: RegionIndex) -> tuple[str, list[Likeness], dict[str, str]]:
    """For the worker thread: of which record, what is like it, and a line about each of those that are named."""
    found = duplicates_of(kind, uid, index)
    return uid, found, described([each.right for each in found[:_NAMED]], index)


class LikelyBox(QFrame):
    """``merging(str, str)``: compare the shown record with another (uids); ``parting(str, str, str)``: they are two, reason."""

    merging = Signal(str, str)
    parting = Signal(str, str, str)

    def __init__(self, context: Context, kind: Kind) -> None:
        """Hidden while nobody is like the shown record."""
        super().__init__()
        self._context, self._kind = context, kind
        self._uid = ""
        self.found: list[Likeness] = []
        self.lines: list[Label] = []
        self.buttons: list[QPushButton] = []
        self._held: list[QWidget] = []
        self.setProperty("card", True)
        self._rows = down(on=self, gap=4, margins=(theme.GAP, 4, theme.GAP, 4))
        self.hide()

    def show_record(self, uid: str) -> None:
        """Look for those that are like a record (uid), on the worker thread; "" for none."""
        if uid != self._uid:
            self._fill([], {})
        self._uid = uid
        if uid:
            self._context.jobs.run(_likely, self._kind, uid, self._context.index, done=self._show)

    def _show(self, answer: tuple[str, list[Likeness], dict[str, str]]) -> None:
        uid, found, lines = answer
        if uid == self._uid:  # else another record was opened meanwhile
            self._fill(found, lines)

    def _fill(self, found: list[Likeness], lines: dict[str, str]) -> None:
        self.found, self.lines, self.buttons = found, [], []
        for line in self._held:
            self._rows.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._held = [self._row(each, lines.get(each.right, "")) for each in found[:_NAMED]]
        if len(found) > _NAMED:
            more = Label(_("还有 {count} 条也可能是同一个，处理完这些再看。").format(count=len(found) - _NAMED), "secondary")
            self._held.append(more)
        for line in self._held:
            self._rows.addWidget(line)
        self.setVisible(bool(found))

    def _row(self, each: Likeness, line: str) -> QWidget:
        said = Label(_("可能是同一个：{line}（{why}）").format(line=line, why=each.reason), wrap=True)
        merge = push_button(_("合并…"), self._merge, flat=True, hint=_("到“查重合并”里逐项对照"))
        part = push_button(_("不是同一个"), self._part, flat=True, hint=_("记下来，以后不再提示这一对"))
        for button in (merge, part):
            button.setProperty("uid", each.right)
            button.setProperty("code", each.code)
        self.lines.append(said)
        self.buttons += [merge, part]
        return holding(across((said, 1), merge, part))

    def _merge(self) -> None:
        self.merging.emit(self._uid, str(self.sender().property("uid")))

    def _part(self) -> None:
        button = self.sender()
        self.parting.emit(self._uid, str(button.property("uid")), str(button.property("code")))


class MergeTo(QFrame):
    """Choosing another record by hand to compare the shown one with. ``chosen(str, str)`` brings the shown one's uid and its."""

    chosen = Signal(str, str)

    def __init__(self, kind: Kind) -> None:
        """Hidden until it is asked for with :meth:`ask`."""
        super().__init__()
        self.setProperty("card", True)
        self.picker = RecordPicker(kind, _("与哪一条合并"))
        self.picker.picked.connect(self._fit)
        self.go = push_button(_("对照…"), self._go)
        self.leave = push_button(_("不合并"), self.hide)
        across(Label(_("与它合并：")), (self.picker, 1), self.go, self.leave, on=self, margins=(theme.GAP, 4, theme.GAP, 4))
        self.hide()

    def ask(self, own: str) -> None:
        """Show the field, empty, and go to it; ``own``: the uid of the shown record, which is not offered."""
        self.picker.left_out = own
        self.picker.choose("", "")
        self._fit()
        self.show()
        self.picker.setFocus()

    def _fit(self) -> None:
        self.go.setEnabled(bool(self.picker.uid))

    def _go(self) -> None:
        self.hide()
        self.chosen.emit(self.picker.left_out, self.picker.uid)
