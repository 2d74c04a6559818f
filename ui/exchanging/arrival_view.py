"""Taking: a package looked into before anything is written, taken by a button, and what came with it."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QTabWidget, QWidget

from models.duplicates.find import REASONS, reason_text
from models.errors import UserError
from models.exchange.sealed import Opener
from models.exchange.taking import PerhapsSame, TakenPackage
from models.journal.done import Done
from models.language import _
from ui.exchanging.jobs import LockedPackage, OpenConflict, OpenedPackage, choose, look, take
from ui.exchanging.tables import alike_model, conflicts_model, moment, records_model
from ui.kit import theme
from ui.kit.acting import act_by_each
from ui.kit.asking import Asking
from ui.kit.buttons import push_button
from ui.kit.context import Context
from ui.kit.jobs import Job
from ui.kit.lines import BELOW_TABS, REST, across, down, holding, tabbed
from ui.kit.list_model import ListModel
from ui.kit.plain import Label
from ui.kit.secret_fields import again, forget, secret_field, wrong_line
from ui.kit.sorted_table import SpreadTable, sorted_table
from ui.kit.written import did

_NEW, _CHANGED, _GONE, _CONFLICTS, _ALIKE, _REFUSED = range(6)


class ArrivalView(QWidget):
    """``opens(str, str)`` asks for a record, ``merges(str, str, str)`` for two to be compared.

    ``wants_another()`` asks for the next package, ``decides()`` for what is to be decided; ``left()``: finished here.
    """

    opens = Signal(str, str)
    merges = Signal(str, str, str)
    left = Signal()
    decides = Signal()
    wants_another = Signal()

    def __init__(self, context: Context) -> None:
        """No package yet; :meth:`open_package` brings one."""
        super().__init__()
        self._context = context
        self._path = Path()
        self._opener: Opener | None = None
        self._asking = Asking(context.jobs)
        self._taking: Job | None = None
        self._reading = self._asks = False
        self.seen: TakenPackage | None = None
        self.taken = False
        self.title, self.told = Label(role="heading", wrap=True), Label(wrap=True)
        self.secret = secret_field()
        self.secret.setAccessibleName(_("交换口令"))
        self.secret.setPlaceholderText(_("交换口令"))
        self.secret.setFixedWidth(280)
        self.secret.returnPressed.connect(self._go_on)
        self.wrong = wrong_line(self.secret)
        self.hint = Label(role="secondary", wrap=True)
        self._rest = QWidget()
        self._rest.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self._make_tables()
        self.go_on = push_button(_("看看里面有什么"), self._go_on, primary=True)
        self.undo_it = push_button(_("撤销这次收下"), self._undo, "undo")
        self.another = push_button(_("再收一个…"), self.wants_another)
        self.back = push_button("", self.leave)
        act_by_each(self, "exchange", on=self.go_on, back=self.back)
        down(
            self.title, across(self.secret, REST), self.wrong, self.told, (self.tabs, 1), self._rest, self.hint,
            across(self.back, REST, self.undo_it, self.another, self.go_on), on=self, gap=theme.GAP,
        )  # fmt: skip
        self._fit()

    def _make_tables(self) -> None:
        self.models: list[ListModel] = [
            records_model(self, _("说明")), records_model(self, _("改了什么")), records_model(self, _("说明")),
            conflicts_model(self), alike_model(self), records_model(self, _("为什么没有照办")),
        ]  # fmt: skip
        self._titles = [_("新的", "tab"), _("改了"), _("去掉"), _("写得不一样"), _("可能是同一个"), _("没有照办")]
        stretched = [2, 2, 2, 3, 2, 2]
        self.tables: list[SpreadTable] = []
        pages = []
        for title, model, column in zip(self._titles, self.models, stretched, strict=True):
            table = sorted_table(title, model, column)
            table.opened.connect(self._open)
            page = holding(down((table, 1), margins=BELOW_TABS))
            self.tables.append(table)
            pages.append((title, page))
        self.tabs: QTabWidget = tabbed(*pages)
        self.tabs.currentChanged.connect(self._say)

    # a package

    def open_package(self, path: Path) -> None:
        """Begin with a package: its passphrase is asked for where it has one, else it is looked into at once."""
        if self._taking is not None:  # what is being written is told about first, under its own name
            self._context.notices.error(_("正在收下《{name}》，收完再看下一个。").format(name=self._path.name))
            return
        self._path, self._opener, self.seen, self.taken, self._asks = path, None, None, False, False
        forget(self.secret)
        self.wrong.clear()
        self.title.setText(_("收下《{name}》").format(name=path.name))
        self._run(choose, path, done=self._chosen, title="")

    def _chosen(self, chosen: LockedPackage) -> None:
        self._reading, self._asks = False, chosen.asks
        self._fit()
        if chosen.asks:
            self.secret.setFocus()
        else:
            self._look()

    def _go_on(self) -> None:
        if self._busy or not self._context.may_write():
            return
        if self.seen is None:
            self._look()
        elif not self.taken and self._opener is not None and self.seen.entries:
            args = (self._context.register, self._path, self._opener, self._context.author, self._context.today)
            self._taking = self._context.jobs.write(take, *args, done=self._have_taken, failed=self._not_taken, title=_("正在收下"))
            self._fit()

    @property
    def _busy(self) -> bool:
        return self._reading or self._taking is not None

    def _look(self) -> None:
        if self._asks and not self.secret.text():
            self._tell_wrong(_("请填交换口令。"))
            return
        args = (self._path, self.secret.text(), self._context.author, self._context.today, self._context.register.folder)
        self._run(look, *args, done=self._have_seen, title=_("正在看交换包"))

    def _run(self, function: Any, *args: Any, done: Any, title: str) -> None:
        """Read of the package that is shown; how another one that was being read ends concerns nobody any more."""
        self._reading = True
        self._asking.ask(function, *args, done=done, failed=self._refused, title=title)
        self._fit()

    def _have_seen(self, opened: OpenedPackage) -> None:
        self._reading, self._opener, self.seen = False, opened.opener, opened.seen
        forget(self.secret)
        self._show(opened.seen)
        (self.go_on if opened.seen.entries else self.back).setFocus()

    def _have_taken(self, done: Done[TakenPackage]) -> None:
        self._taking, self.seen, self.taken = None, done.result, True
        self._show(done.result)
        self.back.setFocus()
        seen = done.result
        said = _("已收下《{name}》，批次 {number}：{what}。").format(name=self._path.name, number=seen.batch, what=counts_told(seen))
        did(self._context, done, said)

    def _not_taken(self, error: Exception) -> None:
        self._taking = None
        self._refused(error)

    def _refused(self, error: Exception) -> None:
        self._reading = False
        self._fit()
        self._tell_wrong(str(error) if isinstance(error, UserError) else _("已停下，什么都没有收下。"))

    def _tell_wrong(self, said: str) -> None:
        self.wrong.setText(said)
        self.wrong.show()
        if not self.secret.isHidden():
            again(self.secret)

    # what is shown

    def _show(self, seen: TakenPackage) -> None:
        rows = seen.rows
        words = [OpenConflict(*both) for both in zip(seen.conflicts, rows.conflicts, strict=True)]
        alike = [(each, rows.alike.get(each.left, ""), rows.alike.get(each.right, ""), _why(each)) for each in seen.perhaps_same]
        listed: list[Sequence[Any]] = [rows.new, rows.changed, rows.gone, words, alike, rows.refused]
        counts = [seen.new, seen.changed, seen.gone, len(words), len(alike), len(seen.refused)]
        for place, (items, count) in enumerate(zip(listed, counts, strict=True)):
            self.models[place].show_items(items)
            self.tabs.setTabText(place, f"{self._titles[place]} {count:,}")
        first = _CONFLICTS if words else next((place for place, count in enumerate(counts) if count), _NEW)
        self.tabs.setCurrentIndex(first)
        self.told.setText("\n".join(told(seen, self.taken)))
        self._fit()

    def _fit(self) -> None:
        seen, busy = self.seen, self._busy
        self.secret.setVisible(self._asks and seen is None)
        self.secret.setReadOnly(busy)  # the keyboard stays in it: what is refused is typed anew
        self.tabs.setVisible(seen is not None and bool(seen.entries))
        self._rest.setHidden(seen is not None and bool(seen.entries))
        self.told.setVisible(seen is not None)
        self.hint.setVisible(seen is not None and bool(seen.entries))
        self.go_on.setVisible(not self.taken and (seen is None or bool(seen.entries)))
        self.go_on.setText(_("看看里面有什么") if seen is None else _("收下", "button"))
        self.go_on.setEnabled(not busy)
        self.another.setVisible(self.taken)
        self.undo_it.setVisible(self.taken and seen is not None and seen.batch is not None)
        self.wrong.setVisible(bool(self.wrong.text()))
        self._say()

    def _say(self, *_tab: Any) -> None:
        seen, tab = self.seen, self.tabs.currentIndex()
        listed = len(self.models[tab].items)
        total = (seen.new, seen.changed, seen.gone)[tab] if seen is not None and tab <= _GONE else listed
        more = _("先列出 {count:,} 条。").format(count=listed) if total > listed else ""
        if tab == _ALIKE:
            said = _("按回车逐对比较，合并或者记下“不是同一个”。") if self.taken else _("收下以后可以逐对比较、合并。")
        elif tab == _CONFLICTS:
            kept = _("收下以后两个都留着，由人来决定。")
            said = _("两个都留着。按回车去决定留哪一个。") if self.taken else kept
        else:
            said = _("按回车打开记录。") if self.taken or tab != _NEW else _("收下以后按回车打开记录。")
        self.hint.setText(more + said)

    def _open(self, row: int) -> None:
        tab = self.tabs.currentIndex()
        item = self.models[tab].items[row]
        if tab == _ALIKE:
            same: PerhapsSame = item[0]
            if self.taken and same.kind in ("worker", "employer", "union"):
                self.merges.emit(same.kind, same.left, same.right)
        elif tab == _CONFLICTS:
            if self.taken:
                self.decides.emit()
        elif item.of and (self.taken or tab != _NEW):
            self.opens.emit(*item.of)

    def _undo(self) -> None:
        if self.seen is not None and self.seen.batch is not None:
            self._context.undoing.undo(self.seen.batch)
            self.leave()

    def leave(self) -> None:
        """Go back; what runs is stopped, and the passphrase forgotten."""
        if self._taking is not None:
            self._taking.cancel()
        self._asking.drop()
        self._reading = False
        forget(self.secret)
        self._opener, self.seen, self.taken = None, None, False
        self._fit()
        self.left.emit()


def counts_told(seen: TakenPackage) -> str:
    """What a package brings, in numbers of records."""
    said = _("新的 {new:,}、改了 {changed:,}、去掉 {gone:,}、相同 {same:,}")
    counts = said.format(new=seen.new, changed=seen.changed, gone=seen.gone, same=seen.same)
    return counts + (_("、写得不一样 {count:,}").format(count=len(seen.conflicts)) if seen.conflicts else "")


def told(seen: TakenPackage, taken: bool) -> list[str]:
    """What there is to say of a package, line by line."""
    manifest = seen.manifest
    if not seen.entries:
        own = _("这是本机自己交出的交换包，里面的本机都有。")
        return [own if seen.own else _("{person} 交来的这个交换包里没有本机没有的内容。").format(person=manifest.person)]
    lines = [_("{person} {at} 交出（设备 {device}）：{what}。").format(
        person=manifest.person, at=moment(manifest.at), device=manifest.device, what=counts_told(seen)
    )]  # fmt: skip
    if seen.moved:
        lines.append(_("改挂到合并后的记录：{count:,} 处").format(count=seen.moved))
    if seen.joined:
        lines.append(_("两边各建了一份、并成一份的：{count:,} 份").format(count=seen.joined))
    if seen.ahead:
        day = manifest.at[:10]
        lines.append(_("这个交换包写的日期 {day} 在今天之后：有一台电脑的时钟不对。时钟不影响合并。").format(day=day))
    if taken:
        lines.append(_("已收下，批次 {number}。").format(number=seen.batch))
    else:
        lines.append(_("这是预览，什么都没有写入。收下之前自动备份，收下以后可以整批撤销。"))
    return lines


def _why(each: PerhapsSame) -> str:
    return reason_text(each.code) if each.code in REASONS else _("同一件事各记了一次")
