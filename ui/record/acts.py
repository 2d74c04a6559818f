"""What is done with the shown record besides filling in its form: each one batch that the banner and Ctrl+Z take back."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from models.duplicates.find import mark_distinct
from models.editing import count_entry, coverages, key_lists, mistakes, moving, officers
from models.editing.dissolving import Fate, members_left
from models.editing.editing import Kind
from models.editing.endings import close_employer, dissolve_union
from models.editing.entry import create_unverified
from models.engine.record import Record
from models.journal.done import Done
from models.language import N_, _
from models.records.employer import Employer
from models.records.officer import Officer
from models.records.union import Union
from ui.kit.context import Context
from ui.kit.day_dialog import DayDialog
from ui.kit.notices import Action
from ui.kit.uncovering import Uncovering
from ui.kit.written import Written, did

#: What becomes of the members of a union that ends, in words.
_FATES: dict[str, Fate] = {N_("保留到上级工会"): "retain", N_("转出"): "leave"}


class ShownRecord(NamedTuple):
    """The record that is shown: its uid and its name."""

    uid: str
    name: str


class RecordActs(QObject):
    """``made(str, str, str)``: a unit or union of which only the name is known was made for a field: field, uid, name.

    ``unmasked()``: a person agreed to see numbers in full. ``event_entered()``: a membership event of the shown person was.
    ``officer_failed()``: a post could not be kept as it was typed; ``list_failed()`` and ``count_failed()`` the same of a list
    of key employers and of a head count.
    """

    made = Signal(str, str, str)
    unmasked = Signal()
    event_entered = Signal()
    officer_failed = Signal()
    list_failed = Signal()
    count_failed = Signal()
    #: The dialog that asked last for a day.
    asking: DayDialog

    def __init__(self, context: Context, kind: Kind, shown: Callable[[], ShownRecord], parent: QWidget) -> None:
        """For records of one kind; ``shown`` answers which one is shown now."""
        super().__init__(parent)
        self._context, self._kind, self._shown, self._window = context, kind, shown, parent
        self._written = Written(context, self)
        self._of_officers = Written(context, self, self.officer_failed.emit)
        self._of_lists = Written(context, self, self.list_failed.emit)
        self._of_counts = Written(context, self, self.count_failed.emit)
        self._for: list[tuple[str, str]] = []
        self._asked = ShownRecord("", "")
        self.uncovering = Uncovering(context, self)

    def ask_full(self) -> None:
        """Ask once before single persons' numbers are shown in full; that each one's were is kept in the trail."""
        uid = self._shown().uid
        self.uncovering.ask([uid], partial(self._show_full, uid))

    def _show_full(self, uid: str) -> bool:
        if self._shown().uid != uid:
            return False  # another record is shown by now: it was not asked about
        self.unmasked.emit()
        return True

    def ask_end(self) -> None:
        """Ask since when a unit is closed or a union dissolved, in a dialog that waits for nothing."""
        self._asked = self._shown()
        name = self._asked.name
        if self._kind == "employer":
            of: tuple[type[Record], str] = (Employer, "closed_on")
            verb, said = _("注销"), _("“{name}”从哪天起注销？只知道年月的，写年月也行。记录会保留，可以撤销这一步。")
        else:
            of, verb = (Union, "dissolved_on"), _("撤销工会")
            said = _("“{name}”从哪天起撤销？只知道年月的，写年月也行。记录会保留，可以撤销这一步。")
        self.asking = DayDialog(name, said.format(name=name), verb, of, self._context.today, self._window)
        if self._kind == "union" and members_left(self._asked.uid):
            self.asking.offer(_("会员的会籍"), tuple(_FATES))
        self.asking.given.connect(self._end)
        self.asking.open()

    def _end(self, day: str, fate: str = "") -> None:
        args = (self._asked.uid, day, self._context.author, self._context.today)
        said = _("已记下“{name}”从 {day} 起结束。").format(name=self._asked.name, day=day)
        if self._kind == "employer":
            self._written.write(said, close_employer, *args)
        else:
            self._written.write(said, dissolve_union, *args, _FATES.get(fate))

    def ask_remove(self) -> None:
        """Ask before a record that was entered by mistake is removed."""
        self._asked = self._shown()
        said = _("把误录的“{name}”从登记册里删除？只有别处都没有用到它时才能删除；可以撤销这一步。")
        self._context.notices.ask(said.format(name=self._asked.name), Action(_("删除"), self._remove))

    def _remove(self) -> None:
        said = _("已删除误录的“{name}”。").format(name=self._asked.name)
        self._written.write(said, mistakes.remove_mistake, self._kind, self._asked.uid, self._context.author)

    def part(self, one: str, other: str, code: str) -> None:
        """Say once for ever that two records (uids), proposed for the reason ``code``, are not the same."""
        said = _("已记下：这两条不是同一个，以后不再提示。")
        self._written.write(said, mark_distinct, one, other, self._context.author, code)

    def enter_event(self, type_: str, day: str, union: str, reason: str) -> None:
        """Enter a membership event of the shown person."""
        person = self._shown()
        args = (type_, [person.uid], day, self._context.author, union, reason)
        self._context.jobs.write(moving.enter, *args, done=partial(self._entered, person))

    def _entered(self, person: ShownRecord, done: Done[moving.Moved]) -> None:
        if done.batch is not None and self._shown().uid == person.uid:  # the form may be of somebody else by now
            self.event_entered.emit()
        if done.result.left:
            self._context.notices.error(_("{why}。").format(why=next(iter(done.result.left.values()))))
        did(self._context, done, _("已登记“{name}”的会籍变动。").format(name=person.name))

    def remove_event(self, uid: str) -> None:
        """Take back a membership event (uid) that was a mistake."""
        self._tie(moving.remove_event, uid, self._context.author)

    def cover(self, other: str) -> None:
        """Let the shown union cover another employer (uid), or another union (uid) cover the shown employer."""
        own = self._shown().uid
        union, employer = (other, own) if self._kind == "employer" else (own, other)
        today = self._context.today
        self._tie(coverages.cover, union, [employer], today, self._context.author, today)

    def uncover(self, employer: str) -> None:
        """End what covers an employer (uid), as of today."""
        self._tie(coverages.uncover, [employer], self._context.today, self._context.author)

    def _tie(self, function: Callable[..., Any], *args: Any) -> None:
        self._written.write(_("已改好“{name}”。").format(name=self._shown().name), function, *args)

    def enter_count(self, written: Mapping[str, str]) -> None:
        """Keep one more head count of the shown employer or union."""
        kind: count_entry.Subject = "union" if self._kind == "union" else "employer"
        args = (kind, self._shown().uid, written, self._context.author, self._context.today)
        self._count(_("已登记“{name}”的人数。"), count_entry.enter_count, *args)

    def correct_count(self, uid: str, written: Mapping[str, str]) -> None:
        """Put a head count (uid) right."""
        args = (uid, written, self._context.author, self._context.today)
        self._count(_("已改正“{name}”的人数。"), count_entry.correct_count, *args)

    def remove_count(self, uid: str) -> None:
        """Take back a head count (uid) that was wrong."""
        self._count(_("已删去“{name}”的一次人数。"), count_entry.remove_count, uid, self._context.author)

    def _count(self, said: str, function: Callable[..., Any], *args: Any) -> None:
        self._of_counts.write(said.format(name=self._shown().name), function, *args)

    def enter_officer(self, written: Mapping[str, str], worker: str) -> None:
        """Keep a post of the shown union; ``worker``: the person (uid), "" for one known by name."""
        args = (self._shown().uid, written, self._context.author, self._context.today, worker)
        self._officer(_("已登记“{name}”的任职。"), officers.enter_officer, *args)

    def correct_officer(self, uid: str, written: Mapping[str, str], worker: str | None) -> None:
        """Put a post (uid) right."""
        args = (uid, written, self._context.author, self._context.today, worker)
        self._officer(_("已改正“{name}”的任职。"), officers.correct_officer, *args)

    def ask_end_officer(self, uid: str, name: str) -> None:
        """Ask since when somebody holds a post (uid) no more, in a dialog that waits for nothing."""
        self._asked = ShownRecord(uid, name)
        said = _("“{name}”从哪天起不再任这个职务？任期届满不算离任：换届以前委员继续履职。可以撤销这一步。")
        self.asking = DayDialog(name, said.format(name=name), _("离任"), (Officer, "until"), self._context.today, self._window)
        self.asking.given.connect(self._end_officer)
        self.asking.open()

    def _end_officer(self, day: str, _reason: str = "") -> None:
        said = _("已记下“{name}”从 {day} 起离任。").format(name=self._asked.name, day=day)
        self._written.write(said, officers.end_officer, self._asked.uid, day, self._context.author, self._context.today)

    def remove_officer(self, uid: str) -> None:
        """Take back a post (uid) that was a mistake."""
        self._officer(_("已删去“{name}”的一条任职。"), officers.remove_officer, uid, self._context.author)

    def _officer(self, said: str, function: Callable[..., Any], *args: Any) -> None:
        self._of_officers.write(said.format(name=self._shown().name), function, *args)

    def put_on_list(self, written: Mapping[str, str]) -> None:
        """Put the shown employer on a list of key employers."""
        args = (self._shown().uid, written, self._context.author)
        self._list(_("已把“{name}”列入重点企业。"), key_lists.put_on_list, *args)

    def correct_list(self, uid: str, written: Mapping[str, str]) -> None:
        """Put right what is known of a list (uid)."""
        self._list(_("已改正“{name}”的重点企业名单。"), key_lists.correct_list, uid, written, self._context.author)

    def take_off_list(self, uid: str) -> None:
        """Take the shown employer off a list (uid)."""
        self._list(_("已把“{name}”移出这份重点企业名单。"), key_lists.take_off_list, uid, self._context.author)

    def _list(self, said: str, function: Callable[..., Any], *args: Any) -> None:
        self._of_lists.write(said.format(name=self._shown().name), function, *args)

    def make_for(self, field: str, kind: Kind, name: str) -> None:
        """Make an employer or a union of which only the name is known, for a field in which it was typed."""
        self._for.append((field, name))
        args = (kind, name, self._context.author)
        self._context.jobs.write(create_unverified, *args, done=self._made, failed=self._not_made)

    def _made(self, done: Done[tuple[int, str]]) -> None:
        _number, uid = done.result
        field, name = self._for.pop(0)
        self.made.emit(field, uid, name)
        did(self._context, done, _("已登记“{name}”，标为待核实。").format(name=name))

    def _not_made(self, error: Exception) -> None:
        self._for.pop(0)
        self._context.tell_failure(error)
