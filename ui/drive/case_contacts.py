"""The contacts with an employer: a quick form for a visit, and below it what was said so far, the newest first."""

import datetime as dt
from typing import Any

from PySide6.QtCore import QStringListModel, Signal
from PySide6.QtWidgets import QListWidget, QWidget

from models.drive.case_file import CaseFile
from models.drive.contacts import CONTACT_FIELDS, NEXT_FIELDS
from models.language import _
from models.records.drive_case import Contact, DriveCase
from models.values.columns import column_of
from ui.kit import theme
from ui.kit.buttons import push_button
from ui.kit.fields import Fields
from ui.kit.lines import BELOW_TABS, REST, across, down, on_paper, scrolled
from ui.kit.plain import Label

#: In the order in which one tells of a visit.
_ORDER = (
    "date", "way", "person_met", "post", "attitude", "organizer", "outcome", "promise_date", "receipt", "paper",
    "paper_number",
)  # fmt: skip
_FOLLOWING = tuple(name for name in NEXT_FIELDS if name != "organizer")


class ContactsView(QWidget):
    """``keeps(dict, dict)`` brings a contact and what follows; ``corrects(str, dict)`` a contact's uid and what changed.

    ``removes(str)`` names a contact that was a mistake.
    """

    keeps = Signal(object, object)
    corrects = Signal(str, object)
    removes = Signal(str)

    def __init__(self, today: dt.date, person: str, places: QStringListModel) -> None:
        """``person``: who is proposed as the visitor."""
        super().__init__()
        assert set(_ORDER) == set(CONTACT_FIELDS)
        self._today, self._person = today.isoformat(), person
        self.contacts: list[dict[str, Any]] = []
        self._correcting = ""
        self.fields = Fields([column_of(Contact, name) for name in _ORDER], places)
        self.following = Fields([column_of(DriveCase, name) for name in _FOLLOWING], places, lines=("next_action",))
        self.keep = push_button(_("记一次走访"), self.write, primary=True)
        self.leave = push_button(_("放弃修改"), self.clear)
        self.list = QListWidget()
        self.list.setAccessibleName(_("联系记录"))
        self.list.setWordWrap(True)
        self.list.setAlternatingRowColors(True)
        self.none = Label(_("还没有走访和联系。记下的列在这里，最新的在最上面。"), "secondary", wrap=True)
        self.correct = push_button(_("修改选中的"), self._correct)
        self.remove = push_button(_("删去选中的"), self._remove)
        self._lay_out()
        self.clear()

    def _lay_out(self) -> None:
        self.next_title = Label(_("下一步"), "heading")
        asked = on_paper(down(self.fields, self.next_title, self.following, REST, gap=4, margins=(0, 0, theme.GAP, 0)))
        buttons = across(self.keep, self.leave, REST, self.correct, self.remove)
        down((scrolled(asked, _("走访联系")), 5), buttons, self.none, (self.list, 2), on=self, margins=BELOW_TABS)

    def show_file(self, file: CaseFile) -> None:
        """Show the contacts of an employer's case; what is being typed stays."""
        self.contacts = file.contacts
        self.list.clear()
        self.list.addItems([told(each) for each in self.contacts])
        self.none.setVisible(not self.contacts)
        for part in (self.list, self.correct, self.remove):
            part.setVisible(bool(self.contacts))
        if self.contacts:
            self.list.setCurrentRow(0)

    @property
    def dirty(self) -> bool:
        """True when something was typed that is not kept."""
        return bool(self.fields.written() or self.following.written())

    def clear(self) -> None:
        """Begin a new contact."""
        self._correcting = ""
        self.fields.show_texts({"date": self._today, "organizer": self._person})
        self.following.show_texts({})
        self._fit()

    def propose(self, paper: str) -> None:
        """Begin a new contact in which a paper is handed over."""
        self.clear()
        self.fields.propose({"paper": paper})
        self.fields.editors["way"].setFocus()

    def write(self) -> None:
        """Keep what was typed, or correct the contact that is being corrected."""
        if self._correcting:
            self.corrects.emit(self._correcting, self.fields.written())
        else:
            self.keeps.emit(self.fields.texts(), self.following.texts())

    def _correct(self) -> None:
        row = self.list.currentRow()
        if 0 <= row < len(self.contacts):
            self._correcting = self.contacts[row]["uid"]
            self.fields.show_values(self.contacts[row])
            self._fit()

    def _remove(self) -> None:
        row = self.list.currentRow()
        if 0 <= row < len(self.contacts):
            self.removes.emit(self.contacts[row]["uid"])

    def _fit(self) -> None:
        correcting = bool(self._correcting)
        self.keep.setText(_("保存修改") if correcting else _("记一次走访"))
        self.leave.setVisible(correcting)
        for part in (self.next_title, self.following):
            part.setVisible(not correcting)


def told(contact: dict[str, Any]) -> str:
    """A contact as one reads it: when, how, whom; what was said; what was handed over; what was promised."""
    met = contact["person_met"] or ""
    if met and contact["post"]:
        met = _("{person}（{post}）").format(person=met, post=contact["post"])
    head = [contact["date"] or "", _(contact["way"]) if contact["way"] else "", met]
    if contact["attitude"]:
        head.append(_("态度：{attitude}").format(attitude=_(contact["attitude"])))
    lines = ["　".join(part for part in head if part), contact["outcome"] or ""]
    if contact["paper"]:
        receipt = {1: _("有回执"), 0: _("没有回执")}.get(contact["receipt"], "")
        parts = (_("发出：{paper}").format(paper=_(contact["paper"] or "")), contact["paper_number"] or "", receipt)
        lines.append("　".join(part for part in parts if part))
    if contact["promise_date"]:
        lines.append(_("承诺日期：{date}").format(date=contact["promise_date"]))
    return "\n".join(line for line in lines if line)
