"""The places for seals and signatures on every paper: each stands once, apart from the next, with room below, and not alone."""

from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from models.lists.listings import Selection
from models.lists.print_forms import PrintForm, ready_forms
from models.records.employer import Employer
from models.records.region import load_index
from models.records.union import Union
from models.register.register import Register
from reports.catalogue import report_kinds
from reports.choices import ReportChoices
from reports.layout import lay_out
from reports.listing.listed import ListPaper, list_report
from reports.listing.rows import kind_of_list
from reports.paper_page import MM, PaperPage
from reports.report import Report
from tests.aids.speaking import TODAY
from tests.aids.whole_window import made_once
from tests.reports.test_report import plain_measure
from tests.reports.test_report_kinds import PAPERS, fill

#: A round seal of a grassroots union is 40 mm wide and is pressed over its label: half of it stands below.
ROOM = 9 * MM


@pytest.fixture(scope="module")
def basis(tmp_path_factory: pytest.TempPathFactory, empty_register: Register) -> Register:
    return made_once(empty_register, tmp_path_factory.mktemp("filled"), fill)


def signed(report: Report) -> tuple[PaperPage, list[PaperPage]]:
    """The page on which it is signed, and all of them."""
    pages = list(lay_out(report, "", plain_measure).pages)
    first = report.signatures[0] + "："
    (page,) = [each for each in pages if first in [text.text for text in each.texts]]
    return page, pages


def look(report: Report) -> None:
    """Fail where a place is missing, doubled, runs into the next one, has no room below, or stands on a page without rows."""
    page, pages = signed(report)
    said = [text for each in pages for text in each.texts]
    places = [text for label in report.signatures for text in said if text.text == f"{label}："]
    assert [text.text.rstrip("：") for text in places] == list(report.signatures)
    assert {text.baseline for text in places} == {places[0].baseline}
    for one, other in pairwise(places):
        assert one.x + plain_measure(one.text, False) * one.size < other.x
    baseline = places[0].baseline
    below = [text.baseline - text.size for text in page.texts if text.baseline > baseline]
    assert min(below) - baseline >= ROOM
    assert not [rule for rule in page.rules if rule[1] < baseline + ROOM and rule[3] > baseline - places[0].size]
    assert [rule for rule in page.rules if rule[3] < baseline], "rows stand above"


@pytest.mark.parametrize("name", [name for name, *_rest in PAPERS if name not in ("cards", "labels", "tree", "town", "list")])
def test_a_report_has_its_places_below_the_last_rows(register: Register, name: str) -> None:
    chosen: dict[str, Any] = next(chosen for kind, chosen, *_rest in PAPERS if kind == name)
    named = {str(row.name): str(row.uid) for record in (Employer, Union) for row in record.select()}
    chosen = {key: named.get(value, value) if isinstance(value, str) else value for key, value in chosen.items()}
    report = report_kinds()[name].compose(load_index(TODAY), ReportChoices(**({"today": TODAY, "day": TODAY} | chosen)))
    if report.signatures:
        look(report)
    else:
        assert name in ("terms", "findings"), "nobody signs a reminder"


@pytest.mark.parametrize("form", [each for each in ready_forms() if each.signatures], ids=lambda form: form.name)
def test_a_list_is_signed_below_its_sums_however_many_rows_it_has(register: Register, form: PrintForm) -> None:
    told = ListPaper("某区总工会", TODAY.isoformat())
    report = list_report(Selection(kind_of_list(form), today=TODAY), form, told, load_index(TODAY))
    look(report)
    if report.sections:
        one = report.sections[0]
        for count in (19, 20, 21, 22, 23, 60):
            look(replace(report, sections=[replace(one, rows=[list(one.rows[0])] * count)]))
