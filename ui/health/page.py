"""体检: what the law asks of unions and units and is not there, and whose term of office ends."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from models.language import N_, _
from models.lists import selection
from models.lists.listings import Selection
from models.people.retention import Review, due
from models.rules.rules import Finding, findings
from models.standing.terms import PresentTerm, terms
from models.trail.entry import Act
from models.values.region_index import Area, RegionIndex
from reports.findings_list import write_findings, write_terms
from reports.retention_list import write_retention
from ui.health.findings import FindingsView
from ui.health.terms import TermsView
from ui.kit.acting import act, act_by
from ui.kit.buttons import push_button
from ui.kit.context import Context
from ui.kit.empty import EmptyState
from ui.kit.finding import FindField
from ui.kit.jobs import Turn
from ui.kit.lines import AROUND_PAGE, REST, across, down, holding, stacked, tabbed
from ui.kit.list_model import ListModel
from ui.kit.page import Page
from ui.people.retention_view import RetentionView


class Health(NamedTuple):
    """What the page shows; ``held``: there is any unit or union at all."""

    found: list[Finding]
    terms: list[PresentTerm]
    review: Review
    held: bool


def health(index: RegionIndex, today: dt.date, region: Area) -> Health:
    """Check every rule and term as of ``today``, below a region or several (uids, "" for all)."""
    held = any(selection.count(Selection(kind)) for kind in ("unions", "employers"))
    checked = findings(today, index, region=region or None)
    return Health(checked, terms(today, index, region or None), due(today), held)


class HealthPage(Page):
    """``opens(str, str)``: the kind (union, employer, worker) and uid of a record; ``wants_import()`` from the empty page.

    Any record may carry a fact that a rule looks at, so it shows something of all kinds.
    """

    opens = Signal(str, str)
    wants_import = Signal()

    def __init__(self, context: Context) -> None:
        """A page that checks the rules when it is first shown."""
        super().__init__(context)
        self.hint, self.search_text = _("搜索名称、区划、情况"), ""
        self.regions = self.region_box()
        self.finding = FindField(self.hint)
        self.finding.setMinimumWidth(240)
        self.finding.textChanged.connect(self._find)
        self.export = push_button("", self._export, "export")
        act(self, "health.find", self.finding.setFocus)
        act_by(self, "health.export", self.export)
        self.findings, self.terms, self.kept = FindingsView(context), TermsView(), RetentionView(context)
        for view in (self.findings, self.terms, self.kept):
            view.opens.connect(self.opens)
            view.filled.connect(self._fit)
        self._lay_out()

    def _lay_out(self) -> None:
        self.tabs = tabbed((_("规则"), self.findings), (_("换届"), self.terms), (_("保存期限"), self.kept))
        self.tabs.currentChanged.connect(self._fit)
        content = holding(down(across(self.regions, self.finding, REST, self.export), (self.tabs, 1), margins=AROUND_PAGE))
        nothing = EmptyState(
            "health", _("还没有工会和用人单位。导入工会信息采集表或企业名单后，这里列出按规定还缺什么、哪些工会要换届。"), _("去导入")
        )  # fmt: skip
        nothing.pressed.connect(self.wants_import)
        self._whole = stacked(content, nothing, on=self)

    def refresh(self) -> None:
        """Check everything anew, on the worker thread."""
        asked = (self._context.index, self._context.today, self.regions.area)
        self.ask(health, *asked, done=self._show, title=_("正在核对规则"), turn=Turn.SOON)

    def search(self, text: str) -> None:
        """List what has ``text`` in its name, region or facts."""
        self.finding.setText(text)

    def _find(self, text: str) -> None:
        self.search_text = text
        for view in (self.findings, self.terms, self.kept):
            view.search(text)

    def show_part(self, part: str) -> None:
        """Show the terms ("terms"), or what one rule (its id, "" for all) found, and nothing else narrowed but by place.

        After a colon comes the state of the terms or the standing of the findings: "terms:overdue", "R18:note", ":error".
        """
        name, _colon, standing = part.partition(":")
        self.search("")
        self.regions.settle()
        self.tabs.setCurrentWidget(self.terms if name == "terms" else self.findings)
        if name == "terms":
            self.terms.choose_state(standing)
        else:
            self.findings.choose_rule(name, standing)

    def _show(self, found: Health) -> None:
        self._whole.setCurrentIndex(0 if found.held else 1)
        self.findings.show_findings(found.found)
        self.terms.show_terms(found.terms)
        self.kept.show_review(found.review)

    def _fit(self) -> None:
        view = self.tabs.currentWidget()
        assert isinstance(view, FindingsView | TermsView | RetentionView)
        self.export.setEnabled(bool(view.model.items))

    def _export(self) -> None:
        name = self.tabs.tabText(self.tabs.currentIndex()) if self.tabs.currentWidget() is not self.findings else _("体检")
        self._exporting.ask(f"{name}_{self._context.today.isoformat()}", self.export_to)

    def export_to(self, path: Path) -> None:
        """Write what is shown to a workbook, in the order in which it is shown."""
        views: dict[QWidget, tuple[str, ListModel, Callable[..., Path]]] = {
            self.findings: (N_("体检"), self.findings.model, write_findings),
            self.terms: (N_("换届"), self.terms.model, write_terms),
            self.kept: (N_("保存期限"), self.kept.model, write_retention),
        }
        what, model, write = views[self.tabs.currentWidget()]
        self._exporting.write(Act("export", what, len(model.items)), write, path, list(model.items))
