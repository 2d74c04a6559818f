"""What presses most stands first: in the window's lists, on the terminal, in a sheet and on paper."""

from pathlib import Path

import openpyxl
from pytestqt.qtbot import QtBot

from cli.rules import _print_counts, _print_findings
from models.journal.writer import Author
from models.records.region import load_index
from models.rules.rules import SEVERITIES, Finding, findings, rule, set_aside
from models.rules.weights import pressing
from reports.choices import ReportChoices
from reports.findings_list import compose, write_findings
from tests.aids.sound_union import employer, member, union
from tests.aids.speaking import TODAY, WANG
from tests.aids.waiting import shown_page
from ui.health.page import HealthPage
from ui.kit.context import Context

WEIGHTS = list(SEVERITIES.values())


def of_every_weight(author: Author) -> list[Finding]:
    """Findings of all weights, one for a missing entry, one put aside; the numbers of their rules are in another order."""
    employer(author, 30, name="重庆甲示例公司")
    here, there = union(author, name="甲工会", audit_committee=0), union(author, name="乙工会", chair=None)
    for of in (here, there):
        member(author, "王五", ("入会", "2024-05-06", of), id_number=WANG)
    union(author, name="丙工会", term_start="2020-05-06")
    aside = next(each for each in findings(TODAY, load_index(TODAY)) if each.rule == "R09")
    set_aside(aside.rule, aside.uid, "已约定换届", author)
    found = findings(TODAY, load_index(TODAY))
    assert {pressing(each) for each in found} == set(range(5))
    return found


def in_order(weights: list[str]) -> bool:
    return weights == sorted(weights, key=WEIGHTS.index) and len(set(weights)) > 1


def test_the_window_lists_the_heaviest_first(qtbot: QtBot, context: Context, author: Author) -> None:
    of_every_weight(author)
    page = shown_page(qtbot, context, HealthPage(context), (1200, 700))
    places = [pressing(each) for each in page.findings.model.items]
    assert (places, set(places)) == (sorted(places), set(range(5)))
    assert in_order([SEVERITIES[row.severity] for row in page.findings.rules.items if row.id])
    assert page.findings.rules.items[0].id == ""


def test_the_terminal_says_the_heaviest_first(author: Author, capsys: object) -> None:
    found = of_every_weight(author)
    _print_counts(found)
    _print_findings(found)
    out: str = capsys.readouterr().out  # type: ignore[attr-defined]  # pytest's own
    counts, listed = out.split("\n\n")
    for part in (counts, listed):
        said = [next((each for each in WEIGHTS if f" {each} " in f" {line} "), "") for line in part.splitlines()]
        assert in_order([each for each in said if each])


def test_a_sheet_and_a_paper_begin_with_the_heaviest(author: Author, tmp_path: Path) -> None:
    found = of_every_weight(author)
    rows = list(openpyxl.load_workbook(write_findings(tmp_path / "体检.xlsx", found)).worksheets[0].values)
    place = rows[0].index("未填")
    told = [str(row[2]) for row in rows[1:] if not row[place] and not row[place + 1]]
    assert in_order(told)
    apart = [bool(row[place] or row[place + 1]) for row in rows[1:]]
    assert apart == sorted(apart)
    paper = compose(load_index(TODAY), ReportChoices(TODAY, TODAY))
    assert in_order([str(section.rows[0][1]) for section in paper.sections])
    assert all(rule(str(section.heading).split()[0]) for section in paper.sections)
