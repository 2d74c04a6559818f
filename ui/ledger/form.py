"""The form of one entry of the work ledger, made from its declarations; a new entry begins with today's date."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtWidgets import QFrame

from models.engine.record import Record
from models.language import _
from models.ledger.kinds import Kinds
from models.records.ledger import OWN_FIELDS, LedgerEntry
from models.values.columns import columns_of
from models.values.region_index import RegionIndex
from ui.kit import theme
from ui.kit.acting import act_by_each
from ui.kit.buttons import push_button
from ui.kit.close_button import close_button
from ui.kit.editors import ChoiceEditor, ReferenceEditor, editor_for
from ui.kit.line_editor import Editor
from ui.kit.lines import BESIDE_LIST, REST, across, down, in_columns, on_paper, scrolled
from ui.kit.plain import Label
from ui.ledger.proposals import Proposals

_UNION, _WORKER = "union", "worker"


@dataclass(frozen=True)
class FormOf:
    """Of what a form is: the record class, the fields of its kind and of the day that a new one begins with ("" for none).

    ``own``: fields that only some kinds have. ``fresh`` and ``changed`` are the titles of the form.
    """

    record: type[Record]
    kind: str
    date: str
    own: tuple[str, ...]
    fresh: str
    changed: str


def of_work() -> FormOf:
    """The entries of the work ledger."""
    return FormOf(LedgerEntry, "ledger_kind", "date", OWN_FIELDS, _("登记一条台账"), _("改一条台账"))


class LedgerForm(QFrame):
    """``saves(str, object)`` brings the entry's uid ("" for a new one) and the changed texts by field name.

    ``removes(str)`` asks to remove an entry, ``closed()`` to leave the form, ``adds_kind(str)`` for a kind called so.
    ``wants_full(str)``: for the whole number of a field that is covered.
    """

    saves = Signal(str, object)
    removes = Signal(str)
    closed = Signal()
    adds_kind = Signal(str)
    wants_full = Signal(str)

    def __init__(self, index: RegionIndex, today: str, of: FormOf | None = None) -> None:
        """An empty form; ``today`` is ISO, ``of``: of something else than work."""
        super().__init__()
        self._of = of or of_work()
        self.uid, self._today = "", today
        self._entry: Mapping[str, Any] = {}
        self.setMinimumWidth(340)
        self.title = Label(role="title")
        places = QStringListModel(sorted({index.path(uid) for uid in index.entries}), self)
        self.columns = {column.name: column for column in columns_of(self._of.record)}
        self.editors: dict[str, Editor] = {
            name: ChoiceEditor(column, []) if name == self._of.kind else editor_for(column, places)
            for name, column in self.columns.items()
        }
        self.wrong = Label(role="wrong", wrap=True, parent=self)
        self.wrong.hide()
        self.proposals = Proposals(self)
        self.proposals.chosen.connect(self._take_kind)
        self.proposals.adds.connect(self.adds_kind)
        self._kinds, self._refused = Kinds(()), ""
        self.save = push_button("", self._save, primary=True)
        self.remove = push_button("", self._remove)
        self.leave = close_button()
        self.leave.clicked.connect(self.closed)
        self._shown = {name: editor.text() for name, editor in self.editors.items()}
        self._lay_out()
        act_by_each(self, "entry", save=self.save, remove=self.remove, leave=self.leave)

    def _lay_out(self) -> None:
        grid = in_columns(1, margins=(0, 0, theme.GAP, 0))
        self._labels: dict[str, Label] = {}
        for row, (name, column) in enumerate(self.columns.items()):
            needed = column.required or name == self._of.kind
            label = Label(column.title + (" *" if needed else ""), "secondary")
            label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            label.setBuddy(self.editors[name])
            grid.addWidget(label, 3 * row, 0)
            grid.addWidget(self.editors[name], 3 * row, 1)
            self.editors[name].edited.connect(self._hide_wrong)
            self.editors[name].uncovers.connect(partial(self.wants_full.emit, name))
            self._labels[name] = label
        self.editors[self._of.kind].edited.connect(self._show_own)
        grid.setRowStretch(3 * len(self.columns), 1)
        self._grid = grid
        area = scrolled(on_paper(grid), by_tab=False)
        foot = across(self.save, REST, self.remove, gap=None)
        down(across((self.title, 1), self.leave, gap=None), (area, 1), foot, on=self, margins=BESIDE_LIST)

    def offer_kinds(self, kinds: Kinds) -> None:
        """Offer the kinds in use, keeping what stands in the field."""
        editor = self.editors[self._of.kind]
        assert isinstance(editor, ChoiceEditor)
        editor.offer([(kind.name, _(kind.name)) for kind in kinds.kinds if kind.active])
        self._kinds = kinds
        self._show_own()

    def show_entry(self, entry: Mapping[str, Any]) -> None:
        """Show an entry as ``models.ledger.entries.entries`` gives it, numbers covered; an empty mapping is a new one."""
        self.uid, self._entry = str(entry.get("uid", "")), entry
        self._hide_wrong()
        self.title.setText(self._of.changed if self.uid else self._of.fresh)
        for name, column in self.columns.items():
            value, covered = entry.get(name), bool(self.uid) and column.kind.covers(entry.get(name))
            exported = column.kind.export(value, covered) if name not in {self._of.kind, _UNION, "region", _WORKER} else value
            uid = str(entry.get("worker_uid") or "") if name == _WORKER else ""
            self.editors[name].show_text("" if exported is None else str(exported), uid)
            self.editors[name].lock(covered)
        self._shown = {name: editor.text() for name, editor in self.editors.items()}
        if not self.uid and self._of.date:
            self.editors[self._of.date].show_text(self._today)
        self.remove.setVisible(bool(self.uid))
        self._show_own()

    def uncover(self, name: str, uid: str) -> bool:
        """Show one number of an entry (uid) in full, to be changed. False when it is another entry by now."""
        editor = self.editors[name]
        if uid != self.uid or not editor.locked:
            return False
        editor.lock(False)
        editor.show_text(str(self.columns[name].kind.export(self._entry[name])))
        self._shown[name] = editor.text()
        editor.setFocus()
        return True

    def go_to_first(self) -> None:
        """Go to the field that is filled in first."""
        self.editors[self._of.kind].setFocus()

    def refuse(self, name: str, sentence: str) -> None:
        """Tell below a field why what stands in it was not taken, and go there."""
        row, self._refused = 3 * list(self.columns).index(name) + 1, name
        self.wrong.setText(sentence)
        self._grid.addWidget(self.wrong, row, 1)
        self.wrong.show()
        if name == self._of.kind:
            self._grid.addWidget(self.proposals, row + 1, 1)
            written = self.editors[name].text()
            self.proposals.propose(written, [each.name for each in self._kinds.near(written) if each.active])
        self.editors[name].setFocus()

    def take_new_kind(self) -> None:
        """The kind that stands in the field is known now; what is told of another field stays."""
        if self._refused == self._of.kind:
            self._hide_wrong()
        self._show_own()

    def _take_kind(self, name: str) -> None:
        self.editors[self._of.kind].show_text(name)
        self.take_new_kind()

    def _hide_wrong(self) -> None:
        self.wrong.hide()
        self.proposals.hide()

    def _show_own(self) -> None:
        """Show the kind's own fields, and those of others in which something stands."""
        kind = self._kinds.find(self.editors[self._of.kind].text())
        own = kind.fields if kind is not None else ()
        for name in self._of.own:
            visible = name in own or bool(self.editors[name].text())
            self._labels[name].setVisible(visible)
            self.editors[name].setVisible(visible)

    def go_to_lacking(self) -> None:
        """Go to the first required field that is empty, if there is one."""
        needed = (name for name, column in self.columns.items() if column.required or name == self._of.kind)
        lacking = (name for name in needed if not self.editors[name].text().strip())
        if name := next(lacking, ""):
            self.editors[name].setFocus()

    def written(self) -> dict[str, str]:
        """What differs from what was shown, by field name; a union that was chosen comes by its uid."""
        return {name: editor.text() for name, editor in self.editors.items() if editor.text() != self._shown[name]}

    @property
    def dirty(self) -> bool:
        """True when something was typed that is not saved; the date that a new entry begins with is not."""
        return any(name != self._of.date or self.uid or text != self._today for name, text in self.written().items())

    @property
    def chosen_union(self) -> str:
        """The uid of the union that was chosen, "" when none was or only a name was typed."""
        editor = self.editors[_UNION]
        assert isinstance(editor, ReferenceEditor)
        return editor.picker.uid

    def _save(self) -> None:
        self.saves.emit(self.uid, self.written())

    def _remove(self) -> None:
        self.removes.emit(self.uid)
