"""Working lists (工作名单): the lists at the left, who is on the chosen one, ticking by keyboard, paper, sheets, reading back."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QItemSelectionModel, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QMenu, QPushButton

from importers.worklist_sheet import WorklistReading
from models.journal.done import Done
from models.language import _
from models.lists.listings import Selection
from models.records.worklist import BOXES, DAYS, FIELD_OF
from models.worklists import entries
from models.worklists.kinds import OF, worklist_kinds
from models.worklists.lists import (
    WorklistHead,
    change_worklist,
    make_worklist,
    remove_worklist,
    take_out,
    write_entries,
)
from reports.listing.worklists import CALLED, act_of, beside, chosen_of, usual_form, write_worklist
from ui.kit import theme
from ui.kit.acting import act, act_by_each
from ui.kit.asked_once import asked_once
from ui.kit.buttons import push_button
from ui.kit.commands import command
from ui.kit.context import Context
from ui.kit.day_editor import DayEditor
from ui.kit.empty import EmptyState
from ui.kit.entry_lists import SideList, meant
from ui.kit.finding import FindField
from ui.kit.jobs import Turn
from ui.kit.lines import AROUND_PAGE, across, down, holding, one_shown, wrapped
from ui.kit.page import Page
from ui.kit.plain import Label
from ui.kit.plain_fields import line_field
from ui.kit.sorted_table import sorted_table
from ui.kit.typed_for import TypedFor
from ui.kit.written import Written, did
from ui.lists.cards_dialog import Carded, ask_cards
from ui.lists.printing import Printable, ask_printing
from ui.lists.worklist_dialog import WorklistDialog
from ui.worklists.change_dialog import ChangeDialog
from ui.worklists.jobs import FoundWorklists, keep_read, look_up, read_file
from ui.worklists.reading_dialog import ReadingDialog
from ui.worklists.tables import entries_model

_LISTS_WIDTH, _FIELD_WIDTH = 220, 180
_KEYS = {Qt.Key.Key_1: 0, Qt.Key.Key_2: 1, Qt.Key.Key_3: 2}
#: The fields in which a text is looked for.
_FOUND_BY = ("name", "employer", "union", "list_note")
_NO_LIST = FoundWorklists([], None, [], [])


class WorklistsPage(Page):
    """``opens(str, str)`` asks for a record: "worker", "union" or "employer", and its uid."""

    SHOWS = frozenset({
        "worklist", "worklist_entry", "worker", "membership_event", "union", "employer", "coverage", "region", "saved_filter",
    })  # fmt: skip
    opens = Signal(str, str)

    def __init__(self, context: Context) -> None:
        """A page that asks for the lists when it is first shown."""
        super().__init__(context)
        self._found, self._wanted = _NO_LIST, ""
        self._written = Written(context, self)
        self.lists = SideList(_("工作名单"), _LISTS_WIDTH)
        self.lists.currentRowChanged.connect(self._choose)
        self.model = entries_model(None, (), self)
        self.table = sorted_table(_("名单上的"), self.model, 0)
        self.table.chosen.connect(self._choose_rows)
        self.table.opened.connect(self._open_row)
        self.table.installEventFilter(self)
        self._make_bar()
        self._make_doing()
        self._lay_out()
        act_by_each(
            self, "worklists", new=self.new, print=self.print, cards=self.cards, export=self.export, read=self.read_it,
            drop=self.drop,
        )  # fmt: skip
        act(self, "worklists.find", self.finding.setFocus)

    def _make_bar(self) -> None:
        self.new = push_button("", self._ask_new, "plus")
        self.finding = FindField(_("在这份名单里查找"), command("worklists.find").label)
        self.finding.textChanged.connect(self._fill)
        self.open_only = push_button(_("只看没办的"))
        self.open_only.setCheckable(True)
        self.open_only.toggled.connect(self._fill)
        self.print = push_button("", self._print, "report")
        self.cards = push_button("", self._cards, "columns")
        self.export = push_button("", self._export, "export")
        self.read_it = push_button("", self._ask_read, "import")
        self.more = QPushButton(_("名单…"))
        menu = QMenu(self.more)
        self._closing = act(self, "worklists.close", self._close)
        changing, removing = act(self, "worklists.change", self._ask_change), act(self, "worklists.remove", self._remove)
        menu.addActions([changing, self._closing, removing])
        self.more.setMenu(menu)
        self.about = Label(role="secondary", wrap=True)

    def _make_doing(self) -> None:
        self.boxes = [push_button("", partial(self.tick, place)) for place in range(len(BOXES))]
        self.days: list[tuple[DayEditor, QPushButton]] = []
        for place in range(len(DAYS)):
            editor = DayEditor(_("日期"), self._context.today, ahead=True)
            editor.setFixedWidth(150)
            self.days.append((editor, push_button("", partial(self._write_day, place))))
        self.note = line_field(_("名单备注"), _("写在选中各条上的备注"))
        self.note.returnPressed.connect(self._write_note)
        self.write_note = push_button(_("写备注"), self._write_note)
        self.drop = push_button("", self._drop)
        # a day is a stamp for one visit after another; a note is about somebody
        self._typed_for = TypedFor(lambda: bool(self.note.text()), self.note.clear)
        days = [part for editor, button in self.days for part in (editor, button)]
        self.note.setMinimumWidth(_FIELD_WIDTH)
        self.doing = holding(wrapped(*self.boxes, *days, self.note, self.write_note, self.drop))
        self.shown = Label(role="secondary", wrap=True)

    def _lay_out(self) -> None:
        said = _("还没有工作名单。点“列一份”，或者在会员、工会、单位的名单里选中几条，按“批量”里的“加入工作名单…”。")
        self.nothing = EmptyState("worklist", said, _("列一份"))
        self.nothing.pressed.connect(self._ask_new)
        self.nobody = EmptyState("worklist", _("这份名单上还没有。到会员、工会或单位的名单里选中，按“批量”里的“加入工作名单…”。"), "")
        self._tables = one_shown(self.table, self.nobody)
        self.finding.setMinimumWidth(_FIELD_WIDTH)
        # beside the lists there is little room, and words may be longer
        bar = wrapped(self.finding, self.open_only, self.print, self.cards, self.export, self.read_it, self.more)
        right = holding(down(bar, self.about, (self._tables, 1), self.doing, self.shown))
        left = holding(down(self.new, (self.lists, 1)))
        left.setFixedWidth(_LISTS_WIDTH)
        whole = holding(across(left, (right, 1), gap=theme.WIDE))
        self._whole = one_shown(whole, self.nothing)
        down((self._whole, 1), on=self, margins=AROUND_PAGE)
        self.doing.hide()

    # what is shown

    @property
    def head(self) -> WorklistHead | None:
        """The list that is chosen."""
        return self._found.head

    def refresh(self) -> None:
        """Ask for the lists and the entries of the chosen one, on the worker thread."""
        self.ask(look_up, self._wanted, self._context.index, done=self._show, turn=Turn.SOON)

    def show_list(self, uid: str) -> None:
        """Show a list (uid)."""
        self._wanted = uid
        self.refresh()

    def _choose(self, row: int) -> None:
        item = self.lists.item(row)
        if item is not None:
            self.finding.clear()
            self.show_list(str(meant(item)))

    def _show(self, found: FoundWorklists) -> None:
        before, self._found = self._found.head, found
        self._offer(found)
        self._whole.setCurrentIndex(0 if found.heads else 1)
        head = found.head
        if head is not None:
            self._wanted = head.uid
            if before is None or (before.uid, before.columns) != (head.uid, head.columns):
                self._show_columns(head, found)
            self.about.setText(told(head))
            self._closing.setText(_("再办") if head.closed else command("worklists.close").label)
        self._fill()

    def _offer(self, found: FoundWorklists) -> None:
        def text(each: WorklistHead) -> str:
            count = f"{each.done:,}/{each.count:,}" if each.boxes else f"{each.count:,}"
            return f"{each.name}　{count}" + (_("（已办完）") if each.closed else "")

        shown = found.head.uid if found.head is not None else ""
        row = next((place for place, each in enumerate(found.heads) if each.uid == shown), -1)
        self.lists.offer([(text(each), each.uid, told(each)) for each in found.heads], row)

    def _show_columns(self, head: WorklistHead, found: FoundWorklists) -> None:
        self.model = entries_model(head, found.columns, self)
        self.table.fit_anew(self.model)
        for place, button in enumerate(self.boxes):
            button.setVisible(place < len(head.boxes))
            if place < len(head.boxes):
                button.setText(_("√ {box}（{key}）").format(box=_(head.boxes[place]), key=place + 1))
        for place, (editor, button) in enumerate(self.days):
            editor.setVisible(place < len(head.days))
            button.setVisible(place < len(head.days))
            if place < len(head.days):
                button.setText(_("写{day}").format(day=_(head.days[place])))

    def _fill(self, *_changed: object) -> None:
        """List the rows that fit, with the same ones selected as before."""
        kept, current = {row[entries.ENTRY] for row in self.selected()}, self.table.currentIndex().row()
        wanted, head = self.finding.text().strip().casefold(), self.head
        last = BOXES[len(head.boxes) - 1] if head is not None and head.boxes else ""
        listed = [
            row for row in self._found.rows
            if (not wanted or any(wanted in str(row.get(name) or "").casefold() for name in _FOUND_BY))
            and not (self.open_only.isChecked() and last and row[last])
        ]  # fmt: skip
        self.model.show_items(listed)
        self._tables.setCurrentIndex(0 if self._found.rows else 1)
        self._select(kept, current)
        self._fit()

    def _select(self, kept: set[str], current: int) -> None:
        picked = self.table.selectionModel()
        flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        for row, each in enumerate(self.model.items):
            if each[entries.ENTRY] in kept:
                picked.select(self.model.index(row, 0), flags)
        if 0 <= current < len(self.model.items):
            picked.setCurrentIndex(self.model.index(current, 0), QItemSelectionModel.SelectionFlag.NoUpdate)

    def selected(self) -> list[dict[str, Any]]:
        """The selected rows, from the top."""
        return [self.model.items[row] for row in self.table.selected_rows() if row < len(self.model.items)]

    def _choose_rows(self, *_chosen: object) -> None:
        self._typed_for.chosen(row[entries.ENTRY] for row in self.selected())
        self._fit()

    def _fit(self, *_chosen: object) -> None:
        chosen = len(self.selected())
        self.doing.setVisible(chosen > 0)
        for button in (self.print, self.cards, self.export):
            button.setEnabled(bool(self._found.rows))
        self.read_it.setEnabled(self.head is not None)
        total, listed = len(self._found.rows), len(self.model.items)
        text = _("共 {total:,} 条").format(total=total)
        if listed < total:
            text = _("列出 {listed:,} / 共 {total:,} 条").format(listed=listed, total=total)
        if chosen:
            text = _("已选 {chosen:,}，").format(chosen=chosen) + text
        self.shown.setText(text)

    def _open_row(self, row: int) -> None:
        if self.head is not None:
            self.opens.emit(FIELD_OF[self.head.rows], self.model.items[row]["uid"])

    # ticking

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In the table the space bar ticks the last box, and 1, 2 and 3 the boxes by their places."""
        if watched is self.table and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            head, plain = self.head, event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
            if head is not None and plain and head.boxes:
                if event.key() == Qt.Key.Key_Space:
                    self.tick(len(head.boxes) - 1, step=True)
                    return True
                place = _KEYS.get(Qt.Key(event.key()))
                if place is not None and place < len(head.boxes):
                    self.tick(place)
                    return True
        return super().eventFilter(watched, event)

    def tick(self, place: int, _pressed: bool = False, *, step: bool = False) -> None:
        """Tick a box of the selected rows; where all are ticked already, untick them. ``step``: then go to the next row."""
        rows, head = self.selected(), self.head
        if not rows or head is None or not self._context.may_write():
            return
        name = BOXES[place]
        ticked = all(row[name] for row in rows)
        said = _("“{box}”去掉了 {count:,} 条。") if ticked else _("“{box}”勾了 {count:,} 条。")
        self._write(said.format(box=_(head.boxes[place]), count=len(rows)), rows, {name: None if ticked else "是"})
        below = self.table.currentIndex().row() + 1
        if step and len(rows) == 1 and below < len(self.model.items):
            self.table.selectRow(below)

    def _write_day(self, place: int, _pressed: bool = False) -> None:
        editor = self.days[place][0]
        rows = self.selected()
        if rows and self.head is not None and self._context.may_write():
            day = editor.text().strip()
            said = _("写了 {count:,} 条的{day}。") if day else _("清空了 {count:,} 条的{day}。")
            self._write(said.format(count=len(rows), day=_(self.head.days[place])), rows, {DAYS[place]: day or None})

    def _write_note(self) -> None:
        rows, text = self.selected(), self.note.text().strip()
        if rows and self._context.may_write():
            self._write(_("写了 {count:,} 条的备注。").format(count=len(rows)), rows, {"list_note": text or None}, self.note.clear)

    def _write(
        self, said: str, rows: Sequence[dict[str, Any]], given: dict[str, Any], then: Callable[[], Any] | None = None
    ) -> None:
        uids = [row[entries.ENTRY] for row in rows]
        self._written.write(said, write_entries, uids, given, self._context.author, then=then)

    def _drop(self) -> None:
        rows = self.selected()
        if rows and self._context.may_write():
            said = _("已移出 {count:,} 条，人和单位还在登记册里。").format(count=len(rows))
            self._written.write(said, take_out, [row[entries.ENTRY] for row in rows], self._context.author)

    # lists

    def _ask_new(self) -> None:
        if not self._context.may_write():
            return
        with asked_once(WorklistDialog((), worklist_kinds(), "", 0, self)) as dialog:
            if dialog.exec() and dialog.wished:
                wished = dialog.wished
                self.make(wished.name, wished.kind, wished.rows, **wished.given)

    def make(self, name: str, kind: str, rows: str, **given: Any) -> None:
        """Make an empty list and show it."""
        call = partial(make_worklist, name, kind, rows, self._context.author, **given)
        self._context.jobs.write(call, done=self._made)

    def _made(self, done: Done[Any]) -> None:
        self._wanted = str(done.result[0])
        did(self._context, done, _("已列一份工作名单。到会员、工会或单位的名单里选人加进来。"))

    def _ask_change(self) -> None:
        if self.head is None or not self._context.may_write():
            return
        with asked_once(ChangeDialog(self.head, self)) as dialog:
            if dialog.exec():
                self._written.write(_("已改好工作名单。"), change_worklist, self.head.uid, self._context.author, **dialog.given)

    def _close(self) -> None:
        head = self.head
        if head is not None and self._context.may_write():
            said = (_("“{name}”又列为在办。") if head.closed else _("“{name}”记为已办完。")).format(name=head.name)
            self._written.write(said, change_worklist, head.uid, self._context.author, closed=not head.closed)

    def _remove(self) -> None:
        head = self.head
        if head is not None and self._context.may_write():
            said = _("已删除“{name}”和它的 {count:,} 条。").format(name=head.name, count=head.count)
            self._written.write(said, remove_worklist, head.uid, self._context.author)

    # handing out, reading back

    def printable(self) -> Printable:
        """What the list would print now; of several selected entries only those, unless told otherwise."""
        head = self.head
        assert head is not None  # the button asks
        chosen = frozenset(row["uid"] for row in self.selected()) if len(self.selected()) > 1 else frozenset[str]()
        label = "　".join(part for part in (head.date, head.note) if part)
        return Printable(
            head.rows, head.name, chosen_of(head), (), label, masked=True, chosen=chosen, beside=beside(head),
            form=usual_form(head), what=CALLED,
        )  # fmt: skip

    def _print(self) -> None:
        if self.head is not None:
            ask_printing(self._context, self.printable(), self)

    def _cards(self) -> None:
        head = self.head
        if head is not None:
            chosen = frozenset(row["uid"] for row in self.selected()) if len(self.selected()) > 1 else frozenset[str]()
            order = [row["uid"] for row in self._found.rows]
            choice = Selection(head.rows, uids=frozenset(order), today=self._context.today)
            ask_cards(self._context, Carded(head.rows, head.name, choice, masked=True, chosen=chosen, order=order), self)

    def _export(self) -> None:
        if self.head is not None:
            name = f"{self.head.name}_{self._context.today.isoformat()}"
            self._exporting.ask(name, self.export_to, act=act_of(self.head, "export", masked=True))

    def export_to(self, path: Path) -> None:
        """Write the list to a workbook, to be ticked and read back; numbers are covered."""
        head = self.head
        if head is not None:
            self._exporting.write(act_of(head, "export", masked=True), write_worklist, head, True, self._context.index, path)

    def _ask_read(self) -> None:
        if not self._context.may_write():
            return
        asked, _chosen = QFileDialog.getOpenFileName(self, _("读回勾好的表"), "", _("表格 (*.xlsx *.xls *.et *.csv)"))
        if asked:
            self.read_from(Path(asked))

    def read_from(self, path: Path, uid: str = "") -> None:
        """Read a sheet of the shown list, or of another (uid), and ask before anything is written."""
        if uid:
            self.show_list(uid)
        wanted = uid or (self.head.uid if self.head is not None else "")
        if wanted:
            self._context.jobs.run(read_file, path, wanted, done=self.ask_reading, title=_("正在读表格"))

    def ask_reading(self, reading: WorklistReading) -> None:
        """Show what a sheet would write, and write it when a person agrees."""
        if not reading.changes and not reading.questions:
            self._context.notices.tell(_("《{file}》和这里的一样，没有要写的。").format(file=reading.file))
            return
        with asked_once(ReadingDialog(reading, self)) as dialog:
            if dialog.exec():
                self.keep_reading(reading, dialog.answers)

    def keep_reading(self, reading: WorklistReading, answers: dict[int, str]) -> None:
        """Write what a sheet says, with what was answered."""
        left = sum(1 for each in reading.questions if answers.get(each.row, "skip") == "skip")
        said = _("已从《{file}》写下。").format(file=reading.file)
        said += _("要问的 {count:,} 行没有写。").format(count=left) if left else ""
        self._written.write(said, keep_read, reading, answers, self._context.author)


def told(head: WorklistHead) -> str:
    """A list in one line: what it is for, of whom, its day, how many of its boxes are ticked, its note."""
    ticked = [f"{_(box)} {count:,}/{head.count:,}" for box, count in zip(head.boxes, head.ticked, strict=True)]
    return " · ".join(part for part in (_(head.kind), _(OF[head.rows]), head.date, *ticked, head.note) if part)
