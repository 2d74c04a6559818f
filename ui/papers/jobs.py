"""What the reports page runs on the worker thread: what can be chosen, composing and writing a report."""

import datetime as dt
from dataclasses import dataclass, replace
from typing import NamedTuple

from models.drive import case_list
from models.engine import database
from models.figures.table_forms import table_forms
from models.language import _
from models.ledger.kinds import load_kinds
from models.lists import selection
from models.lists.card_forms import card_forms
from models.lists.listings import Selection
from models.records.employer import Employer
from models.values.region_index import RegionIndex
from models.worklists.kinds import OF
from models.worklists.lists import worklists
from reports import paper
from reports.catalogue import ReportKind
from reports.choices import ReportChoices
from reports.layout import Layout
from reports.listing.chosen import offered_layouts
from reports.report import Report

#: Unions whose members are counted to choose the first one shown.
_COUNTED = 100


@dataclass(frozen=True, slots=True)
class Offered:
    """What a report can be about, as (uid, name): unions, employers with a case, kinds of the work ledger that have entries.

    ``regions``: in which unions and employers lie; ``organizers``: who looks after a case; ``tables``: the names of the
    statistics tables; ``largest``: the union with the most members; ``layouts``: the lists and their layouts; ``worklists``;
    ``cards``: the layouts of the reports ``cards`` and ``labels``.
    """

    unions: list[tuple[str, str]]
    employers: list[tuple[str, str]]
    ledger_kinds: list[tuple[str, str]]
    organizers: list[str]
    regions: set[str]
    largest: str
    tables: list[tuple[str, str]]
    layouts: list[tuple[str, str]]
    worklists: list[tuple[str, str]]
    cards: dict[str, list[tuple[str, str]]]

    @property
    def nothing(self) -> bool:
        """True for a register of which nothing can be printed."""
        return not (self.unions or self.employers or self.ledger_kinds)


def offered(index: RegionIndex, employer: str = "") -> Offered:
    """Ask the register what there is; ``employer`` (uid) is offered though it has no case."""
    employers = case_list.employers_with_cases()
    if employer and employer not in dict(employers):
        employers = [*database.fetch_in(Employer, "uid", [employer], ("uid", "name")), *employers]
    unions = selection.rows(Selection("unions", order="name"), index)
    members = {row["uid"]: selection.count(Selection("workers", union=row["uid"])) for row in unions[:_COUNTED]}
    places = {index.resolve(row["region"]).uid for row in unions if row["region"]} | case_list.regions_of_cases()
    return Offered(
        [(row["uid"], str(row["name"])) for row in unions],
        employers,
        [(kind.uid, _(kind.name)) for kind in load_kinds().kinds if kind.entries],
        case_list.organizers(),
        {place for place in places if place is not None},
        max(members, key=lambda uid: members[uid], default=""),
        [(each.name, each.title) for each in table_forms()],
        list(offered_layouts()),
        [(each.uid, each.name) for each in worklists()],
        {use: [(each.key, f"{_(OF[each.of])} · {each.shown}") for each in card_forms(use)] for use in ("cards", "labels")},
    )


class MadeReport(NamedTuple):
    """A report, its pages, and of what it was made; ``name``: which report."""

    name: str
    report: Report
    layout: Layout
    choices: ReportChoices


def compose(index: RegionIndex, kind: ReportKind, choices: ReportChoices, watermark: str = "") -> MadeReport:
    """A report and its pages, ``watermark`` across each. UserError when there is nothing to print."""
    report = kind.compose(index, choices)
    if watermark:
        report = replace(report, watermark=watermark)
    return MadeReport(kind.name, report, paper.lay_out(report, f"{dt.datetime.now():%Y-%m-%d %H:%M}"), choices)
