"""Whose data is due for review (保存期限): listed, opened, and erased, several at once."""

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from models.language import _
from models.people.retention import DueReview, Review
from ui.kit.buttons import push_button
from ui.kit.context import Context
from ui.kit.counted_choice import CountedChoice
from ui.kit.empty import EmptyState
from ui.kit.frozen import FrozenTable
from ui.kit.lines import BELOW_TABS, across, down, one_shown
from ui.kit.list_model import ListModel, ShownColumn, let_sort, text_column
from ui.kit.plain import Label
from ui.kit.tables import UNKNOWN
from ui.people.erasing import ErasingPeople


def _model(parent: QWidget) -> ListModel:
    columns = [
        text_column("name", _("姓名"), 8, lambda each: each.name),
        ShownColumn("state", _("会籍状态"), 5, "left", lambda each: _(each.state), lambda each: each.state),
        ShownColumn("since", _("从何时起"), 7, "left", lambda each: each.since or UNKNOWN, lambda each: each.since),
        ShownColumn("due_on", _("到期"), 7, "left", lambda each: each.due_on or _("日期不明"), lambda each: each.due_on or "9"),
        text_column("union", _("最后的工会"), 18, lambda each: each.union),
    ]  # fmt: skip
    return ListModel(columns, parent)


class RetentionView(QWidget):
    """``opens(str, str)``: "worker" and the uid of the person to open; ``filled()`` after the list changed."""

    opens = Signal(str, str)
    filled = Signal()

    def __init__(self, context: Context) -> None:
        """Empty until :meth:`show_review`."""
        super().__init__()
        self._review, self._wanted = Review([], []), ""
        self.erasing = ErasingPeople(context, self)
        self.parts = CountedChoice([("due", _("到期待处理")), ("undated", _("日期不明"))])
        self.parts.chosen.connect(self._fill)
        self.model = _model(self)
        self.table = FrozenTable(_("保存期限"))
        let_sort(self.table, self.model)
        self.table.chosen.connect(self._fit)
        self.table.opened.connect(self._open_row)
        self.nothing = EmptyState("check", _("没有到期的个人信息。"), "")
        self.erase = push_button(_("删除所选人的个人信息…"), self._erase)
        self.shown = Label(role="secondary", wrap=True)
        self._lay_out()
        self._fit()

    def _lay_out(self) -> None:
        self._tables = one_shown(self.table, self.nothing)
        down(self.parts, (self._tables, 1), across((self.shown, 1), self.erase), on=self, margins=BELOW_TABS)

    def show_review(self, found: Review) -> None:
        """Show who is due, keeping the part that was chosen."""
        self._review = found
        self._fill()

    def search(self, text: str) -> None:
        """List only those in whose name or union ``text`` stands."""
        self._wanted = text.strip().casefold()
        self._fill()

    def _fill(self) -> None:
        due, undated = self._narrowed(self._review.due), self._narrowed(self._review.undated)
        self.parts.show_counts({"due": len(due), "undated": len(undated)})
        part = self.parts.name
        self.model.show_items([*(due if part != "undated" else ()), *(undated if part != "due" else ())])
        self._tables.setCurrentIndex(0 if self.model.items else 1)
        told = _("共 {total:,} 人；期限在“设置 → 个人信息”里改，日期不明的不算到期")
        self.shown.setText(told.format(total=len(self.model.items)))
        self._fit()
        self.filled.emit()

    def _narrowed(self, found: Iterable[DueReview]) -> list[DueReview]:
        wanted = self._wanted
        return [each for each in found if wanted in each.name.casefold() or wanted in each.union.casefold()]

    def _fit(self) -> None:
        self.erase.setEnabled(bool(self.table.selected_count))

    def _open_row(self, row: int) -> None:
        self.opens.emit("worker", self.model.items[row].uid)

    def _erase(self) -> None:
        self.erasing.ask([self.model.items[row].uid for row in self.table.selected_rows()])
