"""What is due from unions (催报): who has not handed in what since when, whom to call; a person's word; the rules."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from models.chasing.due import STATES, Item, items, tally
from models.chasing.marking import close, take_back
from models.language import N_, _
from models.trail.entry import Act
from models.values.region_index import RegionIndex
from reports.chase_list import how_word, phone_shown, state_word, tally_told, write_items
from ui.chasing.rules_view import RulesView, look_up_rules
from ui.kit.acting import act, act_by_each
from ui.kit.buttons import push_button
from ui.kit.choice_box import choice_box
from ui.kit.commands import command
from ui.kit.context import Context
from ui.kit.empty import EmptyState
from ui.kit.finding import FindField
from ui.kit.jobs import Turn
from ui.kit.lines import AROUND_PAGE, BELOW_TABS, across, down, holding, one_shown, tabbed, wrapped
from ui.kit.list_box import put_anew
from ui.kit.list_model import ListModel, ShownColumn, text_column
from ui.kit.page import Page
from ui.kit.plain import Label
from ui.kit.plain_fields import line_field
from ui.kit.sorted_table import sorted_table
from ui.kit.typed_for import TypedFor
from ui.kit.written import Written

#: The tabs in their order.
_LIST, _RULES = range(2)
#: How many rows may be marked at once: a slip of the hand is not to close a whole district.
MOST_MARKED = 200


class Found(NamedTuple):
    """What the page shows: the sheets that were due, the rules as they are typed."""

    items: list[Item]
    rules: list[dict[str, object]]


def look_up(context: Context, regions: frozenset[str]) -> Found:
    """Ask the register what is due today, of the unions in these regions (empty: of all)."""
    return Found(items(context.today, context.index, regions=regions), look_up_rules(context.index))


class ChasePage(Page):
    """``prints(str, dict)`` asks for a report and what is chosen for it; ``opens(str, str)`` for a union."""

    SHOWS = frozenset({
        "due_rule", "due_union", "hand_in", "union", "coverage", "employer", "head_count", "ledger_entry", "ledger_kind",
        "region", "region_parent",
    })  # fmt: skip
    prints = Signal(str, object)
    opens = Signal(str, str)

    def __init__(self, context: Context) -> None:
        """A page that asks what is due today when it is first shown."""
        super().__init__(context)
        self.search_text = ""
        self._found = Found([], [])
        self._written = Written(context, self)
        self.model = _items_model(context.index, self)
        self.table = sorted_table(_("催报"), self.model, 2, whole=True)
        self.table.chosen.connect(self._choose)
        self.table.opened.connect(self._open_row)
        self.rules_view = RulesView(context)
        self._make_bar()
        self._make_words()
        self._lay_out()
        act(self, "chase.find", self.finding.setFocus)
        act_by_each(
            self, "chase", close=self.close_them, excuse=self.excuse, reopen=self.reopen, paper=self.paper,
            export=self.export,
        )  # fmt: skip

    def _make_bar(self) -> None:
        self.finding = FindField(_("搜索工会、联系人"), command("chase.find").label)
        self.finding.textChanged.connect(self._fill)
        self.rules = choice_box(_("催报"), ((_("全部催报"), ""),), self._fill)
        self.rules.setMinimumContentsLength(7)
        states = ((_("没交的"), ("overdue", "awaited")), (_("逾期的"), ("overdue",)), (_("已交的"), ("handed",)),
            (_("免交的"), ("excused",)), (_("全部"), STATES))  # fmt: skip
        self.states = choice_box(_("交没交"), states, self._fill)
        self.regions = self.region_box()
        self.paper = push_button("", self._print, "report")
        self.export = push_button("", self._export, "export")

    def _make_words(self) -> None:
        self.reason = line_field(_("原因"), _("原因，例如“纸质交来”“本月没有变化”"))
        self.reason.textChanged.connect(self._fit)
        self._typed_for = TypedFor(lambda: bool(self.reason.text()), self.reason.clear)
        self.close_them = push_button("", self._close)
        self.excuse = push_button("", self._excuse)
        self.reopen = push_button("", self._reopen)
        self.shown = Label(role="secondary", wrap=True)

    def _lay_out(self) -> None:
        bar = wrapped((self.finding, 1), self.rules, self.states, self.regions, self.paper, self.export)
        self.nothing = EmptyState("bell", "", _("定一项催报"))
        self.nothing.pressed.connect(self._begin)
        self._tables = one_shown(self.table, self.nothing)
        self.words = holding(across((self.reason, 1), self.close_them, self.excuse, self.reopen))
        listed = holding(down(bar, (self._tables, 1), self.words, self.shown, margins=BELOW_TABS))
        self.tabs = tabbed((_("谁没交"), listed), (_("各项催报"), self.rules_view))
        down((self.tabs, 1), on=self, margins=AROUND_PAGE)
        self.words.hide()

    @property
    def dirty(self) -> bool:
        """True when a rule was typed that is not saved."""
        return self.rules_view.dirty

    def refresh(self) -> None:
        """Ask the register anew, on the worker thread."""
        self.ask(look_up, self._context, self.regions.below(), done=self._show, turn=Turn.SOON)

    def show_part(self, part: str) -> None:
        """Show what is overdue (``overdue``) of what the window looks at, or the rules (``rules``)."""
        self.tabs.setCurrentIndex(_RULES if part == "rules" else _LIST)
        if part == "overdue":
            self.rules.setCurrentIndex(0)
            self.states.setCurrentIndex(1)
            self.regions.choose_usual()
            self.finding.clear()
            self.refresh()

    def _begin(self) -> None:
        self.tabs.setCurrentIndex(_RULES)
        self.rules_view.start_new()
        self.rules_view.fields.editors["sheet"].setFocus()

    def _show(self, found: Found) -> None:
        self._found = found
        put_anew(self.rules, [(_("全部催报"), ""), *((str(each["name"]), each["uid"]) for each in found.rules)])
        self.rules_view.show_rules(found.rules)
        self._fill()

    def _fill(self) -> None:
        rule, states = self.rules.currentData(), self.states.currentData()
        wanted = self.finding.text().strip().casefold()
        listed = [
            each for each in self._found.items
            if each.state in states and rule in ("", each.rule.uid)
            and (not wanted or wanted in each.union.name.casefold() or wanted in each.union.contact.casefold())
        ]  # fmt: skip
        self.model.show_items(listed)
        none = _("还没有催报。定一项：要什么表、多久一次、期满后几天内交、向哪类工会要；到期谁没交，就列在这里。")
        self.nothing.say(_("没有符合的。放宽上面的条件再看。") if self._found.rules else none)
        self.nothing.button.setVisible(not self._found.rules)
        self._tables.setCurrentIndex(0 if listed else 1)
        self.paper.setEnabled(bool(self._found.items))
        self.export.setEnabled(bool(listed))
        self._fit()

    def selected(self) -> list[Item]:
        """The selected rows, from the top."""
        return [self.model.items[row] for row in self.table.selected_rows()]

    def _choose(self, _count: int = 0) -> None:
        self._typed_for.chosen(each.key for each in self.selected())
        self._fit()

    def _fit(self) -> None:
        chosen = self.selected()
        self.words.setVisible(bool(chosen))
        still = bool(chosen) and all(each.open for each in chosen)
        self.reason.setVisible(still)
        for button in (self.close_them, self.excuse):
            button.setVisible(still)
            button.setEnabled(bool(self.reason.text().strip()))
        kept = bool(chosen) and all(each.how in ("import", "hand") for each in chosen)
        self.reopen.setVisible(kept)
        text = tally_told(tally(self._found.items, self._context.today))
        if chosen:
            text = _("已选 {chosen:,} / 共 {total:,} 条").format(chosen=len(chosen), total=len(self.model.items)) + "　" + text
            if not still and not kept:
                text += "　" + _("人数和台账交没交，由登记册里的人数和台账决定。")
        self.shown.setText(text)

    def _keys(self) -> Sequence[tuple[str, str, str]]:
        chosen = self.selected()
        if len(chosen) > MOST_MARKED:
            self._context.notices.error(_("一次最多记 {most} 份，请少选一些。").format(most=MOST_MARKED))
            return ()
        return [each.key for each in chosen]

    def _close(self) -> None:
        self._mark(_("已记下 {count} 份交来。"), excused=False)

    def _excuse(self) -> None:
        self._mark(_("已记下 {count} 份免交。"), excused=True)

    def _mark(self, said: str, excused: bool) -> None:
        keys = self._keys()
        if keys:
            args = (keys, self.reason.text(), self._context.author, self._context.today, excused)
            self._written.write(said.format(count=len(keys)), close, *args, then=self.reason.clear)

    def _reopen(self) -> None:
        keys = self._keys()
        if keys:
            self._written.write(_("已收回 {count} 份，又算没交。").format(count=len(keys)), take_back, keys, self._context.author)

    def _open_row(self, row: int) -> None:
        self.opens.emit("union", self.model.items[row].union.uid)

    def _print(self) -> None:
        area = self.regions.area
        self.prints.emit("chase", {"region": area if isinstance(area, str) else ""})

    def _export(self) -> None:
        name = _("催报清单_{day}").format(day=self._context.today.isoformat())
        self._exporting.ask(name, self.export_to, act=self._act())

    def _act(self) -> Act:
        return Act("export", N_("催报清单"), len(self.model.items))

    def export_to(self, path: Path) -> None:
        """Write the listed rows to a workbook, phones covered."""
        self._exporting.write(self._act(), write_items, path, list(self.model.items), self._context.index)


def _items_model(index: RegionIndex, parent: QWidget) -> ListModel:
    """What is due, from ``Item`` objects."""

    def place(each: Item) -> str:
        return index.path(each.union.region) if each.union.region in index.entries else ""

    state = ShownColumn("state", _("交没交"), 6, "left", state_word, lambda each: (STATES.index(each.state), -each.days))
    period = ShownColumn("period", _("期间"), 8, "left", lambda each: each.called, lambda each: each.period.start.isoformat())
    return ListModel(
        [
            text_column("rule", _("催报"), 8, lambda each: each.rule.name), period,
            text_column("union", _("工会"), 14, lambda each: each.union.name),
            text_column("place", _("区划"), 10, place), text_column("due", _("截止"), 6, lambda each: each.due.isoformat()), state,
            text_column("contact", _("联系人"), 4, lambda each: each.union.contact),
            text_column("phone", _("电话"), 7, lambda each: phone_shown(each, masked=True)),
            text_column("came", _("收到日期"), 6, lambda each: each.came), text_column("how", _("依据或原因"), 9, how_word),
        ],
        parent,
    )  # fmt: skip
