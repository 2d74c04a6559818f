"""How the window's pages are led to what was asked for elsewhere: a record, a list, what a search found."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from importers.elsewhere import Elsewhere
from models.lists import search
from models.lists.search import Kind
from models.values.region_index import RegionIndex
from ui.drive.page import DrivePage
from ui.exchanging.page import ExchangePage
from ui.handins.page import HandInsPage
from ui.ledger.entries_page import EntriesPage
from ui.lists.page import RecordsPage
from ui.merging.page import MergePage
from ui.papers.page import ReportsPage
from ui.sites.page import SitesPage
from ui.worklists.page import WorklistsPage


def page_of(kind: str) -> str:
    """The name of the page on which records of a kind are opened; a "case" is an employer's file, a region its unions."""
    return {"ledger_entry": "ledger", "case": "drive", "region": "unions"}.get(kind, f"{kind}s")


def show_record(page: QWidget, kind: str, uid: str, index: RegionIndex) -> None:
    """Open a record on its page: a case by its employer's uid, a region as the unions in its town."""
    if isinstance(page, DrivePage):
        page.open_case(uid)
    elif isinstance(page, RecordsPage) and kind == "region":
        page.show_parts({"region": index.town_of(uid) or uid})
    elif isinstance(page, RecordsPage | EntriesPage):
        page.open_record(uid)


def show_batch(page: QWidget, number: int = 0) -> None:
    """List what a batch wrote, 0 for what the list shows now; the ledger shows all times: a form may speak of any year."""
    if isinstance(page, RecordsPage) and number:
        page.show_batch(number)
    elif isinstance(page, EntriesPage):
        page.show_all()


def start_visit(page: QWidget) -> None:
    """Open the form of a visit on the page of the drive."""
    if isinstance(page, DrivePage):
        page.start_visit()


def take_package(page: QWidget, path: Path) -> None:
    """Look into an exchange package."""
    if isinstance(page, ExchangePage):
        page.open_package(path)


def read_returned(page: QWidget, other: Elsewhere) -> None:
    """Read a sheet that came back where its ticks or answers belong."""
    if isinstance(page, WorklistsPage | HandInsPage):
        page.read_from(other.path, other.key)


def show_rows(page: QWidget, uids: frozenset[str], said: str) -> None:
    """List exactly these records, which a number counted; ``said`` is what they are called."""
    if isinstance(page, RecordsPage):
        page.show_records(uids, said)


def show_report(page: QWidget, name: str, choices: Mapping[str, Any]) -> None:
    """Choose a report and what it is of, by the fields of ``reports.choices.Choices``."""
    if isinstance(page, ReportsPage):
        page.show_report(name, **choices)


def show_pair(page: QWidget, kind: Kind, left: str, right: str) -> None:
    """Compare two records (uids) that a person takes for one."""
    if isinstance(page, MergePage):
        page.show_pair(kind, left, right)


def show_found(page: QWidget, kind: Kind, text: str) -> None:
    """List what was found: by the text where the list knows it, by the records themselves for pinyin."""
    if isinstance(page, SitesPage):
        page.show_all()
        page.search(text)
    if isinstance(page, RecordsPage):
        if text.isascii() and not text.isdigit():
            page.show_records(search.found(kind, text))
        else:
            page.show_parts({})
            page.search(text)
