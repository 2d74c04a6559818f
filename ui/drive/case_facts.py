"""What is known of an employer and its case at a glance: facts, counts by source, the way, the plan, rules, candidates."""

from collections.abc import Iterable

from PySide6.QtCore import QStringListModel, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QVBoxLayout, QWidget

from models.drive import list as drive
from models.drive.case_file import CaseFile
from models.drive.case_list import PLAN_FIELDS
from models.drive.list import NearUnion
from models.drive.sources import NEAR_UNION, SourceMatch
from models.language import _
from models.records.drive_case import DriveCase
from models.records.employer import Employer
from models.records.headcount import UPPER, HeadCount, counted_text
from models.rules.rules import SEVERITIES, Finding, rule
from models.values.columns import column_of
from ui.drive.case_stages import StagesView
from ui.kit import theme
from ui.kit.buttons import push_button
from ui.kit.fields import Fields
from ui.kit.lines import NONE, REST, across, down, holding, in_columns, on_paper
from ui.kit.plain import Label
from ui.kit.tables import UNKNOWN

_FACTS = (
    "credit_code", "nature", "industry", "operating", "non_public", "founding_date", "legal_representative", "contact",
    "phone", "address", "former_names", "note",
)  # fmt: skip


class FactsView(QScrollArea):
    """``plans(dict)`` brings what was changed of the plan; ``confirms(Match)`` and ``rejects(Match)`` a candidate."""

    plans = Signal(object)
    confirms = Signal(object)
    rejects = Signal(object)

    def __init__(self, places: QStringListModel) -> None:
        """Without an employer."""
        super().__init__()
        self.setAccessibleName(_("一企一档"))
        self.setWidgetResizable(True)
        self.stages = StagesView()
        self.plan = Fields([column_of(DriveCase, name) for name in PLAN_FIELDS], places, lines=("next_action", "note"))
        self.plan.edited.connect(self._fit)
        self.save = push_button(_("保存安排"), self.write, primary=True)
        self.candidates: list[SourceMatch] = []
        self.confirming: list[tuple[QPushButton, QPushButton]] = []
        rows = down(margins=(0, theme.GAP, theme.GAP, 0))
        self._titles = {
            "stages": Label(_("建会阶段"), "heading"), "plan": Label(_("安排"), "heading"), "near": Label(_("名称相近的工会"), "heading"),
            "counts": Label(_("各来源的人数"), "heading"), "findings": Label(_("体检"), "heading"), "facts": Label(_("基本情况"), "heading"),
        }  # fmt: skip
        self._holders = {name: QVBoxLayout() for name in ("near", "counts", "findings", "facts")}
        for name, title in self._titles.items():
            rows.addWidget(title)
            if name == "stages":
                rows.addWidget(self.stages)
            elif name == "plan":
                rows.addWidget(self.plan)
                rows.addLayout(across(REST, self.save, gap=None))
            else:
                rows.addLayout(self._holders[name])
        rows.addStretch(1)
        self.setWidget(on_paper(rows))
        self._fit()

    @property
    def dirty(self) -> bool:
        """True when the plan was changed and is not saved."""
        return bool(self.plan.written())

    def show_file(self, file: CaseFile, findings: Iterable[Finding], keep: bool = False) -> None:
        """Show an employer's file; ``keep``: what is being typed into the plan stays."""
        found = list(findings)
        self.stages.show_file(file)
        if not keep:
            self.plan.show_values(file.case or {})
        self.candidates = [_match(file, each) for each in file.candidates]
        self.confirming = []
        self._put("near", [self._candidate(each) for each in self.candidates])
        self._put("counts", [_counts(file)] if file.by_source else [])
        self._put("findings", [_finding(each) for each in found])
        self._put("facts", [_facts(file)])
        for part in (self._titles["stages"], self.stages, self._titles["plan"], self.plan, self.save):
            part.setVisible(file.case is not None)
        self._fit()

    def write(self) -> None:
        """Ask that the changes of the plan be kept."""
        if self.dirty:
            self.plans.emit(self.plan.written())

    def _fit(self) -> None:
        self.save.setEnabled(self.dirty)

    def _put(self, name: str, parts: list[QWidget]) -> None:
        holder = self._holders[name]
        while holder.count():
            gone = holder.takeAt(0).widget()
            gone.hide()
            gone.deleteLater()
        for part in parts:
            holder.addWidget(part)
        self._titles[name].setVisible(bool(parts))

    def _candidate(self, match: SourceMatch) -> QWidget:
        confirm = push_button(_("就是它的工会"), self._answer)
        reject = push_button(_("不是"), self._answer)
        line = holding(across((Label(match.right_name, wrap=True), 1), confirm, reject, gap=None))
        self.confirming.append((confirm, reject))
        return line

    def _answer(self) -> None:
        pressed = self.sender()
        for match, (confirm, reject) in zip(self.candidates, self.confirming, strict=True):
            if pressed is confirm:
                self.confirms.emit(match)
            elif pressed is reject:
                self.rejects.emit(match)


def _match(file: CaseFile, candidate: NearUnion) -> SourceMatch:
    uid, name = str(file.employer["uid"]), str(file.employer["name"])
    text = _("名称相近的工会，还没有覆盖任何单位")
    return SourceMatch(drive.EMPLOYER_UNION, uid, candidate.uid, name, candidate.name, NEAR_UNION, text, candidate.score)


def _facts(file: CaseFile) -> QWidget:
    shown = [(_("所在区划"), file.region)]
    for name in _FACTS:
        column = column_of(Employer, name)
        shown.append((column.title, column.kind.show(file.employer[name])))
    if file.union_name:
        shown.append((_("覆盖它的工会"), f"{file.union_name}　{file.covered_since or ''}".strip()))
    grid = in_columns(1, margins=NONE)
    for row, (title, text) in enumerate((title, text) for title, text in shown if text):
        grid.addWidget(Label(title, "secondary"), row, 0)
        grid.addWidget(Label(text, wrap=True), row, 1)
    return holding(grid)


def _counts(file: CaseFile) -> QWidget:
    names = ("source", "as_of", "staff_count", "member_count")
    grid = in_columns(len(names), gaps=(theme.WIDE, 4), margins=NONE)
    for place, name in enumerate(names):
        grid.addWidget(Label(column_of(HeadCount, name).title, "secondary"), 0, place)
    for row, (source, count) in enumerate(file.by_source.items(), start=1):
        known = [
            counted_text(count[name], count[UPPER[name]], count["approximate"]) or UNKNOWN
            for name in ("staff_count", "member_count")
        ]
        texts = (_(source) if source else _("来源不详"), count["as_of"] or UNKNOWN, *known)
        for place, text in enumerate(texts):
            grid.addWidget(Label(text), row, place)
    return holding(grid)


def _finding(finding: Finding) -> QFrame:
    of = rule(finding.rule)
    card = QFrame()
    card.setProperty("card", True)
    head = _("{rule}　{title}（{severity}）").format(rule=of.id, title=_(of.title), severity=_(SEVERITIES[finding.severity]))
    rows = down(Label(head, wrap=True), on=card, gap=4, margins=(12, theme.GAP, 12, theme.GAP))
    aside = _("已搁置：{reason}").format(reason=finding.aside) if finding.aside else ""
    for text in (finding.text, aside, _(of.advice), _("依据：{basis}").format(basis=_(of.basis))):
        if text:
            rows.addWidget(Label(text, "secondary", wrap=True))
    return card
