"""What stands around the form of a record: structure, events, counts, coverage, history, findings, and who may be the same."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QTabWidget, QWidget

from models.editing import coverages, moving
from models.editing.count_entry import counts_of
from models.editing.editing import Kind
from models.editing.key_lists import lists_of
from models.editing.officers import officers_of
from models.editing.record_history import FieldChange, history_of
from models.language import _
from ui.kit.context import Context
from ui.record.acts import RecordActs
from ui.record.counts import CountsView
from ui.record.findings_box import FindingsBox
from ui.record.key_lists import KeyListsView
from ui.record.likely import LikelyBox
from ui.record.officers import OfficersView
from ui.record.organization import OrganizationView
from ui.record.past import PastView
from ui.record.ties import CoveragesView, EventsView


class RecordViews(QObject):
    """The views of one kind of record, those that it has. ``opens(str)`` brings the uid of another one of the kind.

    ``opens_other(str, str)`` names a record of another kind: the kind and its uid.
    """

    opens = Signal(str)
    opens_other = Signal(str, str)

    def __init__(self, context: Context, kind: Kind, acts: RecordActs, parent: QObject) -> None:
        """All of them empty; what is done in them is done by ``acts``."""
        super().__init__(parent)
        self._context, self._kind, self._acts = context, kind, acts
        self._uid, self._masked = "", True
        self.events = EventsView(context.today.isoformat()) if kind == "worker" else None
        self.covered = None if kind == "worker" else CoveragesView("union" if kind == "employer" else "employer")
        self.counts = None if kind == "worker" else CountsView(context.today)
        self.organization = OrganizationView(context) if kind == "union" else None
        self.officers = OfficersView(context.today) if kind == "union" else None
        self.key_lists = KeyListsView(context.today) if kind == "employer" else None
        self.findings = FindingsBox(context)
        self.past = PastView(context)
        self.likely = LikelyBox(context, kind)
        # what is read only once the view is seen: most people look at the form alone
        self._fills: dict[QWidget, Callable[[], Any]] = {self.past: self._fill_past}
        self._connect()
        self._stale: set[QWidget] = set()
        event = self.events.form if self.events is not None else None
        forms = (event, self.counts, self.covered, self.officers, self.key_lists)
        self._forms = [each for each in forms if each is not None]

    def _connect(self) -> None:
        acts = self._acts
        self.likely.parting.connect(acts.part)
        self.past.taken_in.undoing.connect(self._context.undoing.undo)
        if self.events is not None:
            self._fills[self.events] = partial(self._fill_from, self.events.show_events, moving.events_of)
            self.events.form.entered.connect(acts.enter_event)
            self.events.removed.connect(acts.remove_event)
            acts.event_entered.connect(self.events.form.clear)
        if self.covered is not None:
            self._fills[self.covered] = partial(self._fill_from, self.covered.show_coverages, coverages.coverages_of)
            self.covered.chosen.connect(acts.cover)
            self.covered.ended.connect(acts.uncover)
            self.covered.opened.connect(self.opens_other)
        if self.counts is not None:
            self._fills[self.counts] = partial(self._fill_from, self.counts.show_counts, counts_of)
            self.counts.entered.connect(acts.enter_count)
            self.counts.corrected.connect(acts.correct_count)
            self.counts.removed.connect(acts.remove_count)
            acts.count_failed.connect(self.counts.failed)
        if self.organization is not None:
            self.organization.opens.connect(self.opens)
        if self.officers is not None:
            read = partial(officers_of, day=self._context.today)
            self._fills[self.officers] = partial(self._fill_from, self.officers.show_officers, read)
            self.officers.entered.connect(acts.enter_officer)
            self.officers.corrected.connect(acts.correct_officer)
            self.officers.ends.connect(acts.ask_end_officer)
            self.officers.removed.connect(acts.remove_officer)
            self.officers.uncovers.connect(self._uncover_officer)
            acts.officer_failed.connect(self.officers.failed)
        if self.key_lists is not None:
            listed = partial(lists_of, today=self._context.today)
            self._fills[self.key_lists] = partial(self._fill_from, self.key_lists.show_lists, listed)
            self.key_lists.entered.connect(acts.put_on_list)
            self.key_lists.corrected.connect(acts.correct_list)
            self.key_lists.removed.connect(acts.take_off_list)
            acts.list_failed.connect(self.key_lists.failed)

    @property
    def half_filled(self) -> bool:
        """True when something stands in the form of one of the views that was not entered yet."""
        return any(each.half_filled for each in self._forms)

    def clear_forms(self) -> None:
        """Forget what stands in the forms of the views."""
        for each in self._forms:
            each.clear()

    def add_to(self, tabs: QTabWidget) -> None:
        """Put each view that the kind has behind a tab of its own."""
        titled: tuple[tuple[QWidget | None, str], ...] = (
            (self.organization, _("组织", "tab")), (self.officers, _("委员", "tab")), (self.events, _("会籍")),
            (self.counts, _("人数", "tab")), (self.covered, _("覆盖")), (self.key_lists, _("重点")),
            (self.past, _("来历")), (self.findings, _("体检")),
        )  # fmt: skip
        for view, title in titled:
            if view is not None:
                tabs.addTab(view, title)
        self._tabs = tabs
        tabs.currentChanged.connect(self._fill_seen)

    def show_record(self, known: dict[str, Any], masked: bool) -> None:
        """Show what is known around a record as ``models.editing.editing.held`` gives it, each part as soon as it is seen.

        An empty one is a new record, of which nothing is known.
        """
        self._uid, self._masked = str(known.get("uid") or ""), masked
        self._stale = set(self._fills)
        self.findings.show_record(self._kind, self._uid)
        self.likely.show_record(self._uid)
        if self.organization is not None:
            self.organization.show_union(known)
        self._fill_seen()

    @property
    def steps(self) -> list[FieldChange]:
        """What happened to the shown record's fields, the newest first."""
        self._fill(self.past)
        return self.past.steps

    def _fill_seen(self) -> None:
        self._fill(self._tabs.currentWidget())

    def _fill(self, view: QWidget) -> None:
        if view in self._stale:
            self._stale.remove(view)
            self._fills[view]()

    def _fill_past(self) -> None:
        uid, index = self._uid, self._context.index
        self.past.taken_in.show_record(uid)
        self.past.show_steps(history_of(self._kind, uid, index, masked=self._masked) if uid else [])

    def _fill_from(self, show: Callable[[str, list[Any]], Any], read: Callable[[str], list[Any]]) -> None:
        show(self._uid, read(self._uid) if self._uid else [])

    def _uncover_officer(self, uid: str) -> None:
        """The telephone of one officer (uid) is to be seen in full."""
        assert self.officers is not None
        self._acts.uncovering.ask([uid], partial(self.officers.uncover, uid))
