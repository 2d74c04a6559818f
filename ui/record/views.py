"""What stands around the form of a record: structure, events, counts, coverage, history, findings, and who may be the same."""

from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QTabWidget, QWidget

from models import coverages, moving
from models.count_entry import counts_of
from models.editing import Kind
from models.language import _
from models.record_history import history_of
from ui.context import Context
from ui.record.acts import RecordActs
from ui.record.counts import CountsView
from ui.record.findings_box import FindingsBox
from ui.record.likely import LikelyBox
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
        self._context, self._kind = context, kind
        day = context.today.isoformat()
        self.events = EventsView(day) if kind == "worker" else None
        self.covered = None if kind == "worker" else CoveragesView("union" if kind == "employer" else "employer")
        self.counts = None if kind == "worker" else CountsView(context.today)
        self.organization = OrganizationView(context) if kind == "union" else None
        self.findings = FindingsBox(context)
        self.past = PastView(context)
        self.likely = LikelyBox(context, kind)
        self.likely.parting.connect(acts.part)
        self.past.taken_in.undoing.connect(context.undoing.undo)
        if self.events is not None:
            self.events.form.entered.connect(acts.enter_event)
            self.events.removed.connect(acts.remove_event)
        if self.covered is not None:
            self.covered.chosen.connect(acts.cover)
            self.covered.ended.connect(acts.uncover)
            self.covered.opened.connect(self.opens_other)
        if self.counts is not None:
            self.counts.entered.connect(acts.enter_count)
            self.counts.corrected.connect(acts.correct_count)
            self.counts.removed.connect(acts.remove_count)
        if self.organization is not None:
            self.organization.opens.connect(self.opens)

    def add_to(self, tabs: QTabWidget) -> None:
        """Put each view that the kind has behind a tab of its own."""
        titled: tuple[tuple[QWidget | None, str], ...] = (
            (self.organization, _("组织")), (self.events, _("会籍")), (self.counts, _("人数")), (self.covered, _("覆盖")),
            (self.past, _("来历")), (self.findings, _("体检")),
        )  # fmt: skip
        for view, title in titled:
            if view is not None:
                tabs.addTab(view, title)

    def show_record(self, known: dict[str, Any], masked: bool) -> None:
        """Show all that is known around a record as ``models.editing.held`` gives it; an empty one empties them."""
        uid = str(known.get("uid") or "")
        self.findings.show_record(self._kind, uid)
        self.likely.show_record(uid)
        self.past.taken_in.show_record(uid)
        self.past.show_steps(history_of(self._kind, uid, self._context.index, masked=masked) if uid else [])
        if self.organization is not None:
            self.organization.show_union(known)
        if self.events is not None:
            self.events.show_events(moving.events_of(uid) if uid else [])
        if self.covered is not None:
            self.covered.show_coverages(coverages.coverages_of(uid) if uid else [])
        if self.counts is not None:
            self.counts.show_counts(counts_of(uid) if uid else [])
