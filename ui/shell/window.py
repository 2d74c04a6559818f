"""The window: side bar, header with the one search box, the pages, banner and status line. It decides nothing itself."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from importers.session import Outcome
from models.errors import UserError
from models.journal.history import Past
from models.language import _
from models.lists.search import Kind
from models.register import register
from ui.drive.reconciling import Reconciling
from ui.home.page import HomePage
from ui.kit import theme
from ui.kit.acting import CommandAction, act
from ui.kit.commands import pages
from ui.kit.context import Context
from ui.kit.icons import redress
from ui.kit.idle import Clipboard
from ui.kit.own_towns import OwnSwitch
from ui.kit.parts import Parts, halves
from ui.kit.plain import Label, warn
from ui.lists.page import RecordsPage
from ui.settings.own import WhoPane, asked
from ui.shell.dropping import Dropping
from ui.shell.following import Following
from ui.shell.help_dialog import HelpDialog
from ui.shell.last_backup import LastBackup
from ui.shell.leaving import Leaving
from ui.shell.locking import Locking
from ui.shell.page_ways import (
    page_of,
    show_batch,
    show_found,
    show_pair,
    show_record,
    show_report,
    show_rows,
    start_visit,
)
from ui.shell.place import keep_place
from ui.shell.search_box import SearchBox
from ui.shell.searchable import Searchable
from ui.shell.side_bar import SideBar
from ui.shell.status import StatusLine
from ui.shell.window_pages import Pages, Parted, Placed, Refreshable, Ways, makers

#: Below this width the side bar shows icons alone.
NARROW = 1080


class Window(QMainWindow):
    """``closed()`` comes after the register was backed up and closed; ``restore_wish`` then may name a backup to put back."""

    closed = Signal()
    dressed = Signal()

    def __init__(self, context: Context) -> None:
        """All pages over an open register; they ask it when they are first shown."""
        super().__init__()
        self.setWindowTitle(_("建会通"))
        self.setAcceptDrops(True)
        Dropping(self, self._import_files, context.notices)
        self.setMinimumSize(800, 520)
        self.context = context
        self.restore_wish: tuple[Path, str] | None = None
        self._help: HelpDialog | None = None
        self._parts = Parts(self)
        self.locking, self._forgetting = Locking(self, context.jobs, self.close), Clipboard(self)
        self.leaving = Leaving(self, context.jobs, context.notices, lambda: self.locking.unsaved)
        self.last_backup = LastBackup(self, context)
        self._closed = False
        self.following = Following(context, self)
        self.titles = {page.name: page.title for page in pages()}
        self.stack = QStackedWidget()
        self.stack.setObjectName("pages")
        self.pages = self._make_pages()
        self._lay_out()
        self._make_commands()
        context.jobs.refused.connect(self._refused)
        self.open_page("home")
        Reconciling(context, self)

    def _make_pages(self) -> Pages:
        ways = Ways(
            open_part=self._open_part, open_rows=self._open_rows, open_record=self._open_record,
            import_files=self._import_files, read_files=self._read_files, go_import=self._go_import,
            imported=self._imported, show_batch=self._show_batch, merge=self._merge, show_report=self._show_report,
            badge=self._badge, dressed=self._dress_anew, restore=self._restore,
        )  # fmt: skip
        return Pages(makers(self.context, ways), self.stack.addWidget)

    def _lay_out(self) -> None:
        self.side = SideBar()
        self.side.chosen.connect(self.open_page)
        self.side.asks_help.connect(self.show_help)
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
        row = QHBoxLayout(header)
        row.setContentsMargins(theme.WIDE, theme.GAP, theme.WIDE, theme.GAP)
        self.whose = OwnSwitch(self.context.own)
        self.whose.pressed.connect(self._settle_region)
        row.addWidget(self.title, 1)
        row.addWidget(self.whose)
        row.addWidget(self.search)
        content = QWidget()
        content.setObjectName("content")
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(header)
        column.addWidget(self.stack, 1)
        column.addWidget(self.last_backup.cover, 1)
        self.status = StatusLine(self.context.jobs)
        for part in (self.status, self.context.notices):
            column.addWidget(part)
        middle = QWidget()
        whole = QHBoxLayout(middle)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.side)
        whole.addWidget(content, 1)
        self.setCentralWidget(middle)
        self.last_backup.hides(self.side, header, self.stack)

    def _make_commands(self) -> None:
        calls: dict[str, Callable[[], Any]] = {
            "search": self.go_to_search, "open_files": self._choose_files, "undo": self.context.undoing.undo_last,
            "refresh": self.refresh, "help": self.show_help, "leave": self.close, "visit": self._start_visit,
            "lock": self.locking.lock, "next_part": partial(self._go_to_part, 1), "last_part": partial(self._go_to_part, -1),
        }  # fmt: skip
        for name, call in calls.items():
            act(self, f"window.{name}", call)
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

    def _read_files(self, paths: list[Path], like: Past) -> None:
        self.pages.importing.open_files(paths, like)

    def _imported(self, outcome: Outcome) -> None:
        if outcome.batch is not None:
            self.context.undoing.remember(outcome.batch)

    def _refused(self, error: UserError) -> None:
        self.context.notices.error(str(error))

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
        self.restore_wish = (source, secret)
        if not self.close():
            self.restore_wish = None

    def _wish_to_close(self) -> Callable[[], Any]:
        """What closes the window once more for the reason for which it is closing now."""
        if self.restore_wish is not None:
            return partial(self._restore, *self.restore_wish)
        return self.locking.lock if self.locking.wanted else self.close

    def closeEvent(self, event: QCloseEvent) -> None:
        """Back up, close the register, go; but not in the middle of something. While it is backed up the window stays."""
        if self._closed:
            return
        again, locks = self._wish_to_close(), self.locking.wanted
        may = not self.last_backup.underway and self.leaving.may(again)
        if not (may and self.last_backup.settled(self.leaving.agreed(again), locks)):
            event.ignore()
            self.locking.wanted = False
            return
        self.context.jobs.close()
        if self._help is not None:
            self._help.close()
        try:
            keep_place(self, self.page_name)
        except UserError as error:
            warn(self, _("建会通"), str(error))
        self.locking.keep_end(self.context.register.folder)
        register.close_register()
        self._closed = True
        self.closed.emit()
