"""The window: side bar, header with the one search box, the pages, banner and status line. It decides nothing itself."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QMainWindow, QStackedWidget

from importers.elsewhere import Elsewhere
from importers.session import Outcome
from models.journal.history import PastBatch
from models.language import _
from models.lists.search import Kind
from ui.drive.reconciling import Reconciling
from ui.home.page import HomePage
from ui.kit import theme
from ui.kit.acting import CommandAction, act
from ui.kit.commands import pages
from ui.kit.context import Context
from ui.kit.icons import redress
from ui.kit.lines import across, down, holding, on_paper
from ui.kit.own_towns import OwnSwitch
from ui.kit.parts import Parts, halves
from ui.kit.plain import Label
from ui.lists.page import RecordsPage
from ui.settings.own import WhoPane, asked
from ui.shell.closing import Closing
from ui.shell.dropping import Dropping
from ui.shell.following import Following
from ui.shell.help_dialog import HelpDialog
from ui.shell.last_backup import LastBackup
from ui.shell.leaving import Leaving
from ui.shell.locking import Locking
from ui.shell.office_bar import OfficeBar
from ui.shell.page_ways import (
    page_of,
    read_returned,
    show_batch,
    show_found,
    show_pair,
    show_record,
    show_report,
    show_rows,
    start_visit,
    take_package,
)
from ui.shell.place import keep_place
from ui.shell.search_box import SearchBox
from ui.shell.searchable import Searchable
from ui.shell.side_bar import SideBar
from ui.shell.standing_bar import StandingBar
from ui.shell.status import NoticePlace, StatusLine
from ui.shell.steps_menu import ask_step
from ui.shell.window_pages import Pages, Parted, Placed, Refreshable, Ways, makers

#: Below this width the side bar shows icons alone.
NARROW = 1080


class Window(QMainWindow):
    """``closed()`` comes after the register was backed up and closed; ``closing`` says what is wished then."""

    closed = Signal()
    dressed = Signal()

    def __init__(self, context: Context) -> None:
        """All pages over an open register; they ask it when they are first shown."""
        super().__init__()
        self.setWindowTitle(_("建会通") if context.register.role.may_write else _("建会通（只读查看）"))
        self.setAcceptDrops(True)
        Dropping(self, self._import_files, self._take_package, context.notices)
        self.setMinimumSize(800, 520)
        self.context = context
        self._help: HelpDialog | None = None
        self._parts = Parts(self)
        self.locking = Locking(self, context.jobs, self.close)
        self.leaving = Leaving(self, context.jobs, context.notices, lambda: self.locking.unsaved)
        self.last_backup = LastBackup(self, context)
        self.closing = Closing(self, self.end, context, self.leaving, self.locking, self.last_backup)
        self.standing = StandingBar(context)  # first: what is damaged is known before anything follows
        self.standing.rescuing.connect(self._rescue)
        self.following = Following(context, self)
        self.office = OfficeBar(context)
        self.titles = {page.name: page.title for page in pages()}
        self.stack = QStackedWidget()
        self.stack.setObjectName("pages")
        self.pages = self._make_pages()
        self._lay_out()
        self._make_commands()
        self.open_page("home")
        Reconciling(context, self)

    def _make_pages(self) -> Pages:
        ways = Ways(
            open_part=self._open_part, open_rows=self._open_rows, open_record=self._open_record,
            import_files=self._import_files, read_files=self._read_files, go_import=self._go_import,
            imported=self._imported, show_batch=self._show_batch, merge=self._merge, show_report=self._show_report,
            badge=self._badge, dressed=self._dress_anew, restore=self._restore, rescue=self._rescue,
            elsewhere=self._read_elsewhere,
        )  # fmt: skip
        return Pages(makers(self.context, ways), self.stack.addWidget)

    def _lay_out(self) -> None:
        self.side = SideBar()
        self.side.chosen.connect(self.open_page)
        self.side.asks_help.connect(self.show_help)
        if not self.context.register.role.may_write:
            self.side.show_looking()
        self.title = Label(role="title")
        self.search = SearchBox(self.context, self.possible_commands)
        self.search.setFixedWidth(360)
        self.search.opened.connect(self._open_record)
        self.search.listed.connect(self._list_found)
        self.search.narrowed.connect(self._narrow_page)
        self.search.wanted.connect(self._do)
        self.installEventFilter(self.search)
        header = QFrame()
        header.setObjectName("header")
        self.whose = OwnSwitch(self.context.own)
        self.whose.pressed.connect(self._settle_region)
        across(
            (self.title, 1), self.whose, self.search, on=header, gap=None,
            margins=(theme.WIDE, theme.GAP, theme.WIDE, theme.GAP),
        )  # fmt: skip
        self.status = StatusLine(self.context.jobs)
        content = on_paper(down(
            header, self.standing, self.office, (self.stack, 1), (self.last_backup.cover, 1), self.status, gap=0,
        ))  # fmt: skip
        NoticePlace(self.context.notices, self.title, (self.whose, self.search), content)
        middle = holding(across(self.side, (content, 1), gap=0))
        self.setCentralWidget(middle)
        self.last_backup.hides(self.side, header, self.stack)

    def _make_commands(self) -> None:
        calls: dict[str, Callable[[], Any]] = {
            "search": self.go_to_search, "open_files": self._choose_files, "undo": self.context.undoing.undo_last,
            "redo": self.context.undoing.redo_last, "steps": self.context.undoing.ask_names,
            "recent": self.search.ask_recent, "full_screen": self._change_full_screen,
            "refresh": self.refresh, "help": self.show_help, "leave": self.close, "visit": self._start_visit,
            "lock": self.locking.lock, "next_part": partial(self._go_to_part, 1), "last_part": partial(self._go_to_part, -1),
        }  # fmt: skip
        for name, call in calls.items():
            act(self, f"window.{name}", call)
        self.context.undoing.named.connect(partial(ask_step, self.context.undoing, self.title))
        for page in pages():
            act(self, f"window.{page.name}", partial(self.open_page, page.name))

    def open_page(self, name: str) -> None:
        """Show a page."""
        page = self.pages[name]
        self.stack.setCurrentWidget(page)
        self.title.setText(self.titles[name])
        self.side.show_chosen(name)
        self.whose.show_for(isinstance(page, HomePage | Placed))
        # a list has a field of its own for its text
        if not isinstance(page, RecordsPage) and isinstance(page, Searchable):
            self.search.start(self.titles[name], page.search_text)
        else:
            self.search.start("", "")
        page.setFocus()

    def _settle_region(self) -> None:
        """A page that was narrowed to a place of its own shows again what the switch says."""
        page = self.stack.currentWidget()
        if isinstance(page, Placed):
            page.regions.settle()

    def ask_who(self) -> None:
        """Ask who works here before anything else, unless it was answered or put off on this laptop before."""
        if not asked(self.context.register.folder):
            self.who = WhoPane(self.context)
            self.who.leads.connect(self.open_page)
            self.stack.addWidget(self.who)
            self.stack.setCurrentWidget(self.who)

    def _open_part(self, name: str, part: str) -> None:
        page = self.pages[name]
        if part and isinstance(page, Parted):
            page.show_part(part)
        self.open_page(name)

    def _open_rows(self, name: str, uids: frozenset[str], said: str) -> None:
        show_rows(self.pages[name], uids, said)
        self.open_page(name)

    @property
    def page_name(self) -> str:
        """The name of the page that is shown."""
        return next((name for name, page in self.pages.items() if page is self.stack.currentWidget()), "home")

    def _change_full_screen(self) -> None:
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def go_to_search(self) -> None:
        """Go to the search box."""
        self.search.setFocus()
        self.search.selectAll()

    def refresh(self) -> None:
        """Ask the register anew for the page that is shown."""
        page = self.stack.currentWidget()
        if isinstance(page, Refreshable):
            page.refresh()

    def show_help(self) -> None:
        """Show the help beside the window."""
        self._help = self._help or HelpDialog(self.context.register.folder, self)
        self._help.show_page(self.page_name)
        self._help.show()
        self._help.raise_()

    def possible_commands(self) -> list[CommandAction]:
        """The commands of the window and of the page that is shown, as far as they can be given now."""
        return [each for each in self.findChildren(CommandAction) if each.possible]

    def _do(self, action: CommandAction) -> None:
        """Do what was chosen in the search box, with the focus back where the command belongs."""
        self.stack.currentWidget().setFocus()
        action.trigger()

    def _go_to_part(self, step: int) -> None:
        page = self.stack.currentWidget()
        self._parts.go([self.side, self.search, page, *halves(page), self.status, self.context.notices], step)

    def _list_found(self, kind: Kind, text: str) -> None:
        show_found(self.pages[f"{kind}s"], kind, text)
        self.open_page(f"{kind}s")

    def _narrow_page(self, text: str) -> None:
        page = self.stack.currentWidget()
        if isinstance(page, Searchable):
            page.search(text)

    def _dress_anew(self) -> None:
        self.locking.idle.begin()
        self.dressed.emit()

    def _badge(self, count: int) -> None:
        self.side.show_badge("drive", count)

    def _go_import(self) -> None:
        self.open_page("import")

    def _show_batch(self, kind: str, number: int = 0) -> None:
        show_batch(self.pages[kind], number)
        self.open_page(kind)

    def _open_record(self, kind: str, uid: str) -> None:
        name = page_of(kind)
        self.open_page(name)
        show_record(self.pages[name], kind, uid, self.context.index)

    def _merge(self, kind: Kind, left: str, right: str) -> None:
        show_pair(self.pages["duplicates"], kind, left, right)
        self.open_page("duplicates")

    def _start_visit(self) -> None:
        self.open_page("drive")
        start_visit(self.pages["drive"])

    def _show_report(self, name: str, choices: dict[str, Any]) -> None:
        show_report(self.pages["reports"], name, choices)
        self.open_page("reports")

    def _choose_files(self) -> None:
        self._import_files([])

    def _import_files(self, paths: list[Path]) -> None:
        self.open_page("import")
        if paths:
            self.pages.importing.open_files(paths)
        else:
            self.pages.importing.choosing.choose.click()

    def _take_package(self, path: Path) -> None:
        self.open_page("exchange")
        take_package(self.pages["exchange"], path)

    def _read_elsewhere(self, other: Elsewhere) -> None:
        name = f"{other.what}s"
        self.open_page(name)
        read_returned(self.pages[name], other)

    def _read_files(self, paths: list[Path], like: PastBatch) -> None:
        self.pages.importing.open_files(paths, like)

    def _imported(self, outcome: Outcome) -> None:
        if outcome.batch is not None:
            self.context.undoing.remember(outcome.batch)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.side.show_narrow(self.width() < NARROW)
        self.search.setFixedWidth(300 if self.width() < NARROW else 360)
        self.search.show_hint(self.width() < NARROW)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "side"):
            redress(self)

    def _restore(self, source: Path, secret: str) -> None:
        self.closing.restore(source, secret)

    def _rescue(self) -> None:
        self.closing.rescue()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Back up, close the register, go; but not in the middle of something. While it is backed up the window stays."""
        if self.closing.ended:
            return
        if not self.closing.may():
            event.ignore()
            return
        self.end()

    def end(self) -> None:
        """Close the register and say so, whatever happens; nothing is asked any more."""
        if not self.closing.ended:
            self.closing.end(self._close_help, partial(keep_place, self, self.page_name))
            self.closed.emit()

    def _close_help(self) -> None:
        if self._help is not None:
            self._help.close()
        self.locking.forgetting.forget()
