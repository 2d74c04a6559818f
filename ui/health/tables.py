"""The item models of 体检: the rules with their counts, what they found, and the terms of office."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from models.language import _
from models.rules.rules import RuleCount
from models.rules.weights import STANDINGS, pressing, rank, rules_by_weight, standing
from models.standing.terms import TERM_STATES, PresentTerm
from ui.kit import theme
from ui.kit.list_model import ListModel, ShownColumn, text_column
from ui.kit.plain import tip
from ui.kit.tables import UNKNOWN, Index, wide_enough

#: The sign of each standing and its colour; the shape tells it too.
_SIGNS = {
    "error": ("▲", "accent"),
    "warning": ("●", "warn"),
    "note": ("○", "muted"),
    "unknown": ("?", "muted"),
    "aside": ("–", "faint"),
}
_TERM_COLOURS = {"overdue": "accent", "due30": "warn", "due90": "warn"}


class RuleRow(NamedTuple):
    """A rule as the list at the left shows it; ``id`` "" stands for all rules, which have no weight of their own."""

    id: str
    title: str
    severity: str
    found: int
    unknown: int
    aside: int


def signed(name: str) -> str:
    """The words of a standing with their sign before them."""
    return f"{_SIGNS[name][0]} {_(STANDINGS[name])}"


def sign_colour(name: str) -> str:
    """The theme's token for a standing's colour."""
    return _SIGNS[name][1]


def rule_rows(counted: Iterable[RuleCount]) -> list[RuleRow]:
    """The rules as rows, the heaviest first, with all of them together in the first one."""
    rows = [
        RuleRow(each.rule.id, _(each.rule.title), each.rule.severity, each.count, each.unknown, each.aside)
        for each in rules_by_weight(counted)
    ]
    found, unknown, aside = (
        sum(each) for each in zip(*((row.found, row.unknown, row.aside) for row in rows), strict=True)
    )
    return [RuleRow("", _("全部规则"), "", found, unknown, aside), *rows]


class TintedModel(ListModel):
    """A list one of whose columns is written in a colour of its own; ``tint`` gives an object's token, "" for none."""

    def __init__(
        self, columns: Sequence[ShownColumn], tinted: str, tint: Callable[[Any], str], parent: QWidget | None = None
    ) -> None:
        """``tinted`` names the column."""
        super().__init__(columns, parent)
        self._place = [column.name for column in columns].index(tinted)
        self._tint = tint

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.ForegroundRole and index.isValid() and index.column() == self._place:
            token = self._tint(self.items[index.row()])
            return QColor(theme.colour(token)) if token else None
        return super().data(index, role)


class RulesModel(TintedModel):
    """The rules; the sign's tool tip is its words, and what nothing was found of is written lightly."""

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if index.isValid():
            row: RuleRow = self.items[index.row()]
            if role == Qt.ItemDataRole.ToolTipRole and row.severity:
                told = _("{rule} {title}（{severity}）")
                return tip(told.format(rule=row.id, title=row.title, severity=_(STANDINGS[row.severity])))
            if role == Qt.ItemDataRole.ForegroundRole and not (row.found or row.unknown or row.aside):
                return QColor(theme.colour("faint"))
        return super().data(index, role)


def rules_model(parent: QWidget) -> ListModel:
    """The rules with their counts, from ``RuleRow`` objects."""

    def counted(name: str, title: str) -> ShownColumn:
        return ShownColumn(name, title, 3, "right", lambda row: f"{getattr(row, name):,}", lambda row: getattr(row, name))

    columns = [
        ShownColumn("severity", _("轻重", "column"), 1, "center", lambda row: _SIGNS[row.severity][0] if row.severity else "",
              lambda row: rank(row.severity)),
        ShownColumn("title", _("规则"), 12, "left", lambda row: row.title, lambda row: row.id),
        counted("found", _("发现")), counted("unknown", _("未填", "column")), counted("aside", _("搁置", "column")),
    ]  # fmt: skip
    return RulesModel(columns, "severity", lambda row: sign_colour(row.severity) if row.severity else "", parent)


def findings_model(parent: QWidget) -> ListModel:
    """What was found, from ``Finding`` objects."""
    columns = [
        text_column("name", _("名称"), 17, lambda each: each.name),
        ShownColumn(
            "standing", _("轻重"), wide_enough(6, STANDINGS.values()), "left", lambda each: signed(standing(each)), pressing
        ),
        text_column("text", _("情况"), 24, lambda each: each.text),
        text_column("region", _("区划"), 10, lambda each: each.region),
        text_column("rule", _("规则"), 3, lambda each: each.rule, "center"),
    ]  # fmt: skip
    return TintedModel(columns, "standing", lambda each: sign_colour(standing(each)), parent)


def _days_left(term: PresentTerm) -> str:
    if term.days_left is None:
        return UNKNOWN
    return _("超过 {days:,} 天").format(days=-term.days_left) if term.days_left < 0 else f"{term.days_left:,}"


def terms_model(parent: QWidget) -> ListModel:
    """The terms of the unions, from ``Term`` objects."""
    states = list(TERM_STATES)
    columns = [
        text_column("name", _("工会"), 20, lambda term: term.name),
        ShownColumn("state", _("任期"), wide_enough(7, TERM_STATES.values()), "left", lambda term: _(TERM_STATES[term.state]),
              lambda term: states.index(term.state)),
        ShownColumn("days_left", _("剩余天数"), 7, "right", _days_left, lambda term: term.days_left),
        ShownColumn("end", _("届满日期"), 7, "left", lambda term: term.end or UNKNOWN, lambda term: term.end),
        ShownColumn("start", _("本届选举日期"), 7, "left", lambda term: term.start or UNKNOWN, lambda term: term.start),
        ShownColumn("years", _("任期年数"), 4, "right", lambda term: UNKNOWN if term.years is None else str(term.years),
              lambda term: term.years),
        ShownColumn("extension", _("延期"), 4, "left", lambda term: _("已批准") if term.approved_extension else "",
              lambda term: term.approved_extension or ""),
        text_column("region", _("区划"), 10, lambda term: term.region),
    ]  # fmt: skip
    return TintedModel(columns, "state", lambda term: _TERM_COLOURS.get(term.state, ""), parent)
