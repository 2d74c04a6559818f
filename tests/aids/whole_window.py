"""The window over a register with all samples in it, led through every page, tab, pane and step that it has."""

import importlib
import pkgutil
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractProxyModel, QEvent, QEventLoop
from PySide6.QtWidgets import QAbstractItemView, QApplication, QDialog, QTabWidget, QWidget

import ui
from models.chasing.rules import add_rule
from models.chasing.rules import read as read_rule
from models.editing.blocks import CellBlock
from models.editing.cells import CellPlan
from models.editing.officers import enter_officer
from models.journal.writer import Author
from models.lists.listings import Selection
from models.register import laptop
from models.register import register as room
from models.register.register import Register
from models.trail.entry import Act
from models.worklists.kinds import worklist_kinds
from models.worklists.lists import make_worklist
from tests.aids import engines
from tests.aids.speaking import TODAY, imported, workbook
from ui.chasing.page import ChasePage
from ui.drive.page import DrivePage
from ui.exchanging.page import ExchangePage
from ui.health.page import HealthPage
from ui.home.page import sample_files
from ui.importing.page import ImportPage
from ui.issuing.dialog import IssuingDialog
from ui.kit.commands import pages
from ui.kit.garbage import Garbage
from ui.kit.whom import WhomDialog
from ui.ledger.page import LedgerPage
from ui.lists.bulk import EventDialog, FieldDialog
from ui.lists.card_editor import CardEditor
from ui.lists.cards_dialog import Carded, CardsDialog
from ui.lists.columns import ColumnsDialog
from ui.lists.export_dialog import ExportDialog
from ui.lists.page import RecordsPage
from ui.lists.pasting import PasteDialog, PlannedCell
from ui.lists.printing import ListPrinting
from ui.lists.worklist_dialog import WorklistDialog
from ui.merging.page import MergePage
from ui.papers.print_log import PrintLogDialog
from ui.people.paper_dialog import PaperDialog
from ui.settings.own import WhoPane
from ui.settings.page import SettingsPage
from ui.settings.restore_dialog import RestoreDialog
from ui.shell.application import application
from ui.shell.crash import CrashSheet, Failures
from ui.shell.unlocked import open_window
from ui.shell.window import Window
from ui.sites.page import SitesPage
from ui.targets.page import TargetsPage
from ui.worklists.page import WorklistsPage

#: What an import has left to do once the samples are in: a new person, a doubt, a refusal, a repeat.
ROWS = [
    ["会员花名册"],
    ["姓名", "证件号码", "移动电话", "工作单位", "所属工会", "入会日期", "爱好"],
    ["王五", "500106198503079012", "19900000001", "重庆示例有限公司", "重庆示例有限公司工会", "2026-03-01", "篮球"],
    ["李六", "500103199002289020", "1990000", "重庆示例有限公司", "重庆示例有限公司工会", "2026-13-01", None],
    ["赵八", None, None, "重庆示例有限公司", "重庆示例有限公司工会", None, None],
]


@contextmanager
def own_copy(held: Register, folder: Path, **kept: str) -> Iterator[Register]:
    """A copy of a register, open, and a laptop of its own with ``kept`` in its file; both in ``folder``."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JIANHUI_LAPTOP", str(folder / "laptop.json"))
        laptop.write_laptop(dict(kept))
        yield engines.opened(engines.copied(held, folder / "data"))
        room.close_register()


def made_once(empty: Register, folder: Path, write: Callable[[Author, Path], object]) -> Register:
    """A copy of an empty register, closed, with what ``write`` puts into it; for :func:`put_into`."""
    with own_copy(empty, folder) as made:
        write(laptop.author(made.folder), folder)
    return made


def put_into(opened: Register, held: Register) -> None:
    """Let the open register, a copy of the one that ``held`` was made of, hold what that holds."""
    room.close_register()
    shutil.rmtree(opened.folder)
    engines.opened(engines.copied(held, opened.folder))


def fill(empty: Register, folder: Path) -> Register:
    """A copy of an empty register with all samples in it, closed."""
    given = [Path(shutil.copy(path, folder)) for path in sample_files()]  # what is returned is written beside them
    with own_copy(empty, folder) as made:
        imported(laptop.author(made.folder), *given)
    return made


def wait(window: Window) -> None:
    """Let the jobs end and the layouts settle."""
    jobs, app = window.context.jobs, QApplication.instance()
    assert app is not None
    while jobs.busy:
        app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    for _round in range(3):  # a layout inside a layout inside a layout
        app.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        app.processEvents()


def look_for_garbage() -> None:
    """What a timer does in the program: in the tests it never comes due."""
    app = QApplication.instance()
    assert app is None or isinstance(app, QApplication)
    for search in app.findChildren(Garbage) if app else ():
        search.look()


def list_page(window: Window, kind: str) -> RecordsPage:
    """The window's page of one kind of record."""
    page = window.pages[kind]
    assert isinstance(page, RecordsPage)
    return page


def shown_window(register: Register) -> Window:
    """The window, as large as the commonest screen."""
    application()
    window = open_window(register, Failures(), TODAY)
    window.resize(1366, 768)
    window.show()
    wait(window)
    return window


def closed(window: Window) -> None:
    """Take the window away at once, without closing the register.

    Until it is deleted it hears signals, and when Python has freed its half of it meanwhile, their slots are not found.
    """
    window.context.jobs.close()
    window.hide()
    window.deleteLater()
    QApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete.value)


def walk(window: Window, folder: Path) -> Iterator[tuple[str, QWidget]]:
    """(what it is, the widget) of everything that a person can get to see, while it is seen."""
    for page in pages():
        window.open_page(page.name)
        wait(window)
        yield from _tabs(window, page.name, window.pages[page.name])
        for name, part in _opened(window, window.pages[page.name], folder):
            wait(window)
            yield from _tabs(window, f"{page.name}: {name}", part)
    yield from _dialogs(window)


def _tabs(window: Window, name: str, part: QWidget) -> Iterator[tuple[str, QWidget]]:
    """A part as it is, and with each of its tabs."""
    yield name, part
    for tabs in [
        each for each in [part, *part.findChildren(QTabWidget)] if isinstance(each, QTabWidget) and each.isVisible()
    ]:
        first = tabs.currentIndex()
        for place in range(tabs.count()):
            if place != first and tabs.isTabVisible(place):
                tabs.setCurrentIndex(place)
                wait(window)
                yield f"{name} · {tabs.tabText(place)}", tabs
        tabs.setCurrentIndex(first)


def _records(window: Window, page: RecordsPage) -> Iterator[tuple[str, QWidget]]:
    """What opens on a list of records: one of them, two, the menu of a column."""
    page.table.selectRow(0)
    uid = next(iter(page.model.uids([0])))
    if page.kind == "union":
        enter_officer(uid, {"name": "赵示例", "post": "主席", "since": "2024-03"}, window.context.author, TODAY)
    page.open_record(uid)
    assert page.pane is not None
    yield "a record", page.pane
    if page.model.rowCount() > 1:
        page.pane.open_beside(page.model.uids([1])[0])
        yield "two records", page.pane
        page.pane.leave()
    page.pane.leave()
    page.work.header_filter.ask(0)
    wait(window)
    if (popup := page.work.header_filter.popup) is not None:
        yield "the menu of a column", popup
        popup.close()


def _opened(window: Window, page: QWidget, folder: Path) -> Iterator[tuple[str, QWidget]]:
    """What opens on a page: a record, a new one, a case, an entry, the steps of an import."""
    if isinstance(page, RecordsPage) and page.kind is not None and page.model.rowCount():
        yield from _records(window, page)
    elif isinstance(page, DrivePage):
        row = next(row for row in page.model.items if row.drive_case)
        page.open_case(row.uid)
        yield "a case", page.pane
        page.table.selectAll()
        page._open_joint(page.list.selected())
        yield "a joint union", page.joint
        page.start_visit()
        yield "a visit", page.visit
        page._close_file()
    elif isinstance(page, LedgerPage | SitesPage):
        page.new_entry()
        yield "an entry", page.form
        page.form.closed.emit()
        if page.model.rowCount():
            page.table.opened.emit(0)
            yield "an entry that is there", page.form
            page.form.closed.emit()
    elif isinstance(page, HealthPage):
        row = next(row for row in page.findings.rules.items if row.id)
        page.findings.choose_rule(row.id)
        page.findings.table.selectRow(0)
        yield "a finding", page
    elif isinstance(page, MergePage):
        page.table.selectRow(0)
        yield "a pair", page
    elif isinstance(page, TargetsPage):
        page.table.selectRow(0)
        yield "an indicator", page
    elif isinstance(page, ImportPage):
        page.open_files([workbook(folder / "名册.xlsx", {"Sheet1": ROWS})])
        yield "columns", page
        page.check()
        yield "plan", page
        page.start_again()
    else:
        yield from _handed(window, page)


def _handed(window: Window, page: QWidget) -> Iterator[tuple[str, QWidget]]:
    """What opens where things are asked for and handed over: what is due, a working list, a package."""
    if isinstance(page, ChasePage):
        due = {"sheet": "人数", "every": "每月", "days": "10", "since": "2026-10"}
        add_rule(read_rule(due, window.context.index), window.context.author, TODAY)
        page.tabs.setCurrentIndex(0)
        page.refresh()
        wait(window)
        page.table.selectRow(0)
        yield "what is due", page
    elif isinstance(page, WorklistsPage):
        people = list_page(window, "workers").model.uids([0, 1])
        make_worklist("节日慰问", "慰问", "workers", window.context.author, people)
        page.refresh()
        wait(window)
        page.table.selectAll()
        yield "a working list", page
    elif isinstance(page, SettingsPage):
        for place in range(page.sections.names.count()):
            page.sections.names.setCurrentRow(place)
            yield page.sections.names.item(place).text(), page
        page.sections.names.setCurrentRow(0)
    elif isinstance(page, ExchangePage):
        page._start_giving()
        yield "giving", page
        page.giving.leave()


def _dialogs(window: Window) -> Iterator[tuple[str, QWidget]]:
    workers = window.pages["workers"]
    unions = list_page(window, "unions")
    assert isinstance(workers, RecordsPage)
    window.show_help()
    assert window._help is not None
    makers: list[Callable[[], QWidget]] = [
        lambda: window._help or window, lambda: ColumnsDialog(workers.columns, window),
        lambda: IssuingDialog(window.context, "union", next(iter(unions.model.uids([0]))), "某工会", window),
        lambda: ListPrinting(window.context, workers.printable(), window),
        lambda: ExportDialog(window.context, 3, ["姓名", "移动电话"], True, True, "退会", window),
        lambda: PaperDialog("王五", window), lambda: PrintLogDialog(window.context, window),
        lambda: WorklistDialog((), worklist_kinds(), "", 0, window),
        lambda: WhomDialog(window.context, Act("print", "会员花名册", 3, full=True), "选打印机…", window),
        lambda: CardsDialog(window.context, Carded("workers", "会员与职工", Selection("workers", today=TODAY), True), window),
        lambda: CardEditor(window.context, "labels", "", window),
        lambda: PasteDialog(CellBlock(), CellPlan("worker"), [PlannedCell("王五", "学历", "—", "本科", "")], window),
        lambda: EventDialog("退会", 3, TODAY.isoformat(), window), lambda: FieldDialog("worker", 3, workers._places, window),
        lambda: RestoreDialog(window.context.register.folder, window), lambda: CrashSheet("details"),
    ]  # fmt: skip
    for make in makers:
        dialog = make()
        dialog.show()
        wait(window)
        yield from _tabs(window, type(dialog).__name__, dialog)
        dialog.hide()
        if isinstance(dialog, QDialog) and dialog is not window._help:
            dialog.deleteLater()
    window.who = WhoPane(window.context)
    window.stack.addWidget(window.who)
    window.stack.setCurrentWidget(window.who)
    wait(window)
    yield "who", window.who


def models_of_the_program() -> set[type[QAbstractItemModel]]:
    """Every class of item model that any module of the window declares and that is more than a base of others."""
    for module in pkgutil.walk_packages(ui.__path__, "ui."):
        importlib.import_module(module.name)
    found, waiting = set(), [QAbstractItemModel]
    for kind in waiting:
        waiting += kind.__subclasses__()
        if kind.__module__.startswith("ui.") and kind.rowCount != QAbstractItemModel.rowCount:
            found.add(kind)
    return found


def shown_models(part: QWidget) -> Iterator[QAbstractItemModel]:
    """The models behind the views of a part, and those behind these."""
    for view in part.findChildren(QAbstractItemView):
        model: QAbstractItemModel | None = view.model()
        while model is not None:
            yield model
            model = model.sourceModel() if isinstance(model, QAbstractProxyModel) else None
