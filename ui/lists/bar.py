"""What stands above a list: new, find, saved filters, many at once, full numbers, columns, template, export."""

from PySide6.QtCore import QSignalBlocker, QSize, QTimer, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from models.language import _
from ui.kit.acting import act, act_by_each, told
from ui.kit.buttons import push_button
from ui.kit.commands import command
from ui.kit.finding import FindField
from ui.kit.lines import across
from ui.kit.plain import tip
from ui.lists.kinds import CELLS, OPENS, Listing
from ui.lists.saved import SavedFilters

_TYPING_MS = 250
_GROUP = "occupation_group"


class ListBar(QWidget):
    """The bar of one list. ``typed(str)`` brings the text to find when a person paused typing.

    ``wants_event(str)`` asks for a membership event for the selected people, ``wants_field(str)`` for a field ("" for any)
    to be set in the selected records, ``wants_union()`` for the selected people to join the unions that are proposed for
    them, ``wants_cover()`` for a union to cover the selected employers, ``wants_merge()`` for two selected records to be
    made one, ``wants_types()`` for the selected unions to get the type that their name suggests, ``wants_worklist()`` for them
    to be put on a working list, ``wants_cards()`` for their cards and labels.
    """

    typed = Signal(str)
    wants_event = Signal(str)
    wants_field = Signal(str)
    wants_union = Signal()
    wants_cover = Signal()
    wants_merge = Signal()
    wants_types = Signal()
    wants_worklist = Signal()
    wants_cards = Signal()

    def __init__(self, listing: Listing, private: bool, kept: SavedFilters) -> None:
        """``private``: the list has numbers that can be shown in full; ``kept``: the menu of saved filters."""
        super().__init__()
        opens = listing.kind in OPENS
        self.new = self._button("plus", opens or listing.kind in CELLS)
        self.finding = FindField(listing.hint, command("list.find").label)
        self.finding.setToolTip(tip(told(command("list.find"))))
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._typing.timeout.connect(self._tell)
        self.finding.textChanged.connect(self._begin)
        self.more = self._button("people", opens)
        self.more.setMenu(self._menu(listing.kind))
        self.full = self._button("eye", private)
        self.full.setCheckable(True)
        self.columns = self._button("columns")
        self.template = self._button("template")
        self.export = self._button("export")
        act(self, "list.find", self.go_to_find)
        act_by_each(
            self, "list", new=self.new, saved=kept, bulk=self.more, full=self.full, columns=self.columns,
            template=self.template, export=self.export,
        )  # fmt: skip
        across(
            self.new, (self.finding, 1), kept, self.more, self.full, self.columns, self.template, self.export, on=self
        )
        self._spare = {each: each.text() for each in (self.columns, self.template, self.export, self.full)}
        self._wide = 0

    def minimumSizeHint(self) -> QSize:
        """As wide as it is where the buttons that can do without have their icons alone."""
        least = super().minimumSizeHint()
        spared = [each for each in self._spare if not each.isHidden() and each.text()]
        words = sum(each.fontMetrics().horizontalAdvance(self._spare[each]) for each in spared)
        return QSize(max(0, least.width() - words), least.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is no room for all words, some buttons have their icons alone; their tips say what they do."""
        super().resizeEvent(event)
        layout = self.layout()
        assert layout is not None
        if self.columns.text():
            self._wide = layout.minimumSize().width()
        narrow = event.size().width() < self._wide
        for button, text in self._spare.items():
            button.setText("" if narrow else text)
            button.setAccessibleName(text.strip())

    def _button(self, sign: str, shown: bool = True) -> QPushButton:
        button = push_button("", sign=sign)
        if not shown:
            button.hide()  # showing it before it lies in the bar would open a window of its own
        return button

    def _menu(self, kind: str) -> QMenu:
        menu = QMenu(self)
        events = (("转入", _("转会…")), ("保留", _("保留会籍…")), ("退会", _("退会…"))) if kind == "workers" else ()
        for type_, label in events:
            self._add(menu, label, type_, self._ask_event)
        if kind == "workers":
            self._add(menu, _("按居住地等入会…"), "", self.wants_union)
        fields = {
            "workers": ((_GROUP, _("设置群体…")),), "employers": (("region", _("设置区划…")),),
            "unions": (("region", _("设置区划…")), ("parent", _("设置上级工会…"))),
        }.get(kind, ())  # fmt: skip
        for name, label in fields:
            self._add(menu, label, name, self._ask_field)
        if kind == "employers":
            self._add(menu, _("由一个工会覆盖…"), "", self.wants_cover)
        if kind == "unions":
            self._add(menu, _("按名称填工会类型"), "", self.wants_types)
        self._add(menu, _("填写一项…"), "", self._ask_field)
        for name, wish in (("worklist", self.wants_worklist), ("cards", self.wants_cards)):
            menu.addAction(act(self, f"list.{name}", wish.emit))
        self.merge = act(self, "list.merge", self.wants_merge.emit)
        menu.addAction(self.merge)
        return menu

    def _add(self, menu: QMenu, label: str, data: str, call: object) -> None:
        action = menu.addAction(label)
        action.setData(data)
        action.triggered.connect(call)

    def _asked(self) -> str:
        action = self.sender()
        assert isinstance(action, QAction)
        return str(action.data())

    def _ask_event(self) -> None:
        self.wants_event.emit(self._asked())

    def _ask_field(self) -> None:
        self.wants_field.emit(self._asked())

    def show_text(self, text: str) -> None:
        """Show a text to find without telling."""
        with QSignalBlocker(self.finding):
            self.finding.setText(text)
        self._typing.stop()

    def go_to_find(self) -> None:
        """Go to the field that searches this list."""
        self.finding.setFocus()
        self.finding.selectAll()

    def _begin(self) -> None:
        self._typing.start()

    def _tell(self) -> None:
        self.typed.emit(self.finding.text())
