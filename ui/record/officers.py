"""The officers of a union: who holds which post, who has left; entering, correcting, ending one, taking one back."""

import datetime as dt
from typing import Any

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QGridLayout, QWidget

from models.editing.officers import PostLine, people_called
from models.language import _
from models.records.officer import Officer
from models.values.columns import column_of
from models.values.kinds import PersonName
from ui.kit import theme
from ui.kit.buttons import push_button
from ui.kit.choice_box import choice_box
from ui.kit.editors import editor_for
from ui.kit.empty import EmptyState
from ui.kit.line_editor import Editor
from ui.kit.lines import BELOW_TABS, down, in_columns, on_paper, one_shown, scrolled, wrapped
from ui.kit.list_model import ListModel, ShownColumn, list_table
from ui.kit.plain import Label
from ui.kit.tables import UNKNOWN, Index
from ui.record.entries_beside import EntriesBeside

#: The fields of a new post, and those that are asked for only when one is put right.
_NEW = ("name", "body", "post", "term", "since", "elected_by", "number", "phone", "note")
_GONE = ("until", "until_because")
_COLUMNS = (("name", 5), ("post", 6), ("body", 8), ("since", 7), ("term", 5), ("elected_by", 7), ("until", 7), ("phone", 8))


class OfficersModel(ListModel):
    """Posts (``models.editing.officers.Held``); those who have left stand muted."""

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.ForegroundRole and index.isValid() and not self.items[index.row()].in_office:
            return QColor(theme.colour("muted"))
        return super().data(index, role)


def officers_model(parent: QWidget) -> OfficersModel:
    """The model of the officers of one union; numbers stay covered."""
    return OfficersModel([_shown(name, width) for name, width in _COLUMNS], parent)


def _shown(name: str, width: int) -> ShownColumn:
    column = column_of(Officer, name)

    def text(each: PostLine) -> str:
        if name == "name" and each.values["name"] is None:
            return _("（个人信息已删除）")
        said = column.kind.show(each.values[name])
        return said or (UNKNOWN if name in ("post", "since") else "")

    return ShownColumn(name, column.title, width, column.kind.align, text, lambda each: each.values[name],
                       isinstance(column.kind, PersonName))  # fmt: skip


class OfficersView(EntriesBeside):
    """``entered(dict, str)``: what was typed of a new post, by field, and the person (uid, "" for a name alone).

    ``corrected(str, dict, object)`` that of one (uid) put right, None for a person who stays; ``ends(str, str)`` names one whose
    day of leaving is to be asked for, and who it is. ``uncovers(str)``: the telephone of one that is put right is to be seen in
    full.
    """

    entered = Signal(object, str)
    corrected = Signal(str, object, object)
    ends = Signal(str, str)
    uncovers = Signal(str)

    def __init__(self, today: dt.date) -> None:
        """No officers."""
        super().__init__(_("删去选中的"))
        self._phone = ""
        self._began: dict[str, str] = {}
        model = officers_model(self)
        self._list(list_table(_("委员和代表"), model, one=True), model)
        self.nothing = EmptyState("union", _("还没有登记委员。在下面登记一个，或者导入委员名单、干部名单。"), "")
        self.end = push_button(_("离任…"), self._end)
        self.titles: dict[str, Label] = {}
        self.editors: dict[str, Editor] = {}
        self.person = choice_box(_("登记册里的人"))
        self._lay_out()
        self.clear()

    def _lay_out(self) -> None:
        self._tables = one_shown(self.table, self.nothing)
        # the pane may be narrow, and the words longer
        buttons, last = wrapped(self.correct, self.end, self.remove), wrapped(self.enter, self.leave)
        form = on_paper(down(self.heading, self._form()))
        down(
            (self._tables, 1), buttons, (scrolled(form, sideways=False, by_tab=False), 1), last, on=self, margins=BELOW_TABS,
        )  # fmt: skip

    def _form(self) -> QGridLayout:
        grid = in_columns(1, 3)
        places = QStringListModel(self)
        parts: list[tuple[str, QWidget]] = []
        for name in (*_NEW, *_GONE):
            editor = self.editors[name] = editor_for(column_of(Officer, name), places)
            parts.append((column_of(Officer, name).title, editor))
            if name == "name":
                parts.append((_("是谁"), self.person))
        self.editors["name"].left.connect(self._offer)
        self.editors["phone"].uncovers.connect(self._ask_number)
        for number, (text, part) in enumerate(parts):
            title = Label(text, "secondary")
            title.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            title.setBuddy(part)
            grid.addWidget(title, number // 2, 2 * (number % 2))
            grid.addWidget(part, number // 2, 2 * (number % 2) + 1)
            self.titles[next((name for name, each in self.editors.items() if each is part), "person")] = title
        return grid

    def show_officers(self, union: str, officers: list[PostLine]) -> None:
        """Show the officers of a union (uid)."""
        self._show(union, officers)
        self._tables.setCurrentWidget(self.table if officers else self.nothing)
        for place, column in enumerate(self.model.columns):
            self.table.setColumnHidden(place, column.name in _GONE and all(each.in_office for each in officers))

    def _empty(self) -> None:
        self._begin("", _("登记一名委员或代表"), _("登记任职"))
        self._phone = ""
        for editor in self.editors.values():
            editor.show_text("")
            editor.lock(False)
        self._ask_gone(False)
        self._offer()
        self._began = self.written()

    def _ask_gone(self, asked: bool) -> None:
        for name in _GONE:
            self.titles[name].setVisible(asked)
            self.editors[name].setVisible(asked)

    def _offer(self) -> None:
        """Offer the people of the typed name; exactly one of them is proposed, and seen before it is entered."""
        name, chosen = self.editors["name"].text(), self.person.currentData()
        found = people_called(self._of, name) if self._of else []
        self.person.clear()
        self.person.addItem(_("只记姓名"), "")
        for uid, told in found:
            self.person.addItem(_("会员名单里的{name}").format(name=name) + (_("（{told}）").format(told=told) if told else ""), uid)
        usual = found[0][0] if len(found) == 1 else ""
        self.person.setCurrentIndex(max(0, self.person.findData(chosen or usual)))
        self.person.setEnabled(bool(found))

    def _is_changed(self) -> bool:
        return self.written() != self._began

    def written(self) -> dict[str, str]:
        """What stands in the form, by field; a number that is covered is left out."""
        names = (*_NEW, *_GONE) if self._corrects else _NEW
        return {name: self.editors[name].text() for name in names if not self.editors[name].locked}

    def _ask_number(self) -> None:
        self.uncovers.emit(self._corrects)

    def uncover(self, uid: str) -> bool:
        """Show the telephone of the post (uid) that is put right in full. False when it is another one by now."""
        editor = self.editors["phone"]
        if uid != self._corrects or not editor.locked:
            return False
        editor.lock(False)
        editor.show_text(self._phone)
        self._began["phone"] = editor.text()
        editor.setFocus()
        return True

    def _fit(self) -> None:
        super()._fit()
        held: PostLine | None = self._current()
        self.end.setEnabled(held is not None and held.in_office)

    def _put(self, held: PostLine) -> None:
        self._begin(held.uid, _("改正这一条任职"), _("保存改正"))
        self._phone, kind = str(held.values["phone"] or ""), column_of(Officer, "phone").kind
        for name, editor in self.editors.items():
            editor.show_text(kind.show(held.values[name]) if name == "phone" else str(held.values[name] or ""))
        self.editors["phone"].lock(kind.covers(held.values["phone"]))
        self._ask_gone(True)
        self.person.clear()
        self._offer()
        self.person.setCurrentIndex(max(0, self.person.findData(held.values["worker"] or "")))
        self._began = self.written()
        self.editors["name"].setFocus()

    def _end(self) -> None:
        if (held := self._current()) is not None:
            self.ends.emit(held.uid, str(held.values["name"] or ""))

    def _enter(self) -> None:
        self._sent = True
        worker = str(self.person.currentData() or "")
        if not self._corrects:
            self.entered.emit(self.written(), worker)
            return
        # somebody who is on the union's books no more is not offered, and stays who he is
        offered = self.person.isEnabled()
        self.corrected.emit(self._corrects, self.written(), worker if offered else None)
