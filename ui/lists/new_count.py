"""A new head count from the list of head counts: whom it counts is found by typing, the rest is the form of a unit's counts."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from models.editing.count_entry import Subject, enter_count, subject_of
from models.editing.namesakes import told_of
from models.language import _
from ui.kit import theme
from ui.kit.buttons import push_button
from ui.kit.choice_box import choice_box
from ui.kit.context import Context
from ui.kit.lines import ALL_AROUND, REST, across, down, one_shown, titled
from ui.kit.picker import RecordPicker
from ui.kit.plain import Label
from ui.kit.written import Written
from ui.record.counts import CountForm

_WIDE = 720


class NewCount(QDialog):
    """Asks for one head count of an employer or a union, and writes it."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """Nobody is chosen yet; :meth:`propose` chooses."""
        super().__init__(parent)
        self.setWindowTitle(_("登记一次人数"))
        self._context, self._written = context, Written(context, self, self._failed)
        self.kind = choice_box(_("数的是谁"), [(_("用人单位"), "employer"), (_("工会"), "union")])
        self.pickers = {"employer": RecordPicker("employer", _("用人单位")), "union": RecordPicker("union", _("工会"))}
        self._stack = one_shown(*self.pickers.values())
        self.kind.currentIndexChanged.connect(self._change_kind)
        self.form = CountForm(context.today)
        self.wrong = Label(role="wrong", wrap=True)
        self.wrong.hide()
        for picker in self.pickers.values():
            picker.picked.connect(self._take)
        self.enter = push_button(_("登记人数"), self._enter, primary=True)
        self.leave = push_button(_("取消"), self.reject)
        whom = titled((_("数的是谁"), across(self.kind, (self._stack, 1))))
        down(whom, self.wrong, self.form, REST, across(REST, self.leave, self.enter), on=self, margins=ALL_AROUND)
        self.resize(min(_WIDE, self.screen().availableGeometry().width() - 4 * theme.WIDE), self.sizeHint().height())
        self.picker.setFocus()

    @property
    def picker(self) -> RecordPicker:
        """The field in which whom it counts is looked for."""
        return self.pickers[str(self.kind.currentData())]

    def propose(self, kind: Subject, uid: str) -> None:
        """Choose whom it counts."""
        name = next((told for _uid, told in told_of(kind, [uid])), "")
        self.kind.setCurrentIndex(self.kind.findData(kind))
        self.picker.choose(uid, name)
        self._take()
        self.form.editors["staff_count" if kind == "employer" else "member_count"].setFocus()

    def _change_kind(self, place: int) -> None:
        self._stack.setCurrentIndex(place)
        self._take()

    def _take(self) -> None:
        self.form.subject = self.picker.uid
        self.wrong.hide()
        if self.form.is_changed:
            self.form.tell(pressed=False)

    def _enter(self) -> None:
        if not self._context.may_write():
            return
        if not self.picker.uid:
            self.wrong.setText(_("请先选一个登记册里有的单位或工会：输入名称的一部分或拼音首字母，再从列表里选。"))
            self.wrong.show()
            self.picker.setFocus()
            return
        if not self.form.tell(pressed=True):
            self.form.go_to_wrong()
            return
        kind: Subject = "union" if self.kind.currentData() == "union" else "employer"
        args = (kind, self.picker.uid, self.form.written(), self._context.author, self._context.today)
        done = _("已登记“{name}”的人数。").format(name=self.picker.text())
        self.enter.setEnabled(False)  # pressed twice it would be counted twice
        self._written.write(done, enter_count, *args, then=self.accept)

    def _failed(self) -> None:
        self.enter.setEnabled(True)


def ask_new_count(context: Context, like: str, parent: QWidget) -> None:
    """Open the dialog over a page; it is gone once it was closed. ``like``: a count (uid) of the same employer or union."""
    dialog = NewCount(context, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    if like:
        dialog.propose(*subject_of(like))
    dialog.open()
