"""The window's pages, each made when it is first asked for: the window opens at once, however many pages there are."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Protocol, cast, runtime_checkable

from PySide6.QtWidgets import QWidget

from importers.elsewhere import Elsewhere
from importers.session import Outcome
from ui.chasing.page import ChasePage
from ui.drive.page import DrivePage
from ui.exchanging.page import ExchangePage
from ui.handins.page import HandInsPage
from ui.health.page import HealthPage
from ui.history.page import HistoryPage
from ui.home.page import HomePage
from ui.importing.page import ImportPage
from ui.kit.context import Context
from ui.kit.region_box import RegionBox
from ui.ledger.page import LedgerPage
from ui.lists.kinds import Listing, listings, new_form_listing
from ui.lists.page import RecordsPage
from ui.merging.page import MergePage
from ui.papers.page import ReportsPage
from ui.settings.page import SettingsPage
from ui.sites.page import SitesPage
from ui.targets.page import TargetsPage
from ui.worklists.page import WorklistsPage

Call = Callable[..., Any]


@dataclass(frozen=True)
class Ways:
    """What pages ask of the window."""

    open_part: Callable[[str, str], Any]
    open_rows: Callable[[str, frozenset[str], str], Any]
    open_record: Callable[[str, str], Any]
    import_files: Callable[[list[Path]], Any]
    read_files: Call
    go_import: Callable[[], Any]
    imported: Callable[[Outcome], Any]
    show_batch: Call
    merge: Call
    show_report: Call
    badge: Callable[[int], Any]
    dressed: Call
    restore: Call
    rescue: Callable[[], Any]
    elsewhere: Callable[[Elsewhere], Any]


@runtime_checkable
class Refreshable(Protocol):
    """A page that can ask the register anew."""

    def refresh(self) -> None:
        """Ask the register anew."""


@runtime_checkable
class Parted(Protocol):
    """A page that can be opened at a part of what it shows."""

    def show_part(self, part: str) -> None:
        """Show the part of this name."""


@runtime_checkable
class Placed(Protocol):
    """A page that is narrowed by place."""

    regions: RegionBox


class Pages(dict[str, QWidget]):
    """The pages made so far by name; asking for another one makes it. ``added`` is told of each."""

    def __init__(self, makers: dict[str, Callable[[], QWidget]], added: Callable[[QWidget], Any]) -> None:
        """None of them made."""
        super().__init__()
        self._makers, self._added = makers, added

    @property
    def importing(self) -> ImportPage:
        """The import page."""
        return cast(ImportPage, self["import"])

    def __missing__(self, name: str) -> QWidget:
        """Make the page of this name. KeyError for one that there is not."""
        page = self._makers[name]()
        self[name] = page
        self._added(page)
        return page


def makers(context: Context, ways: Ways) -> dict[str, Callable[[], QWidget]]:
    """How each page is made and wired, by its name."""
    lists = {name: partial(_list, context, ways, listing) for name, listing in listings().items()}
    lists["new_form"] = partial(_list, context, ways, new_form_listing())
    return lists | {
        "home": partial(_home, context, ways), "drive": partial(_drive, context, ways),
        "health": partial(_health, context, ways), "targets": partial(_targets, context, ways),
        "ledger": partial(_leading_to_import, LedgerPage, context, ways),
        "sites": partial(_leading_to_import, SitesPage, context, ways), "chase": partial(_chase, context, ways),
        "worklists": partial(_worklists, context, ways),
        "import": partial(_import, context, ways),
        "history": partial(_history, context, ways), "duplicates": partial(MergePage, context),
        "reports": partial(_leading_to_import, ReportsPage, context, ways),
        "handins": partial(_handins, context, ways), "exchange": partial(_exchange, context, ways),
        "settings": partial(_settings, context, ways),
    }  # fmt: skip


def _home(context: Context, ways: Ways) -> HomePage:
    page = HomePage(context)
    page.opens.connect(ways.open_part)
    page.opens_rows.connect(ways.open_rows)
    page.opens_record.connect(ways.open_record)
    page.imports.connect(ways.import_files)
    page.counted.connect(ways.badge)
    return page


def _drive(context: Context, ways: Ways) -> DrivePage:
    page = DrivePage(context)
    page.wants_import.connect(ways.go_import)
    page.prints.connect(ways.show_report)
    return page


def _health(context: Context, ways: Ways) -> HealthPage:
    page = HealthPage(context)
    page.wants_import.connect(ways.go_import)
    page.opens.connect(ways.open_record)
    return page


def _chase(context: Context, ways: Ways) -> ChasePage:
    page = ChasePage(context)
    page.prints.connect(ways.show_report)
    page.opens.connect(ways.open_record)
    return page


def _targets(context: Context, ways: Ways) -> TargetsPage:
    page = TargetsPage(context)
    page.opens.connect(ways.open_record)
    return page


def _leading_to_import(
    made: type[LedgerPage] | type[SitesPage] | type[ReportsPage], context: Context, ways: Ways
) -> QWidget:
    page = made(context)
    page.wants_import.connect(ways.go_import)
    return page


def _list(context: Context, ways: Ways, listing: Listing) -> RecordsPage:
    page = RecordsPage(context, listing)
    page.wants_import.connect(ways.go_import)
    page.opens.connect(ways.open_record)
    if page.bulk is not None:
        page.bulk.merging.connect(ways.merge)
    return page


def _import(context: Context, ways: Ways) -> ImportPage:
    page = ImportPage(context)
    page.imported.connect(ways.imported)
    page.looking.connect(ways.show_batch)
    page.elsewhere.connect(ways.elsewhere)
    return page


def _history(context: Context, ways: Ways) -> HistoryPage:
    page = HistoryPage(context)
    page.wants_import.connect(ways.go_import)
    page.looking.connect(ways.show_batch)
    page.repeating.connect(ways.read_files)
    return page


def _handins(context: Context, ways: Ways) -> HandInsPage:
    page = HandInsPage(context)
    page.opens.connect(ways.open_record)
    return page


def _exchange(context: Context, ways: Ways) -> ExchangePage:
    page = ExchangePage(context)
    page.opens.connect(ways.open_record)
    page.merges.connect(ways.merge)
    return page


def _worklists(context: Context, ways: Ways) -> WorklistsPage:
    page = WorklistsPage(context)
    page.opens.connect(ways.open_record)
    return page


def _settings(context: Context, ways: Ways) -> SettingsPage:
    page = SettingsPage(context)
    page.dressed.connect(ways.dressed)
    page.restoring.connect(ways.restore)
    page.rescuing.connect(ways.rescue)
    return page
