"""Founding a union from cases, with the proposed values to correct; or joining a union that exists."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QStringListModel, Signal
from PySide6.QtWidgets import QFrame, QScrollArea

from models.drive import founding
from models.engine.record import Values
from models.language import _
from models.lists.called import called
from models.records.union import Union
from models.values.columns import column_of
from models.values.region_index import RegionIndex
from ui.drive.case_doing import CaseDoing
from ui.kit import theme
from ui.kit.acting import act_by
from ui.kit.asking import Asking
from ui.kit.buttons import push_button
from ui.kit.close_button import close_button
from ui.kit.context import Context
from ui.kit.day_editor import DayEditor
from ui.kit.fields import Fields
from ui.kit.lines import BESIDE_LIST, REST, across, down, holding, line, on_paper
from ui.kit.picker import RecordPicker
from ui.kit.plain import Label

_FIELDS = (
    "name", "parent", "region", "union_type", "founding_date", "approval_number", "chair", "phone", "term_years", "org_form",
)  # fmt: skip

#: So many of the employers are named.
_NAMED = 6


def propose(cases: Sequence[str], index: RegionIndex) -> tuple[Values, str]:
    """What is proposed for the union of cases (uids), and the name of the union above it."""
    values = founding.proposed(cases, index)
    parent = values.get("parent")
    return values, called({"union": [parent]}).get(parent, "") if parent else ""


class FoundingForm(QScrollArea):
    """Asks for what a new union is to be; with one case also for a union to join."""

    def __init__(self, context: Context, doing: CaseDoing, places: QStringListModel) -> None:
        """Without cases; :meth:`show_cases` fills it."""
        super().__init__()
        self.setAccessibleName(_("成立工会"))
        self._context, self._doing = context, doing
        self._asking = Asking(context.jobs)
        self._cases: tuple[str, ...] = ()
        self._name = ""
        self.setWidgetResizable(True)
        self.fields = Fields([column_of(Union, name) for name in _FIELDS], places, lines=("name",))
        self.found = push_button(_("成立工会"), self._found, primary=True)
        self.picker = RecordPicker("union", _("已有的工会"))
        self.since = DayEditor(_("加入日期"), context.today)
        self.since.show_text(context.today.isoformat())
        self.join = push_button(_("加入这个工会"), self._join)
        row = line(Label(_("加入日期")), self.since, self.join)
        self.joining = holding(down(Label(_("加入已有的联合工会"), "heading"), self.picker, row, gap=None, margins=(0, theme.WIDE, 0, 0)))
        body = on_paper(down(
            Label(_("成立工会"), "heading"), self.fields, line(self.found), self.joining, REST,
            margins=(0, theme.GAP, theme.GAP, 0),
        ))  # fmt: skip
        self.setWidget(body)

    def show_cases(self, cases: Sequence[str], name: str) -> None:
        """Propose a union for cases (uids); ``name``: of the one employer, "" for several."""
        if tuple(cases) == self._cases:
            return
        self._cases, self._name = tuple(cases), name
        self.joining.setVisible(len(cases) == 1)
        self.picker.choose("", "")
        self.fields.show_texts({})
        self.found.setEnabled(bool(cases))
        self._asking.drop()
        if cases:
            self._asking.ask(propose, self._cases, self._context.index, done=self._proposed)

    def _proposed(self, proposed: tuple[Values, str]) -> None:
        values, parent = proposed
        region = values.get("region")
        texts = {name: str(values.get(name) or "") for name in ("name", "union_type")}
        texts |= {"region": self._context.index.path(region) if region else "", "parent": parent}
        texts["founding_date"] = self._context.today.isoformat()
        self.fields.show_texts(texts, {"parent": str(values.get("parent") or "")})

    def _found(self) -> None:
        given: dict[str, Any] = dict(self.fields.texts())
        if "region" in given:
            found = self._context.index.resolve(given["region"]).uid
            if found is None:
                sentence = _("找不到区划“{name}”，请从列出的名称里选。").format(name=given["region"])
                self._context.notices.error(sentence)
                self.fields.refuse("region", sentence)
                return
            given["region"] = found
        self._doing.found(self._cases, given)

    def _join(self) -> None:
        if not self.picker.uid:
            self._context.notices.error(_("请先选择要加入的工会：输入名称的一部分，再从列出的里面选。"))
            return
        self._doing.join(self._cases[0], self._name, self.picker.uid, self.since.text())


class JointPane(QFrame):
    """One union for several employers, beside the list. ``closed()`` when it is left."""

    closed = Signal()

    def __init__(self, context: Context, doing: CaseDoing, places: QStringListModel) -> None:
        """Without cases."""
        super().__init__()
        self.title = Label(role="title", wrap=True)
        self.names = Label(role="secondary", wrap=True)
        self.leave = close_button()
        self.leave.clicked.connect(self.closed)
        act_by(self, "case.leave", self.leave)
        self.form = FoundingForm(context, doing, places)
        head = across((self.title, 1), self.leave, gap=None)
        down(head, self.names, (self.form, 1), on=self, gap=None, margins=BESIDE_LIST)

    def show_cases(self, cases: Sequence[str], names: Sequence[str]) -> None:
        """Propose a joint union for cases (uids) of employers with these names."""
        self.title.setText(_("{count} 家单位成立联合工会").format(count=len(cases)))
        more = _(" 等") if len(names) > _NAMED else ""
        self.names.setText(_("、").join(names[:_NAMED]) + more)
        self.form.show_cases(cases, "")
