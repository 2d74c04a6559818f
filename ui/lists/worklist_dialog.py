"""Putting records on a working list: on one that there is, or on a new one with what it is for, its day, its boxes."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, NamedTuple

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QWidget

from models.journal.done import Done
from models.journal.writer import Author
from models.language import _
from models.lists import selection
from models.records.worklist import SEPARATOR
from models.worklists.kinds import OF, WorklistKind, worklist_kinds
from models.worklists.lists import Added, WorklistHead, add_entries, make_worklist, worklists
from ui.kit import theme
from ui.kit.agreeing import Agreeing
from ui.kit.asked_once import asked_once
from ui.kit.choice_box import choice_box
from ui.kit.context import Context
from ui.kit.day_editor import DayEditor
from ui.kit.fit_height import fit_height
from ui.kit.lines import AROUND_DIALOG, down, holding, titled
from ui.kit.plain import Label
from ui.kit.plain_fields import line_field
from ui.kit.written import did

#: What the choice of a list holds for a new one.
NEW = ""


class WishedList(NamedTuple):
    """What was asked for: an existing list (uid), or a new one by its fields as typed."""

    uid: str
    name: str
    kind: str
    rows: str
    given: dict[str, Any]


class WorklistDialog(QDialog):
    """Asks for a list; accepted with ``wished``."""

    def __init__(
        self, lists: Sequence[WorklistHead], kinds: Sequence[WorklistKind], rows: str, count: int, parent: QWidget | None = None
    ) -> None:
        """``lists``: those that can be added to; ``rows``: what the entries are, "" lets a person choose; ``count``: how many."""
        super().__init__(parent)
        self.setWindowTitle(_("加入工作名单") if count else _("列一份工作名单"))
        self._kinds, self._rows, self._count = list(kinds), rows, count
        self.wished: WishedList | None = None
        held = [(_("{name}（{count:,}）").format(name=each.name, count=each.count), each.uid) for each in lists]
        choices = [*held, (_("新列一份…"), NEW)]
        self.list = choice_box(_("工作名单"), choices, self._fit)
        self.name = line_field(_("名称"), _("例如 2027年春节慰问"))
        self.kind = choice_box(_("用途"), [(each.shown, each.name) for each in kinds], self._fill_labels)
        self.of = choice_box(_("名单里是"), [(_(label), key) for key, label in OF.items()])
        self.day = DayEditor(_("日期"), ahead=True)
        self.boxes = line_field(_("勾选栏"), _("用顿号隔开，最多三栏"))
        self.days = line_field(_("日期栏"), _("最多两栏，可以不写"))
        self.note = line_field(_("备注"))
        self.lacking = Label("", "wrong", wrap=True)
        self.lacking.hide()
        self.buttons = Agreeing("", self, self._take)
        self.go = self.buttons.go
        self._lay_out(bool(lists))
        self._fill_labels()
        self._fit()

    def _lay_out(self, any_list: bool) -> None:
        self._chosen = holding(titled((_("加到"), self.list)))
        self._chosen.setVisible(any_list)
        form = titled(
            (_("名称"), self.name), (_("用途"), self.kind), (_("名单里是"), self.of), (_("日期"), self.day), (_("勾选栏"), self.boxes),
            (_("日期栏"), self.days), (_("备注"), self.note),
        )  # fmt: skip
        form.setRowVisible(self.of, not self._rows)
        self._new = holding(form)
        down(self._chosen, self._new, self.lacking, self.buttons, on=self, gap=theme.WIDE, margins=AROUND_DIALOG)
        self.setMinimumWidth(440)

    def _fit(self, *_chosen: object) -> None:
        new = self.list.currentData() == NEW
        self._new.setVisible(new)
        count = _("（{count:,} 条）").format(count=self._count) if self._count else ""
        self.go.setText((_("列出") if new else _("加入")) + count)
        fit_height(self)
        if new:
            self.name.setFocus()

    def _fill_labels(self, *_chosen: object) -> None:
        kind = self._kinds[self.kind.currentIndex()]
        self.boxes.setText(SEPARATOR.join(kind.boxes))
        self.days.setText(SEPARATOR.join(kind.days))

    def _take(self) -> None:
        uid = str(self.list.currentData() or NEW)
        if not uid and not self.name.text().strip():
            self.lacking.setText(_("请给这份工作名单起个名字。"))
            self.lacking.show()
            fit_height(self)
            self.name.setFocus()
            return
        given = {"date": self.day.text(), "note": self.note.text(), "boxes": [self.boxes.text()], "days": [self.days.text()]}
        rows = self._rows or str(self.of.currentData())
        self.wished = WishedList(uid, self.name.text(), str(self.kind.currentData()), rows, given)
        self.accept()


class PutOn(NamedTuple):
    """Who was put on which list."""

    uid: str
    name: str
    added: Added


def put_on(wished: WishedList, uids_of: Callable[[Sequence[Any]], list[str]], chosen: Sequence[Any], author: Author) -> PutOn:
    """Put what was chosen on the wished list. UserError as ``make_worklist`` and ``add_entries``."""
    uids = uids_of(chosen)
    if wished.uid:
        return PutOn(wished.uid, wished.name, add_entries(wished.uid, uids, author))
    uid, added = make_worklist(wished.name, wished.kind, wished.rows, author, uids, **wished.given)
    return PutOn(uid, wished.name.strip(), added)


class PuttingOnLists(QObject):
    """Asks and writes for the records that are selected in one list."""

    def __init__(
        self, context: Context, kind: str, selected: Callable[[], Sequence[Any]], parent: QWidget,
        uids_of: Callable[[Sequence[Any]], list[str]] | None = None,
    ) -> None:  # fmt: skip
        """``kind``: of the list; ``selected`` answers what is chosen now, row numbers unless ``uids_of`` tells their uids."""
        super().__init__(parent)
        self._context, self._kind, self._selected, self._window = context, kind, selected, parent
        self._uids_of = uids_of or partial(selection.uids_of, kind)

    def ask(self) -> None:
        """Ask on which list, and put the selected records there."""
        if not self._context.may_write():
            return
        chosen = self._selected()
        if not chosen:
            return
        lists = worklists(self._kind, closed=False)
        with asked_once(WorklistDialog(lists, worklist_kinds(), self._kind, len(chosen), self._window)) as dialog:
            if dialog.exec() and dialog.wished:
                names = {each.uid: each.name for each in lists}
                self.put(dialog.wished._replace(name=names.get(dialog.wished.uid, dialog.wished.name)), chosen)

    def put(self, wished: WishedList, chosen: Sequence[Any]) -> None:
        """Put what was chosen on the wished list, as one batch."""
        self._context.jobs.write(partial(put_on, wished, self._uids_of, chosen, self._context.author), done=self._told)

    def _told(self, done: Done[PutOn]) -> None:
        put = done.result
        said = _("已加入“{name}” {new:,} 条。").format(name=put.name, new=put.added.new)
        if put.added.there:
            said += _("另有 {there:,} 条已经在名单上。").format(there=put.added.there)
        if done.batch is None:
            self._context.notices.tell(said)
        did(self._context, done, said)
