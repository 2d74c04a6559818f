"""One employer, one file (一企一档): beside the drive's list, or wherever an employer's case is opened."""

import datetime as dt
from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtWidgets import QFrame, QMenu, QPushButton, QWidget

from models.drive.case_file import CaseFile, case_file
from models.errors import UserError
from models.language import _
from models.rules.rules import Finding, findings_of
from models.values.region_index import RegionIndex
from ui.drive.case_contacts import ContactsView
from ui.drive.case_doing import CaseDoing
from ui.drive.case_facts import FactsView
from ui.drive.case_founding import FoundingForm
from ui.drive.case_ladder import LadderView
from ui.drive.case_papers import PapersView
from ui.issuing.dialog import IssuingDialog
from ui.kit.acting import act_by
from ui.kit.buttons import push_button
from ui.kit.close_button import close_button
from ui.kit.context import Context
from ui.kit.lines import BESIDE_LIST, across, down, tabbed
from ui.kit.plain import Label
from ui.kit.unsaved import Unsaved

#: The kinds of record that a file shows.
SHOWS = frozenset({
    "drive_case", "case_step", "case_paper", "contact", "employer", "union", "coverage", "head_count", "setting", "distinct_pair",
})  # fmt: skip


class OpenedCase(NamedTuple):
    """An employer's file with what the rules say of it."""

    file: CaseFile
    findings: list[Finding]


def read(employer: str, today: dt.date, index: RegionIndex) -> OpenedCase:
    """The file of an employer (uid). UserError when it is not there."""
    return OpenedCase(case_file(employer, today, index), findings_of("employer", employer, today, index))


class CasePane(QFrame):
    """``closed()`` when a person leaves the file; ``prints(str, dict)`` asks for it on paper."""

    closed = Signal()
    prints = Signal(str, object)

    def __init__(self, context: Context, doing: CaseDoing, places: QStringListModel) -> None:
        """An empty pane; :meth:`open_case` fills it."""
        super().__init__()
        self.setObjectName("pane")
        self._context, self._doing = context, doing
        self.uid, self._wanted, self._part = "", "", ""
        self._unsaved = Unsaved(context, self, lambda: self.dirty, self._drop, _("放弃"))
        self.file: CaseFile | None = None
        self.setMinimumWidth(420)
        self.title = Label(role="title", wrap=True)
        self.told = Label(role="secondary", wrap=True)
        self.facts = FactsView(places)
        self.contacts = ContactsView(context.today, context.author.person, places)
        self.papers = PapersView(places)
        self.ladder = LadderView()
        self.founding = FoundingForm(context, doing, places)
        self._connect()
        self._lay_out()
        context.changes.changed.connect(self._on_changed)

    def _connect(self) -> None:
        self.facts.plans.connect(self._plan)
        self.facts.confirms.connect(self._doing.confirm)
        self.facts.rejects.connect(self._doing.reject)
        self.facts.stages.moves.connect(self._move)
        self.facts.stages.takes_back.connect(self._take_back)
        self.contacts.keeps.connect(self._contact)
        self.contacts.corrects.connect(self._correct)
        self.contacts.removes.connect(self._remove_contact)
        self.papers.keeps.connect(self._paper)
        self.papers.removes.connect(self._doing.remove_paper)
        self.papers.issues.connect(self._issue)
        self.ladder.hands_over.connect(self._hand_over)

    def _lay_out(self) -> None:
        self.more = QPushButton(_("更多"))
        menu = QMenu(self.more)
        self.end, self.reopen = menu.addAction(_("结案…")), menu.addAction(_("重新列入", "button"))
        self.end.triggered.connect(self._close_case)
        self.reopen.triggered.connect(self._reopen)
        self.more.setMenu(menu)
        self.print = push_button("", self._print, "report")
        self.close_button = close_button()
        self.close_button.clicked.connect(self.leave)
        head = across((self.title, 1), gap=None)
        for button in (self.print, self.more, self.close_button):
            head.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self._parts: dict[str, QWidget] = {
            "facts": self.facts, "contacts": self.contacts, "papers": self.papers, "ladder": self.ladder,
            "founding": self.founding,
        }  # fmt: skip
        titles = (_("一企一档"), _("走访联系"), _("材料"), _("阶梯"), _("成立工会"))
        self.tabs = tabbed(*zip(titles, self._parts.values(), strict=True))
        down(head, self.told, (self.tabs, 1), on=self, gap=4, margins=BESIDE_LIST)
        act_by(self, "case.save", self.contacts.keep, self.papers.keep, self.facts.save)
        act_by(self, "case.leave", self.close_button)
        act_by(self, "case.move", self.facts.stages.move_button)
        act_by(self, "case.back", self.facts.stages.back)
        act_by(self, "case.print", self.print)

    @property
    def dirty(self) -> bool:
        """True when something was typed that is not kept."""
        return bool(self.uid) and (self.facts.dirty or self.contacts.dirty)

    def open_case(self, employer: str, part: str = "") -> None:
        """Show the file of an employer (uid), and one part of it: facts, contacts, papers, ladder or founding.

        Unsaved typing in another file is asked about first.
        """
        self._wanted, self._part = employer, part
        if employer == self.uid or not self._asks_first(self._open_wanted):
            self._open_wanted()

    def _open_wanted(self) -> None:
        if self._wanted != self.uid:
            self.contacts.clear()
            self.uid = ""
        self._load(self._wanted)

    def _load(self, employer: str) -> None:
        context = self._context
        context.jobs.run(read, employer, context.today, context.index, done=self._show, failed=self._gone)

    def _gone(self, error: Exception) -> None:
        if isinstance(error, UserError):
            self.uid = ""
            self.closed.emit()

    def _show(self, opened: OpenedCase) -> None:
        file = self.file = opened.file
        same = self.uid == file.employer["uid"]
        self.uid = str(file.employer["uid"])
        self.title.setText(str(file.employer["name"]))
        case = file.case
        closed = ""
        if case and case["closed_on"]:
            reason = _(case["closed_because"] or "其他")
            closed = _("{date} 结案：{reason}").format(date=case["closed_on"], reason=reason)
        self.told.setText("　".join(part for part in (file.region, file.reason, closed) if part))
        self.facts.show_file(file, opened.findings, keep=same and self.facts.dirty)
        for part in (self.contacts, self.papers, self.ladder):
            part.show_file(file)
        open_one = case is not None and not case["closed_on"]
        self.founding.show_cases([case["uid"]] if case and open_one else [], str(file.employer["name"]))
        parts = list(self._parts.values())
        if (case is None and not self._part) or (not open_one and self.tabs.currentWidget() is parts[-1]):
            self.tabs.setCurrentIndex(0)
        for place in range(1, self.tabs.count()):
            self.tabs.setTabVisible(place, case is not None if place < self.tabs.count() - 1 else open_one)
        self.end.setVisible(open_one)
        self.reopen.setVisible(case is not None and not open_one)
        self.more.setVisible(case is not None)
        if self._part:
            self.tabs.setCurrentWidget(self._parts[self._part])
            self._part = ""

    @property
    def _case(self) -> tuple[str, str]:
        """The case (uid) that is shown, and its employer's name."""
        assert self.file is not None
        assert self.file.case is not None  # only a case's controls ask
        return str(self.file.case["uid"]), str(self.file.employer["name"])

    def leave(self) -> None:
        """Close the file, after asking about what is not kept."""
        if not self._asks_first(self._close):
            self._close()

    def _asks_first(self, after: Callable[[], None]) -> bool:
        return self._unsaved.asks_first(_("“{name}”有没保存的内容。").format(name=self.title.text()), after)

    def _drop(self) -> None:
        self.contacts.clear()
        self.facts.plan.show_texts({})
        self.uid = ""

    def _close(self) -> None:
        self.uid = ""
        self.closed.emit()

    def _issue(self) -> None:
        """Open the papers that the program writes of this employer."""
        self.issuing = IssuingDialog(self._context, "employer", self.uid, self.title.text(), self)
        self.issuing.show()

    def _print(self) -> None:
        self.prints.emit("case", {"employer": self.uid})

    def _plan(self, given: dict[str, str]) -> None:
        self._doing.plan(*self._case, given, then=self.facts.plan.accept)

    def _move(self, stage: str) -> None:
        self._doing.ask_move(*self._case, stage)

    def _take_back(self) -> None:
        self._doing.take_back(*self._case)

    def _contact(self, given: dict[str, str], following: dict[str, str]) -> None:
        self._doing.contact(*self._case, given, following, then=self.contacts.clear)

    def _correct(self, uid: str, given: dict[str, str]) -> None:
        self._doing.change_contact(uid, self._case[1], given, then=self.contacts.clear)

    def _remove_contact(self, uid: str) -> None:
        self._doing.remove_contact(uid, self._case[1])

    def _paper(self, given: dict[str, str], uid: str) -> None:
        self._doing.paper(self._case[0], given, uid, then=self.papers.fields.accept)

    def _hand_over(self, paper: str) -> None:
        self.contacts.propose(paper)
        self.tabs.setCurrentWidget(self.contacts)

    def _close_case(self) -> None:
        self._doing.ask_close(*self._case)

    def _reopen(self) -> None:
        self._doing.reopen(*self._case)

    def _on_changed(self, kinds: set[str]) -> None:
        if self.uid and kinds & SHOWS:
            self._load(self.uid)
