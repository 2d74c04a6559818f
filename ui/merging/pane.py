"""Two records that may be one, side by side: choose field by field, see what moves along, merge or say that they differ."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from models.backups.making import back_up_before
from models.backups.reasons import Reason
from models.duplicates import merge as merging
from models.duplicates.find import mark_distinct, reason_text
from models.duplicates.merge import MergePreview
from models.editing import editing
from models.editing.editing import Kind
from models.errors import UserError
from models.journal.done import Done
from models.journal.writer import Author
from models.language import N_, _
from models.records.catalogue import RECORDS
from models.register.register import Register
from models.values.columns import columns_of
from models.values.region_index import RegionIndex
from ui.kit.acting import act_by, act_by_each
from ui.kit.buttons import push_button
from ui.kit.context import Context
from ui.kit.lines import BESIDE_LIST, REST, across, down
from ui.kit.notices import Action
from ui.kit.parts import holds_focus
from ui.kit.plain import Label
from ui.kit.written import did
from ui.merging.fields import MergeFields

#: What a merge moves, by kind of record; what is not named here is told as "other records".
_SHOWN_KINDS = (
    "worker", "employer", "union", "membership_event", "officer", "coverage", "head_count", "drive_case", "case_step",
    "case_paper",
    "contact", "ledger_entry", "site", "key_employer", "target", "due_union", "hand_in",
    "worklist_entry", "issued_paper", "setting", "saved_filter",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Beside:
    """What the pane shows: the preview, and of each record its name and a line that places it."""

    preview: MergePreview
    names: tuple[str, str]
    places: tuple[str, str]


def backed_up_merge(
    register: Register, keep: str, drop: str, choices: Mapping[str, str], author: Author, index: RegionIndex, today: dt.date,
) -> int:  # fmt: skip
    """Back the register up where that is due, then merge; returns the batch's number."""
    back_up_before(register, Reason.MERGE)
    return merging.merge(keep, drop, choices, author, index, today)


def compare(
    kind: Kind, keep: str, drop: str, choices: Mapping[str, str], index: RegionIndex, today: dt.date
) -> Beside:  # fmt: skip
    """Work out a merge and what tells the two records apart. UserError as ``models.duplicates.merge.merge``."""
    preview = merging.merge_preview(keep, drop, index, today, choices)
    told = [_placed(kind, uid, index) for uid in (keep, drop)]
    return Beside(preview, (told[0][0], told[1][0]), (told[0][1], told[1][1]))


def _placed(kind: Kind, uid: str, index: RegionIndex) -> tuple[str, str]:
    known = editing.held(kind, uid)
    columns = {column.name: column for column in columns_of(RECORDS[kind])}
    names = editing.names_of(known, columns.values(), index)
    state = "membership_state" if kind == "worker" else "state"
    parts = (_(str(known.get(state) or "")), names.get("union") or names.get("employer"), names.get("region"))
    return str(known.get("name") or ""), " · ".join(str(part) for part in parts if part)


def moved_text(counts: Mapping[str, int]) -> str:
    """What moves, in words: 会籍变动 3、工会覆盖 1; "" when nothing does."""
    titles = {
        "worker": _("会员与职工"), "employer": _("用人单位"), "union": _("工会"), "membership_event": _("会籍变动"),
        "coverage": _("工会覆盖"), "head_count": _("人数"), "drive_case": _("建会台账"), "case_step": _("建会步骤"),
        "case_paper": _("建会材料"), "contact": _("联系记录"), "ledger_entry": _("工作台账"), "site": _("阵地"), "key_employer": _("重点企业"),
        "target": _("任务指标"),
        "setting": _("搁置的发现"), "saved_filter": _("常用筛选"), "officer": _("任职"),
        "due_union": _("催报点名的工会"), "hand_in": _("交表"), "issued_paper": _("出具的文书"), "worklist_entry": _("工作名单的一行"),
    }  # fmt: skip
    parts = [f"{titles[kind]} {counts[kind]:,}" for kind in _SHOWN_KINDS if counts.get(kind)]
    others = sum(count for kind, count in counts.items() if kind not in titles)
    return _("、").join([*parts, *([_("其他 {count:,}").format(count=others)] if others else [])])


class MergePane(QFrame):
    """``merged(str, str)``: the second record (uid) went into the first; ``parted(str, str)``: they are not the same.

    ``passed()``: a person leaves the two as they are. ``settling``: nobody has heard of its own write yet.
    """

    merged = Signal(str, str)
    parted = Signal(str, str)
    passed = Signal()

    def __init__(self, context: Context) -> None:
        """An empty pane; :meth:`open` fills it."""
        super().__init__()
        self._context = context
        self._kind: Kind = "worker"
        self.keep = self.drop = ""
        self._code = ""
        self.settling = False
        self._choices: dict[str, str] = {}
        self._beside: Beside | None = None
        self._unmasked: list[str] = []
        self._full = False
        self.reason, self.moves = Label(role="secondary", wrap=True), Label(wrap=True)
        self.fields = MergeFields()
        self.fields.chosen.connect(self._choose)
        self._make_buttons()
        self._lay_out()

    def _make_buttons(self) -> None:
        self.swap, self.unmask = push_button("", self.swap_sides), push_button("", self.ask_full, "eye")
        self.merge_button = push_button("", self.merge, primary=True)
        self.part_button, self.pass_button = push_button("", self.part), push_button("", self.passed)
        act_by_each(self, "duplicates", swap=self.swap, full=self.unmask, merge=self.merge_button, part=self.part_button)
        act_by(self, "duplicates.pass", self.pass_button)

    def _lay_out(self) -> None:
        self.setMinimumWidth(420)
        top = across((self.reason, 1), self.unmask, self.swap)
        foot = across(self.merge_button, self.part_button, self.pass_button, REST)
        down(top, (self.fields, 1), self.moves, foot, on=self, margins=BESIDE_LIST)

    def open(self, kind: Kind, left: str, right: str, code: str = "") -> None:
        """Compare two records (uids); the left one is kept until they are swapped. ``code``: why they may be one."""
        self._kind, self.keep, self.drop, self._code = kind, left, right, code
        self._choices = {}
        self._beside = None
        self._ask()

    def swap_sides(self) -> None:
        """Keep the other record."""
        self.keep, self.drop = self.drop, self.keep
        self._choices = {}
        self._ask()

    def _choose(self, name: str, side: str) -> None:
        self._choices[name] = side
        self._ask()

    def _ask(self) -> None:
        self.merge_button.setEnabled(False)
        context = self._context
        args = (self._kind, self.keep, self.drop, dict(self._choices), context.index, context.today)
        context.jobs.run(compare, *args, done=self._show, failed=self._refused)

    def _show(self, beside: Beside) -> None:
        if (beside.preview.keep, beside.preview.drop) != (self.keep, self.drop):
            return  # another pair was opened meanwhile
        self._beside = beside
        self.reason.setText(_("可能是同一个：{why}").format(why=reason_text(self._code)) if self._code else "")
        self._show_fields(beside)
        moved, joined = moved_text(beside.preview.moved), moved_text(beside.preview.joined)
        said = [_("随之改挂：{what}。").format(what=moved)] if moved else [_("没有别的记录要改挂。")]
        said += [_("并成一条：{what}。").format(what=joined)] if joined else []
        self.moves.setText(" ".join(said))
        self.merge_button.setEnabled(True)

    def _show_fields(self, beside: Beside) -> None:
        preview = beside.preview
        titles = (_("保留：{name}"), _("并入左边：{name}"))
        told = zip(titles, beside.names, beside.places, strict=True)
        left, right = (f"{title.format(name=name)}\n{place}".rstrip() for title, name, place in told)
        place = self.fields.verticalScrollBar().value()
        focused = self.focusWidget()
        held = (focused.property("field"), focused.property("side")) if focused is not None else (None, None)
        self.fields.show_preview(preview, (left, right), not self._full)
        self.fields.verticalScrollBar().setValue(place)
        if held[0] in self.fields.choices:
            self.fields.choices[held[0]][held[1] == "drop"].setFocus()
        kinds = {column.name: column.kind for column in columns_of(RECORDS[preview.kind])}
        values = [(kinds[each.name], value) for each in preview.fields if each.name in kinds for value in (each.keep, each.drop)]
        has_private = any(kind.covers(value) for kind, value in values)
        self.unmask.setVisible(not self._full and has_private)
        pair = sorted((preview.keep, preview.drop))
        if self._full and has_private and pair != self._unmasked:
            self._unmasked = pair
            self._context.unmasked(N_("两条记录对比"), 2, pair)

    def _refused(self, error: Exception) -> None:
        """Two records that cannot be one, or one that is gone: say why; the other answers remain."""
        if isinstance(error, UserError):
            self.moves.setText(str(error))

    def merge(self) -> None:
        """Merge as chosen, as one batch that the banner can take back."""
        if self._beside is None or not self.merge_button.isEnabled():
            return
        self._enable(False)
        context = self._context
        args = (self.keep, self.drop, dict(self._choices), context.author, context.index, context.today)
        context.jobs.write(backed_up_merge, context.register, *args, done=self._merged, failed=self._not_done, title=_("正在合并"))

    def _merged(self, done: Done[int]) -> None:
        self._enable(True)
        assert self._beside is not None  # it was shown before it was merged
        said = _("已合并“{name}”的两条记录。").format(name=self._beside.names[0])
        self.merged.emit(self.keep, self.drop)
        self._tell(done, said)

    def part(self) -> None:
        """Say once for ever that these two are not the same."""
        self._enable(False)
        args = (self.keep, self.drop, self._context.author, self._code)
        self._context.jobs.write(mark_distinct, *args, done=self._parted, failed=self._not_done)

    def _parted(self, done: Done[int | None]) -> None:
        self._enable(True)
        self.parted.emit(self.keep, self.drop)
        self._tell(done, _("已记下：这两条不是同一个，以后不再提示。"))

    def _not_done(self, error: Exception) -> None:
        self._enable(True)
        if self.hasFocus():
            self.merge_button.setFocus()
        self._context.tell_failure(error)

    def _enable(self, enabled: bool) -> None:
        if not enabled and holds_focus(self):
            self.setFocus()  # a button that is disabled lets the keyboard fall to whatever comes next
        for button in (self.merge_button, self.part_button, self.pass_button, self.swap):
            button.setEnabled(enabled)

    def _tell(self, done: Done[Any], said: str) -> None:
        self.settling = bool(done.kinds)
        did(self._context, done, said)

    def ask_full(self) -> None:
        """Ask before a person's numbers are shown in full; that they were is kept in the trail."""
        if not self._context.may_unmask():
            return
        said = _("将显示完整的证件号和电话，并记入操作留痕。请确认身边没有无关的人。")
        self._context.notices.ask(said, Action(_("显示"), self._show_full))

    def _show_full(self) -> None:
        self._full = True
        if self._beside is not None:
            self._show_fields(self._beside)
