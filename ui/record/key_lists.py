"""The lists of key employers (重点企业) on which the shown employer stands; putting it on one, putting right, taking it off."""

import datetime as dt

from PySide6.QtCore import QStringListModel, Signal
from PySide6.QtWidgets import QWidget

from models.editing.key_lists import TYPED, KeyListing
from models.language import _
from models.records.key_employer import KeyEmployer
from models.values.columns import column_of
from ui.kit.empty import EmptyState
from ui.kit.fields import Fields
from ui.kit.lines import BELOW_TABS, REST, across, down, on_paper, one_shown, scrolled
from ui.kit.list_model import ListModel, ShownColumn, text_column
from ui.kit.plain import Label
from ui.kit.sorted_table import sorted_table
from ui.record.entries_beside import EntriesBeside

#: A target is set for so many years.
_SPAN = 3


class KeyListsView(EntriesBeside):
    """``entered(dict)``: what was typed of a list, by field; ``corrected(str, dict)`` of one (uid) that is put right."""

    entered = Signal(object)
    corrected = Signal(str, object)

    def __init__(self, today: dt.date) -> None:
        """No lists."""
        super().__init__(_("移出选中的名单"))
        self._today = today
        model = _lists_model(self)
        self._list(sorted_table(_("重点企业名单"), model), model)
        hint = _("不在重点企业名单上。在下面列入，或者导入名单。")
        self.nothing = EmptyState("target", hint, "")
        columns = [column_of(KeyEmployer, name) for name in TYPED]
        self.fields = Fields(columns, QStringListModel(self), lines=("source",))
        self.heading = Label(role="title")
        self.enter.setProperty("primary", True)
        self._tables = one_shown(self.table, self.nothing)
        told = Label(_("从列入的年度到目标年度算重点企业；没有目标年度的，只算那一年。"), "secondary", wrap=True)
        form = on_paper(down(self.fields, told, REST))
        down(
            (self._tables, 1), across(self.correct, self.remove, REST), self.heading,
            (scrolled(form, sideways=False, by_tab=False), 1), across(self.enter, self.leave, REST), on=self, margins=BELOW_TABS,
        )  # fmt: skip
        self.clear()

    def show_lists(self, employer: str, lists: list[KeyListing]) -> None:
        """Show the lists of an employer (uid)."""
        self._show(employer, lists)
        self._tables.setCurrentIndex(0 if lists else 1)

    def _empty(self) -> None:
        """Of another list this year and the next two are proposed."""
        self._begin("", _("列入重点企业"), _("列入"))
        self.fields.show_texts({"year": str(self._today.year), "last_year": str(self._today.year + _SPAN - 1)})

    def _is_changed(self) -> bool:
        return bool(self.fields.written())

    def _put(self, held: KeyListing) -> None:
        self._begin(held.uid, _("改正这份名单"), _("保存改正"))
        texts = {name: str(getattr(held, name)) for name in TYPED if getattr(held, name) is not None}
        self.fields.show_texts(texts)
        self.fields.editors[TYPED[0]].setFocus()

    def _enter(self) -> None:
        self._sent = True
        written = {name: self.fields.editors[name].text() for name in TYPED}
        if self._corrects:
            self.corrected.emit(self._corrects, written)
        else:
            self.entered.emit(written)


def _lists_model(parent: QWidget) -> ListModel:
    def counts(each: KeyListing) -> str:
        return _("是") if each.counts else _("否")

    def year(name: str) -> ShownColumn:
        column = column_of(KeyEmployer, name)

        def value(each: KeyListing) -> int | None:
            found: int | None = getattr(each, name)
            return found

        return ShownColumn(name, column.title, 6, "right", lambda each: str(value(each) or "—"), value)

    title = column_of(KeyEmployer, "source").title
    source = ShownColumn("source", title, 10, "left", lambda each: each.source or "—", lambda each: each.source)
    now = text_column("counts", _("今年算"), 4, counts, "center")
    return ListModel([source, year("year"), year("last_year"), now], parent)
