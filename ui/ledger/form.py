"""The form of one entry of the work ledger, made from its declarations; a new entry begins with today's date."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QSignalBlocker, QStringListModel, Signal
from PySide6.QtWidgets import QFrame, QWidget

from models.language import _
from models.ledger.kinds import Kinds
from models.records.ledger import LedgerEntry
from models.values.columns import column_of, columns_of
from models.values.region_index import RegionIndex
from ui.kit import theme
from ui.kit.acting import act_by
from ui.kit.buttons import push_button
from ui.kit.close_button import close_button
from ui.kit.editors import ChoiceEditor, ReferenceEditor
from ui.kit.fields import Fields
from ui.kit.lines import BESIDE_LIST, REST, across, down, scrolled
from ui.kit.plain import Label

_KIND, _DATE, _UNION = "ledger_kind", "date", "union"


class LedgerForm(QFrame):
    """``saves(str, object)`` brings the entry's uid ("" for a new one) and the changed texts by field name.

    ``removes(str)`` asks to remove an entry, ``closed()`` to leave the form.
    """

    saves = Signal(str, object)
    removes = Signal(str)
    closed = Signal()

    def __init__(self, index: RegionIndex, today: str, parent: QWidget | None = None) -> None:
        """An empty form; ``today`` is ISO."""
        super().__init__(parent)
        self.uid, self._today = "", today
        self.setMinimumWidth(340)
        self.title = Label(role="title")
        self.fields = Fields(
            columns_of(LedgerEntry), QStringListModel(sorted({index.path(uid) for uid in index.entries}), self),
            side_by_side=1, given={_KIND: ChoiceEditor(column_of(LedgerEntry, _KIND), [])},
        )  # fmt: skip
        self.columns, self.editors = self.fields.columns, self.fields.editors
        self.save = push_button("", self._save, primary=True)
        self.remove = push_button("", self._remove)
        self.leave = close_button()
        self.leave.clicked.connect(self.closed)
        self._lay_out()
        for name, button in (("save", self.save), ("remove", self.remove), ("leave", self.leave)):
            act_by(self, f"entry.{name}", button)

    def _lay_out(self) -> None:
        body = QWidget()
        body.setObjectName("content")
        down(self.fields, REST, on=body, gap=4, margins=(0, 0, theme.GAP, 0))
        area = scrolled(body, by_tab=False)
        foot = across(self.save, REST, self.remove)
        down(across((self.title, 1), self.leave), (area, 1), foot, on=self, margins=BESIDE_LIST)

    def offer_kinds(self, kinds: Kinds) -> None:
        """Offer the kinds in use, keeping what stands in the field."""
        editor = self.editors[_KIND]
        assert isinstance(editor, ChoiceEditor)
        before = editor.text()
        with QSignalBlocker(editor.combo):
            editor.combo.clear()
            editor.combo.addItem("", "")
            for kind in kinds.kinds:
                if kind.active:
                    editor.combo.addItem(_(kind.name), kind.name)
        editor.show_text(before)

    def show_entry(self, entry: Mapping[str, Any]) -> None:
        """Show an entry as ``models.ledger.entries.entries`` gives it; an empty mapping is a new one of today."""
        self.uid = str(entry.get("uid", ""))
        self.title.setText(_("改一条台账") if self.uid else _("登记一条台账"))
        texts = {}
        for name, column in self.columns.items():
            value = entry.get(name)
            exported = column.kind.export(value) if name not in {_KIND, _UNION, "region"} else value
            texts[name] = "" if exported is None else str(exported)
        self.fields.show_texts(texts)
        if not self.uid:
            self.editors[_DATE].show_text(self._today)
        self.remove.setVisible(bool(self.uid))

    def go_to_first(self) -> None:
        """Go to the field that is filled in first."""
        self.editors[_KIND].setFocus()

    def go_to_lacking(self) -> None:
        """Go to the first required field that is empty, if there is one."""
        lacking = (name for name, column in self.columns.items() if column.required and not self.editors[name].text().strip())
        if name := next(lacking, ""):
            self.editors[name].setFocus()

    def written(self) -> dict[str, str]:
        """What differs from what was shown, by field name; a union that was chosen comes by its uid."""
        return self.fields.written()

    @property
    def dirty(self) -> bool:
        """True when something was typed that is not saved; the date that a new entry begins with is not."""
        return any(name != _DATE or self.uid or text != self._today for name, text in self.written().items())

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
